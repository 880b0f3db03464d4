package sim

// holdRounds holds the negotiation rounds that are due, oldest opportunity
// first. A round needs hours of every member of the team; if one has not got
// them the round is put off by a week, and the others remember it.
func (g *Group) holdRounds() {
	p := &g.p.Deal
	for _, k := range g.awake {
		o := &g.open[k]
		if g.week < o.nextRound {
			continue
		}
		if g.roundMissed(o) {
			o.nextRound = g.week + 1
			continue
		}
		for _, s := range o.team.Members() {
			m := &g.members[s]
			m.use(UseRounds, p.RoundHours)
			m.learnExperience(g.p.Learning.RoundGain)
		}
		o.roundsLeft--
		o.roundsHeld++
		o.nextRound = g.week + int(p.RoundEvery)
		o.lastContact = g.week
		if g.log != nil {
			g.tell(o.event(EventRound, float64(o.roundsHeld), float64(o.roundsLeft), 0))
		}
	}
}

// roundMissed says whether any member of the team lacks the hours for a round,
// and lets the others hold it against each that does.
func (g *Group) roundMissed(o *opportunity) bool {
	missed, hours := false, g.p.Deal.RoundHours
	for _, s := range o.team.Members() {
		m := &g.members[s]
		if m.left >= hours {
			continue
		}
		missed = true
		g.letDown(&o.team, s)
		if g.log != nil {
			e := o.event(EventRoundMissed, m.left, hours, m.available)
			e.SME = int(s)
			if o.team.lead() != e.SME {
				e.Other = o.team.lead()
			}
			g.tell(e)
		}
	}
	return missed
}

// decide lets the customer decide after the last round. The manager closes
// nothing: what counts is how the offer fits and covers what is wanted, the SMEs'
// export experience, and the trust the customer still has.
func (g *Group) decide(o *opportunity) {
	p := g.p
	_, luck := g.luck.pair(drawValue, o.leadID, o.nth)
	floor := p.Deal.ExperienceFloor
	skill := floor + float64((1-floor)*g.mean(&o.team, func(m *member) float64 { return m.experience }))
	chance := o.fit * o.coverage * skill * min(1, o.trust/o.needed)
	if g.log != nil {
		g.tell(o.event(EventDecision, o.fit, o.coverage, chance))
	}
	if luck >= chance {
		g.lose(o, LostDecision)
		return
	}
	o.stage = StageWon
	g.release(o)
	g.bookSale(&o.team, o.value, true)
	if o.openAtEnd {
		g.books.rescued += o.value
	}
	for _, s := range o.team.Members() {
		m := &g.members[s]
		m.results++
		m.learnExperience(p.Learning.DealGain)
	}
	g.welcome(o)
	if g.log != nil {
		g.tell(o.event(EventDeal, o.value, chance, float64(g.week-o.opened)))
	}
}
