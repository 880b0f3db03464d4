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
// hours, with the hours per week beside it.
func ManagerHours(in HoursInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("manager hours")
	}
	c := rowChart{heads: [][2]string{{in.say("hours a week"), ""}}, title: in.say("share of the manager’s hours, %"), tall: true}
	c.x = newAxis(0, 100, maxTicks)
	c.x.percent = true
	for _, f := range in.Forms {
		c.addForm(f.Form, in.told(f), func(g panel) { in.drawBar(g, f) }, num(total(f.Hours), 1)+nbsp+"h")
	}
	f := Figure{
		words: in.Words,
		Name:  "manager-hours",
		Title: in.say("Where the export manager’s hours went") + in.byWhat(in.By, len(in.Forms)),
		Alt:   in.say("Stacked bars of the export manager's hours by task, one bar per form. "), Caption: in.caption(),
		sub: in.say("Share of all hours the manager worked in the project, mean over groups"),
	}
	for i, t := range in.Tasks {
		if in.most(i) > 0 { // a sign for what nobody does would be looked for in vain
			f.key = append(f.key, keyArea(t, in.colour(i)))
		}
	}
	return c.figure(f), nil
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

// drawBar draws the segments of a form; each prints its share, and its name above
// that where there is room.
func (in HoursInput) drawBar(g panel, f HoursForm) {
	bar := g.r.inset(0, 3, 0, 3)
	all := total(f.Hours)
	if all <= 0 {
		g.text(bar.x0+6, mid(bar.my(), sizeTick), g.say("no hours"), letters{size: sizeTick, col: muted})
		return
	}
	var parts []segment
	for k, h := range f.Hours {
		told := g.say("%s, %s: %s, %s"+nbsp+"hours a week", f.Form.name(), in.Tasks[k], pct(h/all), num(h, 1))
		parts = append(parts, segment{value: 100 * h / all, fill: in.colour(k), name: in.Tasks[k], text: pct(h / all), told: told})
	}
	g.stack(bar, parts)
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

// told is how a form's hours are split.
func (in HoursInput) told(f HoursForm) string {
	all := total(f.Hours)
	if all <= 0 {
		return in.say("no hours")
	}
	var tasks []string
	for k, h := range f.Hours {
		tasks = append(tasks, in.Tasks[k]+" "+pct(h/all))
	}
	return in.say("%s hours a week: %s", sig(all), in.and(tasks))
}
