package sim

// changeMembers lets members whose commitment has sunk too low turn passive,
// or, in an open group, leave; there members also leave for reasons of their
// own, and candidates take their places.
func (g *Group) changeMembers() {
	p := g.p
	open := p.Group.Open != 0
	members := g.members[:g.n]
	for i := range members {
		m := &members[i]
		if !m.Active {
			continue
		}
		disappointed := m.Commitment < p.Commitment.Passive
		moved := open && g.luck.one(drawTurnover, m.ID, g.week) < p.Group.Turnover/WeeksPerYear
		if !disappointed && !moved {
			continue
		}
		g.books.Withdrawn[g.reason(i, disappointed)]++
		event := EventPassive
		if open {
			event = EventLeft
			g.books.Left++
		}
		if g.log != nil {
			g.tell(Event{Kind: event, SME: i, Other: -1, Reason: g.reason(i, disappointed),
				Numbers: [3]float64{m.Results, m.Expectations, m.Fairness}})
		}
		m.Active = false
		g.bypass(i)
		if open {
			g.replace(i)
		}
		if i == g.hub {
			g.hub = g.electHub()
		}
	}
}

// reason is what has disappointed member i most.
func (g *Group) reason(i int, disappointed bool) Reason {
	if !disappointed {
		return ReasonOwn
	}
	m, p := &g.members[i], &g.p.Commitment
	achieved := 1.0
	if m.Results < m.Expectations {
		achieved = m.Results / m.Expectations
	}
	results := p.WeightResults * (1 - achieved)
	unfair := p.WeightFairness * (1 - m.Fairness)
	distrust := p.WeightTrust * (1 - m.Trusting)
	switch max(results, unfair, distrust) {
	case results:
		return ReasonResults
	case unfair:
		return ReasonUnfair
	}
	return ReasonDistrust
}

// bypass takes SME i, which is not active any more, out of what is open: an
// opportunity it led is lost; in others it is replaced where the kind wants a
// fixed number and there is somebody, else the rest go on without it.
func (g *Group) bypass(i int) {
	kept := 0
	for k := range g.open {
		o := &g.open[k]
		if o.Team.has(i) {
			if o.Team.lead() == i {
				g.lose(o, LostMember)
				continue
			}
			g.release(o)
			o.Team.remove(i)
			if j := g.substitute(o); j >= 0 {
				o.Team.add(j)
				g.expect(j, o)
			}
			for _, s := range o.Team.slot[:o.Team.n] {
				g.members[s].OpenOffers++
			}
			g.assess(o)
			o.wake = 0
		}
		if kept != k {
			g.open[kept] = *o
		}
		kept++
	}
	g.open = g.open[:kept]
	g.recount()
}

// substitute returns the active SME that fits best into a team that has lost
// one, -1 if there is none or the kind does not want a fixed number.
func (g *Group) substitute(o *Opportunity) int {
	if !g.kinds[o.Kind].fixed {
		return -1
	}
	var tie [MaxSMEs]float64
	for j := range g.n {
		tie[j] = -1
		if g.members[j].Active && !o.Team.has(j) {
			tie[j] = g.tie(o.Team.lead(), j, g.needFor(o.Team.lead(), j, o.Nth))
		}
	}
	return largest(tie[:g.n])
}

// replace lets the candidate that looks best take the place of SME i, which
// has left. The customers it led are gone with it; of others it just drops
// out. Without a candidate the place stays empty.
func (g *Group) replace(i int) {
	kept := 0
	for k := range g.buyers {
		r := &g.buyers[k]
		if r.Team.has(i) {
			if r.Team.lead() == i {
				continue
			}
			r.Team.remove(i)
		}
		if kept != k {
			g.buyers[kept] = *r
		}
		kept++
	}
	g.buyers = g.buyers[:kept]
	id := g.choose(false)
	if id < 0 {
		return
	}
	g.members[i].Ledger.Gained = g.members[i].gained()
	g.former = append(g.former, g.members[i].Ledger)
	g.join(i, id)
	if g.log != nil {
		g.tell(Event{Kind: EventJoined, SME: i, Other: -1, Numbers: [3]float64{g.members[i].Experience, g.members[i].Technology, 0}})
	}
}
