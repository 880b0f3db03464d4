package report

import (
	"fmt"
	"math"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
)

// lasts says whether any variant holds something that only matters to a group that is to
// last: public money that falls or stays, or members who may outgrow it.
func lasts(c *experiment.Comparison) bool {
	for v := range c.Variants {
		p := &c.Variants[v].Params
		if p.Project.Fade > 0 || p.Project.Lasting > 0 || p.Group.Graduation > 0 {
			return true
		}
	}
	return false
}

// scorecardTables are the scorecard of groups that are to last, and who leaves when; else
// none. Of several variants the table of outcomes has what is of the groups.
func (w *words) scorecardTables() []table {
	switch {
	case !lasts(w.c):
		return nil
	case len(w.c.Variants) == 1:
		return []table{w.scorecardTable(), w.leavingTable()}
	}
	return []table{w.leavingTable()}
}

// lastingOutcomes are those of the group in the scorecard that its members do not have.
var lastingOutcomes = []sim.Outcome{sim.WeeksAlive, sim.MembersLost, sim.Graduated, sim.ManagerChanges, sim.CostSaved, sim.TrustEnd}

// memberMeasures are what both the group and each member have in the scorecard.
var memberMeasures = []struct {
	outcome     sim.Outcome
	title, unit string
	of          func(*experiment.Member) float64
}{
	{sim.ValueTotal, tell.Phrase("Sales of a member"), "k€", func(m *experiment.Member) float64 { return m.Sold }},
	{sim.ExperienceGained, tell.Phrase("What a member learns"), tell.Phrase("export experience gained"), func(m *experiment.Member) float64 { return m.Learned }},
	{sim.CustomersEnd, tell.Phrase("Relations of a member"), tell.Phrase("customers at the end"), func(m *experiment.Member) float64 { return m.Customers }},
	{sim.Satisfaction, tell.Phrase("Satisfaction of a member"), tell.Phrase("0 none, 1 full"), func(m *experiment.Member) float64 { return m.Satisfaction }},
}

// scorecardTable is the scorecard of one variant's groups and their members.
func (w *words) scorecardTable() table {
	t := table{Title: w.Say("Scorecard by year %s: the group, and its members ranked in it, each quantity for itself (mean ± half its 95 %% interval)", w.horizon()),
		Header: []string{"", w.Say("the group") + "  ", w.Say("first member") + "  ", w.Say("middle member") + "  ", w.Say("last member") + "  "}, mixed: true}
	group := func(o sim.Outcome) string { return w.outcomeOf(0, o) + "  " }
	for _, m := range memberMeasures {
		row := []string{w.label(m.outcome), group(m.outcome)}
		ranks := w.c.MemberRanks(0, m.of)
		for _, k := range []int{0, len(ranks) / 2, len(ranks) - 1} {
			text := "–"
			if k >= 0 && k < len(ranks) {
				text = w.Number(cell(ranks[k]))
			}
			row = append(row, text+"  ")
		}
		t.Rows = append(t.Rows, row)
	}
	for _, o := range lastingOutcomes {
		t.Rows = append(t.Rows, []string{w.label(o), group(o), "–  ", "–  ", "–  "})
	}
	t.Note = w.Say("The group's experience gained, satisfaction and trust are means over its members; experience and trust of the group are those at the end of the project, what a member learns is by the horizon.")
	return t
}

// outcomeOf is the mean of an outcome of a variant in the own period.
func (w *words) outcomeOf(v int, o sim.Outcome) string {
	return w.Number(cell(analysis.Mean(w.c.Fair(v, w.c.OwnIndex(), o))))
}

// reasons are why members leave, as the table and the figure tell them apart.
var reasons = []struct {
	name string
	ends []experiment.Leaving
}{
	{tell.Phrase("disappointed"), []experiment.Leaving{experiment.Disappointed}},
	{tell.Phrase("outgrew the group"), []experiment.Leaving{experiment.Graduated}},
	{tell.Phrase("reasons of its own"), []experiment.Leaving{experiment.Moved}},
}

// tenures are the years of tenure by which leaving is told, up to the horizon.
func tenures(c *experiment.Comparison) (ends []float64) {
	for year := 1.0; year < math.Ceil(c.Horizon); year++ {
		ends = append(ends, year)
	}
	return append(ends, c.Horizon)
}

// leavingTable is the yearly hazard of leaving by years of tenure and by reason.
func (w *words) leavingTable() table {
	t := table{Title: w.Say("Who leaves, and when: members of living groups that leave or turn passive in a year, by years since they joined"), Header: []string{""}}
	ends := tenures(w.c)
	var from []float64
	begin := 0.0
	for k, end := range ends { // each of the first four years, then pairs, then the rest
		if end > 4 && int(end)%2 == 1 && k < len(ends)-1 {
			continue
		}
		from = append(from, begin)
		head := w.Number(fmt.Sprintf("%g", end))
		if end-begin > 1 {
			head = w.Number(fmt.Sprintf("%g–%g", begin+1, end))
		}
		t.Header = append(t.Header, w.Say("year %s", head)+"  ")
		begin = end
	}
	from = append(from, begin)
	for v := range w.c.Variants {
		for _, r := range reasons {
			name := w.Say(r.name)
			if len(w.c.Variants) > 1 {
				name = w.name(v) + ": " + name
			}
			row := []string{name}
			for k := range from[1:] {
				row = append(row, w.shareCell(w.c.LeavingRate(v, from[k], from[k+1], r.ends...))+"  ")
			}
			t.Rows = append(t.Rows, row)
		}
	}
	t.Note = w.Say("– nobody has been a member for so long")
	return t
}

// mostInScorecard is how many variants the figure can tell apart.
const mostInScorecard = 4

// scorecard draws the scorecard of groups that are to last.
func (d *comparisonDrawing) scorecard() {
	if !lasts(d.Comparison) || len(d.Variants) > mostInScorecard {
		return
	}
	in := plots.ScorecardInput{Words: d.language, Forms: d.fs, Panels: []plots.ScorecardPanel{d.alivePanel(), d.leavingPanel()}}
	for _, m := range memberMeasures {
		pn := plots.ScorecardPanel{Title: d.w.Say(m.title), Unit: d.w.Say(m.unit), Along: d.w.Say("rank in the group"), Whole: true,
			Share: m.outcome == sim.Satisfaction}
		var lines [][]analysis.Interval
		for v := range d.Variants {
			lines = append(lines, d.MemberRanks(v, m.of))
		}
		pn.X, pn.Lines = rankLines(d.fs, lines)
		if len(pn.X) > 0 {
			in.Panels = append(in.Panels, pn)
		}
	}
	d.add(plots.Scorecard(in))
}

// rankLines are lines over ranks from 1, each as long as the longest.
func rankLines(fs []plots.Form, lines [][]analysis.Interval) (x []float64, out []plots.ScorecardLine) {
	for _, l := range lines {
		for len(x) < len(l) {
			x = append(x, float64(len(x)+1))
		}
	}
	missing := analysis.Interval{Estimate: math.NaN(), Low: math.NaN(), High: math.NaN()}
	for v, l := range lines {
		for len(l) < len(x) {
			l = append(l, missing)
		}
		out = append(out, plots.ScorecardLine{Form: fs[v], Values: l})
	}
	return x, out
}

func (d *comparisonDrawing) alivePanel() plots.ScorecardPanel {
	pn := plots.ScorecardPanel{Title: d.w.Say("Groups alive"), Unit: d.w.Say("share of groups"), Along: d.w.Say("years since start"), Share: true, X: tenures(d.Comparison)}
	for v := range d.Variants {
		l := plots.ScorecardLine{Form: d.fs[v]}
		for _, year := range pn.X {
			l.Values = append(l.Values, d.Alive(v, year))
		}
		pn.Lines = append(pn.Lines, l)
	}
	return pn
}

// leavingPanel shows, of one variant, who leaves by reason; of several, all that leave.
func (d *comparisonDrawing) leavingPanel() plots.ScorecardPanel {
	pn := plots.ScorecardPanel{Title: d.w.Say("Members that leave in a year"), Unit: d.w.Say("share of members of living groups"),
		Along: d.w.Say("years since they joined"), X: tenures(d.Comparison)}
	line := func(v int, form plots.Form, ends ...experiment.Leaving) {
		l, from := plots.ScorecardLine{Form: form}, 0.0
		for _, to := range pn.X {
			l.Values, from = append(l.Values, d.LeavingRate(v, from, to, ends...)), to
		}
		pn.Lines = append(pn.Lines, l)
	}
	if len(d.Variants) > 1 {
		for v := range d.Variants {
			line(v, d.fs[v], experiment.Disappointed, experiment.Graduated, experiment.Moved)
		}
		return pn
	}
	pn.Own = true
	for k, r := range reasons {
		line(0, plots.Form{Name: tell.Capital(d.w.Say(r.name)), Kind: plots.VariantOf(k+1, mostInScorecard)}, r.ends...)
	}
	return pn
}
