package sim

import "math"

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

// ownSale is the kind an SME goes after by itself when it cannot lead what the
// group goes after next: it sells alone what it makes.
const ownSale = MarketSale

func (k OpportunityKind) String() string { return [...]string{"market", "customer", "system"}[k] }

// columns is what an opportunity's kind decides, as a row of the table in ODD.md,
// 2.3. Whatever a rule wants to know of a kind it asks of these, never the kind.
type columns struct {
	partners   int     // SMEs beside the lead
	fixed      bool    // always that many (fewer only in a smaller group), however weak their ties
	star       bool    // links from the lead to each partner only; else between all of them
	hubLeads   bool    // led by the hub; else, as where it has no suppliers, by any SME
	need       float64 // joint hours per link before the offer
	complexity float64 // added per partner
	whole      float64 // how far it must be one whole: by the joint hours it takes
}

// columnsFor are the columns of all kinds under some parameters.
func columnsFor(p *Params) [nKinds]columns {
	kinds := [nKinds]columns{
		MarketSale:   {},
		CustomerSale: {partners: int(p.Group.Partners), need: p.Joint.HoursCustomer, complexity: p.Customer.Complexity},
		SystemSale: {partners: int(p.Group.Suppliers), fixed: true, star: true, hubLeads: p.Group.Suppliers > 0,
			need: p.Joint.HoursSystem, complexity: p.Customer.Complexity},
	}
	for k := range kinds {
		kinds[k].whole = math.Sqrt(min(1, kinds[k].need/fullSystem))
	}
	return kinds
}

// nextKind returns the kind of the next opportunity: the one furthest behind its
// weight in the mix, among those that are well behind and that allowed accepts. What
// is not due yet is not sought in place of what is: nobody's hours go into a kind
// only because those for the others are scarce. It draws no luck. ok is false when
// none can be had.
func (g *Group) nextKind(allowed func(OpportunityKind) bool) (best OpportunityKind, ok bool) {
	total := g.tried[MarketSale] + g.tried[CustomerSale] + g.tried[SystemSale] + 1
	var credit float64
	for k := MarketSale; k < nKinds; k++ {
		if c := float64(total*g.weights[k]) - g.tried[k]; c >= leastCredit && (!ok || c > credit) && allowed(k) {
			best, credit, ok = k, c, true
		}
	}
	return best, ok
}

// centres returns those of a team that have links to all who stand behind them
// in it: the lead alone in a star, else everybody.
func (c *columns) centres(team []uint8) []uint8 {
	if c.star {
		return team[:1]
	}
	return team
}
