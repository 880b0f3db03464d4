package sim

import (
	"math"
	"testing"
)

// What a group applies with is what it is: as the result has it, as the scenario
// lists it, and at the cost that it comes to when nobody withdraws.
func TestApplication(t *testing.T) {
	p := Defaults()
	p.Project.Years, p.Project.Horizon, p.Markets.Count = 1, 1, 2
	MechanismNamed("withdrawal").SwitchOff(&p)
	g := NewGroup()
	g.Reset(&p, 3, 1)
	a := g.Application()
	r := g.Run(&p, 3, 1)
	if a.Technology != r.Get(Technology) || a.Complementarity != r.Get(Complementarity) || a.SMEs != p.Size() || a.Markets != 2 || a.Distance != p.Markets.Distance {
		t.Errorf("%+v, want technology %g, complementarity %g", a, r.Get(Technology), r.Get(Complementarity))
	}
	if r.Get(ActiveEnd) != float64(a.SMEs) {
		t.Fatal("a member has left: take other luck")
	}
	near(t, "cost of a year", 0, a.YearlyCost, r.Get(PublicCost)+r.Get(PrivateCost), 1e-12)
	q := Defaults()
	for _, s := range []struct{ hours, experience float64 }{{10, 0.2}, {20, 0.4}, {30, 0.9}} {
		nan := math.NaN()
		q.ListedSMEs = append(q.ListedSMEs, SMESpec{Hours: s.hours, Experience: s.experience, Technology: nan, Niche: [2]float64{nan, nan}, Rhythm: nan, Component: nan})
	}
	q.ListedSMEs[0].Ties = []int{2}
	g.Reset(&q, 3, 1)
	if a := g.Application(); a.Hours != 20 || math.Abs(a.Experience-0.5) > 1e-12 || a.PriorTies != 1.0/3 || a.SMEs != 3 {
		t.Errorf("of three listed SMEs: %+v", a)
	}
}
