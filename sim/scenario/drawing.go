package scenario

import (
	"slices"

	"epgsim/sim"
	"epgsim/sim/sampling"
)

// Drawing says where the values of what is unknown come from: from a sample of worlds
// as far as it has them, else from a Latin hypercube over their ranges. Many
// goroutines may use it at once.
type Drawing struct {
	Unknowns []Factor
	Worlds   *Worlds  // nil: all from the ranges
	Ranges   []string // of Unknowns, those that Worlds does not have
	Fixed    []string // parameters of Worlds that are no unknowns: they stay as they are

	columns []int // of each unknown, its place in Worlds; -1: none
}

// NewDrawing draws the unknowns, from worlds as far as they have them; nil are none.
func NewDrawing(unknowns []Factor, w *Worlds) *Drawing {
	d := &Drawing{Unknowns: slices.Clone(unknowns), Worlds: w}
	for i := range d.Unknowns {
		u := &d.Unknowns[i]
		k := w.Column(u.Parameter)
		if d.columns = append(d.columns, k); k >= 0 {
			*u = w.Factors[k]
		} else if w != nil {
			d.Ranges = append(d.Ranges, u.Parameter.Name)
		}
	}
	if w == nil {
		return d
	}
	for i := range w.Factors {
		q := w.Factors[i].Parameter
		if !d.has(q) {
			d.Fixed = append(d.Fixed, q.Name)
		}
	}
	return d
}

// Drawing draws what is unknown of the scenario: its Unknowns, and whatever else the
// worlds have and the scenario does not say. Names, if there are any, are what is
// taken to be unknown instead, whether the scenario says it or not; from is where they
// were typed. The error is of type Problems.
func (s *Scenario) Drawing(from string, names []string, w *Worlds) (*Drawing, error) {
	has := func(name string) int { // when sales are counted is for people to say
		if name == keyHorizon {
			return -1
		}
		return w.Column(sim.Lookup(name))
	}
	if len(names) > 0 {
		own := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return has(name) >= 0 })
		unknowns, err := s.UnknownsNamed(from, own)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if k := has(name); k >= 0 {
				unknowns = append(unknowns, w.Factors[k])
			}
		}
		return NewDrawing(inOrder(unknowns), w), nil
	}
	unknowns, d := s.Unknowns(), Design{Scenario: s}
	for i := range sim.Table {
		q := &sim.Table[i]
		_, said := s.said[q.Name]
		wrong, _ := d.without(q)
		if k := has(q.Name); k >= 0 && !said && wrong == "" {
			unknowns = append(unknowns, w.Factors[k])
		}
	}
	return NewDrawing(inOrder(unknowns), w), nil
}

// inOrder are factors in the order of the table of parameters, each once.
func inOrder(all []Factor) (sorted []Factor) {
	for i := range sim.Table {
		k := slices.IndexFunc(all, func(f Factor) bool { return f.Parameter == &sim.Table[i] })
		if k >= 0 {
			sorted = append(sorted, all[k])
		}
	}
	return sorted
}

// has says whether a parameter is unknown.
func (d *Drawing) has(q *sim.Parameter) bool {
	return slices.ContainsFunc(d.Unknowns, func(u Factor) bool { return u.Parameter == q })
}

// Names are those of the unknowns.
func (d *Drawing) Names() (names []string) {
	for i := range d.Unknowns {
		names = append(names, d.Unknowns[i].Parameter.Name)
	}
	return names
}

// Without is the drawing without parameters that are fixed for another reason.
func (d *Drawing) Without(fixed func(*sim.Parameter) bool) *Drawing {
	return NewDrawing(slices.DeleteFunc(slices.Clone(d.Unknowns), func(u Factor) bool { return fixed(u.Parameter) }), d.Worlds)
}

// Drawing draws what is unknown of the design's scenario and is none of its factors,
// nor the project period; see Scenario.Drawing.
func (d *Design) Drawing(from string, names []string, w *Worlds) (*Drawing, error) {
	all, err := d.Scenario.Drawing(from, names, w)
	if err != nil {
		return nil, err
	}
	return all.Without(func(q *sim.Parameter) bool { return q.Name == keyYears || d.varies(q.Name) >= 0 }), nil
}

// World fills in the unknowns of a world, of so many that are drawn together with a
// seed. What comes from ranges is the same with worlds and without.
func (d *Drawing) World(values []float64, number, worlds int, seed uint64) {
	design, err := sampling.LatinHypercube(worlds, len(d.Unknowns), seed)
	if err != nil {
		panic(err) // callers have checked both numbers
	}
	design.At(number, values)
	var row []float64
	if d.Worlds != nil {
		row = d.Worlds.Row(number, worlds, seed)
	}
	for i, k := range d.columns {
		if k >= 0 {
			values[i] = row[k]
		} else {
			values[i] = d.Unknowns[i].At(values[i])
		}
	}
}

// EndlessBlock is how many worlds of an endless row are drawn together.
const EndlessBlock = 32

// Endless fills in the unknowns of a world of an endless row of them, so that later
// ones change none before: they are drawn block by block.
func (d *Drawing) Endless(values []float64, number int, seed uint64) {
	d.World(values, number%EndlessBlock, EndlessBlock, seed+uint64(number/EndlessBlock))
}

// Set writes the values of a world to parameters.
func (d *Drawing) Set(p *sim.Params, values []float64) {
	for i := range d.Unknowns {
		d.Unknowns[i].SetIn(p, values[i])
	}
}

// SetIn writes a value of the factor to parameters. A focus takes the place of a mix.
func (f *Factor) SetIn(p *sim.Params, value float64) {
	f.Parameter.SetIn(p, value)
	if f.Parameter.Name == keyFocus {
		p.Mix = [3]float64{}
	}
}
