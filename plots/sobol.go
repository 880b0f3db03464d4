package plots

import (
	"fmt"
	"math"
	"slices"

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
	Factor
	First analysis.Interval // by itself
	Total analysis.Interval // with all interactions it takes part in
}

// noise says that the factor may as well do nothing: neither share can be told
// from none.
func (f SobolFactor) noise() bool { return none(f.First) && none(f.Total) }

// none says that a share may as well be none.
func none(share analysis.Interval) bool { return !(share.Low > 0) }

// negativeShare explains shares that cannot be.
const negativeShare = "a share below zero is zero, missed by chance"

// SobolBars draws each factor's share of the variance by itself and in all,
// ranked by the latter; the bar between the two is what it does together with
// others. Plain luck, which is a share of another variance, stands apart.
func SobolBars(in SobolInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("sobol")
	}
	in = in.tidy()
	c, cut := in.chart()
	f := in.Outcome.figure("sobol", ": what its variance over the factors' ranges is due to")
	f.key = []keyItem{
		keySign("by itself (first order)", markCircle, senseDot), keyArea("together with others", senseSpan),
		keySign("in all (total)", markHollowCircle, senseDot),
		keyInterval("95" + nbsp + "% interval; ~ perhaps none" + when(cut, "; arrow: it goes on")),
	}
	f.Alt = fmt.Sprintf("Dot chart of Sobol' indices of %s for %s, with 95 %% intervals, the largest total first. ",
		count(len(in.Factors), "factor"), firstLower(in.Outcome.Label))
	f.Caption = in.caption()
	label := func(f SobolFactor) string { return f.Factor.Label }
	total := func(f SobolFactor) analysis.Interval { return f.Total }
	return c.figure(f).Headed(finding(in.Outcome, in.Factors, total, SobolFactor.noise, label)), nil
}

func (in SobolInput) ok() bool {
	return len(in.Factors) > 0 && drawable(in.Sum, in.Luck) &&
		every(in.Factors, func(f SobolFactor) bool { return known(f.First, f.Total) })
}

// tidy is a copy in per cent with clean names, sorted by total index.
func (in SobolInput) tidy() SobolInput {
	in.Factors = ranked(in.Factors, func(f SobolFactor) float64 { return f.Total.Estimate })
	for i := range in.Factors {
		f := &in.Factors[i]
		f.First, f.Total = hundred(f.First), hundred(f.Total)
	}
	in.Sum, in.Luck = hundred(in.Sum), hundred(in.Luck)
	return in
}

// hasLuck says whether the share of luck is known.
func (in SobolInput) hasLuck() bool { return !math.IsNaN(in.Luck.Estimate) }

// chart is the chart; cut says whether intervals reach beyond its axis.
func (in SobolInput) chart() (c rowChart, cut bool) {
	show, rest := shown(in.Factors, mostRows, "factor")
	c = rowChart{
		heads:  [][2]string{{"by", "itself"}, {"in", "all"}},
		title:  "Share of the variance of the expected outcome",
		rest:   rest,
		guides: true,
	}
	var seen span
	var intervals []analysis.Interval
	u := in.rounding()
	for _, f := range show {
		c.add(f.Factor, f.noise(), f.told(), f.draw, u.percent(f.First.Estimate, none(f.First)), u.percent(f.Total.Estimate, none(f.Total)))
		intervals = append(intervals, f.First, f.Total)
	}
	if in.hasLuck() {
		c.apart, c.apartTitle = len(show), "Share of the variance of a single run, luck included"
		luck := func(g panel) { g.dot(g.r.my(), in.Luck, markDiamond, muted) }
		c.add(Factor{Label: "plain luck, at given factors"}, false, told(in.Luck, percent)+" of the variance of a single run", luck, "", percent(in.Luck.Estimate))
		intervals = append(intervals, in.Luck)
	}
	seen.reach(intervals)
	c.x = fromZero(seen).thinned(5)
	c.x.percent = true
	g := panel{x: c.x, r: rect{x1: c.pageWidth()}}
	return c, slices.ContainsFunc(intervals, func(iv analysis.Interval) bool { return g.cuts(iv.Low, iv.High) })
}

// rounding is that of all factors' shares.
func (in SobolInput) rounding() rounding {
	return roundingOf(in.Factors, func(f SobolFactor) float64 { return max(math.Abs(f.First.Estimate), math.Abs(f.Total.Estimate)) })
}

func (f SobolFactor) draw(g panel) {
	const lane = 2.9
	y, col, between := g.r.my(), senseDot, senseSpan
	if f.noise() {
		col, between = sensePale, senseSpan.tint(0.5)
	}
	a, b := g.px(f.First.Estimate), g.px(f.Total.Estimate)
	g.rect(between, rect{a, y - lane - 1.4, b, y + lane + 1.4}) // none where the first seems above the total
	g.zero(rule)
	g.dot(y+lane, f.First, markCircle, col)
	g.dot(y-lane, f.Total, markHollowCircle, col)
}

// caption says what the factors explain one by one and which most, how much
// is luck, and what negative shares mean.
func (in SobolInput) caption() string {
	u := in.rounding()
	most := firstFew(in.Factors, 3, func(f SobolFactor) bool { return !none(f.Total) },
		func(f SobolFactor) string {
			return fmt.Sprintf("%s (%s)", f.Factor.Label, u.percent(f.Total.Estimate, false))
		})
	noise := number(in.Factors, SobolFactor.noise)
	return sentences(named(most, "the largest shares in all: ", "no factor's share in all can be told from none"),
		when(!math.IsNaN(in.Sum.Estimate), "one by one the factors explain %s, the rest is what they do together", told(in.Sum, percent)),
		when(in.hasLuck(), "of the variance of a single run, %s is plain luck", told(in.Luck, percent)),
		when(noise > 0 && len(most) > 0, "%d of %s cannot be told from none (~)", noise, count(len(in.Factors), "factor")),
		when(slices.ContainsFunc(in.Factors, func(f SobolFactor) bool { return f.First.Estimate < 0 || f.Total.Estimate < 0 }), negativeShare))
}

func (f SobolFactor) told() string {
	return "by itself " + told(f.First, percent) + ", in all " + told(f.Total, percent) + when(f.noise(), ", not to be told from none")
}
