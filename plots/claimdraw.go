package plots

import (
	"fmt"
	"math"
	"slices"
)

func (in ClaimInput) drawRows(p pen, r rect, rows []claimRow) {
	_, body := r.cutTop(claimHead)
	body.y0 += claimFoot
	plot := body.inset(claimName+claimGap, 0, claimValue, 0)
	zero := plot.mx()
	y := r.y1 - 8.0
	p.text(r.x0, y, fit(in.ID, claimName, sizeLabel, true), letters{size: sizeLabel, bold: true, col: ink})
	p.text(zero+4, y, "supports the claim →", letters{size: sizeNote, col: claimFor})
	p.text(zero-4, y, "← against it", letters{size: sizeNote, col: claimAgainstInk, align: 1})

	// The bands lie below the zero line, the signs on it. What looks the same
	// in all rows is one path, for the weight of the page.
	p.rect(claimFor.tint(0.055), rect{zero, plot.y0, plot.x1, plot.y1})
	var panels []panel
	var guides, medians []point
	top, up := body.y1, nowhere()
	for _, q := range rows {
		s := q.scale()
		g := panel{pen: p, x: axis{lo: -s, hi: s}, r: rect{plot.x0 + 6, top - q.h, plot.x1 - 6, top}}
		panels = append(panels, g)
		lane := q.lane(g)
		guides = append(guides, point{plot.x0, lane}, point{plot.x1, lane}, up)
		if _, mid, _, _ := q.sets(); math.Abs(mid) <= s {
			medians = append(medians, point{g.px(mid), lane - claimBand}, point{g.px(mid), lane + claimBand}, up)
		}
		top -= q.h
	}
	p.line(stroke{col: grid, width: widthGrid}, guides...)
	for i, q := range rows {
		q.drawSets(panels[i])
	}
	p.line(stroke{col: claimMedian, width: 1}, medians...)
	p.line(stroke{col: ink, width: 0.7}, point{zero, plot.y0}, point{zero, plot.y1 + 11})
	for i, q := range rows {
		q.draw(panels[i], r.x0, r.x1)
	}
	p.key(r, r.y0+2, in.key())
}

// lane is the height at which the estimate stands.
func (q claimRow) lane(g panel) float64 {
	if finite(q.Left.Estimate) {
		return g.r.my() + claimLane/2
	}
	return g.r.my()
}

// drawSets draws the band of the parameter sets. One that reaches beyond the
// scale ends in a point.
func (q claimRow) drawSets(g panel) {
	low, _, high, ok := q.sets()
	if !ok {
		return
	}
	y := q.lane(g)
	a, b := max(g.px(low), g.r.x0), min(g.px(high), g.r.x1)
	a, b = min(a, g.r.x1-1), max(b, g.r.x0+1)
	b = max(b, a+0.8) // sets that agree are still there
	band := []point{{a, y - claimBand}, {b, y - claimBand}, {b, y + claimBand}, {a, y + claimBand}}
	if high > g.x.hi*(1+1e-9) {
		band = slices.Insert(band, 2, point{b + claimBand, y})
	}
	if low < g.x.lo*(1+1e-9) {
		band = append(band, point{a - claimBand, y})
	}
	g.fill(claimSets, band...)
}

// look is how the estimate is drawn and its number written.
func (q ClaimPart) look() (mark marker, col, text hex) {
	mark, col, text = markTriangle, claimOpen, muted
	switch sideOf(q.Interval) {
	case sideAbove:
		mark, col, text = markCircle, claimFor, claimFor
	case sideBelow:
		mark, col, text = markSquare, claimAgainst, claimAgainstInk
	}
	if q.Info {
		mark, col, text = markHollowCircle, muted, muted
	}
	return mark, col, text
}

func (q claimRow) draw(g panel, left, right float64) {
	mark, col, text := q.look()
	name := letters{size: sizeTick, col: ink}
	if q.Info {
		name.col = muted
	}
	y := mid(g.r.my(), sizeTick) + claimLine*float64(len(q.lines)-1)/2
	for _, s := range q.lines {
		g.text(left, y, s, name)
		y -= claimLine
	}

	y = q.lane(g)
	width := 1.2
	if q.Info {
		width = 0.8
	}
	g.across(y, q.Low, q.High, stroke{col: col, width: width})
	g.flatMarker(point{g.px(q.Estimate), y}, mark, col)
	g.text(right, mid(y, sizeTick), q.label(), letters{size: sizeTick, bold: !q.Info && sideOf(q.Interval) != sideOpen, col: text, align: 1})
	if !finite(q.Left.Estimate) {
		return
	}
	y -= claimLane
	g.across(y, q.Left.Low, q.Left.High, stroke{col: muted, width: 0.8})
	g.flatMarker(point{g.px(q.Left.Estimate), y}, markHollowDiamond, muted)
	g.text(right, mid(y, sizeNote), threeFigures(q.Left.Estimate), letters{size: sizeNote, col: muted, align: 1})
}

// key names the signs that the figure has.
func (in ClaimInput) key() []keyItem {
	sign := func(label string, m marker, c hex) keyItem {
		return keyItem{label: label, sign: func(p pen, r rect) {
			g := panel{pen: p, x: axis{lo: 0, hi: 1}, r: r}
			g.across(r.my(), 0, 1, stroke{col: c, width: 0.9})
			p.flatMarker(point{r.mx(), r.my()}, m, c)
		}}
	}
	var key []keyItem
	if slices.ContainsFunc(in.Parts, ClaimPart.judged) {
		key = append(key, sign("estimate, 95"+nbsp+"% interval", markCircle, ink))
	}
	if slices.ContainsFunc(in.Parts, func(q ClaimPart) bool { return q.Info }) {
		key = append(key, sign("told, not judged", markHollowCircle, muted))
	}
	if slices.ContainsFunc(in.Parts, func(q ClaimPart) bool { return finite(q.Left.Estimate) }) {
		key = append(key, sign("cause switched off", markHollowDiamond, muted))
	}
	sets := slices.DeleteFunc(mapped(in.Parts, func(q ClaimPart) int { return len(q.PerSet) }), func(n int) bool { return n == 0 })
	if len(sets) > 0 {
		of := "parameter sets"
		if slices.Min(sets) == slices.Max(sets) {
			of = fmt.Sprintf("%d %s", sets[0], of)
		}
		key = append(key, keyItem{label: "80" + nbsp + "% of " + of + ", median", sign: func(p pen, r rect) {
			p.rect(claimSets, rect{r.x0, r.my() - 3.2, r.x1, r.my() + 3.2})
			p.line(stroke{col: claimMedian, width: 1}, point{r.mx(), r.my() - 3.2}, point{r.mx(), r.my() + 3.2})
		}})
	}
	return key
}
