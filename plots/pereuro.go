package plots

import "strings"

// best are the periods with most per euro: first the best one, then those that
// are not told apart from it. A public euro that brings nothing at any period
// has none.
func (f ByPeriodForm) best() []int {
	top, near := f.Best.Best, f.Best.Close
	if f.Best.N == 0 {
		top, near = f.highest()
	}
	if !(f.Values[top].Estimate > 0) {
		return nil
	}
	return append([]int{top}, near...)
}

// highest is the period with the highest estimate, and those whose intervals
// overlap its.
func (f ByPeriodForm) highest() (top int, near []int) {
	for i, v := range f.Values {
		if best := f.Values[top].Estimate; finite(v.Estimate) && !(v.Estimate <= best) {
			top = i
		}
	}
	for i, v := range f.Values {
		if i != top && finite(v.Estimate) && !ahead(f.Values[top], v) {
			near = append(near, i)
		}
	}
	return top, near
}

// PerEuro draws the figure "for how long?": what a public euro brings by length of the
// project, one line per form, with the best length of each ringed. The values are the
// further exports per public euro, in € per €: exports beyond those of the same firms
// without the group, divided by what the project costs the public. They may be below zero.
func PerEuro(in ByPeriodInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("per euro")
	}
	c := in.chart(in.say(termPerEuroUnit), in.bestNote)
	c.over = in.ring
	return c.figure(Figure{
		words: in.Words,
		Name:  "per-euro", Title: in.say(termPerEuroTitle) + in.byWhat(in.By, len(in.Forms)),
		Alt: described(in.say("Line chart of further exports per public euro by year %s by length of the project, one line per form with 95 %% intervals and a line at zero. ", sig(in.HorizonYears)),
			in.Forms, ". ", in.told(euro)),
		Caption: in.perEuroCaption(),
		sub:     in.say(termPerEuroSub, sig(in.HorizonYears)),
	}), nil
}

// bestNote is the best period of form i, with what a euro then brings.
func (in ByPeriodInput) bestNote(i int) string {
	f := in.Forms[i]
	best := f.best()
	if len(best) == 0 {
		return in.say(termNoGain)
	}
	return in.say(termBest, in.inYears(in.Years[best[0]]), euro(f.Values[best[0]].Estimate))
}

// ring marks the best periods of form i, the first with a thick line.
func (in ByPeriodInput) ring(g panel, i int, dx float64) {
	f, width := in.Forms[i], 1.5
	for _, k := range f.best() {
		q := g.pt(in.Years[k], f.Values[k].Estimate)
		g.disc(point{q.x + dx, q.y}, 5.2, nil, f.Form.look().ink, width)
		width = 0.5
	}
}

// euro writes an amount in euros.
func euro(v float64) string { return sig(v) + nbsp + "€" }

// perEuroCaption says at which length each form brings most per euro, and where the
// intervals leave more than one.
func (in ByPeriodInput) perEuroCaption() string {
	var none []string // that bring nothing
	parts := each(in.Forms, func(f ByPeriodForm) string {
		best := f.best()
		if len(best) == 0 {
			none = append(none, f.Form.inText())
			return ""
		}
		length, amount := in.inYears(in.Years[best[0]]), euro(f.Values[best[0]].Estimate)
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
func (in ByPeriodInput) lengths(ks []int) string {
	most := in.Years[ks[len(ks)-1]]
	shorter := mapped(ks[:len(ks)-1], func(k int) string { return sig(in.Years[k]) })
	return in.and(append(shorter, in.inYears(most)))
}
