package claims

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// firstSet keeps the luck by which random sets are drawn apart from that of
// resampling.
const firstSet = 1 << 32

// setApart is how far apart the replications of two sets begin. Each set has
// replications, and so luck, of its own: were the luck common to all sets, one
// odd draw of it would push the share of sets up or down as a whole.
const setApart = 1 << 20

// firstLook is how many replications a claim has in a set before it is asked
// whether it is decided there. It is asked again at every doubling.
const firstLook = 20

// looks are the numbers of replications after which a set is looked at.
func (p Plan) looks() (at []int) {
	for n := firstLook; n < p.SetReplications; n *= 2 {
		at = append(at, n)
	}
	return append(at, p.SetReplications)
}

// runSet tests the claims under a random parameter set, or in a world of the plan's. What counts there is
// whether every part is truly above zero, not how large it is. A sign taken from
// a fixed number of replications is noise where the effect is small, so a claim
// gets more of them until it is decided, or the plan allows no more.
func (p Plan) runSet(ctx context.Context, unit string, cs []Claim, progress func(int)) (Unit, error) {
	number, base, world := p.baseOf(unit)
	u := Unit{Name: unit, World: world, Parts: map[string][]Estimate{}, Replications: map[string]int{}}
	results, done, runs := newResults(false), 0, 0
	count := func(n int) { runs += n; progress(n) }
	undecided := slices.Clone(cs)
	for _, n := range p.looks() {
		if err := results.run(ctx, base, distinct(undecided, false), p.inSet(number, done, n), count); err != nil {
			return Unit{}, err
		}
		done = n
		var left []Claim
		for k := range undecided {
			c := &undecided[k]
			luck := rand.New(rand.NewPCG(p.Seed, uint64((number+1)*setApart+n)))
			u.Parts[c.ID], u.Replications[c.ID] = measure(c, results, n, setResamples, luck), n
			if settled(c, u.Parts[c.ID], n) == open {
				left = append(left, *c)
			}
		}
		if undecided = left; len(left) == 0 {
			break
		}
	}
	progress(p.Runs(unit, cs) - runs)
	return u, nil
}

// inSet is the plan of a set's replications from one number up to another.
func (p Plan) inSet(number, from, to int) experiment.Plan {
	return experiment.Plan{Seed: p.Seed, First: (number+1)*setApart + from, Replications: to - from, Workers: p.Workers}
}

func unitOfSet(k int) string { return fmt.Sprintf("set-%03d", k) }

func unitOfWorld(k int) string { return fmt.Sprintf("world-%03d", k) }

// firstWorld keeps the replications of worlds apart from those of random sets, of
// which no plan has as many.
const firstWorld = 1024

// baseOf is the base of a unit, by which number it has its replications, and, from 1,
// the row of its world; 0 of a random set. A world is the random set of its number
// with all that the row says in its place: what the row leaves open stays plausible.
func (p Plan) baseOf(unit string) (number int, base sim.Params, world int) {
	if _, err := fmt.Sscanf(unit, "set-%d", &number); err == nil {
		return number, p.randomSet(number), 0
	}
	if _, err := fmt.Sscanf(unit, "world-%d", &number); err != nil {
		panic("claims: no unit " + unit)
	}
	base = p.randomSet(number)
	row := p.Worlds.Draw(p.Sets, p.Seed)[number]
	for i, f := range p.Worlds.Factors {
		if Takes(f) {
			f.Parameter.SetIn(&base, p.Worlds.Rows[row][i])
		}
	}
	return firstWorld + number, base, row + 1
}

// Takes says whether claims take a parameter from worlds: what people decide is for
// the claims to set, as with random sets.
func Takes(f scenario.Factor) bool { return f.Parameter.Role == sim.Uncertainty }

// randomSet draws every uncertain parameter from its plausible range. It
// depends on the seed and the number of the set alone.
func (p Plan) randomSet(number int) (base sim.Params) {
	luck := rand.New(rand.NewPCG(p.Seed, firstSet+uint64(number)))
	base = sim.Defaults()
	for i := range sim.Table {
		if q := &sim.Table[i]; q.Role == sim.Uncertainty {
			q.SetIn(&base, q.Low+(q.High-q.Low)*luck.Float64())
		}
	}
	return base
}
