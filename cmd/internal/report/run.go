package report

import (
	"fmt"
	"io"
	"math"

	"epgsim/cmd/internal/tell"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
)

// TellRun writes and prints what runs of a scenario came to. Alone is what its
// SMEs come to without the group, where there is one variant; else nil.
func (r *Results) TellRun(to io.Writer, c *experiment.Comparison, alone *experiment.Additionality) error {
	d := r.documentOf(c, "one scenario, many replications")
	if len(c.Years) > 1 {
		d.tables = append(d.tables, periodsTable(c, sim.ValueProject))
	}
	if alone != nil {
		d.tables = append(d.tables, distributionTable(c, c.OwnIndex()), aloneTable(alone))
	} else {
		d.tables = append(d.tables, outcomesTable(c, c.OwnIndex()))
	}
	d.printed = d.tables
	if len(c.Variants) > 1 || len(c.Years) > 1 {
		d.verdict = c.Verdict()
	}
	var err error
	if d.figures, err = drawRun(c, r.scenario.Form(), typical(c, 0)); err != nil {
		return err
	}
	return r.publish(to, d)
}

// distributionTable shows how all outcomes of one variant are distributed.
func distributionTable(c *experiment.Comparison, y int) table {
	t := table{Title: fmt.Sprintf("What a project of %s comes to, over %d replications", experiment.YearsText(c.Years[y]), c.Plan.Replications),
		Header: []string{"", "mean ± half its 95 % interval", "5 %", "median", "95 %", "n"}}
	for o := range sim.NOutcomes {
		values := c.Of(0, y, o)
		q := analysis.Quantiles(values, 0.05, 0.5, 0.95)
		mean := analysis.Mean(values)
		row := []string{tell.Label(o), cell(mean)}
		for _, x := range q {
			row = append(row, plain(x))
		}
		t.Rows = append(t.Rows, append(row, fmt.Sprint(mean.N)))
	}
	t.Note = "– no value; n counts the replications that have one"
	return t
}

// aloneTable tells what the group adds to its SMEs.
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
