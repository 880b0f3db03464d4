package plots

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"epgsim/sim/analysis"
)

// SobolInput is how the variance of an outcome is shared out by Sobol'
// indices. All are shares: 0.42 is 42 % of the variance.
type SobolInput struct {
	Outcome Measure
	Factors []SobolFactor // in any order

	// Sum is that of the first-order indices; a missing one is not printed.
	Sum analysis.Interval

	// Luck is the share of the variance of a single run's outcome that is
	// luck, not factors; a missing one leaves the row out.
	Luck analysis.Interval
}

// SobolFactor is one factor's share of the variance of the expected outcome.
type SobolFactor struct {
	Factor Factor
	First  analysis.Interval // by itself
	Total  analysis.Interval // with all interactions it takes part in
}

// SobolBars draws each factor's share of the variance by itself and in all,
// ranked by the latter; the bar between the two is what it does together with
// others. Plain luck, which is a share of another variance, stands apart.
func SobolBars(in SobolInput) (*Figure, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	in = in.tidy()
	show := shown(in.Factors)
	c := in.chart(show)
	title := in.Outcome.Label + ": what its variance over the factors' ranges is due to"
	interval := "95" + nbsp + "% interval; ~ perhaps none"
	if c.cut {
		interval += "; arrow: it goes on"
	}
	key := []keyItem{
		keySign("by itself (first order)", markCircle, senseDot), keyArea("together with others", senseSpan),
		keySign("in all (total)", markHollowCircle, senseDot), keyInterval(interval),
	}
	f := c.figure(in.Outcome.name("sobol"), title, in.Outcome.Context, key, func(g panel, i int) {
		if i == len(show) {
			g.dot(g.r.my(), in.Luck.Low, in.Luck.Estimate, in.Luck.High, markDiamond, muted)
			return
		}
		show[i].draw(g)
	})
	f.Alt, f.Caption = in.alt(), in.caption()
	return f, nil
}

func (in SobolInput) check() error {
	const what = "sobol"
	if err := checkSubject(what, in.Outcome, in.Factors, func(f SobolFactor) Factor { return f.Factor }); err != nil {
		return err
	}
	for _, f := range in.Factors {
		w := what + ": " + f.Factor.tidy().short()
		if err := checkEstimate(w+": first-order index", f.First); err != nil {
			return err
		}
		if err := checkEstimate(w+": total index", f.Total); err != nil {
			return err
		}
	}
	if err := checkKnown(what+": sum of the first-order indices", in.Sum); err != nil {
		return err
	}
	return checkKnown(what+": share of luck", in.Luck)
}

// tidy is a copy in per cent with clean names, sorted by total index.
func (in SobolInput) tidy() SobolInput {
	in.Outcome = in.Outcome.tidy()
	in.Factors = ranked(in.Factors, func(f SobolFactor) float64 { return f.Total.Estimate })
	for i := range in.Factors {
		f := &in.Factors[i]
		f.Factor, f.First, f.Total = f.Factor.tidy(), hundred(f.First), hundred(f.Total)
	}
	in.Sum, in.Luck = hundred(in.Sum), hundred(in.Luck)
	return in
}

// noise says that the factor may as well do nothing: neither share can be told
// from none.
func (f SobolFactor) noise() bool { return !(f.First.Low > 0) && !(f.Total.Low > 0) }

// hasLuck says whether the share of luck is known.
func (in SobolInput) hasLuck() bool { return !math.IsNaN(in.Luck.Estimate) }

func (in SobolInput) chart(show []SobolFactor) rowChart {
	c := rowChart{
		heads:  [][2]string{{"by", "itself"}, {"in", "all"}},
		title:  "Share of the variance of the expected outcome",
		rest:   unshown(len(in.Factors)),
		guides: true,
	}
	var seen span
	var intervals []analysis.Interval
	u := in.rounding()
	for _, f := range show {
		c.add(f.Factor, f.noise(), u.percent(f.First.Estimate, !(f.First.Low > 0)), u.percent(f.Total.Estimate, !(f.Total.Low > 0)))
		seen.add(f.First.Estimate, f.Total.Estimate)
		intervals = append(intervals, f.First, f.Total)
	}
	if in.hasLuck() {
		c.apart, c.apartTitle = len(show), "Share of the variance of a single run, luck included"
		c.add(Factor{Label: "plain luck, at given factors"}, false, "", percent(in.Luck.Estimate))
		seen.add(in.Luck.Estimate)
		intervals = append(intervals, in.Luck)
	}
	seen.reach(intervals)
	c.x = fromZero(seen)
	c.x.thinOut(5)
	c.x.percent = true
	g := panel{x: c.x, r: rect{x1: c.width()}}
	c.cut = slices.ContainsFunc(intervals, func(iv analysis.Interval) bool { return g.cuts(iv.Low, iv.High) })
	return c
}

// rounding is that of all factors' shares.
func (in SobolInput) rounding() rounding {
	var all []float64
	for _, f := range in.Factors {
		all = append(all, f.First.Estimate, f.Total.Estimate)
	}
	return roundingOf(all)
}

// percent prints a share in per cent, as pct does one in parts of one.
func percent(v float64) string { return pct(v / 100) }

func (f SobolFactor) draw(g panel) {
	const lane = 2.9
	y, col, between := g.r.my(), senseDot, senseSpan
	if f.noise() {
		col, between = sensePale, senseSpan.tint(0.5)
	}
	a, b := g.px(f.First.Estimate), g.px(f.Total.Estimate)
	g.rect(between, rect{a, y - lane - 1.4, b, y + lane + 1.4}) // none where the first seems above the total
	g.line(stroke{col: rule, width: widthAxis}, point{g.px(0), g.r.y0}, point{g.px(0), g.r.y1})
	g.dot(y+lane, f.First.Low, f.First.Estimate, f.First.High, markCircle, col)
	g.dot(y-lane, f.Total.Low, f.Total.Estimate, f.Total.High, markHollowCircle, col)
}

// caption says what the factors explain one by one and which most, how much
// is luck, and what negative shares mean.
func (in SobolInput) caption() string {
	var most []string
	u := in.rounding()
	noise, negative := 0, false
	for _, f := range in.Factors {
		negative = negative || f.First.Estimate < 0 || f.Total.Estimate < 0
		if f.noise() {
			noise++
		} else if f.Total.Low > 0 && len(most) < 3 {
			most = append(most, fmt.Sprintf("%s (%s)", f.Factor.Label, u.percent(f.Total.Estimate, false)))
		}
	}
	first, sum, luck, pale, below := "no factor's share in all can be told from none", "", "", "", ""
	if len(most) > 0 {
		first = "the largest shares in all: " + list(most)
	}
	if !math.IsNaN(in.Sum.Estimate) {
		sum = "one by one the factors explain " + told(in.Sum, percent) + ", the rest is what they do together"
	}
	if in.hasLuck() {
		luck = "of the variance of a single run, " + told(in.Luck, percent) + " is plain luck"
	}
	if noise > 0 && len(most) > 0 {
		pale = fmt.Sprintf("%d of %s cannot be told from none (~)", noise, count(len(in.Factors), "factor"))
	}
	if negative {
		below = "a share below zero is zero, missed by chance"
	}
	return sentences(first, sum, luck, pale, below, unshown(len(in.Factors)))
}

func (in SobolInput) alt() string {
	var parts []string
	for _, f := range in.Factors {
		s := f.Factor.inText() + ": by itself " + told(f.First, percent) + ", in all " + told(f.Total, percent)
		if f.noise() {
			s += ", not to be told from none"
		}
		parts = append(parts, s)
	}
	if in.hasLuck() {
		parts = append(parts, "plain luck: "+told(in.Luck, percent)+" of the variance of a single run")
	}
	return fmt.Sprintf("Dot chart of Sobol' indices of %s for %s, with 95 %% intervals, the largest total first. %s.",
		count(len(in.Factors), "factor"), firstLower(in.Outcome.Label), strings.Join(parts, "; "))
}
