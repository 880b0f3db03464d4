package plots

import (
	"math"
	"slices"
	"strings"

	"epgsim/sim/analysis"
)

// SalesInput is what the figure of sales over time shows: how the sales of a
// group add up whose project goes on to the last of Years.
type SalesInput struct {
	Words

	Forms []FormBand // at most 12; of each the mean in k€ per group at each of Years, and its interval
	Years []float64  // years since the start, ascending from 0 or more
	Ends  []float64  // where projects end, in years, ascending within Years; at most 12
	Own   float64    // the scenario's own period; marked where it is one of Ends
	By    string     // what the forms differ in; "" is the organisational form
}

// FormBand is what the groups of one form have over time; NaN leaves a gap.
type FormBand struct {
	Form Form
	Band analysis.Band
}

func (in SalesInput) ok() bool {
	return some(in.Forms, MostVariants) && len(in.Years) >= 2 && ascending(in.Years) && isTime(in.horizon()) &&
		len(in.Ends) <= 12 && ascending(in.Ends) && every(in.Ends, func(y float64) bool { return isTime(y) && y <= in.horizon() }) &&
		every(in.Forms, func(f FormBand) bool { return hasMean(f.Band, len(in.Years)) })
}

func (in SalesInput) horizon() float64 { return in.Years[len(in.Years)-1] }

// SalesOverTime draws the cumulative sales per group of each variant in a
// project that goes on, and marks where projects end.
func SalesOverTime(in SalesInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("sales over time")
	}
	in = in.fromStart()
	f := Figure{
		words: in.Words,
		Name:  "sales-over-time", Title: in.say(termSalesTitle) + in.byWhat(in.By, len(in.Forms)),
		Alt: in.local(in.alt()), Caption: in.local(in.caption()), draw: in.draw,
		sub: in.say(termSalesSub, sig(in.horizon())) + in.others(len(in.Forms)),
	}
	return f.sized(in.height), nil
}

func (in SalesInput) height(w float64) float64 {
	if len(in.Forms) <= mostTogether {
		return 215
	}
	return in.facets().height(w)
}

// fromStart is the input with lines that begin at nothing in year 0, and with
// intervals that do not promise less than nothing.
func (in SalesInput) fromStart() SalesInput {
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
	in.Years = line(in.Years)
	in.Forms = mapped(in.Forms, func(f FormBand) FormBand {
		b := analysis.Band{N: f.Band.N, Mean: line(f.Band.Mean), Low: line(f.Band.Low), High: line(f.Band.High)}
		return FormBand{f.Form, b}
	})
	return in
}

// scale is what the lines are divided by, and the unit that gives: millions
// where thousands of k€ would have to be read.
func (in SalesInput) scale() (float64, string) {
	var seen span
	for _, f := range in.Forms {
		seen.add(f.Band.Mean...)
	}
	if seen.any && seen.hi >= 2000 {
		return 1000, in.say("million" + nbsp + "€")
	}
	return 1, "k€"
}

// money writes an amount of k€ in the figure's unit.
func (in SalesInput) money(v float64) string {
	scale, unit := in.scale()
	switch {
	case scale == 1:
		return keur(v)
	case math.Abs(v) < 995:
		return num(v/scale, 2) + nbsp + unit
	}
	return num(v/scale, 1) + nbsp + unit
}

// lines are the forms' lines in the figure's unit, and the axis of all.
func (in SalesInput) lines() ([]FormBand, axis) {
	var seen span
	scale, _ := in.scale()
	lines := mapped(in.Forms, func(f FormBand) FormBand {
		b := analysis.Band{Mean: scaled(f.Band.Mean, 1/scale), Low: scaled(f.Band.Low, 1/scale), High: scaled(f.Band.High, 1/scale)}
		seen.add(b.Mean...)
		seen.add(b.High...)
		return FormBand{f.Form, b}
	})
	return lines, fromZero(seen)
}

func (in SalesInput) draw(p pen, r rect) {
	lines, y := in.lines()
	if len(in.Forms) > mostTogether {
		in.facets().draw(p, r)
		return
	}
	scale, unit := in.scale()
	labels := meanLabels(lines, func(v float64) string { return in.money(v * scale) })
	g := panel{pen: p, y: y, x: yearAxis(in.horizon(), 11)}
	left := gutter(g.y)
	g.r = r.inset(left, footX(true), labelRoom(labels), 27)
	g.frame(true, true)
	g.xTitle(g.r, g.say(termYears))
	in.ends(g)
	in.endNames(g)
	g.meanLines(in.Years, lines, 2, labels)
	g.endLabels(g.r.x1, g.r.y0, g.r.y1+8, labels)
	above := g
	above.r.y1 += 9
	above.unit(g.say(termSalesUnit, unit), left)
}

// ends draws where projects end, the own one boldly.
func (in SalesInput) ends(g panel) {
	for _, y := range in.Ends {
		switch {
		case y == in.Own && y < in.horizon():
			g.projectEnd(y)
		case y < in.horizon():
			g.line(stroke{col: muted, width: 0.6, dash: []float64{1.5, 2}}, point{g.px(y), g.r.y0}, point{g.px(y), g.r.y1})
		}
	}
}

// endNames says of each end of what length the project is: of the own one
// always, of the others where there is room.
func (in SalesInput) endNames(g panel) {
	var taken []rect
	write := func(y float64, bold bool) {
		half := textWidth(g.inYears(y), sizeTick, bold)/2 + 2
		box := rect{g.px(y) - half, 0, g.px(y) + half, 1}
		if y < in.horizon() && !slices.ContainsFunc(taken, box.overlaps) {
			taken = append(taken, box)
			g.text(g.px(y), g.r.y1+3, g.inYears(y), letters{size: sizeTick, bold: bold, col: ink, align: 0.5})
		}
	}
	if slices.Contains(in.Ends, in.Own) {
		write(in.Own, true)
	}
	for _, y := range in.Ends {
		if y != in.Own {
			write(y, false)
		}
	}
}

// facets are the panels of many variants.
func (in SalesInput) facets() facetChart {
	lines, y := in.lines()
	_, unit := in.scale()
	return facetChart{
		forms: mapped(in.Forms, func(f FormBand) Form { return f.Form }),
		note: func(i int) string {
			b := in.Forms[i].Band
			return in.say(termByYear, in.money(at(b, last(b.Mean)).Estimate), sig(in.horizon()))
		},
		x: wholeYears(in.horizon(), 6), y: y, xTitle: in.say(termYears), unit: in.say(termSalesUnit, unit),
		data: func(g panel, i int) {
			g.others(in.Years, mapped(lines, func(l FormBand) []float64 { return l.Band.Mean }), i)
			in.ends(g)
			b, c := lines[i].Band, lines[i].Form.look()
			g.band(in.Years, b.Low, b.High, c.fill.alpha(alphaOuter))
			g.curve(in.Years, b.Mean, stroke{col: c.fill, width: widthData})
		},
	}
}

// standing is where the forms stand at the grid's last point up to a year.
func (in SalesInput) standing(year float64) []stand {
	k := 0
	for i, y := range in.Years {
		if y <= year+1e-9 {
			k = i
		}
	}
	return mapped(in.Forms, func(f FormBand) stand { return stand{f.Form, at(f.Band, k)} })
}

// reference is the period that the words tell of: the own one, else the first
// end.
func (in SalesInput) reference() float64 {
	if slices.Contains(in.Ends, in.Own) || len(in.Ends) == 0 {
		return in.Own
	}
	return in.Ends[0]
}

// caption says who leads at the project's end and at the horizon, and where
// the order turns over.
func (in SalesInput) caption() string {
	later := in.standing(in.horizon())
	end := in.lead(later, in.money)
	if end != "" {
		end = in.say("by year %s %s", sig(in.horizon()), end)
	}
	ref := in.reference()
	if !(ref > 0 && ref < in.horizon()) {
		return sentences(end)
	}
	now := in.standing(ref)
	if first := in.lead(now, in.money); first != "" {
		end = in.say("after %s %s", in.inYears(ref), first) + "; " + end
	}
	return sentences(end, in.turns(now, later))
}

// turns says which forms pass others between the project's end and the
// horizon, and about when: only where the intervals leave no doubt at both.
func (in SalesInput) turns(now, later []stand) string {
	if len(in.Forms) > mostTogether {
		return ""
	}
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
			parts = append(parts, in.say("%s passes %s by year %s", in.Forms[a].Form.inText(), in.and(names), num(math.Ceil(year), 0)))
		}
	}
	return strings.Join(parts, "; ")
}

// passed is the year from which form a stays above form b.
func (in SalesInput) passed(a, b int) float64 {
	k := len(in.Years) - 1
	for k > 0 && in.Forms[a].Band.Mean[k-1] > in.Forms[b].Band.Mean[k-1] {
		k--
	}
	return in.Years[k]
}

func (in SalesInput) alt() string {
	return described(in.say("Line chart of sales per group added up over %s of a project that goes on, with lines where projects end. ", in.inYears(in.horizon())),
		in.Forms, "; ", func(f FormBand) string {
			var at []string
			for _, y := range append(slices.Clone(in.Ends), in.horizon()) {
				if len(at) == 0 || y < in.horizon() || in.Ends[len(in.Ends)-1] < y {
					at = append(at, in.say("%s after %s", in.money(interpolate(in.Years, f.Band.Mean, y)), in.inYears(y)))
				}
			}
			return f.Form.name() + " " + in.and(at)
		})
}
