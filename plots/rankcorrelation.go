package plots

import (
	"fmt"
	"math"
	"strings"

	"epgsim/sim/analysis"
)

// RankInput is how far an outcome rises or falls with each factor, all others
// held fixed, by partial rank correlation.
type RankInput struct {
	Outcome Measure
	Factors []RankFactor // in any order

	// R2 is the share (0..1) of the outcome's ranks that the regression on all
	// factors' ranks explains; NaN is not printed.
	R2 float64

	Poor bool // that share is too small for the correlations to be gone by
}

// RankFactor is one factor.
type RankFactor struct {
	Factor  Factor
	Partial analysis.Interval // partial rank correlation, −1..1
}

// RankCorrelations draws the partial rank correlations, the strongest of
// either sign first.
func RankCorrelations(in RankInput) (*Figure, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	in = in.tidy()
	show := shown(in.Factors)
	c := rowChart{
		heads:  [][2]string{{"partial", "correlation"}},
		title:  "Partial rank correlation: " + minus + "1 falls with the factor, +1 rises with it",
		rest:   unshown(len(in.Factors)),
		guides: true,
		x:      newAxis(-1, 1, 5),
	}
	for _, f := range show {
		noise := analysis.Noise(f.Partial)
		c.add(f.Factor, noise, rounding(0.01).signed(f.Partial.Estimate, noise))
	}
	title := in.Outcome.Label + ": what it rises and falls with"
	key := []keyItem{keyEstimate("estimate, 95"+nbsp+"% interval; ~ cannot be told from none", markCircle, senseDot)}
	f := c.figure(in.Outcome.name("rank-correlations"), title, in.sub(), key, func(g panel, i int) { show[i].draw(g) })
	f.Alt, f.Caption = in.alt(), in.caption()
	return f, nil
}

func (in RankInput) check() error {
	const what = "rank correlations"
	if err := checkSubject(what, in.Outcome, in.Factors, func(f RankFactor) Factor { return f.Factor }); err != nil {
		return err
	}
	for _, f := range in.Factors {
		w := what + ": " + f.Factor.tidy().short()
		if err := checkEstimate(w, f.Partial); err != nil {
			return err
		}
		for _, v := range []float64{f.Partial.Estimate, f.Partial.Low, f.Partial.High} {
			if math.Abs(v) > 1+1e-9 {
				return bad("%s: %v is not within %s1..1", w, v, minus)
			}
		}
	}
	return checkShares(what+": R²", []float64{in.R2})
}

// tidy is a copy with clean names, sorted by strength.
func (in RankInput) tidy() RankInput {
	in.Outcome = in.Outcome.tidy()
	in.Factors = ranked(in.Factors, func(f RankFactor) float64 { return math.Abs(f.Partial.Estimate) })
	for i := range in.Factors {
		in.Factors[i].Factor = in.Factors[i].Factor.tidy()
	}
	return in
}

// draw draws a line from none to the estimate, so that the eye sees the sign
// before it finds the dot.
func (f RankFactor) draw(g panel) {
	col, line := senseDot, senseSpan
	if analysis.Noise(f.Partial) {
		col, line = sensePale, senseSpan.tint(0.5)
	}
	y := g.r.my()
	a, b := g.px(0), g.px(f.Partial.Estimate)
	g.rect(line, rect{min(a, b), y - 2, max(a, b), y + 2})
	g.line(stroke{col: rule, width: widthAxis}, point{a, g.r.y0}, point{a, g.r.y1})
	g.dot(y, f.Partial.Low, f.Partial.Estimate, f.Partial.High, markCircle, col)
}

func (in RankInput) sub() string {
	if !finite(in.R2) {
		return in.Outcome.Context
	}
	return in.Outcome.under("All factors' ranks together explain " + pct(in.R2) + " of the outcome's ranks")
}

func (in RankInput) caption() string {
	var rises, falls []string
	noise := 0
	for _, f := range in.Factors {
		s := fmt.Sprintf("%s (%s)", f.Factor.Label, num(f.Partial.Estimate, 2))
		switch {
		case analysis.Noise(f.Partial):
			noise++
		case f.Partial.Estimate > 0:
			rises = append(rises, s)
		default:
			falls = append(falls, s)
		}
	}
	up, down, pale, fit := "", "", "", ""
	if len(rises) > 0 {
		up = "the outcome rises most surely with " + few(rises)
	}
	if len(falls) > 0 {
		down = "it falls with " + few(falls)
	}
	switch {
	case noise == len(in.Factors):
		pale = "the outcome cannot be said to rise or fall with any factor"
	case noise > 0:
		pale = fmt.Sprintf("%d of %s cannot be told from none (~)", noise, count(len(in.Factors), "factor"))
	}
	if in.Poor {
		fit = "together they explain only " + pct(in.R2) + ": the outcome does not simply rise and fall with the factors one by one"
	}
	return sentences(up, down, pale, fit, unshown(len(in.Factors)))
}

func (in RankInput) alt() string {
	two := func(v float64) string { return num(v, 2) }
	var parts []string
	for _, f := range in.Factors {
		parts = append(parts, f.Factor.inText()+" "+told(f.Partial, two))
	}
	s := fmt.Sprintf("Dot chart of partial rank correlations of %s with %s, with 95 %% intervals, the strongest first. %s.",
		firstLower(in.Outcome.Label), count(len(in.Factors), "factor"), strings.Join(parts, "; "))
	if finite(in.R2) {
		s += " All together explain " + pct(in.R2) + "."
	}
	return s
}
