package plots

import (
	"fmt"
	"strings"

	"epgsim/sim/analysis"
)

// DealsInput is what the figure of deals over time shows.
type DealsInput struct {
	// Forms have a panel each, at most 4, with bands of the same length: for
	// week t at index t, the quantiles over groups of the first deals with new
	// customers so far (number per group, cumulative), P05, P25, P50, P75 and P95.
	Forms []FormBand

	// ProjectYears is when the project ends, in years, within the bands.
	ProjectYears float64

	// By is what the forms differ in; "" is the organisational form.
	By string
}

// FormBand is what the groups of one form have over time; NaN leaves a gap.
type FormBand struct {
	Form Form
	Band analysis.Band
}

// DealsOverTime draws how deals with new customers add up, one panel per
// form on shared axes: the median with the middle half and 90 % of groups.
func DealsOverTime(in DealsInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("deals over time")
	}
	n := len(in.Forms[0].Band.P50)
	return &Figure{
		Name:  "deals-over-time",
		Title: "Deals with new customers since the project’s start" + byWhat(in.By, len(in.Forms)),
		Alt:   in.alt(n), Caption: in.caption(),
		sub:    "Cumulative number of first deals per group; printed: the median when the project ends and at the end of the chart",
		key:    keyFan("groups", in.ProjectYears),
		height: 242, draw: in.draw,
	}, nil
}

func (in DealsInput) ok() bool {
	return some(in.Forms, 4) && every(in.Forms, func(fb FormBand) bool {
		n := len(in.Forms[0].Band.P50)
		return hasQuantiles(fb.Band, n) && endsWithin(in.ProjectYears, n)
	})
}

func (in DealsInput) draw(p pen, r rect) {
	var seen span
	for _, fb := range in.Forms {
		seen.add(fb.Band.P05...)
		seen.add(fb.Band.P95...)
	}
	y := fromZero(seen)
	y = axisOf(y.lo, y.hi, maxTicks, true)
	r.x0 += gutter(y)
	room := in.room()
	for i, tile := range r.inset(0, 0, room, 0).tiles(1, len(in.Forms), room+10, 0) {
		fb := in.Forms[i]
		n := len(fb.Band.P50)
		g := panel{pen: p, x: yearAxis(horizon(n), 6), y: y, r: tile.inset(0, footX(true), 0, 30)}
		p.formTitle(tile.x0, tile.y1-9, tile.w(), fb.Form)
		g.framed("years since start", "deals per group", i == 0)
		g.fan(weeks(n), fb.Band, fb.Form.look())
		g.projectEnd(in.ProjectYears)
		in.values(g, fb, weeks(n))
	}
}

// room is the width that the printed medians need to the right of a panel.
func (in DealsInput) room() float64 {
	w := 8.0
	for _, fb := range in.Forms {
		if k := last(fb.Band.P50); k >= 0 {
			w = max(w, textWidth(sig(fb.Band.P50[k]), sizeTick, true))
		}
	}
	return w + 8
}

// values prints the median at the project's end and at the end of the panel.
func (in DealsInput) values(g panel, fb FormBand, xs []float64) {
	c := fb.Form.look()
	words := letters{size: sizeTick, bold: true, col: c.ink}
	k := last(fb.Band.P50)
	if k < 0 {
		return
	}
	q := g.pt(xs[k], fb.Band.P50[k])
	g.marker(q, c.mark, 2.6, c.ink)
	g.text(q.x+6, mid(q.y, words.size), sig(fb.Band.P50[k]), words)
	end := weekAt(in.ProjectYears)
	if end > k || q.x-g.px(xs[end]) < 24 {
		return
	}
	q = g.pt(xs[end], fb.Band.P50[end])
	s := sig(fb.Band.P50[end])
	w := textWidth(s, words.size, true)
	if !q.ok() || q.x-w-9 < g.r.x0 {
		return
	}
	g.rect(white.alpha(215), rect{q.x - w - 8, q.y + 2, q.x - 3, q.y + 12})
	words.align = 1
	g.marker(q, c.mark, 2.6, c.ink)
	g.text(q.x-5, q.y+4, s, words)
}

func (in DealsInput) alt(n int) string {
	return described("Small line charts of cumulative first deals with new customers, one per form, on the same axes. ", in.Forms, "; ", func(fb FormBand) string {
		t := weekAt(in.ProjectYears)
		return fmt.Sprintf("%s: median %s deals when the project ends %s, median %s after %s %s", fb.Form.name(),
			sig(fb.Band.P50[t]), nineInTen(fb.Band, t), sig(fb.Band.P50[n-1]), years(horizon(n)), nineInTen(fb.Band, n-1))
	})
}

// nineInTen says for alternative texts between what all but few groups lie.
func nineInTen(b analysis.Band, t int) string {
	return "(90 % of groups " + sig(b.P05[t]) + " to " + sig(b.P95[t]) + ")"
}

// caption says how many deals the middle group has when the project ends, and
// how far groups differ.
func (in DealsInput) caption() string {
	t, most, widest := weekAt(in.ProjectYears), 0.0, ""
	several := len(in.Forms) > 1
	parts := each(in.Forms, func(fb FormBand) string {
		b := fb.Band
		if !finite(b.P50[t]) {
			return ""
		}
		with := ""
		if several {
			with = "with " + fb.Form.inText()
		}
		if d := b.P95[t] - b.P05[t]; finite(d) && d > most {
			most, widest = d, fmt.Sprintf("%s luck alone spreads nine in ten groups over %s to %s deals", with, sig(b.P05[t]), sig(b.P95[t]))
		}
		return joined(sig(b.P50[t]), " ", with)
	})
	if len(parts) == 0 {
		return ""
	}
	return sentences("when the project ends the group in the middle has won this many new customers: "+strings.Join(parts, ", "), widest)
}
