package decide

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/expression"
	"epgsim/sim/scenario"
)

// Case is a decision laid out over worlds. Many goroutines may read it at once.
type Case struct {
	Decision          *scenario.Decision
	*scenario.Drawing         // of what is unknown
	Luck              int     // runs of each option in a world
	Matters           float64 // a difference matters from so many per cent of the objective's usual size on

	lineup
}

// What a case may have at most.
const (
	MostLuck    = 1000
	MostBatches = 1000
	mostRuns    = 100_000_000 // of the first batch
)

// ErrNothingUnknown says that all worlds would be one.
var ErrNothingUnknown = errors.New("nothing is unknown: the scenario says the value of every parameter that might be")

// Derived are the names that a decision's expressions know besides the outcomes of
// the model: what a group brings beyond its SMEs alone, as in experiment.Worth.
func Derived() []expression.Name {
	return []expression.Name{{Name: "further_exports", Unit: "k€"}, {Name: "net_benefit", Unit: "k€"}}
}

// New lays a decision out. What the options differ in, and worlds of a file have, is
// fixed by the options. The error is a number that is out of range, or
// ErrNothingUnknown.
func New(d *scenario.Decision, from *scenario.Drawing, luck int, matters float64) (*Case, error) {
	lever := func(q *sim.Parameter) bool { return slices.Contains(d.Levers, q) }
	from = from.Without(func(q *sim.Parameter) bool { return lever(q) && from.Worlds.Column(q) >= 0 })
	switch {
	case len(from.Unknowns) == 0:
		return nil, ErrNothingUnknown
	case luck < 1 || luck > MostLuck:
		return nil, fmt.Errorf("%d runs in a world: must be within 1..%d", luck, MostLuck)
	case len(d.Options)*d.Worlds*luck > mostRuns:
		return nil, fmt.Errorf("%d options in %d worlds with %d runs each are more than %d runs", len(d.Options), d.Worlds, luck, mostRuns)
	}
	for _, u := range from.Unknowns {
		if lever(u.Parameter) {
			return nil, fmt.Errorf("%s is what the options differ in, and cannot be unknown too", u.Parameter.Name)
		}
	}
	c := &Case{Decision: d, Drawing: from, Luck: luck, Matters: matters}
	for i := range d.Options {
		o := d.Options[i].Scenario
		c.add(d.Options[i].Name, o.Params, o.Off)
	}
	return c, nil
}

// Rows are the rows of a data set of the case: of each world of a batch, one for
// each option.
func (c *Case) Rows() int { return c.Decision.Worlds * len(c.options) }

// Place is what a row and a replication of such a data set stand for: an option,
// in a world of all batches, with one of its runs of luck.
func (c *Case) Place(row, replication int) (option, world, luck int) {
	n := len(c.options)
	return row % n, replication/c.Luck*c.Decision.Worlds + row/n, replication % c.Luck
}

// Shape is how the runs are cut into pieces: all options in so many worlds of one
// batch. It makes about 32 pieces of a batch, of 250 runs at least: enough to share
// out, but no crowd of files.
func (c *Case) Shape() (rows, replications int) {
	const pieces, least = 32, 250
	n := len(c.options)
	worlds := max(c.Decision.Worlds/pieces, least/(n*c.Luck), 1)
	return min(worlds, c.Decision.Worlds) * n, c.Luck
}

// World fills in the unknowns of a world, numbered through all batches.
func (c *Case) World(number int, values []float64) {
	n := c.Decision.Worlds
	c.Drawing.World(values, number%n, n, c.Decision.Seed+uint64(number/n))
}

// seen is what an expression may use of a run.
func (c *Case) seen(values *[sim.NOutcomes]float64, t sim.Tally, w experiment.Worth) []float64 {
	all := append(slices.Clone(values[:]), w.Further, w.Benefit)
	if c.Decision.Discount > 0 {
		all[sim.ValueTotal], all[sim.ValueTotalExpected] = t.Value, t.Expected
		all[sim.PublicCost], all[sim.PrivateCost] = t.Public, t.Private
	}
	return all
}

// byChance counts what is sold by the chance of each order.
func byChance(all []float64) []float64 {
	all = slices.Clone(all)
	all[sim.ValueProject], all[sim.ValueTotal] = all[sim.ValueProjectExpected], all[sim.ValueTotalExpected]
	all[sim.ValueAfter] = all[sim.ValueTotal] - all[sim.ValueProject]
	return all
}

// holds is a condition as a number: NaN where it is missing.
func holds(e *expression.Expression, all []float64) float64 {
	v := e.Eval(all)
	if math.IsNaN(v) {
		return v
	}
	if e.Holds(all) {
		return 1
	}
	return 0
}
