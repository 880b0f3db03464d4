package experiment

import (
	"context"
	"testing"

	"epgsim/sim"
	"epgsim/sim/analysis"
)

// With every effect of the group off, and SMEs that are all alike, an SME in
// the group does as well as its twin with the same money alone. One thing cannot
// be switched off: a meeting or an approach is done as a whole or not at all, and a
// fifth of a manager gets whole ones done in other weeks than a manager for five.
// With the usual meeting that is worth a few per cent; with meetings and approaches
// half as long the two cannot be told apart.
func TestTwinEqualsMemberWithoutGroupEffects(t *testing.T) {
	group, ahead := groupAndTwins(t, 0.5)
	t.Logf("halves: deals of the group %v, ahead of the twins %v", group, ahead)
	if !analysis.Noise(ahead) {
		t.Errorf("the group closes %.2f more deals (95 %% interval %.2f to %.2f) than the twins, of %.2f", ahead.Estimate, ahead.Low, ahead.High, group.Estimate)
	}
	group, ahead = groupAndTwins(t, 1)
	t.Logf("wholes: deals of the group %v, ahead of the twins %v", group, ahead)
	if most := 0.05 * group.Estimate; ahead.High > most || ahead.Low < -most {
		t.Errorf("the group closes %.2f more deals (95 %% interval %.2f to %.2f) than the twins, of %.2f: that is no rounding of hours", ahead.Estimate, ahead.Low, ahead.High, group.Estimate)
	}
}

// groupAndTwins runs a group without effects of its own and its twins, with
// meetings and approaches of so many times the usual hours, and returns the deals of
// the group and by how many it is ahead.
func groupAndTwins(t *testing.T, hours float64) (group, ahead analysis.Interval) {
	t.Helper()
	p := sim.Defaults()
	p.Group.Focus = 0
	p.Group.TechnologySpread, p.Group.ExperienceSpread, p.Group.HoursSpread, p.Group.RhythmSpread, p.Group.Components = 0, 0, 0, 0, 0
	p.Group.Technology = 0.3
	for _, name := range []string{"rivalry", "distance", "activities", "squeak", "fairness", "sme-trust", "prior-ties", "withdrawal", "continuation", "own-initiative", "offer-fit", "agreement", "satiation"} {
		sim.MechanismNamed(name).SwitchOff(&p)
	}
	p.Project.Horizon = p.Project.Years
	p.Manager.Meeting *= hours
	p.Manager.Prospect *= hours
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
	return analysis.Mean(deals[0]), analysis.Difference(deals[0], deals[1])
}
