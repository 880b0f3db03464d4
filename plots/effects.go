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
	left := gutter(y)
	f.draw = func(p pen, r rect) {
		l := in.layout(r.w(), left)
		r = in.Outcome.above(p, r, 12, -10)
		r.x0 += left
		for i, tile := range r.tiles(l.rows, l.cols, 18, 0)[:len(in.Factors)] {
			g := panel{pen: p, x: in.Factors[i].Levels.axis(), y: y, r: tile.inset(0, footX(false)+6, 0, l.head)}
			in.drawPanel(g, in.Factors[i], i%l.cols == 0)
		}
	}
	return f.sized(func(w float64) float64 {
		l := in.layout(w, left)
		return 12 + (l.data+footX(false)+6+l.head)*float64(l.rows)
	}), nil
}

// effectsLayout is how the panels stand, and the heights of their heads and data.
type effectsLayout struct {
	rows, cols int
	head, data float64
}

func (in EffectsInput) layout(w, left float64) (l effectsLayout) {
	l.data = 88
	if narrow(w) {
		l.data = 42
	}
	n := len(in.Factors)
	l.rows, l.cols = tiling(n, w, 105)
	if l.cols > 3 {
		l.rows, l.cols = (n+2)/3, 3
	}
	tile := (w-left+18)/float64(l.cols) - 18
	for _, f := range in.Factors {
		l.head = max(l.head, f.headHeight(tile))
	}
	return l
}

// headHeight is that of what stands above a panel: the factor in bold, its name
// and its share.
func (f EffectsFactor) headHeight(w float64) float64 {
	return 10 + titleLead*float64(len(wrap(f.Levels.Factor.Label, w, sizeTick, true))+len(f.notes(w)))
}

// notes are the lines below the factor's label.
func (f EffectsFactor) notes(w float64) []string {
	share := when(finite(f.Share.Estimate), "%s of variance", pct(f.Share.Estimate))
	below := f.Levels.Factor.below()
	if textWidth(below, sizeNote, false)+textWidth(share, sizeNote, false)+12 <= w {
		return []string{strings.Trim(below+"; "+share, "; ")}
	}
	return append(wrap(below, w, sizeNote, false), wrap(share, w, sizeNote, false)...)
}

// above writes what the y axes below measure at the top of r and returns r
// without a strip of height h; dy is from the top of r to the baseline.
func (m Measure) above(p pen, r rect, h, dy float64) rect {
	p.text(r.x0, r.y1+dy, m.in(fit(m.Label, r.w()-60, sizeTick, false)), letters{size: sizeTick, col: muted})
	r.y1 -= h
	return r
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

func (in EffectsInput) drawPanel(g panel, f EffectsFactor, first bool) {
	g.frame(false, first)
	g.levelTicks(f.Levels)
	y := g.r.y1 + f.headHeight(g.r.w()) - 12
	y = g.textLines(g.r.x0, y, titleLead, wrap(f.Levels.Factor.Label, g.r.w(), sizeTick, true), letters{size: sizeTick, bold: true, col: ink})
	g.textLines(g.r.x0, y, titleLead, f.notes(g.r.w()), letters{size: sizeNote, col: muted})

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
