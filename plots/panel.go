package plots

import (
	"image/color"
	"math"
	"slices"
	"strings"

	"epgsim/sim/analysis"
)

// weeksPerYear turns the weeks of a Band into the years of an axis.
const weeksPerYear = 52

// Opacities (of 255) of the bands; the inner lies on the outer.
const (
	alphaOuter = 50
	alphaInner = 85
)

// panel is one pair of axes with its data area r.
type panel struct {
	pen
	r    rect
	x, y axis
}

func (g panel) px(v float64) float64 { return g.x.at(v, g.r.x0, g.r.x1) }

// py keeps to the data area: an interval that reaches beyond a bounded scale
// (trust above 1) ends at its edge. What is not finite is missing.
func (g panel) py(v float64) float64 {
	if !finite(v) {
		return math.NaN()
	}
	return max(g.r.y0, min(g.r.y1, g.y.at(v, g.r.y0, g.r.y1)))
}

func (g panel) pt(x, y float64) point { return point{g.px(x), g.py(y)} }
func (g panel) inX(v float64) bool    { return finite(v) && v >= g.x.lo && v <= g.x.hi }

// gutter is the room to the left of a data area for y's tick labels.
func gutter(y axis) (w float64) {
	for _, t := range y.ticks {
		w = max(w, textWidth(y.label(t), sizeTick, false))
	}
	return w + 5
}

// footX is the room below a data area for tick labels, and for the axis
// label too where there is one.
func footX(title bool) float64 {
	if title {
		return 26
	}
	return 14
}

// frame draws what lies below the data: the horizontal grid, the x axis and
// the tick labels. In small multiples only the outer panels carry labels.
func (g panel) frame(xLabels, yLabels bool) {
	for _, t := range g.y.ticks {
		y := g.py(t)
		g.line(stroke{col: grid, width: widthGrid}, point{g.r.x0, y}, point{g.r.x1, y})
		if yLabels {
			g.text(g.r.x0-4, mid(y, sizeTick), g.y.label(t), letters{size: sizeTick, col: ink, align: 1})
		}
	}
	axis := stroke{col: rule, width: widthAxis}
	g.line(axis, point{g.r.x0, g.r.y0}, point{g.r.x1, g.r.y0})
	if g.y.lo < 0 && g.y.hi > 0 {
		g.line(axis, point{g.r.x0, g.py(0)}, point{g.r.x1, g.py(0)})
	}
	for _, t := range g.x.ticks {
		x := g.px(t)
		g.line(axis, point{x, g.r.y0}, point{x, g.r.y0 - 3})
		if xLabels {
			g.text(x, g.r.y0-12, g.x.label(t), letters{size: sizeTick, col: ink, align: 0.5})
		}
	}
}

// frameAcross draws what lies below horizontal bars and dots: the upright
// grid, the axis with its labels and, below them between x0 and x1, what it
// measures.
func (g panel) frameAcross(title string, x0, x1 float64) {
	g.x = g.x.spaced(g.r.w())
	for _, t := range g.x.ticks {
		x := g.px(t)
		g.line(stroke{col: grid, width: widthGrid}, point{x, g.r.y0}, point{x, g.r.y1})
		g.text(x, g.r.y0-11, g.x.label(t), letters{size: sizeTick, col: ink, align: 0.5})
	}
	axis := stroke{col: rule, width: widthAxis}
	g.line(axis, point{g.r.x0, g.r.y0}, point{g.r.x1, g.r.y0})
	if g.x.lo <= 0 && g.x.hi >= 0 {
		g.line(axis, point{g.px(0), g.r.y0}, point{g.px(0), g.r.y1})
	}
	for i, s := range wrap(title, x1-x0, sizeTick, false) {
		g.text(x0, g.r.y0-23-titleLead*float64(i), s, letters{size: sizeTick, col: muted})
	}
}

// titleLead is from line to line of an axis' title.
const titleLead = 9.5

// footAcross is the room that frameAcross needs below the data.
func footAcross(title string, w float64) float64 {
	return footX(true) + titleLead*float64(max(1, len(wrap(title, w, sizeTick, false)))-1)
}

// xTitle writes what the x axis measures, with its unit, below area, in as many lines
// as area is wide.
func (p pen) xTitle(area rect, s string) {
	p.textLines(area.mx(), area.y0-24, titleLead, wrap(s, area.w(), sizeTick, false), letters{size: sizeTick, col: ink, align: 0.5})
}

// curve draws ys over xs; a NaN leaves a gap.
func (g panel) curve(xs, ys []float64, s stroke) {
	pts := make([]point, len(xs))
	for i := range xs {
		pts[i] = g.pt(xs[i], ys[i])
	}
	g.line(s, pts...)
	// A value between two gaps has no neighbour to be joined to: a dot.
	for i, q := range pts {
		alone := (i == 0 || !pts[i-1].ok()) && (i == len(pts)-1 || !pts[i+1].ok())
		if q.ok() && alone {
			g.disc(q, s.width, s.col, nil, 0)
		}
	}
}

// lineMark is the radius of the signs on lines.
const lineMark = 2.2

// lines draws a line through each row of values at xs, in the look of its
// label, then whiskers and signs over all of them, and puts the labels where
// the lines end. The lines stand apart points from each other, so that none
// hides another's interval; an interval that its sign would hide is left out.
func (g panel) lines(xs []float64, rows [][]analysis.Interval, labels []endLabel, apart float64) {
	step := apart / g.r.w() * (g.x.hi - g.x.lo)
	at, ys := make([][]float64, len(rows)), make([][]float64, len(rows))
	for i, row := range rows {
		for k, v := range row {
			at[i] = append(at[i], xs[k]+(float64(i)-float64(len(rows)-1)/2)*step)
			ys[i] = append(ys[i], v.Estimate)
		}
		c := labels[i].look
		g.curve(at[i], ys[i], stroke{col: c.fill, width: widthData, dash: c.dash})
	}
	for i, row := range rows {
		c := labels[i].look
		for k, v := range row {
			if finite(v.Estimate) && g.py(v.High)-g.py(v.Low) > 2*lineMark+1.5 {
				g.whisker(at[i][k], v.Low, v.High, stroke{col: c.ink, width: 0.9})
			}
			q := g.pt(at[i][k], ys[i][k])
			g.marker(q, c.mark, lineMark, c.fill)
			g.hoverAt(q, g.say("%s, at %s: %s", strings.Join(labels[i].name, " "), sig(xs[k]), g.value(v, threeFigures)))
		}
		if k := last(ys[i]); k >= 0 {
			labels[i].at = g.pt(at[i][k], ys[i][k])
		}
	}
}

// shaded draws the lines of rows of values on the bands of all their intervals and
// puts the labels where they end.
func (g panel) shaded(xs []float64, rows [][]analysis.Interval, labels []endLabel) {
	for i, row := range rows {
		low := mapped(row, func(v analysis.Interval) float64 { return v.Low })
		high := mapped(row, func(v analysis.Interval) float64 { return v.High })
		g.band(xs, low, high, labels[i].look.fill.alpha(alphaOuter))
	}
	for i, row := range rows {
		c, ys := labels[i].look, estimates(row)
		g.curve(xs, ys, stroke{col: c.fill, width: widthData + 0.3, dash: c.dash})
		if k := last(ys); k >= 0 {
			labels[i].at = g.pt(xs[k], ys[k])
		}
	}
}

// areas are the outlines of what lies between low and high: one for each run
// of points where neither is missing.
func (g panel) areas(xs, low, high []float64) (out [][]point) {
	var up, down []point
	flush := func() {
		if len(up) > 1 {
			area := thin(up)
			down = thin(down)
			for i := len(down) - 1; i >= 0; i-- {
				area = append(area, down[i])
			}
			out = append(out, area)
		}
		up, down = nil, nil
	}
	for i := range xs {
		a, b := g.pt(xs[i], low[i]), g.pt(xs[i], high[i])
		if !a.ok() || !b.ok() {
			flush()
			continue
		}
		down, up = append(down, a), append(up, b)
	}
	flush()
	return out
}

// band fills between low and high, with gaps where either is missing.
func (g panel) band(xs, low, high []float64, col color.Color) {
	for _, area := range g.areas(xs, low, high) {
		g.fill(col, area...)
	}
}

// fan draws the median of b with the middle half and the 90 % band.
func (g panel) fan(xs []float64, b analysis.Band, c look) {
	g.band(xs, b.P05, b.P95, c.fill.alpha(alphaOuter))
	g.band(xs, b.P25, b.P75, c.fill.alpha(alphaInner))
	g.curve(xs, b.P50, stroke{col: c.ink, width: widthData})
}

// projectEnd draws the line at which the project stops, if it is in view.
func (g panel) projectEnd(year float64) {
	if g.inX(year) {
		x := g.px(year)
		g.line(endStroke(), point{x, g.r.y0}, point{x, g.r.y1})
	}
}

func endStroke() stroke { return stroke{col: ink, width: widthMark, dash: []float64{3, 2}} }

// whisker draws a vertical interval with short caps.
func (g panel) whisker(x, low, high float64, s stroke) {
	if !finite(low) || !finite(high) {
		return
	}
	const half = 2.2 // of a cap
	a, b := g.pt(x, low), g.pt(x, high)
	g.line(s, a, b)
	g.line(s, point{a.x - half, a.y}, point{a.x + half, a.y})
	g.line(s, point{b.x - half, b.y}, point{b.x + half, b.y})
}

// across draws a horizontal interval with short caps, as one path: a page may
// have hundreds of them. An end beyond the area is an arrow at its edge.
func (g panel) across(y, low, high float64, s stroke) {
	if !finite(low) || !finite(high) {
		return
	}
	const half = capHalf
	a, b, up := max(g.px(low), g.r.x0), min(g.px(high), g.r.x1), nowhere()
	if b-a < 0.05 {
		return // all of it lies behind the sign
	}
	end := func(x, beyond float64) []point {
		if math.Abs(beyond-x) < half {
			return []point{{x, y - half}, {x, y + half}}
		}
		back := x - math.Copysign(half, beyond-x)
		return []point{{back, y - half}, {x, y}, {back, y + half}}
	}
	g.line(s, slices.Concat(end(a, g.px(low)), []point{up, {a, y}, {b, y}, up}, end(b, g.px(high)))...)
}

// capHalf is half a cap of a horizontal interval, in points. An end that lies
// so far beyond the area, or farther, is drawn as an arrow.
const capHalf = 2

// cuts says whether across would draw an arrow at either end.
func (g panel) cuts(low, high float64) bool {
	return finite(low) && finite(high) && (g.px(low) <= g.r.x0-capHalf || g.px(high) >= g.r.x1+capHalf)
}

// dot draws an estimate with its horizontal interval at height y.
func (g panel) dot(y float64, iv analysis.Interval, m marker, col hex) {
	g.across(y, iv.Low, iv.High, stroke{col: col, width: 1.1})
	g.flatMarker(point{g.px(iv.Estimate), y}, m, col)
}

// interval draws a horizontal interval with short caps on a white shadow, so
// that it shows on dark bars too.
func (g panel) interval(y, low, high float64, col color.Color) {
	if !finite(low) || !finite(high) {
		return
	}
	a, b := g.px(low), g.px(high)
	for _, s := range []stroke{{col: white.alpha(190), width: 2.6}, {col: col, width: 1}} {
		g.line(s, point{a, y}, point{b, y})
		g.line(s, point{a, y - 2.2}, point{a, y + 2.2})
		g.line(s, point{b, y - 2.2}, point{b, y + 2.2})
	}
}

// plated writes text on a translucent white plate, for text that lies on
// lines.
func (p pen) plated(x, y float64, s string, t letters) {
	if s == "" {
		return
	}
	w := textWidth(s, t.size, t.bold)
	left := x - t.align*w
	p.rect(white.alpha(215), rect{left - 1.5, y - 0.22*t.size, left + w + 1.5, y + 0.8*t.size})
	p.text(x, y, s, t)
}

// textLines writes lines from y down and returns the y below them.
func (p pen) textLines(x, y, lead float64, lines []string, t letters) float64 {
	for _, s := range lines {
		p.text(x, y, s, t)
		y -= lead
	}
	return y
}

// weeks is the x of each element of a weekly series of length n, in years
// since the project's start: element t is the state at the end of week t+1.
func weeks(n int) []float64 {
	xs := make([]float64, n)
	for i := range xs {
		xs[i] = float64(i+1) / weeksPerYear
	}
	return xs
}

// horizon is the year in which a weekly series of length n ends.
func horizon(n int) float64 { return float64(n) / weeksPerYear }

// weekAt is the index of the weekly element at the end of the given year.
func weekAt(year float64) int { return max(0, int(year*weeksPerYear+0.5)-1) }

// last is the index of the last finite value, or -1.
func last(vs []float64) int {
	for i := len(vs) - 1; i >= 0; i-- {
		if finite(vs[i]) {
			return i
		}
	}
	return -1
}
