package analysis

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// yesNo returns n values of which the first yes are 1.
func yesNo(yes, n int) []float64 {
	values := make([]float64, n)
	for i := range yes {
		values[i] = 1
	}
	return values
}

func TestShare(t *testing.T) {
	// Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3.
	check(t, "81 of 263", Share(yesNo(81, 263)), Interval{81.0 / 263, 0.2553, 0.3662, 263}, 6e-5)
	check(t, "15 of 148", Share(yesNo(15, 148)), Interval{15.0 / 148, 0.0624, 0.1605, 148}, 6e-5)
	check(t, "0 of 20", Share(yesNo(0, 20)), Interval{0, 0, 0.1611, 20}, 6e-5)
	check(t, "1 of 29", Share(yesNo(1, 29)), Interval{1.0 / 29, 0.0061, 0.1718, 29}, 6e-5)
	none := Share(yesNo(0, 40))
	check(t, "0 of 40", none, Interval{0, 0, 3.8414588 / 43.8414588, 40}, 1e-7)
	if none.Low != 0 || Round(100*none.High, 10, "") != "9" {
		t.Errorf("0 of 40 is within %v..%v, want 0 to at most 9 %%", none.Low, none.High)
	}
	all := Share(yesNo(40, 40))
	check(t, "40 of 40", all, Interval{1, 40 / 43.8414588, 1, 40}, 1e-7)
	if all.High != 1 {
		t.Errorf("40 of 40 is at most %v, want 1", all.High)
	}
	check(t, "missing", Share([]float64{nan, 1, 0, nan, 1, 1}), Share(yesNo(3, 4)))
	check(t, "none", Share([]float64{nan}), Interval{nan, nan, nan, 0})
}

// TestCoverageOfShare works out, without luck, how often the interval covers
// true shares from 0.5 to 5 %.
func TestCoverageOfShare(t *testing.T) {
	for _, c := range []struct {
		n           int
		mean, least float64 // as the doc comment of Share says
	}{{50, 0.956, 0.895}, {200, 0.955, 0.917}, {500, 0.952, 0.929}} {
		var sum, least, shares float64 = 0, 1, 0
		for p := 0.005; p < 0.05005; p += 0.0001 {
			covered := 0.0
			for yes := range c.n + 1 {
				if iv := shareWithin(yes, c.n, upper95); iv.Low <= p && p <= iv.High {
					covered += distuv.Binomial{N: float64(c.n), P: p}.Prob(float64(yes))
				}
			}
			sum, shares, least = sum+covered, shares+1, min(least, covered)
		}
		mean := sum / shares
		t.Logf("n=%d: %.4f on average, %.4f at the least", c.n, mean, least)
		if mean < 0.93 || mean > 0.97 {
			t.Errorf("n=%d: covers %.4f on average, want within 0.93..0.97", c.n, mean)
		}
		if math.Abs(mean-c.mean) > 0.0006 || math.Abs(least-c.least) > 0.0006 {
			t.Errorf("n=%d: covers %.4f on average and %.4f at the least, documented are %.3f and %.3f", c.n, mean, least, c.mean, c.least)
		}
	}
}
