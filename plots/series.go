package plots

import (
	"math"
	"sort"

	"epgsim/sim/analysis"
)

// percentBand is a band of shares in per cent: its mean and interval.
func percentBand(b analysis.Band) analysis.Band {
	return analysis.Band{N: b.N, Mean: scaled(b.Mean, 100), Low: scaled(b.Low, 100), High: scaled(b.High, 100)}
}

// interpolate is the value at x of the line through the points; NaN outside
// them and beside a gap.
func interpolate(xs, ys []float64, x float64) float64 {
	i := sort.SearchFloat64s(xs, x)
	switch {
	case i == len(xs):
		return math.NaN()
	case xs[i] == x:
		return ys[i]
	case i == 0:
		return math.NaN()
	}
	s := (x - xs[i-1]) / (xs[i] - xs[i-1])
	return ys[i-1] + s*(ys[i]-ys[i-1])
}

// scaled is vs times s, in a new slice.
func scaled(vs []float64, s float64) []float64 {
	return mapped(vs, func(v float64) float64 { return s * v })
}
