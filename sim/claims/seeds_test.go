package claims

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"epgsim/sim"
	"epgsim/sim/experiment"
)

// Verdicts agree over seeds, or say that they are borderline: no two that are
// not marked differ. In the study the whole ledger is tested, by the plan for use,
// without what decides no verdict: about four minutes of a processor a seed.
// EPGSIM_SEEDS=2,3 tests these seeds alone, in place of 1 to 5. With EPGSIM_KEEP, a
// folder, what has run stays there, so that a study that was broken off goes on, and
// seeds that ran one by one come together in one table.
func TestVerdictsAgreeOverSeeds(t *testing.T) {
	p, seeds, ids := Plan{Replications: 80, Sets: 8, SetReplications: 40}, []uint64{1, 2}, []string{"C68", "C96", "C100", "C141"}
	if study() {
		p, seeds, ids = Standard, seedsAsked(t), nil
	}
	cs, _ := Find(ids)
	told := make([][]string, len(cs))
	firm := make([]map[Verdict]bool, len(cs))
	for _, p.Seed = range seeds {
		units := map[string]Unit{}
		for _, name := range p.Units() {
			if name != "ablations" { // they decide nothing
				units[name] = deciding(t, p, name, cs)
			}
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

// seedsAsked are those of EPGSIM_SEEDS, else 1 to 5.
func seedsAsked(t *testing.T) (seeds []uint64) {
	t.Helper()
	for _, text := range strings.Split(cmp.Or(os.Getenv("EPGSIM_SEEDS"), "1,2,3,4,5"), ",") {
		seed, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		seeds = append(seeds, seed)
	}
	return seeds
}

// deciding runs what of a unit decides verdicts, or takes it from the folder of
// EPGSIM_KEEP. Its name there has all that decides it but the program.
func deciding(t *testing.T, p Plan, name string, cs []Claim) (u Unit) {
	t.Helper()
	file := filepath.Join(os.Getenv("EPGSIM_KEEP"), fmt.Sprintf("%d-%d-%d-%d-%s.json", p.Seed, p.Replications, p.SetReplications, len(cs), name))
	keep := study() && os.Getenv("EPGSIM_KEEP") != ""
	if b, err := os.ReadFile(file); keep && err == nil && json.Unmarshal(b, &u) == nil {
		return u
	}
	var err error
	if name == "defaults" {
		u, err = p.runHere(t.Context(), name, cs, false, func(int) {})
	} else {
		u, err = p.RunUnit(t.Context(), name, cs, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	if b, err := json.Marshal(u); keep && (err != nil || os.WriteFile(file, b, 0o666) != nil) {
		t.Fatalf("%s cannot be kept", file)
	}
	return u
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
