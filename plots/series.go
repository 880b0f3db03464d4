package plots

import (
	"math"
	"sort"
)

// series is a line's points.
type series struct{ x, y []float64 }

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

// splitAt cuts a line at x; both parts have a point there.
func splitAt(xs, ys []float64, x float64) (before, after series) {
	v := interpolate(xs, ys, x)
	for i := range xs {
		switch {
		case xs[i] < x:
			before.x, before.y = append(before.x, xs[i]), append(before.y, ys[i])
		case xs[i] > x:
			after.x, after.y = append(after.x, xs[i]), append(after.y, ys[i])
		}
	}
	before.x, before.y = append(before.x, x), append(before.y, v)
	after.x, after.y = append([]float64{x}, after.x...), append([]float64{v}, after.y...)
	return before, after
}

// scaled is vs times s, in a new slice.
func scaled(vs []float64, s float64) []float64 {
	return mapped(vs, func(v float64) float64 { return s * v })
}
