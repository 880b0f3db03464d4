package report

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"epgsim/cmd/internal/tell"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
)

// TellComparison writes and prints what a comparison found; best may be nil.
func (r *Results) TellComparison(to io.Writer, c *experiment.Comparison, best *experiment.BestMap) error {
	p := &r.scenario.Params
	d := r.documentOf(c, "organisational forms and project periods compared")
	d.Verdict = c.Verdict()
	d.Tables = []table{periodsTable(c, sim.ValueProject), periodsTable(c, sim.ValueTotal)}
	d.Tables = append(d.Tables, outcomesTable(c, c.OwnIndex()))
	d.printed = d.Tables
	d.Method = append(d.Method, methodOfComparison(c, best)...)
	d.drawing = drawComparison(c, best, typical(c, ownVariant(c, p)))
	return r.publish(to, d)
}

// documentOf is what comparisons and runs have in common.
func (r *Results) documentOf(c *experiment.Comparison, what string) *document {
	d := &document{page: PageFile, kind: "Report", heading: r.headingOf(c.Plan),
		Subtitle: r.scenario.Name + " · " + what, Title: r.scenario.Title, Description: r.scenario.Description, Method: slices.Clone(commonMethod),
		files: []file{
			{"replications", "one row per variant, project period and replication, all outcomes", true},
			{"smes", "one row per SME of each replication", true},
			{"weekly", "weekly quantities: mean, its interval and quantiles over replications", true},
		}}
	if r.runs.series != nil {
		d.files = append(d.files, file{"series", "weekly quantities of single replications", true})
	}
	return d
}

// methodOfComparison says how a comparison was made.
func methodOfComparison(c *experiment.Comparison, best *experiment.BestMap) []string {
	var years []string
	for _, y := range c.Years {
		years = append(years, fmt.Sprintf("%g", y))
	}
	method := []string{
		fmt.Sprintf("Each variant ran with project periods of %s years, each up to year %g, %d times each. A shorter project is exactly the beginning of a longer one.",
			strings.Join(years, ", "), c.Horizon, c.Plan.Replications),
		"“Best” and “not told apart” rest on paired differences between variants over replications, corrected for comparing several pairs. The captions below the figures go by the intervals the figures show, which leave out that the variants share their luck, and so tell less apart than the verdict does.",
	}
	if best != nil {
		method = append(method, fmt.Sprintf("The map of the best form generated %d groups over a grid of technology and similarity, ran each under the three pure forms, and sorted them by how complementary their members really turned out; fields with fewer than eight groups, or in which no form closes anything, are empty.", best.Groups))
	}
	return method
}

// ownVariant is the variant that has the scenario's own form, where the three
// pure ones are compared; else the last, which is its own mix if it has one.
func ownVariant(c *experiment.Comparison, p *sim.Params) int {
	last := len(c.Variants) - 1
	if last != 2 || c.Variants[0].Key != sim.MarketSale.String() {
		return last
	}
	return max(0, slices.IndexFunc(c.Variants, func(v experiment.Variant) bool { return v.Params.Weights() == p.Weights() }))
}

// periodsTable shows an outcome for every variant and project period.
func periodsTable(c *experiment.Comparison, o sim.Outcome) table {
	t := table{Title: fmt.Sprintf("%s, %s per group, by project period: mean ± half its 95 %% interval", o.Info().Label, o.Info().Unit),
		Header: []string{""}, Note: "~ not told apart from the best of its column"}
	marked := false
	for _, y := range c.Years {
		t.Header = append(t.Header, experiment.YearsText(y)+"  ")
	}
	close := make([][]int, len(c.Years))
	for y := range c.Years {
		if r := c.Best(y, o); r.Best >= 0 && r.Means[r.Best] != 0 { // where there is nothing, nobody is best
			close[y] = r.Close
		}
		marked = marked || len(close[y]) > 0
	}
	for v, variant := range c.Variants {
		row := []string{variant.Name}
		for y := range c.Years {
			row = append(row, mark(cell(c.Mean(v, y, o)), slices.Contains(close[y], v)))
		}
		t.Rows = append(t.Rows, row)
	}
	if !marked {
		t.Note = ""
	}
	return t
}

// shown are the outcomes of the table for one project period, in order.
var shown = []sim.Outcome{
	sim.ValueProject, sim.ValueAfter, sim.DealsProject, sim.FirstDealWeek, sim.OpenAtEnd, sim.Stranded,
	sim.Cooperation, sim.TrustEnd, sim.CommitmentEnd, sim.ActiveEnd, sim.Fairness, sim.Regularity, sim.ExperienceGained,
	sim.Inequality, sim.HubSpare, sim.SelfSustaining, sim.KeptManager, sim.GoalScore, sim.PublicCost, sim.ValuePerPublic,
}

// outcomesTable shows many outcomes of every variant for one project period.
func outcomesTable(c *experiment.Comparison, y int) table {
	t := table{Title: fmt.Sprintf("What a project of %s comes to: mean ± half its 95 %% interval over %d replications",
		experiment.YearsText(c.Years[y]), c.Plan.Replications), Header: []string{""}}
	for _, v := range c.Variants {
		t.Header = append(t.Header, v.Name+"  ")
	}
	for _, o := range shown {
		row := []string{tell.Label(o)}
		for v := range c.Variants {
			row = append(row, cell(c.Mean(v, y, o))+"  ")
		}
		t.Rows = append(t.Rows, row)
	}
	t.Note = "– no value; weeks to the first deal are the mean over the groups that had one; near 0 or 1, ± of a share may reach beyond"
	return t
}

// TellRun writes and prints what runs of a scenario came to.
func (r *Results) TellRun(to io.Writer, c *experiment.Comparison) error {
	d := r.documentOf(c, "one scenario, many replications")
	if len(c.Years) > 1 {
		d.Tables = append(d.Tables, periodsTable(c, sim.ValueProject))
	}
	if len(c.Variants) == 1 {
		d.Tables = append(d.Tables, distributionTable(c, c.OwnIndex()), aloneTable(c, c.OwnIndex()))
	} else {
		d.Tables = append(d.Tables, outcomesTable(c, c.OwnIndex()))
	}
	d.printed = d.Tables
	if len(c.Variants) > 1 || len(c.Years) > 1 {
		d.Verdict = c.Verdict()
	}
	d.drawing = drawRun(c, r.scenario.Form(), typical(c, 0))
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
func aloneTable(c *experiment.Comparison, y int) table {
	t := table{Title: "What the group adds: its SMEs in the group, and each alone on the same luck (sums or means over the SMEs)",
		Header: []string{"", "in the group  ", "alone, own money  ", "alone, with the subsidy  ", "group over own money  ", "group over subsidy  "}}
	for _, r := range c.Added(0, y) {
		row := []string{tell.Label(r.Outcome), cell(r.Group) + "  ", cell(r.Own) + "  ", cell(r.Aided) + "  "}
		for _, d := range []analysis.Interval{r.OverOwn, r.OverAided} {
			row = append(row, mark(cell(d), analysis.Noise(d)))
		}
		t.Rows = append(t.Rows, row)
	}
	w := c.Worth(0, y)
	t.Note = aloneNote(analysis.RatioOfMeans(w.Alone, w.Sales), analysis.RatioOfMeans(w.Public, w.Further))
	return t
}

// aloneNote tells what would be sold without the group, as a share, and what the public
// pays per further euro of exports.
func aloneNote(deadweight, price analysis.Interval) string {
	note := "Alone, an SME spends its part of the money in the same proportions on a manager's hours, travel and fairs. "
	if !math.IsNaN(deadweight.Estimate) { // the group sells something
		d := deadweight
		d.Estimate, d.Low, d.High = 100*d.Estimate, 100*d.Low, 100*d.High
		note += fmt.Sprintf("Deadweight: %s of the group's value would be sold with the SMEs' own money alone. ", amount(d, "%"))
	}
	if !math.IsNaN(price.Estimate) {
		note += fmt.Sprintf("The public pays %s per further euro of exports. ", amount(price, "€"))
	}
	return note + "~ noise"
}
