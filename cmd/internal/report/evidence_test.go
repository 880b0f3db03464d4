package report

import (
	"reflect"
	"testing"

	"epgsim/sim"
	"epgsim/sim/scenario"
)

// A group of factors is backed no better than the weakest of them, and what people
// choose needs no evidence.
func TestBacking(t *testing.T) {
	factor := func(group, name string) scenario.Factor {
		return scenario.Factor{Parameter: sim.Lookup(name), Group: group}
	}
	factors := []scenario.Factor{factor("", "group.focus"), factor("deals", "deal.bases"), factor("deals", "joint.hours_system"),
		factor("", "deal.grasp"), factor("", "deal.rounds_slope"), factor("hands", "manager.hours")}
	got := backing(factors, []string{"group.focus", "deals", "deal.grasp", "deal.rounds_slope", "hands"})
	want := [sim.NGrades][]int{sim.Guess: {1}, sim.Interview: {2}, sim.Data: {3}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
