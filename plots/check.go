package plots

import (
	"fmt"
	"math"
	"slices"

	"epgsim/sim/analysis"
)

// What people type is checked where it is read, with words. What a figure
// checks is that it can be drawn at all: nothing is empty, lengths agree, no
// estimate is endless, and there is no more of anything than can be read.

// unusable is the error of a figure whose input cannot be drawn.
func unusable(figure string) error {
	return fmt.Errorf("plots: %s: the input is empty, too much for one figure, of unequal lengths or not finite", figure)
}

// some says whether there are between 1 and most elements.
func some[T any](all []T, most int) bool { return len(all) > 0 && len(all) <= most }

// every says whether all elements are so.
func every[T any](all []T, is func(T) bool) bool {
	return !slices.ContainsFunc(all, func(v T) bool { return !is(v) })
}

// long says whether each of the series has n values.
func long(n int, series ...[]float64) bool {
	return every(series, func(s []float64) bool { return len(s) == n })
}

// hasMean says whether a band has the mean and its interval for n weeks.
func hasMean(b analysis.Band, n int) bool { return n > 0 && long(n, b.Mean, b.Low, b.High) }

// hasQuantiles says whether a band has the quantiles for n weeks.
func hasQuantiles(b analysis.Band, n int) bool {
	return n > 0 && long(n, b.P05, b.P25, b.P50, b.P75, b.P95)
}

// endsWithin says whether a project of so many years ends within n weeks.
func endsWithin(years float64, n int) bool { return isTime(years) && weekAt(years) < n }

// areShares says whether values that are there lie within 0..1, up to rounding:
// none is in per cent.
func areShares(vs ...float64) bool {
	return every(vs, func(v float64) bool { return !finite(v) || v >= -1e-9 && v <= 1+1e-9 })
}

// isTime says whether an axis can show so many years.
func isTime(years float64) bool { return years > 0 && years <= 1000 }

// ascending says whether a grid grows strictly.
func ascending(xs []float64) bool {
	for i, x := range xs {
		if !finite(x) || i > 0 && x <= xs[i-1] {
			return false
		}
	}
	return true
}

// known says whether estimates are there. Their intervals may be missing, and
// need not hold the estimate: bootstrap intervals of skewed statistics
// sometimes do not.
func known(all ...analysis.Interval) bool {
	return every(all, func(iv analysis.Interval) bool { return finite(iv.Estimate) && drawable(iv) })
}

// drawable is known for estimates that may be missing.
func drawable(all ...analysis.Interval) bool {
	return every(all, func(iv analysis.Interval) bool {
		return every([]float64{iv.Estimate, iv.Low, iv.High}, func(v float64) bool { return finite(v) || math.IsNaN(v) })
	})
}
