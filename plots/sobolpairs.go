package plots

import (
	"fmt"
	"slices"

	"epgsim/sim/analysis"
)

// SobolPairsInput is what pairs of factors do to the variance of an outcome
// beyond what each of them does by itself.
type SobolPairsInput struct {
	Outcome Measure
	Pairs   []SobolPair // in any order
}

// SobolPair is one pair; Second is a share, 0.1 is 10 % of the variance.
type SobolPair struct {
	A, B   Factor
	Second analysis.Interval
}

// mostPairs is how many pairs have a row: of all pairs of thirty factors
// hardly more can matter.
const mostPairs = 12

// factor is the pair as one factor.
func (q SobolPair) factor() Factor { return pairOf(q.A, q.B) }

// sure says that the pair does something together.
func (q SobolPair) sure() bool { return !none(q.Second) }

// SobolPairs ranks the strongest pairs. A matrix of all would show where they
// are, but not how sure they are.
func SobolPairs(in SobolPairsInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("sobol pairs")
	}
	in.Pairs = ranked(in.Pairs, func(q SobolPair) float64 { return q.Second.Estimate })
	for i := range in.Pairs {
		q := &in.Pairs[i]
		q.Second = hundred(q.Second)
	}
	show, rest := shown(in.Pairs, mostPairs, "pair")
	c := rowChart{
		heads:  [][2]string{{"of the", "variance"}},
		title:  "Share of the variance due to the pair, beyond each by itself (second order)",
		rest:   rest,
		guides: true,
	}
	u := roundingOf(in.Pairs, func(q SobolPair) float64 { return q.Second.Estimate })
	var seen span
	for _, q := range show {
		c.add(q.factor(), !q.sure(), told(q.Second, percent), func(g panel) { g.fromZero(q.Second, !q.sure()) }, u.percent(q.Second.Estimate, !q.sure()))
		seen.interval(q.Second)
	}
	c.x = fromZero(seen).thinned(5)
	c.x.percent = true
	f := in.Outcome.figure("sobol-pairs", ": which factors work together")
	f.key = []keyItem{keyEstimate("estimate, 95"+nbsp+"% interval; ~ cannot be told from none", markCircle, senseDot)}
	f.Alt = fmt.Sprintf("Dot chart of second-order Sobol' indices of the strongest of %s of factors for %s, with 95 %% intervals, the largest first. ",
		count(len(in.Pairs), "pair"), firstLower(in.Outcome.Label))
	f.Caption = in.caption(u)
	return c.figure(f), nil
}

func (in SobolPairsInput) ok() bool {
	return len(in.Pairs) > 0 && every(in.Pairs, func(q SobolPair) bool { return known(q.Second) })
}

func (in SobolPairsInput) caption(u rounding) string {
	most := firstFew(in.Pairs, 2, SobolPair.sure,
		func(q SobolPair) string {
			return fmt.Sprintf("%s (%s)", q.factor().Label, u.percent(q.Second.Estimate, false))
		})
	return sentences(named(most, "together beyond each by itself: ", "no pair can be told from two factors that work each by itself"),
		when(len(most) > 0, "%d of %s can be told from none", number(in.Pairs, SobolPair.sure), count(len(in.Pairs), "pair")),
		when(slices.ContainsFunc(in.Pairs, func(q SobolPair) bool { return q.Second.Estimate < 0 }), negativeShare))
}
