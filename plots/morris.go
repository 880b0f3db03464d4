package plots

import (
	"fmt"
	"math"
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

func (f MorrisFactor) noise() bool { return f.OnlyLuck }

// morrisWedge is the area of uneven effects.
const morrisWedge hex = 0xEEF1F4

// morrisMost is how many labels there are at most: with more, none would be
// found.
const morrisMost = 20

// MorrisPlot draws the mean size of the effects across and their spread up.
// Far right are the factors that matter; high up are those whose effect
// depends on where one stands; pale are those that luck alone may have put
// there, which MorrisBars shows factor by factor.
func MorrisPlot(in MorrisInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("morris plot")
	}
	in = in.tidy()
	const height = 316
	g, labels := in.layout(rect{margin, margin, figWidth - margin, margin + height})
	f := in.Outcome.figure("morris", ": which factors matter, and how evenly")
	f.key = []keyItem{{"estimate, 95" + nbsp + "% intervals", cross}, keyArea("spread above mean size: non-linear or interacting", morrisWedge)}
	if number(in.Factors, MorrisFactor.noise) > 0 {
		f.key = append(f.key, keySign("~ luck alone may do it", markCircle, sensePale))
	}
	f.Alt = fmt.Sprintf("Scatter of %s by mean size and spread of their effects on %s, with 95 %% intervals. %s.",
		count(len(in.Factors), "factor"), firstLower(in.Outcome.Label), in.tell())
	f.Caption = in.caption(labels)
	f.draw = func(p pen, _ rect) {
		g.pen = p
		in.draw(g, labels)
	}
	return f.below(height), nil
}

// cross is the sign of an estimate with intervals both ways.
func cross(p pen, r rect) {
	s := stroke{col: barDark, width: 0.9}
	p.line(s, point{r.x0 + 1, r.my()}, point{r.x1 - 1, r.my()})
	p.line(s, point{r.mx(), r.y0 - 1.5}, point{r.mx(), r.y1 + 1.5})
	p.disc(point{r.mx(), r.my()}, 2.6, barDark, nil, 0)
}

func (in MorrisInput) ok() bool {
	return len(in.Factors) > 0 && every(in.Factors, func(f MorrisFactor) bool {
		return known(f.MuStar.Interval, f.Sigma) && drawable(f.Mu.Interval) && !math.IsInf(f.Floor, 0)
	})
}

// tidy is a copy with clean names, sorted by mean size.
func (in MorrisInput) tidy() MorrisInput {
	in.Factors = ranked(in.Factors, func(f MorrisFactor) float64 { return f.MuStar.Estimate })
	return in
}

// rounding is that of all mean sizes.
func (in MorrisInput) rounding() rounding {
	return roundingOf(in.Factors, func(f MorrisFactor) float64 { return f.MuStar.Estimate })
}

func (in MorrisInput) layout(r rect) (panel, []spotLabel) {
	var xs, ys span
	for _, f := range in.Factors {
		xs.add(f.MuStar.Estimate, f.MuStar.High)
		ys.add(f.Sigma.Estimate, f.Sigma.High)
	}
	g := panel{x: fromZero(xs), y: fromZero(ys)}
	g.r = r.inset(gutter(g.y), footX(true)+2, 8, 16)
	var want []spotLabel
	var dots, arms []rect
	for _, f := range in.Factors {
		c := g.place(f)
		dots = append(dots, rect{c.x - 4, c.y - 4, c.x + 4, c.y + 4})
		l := spotLabel{at: c, text: f.Factor.Label, col: ink}
		if f.OnlyLuck {
			l.text, l.col = "~ "+l.text, muted
		}
		arms = append(arms, g.arms(f)...)
		want = append(want, l)
	}
	origin := g.pt(0, 0) // the crowd is there
	want = ranked(want, func(l spotLabel) float64 { return math.Hypot(l.at.x-origin.x, l.at.y-origin.y) })
	want = want[:min(len(want), morrisMost)]
	for s := 0.0; s < 1; s += 0.01 { // the wedge's edge, too, is better not written on
		c := g.pt(s*min(g.x.hi, g.y.hi), s*min(g.x.hi, g.y.hi))
		arms = append(arms, rect{c.x, c.y, c.x + 0.1, c.y + 0.1})
	}
	return g, placeLabels(g.r, want, dots, arms)
}

// place is that of a factor's estimates.
func (g panel) place(f MorrisFactor) point { return g.pt(f.MuStar.Estimate, f.Sigma.Estimate) }

// arms are the areas of a factor's intervals, as far as sizes and spreads
// reach, which is not below zero.
func (g panel) arms(f MorrisFactor) (out []rect) {
	a, b := g.pt(max(0, f.MuStar.Low), f.Sigma.Estimate), g.pt(f.MuStar.High, f.Sigma.Estimate)
	if a.ok() && b.ok() {
		out = append(out, rect{a.x, a.y - 0.5, b.x, b.y + 0.5})
	}
	a, b = g.pt(f.MuStar.Estimate, max(0, f.Sigma.Low)), g.pt(f.MuStar.Estimate, f.Sigma.High)
	if a.ok() && b.ok() {
		out = append(out, rect{a.x - 0.5, a.y, b.x + 0.5, b.y})
	}
	return out
}

func (in MorrisInput) draw(g panel, labels []spotLabel) {
	// The wedge in which the spread is above the mean size.
	end := min(g.x.hi, g.y.hi)
	corner := g.pt(end, end)
	g.fill(morrisWedge, g.pt(0, 0), corner, point{corner.x, g.r.y1}, point{g.r.x0, g.r.y1})
	g.frame(true, true)
	g.line(stroke{col: rule, width: widthMark}, g.pt(0, 0), corner)
	g.unit(in.Outcome.in("Spread of the effect (standard deviation, σ)"), gutter(g.y))
	g.xTitle(g.r, in.Outcome.in("Mean size of the effect of a factor over its whole range (μ*)"))
	g.spotLeaders(labels)
	// What matters lies above what does not.
	for i := len(in.Factors) - 1; i >= 0; i-- {
		f := in.Factors[i]
		col, width, radius := barDark, 0.9, 3.2
		if f.OnlyLuck {
			col, width, radius = sensePale, 0.6, 2.2
		}
		for _, arm := range g.arms(f) {
			if arm.w() > arm.h() {
				g.line(stroke{col: col, width: width}, point{arm.x0, arm.my()}, point{arm.x1, arm.my()})
			} else {
				g.line(stroke{col: col, width: width}, point{arm.mx(), arm.y0}, point{arm.mx(), arm.y1})
			}
		}
		g.marker(g.place(f), markCircle, radius, col)
	}
	g.spotLabels(labels)
}

// caption names the factors that matter, says whose effect depends on where
// one stands and which may be luck, and counts what stays without a label.
func (in MorrisInput) caption(labels []spotLabel) string {
	all, u := len(in.Factors), in.rounding()
	label := func(f MorrisFactor) string { return f.Factor.Label }
	most := firstFew(in.Factors, 3, func(f MorrisFactor) bool { return !f.OnlyLuck }, func(f MorrisFactor) string {
		return fmt.Sprintf("%s (%s)", label(f), in.Outcome.amount(u.text(f.MuStar.Estimate)))
	})
	uneven := firstFew(in.Factors, all, func(f MorrisFactor) bool { return !f.OnlyLuck && f.Sigma.Low > f.MuStar.High }, label)
	pale := firstFew(in.Factors, all, MorrisFactor.noise, label)
	first := named(most, "the largest mean effects over a factor's whole range: ", "no factor moves the outcome by more than luck alone might")
	second := when(len(most) > 0, "no factor's effect surely differs more from point to point than it is large")
	if len(uneven) > 0 {
		second = "non-linear or interacting, their spread surely above their mean size: " + few(uneven)
	}
	return sentences(first, second,
		when(len(most) > 0 && len(pale) > 0, "%d of %s cannot be told from luck (pale, ~), first %s", len(pale), count(all, "factor"), strings.Join(pale[:min(1, len(pale))], "")),
		when(all > len(labels), "%s too close to others for a label", count(all-len(labels), "point")))
}

// tell says every factor in numbers.
func (in MorrisInput) tell() string {
	return strings.Join(each(in.Factors, func(f MorrisFactor) string {
		return f.Factor.inText() + ": " + told(f.MuStar.Interval, in.Outcome.value) + ", spread " + told(f.Sigma, in.Outcome.value) +
			when(f.direction() != "", ", %s", f.direction()) + when(f.OnlyLuck, ", not to be told from luck")
	}), "; ")
}
