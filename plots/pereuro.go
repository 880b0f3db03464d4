package plots

import (
	"strings"

	"epgsim/sim/analysis"
)

// PerEuroInput is what the figure "for how long?" shows: what a public euro
// brings, by length of the project.
type PerEuroInput struct {
	Words

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

	// Best ranks the periods as the tables do, by tests in pairs: its Best and its
	// Close are used, as indices into Years. Without one (N is 0) the period with
	// the highest estimate is best, and those whose intervals overlap its are
	// close.
	Best analysis.Ranking
}

func (in PerEuroInput) ok() bool {
	return some(in.Forms, MostVariants) && periodsOK(in.Years, 12) && isTime(in.HorizonYears) &&
		in.Years[len(in.Years)-1] <= in.HorizonYears+1e-9 &&
		every(in.Forms, func(f PerEuroForm) bool {
			return len(f.Exports) == len(in.Years) && drawable(f.Exports...) && f.ranked(len(in.Years))
		})
}

// ranked says whether the ranking, if there is one, is of n periods.
func (f PerEuroForm) ranked(n int) bool {
	within := func(k int) bool { return k >= 0 && k < n }
	return f.Best.N == 0 || within(f.Best.Best) && every(f.Best.Close, within)
}

// best are the periods with most per euro: first the best one, then those that
// are not told apart from it. A public euro that brings nothing at any period
// has none.
func (f PerEuroForm) best() []int {
	top, near := f.Best.Best, f.Best.Close
	if f.Best.N == 0 {
		top, near = f.highest()
	}
	if !(f.Exports[top].Estimate > 0) {
		return nil
	}
	return append([]int{top}, near...)
}

// highest is the period with the highest estimate, and those whose intervals
// overlap its.
func (f PerEuroForm) highest() (top int, near []int) {
	for i, v := range f.Exports {
		if best := f.Exports[top].Estimate; finite(v.Estimate) && !(v.Estimate <= best) {
			top = i
		}
	}
	for i, v := range f.Exports {
		if i != top && finite(v.Estimate) && !ahead(f.Exports[top], v) {
			near = append(near, i)
		}
	}
	return top, near
}

// PerEuro draws the further exports per public euro by length of the project,
// one line per form, with the best length of each ringed.
func PerEuro(in PerEuroInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("per euro")
	}
	c := variantChart{
		words: in.Words, xs: in.Years, x: periodAxis(in.Years), xTitle: in.say(termPeriodsAxis), unit: in.say(termPerEuroUnit), height: periodHeight,
		forms: mapped(in.Forms, func(f PerEuroForm) Form { return f.Form }),
		rows:  mapped(in.Forms, func(f PerEuroForm) []analysis.Interval { return present(f.Exports) }),
		note:  in.note, over: in.ring,
	}
	c.y = c.fromZero()
	return c.figure(Figure{
		words: in.Words,
		Name:  "per-euro", Title: in.say(termPerEuroTitle) + in.byWhat(in.By, len(in.Forms)),
		Alt: in.alt(), Caption: in.caption(),
		sub: in.say(termPerEuroSub, sig(in.HorizonYears)),
	}), nil
}

// note is the best period of form i, with what a euro then brings.
func (in PerEuroInput) note(i int) string {
	f := in.Forms[i]
	best := f.best()
	if len(best) == 0 {
		return in.say(termNoGain)
	}
	return in.say(termBest, in.inYears(in.Years[best[0]]), euro(f.Exports[best[0]].Estimate))
}

// ring marks the best periods of form i, the first with a thick line.
func (in PerEuroInput) ring(g panel, i int, dx float64) {
	f, width := in.Forms[i], 1.5
	for _, k := range f.best() {
		q := g.pt(in.Years[k], f.Exports[k].Estimate)
		g.disc(point{q.x + dx, q.y}, 5.2, nil, f.Form.look().ink, width)
		width = 0.5
	}
}

// euro writes an amount in euros.
func euro(v float64) string { return sig(v) + nbsp + "€" }

// caption says at which length each form brings most per euro, and where the
// intervals leave more than one.
func (in PerEuroInput) caption() string {
	var none []string // that bring nothing
	parts := each(in.Forms, func(f PerEuroForm) string {
		best := f.best()
		if len(best) == 0 {
			none = append(none, f.Form.inText())
			return ""
		}
		length, amount := in.inYears(in.Years[best[0]]), euro(f.Exports[best[0]].Estimate)
		s := in.say("%s at %s (%s)", f.Form.inText(), length, amount)
		if len(in.Forms) == 1 {
			s = in.say("%s (%s)", length, amount)
		}
		if len(best) > 1 && len(in.Forms) <= mostTogether {
			s += in.say(", not told apart from %s", in.lengths(best[1:]))
		}
		return s
	})
	if len(parts) == 0 {
		return sentences(in.say("a public euro brings further exports with a project of no length"))
	}
	if len(parts) > 6 {
		parts = append(parts[:6:6], in.say("%d others in the figure", len(parts)-6))
	}
	never := ""
	if len(none) > 0 {
		never = in.say("it brings none with any length for %s", in.few(none))
	}
	return sentences(in.say("a public euro brings most further exports with a project of: %s", strings.Join(parts, "; ")), never)
}

// lengths lists periods, e.g. "2 and 5 years".
func (in PerEuroInput) lengths(ks []int) string {
	most := in.Years[ks[len(ks)-1]]
	shorter := mapped(ks[:len(ks)-1], func(k int) string { return sig(in.Years[k]) })
	return in.and(append(shorter, in.inYears(most)))
}

func (in PerEuroInput) alt() string {
	return described(in.say("Line chart of further exports per public euro by year %s by length of the project, one line per form with 95 %% intervals and a line at zero. ", sig(in.HorizonYears)),
		in.Forms, ". ", func(f PerEuroForm) string {
			var at []string
			for k, y := range in.Years {
				at = append(at, in.inYears(y)+" "+in.value(f.Exports[k], euro))
			}
			s := f.Form.name() + ": " + strings.Join(at, "; ")
			if best := f.best(); len(best) > 0 {
				s += in.say("; most at %s", in.inYears(in.Years[best[0]]))
			}
			return s
		})
}
