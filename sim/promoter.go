package sim

// promoted says whether a promoter is at work this week: for the first weeks, as long as
// there are a manager to hand over to and two members to bring together.
func (g *Group) promoted() bool {
	return g.p.Formation.Promoter > 0 && g.week < promoterWeeks && g.manager.present && g.actives() > 1
}

// bringTogether lets the promoter acquaint the SMEs with each other: to each, a week is as
// good an experience with every other as a fair, by the promoter's skill. What comes of it
// fades like all experience, unless the SMEs go on from there.
func (g *Group) bringTogether() {
	if !g.promoted() {
		return
	}
	weight := float64(g.p.Formation.Promoter * lightExperience * g.p.Trust.Weight)
	for i := range g.n {
		for j := range g.n {
			if i != j && g.members[i].active && g.members[j].active {
				g.experience(i, j, true, weight)
			}
		}
	}
}

// roleClarity is how clearly roles were agreed at the start, by the SMEs themselves and
// with the help of a promoter. It stays when he or she has left.
func (g *Group) roleClarity() float64 {
	clarity := g.p.Norms.RoleClarity
	return clarity + float64((1-clarity)*g.p.Formation.Promoter)
}
