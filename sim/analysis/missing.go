package analysis

import "math"

// Partial is the mean of an outcome that some replications do not have, such as
// the cost of a deal where there was none. It is a mean over some of the groups
// only, and is to be told together with how many they are.
type Partial struct {
	Interval          // mean over the N replications with a value, as Mean
	Total    int      // replications in all
	Share    Interval // of those with a value, 0..1, as Share
}

// MeanOfPresent returns the mean of the values there are, and the share of
// replications that have one.
func MeanOfPresent(values []float64) Partial {
	mean := Mean(values)
	return Partial{Interval: mean, Total: len(values), Share: shareWithin(mean.N, len(values), upper95)}
}

// Complete reports whether every replication has a value.
func (p Partial) Complete() bool { return p.N == p.Total }

// mostUneven is the largest share of pairs in which one half alone is missing
// that leaves two means comparable.
const mostUneven = 0.01

// Comparable reports whether the means of two alternatives are over the same
// groups: a value is there, or missing, in both halves of a pair alike, save in
// one of a hundred at most. Where it is false, a difference of the means would
// compare different groups, and one over complete pairs only those that do well
// under both: say neither. Samples without any value are not comparable. It
// panics when the lengths differ.
func Comparable(a, b []float64) bool {
	mustPair(len(a), len(b))
	both, uneven := 0, 0
	for i := range a {
		switch noA, noB := math.IsNaN(a[i]), math.IsNaN(b[i]); {
		case noA != noB:
			uneven++
		case !noA:
			both++
		}
	}
	return both > 0 && float64(uneven) <= mostUneven*float64(len(a))
}
