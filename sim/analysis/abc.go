package analysis

import (
	"math"
	"slices"
)

// Near are the draws of an approximate Bayesian computation whose statistics are
// near enough to those observed.
type Near struct {
	Rows    []int     // of the draws, ascending
	Weights []float64 // of Rows, summing to 1
	Within  float64   // all of them are nearer than this
}

// Distances says how far the statistics of each draw are from those observed, each
// in units of its scale: the root of the sum of squares. A draw that lacks a
// statistic is infinitely far.
func Distances(stats [][]float64, observed, scale []float64) []float64 {
	far := make([]float64, len(stats))
	for i, s := range stats {
		mustPair(len(s), len(observed))
		sum := 0.0
		for j, v := range s {
			z := (v - observed[j]) / scale[j]
			sum += float64(z * z)
		}
		if far[i] = math.Sqrt(sum); notFinite(far[i]) {
			far[i] = math.Inf(1)
		}
	}
	return far
}

// Accept keeps the draws that are nearer than within, with the weights of
// Epanechnikov's kernel, 1-(d/within)², times importance; nil is 1 for all. Beaumont,
// Zhang and Balding, Genetics 162 (2002). Within may be infinite: then all that have
// a distance are kept, and the kernel weighs nothing.
func Accept(distances []float64, within float64, importance []float64) Near {
	a := Near{Within: within}
	sum := 0.0
	for i, d := range distances {
		if !(d < within) {
			continue
		}
		w := 1 - float64(d/within)*float64(d/within)
		if importance != nil {
			w *= importance[i]
		}
		if w > 0 {
			a.Rows, a.Weights = append(a.Rows, i), append(a.Weights, w)
			sum += w
		}
	}
	for k := range a.Weights {
		a.Weights[k] /= sum
	}
	return a
}

// Nearest is the distance within which Accept keeps so many draws: that of the next
// one. It is infinite where there are no more.
func Nearest(distances []float64, n int) float64 {
	sorted := slices.Clone(distances)
	slices.Sort(sorted)
	if n >= len(sorted) {
		return math.Inf(1)
	}
	return sorted[n]
}

// WeightedMean returns the mean and the standard deviation of weighted values; the
// weights sum to 1, and the divisor of the variance is 1 too.
func WeightedMean(values, weights []float64) (mean, sd float64) {
	mean = dot(values, weights)
	squares := 0.0
	for i, v := range values {
		squares += float64(weights[i] * float64((v-mean)*(v-mean)))
	}
	return mean, math.Sqrt(squares)
}

// WeightedQuantile is the value below which a share p of the weights lies: linear
// between values that stand at the middle of their weights. Weights sum to 1. It is
// NaN without values.
func WeightedQuantile(values, weights []float64, p float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	order := ascending(values)
	below, place, value := 0.0, 0.0, values[order[0]]
	for k, i := range order {
		middle := below + weights[i]/2
		if middle >= p {
			if k == 0 || values[i] == value {
				return values[i]
			}
			return value + float64((values[i]-value)*((p-place)/(middle-place)))
		}
		below, place, value = below+weights[i], middle, values[i]
	}
	return value
}

// LocalLinear is the regression on the statistics of accepted draws, about the
// statistics observed: Beaumont, Zhang and Balding 2002.
type LocalLinear struct {
	near  *Near
	basis [][]float64 // orthonormal under the weights; the last element is the value at what was observed

	// Outside are the statistics whose observed value lies beyond those of all accepted
	// draws: there the regression extrapolates.
	Outside []int
}

// NewLocalLinear makes the regression. A statistic that the others determine, or
// that does not vary, adds nothing to it.
func NewLocalLinear(near *Near, stats [][]float64, observed []float64) *LocalLinear {
	l := &LocalLinear{near: near}
	n := len(near.Rows)
	for j := range observed {
		column := make([]float64, n+1)
		low, high := math.Inf(1), math.Inf(-1)
		for k, row := range near.Rows {
			column[k] = stats[row][j]
			low, high = min(low, column[k]), max(high, column[k])
		}
		column[n] = observed[j]
		if n > 0 && (observed[j] < low || observed[j] > high) {
			l.Outside = append(l.Outside, j)
		}
		l.add(column)
	}
	return l
}

// add takes a column in.
func (l *LocalLinear) add(column []float64) {
	w, n := l.near.Weights, len(l.near.Rows)
	mean, sd := WeightedMean(column[:n], w)
	if !(sd > 1e-12*math.Abs(mean)) || notFinite(sd) {
		return
	}
	for k := range column {
		column[k] = (column[k] - mean) / sd
	}
	l.basis = orthonormal(l.basis, column, l.along, 1e-12)
}

// along is the weighted product of two columns.
func (l *LocalLinear) along(a, b []float64) float64 {
	sum := 0.0
	for k, w := range l.near.Weights {
		sum += float64(float64(w*a[k]) * b[k])
	}
	return sum
}

// Terms is how many statistics the regression uses.
func (l *LocalLinear) Terms() int { return len(l.basis) }

// Adjust moves values of the accepted draws to where they would be had the
// statistics been those observed. The share of the spread that the statistics
// explain is the second result.
func (l *LocalLinear) Adjust(values []float64) (adjusted []float64, explained float64) {
	n := len(l.near.Rows)
	mustPair(len(values), n)
	adjusted = slices.Clone(values)
	mean, sd := WeightedMean(values, l.near.Weights)
	centred := make([]float64, n+1)
	for k, v := range values {
		centred[k] = v - mean
	}
	for _, b := range l.basis {
		along := l.along(centred, b)
		explained += float64(along * along)
		for k := range adjusted {
			adjusted[k] -= float64(along * (b[k] - b[n]))
		}
	}
	if sd > 0 {
		explained /= float64(sd * sd)
	}
	return adjusted, explained
}
