package plots

import (
	"fmt"
	"math"
	"slices"
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

func (in HeadlineInput) ok() bool {
	return some(in.Forms, 4) && len(in.Years) >= 2 && ascending(in.Years) &&
		isTime(in.horizon()) && isTime(in.ProjectYears) && in.ProjectYears <= in.horizon() &&
		every(in.Forms, func(f HeadlineForm) bool {
			return hasMean(f.Value, len(in.Years)) && areShares(f.Closed.Estimate)
		})
}

func (in HeadlineInput) horizon() float64 { return in.Years[len(in.Years)-1] }

// more says whether the grid goes on after the project's end.
func (in HeadlineInput) more() bool { return in.horizon()-in.ProjectYears > 1.0/weeksPerYear }

// Headline draws the project's first picture: lines of cumulative value in k€
// per form, the line at which the music stops, and below, form by form, how
// much of the horizon's value was closed by then and how much was still to
// come.
func Headline(in HeadlineInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("headline")
	}
	in = in.fromStart()
	f := &Figure{Name: "headline", Alt: in.alt(), Caption: in.caption(), draw: in.draw}
	shaded := "; shaded: 95" + nbsp + "% interval of the mean"
	if in.more() {
		f.Title = fmt.Sprintf("What a group has sold after %s of project, and what %s more would bring",
			years(in.ProjectYears), years(in.horizon()-in.ProjectYears))
		f.sub = "Sales per group added up, mean over groups, if the project went on to year " + sig(in.horizon()) + shaded
		f.height = 452
	} else {
		f.Title = "What a group sells in a project of " + years(in.ProjectYears) + byWhat(in.By, len(in.Forms))
		f.sub = "Sales per group added up, mean over groups" + shaded
		f.height = 270
	}
	return f, nil
}

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
	in.Years, in.Forms = line(in.Years), slices.Clone(in.Forms)
	for i := range in.Forms {
		f := &in.Forms[i]
		f.Value = analysis.Band{N: f.Value.N, Mean: line(f.Value.Mean), Low: line(f.Value.Low), High: line(f.Value.High)}
		if f.Closed.Low < 0 {
			f.Closed.Low = 0
		}
	}
	return in
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
	switch {
	case scale == 1:
		return keur(v)
	case math.Abs(v) < 995:
		return num(v/scale, 2) + nbsp + unit
	}
	return num(v/scale, 1) + nbsp + unit
}

func (in HeadlineInput) draw(p pen, r rect) {
	top, rest := r.cutTop(212)
	in.drawLines(p, top.inset(0, 8, 0, 0))
	if in.more() {
		in.drawShares(p, rest)
	}
}

// drawLines is the wide panel in k€.
func (in HeadlineInput) drawLines(p pen, area rect) {
	var seen span
	var lines []FormBand
	scale, unit := in.scale()
	for _, f := range in.Forms {
		b := analysis.Band{Mean: scaled(f.Value.Mean, 1/scale), Low: scaled(f.Value.Low, 1/scale), High: scaled(f.Value.High, 1/scale)}
		lines = append(lines, FormBand{f.Form, b})
		seen.add(b.Mean...)
		seen.add(b.High...)
	}
	labels := meanLabels(lines, func(v float64) string { return in.money(v * scale) })
	g := panel{pen: p, y: fromZero(seen), x: yearAxis(in.horizon(), 11)}
	left := gutter(g.y)
	g.r = area.inset(left, footX(true), labelRoom(labels), 27)
	g.frame(true, true)
	p.xTitle(g.r, "years since the project’s start")
	g.meanLines(in.Years, lines, 2, labels)
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
	g.line(stroke{col: ink, width: 1.2, dash: []float64{3.5, 2}}, point{x, g.r.y0}, point{x, y + 6})
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

func (in HeadlineInput) alt() string {
	parts := each(in.Forms, func(f HeadlineForm) string {
		all := in.money(f.Value.Mean[len(in.Years)-1])
		if !in.more() {
			return f.Form.name() + " " + all
		}
		return fmt.Sprintf("%s has sold %s (95 %% interval %s), %s of %s", f.Form.name(), pct(f.Closed.Estimate),
			pctRange(f.Closed.Low, f.Closed.High), in.money(interpolate(in.Years, f.Value.Mean, in.ProjectYears)), all)
	})
	if !in.more() {
		return fmt.Sprintf("Line chart of sales per group added up over a project of %s. %s.", years(in.ProjectYears), strings.Join(parts, "; "))
	}
	return fmt.Sprintf("Line chart of sales per group added up over %s, with a line where the project ends after %s. "+
		"By then, of what would be sold within %s if it went on: %s. Below, one small chart each shades what is sold by then and hatches what is still to come.",
		years(in.horizon()), years(in.ProjectYears), years(in.horizon()), strings.Join(parts, "; "))
}

// each is one of what is compared.
func (in HeadlineInput) each() string {
	switch {
	case len(in.Forms) == 1:
		return "it"
	case in.By == "":
		return "each form"
	}
	return "each variant"
}

// caption says how little the project's end sees, who leads, and where the
// order turns over.
func (in HeadlineInput) caption() string {
	k := 0 // the grid's last point inside the project
	for i, y := range in.Years {
		if y <= in.ProjectYears+1e-9 {
			k = i
		}
	}
	closed := mapped(in.Forms, func(f HeadlineForm) stand { return stand{f.Form, f.Closed} })
	now := mapped(in.Forms, func(f HeadlineForm) stand { return stand{f.Form, at(f.Value, k)} })
	later := mapped(in.Forms, func(f HeadlineForm) stand { return stand{f.Form, at(f.Value, len(in.Years)-1)} })
	leads := func(when string, ss []stand) string {
		return joined("", when+" ", lead(ss, "has sold", "have sold", in.money))
	}
	end := leads("after "+years(in.ProjectYears), now)
	if !in.more() {
		return sentences(end)
	}
	if l := leads("by year "+sig(in.horizon()), later); l != "" {
		end = strings.TrimPrefix(end+"; "+l, "; ")
	}
	share := when(len(ranking(closed)) > 0, "when the project ends after %s, this much of what %s of it would bring is sold: %s",
		years(in.ProjectYears), years(in.horizon()), valuesOf(closed, pct))
	return sentences(share, end, in.turns(now, later))
}

// turns says which forms pass others between the project's end and the
// horizon, and about when: only where the intervals leave no doubt at both.
func (in HeadlineInput) turns(now, later []stand) string {
	var parts []string
	for a := range in.Forms {
		var names []string
		year := 0.0
		for b := range in.Forms {
			if ahead(now[b].v, now[a].v) && ahead(later[a].v, later[b].v) {
				names, year = append(names, in.Forms[b].Form.inText()), max(year, in.passed(a, b))
			}
		}
		if len(names) > 0 {
			parts = append(parts, fmt.Sprintf("%s passes %s by year %s", in.Forms[a].Form.inText(), list(names), num(math.Ceil(year), 0)))
		}
	}
	return strings.Join(parts, "; ")
}

// passed is the year from which form a stays above form b.
func (in HeadlineInput) passed(a, b int) float64 {
	k := len(in.Years) - 1
	for k > 0 && in.Forms[a].Value.Mean[k-1] > in.Forms[b].Value.Mean[k-1] {
		k--
	}
	return in.Years[k]
}
