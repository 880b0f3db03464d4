package main

import (
	"bufio"
	"math"
	"slices"

	"epgsim/cmd/internal/tell"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/scenario"
)

// storiesLookedAt is how many replications a story is chosen from.
const storiesLookedAt = 101

// runStory reads a replication aloud: the one asked for, or the one that shows
// what stopping usually costs.
func (a *app) runStory(s *scenario.Scenario, o *traceOptions, asked bool) error {
	p := s.Frozen()
	told := tell.Aloud{Language: o.language.said, Title: o.language.said.Say(s.Title), Seed: o.seed, Replication: o.replication, Params: &p}
	if on := p; on.ProjectWeeks() < on.TotalWeeks() {
		on.Project.Years = on.Project.Horizon
		told.GoesOn = &on
	}
	told.Cost = costs(told.Params, told.GoesOn, o.seed)
	told.Nearest = nearestMedian(told.Cost)
	if !asked {
		told.Replication = told.Nearest
	}
	w := bufio.NewWriter(a.out)
	told.Tell(w)
	return w.Flush()
}

// costs is what each of the first replications loses by stopping, k€: what it
// sells by the horizon when the project goes on, less what it sells when it does
// not. Without a project that goes on it is what is sold.
func costs(p, on *sim.Params, seed uint64) []float64 {
	g := sim.NewGroup()
	all := make([]float64, storiesLookedAt)
	for r := range all {
		all[r] = g.Run(p, seed, uint64(r)).Get(sim.ValueTotal)
		if on != nil {
			all[r] = g.Run(on, seed, uint64(r)).Get(sim.ValueTotal) - all[r]
		}
	}
	return all
}

// nearestMedian is the number of the value nearest the median, the first of several.
func nearestMedian(values []float64) uint64 {
	median := analysis.Quantiles(slices.Clone(values), 0.5)[0]
	best := 0
	for r, x := range values {
		if math.Abs(x-median) < math.Abs(values[best]-median) {
			best = r
		}
	}
	return uint64(best)
}
