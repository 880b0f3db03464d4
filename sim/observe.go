package sim

import "strings"

// observe notes what the week was like. It draws no luck and decides nothing.
func (g *Group) observe() {
	b := &g.books
	trust, commitment, n := 0.0, 0.0, 0
	members := g.members[:g.n]
	for i := range members {
		m := &members[i]
		m.use(UseNothing, m.left)
		m.ledger.Activity += m.activity
		if m.active {
			trust += m.trusting
			commitment += m.commitment
			m.ledger.Satisfaction += m.satisfaction
			m.ledger.Weeks++
			n++
		}
	}
	trust, commitment = over(trust, float64(n)), over(commitment, float64(n))
	if n > 0 {
		b.trust += trust
		b.weeks++
	}
	if g.manager.present && n >= min(2, g.n) {
		b.weeksAlive++
	}
	g.history[g.week+1] = Tally{b.value(), b.expected, b.publicCost, b.privateCost, b.jointActs}
	if g.series != nil {
		g.series.note(g, trust, commitment, n)
	}
}

// noteEnd keeps the books and the members' state as they are when public funding
// ends.
func (g *Group) noteEnd(kept bool) {
	g.books.openAtEnd = g.openValue()
	for k := range g.open {
		g.open[k].openAtEnd, g.open[k].valueAtEnd = true, g.open[k].value
	}
	g.projectEnd = g.books
	g.endState = g.stateNow()
	g.endState.kept = kept
}

// endState is what outcomes want to know of the members at the end of the project.
type endState struct {
	trust, commitment, gained, fairness, regularity float64 // means; ODD-supplement.md, S4, has their formulas
	active                                          int     // members
	hours                                           float64 // h the SMEs have had
	kept                                            bool    // they keep the manager
}

func (g *Group) stateNow() endState {
	e := endState{active: g.actives(), hours: g.availableHours()}
	looks, quarters := 0, max(1, g.end/quarter)
	for i := range g.n {
		m := &g.members[i]
		e.trust += m.trusting / float64(g.n)
		e.commitment += m.commitment / float64(g.n)
		e.gained += m.gained() / float64(g.n)
		e.fairness += m.ledger.Fairness
		looks += m.ledger.Looks
		e.regularity += min(1, float64(m.ledger.Quarters)/float64(quarters)) / float64(g.n)
	}
	e.fairness /= float64(max(1, looks))
	return e
}

// gained is the export experience the SME has gained in the group.
func (m *member) gained() float64 { return m.experience - m.entered }

// Tally is what a group has come to by the end of a week, all sums from the start.
type Tally struct {
	Value           float64 // k€ of all orders
	Expected        float64 // the same, each order by its chance in place of whether it came; see ValueTotalExpected
	Public, Private float64 // k€ that the public and the SMEs have paid
	JointActs       float64 // weeks of joint work, each link counted by the share its SMEs gave
}

// since is what came from one tally to another.
func (t Tally) since(before Tally) Tally {
	return Tally{t.Value - before.Value, t.Expected - before.Expected, t.Public - before.Public, t.Private - before.Private, t.JointActs - before.JointActs}
}

// Series is a weekly record of a group: Columns[c][w] is what column c was in
// week w+1. Missing values are NaN. It may be used again for other runs.
type Series struct {
	Weeks   int
	Columns [NColumns][]float64 // by Column

	jointBefore, hoursBefore float64
	tasksBefore              [NTasks]float64
}

// Column is a quantity recorded every week.
type Column uint8

// The weekly columns. Info says what each means.
const (
	ColDeals Column = iota
	ColOrders
	ColValue
	ColValueExpected
	ColBuilding
	ColOffers
	ColNegotiating
	ColOpenValue
	ColTrust
	ColCustomerTrust
	ColCooperation
	ColCommitment
	ColActive
	ColCustomers
	colTasks // one for each task of the manager follows

	NColumns = colTasks + Column(NTasks)
)

// ColTask is the column of the hours the manager puts into a task.
func ColTask(t Task) Column { return colTasks + Column(t) }

// ColumnInfo says what a weekly column is.
type ColumnInfo struct {
	Name string // in files
	Kind Quantity
	Unit string // "1" for a pure number
	Doc  string // what it means, in one sentence without a full stop
}

// Info returns what a column means.
func (c Column) Info() ColumnInfo {
	if c >= colTasks {
		t := Task(c - colTasks)
		return ColumnInfo{"hours_" + strings.ReplaceAll(t.String(), " ", "_"), Work, "h/week", "hours of the export manager this week: " + t.String()}
	}
	return [colTasks]ColumnInfo{
		{"deals", Count, "deals", "first orders of new customers so far"},
		{"orders", Count, "orders", "repeat orders so far"},
		{"value", Money, "k€", "value of all orders so far"},
		{"value_expected", Money, "k€", "value of all orders so far, with each by its chance in place of whether it came"},
		{"building", Count, "opportunities", "opportunities whose customer's trust is being built"},
		{"offers", Count, "opportunities", "opportunities whose offer is being prepared"},
		{"negotiating", Count, "opportunities", "opportunities under negotiation"},
		{"open_value", Money, "k€", "value of all opportunities not yet decided"},
		{"trust", Share, "1", "mean trust of the active SMEs in each other"},
		{"customer_trust", Share, "1", "mean trust of the customers of open opportunities; missing while there are none"},
		{"cooperation", Share, "1", "joint hours as a share of the hours the SMEs had for the project this week"},
		{"commitment", Share, "1", "mean commitment of the active SMEs"},
		{"active", Count, "SMEs", "active members"},
		{"customers", Count, "customers", "customers that may order again"},
	}[c]
}

func (s *Series) reset(p *Params) {
	s.Weeks = p.TotalWeeks()
	s.jointBefore, s.hoursBefore, s.tasksBefore = 0, 0, [NTasks]float64{}
	for c := range s.Columns {
		if cap(s.Columns[c]) < s.Weeks {
			s.Columns[c] = make([]float64, s.Weeks)
		}
		s.Columns[c] = s.Columns[c][:s.Weeks]
	}
}

// Copy makes the series the same as another.
func (s *Series) Copy(from *Series) {
	s.Weeks = from.Weeks
	s.jointBefore, s.hoursBefore, s.tasksBefore = from.jointBefore, from.hoursBefore, from.tasksBefore
	for c := range s.Columns {
		s.Columns[c] = append(s.Columns[c][:0], from.Columns[c]...)
	}
}

// take takes over the first weeks of another series, for a run with p that goes on from there.
func (s *Series) take(from *Series, p *Params, weeks int) {
	s.reset(p)
	for c := range s.Columns {
		copy(s.Columns[c], from.Columns[c][:weeks])
	}
	s.jointBefore, s.hoursBefore, s.tasksBefore = from.jointBefore, from.hoursBefore, from.tasksBefore
}

// note writes this week's values.
func (s *Series) note(g *Group, trust, commitment float64, active int) {
	b := &g.books
	put := func(c Column, v float64) { s.Columns[c][g.week] = v }
	put(ColDeals, float64(b.deals))
	put(ColOrders, float64(b.orders))
	put(ColValue, b.value())
	put(ColValueExpected, b.expected)
	var stages [StageLost + 1]int
	customer := 0.0
	for k := range g.open {
		stages[g.open[k].stage]++
		customer += g.open[k].trust
	}
	put(ColBuilding, float64(stages[StageTrust]))
	put(ColOffers, float64(stages[StageOffer]))
	put(ColNegotiating, float64(stages[StageNegotiation]))
	put(ColOpenValue, g.openValue())
	put(ColTrust, trust)
	put(ColCustomerTrust, over(customer, float64(len(g.open))))
	hours := g.availableHours()
	put(ColCooperation, share(b.jointHours-s.jointBefore, hours-s.hoursBefore))
	s.jointBefore, s.hoursBefore = b.jointHours, hours
	put(ColCommitment, commitment)
	put(ColActive, float64(active))
	put(ColCustomers, float64(len(g.buyers)))
	for t := range NTasks {
		put(ColTask(t), b.tasks[t]-s.tasksBefore[t])
		s.tasksBefore[t] = b.tasks[t]
	}
}

// availableHours is all hours that SMEs had for the project so far, with those
// that have left.
func (g *Group) availableHours() float64 {
	sum := 0.0
	for i := range g.n {
		sum += g.members[i].ledger.Hours[UseAvailable]
	}
	for k := range g.former {
		sum += g.former[k].Hours[UseAvailable]
	}
	return sum
}
