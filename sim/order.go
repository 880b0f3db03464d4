package sim

// relation is a customer after the first deal.
type relation struct {
	serial       int // of the opportunity it came from, and
	kind         OpportunityKind
	team         Team
	leadID, nth  int     // the address of the customer's luck, as in opportunity
	value        float64 // k€, of the first order
	satisfaction float64
	vested       vested // parts of its trust that were not in the SMEs when it bought
	due          int    // week in which the next order is due
	dueDates     int    // so far, whether it ordered or not
}

// orderAddress is the serial number, in an address of luck, of the k-th due date
// of a lead's n-th customer, both from 0.
func orderAddress(nth, k int) int { return nth<<16 | k }

// welcome makes a relation of a won opportunity.
func (g *Group) welcome(o *opportunity) {
	r := relation{serial: o.serial, kind: o.kind, team: o.team, leadID: o.leadID, nth: o.nth, value: o.value,
		satisfaction: closenessValue + float64((1-closenessValue)*o.trust), vested: o.vested}
	g.schedule(&r)
	g.buyers = append(g.buyers, r)
}

// event is an event of the relation about SME i, with its numbers.
func (r *relation) event(kind EventKind, i int, a, b, c float64) Event {
	return Event{Kind: kind, SME: i, Other: -1, Team: r.team, Opportunity: r.serial, OpportunityKind: r.kind,
		Numbers: [3]float64{a, b, c}}
}

// schedule sets when the relation's next order is due.
func (g *Group) schedule(r *relation) {
	soon := g.luck.one(drawOrder, r.leadID, orderAddress(r.nth, r.dueDates))
	r.due = g.week + max(1, int(g.p.Orders.Every*(soonestOrder+soon)))
}

// fillOrders takes the repeat orders due this week. The customer may have gone for
// good. Else the team tends the relation, which cools in so far as its members have no
// hours for it, and the customer orders or not by its satisfaction.
func (g *Group) fillOrders() {
	p := &g.p.Orders
	kept := 0
	for k := range g.buyers {
		r := &g.buyers[k]
		if r.due == g.week {
			address := orderAddress(r.nth, r.dueDates)
			if g.luck.one(drawChurn, r.leadID, address) < p.Churn {
				if g.log != nil {
					g.tell(r.event(EventCustomerGone, r.team.lead(), 0, 0, 0))
				}
				continue
			}
			g.tend(r)
			value := g.p.Orders.Share * r.value
			g.books.expected += float64(r.satisfaction * value)
			if _, u := g.luck.pair(drawOrder, r.leadID, address); u < r.satisfaction {
				g.takeOrder(r, value)
			}
			r.dueDates++
			g.schedule(r)
		}
		if kept != k {
			g.buyers[kept] = *r
		}
		kept++
	}
	g.buyers = g.buyers[:kept]
}

// tend lets each member of the team give the relation the hours of a round of
// negotiation, in so far as it has them left.
func (g *Group) tend(r *relation) {
	hours, missing := g.p.Deal.RoundHours, 0.0
	for _, s := range r.team.Members() {
		if m := &g.members[s]; !m.graduated { // who graduated has people of its own for it
			missing += 1 - m.use(UseMeetings, hours)/hours
		}
	}
	r.satisfaction = max(0, r.satisfaction-float64(g.p.Orders.Cooling*missing/float64(r.team.n)))
}

// takeOrder books a repeat order.
func (g *Group) takeOrder(r *relation, value float64) {
	g.bookSale(&r.team, value, false)
	for _, s := range r.team.Members() {
		g.members[s].results += g.p.Commitment.CreditOrder
	}
	if g.log != nil {
		g.tell(r.event(EventOrder, r.team.lead(), value, r.satisfaction, float64(r.dueDates+1)))
	}
}
