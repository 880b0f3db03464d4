package plots

import (
	"fmt"
	"math"
	"strings"

	"epgsim/sim/analysis"
)

// HeadlineInput is what the headline figure shows: how much value groups have
// closed when a project of a given length ends, and how much is still to come.
type HeadlineInput struct {
	Forms []HeadlineForm // at most 4, drawn from left to right

	// Years is the common grid of all curves in years since the project's
	// start, ascending from 0 or more; weekly points are fine. The last one
	// is the horizon whose value counts as 100 %.
	Years []float64

	// ProjectYears is when the project ends, in years: "the music stops". When
	// that is the last of Years there is nothing to come, and the figure shows
	// the lines alone.
	ProjectYears float64

	// By is what the forms differ in; "" is the organisational form.
	By string
}

// HeadlineForm is one form's share in the headline.
type HeadlineForm struct {
	Form Form

	// Value is the cumulative value closed per group in k€ at each of Years:
	// Mean and its 95 % interval Low, High (NaN: no interval). The quantiles
	// are not used.
	Value analysis.Band

	// Closed is the share (0..1) of the horizon's value that is closed at
	// ProjectYears, with its 95 % interval. It is printed as it is, so it
	// should be the ratio that Value.Mean shows.
	Closed analysis.Interval
}

func (in HeadlineInput) check() error {
	if err := checkCount("headline: forms", len(in.Forms), 4); err != nil {
		return err
	}
	if len(in.Years) < 2 {
		return bad("headline: the grid of years needs two points or more, has %d", len(in.Years))
	}
	if err := ascending("headline: years", in.Years); err != nil {
		return err
	}
	if err := checkYears("headline: horizon", in.horizon()); err != nil {
		return err
	}
	if err := checkYears("headline: project", in.ProjectYears); err != nil {
		return err
	}
	if in.ProjectYears > in.horizon() {
		return bad("headline: the project (%v years) outlasts the grid (%v years)", in.ProjectYears, in.horizon())
	}
	for i, f := range in.Forms {
		what := fmt.Sprintf("headline: form %d (%s)", i+1, f.Form.name())
		if err := f.Form.check(what); err != nil {
			return err
		}
		if err := checkMean(what, f.Value, len(in.Years)); err != nil {
			return err
		}
		if v := f.Closed.Estimate; finite(v) && (v < -1e-9 || v > 1+1e-9) {
			return bad("%s: a share of %v closed is not within 0..1", what, v)
		}
	}
	return nil
}

func (in HeadlineInput) horizon() float64 { return in.Years[len(in.Years)-1] }

// Headline draws the project's first picture: lines of cumulative value in k€
// per form, the line at which the music stops, and below, form by form, how
// much of the horizon's value was closed by then and how much was still to
// come.
func Headline(in HeadlineInput) (*Figure, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	in = in.fromStart()
	title := fmt.Sprintf("What a group has sold after %s of project, and what %s more would bring",
		years(in.ProjectYears), years(in.horizon()-in.ProjectYears))
	sub := "Sales per group added up, mean over groups, if the project went on to year " + sig(in.horizon()) + "; shaded: 95" + nbsp + "% interval of the mean"
	height := 452.0
	if !in.more() {
		title = "What a group sells in a project of " + years(in.ProjectYears) + byWhat(in.By, len(in.Forms))
		sub = "Sales per group added up, mean over groups; shaded: 95" + nbsp + "% interval of the mean"
		height = 270
	}
	f := newFigure("headline", title, height)
	f.Alt, f.Caption = in.alt(), in.caption()
	f.draw = func(p pen, r rect) {
		r = p.header(r, title, sub, nil)
		top, rest := r.cutTop(212)
		in.drawLines(p, top.inset(0, 8, 0, 0))
		if in.more() {
			in.drawShares(p, rest)
		}
	}
	return f, nil
}

// more says whether the grid goes on after the project's end.
func (in HeadlineInput) more() bool { return in.horizon()-in.ProjectYears > 1.0/weeksPerYear }

// fromStart is the input with lines that begin at nothing in year 0, and with
// intervals that do not promise less than nothing.
func (in HeadlineInput) fromStart() HeadlineInput {
	start := in.Years[0] > 0
	line := func(vs []float64) (out []float64) {
		if start {
			out = append(out, 0)
		}
		for _, v := range vs {
			if v < 0 {
				v = 0
			}
			out = append(out, v)
		}
		return out
	}
	out := in
	out.Years, out.Forms = line(in.Years), nil
	for _, f := range in.Forms {
		f.Value = analysis.Band{N: f.Value.N, Mean: line(f.Value.Mean), Low: line(f.Value.Low), High: line(f.Value.High)}
		if f.Closed.Low < 0 {
			f.Closed.Low = 0
		}
		out.Forms = append(out.Forms, f)
	}
	return out
}

// scale is what the lines are divided by, and the unit that gives: millions
// where thousands of k€ would have to be read.
func (in HeadlineInput) scale() (float64, string) {
	var seen span
	for _, f := range in.Forms {
		seen.add(f.Value.Mean...)
	}
	if seen.any && seen.hi >= 2000 {
		return 1000, "million" + nbsp + "€"
	}
	return 1, "k€"
}

// money writes an amount of k€ in the figure's unit.
func (in HeadlineInput) money(v float64) string {
	scale, unit := in.scale()
	if scale == 1 {
		return keur(v)
	}
	d := 1
	if math.Abs(v) < 995 {
		d = 2
	}
	return num(v/scale, d) + nbsp + unit
}

func (in HeadlineInput) alt() string {
	var parts []string
	for _, f := range in.Forms {
		if !in.more() {
			parts = append(parts, f.Form.name()+" "+in.money(f.Value.Mean[len(in.Years)-1]))
			continue
		}
		parts = append(parts, fmt.Sprintf("%s has sold %s (95 %% interval %s), %s of %s",
			f.Form.name(), pct(f.Closed.Estimate), pctRange(f.Closed.Low, f.Closed.High),
			in.money(interpolate(in.Years, f.Value.Mean, in.ProjectYears)), in.money(f.Value.Mean[len(in.Years)-1])))
	}
	if !in.more() {
		return fmt.Sprintf("Line chart of sales per group added up over a project of %s. %s.", years(in.ProjectYears), strings.Join(parts, "; "))
	}
	return fmt.Sprintf("Line chart of sales per group added up over %s, with a line where the project ends after %s. "+
		"By then, of what would be sold within %s if it went on: %s. Below, one small chart each shades what is sold by then and hatches what is still to come.",
		years(in.horizon()), years(in.ProjectYears), years(in.horizon()), strings.Join(parts, "; "))
}

// drawLines is the wide panel in k€.
func (in HeadlineInput) drawLines(p pen, area rect) {
	var seen span
	for _, f := range in.Forms {
		seen.add(f.Value.Mean...)
		seen.add(f.Value.High...)
	}
	scale, unit := in.scale()
	seen.hi /= scale
	g := panel{pen: p, y: fromZero(seen), x: yearAxis(in.horizon(), 11)}
	labels := make([]endLabel, len(in.Forms))
	for i, f := range in.Forms {
		k := last(f.Value.Mean)
		v := math.NaN()
		if k >= 0 {
			v = f.Value.Mean[k]
		}
		labels[i] = formLabel(f.Form, point{}, in.money(v))
	}
	left := gutter(g.y)
	g.r = area.inset(left, footX(true), labelRoom(labels), 27)
	g.frame(true, true)
	p.xTitle(g.r, "years since the project’s start")
	for _, f := range in.Forms {
		g.band(in.Years, scaled(f.Value.Low, 1/scale), scaled(f.Value.High, 1/scale), f.Form.look().fill.alpha(alphaOuter))
	}
	for i, f := range in.Forms {
		c := f.Form.look()
		g.curve(in.Years, scaled(f.Value.Mean, 1/scale), stroke{col: c.fill, width: 2, dash: c.dash})
		labels[i].at = nowhere()
		if k := last(f.Value.Mean); k >= 0 {
			labels[i].at = g.pt(in.Years[k], f.Value.Mean[k]/scale)
		}
	}
	g.endLabels(g.r.x1, g.r.y0, g.r.y1+8, labels)
	in.drawMusic(g, left, "sales, "+unit+" per group")
}

// drawMusic draws and names the project's end, and the unit of the y axis,
// each clear of the other.
func (in HeadlineInput) drawMusic(g panel, left float64, unit string) {
	if !in.more() {
		g.unit(unit, left)
		return
	}
	x, y := g.px(in.ProjectYears), g.r.y1+8
	words := letters{size: sizeLabel, bold: true, col: ink}
	const label = "project ends: the music stops"
	end := stroke{col: ink, width: 1.2, dash: []float64{3.5, 2}}
	g.line(end, point{x, g.r.y0}, point{x, y + 6})
	from := x // where the line or its label begins
	if w := textWidth(label, words.size, words.bold); x+4+w > g.r.x1 {
		x, words.align = x-8, 1 // a long project: to the left of the line
		from = x - w
	}
	above := g
	if from < g.r.x0-left+textWidth(unit, sizeTick, false)+8 {
		above.r.y1 += 13 // they would touch
	}
	above.unit(unit, left)
	g.text(x+4, y, label, words)
}
