package report

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
	"epgsim/sim/store"
)

// TellExplanation writes and prints which mechanisms make two variants differ.
func (r *Results) TellExplanation(to io.Writer, e *experiment.Explanation) error {
	t := explanationText(e)
	what := table{Title: "The mechanisms", Header: []string{"", "what it does", "switched off"}}
	for _, p := range e.Players {
		what.Rows = append(what.Rows, []string{p.Label, p.Doc, strings.Join(p.Off, ", ")})
	}
	return r.publish(to, &document{page: ExplainFile, heading: r.headingOf(e.Plan),
		Subtitle: fmt.Sprintf("%s · why %s and %s differ", r.subject.scenario.Name, e.A.Name, e.B.Name), Title: r.subject.scenario.Title, Description: r.subject.scenario.Description,
		Caveat: caveat, Verdict: explainVerdict(e), Tables: []table{t, what}, printed: []table{t}, drawing: waterfall(e),
		Method: slices.Concat(commonMethod, explainMethod(e)),
		files:  []file{{"explanation", "the parts of the mechanisms with their intervals", true}},
		write:  func(r *Results) error { return r.writeExplanation(e) },
	})
}

func waterfall(e *experiment.Explanation) (d drawing) {
	fs := forms(tell.Language{}, []experiment.Variant{e.A, e.B})
	in := plots.WaterfallInput{Quantity: e.Measure.Label, Unit: e.Measure.Unit,
		From: plots.WaterfallEnd{Form: fs[0], Value: e.From}, To: plots.WaterfallEnd{Form: fs[1], Value: e.To}}
	for i, p := range e.Parts {
		in.Steps = append(in.Steps, plots.WaterfallStep{Label: tell.Capital(partOf(e, i).Label), Change: p.Contribution,
			Share: p.Share.Estimate, Alone: p.Alone, Rest: i == len(e.Players)})
	}
	d.add(plots.Waterfall(in))
	return d
}

// partOf is the player of a part; the last part is nobody's.
func partOf(e *experiment.Explanation, i int) experiment.Player {
	return append(slices.Clone(e.Players), experiment.Player{Name: "rest", Label: "everything else"})[i]
}

// bySize is the order of the first n parts by size; any others follow as they are.
func bySize(e *experiment.Explanation, n int) []int {
	order := make([]int, len(e.Parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order[:n], func(i, j int) int {
		return cmp.Compare(math.Abs(e.Parts[j].Contribution.Estimate), math.Abs(e.Parts[i].Contribution.Estimate))
	})
	return order
}

// ofDifferences is the unit of differences of a measure.
func ofDifferences(m experiment.Measure) string {
	return strings.Replace(m.Unit, "%", "percentage points", 1)
}

// explanationText is the table for people.
func explanationText(e *experiment.Explanation) table {
	label := strings.TrimSuffix(e.Measure.Label+", "+e.Measure.Unit, ", ")
	t := table{Header: []string{"", "contribution  ", "share of the difference  ", "switched off alone  "},
		Title: fmt.Sprintf("%s: from %s with %s to %s with %s (± half a 95 %% interval)", label, cell(e.From), e.A.Name, cell(e.To), e.B.Name)}
	for _, i := range bySize(e, len(e.Players)) {
		p := e.Parts[i]
		t.Rows = append(t.Rows, []string{partOf(e, i).Label, change(p.Contribution), shareCell(p.Share) + "  ",
			mark(signed(p.Alone), !math.IsNaN(p.Alone.Estimate) && analysis.Noise(p.Alone))})
	}
	t.Rows = append(t.Rows, []string{strings.TrimSpace("difference, " + ofDifferences(e.Measure)), change(e.Total), "", ""})
	t.Note = tell.Wrap("Contributions add up to the difference: each is what switching the mechanism on adds, as a mean over all orders in which the mechanisms can be switched on. Alone: the part of the difference that goes when this one only is switched off. Where the two are not alike, mechanisms act on each other: one holds back what another would hold back anyway, or makes room for it. ~ not told apart from none", 100, "")
	return t
}

// explainVerdict says in words what makes the difference, never firmer than
// the intervals allow.
func explainVerdict(e *experiment.Explanation) []string {
	less, more, d := e.A, e.B, e.Total
	if analysis.Noise(d) {
		return []string{fmt.Sprintf("%s: %s and %s cannot be told apart (%s), so there is no difference to divide; contributions only say what pulls which way.", e.Measure.Label, less.Name, more.Name, signed(d))}
	}
	if d.Estimate < 0 {
		less, more, d = e.B, e.A, analysis.Interval{Estimate: -d.Estimate, Low: -d.High, High: -d.Low}
	}
	estimate, low, high := analysis.FormatInterval(d, analysis.ThinSpace)
	var lines []string
	if e.Unexplained() > littleLeft {
		lines = append(lines, unexplainedText(e))
	}
	lines = append(lines, fmt.Sprintf("%s is %s %s (95 %% interval %s to %s) higher with %s than with %s. %s", e.Measure.Label, estimate, ofDifferences(e.Measure), low, high, more.Name, less.Name, mostText(e)))
	against := []string{}
	for _, i := range bySize(e, len(e.Players))[:len(e.Players)] {
		if p := e.Parts[i]; p.Share.High < 0 {
			against = append(against, fmt.Sprintf("%s (%s)", e.Players[i].Label, signed(p.Contribution)))
		}
	}
	lines = append(lines, "Clearly working the other way: "+cmp.Or(strings.Join(against, ", "), "none")+".")
	rest := e.Parts[len(e.Players)].Contribution
	if e.Unexplained() > littleLeft {
		return lines
	}
	text := "With all of these switched off the difference is %s."
	switch {
	case analysis.Noise(rest):
		text = "With all of these switched off no difference can be told any more (%s)."
	case rest.Estimate*e.Total.Estimate < 0:
		text = "With all of these switched off the difference is the other way round (%s)."
	}
	return append(lines, fmt.Sprintf(text, signed(rest)))
}

// Shares of a difference that are left with all mechanisms off.
const (
	littleLeft = 0.25 // up to which the mechanisms explain the outcome
	mostLeft   = 0.5  // beyond which they do not; between the two they do in part
)

// unexplainedText says that much remains with all mechanisms off, and what to try.
func unexplainedText(e *experiment.Explanation) string {
	rest := e.Parts[len(e.Players)]
	with := fmt.Sprintf("with all of them switched off the difference is %s, %s of what it is with them", signed(rest.Contribution), shareCell(rest.Share))
	switch {
	case analysis.Noise(rest.Contribution):
		return fmt.Sprintf("How far these mechanisms explain this outcome cannot be told: %s. Try more replications.", with)
	case e.Unexplained() > mostLeft:
		return fmt.Sprintf("These mechanisms do not explain this outcome: %s. Try others with --mechanisms; what none of them takes away is the direct effect of what differs between the two.", with)
	}
	return fmt.Sprintf("These mechanisms explain this outcome only in part: %s. Try others with --mechanisms.", with)
}

// mostText names the fewest parts, up to three, that surely make more than
// half of the difference.
func mostText(e *experiment.Explanation) string {
	var made []int
	var names []string
	for _, i := range bySize(e, len(e.Parts)) {
		p := e.Parts[i]
		if !(p.Share.Low > 0) || len(made) == 3 {
			continue
		}
		made, names = append(made, i), append(names, fmt.Sprintf("%s, %s or %s of it", partOf(e, i).Label, signed(p.Contribution), shareCell(p.Share)))
		switch share := e.ShareOf(made...); {
		case share.Low > 1:
			return fmt.Sprintf("%s: more than all of that, which others partly make up for.", tell.Capital(strings.Join(names, " and ")))
		case share.Low > 0.5:
			return fmt.Sprintf("Most of that is %s.", strings.Join(names, " and "))
		}
	}
	return "What makes most of that cannot be told; parts of it that can be told: " + cmp.Or(strings.Join(names, " and "), "none") + "."
}

// explainMethod says how the difference was divided.
func explainMethod(e *experiment.Explanation) []string {
	how := fmt.Sprintf("Both variants ran with each of the %d combinations of the %d mechanisms switched off, ", 1<<len(e.Players), len(e.Players))
	if e.Orders() > 0 {
		how = fmt.Sprintf("Both variants ran with the %d mechanisms switched on one by one in %d sampled orders, each second one the reverse of the one before, ", len(e.Players), e.Orders())
	}
	return []string{
		how + fmt.Sprintf("%d times each, on the same luck, %s. A combination is worth the difference between the variants that is there with only these mechanisms on. The contribution of a mechanism is its Shapley value: what it adds when it is switched on, as a mean over all orders. Contributions and what remains with all switched off (“everything else”) add up to the difference.", e.Plan.Replications, e.Measure.Method),
		"Intervals are 95 % intervals, each for itself, of a bootstrap: whole replications are drawn with replacement, the same for all combinations, and everything is worked out anew. They cover the luck of the draw and, where orders were sampled, that too; not the uncertainty of the assumptions.",
		"Switching off is a question to the model, not a policy: a group without joint hours does not exist. Which mechanisms are among those divided matters too; what is not stays on throughout.",
	}
}

func (r *Results) writeExplanation(e *experiment.Explanation) error {
	columns := []store.Column{
		textColumn("part", "mechanism; rest: what remains with all switched off; difference: the whole"),
		textColumn("quantity", "contribution: Shapley value; share: of the difference, missing when that might be none; alone: the part of the difference that goes with this one only switched off"),
		numberColumn("estimate", cmp.Or(ofDifferences(e.Measure), "1")+"; shares: 1", ""),
		numberColumn("low", "of the estimate", "lower end of its 95 % interval"),
		numberColumn("high", "of the estimate", "upper end of its 95 % interval"),
	}
	doc := fmt.Sprintf("%s (%s): the parts of the difference between %s and %s", e.Measure.Name, e.Measure.Label, e.A.Name, e.B.Name)
	return r.writeTable(store.Table{Name: "explanation", Doc: doc, Columns: columns}, func(put func(...any)) {
		for i, p := range e.Parts {
			name := partOf(e, i).Name
			put(name, "contribution", p.Contribution)
			put(name, "share", p.Share)
			put(name, "alone", p.Alone)
		}
		put("difference", "contribution", e.Total)
	})
}
