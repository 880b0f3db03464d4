package claims

import (
	"math"
	"testing"

	"epgsim/sim"
	"epgsim/sim/experiment"
)

// Of a group alive for four years: one member stays, one is disappointed after a year, one
// graduates in the fourth, one turns passive when the group has ended, one comes and goes, one
// joins when the group has ended.
func TestStaysAndHazards(t *testing.T) {
	year := sim.WeeksPerYear
	r := &sim.Result{SMEs: []sim.SMELedger{
		{},
		{Left: year, Why: sim.ReasonDistrust},
		{Left: 4 * year, Why: sim.ReasonGraduated},
		{Left: 5 * year, Why: sim.ReasonResults},
		{Joined: 2 * year, Left: 3 * year, Why: sim.ReasonOwn},
		{Joined: 4 * year},
	}}
	r.Values[sim.WeeksAlive] = float64(4 * year)
	s := &sample{arms: map[string]*columns{"a": {members: [][]experiment.Member{experiment.MembersOf(r)}}}, draws: []int{0}}
	for _, c := range []struct {
		from, to float64
		of       []experiment.Leaving
		want     float64
	}{
		{0, 1, []experiment.Leaving{experiment.Disappointed}, 1.0 / 5},
		{1, 4, []experiment.Leaving{experiment.Disappointed}, 0},
		{1, 4, []experiment.Leaving{experiment.Graduated}, 1.0 / 9},
		{0, 4, []experiment.Leaving{experiment.Disappointed, experiment.Graduated, experiment.Moved}, 3.0 / 14},
	} {
		if got := s.hazard("a", c.from, c.to, c.of...); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("years %v to %v, %v: %v, want %v", c.from, c.to, c.of, got, c.want)
		}
	}
}
