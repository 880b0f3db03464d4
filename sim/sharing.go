package sim

// sharing is how far the rules by which orders are shared speak for each SME, 1 for all
// where there are none: by turns, for who has fewest deals and open opportunities; by
// merit, for who has sold most lately; for the hub. Each is followed by its weight.
func (g *Group) sharing() (favours [MaxSMEs]float64) {
	p := &g.p.Norms
	fewest, most := never, 0.0
	for i := range g.n {
		if m := &g.members[i]; m.active {
			fewest, most = min(fewest, m.inHand()), max(most, m.flow)
		}
	}
	for i := range g.n {
		m := &g.members[i]
		turn, merit, hub := float64(1+fewest)/float64(1+m.inHand()), 1.0, 0.0
		if most > 0 {
			merit = m.flow / most
		}
		if i == g.hub {
			hub = 1
		}
		favours[i] = (1 - float64(p.Turns*(1-turn))) * (1 - float64(p.Merit*(1-merit))) * (1 - float64(p.Hub*(1-hub)))
	}
	return favours
}

// inHand is how many deals and open opportunities the SME has had a part in.
func (m *member) inHand() int { return m.ledger.Deals + m.openOffers }
