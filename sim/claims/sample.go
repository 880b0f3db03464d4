package claims

import (
	"math"
	"slices"

	"epgsim/sim"
	"epgsim/sim/experiment"
)

// sample is what the arms of a claim came to over replications, as a statistic
// sees it: the replications may be drawn anew, with all arms together, so that
// pairs stay pairs.
type sample struct {
	arms  map[string]*columns
	draws []int // replications, some several times
}

// columns are the results of one arm, by replication.
type columns struct {
	outcomes [sim.NOutcomes][]float64
	years    [sim.MaxYears][]sim.Tally

	// Two years after the end of the project, where the arm asks for it: the
	// SMEs' trust in each other, and their joint hours of the second of these
	// years as a share of the hours they had.
	laterTrust, laterWork []float64

	members [][]experiment.Member // former ones included, where the arm asks for them
}

// add adds a replication of an arm.
func (c *columns) add(r experiment.Row, p *sim.Params, tenures bool) {
	for o := range sim.NOutcomes {
		c.outcomes[o] = append(c.outcomes[o], r.Result.Get(o))
	}
	for y, t := range r.Result.ByYear {
		c.years[y] = append(c.years[y], t)
	}
	if tenures {
		c.members = append(c.members, experiment.MembersOf(r.Result))
	}
	if r.Series != nil {
		last := p.ProjectWeeks() + 2*sim.WeeksPerYear
		work := 0.0
		for _, v := range r.Series.Columns[sim.ColCooperation][last-sim.WeeksPerYear : last] {
			work += v / sim.WeeksPerYear
		}
		c.laterTrust = append(c.laterTrust, r.Series.Columns[sim.ColTrust][last-1])
		c.laterWork = append(c.laterWork, work)
	}
}

func (s *sample) arm(name string) *columns {
	c := s.arms[name]
	if c == nil {
		panic("claims: no arm " + name)
	}
	return c
}

// meanOf is the mean of a value over the replications that have it.
func (s *sample) meanOf(value func(r int) float64) float64 {
	sum, n := 0.0, 0
	for _, r := range s.draws {
		if v := value(r); v == v {
			sum += v
			n++
		}
	}
	return sum / float64(n)
}

// mean is that of an outcome.
func (s *sample) mean(arm string, o sim.Outcome) float64 {
	return s.meanIn(s.arm(arm).outcomes[o])
}

// meanIn is the mean of values that stand by replication.
func (s *sample) meanIn(values []float64) float64 {
	return s.meanOf(func(r int) float64 { return values[r] })
}

// soldBy is the mean value sold by the end of a year, from 1, each order by its
// chance.
func (s *sample) soldBy(arm string, year int) float64 {
	tallies := s.arm(arm).years[year-1]
	return s.meanOf(func(r int) float64 { return tallies[r].Expected })
}

// paidBy is the mean that the public has paid by the end of a year, from 1.
func (s *sample) paidBy(arm string, year int) float64 {
	tallies := s.arm(arm).years[year-1]
	return s.meanOf(func(r int) float64 { return tallies[r].Public })
}

// meanProduct is the mean of the product of two outcomes.
func (s *sample) meanProduct(arm string, a, b sim.Outcome) float64 {
	c := s.arm(arm)
	return s.meanOf(func(r int) float64 { return c.outcomes[a][r] * c.outcomes[b][r] })
}

// meanWhere is the mean of an outcome over the replications in which another is below a
// limit, or over all the others, those in which the second is missing among them.
func (s *sample) meanWhere(arm string, o, by sim.Outcome, limit float64, below bool) float64 {
	c := s.arm(arm)
	return s.meanOf(func(r int) float64 {
		if (c.outcomes[by][r] < limit) == below {
			return c.outcomes[o][r]
		}
		return math.NaN()
	})
}

// slopeOver is the slope of the line through an outcome over the replications
// of some arms, each of which stands at a value of its own on the axis.
func (s *sample) slopeOver(o sim.Outcome, axis []float64, arms []string) float64 {
	mid, xx, xy := 0.0, 0.0, 0.0
	for _, x := range axis {
		mid += x / float64(len(axis))
	}
	for k, x := range axis {
		xx += (x - mid) * (x - mid)
		xy += (x - mid) * s.mean(arms[k], o)
	}
	return xy / xx
}

// share is the share of replications, over all the arms named, whose outcome
// lies in [lo, hi).
func (s *sample) share(o sim.Outcome, lo, hi float64, arms ...string) float64 {
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

// median is the median of an outcome; a missing value counts as later than
// all, and when half are missing the median is missing.
func (s *sample) median(arm string, o sim.Outcome) float64 {
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

// centred is an outcome over the replications of some arms together, less its
// mean.
func (s *sample) centred(o sim.Outcome, arms []string) (rest []float64, mean float64) {
	for _, name := range arms {
		values := s.arm(name).outcomes[o]
		for _, r := range s.draws {
			rest = append(rest, values[r])
			mean += values[r]
		}
	}
	mean /= float64(len(rest))
	for i := range rest {
		rest[i] -= mean
	}
	return rest, mean
}

func dot(a, b []float64) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// slope is that of the line through (x, y) over the replications of some arms
// together, as a multiple of the mean of y: how much of itself y gains when x
// rises by one.
func (s *sample) slope(x, y sim.Outcome, arms ...string) float64 {
	dx, _ := s.centred(x, arms)
	dy, mean := s.centred(y, arms)
	return dot(dx, dy) / dot(dx, dx) / mean
}

// mediated is the part of the effect of x on y that goes through m, the slope
// of m on x times that of y on m at given x, and the whole effect, the slope
// of y on x (Baron and Kenny 1986), both as multiples of the mean of y.
func (s *sample) mediated(x, m, y sim.Outcome, arms ...string) (through, total float64) {
	dx, _ := s.centred(x, arms)
	dm, _ := s.centred(m, arms)
	dy, mean := s.centred(y, arms)
	xx, xm, xy := dot(dx, dx), dot(dx, dm), dot(dx, dy)
	onM := (dot(dm, dy)*xx - xm*xy) / (dot(dm, dm)*xx - xm*xm)
	return xm / xx * onM / mean, xy / xx / mean
}

// sumTwins adds the means of an outcome over the twins named with the prefix.
func (s *sample) sumTwins(prefix string, o sim.Outcome) float64 {
	sum := 0.0
	for k := 1; k <= members; k++ {
		sum += s.mean(twinName(prefix, k), o)
	}
	return sum
}

// half is the same sample with only the replications of even or odd number.
func (s *sample) half(odd int) *sample {
	h := &sample{arms: s.arms, draws: make([]int, 0, len(s.draws))}
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
func (s *sample) meanOfBest(o sim.Outcome, arms ...string) float64 {
	sum := 0.0
	for odd := range 2 {
		choose, judge, best := s.half(odd), s.half(1-odd), math.Inf(-1)
		at := arms[0]
		for _, a := range arms {
			if m := choose.mean(a, o); m > best {
				best, at = m, a
			}
		}
		sum += judge.mean(at, o)
	}
	return sum / 2
}

// bestOf is the largest mean of an outcome over arms. It errs upwards, so it
// is for what a claim's arm has to exceed.
func (s *sample) bestOf(o sim.Outcome, arms ...string) float64 {
	best := math.Inf(-1)
	for _, a := range arms {
		best = max(best, s.mean(a, o))
	}
	return best
}

// hazard is the yearly hazard that members of alive groups leave in one of some ways
// between two years of tenure.
func (s *sample) hazard(arm string, from, to float64, ends ...experiment.Leaving) float64 {
	left, spent := 0.0, 0.0
	for _, r := range s.draws {
		for _, m := range s.arm(arm).members[r] {
			years, gone := m.Stay.Between(from, to, ends...)
			if spent += years; gone {
				left++
			}
		}
	}
	return left / spent
}
