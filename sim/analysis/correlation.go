package analysis

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Correlation returns Pearson's correlation of paired values, within -1..1,
// with its 95 % interval by Fisher's z (Fisher, Metron 1 (1921)). The interval
// supposes values near the bivariate normal; heavy tails make it too short. The
// estimate is NaN when either sample is constant, the ends when N < 4. It
// panics when the lengths differ.
func Correlation(a, b []float64) Interval {
	x, y := pairs(a, b)
	r := pearson(x, y)
	return fisher(r, r, 1, len(x))
}

// RankCorrelation returns Spearman's rank correlation of paired values, within
// -1..1, ties sharing their mean rank. The 95 % interval is Fisher's z with the
// variance (1 + r^2/2)/(n-3) of Bonett and Wright, Psychometrika 65 (2000),
// which covers well to about |r| = 0.9. The estimate is NaN when either sample
// is constant, the ends when N < 4. It panics when the lengths differ.
func RankCorrelation(a, b []float64) Interval {
	x, y := pairs(a, b)
	n := float64(len(x))
	r := pearson(ranks(x), ranks(y))
	// Ranks in perfect agreement are no proof of perfect correlation, yet
	// Fisher's z would be infinite. For the ends, take r halfway to the next
	// value that ranks allow: one swap of neighbours costs 12/(n(n^2-1)).
	inner := 1 - 6/(n*(n*n-1))
	return fisher(r, min(max(r, -inner), inner), 1+r*r/2, len(x))
}

// fisher returns the interval of estimate r whose ends come from the
// correlation centre, by Fisher's z with variance factor/(n-3).
func fisher(r, centre, factor float64, n int) Interval {
	if n < 4 || math.IsNaN(r) {
		return unknown(r, n)
	}
	z, half := math.Atanh(centre), distuv.UnitNormal.Quantile(upper95)*math.Sqrt(factor/float64(n-3))
	return Interval{
		Estimate: r,
		Low:      min(math.Tanh(z-half), r), // rounding, and a perfect rank correlation,
		High:     max(math.Tanh(z+half), r), // must not leave the estimate outside
		N:        n,
	}
}

// pearson returns the correlation of x and y, NaN if either is constant or too
// large to square. Constant samples are looked for, since rounding can make
// their variance a little more than zero.
func pearson(x, y []float64) float64 {
	if len(x) < 2 || slices.Min(x) == slices.Max(x) || slices.Min(y) == slices.Max(y) {
		return math.NaN()
	}
	r := stat.Correlation(x, y, nil)
	if math.IsNaN(r) {
		return r
	}
	return min(max(r, -1), 1)
}

// ranks returns the rank of each value, from 1, ties sharing their mean rank.
func ranks(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		switch {
		case values[i] < values[j]:
			return -1
		case values[i] > values[j]:
			return 1
		}
		return 0
	})
	ranks := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			ranks[i] = float64(from+1+to) / 2
		}
		from = to
	}
	return ranks
}
