package sim

// Application is what there is to know of a group before its first week, when it
// applies for public money.
type Application struct {
	Technology      float64 // mean of the SMEs' products
	Complementarity float64 // mean of the pairs of SMEs
	Experience      float64 // mean export experience of the SMEs
	PriorTies       float64 // share of pairs of SMEs that have worked together before
	Hours           float64 // h/week that an SME gives when fully committed, mean
	SMEs            int
	Markets         int
	Distance        float64 // cultural distance of the markets, mean
	YearlyCost      float64 // k€ a year, public and private, as long as all members are active
}

// Application returns what the group is before its first week: after Reset, and
// before Step.
func (g *Group) Application() Application {
	a := Application{Complementarity: g.composition[0], Technology: g.composition[1], SMEs: g.n, Markets: g.nMarket, YearlyCost: g.yearlyCost()}
	ties := 0
	for i := range g.n {
		a.Experience += g.members[i].experience
		a.Hours += g.members[i].capacity
		for j := range i {
			if g.pairs.joint[i][j] > g.p.off.jointHours {
				ties++
			}
		}
	}
	for j := range g.nMarket {
		a.Distance += g.markets[j].distance
	}
	n := float64(g.n)
	a.Experience, a.Hours = a.Experience/n, a.Hours/n
	a.PriorTies = share(float64(ties), n*(n-1)/2)
	a.Distance = share(a.Distance, float64(g.nMarket))
	return a
}
