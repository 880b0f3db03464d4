package sim

// OpportunityKind is the kind of purchase a group goes after. A group's
// organisational form is a mix of the three and nothing else.
type OpportunityKind uint8

// The kinds of opportunities.
const (
	MarketSale   OpportunityKind = iota // one SME sells alone
	CustomerSale                        // some SMEs sell to a joint customer
	SystemSale                          // a hub and its suppliers sell a whole system
	nKinds
)

func (k OpportunityKind) String() string { return [...]string{"market", "customer", "system"}[k] }

// columns is what an opportunity's kind decides; nothing else may ask for it.
type columns struct {
	partners   int     // SMEs beside the lead
	fixed      bool    // always that many (as far as there are any), chosen whatever they fit
	star       bool    // links from the lead to each partner only; else between all of them
	hubLeads   bool    // led by the hub; else by any SME
	need       float64 // joint hours per link before the offer
	complexity float64 // added per partner
}

// columnsFor are the columns of all kinds under some parameters.
func columnsFor(p *Params) [nKinds]columns {
	return [nKinds]columns{
		MarketSale:   {},
		CustomerSale: {partners: int(p.Group.Partners), need: p.Joint.HoursCustomer, complexity: p.Customer.ComplexityCustomer},
		SystemSale: {partners: int(p.Group.Suppliers), fixed: true, star: true, hubLeads: true,
			need: p.Joint.HoursSystem, complexity: p.Customer.ComplexitySystem},
	}
}

// nextKind returns the kind of the next opportunity: the one whose weight in
// the mix has the largest credit not yet used, among those that allowed
// accepts. It draws no luck. ok is false when none can be had.
func (g *Group) nextKind(allowed func(OpportunityKind) bool) (best OpportunityKind, ok bool) {
	total := g.tried[MarketSale] + g.tried[CustomerSale] + g.tried[SystemSale] + 1
	var credit float64
	for k := MarketSale; k < nKinds; k++ {
		if g.weights[k] <= 0 {
			continue
		}
		if c := float64(total*g.weights[k]) - g.tried[k]; (!ok || c > credit) && allowed(k) {
			best, credit, ok = k, c, true
		}
	}
	return best, ok
}

// Team is the SMEs behind an opportunity: the lead first, then its partners.
type Team struct {
	n    int
	slot [MaxSMEs]uint8
}

func (t *Team) lead() int { return int(t.slot[0]) }

func (t *Team) has(i int) bool {
	for _, s := range t.slot[:t.n] {
		if int(s) == i {
			return true
		}
	}
	return false
}

func (t *Team) add(i int) { t.slot[t.n] = uint8(i); t.n++ }

// remove takes slot i out, keeping the order of the others.
func (t *Team) remove(i int) {
	k := 0
	for _, s := range t.slot[:t.n] {
		if int(s) != i {
			t.slot[k] = s
			k++
		}
	}
	t.n = k
}

// gather finds the partners of lead for its n-th customer. Each partner in
// turn is the SME with the largest tie, complementarity times trust times
// what this customer happens to need, to those already in: to the lead in a
// star, else the smallest tie to any of them. Where the number is not fixed, only
// while that tie is strong enough. It fails when a fixed number cannot be had
// although the group has the members.
func (g *Group) gather(c *columns, lead, nth int) (t Team, ok bool) {
	t.add(lead)
	if c.partners == 0 {
		return t, true
	}
	var tie, need [MaxSMEs]float64 // of each SME: to those already in; how far this customer needs it
	free := 0
	for j := range g.n {
		tie[j] = -1
		if j == lead || !g.members[j].Active {
			continue
		}
		free++
		if g.members[j].OpenOffers < int(g.p.Manager.OpenLimit) {
			need[j] = g.needFor(lead, j, nth)
			tie[j] = g.tie(lead, j, need[j])
		}
	}
	for t.n <= c.partners {
		j := largest(tie[:g.n])
		if j < 0 || !c.fixed && tie[j] < g.p.Joint.MinimumTie {
			break
		}
		t.add(j)
		tie[j] = -1
		if c.star || t.n > c.partners {
			continue
		}
		for k := range g.n {
			if tie[k] >= 0 {
				tie[k] = min(tie[k], g.tie(j, k, need[k]))
			}
		}
	}
	return t, !c.fixed || t.n > min(c.partners, free)
}

// needFor is how far the lead's n-th customer happens to need SME j.
func (g *Group) needFor(lead, j, nth int) float64 {
	return leastNeed + g.luck.one(drawNeed, pairOf(g.members[lead].ID, g.members[j].ID), nth)
}

// tie is that from i to j in the eyes of a customer who needs j so far.
func (g *Group) tie(i, j int, need float64) float64 {
	return float64(g.pairs.Complementarity[i][j]*g.pairs.Trust[i][j]) * need
}

// largest returns the index of the largest non-negative value, the first of
// equals; -1 if there is none.
func largest(xs []float64) int {
	at := 0
	for i, x := range xs {
		if x > xs[at] {
			at = i
		}
	}
	if xs[at] < 0 {
		return -1
	}
	return at
}
