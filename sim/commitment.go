package sim

// expect lets SME i learn, from an opportunity it works on, how long things
// take: the more realistic it is, the nearer to the real lead time it moves
// the date from which it expects results.
func (g *Group) expect(i int, o *Opportunity) {
	p := g.p
	realism := p.Norms.Realism
	realism += float64((1 - realism) * p.Norms.RoleClarity * p.Commitment.ClarityEffect)
	m := &g.members[i]
	naive := naiveLag(m.Rhythm, p)
	if lag := naive + float64(realism*max(0, g.leadTime(o)-naive)); lag > m.Lag {
		m.Lag = lag
	}
}

// naiveLag is the weeks after which an SME of a certain rhythm expects first
// results when it knows nothing of how long things take.
func naiveLag(rhythm float64, p *Params) float64 {
	return float64(2 * (1 - rhythm) * p.Commitment.NaiveLag)
}

// leadTime is a realistic guess, in weeks, from now to the deal: meetings
// until the customer trusts, joint work in the meantime if that takes longer,
// then the rounds.
func (g *Group) leadTime(o *Opportunity) float64 {
	p := g.p
	trust := -log(1-min(o.Needed, mostTrust)) / (usualMeeting * p.Customer.TrustRate) * p.Customer.MeetingEvery
	joint := 0.0
	if o.Team.n > 1 {
		joint = o.Need / usualJointHours
	}
	rounds := 1 + ceil(p.Deal.RoundsSlope*o.Complexity)
	return max(float64(trust), joint) + float64(float64(rounds)*p.Deal.RoundEvery)
}

// updateCommitment lets results and expectations fade from memory at the same
// rate, expectations grow, and commitment follow satisfaction: down faster
// than up.
func (g *Group) updateCommitment() {
	p := &g.p.Commitment
	keep := 1 - 1/p.Leak
	lately, yearly := 1/p.FairnessWeeks, 1.0/WeeksPerYear
	members := g.members[:g.n]
	for i := range members {
		m := &members[i]
		m.Flow += float64(yearly * (m.sold - m.Flow))
		m.sold = 0
		m.Results = float64(m.Results * keep)
		m.Expectations = float64(m.Expectations * keep)
		if float64(g.week-m.Joined) > m.Lag {
			m.Expectations += float64(g.p.Norms.Ambition / WeeksPerYear)
		}
		m.Received += float64(lately * (m.got - m.Received))
		m.Ledger.Received += m.got
		m.got = 0
	}
	if g.week%quarter == quarter-1 && g.manager.Present {
		g.lookAtFairness()
	}
	weights := p.WeightResults + p.WeightFairness + p.WeightTrust
	for i := range members {
		m := &members[i]
		if !m.Active {
			continue
		}
		achieved := 1.0
		if m.Results < m.Expectations {
			achieved = m.Results / m.Expectations
		}
		m.Satisfaction = (float64(p.WeightResults*achieved) + float64(p.WeightFairness*m.Fairness) + float64(p.WeightTrust*m.Trusting)) / weights
		rate := p.Up
		if m.Satisfaction < m.Commitment {
			rate = p.Down
		}
		m.Commitment = clamp(m.Commitment+float64(rate*(m.Satisfaction-m.Commitment)), 0, 1)
	}
}

// lookAtFairness lets every active SME compare, with some error, the
// manager's hours it received lately with the mean of the active members.
func (g *Group) lookAtFairness() {
	sum := 0.0
	for i := range g.n {
		if g.members[i].Active {
			sum += g.members[i].Received
		}
	}
	mean := sum / float64(max(1, g.actives()))
	for i := range g.n {
		m := &g.members[i]
		if !m.Active {
			continue
		}
		fair := 1.0
		if mean > 0 {
			fair = m.Received / mean
		}
		_, u := g.luck.pair(drawActivity, m.ID, g.week)
		m.Fairness = clamp(fair+float64(g.p.Commitment.FairnessError*normal(u)), 0, 1)
		m.Ledger.Fairness += m.Fairness
		m.Ledger.Looks++
	}
}
