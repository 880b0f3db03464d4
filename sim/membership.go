package sim

// bypassSilent takes, at the end of each quarter, members that hardly come when they are
// asked out of what is open, but for offers under negotiation that they lead. They stay
// members. If the hub is one of them another is elected.
func (g *Group) bypassSilent() {
	if g.week%quarter != quarter-1 {
		return
	}
	for i := range g.n {
		m := &g.members[i]
		if !m.active || m.response >= bypassed {
			continue
		}
		if m.openOffers > 0 {
			if g.log != nil {
				g.tell(Event{Kind: EventBypassed, SME: i, Other: -1, Numbers: [3]float64{m.response, float64(m.openOffers), m.capacity}})
			}
			g.bypass(i)
		}
		if i == g.hub {
			g.hub = g.electHub()
		}
	}
}

// changeMembers lets members whose commitment has sunk too low turn passive,
// or, in an open group, leave; at the end of a quarter members
// also go for reasons of their own, or because they have outgrown the group. In an open
// group candidates take their places.
func (g *Group) changeMembers() {
	p := g.p
	open, last := p.Group.Open != 0, g.week%quarter == quarter-1
	members := g.members[:g.n]
	for i := range members {
		m := &members[i]
		if !m.active {
			continue
		}
		var reason Reason
		switch {
		case m.commitment < p.Commitment.Passive:
			reason = g.disappointment(i)
		case !last:
			continue
		default:
			moves, graduates := g.luck.pair(drawTurnover, m.id, g.week)
			switch {
			case moves < float64(p.Group.Turnover*quarter)/WeeksPerYear:
				reason = ReasonOwn
			case graduates < float64(p.Group.Graduation*quarter)/WeeksPerYear && g.outgrown(m):
				reason, m.graduated = ReasonGraduated, true
			default:
				continue
			}
		}
		g.books.withdrawn[reason]++
		if g.manager.present && reason != ReasonGraduated {
			g.books.lost++
		}
		m.ledger.Left, m.ledger.Why = g.week+1, reason
		event := EventPassive
		if open {
			event = EventLeft
		}
		if g.log != nil {
			g.tell(Event{Kind: event, SME: i, Other: -1, Reason: reason, Numbers: [3]float64{m.results, m.expectations, m.fairness}})
		}
		m.active = false
		g.bypass(i)
		if open {
			g.replace(i)
		}
		if i == g.hub {
			g.hub = g.electHub()
		}
	}
}

// outgrown says whether a member no longer needs the group: its exports pay the fee, but
// what the group adds to what it would go on selling by itself, orders of customers it
// has, in so far as it has the experience to keep them, does not.
func (g *Group) outgrown(m *member) bool {
	if !g.manager.present || g.actives() < 2 {
		return false
	}
	fees := g.feesFor(g.membersPart())
	fee, yearly := fees.of(m), WeeksPerYear*g.p.Money.Margin
	return float64(m.flow*yearly) >= fee && float64((m.flow-float64(m.experience*m.relations))*yearly) < fee
}

// disappointment is what has disappointed member i most: that which lacks most, by its
// weight, to full satisfaction; its own if that is what its hours cost it.
func (g *Group) disappointment(i int) Reason {
	m, p := &g.members[i], &g.p.Commitment
	results := weightResults * (1 - m.achieved())
	unfair := p.WeightFairness * (1 - m.fairness)
	distrust := p.WeightTrust * (1 - m.trusting)
	own := p.HoursCost * m.busy * (weightResults + p.WeightFairness + p.WeightTrust)
	switch max(results, unfair, distrust, own) {
	case results:
		return ReasonResults
	case unfair:
		return ReasonUnfair
	case distrust:
		return ReasonDistrust
	}
	return ReasonOwn
}

// bypass takes SME i out of what is open: an opportunity it leads is lost, unless it is
// active and under negotiation; in others it is replaced where the kind wants a fixed
// number and there is somebody, else the rest go on without it.
func (g *Group) bypass(i int) {
	for k := range g.open {
		o := &g.open[k]
		switch {
		case !o.team.has(i):
		case o.team.lead() == i:
			if !g.members[i].active || o.stage < StageNegotiation {
				g.lose(o, LostMember)
			}
		default:
			g.release(o)
			o.team.remove(i)
			if j := g.substitute(o); j >= 0 {
				o.team.add(j)
				g.expect(j, o)
			}
			g.engage(o)
			g.assess(o)
			o.wake = 0
		}
	}
	g.clearOpportunities()
	g.recount()
}

// substitute returns the active SME that fits best into a team that has lost
// one, -1 if there is none or the kind does not want a fixed number.
func (g *Group) substitute(o *opportunity) int {
	if !g.kinds[o.kind].fixed {
		return -1
	}
	var tie [MaxSMEs]float64
	for j := range g.n {
		tie[j] = -1
		if m := &g.members[j]; m.active && m.response >= bypassed && !o.team.has(j) {
			tie[j] = g.tie(o.team.lead(), j, g.needFor(o.team.lead(), j, o.nth))
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
		if r.team.has(i) {
			if r.team.lead() == i {
				continue
			}
			r.team.remove(i)
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
	m := &g.members[i]
	m.use(UseNothing, m.left) // the week's end will find the newcomer
	m.ledger.Gained = m.gained()
	g.former = append(g.former, m.ledger)
	g.join(i, id)
	g.drawShocks(i)
	g.firstImpression(i)
	if g.log != nil {
		g.tell(Event{Kind: EventJoined, SME: i, Other: -1, Numbers: [3]float64{g.members[i].experience, g.members[i].technology, 0}})
	}
}
