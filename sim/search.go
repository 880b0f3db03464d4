package sim

// search is a planned approach to a customer who may not exist.
type search struct {
	kind    OpportunityKind
	columns columns
	team    Team
	nth     int // the lead's n-th customer
	market  int
	cost    float64 // h of whoever seeks
}

// planSearch plans the group's next approach. lead names the SME that would
// lead an opportunity of a kind, -1 if none can. ok is false when no kind of
// opportunity can be had now.
func (g *Group) planSearch(lead func(OpportunityKind) int) (s search, ok bool) {
	_, ok = g.nextKind(func(k OpportunityKind) bool {
		i, c := lead(k), &g.kinds[k]
		if i < 0 || c.hubLeads && i != g.hub || g.members[i].OpenOffers >= int(g.p.Manager.OpenLimit) {
			return false
		}
		t, ok := g.gather(c, i, g.members[i].Customers)
		if !ok {
			return false
		}
		s = search{kind: k, columns: *c, team: t, nth: g.members[i].Customers, market: g.marketFor(i)}
		return true
	})
	if !ok {
		return s, false
	}
	// Components are sold only to those whose production one knows.
	m := &g.members[s.team.lead()]
	strange := float64(m.Component * (1 - g.knowledgeOf(s.market)))
	s.cost = g.p.Manager.Prospect * g.perMember(s.team.n) * (1 + strange)
	return s, true
}

// approach looks for the customer and knocks at the door. quality is that of
// who knocks, known how well he or she knows the team's products. It opens an
// opportunity if such a customer exists, has not been approached before, and
// opens the door.
func (g *Group) approach(s *search, quality, known float64) {
	lead := s.team.lead()
	m := &g.members[lead]
	g.tried[s.kind]++
	m.Customers++
	m.LastSought = g.week
	g.books.DoorsTried++

	exists, left := g.luck.pair(drawExistence, m.ID, s.nth)
	door, fit := g.luck.pair(drawDoor, m.ID, s.nth)
	event := EventDoorOpened
	switch {
	case exists >= g.demand(s):
		event = EventNoSuchCustomer
	case left >= g.customersLeft(lead, s.market):
		event = EventNobodyLeft
	case door >= quality*g.doorChance(s.market, known):
		event = EventDoorClosed
	}
	if event != EventNobodyLeft && event != EventNoSuchCustomer {
		m.Contacted[s.market]++
	}
	var o *Opportunity
	if event == EventDoorOpened {
		g.books.DoorsOpened++
		o = g.openOpportunity(s, fit)
	}
	if g.log != nil {
		e := Event{Kind: event, SME: lead, Other: -1, Market: s.market, OpportunityKind: s.kind, Team: s.team}
		if o != nil {
			e.Opportunity = o.Serial
			e.Numbers = [3]float64{o.Value, o.Complexity, o.Needed}
		}
		g.tell(e)
	}
}

// demand is the chance that a customer with such a need exists: certain for
// what one SME offers alone; a joint offering must make sense together, the
// more so the more joint work goes into it, and be complex enough to be
// wanted whole.
func (g *Group) demand(s *search) float64 {
	if s.team.n < 2 {
		return 1
	}
	sum, n := 0.0, 0
	for a := range s.columns.centres(s.team.n) {
		for b := a + 1; b < s.team.n; b++ {
			sum += g.pairs.Complementarity[s.team.slot[a]][s.team.slot[b]]
			n++
		}
	}
	whole := min(1, s.columns.need/g.p.Deal.FullSystem)
	return sum / float64(n) * (1 - float64(whole*(1-g.technologyOf(&s.team))))
}

// doorChance is the chance that a customer in market j listens: cultural
// distance must be bridged, and whoever knocks must be credible, by product
// knowledge or by the experts of the control group.
func (g *Group) doorChance(j int, known float64) float64 {
	return (1 - g.gap(j)) * (1 - float64((1-known)*(1-g.p.Manager.Expertise)))
}

// technologyOf is the mean technology of a team.
func (g *Group) technologyOf(t *Team) float64 {
	sum := 0.0
	for _, s := range t.slot[:t.n] {
		sum += g.members[s].Technology
	}
	return sum / float64(t.n)
}

// experienceOf is the mean export experience of a team.
func (g *Group) experienceOf(t *Team) float64 {
	sum := 0.0
	for _, s := range t.slot[:t.n] {
		sum += g.members[s].Experience
	}
	return sum / float64(t.n)
}
