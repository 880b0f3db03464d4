package plots

import (
	"fmt"
	"strings"

	"epgsim/sim/analysis"
)

// EffectsInput is what each factor of a factorial design does by itself, on
// average over the levels of all others.
type EffectsInput struct {
	Outcome Measure
	Mean    analysis.Interval // over all rows of the design
	Factors []EffectsFactor   // at most 12, in any order

	// Together is the share of the variance over rows that no factor makes by
	// itself; a missing one is not printed.
	Together analysis.Interval
}

// EffectsFactor is one factor.
type EffectsFactor struct {
	Levels
	Effects []analysis.Interval // mean of the rows at each level less the mean of all

	// Share is the part (0.3 is 30 %) of the variance over rows that the factor
	// makes by itself; a missing one is not printed.
	Share analysis.Interval

	means []analysis.Interval // at each level, as drawn
}

const (
	mostLevels = 40 // that a factor may have along an axis
)

// MainEffects draws one panel per factor on a shared axis, the factor that
// moves the mean most first.
func MainEffects(in EffectsInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("main effects")
	}
	in = in.tidy()
	var seen span
	for _, f := range in.Factors {
		seen.interval(f.means...)
	}
	y, zero := outcomeAxis(seen)
	y = y.thinned(5)
	f := in.Outcome.figure("main-effects", ": mean at each level of each factor")
	f.sub = in.Outcome.under("Mean over all levels of the other factors; dashed: mean of all; whiskers: 95" + nbsp +
		"% interval of the difference from it, where larger than the sign" + notFromZero(zero))
	f.Alt, f.Caption = in.alt(), in.caption()
	m := multiples{least: 92, body: 76, below: 6, shared: true, unit: in.Outcome.in(in.Outcome.Label)}
	for _, factor := range in.Factors {
		share := when(finite(factor.Share.Estimate), "%s of variance", pct(factor.Share.Estimate))
		m.tiles = append(m.tiles, tile{title: factor.Levels.Factor.Label, notes: []string{factor.Levels.Factor.below(), share}, x: factor.Levels.axis(), y: y,
			ticks: func(g panel) { g.levelTicks(factor.Levels) }, data: func(g panel) { in.drawPanel(g, factor) }})
	}
	return m.figure(f), nil
}

func (in EffectsInput) ok() bool {
	return some(in.Factors, 12) && known(in.Mean) && drawable(in.Together) && every(in.Factors, func(f EffectsFactor) bool {
		return f.Levels.ok(mostLevels) && len(f.Effects) == len(f.Texts) && known(f.Effects...) && drawable(f.Share)
	})
}

// tidy is a copy with clean names, sorted by how far the means lie apart.
func (in EffectsInput) tidy() EffectsInput {
	in.Factors = ranked(in.Factors, func(f EffectsFactor) float64 {
		var s span
		for _, e := range f.Effects {
			s.add(e.Estimate)
		}
		return s.hi - s.lo
	})
	for i := range in.Factors {
		f := &in.Factors[i]
		f.means = mapped(f.Effects, func(e analysis.Interval) analysis.Interval {
			return analysis.Interval{Estimate: in.Mean.Estimate + e.Estimate, Low: in.Mean.Estimate + e.Low, High: in.Mean.Estimate + e.High, N: e.N}
		})
	}
	return in
}

func (in EffectsInput) drawPanel(g panel, f EffectsFactor) {
	mean := g.py(in.Mean.Estimate)
	g.line(stroke{col: muted, width: widthMark, dash: []float64{3, 2}}, point{g.r.x0, mean}, point{g.r.x1, mean})
	ys := mapped(f.means, func(m analysis.Interval) float64 { return m.Estimate })
	g.curve(g.x.ticks, ys, stroke{col: barPale, width: widthData})
	for k, m := range f.means {
		g.whisker(g.x.ticks[k], m.Low, m.High, stroke{col: senseDot, width: 0.9})
		g.marker(g.pt(g.x.ticks[k], m.Estimate), markCircle, 2.4, senseDot)
		g.hoverAt(g.pt(g.x.ticks[k], m.Estimate), f.Levels.Factor.Label+", "+f.Texts[k]+": "+told(m, in.Outcome.value))
	}
}

// extremes are the levels with the lowest and the highest mean.
func (f EffectsFactor) extremes() (low, high int) {
	for k, m := range f.means {
		if m.Estimate < f.means[low].Estimate {
			low = k
		}
		if m.Estimate > f.means[high].Estimate {
			high = k
		}
	}
	return low, high
}

// sure says whether the intervals of the factor's highest and lowest means lie
// apart.
func (f EffectsFactor) sure() bool {
	low, high := f.extremes()
	return ahead(f.means[high], f.means[low])
}

// caption says between which levels the mean moves most, and how much of the
// variance no factor makes by itself.
func (in EffectsInput) caption() string {
	most := firstFew(in.Factors, 2, EffectsFactor.sure, func(f EffectsFactor) string {
		low, high := f.extremes()
		return fmt.Sprintf("%s (%s at %s, %s at %s)", f.Levels.Factor.Label, in.Outcome.value(f.means[low].Estimate), f.Levels.Texts[low],
			in.Outcome.value(f.means[high].Estimate), f.Levels.Texts[high])
	})
	unsure := len(in.Factors) - number(in.Factors, EffectsFactor.sure)
	return sentences(named(most, "by itself, the mean moves most with ", "no factor by itself moves the mean by more than its intervals"),
		when(unsure > 0 && len(most) > 0, "the intervals of %s overlap at all levels", count(unsure, "factor")),
		when(finite(in.Together.Estimate), "%s of the variance over the design is due to factors working together", told(in.Together, pct)))
}

func (in EffectsInput) alt() string {
	parts := each(in.Factors, func(f EffectsFactor) string {
		var at []string
		for k, m := range f.means {
			at = append(at, told(m, in.Outcome.value)+" at "+f.Levels.Texts[k])
		}
		return f.Levels.Factor.inText() + ": " + strings.Join(at, ", ") +
			when(finite(f.Share.Estimate), "; %s of the variance", pct(f.Share.Estimate))
	})
	return fmt.Sprintf("One panel per factor with the mean of %s at each of its levels and its 95 %% interval; the mean of all is %s. %s.",
		firstLower(in.Outcome.Label), in.Outcome.value(in.Mean.Estimate), strings.Join(parts, ". "))
}
