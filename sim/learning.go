package sim

// answerQuestions lets the SMEs teach the manager their products, as far as
// they support it, less the more is known already. Complex products and
// components take longer.
func (g *Group) answerQuestions() {
	if !g.manager.Present {
		return
	}
	p := &g.p.Learning
	for i := range g.n {
		m := &g.members[i]
		if !m.Active {
			continue
		}
		hours := g.use(i, UseQuestions, p.Question*g.p.Norms.Support*min(1, askWhileUnknown*(1-m.Known)))
		share := min(1, p.Product/(1+float64(complexLearning*m.Technology)+m.Component)*hours)
		m.Known += float64(share * (1 - m.Known))
	}
}

// forget lets the manager's product knowledge fade.
func (g *Group) forget() {
	for i := range g.n {
		g.members[i].Known *= 1 - g.p.Learning.Forget
	}
}

// learnExperience adds a share of the export experience SME i lacks.
func (g *Group) learnExperience(i int, share float64) {
	m := &g.members[i]
	m.Experience += float64(min(1, share) * (1 - m.Experience))
}
