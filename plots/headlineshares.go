package plots

import "math"

// drawShares is the row of small multiples, in per cent of the horizon.
func (in HeadlineInput) drawShares(p pen, area rect) {
	line, rest := area.cutTop(16)
	p.text(line.x0, line.y0+5, "The same, as a share of what "+in.each()+" would sell in "+years(in.horizon()),
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
	p.text(x, y+3, "sold by year "+sig(in.ProjectYears), caption)
	p.text(x, y-6, fit(s, r.x1+12-x, note.size, false), note)
}

// shareBody fills what is closed at the project's end and hatches the rest.
func (in HeadlineInput) shareBody(g panel, f HeadlineForm, yLabels bool) {
	g.frame(true, yLabels)
	c := f.Form.look()
	whole := f.Value.Mean[len(in.Years)-1]
	if !(whole > 0) {
		g.projectEnd(in.ProjectYears)
		g.plated(g.r.mx(), g.r.my()+6, "nothing sold", letters{size: sizeTick, col: muted, align: 0.5})
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
	case g.r.x0+w+6 < g.r.x1 && curve(g.r.x0+w+6) < g.r.y1-2*lead-6: // a narrow panel: over the line
		x, y = g.r.x0+3, g.r.y1-lead-4
	default:
		return
	}
	n := float64(len(lines))
	g.rect(white.alpha(215), rect{x, y - n*lead/2 - 0.5, x + w, y + n*lead/2 + 0.5})
	for i, s := range lines {
		g.text(x+2, mid(y+(n-1)*lead/2-float64(i)*lead, words.size), s, words)
	}
}
