package claims

import (
	"epgsim/sim/analysis"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Verdict is what an experiment says of a claim.
type Verdict string

// The verdicts.
const (
	Holds        Verdict = "holds"        // every part, with the correction for many, and for most parameter sets
	NotRobust    Verdict = "not robust"   // at the defaults, but not for enough parameter sets
	NotShown     Verdict = "not shown"    // some part cannot be told from zero
	Contradicted Verdict = "contradicted" // some part is on the wrong side
	Weak         Verdict = "weak"         // holds, but is nearly implied by how the model is built
)

// Verdicts are all verdicts, in the order of a summary.
var Verdicts = []Verdict{Holds, Weak, NotRobust, NotShown, Contradicted}

// robustShare is the share of parameter sets in which a claim must hold to be
// called robust.
const robustShare = 0.8

// Result is what the experiment of a claim came to.
type Result struct {
	Claim     *Claim
	Verdict   Verdict
	Parts     []PartResult
	SignShare float64 // of the parameter sets, those in which every judged part is above zero; NaN without any
}

// PartResult is what a part came to. Intervals are at 95 % for the part alone.
type PartResult struct {
	Part *Part
	analysis.Interval
	Clear bool              // on one side of zero even with the correction for many parts
	Left  analysis.Interval // with the believed cause switched off; NaN where that was not run

	SetShare  float64   // of the parameter sets, those in which it is above zero; NaN without any
	SetMedian float64   // over the parameter sets; NaN without any
	PerSet    []float64 // sorted; NaN, which comes first, is a set without a value
}

// Judge puts the units together. The interval that decides a verdict is wider
// than the one shown: with m judged parts in the whole ledger it is at
// 1 - 0.05/m (Bonferroni), so that the chance that luck alone decides any one
// of them is at most 5 %. A claim needs all its parts, so its own need no
// further correction.
func Judge(cs []Claim, units map[string]Unit) []Result {
	judged := 0
	for _, c := range Ledger() {
		for _, p := range c.Parts {
			if !p.Info {
				judged++
			}
		}
	}
	strict := distuv.UnitNormal.Quantile(1 - 0.025/float64(judged))
	var out []Result
	for k := range cs {
		out = append(out, judge(&cs[k], units, strict))
	}
	return out
}

func judge(c *Claim, units map[string]Unit, strict float64) Result {
	r := Result{Claim: c}
	here, left := units["defaults"].Parts[c.ID], units["ablations"].Parts[c.ID]
	var sets [][]Estimate
	for name, u := range units {
		if name != "defaults" && name != "ablations" && u.Parts[c.ID] != nil {
			sets = append(sets, u.Parts[c.ID])
		}
	}
	worst := Holds
	for k := range c.Parts {
		p := partResult(c, k, here[k], left, sets, strict)
		r.Parts = append(r.Parts, p)
		if c.Parts[k].Info {
			continue
		}
		switch {
		case p.Clear && p.Estimate < 0:
			worst = Contradicted
		case !p.Clear && worst != Contradicted:
			worst = NotShown
		}
	}
	r.SignShare = signShare(c, sets)
	switch {
	case worst != Holds:
		r.Verdict = worst
	case r.SignShare < robustShare: // not where there are no sets
		r.Verdict = NotRobust
	case c.Weak:
		r.Verdict = Weak
	default:
		r.Verdict = Holds
	}
	return r
}

func partResult(c *Claim, k int, e Estimate, left []Estimate, sets [][]Estimate, strict float64) PartResult {
	none := Estimate{math.NaN(), math.NaN()}
	p := PartResult{Part: &c.Parts[k], Interval: e.interval(), Clear: math.Abs(e.Value) > strict*e.Error,
		Left: none.interval(), SetShare: math.NaN(), SetMedian: math.NaN()}
	if k < len(left) {
		p.Left = left[k].interval()
	}
	above := 0.0
	for _, s := range sets {
		if s[k].Value > 0 {
			above++
		}
		p.PerSet = append(p.PerSet, s[k].Value)
	}
	slices.Sort(p.PerSet) // what has no value comes first
	if len(sets) > 0 {
		p.SetShare = above / float64(len(sets))
	}
	known := p.PerSet
	for len(known) > 0 && math.IsNaN(known[0]) {
		known = known[1:]
	}
	if n := len(known); n > 0 {
		p.SetMedian = (known[(n-1)/2] + known[n/2]) / 2
	}
	return p
}

// signShare is the share of parameter sets in which every judged part is above
// zero; one that has no value is not.
func signShare(c *Claim, sets [][]Estimate) float64 {
	if len(sets) == 0 {
		return math.NaN()
	}
	all := 0.0
	for _, s := range sets {
		ok := true
		for k, p := range c.Parts {
			ok = ok && (p.Info || s[k].Value > 0)
		}
		if ok {
			all++
		}
	}
	return all / float64(len(sets))
}
