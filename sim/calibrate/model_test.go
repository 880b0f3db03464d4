package calibrate

import (
	"slices"
	"testing"

	"epgsim/sim/scenario"
)

// What one wave comes to does not depend on workers, and a world drawn again is the same.
func TestWorkersDoNotMatter(t *testing.T) {
	ts, err := scenario.LoadTargets("own-data")
	if err != nil {
		t.Fatal(err)
	}
	ts.Worlds = 12
	for i := range ts.Cases {
		ts.Cases[i].Replications = 4
	}
	s, err := New(ts)
	if err != nil {
		t.Fatal(err)
	}
	one, two := s.NewSample().Plan(), s.NewSample().Plan()
	simulate(t, s, one, 1)
	simulate(t, s, two, 3)
	for row := range one.stats {
		if !same(one.stats[row], two.stats[row]) || !same(one.noise[row], two.noise[row]) || !slices.Equal(one.Values[row], two.Values[row]) {
			t.Fatalf("world %d: %v and %v", row, one.stats[row], two.stats[row])
		}
	}
	if same(one.stats[0], one.stats[1]) {
		t.Error("two worlds come to the same")
	}
}

func same(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return x == y || x != x && y != y })
}

// On the model itself: worlds of the first wave are taken for the truth, and looked for
// in the others.
func TestRanksOnTheModel(t *testing.T) {
	ts, err := scenario.LoadTargets("own-data")
	if err != nil {
		t.Fatal(err)
	}
	truths := 40
	ts.Worlds = 260
	for i := range ts.Cases {
		ts.Cases[i].Replications = 3
	}
	if study() {
		ts.Worlds, truths = 1000, 200
		for i := range ts.Cases {
			ts.Cases[i].Replications = 30
		}
	} else {
		ts.Cases, ts.Targets = ts.Cases[:1], ts.Targets[:2] // simple products are soon simulated
	}
	s, err := New(ts)
	if err != nil {
		t.Fatal(err)
	}
	w := s.NewSample().Plan()
	simulate(t, s, w, 0)
	var which []int
	for i := range truths {
		which = append(which, i)
	}
	checkRanks(t, s, calibrated(s, w, which, study()))
	// A first deal after a year, with simple products, is what no plausible world has.
	m := s.NewSample()
	m.Take(w)
	wrong := *s
	wrong.observed = slices.Clone(s.observed)
	wrong.observed[0] = 60
	m.of = &wrong
	var a Answer
	if a.verdicts(m, m.pooled()); a.Targets[0].Conflict != OutOfReach {
		t.Errorf("a first deal after 60 weeks: %+v", a.Targets[0])
	}
}
