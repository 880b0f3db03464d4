// Package analysis turns numbers into numbers with their uncertainty. It knows
// nothing of SMEs, files or pictures, and everything in it is tested on samples
// with known answers.
//
// Of replications: Mean, Median, Quantiles, and Bands over time; Share of what
// is yes or no; MedianTime and EventCurve of times that may lie beyond the end of
// a run; MeanOfPresent of what some replications do not have. Of the same
// replications under two alternatives Difference and RatioOfMeans.
//
// Of a whole verdict: a Family compares pairs and ranks several alternatives so
// that all it says errs in at most 5 % of verdicts, and tells what is sure from
// what is the same, does not matter or is open. Noise says that a difference
// cannot be told from none, MoreNeeded how many more replications might tell. Of a choice
// between options in many worlds: Selection, FindBox, EVPI and EVPPI. Of the rows of a design:
// Sobol, Morris, OneAtATime, MainEffects, RankRegression and LuckShare. Round
// and FormatInterval print no more digits than the intervals justify.
//
// A missing value is NaN. Every function leaves missing values out, but for those
// of times, which take it for "not yet"; says in N how many values it used, and
// returns NaN where none is left. Paired samples
// hold the same replication at the same index; a pair goes out when either
// half is missing. An infinite value is a value: it may make an estimate
// infinite or NaN, but never a panic.
//
// Functions panic only on a mistake of the program, such as paired samples of
// unequal length, never on data. Inputs are never modified. The order of the
// replications does not matter beyond rounding, provided pairs stay together;
// resampling draws from its own generator, seeded by the caller.
package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Interval is an estimate with its confidence interval. Low and High are the
// ends of the 95 % interval unless the function that made it says otherwise;
// they are NaN when N is too small to say anything.
type Interval struct {
	Estimate, Low, High float64
	N                   int // values (or pairs) that went in
}

// Widened is the interval with both ends so many times as far from the estimate.
func (v Interval) Widened(times float64) Interval {
	v.Low -= float64((times - 1) * (v.Estimate - v.Low))
	v.High += float64((times - 1) * (v.High - v.Estimate))
	return v
}

// Within is the interval as far as it lies between two numbers.
func (v Interval) Within(low, high float64) Interval {
	v.Low, v.High = max(v.Low, low), min(v.High, high)
	return v
}

// Band describes a distribution at each point of time: element t of each
// slice belongs to week t. P05..P95 are quantiles over replications, Low and
// High the 95 % confidence interval of the mean. Counts are the values that went
// in, N the largest of them.
type Band struct {
	N                       int
	Counts                  []int
	Mean, Low, High         []float64
	P05, P25, P50, P75, P95 []float64
}

// upper95 is the probability below the upper end of a two-sided 95 % interval.
const upper95 = 0.975

// unknown is the interval of a sample that allows an estimate but no ends.
func unknown(estimate float64, n int) Interval {
	return Interval{Estimate: estimate, Low: math.NaN(), High: math.NaN(), N: n}
}

// present returns a copy of values without the missing ones.
func present(values []float64) []float64 {
	kept := make([]float64, 0, len(values))
	for _, v := range values {
		if !math.IsNaN(v) {
			kept = append(kept, v)
		}
	}
	return kept
}

// pairs returns copies of a and b without the pairs that miss a half.
func pairs(a, b []float64) (x, y []float64) {
	mustPair(len(a), len(b))
	x, y = make([]float64, 0, len(a)), make([]float64, 0, len(b))
	for i := range a {
		if !math.IsNaN(a[i]) && !math.IsNaN(b[i]) {
			x, y = append(x, a[i]), append(y, b[i])
		}
	}
	return x, y
}

// mustPair panics when paired samples cannot be paired: cutting the longer one
// would compare different replications without anyone noticing.
func mustPair(n, m int) {
	if n != m {
		panic(fmt.Sprintf("analysis: paired samples have %d and %d values", n, m))
	}
}

// resampler returns the generator of one bootstrap. Each call starts its own,
// so that the result of one analysis never depends on which others were run.
func resampler(seed uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15))
}
