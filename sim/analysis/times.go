package analysis

import (
	"cmp"
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

// MedianTimeDifference returns the median time of a less that of b, both over
// all replications, with its 95 % interval; a and b hold the same replications
// under two alternatives, and no time after the horizon is known. Where only
// one median lies within the horizon the estimate is infinite, where neither
// does NaN; the ends still say what is known: from 12 to +Inf is "at least 12
// weeks later", from -Inf to +Inf nothing. It panics when the lengths differ.
// Fewer than 6 pairs give NaN ends.
//
// It is not the median of the differences of pairs, which are unknown where
// neither has had the event, and may have another sign.
//
// The interval is a percentile bootstrap over pairs. A median beyond the
// horizon counts as just beyond it at one end and as never at the other. With a
// frailty in common XX
func MedianTimeDifference(a, b []float64, horizon float64, seed uint64) Interval {
	mustPair(len(a), len(b))
	n := len(a)
	if n == 0 {
		return unknown(math.NaN(), 0)
	}
	p := newPairedTimes(a, b)
	once := make([]int, n)
	for i := range once {
		once[i] = 1
	}
	result := unknown(p.medianOfA(once)-p.medianOfB(once), n)
	if n < fewest {
		return result
	}
	lowest, highest := make([]float64, resamples), make([]float64, resamples)
	luck, times := resampler(seed), make([]int, n)
	for i := range lowest {
		clear(times)
		for range n {
			times[luck.IntN(n)]++
		}
		medianA, medianB := p.medianOfA(times), p.medianOfB(times)
		lowest[i], highest[i] = min(medianA, horizon)-medianB, medianA-min(medianB, horizon)
	}
	slices.Sort(lowest)
	slices.Sort(highest)
	result.Low, result.High = orderAt(lowest, 1-upper95), orderAt(highest, upper95)
	return result
}

// orderAt is the p-quantile of sorted values as one of them, the further out of
// two: between infinite neighbours there is nothing.
func orderAt(sorted []float64, p float64) float64 {
	at := float64(float64(len(sorted)-1) * p)
	if p < 0.5 {
		return sorted[int(math.Floor(at))]
	}
	return sorted[int(math.Ceil(at))]
}

// pairedTimes are pairs in order of their values, so that what a resample draws
// does not depend on the order in which the replications came.
type pairedTimes struct {
	a, b []float64 // of pair i, "not yet" as +Inf; a ascends
	byB  []int     // the pairs by ascending b
}

func newPairedTimes(a, b []float64) pairedTimes {
	order := make([]int, len(a))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(orLater(a[i]), orLater(a[j])), cmp.Compare(orLater(b[i]), orLater(b[j])))
	})
	var p pairedTimes
	for _, i := range order {
		p.a, p.b = append(p.a, orLater(a[i])), append(p.b, orLater(b[i]))
	}
	p.byB = ascending(p.b)
	return p
}

// medianOfA is the median of a, pair i counted times[i] times; medianOfB of b.
func (p *pairedTimes) medianOfA(times []int) float64 {
	return middle(len(times), func(k int) (float64, int) { return p.a[k], times[k] })
}

func (p *pairedTimes) medianOfB(times []int) float64 {
	return middle(len(times), func(k int) (float64, int) { return p.b[p.byB[k]], times[p.byB[k]] })
}

// middle is the median of n values in all: at(k) is the k-th of the distinct
// ones, ascending, and how often it counts.
func middle(n int, at func(k int) (value float64, times int)) float64 {
	before := 0
	for k := 0; ; k++ {
		value, times := at(k)
		before += times
		switch {
		case 2*before > n:
			return value
		case 2*before == n: // halfway to the next that counts
			for {
				k++
				next, times := at(k)
				switch {
				case times > 0 && next == value: // both "not yet", perhaps
					return value
				case times > 0:
					return value + (next-value)/2
				}
			}
		}
	}
}
