package analysis

import "math"

// Ranking compares the best of several alternatives with the others.
type Ranking struct {
	Best int // index of the highest mean (ratio, share), -1 where there is none

	// RunnerUp is the alternative that the best is to be told against: of those
	// not told apart from it, the highest; when all are, the next highest. -1
	// where there is no other.
	RunnerUp int

	Means    []float64    // of each alternative over the replications used
	Against  []Comparison // best against each alternative; for the best itself all NaN, and Unlike
	Leads    []Interval   // differences of Against
	Lead     Interval     // Leads[RunnerUp]
	Close    []int        // alternatives not told apart from the best, ascending, without the best
	N        int          // replications used
	Equal    bool         // all alternatives are the Same: what differs between them changes nothing
	Settling int          // further replications that would settle all Open ones; 0 when no such number is worth saying
}

// Best ranks by means: see Family.Rank. Nothing else is said in the verdict.
func Best(values [][]float64) Ranking {
	alternatives := make([]Alternative, len(values))
	kept := 0
	for i, v := range values {
		alternatives[i].Values = v
		if len(present(v)) > 0 {
			kept++
		}
	}
	return Family{Sentences: Pairs(kept), Matters: DefaultMatters}.Rank(Means, alternatives)
}

// Rank finds the alternative with the highest mean (ratio, share), and compares
// it with every other. (Where less is better, pass negated values, or what did
// not happen.) It panics when the alternatives have different numbers of
// replications, save that one without any values, or with nothing but missing
// ones, is set aside: its mean and lead are NaN and it is not in Close. Of the
// others, only replications in which none is missing count, so that all means
// are over the same luck; where not the same are missing, see Comparable, two
// are not told apart.
//
// The best was picked by looking at the same values, so any pair might have
// been the one compared: the family must have Pairs(k) sentences for each
// ranking of k alternatives. Then the verdict errs in at most 5 %: all Leads
// hold at once with at least 95 %, and so the truly best alternative is the best
// or in Close with at least 95 %. Of comparisons of alike (2 to
// 12 variants in four rankings, 50 and 500 replications, values skewed,
// heavy-tailed and rare, 2000 verdicts each) at most 3.1 % called any
// difference sure; of those with equal means of which every other sells half as
// often and twice as much, 3.8 %.
func (f Family) Rank(kind Kind, alternatives []Alternative) Ranking {
	nan := math.NaN()
	result := Ranking{Best: -1, RunnerUp: -1, Lead: unknown(nan, 0)}
	var kept []int
	var samples [][]float64
	for i, a := range alternatives {
		result.Means = append(result.Means, nan)
		result.Leads = append(result.Leads, unknown(nan, 0))
		result.Against = append(result.Against, Comparison{Finding: Unlike, A: nan, B: nan, Difference: unknown(nan, 0), Threshold: nan})
		if len(present(a.Values)) > 0 {
			kept = append(kept, i)
			samples = append(samples, a.Values)
			if kind == Ratios {
				samples = append(samples, a.Over)
			}
		}
	}
	if len(kept) == 0 {
		return result
	}
	rows := completeRows(samples...)
	complete := make([]Alternative, len(alternatives))
	each := len(rows) / len(kept)
	for c, i := range kept {
		complete[i].Values = rows[c*each]
		if kind == Ratios {
			complete[i].Over = rows[c*each+1]
		}
		if result.N = len(rows[0]); result.N > 0 {
			result.Means[i] = f.Compare(kind, complete[i], complete[i]).A
			if result.Best < 0 || result.Means[i] > result.Means[result.Best] {
				result.Best = i
			}
		}
	}
	if result.Best >= 0 {
		result.compare(f, kind, kept, alternatives, complete)
	}
	return result
}

// compare fills in the best against the other alternatives, over the complete
// replications.
func (r *Ranking) compare(f Family, kind Kind, kept []int, alternatives, complete []Alternative) {
	r.Equal = len(kept) > 1
	settles := true
	for _, i := range kept {
		if i == r.Best {
			continue
		}
		c := f.Compare(kind, complete[r.Best], complete[i])
		if !Comparable(alternatives[r.Best].Values, alternatives[i].Values) {
			c.Finding, c.Difference = Unlike, unknown(c.Difference.Estimate, c.Difference.N)
		}
		r.Against[i], r.Leads[i] = c, c.Difference
		r.Equal = r.Equal && c.Finding == Same
		near := Noise(c.Difference)
		if near {
			r.Close = append(r.Close, i)
		}
		told := r.RunnerUp >= 0 && Noise(r.Lead)
		if r.RunnerUp < 0 || near && !told || near == told && r.Means[i] > r.Means[r.RunnerUp] {
			r.RunnerUp, r.Lead = i, c.Difference
		}
		if c.Finding == Open {
			settles = settles && c.Settles
			r.Settling = max(r.Settling, c.More)
		}
	}
	if !settles {
		r.Settling = 0
	}
}
