package sim

// shareActivities holds the quarterly trade fair or fact-finding trip, to the
// markets in turn. Each SME comes along with its commitment as probability.
// It is a light shared experience, and the group learns about the market.
func (g *Group) shareActivities() {
	if !g.manager.activity {
		return
	}
	p := g.p
	var came [MaxSMEs]bool
	for i := range g.n {
		m := &g.members[i]
		if m.active && g.luck.one(drawActivity, m.id, g.week) < m.commitment {
			came[i] = true
			m.use(UseActivities, p.Manager.Activity*activitySMEShare)
			m.learnExperience(p.Learning.MeetingGain)
		}
	}
	for i := range g.n {
		for j := range g.n {
			if i != j && came[i] && came[j] {
				g.experience(i, j, true, p.Trust.Light)
			}
		}
	}
	g.learnMarket(g.week/quarter%g.nMarket, p.Learning.MarketTrip)
}
