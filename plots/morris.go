package plots

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"epgsim/sim/analysis"
)

// MorrisInput is what a screening by the method of Morris comes to.
type MorrisInput struct {
	Outcome Measure
	Factors []MorrisFactor // in any order
}

// MorrisFactor is one factor. An elementary effect is the change of the
// outcome for a step of the factor, scaled to its whole range, at one of the
// points visited.
type MorrisFactor struct {
	Factor
	analysis.ElementaryEffects
}

func (f MorrisFactor) noise() bool   { return f.OnlyLuck }
func (f MorrisFactor) label() string { return f.Factor.Label }

// uneven says that the effect surely differs more from point to point than it is
// large: it is non-linear, or depends on other factors.
func (f MorrisFactor) uneven() bool { return !f.OnlyLuck && f.Sigma.Low > f.MuStar.High }

// Morris ranks the factors by the mean size of their effects and shows, on the same
// axis, how much the effects differ from point to point and what luck alone would give.
func Morris(in MorrisInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("morris")
	}
	in.Factors = ranked(in.Factors, func(f MorrisFactor) float64 { return f.MuStar.Estimate })
	show, rest := shown(in.Factors, mostRows, "factor")
	c := rowChart{
		heads: [][2]string{{"mean", "size μ*"}, {"spread", "σ"}, {"", "direction"}},
		words: true,
		title: in.Outcome.in("Effect over the factor's whole range: mean size (μ*) and spread (σ)"),
		rest:  rest,
	}
	u := roundingOf(in.Factors, func(f MorrisFactor) float64 { return f.MuStar.Estimate })
	var seen span
	for _, f := range show {
		c.add(f.Factor, f.OnlyLuck, f.told(in.Outcome), f.draw, u.cell(f.MuStar.Estimate, f.OnlyLuck), u.text(f.Sigma.Estimate), f.arrow())
		seen.add(f.MuStar.Estimate, f.MuStar.High, f.Sigma.Estimate, f.Floor)
	}
	c.x = fromZero(seen).thinned(5)
	f := in.Outcome.figure("morris", ": mean effect of each factor, and how evenly it works")
	f.key = []keyItem{
		keyArea("mean size", barDark), keyInterval("95" + nbsp + "% interval; ~ luck alone may do it"),
		keySign("spread; beyond the bar: non-linear or interacting", markHollowDiamond, ink),
	}
	if slices.ContainsFunc(in.Factors, func(f MorrisFactor) bool { return f.Floor > 0 }) {
		f.key = append(f.key, keyItem{label: "what luck alone would give", sign: pen.luck})
	}
	f.Caption = in.caption(u)
	f.Alt = fmt.Sprintf("Bar chart of the mean size and the spread of the effects of %s on %s, with 95 %% intervals, the largest first. ",
		count(len(in.Factors), "factor"), firstLower(in.Outcome.Label))
	size := func(f MorrisFactor) analysis.Interval { return f.MuStar.Interval }
	return c.figure(f).Headed(finding(in.Outcome, in.Factors, size, MorrisFactor.noise, MorrisFactor.label)), nil
}

func (in MorrisInput) ok() bool {
	return len(in.Factors) > 0 && every(in.Factors, func(f MorrisFactor) bool {
		return known(f.MuStar.Interval, f.Sigma) && drawable(f.Mu.Interval) && !math.IsInf(f.Floor, 0)
	})
}

// direction says which way the factor works: "raises" where nearly all of its
// effects have one sign, "mostly raises" where its mean effect surely has
// one, "both ways" where the effects cancel. It is "" for groups of
// parameters, which have no direction, and where luck alone may do it.
func (f MorrisFactor) direction() string {
	mu := f.Mu.Interval
	switch {
	case f.Unsigned || math.IsNaN(mu.Estimate) || f.OnlyLuck:
		return ""
	case analysis.Noise(mu):
		return "both ways"
	}
	word := "raises"
	if mu.Estimate < 0 {
		word = "lowers"
	}
	if math.Abs(mu.Estimate) < 0.9*f.MuStar.Estimate {
		word = "mostly " + word
	}
	return word
}

// arrow is the direction with a sign that is seen before it is read.
func (f MorrisFactor) arrow() string {
	w := f.direction()
	switch {
	case strings.HasSuffix(w, "raises"):
		return "↑ " + w
	case strings.HasSuffix(w, "lowers"):
		return "↓ " + w
	case w == "":
		return ""
	}
	return "↕ " + w
}

// draw draws a factor's bar, its spread and, across the whole row, so that the rows
// form one area, what luck alone would give.
func (f MorrisFactor) draw(g panel) {
	const half = 4.2
	col, text := barDark, ink
	if f.OnlyLuck {
		col, text = sensePale, muted
	}
	if finite(f.Floor) {
		g.luck(rect{g.px(0), g.r.y0, g.px(f.Floor), g.r.y1})
	}
	y := g.r.my()
	g.rect(col, rect{g.px(0), y - half, g.px(f.MuStar.Estimate), y + half})
	g.zero(rule)
	g.interval(y, max(0, f.MuStar.Low), f.MuStar.High, text) // a size is not below zero
	g.flatMarker(point{g.px(f.Sigma.Estimate), y}, markHollowDiamond, text)
}

// caption names what matters most and which way it works, and whose effect depends
// on where one stands.
func (in MorrisInput) caption(u rounding) string {
	all, noise := len(in.Factors), number(in.Factors, MorrisFactor.noise)
	most := firstFew(in.Factors, 3, func(f MorrisFactor) bool { return !f.OnlyLuck }, func(f MorrisFactor) string {
		return fmt.Sprintf("%s (%s)", f.label(), joined(in.Outcome.amount(u.text(f.MuStar.Estimate)), ", ", f.direction()))
	})
	return sentences(
		named(most, "the largest mean effects over a factor's whole range: ", "no factor moves the outcome by more than luck alone might"),
		named(firstFew(in.Factors, all, MorrisFactor.uneven, MorrisFactor.label), "non-linear or interacting, their spread surely above their mean size: ", ""),
		when(noise > 0 && noise < all, "%d of %s cannot be told from luck (~)", noise, count(all, "factor")))
}

func (f MorrisFactor) told(m Measure) string {
	return told(f.MuStar.Interval, m.value) + ", spread " + told(f.Sigma, m.value) +
		when(f.direction() != "", ", %s", f.direction()) + when(f.OnlyLuck, ", not to be told from luck")
}
