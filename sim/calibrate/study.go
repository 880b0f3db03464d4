package calibrate

import (
	"fmt"
	"math"

	"epgsim/sim/sampling"
	"epgsim/sim/scenario"
)

// Study is a targets file laid out. Many goroutines may use it at once.
type Study struct {
	Targets *scenario.Targets
	Unlike  []string // see scenario.Targets.Unlike

	observed, errors []float64 // of the targets
	perWorld         int       // replications of all cases in a world
}

// MostFits is how many waves are drawn before the one that checks.
const MostFits = 3

// New lays targets out, with the values that data say worked out. The error is a
// statistic that the data do not have.
func New(t *scenario.Targets) (*Study, error) {
	own := *t
	own.Targets = append([]scenario.Target(nil), t.Targets...)
	s := &Study{Targets: &own, Unlike: t.Unlike()}
	for i := range own.Targets {
		g := &own.Targets[i]
		if g.FromData() {
			if err := fromData(own.Data, g); err != nil {
				return nil, err
			}
		}
		s.observed, s.errors = append(s.observed, g.Value), append(s.errors, g.Error)
	}
	for i := range own.Cases {
		s.perWorld += own.Cases[i].Replications
	}
	return s, nil
}

// fromData works out the value and the error of a target.
func fromData(d *scenario.GroupData, g *scenario.Target) error {
	rows := newSample([]float64{1})
	a, b := d.Sample(g)
	for i := range a {
		rows.add(0, a[i], b[i])
	}
	value, variance := rows.of(g.Statistic.Kind)
	switch {
	case math.IsNaN(value):
		return fmt.Errorf("target %q: %s has no value in the data: too much is missing", g.Name, g.Statistic.String())
	case !(variance > 0):
		return fmt.Errorf("target %q: %s is the same in all rows of the data, so that its error cannot be told; give value, error and source", g.Name, g.Statistic.String())
	}
	g.Value, g.Error = value, math.Sqrt(variance)
	return nil
}

// Rows are the worlds of a wave, and PerWorld the runs in each.
func (s *Study) Rows() int     { return s.Targets.Worlds }
func (s *Study) PerWorld() int { return s.perWorld }

// Shape is how the worlds of a wave are cut into pieces: about a hundred of a wave, of 250
// runs at least.
func (s *Study) Shape() (worlds int) {
	return min(max(s.Targets.Worlds/100, 250/s.perWorld, 1), s.Targets.Worlds)
}

// even are shares of the ranges, a Latin hypercube of its own for each wave: where the
// worlds of the first lie.
func (s *Study) even(wave int) [][]float64 {
	n, k := s.Targets.Worlds, len(s.Targets.Unknowns)
	design, err := sampling.LatinHypercube(n, k, s.Targets.Seed+uint64(wave))
	if err != nil {
		panic(err) // both numbers have been checked
	}
	all := make([][]float64, n)
	for row := range all {
		all[row] = make([]float64, k)
		design.At(row, all[row])
	}
	return all
}

// values are the parameters at shares of their ranges.
func (s *Study) values(shares []float64) []float64 {
	v := make([]float64, len(shares))
	for k, u := range shares {
		v[k] = s.Targets.Unknowns[k].At(u)
	}
	return v
}
