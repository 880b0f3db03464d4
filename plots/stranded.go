package plots

import (
	"slices"
	"strings"

	"epgsim/sim/analysis"
)

// StrandedInput is what the figure of stranded value shows.
type StrandedInput struct {
	Words

	Periods []StrandedPeriod // from the shortest project to the longest, at most 6
}

// StrandedPeriod is one project length.
type StrandedPeriod struct {
	Years float64       // length of the project in years
	Bars  []StrandedBar // one per form, at most MostVariants; the same forms in every period
}

// StrandedBar is one form's mean value per group in k€. The three parts must
// not overlap; they are stacked.
type StrandedBar struct {
	Form     Form
	Inside   float64 // k€ closed before the project ended
	After    float64 // k€ closed after it, without the project
	Stranded float64 // k€ of opportunities undecided when it ended and never won
}

func (pd StrandedPeriod) ok() bool {
	return isTime(pd.Years) && some(pd.Bars, MostVariants) && every(pd.Bars, func(b StrandedBar) bool {
		return finite(b.total()) && min(b.Inside, b.After, b.Stranded) >= 0
	})
}

func (b StrandedBar) parts() [3]float64 { return [3]float64{b.Inside, b.After, b.Stranded} }

func (b StrandedBar) total() float64 {
	p := b.parts()
	return p[0] + p[1] + p[2]
}

// afterTint is how much of a form's colour the part closed after the
// project's end keeps.
const afterTint = 0.5

// Stranded draws, per project length and form, the value closed inside the
// project, closed after it, and left open when it ended.
func Stranded(in StrandedInput) (*Figure, error) {
	same := func(pd StrandedPeriod) bool {
		return slices.EqualFunc(pd.Bars, in.Periods[0].Bars, func(a, b StrandedBar) bool { return a.Form.Kind == b.Form.Kind })
	}
	if !some(in.Periods, 6) || !every(in.Periods, StrandedPeriod.ok) || !every(in.Periods, same) {
		return nil, unusable("stranded")
	}
	return &Figure{
		words: in.Words,
		Name:  "stranded",
		Title: in.say("Value closed and value stranded when the project ends, by its length"),
		Alt:   in.local(in.alt()), Caption: in.local(in.caption()),
		sub: in.sub(),
		key: []keyItem{
			keyArea(in.say("closed inside the project"), ink),
			keyArea(in.say("closed after its end"), ink.tint(afterTint)),
			keyHatch(in.say("stranded (bold number): customers undecided at its end and never won"), ink),
		},
		size: func(w float64) float64 { return in.layout(w).height(len(in.Periods)) },
		draw: in.drawPanels,
	}, nil
}

func (in StrandedInput) sub() string {
	if in.areForms() {
		return in.say("k€ per group, mean over groups; one panel for each form")
	}
	return in.say("k€ per group, mean over groups; one panel for each variant")
}

// forms are those of the first period; all periods have the same.
func (in StrandedInput) forms() []Form {
	return mapped(in.Periods[0].Bars, func(b StrandedBar) Form { return b.Form })
}

func (in StrandedInput) areForms() bool {
	return every(in.forms(), func(f Form) bool { return f.Kind.isForm() })
}

// strandedLayout is how the panels stand, and the height of their heads.
type strandedLayout struct {
	rows, cols int
	head       float64
}

const (
	strandedBar   = 14.0 // the height of a bar with what stands around it
	strandedYears = 34.0 // the width of the project's length
)

func (in StrandedInput) layout(w float64) (l strandedLayout) {
	n := len(in.forms())
	least := 100.0
	if n <= 4 {
		least = 135
	}
	l.rows, l.cols = tiling(n, w, least)
	l.head = labelLead*float64(nameHeight(in.forms(), (w+16)/float64(l.cols)-16)) + 4
	return l
}

func (l strandedLayout) height(periods int) float64 {
	return float64(l.rows)*(l.head+strandedBar*float64(periods)+8) + footX(true) + 2
}

func (in StrandedInput) drawPanels(p pen, r rect) {
	var seen span
	room := 0.0 // for the numbers at the ends of bars
	for _, pd := range in.Periods {
		for _, b := range pd.Bars {
			seen.add(b.total())
			room = max(room, textWidth(whole(b.Stranded), sizeNote, true))
		}
	}
	l := in.layout(r.w())
	x := fromZero(seen)
	x = x.spaced((r.w()+16)/float64(l.cols) - 16 - strandedYears - room - 6)
	area := r.inset(0, footX(true), 0, 0)
	for i, tile := range area.tiles(l.rows, l.cols, 16, 0)[:len(in.forms())] {
		g := panel{pen: p, x: x, r: tile.inset(strandedYears, 4, room+6, l.head)}
		p.nameTitle(tile.x0, tile.y1-9, tile.w(), in.forms()[i])
		for _, t := range x.ticks {
			tx := g.px(t)
			g.line(stroke{col: grid, width: widthGrid}, point{tx, g.r.y0}, point{tx, g.r.y1})
			if i+l.cols >= len(in.forms()) {
				g.text(tx, g.r.y0-10, x.label(t), letters{size: sizeTick, col: ink, align: 0.5})
			}
		}
		for k, row := range g.r.tiles(len(in.Periods), 1, 0, 0) {
			pd := in.Periods[k]
			p.text(g.r.x0-4, mid(row.my(), sizeTick), p.inYears(pd.Years), letters{size: sizeTick, col: ink, align: 1})
			pd.Bars[i].draw(g, rect{row.x0, row.my() - 5.5, row.x1, row.my() + 5.5})
			g.hover(row, g.inYears(pd.Years)+", "+pd.Bars[i].told(g.Words))
		}
		p.line(stroke{col: rule, width: widthAxis}, point{g.r.x0, g.r.y0}, point{g.r.x0, g.r.y1})
	}
	p.xTitle(rect{r.x0, area.y0 + 2, r.x1, r.y1}, p.say("value, k€ per group"))
}

// draw stacks the three parts and prints each where it fits; what is
// stranded is printed at the bar's end, because it is the message.
func (b StrandedBar) draw(g panel, row rect) {
	c := b.Form.look()
	parts := b.parts()
	from := 0.0
	for i, v := range parts {
		seg := rect{g.px(from), row.y0, g.px(from + v), row.y1}
		from += v
		if seg.w() <= 0.05 {
			continue
		}
		col := c.fill
		switch i {
		case 0:
			g.rect(col, seg)
		case 1:
			col = c.fill.tint(afterTint)
			g.rect(col, seg)
		case 2:
			g.hatched(c.fill, seg.corners()...)
			g.outline(stroke{col: c.fill, width: 0.6}, seg.corners()...)
			continue
		}
		if s := whole(v); textWidth(s, sizeNote, false)+4 <= seg.w() {
			g.text(seg.mx(), mid(seg.my(), sizeNote), s, letters{size: sizeNote, col: col.on(), align: 0.5})
		}
	}
	end := g.px(from) + 4
	if from == 0 {
		g.text(end, mid(row.my(), sizeNote), g.say("nothing"), letters{size: sizeNote, col: muted})
		return
	}
	g.text(end, mid(row.my(), sizeNote), whole(parts[2]), letters{size: sizeNote, bold: true, col: c.ink})
}

// caption says what share of all a group had in hand is stranded, for the
// shortest and the longest project.
func (in StrandedInput) caption() string {
	of := func(pd StrandedPeriod) string {
		return in.valuesOf(mapped(pd.Bars, func(b StrandedBar) stand {
			return stand{b.Form, analysis.Interval{Estimate: b.parts()[2] / b.total()}}
		}), pct)
	}
	first, end := in.Periods[0], in.Periods[len(in.Periods)-1]
	a, b := of(first), of(end)
	if a == "" {
		return ""
	}
	s := in.say("of all that is sold in a project of %s, sold after it or left open at its end, this share is never closed: %s", in.inYears(first.Years), a)
	if b != "" && len(in.Periods) > 1 {
		s += in.say("; with a project of %s: %s", in.inYears(end.Years), b)
	}
	return sentences(s)
}

func (in StrandedInput) alt() string {
	return described(in.say("Stacked bars of value per group by length of the project and form. "), in.Periods, ". ", func(pd StrandedPeriod) string {
		return in.inYears(pd.Years) + ": " + strings.Join(each(pd.Bars, func(b StrandedBar) string { return b.told(in.Words) }), "; ")
	})
}

// told says a bar in numbers.
func (b StrandedBar) told(w Words) string {
	v, all := b.parts(), b.total()
	s := w.say("%s %s closed inside, %s after, %s stranded", b.Form.name(), keur(v[0]), keur(v[1]), keur(v[2]))
	if all > 0 {
		s += w.say(" (%s of the bar)", pct(v[2]/all))
	}
	return s
}
