package claims

import (
	"math"
	"slices"

	"epgsim/sim"
)

// Sample is what the arms of a claim came to over replications, as a statistic
// sees it: the replications may be drawn anew, with all arms together, so that
// pairs stay pairs.
type Sample struct {
	arms  map[string]*columns
	draws []int // replications, some several times
}

// columns are the results of one arm, by replication.
type columns struct {
	outcomes [sim.NOutcomes][]float64
	years    [sim.MaxYears][]float64
}

func (s *Sample) arm(name string) *columns {
	c := s.arms[name]
	if c == nil {
		panic("claims: no arm " + name)
	}
	return c
}

// Mean is the mean of an outcome over the replications that have it.
func (s *Sample) Mean(arm string, o sim.Outcome) float64 {
	return s.meanOf(s.arm(arm).outcomes[o])
}

func (s *Sample) meanOf(values []float64) float64 {
	sum, n := 0.0, 0
	for _, r := range s.draws {
		if v := values[r]; v == v {
			sum += v
			n++
		}
	}
	return sum / float64(n)
}

// ByYear is the mean value sold by the end of a year, from 1.
func (s *Sample) ByYear(arm string, year int) float64 { return s.meanOf(s.arm(arm).years[year-1]) }

// Closed is the share of the value by the end of year whole that is closed by
// the end of year part.
func (s *Sample) Closed(arm string, part, whole int) float64 {
	return s.ByYear(arm, part) / s.ByYear(arm, whole)
}

// MeanProduct is the mean of the product of two outcomes over the replications
// that have both.
func (s *Sample) MeanProduct(arm string, a, b sim.Outcome) float64 {
	c := s.arm(arm)
	sum, n := 0.0, 0
	for _, r := range s.draws {
		if v := c.outcomes[a][r] * c.outcomes[b][r]; v == v {
			sum += v
			n++
		}
	}
	return sum / float64(n)
}

// SlopeOver is the slope of the line through an outcome over the replications
// of some arms, each of which stands at a value of its own on the axis.
func (s *Sample) SlopeOver(o sim.Outcome, axis []float64, arms []string) float64 {
	mid, xx, xy := 0.0, 0.0, 0.0
	for _, x := range axis {
		mid += x / float64(len(axis))
	}
	for k, x := range axis {
		xx += (x - mid) * (x - mid)
		xy += (x - mid) * s.Mean(arms[k], o)
	}
	return xy / xx
}

// MeanWhere is the mean of an outcome over the replications in which another
// is below a limit.
func (s *Sample) MeanWhere(arm string, o, by sim.Outcome, below float64) float64 {
	c := s.arm(arm)
	sum, n := 0.0, 0
	for _, r := range s.draws {
		if c.outcomes[by][r] < below && c.outcomes[o][r] == c.outcomes[o][r] {
			sum += c.outcomes[o][r]
			n++
		}
	}
	return sum / float64(n)
}

// MeanUnless is the mean of an outcome over the other replications, those in
// which the second is missing among them.
func (s *Sample) MeanUnless(arm string, o, by sim.Outcome, below float64) float64 {
	c := s.arm(arm)
	sum, n := 0.0, 0
	for _, r := range s.draws {
		if !(c.outcomes[by][r] < below) && c.outcomes[o][r] == c.outcomes[o][r] {
			sum += c.outcomes[o][r]
			n++
		}
	}
	return sum / float64(n)
}

// Share is the share of replications, over all the arms named, whose outcome
// lies in [lo, hi).
func (s *Sample) Share(o sim.Outcome, lo, hi float64, arms ...string) float64 {
	k, n := 0.0, 0.0
	for _, name := range arms {
		values := s.arm(name).outcomes[o]
		for _, r := range s.draws {
			if v := values[r]; v >= lo && v < hi {
				k++
			}
			n++
		}
	}
	return k / n
}

// Median is the median of an outcome; a missing value counts as later than
// all, and when half are missing the median is missing.
func (s *Sample) Median(arm string, o sim.Outcome) float64 {
	values := make([]float64, 0, len(s.draws))
	for _, r := range s.draws {
		v := s.arm(arm).outcomes[o][r]
		if v != v {
			v = math.Inf(1)
		}
		values = append(values, v)
	}
	slices.Sort(values)
	m := (values[(len(values)-1)/2] + values[len(values)/2]) / 2
	if math.IsInf(m, 1) {
		return math.NaN()
	}
	return m
}

// moments are the means and the centred sums of products of three outcomes
// over the replications of some arms together.
func (s *Sample) moments(x, m, y sim.Outcome, arms []string) (meanM, meanY, xx, xm, mm, xy, my float64) {
	n, sx := 0.0, 0.0
	for _, name := range arms {
		c := s.arm(name)
		for _, r := range s.draws {
			sx += c.outcomes[x][r]
			meanM += c.outcomes[m][r]
			meanY += c.outcomes[y][r]
			n++
		}
	}
	sx, meanM, meanY = sx/n, meanM/n, meanY/n
	for _, name := range arms {
		c := s.arm(name)
		for _, r := range s.draws {
			a, b, d := c.outcomes[x][r]-sx, c.outcomes[m][r]-meanM, c.outcomes[y][r]-meanY
			xx += a * a
			xm += a * b
			mm += b * b
			xy += a * d
			my += b * d
		}
	}
	return
}

// Slope is that of the line through (x, y) over the replications of some arms
// together, as a multiple of the mean of y: how much of itself y gains when x
// rises by one.
func (s *Sample) Slope(x, y sim.Outcome, arms ...string) float64 {
	_, mean, xx, _, _, xy, _ := s.moments(x, x, y, arms)
	return xy / xx / mean
}

// Mediated is the part of the effect of x on y that goes through m, the slope
// of m on x times that of y on m at given x, and the whole effect, the slope
// of y on x (Baron and Kenny 1986), both as multiples of the mean of y.
func (s *Sample) Mediated(x, m, y sim.Outcome, arms ...string) (through, total float64) {
	_, mean, xx, xm, mm, xy, my := s.moments(x, m, y, arms)
	onM := (my*xx - xm*xy) / (mm*xx - xm*xm)
	return xm / xx * onM / mean, xy / xx / mean
}

// sumTwins adds the means of an outcome over twins 1..n named prefix1..n.
func (s *Sample) sumTwins(prefix string, n int, o sim.Outcome) float64 {
	sum := 0.0
	for k := 1; k <= n; k++ {
		sum += s.Mean(twinName(prefix, k), o)
	}
	return sum
}

// half is the same sample with only the replications of even or odd number.
func (s *Sample) half(odd int) *Sample {
	h := &Sample{arms: s.arms, draws: make([]int, 0, len(s.draws))}
	for _, r := range s.draws {
		if r%2 == odd {
			h.draws = append(h.draws, r)
		}
	}
	return h
}

// meanOfBest is the mean of an outcome in the best of some arms. The largest
// of noisy means is on average larger than the mean of the best arm, so the
// arm is chosen in one half of the replications and its mean taken from the
// other, and the other way round.
func (s *Sample) meanOfBest(o sim.Outcome, arms ...string) float64 {
	sum := 0.0
	for odd := range 2 {
		choose, mean, best := s.half(odd), s.half(1-odd), math.Inf(-1)
		at := arms[0]
		for _, a := range arms {
			if m := choose.Mean(a, o); m > best {
				best, at = m, a
			}
		}
		sum += mean.Mean(at, o)
	}
	return sum / 2
}

// bestOf is the largest mean of an outcome over arms. It errs upwards, so it
// is for what a claim's arm has to exceed.
func (s *Sample) bestOf(o sim.Outcome, arms ...string) float64 {
	best := math.Inf(-1)
	for _, a := range arms {
		best = max(best, s.Mean(a, o))
	}
	return best
}
