package plots

import (
	"fmt"
	"strings"

	"epgsim/sim/analysis"
)

// DealsInput is what the figure of deals over time shows.
type DealsInput struct {
	Words

	Forms []DealsForm // at most 12, with a panel each

	// ProjectYears is when the project ends, in years, within the bands.
	ProjectYears float64

	// By is what the forms differ in; "" is the organisational form.
	By string
}

// DealsForm is one form.
type DealsForm struct {
	Form Form

	// AtLeast has, at index k, the share (0..1) of groups with at least k+1
	// deals with new customers: Mean with its 95 % interval Low, High, for week t
	// at index t. The quantiles are not used. At most 4, as many for each form,
	// and of the same length.
	AtLeast []analysis.Band
}

func (in DealsInput) ok() bool {
	return some(in.Forms, MostVariants) && every(in.Forms, func(f DealsForm) bool {
		first := in.Forms[0].AtLeast
		return some(f.AtLeast, 4) && len(f.AtLeast) == len(first) && every(f.AtLeast, func(b analysis.Band) bool {
			n := len(first[0].Mean)
			return hasMean(b, n) && areShares(b.Mean...) && endsWithin(in.ProjectYears, n)
		})
	})
}

// DealsOverTime draws the share of groups with at least one deal with a new
// customer, at least two and so on, one panel per form on shared axes.
func DealsOverTime(in DealsInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("deals over time")
	}
	f := Figure{
		words: in.Words,
		Name:  "deals-over-time", Title: in.title() + in.byWhat(in.By, len(in.Forms)),
		Alt: in.alt(), Caption: in.caption(), sub: in.say(termDealsSub),
	}
	for k := range in.Forms[0].AtLeast {
		f.key = append(f.key, keyLine(in.say(termDeals, in.deals(k+1)), dealsStroke(look{fill: ink, ink: ink}, k)))
	}
	f.key = append(f.key, keyEnd(in.say(termEnds, in.inYears(in.ProjectYears))))
	m := multiples{least: 98, most: 320, body: 76, shared: true, right: textWidth("100"+nbsp+"%", sizeTick, false) + 2,
		unit: in.say(termDealsUnit), along: in.say(termYears)}
	x := wholeYears(horizon(len(in.Forms[0].AtLeast[0].Mean)), 5)
	for _, form := range in.Forms {
		s := in.listed(mapped(form.atWeek(weekAt(in.ProjectYears)), func(iv analysis.Interval) string { return pct(iv.Estimate) }))
		m.tiles = append(m.tiles, tile{form: &form.Form, notes: []string{in.say(termByYear, s, sig(in.ProjectYears))},
			x: x, y: percentAxis(0, 25, 50, 75, 100), data: func(g panel) { in.panel(g, form) }})
	}
	return m.figure(f), nil
}

// title is what is shown: all numbers of deals.
func (in DealsInput) title() string {
	var ks []string
	n := len(in.Forms[0].AtLeast)
	for k := 1; k < n; k++ {
		ks = append(ks, fmt.Sprint(k))
	}
	return in.say(termDealsTitle, in.and(append(ks, in.deals(n))))
}

// dealsStroke is the line of at least k+1 deals: the more, the paler.
func dealsStroke(c look, k int) stroke {
	return stroke{col: c.fill.tint(max(0.35, 1-0.28*float64(k))), width: widthData, dash: [][]float64{nil, {6, 1.8}, {3, 1.5}, {1.5, 1.5}}[k]}
}

// atWeek are the shares of a form at week t, one for each number of deals.
func (f DealsForm) atWeek(t int) []analysis.Interval {
	return mapped(f.AtLeast, func(b analysis.Band) analysis.Interval { return at(b, t) })
}

// panel draws a form's lines and, beside them, the shares at their ends.
func (in DealsInput) panel(g panel, f DealsForm) {
	c := f.Form.look()
	g.projectEnd(in.ProjectYears)
	var ends []string
	var at, size []float64
	for k := len(f.AtLeast) - 1; k >= 0; k-- { // the most deals, the lowest line, first
		b := percentBand(f.AtLeast[k])
		xs := weeks(len(b.Mean))
		g.band(xs, b.Low, b.High, c.fill.alpha(alphaOuter))
		g.curve(xs, b.Mean, dealsStroke(c, k))
		if v := b.Mean[len(b.Mean)-1]; finite(v) {
			ends, at, size = append(ends, pct(v/100)), append(at, g.py(v)), append(size, sizeTick+1)
		}
	}
	for k, y := range spread(at, size, g.r.y0-4, g.r.y1+5) {
		g.text(g.r.x1+3, mid(y, sizeTick), ends[k], letters{size: sizeTick, col: c.ink})
	}
}

// listed joins shares as in "78, 41 and 12 %".
func (w Words) listed(shares []string) string {
	for i := range shares[:len(shares)-1] {
		shares[i] = strings.TrimSuffix(shares[i], nbsp+"%")
	}
	return w.and(shares)
}

// caption says how many groups have a deal, and how many have several, when
// the project ends.
func (in DealsInput) caption() string {
	t, most := weekAt(in.ProjectYears), len(in.Forms[0].AtLeast)-1
	of := func(k int) string {
		return in.fewValues(mapped(in.Forms, func(f DealsForm) stand { return stand{f.Form, at(f.AtLeast[k], t)} }), pct)
	}
	first, several := of(0), of(most)
	if first == "" {
		return ""
	}
	if several != "" {
		several = in.say("at least %d: %s", most+1, several)
	}
	if most == 0 {
		several = ""
	}
	return sentences(in.say("when the project ends after %s, this share of groups has won a new customer: %s", in.inYears(in.ProjectYears), first), several)
}

func (in DealsInput) alt() string {
	n := len(in.Forms[0].AtLeast[0].Mean)
	say := func(ivs []analysis.Interval) string {
		return in.and(mapped(ivs, func(iv analysis.Interval) string { return in.value(iv, pct) }))
	}
	return described(in.say("Small line charts, one per form on the same axes, of the share of groups with at least so many deals with new customers, from 1 to %d, with 95 %% intervals. ", len(in.Forms[0].AtLeast)),
		in.Forms, "; ", func(f DealsForm) string {
			return in.say("%s: %s when the project ends after %s, %s after %s", f.Form.name(),
				say(f.atWeek(weekAt(in.ProjectYears))), in.inYears(in.ProjectYears), say(f.atWeek(n-1)), in.inYears(horizon(n)))
		})
}
