package report

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/calibrate"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// WorldsTable is the table of weighted worlds that a calibration leaves.
const WorldsTable = "worlds"

// TellCalibration writes and prints what targets say about the worlds.
func (r *Results) TellCalibration(to io.Writer, a *calibrate.Answer) error {
	w := &findings{speech{r.settings.Language}, a}
	t := a.Study.Targets
	d := &document{page: PageFile, Title: t.Title, Description: t.Description,
		heading:  t.Name + ": " + t.Title + "\n" + w.counted(),
		Subtitle: t.Name + " · " + w.counted(),
		Caveat:   w.Say("Worlds that fit what is known are not therefore true: the model may be wrong in the same way in all of them, and what the targets do not touch is as unknown as before."),
		Method:   slices.Concat(commonMethod[:2], w.method()),
		Facts:    [][2]string{{"Worlds weighted", fmt.Sprint(a.Simulated)}, {"Effective worlds", fmt.Sprintf("%.0f", a.Effective)}},
		files: []file{{WorldsTable, "weighted worlds, for --worlds", true}, {"targets", "every target: known, before, after, and whether it is in conflict", true},
			{"marginals", "every unknown: before, after, and whether the targets say anything about it", true}},
		Verdict: w.verdict(), Tables: []table{w.targetsTable(), w.marginalsTable(len(a.Parameters)), w.sourcesTable()},
		write: func(r *Results) error { return r.writeCalibration(w) },
	}
	d.printed = []table{w.targetsTable(), w.marginalsTable(12)}
	if a.Broken > 0 {
		d.remark = w.Say("The model broke in %d worlds, which are left out. This is a defect of epgsim; please report it with the data set.\n", a.Broken)
	}
	d.drawing = w.draw()
	return r.publish(to, d)
}

// findings puts a calibration into words.
type findings struct {
	speech
	a *calibrate.Answer
}

func (w *findings) counted() string {
	return w.Say("%d targets, %d unknowns, %d worlds in %d waves, seed %d", len(w.a.Targets), len(w.a.Parameters), w.a.Simulated, w.a.Waves, w.a.Study.Targets.Seed)
}

func (w *findings) unknown(k int) *sim.Parameter { return w.a.Study.Targets.Unknowns[k].Parameter }

func (w *findings) named(k int) string {
	q := w.unknown(k)
	return fmt.Sprintf("%s (%s)", w.Say(q.Label), q.Name)
}

// sig is a number with three significant digits.
func (w *findings) sig(v float64) string {
	if math.IsNaN(v) {
		return "–"
	}
	return w.digits("%.3g", v)
}

// off is how many errors the worlds found are from a target.
func (w *findings) off(j int) float64 {
	g := &w.a.Study.Targets.Targets[j]
	return (w.a.Targets[j].After.Median - g.Value) / g.Error
}

// met says whether a target is in no conflict, and not missed by more than two errors.
func (w *findings) met(j int) bool {
	return w.a.Targets[j].Conflict == calibrate.Met && math.Abs(w.off(j)) <= 2
}

// verdict says which targets are met, what they say about what, and how sure that
// is.
func (w *findings) verdict() (lines []string) {
	met := 0
	for j := range w.a.Targets {
		if w.met(j) {
			met++
		}
	}
	lines = append(lines, w.Say("Of %d targets %d are met by the worlds found.", len(w.a.Targets), met))
	for j := range w.a.Targets {
		if !w.met(j) {
			lines = append(lines, w.conflict(j))
		}
	}
	says := 0
	for _, k := range w.byWidth() {
		if w.a.Parameters[k].Touched && says < 6 {
			lines = append(lines, w.says(k))
			says++
		}
	}
	lines = append(lines, w.silent())
	for _, p := range w.a.Tied[:min(2, len(w.a.Tied))] {
		other := w.Say("high")
		if p.Correlation < 0 {
			other = w.Say("low")
		}
		lines = append(lines, w.Say("The targets tie two together: where %s is high, %s is %s (correlation %s).", w.named(p.A), w.named(p.B), other, w.digits("%.2f", p.Correlation)))
	}
	return append(append(lines, w.sure()), w.warnings()...)
}

// conflict says why a target is not met.
func (w *findings) conflict(j int) string {
	g, v := &w.a.Study.Targets.Targets[j], &w.a.Targets[j]
	known := w.Say("%s ± %s", w.sig(g.Value), w.sig(g.Error))
	switch v.Conflict {
	case calibrate.OutOfReach:
		return w.Say("“%s” contradicts the model: it is %s, and nine of ten plausible worlds have %s to %s.", g.Name, known, w.sig(v.Before.Low), w.sig(v.Before.High))
	case calibrate.Contradicted:
		by := within(g, v.Predicted)
		text := w.Say("“%s” contradicts the other targets: it is %s, and by the others it would be %s to %s.", g.Name, known, w.sig(by.Low), w.sig(by.High))
		if v.With >= 0 {
			text += " " + w.Say("It goes least with “%s”.", w.a.Study.Targets.Targets[v.With].Name)
		}
		return text
	}
	return w.Say("“%s” is missed by %s of its errors: it is %s, and the worlds found have %s (%s to %s); no conflict is sure.", g.Name, w.Number(fmt.Sprintf("%.1f", math.Abs(w.off(j)))), known,
		w.sig(v.After.Median), w.sig(v.After.Low), w.sig(v.After.High))
}

// byWidth are the unknowns, those of which most is known first.
func (w *findings) byWidth() (order []int) {
	for k := range w.a.Parameters {
		order = append(order, k)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := &w.a.Parameters[a], &w.a.Parameters[b]
		if x.Touched != y.Touched {
			return map[bool]int{true: -1, false: 1}[x.Touched]
		}
		return cmp.Compare(y.Distance, x.Distance)
	})
	return order
}

// says is what the targets say about an unknown: on one side, where it reaches the other
// end of what is plausible.
func (w *findings) says(k int) string {
	m, q := &w.a.Parameters[k], w.unknown(k)
	value := func(v float64) string { return w.sig(v) + unitAfter(w.Say(unitOf(q))) }
	low, high := place(q, m.Low), place(q, m.High)
	switch {
	case low < 0.15 && place(q, m.High80) < 0.8:
		return w.Say("The targets say that %s is under %s (in 90 %% of worlds), with a median of %s; plausible were %s to %s.", w.named(k), value(m.High80), w.sig(m.Median), w.sig(q.Low), w.sig(q.High))
	case high > 0.85 && place(q, m.Low80) > 0.2:
		return w.Say("The targets say that %s is above %s (in 90 %% of worlds), with a median of %s; plausible were %s to %s.", w.named(k), value(m.Low80), w.sig(m.Median), w.sig(q.Low), w.sig(q.High))
	}
	return w.Say("The targets say that %s is within %s to %s (in 90 %% of worlds), with a median of %s; plausible were %s to %s.", w.named(k), w.sig(m.Low), value(m.High), w.sig(m.Median), w.sig(q.Low), w.sig(q.High))
}

func unitAfter(unit string) string {
	if unit == "" || unit == "1" {
		return ""
	}
	return " " + unit
}

// place is the share of its plausible range at which a value lies.
func place(q *sim.Parameter, v float64) float64 { return (v - q.Low) / (q.High - q.Low) }

// silent names what the targets say nothing about.
func (w *findings) silent() string {
	var names []string
	for k := range w.a.Parameters {
		if !w.a.Parameters[k].Touched {
			names = append(names, w.Say(w.unknown(k).Label))
		}
	}
	n, more := len(names), ""
	switch {
	case n == 0:
		return w.Say("They say something about every unknown.")
	case n > 4:
		names, more = names[:4], " …"
	}
	return w.Say("They say nothing that is sure about %d of %d unknowns: %s.", n, len(w.a.Parameters), strings.Join(names, ", ")+more)
}

func (w *findings) sure() string {
	return w.Say("How sure: %d worlds were kept of %d, which count as %s of equal weight; the farthest is at %s of the distance that the true world would typically have. In five to ten of a hundred studies some target is wrongly said to be in conflict, in about five some unknown to be touched.",
		w.a.Kept, w.a.Simulated, w.Number(fmt.Sprintf("%.0f", w.a.Effective)), w.Number(fmt.Sprintf("%.2f", w.a.Within/w.a.Typical)))
}

func (w *findings) warnings() (lines []string) {
	if w.a.Effective < scenario.FewWorlds {
		lines = append(lines, w.Say("These are few worlds: ranges may be a third too narrow or too wide. Draw more: --count."))
	}
	for _, j := range w.a.Outside {
		lines = append(lines, w.Say("No world that was kept is beyond “%s”: there the worlds found are extrapolated.", w.a.Study.Targets.Targets[j].Name))
	}
	for j := range w.a.Targets {
		if w.a.Targets[j].Noisy {
			lines = append(lines, w.Say("In most worlds luck moves “%s” by more than its error: more replications of its cases would say more.", w.a.Study.Targets.Targets[j].Name))
		}
	}
	return lines
}

func (w *findings) method() []string {
	return []string{
		w.Say("Worlds are draws of all that is unknown from its plausible range. In each, every case is simulated so often that the luck of a statistic is smaller than the error of the target, where that can be; what a study like the one from outside would have found there is the statistic with an error drawn from that of the target."),
		w.Say("Worlds are weighted by the distance of that from what is known, in errors of the targets (Epanechnikov's kernel), and moved by a local-linear regression to where it would be found exactly (Beaumont, Zhang and Balding 2002), on the scale of log odds within the plausible range. While the kept worlds are far, further ones are drawn around them, each with the weight that makes up for it. The worlds found were simulated anew: that is what the tables call found."),
		w.Say("A target is in conflict with the model where hardly any plausible world comes as near, and with the other targets where the worlds by the others alone make it improbable; both by chances that all targets share. An unknown is touched where its distribution has moved farther than those of made-up unknowns that decide nothing, put through the same weights and the same regression."),
	}
}

func (w *findings) state(j int) string {
	switch {
	case w.a.Targets[j].Conflict == calibrate.OutOfReach:
		return w.Say("out of reach")
	case w.a.Targets[j].Conflict == calibrate.Contradicted:
		return w.Say("contradicted")
	case w.met(j):
		return w.Say("met")
	}
	return w.Say("missed")
}

func (w *findings) span(r calibrate.Range) string {
	if math.IsNaN(r.Median) {
		return "–"
	}
	return w.Say("%s to %s", w.sig(r.Low), w.sig(r.High))
}

// within is what would be found of a target, a share within 0 to 1: errors are drawn from
// a bell that knows of no ends.
func within(g *scenario.Target, r calibrate.Range) calibrate.Range {
	if g.Statistic.Kind != scenario.StatShare {
		return r
	}
	cut := func(v float64) float64 { return min(max(v, 0), 1) }
	return calibrate.Range{Low: cut(r.Low), Median: cut(r.Median), High: cut(r.High)}
}

// targetsTable holds the targets against the worlds.
func (w *findings) targetsTable() table {
	t := table{Title: w.Say("The targets: what is known, nine of ten plausible worlds, and the worlds found"),
		Header: []string{"", w.Say("known"), w.Say("plausible"), w.Say("found, median"), w.Say("found"), w.Say("by the others"), w.Say("off, errors"), w.Say("verdict")}, mixed: true,
		Note: w.Say("By the others: what would be found by all other targets alone, error included")}
	for j := range w.a.Targets {
		g, v := &w.a.Study.Targets.Targets[j], &w.a.Targets[j]
		t.Rows = append(t.Rows, []string{g.Name, w.Say("%s ± %s", w.sig(g.Value), w.sig(g.Error)), w.span(v.Before), w.sig(v.After.Median), w.span(v.After), w.span(within(g, v.Predicted)),
			w.digits("%+.1f", w.off(j)), w.state(j)})
	}
	return t
}

// marginalsTable shows so many unknowns.
func (w *findings) marginalsTable(most int) table {
	t := table{Title: w.Say("What the targets say about what nobody knows: nine of ten worlds, before and after"),
		Header: []string{"", w.Say("key"), w.Say("plausible"), w.Say("found, median"), w.Say("found"), w.Say("unit")}, mixed: true,
		Note: w.Say("~ not told from luck: the targets say nothing that is sure about it. Found: 5 % of worlds are below and 5 % above; where the verdict says under or above, 10 % are beyond that one limit")}
	for _, k := range w.byWidth()[:min(most, len(w.a.Parameters))] {
		m, q := &w.a.Parameters[k], w.unknown(k)
		found := w.Say("%s to %s", w.sig(m.Low), w.sig(m.High))
		if !m.Touched {
			found += " ~"
		}
		t.Rows = append(t.Rows, []string{w.Say(q.Label), q.Name, w.Say("%s to %s", w.sig(q.Low), w.sig(q.High)), w.sig(m.Median), found, w.Say(unitOf(q))})
	}
	return t
}

// sourcesTable says who says what.
func (w *findings) sourcesTable() table {
	t := table{Title: w.Say("Where the targets come from"), Header: []string{"", w.Say("statistic"), w.Say("cases"), w.Say("source")}, mixed: true}
	for j := range w.a.Targets {
		g := &w.a.Study.Targets.Targets[j]
		var cases []string
		for _, c := range g.Cases {
			cases = append(cases, w.a.Study.Targets.Cases[c].Name)
		}
		t.Rows = append(t.Rows, []string{g.Name, g.Statistic.String(), strings.Join(cases, "; "), g.Source})
	}
	return t
}

func (r *Results) writeCalibration(w *findings) error {
	t := w.a.Study.Targets
	worlds := append([]store.Column{numberColumn(scenario.ColumnWeight, "1", "of the world; all sum to 1"),
		numberColumn(scenario.ColumnOrigin, "", "number of the simulated world that it was moved from; rows of one count together")}, factorColumns("", t.Unknowns)...)
	targets := []store.Column{textColumn("target", "its name"), textColumn("statistic", "what it is"), textColumn("source", "who says so"),
		numberColumn("value", "", "what is known"), numberColumn("error", "", "its standard error")}
	for _, of := range [][2]string{{"before", "of plausible worlds"}, {"after", "of the worlds found, simulated anew"}, {"predicted", "by all other targets alone, error included"}} {
		for _, q := range []string{"p05", "p50", "p95"} {
			targets = append(targets, numberColumn(of[0]+"_"+q, "", "quantile "+of[1]))
		}
	}
	targets = append(targets, numberColumn("p_reach", "1", "chance of being as far off, by plausible worlds"), numberColumn("p_others", "1", "the same by the other targets"),
		textColumn("verdict", "met, missed, out of reach or contradicted"))
	marginals := []store.Column{textColumn("parameter", "the unknown"), textColumn("unit", "of the numbers"), numberColumn("low", "", "least plausible value"), numberColumn("high", "", "greatest"),
		numberColumn("p05", "", "quantile of the worlds found"), numberColumn("p50", "", "the same"), numberColumn("p95", "", "the same"),
		numberColumn("width", "1", "of 90 % of the worlds found, as a share of that before"), numberColumn("distance", "1", "Kuiper distance from the plausible distribution"),
		flagColumn("touched", "whether the targets say something about it, luck apart")}
	english := &findings{a: w.a}
	return cmp.Or(r.writeTable(store.Table{Name: WorldsTable, Doc: "one row per world that was found", Columns: worlds}, func(put func(...any)) {
		for i, world := range w.a.Worlds {
			put(w.a.Weights[i], float64(w.a.Origins[i]), world)
		}
	}), r.writeTable(store.Table{Name: "targets", Doc: "one row per target", Columns: targets}, func(put func(...any)) {
		for j := range w.a.Targets {
			g, v := &t.Targets[j], &w.a.Targets[j]
			put(g.Name, g.Statistic.String(), g.Source, g.Value, g.Error, v.Before, v.After, v.Predicted, v.Reach, v.Unlikely, english.state(j))
		}
	}), r.writeTable(store.Table{Name: "marginals", Doc: "one row per unknown", Columns: marginals}, func(put func(...any)) {
		for k := range w.a.Parameters {
			m, q := &w.a.Parameters[k], w.unknown(k)
			put(q.Name, q.Unit, q.Low, q.High, m.Low, m.Median, m.High, m.Width, m.Distance, m.Touched)
		}
	}))
}

func (w *findings) draw() drawing {
	d, words := drawing{}, wordsOfFigures(w.Language)
	targets := plots.TargetsInput{Words: words}
	for j := range w.a.Targets {
		g, v := &w.a.Study.Targets.Targets[j], &w.a.Targets[j]
		if !math.IsNaN(v.After.Median) && len(targets.Rows) < 24 {
			targets.Rows = append(targets.Rows, plots.TargetRow{Name: g.Name, Value: g.Value, Error: g.Error, Conflict: v.Conflict != calibrate.Met,
				Before: [3]float64{v.Before.Low, v.Before.Median, v.Before.High}, After: [3]float64{v.After.Low, v.After.Median, v.After.High}})
		}
	}
	if len(targets.Rows) > 0 {
		d.add(plots.TargetsMet(targets))
	}
	marginals := plots.MarginalsInput{Words: words}
	for _, k := range w.byWidth() {
		m := &w.a.Parameters[k]
		row := plots.MarginalRow{Factor: w.factor(k), Low: w.sig(m.Low), High: w.sig(m.High), Touched: m.Touched}
		for i, p := range []float64{0.05, 0.25, 0.5, 0.75, 0.95} {
			row.Shares[i] = analysis.WeightedQuantile(m.Shares, w.a.Weights, p)
		}
		row.Shares[0], row.Shares[4] = place(w.unknown(k), m.Low), place(w.unknown(k), m.High)
		marginals.Rows = append(marginals.Rows, row)
	}
	d.add(plots.Marginals(marginals))
	if len(w.a.Tied) > 0 {
		tied := plots.TiedInput{Words: words}
		for _, p := range w.a.Tied[:min(12, len(w.a.Tied))] {
			tied.Rows = append(tied.Rows, plots.TiedRow{A: w.factor(p.A), B: w.factor(p.B), Correlation: p.Correlation})
		}
		d.add(plots.Tied(tied))
	}
	return d
}

func (w *findings) factor(k int) plots.Factor {
	q := w.unknown(k)
	return plots.Factor{Label: w.Say(q.Label), Name: q.Name, Unit: w.Say(unitOf(q))}
}
