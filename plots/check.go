package plots

import (
	"fmt"

	"epgsim/sim/analysis"
)

// bad is an error about the input of a figure.
func bad(format string, args ...any) error {
	return fmt.Errorf("plots: "+format, args...)
}

// needLen refuses a series that does not have n values. what names it.
func needLen(what string, n int, series ...[]float64) error {
	for _, s := range series {
		if len(s) != n {
			return bad("%s: %d values where %d are needed", what, len(s), n)
		}
	}
	return nil
}

// checkMean wants the mean and its interval for n weeks.
func checkMean(what string, b analysis.Band, n int) error {
	if n == 0 {
		return bad("%s: empty", what)
	}
	return needLen(what+" (mean, low, high)", n, b.Mean, b.Low, b.High)
}

// checkQuantiles wants the quantiles for n weeks.
func checkQuantiles(what string, b analysis.Band, n int) error {
	if n == 0 {
		return bad("%s: empty", what)
	}
	return needLen(what+" (5, 25, 50, 75, 95 %)", n, b.P05, b.P25, b.P50, b.P75, b.P95)
}

// checkShares wants every value that is there within 0..1, up to rounding.
func checkShares(what string, vs []float64) error {
	for t, v := range vs {
		if finite(v) && (v < -1e-9 || v > 1+1e-9) {
			return bad("%s: %v in week %d is not within 0..1", what, v, t)
		}
	}
	return nil
}

// checkYears wants a project length that an axis can show.
func checkYears(what string, y float64) error {
	if !finite(y) || y <= 0 || y > 1000 {
		return bad("%s: %v years is not a length of time", what, y)
	}
	return nil
}

// checkCount wants between 1 and most panels, bars or lines: with more the
// figure could not be read.
func checkCount(what string, n, most int) error {
	if n < 1 {
		return bad("%s: none given", what)
	}
	if n > most {
		return bad("%s: %d given, at most %d can be read in one figure", what, n, most)
	}
	return nil
}

// ascending refuses a grid that does not grow strictly.
func ascending(what string, xs []float64) error {
	for i, x := range xs {
		if !finite(x) || i > 0 && x <= xs[i-1] {
			return bad("%s: value %d (%v) is not above the one before", what, i, x)
		}
	}
	return nil
}
