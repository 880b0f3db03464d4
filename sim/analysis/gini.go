package analysis

import (
	"math"
	"slices"
)

// Gini returns the Gini coefficient of how values, none negative, are shared
// out: 0 when all have the same, (n-1)/n when one of n has everything. It
// describes the group at hand, without the small-sample factor n/(n-1): a
// group of four members is a population, not a sample of a larger group. It is
// NaN when there is nothing to share (no values, or all zero) and when a value
// is negative or infinite.
//
// Formula: sum((2i-n-1) x_i) / (n sum(x)), i the rank from 1 (Cowell,
// Measuring Inequality).
func Gini(values []float64) float64 {
	sorted := present(values)
	slices.Sort(sorted)
	n := len(sorted)
	if n == 0 || sorted[0] < 0 || sorted[n-1] == 0 || math.IsInf(sorted[n-1], 1) {
		return math.NaN()
	}
	var weighted, total float64
	for i, v := range sorted {
		v /= sorted[n-1] // the scale is free; so no sum overflows
		weighted += float64(2*i+1-n) * v
		total += v
	}
	return max(weighted/(float64(n)*total), 0) // equal values may round below 0
}
