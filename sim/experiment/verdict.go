package experiment

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"epgsim/sim"
	"epgsim/sim/analysis"
)

// Verdict says in words what the comparison found, never firmer than the
// intervals allow. Each element is a sentence or two, the most important first.
func (c *Comparison) Verdict() []string {
	own, last := c.OwnIndex(), len(c.Years)-1
	var lines []string
	add := func(s string) {
		if s != "" {
			lines = append(lines, s)
		}
	}
	if len(c.Variants) < 2 {
		add(c.closedText())
		return lines
	}
	add(c.bestText(own))
	if last != own {
		add(c.laterText(own, last))
	}
	add(c.closedText())
	add(c.strandedText(own))
	return lines
}

// bestText says which variant has closed most by the end of a period.
func (c *Comparison) bestText(y int) string {
	r := c.Best(y, sim.ValueProject)
	period := "Over " + YearsText(c.Years[y])
	if r.Best < 0 || r.RunnerUp < 0 || r.Means[r.Best] == 0 {
		return period + " nothing is closed by any of them."
	}
	best := c.Variants[r.Best].Name
	if len(r.Close) > 0 {
		close := []string{best}
		for _, v := range r.Close {
			close = append(close, c.Variants[v].Name)
		}
		text := fmt.Sprintf("%s %s cannot be told apart: %s is ahead of %s by %s", period, list(close), best,
			c.Variants[r.RunnerUp].Name, withInterval(r.Lead, "k€"))
		if more, ok := analysis.MoreNeeded(r.Lead, mostReplications); ok && more > 0 {
			text += fmt.Sprintf("; about %d more replications might tell them apart", more)
		}
		return text + "."
	}
	return fmt.Sprintf("%s %s is best: %s k€ closed by the end of the project, %s more than %s.", period, best,
		number(c.Mean(r.Best, y, sim.ValueProject)), withInterval(r.Lead, "k€"), c.Variants[r.RunnerUp].Name)
}

// mostReplications is beyond what anybody would want to run to tell two
// variants apart.
const mostReplications = 100_000

// laterText says whether another variant is best in the longest project, and
// when it overtakes.
func (c *Comparison) laterText(own, last int) string {
	now, later := c.Best(own, sim.ValueProject), c.Best(last, sim.ValueProject)
	if later.Best < 0 || now.Best < 0 {
		return ""
	}
	if later.Best == now.Best || slices.Contains(later.Close, now.Best) {
		return c.bestText(last)
	}
	a, b := later.Best, now.Best
	text := c.bestText(last)
	if now.Means[b] == 0 {
		return text // nobody was ahead who could be overtaken
	}
	o := c.overtakes(a, b)
	if o.Standing != analysis.Overtakes || o.CrossingShare < 0.95 {
		return text
	}
	when := "after about " + YearsText(math.Round(o.Time.Estimate*10)/10)
	if math.IsInf(o.Time.High, 1) {
		when += fmt.Sprintf(" (95 %% interval: from %.1f years on)", o.Time.Low)
	} else {
		when += fmt.Sprintf(" (95 %% interval %.1f to %.1f)", o.Time.Low, o.Time.High)
	}
	return fmt.Sprintf("%s It overtakes %s %s of a continuing project.", text, c.Variants[b].Name, when)
}

// closedText says how much of the longest project's value each variant has
// closed by the end of the own period; "" when that is the longest.
func (c *Comparison) closedText() string {
	last := c.Years[len(c.Years)-1]
	if last == c.Own {
		return ""
	}
	var parts []string
	least, runner := -1, -1
	shares := make([]analysis.Interval, len(c.Variants))
	for v := range c.Variants {
		shares[v] = c.Seen(v, c.Own)
		parts = append(parts, fmt.Sprintf("%s %s", percent(shares[v]), c.Variants[v].Name))
		switch {
		case math.IsNaN(shares[v].Estimate):
		case least < 0 || shares[v].Estimate < shares[least].Estimate:
			least, runner = v, least
		case runner < 0 || shares[v].Estimate < shares[runner].Estimate:
			runner = v
		}
	}
	if !slices.ContainsFunc(shares, func(s analysis.Interval) bool { return s.Estimate > 0 }) {
		return fmt.Sprintf("Nothing of what they would close in %s is closed by the end of year %g.", YearsText(last), c.Own)
	}
	text := fmt.Sprintf("Of what it would close in %s, the end of year %g sees: %s.", YearsText(last), c.Own, strings.Join(parts, ", "))
	if runner >= 0 && shares[least].High < shares[runner].Low {
		text += fmt.Sprintf(" Ending then cuts off the largest share from %s.", c.Variants[least].Name)
	}
	return text
}

// strandedText says how much lies open when the project ends, where it is most.
func (c *Comparison) strandedText(own int) string {
	r := c.Best(own, sim.Stranded)
	if r.Best < 0 || len(r.Close) > 0 || r.Means[r.Best] <= 0 {
		return ""
	}
	open, lost := c.Mean(r.Best, own, sim.OpenAtEnd), c.Mean(r.Best, own, sim.Stranded)
	return fmt.Sprintf("When the project ends after %s, %s has most in opportunities left open that never become deals: %s of %s k€.",
		YearsText(c.Own), c.Variants[r.Best].Name, number(lost), number(open))
}

// list joins names as people do: "a, b and c".
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// number is an estimate with the digits its interval justifies.
func number(iv analysis.Interval) string {
	e, _, _ := analysis.FormatInterval(iv, analysis.ThinSpace)
	return e
}

func withInterval(iv analysis.Interval, unit string) string {
	if math.IsNaN(iv.Low) || math.IsNaN(iv.High) {
		return fmt.Sprintf("%s %s (too few replications for an interval)", number(iv), unit)
	}
	e, lo, hi := analysis.FormatInterval(iv, analysis.ThinSpace)
	return fmt.Sprintf("%s %s (95 %% interval %s to %s)", e, unit, lo, hi)
}

// percent is a share with its interval, in per cent.
func percent(iv analysis.Interval) string {
	if math.IsNaN(iv.Estimate) {
		return "–" // it never closes anything
	}
	for _, x := range []*float64{&iv.Estimate, &iv.Low, &iv.High} {
		*x *= 100
	}
	e, lo, hi := analysis.FormatInterval(iv, analysis.ThinSpace)
	if math.IsNaN(iv.Low) || math.IsNaN(iv.High) {
		return e + " %"
	}
	return fmt.Sprintf("%s %% (%s to %s)", e, lo, hi)
}
