package sim

// drawWorkloads moves every SME's workload, an autoregressive process about
// its mean, and sets the hours it has this week: capacity times commitment
// times what its other work leaves.
func (g *Group) drawWorkloads() {
	c := &g.p.Commitment
	var luck [MaxSMEs]float64 // drawn beforehand: no draw waits for another
	for i := range g.n {
		luck[i] = g.luck.one(drawWorkload, g.members[i].ID, g.week)
	}
	members := g.members[:g.n]
	for i := range members {
		m := &members[i]
		shock := float64(c.WorkloadShock * normal(luck[i]))
		m.Workload = clamp(c.WorkloadMean+float64(c.WorkloadMemory*(m.Workload-c.WorkloadMean))+shock, 0, 1)
		share := 0.0
		if m.Active {
			share = float64(m.Commitment * (1 - m.Workload))
		}
		m.Available = float64(m.Capacity * share)
		m.Left = m.Available
		m.Activity += float64((share - m.Activity) * (1 / activityWeeks))
		m.Ledger.Hours[UseAvailable] += m.Available
	}
}

// use takes hours of the SME for a purpose. It takes what is left if that is
// less, and returns what it took.
func (m *Member) use(purpose Use, hours float64) float64 {
	hours = least(hours, m.Left)
	m.Left -= hours
	m.Ledger.Hours[purpose] += hours
	return hours
}

// attendMeetings sends the SMEs to the customer meetings that the manager
// holds this week, as far as they have the hours, and lets the most
// experienced one go alone to customers whom the manager has left waiting.
func (g *Group) attendMeetings() {
	p := &g.p.Customer
	for _, k := range g.awake {
		o := &g.open[k]
		switch {
		case o.visited:
			for _, s := range o.Team.slot[:o.Team.n] {
				if m := &g.members[s]; m.Left >= p.AttendHours {
					m.use(UseMeetings, p.AttendHours)
					m.learnExperience(g.p.Learning.MeetingGain)
					m.Results += g.p.Commitment.CreditMeeting
					o.present++
				}
			}
		case g.week-o.LastMeeting >= int(p.AloneAfter):
			if m := &g.members[g.mostExperienced(&o.Team)]; m.Left >= p.AloneHours {
				m.use(UseMeetings, p.AloneHours)
				m.learnExperience(g.p.Learning.MeetingGain)
				o.alone = true
			}
		}
	}
}

// mostExperienced returns the team's member with the most export experience.
func (g *Group) mostExperienced(t *Team) int {
	best := t.lead()
	for _, s := range t.slot[1:t.n] {
		if g.members[s].Experience > g.members[best].Experience {
			best = int(s)
		}
	}
	return best
}

// seekAlone lets SMEs for which nobody has sought a customer for some time
// put by hours of their own, and seek one when they have enough. The kind of
// opportunity is the group's next among those that this SME may lead.
func (g *Group) seekAlone() {
	p := g.p
	most := float64(p.Manager.Prospect * g.perMember(MaxSMEs)) // never more than the dearest search
	since := g.week - int(p.Customer.AloneAfter)
	members := g.members[:g.n]
	for i := range members {
		m := &members[i]
		if m.LastSought > since || !m.Active || !g.mayLead(i) {
			continue
		}
		m.SearchPot += m.use(UseSearch, min(p.Customer.SearchHours, max(0, most-m.SearchPot)))
		if m.SearchPot < max(m.SearchGoal, p.Manager.Prospect) { // no search is cheaper than that
			continue
		}
		s, ok := g.planSearch(func(OpportunityKind) int { return i })
		m.SearchGoal = s.cost
		if ok && m.SearchPot >= s.cost {
			m.SearchPot -= s.cost
			m.SearchGoal = 0
			g.approach(&s, p.Customer.AloneQuality*m.Experience, 1)
		}
	}
}

// mayLead says whether SME i can lead an opportunity of any kind the group
// goes after, and has room for one more.
func (g *Group) mayLead(i int) bool {
	if g.members[i].OpenOffers >= int(g.p.Manager.OpenLimit) {
		return false
	}
	return !g.onlyHub || i == g.hub
}
