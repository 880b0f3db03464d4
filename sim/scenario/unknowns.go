package scenario

import (
	"cmp"

	"epgsim/sim"
)

// Unknowns are what nobody knows of a scenario: the parameters of the role
// uncertainty that have a plausible range and an effect, and of which neither the
// scenario nor anything it extends says a value. What it says is taken to be known
// of the group; what it leaves at its default is not.
func (s *Scenario) Unknowns() (all []Factor) {
	for _, name := range s.EveryUnknown() {
		if _, known := s.said[name]; !known {
			all = append(all, plausible(sim.Lookup(name)))
		}
	}
	return all
}

// UnknownsNamed are parameters that are taken to be unknown whether the scenario
// says their values or not, over their plausible ranges. The error, of type
// Problems, is a name that is no parameter with such a range and an effect; from is
// where the names were typed.
func (s *Scenario) UnknownsNamed(from string, names []string) (all []Factor, err error) {
	d := Design{Scenario: s}
	var problems Problems
	seen := map[string]bool{}
	for _, name := range names {
		q := sim.Lookup(name)
		p := Problem{File: from, Key: name}
		switch {
		case q == nil:
			p.Allowed, p.Hint = "not a parameter", cmp.Or(didYouMean(name, parameterNames()), "epgsim parameters lists them")
		case !(q.Low < q.High):
			p.Allowed, p.Hint = "has no plausible range", "epgsim parameters lists those that have"
		case seen[name]:
			p.Allowed, p.Hint = "is there twice", ""
		default:
			p.Allowed, p.Hint = d.without(q)
		}
		if seen[name] = true; p.Allowed != "" {
			problems = append(problems, p)
			continue
		}
		all = append(all, plausible(q))
	}
	return all, problems.err()
}

// EveryUnknown are the names of all parameters of the role uncertainty that have a
// plausible range and an effect in the scenario.
func (s *Scenario) EveryUnknown() (names []string) {
	d := Design{Scenario: s}
	for i := range sim.Table {
		q := &sim.Table[i]
		if wrong, _ := d.without(q); q.Role == sim.Uncertainty && q.Low < q.High && wrong == "" {
			names = append(names, q.Name)
		}
	}
	return names
}

func plausible(q *sim.Parameter) Factor { return Factor{Parameter: q, Low: q.Low, High: q.High} }
