package claims

import (
	"context"
	"math/rand/v2"

	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// Plan says how thoroughly the claims are tested.
type Plan struct {
	Seed            uint64
	Replications    int              // of each arm, at the defaults
	Sets            int              // random parameter sets over the uncertain ranges
	SetReplications int              // of each arm in each set, at most: a claim that is decided there before needs no more
	Worlds          *scenario.Worlds // of which as many are drawn as there are sets, and tested in the same way; nil: none
	Workers         int              // 0: as many as there are processors
}

// Quick, Standard and Full are plans for a look, for use, and for publication. A
// claim has to hold in sixteen sets of sixteen to be more than borderline.
var (
	Quick    = Plan{Seed: 1, Replications: 200, Sets: 16, SetReplications: 40}
	Standard = Plan{Seed: 1, Replications: 300, Sets: 80, SetReplications: 80}
	Full     = Plan{Seed: 1, Replications: 1000, Sets: 200, SetReplications: 320}
)

// Units are the names of the units of a plan, in order.
func (p Plan) Units() []string {
	names := []string{"defaults", "ablations"}
	for k := range p.Sets {
		names = append(names, unitOfSet(k))
	}
	for k := range p.Sets {
		if p.Worlds != nil {
			names = append(names, unitOfWorld(k))
		}
	}
	return names
}

// Runs is how many replications a unit counts for, for progress. Under a
// random parameter set it is the most: what was not needed counts as done.
func (p Plan) Runs(unit string, cs []Claim) int {
	switch unit {
	case "defaults":
		return len(distinct(cs, true)) * p.Replications
	case "ablations":
		return len(distinct(ablated(cs), false)) * p.Replications
	}
	return len(distinct(cs, false)) * p.SetReplications
}

// RunUnit does one of the plan's Units for the claims. progress, if not nil,
// hears of every run. Errors are those of experiment.Run; it panics on a name
// that is none of Units.
func (p Plan) RunUnit(ctx context.Context, unit string, cs []Claim, progress func(int)) (Unit, error) {
	if progress == nil {
		progress = func(int) {}
	}
	switch unit {
	case "defaults":
		return p.runHere(ctx, unit, cs, true, progress)
	case "ablations":
		return p.runHere(ctx, unit, ablated(cs), false, progress)
	}
	return p.runSet(ctx, unit, cs, progress)
}

// runHere tests the claims at the defaults, with what is only told or without.
func (p Plan) runHere(ctx context.Context, unit string, cs []Claim, told bool, progress func(int)) (Unit, error) {
	u := Unit{Name: unit, Parts: map[string][]Estimate{}}
	results := newResults(told)
	plan := experiment.Plan{Seed: p.Seed, Replications: p.Replications, Workers: p.Workers}
	if err := results.run(ctx, sim.Defaults(), distinct(cs, told), plan, progress); err != nil {
		return Unit{}, err
	}
	for k := range cs {
		luck := rand.New(rand.NewPCG(p.Seed, uint64(p.Replications)))
		u.Parts[cs[k].ID] = measure(&cs[k], results, p.Replications, resamples, luck)
	}
	return u, nil
}

// ablated are the claims with what is believed to produce them switched off.
func ablated(cs []Claim) []Claim {
	out := make([]Claim, len(cs))
	for k, c := range cs {
		c.Arms = off("", c.Arms, c.Ablation...)
		out[k] = c
	}
	return out
}

// distinct are the arms of all claims, equal ones once, with those of what is
// only told or without.
func distinct(cs []Claim, told bool) []Arm {
	var arms []Arm
	seen := map[string]bool{}
	for _, c := range cs {
		for _, a := range c.Arms {
			if k := a.key(); !seen[k] && (told || !a.Told) {
				seen[k] = true
				arms = append(arms, a)
			}
		}
	}
	return arms
}

// results are what arms came to, by key.
type results struct {
	of   map[string]*columns
	told bool // the arms of what is only told are there too
}

func newResults(told bool) *results { return &results{map[string]*columns{}, told} }

// run runs the arms over the base and adds the plan's replications to what is
// there of them.
func (rs *results) run(ctx context.Context, base sim.Params, arms []Arm, plan experiment.Plan, progress func(int)) error {
	var runs []experiment.Arm
	into := make([]*columns, len(arms))
	for k := range arms {
		p := arms[k].params(base)
		if arms[k].Twin > 0 {
			p = experiment.Twin(p, arms[k].Twin-1, arms[k].Aid)
		}
		runs = append(runs, experiment.Arm{Name: arms[k].Name, Params: p, Record: arms[k].Later})
		key := arms[k].key()
		if rs.of[key] == nil {
			rs.of[key] = &columns{}
		}
		into[k] = rs.of[key]
	}
	return experiment.Run(ctx, runs, plan, func(r experiment.Row) error {
		into[r.Arm].add(r, &runs[r.Arm].Params, arms[r.Arm].Tenures)
		progress(1)
		return nil
	})
}
