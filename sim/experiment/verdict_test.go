package experiment

import (
	"os"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"epgsim/sim"
	"epgsim/sim/analysis"
)

// Two variants that are one scenario with luck of its own differ in nothing. Of whole verdicts
// on them at most 5 % may be sure of anything.
func TestWholeVerdictsErrSeldom(t *testing.T) {
	trials := 15
	if os.Getenv("EPGSIM_STUDY") != "" {
		trials = 1000
	}
	const variants, replications = 3, 40
	wrong := 0
	for trial := range trials {
		p := sim.Defaults()
		p.Project.Years, p.Project.Horizon, p.Group.Focus = 1, 3, float64(trial%3)/2
		vs := make([]Variant, variants)
		for v := range vs {
			vs[v] = Variant{Key: string(rune('a' + v)), Params: p}
		}
		var c *Comparison
		for v := range vs {
			one := NewComparison(vs[:1], []float64{2}, 1, Plan{Seed: uint64(trial*variants + v), Replications: replications})
			if err := one.RunAlone(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			if err := one.Run(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			if v == 0 {
				c = one
				c.Variants = vs
				continue
			}
			c.outcomes, c.money, c.alone = append(c.outcomes, one.outcomes[0]), append(c.money, one.money[0]), append(c.alone, one.alone[0])
		}
		if sure(c.Verdict(0)) { // 0: every difference matters
			wrong++
		}
	}
	most := 0
	for law := (distuv.Binomial{N: float64(trials), P: 0.05}); law.CDF(float64(most)) < 0.999; most++ {
	}
	t.Logf("%d of %d verdicts on three variants that are one were sure of something", wrong, trials)
	if wrong > most {
		t.Errorf("%d of %d verdicts err; with 5 %% more than %d would hardly come", wrong, trials, most)
	}
}

// sure says whether a verdict is sure of any difference.
func sure(v Verdict) bool {
	for _, r := range []analysis.Ranking{v.Sold, v.SoldEnd, v.Kept, v.Selling, v.PerEuro, v.Benefit} {
		for _, c := range r.Against {
			if c.Finding == analysis.Ahead {
				return true
			}
		}
	}
	return v.LostMost >= 0
}

// The test above can fail: a manager with five hours a week is told from one with forty.
func TestVerdictsAreSureOfWhatIsSo(t *testing.T) {
	p := sim.Defaults()
	p.Project.Horizon, p.Group.Focus = 4, 0
	q := p
	p.Manager.Hours, q.Manager.Hours = 40, 5
	c := NewComparison([]Variant{{Key: "a", Params: p}, {Key: "b", Params: q}}, nil, 3, Plan{Seed: 1, Replications: 40})
	if err := c.RunAlone(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if err := c.Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if v := c.Verdict(analysis.DefaultMatters); !sure(v) || v.Sold.Best != 0 {
		t.Errorf("nothing is sure: %+v", v.Sold)
	}
}
