package sim

// Manager is the export manager: a budget of hours and what they go into.
type Manager struct {
	Present  bool    // in the project, or kept afterwards at the SMEs' own cost
	Kept     bool    // kept at their own cost
	Budget   float64 // h not yet used, carried-over ones included
	goal     float64 // h that the planned search takes, for which he or she saves; 0: none is planned
	activity bool    // this week's fair or trip is paid for
	waiting  bool    // a customer in the queue could not be met for lack of hours
	queue    []queued
}

// queued is an opportunity due for a meeting.
type queued struct {
	index    int
	priority float64
}

// Task is what an hour of the export manager goes into.
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
	g.manager = Manager{Present: true, queue: queue[:0]}
}

// spend is the only way hours of the manager are used: it takes them from the
// budget, books them, and counts them as received by every member of the
// team, if there is one.
func (g *Group) spend(task Task, hours float64, t *Team) {
	hours = float64(hours) // rounded once, whatever the caller multiplied
	g.manager.Budget -= hours
	g.books.Tasks[task] += hours
	if t == nil {
		return
	}
	for _, s := range t.slot[:t.n] {
		g.members[s].got += hours
	}
}

// spendIn is spend for a team's work in market j, where a local assistant does
// what it has the hours for. What the team takes more than a single SME would
// is coordination.
func (g *Group) spendIn(j int, task Task, hours float64, t *Team) {
	m := &g.markets[j]
	hours = float64(hours)
	help := least(hours, m.HelpLeft)
	m.HelpLeft -= help
	g.books.AssistantUsed += help
	own := hours - help
	if t.n > 1 {
		extra := float64(own * (1 - 1/g.perMember(t.n)))
		g.spend(TaskCoordination, extra, t)
		own -= extra
	}
	g.spend(task, own, t)
}

// affordable says whether the manager, with a local assistant's help, has the
// hours for work in market j.
func (g *Group) affordable(j int, hours float64) bool {
	return hours <= g.manager.Budget+g.markets[j].HelpLeft
}

// startManagerWeek gives the manager the week's hours beside what was saved,
// and pays the duties: administration, further markets, the quarterly
// activity. What cannot be saved is idle.
func (g *Group) startManagerWeek() {
	m, p := &g.manager, &g.p.Manager
	m.activity, m.waiting = false, false
	if !m.Present {
		return
	}
	if idle := m.Budget - float64(p.CarryOver*p.Hours); idle > 0 {
		g.spend(TaskIdle, idle, nil)
	}
	m.Budget += p.Hours
	g.books.ManagerHours += p.Hours
	g.spend(TaskAdmin, p.Admin*p.Hours, nil)
	for j := range g.nMarket {
		k := &g.markets[j]
		k.HelpLeft = k.Assistant
		g.books.AssistantHours += k.Assistant
		if j > 0 && k.Assistant == 0 {
			g.spend(TaskMarkets, min(m.Budget, p.FurtherMarket*(1+k.Distance)), nil)
		}
	}
	if g.week%quarter == quarter-1 && m.Budget >= p.Activity {
		m.activity = true
		g.spend(TaskActivities, p.Activity, nil)
	}
}

// guideAndMediate helps SMEs that are not ready to export, and eases the
// wanted links in proportion to the trust they lack.
func (g *Group) guideAndMediate() {
	if !g.manager.Present {
		return
	}
	p, l := &g.p.Manager, &g.p.Learning
	for i := range g.n {
		m := &g.members[i]
		if !m.Active || m.Experience >= l.EntryLevel {
			continue
		}
		hours := min(g.manager.Budget, p.Guidance*(l.EntryLevel-m.Experience)/l.EntryLevel)
		g.spend(TaskGuidance, hours, nil)
		m.got += hours
		m.learnExperience(l.GuidanceGain * hours)
	}
	q := &g.pairs
	for _, k := range q.Links[:q.NLinks] {
		i, j := k[0], k[1]
		hours := float64(p.Mediation * (1 - float64((q.Trust[i][j]+q.Trust[j][i])/2)))
		if hours <= g.manager.Budget {
			g.spend(TaskCoordination, hours, nil)
			g.members[i].got += hours
			g.members[j].got += hours
			q.Mediated[i][j] = true
		}
	}
}

// perMember is the factor on the manager's time for a team of n.
func (g *Group) perMember(n int) float64 { return 1 + float64(g.p.Manager.PerMember*float64(n-1)) }

// meetCustomers holds the meetings that are due, in the order of the queue.
// When the hours do not suffice for the next one they are saved for it.
func (g *Group) meetCustomers() {
	m := &g.manager
	m.queue = m.queue[:0]
	g.wakeOpportunities() // those that follow this week look only at them
	if m.Present {
		for _, k := range g.awake {
			if o := &g.open[k]; g.week-o.LastMeeting >= g.pause(o) {
				m.enqueue(queued{k, g.priority(o)})
			}
		}
	}
	for _, q := range m.queue {
		o := &g.open[q.index]
		hours := g.p.Manager.Meeting * g.perMember(o.Team.n)
		if !g.affordable(o.Market, hours) {
			m.waiting = true
			break
		}
		g.spendIn(o.Market, TaskMeetings, hours, &o.Team)
		g.books.Meetings++
		o.visited = true
	}
}

// enqueue keeps the queue in falling order of priority; of equals the older
// one stays in front.
func (m *Manager) enqueue(q queued) {
	m.queue = append(m.queue, q)
	for k := len(m.queue) - 1; k > 0 && m.queue[k].priority > m.queue[k-1].priority; k-- {
		m.queue[k], m.queue[k-1] = m.queue[k-1], m.queue[k]
	}
}

// pause is the weeks between meetings with a customer.
func (g *Group) pause(o *Opportunity) int {
	if o.Stage == StageOffer {
		return int(g.p.Customer.WaitingEvery)
	}
	return int(g.p.Customer.MeetingEvery)
}

// priority is an opportunity's place in the queue: what it may bring per hour
// it costs, more the nearer the customer is to an offer, and more for SMEs
// that are active themselves.
func (g *Group) priority(o *Opportunity) float64 {
	activity := 0.0
	for _, s := range o.Team.slot[:o.Team.n] {
		activity += g.members[s].Activity
	}
	activity /= float64(o.Team.n)
	near := farPriority + float64((1-farPriority)*min(1, o.Trust/o.Needed))
	worth := o.Value * o.Fit / g.perMember(o.Team.n)
	return worth * near * (1 + float64(g.p.Manager.Squeak*activity))
}

// seekCustomers lets the manager approach new customers with the hours that
// are left, unless one in the queue is waiting for them. A search that takes
// more than there is waits until enough is saved, then it is planned anew.
func (g *Group) seekCustomers() {
	if !g.manager.Present || g.manager.waiting {
		return
	}
	for g.manager.Budget+g.help() >= max(g.manager.goal, g.p.Manager.Prospect) { // no search is cheaper than that
		s, ok := g.planSearch(g.leadFor)
		g.manager.goal = s.cost
		if !ok || !g.affordable(s.market, s.cost) {
			return
		}
		g.manager.goal = 0
		g.spendIn(s.market, TaskProspecting, s.cost, &s.team)
		known := 0.0
		for _, i := range s.team.slot[:s.team.n] {
			known += g.members[i].Known
		}
		g.approach(&s, 1, known/float64(s.team.n))
	}
}

// help is the most hours that an assistant in any market has left.
func (g *Group) help() float64 {
	most := 0.0
	for j := range g.nMarket {
		most = max(most, g.markets[j].HelpLeft)
	}
	return most
}

// leadFor returns the SME for which the manager seeks an opportunity of kind
// k next: the hub where the kind is led by it, else the one that promises
// most, given how active it is and what is already open for it; -1 if none.
func (g *Group) leadFor(k OpportunityKind) int {
	if g.kinds[k].hubLeads {
		return g.hub
	}
	best, at := 0.0, -1
	members := g.members[:g.n]
	for i := range members {
		m := &members[i]
		if !m.Active {
			continue
		}
		worth := (1 + float64(g.p.Deal.ValueTechnology*m.Technology)) *
			(1 + float64(g.p.Manager.Squeak*m.Activity)) / float64(1+m.OpenOffers)
		if worth > best && m.OpenOffers < int(g.p.Manager.OpenLimit) {
			best, at = worth, i
		}
	}
	return at
}
