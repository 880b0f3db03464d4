package sim

// holdCommittees lets the SMEs give hours to committees, before the manager plans: they
// spare him or her a part of the administration and agreement. There are none without a
// manager, nor of one.
func (g *Group) holdCommittees() {
	g.manager.spared = 0
	hours := g.p.Group.Committees
	if hours == 0 || !g.manager.present || g.actives() < 2 {
		return
	}
	for i := range g.n {
		if m := &g.members[i]; m.active {
			m.answer(hours)
			g.manager.spared += float64(committeeWorth * m.use(UseCoordination, hours))
		}
	}
}

// spare takes what committees do for the manager off a duty of so many hours.
func (m *manager) spare(hours float64) float64 {
	spared := least(hours, m.spared)
	m.spared -= spared
	return hours - spared
}
