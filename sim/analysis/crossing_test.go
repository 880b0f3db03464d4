package analysis

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestAheadAfter(t *testing.T) {
	grid := []float64{0, 10, 20, 40}
	for _, c := range []struct {
		name     string
		lead     []float64
		want     float64
		standing Standing
	}{
		{"behind, then ahead", []float64{-2, -1, 1, 5}, 15, Overtakes},
		{"uneven grid", []float64{-2, -2, -1, 3}, 25, Overtakes},
		{"ahead, behind, ahead for good", []float64{3, -1, 1, 5}, 15, Overtakes},
		{"level until 20", []float64{0, 0, 0, 5}, 20, Overtakes},
		{"level at the start only", []float64{0, 1, 2, 3}, 0, AlwaysAhead},
		{"ahead throughout", []float64{1, 1, 2, 3}, 0, AlwaysAhead},
		{"never", []float64{-1, -1, -2, -3}, inf, NeverAhead},
		{"ahead for a while", []float64{-1, 3, 3, -3}, inf, NeverAhead},
		{"level at the end", []float64{-1, 3, 3, 0}, inf, NeverAhead},
		{"overflow", []float64{0, 0, -inf, inf}, 40, Overtakes},
	} {
		got := aheadAfter(grid, c.lead)
		if got != c.want || standing(grid, got) != c.standing {
			t.Errorf("%s: %v (%v), want %v (%v)", c.name, got, standing(grid, got), c.want, c.standing)
		}
	}
}

// race returns n pairs of curves over weeks 0..99: b earns 1 a week from the
// start, a pays cost first and then earns a rate that varies.
func race(n int, cost, rate float64, seed uint64) (grid []float64, a, b [][]float64) {
	luck := rand.New(rand.NewPCG(seed, 0))
	for week := range 100 {
		grid = append(grid, float64(week))
	}
	for range n {
		r := rate + 0.5*luck.NormFloat64()
		x, y := make([]float64, 100), make([]float64, 100)
		for t, week := range grid {
			x[t], y[t] = r*week-cost, week
		}
		a, b = append(a, x), append(b, y)
	}
	return grid, a, b
}

func TestCrossing(t *testing.T) {
	for _, c := range []struct {
		name       string
		cost, rate float64
		want       Standing
		time       float64
	}{
		{"overtakes", 40, 2, Overtakes, 40},
		{"never", 1000, 2, NeverAhead, inf},
		{"always", -5, 2, AlwaysAhead, 0},
	} {
		got := Crossing(race2(200, c.cost, c.rate, 5, 1))
		if got.Standing != c.want || !near(got.Time.Estimate, c.time, 0.1) || got.Time.N != 200 {
			t.Errorf("%s: %+v", c.name, got)
		}
		if share := map[Standing]float64{Overtakes: 1}[c.want]; got.CrossingShare != share {
			t.Errorf("%s: a overtakes in %v of the samples, want %v", c.name, got.CrossingShare, share)
		}
		if !(got.Time.Low <= got.Time.Estimate && got.Time.Estimate <= got.Time.High) {
			t.Errorf("%s: %+v", c.name, got.Time)
		}
	}
	// A crossing just within the grid may lie beyond it: High says so.
	late := Crossing(race2(40, 95, 2, 4, 1))
	if !math.IsInf(late.Time.High, 1) || late.CrossingShare < 0.1 || late.CrossingShare > 0.9 {
		t.Errorf("late: %+v", late)
	}
}

// race2 puts the results of race into the argument order of Crossing.
func race2(n int, cost, rate float64, luck, seed uint64) ([]float64, [][]float64, [][]float64, uint64) {
	grid, a, b := race(n, cost, rate, luck)
	return grid, a, b, seed
}

func TestCrossingOfFewCurves(t *testing.T) {
	for name, got := range map[string]Overtaking{
		"none":     Crossing(nil, nil, nil, 1),
		"no grid":  Crossing(nil, [][]float64{{}}, [][]float64{{}}, 1),
		"missing":  Crossing([]float64{0, 1}, [][]float64{{0, nan}, nil}, [][]float64{{0, 1}, {0, 1}}, 1),
		"infinite": Crossing([]float64{0}, [][]float64{{inf}}, [][]float64{{0}}, 1),
	} {
		if got.Standing != NoCurves || got.Time.N != 0 || !math.IsNaN(got.Time.Estimate) || !math.IsNaN(got.CrossingShare) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	few := Crossing(race2(5, 40, 2, 3, 1))
	if few.Time.N != 5 || math.IsNaN(few.Time.Estimate) || !math.IsNaN(few.Time.Low) || !math.IsNaN(few.Time.High) {
		t.Errorf("five curves: %+v, want an estimate without ends", few)
	}
	defer func() {
		if recover() == nil {
			t.Error("a curve shorter than the grid did not panic")
		}
	}()
	Crossing([]float64{0, 1}, [][]float64{{0}}, [][]float64{{0, 1}}, 1)
}

func BenchmarkCrossing(b *testing.B) {
	grid, x, y := race(500, 40, 2, 1)
	for b.Loop() {
		Crossing(grid, x, y, 1)
	}
}
