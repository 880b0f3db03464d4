package plots

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"epgsim/sim/analysis"
)

// PeriodsInput is what the figure of sales by project period shows.
type PeriodsInput struct {
	Words

	Years []float64     // project periods in years, ascending, e.g. 1 2 3 5 8; at most 12
	Forms []PeriodsForm // at most 12

	// HorizonYears is up to when, in years after the start, sales are counted:
	// one date for all periods.
	HorizonYears float64

	// By is what the forms differ in; "" is the organisational form.
	By string
}

// PeriodsForm is one form's sales per group for each of Years.
type PeriodsForm struct {
	Form Form

	// Sold is what is sold by the horizon when the project ends after so many
	// years, in k€ per group: mean with its 95 % interval.
	Sold []analysis.Interval
}

func (in PeriodsInput) ok() bool {
	return some(in.Forms, MostVariants) && periodsOK(in.Years, 12) && isTime(in.HorizonYears) &&
		in.Years[len(in.Years)-1] <= in.HorizonYears+1e-9 &&
		every(in.Forms, func(f PeriodsForm) bool { return len(f.Sold) == len(in.Years) && drawable(f.Sold...) })
}

// PeriodsByForm draws, for projects of different length, what is sold by one
// date, per form, so that one sees what longer projects bring and where the
// order of the forms turns over.
func PeriodsByForm(in PeriodsInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("periods by form")
	}
	c := variantChart{
		words: in.Words, xs: in.Years, x: periodAxis(in.Years), xTitle: in.say(termPeriodsAxis), unit: in.say(termPeriodsUnit), height: periodHeight,
		forms: mapped(in.Forms, func(f PeriodsForm) Form { return f.Form }),
		rows:  mapped(in.Forms, func(f PeriodsForm) []analysis.Interval { return present(notNegative(f.Sold)) }),
		note:  func(i int) string { return keur(in.Forms[i].Sold[len(in.Years)-1].Estimate) + in.longest() },
	}
	c.y = c.fromZero()
	return c.figure(Figure{
		words: in.Words,
		Name:  "periods-by-form",
		Title: in.say(termPeriodsTitle, sig(in.HorizonYears)) + in.byWhat(in.By, len(in.Forms)),
		Alt:   in.alt(), Caption: in.caption(),
		sub: in.say(termPeriodsSub, sig(in.HorizonYears)),
	}), nil
}

// longest says, where no line's end shows it, of what period a value is.
func (in PeriodsInput) longest() string {
	if len(in.Forms) <= mostTogether {
		return ""
	}
	return in.say(termAt, in.inYears(in.Years[len(in.Years)-1]))
}

// present are values whose intervals are missing where they are.
func present(row []analysis.Interval) []analysis.Interval {
	return mapped(row, func(v analysis.Interval) analysis.Interval {
		if !finite(v.Estimate) {
			v.Low, v.High = v.Estimate, v.Estimate
		}
		return v
	})
}

// notNegative are values of which none sells less than nothing, so that no
// interval reaches below zero.
func notNegative(vs []analysis.Interval) []analysis.Interval {
	return mapped(vs, func(v analysis.Interval) analysis.Interval {
		v.Low = math.Max(0, v.Low)
		return v
	})
}

// caption says which forms lead with projects of which length.
func (in PeriodsInput) caption() string {
	leads := in.leads()
	if leads == "" {
		return ""
	}
	if len(in.Forms) == 1 {
		return sentences(in.say("sold by year %s with a project of so many years: %s", sig(in.HorizonYears), leads))
	}
	return sentences(in.say("most is sold by year %s by: %s", sig(in.HorizonYears), leads))
}

// leads names the leader, or the leaders that the intervals do not tell
// apart, by length of the project.
func (in PeriodsInput) leads() string {
	var who []string
	var when [][]string
	overlap := map[string]bool{}
	for k, y := range in.Years {
		rank := ranking(mapped(in.Forms, func(f PeriodsForm) stand { return stand{f.Form, f.Sold[k]} }))
		if len(rank) == 0 || rank[0].v.Estimate <= 0 {
			continue
		}
		first := leaders(rank)
		slices.SortStableFunc(first, func(a, b stand) int { return cmp.Compare(a.form.Kind, b.form.Kind) })
		name := in.few(namesOf(first))
		switch {
		case len(in.Forms) == 1:
			name = keur(rank[0].v.Estimate)
		case len(first) == len(rank):
			name = in.say("no clear leader")
		}
		overlap[name] = len(in.Forms) > 1 && (len(first) > 1 || len(first) == len(rank))
		if n := len(who); n == 0 || who[n-1] != name {
			who, when = append(who, name), append(when, nil)
		}
		when[len(when)-1] = append(when[len(when)-1], sig(y))
	}
	var parts []string
	for i, name := range who {
		part := in.say("%s at %s years", name, in.and(when[i]))
		if len(when[i]) == 1 && when[i][0] == "1" {
			part = in.say("%s at 1 year", name)
		}
		if overlap[name] {
			part += in.say(" (intervals overlap)")
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "; ")
}

func (in PeriodsInput) alt() string {
	return described(in.say("Line chart of sales per group by year %s by length of the project, one line per form with 95 %% intervals. ", sig(in.HorizonYears)),
		in.Forms, ". ", func(f PeriodsForm) string {
			var at []string
			for k, y := range in.Years {
				at = append(at, in.inYears(y)+" "+in.value(f.Sold[k], keur))
			}
			return f.Form.name() + ": " + strings.Join(at, "; ")
		})
}
