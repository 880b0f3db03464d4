package calibrate

import (
	"cmp"
	"math"
	"slices"

	"epgsim/sim"
	"epgsim/sim/analysis"
)

// Answer is what the targets say about the worlds.
type Answer struct {
	Study      *Study
	Worlds     [][]float64 // values of the unknowns
	Weights    []float64   // of Worlds, summing to 1
	Origins    []int       // of Worlds: which simulated world each was moved from, counted from 1
	Effective  float64     // worlds of equal weight that would say as much
	Simulated  int         // worlds that were weighted
	Kept       int         // worlds that are kept, in one draw of their errors at least
	Waves      int         // of worlds that were weighted
	Within     float64     // distance of the farthest world that is kept, where Typical is that of the true one
	Typical    float64
	Broken     int   // worlds that could not be simulated
	Outside    []int // targets to which the regression had to reach beyond all worlds that were near
	Parameters []Marginal
	Targets    []Verdict
	Tied       []Pair // pairs of parameters that the targets tie together, the strongest first
}

// Marginal is what the targets say about one unknown.
type Marginal struct {
	Median, Low, High float64 // 5, 50 and 95 % of the weights lie below
	Low80, High80     float64 // 10 and 90 %
	Width             float64 // of Low..High, as a share of that before
	Distance          float64 // Kuiper's, of the shares of the range from even ones
	Touched           bool    // Distance is larger than luck makes it
	Shares            []float64
}

// Verdict is how worlds and one target get on.
type Verdict struct {
	Before, After Range   // of the statistic: in plausible worlds, and in those that were found, simulated anew
	Predicted     Range   // what a study like the one from outside would find in worlds by the other targets alone
	Unlikely      float64 // chance of being as far off as this one, by the other targets
	Reach         float64 // the same in plausible worlds, without any other target
	Conflict      Conflict
	With          int  // which other target it contradicts most; -1 for none
	Noisy         bool // luck in most worlds is larger than the target's error
	Missing       int  // plausible worlds without the statistic
}

// Range is where a quantity lies.
type Range struct{ Low, Median, High float64 } // 5, 50 and 95 %

// Conflict says whether a target can be met.
type Conflict uint8

// The kinds.
const (
	Met          Conflict = iota // or at least: not told from met
	OutOfReach                   // hardly any plausible world comes near
	Contradicted                 // by the other targets
)

// Pair is how two unknowns go together in the worlds that were found.
type Pair struct {
	A, B        int
	Correlation float64
}

// errorRate is the chance that any target that is right is said to be in conflict; that of
// naming any parameter as touched that is not, and any pair as tied, is the same each.
const errorRate = 0.05

// Answer says what the sample means. Its last wave has checked.
func (s *Sample) Answer() *Answer {
	p := s.pooled()
	f := s.of.fit(p, s.of.observed)
	a := &Answer{Study: s.of, Worlds: f.worlds, Weights: f.near.Weights, Effective: f.effective(), Simulated: p.worlds,
		Within: f.near.Within, Typical: typical(len(s.of.observed)), Broken: s.broken()}
	for _, j := range f.linear.Outside {
		a.Outside = append(a.Outside, f.targets[j])
	}
	for i, row := range f.near.Rows {
		a.Origins = append(a.Origins, p.world(row)+1)
		if i == 0 || p.world(row) != p.world(f.near.Rows[i-1]) {
			a.Kept++
		}
	}
	for _, w := range s.Waves {
		if !w.Checks {
			a.Waves++
		}
	}
	a.marginals(s.of, f)
	a.verdicts(s, p)
	a.tie(f)
	return a
}

func (s *Sample) broken() (n int) {
	for _, w := range s.Waves {
		for row := range w.simulated {
			if w.simulated[row] && !slices.ContainsFunc(w.noise[row], func(v float64) bool { return v == v }) {
				n++
			}
		}
	}
	return n
}

// marginals says what is known of each unknown.
func (a *Answer) marginals(s *Study, f *fit) {
	mark := f.luckyDistance(s)
	for k := range f.shares {
		u := &s.Targets.Unknowns[k]
		at := func(p float64) float64 {
			return tidy(u.At(analysis.WeightedQuantile(f.shares[k], f.near.Weights, f.widened(p))))
		}
		m := Marginal{Low: at(0.05), Low80: at(0.1), Median: at(0.5), High80: at(0.9), High: at(0.95), Shares: f.shares[k]}
		m.Width = (analysis.WeightedQuantile(f.shares[k], f.near.Weights, 0.95) - analysis.WeightedQuantile(f.shares[k], f.near.Weights, 0.05)) / 0.9
		m.Distance = unevenness(f.shares[k], f.near.Weights)
		m.Touched = m.Distance > mark
		a.Parameters = append(a.Parameters, m)
	}
}

// widened is the share of the weights below which a true value lies with chance p: so
// few worlds as there are leave ends out. Among n draws of the same law a further one
// has each of n+1 ranks alike.
func (f *fit) widened(p float64) float64 {
	n := f.effective()
	return min(max((float64(p*(n+1))-0.5)/n, 0), 1)
}

// unevenness is Kuiper's distance of weighted shares from even ones: the most that the
// share of the weights below a place is above the place, and the most that it is below
// it, together. It sees a narrower range as well as one that has moved.
func unevenness(shares, weights []float64) float64 {
	order := make([]int, len(shares))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(shares[a], shares[b]), a-b) })
	below, over, under := 0.0, 0.0, 0.0
	for _, i := range order {
		under = max(under, shares[i]-below)
		below += weights[i]
		over = max(over, below-shares[i])
	}
	return over + under
}

// nullColumns is how many parameters that decide nothing are made up: enough to count
// the rarest. The law of even draws will not do for them: what regression leaves has a
// longer tail.
const nullColumns = 2000

// luckyDistance is the unevenness that parameters come to which decide nothing, any
// of all of them in one of twenty studies. Made-up ones are drawn evenly, and go through
// the same weights and the same regression.
func (f *fit) luckyDistance(s *Study) float64 {
	var found []float64
	for c := range nullColumns {
		found = append(found, f.madeUp(s, c))
	}
	return analysis.Quantiles(found, 1-errorRate/float64(max(1, len(f.shares))))[0]
}

// madeUp is the unevenness of a parameter that decides nothing.
func (f *fit) madeUp(s *Study, number int) float64 {
	column, _ := f.adjusted(func(row int) float64 { return logit(luck(s.Targets.Seed, drawNull, number, f.of.world(row))) })
	for i := range column {
		column[i] = unlogit(column[i])
	}
	return unevenness(column, f.near.Weights)
}

// verdicts holds each target against the model, and against the others.
func (a *Answer) verdicts(s *Sample, p *pool) {
	level := errorRate / 2 / float64(len(s.of.observed))
	first := s.Waves[0]
	for j, observed := range s.of.observed {
		v := Verdict{With: -1, Before: rangeOf(column(first.stats, j)), Reach: reach(column(p.seen[:draws*s.of.Rows()], j), observed)}
		v.After = Range{math.NaN(), math.NaN(), math.NaN()}
		if last := s.Waves[len(s.Waves)-1]; last.Checks {
			v.After = rangeOf(column(last.stats, j))
		}
		noisy := 0
		for row := range first.stats {
			if math.IsNaN(first.stats[row][j]) {
				v.Missing++
			} else if first.noise[row][j] > float64(s.of.errors[j]*s.of.errors[j]) {
				noisy++
			}
		}
		v.Noisy = 2*noisy > len(first.stats)-v.Missing
		v.Predicted, v.Unlikely = s.of.predicted(p, j, s.of.others(j))
		switch {
		case v.Reach < level:
			v.Conflict = OutOfReach
		case v.Unlikely < level:
			v.Conflict, v.With = Contradicted, s.of.against(p, j)
		}
		a.Targets = append(a.Targets, v)
	}
}

// column is one of many rows, without what is missing.
func column(rows [][]float64, j int) (values []float64) {
	for _, r := range rows {
		if !math.IsNaN(r[j]) {
			values = append(values, r[j])
		}
	}
	return values
}

func rangeOf(values []float64) Range {
	q := analysis.Quantiles(values, 0.05, 0.5, 0.95)
	return Range{q[0], q[1], q[2]}
}

// reach is the chance, on both sides, of a value as far out as the one observed: by
// its rank, which needs no shape.
func reach(values []float64, observed float64) float64 {
	below, above := 1.0, 1.0
	for _, v := range values {
		if v <= observed {
			below++
		}
		if v >= observed {
			above++
		}
	}
	return min(1, 2*min(below, above)/float64(len(values)+1))
}

// predicted is what a study would find of a target in worlds that are weighted by
// some other targets, and the chance of what was found, or something farther out.
// The chance is that of a normal law with the spread of its own side: the worlds are
// too few to count what is that rare.
func (s *Study) predicted(p *pool, target int, by []int) (Range, float64) {
	if len(by) == 0 {
		return Range{math.NaN(), math.NaN(), math.NaN()}, 1
	}
	f := s.weigh(p, s.observed, by)
	// Where the statistic is missing nothing can be said, and the others go on.
	kept := f.near
	kept.Rows, kept.Weights = nil, nil
	sum := 0.0
	for i, row := range f.near.Rows {
		if !math.IsNaN(p.seen[row][target]) {
			kept.Rows, kept.Weights = append(kept.Rows, row), append(kept.Weights, f.near.Weights[i])
			sum += f.near.Weights[i]
		}
	}
	if len(kept.Rows) < 10 {
		return Range{math.NaN(), math.NaN(), math.NaN()}, 1
	}
	for i := range kept.Weights {
		kept.Weights[i] /= sum
	}
	var seen [][]float64
	var at []float64
	for _, row := range p.seen {
		var some []float64
		for _, j := range by {
			some = append(some, row[j])
		}
		seen = append(seen, some)
	}
	for _, j := range by {
		at = append(at, s.observed[j])
	}
	f.near = kept
	f.linear = analysis.NewLocalLinear(&f.near, seen, at)
	values, _ := f.adjusted(func(row int) float64 { return p.seen[row][target] })
	q := func(share float64) float64 { return analysis.WeightedQuantile(values, kept.Weights, share) }
	r := Range{q(0.05), q(0.5), q(0.95)}
	return r, tail(values, kept.Weights, r.Median, s.observed[target])
}

// tail is the chance, on both sides, of what lies as far from the median as the value
// observed, by the spread of that side.
func tail(values, weights []float64, median, observed float64) float64 {
	squares, there := 0.0, 0.0
	for i, v := range values {
		if (v-median)*(observed-median) >= 0 {
			squares, there = squares+float64(weights[i]*float64((v-median)*(v-median))), there+weights[i]
		}
	}
	sd := math.Sqrt(squares / there)
	if !(sd > 0) {
		return 1
	}
	return math.Erfc(math.Abs(observed-median) / sd / math.Sqrt2)
}

// against is the other target by which alone a target is least likely.
func (s *Study) against(p *pool, target int) (with int) {
	least := math.Inf(1)
	for j := range s.observed {
		if j == target {
			continue
		}
		if _, chance := s.predicted(p, target, []int{j}); chance < least {
			with, least = j, chance
		}
	}
	return with
}

// tie finds the pairs of unknowns that go together. Between two that do not, the
// transformed correlation of n draws has a standard error of one over the root of
// n-3 (Fisher).
func (a *Answer) tie(f *fit) {
	pairs := float64(len(f.shares)*(len(f.shares)-1)) / 2
	least := math.Tanh(-sim.Normal(errorRate/2/max(1, pairs)) / math.Sqrt(max(1, a.Effective-3)))
	for x := range f.shares {
		for y := range x {
			mx, sx := analysis.WeightedMean(f.shares[x], f.near.Weights)
			my, sy := analysis.WeightedMean(f.shares[y], f.near.Weights)
			sum := 0.0
			for i, w := range f.near.Weights {
				sum += float64(w * float64((f.shares[x][i]-mx)*(f.shares[y][i]-my)))
			}
			if r := sum / (sx * sy); math.Abs(r) > least {
				a.Tied = append(a.Tied, Pair{y, x, r})
			}
		}
	}
	slices.SortStableFunc(a.Tied, func(p, q Pair) int { return cmp.Compare(math.Abs(q.Correlation), math.Abs(p.Correlation)) })
}
