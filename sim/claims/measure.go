package claims

import (
	"math"
	"math/rand/v2"
)

// How often the replications are drawn anew for a standard error: at the
// defaults, where it is shown, and in a random parameter set, where it only has
// to tell a clear sign from an open one.
const (
	resamples    = 300
	setResamples = 100
)

// measure computes the parts of a claim, and how far they would differ with
// other replications. Where only what is judged was run, the others are
// missing.
func measure(c *Claim, rs *results, n, resamples int, luck *rand.Rand) []Estimate {
	s := &sample{arms: map[string]*columns{}}
	for k := range c.Arms {
		s.arms[c.Arms[k].Name] = rs.of[c.Arms[k].key()]
	}
	return s.estimates(c, n, resamples, func(k int) bool { return rs.told || !c.Parts[k].Info }, luck)
}

// estimates computes those parts of a claim that were run, over n replications
// and over redraws of them.
func (s *sample) estimates(c *Claim, n, resamples int, runs func(part int) bool, luck *rand.Rand) []Estimate {
	s.draws = make([]int, n)
	for r := range s.draws {
		s.draws[r] = r
	}
	out := make([]Estimate, len(c.Parts))
	for k := range c.Parts {
		out[k] = Estimate{math.NaN(), math.NaN()}
		if runs(k) {
			out[k].Value = finite(c.Parts[k].of(s))
		}
	}
	sums := make([][3]float64, len(c.Parts)) // count, sum, sum of squares about the estimate
	for range resamples {
		for r := range s.draws {
			s.draws[r] = luck.IntN(n)
		}
		for k := range c.Parts {
			if !runs(k) {
				continue
			}
			if d := finite(c.Parts[k].of(s)) - out[k].Value; d == d {
				sums[k][0]++
				sums[k][1] += d
				sums[k][2] += float64(d * d)
			}
		}
	}
	for k, b := range sums {
		if b[0] > float64(resamples)/2 {
			out[k].Error = math.Sqrt(max(0, b[2]-b[1]*b[1]/b[0]) / (b[0] - 1))
		}
	}
	return out
}

// finite turns a ratio of nothing into a missing value.
func finite(x float64) float64 {
	if math.IsInf(x, 0) {
		return math.NaN()
	}
	return x
}
