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
	var seen span
	room := 0.0 // for the numbers at the ends of bars
	for _, pd := range in.Periods {
		for _, b := range pd.Bars {
			seen.add(b.total())
			room = max(room, textWidth(whole(b.Stranded), sizeNote, true))
		}
	}
	m := multiples{least: 80, most: 420, body: strandedBar * float64(len(in.Periods)), right: room + 6, left: 34, along: in.say("value, k€ per group")}
	for i, f := range in.forms() {
		m.tiles = append(m.tiles, tile{form: &f, x: fromZero(seen).spaced(74), data: func(g panel) { in.drawForm(g, i) }})
	}
	return m.figure(Figure{
		words: in.Words,
		Name:  "stranded",
		Title: in.say("Value closed and value stranded when the project ends, by its length"),
		Alt:   in.alt(), Caption: in.caption(),
		sub: in.sub(),
		key: []keyItem{
			keyArea(in.say("closed inside the project"), ink),
			keyArea(in.say("closed after its end"), ink.tint(afterTint)),
			keyHatch(in.say("stranded (bold number): customers undecided at its end and never won"), ink),
		},
	}), nil
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

// strandedBar is the height of a bar with what stands around it.
const strandedBar = 13.0

// drawForm draws the bars of form i: the three parts, each printed where it fits; what is
// stranded is printed at the bar's end, because it is the message.
func (in StrandedInput) drawForm(g panel, i int) {
	for k, row := range g.r.tiles(len(in.Periods), 1, 0, 0) {
		b, years := in.Periods[k].Bars[i], g.inYears(in.Periods[k].Years)
		c, v := b.Form.look(), b.parts()
		g.text(g.r.x0-4, mid(row.my(), sizeTick), years, letters{size: sizeTick, col: ink, align: 1})
		end := g.stack(rect{row.x0, row.my() - 5.5, row.x1, row.my() + 5.5}, []segment{
			{value: v[0], fill: c.fill, text: whole(v[0])}, {value: v[1], fill: c.fill.tint(afterTint), text: whole(v[1])}, {value: v[2], fill: c.fill, hatch: true},
		})
		if b.total() == 0 {
			g.text(end+4, mid(row.my(), sizeNote), g.say("nothing"), letters{size: sizeNote, col: muted})
		} else {
			g.text(end+4, mid(row.my(), sizeNote), whole(v[2]), letters{size: sizeNote, bold: true, col: c.ink})
		}
		g.hover(row, years+", "+b.told(g.Words))
	}
	g.line(stroke{col: rule, width: widthAxis}, point{g.r.x0, g.r.y0}, point{g.r.x0, g.r.y1})
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
