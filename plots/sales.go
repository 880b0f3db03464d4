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
	scale, unit := in.scale()
	c := variantChart{
		words: in.Words, xs: in.Years, weeks: true, x: timeAxis(in.horizon()), xTitle: in.say(termYears), unit: in.say(termSalesUnit, unit),
		height: 215, above: 9, under: in.ends,
		forms: mapped(in.Forms, func(f FormBand) Form { return f.Form }),
		rows:  mapped(in.Forms, func(f FormBand) []analysis.Interval { return series(f.Band, 1/scale, 0) }),
		note:  in.note,
	}
	if in.Years[0] > 0 { // the lines begin at nothing in year 0
		c.xs = slices.Insert(slices.Clone(c.xs), 0, 0)
		c.rows = mapped(c.rows, func(row []analysis.Interval) []analysis.Interval { return slices.Insert(row, 0, analysis.Interval{}) })
	}
	c.y = c.fromZero()
	return c.figure(Figure{
		words: in.Words,
		Name:  "sales-over-time", Title: in.say(termSalesTitle) + in.byWhat(in.By, len(in.Forms)),
		Alt: in.alt(), Caption: in.caption(),
		sub: in.say(termSalesSub, sig(in.horizon())),
	}), nil
}

// note is what a form has sold in the end; where no line's end shows it, with the year.
func (in SalesInput) note(i int) string {
	b := in.Forms[i].Band
	sold := in.money(at(b, last(b.Mean)).Estimate)
	if len(in.Forms) <= mostTogether {
		return sold
	}
	return in.say(termByYear, sold, sig(in.horizon()))
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

// ends draws where projects end, the own one boldly, and writes above it of what length
// the project is: of the own one always, of the others where there is room.
func (in SalesInput) ends(g panel, names bool) {
	var taken []rect
	mark := func(y float64, bold bool, s stroke) {
		if y >= in.horizon() {
			return
		}
		g.line(s, point{g.px(y), g.r.y0}, point{g.px(y), g.r.y1})
		half := textWidth(g.inYears(y), sizeTick, bold)/2 + 2
		box := rect{g.px(y) - half, 0, g.px(y) + half, 1}
		if names && !slices.ContainsFunc(taken, box.overlaps) {
			taken = append(taken, box)
			g.text(g.px(y), g.r.y1+3, g.inYears(y), letters{size: sizeTick, bold: bold, col: ink, align: 0.5})
		}
	}
	if slices.Contains(in.Ends, in.Own) {
		mark(in.Own, true, endStroke())
	}
	for _, y := range in.Ends {
		if y != in.Own {
			mark(y, false, stroke{col: muted, width: 0.6, dash: []float64{1.5, 2}})
		}
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
