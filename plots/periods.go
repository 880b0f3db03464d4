package plots

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"epgsim/sim/analysis"
)

// PeriodsInput is what the figure of value by project period shows.
type PeriodsInput struct {
	Years []float64     // project periods in years, ascending, e.g. 1 2 3 5 8
	Forms []PeriodsForm // at most 4

	// FollowUpYears is how long, in years, deals are still counted after the
	// project's end in Total; only named in the figure, 0 leaves it unnamed.
	FollowUpYears float64

	// By is what the forms differ in; "" is the organisational form.
	By string
}

// PeriodsForm is one form's value per group for each of Years.
type PeriodsForm struct {
	Form   Form
	Inside []analysis.Interval // k€ closed inside the project: mean, 95 % interval
	Total  []analysis.Interval // k€ closed inside it and in the follow-up
}

// PeriodsByForm draws, for projects of different length, the value closed
// inside the project and in all, per form, so that one sees where the order
// of the forms turns over.
func PeriodsByForm(in PeriodsInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("periods by form")
	}
	return &Figure{
		Name:  "periods-by-form",
		Title: "Value closed by projects of different length" + byWhat(in.By, len(in.Forms)),
		Alt:   in.alt(), Caption: in.caption(),
		sub: "Mean over groups; whiskers: 95" + nbsp + "% interval of the mean, where larger than the sign" +
			when(in.short() > 0, "; left: short projects on a scale of their own"),
		height: 392, draw: in.drawPanels,
	}, nil
}

func (in PeriodsInput) ok() bool {
	return some(in.Forms, 4) && some(in.Years, 12) && ascending(in.Years) && isTime(in.Years[0]) && isTime(in.Years[len(in.Years)-1]) &&
		every(in.Forms, func(f PeriodsForm) bool { return len(f.Inside) == len(in.Years) && len(f.Total) == len(in.Years) })
}

// periodsRow is one of the two rows of panels.
type periodsRow struct {
	title string
	of    func(PeriodsForm) []analysis.Interval
}

func (in PeriodsInput) rows() [2]periodsRow {
	after := "the years"
	if in.FollowUpYears > 0 {
		after = years(in.FollowUpYears)
	}
	return [2]periodsRow{
		{"Closed inside the project", func(f PeriodsForm) []analysis.Interval { return f.Inside }},
		{"In all, with " + after + " after it", func(f PeriodsForm) []analysis.Interval { return f.Total }},
	}
}

// short is how many of the periods are those of usual projects, up to three
// years, if long ones would press them flat: they get a panel of their own.
func (in PeriodsInput) short() int {
	n := 0
	for n < len(in.Years) && in.Years[n] <= 3 {
		n++
	}
	if n < 2 || in.Years[len(in.Years)-1] < 1.6*in.Years[n-1] {
		return 0
	}
	return n
}

// yAxis covers the first n periods of both rows.
func (in PeriodsInput) yAxis(n int) axis {
	var seen span
	for _, f := range in.Forms {
		seen.interval(notNegative(f.Inside[:n])...)
		seen.interval(notNegative(f.Total[:n])...)
	}
	return fromZero(seen)
}

// drawPanels draws the two rows; where long projects were simulated, each
// begins with a panel of the short ones on an axis of its own.
func (in PeriodsInput) drawPanels(p pen, r rect) {
	n, all := in.short(), len(in.Years)
	y, close := in.yAxis(all), in.yAxis(max(1, n))
	rows := in.rows()
	right := 0.0
	for _, row := range rows {
		right = max(right, labelRoom(in.labels(row)))
	}
	r.y0 += footX(true)
	for i, tile := range r.tiles(2, 1, 0, 8) {
		row := rows[i]
		p.rowTitle(tile.x0, tile.y1-14, row.title, "k€ per group")
		body := tile.inset(0, 8, 0, 24)
		if n > 0 {
			left := body
			left.x1 = body.x0 + 0.31*body.w()
			body.x0 = left.x1 + 20
			g := panel{pen: p, y: close, r: left.inset(gutter(close), 0, 0, 0)}
			in.drawPanel(g, row, n, i == 1)
		}
		g := panel{pen: p, y: y, r: body.inset(gutter(y), 0, right+6, 0)}
		labels := in.drawPanel(g, row, all, i == 1)
		g.endLabels(g.r.x1+6, g.r.y0, g.r.y1+4, labels)
	}
}

// drawPanel draws the first n periods of a row and returns the labels of the
// lines' ends.
func (in PeriodsInput) drawPanel(g panel, row periodsRow, n int, foot bool) []endLabel {
	g.x = in.xAxis(n, g.r.w())
	g.frame(foot, true)
	if foot {
		s := "length of the project, years"
		if n < len(in.Years) {
			s = "up to " + years(in.Years[n-1])
		}
		g.xTitle(g.r, s)
	}
	lines := mapped(in.Forms, func(f PeriodsForm) []analysis.Interval { return notNegative(row.of(f)[:n]) })
	labels := in.labels(row)
	g.lines(in.Years, lines, labels, periodsApart)
	return labels
}

// notNegative are values of which none closes less than nothing, so that no
// interval reaches below zero.
func notNegative(vs []analysis.Interval) []analysis.Interval {
	return mapped(vs, func(v analysis.Interval) analysis.Interval {
		v.Low = math.Max(0, v.Low)
		return v
	})
}

// periodsApart is how far the forms' lines stand apart, in points.
const periodsApart = 4.5

// xAxis labels exactly the periods that were simulated, as far as an area of
// width w has room; at the ends there is some for the lines that stand apart.
func (in PeriodsInput) xAxis(n int, w float64) axis {
	first, last := in.Years[0], in.Years[n-1]
	room := periodsApart*float64(len(in.Forms)-1)/2 + 2*lineMark
	a := axis{lo: 0, hi: last + last*room/(w-room), ticks: in.Years[:n]}
	if n < len(in.Years) {
		pad := max(0.35, (last-first)*room/(w-2*room))
		a.lo, a.hi = first-pad, last+pad
	}
	for _, y := range a.ticks {
		a.decimals = max(a.decimals, min(2, stepDecimals(y))) // 0.25, not 0.2
	}
	for i := 1; i < n; i++ {
		if (in.Years[i]-in.Years[i-1])/(a.hi-a.lo) < 0.06 { // labels would touch
			b := yearAxis(last, maxTicks)
			b.lo, b.hi = a.lo, a.hi
			return b
		}
	}
	return a
}

func (in PeriodsInput) labels(row periodsRow) []endLabel {
	return mapped(in.Forms, func(f PeriodsForm) endLabel {
		return formLabel(f.Form, keur(row.of(f)[len(in.Years)-1].Estimate))
	})
}

// caption says which forms lead inside projects of which length, and whether
// the years after the project change that.
func (in PeriodsInput) caption() string {
	rows := in.rows()
	inside, total := in.leads(rows[0].of), in.leads(rows[1].of)
	if inside == "" {
		return ""
	}
	all := "counting the years after the project too"
	if in.FollowUpYears > 0 {
		all = fmt.Sprintf("counting the %s after it too", years(in.FollowUpYears))
	}
	switch {
	case len(in.Forms) == 1 || total == "":
		return sentences(inside)
	case inside == total:
		return sentences("most is closed by: "+inside, all+", the order at the top is the same")
	}
	return sentences("most is closed inside the project by: "+inside, all+": "+total)
}

// leads names the leader, or the leaders that the intervals do not tell
// apart, by length of the project.
func (in PeriodsInput) leads(of func(PeriodsForm) []analysis.Interval) string {
	var who []string
	var when [][]string
	for k, y := range in.Years {
		rank := ranking(mapped(in.Forms, func(f PeriodsForm) stand { return stand{f.Form, of(f)[k]} }))
		if len(rank) == 0 || rank[0].v.Estimate <= 0 {
			continue
		}
		first := leaders(rank)
		slices.SortStableFunc(first, func(a, b stand) int { return cmp.Compare(a.form.Kind, b.form.Kind) })
		name := list(namesOf(first))
		switch {
		case len(in.Forms) == 1:
			name = keur(rank[0].v.Estimate)
		case len(first) == len(rank):
			name = "no clear leader"
		}
		if n := len(who); n == 0 || who[n-1] != name {
			who, when = append(who, name), append(when, nil)
		}
		when[len(when)-1] = append(when[len(when)-1], sig(y))
	}
	var parts []string
	for i, name := range who {
		unit := " years"
		if len(when[i]) == 1 && when[i][0] == "1" {
			unit = " year"
		}
		part := name + " at " + list(when[i]) + unit
		if strings.Contains(name, " and ") || strings.HasPrefix(name, "no ") {
			part += " (intervals overlap)"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "; ")
}

func (in PeriodsInput) alt() string {
	first, end := 0, len(in.Years)-1
	parts := each(in.Forms, func(f PeriodsForm) string {
		return fmt.Sprintf("%s closes %s inside a project of %s and %s inside one of %s; with the years after it %s and %s",
			f.Form.name(), keur(f.Inside[first].Estimate), years(in.Years[first]), keur(f.Inside[end].Estimate), years(in.Years[end]),
			keur(f.Total[first].Estimate), keur(f.Total[end].Estimate))
	})
	var best []string
	for k, y := range in.Years {
		name, most := "", math.Inf(-1)
		for _, f := range in.Forms {
			if v := f.Inside[k].Estimate; finite(v) && v > most {
				name, most = years(y)+": "+f.Form.name(), v
			}
		}
		if name != "" {
			best = append(best, name)
		}
	}
	return "Two line charts of value closed per group by length of the project, one line per form with 95 % intervals: " + strings.Join(parts, ". ") + "." +
		when(len(best) > 0, " Most value inside the project, by length: %s.", strings.Join(best, ", "))
}
