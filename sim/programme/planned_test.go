package programme

import (
	"math"
	"testing"

	"epgsim/sim"
)

// What is promised follows the schedule of public shares: a fall over four years is
// planned to cost what two further years at the full share do.
func TestPlannedFollowsTheSchedule(t *testing.T) {
	for _, c := range []struct{ full, fade, lasting, want float64 }{ // years at the full share
		{10, 0, 0, 3}, {1, 4, 0, 3}, {10, 4, 0, 5}, {10, 0, 0.1, 3 + 7*0.25}, {10, 12, 0, 3 + 12.0/13 + 11.0/13 + 10.0/13 + 9.0/13 + 8.0/13 + 7.0/13 + 6.0/13},
	} {
		p := sim.Defaults()
		p.Project.Full, p.Project.Fade, p.Project.Lasting, p.Project.Subsidy = c.full, c.fade, c.lasting, 0.4
		if got, want := Planned(&p, 100, 3), 40*c.want; math.Abs(got-want) > 1e-9 {
			t.Errorf("full %v, fade %v, lasting %v: %v k€, want %v", c.full, c.fade, c.lasting, got, want)
		}
	}
	p := sim.Defaults()
	p.Project.Horizon = 2
	if got := Planned(&p, 100, 5); math.Abs(got-250) > 1e-9 {
		t.Errorf("a project beyond the horizon is planned to cost %v k€", got)
	}
}
