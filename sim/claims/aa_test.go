package claims

import (
	"context"
	"math/rand/v2"
	"testing"

	"epgsim/sim"
	"epgsim/sim/experiment"
)

// nothing is a claim about four arms that are the same. Its parts are of the
// kinds that the ledger has; each is zero in truth.
func nothing() Claim {
	ratio := func(s *sample, a, b string) float64 { return s.mean(a, value) / s.mean(b, value) }
	return Claim{ID: "C01", Arms: []Arm{{Name: "a"}, {Name: "b"}, {Name: "c"}, {Name: "d"}}, Parts: []Part{
		more("difference of sales", value, "a", "b"),
		more("difference of trust", sim.TrustEnd, "a", "b"),
		more("difference of a share", sim.SelfSustaining, "c", "d"),
		{Name: "share gained", of: func(s *sample) float64 { return ratio(s, "a", "b") - 1 }},
		{Name: "difference of ratios", of: func(s *sample) float64 { return ratio(s, "a", "b") - ratio(s, "c", "d") }},
		{Name: "difference of slopes", of: func(s *sample) float64 {
			return s.slope(sim.Complementarity, value, "a", "b") - s.slope(sim.Complementarity, value, "c", "d")
		}},
		{Name: "difference of medians", of: func(s *sample) float64 { return s.median("a", sim.FirstDealWeek) - s.median("b", sim.FirstDealWeek) }},
		{Name: "difference of differences", of: func(s *sample) float64 {
			return s.mean("a", value) - s.mean("b", value) - s.mean("c", value) + s.mean("d", value)
		}},
	}}
}

// drawn is an arm of n replications drawn from a pool of them.
func drawn(pool *columns, n int, luck *rand.Rand) *columns {
	c := &columns{}
	for range n {
		r := luck.IntN(len(pool.outcomes[0]))
		for _, o := range []sim.Outcome{value, sim.TrustEnd, sim.SelfSustaining, sim.FirstDealWeek, sim.Complementarity} {
			c.outcomes[o] = append(c.outcomes[o], pool.outcomes[o][r])
		}
	}
	return c
}

// Where no part differs from zero, luck makes any part of a ledger clear in at
// most 5 % of ledgers: here of ledgers that compare each form with itself, each
// arm on luck of its own.
func TestNothingIsSeldomClear(t *testing.T) {
	ledgers, runs := 30, 400
	if study() {
		ledgers, runs = 1000, 4000
	}
	c := nothing()
	arms := forms("", nil)
	rs := newResults(false)
	if err := rs.run(context.Background(), sim.Defaults(), arms, experiment.Plan{Seed: 1, Replications: runs}, func(int) {}); err != nil {
		t.Fatal(err)
	}
	luck := rand.New(rand.NewPCG(1, 1))
	strict := strictFor(len(arms) * len(c.Parts))
	wrong, single := 0, 0
	for range ledgers {
		clear := 0
		for k := range arms {
			pool := rs.of[arms[k].key()]
			s := &sample{arms: map[string]*columns{}}
			for _, a := range c.Arms {
				s.arms[a.Name] = drawn(pool, 200, luck)
			}
			here := s.estimates(&c, 200, resamples, func(int) bool { return true }, luck)
			for _, p := range judge(&c, map[string]Unit{"defaults": {Parts: map[string][]Estimate{c.ID: here}}}, strict).Parts {
				if p.Clear {
					clear++
				}
				if p.Low > 0 || p.High < 0 {
					single++
				}
			}
		}
		if clear > 0 {
			wrong++
		}
	}
	parts := ledgers * len(arms) * len(c.Parts)
	t.Logf("%d of %d ledgers with a clear part; %.3f of the single parts by their own 95 %% interval", wrong, ledgers, float64(single)/float64(parts))
	if most := map[bool]int{false: 5, true: 65}[study()]; wrong > most { // a binomial count of 5 % exceeds them in about 2 %
		t.Errorf("%d of %d ledgers have a clear part where there is nothing", wrong, ledgers)
	}
	if rate := float64(single) / float64(parts); rate < 0.02 || rate > 0.08 {
		t.Errorf("%.3f of the 95 %% intervals exclude zero", rate)
	}
}
