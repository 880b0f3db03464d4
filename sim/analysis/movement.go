package analysis

import "math"

// Movement says whether there is anything to explain in the runs of a design.
type Movement int

// What moves an outcome. Values that differ by rounding only count as equal.
const (
	Moves     Movement = iota // it differs between rows, if perhaps by luck only
	LuckAlone                 // in each replication it is the same in all rows: nothing that was varied changes it
	Constant                  // it is the same in all runs
)

// MovementOf looks at the runs of a design, y[row][rep], where replication r
// has the same luck in every row. Ask it first: of an outcome that does not
// move there is no variance to share out and no rank, and neither more rows nor
// more replications would help. A row that misses a value moves if another has
// it. Without any value the answer is Moves.
func MovementOf(y [][]float64) Movement {
	if len(y) == 0 || len(y[0]) == 0 {
		return Moves
	}
	size := largest(y...)
	alike := func(a, b float64) bool { return math.Abs(a-b) <= rounding*size || a == b }
	constant, missing := true, 0
	for _, row := range y {
		mustPair(len(row), len(y[0]))
		for rep, v := range row {
			first := y[0][rep]
			if math.IsNaN(v) && math.IsNaN(first) {
				missing++
				continue
			}
			if !alike(v, first) {
				return Moves
			}
			constant = constant && alike(v, y[0][0])
		}
	}
	switch {
	case missing == len(y)*len(y[0]):
		return Moves
	case constant && missing == 0:
		return Constant
	}
	return LuckAlone
}

// largest is the largest size of any value.
func largest(rows ...[]float64) (size float64) {
	for _, row := range rows {
		for _, v := range row {
			if a := math.Abs(v); a > size && !math.IsInf(a, 1) {
				size = a
			}
		}
	}
	return size
}

// flush sets to zero what is no more than the rounding of values of that size:
// of dust there is a variance, but nothing to share out.
func flush(values []float64, size float64) {
	for i, v := range values {
		if math.Abs(v) <= rounding*size {
			values[i] = 0
		}
	}
}
