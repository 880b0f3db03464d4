package sim

// books are the group's ledgers since week 0. What must balance in them stands in
// check_test.go.
type books struct {
	// The manager.
	managerHours float64         // h granted
	tasks        [NTasks]float64 // h used
	doorsOpened  int             // by the manager's approaches

	// Cooperation.
	jointHours float64 // h of both sides
	jointActs  float64 // weeks of joint work, each link counted by the share its SMEs gave
	hubLeft    float64 // sum over hubWeeks of the hub's hours left when joint work began
	hubWeeks   int
	trust      float64       // sum over weeks of the active members' mean trust
	weeks      int           // with any active member
	withdrawn  [nReasons]int // members that turned passive or left, by reason

	// Sales.
	offers, deals, orders int
	dealValue, orderValue float64 // k€
	expected              float64 // k€: each decision of a customer by its chance, whatever came of it
	stageWeeks            [3]int  // weeks that won deals spent building trust, preparing the offer and negotiating
	firstDeal             int     // week; -1: none yet
	firstJoint            int     // week of the first deal of several SMEs; -1: none yet
	openAtEnd             float64 // k€ of opportunities undecided when public funding ended
	rescued               float64 // k€ of them that became deals after all

	publicCost, privateCost float64 // k€
	memberWeeks             int     // weeks of active members beside a manager
	weeksAlive              int     // with a manager, and somebody to be a group with
	managerChanges          int
	lost                    int // members that withdrew beside a manager, for any reason but that they had outgrown the group
}

// value is all sales so far, k€.
func (b *books) value() float64 { return b.dealValue + b.orderValue }

// noteWeeks counts the weeks that a deal won this week spent in each stage.
func (b *books) noteWeeks(o *opportunity, week int) {
	b.stageWeeks[StageTrust] += o.trusted - o.opened
	b.stageWeeks[StageOffer] += o.since - o.trusted
	b.stageWeeks[StageNegotiation] += week - o.since
}

// Use is what an SME's hour goes into.
type Use uint8

// The uses of an SME's hours. UseAvailable counts all it had; the others, which
// say where they went, add up to it.
const (
	UseAvailable    Use = iota
	UseRounds           // negotiation rounds
	UseMeetings         // customer meetings, with the manager or alone
	UseQuestions        // the manager's questions
	UseJoint            // joint work
	UseWasted           // joint work to which the other did not contribute
	UseCoordination     // coordinating joint work that the manager does not
	UseSearch           // seeking customers itself
	UseActivities       // fairs and trips
	UseNothing          // left over at the week's end
	NUses
)

// SMELedger is what one SME gave and got since it joined.
type SMELedger struct {
	Order                 int            // in which it joined, from 0: what Params.SMEName wants
	Hours                 [NUses]float64 // h, by Use
	Received              float64        // manager hours
	Activity              float64        // sum over weeks of its activity: the moving average of the share of its hours it made available
	Fees                  float64        // k€ that it paid of the group's cost, and put by
	Satisfaction          float64        // sum over Weeks
	Weeks                 int            // as an active member
	Deals, Orders         int            // first orders and repeat orders it took part in
	DealValue, OrderValue float64        // its share, k€
	Fairness              float64        // sum over Looks of fairness as it saw it
	Looks                 int            // at fairness
	Quarters              int            // of the project, with a sale
	lastSale              int            // quarter of the last sale, counted from 1
	Gained                float64        // export experience; known when Result was called
	Joined                int            // week after which it joined; 0: at the start
	Left                  int            // week in which it left or turned passive; 0: it has not
	Why                   Reason         // it did so
	Customers             int            // that it serves; known when Result was called, none of those that left an open group
}

// Value is the SME's share of all sales, k€.
func (l *SMELedger) Value() float64 { return l.DealValue + l.OrderValue }

// bookSale books a first order or a repeat one, in equal shares.
func (g *Group) bookSale(t *Team, value float64, first bool) {
	b := &g.books
	if first {
		b.deals++
		b.dealValue += value
		if b.firstDeal < 0 {
			b.firstDeal = g.week
		}
		if t.n > 1 && b.firstJoint < 0 {
			b.firstJoint = g.week
		}
	} else {
		b.orders++
		b.orderValue += value
	}
	part := value / float64(t.n)
	for _, s := range t.Members() {
		m := &g.members[s]
		m.sold += part
		l := &m.ledger
		if first {
			l.Deals++
			l.DealValue += part
		} else {
			m.again += part
			l.Orders++
			l.OrderValue += part
		}
		if q := g.week/quarter + 1; q != l.lastSale && g.inProject() {
			l.lastSale = q
			l.Quarters++
		}
	}
}
