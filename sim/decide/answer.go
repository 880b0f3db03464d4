package decide

import (
	"cmp"
	"context"
	"math"
	"slices"

	"epgsim/sim"
	"epgsim/sim/analysis"
)

// Answer is what the worlds say about the choice. All of it but Standing.Mean, Behind
// and the ending of Progress is about the first batch, which every option met. Where
// worlds of a file repeat one another, its intervals are so much wider.
type Answer struct {
	Progress
	Standings   []Standing
	RunnerUp    int         // the next best on average of those allowed; -1: none
	LeastRegret int         // of those allowed, the option with the least mean regret
	Conditions  []Condition // where other options are better, the one that covers most first
	EVPI        analysis.PerfectInformation
	Questions   analysis.Questions             // about each of Case.Unknowns
	Asking      []int                          // of these the ones that are worth asking about, by falling worth: told from worthless, and not of a worth that may be nothing
	Evidence    [sim.NGrades]analysis.Question // about all unknowns of a grade of evidence together; without Inputs where there are none
	Fixed       int                            // runs that a fixed number of worlds would have needed to be as sure
	Worlds      int                            // of all batches
}

// Standing is how one option stands.
type Standing struct {
	Mean              analysis.Interval // of the objective, over all worlds it met
	Low, Median, High float64           // 5, 50 and 95 % of the worlds lie below, luck averaged within each
	Behind            analysis.Interval // the best less this one, in the same worlds
	BestIn            analysis.Interval // share of worlds in which it is the best of those allowed
	Regret            analysis.Interval // mean over worlds of how far it is behind the best there
	Regret90          float64           // nine of ten worlds have less
}

// Condition says where another option is better than the one that is best on
// average. Of its box, coverage is the share of the worlds in which it is better, and
// density the share of the worlds in the box, both on worlds that had no part in
// finding the box.
type Condition struct {
	Option int
	analysis.Box
}

// mostConditions is how many conditions anybody wants to read.
const mostConditions = 2

// Answer says what the sample means. The only error is that ctx ended.
func (c *Case) Answer(ctx context.Context, s *Sample) (*Answer, error) {
	a := &Answer{Progress: c.Progress(s), RunnerUp: -1, LeastRegret: -1, Worlds: len(s.Worlds)}
	if a.Ending == analysis.NotEnded {
		a.Ending = analysis.RowsUsedUp
	}
	for o := range c.options {
		a.Standings = append(a.Standings, c.standing(s, o, a.Best))
	}
	if a.Best < 0 {
		return a, nil
	}
	var allowed []int
	for o, ok := range a.Allowed {
		if ok {
			allowed = append(allowed, o)
		}
	}
	c.regrets(s, a, allowed)
	rank := slices.Clone(allowed)
	slices.SortStableFunc(rank, func(i, j int) int { return cmp.Compare(a.Standings[j].Mean.Estimate, a.Standings[i].Mean.Estimate) })
	if k := slices.IndexFunc(rank, func(o int) bool { return o != a.Best }); k >= 0 {
		a.RunnerUp = rank[k]
	}
	c.conditions(s, a, allowed)
	a.Fixed = c.fixed(s, a, allowed)
	return a, c.information(ctx, s, a, allowed)
}

func (c *Case) standing(s *Sample, o, best int) (st Standing) {
	all := s.means(o, len(s.Worlds))
	wider := c.wider(len(s.Worlds))
	st.Mean = analysis.Mean(all).Widened(wider)
	q := analysis.Quantiles(all[:c.Decision.Worlds], 0.05, 0.5, 0.95)
	st.Low, st.Median, st.High = q[0], q[1], q[2]
	if best >= 0 {
		st.Behind = analysis.Difference(s.means(best, len(s.Worlds)), all).Widened(wider)
	}
	return st
}

// wider is by how much an interval over so many worlds is too narrow, if they are taken
// for independent of one another.
func (c *Case) wider(worlds int) float64 { return math.Sqrt(c.repeats(worlds)) }

// Exhausted says that worlds of a file have little more to say once so many batches were
// met: another would be worth less than a tenth more worlds that are not repeated.
func (c *Case) Exhausted(batches int) bool {
	n := batches * c.Decision.Worlds
	said := func(worlds int) float64 { return float64(worlds) / c.repeats(worlds) }
	return said(n+c.Decision.Worlds) < 1.1*said(n)
}

// repeats is how many of so many worlds say as much as one that is not repeated.
func (c *Case) repeats(worlds int) float64 {
	return c.Drawing.Worlds.Repeats(worlds, c.Decision.Worlds, c.Decision.Seed)
}

// regrets compares every option with the best in each world.
func (c *Case) regrets(s *Sample, a *Answer, allowed []int) {
	n := c.Decision.Worlds
	highest := make([]float64, n)
	winner, wider := make([]int, n), c.wider(n)
	for w := range n {
		highest[w], winner[w] = math.Inf(-1), -1
		for _, o := range allowed {
			v := s.mean(w, o)
			if math.IsNaN(v) { // options cannot be compared here
				highest[w], winner[w] = v, -1
				break
			}
			if v > highest[w] {
				highest[w], winner[w] = v, o
			}
		}
	}
	for o := range a.Standings {
		st := &a.Standings[o]
		if !a.Allowed[o] {
			st.BestIn, st.Regret, st.Regret90 = analysis.Share(nil), analysis.Mean(nil), math.NaN()
			continue
		}
		regret, best := make([]float64, n), make([]float64, n)
		for w := range n {
			regret[w], best[w] = highest[w]-s.mean(w, o), math.NaN()
			if winner[w] >= 0 {
				best[w] = 0
			}
			if winner[w] == o {
				best[w] = 1
			}
		}
		st.BestIn = analysis.Share(best).Widened(wider).Within(0, 1)
		st.Regret, st.Regret90 = analysis.Mean(regret).Widened(wider), analysis.Quantiles(regret, 0.9)[0]
		if a.LeastRegret < 0 || st.Regret.Estimate < a.Standings[a.LeastRegret].Regret.Estimate {
			a.LeastRegret = o
		}
	}
}

// conditions looks for each other option where it is better than the best one. A box
// in which that is not surely so in more than half of the worlds is of no use, and one
// over the same inputs as another says the same.
func (c *Case) conditions(s *Sample, a *Answer, allowed []int) {
	n := c.Decision.Worlds
	chosen := s.means(a.Best, n)
	var found []Condition
	for _, o := range allowed {
		if o == a.Best {
			continue
		}
		cases, other := make([]bool, n), s.means(o, n)
		for w := range cases {
			cases[w] = other[w] > chosen[w]
		}
		box, ok := analysis.FindBox(s.Worlds[:n], cases, 0.05/float64(len(allowed)-1), c.Decision.Seed)
		for _, share := range []*analysis.Interval{&box.Coverage, &box.Density, &box.Share} {
			*share = share.Widened(c.wider(n)).Within(0, 1)
		}
		if ok && box.Density.Low > 0.5 {
			found = append(found, Condition{o, box})
		}
	}
	worth := func(k Condition) float64 { return k.Coverage.Estimate * k.Share.Estimate * k.Density.Estimate }
	slices.SortStableFunc(found, func(x, y Condition) int { return cmp.Compare(worth(y), worth(x)) })
	for _, k := range found {
		same := slices.ContainsFunc(a.Conditions, func(l Condition) bool { return slices.Equal(inputs(k), inputs(l)) })
		if len(a.Conditions) < mostConditions && !same {
			a.Conditions = append(a.Conditions, k)
		}
	}
}

func inputs(k Condition) (of []int) {
	for _, one := range k.Conditions {
		of = append(of, one.Input)
	}
	return of
}

// information works out what it is worth to know.
func (c *Case) information(ctx context.Context, s *Sample, a *Answer, allowed []int) (err error) {
	n := c.Decision.Worlds
	single, means, sets := make([][][]float64, n), make([][]float64, n), make([][]int, len(c.Unknowns))
	for w := range n {
		for _, o := range allowed {
			single[w], means[w] = append(single[w], s.values[w][o]), append(means[w], s.mean(w, o))
		}
	}
	for i := range sets {
		sets[i] = []int{i}
	}
	if len(allowed) < 2 {
		return nil
	}
	worth := func(v analysis.Interval) analysis.Interval { return v.Widened(c.wider(n)).Within(0, math.Inf(1)) } // knowing never harms
	a.EVPI = analysis.EVPI(single, c.Decision.Seed)
	a.EVPI.Interval = worth(a.EVPI.Interval)
	a.Questions, err = analysis.EVPPI(ctx, s.Worlds[:n], means, sets, c.Decision.Seed)
	for i := range a.Questions.Asked {
		a.Questions.Asked[i].Interval = worth(a.Questions.Asked[i].Interval)
	}
	for _, i := range a.Questions.Order {
		if a.Questions.Asked[i].Low > 0 {
			a.Asking = append(a.Asking, i)
		}
	}
	for i := range c.Unknowns {
		q := &a.Evidence[c.Unknowns[i].Parameter.Grade]
		q.Inputs = append(q.Inputs, i)
	}
	for g := range a.Evidence {
		if set := a.Evidence[g].Inputs; len(set) > 0 && err == nil { // each in a call of its own: the largest would set the mark
			var asked analysis.Questions
			if asked, err = analysis.EVPPI(ctx, s.Worlds[:n], means, [][]int{set}, c.Decision.Seed); err == nil {
				a.Evidence[g] = asked.Asked[0]
				a.Evidence[g].Interval = worth(asked.Asked[0].Interval)
			}
		}
	}
	return err
}

// fixed is how many runs a comparison of all options in as many worlds as the
// threshold asks for would have taken, by the largest spread of a difference to the
// best.
func (c *Case) fixed(s *Sample, a *Answer, allowed []int) int {
	spread, best := 0.0, s.means(a.Best, c.Decision.Worlds)
	for _, o := range allowed {
		if o != a.Best {
			spread = max(spread, deviation(best, s.means(o, c.Decision.Worlds)))
		}
	}
	return analysis.FixedRows(len(allowed), a.Threshold, 0.05, spread) * len(allowed) * c.Luck
}

// deviation is the standard deviation of the differences of pairs.
func deviation(a, b []float64) float64 {
	sum, squares, n := 0.0, 0.0, 0.0
	for k := range a {
		if d := a[k] - b[k]; !math.IsNaN(d) {
			sum, squares, n = sum+d, squares+float64(d*d), n+1
		}
	}
	return math.Sqrt(max(0, squares-float64(sum*sum)/n) / max(1, n-1))
}
