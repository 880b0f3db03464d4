package plots

import (
	"slices"

	"epgsim/sim/analysis"
)

// variantChart is what figures share that draw a line for each variant: a few
// variants share a panel, with their names where the lines end; more have a panel
// each, over the lines of the others in grey.
type variantChart struct {
	words Words
	forms []Form
	xs    []float64
	rows  [][]analysis.Interval // of each form, at each of xs
	weeks bool                  // xs are so close that the intervals are shaded, not whiskers

	x            func(w float64, n int) axis // of data so wide, with n lines beside each other
	y            axis
	xTitle, unit string
	height       float64                          // of a panel that variants share, with its axes
	above        float64                          // room above the data of that panel, for what under writes there
	note         func(i int) string               // stands by the variant's name
	under        func(g panel, names bool)        // draws what lies below the lines; names: and writes above them; nil is nothing
	over         func(g panel, i int, dx float64) // draws what marks the line of a form, which stands dx points to the right; nil is nothing
}

// linesApart is how far, in points, the variants' lines with whiskers stand apart.
const linesApart = 4.5

// together says that the variants share a panel.
func (c variantChart) together() bool { return len(c.forms) <= mostTogether }

// figure finishes the figure that the chart is of.
func (c variantChart) figure(f Figure) *Figure {
	f.sub += c.missing()
	f.draw = c.draw
	return f.sized(c.totalHeight)
}

func (c variantChart) totalHeight(w float64) float64 {
	if c.together() {
		return c.height
	}
	return c.multiples(w).height(w)
}

func (c variantChart) draw(p pen, r rect) {
	if !c.together() {
		c.multiples(r.w()).draw(p, r)
		return
	}
	labels := make([]endLabel, len(c.forms))
	for i, f := range c.forms {
		labels[i] = formLabel(f, c.note(i))
	}
	g := panel{pen: p, y: c.y}
	left, head := gutter(c.y), 18.0
	units := wrap(c.unit, r.w()-labelRoom(labels), sizeTick, false)
	g.r = r.inset(left, footX(c.xTitle != ""), labelRoom(labels), head+c.above+titleLead*float64(len(units)-1))
	g.x = c.x(g.r.w(), len(c.forms))
	g.frame(true, true)
	g.textLines(r.x0, r.y1-10, titleLead, units, letters{size: sizeTick, col: muted})
	g.xTitle(g.r, c.xTitle)
	c.lines(g, 0, labels, true)
	g.endLabels(g.r.x1, g.r.y0, g.r.y1+8, labels)
}

// lines draws the lines of the forms from the i-th on that have labels.
func (c variantChart) lines(g panel, i int, labels []endLabel, names bool) {
	if c.under != nil {
		c.under(g, names)
	}
	n := len(labels)
	if c.weeks {
		g.shaded(c.xs, c.rows[i:i+n], labels)
	} else {
		g.lines(c.xs, c.rows[i:i+n], labels, linesApart)
	}
	for k := range labels {
		if c.over != nil {
			c.over(g, i+k, (float64(k)-float64(n-1)/2)*linesApart)
		}
	}
}

// multiples are the panels of many variants.
func (c variantChart) multiples(w float64) multiples {
	m := multiples{least: 98, body: 76, shared: true, unit: c.unit, along: c.xTitle}
	ys := mapped(c.rows, func(row []analysis.Interval) []float64 { return coarse(estimates(row)) })
	for i := range c.forms {
		m.tiles = append(m.tiles, tile{form: &c.forms[i], notes: []string{c.note(i)}, y: c.y.thinned(5), data: func(g panel) {
			for k := range ys {
				if k != i {
					g.curve(coarse(c.xs), ys[k], stroke{col: noData, width: 0.7})
				}
			}
			c.lines(g, i, []endLabel{formLabel(c.forms[i], "")}, false)
		}})
	}
	width := m.layout(w).width
	for i := range m.tiles {
		m.tiles[i].x = c.x(width, 1)
	}
	return m
}

// coarse are enough values for a line in the background: a dozen of them in a dozen
// panels are heavy.
func coarse(vs []float64) []float64 {
	every := 1 + len(vs)/60
	var out []float64
	for t := 0; t < len(vs); t += every {
		out = append(out, vs[t])
	}
	return out
}

// missing ends a figure's explanation: with the forms that have no values, and so
// no line, and with what is grey.
func (c variantChart) missing() string {
	var names []string
	for i, f := range c.forms {
		if last(estimates(c.rows[i])) < 0 {
			names = append(names, f.inText())
		}
	}
	s := ""
	if !c.together() {
		s = c.words.say(termOther)
	}
	if len(names) > 0 {
		s += c.words.say(termMissing, few(names))
	}
	return s
}

func estimates(row []analysis.Interval) []float64 {
	return mapped(row, func(v analysis.Interval) float64 { return v.Estimate })
}

// series are the means of a band with their intervals, times a scale; none is below
// least.
func series(b analysis.Band, scale, least float64) []analysis.Interval {
	out := make([]analysis.Interval, len(b.Mean))
	for t := range out {
		v := at(b, t)
		out[t] = analysis.Interval{Estimate: max(least, scale*v.Estimate), Low: max(least, scale*v.Low), High: max(least, scale*v.High), N: b.N}
	}
	return out
}

// fromZero is an axis from zero that covers all lines; no interval that is hardly known presses the
// others flat.
func (c variantChart) fromZero() axis {
	var seen span
	if all := slices.Concat(c.rows...); c.weeks {
		seen.interval(all...)
	} else {
		seen.reach(all)
	}
	return fromZero(seen)
}

// periodAxis labels exactly the periods that were simulated, as far as an area of
// width w has room; at the ends there is some for n lines that stand apart.
func periodAxis(years []float64) func(w float64, n int) axis {
	return func(w float64, n int) axis {
		last := years[len(years)-1]
		room := linesApart*float64(n-1)/2 + 3*lineMark
		a := axis{lo: 0, hi: last + last*room/(w-room), ticks: years}
		for _, y := range a.ticks {
			a.decimals = max(a.decimals, min(2, stepDecimals(y))) // 0.25, not 0.2
		}
		for i := 1; i < len(years); i++ {
			wide := (textWidth(a.label(years[i]), sizeTick, false)+textWidth(a.label(years[i-1]), sizeTick, false))/2 + 2
			if (years[i]-years[i-1])/(a.hi-a.lo)*w < wide { // labels would touch
				b := yearAxis(last, maxTicks)
				b.lo, b.hi = a.lo, a.hi
				return b
			}
		}
		return a
	}
}

// timeAxis has whole years, as many as there is room for.
func timeAxis(last float64) func(w float64, n int) axis {
	return func(w float64, n int) axis {
		if w < 200 {
			return wholeYears(last, 5)
		}
		return yearAxis(last, 11)
	}
}
