package plots

import (
	"fmt"
	"strings"

	"epgsim/sim/analysis"
)

// PerEuroInput is what the figure "for how long?" shows: what a public euro
// brings, by length of the project.
type PerEuroInput struct {
	Years []float64     // project periods in years, ascending; at most 12
	Forms []PerEuroForm // at most 12

	// HorizonYears is up to when, in years after the start, exports are counted.
	HorizonYears float64

	// By is what the forms differ in; "" is the organisational form.
	By string
}

// PerEuroForm is one form's result for each of Years.
type PerEuroForm struct {
	Form Form

	// Exports are the further exports per public euro, in € per €: exports
	// beyond those of the same firms without the group, divided by what the
	// project costs the public, with a 95 % interval. They may be below zero.
	Exports []analysis.Interval
}

func (in PerEuroInput) ok() bool {
	return some(in.Forms, mostForms) && periodsOK(in.Years, 12) && isTime(in.HorizonYears) &&
		in.Years[len(in.Years)-1] <= in.HorizonYears+1e-9 &&
		every(in.Forms, func(f PerEuroForm) bool { return len(f.Exports) == len(in.Years) && drawable(f.Exports...) })
}

// best is the period at which form f has most per euro, or -1; sure says
// whether its interval lies above those of all others.
func (f PerEuroForm) best() (k int, sure bool) {
	k = -1
	for i, v := range f.Exports {
		if finite(v.Estimate) && (k < 0 || v.Estimate > f.Exports[k].Estimate) {
			k = i
		}
	}
	for i, v := range f.Exports {
		if i != k && finite(v.Estimate) && !ahead(f.Exports[k], v) {
			return k, false
		}
	}
	return k, true
}

// alike are the periods that the intervals do not tell from the best one, it
// included.
func (f PerEuroForm) alike() (ks []int) {
	best, _ := f.best()
	for i, v := range f.Exports {
		if finite(v.Estimate) && (i == best || !ahead(f.Exports[best], v)) {
			ks = append(ks, i)
		}
	}
	return ks
}

// PerEuro draws the further exports per public euro by length of the project,
// one line per form, with the best length of each ringed.
func PerEuro(in PerEuroInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("per euro")
	}
	c := in.chart()
	f := Figure{
		Name: "per-euro", Title: termPerEuroTitle + byWhat(in.By, len(in.Forms)),
		Alt: in.alt(), Caption: in.caption(),
		sub:  fmt.Sprintf(termPerEuroSub, sig(in.HorizonYears)) + when(len(in.Forms) > mostTogether, "; %s", termOther),
		draw: c.draw,
	}
	return f.below(c.height(pageWidth())), nil
}

func (in PerEuroInput) chart() periodChart {
	c := periodChart{years: in.Years, unit: termPerEuroUnit}
	for _, f := range in.Forms {
		k, _ := f.best()
		c.forms, c.rows, c.best = append(c.forms, f.Form), append(c.rows, f.Exports), append(c.best, k)
	}
	c.note = func(i int) string {
		k := c.best[i]
		if k < 0 {
			return enDash
		}
		return fmt.Sprintf(termBest, years(in.Years[k]), euro(in.Forms[i].Exports[k].Estimate))
	}
	return c
}

// euro writes an amount in euros, to a cent where that is something.
func euro(v float64) string {
	if a := v; a < 10 && a > -10 {
		return num(v, 2) + nbsp + "€"
	}
	return whole(v) + nbsp + "€"
}

// caption says at which length each form brings most per euro, and where the
// intervals leave more than one.
func (in PerEuroInput) caption() string {
	parts := each(in.Forms, func(f PerEuroForm) string {
		k, sure := f.best()
		if k < 0 {
			return ""
		}
		s := fmt.Sprintf("%s at %s (%s)", f.Form.inText(), years(in.Years[k]), euro(f.Exports[k].Estimate))
		if len(in.Forms) == 1 {
			s = fmt.Sprintf("%s (%s)", years(in.Years[k]), euro(f.Exports[k].Estimate))
		}
		if !sure && len(in.Forms) <= mostTogether {
			s += ", not told apart from " + list(in.besides(f, k))
		}
		return s
	})
	if len(parts) == 0 {
		return "A public euro has no further exports to show: no project spent any."
	}
	if len(parts) > 6 {
		parts = append(parts[:6:6], fmt.Sprintf("%d others in the figure", len(parts)-6))
	}
	return sentences("a public euro brings most further exports with a project of: " + strings.Join(parts, "; "))
}

// besides are the lengths that the intervals do not tell from length k.
func (in PerEuroInput) besides(f PerEuroForm, k int) (out []string) {
	for _, i := range f.alike() {
		if i != k {
			out = append(out, sig(in.Years[i]))
		}
	}
	out[len(out)-1] += map[bool]string{true: nbsp + "year", false: nbsp + "years"}[len(out) == 1 && out[0] == "1"]
	return out
}

func (in PerEuroInput) alt() string {
	return described(fmt.Sprintf("Line chart of further exports per public euro by year %s by length of the project, one line per form with 95 %% intervals and a line at zero. ", sig(in.HorizonYears)),
		in.Forms, ". ", func(f PerEuroForm) string {
			var at []string
			for k, y := range in.Years {
				at = append(at, years(y)+" "+told(f.Exports[k], euro))
			}
			s := f.Form.name() + ": " + strings.Join(at, "; ")
			if k, _ := f.best(); k >= 0 {
				s += "; most at " + years(in.Years[k])
			}
			return s
		})
}
