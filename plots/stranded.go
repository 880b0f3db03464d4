package plots

import (
	"fmt"
	"strings"

	"epgsim/sim/analysis"
)

// StrandedInput is what the figure of stranded value shows.
type StrandedInput struct {
	Periods []StrandedPeriod // from the shortest project to the longest, at most 6
}

// StrandedPeriod is one project length.
type StrandedPeriod struct {
	Years float64       // length of the project in years
	Bars  []StrandedBar // one per form, at most 5
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
	return isTime(pd.Years) && some(pd.Bars, 5) && every(pd.Bars, func(b StrandedBar) bool {
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
	if !some(in.Periods, 6) || !every(in.Periods, StrandedPeriod.ok) {
		return nil, unusable("stranded")
	}
	rows := 0
	for _, pd := range in.Periods {
		rows += len(pd.Bars)
	}
	return &Figure{
		Name:  "stranded",
		Title: "Value closed and value stranded when the project ends, by its length",
		Alt:   in.alt(), Caption: in.caption(),
		sub: "k€ per group, mean over groups",
		key: []keyItem{
			keyArea("closed inside the project", ink),
			keyArea("closed after its end", ink.tint(afterTint)),
			keyHatch("stranded: customers undecided at its end and never won", ink),
		},
		height: 98 + 15*float64(rows) + 12*float64(len(in.Periods)),
		draw:   in.drawBars,
	}, nil
}

func (in StrandedInput) drawBars(p pen, r rect) {
	var seen span
	name := 0.0
	for _, pd := range in.Periods {
		for _, b := range pd.Bars {
			seen.add(b.total())
			name = max(name, textWidth(fit(b.Form.name(), 100, sizeLabel, true), sizeLabel, true)+11)
		}
	}
	const period = 46.0 // the column of project lengths
	x := fromZero(seen)
	g := panel{pen: p, x: x, r: r.inset(period+name+10, footX(true), 58, 4)}
	for _, t := range x.ticks {
		tx := g.px(t)
		g.line(stroke{col: grid, width: widthGrid}, point{tx, g.r.y0}, point{tx, g.r.y1})
		g.text(tx, g.r.y0-10, x.label(t), letters{size: sizeTick, col: ink, align: 0.5})
	}
	p.xTitle(g.r, "value, k€ per group")
	y := g.r.y1
	for k, pd := range in.Periods {
		if k > 0 {
			p.line(stroke{col: rule, width: widthGrid}, point{r.x0, y - 3}, point{g.r.x1, y - 3})
		}
		y -= 6
		p.text(r.x0, mid(y-7.5, sizeLabel), years(pd.Years), letters{size: sizeLabel, bold: true, col: ink})
		for _, b := range pd.Bars {
			p.formTitle(r.x0+period, mid(y-7.5, sizeLabel), name, b.Form)
			b.draw(g, rect{g.r.x0, y - 13.5, g.r.x1, y - 1.5})
			y -= 15
		}
		y -= 6
	}
	p.line(stroke{col: rule, width: widthAxis}, point{g.r.x0, g.r.y0}, point{g.r.x0, g.r.y1})
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
		g.text(end, mid(row.my(), sizeNote), "nothing", letters{size: sizeNote, col: muted})
		return
	}
	g.text(end, mid(row.my(), sizeNote), whole(parts[2])+" stranded", letters{size: sizeNote, bold: true, col: c.ink})
}

// caption says what share of all a group had in hand is stranded, for the
// shortest and the longest project.
func (in StrandedInput) caption() string {
	of := func(pd StrandedPeriod) string {
		return valuesOf(mapped(pd.Bars, func(b StrandedBar) stand {
			return stand{b.Form, analysis.Interval{Estimate: b.parts()[2] / b.total()}}
		}), pct)
	}
	first, end := in.Periods[0], in.Periods[len(in.Periods)-1]
	a, b := of(first), of(end)
	if a == "" {
		return ""
	}
	return sentences(fmt.Sprintf("of all that is sold in a project of %s, sold after it or left open at its end, this share is never closed: %s", years(first.Years), a) +
		when(b != "" && len(in.Periods) > 1, "; with a project of %s: %s", years(end.Years), b))
}

func (in StrandedInput) alt() string {
	return described("Stacked bars of value per group by length of the project and form. ", in.Periods, ". ", func(pd StrandedPeriod) string {
		forms := each(pd.Bars, func(b StrandedBar) string {
			v, all := b.parts(), b.total()
			return fmt.Sprintf("%s %s closed inside, %s after, %s stranded", b.Form.name(), keur(v[0]), keur(v[1]), keur(v[2])) +
				when(all > 0, " (%s of the bar)", pct(v[2]/all))
		})
		return years(pd.Years) + ": " + strings.Join(forms, "; ")
	})
}
