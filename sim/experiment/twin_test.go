package experiment

import (
	"context"
	"testing"

	"epgsim/sim"
	"epgsim/sim/analysis"
)

// With every effect of the group off, and SMEs that are all alike, an SME in
// the group does as well as its twin with the same money alone.
func TestTwinEqualsMemberWithoutGroupEffects(t *testing.T) {
	p := sim.Defaults()
	p.Group.Focus = 0
	p.Group.TechnologySpread, p.Group.ExperienceSpread, p.Group.HoursSpread, p.Group.RhythmSpread, p.Group.Components = 0, 0, 0, 0, 0
	p.Group.Technology = 0.3
	for _, name := range []string{"rivalry", "distance", "activities", "squeak", "fairness", "sme-trust", "prior-ties", "withdrawal", "continuation", "own-initiative", "offer-fit", "agreement", "satiation"} {
		sim.MechanismNamed(name).SwitchOff(&p)
	}
	p.Project.FollowUp = 0
	arms := []Arm{{Name: "group", Params: p}}
	for k := range p.Size() {
		arms = append(arms, Arm{Name: "twin", Params: Twin(p, k, true)})
	}
	const n = 300
	deals := make([][]float64, 2)
	for k := range deals {
		deals[k] = make([]float64, n)
	}
	err := Run(context.Background(), arms, Plan{Seed: 1, Replications: n}, func(r Row) error {
		deals[min(r.Arm, 1)][r.Replication] += r.Result.Get(sim.DealsProject)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("deals of the group %v, of the twins %v", analysis.Mean(deals[0]), analysis.Mean(deals[1]))
	if d := analysis.Difference(deals[0], deals[1]); !analysis.Noise(d) {
		t.Errorf("the group closes %.2f more deals (95 %% interval %.2f to %.2f) than the twins, of %.2f",
			d.Estimate, d.Low, d.High, analysis.Mean(deals[0]).Estimate)
	}
}
