package claims

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"epgsim/sim/analysis"
)

// Verdict is what an experiment says of a claim.
type Verdict string

// The verdicts. One is borderline, which Result.Or says, when another draw of
// luck or of parameter sets could well give another.
const (
	Holds        Verdict = "holds"        // every part, with the correction for many, and for most parameter sets
	NotRobust    Verdict = "not robust"   // at the defaults, but not for enough parameter sets
	NotShown     Verdict = "not shown"    // some part cannot be told from zero
	Contradicted Verdict = "contradicted" // some part is on the wrong side
	Weak         Verdict = "weak"         // holds, but is nearly implied by how the model is built
)

// Verdicts are all verdicts, in the order of a summary.
var Verdicts = []Verdict{Holds, Weak, NotRobust, NotShown, Contradicted}

// RobustShare is the share of parameter sets in which a claim must hold to be
// called robust.
const RobustShare = 0.8

// Result is what the experiment of a claim came to.
type Result struct {
	Claim   *Claim
	Verdict Verdict
	Or      []Verdict // what other draws of luck and parameter sets could well give instead: the verdict is borderline
	Parts   []PartResult
	Sets    Share // of the parameter sets, those in which every judged part is above zero
	Fitted  Fitted
	Took    []int // sorted: replications it took in each parameter set
}

// Borderline says whether another draw could well give another verdict.
func (r Result) Borderline() bool { return len(r.Or) > 0 }

// Fitted is what a claim comes to where the worlds of the plan take the place of the
// random sets: the share of them in which every judged part is above zero, and the
// verdict that the same rule gives with it. It changes no verdict: that is about all
// that is plausible, this about what is left of it.
type Fitted struct {
	Share
	Verdict Verdict // "" without worlds
	Or      []Verdict
}

// Borderline is that of a Result.
func (f Fitted) Borderline() bool { return len(f.Or) > 0 }

// PartResult is what a part came to. Intervals are at 95 % for the part alone.
type PartResult struct {
	Part *Part
	analysis.Interval
	Clear bool              // on one side of zero even with the correction for many parts
	Left  analysis.Interval // with the believed cause switched off; NaN where that was not run

	Sets      Share     // of the parameter sets, those in which it is above zero
	Fitted    Share     // of the worlds
	SetMedian float64   // over the parameter sets; NaN without any
	PerSet    []float64 // sorted; NaN, which comes first, is a set without a value

	low, here, high side // at the defaults: the lowest that another draw could well show, what this one shows, the highest
}

// inSet is what a claim came to in a parameter set, or in a world.
type inSet struct {
	parts []Estimate
	n     int // replications
	world int // its row; 0 of a set
}

// Judge puts the units together. The interval that decides whether a part is
// clear at the defaults is wider than the one shown: with m judged parts in the
// whole ledger it is at 1 - 0.05/m (Bonferroni), so that where no part differs
// from zero, the chance that luck makes any of them clear is at most 5 %. A
// claim needs all its parts, so its own need no further correction. What is
// borderline goes by intervals at 95 %, each for itself.
func Judge(cs []Claim, units map[string]Unit) []Result {
	strict := strictFor(judgedParts(Ledger()))
	var out []Result
	for k := range cs {
		out = append(out, judge(&cs[k], units, strict))
	}
	return out
}

// judgedParts is how many parts of the claims count.
func judgedParts(cs []Claim) (n int) {
	for _, c := range cs {
		for _, p := range c.Parts {
			if !p.Info {
				n++
			}
		}
	}
	return n
}

// strictFor is how many standard errors from zero one of so many parts is
// clear. Student's t allows for a standard error that is itself known only from
// so many resamples.
func strictFor(parts int) float64 {
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: resamples - 1}.Quantile(1 - 0.025/float64(parts))
}

func judge(c *Claim, units map[string]Unit, strict float64) Result {
	r := Result{Claim: c}
	here, left := units["defaults"].Parts[c.ID], units["ablations"].Parts[c.ID]
	var sets, worlds []inSet
	for name, u := range units {
		switch of := (inSet{u.Parts[c.ID], u.Replications[c.ID], u.World}); {
		case name == "defaults" || name == "ablations" || of.parts == nil:
		case of.world > 0:
			worlds = append(worlds, of)
		default:
			sets = append(sets, of)
			r.Took = append(r.Took, of.n)
		}
	}
	slices.Sort(r.Took)
	low, at, high := above, above, above
	for k := range c.Parts {
		p := partResult(c, k, here[k], left, sets, strict)
		if p.Fitted = shareOf(0, 0, 0, 0, 0); !c.Parts[k].Info {
			p.Fitted = partShare(k, worlds)
		}
		r.Parts = append(r.Parts, p)
		if !c.Parts[k].Info {
			low, at, high = min(low, p.low), min(at, p.here), min(high, p.high)
		}
	}
	r.Sets, r.Fitted.Share = claimShare(c, sets), claimShare(c, worlds)
	r.Verdict, r.Or = c.verdictOr(low, at, high, r.Sets)
	if len(worlds) > 0 {
		r.Fitted.Verdict, r.Fitted.Or = c.verdictOr(low, at, high, r.Fitted.Share)
	}
	return r
}

// verdictOr is the verdict, and those that other draws could well give.
func (c *Claim) verdictOr(low, at, high side, share Share) (verdict Verdict, or []Verdict) {
	verdict = c.verdict(at, share.Estimate)
	for _, v := range []Verdict{c.verdict(high, share.High), c.verdict(low, share.Low)} {
		if v != verdict {
			or = append(or, v)
		}
	}
	return verdict, or
}

// verdict is that of a claim of which the lowest judged part stands on a side
// at the defaults, and which holds in a share of the parameter sets, NaN when
// there are none.
func (c *Claim) verdict(lowest side, share float64) Verdict {
	switch {
	case lowest == below:
		return Contradicted
	case lowest == open:
		return NotShown
	case share < RobustShare:
		return NotRobust
	case c.Weak:
		return Weak
	}
	return Holds
}

// sideAt is where an estimate stands, so many standard errors from zero being
// clear, when it is shifted by some.
func (e Estimate) sideAt(strict, shift float64) side {
	switch d := e.Value + shift*e.Error; {
	case d > strict*e.Error:
		return above
	case d < -strict*e.Error:
		return below
	}
	return open
}

func partResult(c *Claim, k int, e Estimate, left []Estimate, sets []inSet, strict float64) PartResult {
	none := Estimate{math.NaN(), math.NaN()}
	p := PartResult{Part: &c.Parts[k], Interval: e.interval(), Left: none.interval(), SetMedian: math.NaN(),
		low: e.sideAt(strict, -z95), here: e.sideAt(strict, 0), high: e.sideAt(strict, z95)}
	p.Clear = p.here != open
	if c.Parts[k].Info {
		sets = nil
	}
	if k < len(left) {
		p.Left = left[k].interval()
	}
	p.Sets = partShare(k, sets)
	for _, s := range sets {
		p.PerSet = append(p.PerSet, s.parts[k].Value)
	}
	slices.Sort(p.PerSet) // what has no value comes first
	known := p.PerSet
	for len(known) > 0 && math.IsNaN(known[0]) {
		known = known[1:]
	}
	if n := len(known); n > 0 {
		p.SetMedian = (known[(n-1)/2] + known[n/2]) / 2
	}
	return p
}

// partShare is the share of sets in which a part is above zero.
func partShare(k int, sets []inSet) Share {
	return countSets(sets, func(s inSet) (side, bool) { return s.parts[k].sideInSet(s.n), s.parts[k].Value > 0 })
}

// claimShare is the share of sets in which every judged part is above zero.
func claimShare(c *Claim, sets []inSet) Share {
	return countSets(sets, func(s inSet) (side, bool) {
		all := true
		for k, p := range c.Parts {
			all = all && (p.Info || s.parts[k].Value > 0)
		}
		return settled(c, s.parts, s.n), all
	})
}

// countSets is the share of sets that are above, by where each stands and
// whether its estimate is above.
func countSets(sets []inSet, stands func(inSet) (side, bool)) Share {
	clear, undecided, leaning := 0, 0, 0
	for _, s := range sets {
		where, up := stands(s)
		switch {
		case where == above:
			clear++
		case where == open:
			undecided++
			if up {
				leaning++
			}
		}
	}
	return shareOf(clear, undecided, leaning, len(sets), differing(sets))
}

// differing is how many sets that are all different would say as much as these.
func differing(sets []inSet) float64 {
	times, n, squares := map[int]int{}, len(sets), 0
	for _, s := range sets {
		if times[s.world]++; s.world == 0 {
			return float64(n) // random sets are all different
		}
	}
	for _, k := range times { // whole numbers: their order does not matter
		squares += k * k
	}
	return float64(n*n) / float64(max(1, squares))
}
