package plots

import (
	"fmt"
	"slices"

	"epgsim/sim/analysis"
)

// RulesInput is what each policy of a programme is worth against the first.
type RulesInput struct {
	Words

	Against string    // the first policy
	Rows    []RuleRow // in any order; at most 24
	Finding string    // what may surely be said, as a title; "" is nothing
}

// RuleRow is one policy.
type RuleRow struct {
	Policy  string
	Benefit analysis.Interval // net benefit of a programme more than under the first policy, k€, with an interval that holds together with the others
	PerEuro analysis.Interval // the same of further exports per public euro, €/€
}

func (row RuleRow) noise() bool { return analysis.Noise(row.Benefit) }

// Rules draws what each rule is worth against the first policy, the best first.
func Rules(in RulesInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("rules")
	}
	in.Rows = ranked(in.Rows, func(row RuleRow) float64 { return row.Benefit.Estimate })
	c := rowChart{
		heads: [][2]string{{in.say("k€ a"), in.say("programme")}, {in.say("€ per"), in.say("public €")}}, zero: "“" + in.Against + "”",
		title: in.say("Net benefit of a programme more than under that policy, k€"), guides: true,
	}
	u := roundingOf(in.Rows, func(row RuleRow) float64 { return row.Benefit.Estimate })
	euros := roundingOf(in.Rows, func(row RuleRow) float64 { return row.PerEuro.Estimate })
	var seen span
	seen.add(0)
	for _, row := range in.Rows {
		seen.interval(row.Benefit)
		c.add(Factor{Label: row.Policy, Name: row.Policy}, row.noise(), told(row.Benefit, whole)+" k€ a programme, "+told(row.PerEuro, threeFigures)+" € per public euro",
			func(g panel) { g.fromZero(row.Benefit, row.noise()) },
			u.signed(row.Benefit.Estimate, row.noise()), euros.signed(row.PerEuro.Estimate, analysis.Noise(row.PerEuro)))
	}
	c.axis = func(width float64) axis { return rulesAxis(seen, width) }
	f := Figure{
		words: in.Words,
		Name:  "rules", Title: in.say("What each rule is worth"), Caption: in.caption(u),
		Alt: fmt.Sprintf("Dot chart of what policies are worth against “%s”, the best first. ", in.Against),
		sub: in.say("In pairs on the same applicants and luck; net benefit is the margin on further exports, less public cost, less what the SMEs pay more than alone"),
		key: []keyItem{keyEstimate(in.say("estimate, intervals that hold together at 95 %; ~ not told apart"), markCircle, senseDot)},
	}
	return c.figure(f).Headed(in.Finding), nil
}

// rulesAxis is the axis of data so wide: with room for the caps of intervals, and
// without labels that would reach over the edge of a column.
func rulesAxis(seen span, width float64) axis {
	room := 0.02 * (seen.hi - seen.lo)
	x := newAxis(seen.lo-room, seen.hi+room, 5)
	x.ticks = slices.DeleteFunc(x.ticks, func(t float64) bool {
		half := textWidth(x.label(t), sizeTick, false) / 2
		at := x.at(t, 0, width)
		return at < half-margin || at > width-half+margin
	})
	return x
}

func (in RulesInput) ok() bool {
	return some(in.Rows, mostRows) && every(in.Rows, func(row RuleRow) bool { return known(row.Benefit, row.PerEuro) })
}

func (in RulesInput) caption(u rounding) string {
	surely := func(sign float64) []string {
		return firstFew(in.Rows, 3, func(row RuleRow) bool { return !row.noise() && sign*row.Benefit.Estimate > 0 },
			func(row RuleRow) string {
				return fmt.Sprintf("“%s” (%s k€)", row.Policy, u.signed(row.Benefit.Estimate, false))
			})
	}
	more, less := surely(1), surely(-1)
	noise := number(in.Rows, RuleRow.noise)
	return sentences(
		named(more, "surely worth more than “"+in.Against+"”: ", ""),
		named(less, "surely worth less: ", ""),
		when(noise > 0, "%d of %d cannot be told from “%s” (~)", noise, len(in.Rows), in.Against),
		"amounts are of one programme")
}
