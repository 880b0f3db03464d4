package sim

// holdRounds holds the negotiation rounds that are due, oldest opportunity
// first. A round needs hours of every member of the team; if one has not got
// them the round is put off by a week, and the others remember it.
func (g *Group) holdRounds() {
	p := &g.p.Deal
	for _, k := range g.awake {
		o := &g.open[k]
		if g.week < o.NextRound {
			continue
		}
		if missing := g.missing(&o.Team, p.RoundHours); missing >= 0 {
			o.NextRound = g.week + 1
			continue
		}
		for _, s := range o.Team.slot[:o.Team.n] {
			m := &g.members[s]
			m.use(UseRounds, p.RoundHours)
			m.learnExperience(g.p.Learning.RoundGain)
		}
		o.RoundsLeft--
		o.RoundsHeld++
		o.NextRound = g.week + int(p.RoundEvery)
		o.LastContact = g.week
		if g.log != nil {
			g.tell(Event{Kind: EventRound, SME: o.Team.lead(), Other: -1, Opportunity: o.Serial, Team: o.Team,
				OpportunityKind: o.Kind, Numbers: [3]float64{float64(o.RoundsHeld), float64(o.RoundsLeft), 0}})
		}
	}
}

// missing returns the first team member that lacks the hours for a round, -1
// if none does, and lets the others hold it against each that does.
func (g *Group) missing(t *Team, hours float64) int {
	first := -1
	for _, s := range t.slot[:t.n] {
		if g.members[s].Left >= hours {
			continue
		}
		if first < 0 {
			first = int(s)
		}
		g.books.RoundsMissed++
		for _, r := range t.slot[:t.n] {
			if r != s {
				g.experience(int(r), int(s), false, g.p.Trust.Weight)
			}
		}
		if g.log != nil {
			g.tell(Event{Kind: EventRoundMissed, SME: int(s), Other: int(t.slot[0]), Team: *t,
				Numbers: [3]float64{g.members[s].Left, hours, g.members[s].Available}})
		}
	}
	return first
}

// close decides the deal after the last round. Only the SMEs close: their
// export experience, how the offer fits and covers what is wanted, and the
// trust the customer still has.
func (g *Group) close(o *Opportunity) {
	p := g.p
	_, luck := g.luck.pair(drawValue, o.LeadID, o.Nth)
	floor := p.Deal.ExperienceFloor
	skill := floor + float64((1-floor)*g.experienceOf(&o.Team))
	chance := o.Fit * o.Coverage * skill * min(1, o.Trust/o.Needed)
	if g.log != nil {
		g.tell(Event{Kind: EventDecision, SME: o.Team.lead(), Other: -1, Opportunity: o.Serial, Team: o.Team,
			OpportunityKind: o.Kind, Numbers: [3]float64{o.Fit, o.Coverage, chance}})
	}
	if luck >= chance {
		g.lose(o, LostDecision)
		return
	}
	o.Stage = StageWon
	g.release(o)
	g.bookSale(&o.Team, o.Value, true)
	if o.openAtEnd {
		g.books.Rescued += o.Value
	}
	for _, s := range o.Team.slot[:o.Team.n] {
		m := &g.members[s]
		m.Results++
		m.learnExperience(p.Learning.DealGain)
	}
	g.welcome(o)
	if g.log != nil {
		g.tell(Event{Kind: EventDeal, SME: o.Team.lead(), Other: -1, Market: o.Market, Opportunity: o.Serial, Team: o.Team,
			OpportunityKind: o.Kind, Numbers: [3]float64{o.Value, chance, float64(g.week - o.Opened)}})
	}
}
