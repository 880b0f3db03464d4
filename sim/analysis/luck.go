package analysis

import (
	"math"
	"slices"
)

// LuckShare returns the share of luck in the variance of a single run, where
// y[row][rep] are rows drawn evenly from the factors' ranges and replication r
// has the same luck in every row. Rows with a missing value are left out; with
// fewer than two replications it is missing.
func LuckShare(y [][]float64) Crossed {
	kept, reps := completeBlocks([][][]float64{y})
	g := grid{blocks: len(kept), reps: reps}
	values := flat(y, kept)
	_, means := g.margins(values)
	size := largest(values)
	for i := range values {
		values[i] -= means[i%reps]
	}
	flush(values, size)
	variance := make([]float64, len(values))
	n := float64(g.blocks)
	g.addProduct(variance, values, values, n/(n-1))
	return g.luckIn(means, variance, values)
}

// luckIn is the share of luck in the variance of a run of the rows, which are
// given without the means of their replications. The variance due to luck is
// that over the replications of the same row, from differences of pairs.
func (g grid) luckIn(means, variance []float64, rows ...[]float64) Crossed {
	if g.reps < 2 {
		return Crossed{Interval: unknown(math.NaN(), g.blocks), Replications: g.reps}
	}
	byLuck := make([]float64, len(variance))
	shift := slices.Clone(means)
	for r := range shift {
		shift[r] -= means[0]
	}
	flush(shift, largest(means))
	row := make([]float64, g.reps)
	for _, values := range rows {
		for from := 0; from < len(values); from += g.reps {
			var sum, squares float64
			for r := range row {
				row[r] = values[from+r] + shift[r]
				sum += row[r]
				squares += row[r] * row[r]
			}
			for r, v := range row {
				byLuck[from+r] += (float64(g.reps)*v*v - 2*v*sum + squares) / float64(2*len(rows)*(g.reps-1))
			}
		}
	}
	all := slices.Clone(byLuck)
	add(all, variance, 1)
	luck, shares := g.ratio(byLuck, all)
	luck.Interval = logistic(g.crossed(shares, paired).Interval)
	if g.reps < 3 { // two replications do not show how far the next would be off
		luck.Low, luck.High = math.NaN(), math.NaN()
	}
	return luck
}

// logistic returns the interval of a share within 0..1, its ends taken on the
// scale of log odds. There the spread of a variance is about the same on both
// sides, and no end leaves 0..1.
func logistic(iv Interval) Interval {
	if !(iv.Estimate > 0 && iv.Estimate < 1) {
		return iv
	}
	odds := iv.Estimate / (1 - iv.Estimate)
	stretch := math.Exp((iv.High - iv.Estimate) / (iv.Estimate * (1 - iv.Estimate)))
	iv.Low, iv.High = odds/(odds+stretch), odds/(odds+1/stretch)
	return iv
}
