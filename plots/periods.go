package plots

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"epgsim/sim/analysis"
)

// ByPeriodInput is what the figures show whose x axis is the length of the project.
type ByPeriodInput struct {
	Words

	Years []float64      // project periods in years, ascending, e.g. 1 2 3 5 8; at most 12
	Forms []ByPeriodForm // at most 12

	// HorizonYears is up to when, in years after the start, sales or exports are
	// counted: one date for all periods.
	HorizonYears float64

	// By is what the forms differ in; "" is the organisational form.
	By string
}

// ByPeriodForm is one form's values, with their 95 % intervals, for each of Years.
type ByPeriodForm struct {
	Form   Form
	Values []analysis.Interval

	// Best, of which [PerEuro] makes use, ranks the periods as the tables do, by tests in
	// pairs: its Best and its Close are indices into Years. Without one (N is 0) the period with
	// the highest estimate is best, and those whose intervals overlap its are
	// close.
	Best analysis.Ranking
}

func (in ByPeriodInput) ok() bool {
	n := len(in.Years)
	within := func(k int) bool { return k >= 0 && k < n }
	return some(in.Forms, MostVariants) && periodsOK(in.Years, 12) && isTime(in.HorizonYears) && in.Years[n-1] <= in.HorizonYears+1e-9 &&
		every(in.Forms, func(f ByPeriodForm) bool {
			return len(f.Values) == n && drawable(f.Values...) && (f.Best.N == 0 || within(f.Best.Best) && every(f.Best.Close, within))
		})
}

// chart has a line for each form.
func (in ByPeriodInput) chart(unit string, note func(i int) string) variantChart {
	c := variantChart{
		words: in.Words, xs: in.Years, x: periodAxis(in.Years), xTitle: in.say(termPeriodsAxis), unit: unit, height: 210, note: note,
		forms: mapped(in.Forms, func(f ByPeriodForm) Form { return f.Form }),
		rows:  mapped(in.Forms, func(f ByPeriodForm) []analysis.Interval { return f.Values }),
	}
	c.y = c.fromZero()
	return c
}

// told are the values of a form by length of the project.
func (in ByPeriodInput) told(text func(float64) string) func(ByPeriodForm) string {
	return func(f ByPeriodForm) string {
		var at []string
		for k, y := range in.Years {
			at = append(at, in.inYears(y)+" "+in.value(f.Values[k], text))
		}
		return f.Form.name() + ": " + strings.Join(at, "; ")
	}
}

// PeriodsByForm draws, for projects of different length, what is sold by one
// date, in k€ per group, so that one sees what longer projects bring and where the
// order of the forms turns over.
func PeriodsByForm(in ByPeriodInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("periods by form")
	}
	in.Forms = mapped(in.Forms, func(f ByPeriodForm) ByPeriodForm { // nobody sells less than nothing
		f.Values = mapped(f.Values, func(v analysis.Interval) analysis.Interval {
			v.Low = math.Max(0, v.Low)
			return v
		})
		return f
	})
	c := in.chart(in.say(termPeriodsUnit), func(i int) string {
		s := keur(in.Forms[i].Values[len(in.Years)-1].Estimate)
		if len(in.Forms) > mostTogether { // no line's end shows of what period it is
			s += in.say(termAt, in.inYears(in.Years[len(in.Years)-1]))
		}
		return s
	})
	return c.figure(Figure{
		words: in.Words,
		Name:  "periods-by-form",
		Title: in.say(termPeriodsTitle, sig(in.HorizonYears)) + in.byWhat(in.By, len(in.Forms)),
		Alt: described(in.say("Line chart of sales per group by year %s by length of the project, one line per form with 95 %% intervals. ", sig(in.HorizonYears)),
			in.Forms, ". ", in.told(keur)),
		Caption: in.caption(),
		sub:     in.say(termPeriodsSub, sig(in.HorizonYears)),
	}), nil
}

// caption says which forms lead with projects of which length.
func (in ByPeriodInput) caption() string {
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
func (in ByPeriodInput) leads() string {
	var who []string
	var when [][]string
	overlap := map[string]bool{}
	for k, y := range in.Years {
		rank := ranking(mapped(in.Forms, func(f ByPeriodForm) stand { return stand{f.Form, f.Values[k]} }))
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
