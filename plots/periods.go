package plots

import (
	"fmt"
	"math"
	"strings"

	"epgsim/sim/analysis"
)

// PeriodsInput is what the figure of value by project period shows.
type PeriodsInput struct {
	Years []float64     // project periods in years, ascending, e.g. 1 2 3 5 8
	Forms []PeriodsForm // at most 4

	// FollowUpYears is how long, in years, deals are still counted after the
	// project's end in Total; only named in the figure, 0 leaves it unnamed.
	FollowUpYears float64
}

// PeriodsForm is one form's value per group for each of Years.
type PeriodsForm struct {
	Form   Form
	Inside []analysis.Interval // k€ closed inside the project: mean, 95 % interval
	Total  []analysis.Interval // k€ closed inside it and in the follow-up
}

// PeriodsByForm draws, for projects of different length, the value closed
// inside the project and in all, per form, so that one sees where the order
// of the forms turns over.
func PeriodsByForm(in PeriodsInput) (*Figure, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	const title = "Value closed by projects of different length, by organisational form"
	f := newFigure("periods-by-form", title, 392, nil)
	f.Alt = in.alt()
	f.draw = func(p pen, r rect) {
		r = p.header(r, title, "Mean over groups; whiskers: 95"+nbsp+"% interval of the mean", nil)
		in.drawPanels(p, r)
	}
	return f, nil
}

func (in PeriodsInput) check() error {
	const what = "periods by form"
	if err := checkCount(what+": forms", len(in.Forms), 4); err != nil {
		return err
	}
	if err := checkCount(what+": periods", len(in.Years), 12); err != nil {
		return err
	}
	if err := ascending(what+": years", in.Years); err != nil {
		return err
	}
	if err := checkYears(what+": shortest period", in.Years[0]); err != nil {
		return err
	}
	for i, f := range in.Forms {
		w := fmt.Sprintf("%s: form %d (%s)", what, i+1, f.Form.name())
		if err := f.Form.check(w); err != nil {
			return err
		}
		if len(f.Inside) != len(in.Years) || len(f.Total) != len(in.Years) {
			return bad("%s: %d values inside and %d in all for %d periods", w, len(f.Inside), len(f.Total), len(in.Years))
		}
	}
	return checkYears(what+": longest period", in.Years[len(in.Years)-1])
}

func (in PeriodsInput) drawPanels(p pen, r rect) {
	after := "In all, with the years after it"
	if in.FollowUpYears > 0 {
		after = "In all, with " + years(in.FollowUpYears) + " after it"
	}
	panels := []struct {
		title string
		of    func(PeriodsForm) []analysis.Interval
	}{
		{"Closed inside the project", func(f PeriodsForm) []analysis.Interval { return f.Inside }},
		{after, func(f PeriodsForm) []analysis.Interval { return f.Total }},
	}
	var seen span
	for _, f := range in.Forms {
		for _, v := range append(f.Inside[:len(f.Inside):len(f.Inside)], f.Total...) {
			seen.add(v.Estimate, v.Low, v.High)
		}
	}
	y := fromZero(seen)
	left := gutter(y)
	right := max(labelRoom(in.labels(panels[0].of)), labelRoom(in.labels(panels[1].of))) + 6
	r.y0 += footX(true)
	for i, tile := range r.tiles(2, 1, 0, 8) {
		g := panel{pen: p, x: in.xAxis(), y: y, r: tile.inset(left, 8, right, 24)}
		t := p.text(tile.x0, g.r.y1+10, panels[i].title, letters{size: sizeLabel, bold: true, col: ink})
		p.text(t.x1+6, g.r.y1+10, "k€ per group", letters{size: sizeTick, col: muted})
		g.frame(i == 1, true)
		if i == 1 {
			p.xTitle(g.r, "length of the project, years")
		}
		in.drawForms(g, panels[i].of)
	}
}

// xAxis labels exactly the periods that were simulated, as far as there is
// room; the two ends keep a little distance from the frame.
func (in PeriodsInput) xAxis() axis {
	last := in.Years[len(in.Years)-1]
	a := axis{lo: 0, hi: last * 1.02, ticks: in.Years}
	for _, y := range in.Years {
		if y != math.Trunc(y) {
			a.decimals = 1
		}
	}
	for i := 1; i < len(in.Years); i++ {
		if (in.Years[i]-in.Years[i-1])/last < 0.06 { // labels would touch
			b := yearAxis(last, maxTicks)
			b.hi = a.hi
			return b
		}
	}
	return a
}

func (in PeriodsInput) labels(of func(PeriodsForm) []analysis.Interval) []endLabel {
	out := make([]endLabel, len(in.Forms))
	for i, f := range in.Forms {
		out[i] = formLabel(f.Form, point{}, keur(of(f)[len(in.Years)-1].Estimate))
	}
	return out
}

// drawForms draws the lines, then whiskers and signs over all of them. The
// forms stand a few points apart, so that none hides another's interval.
func (in PeriodsInput) drawForms(g panel, of func(PeriodsForm) []analysis.Interval) {
	labels := in.labels(of)
	place := func(i int) (xs, ys []float64) {
		shift := (float64(i) - float64(len(in.Forms)-1)/2) * 5 / g.r.w() * (g.x.hi - g.x.lo)
		for k, v := range of(in.Forms[i]) {
			xs, ys = append(xs, in.Years[k]+shift), append(ys, v.Estimate)
		}
		return xs, ys
	}
	for i, f := range in.Forms {
		c := f.Form.look()
		xs, ys := place(i)
		g.curve(xs, ys, stroke{col: c.fill, width: widthData, dash: c.dash})
	}
	for i, f := range in.Forms {
		c := f.Form.look()
		xs, ys := place(i)
		for k, v := range of(f) {
			g.whisker(xs[k], v.Low, v.High, stroke{col: c.ink, width: 0.9})
			g.marker(g.pt(xs[k], ys[k]), c.mark, 2.3, c.fill)
		}
		labels[i].at = point{math.NaN(), math.NaN()}
		if k := last(ys); k >= 0 {
			labels[i].at = g.pt(xs[k], ys[k])
		}
	}
	g.endLabels(g.r.x1+6, g.r.y0, g.r.y1+4, labels)
}

func (in PeriodsInput) alt() string {
	first, end := 0, len(in.Years)-1
	var parts []string
	for _, f := range in.Forms {
		parts = append(parts, fmt.Sprintf("%s closes %s inside a project of %s and %s inside one of %s; with the years after it %s and %s",
			f.Form.name(), keur(f.Inside[first].Estimate), years(in.Years[first]), keur(f.Inside[end].Estimate), years(in.Years[end]),
			keur(f.Total[first].Estimate), keur(f.Total[end].Estimate)))
	}
	s := "Two line charts of value closed per group by length of the project, one line per form with 95 % intervals: " + strings.Join(parts, ". ") + "."
	var best []string
	for k, y := range in.Years {
		if b := in.best(k); b != "" {
			best = append(best, years(y)+": "+b)
		}
	}
	if len(best) > 0 {
		s += " Most value inside the project, by length: " + strings.Join(best, ", ") + "."
	}
	return s
}

// best names the form with the most value inside a project of period k.
func (in PeriodsInput) best(k int) string {
	name, most := "", math.Inf(-1)
	for _, f := range in.Forms {
		if v := f.Inside[k].Estimate; finite(v) && v > most {
			name, most = f.Form.name(), v
		}
	}
	return name
}
