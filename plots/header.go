package plots

import (
	"image/color"
	"slices"

	"epgsim/sim/analysis"
)

// keyItem is one entry of the strip below a figure's title that names bands
// and signs; sign draws into a small box.
type keyItem struct {
	label string
	sign  func(p pen, r rect)
	large bool // the sign is as large as in the figure
}

// keyArea is a filled swatch.
func keyArea(label string, col color.Color) keyItem {
	return keyItem{label: label, sign: func(p pen, r rect) { p.rect(col, r) }}
}

// keyInner is the inner of two bands, drawn on the outer as in the figure.
func keyInner(label string, c hex) keyItem {
	return keyItem{label: label, sign: func(p pen, r rect) {
		p.rect(c.alpha(alphaOuter), r)
		p.rect(c.alpha(alphaInner), r)
	}}
}

// keyHatch is a hatched swatch.
func keyHatch(label string, c hex) keyItem {
	return keyItem{label: label, sign: func(p pen, r rect) { p.hatched(c, r.corners()...) }}
}

// keyLine is a piece of line.
func keyLine(label string, s stroke) keyItem {
	return keyItem{label: label, sign: func(p pen, r rect) {
		p.line(s, point{r.x0, r.my()}, point{r.x1, r.my()})
	}}
}

// keyDot is an estimate with its interval.
func keyDot(label string, c hex) keyItem {
	return keyItem{label: label, sign: func(p pen, r rect) {
		s := stroke{col: c, width: 1}
		p.line(s, point{r.mx(), r.y0 - 2}, point{r.mx(), r.y1 + 2})
		p.line(s, point{r.mx() - 2, r.y0 - 2}, point{r.mx() + 2, r.y0 - 2})
		p.line(s, point{r.mx() - 2, r.y1 + 2}, point{r.mx() + 2, r.y1 + 2})
		p.disc(point{r.mx(), r.my()}, 2.6, c, nil, 0)
	}}
}

// keyEstimate is an estimate with its horizontal interval.
func keyEstimate(label string, m marker, c hex) keyItem {
	return keyItem{label: label, sign: func(p pen, r rect) {
		panel{pen: p, x: axis{lo: 0, hi: 1}, r: r}.dot(r.my(), analysis.Interval{Estimate: 0.5, High: 1}, m, c)
	}}
}

// keyInterval is a horizontal interval.
func keyInterval(label string) keyItem {
	return keyItem{label: label, sign: func(p pen, r rect) {
		panel{pen: p, x: axis{lo: 0, hi: 1}, r: r}.interval(r.my(), 0, 1, ink)
	}}
}

// keySign is a sign without an interval.
func keySign(label string, m marker, c hex) keyItem {
	return keyItem{label: label, sign: func(p pen, r rect) { p.flatMarker(point{r.mx(), r.my()}, m, c) }}
}

// keyFan names the parts of a fan and the line of the project's end.
func (w Words) keyFan(projectYears float64) []keyItem {
	return []keyItem{
		keyLine(w.say("median"), stroke{col: ink, width: widthData}),
		keyInner(w.say("middle half of groups"), ink),
		keyArea(w.say("90"+nbsp+"% of groups"), ink.alpha(alphaOuter)),
		keyEnd(w.say(termEnds, w.inYears(projectYears))),
	}
}

// keyEnd is the line of the project's end.
func keyEnd(label string) keyItem {
	return keyItem{label: label, sign: func(p pen, r rect) { p.line(endStroke(), point{r.mx(), r.y0 - 2}, point{r.mx(), r.y1 + 2}) }}
}

// hatched is the house's sign for "not yet" or "not kept": pale, with lines.
func (p pen) hatched(c hex, pts ...point) {
	p.fill(c.tint(0.13), pts...)
	p.hatch(stroke{col: c.tint(0.65), width: 0.6}, 2.6, pts...)
}

// luck is the house's area for what luck alone may do; paler than hatched, for
// points must show on it.
func (p pen) luck(r rect) {
	p.rect(hex(0xF5F5F5), r)
	p.hatch(stroke{col: hex(0xD2D2D2), width: 0.6}, 3, r.corners()...)
}

// header writes title, explanation and key at the top of r and returns what
// is left below them.
func (p pen) header(r rect, title, sub string, key []keyItem) rect {
	y := r.y1 - sizeTitle + 2
	for _, s := range wrap(title, r.w(), sizeTitle, true) {
		p.text(r.x0, y, s, letters{size: sizeTitle, bold: true, col: ink})
		y -= sizeTitle + 3
	}
	for _, s := range wrap(sub, r.w(), sizeTick, false) {
		p.text(r.x0, y, s, letters{size: sizeTick, col: muted})
		y -= sizeTick + 3
	}
	if len(key) > 0 {
		y = p.key(r, y-3, key)
	}
	r.y1 = y + 2
	return r
}

// key writes the strip, in as many rows as it needs, and returns the y below. A
// label that is wider than the figure has several lines.
func (p pen) key(r rect, y float64, items []keyItem) float64 {
	const gap, apart = 4.0, 14.0
	sign, half, lead := 14.0, 3.75, sizeTick+5
	if slices.ContainsFunc(items, func(it keyItem) bool { return it.large }) {
		sign, half, lead = 26, 10, 20
		y -= 4
	}
	x := r.x0
	for _, it := range items {
		w := sign + gap + textWidth(it.label, sizeTick, false)
		if x > r.x0 && x+w > r.x1 {
			x, y = r.x0, y-lead
		}
		it.sign(p, rect{x, y + 2.75 - half, x + sign, y + 2.75 + half})
		for i, s := range wrap(it.label, r.x1-x-sign-gap, sizeTick, false) {
			if i > 0 {
				y -= sizeTick + 2
			}
			p.text(x+sign+gap, y, s, letters{size: sizeTick, col: ink})
		}
		x += w + apart
	}
	return y + 1 - lead
}
