package tell

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"epgsim/sim"
)

// Whatever happens is told, summed up when a quarter ends, or one of the few
// kinds that are told with others; and all of it when all is asked for.
func TestEveryKindOfEventIsTold(t *testing.T) {
	p := sim.Defaults()
	g := sim.NewGroup()
	g.Reset(&p, 1, 0)
	hear := func(k sim.EventKind, all bool) string {
		var b strings.Builder
		s := NewStory(&b, g, &p, Options{From: 1, To: 13, All: all, Wrap: func(text string) string { return text }})
		s.Hear(sim.Event{Week: 3, Kind: k, SME: 0, Other: 1, Opportunity: 7, ByManager: true, Numbers: [3]float64{1, 2, 3}})
		s.EndWeek(13)
		return b.String()
	}
	for k := range sim.NEvents {
		once, all := hear(k, false), hear(k, true)
		if strings.Contains(once+all, "%!") {
			t.Errorf("%s is told badly:\n%s", k, once+all)
		}
		if once == "" && k != sim.EventDecision {
			t.Errorf("%s is not told", k)
		}
		if all == "" && k != sim.EventDecision {
			t.Errorf("%s is not told though all is", k)
		}
		summed := k.Info().Has(sim.SummedUp)
		if slices.Contains(inOtherWords, k) && !summed || summed && strings.Contains(once, "week   3") || !summed && !strings.Contains(once, "week   3") {
			t.Errorf("%s, summed up: %v, is told as\n%s", k, summed, once)
		}
	}
}

// A kind without words of its own is told by its meaning and its numbers.
func TestPlainWords(t *testing.T) {
	p := sim.Defaults()
	g := sim.NewGroup()
	g.Reset(&p, 1, 0)
	s := NewStory(nil, g, &p, Options{})
	got := s.plain(sim.Event{Kind: sim.EventFailure, SME: 2, Other: -1, Opportunity: 7, Numbers: [3]float64{0.25, 0.5}})
	if want := fmt.Sprintf("SME C: %s, customer 7, chance 0.25, satisfaction 0.5.", sim.EventFailure.Info().Doc); got != want {
		t.Errorf("told is %q, want %q", got, want)
	}
	if got, want := s.plain(sim.Event{Kind: sim.EventMusicStops, SME: -1, Other: -1}), "The manager leaves, open_offers 0"; !strings.HasPrefix(got, want) {
		t.Errorf("told is %q, want %q …", got, want)
	}
}
