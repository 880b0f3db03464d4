package sim

// member is an SME in the group.
type member struct {
	id         int     // index of the SME among the candidates: its address for luck
	technology float64 // 0 simple … 1 complex
	component  float64 // 1 sells components, 0 finished goods
	capacity   float64 // h/week it can give when fully committed and not busy
	rhythm     float64 // 0 patient … 1 wants results at once

	experience   float64 // export experience
	workload     float64 // share of its hours that other work takes
	commitment   float64
	results      float64 // deals' worth of results it remembers
	expectations float64 // deals' worth of results it had expected by now
	lag          float64 // weeks after joining from which it expects results
	satisfaction float64
	trusting     float64 // mean trust in the other active members
	fairness     float64 // of the manager's time, as it last saw it
	activity     float64 // moving average of the share of its hours it makes available
	received     float64 // moving average of manager hours a week it got
	known        float64 // the manager's knowledge of its products
	flow         float64 // moving average over a year of its sales, k€ a week

	active     bool                // false: passive, or the slot is empty
	joined     int                 // week
	openOffers int                 // open opportunities it takes part in
	customers  int                 // approaches made with it as lead: the serial number, for luck, of its next customer
	contacted  [MaxMarkets]float64 // possible customers it has approached as lead
	lastSought int                 // week in which a customer was last sought for it as lead
	searchPot  float64             // hours of its own put by for seeking a customer
	searchGoal float64             // hours that the search it has planned takes; 0 when none is planned

	available float64 // h, this week
	left      float64 // h of them not yet used
	got       float64 // manager hours this week
	sold      float64 // k€ this week

	entered float64 // export experience when it joined
	teaches float64 // share of what the manager does not know of its products that an hour of answers teaches: less if they are complex, or components

	ledger SMELedger
}

// drawWorkloads moves every SME's workload, an autoregressive process about
// its mean, and sets the hours it has this week: capacity times commitment
// times what its other work leaves; none if it is passive.
func (g *Group) drawWorkloads() {
	c := &g.p.Commitment
	var luck [MaxSMEs]float64 // drawn beforehand: no draw waits for another
	for i := range g.n {
		luck[i] = g.luck.one(drawWorkload, g.members[i].id, g.week)
	}
	members := g.members[:g.n]
	for i := range members {
		m := &members[i]
		shock := float64(c.WorkloadShock * normal(luck[i]))
		m.workload = clamp(c.WorkloadMean+float64(c.WorkloadMemory*(m.workload-c.WorkloadMean))+shock, 0, 1)
		share := 0.0
		if m.active {
			share = float64(m.commitment * (1 - m.workload))
		}
		m.available = float64(m.capacity * share)
		m.left = m.available
		m.activity += float64((share - m.activity) * (1 / activityWeeks))
		m.ledger.Hours[UseAvailable] += m.available
	}
}

// use takes hours of the SME for a purpose, or what is left if that is less, and
// returns what it took.
func (m *member) use(purpose Use, hours float64) float64 {
	hours = least(hours, m.left)
	m.left -= hours
	m.ledger.Hours[purpose] += hours
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
			for _, s := range o.team.Members() {
				if m := &g.members[s]; m.left >= p.AttendHours {
					m.use(UseMeetings, p.AttendHours)
					m.learnExperience(g.p.Learning.MeetingGain)
					m.results += g.p.Commitment.CreditMeeting
					o.present++
				}
			}
		case g.week-o.lastMeeting >= int(p.AloneAfter):
			if m := &g.members[g.mostExperienced(&o.team)]; m.left >= p.AloneHours {
				m.use(UseMeetings, p.AloneHours)
				m.learnExperience(g.p.Learning.MeetingGain)
				o.alone = true
			}
		}
	}
}
