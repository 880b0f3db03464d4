package plots

import (
	"math"

	"epgsim/sim/analysis"
)

// fromZero is a bar from nothing to an estimate with its interval on it, so that the
// eye sees the sign before it finds the dot; pale where it may be nothing.
func (g panel) fromZero(iv analysis.Interval, pale bool) {
	col, bar := senseDot, senseSpan
	if pale {
		col, bar = sensePale, senseSpan.tint(0.5)
	}
	y, a, b := g.r.my(), g.px(0), g.px(iv.Estimate)
	g.rect(bar, rect{min(a, b), y - 2, max(a, b), y + 2})
	g.zero(rule)
	g.dot(y, iv, markCircle, col)
}

// zero draws the line at zero over what a row has drawn.
func (g panel) zero(col hex) {
	g.line(stroke{col: col, width: widthAxis}, point{g.px(0), g.r.y0}, point{g.px(0), g.r.y1})
}

// senseWide is the colour of what is plausible, behind the colours of what is found.
var senseWide = senseSpan.tint(0.6)

// quantileBar draws how worlds differ: x are the places of their 5, 25, 50, 75 and
// 95 % quantiles, of which the three in the middle may be missing.
func (p pen) quantileBar(y float64, x [5]float64) {
	p.rect(senseSpan, rect{x[0], y - 4, x[4], y + 4})
	p.rect(sensePale, rect{x[1], y - 4, x[3], y + 4})
	p.rect(senseDot, rect{x[2] - 1, y - 5, x[2] + 1, y + 5})
}

// keyQuantiles is the key of quantileBar.
func keyQuantiles(label string, half, median bool) keyItem {
	return keyItem{label: label, sign: func(p pen, r rect) {
		x := [5]float64{r.x0, math.NaN(), math.NaN(), math.NaN(), r.x1}
		if half {
			x[1], x[3] = r.x0+4, r.x1-4
		}
		if median {
			x[2] = r.mx()
		}
		p.quantileBar(r.my(), x)
	}}
}

// heads writes what stands above columns of numbers, from y down.
func (p pen) heads(heads [][2]string, ends []float64, y float64, words bool) {
	for j := range 2 {
		line := mapped(heads, func(h [2]string) string { return h[j] })
		p.cells(line, ends, y-9*float64(j), words, letters{size: sizeNote, col: muted})
	}
}

// cells writes one row of the columns: numbers flush right, words, which only
// the last column can hold, left.
func (p pen) cells(cells []string, ends []float64, y float64, words bool, t letters) {
	for k, s := range cells {
		x := ends[k]
		t.align = 1
		if words && k == len(cells)-1 {
			x, t.align = ends[k-1]+rowsColumn, 0
		}
		p.text(x, y, s, t)
	}
}
