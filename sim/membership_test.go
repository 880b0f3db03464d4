package sim

import "testing"

// In an open group a disappointed member's place is taken by a newcomer
// without ties; in a fixed group it turns passive and is bypassed.
func TestWithdrawal(t *testing.T) {
	for _, open := range []float64{0, 1} {
		g := started(map[string]float64{"group.open": open, "group.focus": 1, "group.turnover": 0, "group.prior_ties": 1})
		s, _ := g.planSearch(g.leadFor)
		g.openOpportunity(&s)
		out := int(s.team.slot[1])
		id := g.members[out].id
		g.members[out].commitment = 0.1
		g.changeMembers()
		m := &g.members[out]
		if open == 0 && (m.active || m.id != id) {
			t.Errorf("in the slot of SME %d, disappointed in a fixed group, is SME %d, active %v; want itself, passive", id, m.id, m.active)
		}
		if joint := g.pairs.joint[out][g.hub]; open == 1 && (!m.active || m.id == id || m.known != g.p.Manager.Knowledge || joint != 0) {
			t.Errorf("in the slot of SME %d, disappointed in an open group, is SME %d, active %v, known %v, with %v joint hours; want another one, active, as new",
				id, m.id, m.active, m.known, joint)
		}
		if o := &g.open[0]; o.team.n != 4 || (open == 0 && o.team.has(out)) {
			t.Errorf("open %v: the system offer goes on with %v, want four without slot %d unless filled anew", open, o.team.Members(), out)
		}
		if err := checkOffers(g); err != nil {
			t.Errorf("open %v: %v", open, err)
		}
	}
}

// When the hub turns passive another SME takes its place, and what the old one
// led is lost.
func TestHubIsReplaced(t *testing.T) {
	g := started(map[string]float64{"group.focus": 1})
	s, _ := g.planSearch(g.leadFor)
	g.openOpportunity(&s)
	lost := map[Loss]int{}
	g.Watch(func(e Event) {
		if e.Kind == EventLost {
			lost[e.Why]++
		}
	})
	old := g.hub
	g.members[old].commitment = 0
	g.changeMembers()
	if g.hub == old || g.hub < 0 {
		t.Errorf("hub %d takes the place of hub %d", g.hub, old)
	}
	if len(g.open) != 0 || lost[LostMember] != 1 {
		t.Errorf("%d opportunities are open; lost are, by reason, %v, want 1 because %s", len(g.open), lost, LostMember)
	}
}
