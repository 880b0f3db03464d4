package experiment

import (
	"slices"
	"strings"
	"testing"

	"epgsim/sim"
)

// Every player is described, and what cannot be played together is refused.
func TestPlayers(t *testing.T) {
	usual, err := PlayersNamed(nil, nil)
	if err != nil || len(usual) > mostExact || len(usual) < 7 {
		t.Errorf("%d usual players, %v", len(usual), err)
	}
	for _, p := range Players {
		if p.Doc == "" || p.Label == "" || len(p.Off) == 0 {
			t.Errorf("%s is not described", p.Name)
		}
		for _, m := range p.Off {
			if sim.MechanismNamed(m) == nil {
				t.Errorf("%s: no mechanism %s", p.Name, m)
			}
		}
		// A name means one thing only.
		if sim.MechanismNamed(p.Name) != nil && !slices.Equal(p.Off, []string{p.Name}) {
			t.Errorf("%s is a mechanism, and a group of others", p.Name)
		}
	}
	for _, c := range []struct {
		names, off []string
		want       string
	}{
		{[]string{"jint-hours"}, nil, "unknown mechanism"},
		{[]string{"workload", "workload"}, nil, "twice"},
		{[]string{"network", "practice"}, nil, "twice"},
		{[]string{"joint-work", "self-interest"}, nil, "undoes"},
		{[]string{"own-interests"}, []string{"joint-work"}, "undoes"},
		{[]string{"workload"}, []string{"workload"}, ""},
	} {
		if _, err := PlayersNamed(c.names, c.off); (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, %v off: %v, want %q", c.names, c.off, err, c.want)
		}
	}
}
