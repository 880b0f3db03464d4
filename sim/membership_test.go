package sim

import "testing"

// In an open group a disappointed member's place is taken by a newcomer
// without ties; in a fixed group it turns passive and is bypassed.
func TestWithdrawal(t *testing.T) {
	for _, open := range []float64{0, 1} {
		g := started(map[string]float64{"group.open": open, "group.focus": 1, "group.turnover": 0, "group.prior_ties": 1})
		s, _ := g.planSearch(g.leadFor)
		g.openOpportunity(&s, 0.5)
		out := int(s.team.slot[1])
		id := g.members[out].ID
		g.members[out].Commitment = 0.1
		g.changeMembers()
		m := &g.members[out]
		if open == 0 && (m.Active || m.ID != id) {
			t.Error("the member of a fixed group is still active, or gone")
		}
		if open == 1 && (!m.Active || m.ID == id || m.Known != g.p.Manager.Knowledge || g.pairs.Joint[out][g.hub] != 0) {
			t.Error("the newcomer is not new")
		}
		if o := &g.open[0]; o.Team.n != 4 || (open == 0 && o.Team.has(out)) {
			t.Errorf("open %v: the system offer goes on with %v", open, o.Team.Members())
		}
		if err := checkOffers(g); err != nil {
			t.Error(err)
		}
	}
}

// When the hub turns passive another SME takes its place, and what the old one
// led is lost.
func TestHubIsReplaced(t *testing.T) {
	g := started(map[string]float64{"group.focus": 1})
	s, _ := g.planSearch(g.leadFor)
	g.openOpportunity(&s, 0.5)
	old := g.hub
	g.members[old].Commitment = 0
	g.changeMembers()
	if g.hub == old || g.hub < 0 || len(g.open) != 0 || g.books.Lost[LostMember] != 1 {
		t.Errorf("hub %d after %d, %d offers open, %d lost", g.hub, old, len(g.open), g.books.Lost[LostMember])
	}
}
