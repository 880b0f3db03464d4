package plots

import (
	"fmt"
	"math"
	"strings"

	"epgsim/sim/analysis"
)

// MorrisBars draws the same as MorrisPlot as a ranking: the mean size of each
// factor's effects, what luck alone would give, and which way the factor works.
func MorrisBars(in MorrisInput) (*Figure, error) {
	if err := in.check("morris bars"); err != nil {
		return nil, err
	}
	in = in.tidy()
	show := shown(in.Factors)
	title := in.Outcome.Label + ": mean effect of each factor"
	key := []keyItem{keyInterval("95" + nbsp + "% interval; ~ luck alone may do it")}
	if in.hasFloor() {
		key = append(key, keyLuck("what luck alone would give"))
	}
	f := in.chart(show).figure(in.Outcome.name("morris-bars"), title, in.Outcome.Context, key, func(g panel, i int) { show[i].draw(g) })
	f.Caption = in.barsCaption()
	f.Alt = fmt.Sprintf("Bar chart of the mean size of the effects of %s on %s, with 95 %% intervals, the largest first. %s.",
		count(len(in.Factors), "factor"), firstLower(in.Outcome.Label), strings.Join(in.tell(), "; "))
	return f, nil
}

// direction says which way the factor works: "raises" where nearly all of its
// effects have one sign, "mostly raises" where its mean effect surely has
// one, "both ways" where the effects cancel. It is "" for groups of
// parameters, which have no direction, and where luck alone may do it.
func (f MorrisFactor) direction() string {
	mu := f.Mu
	if math.IsNaN(mu.Estimate) || f.OnlyLuck {
		return ""
	}
	if analysis.Noise(mu) {
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

func (in MorrisInput) chart(show []MorrisFactor) rowChart {
	c := rowChart{
		heads: [][2]string{{"mean", "size"}, {"", "direction"}},
		words: true,
		title: in.Outcome.in("Mean size of the effect over the factor's whole range (μ*)"),
		rest:  unshown(len(in.Factors)),
	}
	u := in.rounding()
	var seen span
	for _, f := range show {
		c.add(f.Factor, f.OnlyLuck, u.cell(f.MuStar.Estimate, f.OnlyLuck), f.arrow())
		seen.add(f.MuStar.Estimate, f.MuStar.High, f.Floor)
	}
	c.x = fromZero(seen)
	c.x.thinOut(5)
	return c
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
func (in MorrisInput) barsCaption() string {
	ways := map[string][]string{}
	noise := 0
	for _, f := range in.Factors {
		if f.OnlyLuck {
			noise++
		}
		way := strings.TrimPrefix(f.direction(), "mostly ")
		ways[way] = append(ways[way], f.Factor.Label)
	}
	delete(ways, "")
	say := func(way, words string) string {
		if len(ways[way]) == 0 {
			return ""
		}
		return words + few(ways[way])
	}
	first, last := "", ""
	if noise == len(in.Factors) {
		first = "no factor moves the outcome by more than luck alone might"
	} else if noise > 0 {
		last = fmt.Sprintf("%d of %s cannot be told from luck (~)", noise, count(len(in.Factors), "factor"))
	}
	return sentences(first, say("raises", "most raising the outcome: "), say("lowers", "most lowering it: "),
		say("both ways", "now raising, now lowering it: "), last, unshown(len(in.Factors)))
}
