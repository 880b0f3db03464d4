package sim

// observe notes what the week was like. It draws no luck and decides nothing.
func (g *Group) observe() {
	b := &g.books
	trust, commitment, n := 0.0, 0.0, 0
	members := g.members[:g.n]
	for i := range members {
		m := &members[i]
		m.use(UseNothing, m.Left)
		m.Ledger.Activity += m.Activity
		if m.Active {
			trust += m.Trusting
			commitment += m.Commitment
			n++
		}
	}
	if n > 0 {
		trust, commitment = trust/float64(n), commitment/float64(n)
	}
	b.Trust += trust
	b.Commitment += commitment
	b.Weeks++
	week := g.week + 1
	if week%WeeksPerYear == 0 {
		g.years[week/WeeksPerYear-1] = b.Value()
	}
	g.mark(week)
	if g.series != nil {
		g.series.note(g, trust, commitment, n)
	}
}

// noteEnd keeps the books as they stand when public funding ends.
func (g *Group) noteEnd() {
	g.books.OpenAtEnd = g.openValue()
	for k := range g.open {
		g.open[k].openAtEnd = true
	}
	g.projectEnd = g.books
	g.endState, g.hoursAtEnd = g.endNow(), g.availableHours()
}

// endState is what is wanted of the members at the end of the project.
type endState struct {
	Trust, Commitment, Gained, Fairness, Regularity float64
	Active                                          int
}

func (g *Group) endNow() endState {
	var e endState
	looks, quarters := 0, max(1, g.end/quarter)
	for i := range g.n {
		m := &g.members[i]
		e.Trust += m.Trusting / float64(g.n)
		e.Commitment += m.Commitment / float64(g.n)
		e.Gained += m.gained() / float64(g.n)
		e.Fairness += m.Ledger.Fairness
		looks += m.Ledger.Looks
		e.Regularity += min(1, float64(m.Ledger.Quarters)/float64(quarters)) / float64(g.n)
	}
	e.Fairness /= float64(max(1, looks))
	e.Active = g.actives()
	return e
}

// gained is the export experience the SME has gained in the group.
func (m *Member) gained() float64 { return m.Experience - m.entered }

// mark is what has been sold and worked jointly by a certain week.
type mark struct {
	value float64
	acts  int
}

// The weeks of interest for what lasts.
const ( // a year apart
	markYearBefore = iota // a year before the project's end
	markEnd
	markFirstYear // of the follow-up
	markSecondYear
	nMarks
)

func (g *Group) mark(week int) {
	if since := week - g.end + WeeksPerYear; since >= 0 && since%WeeksPerYear == 0 && since/WeeksPerYear < nMarks {
		g.marks[since/WeeksPerYear] = mark{g.books.Value(), g.books.JointActs}
	}
}

// Series is a weekly record of the group. Each column has one value a week.
type Series struct {
	Weeks   int
	Columns [NColumns][]float64

	jointBefore, hoursBefore float64
	tasksBefore              [NTasks]float64
}

// Column is a quantity recorded every week.
type Column uint8

// The weekly columns.
const (
	ColDeals Column = iota
	ColOrders
	ColValue
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

// ColTask is the column of the manager's hours in a task.
func ColTask(t Task) Column { return colTasks + Column(t) }

// ColumnInfo says what a weekly column means.
type ColumnInfo struct{ Name, Unit, Doc string }

// Info returns a column's name, unit and meaning.
func (c Column) Info() ColumnInfo {
	if c >= colTasks {
		t := Task(c - colTasks)
		return ColumnInfo{"hours_" + columnName(t.String()), "h/week", "hours of the export manager this week: " + t.String()}
	}
	return [colTasks]ColumnInfo{
		{"deals", "deals", "first orders of new customers so far"},
		{"orders", "orders", "repeat orders so far"},
		{"value", "k€", "value of all orders so far"},
		{"building", "opportunities", "opportunities whose customer's trust is being built"},
		{"offers", "opportunities", "opportunities whose offer is being prepared"},
		{"negotiating", "opportunities", "opportunities under negotiation"},
		{"open_value", "k€", "value of all opportunities not yet decided"},
		{"trust", "1", "mean trust of the active SMEs in each other"},
		{"customer_trust", "1", "mean trust of the customers of open opportunities; missing while there are none"},
		{"cooperation", "1", "joint hours as a share of the hours the SMEs had for the project this week"},
		{"commitment", "1", "mean commitment of the active SMEs"},
		{"active", "SMEs", "active members"},
		{"customers", "customers", "customers that may order again"},
	}[c]
}

func columnName(s string) string {
	b := []byte(s)
	for i := range b {
		if b[i] == ' ' {
			b[i] = '_'
		}
	}
	return string(b)
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

// note writes this week's values.
func (s *Series) note(g *Group, trust, commitment float64, active int) {
	b := &g.books
	put := func(c Column, v float64) { s.Columns[c][g.week] = v }
	put(ColDeals, float64(b.Deals))
	put(ColOrders, float64(b.Orders))
	put(ColValue, b.Value())
	var stages [StageLost + 1]int
	customer := 0.0
	for k := range g.open {
		stages[g.open[k].Stage]++
		customer += g.open[k].Trust
	}
	put(ColBuilding, float64(stages[StageTrust]))
	put(ColOffers, float64(stages[StageOffer]))
	put(ColNegotiating, float64(stages[StageNegotiation]))
	put(ColOpenValue, g.openValue())
	put(ColTrust, trust)
	put(ColCustomerTrust, over(customer, float64(len(g.open))))
	hours := g.availableHours()
	put(ColCooperation, share(b.JointHours-s.jointBefore, hours-s.hoursBefore))
	s.jointBefore, s.hoursBefore = b.JointHours, hours
	put(ColCommitment, commitment)
	put(ColActive, float64(active))
	put(ColCustomers, float64(len(g.buyers)))
	for t := range NTasks {
		put(ColTask(t), b.Tasks[t]-s.tasksBefore[t])
		s.tasksBefore[t] = b.Tasks[t]
	}
}

// availableHours is all hours that SMEs had for the project so far.
func (g *Group) availableHours() float64 {
	sum := 0.0
	for i := range g.n {
		sum += g.members[i].Ledger.Hours[UseAvailable]
	}
	for k := range g.former {
		sum += g.former[k].Hours[UseAvailable]
	}
	return sum
}
