package main

import (
	"context"
	"fmt"
	"math"

	"epgsim/cmd/internal/tell"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
)

// alone runs each SME of the scenario without the group and tells what the
// group adds.
func (out *output) alone(ctx context.Context, c *experiment.Comparison) (table, error) {
	p := c.Variants[0].Params
	p.Project.Years = c.Own
	bar := out.app.progress("each SME alone", c.Plan.Replications*experiment.AloneArms(p.Size()), out.options.quiet)
	defer bar.finish()
	a, err := experiment.Alone(ctx, p, c.Plan, bar.add)
	if experiment.Interrupted(err) {
		bar.finish()
		return table{}, out.interrupted()
	}
	if err != nil {
		return table{}, err
	}
	return aloneTable(a), nil
}

func aloneTable(a *experiment.Additionality) table {
	t := table{Title: "What the group adds: its SMEs in the group, and each alone on the same luck (sums or means over the SMEs)",
		Header: []string{"", "in the group  ", "alone, own money  ", "alone, with the subsidy  ", "group over own money  ", "group over subsidy  "}}
	for _, r := range a.Rows {
		row := []string{tell.Label(r.Outcome), cell(r.Group) + "  ", cell(r.Own) + "  ", cell(r.Aided) + "  "}
		for _, d := range []analysis.Interval{r.OverOwn, r.OverAided} {
			row = append(row, mark(cell(d), analysis.Noise(d)))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Note = "Alone, an SME spends its part of the money in the same proportions on a manager's hours, travel and fairs. "
	if !math.IsNaN(a.Deadweight.Estimate) { // the group sells something
		d := a.Deadweight
		d.Estimate, d.Low, d.High = 100*d.Estimate, 100*d.Low, 100*d.High
		t.Note += fmt.Sprintf("Deadweight: %s of the group's value would be sold with the SMEs' own money alone. ", amount(d, "%"))
	}
	if !math.IsNaN(a.PublicPerExtra.Estimate) {
		t.Note += fmt.Sprintf("The public pays %s per further euro of exports. ", amount(a.PublicPerExtra, "€"))
	}
	t.Note += "~ noise"
	return t
}

// amount is an amount with its unit and, where it is known, its interval.
func amount(iv analysis.Interval, unit string) string {
	e, lo, hi := analysis.FormatInterval(iv, analysis.ThinSpace)
	if math.IsNaN(iv.Low) || math.IsNaN(iv.High) {
		return e + " " + unit
	}
	return fmt.Sprintf("%s %s (%s to %s)", e, unit, lo, hi)
}
