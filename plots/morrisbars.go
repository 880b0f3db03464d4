package plots

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"epgsim/sim/analysis"
)

// MorrisBars draws the same as MorrisPlot as a ranking: the mean size of each
// factor's effects, what luck alone would give, and which way the factor works.
func MorrisBars(in MorrisInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("morris bars")
	}
	in = in.tidy()
	show, rest := shown(in.Factors, mostRows, "factor")
	c := rowChart{
		heads: [][2]string{{"mean", "size"}, {"", "direction"}},
		words: true,
		title: in.Outcome.in("Mean size of the effect over the factor's whole range (μ*)"),
		rest:  rest,
	}
	u := in.rounding()
	var seen span
	for _, f := range show {
		c.add(f.Factor, f.OnlyLuck, f.draw, u.cell(f.MuStar.Estimate, f.OnlyLuck), f.arrow())
		seen.add(f.MuStar.Estimate, f.MuStar.High, f.Floor)
	}
	c.x = fromZero(seen).thinned(5)
	f := in.Outcome.figure("morris-bars", ": mean effect of each factor")
	f.key = []keyItem{keyInterval("95" + nbsp + "% interval; ~ luck alone may do it")}
	if slices.ContainsFunc(in.Factors, func(f MorrisFactor) bool { return f.Floor > 0 }) {
		f.key = append(f.key, keyItem{"what luck alone would give", pen.luck})
	}
	f.Caption = in.barsCaption(rest)
	f.Alt = fmt.Sprintf("Bar chart of the mean size of the effects of %s on %s, with 95 %% intervals, the largest first. %s.",
		count(len(in.Factors), "factor"), firstLower(in.Outcome.Label), in.tell())
	return c.figure(f).Headed(in.finding()), nil
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

// draw draws a factor's bar and, across the whole row, so that the rows form
// one area, what luck alone would give.
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
	g.line(stroke{col: rule, width: widthAxis}, point{g.px(0), g.r.y0}, point{g.px(0), g.r.y1})
	g.interval(y, max(0, f.MuStar.Low), f.MuStar.High, text) // a size is not below zero
}

// barsCaption names what surely raises and what surely lowers the outcome.
func (in MorrisInput) barsCaption(rest string) string {
	say := func(words, way string) string {
		those := firstFew(in.Factors, len(in.Factors), func(f MorrisFactor) bool { return strings.TrimPrefix(f.direction(), "mostly ") == way },
			func(f MorrisFactor) string { return f.Factor.Label })
		return when(len(those) > 0, "%s%s", words, few(those))
	}
	n, noise := len(in.Factors), number(in.Factors, MorrisFactor.noise)
	return sentences(
		when(noise == n, "no factor moves the outcome by more than luck alone might"),
		say("most raising the outcome: ", "raises"), say("most lowering it: ", "lowers"), say("now raising, now lowering it: ", "both ways"),
		when(noise > 0 && noise < n, "%d of %s cannot be told from luck (~)", noise, count(n, "factor")),
		rest)
}
