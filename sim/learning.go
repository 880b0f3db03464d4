package sim

// answerQuestions lets the SMEs teach the manager their products, as far as
// they support it; for fewer hours when most is known already.
func (g *Group) answerQuestions() {
	if !g.manager.present {
		return
	}
	members := g.members[:g.n]
	most := questionHours * g.p.Norms.Support
	for i := range members {
		m := &members[i]
		if !m.active {
			continue
		}
		hours := m.use(UseQuestions, most*least(1, askWhileUnknown*(1-m.known)))
		m.known += float64(least(1, m.teaches*hours) * (1 - m.known))
	}
}

// forget lets the manager's product knowledge fade.
func (g *Group) forget() {
	for i := range g.n {
		g.members[i].known *= 1 - g.p.Learning.Forget
	}
}

// learnExperience adds a share of the export experience the SME lacks.
func (m *member) learnExperience(share float64) {
	m.experience += float64(least(1, share) * (1 - m.experience))
}
