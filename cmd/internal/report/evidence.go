package report

import (
	"fmt"
	"slices"

	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/scenario"
)

// gradeNames are the grades of evidence as sentences name what they back.
var gradeNames = [sim.NGrades]string{"mere guesses", "what interviews name", "what the literature names", "what data set"}

// backing sorts groups of factors by the evidence for them, the weakest of a group's
// parameters. Levers are left out: people choose them, and need no evidence.
func backing(factors []scenario.Factor, groups []string) (sets [sim.NGrades][]int) {
	for g, name := range groups {
		weakest := sim.NGrades
		for i := range factors {
			if f := &factors[i]; (f.Group == name || f.Parameter.Name == name) && f.Parameter.Role != sim.Lever {
				weakest = min(weakest, f.Parameter.Grade)
			}
		}
		if weakest < sim.NGrades {
			sets[weakest] = append(sets[weakest], g)
		}
	}
	return sets
}

// evidence says what share of the variance rests on which evidence, and which factor
// that is no more than a guess is to be researched next.
func (f *finding) evidence(sets [sim.NGrades][]int, names []string, s *analysis.SobolIndices) {
	var parts []string
	for g := range sim.NGrades {
		if len(sets[g]) > 0 {
			f.note("first_sum", "evidence: "+g.String(), "", "", s.Sums[g].Interval)
			parts = append(parts, fmt.Sprintf("%s on %s (%d)", wholePercent(s.Sums[g].Interval), gradeNames[g], len(sets[g])))
		}
	}
	if len(parts) == 0 {
		return
	}
	next := ""
	for _, k := range s.Order {
		if slices.Contains(sets[sim.Guess], k) && s.Total[k].Low > 0 {
			next = fmt.Sprintf(" Of the guesses %s matters most: research it next.", names[k])
			break
		}
	}
	f.say("of the variance that factors explain each by itself there rests %s. Only data have a size of their own; interviews and literature say that a thing matters, and its range is assumed.%s", list(parts), next)
}
