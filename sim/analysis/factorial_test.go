package analysis

import (
	"math"
	"math/rand/v2"
	"testing"
)

// crossTable is a full factorial of two and three levels. Its rows are 10 plus
// -2 or 2, plus -3, 0 or 3, plus an interaction of -1, 0, 1 that changes sign.
// The variances between rows are 4, 6, and 2/3.
func crossTable() (level [][]int, expected []float64) {
	for a := range 2 {
		for b := range 3 {
			level = append(level, []int{a, b})
			expected = append(expected, 10+float64(4*a-2)+3*float64(b-1)+float64(b-1)*float64(2*a-1))
		}
	}
	return level, expected
}

func TestMainEffects(t *testing.T) {
	level, expected := crossTable()
	y := make([][]float64, len(expected))
	for row, v := range expected {
		y[row] = []float64{v, v + 3, v - 3, v} // luck common to all rows
	}
	got := MainEffects(level, y)
	check(t, "mean", got.Mean, Mean([]float64{10, 13, 7, 10}))
	all := 4 + 6 + 2./3
	check(t, "low a", got.Factors[0].Levels[0], Interval{-2, -2, -2, 4})
	check(t, "high b", got.Factors[1].Levels[2], Interval{3, 3, 3, 4})
	check(t, "share of a", got.Factors[0].Share, Interval{4 / all, 4 / all, 4 / all, 4})
	check(t, "share of b", got.Factors[1].Share, Interval{6 / all, 6 / all, 6 / all, 4})
	check(t, "interactions", got.Interactions, Interval{2. / 3 / all, 2. / 3 / all, 2. / 3 / all, 4})

	y[2][1] = nan
	if got := MainEffects(level, y); got.LeftOut != 1 || got.Mean.N != 3 || got.Factors[0].Share.N != 3 {
		t.Errorf("left out %d: %+v", got.LeftOut, got)
	}
	for row := range y {
		y[row] = y[row][:1]
	}
	if got := MainEffects(level, y); !math.IsNaN(got.Factors[0].Share.Estimate) || !near(got.Factors[0].Levels[1].Estimate, 2) {
		t.Errorf("one replication: %+v", got.Factors[0])
	}
	if got := MainEffects(nil, nil); !math.IsNaN(got.Mean.Estimate) || len(got.Factors) != 0 {
		t.Errorf("nothing: %+v", got)
	}
}

// TestMainEffectsLuck: luck of each run does not get into the shares, and the
// intervals hold.
func TestMainEffectsLuck(t *testing.T) {
	const designs, reps = 2000, 8
	level, expected := crossTable()
	luck := rand.New(rand.NewPCG(51, 52))
	share, effect, mean := 0, 0, 0.0
	for range designs {
		y := make([][]float64, len(expected))
		for row, v := range expected {
			for range reps {
				y[row] = append(y[row], v+3*luck.NormFloat64())
			}
		}
		f := MainEffects(level, y).Factors[1]
		truth := 6 / (4 + 6 + 2./3)
		mean += f.Share.Estimate / designs
		if f.Share.Low <= truth && truth <= f.Share.High {
			share++
		}
		if f.Levels[0].Low <= -3 && -3 <= f.Levels[0].High {
			effect++
		}
	}
	t.Logf("share %.3f of 0.5625, covered %.3f; effect covered %.3f", mean, float64(share)/designs, float64(effect)/designs)
	if math.Abs(mean-0.5625) > 0.015 {
		t.Errorf("share %.4f, want 0.5625", mean)
	}
	for name, hits := range map[string]int{"share": share, "effect": effect} {
		if covered := float64(hits) / designs; covered < 0.93 || covered > 0.97 {
			t.Errorf("%s is covered by %.3f of intervals", name, covered)
		}
	}
}
