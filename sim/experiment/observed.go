package experiment

import (
	"fmt"
	"math"

	"epgsim/sim/analysis"
)

// Observed is what the data set of a sweep says of an outcome: of each row its
// part in the design, the values of the factors, and the outcome in each
// replication. It goes by what was written with the runs, not by what a design
// would lay out now, so that rows cannot be confused.
type Observed struct {
	Groups []string    // of factors, in the design's order
	Places []Place     // by row
	Values [][]float64 // [row][factor]
	Runs   [][]float64 // [row][replication], NaN where it has no value
}

// NewObserved makes room for a sweep's rows.
func NewObserved(groups []string, rows, replications, factors int) *Observed {
	o := &Observed{Groups: groups, Places: make([]Place, rows), Values: make([][]float64, rows), Runs: make([][]float64, rows)}
	for row := range rows {
		o.Values[row], o.Runs[row] = make([]float64, factors), make([]float64, replications)
		for r := range o.Runs[row] {
			o.Runs[row][r] = math.NaN()
		}
	}
	return o
}

// group is the index into Groups of the group of a row.
func (o *Observed) group(row int) (int, error) {
	for g, name := range o.Groups {
		if name == o.Places[row].Group {
			return g, nil
		}
	}
	return 0, fmt.Errorf("row %d: group %q is none of the design", row, o.Places[row].Group)
}

// Saltelli sorts the rows of a Saltelli design into its matrices; its base
// samples come in so many batches.
func (o *Observed) Saltelli(batches int) (s analysis.SaltelliRuns, err error) {
	s.Batches = batches
	blocks := 0
	for _, p := range o.Places {
		blocks = max(blocks, p.Block+1)
	}
	matrix := func() [][]float64 { return make([][]float64, blocks) }
	s.A, s.B = matrix(), matrix()
	for range o.Groups {
		s.AB = append(s.AB, matrix())
	}
	for row, p := range o.Places {
		switch p.Role {
		case RoleA:
			s.A[p.Block] = o.Runs[row]
		case RoleB:
			s.B[p.Block] = o.Runs[row]
		case RoleAB, RoleBA:
			g, err := o.group(row)
			if err != nil {
				return s, err
			}
			if p.Role == RoleAB {
				s.AB[g][p.Block] = o.Runs[row]
				continue
			}
			for len(s.BA) < len(o.Groups) { // there are none without second order
				s.BA = append(s.BA, matrix())
			}
			s.BA[g][p.Block] = o.Runs[row]
		default:
			return s, fmt.Errorf("row %d: %q is no part of a Saltelli design", row, p.Role)
		}
	}
	for _, rows := range append(append([][][]float64{s.A, s.B}, s.AB...), s.BA...) {
		for block := range rows {
			if rows[block] == nil {
				return s, fmt.Errorf("base sample %d of the Saltelli design lacks a row", block)
			}
		}
	}
	return s, nil
}

// Effects are the elementary effects of a Morris design: [group][trajectory]
// [replication], each the change of the outcome over a step, per range of the
// factor. Those of a group of several factors, which may have moved in opposite
// directions, bear the sign of the first.
func (o *Observed) Effects() ([][][]float64, error) {
	effects := make([][][]float64, len(o.Groups))
	for row, p := range o.Places {
		if p.Role == RoleStart {
			continue
		}
		if p.Role != RoleStep || row == 0 || o.Places[row-1].Block != p.Block {
			return nil, fmt.Errorf("row %d: %q is no part of a Morris design", row, p.Role)
		}
		g, err := o.group(row)
		if err != nil {
			return nil, err
		}
		effect := make([]float64, len(o.Runs[row]))
		for r := range effect {
			effect[r] = (o.Runs[row][r] - o.Runs[row-1][r]) / p.Delta
		}
		effects[g] = append(effects[g], effect)
	}
	for g := range effects {
		if len(effects[g]) != len(effects[0]) {
			return nil, fmt.Errorf("%s has %d steps, %s has %d: the design is not whole", o.Groups[g], len(effects[g]), o.Groups[0], len(effects[0]))
		}
	}
	return effects, nil
}

// Base is the row of a one-at-a-time design in which the scenario is as it is.
func (o *Observed) Base() (int, error) {
	for row, p := range o.Places {
		if p.Role == RoleBase {
			return row, nil
		}
	}
	return 0, fmt.Errorf("no row is the base of a one-at-a-time design")
}

// RowsOf are the rows in which a group is changed or exchanged.
func (o *Observed) RowsOf(group string) (rows []int) {
	for row, p := range o.Places {
		if p.Group == group {
			rows = append(rows, row)
		}
	}
	return rows
}
