package analysis

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
)

// Condition limits one input. Low and High are within the limits; -Inf and +Inf
// stand for none.
type Condition struct {
	Input     int
	Low, High float64
}

// Box says where cases are: in the worlds that meet all Conditions, in the order
// of inputs. "Covers 71 % of the cases, right in 78 %" are its Coverage and
// Density, on worlds that had no part in finding it, with Wilson's 95 % interval.
type Box struct {
	Conditions []Condition
	Coverage   Interval // share of all cases that lie in the box; N counts the cases
	Density    Interval // share of cases among the worlds in the box; N counts those worlds
	Share      Interval // share of cases among all worlds, on the same half
}

// Holds reports whether a world meets the conditions.
func (b Box) Holds(world []float64) bool {
	for _, c := range b.Conditions {
		if v := world[c.Input]; !(v >= c.Low && v <= c.High) {
			return false
		}
	}
	return true
}

// mostConditions is how many conditions a box has at most.
const mostConditions = 3

// fewestCases is how many cases, and how many others, either half must have.
const fewestCases = 8

// FindBox looks for the region where cases[world] are frequent, over x[world][input], by
// PRIM with the
// whole rule of Friedman and Fisher (see peeler). ok is false where there is none to
// be trusted; the Share alone is then given.
//
// The last box of a peel fits the sample and not the world: so one half of the
// worlds finds the box and the other half judges it. How small a box, and how
// many conditions, is chosen within the first half, by cross-validation of the
// whole way to a box. The measure is coverage times what density has more than the
// share of all cases: a slab is worth keeping while its own density is above D²/(2D-b),
// for the density D of the box and the share b; so peeling ends at a pure box. A
// limit is dropped when its release costs nothing (see quasiP), and the inputs
// that add least are dropped until few are left; a further condition must improve
// the measure by a twentieth. The box is returned only where its cases in the other
// half would be chance with at most alpha, by the binomial law; it is to be shared out when several
// boxes are looked for.
//
// Where luck has a part in which worlds are cases, as where the best of several
// options is told by a mean over few replications, a density well below 1 may be
// that luck.
//
// Measured (TestBoxesHoldOnFreshWorlds, TestNoBoxInNoise, long forms): of 256 worlds
// with a box of 0.85 against 0.1 outside in two of ten inputs, the box is found in
// 96 %, with both inputs nearly always and others never; the density stated is off
// by 0.002 on average and its interval covers 97 %. In noise a box is returned in
// 0.3 % of samples.
//
// Worlds are put in an order of their own before the halves are drawn, so theirs
// does not matter. Worlds with a missing value are left out. It panics when rows
// differ in length.
func FindBox(x [][]float64, cases []bool, alpha float64, seed uint64) (found Box, ok bool) {
	sample := newPeeler(inOrder(x, cases))
	luck := resampler(seed)
	parts := sample.parts(2, luck)
	train, judge := sample.only(parts[0]), sample.only(parts[1])
	all := judge.judge(judge.start)
	found.Share = shareWithin(all.cases, all.n, upper95)
	if few := min(train.count(true), train.count(false), all.cases, all.n-all.cases); few < fewestCases {
		return found, false
	}
	c, ok := train.choose(mostConditions, luck)
	if !ok {
		return found, false
	}
	found.Conditions = train.boxOf(c)
	in, right := judge.countsIn(found.Conditions)
	if len(found.Conditions) == 0 || in == 0 || atLeast(right, in, all.density()) > alpha {
		return Box{Share: found.Share}, false
	}
	found.Coverage, found.Density = shareWithin(right, all.cases, upper95), shareWithin(right, in, upper95)
	return found, true
}

// inOrder returns the complete worlds in the order of their values.
func inOrder(worlds [][]float64, cases []bool) (x [][]float64, sorted []bool) {
	mustPair(len(worlds), len(cases))
	var index []int
	for w, row := range worlds {
		mustPair(len(row), len(worlds[0]))
		if !slices.ContainsFunc(row, notFinite) {
			index = append(index, w)
		}
	}
	slices.SortFunc(index, func(a, b int) int {
		return cmp.Or(slices.Compare(worlds[a], worlds[b]), cmp.Compare(asNumber(cases[a]), asNumber(cases[b])))
	})
	for _, w := range index {
		x, sorted = append(x, worlds[w]), append(sorted, cases[w])
	}
	return x, sorted
}

func asNumber(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// conditions puts the limits of a box into words of its own.
func (p *peeler) conditions(b box) []Condition {
	var list []Condition
	for i := range b.low {
		if !p.limited(b, i) {
			continue
		}
		c := Condition{Input: i, Low: math.Inf(-1), High: math.Inf(1)}
		if b.low[i] != p.start.low[i] {
			c.Low = b.low[i]
		}
		if b.high[i] != p.start.high[i] {
			c.High = b.high[i]
		}
		list = append(list, c)
	}
	return list
}

// atLeast is the chance of so many cases or more among n of that density.
func atLeast(cases, n int, density float64) float64 {
	switch {
	case cases == 0 || density >= 1:
		return 1
	case density <= 0:
		return 0
	}
	return mathext.RegIncBeta(float64(cases), float64(n-cases+1), density)
}
