package plots

import (
	"strings"

	"epgsim/sim/analysis"
)

// A few variants share a panel; more get a panel each, in which the lines of
// the others are grey: twelve lines on each other tell nothing.

const (
	mostTogether = 4  // lines of variants in one panel
	facetLeast   = 98 // the least width of a panel, in points
)

// tiling is how n panels of at least the given width stand in w: in rows that
// are as full as each other.
func tiling(n int, w, least float64) (rows, cols int) {
	most := max(1, min(4, int(w/least)))
	rows = (n + most - 1) / most
	return rows, (n + rows - 1) / rows
}

// facetChart is one panel per variant on shared axes.
type facetChart struct {
	forms        []Form
	note         func(i int) string // stands below the variant's name; nil is nothing
	x, y         axis
	xTitle, unit string               // of the axes
	right        float64              // room for labels at the right of a panel's data
	data         func(g panel, i int) // draws what the panel holds, on its frame
}

const (
	facetBody = 76.0
	facetGapX = 16.0
	facetGapY = 8.0
	facetUnit = 12.0  // above the first row: what the y axis measures
	facetOnly = 320.0 // a single panel is no wider
)

// grid is how the panels stand in w, and how wide each is.
func (c facetChart) grid(w float64) (rows, cols int, width float64) {
	w += facetGapX - gutter(c.y)
	rows, cols = tiling(len(c.forms), w, facetLeast+facetGapX)
	return rows, cols, w/float64(cols) - facetGapX
}

// head is what stands above the data of a panel of width w.
func (c facetChart) head(w float64) float64 {
	n := nameHeight(c.forms, w)
	if c.note != nil {
		n++
	}
	return labelLead*float64(n) + 8
}

// bodyHeight is that of the data: panels that share the page with few others
// are higher.
func (c facetChart) bodyHeight(rows int) float64 {
	switch {
	case rows == 1:
		return 1.5 * facetBody
	case rows > 4: // in a journal's column
		return 0.6 * facetBody
	}
	return facetBody
}

func (c facetChart) height(w float64) float64 {
	rows, _, width := c.grid(w)
	tile := c.head(width) + c.bodyHeight(rows) + footX(false)
	return facetUnit + float64(rows)*(tile+facetGapY) - facetGapY + footX(true) - footX(false)
}

func (c facetChart) draw(p pen, r rect) {
	rows, cols, width := c.grid(r.w())
	p.text(r.x0, r.y1-8, fit(c.unit, r.w(), sizeTick, false), letters{size: sizeTick, col: muted})
	r = r.inset(gutter(c.y), footX(true)-footX(false), 0, facetUnit)
	if len(c.forms) == 1 {
		r.x1 = min(r.x1, r.x0+facetOnly)
		width = r.w()
	}
	p.xTitle(r.inset(0, footX(false), 0, 0), c.xTitle)
	for i, tile := range r.tiles(rows, cols, facetGapX, facetGapY)[:len(c.forms)] {
		n := nameHeight(c.forms[i:i+1], width)
		p.nameTitle(tile.x0, tile.y1-9, tile.w(), c.forms[i])
		if c.note != nil {
			p.text(tile.x0+nameIn, tile.y1-9-labelLead*float64(n), fit(c.note(i), tile.w()-nameIn+facetGapX-2, sizeTick, false), letters{size: sizeTick, col: ink})
		}
		g := panel{pen: p, x: c.x, y: c.y, r: tile.inset(0, footX(false), c.right, c.head(width))}
		g.frame(true, i%cols == 0)
		c.data(g, i)
	}
}

// others draws the lines of all variants but one in grey.
func (g panel) others(xs []float64, rows [][]float64, but int) {
	for i, ys := range rows {
		if i != but {
			g.curve(xs, ys, stroke{col: noData, width: 0.9})
		}
	}
}

// nameLines are a variant's name in lines of at most w points.
func nameLines(f Form, w float64) []string { return wrap(clean(f.name()), w, sizeLabel, true) }

// nameTitle heads a panel or a row with the variant's sign and its name, whose
// first line stands at y.
func (p pen) nameTitle(x, y, w float64, f Form) {
	c := f.look()
	p.marker(point{x + 4, mid(y, sizeLabel) + 0.72*sizeLabel}, c.mark, 3.2, c.fill)
	for i, s := range nameLines(f, w-nameIn) {
		p.text(x+nameIn, y-labelLead*float64(i), s, letters{size: sizeLabel, bold: true, col: c.ink})
	}
}

// nameIn is from a sign to the name.
const nameIn = 11.0

// nameRoom is the width of the widest name on one line, with its sign, within
// most.
func nameRoom(fs []Form, most float64) (w float64) {
	for _, f := range fs {
		w = max(w, textWidth(clean(f.name()), sizeLabel, true)+nameIn)
	}
	return min(w, most)
}

// wordRoom is the width of the widest word of the names, with the sign: in it no name is
// broken within a word.
func wordRoom(fs []Form) (w float64) {
	for _, f := range fs {
		for _, word := range strings.Fields(clean(f.name())) {
			w = max(w, textWidth(word, sizeLabel, true)+nameIn)
		}
	}
	return w
}

// nameHeight is how many lines the longest of the names takes.
func nameHeight(fs []Form, w float64) (n int) {
	for _, f := range fs {
		n = max(n, len(nameLines(f, w-nameIn)))
	}
	return n
}

// percentBand is a band of shares in per cent: its mean and interval.
func percentBand(b analysis.Band) analysis.Band {
	return analysis.Band{N: b.N, Mean: scaled(b.Mean, 100), Low: scaled(b.Low, 100), High: scaled(b.High, 100)}
}

// percentAxis is that of shares of a whole.
func percentAxis(ticks ...float64) axis { return axis{lo: 0, hi: 100, ticks: ticks, percent: true} }

// keyEnd is the line of the project's end.
func keyEnd(label string) keyItem {
	return keyItem{label, func(p pen, r rect) { p.line(endStroke(), point{r.mx(), r.y0 - 2}, point{r.mx(), r.y1 + 2}) }}
}

// wholeYears is a year axis with at most n labels, each a whole year.
func wholeYears(last float64, n int) axis {
	if !(last >= 2) {
		return yearAxis(last, n)
	}
	return axisOf(0, last, n, true)
}
