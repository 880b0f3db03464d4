package plots

import (
	"strings"

	"epgsim/sim/analysis"
)

// ownPlate lies behind the column of the scenario's own period.
const ownPlate hex = 0xE9E9E9

const (
	headlineLeft  = 46.0 // the column of the rows' names
	headlineGap   = 14.0 // between panels
	headlineFoot  = 31.0 // ticks and what the funder has seen, below the columns
	headlineTitle = 15.0 // of the axis, below all
)

// headlineLayout is how the panels stand on a page.
type headlineLayout struct {
	rows, cols int
	width      float64 // of a panel
	names      int     // lines of the variants' names
	big        float64 // the height of the large number; 0 is none
	body       float64 // the height of the columns
}

func (in HeadlineInput) layout(w float64) headlineLayout {
	l := headlineLayout{body: 104}
	room := w - headlineLeft + headlineGap
	least := 17 * float64(len(in.Years))
	if len(in.Forms) <= mostTogether && !narrow(w) {
		least = max(least, facetLeast)
	}
	l.rows, l.cols = tiling(len(in.Forms), room, max(60, least)+headlineGap)
	l.width = room/float64(l.cols) - headlineGap
	if len(in.Forms) == 1 {
		l.width = min(l.width, 260) // a handful of columns needs no more
	}
	l.names = nameHeight(mapped(in.Forms, func(f HeadlineForm) Form { return f.Form }), l.width)
	switch {
	case in.own() < 0 || len(in.Forms) > mostTogether:
		l.body = 84
		if l.rows > 3 {
			l.body = 32
		}
	case l.beside():
		l.big = 38
	default:
		l.big = 50
	}
	return l
}

// beside says whether there is room for words beside the large number.
func (l headlineLayout) beside() bool { return l.width > 148 }

// head is the height above the row of losses.
func (l headlineLayout) head() float64 { return 5 + labelLead*float64(l.names) + l.big }

func (l headlineLayout) tile() float64 { return l.head() + 13 + l.body + headlineFoot }

func (l headlineLayout) height() float64 {
	return float64(l.rows)*(l.tile()+10) - 10 + headlineTitle
}

func (in HeadlineInput) draw(p pen, r rect) {
	l := in.layout(r.w())
	r.x0 += headlineLeft
	r.x1 = r.x0 + float64(l.cols)*(l.width+headlineGap) - headlineGap
	p.text(r.mx(), r.y0+3, p.say(termLostAxis), letters{size: sizeTick, col: ink, align: 0.5})
	r.y0 += headlineTitle
	for i, tile := range r.tiles(l.rows, l.cols, headlineGap, 10)[:len(in.Forms)] {
		p.nameTitle(tile.x0, tile.y1-9, tile.w(), in.Forms[i].Form)
		if l.big > 0 {
			in.large(p, l, tile, in.Forms[i])
		}
		g := panel{pen: p, x: axis{lo: 0, hi: float64(len(in.Years))}, r: tile.inset(0, headlineFoot, 0, l.head()+13),
			y: percentAxis(0, 50, 100)}
		in.columns(g, in.Forms[i], i%l.cols == 0)
	}
}

// large writes what is lost at the own period so that it is seen first.
func (in HeadlineInput) large(p pen, l headlineLayout, tile rect, f HeadlineForm) {
	lost := f.Lost[in.own()]
	if !finite(lost.Estimate) {
		return // the panel says that nothing is sold
	}
	top := tile.y1 - 5 - labelLead*float64(l.names)
	p.text(tile.x0, top-21, pct(lost.Estimate), letters{size: 24, bold: true, col: f.Form.look().ink})
	x, y := tile.x0, top-31
	after := p.say(termAfter, p.inYears(in.OwnYears))
	lines := []string{p.say(termLost) + " " + after}
	if textWidth(lines[0], sizeTick, false) > l.width {
		lines[0] = p.say(termLost)
	}
	if l.beside() {
		x, y = x+textWidth(pct(lost.Estimate), 24, true)+7, top-10
		lines = []string{p.say(termLost), after}
	}
	for _, s := range lines {
		p.text(x, y, s, letters{size: sizeTick, col: ink})
		y -= labelLead
	}
	s := p.say(termNoInterval)
	switch {
	case !finite(lost.Low) || !finite(lost.High):
	case lost.Low < 0: // a dash beside a minus could not be read
		s = p.say(termInterval, p.say(termTo, pct(lost.Low), pct(lost.High)))
	default:
		s = p.say(termInterval, pctRange(lost.Low, lost.High))
	}
	p.text(x, y, s, letters{size: sizeNote, col: muted})
}

// columns draws a variant's columns with their numbers: what is lost above
// them, what is seen below.
func (in HeadlineInput) columns(g panel, f HeadlineForm, first bool) {
	own := in.own()
	pitch := g.r.w() / float64(len(in.Years))
	if own >= 0 && len(in.Years) > 1 && finite(f.Lost[own].Estimate) {
		x := g.r.x0 + pitch*(float64(own)+0.5)
		half := min(pitch/2, 0.36*pitch+4)
		g.rect(ownPlate, rect{x - half, g.r.y0 - headlineFoot + 3, x + half, g.r.y1 + 12})
	}
	g.frame(false, first)
	if first {
		in.rowNames(g)
	}
	sold := false
	for k := range in.Years {
		sold = sold || finite(f.Lost[k].Estimate)
		in.column(g, f, k, pitch)
	}
	if !sold {
		g.plated(g.r.mx(), g.r.my()+6, g.say(termNothing), letters{size: sizeTick, col: muted, align: 0.5})
	}
}

// rowNames say, beside the first panel of a row, what the numbers are.
func (in HeadlineInput) rowNames(g panel) {
	words := letters{size: sizeNote, col: ink, align: 1}
	write := func(y float64, s string) {
		for i, line := range wrap(s, headlineLeft-4, sizeNote, false) {
			g.text(g.r.x0-5, y-8.5*float64(i), line, words)
		}
	}
	write(g.r.y1+16.5, g.say(termLost))
	write(g.r.y0-19, g.say(termSeen))
}

// column draws the column of period k with its numbers.
func (in HeadlineInput) column(g panel, f HeadlineForm, k int, pitch float64) {
	c := f.Form.look()
	x := g.r.x0 + pitch*(float64(k)+0.5)
	half := min(13, 0.36*pitch)
	own := k == in.own()
	g.text(x, g.r.y0-11, sig(in.Years[k]), letters{size: sizeTick, bold: own, col: ink, align: 0.5})
	lost, seen := hundred(f.Lost[k]), hundred(f.Seen[k])
	if !finite(lost.Estimate) {
		return
	}
	kept := g.py(100 - lost.Estimate)
	g.rect(c.fill.tint(afterTint), rect{x - half, g.r.y0, x + half, kept})
	if seen := min(kept, g.py(seen.Estimate)); finite(seen) {
		g.rect(c.fill, rect{x - half, g.r.y0, x + half, seen})
	}
	cut := rect{x - half, kept, x + half, g.r.y1}
	if cut.h() > 0.05 {
		g.hatched(c.fill, cut.corners()...)
		g.outline(stroke{col: c.fill, width: 0.6}, cut.corners()...)
	}
	if w := (lost.High - lost.Low) / 100 * g.r.h(); w > 3 {
		at := (float64(k) + 0.5) * (g.x.hi - g.x.lo) / float64(len(in.Years))
		for _, s := range []stroke{{col: white.alpha(190), width: 2.6}, {col: ink, width: 1}} {
			g.whisker(at, 100-lost.High, 100-lost.Low, s)
		}
	}
	g.text(x, g.r.y1+3.5, in.percent(f.Lost[k], pitch), letters{size: sizeTick, bold: true, col: c.ink, align: 0.5})
	g.text(x, g.r.y0-23, in.percent(f.Seen[k], pitch), letters{size: sizeTick, bold: own, col: ink, align: 0.5})
}

// percent is a share that stands above or below a column; where columns are
// narrow without its sign, which the axis has.
func (in HeadlineInput) percent(iv analysis.Interval, pitch float64) string {
	s := pct(iv.Estimate)
	if pitch < 25 {
		s = strings.TrimSuffix(s, nbsp+"%")
	}
	return s
}
