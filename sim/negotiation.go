package sim

// holdRounds holds the negotiation rounds that are due, oldest opportunity
// first. A round needs hours of every member of the team. It goes on from week to
// week, as fast as the one with the fewest hours allows; a member without any stops
// it, and the others remember that.
func (g *Group) holdRounds() {
	p := &g.p.Deal
	for _, k := range g.awake {
		o := &g.open[k]
		if g.week < o.nextRound {
			continue
		}
		o.nextRound = g.week + 1
		share, whole := 1-o.roundDone, true
		for _, s := range o.team.Members() {
			m := &g.members[s]
			m.answer(p.RoundHours)
			if own := m.left / p.RoundHours; own < share {
				share, whole = own, false
			}
		}
		if share <= 0 {
			g.roundMissed(o)
			continue
		}
		hours, gain := float64(share*p.RoundHours), float64(roundTeaches*g.p.Learning.MeetingGain*share)
		for _, s := range o.team.Members() {
			m := &g.members[s]
			m.use(UseRounds, hours)
			m.learnExperience(gain)
		}
		o.lastContact = g.week
		o.roundDone += share
		if !whole {
			continue
		}
		o.roundDone = 0
		o.roundsLeft--
		o.roundsHeld++
		o.nextRound = g.week + int(p.RoundEvery)
		if g.log != nil {
			g.tell(o.event(EventRound, float64(o.roundsHeld), float64(o.roundsLeft), 0))
		}
	}
}

// roundMissed lets the others hold it against each member of the team that has no
// hours at all for a round.
func (g *Group) roundMissed(o *opportunity) {
	for _, s := range o.team.Members() {
		m := &g.members[s]
		if m.left > 0 {
			continue
		}
		g.letDown(&o.team, s)
		if g.log != nil {
			e := o.event(EventRoundMissed, m.left, g.p.Deal.RoundHours, m.available)
			e.SME = int(s)
			if o.team.lead() != e.SME {
				e.Other = o.team.lead()
			}
			g.tell(e)
		}
	}
}

// trustShare is the customer's trust as a share of what the offer needs, at most 1:
// an offer that needs none has all of it.
func (o *opportunity) trustShare() float64 {
	if o.trust < o.needed {
		return o.trust / o.needed
	}
	return 1
}

// decide lets the customer decide after the last round. The manager closes
// nothing: what counts is how the offer fits and covers what is wanted, how far the
// customer's wants were grasped, the SMEs' export experience, and the trust the
// customer still has.
func (g *Group) decide(o *opportunity) {
	p := g.p
	_, luck := g.luck.pair(drawValue, o.leadID, o.nth)
	floor := p.Deal.ExperienceFloor
	skill := floor + float64((1-floor)*g.mean(&o.team, func(m *member) float64 { return m.experience }))
	chance := o.fit * o.coverage * skill * o.trustShare() * (1 - float64(p.Deal.Grasp*(1-o.grasped())))
	if g.log != nil {
		g.tell(o.event(EventDecision, o.fit, o.coverage, chance))
	}
	g.books.expected += float64(chance * o.value)
	if luck >= chance {
		g.lose(o, LostDecision)
		return
	}
	o.stage = StageWon
	g.books.noteWeeks(o, g.week)
	g.release(o)
	g.bookSale(&o.team, o.value, true)
	if o.openAtEnd {
		g.books.rescued += o.valueAtEnd
	}
	for _, s := range o.team.Members() {
		m := &g.members[s]
		m.results++
		m.learnExperience(dealTeaches * p.Learning.MeetingGain)
	}
	g.welcome(o)
	if g.log != nil {
		g.tell(o.event(EventDeal, o.value, chance, float64(g.week-o.opened)))
	}
}
