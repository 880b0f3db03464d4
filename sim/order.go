package sim

// Relation is a customer after the first deal.
type Relation struct {
	Serial       int // of the opportunity it came from
	Team         Team
	LeadID, Nth  int // the address of the customer's luck
	Market       int
	Value        float64 // k€, of the first order
	Satisfaction float64
	Vested       float64 // trust in the manager as a person
	Due          int     // week in which the next order is due
	Orders       int     // due dates so far
}

// orderAddress is the serial number of a customer's k-th due date.
func orderAddress(nth, k int) int { return nth<<16 | k }

// welcome makes a relation of a won opportunity.
func (g *Group) welcome(o *Opportunity) {
	r := Relation{Serial: o.Serial, Team: o.Team, LeadID: o.LeadID, Nth: o.Nth, Market: o.Market,
		Value: o.Value, Satisfaction: closenessValue + float64((1-closenessValue)*o.Trust), Vested: o.Vested}
	g.schedule(&r)
	g.buyers = append(g.buyers, r)
}

// schedule sets when the relation's next order is due.
func (g *Group) schedule(r *Relation) {
	soon := g.luck.one(drawOrder, r.LeadID, orderAddress(r.Nth, r.Orders))
	r.Due = g.week + max(1, int(g.p.Orders.Every*(soonestOrder+soon)))
}

// fillOrders takes the repeat orders due this week: the customer may have
// gone for good, may order or not by its satisfaction, and every member of
// the team has to deliver.
func (g *Group) fillOrders() {
	p := &g.p.Orders
	kept := 0
	for k := range g.buyers {
		r := &g.buyers[k]
		if r.Due == g.week {
			address := orderAddress(r.Nth, r.Orders)
			if g.luck.one(drawChurn, r.LeadID, address) < p.Churn || r.Team.n == 0 {
				g.books.Churned++
				if g.log != nil {
					g.tell(Event{Kind: EventCustomerGone, SME: r.Team.lead(), Other: -1, Opportunity: r.Serial, Team: r.Team})
				}
				continue
			}
			if _, u := g.luck.pair(drawOrder, r.LeadID, address); u < r.Satisfaction {
				g.deliver(r, address)
			}
			r.Orders++
			g.schedule(r)
		}
		if kept != k {
			g.buyers[kept] = *r
		}
		kept++
	}
	g.buyers = g.buyers[:kept]
}

// deliver books a repeat order. A member too busy and too little committed to
// deliver its part costs the customer's satisfaction and the partners' trust.
func (g *Group) deliver(r *Relation, address int) {
	p := &g.p.Orders
	value := p.Share * r.Value
	g.bookSale(&r.Team, value, false)
	for _, s := range r.Team.slot[:r.Team.n] {
		m := &g.members[s]
		m.Results += g.p.Commitment.CreditOrder
		fails := p.Strain * m.Workload * (1 - m.Commitment)
		if g.luck.one(drawDelivery, pairOf(r.LeadID, m.ID), address) >= fails {
			continue
		}
		r.Satisfaction = max(0, r.Satisfaction-p.Failure)
		g.books.Failures++
		for _, o := range r.Team.slot[:r.Team.n] {
			if o != s {
				g.experience(int(o), int(s), false, g.p.Trust.Weight)
			}
		}
		if g.log != nil {
			g.tell(Event{Kind: EventFailure, SME: int(s), Other: -1, Opportunity: r.Serial, Team: r.Team,
				Numbers: [3]float64{fails, r.Satisfaction, 0}})
		}
	}
	if g.log != nil {
		g.tell(Event{Kind: EventOrder, SME: r.Team.lead(), Other: -1, Opportunity: r.Serial, Team: r.Team,
			Numbers: [3]float64{value, r.Satisfaction, float64(r.Orders + 1)}})
	}
}
