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
	Levels  Levels
	Effects []analysis.Interval // mean of the rows at each level less the mean of all

	// Share is the part (0.3 is 30 %) of the variance over rows that the factor
	// makes by itself; a missing one is not printed.
	Share analysis.Interval

	means []analysis.Interval // at each level, as drawn
}

// MainEffects draws one panel per factor on a shared axis, the factor that
// moves the mean most first.
func MainEffects(in EffectsInput) (*Figure, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	in = in.tidy()
	y, zero := in.axis()
	title := in.Outcome.Label + ": mean at each level of each factor"
	sub := "Mean over all levels of the other factors; dashed: mean of all; whiskers: 95" + nbsp + "% interval of the difference from it, where larger than the sign"
	if !zero {
		sub += "; the axis does not begin at zero"
	}
	sub = in.Outcome.under(sub)
	rows, cols := layout(len(in.Factors))
	f := newFigure(in.Outcome.name("main-effects"), title, 2*margin+headerHeight(title, sub, nil)+12+effectsTile*float64(rows))
	f.Alt, f.Caption = in.alt(), in.caption()
	f.draw = func(p pen, r rect) {
		r = p.header(r, title, sub, nil)
		p.text(r.x0, r.y1-10, in.Outcome.in(fit(in.Outcome.Label, 300, sizeTick, false)), letters{size: sizeTick, col: muted})
		r.y1 -= 12
		r.x0 += gutter(y)
		for i, tile := range r.tiles(rows, cols, 18, 0) {
			if i < len(in.Factors) {
				g := panel{pen: p, x: in.Factors[i].Levels.axis(), y: y, r: tile.inset(0, footX(false)+6, 0, 30)}
				in.drawPanel(g, in.Factors[i], i%cols == 0)
			}
		}
	}
	return f, nil
}

const effectsTile = 138.0 // the height of a panel with what stands around it

func (in EffectsInput) check() error {
	const what = "main effects"
	if err := checkSubject(what, in.Outcome, in.Factors, func(f EffectsFactor) Factor { return f.Levels.Factor }); err != nil {
		return err
	}
	if err := checkEstimate(what+": mean of all", in.Mean); err != nil {
		return err
	}
	if err := checkCount(what+": factors", len(in.Factors), 12); err != nil {
		return err
	}
	for _, f := range in.Factors {
		if err := f.Levels.check(what, mostLevels); err != nil {
			return err
		}
		w := what + ": " + f.Levels.Factor.tidy().short()
		if len(f.Effects) != len(f.Levels.Texts) {
			return bad("%s: %d effects for %d levels", w, len(f.Effects), len(f.Levels.Texts))
		}
		for k, e := range f.Effects {
			if err := checkEstimate(fmt.Sprintf("%s: effect of %s", w, clean(f.Levels.Texts[k])), e); err != nil {
				return err
			}
		}
		if err := checkKnown(w+": share of the variance", f.Share); err != nil {
			return err
		}
	}
	return checkKnown(what+": share of the factors together", in.Together)
}

// mostLevels is how many levels a factor may have along an axis.
const mostLevels = 40

// tidy is a copy with clean names, sorted by how far the means lie apart.
func (in EffectsInput) tidy() EffectsInput {
	in.Outcome = in.Outcome.tidy()
	in.Factors = ranked(in.Factors, func(f EffectsFactor) float64 {
		s := f.span()
		return s.hi - s.lo
	})
	for i := range in.Factors {
		f := &in.Factors[i]
		f.Levels, f.means = f.Levels.tidy(), make([]analysis.Interval, len(f.Effects))
		for k, e := range f.Effects {
			f.means[k] = analysis.Interval{Estimate: in.Mean.Estimate + e.Estimate, Low: in.Mean.Estimate + e.Low, High: in.Mean.Estimate + e.High, N: e.N}
		}
	}
	return in
}

// span is the range of the factor's effects.
func (f EffectsFactor) span() (s span) {
	for _, e := range f.Effects {
		s.add(e.Estimate)
	}
	return s
}

func (in EffectsInput) axis() (axis, bool) {
	var seen span
	for _, f := range in.Factors {
		for _, m := range f.means {
			seen.add(m.Estimate, m.Low, m.High)
		}
	}
	y, zero := outcomeAxis(seen)
	y.thinOut(5)
	return y, zero
}

func (in EffectsInput) drawPanel(g panel, f EffectsFactor, first bool) {
	g.frame(false, first)
	g.levelTicks(f.Levels)
	l := f.Levels.Factor
	g.text(g.r.x0, g.r.y1+17, fit(l.Label, g.r.w(), sizeTick, true), letters{size: sizeTick, bold: true, col: ink})
	below := l.below()
	if finite(f.Share.Estimate) {
		share := pct(f.Share.Estimate) + " of variance"
		room := g.r.w() - textWidth(share, sizeNote, false) - 6
		g.text(g.r.x1, g.r.y1+7, share, letters{size: sizeNote, col: muted, align: 1})
		below = fit(below, room, sizeNote, false)
	}
	g.text(g.r.x0, g.r.y1+7, fit(below, g.r.w(), sizeNote, false), letters{size: sizeNote, col: muted})

	mean := g.py(in.Mean.Estimate)
	g.line(stroke{col: muted, width: widthMark, dash: []float64{3, 2}}, point{g.r.x0, mean}, point{g.r.x1, mean})
	ys := make([]float64, len(f.means))
	for k, m := range f.means {
		ys[k] = m.Estimate
	}
	g.curve(g.x.ticks, ys, stroke{col: barPale, width: widthData})
	for k, m := range f.means {
		g.whisker(g.x.ticks[k], m.Low, m.High, stroke{col: senseDot, width: 0.9})
		g.marker(g.pt(g.x.ticks[k], m.Estimate), markCircle, 2.4, senseDot)
	}
}

// sure says whether the intervals of the factor's highest and lowest means lie
// apart.
func (f EffectsFactor) sure() bool {
	low, high := f.extremes()
	return ahead(f.means[high], f.means[low])
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

// caption says between which levels the mean moves most, and how much of the
// variance no factor makes by itself.
func (in EffectsInput) caption() string {
	var most []string
	unsure := 0
	for _, f := range in.Factors {
		if !f.sure() {
			unsure++
			continue
		}
		if len(most) < 2 {
			low, high := f.extremes()
			most = append(most, fmt.Sprintf("%s (%s at %s, %s at %s)", f.Levels.Factor.Label, in.Outcome.value(f.means[low].Estimate), f.Levels.Texts[low],
				in.Outcome.value(f.means[high].Estimate), f.Levels.Texts[high]))
		}
	}
	first, second, third := "no factor by itself moves the mean by more than its intervals", "", ""
	if len(most) > 0 {
		first = "by itself, the mean moves most with " + list(most)
	}
	if unsure > 0 && len(most) > 0 {
		second = fmt.Sprintf("the intervals of %s overlap at all levels", count(unsure, "factor"))
	}
	if finite(in.Together.Estimate) {
		third = told(in.Together, pct) + " of the variance over the design is due to factors working together"
	}
	return sentences(first, second, third)
}

func (in EffectsInput) alt() string {
	var parts []string
	for _, f := range in.Factors {
		var at []string
		for k, m := range f.means {
			at = append(at, told(m, in.Outcome.value)+" at "+f.Levels.Texts[k])
		}
		s := f.Levels.Factor.inText() + ": " + strings.Join(at, ", ")
		if finite(f.Share.Estimate) {
			s += "; " + pct(f.Share.Estimate) + " of the variance"
		}
		parts = append(parts, s)
	}
	return fmt.Sprintf("One panel per factor with the mean of %s at each of its levels and its 95 %% interval; the mean of all is %s. %s.",
		firstLower(in.Outcome.Label), in.Outcome.value(in.Mean.Estimate), strings.Join(parts, ". "))
}
