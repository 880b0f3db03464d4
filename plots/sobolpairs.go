package plots

import (
	"fmt"
	"strings"

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

// SobolPairs ranks the strongest pairs. A matrix of all would show where they
// are, but not how sure they are.
func SobolPairs(in SobolPairsInput) (*Figure, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	in = in.tidy()
	show := in.Pairs[:min(len(in.Pairs), mostPairs)]
	c := rowChart{
		heads:  [][2]string{{"of the", "variance"}},
		title:  "Share of the variance due to the pair, beyond each by itself (second order)",
		rest:   in.unshown(),
		guides: true,
	}
	u := in.rounding()
	var seen span
	for _, q := range show {
		c.add(q.factor(), q.noise(), u.percent(q.Second.Estimate, q.noise()))
		seen.add(q.Second.Estimate, q.Second.Low, q.Second.High)
	}
	c.x = fromZero(seen)
	c.x.thinOut(5)
	c.x.percent = true
	title := in.Outcome.Label + ": which factors work together"
	key := []keyItem{keyEstimate("estimate, 95"+nbsp+"% interval; ~ cannot be told from none", markCircle, senseDot)}
	f := c.figure(in.Outcome.name("sobol-pairs"), title, in.Outcome.Context, key, func(g panel, i int) {
		col := senseDot
		if show[i].noise() {
			col = sensePale
		}
		iv := show[i].Second
		g.dot(g.r.my(), iv.Low, iv.Estimate, iv.High, markCircle, col)
	})
	f.Alt, f.Caption = in.alt(), in.caption()
	return f, nil
}

func (in SobolPairsInput) check() error {
	const what = "sobol pairs"
	if err := checkMeasure(what, in.Outcome); err != nil {
		return err
	}
	if len(in.Pairs) == 0 {
		return bad("%s: pairs: none given", what)
	}
	for i, q := range in.Pairs {
		if err := checkFactors(fmt.Sprintf("%s: pair %d", what, i+1), []Factor{q.A, q.B}); err != nil {
			return err
		}
		if err := checkEstimate(what+": "+q.A.tidy().short()+" with "+q.B.tidy().short(), q.Second); err != nil {
			return err
		}
	}
	return nil
}

func (in SobolPairsInput) tidy() SobolPairsInput {
	in.Outcome = in.Outcome.tidy()
	in.Pairs = ranked(in.Pairs, func(q SobolPair) float64 { return q.Second.Estimate })
	for i := range in.Pairs {
		q := &in.Pairs[i]
		q.A, q.B, q.Second = q.A.tidy(), q.B.tidy(), hundred(q.Second)
	}
	return in
}

// factor names the pair as one.
func (q SobolPair) factor() Factor {
	return Factor{Label: q.A.Label + times + q.B.Label}
}

// noise says that the pair may as well do nothing together.
func (q SobolPair) noise() bool { return !(q.Second.Low > 0) }

func (in SobolPairsInput) caption() string {
	var most []string
	u := in.rounding()
	sure, negative := 0, false
	for _, q := range in.Pairs {
		negative = negative || q.Second.Estimate < 0
		if q.noise() {
			continue
		}
		sure++
		if len(most) < 2 {
			most = append(most, fmt.Sprintf("%s (%s)", q.factor().Label, u.percent(q.Second.Estimate, false)))
		}
	}
	first, second, third := "no pair can be told from two factors that work each by itself", "", ""
	if sure > 0 {
		first = "together beyond each by itself: " + list(most)
		second = fmt.Sprintf("%d of %s can be told from none", sure, count(len(in.Pairs), "pair"))
	}
	if negative {
		third = "a share below zero is zero, missed by chance"
	}
	return sentences(first, second, third, in.unshown())
}

// unshown counts the pairs that have no row.
func (in SobolPairsInput) unshown() string {
	if len(in.Pairs) <= mostPairs {
		return ""
	}
	return notShown(len(in.Pairs)-mostPairs, "pair")
}

// rounding is that of all pairs' shares.
func (in SobolPairsInput) rounding() rounding {
	var all []float64
	for _, q := range in.Pairs {
		all = append(all, q.Second.Estimate)
	}
	return roundingOf(all)
}

func (in SobolPairsInput) alt() string {
	var parts []string
	for _, q := range in.Pairs[:min(len(in.Pairs), mostPairs)] {
		parts = append(parts, q.A.inText()+" with "+q.B.inText()+": "+told(q.Second, percent))
	}
	return fmt.Sprintf("Dot chart of second-order Sobol' indices of the strongest of %s of factors for %s, with 95 %% intervals, the largest first. %s.",
		count(len(in.Pairs), "pair"), firstLower(in.Outcome.Label), strings.Join(parts, "; "))
}
