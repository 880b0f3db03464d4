package analysis

import (
	"math"
	"slices"
	"sort"

	"gonum.org/v1/gonum/stat/distuv"
)

// A time until something happens, such as the first deal, is not missing where
// the run ended first: it is later than the horizon. A mean over those who had
// it forgets the others, and may turn the truth round: a manager who sells to
// a third of the groups, the quick third, looks faster than one who sells to
// nearly all. So the functions here take all replications, and NaN as "not
// yet": later than any time. An estimate or an end of +Inf says "not within the
// horizon".

// MedianTime is QuantileTime at a half: the week by which half of all groups
// have had the event.
func MedianTime(times []float64) Interval { return QuantileTime(times, 0.5) }

// QuantileTime returns the time by which the share p of all replications has
// had the event, in the unit of times, with a distribution-free 95 % interval:
// two order statistics, chosen by the binomial law of how many come before the
// true quantile. It covers that with a chance of at least 95 %, whatever the
// distribution. N counts all replications, "not yet" included. The ends are
// NaN where there are too few to say anything: below 6 for the median, more
// for a quantile near 0 or 1. It panics unless 0 < p < 1.
func QuantileTime(times []float64, p float64) Interval {
	if !(p > 0 && p < 1) {
		panic("analysis: QuantileTime of a share outside 0..1")
	}
	return orderInterval(ascendingTimes(times), p)
}

// EventCurve returns the share of all replications that have had the event by
// each time of the grid, with Wilson's 95 % interval, as Share. The band holds
// for each time by itself: among many, some five in a hundred of the true
// shares lie outside.
func EventCurve(times, grid []float64) []Interval {
	sorted := ascendingTimes(times)
	curve := make([]Interval, len(grid))
	for i, at := range grid {
		by := sort.Search(len(sorted), func(k int) bool { return sorted[k] > at })
		curve[i] = shareWithin(by, len(sorted), upper95)
	}
	return curve
}

// ascendingTimes returns the times in order, "not yet" as +Inf.
func ascendingTimes(times []float64) []float64 {
	sorted := make([]float64, len(times))
	for i, t := range times {
		sorted[i] = orLater(t)
	}
	slices.Sort(sorted)
	return sorted
}

// orLater is the time, +Inf for "not yet".
func orLater(time float64) float64 {
	if math.IsNaN(time) {
		return math.Inf(1)
	}
	return time
}

// orderInterval returns the p-quantile of sorted values, none missing, with the
// distribution-free 95 % interval between two of them; the ends are NaN when
// one of the two would lie beyond the values.
func orderInterval(sorted []float64, p float64) Interval {
	n := len(sorted)
	quantile := Quantile(sorted, p)
	if n == 0 {
		return unknown(quantile, 0)
	}
	below := distuv.Binomial{N: float64(n), P: p}
	// low is the most values that may be cut off below: the chance that fewer
	// lie below the true quantile stays within 2.5 %; high likewise above.
	low := sort.Search(n, func(k int) bool { return below.CDF(float64(k)) > 1-upper95 })
	high := sort.Search(n, func(k int) bool { return below.CDF(float64(k)) >= upper95 })
	if low == 0 || high == n {
		return unknown(quantile, n)
	}
	return Interval{Estimate: quantile, Low: sorted[low-1], High: sorted[high], N: n}
}
