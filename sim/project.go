package sim

// endProject ends the project when its time has come. The SMEs may keep the manager for
// their part of the cost, and decide anew every year. Where too few would, a reserve
// pays another year if it can. When he or she leaves, customers' trust in the person, and
// in the name that nobody keeps, goes too. The week has been counted already: an event
// of this step names it itself.
func (g *Group) endProject() {
	after := g.week - g.end
	if after < 0 || after%WeeksPerYear != 0 {
		return
	}
	keep := g.p.Project.Continuation != 0 && g.goesOn()
	switch {
	case after == 0:
		g.noteEnd(keep)
		if keep && g.log != nil {
			g.tell(Event{Week: g.week, Kind: EventKept, SME: -1, Other: -1, Numbers: [3]float64{g.membersPart(), float64(g.actives()), 0}})
		}
	case !g.manager.kept:
		return
	}
	g.manager.kept = keep
	if !keep {
		g.dismiss()
	}
}

// goesOn says whether the group keeps the manager for another year: because it is worth
// it to enough members, or because the reserve pays their part of the year.
func (g *Group) goesOn() bool {
	worth := g.worthKeeping()
	part := float64(g.yearlyCost() * (1 - g.publicShare()))
	g.reserve.pays = !worth && g.actives() > 0 && g.reserve.saved > 0 && g.reserve.saved >= part
	return worth || g.reserve.pays
}

// worthKeeping says whether enough active members gain more from a year's
// sales than their fee.
func (g *Group) worthKeeping() bool {
	active := g.actives()
	if active == 0 {
		return false
	}
	fees := g.feesFor(g.membersPart())
	gain := 0
	for i := range g.n {
		m := &g.members[i]
		if m.active && m.flow*WeeksPerYear*g.p.Money.Margin > fees.of(m) {
			gain++
		}
	}
	return float64(gain) >= g.p.Money.KeepShare*float64(active)
}

// dismiss lets the manager go, and with him or her what customers' trust was
// trust in the person, or in the group's name. What is left of the reserve is paid back.
func (g *Group) dismiss() {
	m := &g.manager
	g.spend(TaskIdle, m.budget, nil)
	m.present, m.kept, m.activity = false, false, false
	lost := g.loseTrust(func(v vested) vested { return v })
	if g.reserve.saved > 0 {
		g.books.privateCost -= g.reserve.saved
		g.charge(-g.reserve.saved)
		g.reserve = reserve{}
	}
	if g.log != nil {
		g.tell(Event{Week: g.week, Kind: EventMusicStops, SME: -1, Other: -1, Numbers: [3]float64{float64(len(g.open)), g.openValue(), lost}})
	}
}

// vested is the part of a customer's trust that is not in the SMEs themselves.
type vested struct {
	person float64 // in the manager as a person
	name   float64 // in the name of the group
}

// loseTrust takes a part of what is vested from all customers, possible and real ones, and
// returns what the possible ones lost of it in all.
func (g *Group) loseTrust(part func(vested) vested) (lost float64) {
	for k := range g.open {
		o := &g.open[k]
		gone := part(o.vested)
		sum := gone.person + gone.name
		lost += sum
		o.trust = max(0, o.trust-sum)
		o.vested = vested{o.vested.person - gone.person, o.vested.name - gone.name}
	}
	for k := range g.buyers {
		r := &g.buyers[k]
		gone := part(r.vested)
		r.satisfaction = max(0, r.satisfaction-float64((1-closenessValue)*(gone.person+gone.name)))
		r.vested = vested{r.vested.person - gone.person, r.vested.name - gone.name}
	}
	return lost
}

// changeManager lets the manager leave, at the end of a quarter, for reasons of his or her
// own, and a new one begin: who knows no more of the products than the first did, and
// whom no customer trusts yet. Trust in the group's name stays, as does what was learnt
// of markets, and the hours that were saved.
func (g *Group) changeManager() {
	hazard := g.p.Manager.Turnover
	if hazard == 0 || !g.manager.present || g.week%quarter != quarter-1 || g.luck.one(drawManager, 0, g.week) >= float64(hazard*quarter)/WeeksPerYear {
		return
	}
	g.books.managerChanges++
	g.manager.goal = 0
	lost := g.loseTrust(func(v vested) vested { return vested{person: v.person} })
	known := 0.0
	for i := range g.n {
		m := &g.members[i]
		known += m.known / float64(g.n)
		m.known = g.p.Manager.Knowledge
	}
	if g.log != nil {
		g.tell(Event{Kind: EventManagerChanged, SME: -1, Other: -1, Numbers: [3]float64{float64(len(g.open)), known, lost}})
	}
}

// openValue is the value of all offers that are not decided yet, k€.
func (g *Group) openValue() float64 {
	sum := 0.0
	for k := range g.open {
		sum += g.open[k].value
	}
	return sum
}
