package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
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
			if side == 2 { // of categorical inputs
				continue
			}
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

// plantedWorlds draws worlds with a box in the first inputs: as in the samples of
// testdata, a case with chance inside in it and outside elsewhere.
func plantedWorlds(luck *rand.Rand, n, inputs int, inside, outside float64) (Worlds, []bool) {
	var w Worlds
	var cases []bool
	for range n {
		row := sample(inputs, luck.Float64)
		chance := outside
		if row[0] >= 0.2 && row[0] <= 0.6 && row[1] >= 0.5 {
			chance = inside
		}
		w.X, cases = append(w.X, row), append(cases, luck.Float64() < chance)
	}
	return w, cases
}

// TestBoxesHoldOnFreshWorlds plants boxes and measures what FindBox says of them:
// whether it finds them, whether other inputs enter, and whether the density and
// the coverage it states hold on fresh worlds.
func TestBoxesHoldOnFreshWorlds(t *testing.T) {
	trials := 6
	if longForm {
		trials = 250
	}
	for _, c := range []struct {
		name            string
		n, inputs       int
		inside, outside float64
		found, noise    float64 // found in at least this share, other inputs in at most that
		overlap         float64 // of box and truth over their union, at least, on average
	}{
		{"pure", 256, 10, 1, 0, 0.95, 0.25, 0.7},
		{"noisy", 256, 10, 0.85, 0.1, 0.9, 0.35, 0.55},
		{"noisy, more inputs", 512, 30, 0.8, 0.2, 0.9, 0.35, 0.55},
	} {
		if !longForm && c.n > 256 {
			continue
		}
		luck := rand.New(rand.NewPCG(uint64(c.n), uint64(c.inputs)))
		found, stray, limits := 0, 0, 0
		var off, offCoverage, overlaps []float64
		covered := 0
		for range trials {
			w, cases := plantedWorlds(luck, c.n, c.inputs, c.inside, c.outside)
			b, ok := FindBox(w, cases, BoxRule{}, luck.Uint64())
			if !ok {
				continue
			}
			found++
			limits += len(b.Conditions)
			other := false
			for _, condition := range b.Conditions {
				other = other || condition.Input > 1
			}
			if other {
				stray++
			}
			density, coverage, overlap := truthOf(b, c.inputs, c.inside, c.outside, luck)
			off, offCoverage = append(off, b.Density.Estimate-density), append(offCoverage, b.Coverage.Estimate-coverage)
			overlaps = append(overlaps, overlap)
			if b.Density.Low <= density && density <= b.Density.High {
				covered++
			}
		}
		share := func(count int) float64 { return float64(count) / float64(max(found, 1)) }
		t.Logf("%s, %d worlds: found %.3f, conditions %.2f, other inputs %.3f, overlap %.3f, density off by %+.4f, coverage by %+.4f, interval covers %.3f",
			c.name, c.n, float64(found)/float64(trials), share(limits), share(stray), Mean(overlaps).Estimate, Mean(off).Estimate, Mean(offCoverage).Estimate, share(covered))
		slack := 3 * math.Sqrt(0.05*0.95/float64(trials))
		if float64(found)/float64(trials) < c.found-slack || share(stray) > c.noise+4*slack || Mean(overlaps).Estimate < c.overlap {
			t.Errorf("%s: found %d of %d, with other inputs %d, overlap %.3f", c.name, found, trials, stray, Mean(overlaps).Estimate)
		}
		if m := Mean(off); math.Abs(m.Estimate) > 0.01+1.5*(m.High-m.Estimate) {
			t.Errorf("%s: the density stated is off by %v", c.name, m)
		}
		if m := Mean(offCoverage); math.Abs(m.Estimate) > 0.01+1.5*(m.High-m.Estimate) {
			t.Errorf("%s: the coverage stated is off by %v", c.name, m)
		}
		if share(covered) < 0.93-slack {
			t.Errorf("%s: the interval of the density covers %.3f", c.name, share(covered))
		}
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

// TestNoBoxInNoise: where no input has a part in what is a case, a box is
// returned in at most 5 % of samples.
func TestNoBoxInNoise(t *testing.T) {
	trials, n := 15, 160
	if longForm {
		trials, n = 400, 256
	}
	for _, share := range []float64{0.15, 0.5} {
		luck := rand.New(rand.NewPCG(77, uint64(100*share)))
		found := 0
		for range trials {
			w, cases := plantedWorlds(luck, n, 8, share, share)
			if _, ok := FindBox(w, cases, BoxRule{}, luck.Uint64()); ok {
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
			for _, row := range w.X {
				for i, v := range row {
					row[i] = math.Floor(v * grid)
				}
			}
		}
		want, ok := FindBox(w, cases, BoxRule{}, 9)
		if !ok {
			t.Fatal("no box")
		}
		for range 3 {
			luck.Shuffle(len(cases), func(i, j int) {
				w.X[i], w.X[j] = w.X[j], w.X[i]
				cases[i], cases[j] = cases[j], cases[i]
			})
			if got, _ := FindBox(w, cases, BoxRule{}, 9); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("grid %g: %v, in another order %v", grid, got, want)
			}
		}
	}
}

// TestBoxOfKindsAndCounts has a categorical input, a whole-numbered one and one
// of yes and no.
func TestBoxOfKindsAndCounts(t *testing.T) {
	luck := rand.New(rand.NewPCG(12, 4))
	w := Worlds{Categorical: []bool{true, false, false, false}}
	var cases []bool
	for range 600 {
		row := []float64{float64(luck.IntN(4)), float64(1 + luck.IntN(6)), float64(luck.IntN(2)), luck.Float64()}
		w.X = append(w.X, row)
		cases = append(cases, (row[0] == 0 || row[0] == 2) && row[1] >= 3 && row[2] == 1)
	}
	b, ok := FindBox(w, cases, BoxRule{}, 3)
	if !ok || fmt.Sprint(b.Conditions) != "[{0 -Inf +Inf [1 3]} {1 2.5 +Inf []} {2 0.5 +Inf []}]" {
		t.Errorf("%v %v", b, ok)
	}
	if two, ok := FindBox(w, cases, BoxRule{Most: 2}, 3); !ok || len(two.Conditions) != 2 || two.Density.Estimate > 0.8 {
		t.Errorf("with two conditions: %v %v", two, ok)
	}
}

func TestBoxOfTooLittle(t *testing.T) {
	luck := rand.New(rand.NewPCG(1, 4))
	w, cases := plantedWorlds(luck, 60, 3, 1, 0)
	for i := range cases {
		cases[i] = i < 15 // eight and seven
	}
	if b, ok := FindBox(w, cases, BoxRule{}, 1); ok || len(b.Conditions) > 0 || b.Share.N != 30 {
		t.Errorf("%v", b)
	}
	if _, ok := FindBox(Worlds{}, nil, BoxRule{}, 1); ok {
		t.Error("a box of nothing")
	}
	w.X[0][1] = math.NaN()
	FindBox(w, cases, BoxRule{}, 1) // leaves that world out
}
