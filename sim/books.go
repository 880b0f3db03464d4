package sim

// Books are the group's ledgers since week 0. Check says what must balance.
type Books struct {
	// The manager's hours: granted, by task, and those of the assistants.
	ManagerHours   float64
	Tasks          [NTasks]float64
	AssistantHours float64
	AssistantUsed  float64
	Meetings       int
	DoorsTried     int
	DoorsOpened    int

	// Cooperation.
	JointHours   float64 // of both sides
	JointActs    int
	Shirked      int     // times one side contributed alone
	RoundsMissed int     // times an SME had no hours for a negotiation round
	HubLeft      float64 // sum over HubWeeks of the hub's hours left when joint work began
	HubWeeks     int

	// Sales.
	Offers, Deals, Orders int
	DealValue, OrderValue float64 // k€
	FirstDeal             int     // week; -1: none yet
	Churned, Failures     int
	Lost                  [NLosses]int
	Withdrawn             [NReasons]int // members that turned passive or left, by reason
	Left                  int           // of them, those that left an open group

	// Money, k€.
	PublicCost, PrivateCost float64

	OpenAtEnd float64 // k€ of opportunities undecided when public funding ended
	Rescued   float64 // k€ of them that became deals after all

	Trust, Commitment float64 // sums over weeks of the group's means
	Weeks             int
}

// Value is all sales so far, k€.
func (b *Books) Value() float64 { return b.DealValue + b.OrderValue }

// Use is what an SME's hour goes into.
type Use uint8

// The uses of SME hours. UseAvailable counts all hours it had.
const (
	UseAvailable  Use = iota
	UseRounds         // negotiation rounds
	UseMeetings       // customer meetings, with the manager or alone
	UseQuestions      // the manager's questions
	UseJoint          // joint work
	UseWasted         // joint work to which the other did not contribute
	UseSearch         // seeking customers itself
	UseActivities     // fairs and trips
	UseNothing        // left over at the week's end
	NUses
)

// SMELedger is what one SME gave and got.
type SMELedger struct {
	ID                    int // index of the SME among the candidates
	Order                 int // in which it joined, from 0; what it is named after
	Hours                 [NUses]float64
	Received              float64 // manager hours
	Activity              float64 // sum over weeks of its activity
	Deals, Orders         int
	DealValue, OrderValue float64 // its share, k€
	Fairness              float64 // sum over Looks of fairness as it saw it
	Looks                 int
	Quarters              int     // with a sale
	lastSale              int     // quarter of the last sale, counted from 1
	Gained                float64 // export experience since it joined
}

// Value is the SME's share of all sales, k€.
func (l *SMELedger) Value() float64 { return l.DealValue + l.OrderValue }

// bookSale books a first order or a repeat one, in equal shares.
func (g *Group) bookSale(t *Team, value float64, first bool) {
	b := &g.books
	if first {
		b.Deals++
		b.DealValue += value
		if b.FirstDeal < 0 {
			b.FirstDeal = g.week
		}
	} else {
		b.Orders++
		b.OrderValue += value
	}
	part := value / float64(t.n)
	for _, s := range t.slot[:t.n] {
		m := &g.members[s]
		m.sold += part
		l := &m.Ledger
		if first {
			l.Deals++
			l.DealValue += part
		} else {
			l.Orders++
			l.OrderValue += part
		}
		if q := g.week/quarter + 1; q != l.lastSale && g.inProject() {
			l.lastSale = q
			l.Quarters++
		}
	}
}

// bookCosts books what the week costs. In the project the public pays its
// share; a manager who is kept afterwards is paid by the SMEs.
func (g *Group) bookCosts() {
	if !g.manager.Present {
		return
	}
	cost := float64(g.yearlyCost() / WeeksPerYear)
	public := 0.0
	if g.inProject() {
		public = cost * g.p.Project.Subsidy
	}
	g.books.PublicCost += float64(public)
	g.books.PrivateCost += cost - public
}

// yearlyCost is what manager, assistants and running costs come to, k€.
func (g *Group) yearlyCost() float64 {
	m := &g.p.Money
	cost := float64(m.Manager*g.p.Manager.Hours/fullTimeManager) + float64(m.Running*float64(g.actives()))
	for j := range g.nMarket {
		cost += float64(m.Assistant * g.markets[j].Assistant / fullTimeAssistant)
	}
	return cost + float64(m.Market*float64(g.nMarket-1))
}
