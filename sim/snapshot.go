package sim

// Snapshot is a picture of a group at the end of a week, for whoever wants to
// draw it or tell about it. It is a copy: the group goes on without it.
type Snapshot struct {
	Week          int
	Manager       bool // still there
	Hub           int  // index into SMEs; -1: none
	SMEs          []SMEView
	Trust         [][]float64 // of the first in the second
	Joint         [][]float64 // joint hours of a pair, not used up
	Worked        [][]float64 // all hours both sides of a pair have put into joint work
	Opportunities []OpportunityView
}

// SMEView is a member in a Snapshot.
type SMEView struct {
	Name                   string
	Active                 bool
	Commitment, Experience float64
	Technology             float64
	Received               float64 // h/week
	Deals                  int
	Value                  float64 // k€
}

// OpportunityView is an open opportunity in a Snapshot.
type OpportunityView struct {
	Serial        int
	Kind          OpportunityKind
	Stage         Stage
	SMEs          []int // the lead first
	Trust, Needed float64
	RoundsLeft    int
}

// Snapshot returns what the group is like now.
func (g *Group) Snapshot() Snapshot {
	s := Snapshot{Week: g.week, Manager: g.manager.Present, Hub: g.hub}
	for i := range g.n {
		m := &g.members[i]
		s.SMEs = append(s.SMEs, SMEView{
			Name: g.p.SMEName(m.Ledger.Order), Active: m.Active, Commitment: m.Commitment, Experience: m.Experience, Technology: m.Technology,
			Received: m.Received, Deals: m.Ledger.Deals, Value: m.Ledger.Value(),
		})
		s.Trust = append(s.Trust, append([]float64(nil), g.pairs.Trust[i][:g.n]...))
		s.Joint = append(s.Joint, append([]float64(nil), g.pairs.Joint[i][:g.n]...))
		s.Worked = append(s.Worked, append([]float64(nil), g.pairs.Worked[i][:g.n]...))
		s.Trust[i][i], s.Joint[i][i], s.Worked[i][i] = 0, 0, 0
	}
	for k := range g.open {
		o := &g.open[k]
		s.Opportunities = append(s.Opportunities, OpportunityView{Serial: o.Serial, Kind: o.Kind, Stage: o.Stage, SMEs: o.Team.ints(),
			Trust: o.Trust, Needed: o.Needed, RoundsLeft: o.RoundsLeft})
	}
	return s
}

func (t *Team) ints() []int {
	is := make([]int, t.n)
	for k := range is {
		is[k] = int(t.slot[k])
	}
	return is
}

// Name is the name of the SME in a slot, "" for -1.
func (g *Group) Name(slot int) string {
	if slot < 0 {
		return ""
	}
	return g.p.SMEName(g.members[slot].Ledger.Order)
}
