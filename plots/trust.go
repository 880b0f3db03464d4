package plots

import (
	"math"
	"slices"

	"epgsim/sim/analysis"
)

// TrustInput is what the figures of trust and of cooperation show.
type TrustInput struct {
	Words

	Forms []TrustForm // at most MostVariants; all of the same length

	// ProjectYears is when the project ends, in years, within the series.
	ProjectYears float64

	// By is what the forms differ in; "" is the organisational form.
	By string
}

// TrustForm is one form's weekly means over groups. Mean and the 95 %
// interval Low, High are used; NaN leaves a gap.
type TrustForm struct {
	Form Form

	// Trust is the mean trust among a group's active SMEs, 0 to 1, in week t.
	Trust analysis.Band

	// Joint is the cooperation intensity in week t: joint hours of several
	// SMEs as a share (0..1) of the hours the SMEs had for the project. It is
	// drawn as a moving average, because single weeks jump.
	Joint analysis.Band
}

// Trust draws mean trust among the active SMEs over time.
func Trust(in TrustInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("trust")
	}
	of := func(f TrustForm) analysis.Band { return f.Trust }
	c := in.chart(of, 1, two)
	c.y, c.unit = in.trustAxis(), in.say("mean over all pairs of active SMEs, of 0 (none) to 1 (full)")
	start := 0.0
	if k := slices.IndexFunc(in.Forms, func(f TrustForm) bool { return finite(f.Trust.Mean[0]) }); k >= 0 {
		start = in.Forms[k].Trust.Mean[0]
	}
	f := in.figure(of, two, in.say("Trust among the SMEs"))
	f.Name, f.sub = "trust", in.say("Mean over groups; shaded: 95"+nbsp+"% interval of the mean")
	if c.y.lo > 0 {
		f.sub += in.say("; the axis begins at %s", num(c.y.lo, 1))
	}
	if end := in.standing(of); len(ranking(end)) > 0 {
		f.Caption = sentences(in.say("trust among the active SMEs begins at %s; when the project ends after %s it stands at: %s", two(start), in.inYears(in.ProjectYears), in.valuesOf(end, two)))
	}
	return c.figure(f), nil
}

// Cooperation draws how much of the SMEs' work is joint work over time.
func Cooperation(in TrustInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("cooperation")
	}
	in = in.smoothed()
	of := func(f TrustForm) analysis.Band { return f.Joint }
	c := in.chart(of, 100, pct)
	c.y, c.unit = c.fromZero(), in.say("joint hours, % of the hours the SMEs had for the project")
	c.y.hi, c.y.percent = min(c.y.hi, 102), true
	f := in.figure(of, pct, in.say("Cooperation intensity"))
	f.Name, f.sub = "cooperation", in.say("Mean over groups; shaded: 95"+nbsp+"% interval of the mean; cooperation as a centred moving average over 13 weeks")
	switch rank := ranking(in.standing(of)); {
	case len(rank) == 0:
	case rank[0].v.Estimate < 1e-9:
		f.Caption = sentences(in.say("when the project ends nobody works jointly"))
	default:
		f.Caption = sentences(in.say("when the project ends after %s, this much of the SMEs’ hours is joint work: %s", in.inYears(in.ProjectYears), in.valuesOf(in.standing(of), pct)))
	}
	return c.figure(f), nil
}

func (in TrustInput) ok() bool {
	return some(in.Forms, MostVariants) && endsWithin(in.ProjectYears, in.weeks()) && every(in.Forms, func(f TrustForm) bool {
		return hasMean(f.Trust, in.weeks()) && areShares(f.Trust.Mean...) && hasMean(f.Joint, in.weeks()) && areShares(f.Joint.Mean...)
	})
}

// weeks is the length of all series.
func (in TrustInput) weeks() int { return len(in.Forms[0].Trust.Mean) }

// standing is where the forms stand when the project ends.
func (in TrustInput) standing(of func(TrustForm) analysis.Band) []stand {
	return mapped(in.Forms, func(f TrustForm) stand { return stand{f.Form, at(of(f), weekAt(in.ProjectYears))} })
}

// figure is what the two figures share.
func (in TrustInput) figure(of func(TrustForm) analysis.Band, text func(float64) string, title string) Figure {
	return Figure{
		words: in.Words,
		Title: title + in.byWhat(in.By, len(in.Forms)),
		key:   []keyItem{keyEnd(in.say(termEnds, in.inYears(in.ProjectYears)))},
		Alt: described(in.say("Line chart over time, one line per form with its 95 % interval. ")+title+": ", in.Forms, ". ", func(f TrustForm) string {
			ys := of(f).Mean
			return in.say("%s: %s at the start, %s when the project ends after %s, %s at the end of the chart", f.Form.name(),
				text(ys[0]), text(ys[weekAt(in.ProjectYears)]), in.inYears(in.ProjectYears), text(ys[len(ys)-1]))
		}),
	}
}

// chart is that of a series, with what it comes to when the project ends.
func (in TrustInput) chart(of func(TrustForm) analysis.Band, scale float64, text func(float64) string) variantChart {
	end := in.standing(of)
	return variantChart{
		words: in.Words, xs: weeks(in.weeks()), weeks: true, x: timeAxis(horizon(in.weeks())), xTitle: in.say(termYears), height: 190,
		forms: mapped(in.Forms, func(f TrustForm) Form { return f.Form }),
		rows:  mapped(in.Forms, func(f TrustForm) []analysis.Interval { return series(of(f), scale, math.Inf(-1)) }),
		under: func(g panel, _ bool) { g.projectEnd(in.ProjectYears) },
		note:  func(i int) string { return in.say(termByYear, text(end[i].v.Estimate), sig(in.ProjectYears)) },
	}
}

func two(v float64) string { return num(v, 2) }

// trustAxis begins at the last tenth below all values, or at 0 where that is
// near: a line of 0.6 to 0.7 on an axis from 0 shows no differences. It spans
// at least 0.3, lest it make much of next to nothing.
func (in TrustInput) trustAxis() axis {
	var seen span
	for _, f := range in.Forms {
		seen.add(slices.Concat(f.Trust.Mean, f.Trust.Low, f.Trust.High)...)
	}
	if !seen.any {
		seen.hi = 1
	}
	lo := math.Floor(10*(seen.lo-0.02)) / 10
	hi := math.Ceil(10*(seen.hi+0.02)) / 10
	for hi-lo < 0.3 && hi < 1 {
		hi += 0.1
	}
	lo, hi = math.Max(0, math.Min(lo, hi-0.3)), math.Min(1, hi)
	if lo < 0.25 {
		lo = 0
	}
	a := newAxis(math.Round(10*lo)/10, math.Round(10*hi)/10, maxTicks)
	a.hi += 0.02 * (a.hi - a.lo) // a line at the top keeps its whole width
	return a
}

// smoothWeeks is how many weeks the moving average of cooperation covers.
const smoothWeeks = 13

// smoothed averages cooperation over a quarter. The ends of the intervals are
// averaged alike: weeks of one group resemble each other, so that the interval
// of the average is hardly narrower, and never wider.
func (in TrustInput) smoothed() TrustInput {
	in.Forms = slices.Clone(in.Forms)
	cut := weekAt(in.ProjectYears) + 1
	for i := range in.Forms {
		j := &in.Forms[i].Joint
		*j = analysis.Band{N: j.N, Mean: movingMean(j.Mean, cut), Low: movingMean(j.Low, cut), High: movingMean(j.High, cut)}
	}
	return in
}

// movingMean is the centred moving average of vs. It does not reach across
// cut, the first week after the project, which would blur what its end does,
// and it leaves gaps where they are.
func movingMean(vs []float64, cut int) []float64 {
	out := make([]float64, len(vs))
	for t, v := range vs {
		from, to := 0, len(vs)
		if t < cut {
			to = cut
		} else {
			from = cut
		}
		sum, n := 0.0, 0
		for k := max(from, t-smoothWeeks/2); k <= min(to-1, t+smoothWeeks/2); k++ {
			if finite(vs[k]) {
				sum += vs[k]
				n++
			}
		}
		out[t] = sum / float64(n)
		if !finite(v) {
			out[t] = math.NaN()
		}
	}
	return out
}
