package main

import (
	"cmp"
	"context"
	"fmt"

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
		return table{}, cmp.Or(out.interrupted(), err)
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
		row := []string{label(r.Outcome), cell(r.Group) + "  ", cell(r.Own) + "  ", cell(r.Aided) + "  "}
		for _, d := range []analysis.Interval{r.OverOwn, r.OverAided} {
			row = append(row, mark(cell(d), analysis.Noise(d)))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Note = fmt.Sprintf("Alone, an SME spends its part of the money in the same proportions on a manager's hours, travel and fairs. "+
		"Deadweight: %s of the group's value would be sold with the SMEs' own money alone. The public pays %s per further euro of exports. ~ noise",
		share(a.Deadweight), amount(a.PublicPerExtra))
	return t
}

// share is a share with its interval, in per cent.
func share(iv analysis.Interval) string {
	iv.Estimate, iv.Low, iv.High = 100*iv.Estimate, 100*iv.Low, 100*iv.High
	e, lo, hi := analysis.FormatInterval(iv, analysis.ThinSpace)
	return fmt.Sprintf("%s %% (%s to %s)", e, lo, hi)
}

// amount is an amount of euros with its interval.
func amount(iv analysis.Interval) string {
	e, lo, hi := analysis.FormatInterval(iv, analysis.ThinSpace)
	return fmt.Sprintf("%s € (%s to %s)", e, lo, hi)
}
