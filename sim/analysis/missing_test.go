package analysis

import "testing"

func TestMeanOfPresent(t *testing.T) {
	got := MeanOfPresent([]float64{nan, 1, 2, 3, nan})
	check(t, "mean", got.Interval, Mean([]float64{1, 2, 3}))
	check(t, "share", got.Share, Share([]float64{0, 1, 1, 1, 0}))
	if got.Total != 5 || got.Complete() || !MeanOfPresent([]float64{1, 2}).Complete() {
		t.Errorf("%+v", got)
	}
	none := MeanOfPresent([]float64{nan, nan})
	check(t, "none", none.Interval, Interval{nan, nan, nan, 0})
	check(t, "share of none", none.Share, Share([]float64{0, 0}))
}

func TestComparable(t *testing.T) {
	hundred := func(missing ...int) []float64 {
		values := yesNo(50, 100)
		for _, i := range missing {
			values[i] = nan
		}
		return values
	}
	for _, c := range []struct {
		name string
		a, b []float64
		want bool
	}{
		{"complete", hundred(), hundred(), true},
		{"missing in the same pairs", hundred(3, 5, 9), hundred(3, 5, 9), true},
		{"one of a hundred", hundred(3), hundred(), true},
		{"two of a hundred", hundred(3), hundred(4), false}, // though the shares are the same
		{"no value", []float64{nan}, []float64{nan}, false},
		{"nothing", nil, nil, false},
	} {
		if got := Comparable(c.a, c.b); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}
