package plots

import (
	"strings"
)

const (
	stagesHead   = 12.0 // above the data: what the share is of
	stagesCurve  = 150.0
	stagesBeside = 380.0 // from this width on the curves stand beside the bars
	stagesTotal  = 32.0  // for the number at a bar's end
)

// rowHeight is that of a bar's row.
func (in StagesInput) rowHeight() float64 {
	switch n := len(in.Forms); {
	case n == 1:
		return 96
	case n == 2:
		return 56
	case n <= mostTogether:
		return 42
	}
	return 33
}

// stacked says whether the curves stand below the bars and not beside them.
func (in StagesInput) stacked(w float64) bool { return w < stagesBeside }

// together says whether the forms' curves share a panel.
func (in StagesInput) together() bool { return len(in.Forms) <= mostTogether }

func (in StagesInput) height(w float64) float64 {
	h := stagesHead + in.rowHeight()*float64(len(in.Forms)) + footX(true)
	switch {
	case !in.stacked(w):
		return h
	case in.together():
		return h + stagesHead + stagesCurve
	}
	return h + stagesHead + stagesCurve + in.legend(w)
}

// legend is the height of the names below the curves of many forms in a column,
// which has no room for a panel for each beside the bars.
func (in StagesInput) legend(w float64) float64 {
	return heightOf(func(p pen) float64 { return -p.key(rect{x1: w}, 0, labelKey(in.names())) }) + 10
}

// names are the labels of the curves alone.
func (in StagesInput) names() []endLabel {
	return mapped(in.Forms, func(f StagesForm) endLabel { return formLabel(f.Form, "") })
}

func (in StagesInput) draw(p pen, r rect) {
	rows := in.rowHeight() * float64(len(in.Forms))
	name := nameRoom(in.forms(), max(0.26*r.w(), min(0.4*r.w(), wordRoom(in.forms()))))
	bars, curves := r, r
	switch {
	case in.stacked(r.w()):
		bars.y0 = r.y1 - stagesHead - rows - footX(true)
		curves.y1 = bars.y0 - 4
		in.curves(p, curves)
	case in.together():
		bars.x1 = r.x0 + 0.54*r.w()
		curves.x0 = bars.x1 + 12
		in.curves(p, curves)
	default:
		bars.x1 = r.x0 + name + 0.58*(r.w()-name)
		curves.x0 = bars.x1 + 12
		in.small(p, curves)
	}
	in.bars(p, bars, name)
}

// longestBar is the scale of the bars.
func (in StagesInput) barAxis(n int) axis {
	var seen span
	for _, f := range in.Forms {
		seen.add(f.weeks())
	}
	return newAxis(0, max(1, seen.hi), n)
}

// bars draws the names and, beside them, the bars.
func (in StagesInput) bars(p pen, r rect, name float64) {
	g := panel{pen: p, r: r.inset(name+8, footX(true), stagesTotal, stagesHead)}
	g.x = in.barAxis(max(2, min(6, int(g.r.w()/26))))
	for _, t := range g.x.ticks {
		x := g.px(t)
		g.line(stroke{col: grid, width: widthGrid}, point{x, g.r.y0}, point{x, g.r.y1})
		g.text(x, g.r.y0-12, g.x.label(t), letters{size: sizeTick, col: ink, align: 0.5})
	}
	h := in.rowHeight()
	for i, f := range in.Forms {
		row := rect{g.r.x0, g.r.y1 - h*float64(i+1), g.r.x1, g.r.y1 - h*float64(i)}
		n := nameHeight([]Form{f.Form}, name)
		p.nameTitle(r.x0, mid(row.my()+labelLead*float64(n-1)/2, sizeLabel), name, f.Form)
		f.bar(g, row)
	}
	g.line(stroke{col: rule, width: widthAxis}, point{g.r.x0, g.r.y0}, point{g.r.x0, g.r.y1})
	title := fit(p.say(termStagesAxis), r.w(), sizeTick, false)
	x := max(r.x0, min(g.r.mx()-textWidth(title, sizeTick, false)/2, r.x1-textWidth(title, sizeTick, false)))
	g.text(x, g.r.y0-24, title, letters{size: sizeTick, col: ink})
}

// bar draws a form's bar into its row, with the weeks of each stage in it or,
// where a stage is too short for its number, below it.
func (f StagesForm) bar(g panel, row rect) {
	c := f.Form.look()
	if !finite(f.weeks()) {
		g.text(row.x0+4, mid(row.my(), sizeTick), g.say(termNoDeal), letters{size: sizeTick, col: muted})
		return
	}
	half := min(13, 0.33*row.h())
	from, inside := 0.0, true
	var numbers []string
	for i, iv := range f.stages() {
		s := inWeeks(iv.Estimate)
		numbers = append(numbers, s)
		seg := rect{g.px(from), row.my() - half, g.px(from + iv.Estimate), row.my() + half}
		from += iv.Estimate
		col := c.fill.tint(stageTints[i])
		g.rect(col, seg)
		g.line(stroke{col: white, width: 0.8}, point{seg.x1, seg.y0}, point{seg.x1, seg.y1})
		words := letters{size: sizeNote, col: col.on(), align: 0.5}
		switch w := seg.w() - 1.5; {
		case half > 11 && textWidth(g.say(stageTerms[i]), sizeNote, false) < w:
			g.text(seg.mx(), mid(seg.my()+4.8, sizeNote), g.say(stageTerms[i]), words)
			g.text(seg.mx(), mid(seg.my()-4.8, sizeNote), s, words)
		case textWidth(s, sizeNote, false) < w:
			g.text(seg.mx(), mid(seg.my(), sizeNote), s, words)
		default:
			inside = inside && iv.Estimate == 0
		}
	}
	g.text(g.px(from)+4, mid(row.my(), sizeLabel), inWeeks(from), letters{size: sizeLabel, bold: true, col: c.ink})
	if !inside {
		g.text(row.x0+2, row.my()-half-8, strings.Join(numbers, " + "), letters{size: sizeNote, col: muted})
	}
}

// years is the axis of the first deals.
func (in StagesInput) years(n int) axis {
	return wholeYears(horizon(len(in.Forms[0].FirstDeal.Mean)), n)
}

// percent are the curves of all forms in per cent.
func (in StagesInput) percent() [][]float64 {
	return mapped(in.Forms, func(f StagesForm) []float64 { return scaled(f.FirstDeal.Mean, 100) })
}

// curve draws that of form i in its panel.
func (in StagesInput) curve(g panel, i int) {
	rows := in.percent()
	xs := weeks(len(rows[i]))
	g.projectEnd(in.ProjectYears)
	g.others(xs, rows, i)
	c := in.Forms[i].Form.look()
	g.curve(xs, rows[i], stroke{col: c.fill, width: widthData})
	g.marker(g.pt(in.ProjectYears, 100*in.byEnd(in.Forms[i]).Estimate), c.mark, lineMark, c.fill)
}

// unfunded greys the time after the public funding, and draws where it ends.
func (in StagesInput) unfunded(g panel) {
	if x := g.px(in.ProjectYears); x < g.r.x1 {
		g.rect(hex(0xF2F2F2), rect{x, g.r.y0, g.r.x1, g.r.y1})
	}
}

// curves draws the first-deal curves of a few forms in one panel.
func (in StagesInput) curves(p pen, r rect) {
	lines := mapped(in.Forms, func(f StagesForm) FormBand { return FormBand{f.Form, percentBand(f.FirstDeal)} })
	labels := mapped(in.Forms, func(f StagesForm) endLabel { return formLabel(f.Form, in.endNote(f)) })
	g := panel{pen: p, y: percentAxis(0, 25, 50, 75, 100)}
	left, right := gutter(g.y), labelRoom(labels)
	if !in.together() {
		h := in.legend(r.w())
		p.key(r, r.y0+h-sizeTick-2, labelKey(in.names()))
		r.y0, right = r.y0+h, 8
	}
	g.r = r.inset(left, footX(true), right, stagesHead+6)
	g.x = in.years(6)
	in.unfunded(g)
	g.frame(true, true)
	g.unit(g.say(termFirstDeal), left)
	g.xTitle(g.r, g.say(termYears))
	g.projectEnd(in.ProjectYears)
	g.meanLines(weeks(len(lines[0].Band.Mean)), lines, widthData, labels)
	if !in.together() {
		g.ends(labels)
		return
	}
	g.endLabels(g.r.x1, g.r.y0, g.r.y1+8, labels)
}

// endNote is what a label says of a form's curve.
func (in StagesInput) endNote(f StagesForm) string {
	return in.say(termByYear, pct(in.byEnd(f).Estimate), sig(in.ProjectYears))
}

// small draws the first-deal curve of each of many forms beside its bar, with
// the share when the funding ends.
func (in StagesInput) small(p pen, r rect) {
	y := percentAxis(0, 50, 100)
	left := gutter(y)
	area := r.inset(left, footX(true), stagesTotal, stagesHead)
	p.text(r.x0, r.y1-4, fit(p.say(termByYear, p.say(termFirstDeal), sig(in.ProjectYears)), r.w(), sizeTick, false), letters{size: sizeTick, col: muted})
	h := in.rowHeight()
	for i, f := range in.Forms {
		top := area.y1 - h*float64(i)
		g := panel{pen: p, y: y, x: in.years(5), r: rect{area.x0, top - h + 3, area.x1, top - 5}}
		in.unfunded(g)
		g.frame(i == len(in.Forms)-1, i == 0)
		in.curve(g, i)
		g.text(r.x1, mid(g.r.my(), sizeLabel), pct(in.byEnd(f).Estimate), letters{size: sizeLabel, bold: true, col: f.Form.look().ink, align: 1})
	}
	p.xTitle(area, p.say(termYears))
}
