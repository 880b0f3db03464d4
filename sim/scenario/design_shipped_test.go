package scenario

import (
	"math"
	"slices"
	"strings"
	"testing"

	"epgsim/scenarios"
	"epgsim/sim"
)

// Every shipped design loads, survives being written, says how it is to be
// read, and does not take long at some thousand runs a second.
func TestShippedDesigns(t *testing.T) {
	var names []string
	for _, info := range ShippedDesigns() {
		names = append(names, info.Name)
		d, err := LoadDesign(info.Name)
		if err != nil {
			t.Fatal(err)
		}
		survives(t, d)
		if runs := d.Rows() * d.Replications; runs < 1000 || runs > 200_000 {
			t.Errorf("%s: %d runs", d.Name, runs)
		}
		if !strings.HasSuffix(d.Title, "?") || !strings.Contains(d.Description, "runs") || len(d.Outcomes) < 2 {
			t.Errorf("%s: title %q, description %q", d.Name, d.Title, d.Description)
		}
	}
	if !slices.Equal(names, scenarios.SweepNames()) {
		t.Errorf("loaded %v of %v", names, scenarios.SweepNames())
	}
}

// The shipped designs run: some rows of each, at the ends and in the middle.
func TestShippedDesignsRun(t *testing.T) {
	g := sim.NewGroup()
	for _, name := range scenarios.SweepNames() {
		d, err := LoadDesign(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range [...]float64{math.NaN(), 0, 0.5, 1} {
			values := make([]float64, len(d.Factors))
			for i := range values {
				values[i] = math.NaN()
				if !math.IsNaN(u) && (d.Method != MethodOneAtATime || i == 0) {
					values[i] = d.Factors[i].At(u)
				}
			}
			var p sim.Params
			if err := d.Params(&p, values); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if v := g.Run(&p, 1, 0).Get(sim.ValueTotal); !(v >= 0) {
				t.Errorf("%s at %g: value %g", name, u, v)
			}
		}
	}
}

// The question of three-year system focus is asked over all that is uncertain.
func TestSystemFocusIsAskedOverAllUncertainties(t *testing.T) {
	var all []string
	for i := range sim.Table {
		if q := &sim.Table[i]; q.Role == sim.Uncertainty && q.Low < q.High {
			all = append(all, q.Name)
		}
	}
	for _, name := range []string{"system-screening", "system-uncertainties", "trust-or-time"} {
		d, err := LoadDesign(name)
		if err != nil {
			t.Fatal(err)
		}
		got := slices.Sorted(slices.Values(factorNames(d)))
		if p := &d.Scenario.Params; p.Project.Years != 3 || p.Weights() != [3]float64{0, 0, 1} || !slices.Equal(got, slices.Sorted(slices.Values(all))) {
			t.Errorf("%s: %g years, weights %v, factors %v", name, p.Project.Years, p.Weights(), got)
		}
	}
}
