package plots

import (
	"fmt"
	"strings"

	"epgsim/sim/analysis"
)

// DealsInput is what the figure of deals over time shows.
type DealsInput struct {
	Forms []FormBand // one panel each, at most 6; all of the same length

	// ProjectYears is when the project ends, in years; 0 draws no line.
	ProjectYears float64

	// By is what the forms differ in; "" is the organisational form.
	By string
}

// FormBand is a weekly distribution over groups for one form.
type FormBand struct {
	Form Form

	// Band holds, for week t at index t, the quantiles over groups of the
	// first deals with new customers so far (number per group, cumulative).
	// P05, P25, P50, P75 and P95 are used; NaN leaves a gap.
	Band analysis.Band
}

// DealsOverTime draws how deals with new customers add up, one panel per
// form on shared axes: the median with the middle half and 90 % of groups.
func DealsOverTime(in DealsInput) (*Figure, error) {
	n, err := checkFormBands("deals over time", in.Forms)
	if err != nil {
		return nil, err
	}
	if in.ProjectYears != 0 {
		if err := checkYears("deals over time: project", in.ProjectYears); err != nil {
			return nil, err
		}
	}
	title := "Deals with new customers since the project’s start" + byWhat(in.By, len(in.Forms))
	cols := columns(len(in.Forms))
	rows := (len(in.Forms) + cols - 1) / cols
	f := newFigure("deals-over-time", title, 84+158*float64(rows))
	f.Alt, f.Caption = in.alt(n), in.caption(n)
	f.draw = func(p pen, r rect) {
		r = p.header(r, title, "Cumulative number of first deals per group; printed: the median when the project ends and at the end of the chart", keyFan("groups", in.ProjectYears))
		in.drawPanels(p, r, n, rows, cols)
	}
	return f, nil
}

func (in DealsInput) drawPanels(p pen, r rect, n, rows, cols int) {
	var seen span
	for _, fb := range in.Forms {
		seen.add(fb.Band.P05...)
		seen.add(fb.Band.P95...)
	}
	y := fromZeroCount(seen)
	r.x0 += gutter(y)
	room := in.room()
	for i, tile := range r.inset(0, 0, room, 0).tiles(rows, cols, room+10, 10)[:len(in.Forms)] {
		fb := in.Forms[i]
		g := panel{pen: p, x: yearAxis(horizon(n), 6), y: y, r: tile.inset(0, footX(true), 0, 30)}
		p.formTitle(tile.x0, tile.y1-9, tile.w(), fb.Form)
		g.frame(true, i%cols == 0)
		if i%cols == 0 {
			g.unit("deals per group", gutter(y))
		}
		if i+cols >= len(in.Forms) { // nothing below it
			p.xTitle(g.r, "years since start")
		}
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
	end := weekAt(in.ProjectYears, k+1)
	if end < 0 || !g.inX(xs[end]) || q.x-g.px(xs[end]) < 24 {
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
	var parts []string
	for _, fb := range in.Forms {
		s := fb.Form.name() + ": "
		if t := weekAt(in.ProjectYears, n); t >= 0 {
			s += fmt.Sprintf("median %s deals when the project ends (90 %% of groups %s to %s), ",
				sig(fb.Band.P50[t]), sig(fb.Band.P05[t]), sig(fb.Band.P95[t]))
		}
		s += fmt.Sprintf("median %s after %s (90 %% of groups %s to %s)", sig(fb.Band.P50[n-1]),
			years(horizon(n)), sig(fb.Band.P05[n-1]), sig(fb.Band.P95[n-1]))
		parts = append(parts, s)
	}
	return "Small line charts of cumulative first deals with new customers, one per form, on the same axes. " +
		strings.Join(parts, "; ") + "."
}

// caption says how many deals the middle group has when the project ends, and
// how far groups differ.
func (in DealsInput) caption(n int) string {
	t, when := weekAt(in.ProjectYears, n), "when the project ends"
	if t < 0 {
		t, when = n-1, "after "+years(horizon(n))
	}
	var parts []string
	most, widest := 0.0, ""
	for _, fb := range in.Forms {
		b := fb.Band
		if !finite(b.P50[t]) {
			continue
		}
		s := sig(b.P50[t])
		if len(in.Forms) > 1 {
			s += " with " + fb.Form.inText()
		}
		parts = append(parts, s)
		if d := b.P95[t] - b.P05[t]; finite(d) && d > most {
			most, widest = d, fmt.Sprintf("luck alone spreads nine in ten groups over %s to %s deals", sig(b.P05[t]), sig(b.P95[t]))
			if len(in.Forms) > 1 {
				widest = "with " + fb.Form.inText() + " " + widest
			}
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return sentences(when+" the group in the middle has won this many new customers: "+strings.Join(parts, ", "), widest)
}

// checkFormBands wants one to six forms with bands of the same length, and
// returns that length.
func checkFormBands(what string, forms []FormBand) (int, error) {
	if err := checkCount(what+": forms", len(forms), 6); err != nil {
		return 0, err
	}
	n := len(forms[0].Band.P50)
	for i, fb := range forms {
		w := fmt.Sprintf("%s: form %d (%s)", what, i+1, fb.Form.name())
		if err := fb.Form.check(w); err != nil {
			return 0, err
		}
		if err := checkQuantiles(w, fb.Band, n); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// columns is how many panels stand side by side.
func columns(n int) int {
	if n <= 4 {
		return n
	}
	return 3
}
