package analysis

import (
	"math"
	"slices"
	"testing"
)

var (
	nan = math.NaN()
	inf = math.Inf(1)
)

// near compares to a relative 1e-9 (or the given tolerance); NaN is near NaN.
func near(got, want float64, tolerance ...float64) bool {
	within := 1e-9
	if len(tolerance) > 0 {
		within = tolerance[0]
	}
	if math.IsNaN(want) || math.IsInf(want, 0) {
		return math.IsNaN(got) && math.IsNaN(want) || got == want
	}
	return math.Abs(got-want) <= within*max(1, math.Abs(want))
}

// check compares an interval with estimate, ends and number of values.
func check(t *testing.T, name string, got, want Interval, tolerance ...float64) {
	t.Helper()
	if !near(got.Estimate, want.Estimate, tolerance...) || !near(got.Low, want.Low, tolerance...) ||
		!near(got.High, want.High, tolerance...) || got.N != want.N {
		t.Errorf("%s = %+v, want %+v", name, got, want)
	}
}

// mtcars is column mpg of R's data set mtcars.
var mtcars = []float64{
	21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4,
	14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4,
}

func TestQuantiles(t *testing.T) {
	cases := []struct {
		name             string
		values, ps, want []float64
	}{
		{"R: quantile(mtcars$mpg)", mtcars, []float64{0, 0.25, 0.5, 0.75, 1}, []float64{10.4, 15.425, 19.2, 22.8, 33.9}},
		{"Wikipedia, Percentile, inclusive", []float64{50, 15, 40, 20, 35}, []float64{0.05, 0.3, 0.4, 0.5, 1}, []float64{16, 23, 29, 35, 50}},
		{"numpy: percentile([10,7,4,3,2,1], 50)", []float64{10, 7, 4, 3, 2, 1}, []float64{0.5}, []float64{3.5}},
		{"R: quantile(1:10, c(.05, .9))", []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, []float64{0.05, 0.9}, []float64{1.45, 9.1}},
		{"gonum's LinInterp says 2.5", []float64{1, 2, 3, 4, 5}, []float64{0.5}, []float64{3}},
		{"one value", []float64{7}, []float64{0, 0.3, 1}, []float64{7, 7, 7}},
		{"none", nil, []float64{0.5}, []float64{nan}},
		{"missing left out", []float64{nan, 3, nan, 1}, []float64{0.5}, []float64{2}},
		{"all missing", []float64{nan, nan}, []float64{0.5}, []float64{nan}},
		{"p outside", []float64{1, 2}, []float64{-0.1, 1.1, nan}, []float64{nan, nan, nan}},
		{"infinities", []float64{-inf, -inf, 0, inf, inf}, []float64{0.1, 0.3, 0.5, 0.6, 0.9}, []float64{-inf, -inf, 0, inf, inf}},
		{"gap overflows", []float64{-math.MaxFloat64, math.MaxFloat64}, []float64{0.5}, []float64{0}},
	}
	for _, c := range cases {
		before := slices.Clone(c.values)
		for i, got := range Quantiles(c.values, c.ps...) {
			if !near(got, c.want[i]) {
				t.Errorf("%s: quantile %v = %v, want %v", c.name, c.ps[i], got, c.want[i])
			}
		}
		if !slices.EqualFunc(before, c.values, func(a, b float64) bool { return near(a, b) }) {
			t.Errorf("%s: values were modified", c.name)
		}
	}
}

func TestMedian(t *testing.T) {
	count := func(n int) (values []float64) {
		for i := range n {
			values = append(values, float64(n-i)) // descending: must be sorted
		}
		return values
	}
	// Ranks by hand from the binomial law; the usual tables have the same.
	check(t, "n=5", Median(count(5)), Interval{3, nan, nan, 5})
	check(t, "n=6", Median(count(6)), Interval{3.5, 1, 6, 6})
	check(t, "n=8", Median(count(8)), Interval{4.5, 1, 8, 8})
	check(t, "n=9", Median(count(9)), Interval{5, 2, 8, 9})
	check(t, "n=20", Median(count(20)), Interval{10.5, 6, 15, 20})
	check(t, "n=100", Median(count(100)), Interval{50.5, 40, 61, 100})
	check(t, "none", Median(nil), Interval{nan, nan, nan, 0})
	check(t, "missing", Median([]float64{nan, 4}), Interval{4, nan, nan, 1})
}
