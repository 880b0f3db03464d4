package sim

// member is an SME in the group.
type member struct {
	id         int     // index of the SME among the candidates: its address for luck
	technology float64 // 0 simple … 1 complex
	component  float64 // 1 sells components, 0 finished goods
	sharing    float64 // how it weighs shared interest against core interest
	goal       float64 // what it wants of the group: 0 … 1 are as far apart as goals can be
	capacity   float64 // h/week it can give when fully committed and not busy
	rhythm     float64 // 0 patient … 1 wants results at once

	fit [MaxMarkets]float64 // of its offer with each market's customers

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
	relations    float64 // the same of repeat orders alone
	busy         float64 // moving average of the share of its hours that exports took
	response     float64 // how far it comes when it is asked: moving average

	active     bool                // false: passive, or the slot is empty
	graduated  bool                // it left because it no longer needs the group
	joined     int                 // week
	load       float64             // h/week that its open work will take of it
	stays      float64             // share of its hours that its other business leaves to exports
	openOffers int                 // open opportunities it takes part in
	customers  int                 // approaches made with it as lead: the serial number, for luck, of its next customer
	contacted  [MaxMarkets]float64 // possible customers it has approached as lead
	approaches [MaxMarkets]float64 // made with it as lead, also those that found nobody
	doors      [MaxMarkets]float64 // opened by them
	searchPot  float64             // hours of its own put by for seeking a customer
	searchGoal float64             // hours that the search it has planned takes; 0 when none is planned

	available float64 // h, this week
	left      float64 // h of them not yet used
	got       float64 // manager hours this week
	sold      float64 // k€ this week
	again     float64 // k€ of it in repeat orders
	asked     float64 // how often others waited for hours of it, since response was brought up to date
	came      float64 // how often it came, each time as a share of the hours it was asked for

	entered float64 // export experience when it joined
	perHour float64 // share of its capacity that an hour is
	teaches float64 // share of what the manager does not know of its products that an hour of answers teaches: less if they are complex, or components

	ledger SMELedger
}

// drawWorkloads moves every SME's workload, an autoregressive process about
// its mean, and sets the hours it has this week: capacity times commitment
// times what its other work leaves; none if it is passive. When the project binds
// nobody any more, the firm's other business claims hours back.
func (g *Group) drawWorkloads() {
	c := &g.p.Commitment
	members, shocks := g.members[:g.n], g.shocks[g.week*g.n:]
	for i := range members {
		m := &members[i]
		shock := float64(c.WorkloadShock * shocks[i])
		m.workload = clamp(c.WorkloadMean+float64(workloadMemory*(m.workload-c.WorkloadMean))+shock, 0, 1)
		if m.asked > 0 {
			m.response += float64(g.p.Joint.Response * (m.came/m.asked - m.response))
			m.asked, m.came = 0, 0
		}
		if !g.manager.present {
			m.stays += float64((g.worth(m) - m.stays) / WeeksPerYear)
		}
		share := 0.0
		if m.active {
			share = float64(float64(m.commitment*(1-m.workload)) * m.stays)
		}
		m.available = float64(m.capacity * share)
		m.left = m.available
		m.activity += float64((share - m.activity) * (1 / activityWeeks))
		m.ledger.Hours[UseAvailable] += m.available
	}
}

// drawShocks draws the shocks to SME i's workload of all weeks to come, standard normal:
// runs that are forked off this one need not draw them again.
func (g *Group) drawShocks(i int) {
	for week := g.week; week*g.n+i < len(g.shocks); week++ {
		g.shocks[week*g.n+i] = normal(g.luck.one(drawWorkload, g.members[i].id, week))
	}
}

// worth is the share of its hours that an SME's exports pay for: their margin against
// what the hours would bring in its other business.
func (g *Group) worth(m *member) float64 {
	gain, cost := float64(m.flow*g.p.Money.Margin), float64(m.capacity*g.p.Money.Hour)
	if gain >= cost {
		return 1
	}
	return gain / cost
}

// use takes hours of the SME for a purpose, or what is left if that is less, and
// returns what it took.
func (m *member) use(purpose Use, hours float64) float64 {
	hours = least(hours, m.left)
	m.left -= hours
	m.ledger.Hours[purpose] += hours
	return hours
}

// attendMeetings lets the lead follow up the contacts that the manager made this week
// (those of the SMEs come later in the week), and sends one member of each team to
// the meetings the manager holds: who has most hours left speaks for all.
func (g *Group) attendMeetings() {
	for _, k := range g.awake {
		o := &g.open[k]
		switch {
		case o.opened == g.week:
			o.dropped = g.luck.one(drawFollowUp, o.leadID, o.nth) >= g.attend(o.team.lead())
		case o.visited:
			speaker := g.speaker(&o.team)
			o.presence = g.attend(speaker)
			m := &g.members[speaker]
			o.speaks = float64(m.experience * o.presence)
			m.learnExperience(g.p.Learning.MeetingGain * o.presence)
		}
	}
}

// attend lets SME i give the hours of a meeting, or those it has left, and returns what
// share of them it gave.
func (g *Group) attend(i int) float64 {
	hours := g.p.Customer.AttendHours
	if hours <= 0 {
		return 1
	}
	m := &g.members[i]
	m.answer(hours)
	return m.use(UseMeetings, hours) / hours
}

// answer notes that somebody waits for hours of the SME, and what share of them it has
// left: it answers by its hours, for whatever reason it lacks them.
func (m *member) answer(hours float64) {
	m.asked++
	if m.left >= hours {
		m.came++
	} else {
		m.came += m.left / hours
	}
}

// speaker is who speaks for the team: the member with most hours left, the first of
// equals.
func (g *Group) speaker(t *Team) int {
	best := t.lead()
	for _, s := range t.Members()[1:] {
		if g.members[s].left > g.members[best].left {
			best = int(s)
		}
	}
	return best
}

// goAlone sends the most experienced member of a team to a customer who has not been
// met for twice as long as usual, if it has hours left that nobody waits for.
func (g *Group) goAlone() {
	p := &g.p.Customer
	for _, k := range g.awake {
		o := &g.open[k]
		if o.visited || o.stage >= StageNegotiation || g.week-o.lastMeeting < silence*g.pause(o) {
			continue
		}
		m, hours := &g.members[g.mostExperienced(&o.team)], float64(p.AloneHours*g.perMember(o.team.n))
		if m.left >= hours {
			m.use(UseMeetings, hours)
			m.learnExperience(g.p.Learning.MeetingGain)
			o.alone = true
		}
	}
}
