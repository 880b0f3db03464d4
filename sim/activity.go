package sim

// shareActivities holds the quarterly trade fair or fact-finding trip, to the
// markets in turn. Each SME comes along with a probability: its commitment, in so far
// as it comes when it is asked.
// It is a light shared experience, the group learns about the market, and each SME
// that came meets possible customers there: whom the group goes after next.
func (g *Group) shareActivities() {
	if !g.manager.activity {
		return
	}
	p := g.p
	var came [MaxSMEs]bool
	for i := range g.n {
		m := &g.members[i]
		if m.active && g.luck.one(drawActivity, m.id, g.week) < float64(m.commitment*m.response) {
			came[i] = true
			m.use(UseActivities, p.Manager.Activity*activitySMEShare)
			m.learnExperience(p.Learning.MeetingGain)
		}
	}
	for i := range g.n {
		for j := range g.n {
			if i != j && came[i] && came[j] {
				g.experience(i, j, true, float64(lightExperience*p.Trust.Weight))
			}
		}
	}
	market := g.week / quarter % g.nMarket
	g.learnMarket(market, p.Learning.MarketTrip)
	for i := range g.n {
		if came[i] {
			g.meetAtFair(i, market)
		}
	}
}

// meetAtFair lets SME i make its contacts at a fair: approaches at no further hours,
// knocking at open doors with full knowledge of what it offers.
func (g *Group) meetAtFair(i, market int) {
	for range int(g.p.Manager.Contacts) {
		s, ok := g.planSearch(func(OpportunityKind) int { return i })
		if !ok {
			return
		}
		s.market = market
		g.approach(&s, 1, 1)
	}
}
