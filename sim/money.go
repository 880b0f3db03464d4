package sim

import "math"

// bookCosts books what the week costs while there is a manager: the public pays its
// share, the SMEs the rest and what they put by. In a year that the reserve pays they
// pay only what it lacks.
func (g *Group) bookCosts() {
	if !g.manager.present {
		return
	}
	b, r := &g.books, &g.reserve
	cost := float64(g.yearlyCost() / WeeksPerYear)
	public := float64(cost * g.publicShare())
	private := cost - public
	b.publicCost += public
	if g.promoted() {
		b.publicCost += float64(promoterCost * g.p.Formation.Promoter / WeeksPerYear)
	}
	if r.pays {
		drawn := min(r.saved, private)
		r.saved -= drawn
		private -= drawn
	} else if g.p.Money.Reserve > 0 {
		put := float64(g.p.Money.Reserve * private)
		r.saved += put
		private += put
	}
	b.privateCost += private
	b.memberWeeks += g.charge(private)
}

// reserve is what the SMEs have put by for a year in which too few would keep the manager.
type reserve struct {
	saved float64 // k€
	pays  bool    // the members' part of this year
}

// charge divides an amount among the active members by the rule of their fees; one below
// 0 is paid back. It returns their number.
func (g *Group) charge(amount float64) (active int) {
	f := g.feesFor(amount)
	members := g.members[:g.n]
	for i := range members {
		if m := &members[i]; m.active {
			m.ledger.Fees += f.of(m)
			active++
		}
	}
	return active
}

// publicShare is the share of the week's cost that the public pays: the full one, to the
// end of the project at the latest, then falling by equal steps from year to year to what
// lasts.
func (g *Group) publicShare() float64 { return g.p.PublicShare(g.week, g.end) }

// PublicShare is the share of a week's cost that the public pays while the group has a
// manager, in a project of so many weeks; weeks count from 0.
func (p *Params) PublicShare(week, project int) float64 {
	q := &p.Project
	full := min(project, int(math.Round(q.Full*WeeksPerYear)))
	if week < full {
		return q.Subsidy
	}
	year := float64((week-full)/WeeksPerYear + 1) // of the fall, from 1
	left := max(0, 1-year/(q.Fade+1))
	return q.Lasting + float64((q.Subsidy-q.Lasting)*left)
}

// membersPart is what the SMEs pay of a year's cost, and put by, k€.
func (g *Group) membersPart() float64 {
	return float64(float64(g.yearlyCost()*(1-g.publicShare())) * (1 + g.p.Money.Reserve))
}

// fees divide an amount among the active members: equally, by size and by use.
type fees struct {
	equal, size, use float64 // k€; k€ per h/week of capacity; k€ per manager hour a week got lately
}

// of is an active member's part.
func (f *fees) of(m *member) float64 {
	return f.equal + float64(f.size*m.capacity) + float64(f.use*m.received)
}

// feesFor divides an amount. Where nobody has any size, or use, the parts by it are equal.
func (g *Group) feesFor(amount float64) (f fees) {
	p := &g.p.Money
	use := float64(p.FeeUse * amount)
	size := float64(p.FeeSize * (amount - use))
	f.equal = amount - use - size
	if use != 0 || size != 0 {
		sizes, uses := 0.0, 0.0
		for i := range g.n {
			if m := &g.members[i]; m.active {
				sizes += m.capacity
				uses += m.received
			}
		}
		if sizes > 0 {
			f.size = size / sizes
		} else {
			f.equal += size
		}
		if uses > 0 {
			f.use = use / uses
		} else {
			f.equal += use
		}
	}
	f.equal = share(f.equal, float64(g.actives()))
	return f
}

// yearlyCost is what manager, assistants and running costs come to, k€.
func (g *Group) yearlyCost() float64 {
	m := &g.p.Money
	return g.costFor(float64(m.Manager*g.p.Manager.Hours/fullTimeManager), g.actives())
}

// costFor is what a year costs with a manager who costs so much, for so many members, k€.
func (g *Group) costFor(manager float64, members int) float64 {
	m := &g.p.Money
	cost := manager + m.Shared + float64(m.Running*float64(members))
	for j := range g.nMarket {
		cost += float64(m.Assistant * g.markets[j].assistant / fullTimeAssistant)
	}
	return cost + float64(m.Market*float64(g.nMarket-1))
}
