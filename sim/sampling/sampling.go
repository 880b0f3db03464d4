// Package sampling finds the points of a design of experiments: a fixed
// number of points of the unit cube, one a row. What a dimension means is the
// caller's business.
//
// Every point is found from its row number alone, in memory that does not grow
// with the rows, so that a sweep can be split over machines, stopped and
// resumed. The same arguments give the same bytes on every platform: luck is an
// integer hash of the seed and of the address of the decision, and nothing but
// integers, division and exact products goes into a coordinate.
//
// Resample draws from points that are there already, by their weights.
//
// LatinHypercube and Sobol fill the cube; Morris and Saltelli make blocks of
// rows from which the influence of each group of dimensions can be told. A
// design has at most 10^9 rows, a Sobol' sequence at most 512 dimensions; what
// is asked for beyond that, or below 1, is an error.
package sampling

import (
	"errors"
	"fmt"
)

const maxRows = 1_000_000_000

// Design is a fixed number of points of the unit cube [0,1]^Dims. Its methods
// may be called from several goroutines at once.
type Design interface {
	Rows() int
	Dims() int
	// At writes the point of a row, 0..Rows()-1, to dst[:Dims()], and says
	// what part the row plays. It panics on any other row and on a short dst.
	At(row int, dst []float64) Place
}

// Place says what part a row plays in its design.
type Place struct {
	Block int     // trajectory, or base sample; the row itself where rows are independent
	Role  Role    // what the row is within its block
	Group int     // AB, BA: the group taken from the other matrix; Step: the group that moved; else -1
	Delta float64 // Step: the signed step of the group's first dimension; else 0
}

// Role is what a row is within its block.
type Role uint8

// The roles. A, B, AB and BA are Saltelli's, Start and Step those of Morris.
const (
	Plain Role = iota // a point for itself
	A                 // of the first matrix
	B                 // of the second matrix
	AB                // of the first, with one group from the second
	BA                // of the second, with one group from the first
	Start             // the first point of a trajectory
	Step              // the point before it, with one group moved
)

var roleNames = [...]string{"plain", "A", "B", "AB", "BA", "start", "step"}

// String returns the role's name as it stands in a table.
func (r Role) String() string {
	if int(r) < len(roleNames) {
		return roleNames[r]
	}
	return fmt.Sprintf("Role(%d)", uint8(r))
}

// plain is the place of a row that is a point for itself.
func plain(row int) Place { return Place{Block: row, Role: Plain, Group: -1} }

// checkRow panics when a design of so many rows has no such row.
func checkRow(row, rows int) {
	if row < 0 || row >= rows {
		panic(fmt.Sprintf("sampling: row %d of a design of %d rows", row, rows))
	}
}

// checkBlocks returns an error unless so many blocks, of so many rows each,
// make a design. The name is that of a block, in the singular.
func checkBlocks(name string, blocks, rowsEach int) error {
	if blocks < 1 {
		return fmt.Errorf("a design needs at least one %s, not %d", name, blocks)
	}
	if blocks > maxRows/rowsEach {
		return fmt.Errorf("a design has at most %d rows, and this one needs %d for each %s, of which there are %d", maxRows, rowsEach, name, blocks)
	}
	return nil
}

// checkSize returns an error unless a design can have so many rows and dims.
func checkSize(rows, dims int) error {
	switch {
	case rows < 1:
		return fmt.Errorf("a design needs at least one row, not %d", rows)
	case rows > maxRows:
		return fmt.Errorf("a design has at most %d rows, and this one needs %d", maxRows, rows)
	case dims < 1:
		return fmt.Errorf("a design needs at least one dimension, not %d", dims)
	}
	return nil
}

// countGroups returns how many groups the dimensions are in: groups[d] is that
// of dimension d, and they are numbered from 0 without gaps.
func countGroups(groups []int) (int, error) {
	if len(groups) == 0 {
		return 0, errors.New("a design needs at least one dimension, not 0")
	}
	used, count := make([]bool, len(groups)), 0
	for d, g := range groups {
		if g < 0 || g >= len(groups) {
			return 0, fmt.Errorf("dimension %d is in group %d; the groups of %d dimensions are numbered 0..%d at most", d, g, len(groups), len(groups)-1)
		}
		used[g], count = true, max(count, g+1)
	}
	for g := range count {
		if !used[g] {
			return 0, fmt.Errorf("no dimension is in group %d of 0..%d; groups are numbered without gaps", g, count-1)
		}
	}
	return count, nil
}
