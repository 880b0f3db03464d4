package decide

import (
	"errors"
	"math"
	"testing"

	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// In worlds that all have the scenario's own numbers, what variants come to is what a
// comparison on the same luck says, and the best is counted so.
func TestDoubtIsTheComparisonRepeated(t *testing.T) {
	s, err := scenario.LoadShipped("food-products")
	if err != nil {
		t.Fatal(err)
	}
	variants := experiment.PureForms(s.Frozen())[:3]
	own := s.Unknowns()
	for k := range own {
		v := own[k].Parameter.In(&s.Params)
		own[k].Values, own[k].Low, own[k].High = []float64{v}, v, v
	}
	const worlds, luck = 6, 2
	heard := 0
	plan := experiment.Plan{Seed: 7, Workers: 3}
	d, err := NewDoubt(t.Context(), variants, 2, scenario.NewDrawing(own, nil), s.Off, 0.03, worlds, luck, plan, func(n int) { heard += n })
	if err != nil {
		t.Fatal(err)
	}
	if heard != worlds*luck*3 {
		t.Errorf("heard of %d runs", heard)
	}
	stays := 0.0
	for w := range worlds {
		plan.First, plan.Replications = w*MostLuck, luck
		c := experiment.NewComparison(variants, []float64{2}, 2, plan)
		c.Discount = 0.03
		if err := errors.Join(c.RunAlone(t.Context(), nil), c.Run(t.Context(), nil)); err != nil {
			t.Fatal(err)
		}
		var sold [3]float64
		for v := range variants {
			values, benefit := c.Of(v, c.OwnIndex(), sim.ValueTotalExpected), c.Worth(v, c.OwnIndex()).Benefit
			sold[v] = (values[0] + values[1]) / 2
			if got := d.means[v][sim.ValueTotal][w]; math.Abs(got-sold[v]) > 1e-9*sold[v] {
				t.Errorf("world %d, %s: sold %g, a comparison says %g", w, variants[v].Name, got, sold[v])
			}
			if got, want := d.means[v][NetBenefit][w], (benefit[0]+benefit[1])/2; math.Abs(got-want) > 1e-9*math.Abs(want) {
				t.Errorf("world %d, %s: net benefit %g, a comparison says %g", w, variants[v].Name, got, want)
			}
		}
		if sold[0] >= sold[1] && sold[0] >= sold[2] {
			stays++
		}
	}
	if got := d.StaysBest(0, Measure(sim.ValueTotal), false); got.N != worlds || math.Abs(got.Estimate-stays/worlds) > 1e-12 {
		t.Errorf("the first stays best in %g of %d worlds, want %g", got.Estimate, got.N, stays)
	}
	lowest := d.StaysBest(0, Measure(sim.ValueTotal), true).Estimate + d.StaysBest(1, Measure(sim.ValueTotal), true).Estimate + d.StaysBest(2, Measure(sim.ValueTotal), true).Estimate
	if math.Abs(lowest-1) > 1e-12 {
		t.Errorf("each variant is the lowest in %g of the worlds together", lowest)
	}
}

// What the variants differ in is known; without anything else there is no doubt.
func TestDoubtLeavesOutWhatIsVaried(t *testing.T) {
	s, err := scenario.LoadShipped("food-products")
	if err != nil {
		t.Fatal(err)
	}
	a, b := s.Frozen(), s.Frozen()
	b.Joint.HoursSystem++
	only, err := s.UnknownsNamed("", []string{"joint.hours_system"})
	if err != nil {
		t.Fatal(err)
	}
	variants := []experiment.Variant{{Key: "a", Params: a}, {Key: "b", Params: b}}
	if _, err := NewDoubt(t.Context(), variants, 2, scenario.NewDrawing(only, nil), nil, 0, 20, 1, experiment.Plan{Seed: 1}, func(int) {}); !errors.Is(err, ErrNothingUnknown) {
		t.Errorf("%v, want %v", err, ErrNothingUnknown)
	}
}
