package plots

import (
	"epgsim/sim/analysis"
)

// HoursInput is what the figure of the export manager's hours shows.
type HoursInput struct {
	Words

	// Tasks are the names of what hours go into, in the order in which they
	// are drawn from left to right; at most 10.
	Tasks []string
	Forms []HoursForm // one bar each, at most MostVariants

	// By is what the forms differ in; "" is the organisational form.
	By string
}

// HoursForm is where the hours went in groups of one form.
type HoursForm struct {
	Form Form

	// Hours are mean hours per week of the project, one value per task. NaN
	// and negative values are refused: a bar with a gap would lie.
	Hours []float64
}

// ManagerHours draws one bar per form, split by task in per cent of all
// hours, with the hours per week at its end.
func ManagerHours(in HoursInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("manager hours")
	}
	f := &Figure{
		words: in.Words,
		Name:  "manager-hours",
		Title: in.say("Where the export manager’s hours went") + in.byWhat(in.By, len(in.Forms)),
		Alt:   in.local(in.alt()), Caption: in.local(in.caption()),
		sub:  in.say("Share of all hours the manager worked in the project, mean over groups"),
		size: in.height, draw: in.drawBars,
	}
	for i, t := range in.Tasks {
		if in.most(i) > 0 { // a sign for what nobody does would be looked for in vain
			f.key = append(f.key, keyArea(t, in.colour(i)))
		}
	}
	return f, nil
}

func (in HoursInput) ok() bool {
	return some(in.Tasks, 10) && some(in.Forms, MostVariants) && every(in.Forms, func(f HoursForm) bool {
		return long(len(in.Tasks), f.Hours) && every(f.Hours, func(h float64) bool { return finite(h) && h >= 0 })
	})
}

// colour runs from dark to light through the tasks; neighbours differ in
// lightness by the same step, so that a grey printer keeps them apart.
func (in HoursInput) colour(i int) hex {
	if i == len(in.Tasks)-1 && len(in.Tasks) > 1 {
		return 0xEFEFEF // the last, usually "idle", is a grey
	}
	stops := []hex{0x2D1E4F, 0x3B4C8A, 0x2F7E9B, 0x45A98C, 0x8FC267, 0xE6CC49}
	return gradient(stops, float64(i)/float64(max(len(in.Tasks)-2, 1)))
}

func total(vs []float64) (sum float64) {
	for _, v := range vs {
		sum += v
	}
	return sum
}

func (in HoursInput) forms() []Form {
	return mapped(in.Forms, func(f HoursForm) Form { return f.Form })
}

// hoursName is the greatest width of names beside the bars; in a column they
// stand above them.
const hoursName = 112.0

// row is the height of a bar with what stands around it, and of that which
// stands above it.
func (in HoursInput) row(w float64) (height, above float64) {
	if narrow(w) {
		above = labelLead*float64(nameHeight(in.forms(), w-60)) + 2
		return above + 26, above
	}
	height = 42
	if len(in.Forms) > 4 {
		height = 30
	}
	return max(height, labelLead*float64(nameHeight(in.forms(), hoursName))+6), 0
}

func (in HoursInput) height(w float64) float64 {
	h, _ := in.row(w)
	return 14 + h*float64(len(in.Forms)) + footX(true)
}

func (in HoursInput) drawBars(p pen, r rect) {
	height, above := in.row(r.w())
	head := p.say("hours a week")
	x := newAxis(0, 100, maxTicks)
	x.percent = true
	area := r.inset(2, footX(true), 8, 14)
	if above == 0 {
		left := 0.0
		for _, f := range in.Forms {
			for _, s := range nameLines(f.Form, hoursName-nameIn) {
				left = max(left, textWidth(s, sizeLabel, true)+11)
			}
		}
		area = r.inset(left+10, footX(true), textWidth(head, sizeTick, false)+10, 14)
		p.text(area.x1+10, area.y1+3, head, letters{size: sizeTick, col: muted})
	} else {
		p.text(r.x1, area.y1+3, head, letters{size: sizeTick, col: muted, align: 1})
	}
	panel{pen: p, x: x, r: area}.frame(true, false)
	p.xTitle(area, p.say("share of the manager’s hours, %"))
	top := area.y1
	for _, f := range in.Forms {
		all := total(f.Hours)
		hours := letters{size: sizeLabel, bold: true, col: ink}
		row := rect{area.x0, top - height, area.x1, top - above}
		bar := row.inset(0, height/7, 0, height/7)
		if above > 0 {
			bar = row.inset(0, 3, 0, 3)
			hours.align = 1
			p.nameTitle(r.x0, top-11, r.w()-60, f.Form)
			p.text(r.x1, top-11, num(all, 1)+nbsp+"h", hours)
		} else {
			lines := len(nameLines(f.Form, hoursName-nameIn))
			p.nameTitle(r.x0, mid(bar.my(), sizeLabel)+labelLead/2*float64(lines-1), hoursName, f.Form)
			p.text(area.x1+10, mid(bar.my(), sizeLabel), num(all, 1)+nbsp+"h", hours)
		}
		in.drawBar(p, bar, f, all)
		top -= height
	}
}

// drawBar draws the segments; each prints its share, and its name above that
// where the name fits.
func (in HoursInput) drawBar(p pen, bar rect, f HoursForm, all float64) {
	if all <= 0 {
		p.text(bar.x0+6, mid(bar.my(), sizeTick), p.say("no hours"), letters{size: sizeTick, col: muted})
		return
	}
	x := bar.x0
	for k, h := range f.Hours {
		seg := rect{x, bar.y0, x + h/all*bar.w(), bar.y1}
		x = seg.x1
		c := in.colour(k)
		p.rect(c, seg)
		if seg.w() > 1 {
			p.line(stroke{col: white, width: 0.8}, point{seg.x1, seg.y0}, point{seg.x1, seg.y1})
		}
		value, name := pct(h/all), in.Tasks[k]
		p.hover(seg, p.say("%s, %s: %s, %s"+nbsp+"hours a week", f.Form.name(), name, value, num(h, 1)))
		words := letters{size: sizeTick, col: c.on(), align: 0.5}
		small := letters{size: sizeNote, col: c.on(), align: 0.5}
		switch {
		case textWidth(value, words.size, false)+2.5 > seg.w():
		case textWidth(name, small.size, false)+5 <= seg.w() && seg.h() >= 21:
			p.text(seg.mx(), mid(seg.my()+5, small.size), name, small)
			p.text(seg.mx(), mid(seg.my()-5, words.size), value, words)
		default:
			p.text(seg.mx(), mid(seg.my(), words.size), value, words)
		}
	}
}

// share is the share of a form's hours that goes into a task.
func (f HoursForm) share(task int) float64 {
	if all := total(f.Hours); all > 0 {
		return f.Hours[task] / all
	}
	return 0
}

// most is the greatest share a task has with any form.
func (in HoursInput) most(task int) (most float64) {
	for _, f := range in.Forms {
		most = max(most, f.share(task))
	}
	return most
}

// caption names the task that takes most on average, and the one in which
// forms differ most.
func (in HoursInput) caption() string {
	sum := make([]float64, len(in.Tasks))
	top := 0
	for k := range in.Tasks {
		for _, f := range in.Forms {
			sum[k] += f.share(k)
		}
		if sum[k] > sum[top] {
			top = k
		}
	}
	if sum[top] == 0 {
		return in.say("The manager worked no hours.")
	}
	apart, gap := 0, 0.0
	for k := range in.Tasks {
		least := 1.0
		for _, f := range in.Forms {
			least = min(least, f.share(k))
		}
		if d := in.most(k) - least; k != top && d > gap {
			apart, gap = k, d
		}
	}
	of := func(k int) string {
		return in.Tasks[k] + ": " + in.valuesOf(mapped(in.Forms, func(f HoursForm) stand {
			return stand{f.Form, analysis.Interval{Estimate: f.share(k)}}
		}), pct)
	}
	most, other := in.say("the largest part of the time goes into %s", of(top)), ""
	if len(in.Forms) > 1 {
		most = in.say("taken together, the largest part of the time goes into %s", of(top))
	}
	if gap >= 0.01 {
		other = in.say("apart from that the greatest difference is in %s", of(apart))
	}
	return sentences(most, other)
}

func (in HoursInput) alt() string {
	return described(in.say("Stacked bars of the export manager's hours by task, one bar per form. "), in.Forms, ". ", func(f HoursForm) string {
		all := total(f.Hours)
		if all <= 0 {
			return f.Form.name() + ": " + in.say("no hours")
		}
		var tasks []string
		for k, h := range f.Hours {
			tasks = append(tasks, in.Tasks[k]+" "+pct(h/all))
		}
		return in.say("%s, %s hours a week: %s", f.Form.name(), sig(all), in.and(tasks))
	})
}
