package sim

// manager is the export manager: a budget of hours and what they go into.
type manager struct {
	present  bool    // in the project, or kept afterwards at the SMEs' own cost
	kept     bool    // kept at their own cost
	budget   float64 // h not yet used, carried-over ones included
	spared   float64 // h of this week's duties that committees do
	goal     float64 // h that the planned search takes, for which he or she saves; 0: nothing is saved for
	activity bool    // this week's fair or trip is paid for
	waiting  bool    // a customer in the queue could not be met for lack of hours
	queue    []queued
}

// queued is an opportunity due for a meeting.
type queued struct {
	index    int
	priority float64
}

// Task is what an hour of the export manager goes into: all are booked under one.
type Task uint8

// The manager's tasks.
const (
	TaskAdmin Task = iota
	TaskMarkets
	TaskGuidance
	TaskCoordination // mediation among SMEs, and what several SMEs add to a meeting or an approach
	TaskActivities
	TaskMeetings
	TaskProspecting
	TaskIdle
	NTasks
)

func (t Task) String() string {
	return [...]string{"administration", "further markets", "guidance", "coordination", "joint activities",
		"customer meetings", "prospecting", "idle"}[t]
}

func (g *Group) resetManager() {
	queue := g.manager.queue
	if queue == nil {
		queue = make([]queued, 0, cap(g.open))
	}
	g.manager = manager{present: true, queue: queue[:0]}
}

// spend is the only way hours of the manager are used: it takes them from the
// budget, books them, and counts them as received by every member of the
// team, if there is one.
func (g *Group) spend(task Task, hours float64, t *Team) {
	hours = float64(hours) // rounds what the caller may have multiplied
	g.manager.budget -= hours
	g.books.tasks[task] += hours
	if t == nil {
		return
	}
	for _, s := range t.Members() {
		g.members[s].got += hours
	}
}

// spendIn is spend for a team's work in market j. The manager does it as long as there
// are hours for it; else a local assistant does it, and the manager supervises: it says
// so. What the team takes of the manager more than a single SME would is coordination.
func (g *Group) spendIn(j int, task Task, hours float64, t *Team) (assisted bool) {
	hours = float64(hours)
	if hours > g.manager.budget {
		g.markets[j].helpLeft -= hours
		g.spend(TaskMarkets, supervision*hours, nil)
		return true
	}
	if t.n > 1 {
		extra := float64(hours * (1 - 1/g.perMember(t.n)))
		g.spend(TaskCoordination, extra, t)
		hours -= extra
	}
	g.spend(task, hours, t)
	return false
}

// affordable says whether the manager, or a local assistant under supervision, has the
// hours for work in market j.
func (g *Group) affordable(j int, hours float64) bool {
	b := g.manager.budget
	return hours <= b || hours <= g.markets[j].helpLeft && float64(supervision*hours) <= b
}

// startManagerWeek gives the manager the week's hours beside what was saved,
// and pays the duties: administration, agreement among the SMEs, further markets, the
// quarterly activity. What was left last week and is too much to save was idle.
func (g *Group) startManagerWeek() {
	m, p := &g.manager, &g.p.Manager
	m.activity, m.waiting = false, false
	if !m.present {
		return
	}
	if idle := m.budget - float64(p.CarryOver*p.Hours); idle > 0 {
		g.spend(TaskIdle, idle, nil)
	}
	m.budget += p.Hours
	g.books.managerHours += p.Hours
	g.spend(TaskAdmin, m.spare(float64(p.Admin*p.Hours)), nil)
	g.spend(TaskCoordination, min(m.budget, m.spare(float64(p.Agreement*g.pairsThatCome()))), nil)
	for j := range g.nMarket {
		k := &g.markets[j]
		k.helpLeft = least(k.helpLeft, float64(p.CarryOver*k.assistant)) + k.assistant
		if j > 0 && k.assistant == 0 {
			g.spend(TaskMarkets, min(m.budget, p.FurtherMarket*(1+k.distance)), nil)
		}
	}
	if g.week%quarter == quarter-1 && p.Activity > 0 && m.budget >= p.Activity {
		m.activity = true
		g.spend(TaskActivities, p.Activity, nil)
	}
}

// pairsThatCome is the number of pairs of active SMEs, each counted by how far both come
// when they are asked: who does not come is not waited for.
func (g *Group) pairsThatCome() float64 {
	sum, squares := 0.0, 0.0
	for i := range g.n {
		if m := &g.members[i]; m.active {
			sum += m.response
			squares += float64(m.response * m.response)
		}
	}
	return float64((float64(sum*sum) - squares) / 2)
}

// guideAndMediate helps SMEs that are not ready to export, first in general and then
// with their offers, and eases the wanted links in proportion to the trust they lack.
func (g *Group) guideAndMediate() {
	if !g.manager.present {
		return
	}
	p, l := &g.p.Manager, &g.p.Learning
	for i := range g.n {
		m := &g.members[i]
		if !m.active || m.experience >= l.EntryLevel {
			continue
		}
		hours := min(g.manager.budget, p.Guidance*(l.EntryLevel-m.experience)/l.EntryLevel)
		g.spend(TaskGuidance, hours, nil)
		m.got += hours
		m.learnExperience(guidanceTeaches * l.MeetingGain * hours)
	}
	if g.preparing {
		g.helpWithOffers()
	}
	q := &g.pairs
	for _, k := range q.links[:q.nLinks] {
		i, j := k[0], k[1]
		hours := g.mediation(i, j)
		if hours <= g.manager.budget {
			g.spend(TaskCoordination, hours, nil)
			g.members[i].got += hours
			g.members[j].got += hours
			q.mediated[i][j] = true
		}
	}
}

// helpWithOffers helps SMEs new to exports with the offers they prepare.
func (g *Group) helpWithOffers() {
	for k := range g.open {
		o := &g.open[k]
		if o.stage != StageOffer {
			continue
		}
		if rest := g.helpMissing(o); rest > 0 {
			g.help(o, rest)
		}
	}
}

// help gives a team's members who are new to exports hours for their offer.
func (g *Group) help(o *opportunity, rest float64) {
	hours := min(g.manager.budget, rest, g.p.Manager.Guidance)
	g.spend(TaskGuidance, hours, &o.team)
	o.helped += hours
	if hours == rest { // exactly, whatever the sum was rounded to
		o.helped += g.helpMissing(o)
	}
}

// mediation is the hours a week it takes to coordinate the joint work of two SMEs:
// more where they trust each other less.
func (g *Group) mediation(i, j uint8) float64 {
	q := &g.pairs
	return float64(g.p.Manager.Mediation * (1 - float64((q.trust[i][j]+q.trust[j][i])/2)))
}

// perMember is the factor on the manager's time for a team of n.
func (g *Group) perMember(n int) float64 { return 1 + float64(g.p.Manager.PerMember*float64(n-1)) }

// meetCustomers holds the meetings that are due, in the order of the queue.
// When the hours do not suffice for the next one they are saved for it.
func (g *Group) meetCustomers() {
	m := &g.manager
	m.queue = m.queue[:0]
	g.wakeOpportunities() // those that follow this week look only at them
	if m.present {
		for _, k := range g.awake {
			if o := &g.open[k]; g.week-o.lastMeeting >= g.pause(o) {
				m.enqueue(queued{k, g.priority(o)})
			}
		}
	}
	for _, q := range m.queue {
		o := &g.open[q.index]
		hours := g.p.Manager.Meeting * g.perMember(o.team.n)
		if !g.affordable(o.market, hours) {
			m.waiting = true
			break
		}
		o.assisted = g.spendIn(o.market, TaskMeetings, hours, &o.team)
		o.visited = true
	}
}

// enqueue keeps the queue in falling order of priority; of equals the older
// one stays in front.
func (m *manager) enqueue(q queued) {
	m.queue = append(m.queue, q)
	for k := len(m.queue) - 1; k > 0 && m.queue[k].priority > m.queue[k-1].priority; k-- {
		m.queue[k], m.queue[k-1] = m.queue[k-1], m.queue[k]
	}
}

// pause is the weeks between meetings with a customer.
func (g *Group) pause(o *opportunity) int {
	if o.stage == StageOffer {
		return waitingPauses * int(g.p.Customer.MeetingEvery)
	}
	return int(g.p.Customer.MeetingEvery)
}

// priority is an opportunity's place in the queue: what it may bring per hour
// it costs, more the nearer the customer is to an offer, and more for SMEs
// that are active themselves and come when they are asked (ODD.md, 7.5).
func (g *Group) priority(o *opportunity) float64 {
	activity, response, n := 0.0, 0.0, float64(o.team.n)
	for _, s := range o.team.Members() {
		activity += g.members[s].activity
		response += g.members[s].response
	}
	activity, response = activity/n, response/n
	near := farPriority + float64((1-farPriority)*o.trustShare())
	worth := o.value * o.fit / g.perMember(o.team.n)
	return worth * near * (1 + float64(g.p.Manager.Squeak*activity)) * response
}
