package analysis

import "math"

// Ranking compares the best of several alternatives with the others.
type Ranking struct {
	Best, RunnerUp int        // index of the highest mean and of the next, -1 where there is none
	Means          []float64  // mean of each alternative over the replications used
	Lead           Interval   // best minus runner-up: Leads[RunnerUp]
	Leads          []Interval // best minus each alternative; for the best itself all NaN
	Close          []int      // alternatives not told apart from the best, ascending, without the best
	N              int        // replications used
}

// Best finds the alternative with the highest mean among values[alternative]
// [replication], all of the same replications, and by how much it leads. (Where
// less is better, pass negated values.) It panics when the alternatives have
// different numbers of replications, save that one without any values, or with
// nothing but missing ones, is set aside: its mean and lead are NaN and it is
// not in Close. Of the others, only replications in which none is missing
// count, so that all means are over the same luck.
//
// The intervals are Student's t of paired differences, Bonferroni-adjusted over
// all pairs of alternatives, not just over the comparisons with the best: the
// best was picked by looking at the same values, so any pair might have been
// the one compared. All of Leads hold at once with at least 95 %, and so the
// truly best alternative is the best or in Close with at least 95 %. Adjusting
// for the k-1 comparisons alone would keep the second promise, not the first.
func Best(values [][]float64) Ranking {
	kept, columns := complete(values)
	nan := math.NaN()
	result := Ranking{Best: -1, RunnerUp: -1, Lead: unknown(nan, 0)}
	for range values {
		result.Means = append(result.Means, nan)
		result.Leads = append(result.Leads, unknown(nan, 0))
	}
	for i, alternative := range kept {
		mean, _ := meanAndSD(columns[i])
		result.Means[alternative] = mean
		result.N = len(columns[i])
		if result.N > 0 && (result.Best < 0 || mean > result.Means[result.Best]) {
			result.Best = alternative
		}
	}
	if result.Best < 0 {
		return result
	}
	result.compare(kept, columns)
	return result
}

// compare fills in the leads of the best over the other alternatives.
func (r *Ranking) compare(kept []int, columns [][]float64) {
	var best []float64
	for i, alternative := range kept {
		if alternative == r.Best {
			best = columns[i]
		}
	}
	comparisons := float64(len(kept)*(len(kept)-1)) / 2
	for i, alternative := range kept {
		if alternative == r.Best {
			continue
		}
		lead := meanWithin(differences(best, columns[i]), 1-(1-upper95)/comparisons)
		r.Leads[alternative] = lead
		if r.RunnerUp < 0 || r.Means[alternative] > r.Means[r.RunnerUp] {
			r.RunnerUp, r.Lead = alternative, lead
		}
		if Noise(lead) {
			r.Close = append(r.Close, alternative)
		}
	}
}

// complete returns the alternatives that have any value, and their values in
// those replications in which none of them is missing.
func complete(values [][]float64) (kept []int, columns [][]float64) {
	for i, v := range values {
		if len(present(v)) > 0 {
			kept = append(kept, i)
		}
	}
	if len(kept) == 0 {
		return nil, nil
	}
	columns = make([][]float64, len(kept))
	replications := len(values[kept[0]])
	for _, i := range kept {
		mustPair(replications, len(values[i]))
	}
	for rep := range replications {
		missing := false
		for _, i := range kept {
			missing = missing || math.IsNaN(values[i][rep])
		}
		for c, i := range kept {
			if !missing {
				columns[c] = append(columns[c], values[i][rep])
			}
		}
	}
	return kept, columns
}
