package analysis

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// RankFit is a regression of an outcome's rank on the ranks of the factors.
//
// Partial[k] is the partial rank correlation (PRCC) of factor k with the
// outcome, within -1..1: how steadily the outcome rises or falls with the
// factor when the others are allowed for. RSquared is the share of the rank's
// variance that all factors explain together, adjusted for their number.
//
// Poor says that RSquared is below 0.7, a usual rule of thumb: the outcome does
// not rise and fall with the parameters one by one, or is mostly luck, and a
// Saltelli design is what tells.
type RankFit struct {
	Partial  []Interval // by factor; N is the rows used
	RSquared float64
	Poor     bool
	LeftOut  int // rows with a missing value, which nothing uses

	// ByChance is how many factors would be told from none on average though
	// none of them did anything: one in twenty.
	ByChance float64
}

// poorFit is the RSquared below which a rank regression says too little.
const poorFit = 0.7

// redraws is the number of bootstrap samples of a rank regression. They only
// measure a standard error, on the scale of Fisher's z; far quantiles, which
// would need more of them, are not read off.
const redraws = 400

// RankRegression fits the rows of a space-filling design: x[row][factor] and
// y[row][rep], of which the mean over replications is ranked. Rows are drawn
// with replacement for the intervals, so luck that differs from row to row is
// in them, and luck common to all rows is not. It panics when rows differ in
// length. A factor that never changes, or that others determine, has no
// correlation; if there is such a one, all are missing. So are they when the
// ranks of the factors leave nothing of the outcome's unexplained, and without
// at least three rows more than factors. The only error is that ctx ended.
func RankRegression(ctx context.Context, x, y [][]float64, seed uint64) (RankFit, error) {
	columns, leftOut := rankColumns(x, y)
	factors, n := len(columns)-1, len(columns[0])
	fit := RankFit{RSquared: math.NaN(), LeftOut: leftOut, ByChance: 2 * (1 - upper95) * float64(factors)}
	tie(columns[factors])
	order := make([][]int, len(columns))
	for c, column := range columns {
		order[c] = ascending(column)
	}
	partial, unexplained := partialRanks(columns, order, onceEach(n))
	for k := range factors {
		fit.Partial = append(fit.Partial, unknown(partial[k], n))
	}
	if math.IsNaN(unexplained) {
		return fit, ctx.Err()
	}
	fit.RSquared = 1 - unexplained*float64(n-1)/float64(n-factors-1)
	fit.Poor = fit.RSquared < poorFit
	spread, err := spreadOfZ(ctx, columns, order, resampler(seed))
	if err != nil {
		return RankFit{}, err
	}
	for k := range fit.Partial {
		half := studentT(upper95, n-factors-1) * spread[k]
		z := math.Atanh(partial[k])
		fit.Partial[k].Low, fit.Partial[k].High = math.Tanh(z-half), math.Tanh(z+half)
	}
	return fit, nil
}

// rankColumns returns a column of the complete rows for each factor and, last,
// one of the mean outcomes.
func rankColumns(x, y [][]float64) (columns [][]float64, leftOut int) {
	mustPair(len(x), len(y))
	factors := 0
	if len(x) > 0 {
		factors = len(x[0])
	}
	columns = make([][]float64, factors+1)
	for row := range x {
		mustPair(len(x[row]), factors)
		mustPair(len(y[row]), len(y[0]))
		mean := 0.0
		for _, v := range y[row] {
			mean += v / float64(len(y[row]))
		}
		all := append(slices.Clone(x[row]), mean)
		if len(y[row]) == 0 || slices.ContainsFunc(all, math.IsNaN) {
			leftOut++
			continue
		}
		for c, v := range all {
			columns[c] = append(columns[c], v)
		}
	}
	return columns, leftOut
}

// tie makes equal those neighbours among values that differ by rounding only:
// the order in which numbers were added is no rank.
func tie(values []float64) {
	size, order := largest(values), ascending(values)
	for k := 1; k < len(order); k++ {
		if before := values[order[k-1]]; values[order[k]]-before <= rounding*size {
			values[order[k]] = before
		}
	}
}

// ascending returns the indices of values from the smallest to the largest.
func ascending(values []float64) []int {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(values[i], values[j]) })
	return order
}

// partialRanks returns the partial rank correlation of each column but the
// last with the last, and the share of the last one's variance that the others
// leave unexplained. times says how often each row counts: a bootstrap sample
// needs no sorting of its own. All is NaN where the columns are not
// independent or the rows too few.
func partialRanks(columns [][]float64, order [][]int, times []float64) (partial []float64, unexplained float64) {
	last, rows := len(columns)-1, len(times)
	partial = make([]float64, last)
	fail := func() ([]float64, float64) {
		for k := range partial {
			partial[k] = math.NaN()
		}
		return partial, math.NaN()
	}
	if rows < last+3 {
		return fail()
	}
	ranked := mat.NewDense(len(columns), rows, nil)
	for c, column := range columns {
		standardRanks(ranked.RawRowView(c), column, order[c], times)
	}
	var correlations mat.SymDense
	correlations.SymOuterK(1, ranked)
	var chol mat.Cholesky
	if !chol.Factorize(&correlations) || chol.Cond() > 1e12 {
		return fail()
	}
	var inverse mat.SymDense
	if err := chol.InverseTo(&inverse); err != nil {
		return fail()
	}
	for k := range partial {
		partial[k] = -inverse.At(k, last) / math.Sqrt(inverse.At(k, k)*inverse.At(last, last))
	}
	return partial, 1 / inverse.At(last, last)
}

// standardRanks fills dst with the ranks of a column whose row i counts times[i]
// times, less their mean, over their length, and times sqrt(times[i]), so that
// the products of two columns are correlations. Ties share their mean rank.
func standardRanks(dst, column []float64, order []int, times []float64) {
	below, squares := 0.0, 0.0
	middle := float64(len(column)) / 2 // the times sum to the number of rows
	for from := 0; from < len(order); {
		to, tied := from, 0.0
		for to < len(order) && column[order[to]] == column[order[from]] {
			tied += times[order[to]]
			to++
		}
		rank := below + tied/2 - middle
		squares += tied * rank * rank
		for _, i := range order[from:to] {
			dst[i] = rank * math.Sqrt(times[i])
		}
		below += tied
		from = to
	}
	for i := range dst {
		dst[i] /= math.Sqrt(squares)
	}
}

// spreadOfZ returns the standard error of Fisher's z of each partial rank
// correlation, by drawing rows with replacement.
func spreadOfZ(ctx context.Context, columns [][]float64, order [][]int, luck *rand.Rand) ([]float64, error) {
	z := make([][]float64, len(columns)-1)
	times := make([]float64, len(columns[0]))
	for range redraws {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		redraw(times, luck)
		partial, _ := partialRanks(columns, order, times)
		for k, r := range partial {
			if !math.IsNaN(r) {
				z[k] = append(z[k], math.Atanh(r))
			}
		}
	}
	spread := make([]float64, len(z))
	for k := range z {
		_, spread[k] = meanAndSD(z[k])
	}
	return spread, nil
}
