package plots

import (
	"strings"

	"epgsim/sim/analysis"
)

// ownPlate lies behind the column of the scenario's own period.
const ownPlate hex = 0xE9E9E9

const (
	headlineLeft = 46.0 // the column of the rows' names
	headlineFoot = 31.0 // ticks and what the funder has seen, below the columns
)

// panels are the variants' columns, a panel each.
func (in HeadlineInput) panels() multiples {
	few := len(in.Forms) <= mostTogether
	m := multiples{least: max(84, 17*float64(len(in.Years))), most: 260, body: 64, shared: true,
		left: headlineLeft, above: 13, below: headlineFoot - footX(false), along: in.say(termLostAxis)}
	if in.own() >= 0 && few {
		m.above = 13 + largeHeight
	}
	if !few {
		m.least = max(60, 17*float64(len(in.Years)))
	}
	x := axis{lo: 0, hi: float64(len(in.Years))}
	for i, f := range in.Forms {
		m.tiles = append(m.tiles, tile{form: &f.Form, x: x, y: percentAxis(0, 50, 100), ticks: func(panel) {}, data: func(g panel) {
			if m.above > 13 {
				in.large(g, f)
			}
			in.columns(g, f, i == 0)
		}})
	}
	return m
}

// largeHeight is that of the large number with the words below it.
const largeHeight = 50.0

// large writes what is lost at the own period so that it is seen first.
func (in HeadlineInput) large(g panel, f HeadlineForm) {
	lost := f.Lost[in.own()]
	if !finite(lost.Estimate) {
		return // the panel says that nothing is sold
	}
	x, top := g.r.x0, g.r.y1+13+largeHeight
	g.text(x, top-21, pct(lost.Estimate), letters{size: 24, bold: true, col: f.Form.look().ink})
	words := g.say(termLost) + " " + g.say(termAfter, g.inYears(in.OwnYears))
	if textWidth(words, sizeTick, false) > g.r.w() {
		words = g.say(termLost)
	}
	g.text(x, top-31, words, letters{size: sizeTick, col: ink})
	s := g.say(termNoInterval)
	switch {
	case !finite(lost.Low) || !finite(lost.High):
	case lost.Low < 0: // a dash beside a minus could not be read
		s = g.say(termInterval, g.say(termTo, pct(lost.Low), pct(lost.High)))
	default:
		s = g.say(termInterval, pctRange(lost.Low, lost.High))
	}
	g.text(x, top-31-labelLead, s, letters{size: sizeNote, col: muted})
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
