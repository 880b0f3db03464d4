package sim

// answerQuestions lets the SMEs teach the manager their products, as far as
// they support it, less the more is known already.
func (g *Group) answerQuestions() {
	if !g.manager.Present {
		return
	}
	p := &g.p.Learning
	members := g.members[:g.n]
	most := p.Question * g.p.Norms.Support
	for i := range members {
		m := &members[i]
		if !m.Active {
			continue
		}
		hours := m.use(UseQuestions, most*least(1, askWhileUnknown*(1-m.Known)))
		m.Known += float64(least(1, m.teaches*hours) * (1 - m.Known))
	}
}

// forget lets the manager's product knowledge fade.
func (g *Group) forget() {
	for i := range g.n {
		g.members[i].Known *= 1 - g.p.Learning.Forget
	}
}

// learnExperience adds a share of the export experience the SME lacks.
func (m *Member) learnExperience(share float64) {
	m.Experience += float64(least(1, share) * (1 - m.Experience))
}
