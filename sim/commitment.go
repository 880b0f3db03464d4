package sim

// expect lets SME i learn, from an opportunity it begins to work on, how long
// things take: the more realistic it is, the nearer to the real lead time it
// moves the week from which it expects results. It never moves it back.
func (g *Group) expect(i int, o *opportunity) {
	p := g.p
	realism := p.Norms.Realism
	realism += float64((1 - realism) * g.roleClarity() * clarityEffect)
	m := &g.members[i]
	naive := naiveLag(m.rhythm, p)
	m.lag = max(m.lag, naive+float64(realism*max(0, g.leadTime(o)-naive)))
}

// naiveLag is the weeks after which an SME of a certain rhythm expects first
// results when it knows nothing of how long things take: commitment.naive_lag
// for one of rhythm one half, at once for one of rhythm 1.
func naiveLag(rhythm float64, p *Params) float64 {
	return float64(2 * (1 - rhythm) * p.Commitment.NaiveLag)
}

// leadTime is a realistic guess, in weeks, from the first contact to the deal:
// meetings, each of which builds the same share of the trust still missing, until
// the customer trusts, or joint work if that takes longer; then the rounds.
func (g *Group) leadTime(o *opportunity) float64 {
	p := g.p
	trust := -log(1-min(o.needed, mostTrust)) / (usualMeeting * p.Customer.TrustRate) * p.Customer.MeetingEvery
	joint := 0.0
	if o.team.n > 1 {
		joint = o.need / usualJointHours
	}
	return max(float64(trust), joint) + float64(float64(g.rounds(o))*p.Deal.RoundEvery)
}

// updateCommitment closes the week's account of every SME, lets results and
// expectations fade from memory at the same rate, lets expectations grow once
// first results are expected, and lets commitment follow satisfaction, down
// faster than up.
func (g *Group) updateCommitment() {
	p := &g.p.Commitment
	keep := 1 - 1/p.Leak
	lately, yearly := 1.0/quarter, 1.0/WeeksPerYear
	members := g.members[:g.n]
	for i := range members {
		m := &members[i]
		m.flow += float64(yearly * (m.sold - m.flow))
		m.relations += float64(yearly * (m.again - m.relations))
		m.sold, m.again = 0, 0
		m.results = float64(m.results * keep)
		m.expectations = float64(m.expectations * keep)
		if float64(g.week-m.joined) > m.lag {
			m.expectations += g.p.Norms.Ambition / WeeksPerYear
		}
		m.received += float64(lately * (m.got - m.received))
		m.busy += float64(lately * (float64((m.available-m.left)*m.perHour) - m.busy))
		m.ledger.Received += m.got
		m.got = 0
	}
	if g.week%quarter == quarter-1 && g.manager.present {
		g.lookAtFairness()
	}
	total := weightResults + p.WeightFairness + p.WeightTrust
	for i := range members {
		m := &members[i]
		if !m.active {
			continue
		}
		pleased := (float64(weightResults*m.achieved()) + float64(p.WeightFairness*m.fairness) + float64(p.WeightTrust*m.trusting)) / total
		m.satisfaction = max(0, pleased-float64(p.HoursCost*m.busy))
		rate := p.Up
		if m.satisfaction < m.commitment {
			rate = p.Down
		}
		m.commitment = clamp(m.commitment+float64(rate*(m.satisfaction-m.commitment)), 0, 1)
	}
}

// achieved is what the SME remembers of results as a share of what it had
// expected by now, at most 1.
func (m *member) achieved() float64 {
	if m.results < m.expectations {
		return m.results / m.expectations
	}
	return 1
}

// lookAtFairness lets every active SME compare, with some error, the
// manager's hours it received lately with the mean of the active members.
func (g *Group) lookAtFairness() {
	sum := 0.0
	for i := range g.n {
		if g.members[i].active {
			sum += g.members[i].received
		}
	}
	mean := sum / float64(max(1, g.actives()))
	for i := range g.n {
		m := &g.members[i]
		if !m.active {
			continue
		}
		fair := 1.0
		if mean > 0 {
			fair = m.received / mean
		}
		_, u := g.luck.pair(drawActivity, m.id, g.week)
		m.fairness = clamp(fair+float64(fairnessError*normal(u)), 0, 1)
		m.ledger.Fairness += m.fairness
		m.ledger.Looks++
	}
}
