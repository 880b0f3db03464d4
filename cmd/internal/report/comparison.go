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
	"epgsim/sim/decide"
	"epgsim/sim/experiment"
)

// TellComparison prints what a comparison found, and then has the map of the best form
// made, which takes as long again, and writes all. doubt may be nil, and so may the map.
func (r *Results) TellComparison(to io.Writer, c *experiment.Comparison, doubt *decide.Doubt, mapped func() (*experiment.BestMap, error)) error {
	p := &r.subject.scenario.Params
	w := r.wordsOf(c)
	w.doubt, w.drawing = doubt, r.settings.Worlds
	d := r.documentOf(w)
	d.Verdict = w.verdict()
	d.Tables = append([]table{w.periodsTable(), w.howLongTable(), w.stoppingTable(), w.outcomesTable()}, w.scorecardTables()...)
	d.printed = d.Tables
	d.putFirst(1)
	r.show(to, d)
	best, err := mapped()
	if err != nil {
		return err
	}
	d.Method = append(append(d.Method, w.method(best)...), w.doubtMethod()...)
	d.drawing = drawComparison(w, best, w.typical(ownVariant(c, p)))
	return r.publish(to, d)
}

// TellEarly prints what the verdict begins with, as far as the first of all replications
// know it. No SME need have been run alone.
func (r *Results) TellEarly(to io.Writer, first *experiment.Comparison, all int) {
	w := &words{speech: speech{r.settings.Language}, c: first, v: first.Verdict(r.settings.Matters)}
	w.v.Sold.Settling = 0 // more come anyway
	fmt.Fprintln(to, tell.Wrap(w.Say("After %d of %d replications: %s", first.Plan.Replications, all, w.sold()), 100, "  "))
}

// wordsOf puts a comparison into words.
func (r *Results) wordsOf(c *experiment.Comparison) *words {
	return &words{speech: speech{r.settings.Language}, c: c, v: c.Verdict(r.settings.Matters), best: c.BestPeriods(r.settings.Matters)}
}

// TellData finishes a comparison of which only the data files are wanted.
func (r *Results) TellData(to io.Writer, c *experiment.Comparison) error {
	if err := r.Finish(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(to, "%s\n\n%s: %s\n", r.headingOf(c.Plan), r.settings.Language.Say("Data"), r.Path())
	return err
}

// documentOf is what comparisons and runs have in common.
func (r *Results) documentOf(w *words) *document {
	d := &document{page: PageFile, heading: r.headingOf(w.c.Plan), Caveat: w.Say(caveat),
		Subtitle: w.compared(), Title: w.Say(r.subject.scenario.Title), Description: r.subject.scenario.Description, Method: slices.Clone(commonMethod),
		files: []file{
			{"replications", tell.Phrase("one row per variant, project period and replication, all outcomes"), true},
			{"smes", tell.Phrase("one row per SME of each replication"), true},
			{"weekly", tell.Phrase("weekly quantities: mean, its interval and quantiles over replications"), true},
		}}
	if r.runs.series != nil {
		d.files = append(d.files, file{"series", tell.Phrase("weekly quantities of single replications"), true})
	}
	return d
}

// method says how a comparison was made.
func (w *words) method(best *experiment.BestMap) []string {
	method := []string{
		w.Say("Each variant ran with project periods of %s years, each up to year %s, %d times each. A shorter project is exactly the beginning of a longer one.",
			w.yearList(w.c.Years), w.horizon(), w.c.Plan.Replications),
		tell.Phrase("The verdict rests on paired differences between variants over replications. Its intervals are so wide that all its sentences together err in at most 5 % of verdicts, as long as luck is all that is in doubt. The captions below the figures go by the intervals the figures show, which leave out that the variants share their luck, and so tell less apart than the verdict does."),
		tell.Phrase("Means of sales count every customer's decision by its chance in place of what came of it: the mean is the same, with less luck in it. Distributions and shares of groups count what came of it."),
		tell.Phrase("Without the group each SME spends what it pays itself, in the same proportions, on a manager's hours, travel and fairs; further exports are what the group sells beyond that. Net benefit is the margin on further exports, less public cost, less what the SMEs pay more than alone."),
	}
	if best != nil {
		method = append(method, w.Say("The map of the best form ran %d groups, from a grid of technology and similarity, under each of the three pure forms, and sorted them by how complementary their members really turned out; each field is judged by its groups and those of the four fields beside it; fields with fewer than eight groups, or in which no form closes anything, are empty.", best.Groups))
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

// periodsTable shows what is sold by the horizon, for every variant and project period.
func (w *words) periodsTable() table {
	t := table{Title: w.Say("Sold by year %s, k€ a group, by project period: mean ± half its 95 %% interval", w.horizon()),
		Header: append([]string{""}, w.periods()...)}
	for v := range w.c.Variants {
		row := []string{w.name(v)}
		for y := range w.c.Years {
			row = append(row, w.Number(cell(w.c.Mean(v, y, sim.ValueTotal)))+"  ")
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// periods are the heads of columns of project periods.
func (w *words) periods() (heads []string) {
	for y, years := range w.c.Years {
		head := w.years(years)
		if y == w.c.GoesOn() {
			head = w.Say("goes on")
		}
		heads = append(heads, head+"  ")
	}
	return heads
}

// howLongTable shows further exports per public euro for every variant and project period.
func (w *words) howLongTable() table {
	t := table{Title: w.Say("For how long? Further exports by year %s per public euro, €, by project period", w.horizon()),
		Header: append([]string{""}, w.periods()...), Note: w.Say("* best of its row; ~ not told apart from it")}
	for v := range w.c.Variants {
		row, best := []string{w.name(v)}, w.best[v]
		for y := range w.c.Years {
			x := w.c.Worth(v, y)
			text := w.Number(cell(analysis.RatioOfMeans(x.Further, x.Public)))
			row = append(row, ranked(text, y == best.Best && best.Means[y] > 0, slices.Contains(best.Close, y)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// stoppingTable shows what is lost by stopping, and what the funder has seen by then.
func (w *words) stoppingTable() table {
	on := w.c.GoesOn()
	t := table{Title: w.Say("Stopping: share of what would be sold by year %s, if the project went on, that is lost by stopping, and seen by the funder by then", w.horizon()),
		Header: append([]string{""}, w.periods()[:on]...)}
	for v := range w.c.Variants {
		lost, seen := []string{w.Say("%s: lost by stopping", w.name(v))}, []string{w.Say("%s: seen by the funder", w.name(v))}
		for y, years := range w.c.Years[:on] {
			lost = append(lost, w.shareCell(w.c.Lost(v, y))+"  ")
			seen = append(seen, w.shareCell(w.c.Seen(v, years))+"  ")
		}
		t.Rows = append(t.Rows, lost, seen)
	}
	return t
}

// shown are the outcomes of the table for one project period, in order.
var shown = []sim.Outcome{
	sim.ValueProject, sim.ValueAfter, sim.PublicCost, sim.PrivateCost, sim.DealsProject, sim.DealsTotal, sim.NeverSells,
	sim.FirstDealWeek, sim.WeeksTrust, sim.WeeksOffer, sim.WeeksNegotiation, sim.OpenAtEnd, sim.Rescued, sim.Stranded,
	sim.Cooperation, sim.TrustEnd, sim.CommitmentEnd, sim.ActiveEnd, sim.Fairness, sim.Regularity, sim.ExperienceGained,
	sim.Inequality, sim.HubSpare, sim.SelfSustaining, sim.KeptManager, sim.GoalScore,
}

// outcomesTable shows many outcomes of every variant for the own project period.
func (w *words) outcomesTable() table {
	c := w.c
	t := table{Title: w.Say("What a project of %s comes to, by year %s: mean ± half its 95 %% interval over %d replications", w.own(), w.horizon(), c.Plan.Replications),
		Header: []string{""}, mixed: true}
	for v := range c.Variants {
		t.Header = append(t.Header, w.name(v)+"  ")
	}
	w.doubtHead(&t)
	if c.HasAlone() {
		further, benefit := []string{w.Say("Further exports, k€")}, []string{w.Say("Net benefit, k€")}
		for v := range c.Variants {
			x := c.Worth(v, c.OwnIndex())
			further, benefit = append(further, w.Number(cell(analysis.Mean(x.Further)))+"  "), append(benefit, w.Number(cell(analysis.Mean(x.Benefit)))+"  ")
		}
		t.Rows = append(t.Rows, w.doubtCell(further, decide.FurtherExports, 1), w.doubtCell(benefit, decide.NetBenefit, 1))
	}
	of := shown
	if lasts(c) {
		more := append(slices.Clip(lastingOutcomes), sim.CustomersEnd, sim.Satisfaction)
		of = append(slices.Clip(of), slices.DeleteFunc(more, func(o sim.Outcome) bool { return slices.Contains(shown, o) })...)
	}
	for _, o := range of {
		better := o.Info().Better
		if isUntil(o) {
			better = 0 // a median is no mean
		}
		t.Rows = append(t.Rows, w.doubtCell(append([]string{w.outcome(o)}, w.outcomeCells(o)...), decide.Measure(o), better))
	}
	t.Note = w.Say("– no value; [%]: the groups that have a value, over which the mean is; shares of groups and times until an event have the ends of their intervals in brackets")
	return t
}

// outcome is an outcome's name with its unit, and what is told of it where that is no mean.
func (w *words) outcome(o sim.Outcome) string {
	if isUntil(o) {
		return w.label(o) + w.Say(" (median)")
	}
	return w.label(o)
}

// label is an outcome's name with its unit.
func (w *words) label(o sim.Outcome) string {
	label := w.Say(o.Info().Label)
	if u := sim.UnitText(o.Info().Unit); u != "" {
		label += ", " + w.Say(u)
	}
	return label
}

// isUntil says whether an outcome is a time until an event, which may not have come yet.
func isUntil(o sim.Outcome) bool { return o == sim.FirstDealWeek || o == sim.FirstJointDealWeek }

// outcomeCells are those of an outcome of all variants in the own period.
func (w *words) outcomeCells(o sim.Outcome) (cells []string) {
	own := w.c.OwnIndex()
	for v := range w.c.Variants {
		values := w.c.Of(v, own, o)
		var text string
		switch {
		case isUntil(o):
			text = w.until(analysis.MedianTime(values))
		case o.Info().Kind == sim.YesNo:
			text = w.share(analysis.Share(values))
		default:
			text = w.partial(analysis.MeanOfPresent(w.c.Fair(v, own, o)))
		}
		cells = append(cells, text+"  ")
	}
	return cells
}

// until is a median time until an event that may not have come by the horizon.
func (w *words) until(iv analysis.Interval) string {
	switch {
	case iv.N == 0:
		return "–"
	case math.IsInf(iv.Estimate, 1):
		return w.Say("not by year %s", w.horizon())
	case math.IsInf(iv.High, 1):
		return w.Say("%s (from %s on)", w.Number(plain(iv.Estimate)), w.Number(plain(iv.Low)))
	case math.IsNaN(iv.Low):
		return w.Number(plain(iv.Estimate))
	}
	return w.Say("%s (%s)", w.Number(plain(iv.Estimate)), w.between(plain(iv.Low), plain(iv.High)))
}

// partial is a mean over the groups that have a value, with how many they are where that is
// not all.
func (w *words) partial(p analysis.Partial) string {
	text := w.Number(cell(p.Interval))
	if p.N == 0 || p.Complete() {
		return text
	}
	return fmt.Sprintf("%s [%.0f %%]", text, 100*p.Share.Estimate)
}

// TellRun writes and prints what runs of a scenario came to.
func (r *Results) TellRun(to io.Writer, c *experiment.Comparison) error {
	w := r.wordsOf(c)
	d := r.documentOf(w)
	d.Verdict = w.verdict()
	d.Tables = []table{w.periodsTable(), w.howLongTable(), w.stoppingTable()}
	if len(c.Variants) == 1 {
		d.Tables = append(d.Tables, w.distributionTable(), w.aloneTable())
	} else {
		d.Tables = append(d.Tables, w.outcomesTable())
	}
	d.Tables = append(d.Tables, w.scorecardTables()...)
	d.printed = d.Tables
	d.putFirst(1)
	d.drawing = drawRun(w, r.subject.scenario.Form(), w.typical(0))
	return r.publish(to, d)
}

// distributionTable shows how all outcomes of one variant are distributed.
func (w *words) distributionTable() table {
	c := w.c
	t := table{Title: w.Say("What a project of %s comes to, over %d replications", w.own(), c.Plan.Replications),
		Header: []string{"", w.Say("mean ± half its 95 % interval"), "5 %", w.Say("median"), "95 %", "n"}, mixed: true}
	for o := range sim.NOutcomes {
		values := c.Of(0, c.OwnIndex(), o)
		q := analysis.Quantiles(values, 0.05, 0.5, 0.95)
		mean := analysis.Mean(values)
		row := []string{w.label(o), w.Number(cell(mean))}
		for _, x := range q {
			row = append(row, w.Number(plain(x)))
		}
		t.Rows = append(t.Rows, append(row, fmt.Sprint(mean.N)))
	}
	t.Note = w.Say("– no value; n counts the replications that have one")
	return t
}

// aloneTable tells what the group adds to its SMEs.
func (w *words) aloneTable() table {
	t := table{Title: w.Say("What the group adds: its SMEs in the group, and each alone on the same luck (sums or means over the SMEs)"),
		Header: []string{""}, mixed: true}
	for _, head := range []string{w.Say("in the group"), w.Say("alone, own money"), w.Say("alone, with the subsidy"), w.Say("group over own money"), w.Say("group over subsidy")} {
		t.Header = append(t.Header, head+"  ")
	}
	own := w.c.OwnIndex()
	for _, r := range w.c.Added(0, own) {
		row := []string{w.label(r.Outcome)}
		for _, alone := range []analysis.Interval{r.Group, r.Own, r.Aided} {
			row = append(row, w.Number(cell(alone))+"  ")
		}
		for _, d := range []analysis.Interval{r.OverOwn, r.OverAided} {
			row = append(row, mark(w.Number(cell(d)), analysis.Noise(d)))
		}
		t.Rows = append(t.Rows, row)
	}
	x := w.c.Worth(0, own)
	t.Note = w.aloneNote(analysis.RatioOfMeans(x.Alone, x.Sales), analysis.RatioOfMeans(x.Public, x.Further))
	return t
}

// aloneNote tells what would be sold without the group, as a share, and what the public
// pays per further euro of exports.
func (w *words) aloneNote(deadweight, price analysis.Interval) string {
	notes := []string{w.Say("Alone, an SME spends its part of the money in the same proportions on a manager's hours, travel and fairs.")}
	if !math.IsNaN(deadweight.Estimate) { // the group sells something
		d := deadweight
		d.Estimate, d.Low, d.High = 100*d.Estimate, 100*d.Low, 100*d.High
		notes = append(notes, w.Say("Deadweight: %s of the group's value would be sold with the SMEs' own money alone.", w.known(d, "%")))
	}
	if !math.IsNaN(price.Estimate) {
		notes = append(notes, w.Say("The public pays %s per further euro of exports.", w.known(price, "€")))
	}
	return strings.Join(append(notes, w.Say("~ noise")), " ")
}

// known is an amount with its interval, where that is known.
func (w *words) known(iv analysis.Interval, unit string) string {
	if math.IsNaN(iv.Low) || math.IsNaN(iv.High) {
		return w.amount(iv, unit)
	}
	return fmt.Sprintf("%s (%s)", w.amount(iv, unit), w.ends(iv))
}
