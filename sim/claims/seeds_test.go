package claims

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"epgsim/sim"
	"epgsim/sim/experiment"
)

// Verdicts agree over seeds, or say that they are borderline: no two that are
// not marked differ. In the long form the whole ledger is tested, by the plan
// for use.
func TestVerdictsAgreeOverSeeds(t *testing.T) {
	p, seeds, ids := Plan{Replications: 80, Sets: 8, SetReplications: 40}, uint64(2), []string{"C68", "C96", "C100", "C141"}
	if study() {
		p, seeds, ids = Standard, 5, nil
	}
	cs, _ := Find(ids)
	told := make([][]string, len(cs))
	firm := make([]map[Verdict]bool, len(cs))
	for p.Seed = 1; p.Seed <= seeds; p.Seed++ {
		units := map[string]Unit{}
		for _, name := range p.Units() {
			if name == "ablations" { // they decide nothing
				continue
			}
			u, err := p.RunUnit(context.Background(), name, cs, nil)
			if err != nil {
				t.Fatal(err)
			}
			units[name] = u
		}
		for k, r := range Judge(cs, units) {
			text := string(r.Verdict)
			if r.Borderline() {
				text += fmt.Sprint(" or ", r.Or)
			} else {
				if firm[k] == nil {
					firm[k] = map[Verdict]bool{}
				}
				firm[k][r.Verdict] = true
			}
			told[k] = append(told[k], text)
		}
	}
	all := 0
	for k := range cs {
		t.Logf("%s: %s", cs[k].ID, strings.Join(told[k], "; "))
		all += len(firm[k])
		if len(firm[k]) > 1 {
			t.Errorf("%s has different verdicts and no mark: %s", cs[k].ID, strings.Join(told[k], "; "))
		}
	}
	if all == 0 {
		t.Error("every verdict is borderline: that agrees with anything")
	}
}

// Means of sales by chance are those of sales: in no arm of the ledger do they
// differ by more than luck.
func TestSalesByChanceHaveTheSameMean(t *testing.T) {
	cs, _ := Find([]string{"C105", "C179", "C30"})
	runs, most := 60, 4.0
	if study() {
		cs, runs, most = Ledger(), 1000, 4.5 // of some 200 arms
	}
	arms := distinct(cs, true)
	rs := newResults(true)
	if err := rs.run(context.Background(), sim.Defaults(), arms, experiment.Plan{Seed: 1, Replications: runs}, func(int) {}); err != nil {
		t.Fatal(err)
	}
	for k := range arms {
		c := rs.of[arms[k].key()]
		s := &sample{arms: map[string]*columns{"a": c}}
		for r := range runs {
			s.draws = append(s.draws, r)
		}
		rest := func(r int) float64 { return c.outcomes[sim.ValueTotal][r] - c.outcomes[value][r] }
		mean := s.meanOf(rest)
		variance := s.meanOf(func(r int) float64 { return (rest(r) - mean) * (rest(r) - mean) })
		if mean*mean*float64(runs-1) > most*most*variance {
			t.Errorf("%s (%s): sales exceed those by chance by %.1f k€, in %d runs with variance %.0f", arms[k].Name, arms[k].key(), mean, runs, variance)
		}
	}
}
