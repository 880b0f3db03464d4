package sim

import "math"

// Market is a target market.
type Market struct {
	Distance  float64 // cultural distance
	Customers float64 // possible customers one SME can find there
	Fit       float64 // mean fit of their needs
	Assistant float64 // h/week of a local export assistant
	Knowledge float64 // the manager's knowledge of it
	HelpLeft  float64 // h of the assistant left this week
}

func (g *Group) resetMarkets() {
	p := g.p
	g.nMarket = p.MarketCount()
	for j := range g.nMarket {
		m := Market{Distance: p.Markets.Distance, Customers: p.Markets.Customers, Fit: p.Markets.Fit, Assistant: p.Markets.Assistant}
		if len(p.MarketSpecs) > 0 {
			m.apply(&p.MarketSpecs[j])
		}
		g.markets[j] = m
	}
}

// apply overrides the general values by what the scenario lists.
func (m *Market) apply(s *MarketSpec) {
	take := func(to *float64, v float64) {
		if !math.IsNaN(v) {
			*to = v
		}
	}
	take(&m.Distance, s.Distance)
	take(&m.Customers, s.Customers)
	take(&m.Fit, s.Fit)
	take(&m.Assistant, s.Assistant)
}

// gap is what cultural distance takes away in market j: distance times what
// is not known of the market.
func (g *Group) gap(j int) float64 {
	return float64(g.markets[j].Distance * (1 - g.knowledgeOf(j)))
}

// knowledgeOf is what is known of market j: by the manager, or by a local
// assistant as long as there is one.
func (g *Group) knowledgeOf(j int) float64 {
	m := &g.markets[j]
	if m.Assistant > 0 && g.manager.Present {
		return max(m.Knowledge, g.p.Markets.LocalKnowledge)
	}
	return m.Knowledge
}

// learnMarket adds a share of what is not yet known of market j.
func (g *Group) learnMarket(j int, share float64) {
	m := &g.markets[j]
	m.Knowledge += float64(share * (1 - m.Knowledge))
}

// customersLeft is the share of the customers that SME i could find in market
// j and that neither it nor, in so far as they are its rivals, the others
// have approached.
func (g *Group) customersLeft(i, j int) float64 {
	met := g.members[i].Contacted[j]
	for k := range g.n {
		if k != i {
			met += float64(float64(g.p.Customer.Rivals*g.pairs.Rivalry[i][k]) * g.members[k].Contacted[j])
		}
	}
	return max(0, 1-met/g.markets[j].Customers)
}

// marketFor returns the market in which SME i has the most customers left.
func (g *Group) marketFor(i int) int {
	if g.nMarket == 1 {
		return 0
	}
	best, at := -1.0, 0
	for j := range g.nMarket {
		if s := g.customersLeft(i, j); s > best {
			best, at = s, j
		}
	}
	return at
}
