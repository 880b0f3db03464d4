package plots

import (
	"fmt"
	"math"
	"strings"

	"epgsim/sim/analysis"
)

// HeadlineInput is what the headline figure shows: how much value groups have
// closed when a project of a given length ends, and how much is still to come.
type HeadlineInput struct {
	Forms []HeadlineForm // at most 4, drawn from left to right

	// Years is the common grid of all curves in years since the project's
	// start, ascending from 0 or more; weekly points are fine. The last one
	// is the horizon whose value counts as 100 %.
	Years []float64

	// ProjectYears is when the project ends, in years: "the music stops".
	ProjectYears float64
}

// HeadlineForm is one form's share in the headline.
type HeadlineForm struct {
	Form Form

	// Value is the cumulative value closed per group in k€ at each of Years:
	// Mean and its 95 % interval Low, High (NaN: no interval). The quantiles
	// are not used.
	Value analysis.Band

	// Closed is the share (0..1) of the horizon's value that is closed at
	// ProjectYears, with its 95 % interval. It is printed as it is, so it
	// should be the ratio that Value.Mean shows.
	Closed analysis.Interval
}

func (in HeadlineInput) check() error {
	if err := checkCount("headline: forms", len(in.Forms), 4); err != nil {
		return err
	}
	if len(in.Years) < 2 {
		return bad("headline: the grid of years needs two points or more, has %d", len(in.Years))
	}
	if err := ascending("headline: years", in.Years); err != nil {
		return err
	}
	if err := checkYears("headline: horizon", in.horizon()); err != nil {
		return err
	}
	if err := checkYears("headline: project", in.ProjectYears); err != nil {
		return err
	}
	if in.ProjectYears > in.horizon() {
		return bad("headline: the project (%v years) outlasts the grid (%v years)", in.ProjectYears, in.horizon())
	}
	for i, f := range in.Forms {
		what := fmt.Sprintf("headline: form %d (%s)", i+1, f.Form.name())
		if err := f.Form.check(what); err != nil {
			return err
		}
		if err := checkMean(what, f.Value, len(in.Years)); err != nil {
			return err
		}
		if v := f.Closed.Estimate; finite(v) && (v < -1e-9 || v > 1+1e-9) {
			return bad("%s: a share of %v closed is not within 0..1", what, v)
		}
	}
	return nil
}

func (in HeadlineInput) horizon() float64 { return in.Years[len(in.Years)-1] }

// Headline draws the project's first picture: lines of cumulative value in k€
// per form, the line at which the music stops, and below, form by form, how
// much of the horizon's value was closed by then and how much was still to
// come.
func Headline(in HeadlineInput) (*Figure, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	title := fmt.Sprintf("What a project of %s sees of the value its group closes in %s",
		years(in.ProjectYears), years(in.horizon()))
	f := newFigure("headline", title, 452, nil)
	f.Alt = in.alt()
	f.draw = func(p pen, r rect) {
		r = p.header(r, title, "Cumulative value closed per group, mean over groups; shaded around each line: 95"+nbsp+"% interval of the mean", nil)
		top, rest := r.cutTop(212)
		in.drawLines(p, top.inset(0, 8, 0, 0))
		in.drawShares(p, rest)
	}
	return f, nil
}

func (in HeadlineInput) alt() string {
	var parts []string
	for _, f := range in.Forms {
		parts = append(parts, fmt.Sprintf("%s has closed %s of it (95 %% interval %s), %s of %s",
			f.Form.name(), pct(f.Closed.Estimate), pctRange(f.Closed.Low, f.Closed.High),
			keur(interpolate(in.Years, f.Value.Mean, in.ProjectYears)), keur(f.Value.Mean[len(in.Years)-1])))
	}
	return fmt.Sprintf("Line chart of cumulative value closed per group over %s, with a line where the project ends after %s. "+
		"By then, of the value closed within %s: %s. Below, one small chart per form shades what is closed by then and hatches what is still to come.",
		years(in.horizon()), years(in.ProjectYears), years(in.horizon()), strings.Join(parts, "; "))
}

// drawLines is the wide panel in k€.
func (in HeadlineInput) drawLines(p pen, area rect) {
	var seen span
	for _, f := range in.Forms {
		seen.add(f.Value.Mean...)
		seen.add(f.Value.Low...)
		seen.add(f.Value.High...)
	}
	g := panel{pen: p, y: fromZero(seen), x: yearAxis(in.horizon(), 11)}
	labels := make([]endLabel, len(in.Forms))
	for i, f := range in.Forms {
		k := last(f.Value.Mean)
		v := math.NaN()
		if k >= 0 {
			v = f.Value.Mean[k]
		}
		labels[i] = formLabel(f.Form, point{}, keur(v)+" by year "+sig(in.horizon()))
	}
	left := gutter(g.y)
	g.r = area.inset(left, footX(true), labelRoom(labels), 27)
	g.frame(true, true)
	p.xTitle(g.r, "years since the project’s start")
	for _, f := range in.Forms {
		g.band(in.Years, f.Value.Low, f.Value.High, f.Form.look().fill.alpha(alphaOuter))
	}
	for i, f := range in.Forms {
		c := f.Form.look()
		g.curve(in.Years, f.Value.Mean, stroke{col: c.fill, width: 2, dash: c.dash})
		labels[i].at = point{math.NaN(), math.NaN()}
		if k := last(f.Value.Mean); k >= 0 {
			labels[i].at = g.pt(in.Years[k], f.Value.Mean[k])
		}
	}
	g.endLabels(g.r.x1, g.r.y0, g.r.y1+8, labels)
	in.drawMusic(g, left)
}

// drawMusic draws and names the project's end, and the unit of the y axis,
// each clear of the other.
func (in HeadlineInput) drawMusic(g panel, left float64) {
	x, y := g.px(in.ProjectYears), g.r.y1+8
	const unit = "value closed, k€ per group"
	words := letters{size: sizeLabel, bold: true, col: ink}
	label := "the music stops here (" + years(in.ProjectYears) + ")"
	end := stroke{col: ink, width: 1.2, dash: []float64{3.5, 2}}
	g.line(end, point{x, g.r.y0}, point{x, y + 6})
	above := g
	if x < g.r.x0-left+textWidth(unit, sizeTick, false)+8 {
		above.r.y1 += 13 // a short project: the line would cut the unit
	}
	above.unit(unit, left)
	if x+4+textWidth(label, words.size, words.bold) > g.r.x1 {
		x, words.align = x-8, 1 // a long one: to the left of the line
	}
	g.text(x+4, y, label, words)
}

// drawShares is the row of small multiples, in per cent of the horizon.
func (in HeadlineInput) drawShares(p pen, area rect) {
	line, rest := area.cutTop(16)
	p.text(line.x0, line.y0+5, fmt.Sprintf("The same, as a share of what each form closes in %s", years(in.horizon())),
		letters{size: sizeLabel, bold: true, col: ink})
	axis := newAxis(0, 100, 3)
	axis.hi, axis.percent = 104, true
	rest.x0 += gutter(axis)
	tiles := rest.tiles(1, len(in.Forms), 16, 0)
	wide := tiles[0].w() > 130
	head := 62.0
	if wide {
		head = 46
	}
	for i, tile := range tiles {
		head, body := tile.cutTop(head)
		g := panel{pen: p, x: yearAxis(in.horizon(), 5), y: axis, r: body.inset(0, footX(true), 0, 4)}
		in.shareHead(p, head, in.Forms[i], wide)
		in.shareBody(g, in.Forms[i], i == 0)
	}
	p.xTitle(rest.inset(0, footX(true), 0, 0), "years since the project’s start")
}

// shareHead writes the big number with its caption, beside it where there is
// room and below it where there is not.
func (in HeadlineInput) shareHead(p pen, r rect, f HeadlineForm, wide bool) {
	p.formTitle(r.x0, r.y1-10, r.w(), f.Form)
	caption := letters{size: sizeTick, col: ink}
	note := letters{size: sizeNote, col: muted}
	x, y := r.x0, r.y0+14
	number := letters{size: 24, bold: true, col: f.Form.look().ink}
	if wide {
		x = p.text(x, r.y0+8, pct(f.Closed.Estimate), number).x1 + 7
	} else {
		p.text(x, r.y0+27, pct(f.Closed.Estimate), number)
	}
	s := "95" + nbsp + "% interval " + pctRange(f.Closed.Low, f.Closed.High)
	if !finite(f.Closed.Low) || !finite(f.Closed.High) {
		s = "no interval"
	}
	p.text(x, y+3, "closed by year "+sig(in.ProjectYears), caption)
	p.text(x, y-6, fit(s, r.x1+12-x, note.size, false), note)
}

// shareBody fills what is closed at the project's end and hatches the rest.
func (in HeadlineInput) shareBody(g panel, f HeadlineForm, yLabels bool) {
	g.frame(true, yLabels)
	c := f.Form.look()
	whole := f.Value.Mean[len(in.Years)-1]
	if !(whole > 0) {
		g.projectEnd(in.ProjectYears)
		g.plated(g.r.mx(), g.r.my()+6, "nothing closed", letters{size: sizeTick, col: muted, align: 0.5})
		return
	}
	before, after := splitAt(in.Years, f.Value.Mean, in.ProjectYears)
	for _, s := range [][]float64{before.y, after.y} {
		for i := range s {
			s[i] *= 100 / whole
		}
	}
	level := after.y[0]
	g.band(before.x, make([]float64, len(before.x)), before.y, c.fill)
	zero, flat, top := make([]float64, len(after.x)), make([]float64, len(after.x)), make([]float64, len(after.x))
	for i, v := range after.y {
		flat[i], top[i] = level, math.Max(level, v)
	}
	g.band(after.x, zero, flat, c.fill) // what is closed stays closed
	for _, a := range g.areas(after.x, flat, top) {
		g.hatched(c.fill, a...)
	}
	g.curve(after.x, after.y, stroke{col: c.fill, width: 1.2})
	g.projectEnd(in.ProjectYears)
	in.stillToCome(g, after, level, c)
}

// stillToCome names the hatched area: inside it, or, where a late rise leaves
// no room there, in the empty corner above the curve.
func (in HeadlineInput) stillToCome(g panel, after series, level float64, c look) {
	const lead = 9.5
	words := letters{size: sizeTick, bold: true, col: c.ink}
	lines := []string{pct(1 - level/100), "still to come"}
	w := textWidth(lines[1], words.size, true) + 4
	curve := func(x float64) float64 { // height of the curve at page x
		return g.py(interpolate(after.x, after.y, g.x.lo+(x-g.r.x0)/g.r.w()*(g.x.hi-g.x.lo)))
	}
	start, floor := g.px(in.ProjectYears), g.py(level)
	x := g.r.x1 - 3 - w
	room := 0.0
	if x > start+2 {
		room = curve(x) - floor
	}
	y := floor + room/2 // the middle of the words
	switch {
	case room >= 2*lead+5:
	case room >= lead+5:
		lines = lines[1:]
	case start+w+4 < g.r.x1 && curve(start+w+4) < g.r.y1-2*lead-6:
		x, y = start+4, g.r.y1-lead-4
	default:
		return
	}
	n := float64(len(lines))
	g.rect(white.alpha(215), rect{x, y - n*lead/2 - 0.5, x + w, y + n*lead/2 + 0.5})
	for i, s := range lines {
		g.text(x+2, mid(y+(n-1)*lead/2-float64(i)*lead, words.size), s, words)
	}
}
