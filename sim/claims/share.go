package claims

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"epgsim/sim/analysis"
)

// side is where something stands, as far as its replications tell.
type side int

const (
	below side = iota - 1 // not above zero
	open                  // not to be told from zero
	above
)

// setLevel is how surely a part has to stand on one side of zero in a random
// parameter set to be decided there, by Student's t at every look. At 0.005 a
// look, a part that is nearly zero ends on its wrong side in about 1 % of sets.
const setLevel = 0.005

// sameEnough is after how many replications without any difference between
// them what they have in common is taken as it is.
const sameEnough = 80

// sideInSet is where a part stands after n replications. One without a value
// is not above zero.
func (e Estimate) sideInSet(n int) side {
	if n < 2 || e.Error == 0 || math.IsNaN(e.Value) {
		switch {
		case n < sameEnough:
			return open
		case e.Value > 0:
			return above
		}
		return below
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(n - 1)}.Quantile(1 - setLevel)
	limit := t * e.Error * math.Sqrt(float64(n)/float64(n-1)) // redrawing understates the error by that
	switch {
	case e.Value > limit:
		return above
	case e.Value < -limit:
		return below
	}
	return open
}

// settled is where a claim stands in a set after n replications: above when
// all its judged parts are, below when one of them is.
func settled(c *Claim, parts []Estimate, n int) side {
	all := above
	for k, p := range c.Parts {
		if !p.Info {
			all = min(all, parts[k].sideInSet(n))
		}
	}
	return all
}

// Share is the share of random parameter sets in which something is truly above
// zero. A set in which that is still open when its replications end counts by
// its estimate, zero and a missing value as not above: noise there pulls the
// estimate towards one half, and with several parts downwards. The interval is
// free of that. It is Wilson's at 95 %, and leaves open what is open: its low end
// counts those sets as not above, its high end as above.
//
// Of worlds that come several times, it is that of as many sets as would say the same
// (Kish): a world that is drawn again says nothing new.
type Share struct {
	Estimate, Low, High float64 // NaN without any set
	Above, Open, Sets   int     // clearly above, and open, of all
}

// shareOf counts sets: those that were clearly above, are still open, and of
// these are above by their estimate. They say as much as an effective number of
// different ones.
func shareOf(clear, open, leaning, sets int, effective float64) Share {
	if sets == 0 {
		return Share{Estimate: math.NaN(), Low: math.NaN(), High: math.NaN()}
	}
	n := max(1, int(effective))
	low, high := clear*n/sets, ((clear+open)*n+sets-1)/sets // rounded outwards
	return Share{Estimate: float64(clear+leaning) / float64(sets), Low: within(low, n).Low, High: within(high, n).High, Above: clear, Open: open, Sets: sets}
}

// within is the interval of k of n.
func within(k, n int) analysis.Interval {
	values := make([]float64, n)
	for i := range k {
		values[i] = 1
	}
	return analysis.Share(values)
}
