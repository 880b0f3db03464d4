package analysis

import (
	"slices"
	"testing"
)

// The example of R's ?cor.test (Hollander and Wolfe 1973, p. 185: tuna).
var tuna = [2][]float64{
	{44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1},
	{2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8},
}

func TestCorrelation(t *testing.T) {
	check(t, "tuna", Correlation(tuna[0], tuna[1]), Interval{0.5711816, -0.1497426, 0.8955795, 9}, 1e-7)
	check(t, "line", Correlation([]float64{1, 2, 3, 4}, []float64{8, 6, 4, 2}), Interval{-1, -1, -1, 4})
	check(t, "three", Correlation([]float64{1, 2, 3}, []float64{1, 3, 2}), Interval{0.5, nan, nan, 3})
	check(t, "constant", Correlation([]float64{0.1, 0.1, 0.1, 0.1}, []float64{1, 2, 3, 4}), Interval{nan, nan, nan, 4})
	check(t, "missing", Correlation([]float64{1, nan, 2}, []float64{nan, 1, 2}), Interval{nan, nan, nan, 1})
	check(t, "none", Correlation(nil, nil), Interval{nan, nan, nan, 0})
}

func TestRankCorrelation(t *testing.T) {
	got := RankCorrelation(tuna[0], tuna[1])
	if !near(got.Estimate, 0.6) { // R: cor.test(method = "spearman"), rho = 0.6
		t.Errorf("tuna: %v, want 0.6", got)
	}
	// tanh(atanh(0.6) -+ 1.959964*sqrt(1.18/6))
	check(t, "tuna", got, Interval{0.6, -0.174244, 0.915798, 9}, 1e-6)
	perfect := RankCorrelation([]float64{1, 2, 3, 4, 5}, []float64{1, 10, 100, 1000, inf})
	if perfect.Estimate != 1 || perfect.High != 1 || perfect.Low > 0.7 {
		t.Errorf("five ranks in agreement: %v, want 1 with a low end well below", perfect)
	}
	check(t, "constant", RankCorrelation([]float64{1, 1, 1, 1}, []float64{1, 2, 3, 4}), Interval{nan, nan, nan, 4})
	check(t, "none", RankCorrelation(nil, nil), Interval{nan, nan, nan, 0})
}

func TestRanks(t *testing.T) {
	if got := ranks([]float64{5, 1, 5, inf, -inf, 5}); !slices.Equal(got, []float64{4, 2, 4, 6, 1, 4}) {
		t.Errorf("ranks = %v", got)
	}
}

func TestGini(t *testing.T) {
	for _, c := range []struct {
		name   string
		values []float64
		want   float64
	}{
		{"equal", []float64{0.1, 0.1, 0.1}, 0},
		{"one has all of four", []float64{0, 0, 7, 0}, 0.75},
		{"1..5", []float64{5, 3, 1, 4, 2}, 4.0 / 15},
		{"missing", []float64{nan, 1, 3}, 0.25},
		{"huge", []float64{1e308, 1e308, 0, 0}, 0.5},
		{"nothing to share", []float64{0, 0}, nan},
		{"none", nil, nan},
		{"negative", []float64{-1, 2}, nan},
		{"infinite", []float64{1, inf}, nan},
	} {
		if got := Gini(c.values); !near(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
