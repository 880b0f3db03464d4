package plots

import (
	"fmt"
	"math"

	"epgsim/sim/analysis"
)

// RankInput is how far an outcome rises or falls with each factor, all others
// held fixed, by partial rank correlation.
type RankInput struct {
	Outcome Measure
	Factors []RankFactor // in any order

	// R2 is the share (0..1) of the outcome's ranks that the regression on all
	// factors' ranks explains.
	R2 float64

	Poor bool // that share is too small for the correlations to be gone by
}

// RankFactor is one factor.
type RankFactor struct {
	Factor
	Partial analysis.Interval // partial rank correlation, −1..1
}

func (f RankFactor) noise() bool { return analysis.Noise(f.Partial) }

// RankCorrelations draws the partial rank correlations, the strongest of
// either sign first.
func RankCorrelations(in RankInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("rank correlations")
	}
	in.Factors = ranked(in.Factors, func(f RankFactor) float64 { return math.Abs(f.Partial.Estimate) })
	show, rest := shown(in.Factors, mostRows, "factor")
	c := rowChart{
		heads:  [][2]string{{"partial", "correlation"}},
		title:  "Partial rank correlation: " + minus + "1 falls with the factor, +1 rises with it",
		rest:   rest,
		guides: true,
		x:      newAxis(-1, 1, 5),
	}
	for _, f := range show {
		c.add(f.Factor, f.noise(), told(f.Partial, two), func(g panel) { g.fromZero(f.Partial, f.noise()) }, rounding(0.01).signed(f.Partial.Estimate, f.noise()))
	}
	f := in.Outcome.figure("rank-correlations", ": what it rises and falls with")
	f.key = []keyItem{keyEstimate("estimate, 95"+nbsp+"% interval; ~ cannot be told from none", markCircle, senseDot)}
	f.sub = in.Outcome.under("All factors' ranks together explain " + pct(in.R2) + " of the outcome's ranks")
	f.Caption = in.caption()
	f.Alt = fmt.Sprintf("Dot chart of partial rank correlations of %s with %s, with 95 %% intervals, the strongest first; all together explain %s. ",
		firstLower(in.Outcome.Label), count(len(in.Factors), "factor"), pct(in.R2))
	return c.figure(f), nil
}

func (in RankInput) ok() bool {
	return len(in.Factors) > 0 && finite(in.R2) && every(in.Factors, func(f RankFactor) bool { return known(f.Partial) })
}

func (in RankInput) caption() string {
	surely := func(sign float64) []string {
		return firstFew(in.Factors, len(in.Factors), func(f RankFactor) bool { return !f.noise() && sign*f.Partial.Estimate > 0 },
			func(f RankFactor) string { return fmt.Sprintf("%s (%s)", f.Factor.Label, num(f.Partial.Estimate, 2)) })
	}
	rises, falls := surely(1), surely(-1)
	n, noise := len(in.Factors), number(in.Factors, RankFactor.noise)
	return sentences(
		named(rises, "the outcome rises most surely with ", ""),
		named(falls, "it falls with ", ""),
		when(noise == n, "the outcome cannot be said to rise or fall with any factor"),
		when(noise > 0 && noise < n, "%d of %s cannot be told from none (~)", noise, count(n, "factor")),
		when(in.Poor, "together they explain only %s: the outcome does not simply rise and fall with the factors one by one", pct(in.R2)))
}
