package report

import (
	"epgsim/sim/analysis"
)

// contest puts a ranking into words. Its sentences begin with what it is of and a colon, for
// no two languages put the rest together with it alike.
type contest struct {
	speech
	of, unit string           // what is ranked by, and in what
	name     func(int) string // of those ranked
	settling string           // phrase that says how many more would tell them apart
}

// lead says who is ahead of whom, and by how much.
func (c contest) lead(r *analysis.Ranking) string {
	return c.Say("%s is ahead of %s by %s (%s)", c.name(r.Best), c.name(r.RunnerUp), c.amount(r.Lead, c.unit), c.ends(r.Lead))
}

// undecided is the sentence about a ranking that has no single winner that matters; "" where
// there is one.
func (c contest) undecided(r *analysis.Ranking) string {
	switch {
	case r.Best < 0 || r.RunnerUp < 0:
		return c.Say("%s: nothing can be told.", c.of)
	case r.Equal:
		return c.Say("%s: the same all %d times; what is compared makes no difference there.", c.of, r.N)
	case r.Means[r.Best] == 0:
		return c.Say("%s: nothing by any of them.", c.of)
	}
	switch r.Against[r.RunnerUp].Finding {
	case analysis.Ahead:
		return ""
	case analysis.Immaterial:
		return c.Say("%s: no difference that matters; %s.", c.of, c.lead(r))
	case analysis.Same:
		return c.Say("%s: %s and %s come to the same every time.", c.of, c.name(r.Best), c.name(r.RunnerUp))
	}
	close := []string{c.name(r.Best)}
	for _, k := range r.Close {
		close = append(close, c.name(k))
	}
	text := c.Say("%s: %s cannot be told apart; %s.", c.of, c.List(close), c.lead(r))
	if r.Settling > 0 {
		text += " " + c.Say(c.settling, r.Settling)
	}
	return text
}
