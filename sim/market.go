package sim

// market is a target market.
type market struct {
	distance  float64 // cultural distance
	customers float64 // possible customers that one SME can find there
	fit       float64 // mean fit of the SMEs' offers with their needs
	luck      float64 // what all offers have in common there: a standard normal draw
	assistant float64 // h/week of a local export assistant
	knowledge float64 // what the manager and the SMEs have learnt of it
	helpLeft  float64 // h of the assistant left this week
}

func (g *Group) resetMarkets() {
	p := g.p
	g.nMarket = p.MarketCount()
	for j := range g.nMarket {
		m := market{distance: p.Markets.Distance, customers: p.Markets.Customers, fit: p.Markets.Fit, assistant: p.Markets.Assistant}
		if len(p.MarketSpecs) > 0 {
			m.apply(&p.MarketSpecs[j])
		}
		m.luck = normal(g.luck.one(drawMarket, j, 0))
		g.markets[j] = m
	}
}

// apply overrides the general values by what the scenario lists.
func (m *market) apply(s *MarketSpec) {
	override(&m.distance, s.Distance)
	override(&m.customers, s.Customers)
	override(&m.fit, s.Fit)
	override(&m.assistant, s.Assistant)
}

// gap is what is left of cultural distance in market j: distance times what is
// not known of the market.
func (g *Group) gap(j int) float64 {
	return float64(g.markets[j].distance * (1 - g.knowledgeOf(j)))
}

// knowledgeOf is what is known of market j: what has been learnt, or what a local
// assistant brings as long as there is one.
func (g *Group) knowledgeOf(j int) float64 {
	m := &g.markets[j]
	if m.assistant > 0 && g.manager.present {
		return max(m.knowledge, g.p.Markets.LocalKnowledge)
	}
	return m.knowledge
}

// learnMarket adds a share of what is not yet known of market j.
func (g *Group) learnMarket(j int, share float64) {
	m := &g.markets[j]
	m.knowledge += float64(share * (1 - m.knowledge))
}

// customersLeft is the share of the customers that SME i could find in market
// j and that neither it nor, in so far as they are its rivals, the others
// have approached.
func (g *Group) customersLeft(i, j int) float64 {
	met := g.members[i].contacted[j]
	for k := range g.n {
		if k != i {
			met += float64(g.pairs.rivalry[i][k] * g.members[k].contacted[j])
		}
	}
	return max(0, 1-met/g.markets[j].customers)
}

// promiseOf is how often doors have opened to SME i in market j, as far as has been
// seen: one half before anybody has knocked.
func (g *Group) promiseOf(i, j int) float64 {
	m := &g.members[i]
	return (m.doors[j] + 1) / (m.approaches[j] + 2)
}

// marketFor returns the market in which SME i has the most customers left, in so far
// as doors open to it there.
func (g *Group) marketFor(i int) int {
	if g.nMarket == 1 {
		return 0
	}
	best, at := -1.0, 0
	for j := range g.nMarket {
		if s := float64(g.customersLeft(i, j) * g.promiseOf(i, j)); s > best {
			best, at = s, j
		}
	}
	return at
}
