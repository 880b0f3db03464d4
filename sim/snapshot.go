package sim

import "slices"

// Snapshot is a picture of a group at the end of a week, for whoever wants to
// draw it or tell about it. It is a copy: the group goes on without it.
type Snapshot struct {
	Week          int         // weeks done
	Manager       bool        // still there
	Hub           int         // index into SMEs; -1: none
	SMEs          []SMEView   // by slot
	Trust         [][]float64 // Trust[i][j] is that of SME i in SME j
	Joint         [][]float64 // h of joint work that a pair has not used up yet, both ways the same
	Worked        [][]float64 // h that both sides of a pair have put into joint work so far
	Opportunities []OpportunityView
}

// SMEView is a member in a Snapshot.
type SMEView struct {
	Name                   string
	Active                 bool // false: passive, or it has left and nobody took its place
	Commitment, Experience float64
	Technology             float64
	Received               float64 // manager hours a week it got lately
	Deals                  int     // so far
	Value                  float64 // k€ sold so far, its share
}

// OpportunityView is an open opportunity in a Snapshot.
type OpportunityView struct {
	Serial        int // in order of opening, from 1
	Kind          OpportunityKind
	Stage         Stage
	SMEs          []int   // slots of the team, the lead first
	Trust, Needed float64 // the customer's trust, and what an offer needs of it
	RoundsHeld    int     // of negotiation
	RoundsLeft    int     // of it, once the offer is out
}

// Snapshot returns what the group is like now.
func (g *Group) Snapshot() Snapshot {
	s := Snapshot{Week: g.week, Manager: g.manager.present, Hub: g.hub}
	for i := range g.n {
		m := &g.members[i]
		s.SMEs = append(s.SMEs, SMEView{
			Name: g.Name(i), Active: m.active, Commitment: m.commitment, Experience: m.experience, Technology: m.technology,
			Received: m.received, Deals: m.ledger.Deals, Value: m.ledger.Value(),
		})
		s.Trust = append(s.Trust, slices.Clone(g.pairs.trust[i][:g.n]))
		s.Joint = append(s.Joint, slices.Clone(g.pairs.joint[i][:g.n]))
		s.Worked = append(s.Worked, slices.Clone(g.pairs.worked[i][:g.n]))
		s.Trust[i][i], s.Joint[i][i], s.Worked[i][i] = 0, 0, 0
	}
	for k := range g.open {
		o := &g.open[k]
		s.Opportunities = append(s.Opportunities, OpportunityView{Serial: o.serial, Kind: o.kind, Stage: o.stage, SMEs: o.team.ints(),
			Trust: o.trust, Needed: o.needed, RoundsHeld: o.roundsHeld, RoundsLeft: o.roundsLeft})
	}
	return s
}
