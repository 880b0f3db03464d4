package analysis

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"epgsim/sim/sampling"
)

func TestNeeded(t *testing.T) {
	wide := Interval{Estimate: 2, Low: 2 - 3.92, High: 2 + 3.92, N: 100}
	blocks := Crossed{Interval: wide, fromBlocks: 4, Replications: 4}
	luck := Crossed{Interval: wide, fromLuck: 4, Replications: 4}
	clear := Crossed{Interval: Interval{2, 1, 3, 100}, fromBlocks: 0.25, Replications: 4}
	for _, c := range []struct {
		name      string
		got, want Needed
	}{
		// To tell 2 with a standard error of 2 at 100 blocks: (1.96+0.84)^2 = 7.85 times the blocks.
		{"blocks", blocks.ToTell(1e6, 1e6), Needed{Blocks: 800, Replications: -1}},
		{"too many blocks", blocks.ToTell(899, 1e6), Needed{Blocks: -1, Replications: -1}},
		{"luck", luck.ToTell(1e6, 1e6), Needed{Blocks: -1, Replications: 30, LuckFirst: true}},
		{"clear already", clear.ToTell(1e6, 1e6), Needed{}},
		{"no ends", Crossed{Interval: unknown(2, 1), Replications: 1}.ToTell(1e6, 1e6), Needed{Blocks: -1, Replications: -1}},
		{"one replication", Crossed{Interval: wide, fromBlocks: 4, Replications: 1}.ToTell(1e6, 1e6), Needed{Blocks: 800, Replications: -1}},
	} {
		if c.got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, c.got, c.want)
		}
	}
}

// TestNeededHolds runs what was asked for: the estimate is then told from zero
// about as often as promised. 400 designs of a true chance of 80 % would come
// below 74 % less than once in a thousand.
func TestNeededHolds(t *testing.T) {
	const truth, blocks, reps, designs = 0.4, 20, 8, 400
	now := Crossed{Interval: Interval{truth, truth - 1, truth + 1, blocks}, Replications: reps,
		fromBlocks: 1. / blocks, fromLuck: 0.01 / reps, fromBoth: 4. / (blocks * reps)}
	needed := now.ToTell(1e6, 1e6)
	if needed != (Needed{Blocks: 80, Replications: -1}) {
		t.Errorf("%+v", needed)
	}
	luck := rand.New(rand.NewPCG(31, 32))
	told := 0
	for range designs {
		g := grid{blocks: blocks + needed.Blocks, reps: reps}
		if !Noise(g.crossed(crossedSample(g, truth, 1, 0.1, 2, luck), single).Interval) {
			told++
		}
	}
	t.Logf("told from zero in %d of %d", told, designs)
	if share := float64(told) / designs; share < 0.74 || share > 0.97 {
		t.Errorf("with %d further blocks it is told from zero in %.3f of designs", needed.Blocks, share)
	}
}

// crossedSample draws values around mean from normal laws of the given standard
// deviations: of blocks, of replications, and of each value by itself.
func crossedSample(g grid, mean, ofBlocks, ofReps, ofEach float64, luck *rand.Rand) []float64 {
	byBlock, byRep := sample(g.blocks, luck.NormFloat64), sample(g.reps, luck.NormFloat64)
	values := make([]float64, g.blocks*g.reps)
	for i := range values {
		values[i] = mean + ofBlocks*byBlock[i/g.reps] + ofReps*byRep[i%g.reps] + ofEach*luck.NormFloat64()
	}
	return values
}

// TestCrossed compares the parts of a squared standard error with those of
// luck whose parts are known.
func TestCrossed(t *testing.T) {
	const blocks, reps, times = 50, 8, 400
	luck := rand.New(rand.NewPCG(33, 34))
	g := grid{blocks: blocks, reps: reps}
	var ofBlocks, ofLuck, ofBoth, error2 float64
	for range times {
		c := g.crossed(crossedSample(g, 0, 1, 0.5, 2, luck), single)
		ofBlocks += c.fromBlocks / times
		ofLuck += c.fromLuck / times
		ofBoth += c.fromBoth / times
		error2 += c.Estimate * c.Estimate / times
	}
	for _, c := range []struct {
		name                string
		got, want, relative float64
	}{
		{"blocks", ofBlocks, 1. / blocks, 0.05},
		{"luck", ofLuck, 0.25 / reps, 0.1},
		{"both", ofBoth, 4. / (blocks * reps), 0.05},
		{"all", ofBlocks + ofLuck + ofBoth, error2, 0.25},
	} {
		if math.Abs(c.got/c.want-1) > c.relative {
			t.Errorf("%s: %.5f, want %.5f", c.name, c.got, c.want)
		}
	}
}

// TestSobolInBatches: on the points that a scrambled design has, the intervals
// hold the truth about as often as they say, with luck and without. 900
// estimates of a coverage of 95 %, three of a design being alike, would be
// fewer than 91 % or more than 98.5 % with a chance of less than one in a
// thousand.
func TestSobolInBatches(t *testing.T) {
	for _, c := range []struct {
		name         string
		m            model
		blocks, reps int
		f            fortune
	}{
		{"no luck", ishigami, 512, 1, fortune{}},
		{"luck of each run", ishigami, 256, 10, fortune{each: 4}},
		{"luck common to all rows", ishigami, 256, 10, fortune{each: 4, shared: 2, amplitude: 0.1}},
	} {
		luck := rand.New(rand.NewPCG(37, 38))
		inside, all := 0, 0
		for seed := range uint64(150) {
			ix := Sobol(sequenceRuns(t, c.m, c.blocks, seed, c.f.rows(c.m, c.reps, luck)))
			for k := range 3 {
				all += 2
				if iv := ix.First[k]; iv.Low <= c.m.first[k] && c.m.first[k] <= iv.High {
					inside++
				}
				if iv := ix.Total[k]; iv.Low <= c.m.total[k] && c.m.total[k] <= iv.High {
					inside++
				}
			}
		}
		share := float64(inside) / float64(all)
		t.Logf("%s, %d blocks of %d: covered %.3f", c.name, c.blocks, c.reps, share)
		if share < 0.91 || share > 0.985 {
			t.Errorf("%s: covered %.3f", c.name, share)
		}
	}
}

// sequenceRuns simulates a Saltelli design of scrambled Sobol' points.
func sequenceRuns(t *testing.T, m model, blocks int, seed uint64, simulate func(x []float64) []float64) SaltelliRuns {
	t.Helper()
	groups := make([]int, m.dims)
	runs := SaltelliRuns{A: make([][]float64, blocks), B: make([][]float64, blocks), Batches: sampling.SaltelliBatches(blocks, true)}
	for k := range groups {
		groups[k] = k
		runs.AB = append(runs.AB, make([][]float64, blocks))
	}
	design, err := sampling.Saltelli(blocks, groups, false, true, seed)
	if err != nil {
		t.Fatal(err)
	}
	x := make([]float64, m.dims)
	for row := range design.Rows() {
		place := design.At(row, x)
		y := simulate(x)
		switch place.Role {
		case sampling.A:
			runs.A[place.Block] = y
		case sampling.B:
			runs.B[place.Block] = y
		case sampling.AB:
			runs.AB[place.Group][place.Block] = y
		}
	}
	return runs
}

func TestOneAtATime(t *testing.T) {
	base := []float64{10, 12, 14, nan}
	plus := func(d ...float64) []float64 {
		return []float64{base[0] + d[0], base[1] + d[1], base[2] + d[2], nan}
	}
	got := OneAtATime(base, [][][]float64{
		{plus(-5, 5, 0.1), plus(7, -6, 0)},        // noise
		{plus(-2, -2.1, -1.9), plus(1, 1.1, 0.9)}, // reaches 3
		{}, // no levels
		{plus(-1, -1.1, -0.9), plus(8, 8.2, 7.8), plus(1, 1, 1.1)}, // highest between
	})
	var order []int
	for _, s := range got {
		order = append(order, s.Factor)
	}
	if !slices.Equal(order, []int{3, 1, 0, 2}) {
		t.Fatalf("order %v", order)
	}
	if s := got[0]; !s.Bent || s.Noise || !near(s.reach, 9) || len(s.Levels) != 3 {
		t.Errorf("bent: %+v", s)
	}
	s := got[1]
	check(t, "highest", s.Highest, Difference(plus(1, 1.1, 0.9), plus(-2, -2.1, -1.9)))
	check(t, "low level", s.Levels[0], Difference(plus(-2, -2.1, -1.9), base))
	if s.Bent || s.Noise || !near(s.reach, 3) || s.Highest.N != 3 {
		t.Errorf("straight: %+v", s)
	}
	if !got[2].Noise || !got[3].Noise || !math.IsNaN(got[3].reach) {
		t.Errorf("noise: %+v and %+v", got[2], got[3])
	}
}

// rankSample has expected values by scipy 1.10: correlations of the residuals
// of numpy.linalg.lstsq on the other ranked columns.
var rankSample = [][]float64{
	{1, 7, 2}, {2, 3, 9}, {3, 9, 4}, {4, 1, 1}, {5, 8, 8}, {6, 2, 6}, {7, 6, 3}, {8, 4, 12}, {9, 12, 5}, {10, 5, 10}, {11, 10, 7}, {12, 11, 11},
}

// rankFit is a rank regression that nobody ends.
func rankFit(t *testing.T, x, y [][]float64, seed uint64) RankFit {
	t.Helper()
	fit, err := RankRegression(t.Context(), x, y, seed)
	if err != nil {
		t.Fatal(err)
	}
	return fit
}

// Who wants to end gets no answer instead of a wrong one.
func TestRankRegressionEnded(t *testing.T) {
	ended, end := context.WithCancel(t.Context())
	end()
	if fit, err := RankRegression(ended, rankSample, rankSample, 1); !errors.Is(err, context.Canceled) || fit.Partial != nil {
		t.Errorf("%+v, %v", fit, err)
	}
}

func TestRankRegression(t *testing.T) {
	rows := func(y ...float64) (rows [][]float64) {
		for _, v := range y {
			rows = append(rows, []float64{v - 1, v + 1}) // two replications
		}
		return rows
	}
	for _, c := range []struct {
		name string
		y    [][]float64
		want []float64
	}{
		{"no ties", rows(5, 1, 9, 2, 11, 4, 8, 3, 20, 10, 14, 30), []float64{0.7018896387224277, 0.9021201401846657, -0.21733539020638867}},
		{"ties", rows(5, 1, 9, 2, 11, 5, 8, 1, 20, 9, 11, 20), []float64{0.5668822217153284, 0.8457370607060672, -0.3410340044840115}},
	} {
		fit := rankFit(t, rankSample, c.y, 1)
		for k, want := range c.want {
			if iv := fit.Partial[k]; !near(iv.Estimate, want) || iv.N != 12 || !ordered(iv) || math.IsNaN(iv.Low) {
				t.Errorf("%s, factor %d: %+v, want %v", c.name, k, iv, want)
			}
		}
		again := rankFit(t, rankSample, c.y, 1)
		if again.Partial[1] != fit.Partial[1] {
			t.Errorf("%s: the same seed gave %v and %v", c.name, fit.Partial[1], again.Partial[1])
		}
	}
	y := rows(5, 1, 9, 2, 11, 4, 8, 3, 20, 10, 14, 30)
	if fit := rankFit(t, rankSample, y, 1); !near(fit.RSquared, 0.8706663537652786) || fit.Poor {
		t.Errorf("R squared %v", fit.RSquared)
	}
	y[3][1] = nan
	if fit := rankFit(t, rankSample, y, 1); fit.LeftOut != 1 || fit.Partial[0].N != 11 {
		t.Errorf("left out %d of 1", fit.LeftOut)
	}
	for name, fit := range map[string]RankFit{
		"nothing":         rankFit(t, nil, nil, 1),
		"too few rows":    rankFit(t, rankSample[:4], y[:4], 1),
		"constant":        rankFit(t, [][]float64{{1}, {1}, {1}, {1}, {1}}, rows(1, 2, 3, 4, 5), 1),
		"constant result": rankFit(t, [][]float64{{1}, {2}, {3}, {4}, {5}}, rows(1, 1, 1, 1, 1), 1),
	} {
		if !math.IsNaN(fit.RSquared) || fit.Poor || len(fit.Partial) > 0 && !math.IsNaN(fit.Partial[0].Estimate) {
			t.Errorf("%s: %+v", name, fit)
		}
	}
}

// TestRankRegressionCoverage: the truth is the limit for many rows, computed
// with scipy 1.10 from five times 400 000 of them (standard error 0.0006); the
// third factor has no effect, and zero by symmetry.
func TestRankRegressionCoverage(t *testing.T) {
	draw := func(n int, luck *rand.Rand) (x, y [][]float64) {
		for range n {
			row := sample(3, luck.NormFloat64)
			x = append(x, row)
			y = append(y, []float64{row[0] + math.Exp(0.8*row[1]) + luck.NormFloat64()})
		}
		return x, y
	}
	truth := []float64{0.6520, 0.6222, 0}
	luck := rand.New(rand.NewPCG(41, 42))
	hits := make([]int, len(truth))
	const designs = 200
	for range designs {
		x, y := draw(60, luck)
		for k, iv := range rankFit(t, x, y, luck.Uint64()).Partial {
			if iv.Low <= truth[k] && truth[k] <= iv.High {
				hits[k]++
			}
		}
	}
	t.Logf("covered %v of %d", hits, designs)
	for k, hit := range hits {
		if hit < designs*90/100 || hit > designs*99/100 { // 95 % would be outside less than once in 200
			t.Errorf("factor %d: covered %d of %d", k, hit, designs)
		}
	}
	x, y := draw(400, luck)
	for row := range y {
		y[row][0] = (x[row][0]*x[row][0] - 1) + 0.1*x[row][1]
	}
	if fit := rankFit(t, x, y, 1); !fit.Poor {
		t.Errorf("a bowl is well fitted by ranks: R squared %.3f", fit.RSquared)
	}
}
