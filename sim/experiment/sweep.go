package experiment

import (
	"fmt"
	"math"
	"math/bits"
	"slices"

	"epgsim/sim/sampling"
	"epgsim/sim/scenario"
)

// Sweep is a design made into rows: points of parameter space, each found from
// its number alone, so that any row can be run anywhere and in any order.
type Sweep struct {
	Design *scenario.Design

	// Worlds, where it is not nil, are drawn one for each replication: in it all rows
	// meet the same world, as they meet the same luck, so that rows are compared in
	// pairs. What is then luck to an analysis is luck and worlds.
	Worlds *scenario.Drawing

	rows   int
	groups []string        // names, in the order of their first factors
	of     []int           // group of each factor
	points sampling.Design // nil for designs over levels
	levels []int           // of each group; nil for designs over points
}

// Place says what part a row plays in its design.
type Place struct {
	Block int     // trajectory or base sample; the row itself where rows stand alone
	Role  string  // one of the Role constants
	Group string  // the group of factors that moved, was exchanged or is not at its base; "" for none
	Delta float64 // of a step: signed, as a share of the factor's range; else NaN
}

// The roles of rows in a design.
const (
	RolePlain = "plain" // a point among equals
	RoleBase  = "base"  // one-at-a-time: the scenario as it is
	RoleLevel = "level" // one-at-a-time: one group at one of its levels
	RoleStart = "start" // Morris: where a trajectory begins
	RoleStep  = "step"  // Morris: one group moved, the others are as in the row before
	RoleA     = "A"     // Saltelli: a row of the first matrix
	RoleB     = "B"     // Saltelli: a row of the second matrix
	RoleAB    = "AB"    // Saltelli: as A, one group as in B
	RoleBA    = "BA"    // Saltelli: as B, one group as in A
)

// NewSweep lays out the rows of a checked design.
func NewSweep(d *scenario.Design) (*Sweep, error) {
	s := &Sweep{Design: d, rows: d.Rows()}
	s.groups, s.of = d.Groups()
	var err error
	switch d.Method {
	case scenario.MethodFactorial, scenario.MethodOneAtATime:
		s.levels = make([]int, len(s.groups))
		for f := range d.Factors {
			s.levels[s.of[f]] = len(d.Factors[f].Values)
		}
	case scenario.MethodLatinHypercube:
		s.points, err = sampling.LatinHypercube(d.Points, len(d.Factors), d.Seed)
	case scenario.MethodSobol:
		s.points, err = sampling.Sobol(d.Points, len(d.Factors), d.Scramble, d.Seed)
	case scenario.MethodMorris:
		s.points, err = sampling.Morris(d.Points, d.Levels, s.of, d.Seed)
	case scenario.MethodSaltelli:
		s.points, err = sampling.Saltelli(d.Points, s.of, d.SecondOrder, d.Scramble, d.Seed)
	default:
		err = fmt.Errorf("no design method %q", d.Method)
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Rows is the number of design rows.
func (s *Sweep) Rows() int { return s.rows }

// Batches is in how many independent batches the base samples of a Saltelli
// design come; 1 of others.
func (s *Sweep) Batches() int {
	if s.Design.Method != scenario.MethodSaltelli {
		return 1
	}
	return sampling.SaltelliBatches(s.Design.Points, s.Design.Scramble)
}

// Advice says what would make the design's results firmer at little cost; ""
// when there is nothing.
func (s *Sweep) Advice() string {
	d := s.Design
	sequence := d.Method == scenario.MethodSobol || d.Method == scenario.MethodSaltelli
	power := 1 << bits.Len(uint(d.Points-1))
	switch {
	case sequence && power != d.Points:
		return fmt.Sprintf("points = %d is no power of two; %d would spread evenly, and give intervals that are no wider than they must be", d.Points, power)
	case d.Method == scenario.MethodSaltelli && d.Replications < 5:
		return fmt.Sprintf("replications = %d: with fewer than 5 luck can hardly be told from the factors", d.Replications)
	}
	return ""
}

// Point fills in the factors' values of a row. NaN is the scenario's own value.
func (s *Sweep) Point(row int, values []float64) Place {
	switch s.Design.Method {
	case scenario.MethodFactorial:
		rest := row
		level := make([]int, len(s.levels))
		for g := len(s.levels) - 1; g >= 0; g-- { // the first group changes slowest
			level[g] = rest % s.levels[g]
			rest /= s.levels[g]
		}
		for f := range s.Design.Factors {
			values[f] = s.Design.Factors[f].Values[level[s.of[f]]]
		}
		return Place{Block: row, Role: RolePlain, Delta: math.NaN()}
	case scenario.MethodOneAtATime:
		return s.oneAtATime(row, values)
	}
	at := s.points.At(row, values)
	for f := range s.Design.Factors {
		values[f] = s.Design.Factors[f].At(values[f])
	}
	p := Place{Block: at.Block, Role: at.Role.String(), Delta: math.NaN()}
	if at.Group >= 0 {
		p.Group = s.groups[at.Group]
	}
	if at.Role == sampling.Step {
		p.Delta = at.Delta
	}
	return p
}

func (s *Sweep) oneAtATime(row int, values []float64) Place {
	for f := range values {
		values[f] = math.NaN()
	}
	if row == 0 {
		return Place{Role: RoleBase, Delta: math.NaN()}
	}
	g, level := 0, row-1
	for level >= s.levels[g] {
		level -= s.levels[g]
		g++
	}
	for f := range s.Design.Factors {
		if s.of[f] == g {
			values[f] = s.Design.Factors[f].Values[level]
		}
	}
	return Place{Block: row, Role: RoleLevel, Group: s.groups[g], Delta: math.NaN()}
}

// Shape is how the runs are cut into pieces: so many rows by so many
// replications. It makes about two hundred pieces of between 250 and 2000
// runs: enough to share out and little enough to lose, but no crowd of files.
// Rows of a factorial that differ in the project period alone, and are therefore run
// together, stay in one piece where they are no more. It goes by the design alone, so
// that it is the same however the sweep is run.
func (s *Sweep) Shape() (rows, replications int) {
	const pieces, least, most = 200, 250, 2000
	n := min(max(s.rows*s.Design.Replications/pieces, least), most)
	block := s.yearsBlock()
	if block > n {
		block = 1
	}
	replications = min(s.Design.Replications, n/block)
	return min(s.rows, max(1, n/replications/block)*block), replications
}

// yearsBlock is after how many rows of a factorial all project periods have come; 1 of
// other designs, and where the project period is not varied by itself.
func (s *Sweep) yearsBlock() int {
	years := s.yearsFactor()
	if years < 0 || s.Design.Method != scenario.MethodFactorial {
		return 1
	}
	block := 1
	for _, n := range s.levels[s.of[years]:] {
		block *= n
	}
	for f, g := range s.of {
		if g == s.of[years] && f != years {
			return 1
		}
	}
	return block
}

// yearsFactor is which factor is the project period; -1: none.
func (s *Sweep) yearsFactor() int {
	return slices.IndexFunc(s.Design.Factors, func(f scenario.Factor) bool { return f.Parameter.Name == "project.years" })
}

// LongestRun is the most whole years that any row of the design may simulate.
func (s *Sweep) LongestRun() int {
	longest := func(name string, own float64) float64 {
		for i := range s.Design.Factors {
			f := &s.Design.Factors[i]
			switch {
			case f.Parameter.Name != name:
			case s.Design.Method == scenario.MethodOneAtATime:
				return max(f.High, own)
			default:
				return f.High
			}
		}
		return own
	}
	p := &s.Design.Scenario.Params.Project
	return int(max(longest("project.years", p.Years), longest("project.horizon", p.Horizon)))
}
