package plots

import (
	"fmt"
	"math"

	"epgsim/sim/analysis"
)

// PoliciesInput is what a public euro brings under each policy of a programme.
type PoliciesInput struct {
	Words

	Rows         []PolicyRow // in any order; at most 24
	HorizonYears float64     // up to when, in years after the start, exports are counted
	Programmes   int         // that were drawn
	Finding      string      // what may surely be said, as a title; "" is nothing
}

// PolicyRow is one policy.
type PolicyRow struct {
	Policy  string
	PerEuro analysis.Interval // further exports per public euro, €/€, over all programmes, with its 95 % interval
	Values  []float64         // the same of each programme
	Close   bool              // not told from the best
}

// Policies draws the further exports per public euro by policy, the best first:
// the estimate with its interval, and how programmes differ.
func Policies(in PoliciesInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("policies")
	}
	in.Rows = ranked(in.Rows, func(row PolicyRow) float64 { return row.PerEuro.Estimate })
	c := rowChart{heads: [][2]string{{in.say("€ per"), in.say("public €")}}, title: in.say("€ of further exports per public €")}
	u := roundingOf(in.Rows, func(row PolicyRow) float64 { return row.PerEuro.Estimate })
	var seen span
	seen.add(0)
	for _, row := range in.Rows {
		seen.add(row.Values...)
		seen.interval(row.PerEuro)
		c.add(Factor{Label: row.Policy, Name: row.Policy}, false, row.told(), row.draw, when(row.Close, "~ ")+u.text(row.PerEuro.Estimate))
	}
	c.x = newAxis(seen.lo, seen.hi, 5)
	f := Figure{
		words: in.Words,
		Name:  "policies", Title: in.say("What a public euro brings, by policy"), Caption: in.caption(u),
		Alt: fmt.Sprintf("Dot chart of further exports per public euro by policy over %d programmes, with 95 %% intervals, the best first. ", in.Programmes),
		sub: in.say("Exports beyond those of the same firms without the group, counted to the end of year %s, of all funded groups, per euro that the public paid", sig(in.HorizonYears)),
		key: []keyItem{
			keyEstimate(in.say("over all programmes, 95 % interval"), markCircle, senseDot),
			keyQuantiles(in.say("90 % of programmes, middle half"), true, false),
		},
	}
	return c.figure(f).Headed(in.Finding), nil
}

func (in PoliciesInput) ok() bool {
	return some(in.Rows, mostRows) && isTime(in.HorizonYears) && every(in.Rows, func(row PolicyRow) bool {
		return known(row.PerEuro) && len(row.Values) == in.Programmes && every(row.Values, finite)
	})
}

func (row PolicyRow) quantiles() []float64 {
	return analysis.Quantiles(row.Values, 0.05, 0.25, 0.75, 0.95)
}

func (row PolicyRow) draw(g panel) {
	q := row.quantiles()
	g.quantileBar(g.r.my(), [5]float64{g.px(q[0]), g.px(q[1]), math.NaN(), g.px(q[2]), g.px(q[3])})
	g.dot(g.r.my(), row.PerEuro, markCircle, senseDot)
}

func (in PoliciesInput) caption(u rounding) string {
	first, last := in.Rows[0], in.Rows[len(in.Rows)-1]
	close := firstFew(in.Rows[1:], len(in.Rows), func(row PolicyRow) bool { return row.Close }, func(row PolicyRow) string { return "“" + row.Policy + "”" })
	q := first.quantiles()
	return sentences(
		fmt.Sprintf("a public euro brings most under “%s”, %s€", first.Policy, u.text(first.PerEuro.Estimate)),
		when(len(in.Rows) > 1, "it brings least under “%s”, %s€", last.Policy, u.text(last.PerEuro.Estimate)),
		named(close, "not told from the best (~): ", ""),
		fmt.Sprintf("from programme to programme the first varies by who applies and by luck: from %s to %s€ in nine of ten", u.text(q[0]), u.text(q[3])))
}

func (row PolicyRow) told() string {
	q := row.quantiles()
	return fmt.Sprintf("%s, 90 %% of programmes from %s to %s", told(row.PerEuro, threeFigures), threeFigures(q[0]), threeFigures(q[3]))
}
