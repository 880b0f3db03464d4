package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestQuasiPLikePublished compares the quasi p-values of every limit of the last
// boxes with another program's.
func TestQuasiPLikePublished(t *testing.T) {
	want := map[string]map[string]string{}
	for _, row := range table(t, "prim_quasi_p.csv") {
		want[row["data"]+row["objective"]+row["peel_alpha"]+row["dimension"]] = row
	}
	checked := 0
	for _, tr := range trajectories(t) {
		p := tr.peeler(t)
		steps := p.run()
		b := steps[len(steps)-1].box
		in, freed := p.released(b)
		for limit := range freed {
			side := limit % sides
			i := limit / sides
			published := math.NaN()
			if row := want[tr.data+tr.objective+tr.alpha+fmt.Sprintf("x%d", i+1)]; row != nil {
				published = cell(t, row[[]string{"qp_min", "qp_max"}[side]])
			}
			if p.inForce(b, limit) == math.IsNaN(published) {
				t.Fatalf("%s %s %s, limit %d of x%d: %g", tr.data, tr.objective, tr.alpha, side, i+1, published)
			}
			if !p.inForce(b, limit) {
				continue
			}
			checked++
			if got := quasiP(in, freed[limit]); math.Abs(got-published) > 1e-4*published {
				t.Errorf("%s %s %s, limit %d of x%d: %g, elsewhere %g", tr.data, tr.objective, tr.alpha, side, i+1, got, published)
			}
		}
	}
	if checked < 60 {
		t.Errorf("only %d checked", checked)
	}
}

// TestLimitsThatCostNothingAreDropped: of the last boxes of a peel, which
// limit inputs without effect too, only limits that are needed stay.
func TestLimitsThatCostNothingAreDropped(t *testing.T) {
	before, after := 0, 0
	for _, tr := range trajectories(t) {
		p := tr.peeler(t)
		steps := p.run()
		last := steps[len(steps)-1].box
		b := p.simplest(last, 5)
		in, freed := p.released(b)
		for limit := range freed {
			before += int(asNumber(p.inForce(last, limit)))
			after += int(asNumber(p.inForce(b, limit)))
			if p.inForce(b, limit) && quasiP(in, freed[limit]) >= 0.05 {
				t.Errorf("%s %s %s: limit %d stays", tr.data, tr.objective, tr.alpha, limit)
			}
		}
		if two := p.simplest(last, 2); p.untouched(two) < 3 || p.limited(two, 3) || p.limited(two, 4) {
			t.Errorf("%s %s %s: reduced to %v", tr.data, tr.objective, tr.alpha, two)
		}
	}
	t.Logf("%d limits, of which %d are needed", before, after)
	if after > before*4/5 || after < before/3 {
		t.Errorf("of %d limits %d stay", before, after)
	}
}

// plantedWorlds draws worlds with a box in the first inputs: as in the samples of
// testdata, a case with chance inside in it and outside elsewhere.
func plantedWorlds(luck *rand.Rand, n, inputs int, inside, outside float64) (w [][]float64, cases []bool) {
	for range n {
		row := sample(inputs, luck.Float64)
		chance := outside
		if row[0] >= 0.2 && row[0] <= 0.6 && row[1] >= 0.5 {
			chance = inside
		}
		w, cases = append(w, row), append(cases, luck.Float64() < chance)
	}
	return w, cases
}

// TestBoxesHoldOnFreshWorlds plants boxes and measures what FindBox says of them:
// whether it finds them, whether other inputs enter, and whether the density and
// the coverage it states hold on fresh worlds.
func TestBoxesHoldOnFreshWorlds(t *testing.T) {
	trials := 6
	if study {
		trials = 250
	}
	for _, c := range []planting{
		{"pure", 256, 10, 1, 0, 0.95, 0.7},
		{"noisy", 256, 10, 0.85, 0.1, 0.9, 0.55},
		{"noisy, more inputs", 512, 30, 0.8, 0.2, 0.8, 0.55},
	} {
		switch {
		case c.n <= 256:
			t.Run(c.name, func(t *testing.T) { c.measure(t, trials) })
		case study:
			t.Run(c.name, func(t *testing.T) { c.measure(t, trials/3) })
		}
	}
}

// planting is a box of two inputs among others.
type planting struct {
	name            string
	n, inputs       int
	inside, outside float64
	found           float64 // in at least this share of samples
	overlap         float64 // of box and truth over their union, at least, on average
}

func (c planting) measure(t *testing.T, trials int) {
	luck := rand.New(rand.NewPCG(uint64(c.n), uint64(c.inputs)))
	var conditions, stray, off, offCoverage, overlaps, covered []float64
	for range trials {
		w, cases := plantedWorlds(luck, c.n, c.inputs, c.inside, c.outside)
		b, ok := FindBox(w, cases, 0.05, luck.Uint64())
		if !ok {
			continue
		}
		other := slices.ContainsFunc(b.Conditions, func(condition Condition) bool { return condition.Input > 1 })
		density, coverage, overlap := truthOf(b, c.inputs, c.inside, c.outside, luck)
		conditions, stray = append(conditions, float64(len(b.Conditions))), append(stray, asNumber(other))
		off, offCoverage = append(off, b.Density.Estimate-density), append(offCoverage, b.Coverage.Estimate-coverage)
		overlaps = append(overlaps, overlap)
		covered = append(covered, asNumber(b.Density.Low <= density && density <= b.Density.High))
	}
	found := float64(len(off)) / float64(trials)
	density, coverage := Mean(off), Mean(offCoverage)
	mean := func(values []float64) float64 { return Mean(values).Estimate }
	t.Logf("found %.3f, conditions %.2f, other inputs in %.3f, overlap %.3f, density off by %+.4f (%+.4f to %+.4f), coverage by %+.4f, interval covers %.3f",
		found, mean(conditions), mean(stray), mean(overlaps), density.Estimate, density.Low, density.High, coverage.Estimate, mean(covered))
	slack := 3 * math.Sqrt(0.05*0.95/float64(trials))
	if found < c.found-slack || mean(stray) > 0.05+slack || mean(overlaps) < c.overlap {
		t.Errorf("found in %.3f, with other inputs in %.3f, overlap %.3f", found, mean(stray), mean(overlaps))
	}
	for what, m := range map[string]Interval{"density": density, "coverage": coverage} {
		if math.Abs(m.Estimate) > 0.01+1.5*(m.High-m.Estimate) {
			t.Errorf("the %s stated is off by %v", what, m)
		}
	}
	if mean(covered) < 0.93-slack {
		t.Errorf("the interval of the density covers %.3f", mean(covered))
	}
}

// truthOf measures a box on fresh worlds: density and coverage, and the overlap
// with the planted box, over their union.
func truthOf(b Box, inputs int, inside, outside float64, luck *rand.Rand) (density, coverage, overlap float64) {
	var in, right, cases, both, either float64
	row := make([]float64, inputs)
	for range 4000 {
		for i := range row {
			row[i] = luck.Float64()
		}
		planted, held := row[0] >= 0.2 && row[0] <= 0.6 && row[1] >= 0.5, b.Holds(row)
		chance := outside
		if planted {
			chance = inside
		}
		cases += chance
		if held {
			in++
			right += chance
		}
		both += asNumber(planted && held)
		either += asNumber(planted || held)
	}
	return right / in, right / cases, both / either
}

// TestBoxIsJudgedByTheOtherHalf counts again on the half that had no part in
// finding the box, and finds the box again on the half that had.
func TestBoxIsJudgedByTheOtherHalf(t *testing.T) {
	w, cases := plantedWorlds(rand.New(rand.NewPCG(8, 8)), 256, 5, 0.8, 0.1)
	b, ok := FindBox(w, cases, 0.05, 6)
	if !ok {
		t.Fatal("no box")
	}
	p, luck := newPeeler(inOrder(w, cases)), resampler(6)
	parts := p.parts(2, luck)
	if both := slices.Sorted(slices.Values(slices.Concat(parts...))); len(slices.Compact(both)) != 256 {
		t.Fatal("the halves share a world, or lack one")
	}
	train, judge := p.only(parts[0]), p.only(parts[1])
	in, right := judge.countsIn(b.Conditions)
	if all := judge.count(true); b.Density != shareWithin(right, in, upper95) || b.Coverage != shareWithin(right, all, upper95) || b.Share != shareWithin(all, 128, upper95) {
		t.Errorf("%v, counted again %d of %d in the box, of %d", b, right, in, all)
	}
	if c, _ := train.choose(3, luck); fmt.Sprint(train.boxOf(c)) != fmt.Sprint(b.Conditions) {
		t.Errorf("%v, found again %v", b.Conditions, train.boxOf(c))
	}
}

// TestNoBoxInNoise: where no input has a part in what is a case, a box is
// returned in at most 5 % of samples.
func TestNoBoxInNoise(t *testing.T) {
	trials, n := 15, 160
	if study {
		trials, n = 400, 256
	}
	for _, share := range []float64{0.15, 0.5} {
		luck := rand.New(rand.NewPCG(77, uint64(100*share)))
		found := 0
		for range trials {
			w, cases := plantedWorlds(luck, n, 8, share, share)
			if _, ok := FindBox(w, cases, 0.05, luck.Uint64()); ok {
				found++
			}
		}
		t.Logf("cases %.2f: a box in %.4f of %d samples", share, float64(found)/float64(trials), trials)
		if got := float64(found) / float64(trials); got > 0.05+2*math.Sqrt(0.05*0.95/float64(trials)) {
			t.Errorf("cases %.2f: a box in %.3f of samples of noise", share, got)
		}
	}
}

// TestBoxDoesNotDependOnOrder shuffles the worlds, with continuous inputs and
// with ones full of ties.
func TestBoxDoesNotDependOnOrder(t *testing.T) {
	luck := rand.New(rand.NewPCG(4, 4))
	for _, grid := range []float64{0, 5} {
		w, cases := plantedWorlds(luck, 300, 4, 0.9, 0.1)
		if grid > 0 {
			for _, row := range w {
				for i, v := range row {
					row[i] = math.Floor(v * grid)
				}
			}
		}
		want, ok := FindBox(w, cases, 0.05, 9)
		if !ok {
			t.Fatal("no box")
		}
		for range 3 {
			luck.Shuffle(len(cases), func(i, j int) {
				w[i], w[j] = w[j], w[i]
				cases[i], cases[j] = cases[j], cases[i]
			})
			if got, _ := FindBox(w, cases, 0.05, 9); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("grid %g: %v, in another order %v", grid, got, want)
			}
		}
	}
}

// TestBoxOfCounts has two whole-numbered inputs and one of yes and no.
func TestBoxOfCounts(t *testing.T) {
	luck := rand.New(rand.NewPCG(12, 4))
	var w [][]float64
	var cases []bool
	for range 600 {
		row := []float64{float64(luck.IntN(4)), float64(1 + luck.IntN(6)), float64(luck.IntN(2)), luck.Float64()}
		w = append(w, row)
		cases = append(cases, row[0] <= 1 && row[1] >= 3 && row[2] == 1)
	}
	b, ok := FindBox(w, cases, 0.05, 3)
	if !ok || fmt.Sprint(b.Conditions) != "[{0 -Inf 1.5} {1 2.5 +Inf} {2 0.5 +Inf}]" {
		t.Errorf("%v %v", b, ok)
	}
}

func TestBoxOfTooLittle(t *testing.T) {
	luck := rand.New(rand.NewPCG(1, 4))
	w, cases := plantedWorlds(luck, 60, 3, 1, 0)
	for i := range cases {
		cases[i] = i < 15 // eight and seven
	}
	if b, ok := FindBox(w, cases, 0.05, 1); ok || len(b.Conditions) > 0 || b.Share.N != 30 {
		t.Errorf("%v", b)
	}
	if _, ok := FindBox(nil, nil, 0.05, 1); ok {
		t.Error("a box of nothing")
	}
	w[0][1] = math.NaN()
	FindBox(w, cases, 0.05, 1) // leaves that world out
}
