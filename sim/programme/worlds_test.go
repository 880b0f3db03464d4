package programme

import (
	"fmt"
	"slices"
	"testing"

	"epgsim/sim/scenario"
)

// inWorlds puts the draws of a study in worlds of two hours of joint work.
func inWorlds(t *testing.T, s *Study) *Study {
	t.Helper()
	w, err := scenario.NewWorlds("w", []string{"joint.hours_system", "group.technology"}, [][]float64{{120, 320}, {0.1, 0.9}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if s.Worlds, err = s.Programme.Drawing("", nil, w); err != nil {
		t.Fatal(err)
	}
	return s
}

// All who apply in a draw are in one world, other draws are in others; what differs
// among applicants, or their scenarios say, is as without worlds.
func TestDrawsAreInWorlds(t *testing.T) {
	plain, s := studyOf(t, some), inWorlds(t, studyOf(t, some))
	if !slices.Contains(s.Worlds.Fixed, "group.technology") {
		t.Fatalf("fixed: %v", s.Worlds.Fixed)
	}
	with, without := s.newDrawer(), plain.newDrawer()
	hours := map[float64]int{}
	starts := map[float64]bool{}
	for draw := range scenario.EndlessBlock {
		var first float64
		for n := range 5 {
			a, b := with.draw(draw, n), without.draw(draw, n)
			if a.Kind != b.Kind || a.Params.Group.Technology != b.Params.Group.Technology || a.Params.Manager.Hours != b.Params.Manager.Hours {
				t.Fatalf("draw %d, applicant %d: another applicant", draw, n)
			}
			if n == 0 {
				first = a.Params.Trust.Start
				hours[a.Params.Joint.HoursSystem]++
			}
			if a.Params.Trust.Start != first {
				t.Fatalf("draw %d: applicants are in different worlds", draw)
			}
		}
		starts[first] = true
	}
	if fmt.Sprint(hours) != "map[120:16 320:16]" || len(starts) != scenario.EndlessBlock {
		t.Errorf("hours came so often: %v; %d different starts", hours, len(starts))
	}
}

// Programmes in worlds are the same for any number of workers, and later draws change
// none before.
func TestWorldsOfProgrammesAreReproducible(t *testing.T) {
	few, many := inWorlds(t, studyOf(t, some)), inWorlds(t, studyOf(t, some))
	a, b := answerIn(t, few, 2, 1), answerIn(t, many, 3, 3)
	for k := range a.Tallies {
		if got, want := fmt.Sprintf("%+v", b.Tallies[k][:2]), fmt.Sprintf("%+v", a.Tallies[k]); got != want {
			t.Errorf("policy %d: %s, want %s", k, got, want)
		}
	}
	plain := answerIn(t, studyOf(t, some), 2, 2)
	if fmt.Sprint(plain.Tallies) == fmt.Sprint(a.Tallies) {
		t.Error("worlds change nothing")
	}
}

func answerIn(t *testing.T, s *Study, draws, workers int) *Answer {
	t.Helper()
	_, b := simulated(t, s, draws, workers)
	a, _ := answer(t, s, b)
	return a
}
