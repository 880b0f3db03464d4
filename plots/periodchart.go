package plots

import (
	"epgsim/sim/analysis"
)

// periodChart is what figures share whose x axis is the length of the project:
// a line per variant with an interval at each length. A few variants share a
// panel, more have one each.
type periodChart struct {
	years []float64
	forms []Form
	words Words
	rows  [][]analysis.Interval // of each form, at each of years
	unit  string                // of the y axis
	note  func(i int) string    // stands by the variant's name
	best  [][]int               // of each form the periods that are ringed, the first thick; nil rings none
}

// periodHeight is that of a panel that variants share, with its axes.
const periodHeight = 210.0

// height is that of the chart on a page of width w.
func (c periodChart) height(w float64) float64 {
	if len(c.forms) <= mostTogether {
		return periodHeight
	}
	return c.facets(w).height(w)
}

func (c periodChart) draw(p pen, r rect) {
	if len(c.forms) > mostTogether {
		c.facets(r.w()).draw(p, r)
		return
	}
	labels := c.labels()
	g := panel{pen: p, y: c.yAxis()}
	left := gutter(g.y)
	g.r = r.inset(left, footX(true), labelRoom(labels), 18)
	g.x = c.xAxis(g.r.w(), len(c.forms))
	g.frame(true, true)
	g.unit(c.unit, left)
	g.xTitle(g.r, g.say(termPeriodsAxis))
	g.lines(c.years, c.rows, labels, periodsApart)
	for i := range c.rows {
		c.ring(g, i, c.shift(g, i))
	}
	g.endLabels(g.r.x1, g.r.y0, g.r.y1+8, labels)
}

// facets are the panels of many variants.
func (c periodChart) facets(w float64) facetChart {
	f := facetChart{forms: c.forms, note: c.note, y: c.yAxis().thinned(5), xTitle: c.words.say(termPeriodsAxis), unit: c.unit}
	_, _, width := f.grid(w)
	f.x = c.xAxis(width, 1)
	f.data = func(g panel, i int) {
		g.others(c.years, mapped(c.rows, estimates), i)
		g.lines(c.years, c.rows[i:i+1], []endLabel{formLabel(c.forms[i], "")}, 0)
		c.ring(g, i, 0)
	}
	return f
}

// present are values whose intervals are missing where they are.
func present(row []analysis.Interval) []analysis.Interval {
	return mapped(row, func(v analysis.Interval) analysis.Interval {
		if !finite(v.Estimate) {
			v.Low, v.High = v.Estimate, v.Estimate
		}
		return v
	})
}

// missing ends a figure's explanation with the forms that have no values: they
// have no line.
func (c periodChart) missing() string {
	var names []string
	for i, f := range c.forms {
		if last(estimates(c.rows[i])) < 0 {
			names = append(names, f.inText())
		}
	}
	if len(names) == 0 {
		return ""
	}
	return c.words.say(termMissing, few(names))
}

func estimates(row []analysis.Interval) []float64 {
	return mapped(row, func(v analysis.Interval) float64 { return v.Estimate })
}

// shift is how far, in points, the line of form i stands from its periods.
func (c periodChart) shift(g panel, i int) float64 {
	return (float64(i) - float64(len(c.rows)-1)/2) * periodsApart
}

// ring marks the best periods of form i.
func (c periodChart) ring(g panel, i int, shift float64) {
	if c.best == nil {
		return
	}
	for j, k := range c.best[i] {
		q := g.pt(c.years[k], c.rows[i][k].Estimate)
		q.x += shift
		width := 0.5
		if j == 0 {
			width = 1.5
		}
		g.disc(q, 5.2, nil, c.forms[i].look().ink, width)
	}
}

// yAxis covers all forms; no interval that is hardly known presses the others
// flat.
func (c periodChart) yAxis() axis {
	var seen span
	var all []analysis.Interval
	for _, row := range c.rows {
		all = append(all, row...)
	}
	seen.reach(all)
	return fromZero(seen)
}

func (c periodChart) labels() []endLabel {
	labels := make([]endLabel, len(c.forms))
	for i, f := range c.forms {
		labels[i] = formLabel(f, c.note(i))
	}
	return labels
}

// periodsApart is how far the forms' lines stand apart, in points.
const periodsApart = 4.5

// xAxis labels exactly the periods that were simulated, as far as an area of
// width w has room; at the ends there is some for n lines that stand apart.
func (c periodChart) xAxis(w float64, n int) axis {
	last := c.years[len(c.years)-1]
	room := periodsApart*float64(n-1)/2 + 3*lineMark
	a := axis{lo: 0, hi: last + last*room/(w-room), ticks: c.years}
	for _, y := range a.ticks {
		a.decimals = max(a.decimals, min(2, stepDecimals(y))) // 0.25, not 0.2
	}
	for i := 1; i < len(c.years); i++ {
		wide := (textWidth(a.label(c.years[i]), sizeTick, false)+textWidth(a.label(c.years[i-1]), sizeTick, false))/2 + 2
		if (c.years[i]-c.years[i-1])/(a.hi-a.lo)*w < wide { // labels would touch
			b := yearAxis(last, maxTicks)
			b.lo, b.hi = a.lo, a.hi
			return b
		}
	}
	return a
}
