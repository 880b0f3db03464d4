package sim

import "math"

// Result is what one replication came to. Missing values are NaN: the time to
// the first deal when there was none, a ratio to nothing.
type Result struct {
	Values  [NOutcomes]float64 // by Outcome
	ByYear  [MaxYears]Tally    // by the end of each year, the first one at 0; NaN beyond the run
	SMEs    []SMELedger        // members in slot order, then those that left
	Members int                // how many of SMEs are members
}

// Get returns an outcome's value.
func (r *Result) Get(o Outcome) float64 { return r.Values[o] }

// Outcome is a quantity known of every replication.
type Outcome uint8

// The outcomes. Info says what each means.
const (
	ValueProject Outcome = iota
	ValueTotal
	ValueAfter
	ValueProjectExpected
	ValueTotalExpected
	DealsProject
	DealsTotal
	OrdersTotal
	FirstDealWeek
	FirstJointDealWeek
	NeverSells
	WeeksTrust
	WeeksOffer
	WeeksNegotiation
	Stranded
	Rescued
	OpenAtEnd
	OffersProject
	Cooperation
	TrustEnd
	TrustMean
	CommitmentEnd
	Regularity
	Fairness
	ExperienceGained
	ActiveEnd
	WithdrawnResults
	WithdrawnUnfair
	WithdrawnDistrust
	WithdrawnOwn
	HubSpare
	DoorsPerHour
	MeetingShare
	CoordinationShare
	ProspectingShare
	IdleShare
	PublicCost
	PrivateCost
	CostPerDeal
	ValuePerPublic
	ValuePerHour
	SelfSustaining
	KeptManager
	GoalScore
	Inequality
	ActivityCorrelation
	Complementarity
	Technology
	WeeksAlive
	MembersLost
	Graduated
	ManagerChanges
	Satisfaction
	CostSaved
	CustomersEnd
	NOutcomes
)

// OutcomeInfo says what an outcome is.
type OutcomeInfo struct {
	Name   string // in files
	Label  string // for people
	Kind   Quantity
	Unit   string // "1" for a pure number
	Better int    // whether more is better: +1, worse: -1, or neither: 0
	Doc    string // what it means, in one sentence without a full stop
}

var outcomes = [NOutcomes]OutcomeInfo{
	ValueProject:         {"value_project", "Value closed in the project", Money, "k€", 1, "value of all orders closed by the end of the project"},
	ValueTotal:           {"value_total", "Value closed by the horizon", Money, "k€", 1, "value of all orders closed by the horizon"},
	ValueAfter:           {"value_after", "Value closed after it", Money, "k€", 1, "value of all orders closed after the end of the project"},
	ValueProjectExpected: {"value_project_expected", "Value closed in the project, by chance", Money, "k€", 1, "as value_project, with each order by its chance in place of whether it came: the same mean, with less luck in it"},
	ValueTotalExpected:   {"value_total_expected", "Value closed by the horizon, by chance", Money, "k€", 1, "as value_total, with each order by its chance in place of whether it came: the same mean, with less luck in it"},
	DealsProject:         {"deals_project", "Deals in the project", Count, "deals", 1, "first orders of new customers by the end of the project"},
	DealsTotal:           {"deals_total", "Deals by the horizon", Count, "deals", 1, "first orders of new customers by the horizon"},
	OrdersTotal:          {"orders_total", "Repeat orders", Count, "orders", 1, "repeat orders by the horizon"},
	FirstDealWeek:        {"first_deal_week", "Time to the first deal", Time, "weeks", -1, "weeks to the first deal; missing when there was none by the horizon"},
	FirstJointDealWeek:   {"first_joint_deal_week", "Time to the first joint deal", Time, "weeks", -1, "weeks to the first deal of two or more SMEs together; missing when there was none by the horizon"},
	NeverSells:           {"never_sells", "Groups that never sell", YesNo, "1", -1, "whether there is no deal by the horizon"},
	WeeksTrust:           {"weeks_trust", "Weeks to win trust", Time, "weeks", -1, "weeks from the open door until the customer trusts enough to hear an offer, mean over the deals by the horizon; missing without a deal"},
	WeeksOffer:           {"weeks_offer", "Weeks to the joint offer", Time, "weeks", -1, "weeks from then until the offer is handed over, mean over the deals by the horizon; missing without a deal"},
	WeeksNegotiation:     {"weeks_negotiation", "Weeks of negotiating", Time, "weeks", -1, "weeks from the offer to the order, mean over the deals by the horizon; missing without a deal"},
	Stranded:             {"stranded", "Stranded: undecided at the end, never won", Money, "k€", -1, "value of the opportunities undecided at the end of the project that never became deals"},
	Rescued:              {"rescued", "Undecided at the end, won later", Money, "k€", 1, "value of the opportunities undecided at the end of the project that became deals later"},
	OpenAtEnd:            {"open_at_end", "Undecided at the end", Money, "k€", 0, "value of the opportunities still undecided at the end of the project"},
	OffersProject:        {"offers_project", "Offers handed over", Count, "offers", 1, "offers handed over by the end of the project"},
	Cooperation:          {"cooperation", "Cooperation intensity", Share, "1", 1, "cooperation intensity: joint hours as a share of the hours the SMEs had for the project"},
	TrustEnd:             {"trust_end", "Trust among SMEs at the end", Share, "1", 1, "mean trust of the SMEs in each other at the end of the project"},
	TrustMean:            {"trust_mean", "Trust among SMEs, mean", Share, "1", 1, "mean trust of the SMEs in each other, mean over the weeks of the project"},
	CommitmentEnd:        {"commitment_end", "Commitment at the end", Share, "1", 1, "mean commitment of the SMEs at the end of the project"},
	Regularity:           {"regularity", "Export regularity", Share, "1", 1, "export regularity: share of the project's quarters with an order, mean over SMEs"},
	Fairness:             {"fairness", "Perceived fairness", Share, "1", 1, "perceived fairness of the manager's time, mean over SMEs and quarters of the project"},
	ExperienceGained:     {"experience_gained", "Export experience gained", Share, "1", 1, "export experience gained in the project, mean over SMEs"},
	ActiveEnd:            {"active_end", "Active members at the end", Count, "SMEs", 1, "members still active at the end of the project"},
	WithdrawnResults:     {"withdrawn_results", "Withdrawn for lack of results", Count, "SMEs", -1, "members that turned passive or left in the project because of too few results"},
	WithdrawnUnfair:      {"withdrawn_unfair", "Withdrawn for unfairness", Count, "SMEs", -1, "members that turned passive or left in the project because of too little of the manager's time"},
	WithdrawnDistrust:    {"withdrawn_distrust", "Withdrawn for distrust", Count, "SMEs", -1, "members that turned passive or left in the project because of too little trust in the others"},
	WithdrawnOwn:         {"withdrawn_own", "Withdrawn for own reasons", Count, "SMEs", 0, "members that left in the project for reasons of their own"},
	HubSpare:             {"hub_spare", "Hub's hours left for joint work", Work, "h/week", 1, "hours the hub has left when joint work begins, mean over the project's weeks in which any offer waits for joint work; missing when there is no hub or no such week"},
	DoorsPerHour:         {"doors_per_hour", "Doors opened per hour of prospecting", Ratio, "doors/h", 1, "doors that the manager's approaches opened per hour of prospecting in the project"},
	MeetingShare:         {"meeting_share", "Manager's time in customer meetings", Share, "1", 0, "customer meetings as a share of the manager's hours in the project"},
	CoordinationShare:    {"coordination_share", "Manager's time in coordination", Share, "1", 0, "coordination of the SMEs (mediation, and what several SMEs add to meetings and approaches) as a share of the manager's hours in the project"},
	ProspectingShare:     {"prospecting_share", "Manager's time in prospecting", Share, "1", 0, "prospecting as a share of the manager's hours in the project"},
	IdleShare:            {"idle_share", "Manager's idle time", Share, "1", -1, "idle hours as a share of the manager's hours in the project"},
	PublicCost:           {"public_cost", "Public cost", Money, "k€", -1, "what the public paid by the horizon"},
	PrivateCost:          {"private_cost", "Private cost", Money, "k€", -1, "what the SMEs paid by the horizon, without their hours"},
	CostPerDeal:          {"cost_per_deal", "Cost per deal", Money, "k€", -1, "public and private cost per deal by the horizon; missing when there was none"},
	ValuePerPublic:       {"value_per_public_euro", "Value per public euro", Ratio, "€/€", 1, "value by the horizon per euro the public paid; missing when it paid nothing"},
	ValuePerHour:         {"value_per_hour", "Value per manager hour", Ratio, "k€/h", 1, "value closed by the end of the project per manager hour; missing without a manager"},
	SelfSustaining:       {"self_sustaining", "Self-sustaining groups", YesNo, "1", 1, "whether value flow and joint work of the second year after the project hold against its last year; missing when that year is beyond the horizon"},
	KeptManager:          {"kept_manager", "Groups that keep the manager", YesNo, "1", 0, "whether the SMEs kept the manager at their own cost when the project ended"},
	GoalScore:            {"goal_score", "Attainment of own goals", Share, "1", 1, "attainment of the group's own goals, weighted: sales, cooperation, learning"},
	Inequality:           {"inequality", "Inequality among SMEs (Gini)", Share, "1", -1, "Gini coefficient of value over SMEs by the horizon; missing without any value"},
	ActivityCorrelation:  {"activity_correlation", "Correlation of activity and manager's time", Correlation, "1", 0, "correlation over SMEs of their activity with the manager's hours they received; missing for two SMEs"},
	Complementarity:      {"complementarity", "Compatibility of the group", Share, "1", 0, "mean complementarity of the pairs of SMEs at the start"},
	Technology:           {"technology", "Technology of the group", Share, "1", 0, "mean technology of the SMEs at the start"},
	WeeksAlive:           {"weeks_alive", "Weeks the group lives", Time, "weeks", 1, "weeks by the horizon in which the group had a manager and at least two active members"},
	MembersLost:          {"members_lost", "Members lost", Count, "SMEs", -1, "members that turned passive or left while the group had a manager, without those that had outgrown it"},
	Graduated:            {"graduated", "Members that outgrew the group", Count, "SMEs", 0, "members that left by the horizon because they no longer needed the group"},
	ManagerChanges:       {"manager_changes", "Changes of manager", Count, "changes", 0, "how often by the horizon a manager left and a new one came"},
	Satisfaction:         {"satisfaction", "Satisfaction of members", Share, "1", 1, "satisfaction of active members, mean over their weeks by the horizon; missing without any"},
	CostSaved:            {"cost_saved", "Cost saved by members", Money, "k€", 1, "what the manager's hours that each SME got, and assistants, fairs and running costs, would have cost each alone by the horizon, less what the SMEs paid"},
	CustomersEnd:         {"customers_end", "Customers at the horizon", Count, "customers", 1, "customers that may order again at the horizon"},
}

// Info returns what an outcome means.
func (o Outcome) Info() OutcomeInfo { return outcomes[o] }

func (o Outcome) String() string { return outcomes[o].Name }

// OutcomeNamed finds an outcome by its name in files.
func OutcomeNamed(name string) (Outcome, bool) {
	for o := range NOutcomes {
		if outcomes[o].Name == name {
			return o, true
		}
	}
	return 0, false
}

// Result sums up the replication when its last week has passed, as Run does. It
// stays valid until the group runs again.
func (g *Group) Result() *Result {
	r := &g.result
	r.SMEs, r.Members = r.SMEs[:0], g.n
	for i := range g.n {
		m := &g.members[i]
		m.ledger.Gained = m.gained()
		m.ledger.Customers = 0
	}
	for k := range g.buyers {
		for _, s := range g.buyers[k].team.Members() {
			g.members[s].ledger.Customers++
		}
	}
	for i := range g.n {
		r.SMEs = append(r.SMEs, g.members[i].ledger)
	}
	r.SMEs = append(r.SMEs, g.former...)
	for y := range r.ByYear {
		r.ByYear[y] = unknown
		if week := (y + 1) * WeeksPerYear; week <= g.week {
			r.ByYear[y] = g.history[week]
		}
	}
	g.salesOutcomes(r)
	g.groupOutcomes(r)
	g.managerOutcomes(r)
	g.moneyOutcomes(r)
	g.lastingOutcomes(r)
	return r
}

// unknown is the tally of a week that was not simulated.
var unknown = Tally{math.NaN(), math.NaN(), math.NaN(), math.NaN(), math.NaN()}

func (g *Group) salesOutcomes(r *Result) {
	v, b, e := &r.Values, &g.books, &g.projectEnd
	v[ValueProject], v[ValueTotal] = e.value(), b.value()
	v[ValueAfter] = v[ValueTotal] - v[ValueProject]
	v[ValueProjectExpected], v[ValueTotalExpected] = e.expected, b.expected
	v[DealsProject], v[DealsTotal] = float64(e.deals), float64(b.deals)
	v[NeverSells] = 0
	if b.deals == 0 {
		v[NeverSells] = 1
	}
	v[WeeksTrust] = over(float64(b.stageWeeks[StageTrust]), float64(b.deals))
	v[WeeksOffer] = over(float64(b.stageWeeks[StageOffer]), float64(b.deals))
	v[WeeksNegotiation] = over(float64(b.stageWeeks[StageNegotiation]), float64(b.deals))
	v[OrdersTotal] = float64(b.orders)
	v[FirstDealWeek], v[FirstJointDealWeek] = weekOf(b.firstDeal), weekOf(b.firstJoint)
	v[OpenAtEnd], v[Rescued] = b.openAtEnd, b.rescued
	v[Stranded] = max(0, v[OpenAtEnd]-v[Rescued]) // not less by rounding
	v[OffersProject] = float64(e.offers)
}

// weekOf counts a week from 1, and is missing (NaN) for -1.
func weekOf(week int) float64 {
	if week < 0 {
		return math.NaN()
	}
	return float64(week + 1)
}

func (g *Group) groupOutcomes(r *Result) {
	v, e, s := &r.Values, &g.projectEnd, &g.endState
	v[Cooperation] = share(e.jointHours, s.hours)
	v[TrustEnd], v[CommitmentEnd] = s.trust, s.commitment
	v[TrustMean] = over(e.trust, float64(e.weeks))
	v[Regularity], v[Fairness] = s.regularity, s.fairness
	v[ExperienceGained], v[ActiveEnd] = s.gained, float64(s.active)
	v[WithdrawnResults] = float64(e.withdrawn[ReasonResults])
	v[WithdrawnUnfair] = float64(e.withdrawn[ReasonUnfair])
	v[WithdrawnDistrust] = float64(e.withdrawn[ReasonDistrust])
	v[WithdrawnOwn] = float64(e.withdrawn[ReasonOwn])
	v[HubSpare] = over(e.hubLeft, float64(e.hubWeeks))
	v[SelfSustaining] = g.selfSustaining()
	v[Complementarity], v[Technology] = g.composition[0], g.composition[1]
	v[GoalScore] = g.goalScore(v)
	v[Inequality], v[ActivityCorrelation] = g.inequality(), g.activityCorrelation()
}

func (g *Group) managerOutcomes(r *Result) {
	v, e := &r.Values, &g.projectEnd
	v[DoorsPerHour] = over(float64(e.doorsOpened), e.tasks[TaskProspecting])
	v[MeetingShare] = over(e.tasks[TaskMeetings], e.managerHours)
	v[CoordinationShare] = over(e.tasks[TaskCoordination], e.managerHours)
	v[ProspectingShare] = over(e.tasks[TaskProspecting], e.managerHours)
	v[IdleShare] = over(e.tasks[TaskIdle], e.managerHours)
	v[ValuePerHour] = over(v[ValueProject], e.managerHours)
	v[KeptManager] = 0
	if g.endState.kept {
		v[KeptManager] = 1
	}
}

func (g *Group) moneyOutcomes(r *Result) {
	v, b := &r.Values, &g.books
	v[PublicCost], v[PrivateCost] = b.publicCost, b.privateCost
	v[CostPerDeal] = over(b.publicCost+b.privateCost, float64(b.deals))
	v[ValuePerPublic] = over(b.value(), b.publicCost)
}

// lastingOutcomes are those of a group that lives on, and of its members.
func (g *Group) lastingOutcomes(r *Result) {
	v, b := &r.Values, &g.books
	v[WeeksAlive], v[ManagerChanges], v[CustomersEnd] = float64(b.weeksAlive), float64(b.managerChanges), float64(len(g.buyers))
	v[MembersLost], v[Graduated] = float64(b.lost), float64(b.withdrawn[ReasonGraduated])
	content, weeks, received := 0.0, 0, 0.0
	for k := range r.SMEs {
		l := &r.SMEs[k]
		content += l.Satisfaction
		weeks += l.Weeks
		received += l.Received
	}
	v[Satisfaction] = over(content, float64(weeks))
	hours := float64(received * g.p.Money.Manager / (fullTimeManager * WeeksPerYear))
	rest := float64(float64(b.memberWeeks) * g.costFor(0, 1) / WeeksPerYear)
	v[CostSaved] = hours + rest - v[PrivateCost]
}

// selfSustaining compares the second year after the project with its last
// year: 1 when enough of both sales and joint work is still there, and more than
// nothing, 0 when not, missing when either year was not simulated whole.
func (g *Group) selfSustaining() float64 {
	if g.week < g.end+2*WeeksPerYear || g.end < WeeksPerYear {
		return math.NaN()
	}
	const lasts = lastsShare * (1 - 1e-9) // what stands exactly at the share lasts, however sums were rounded
	year := func(week int) Tally { return g.history[week].since(g.history[week-WeeksPerYear]) }
	then, now := year(g.end), year(g.end+2*WeeksPerYear)
	if now.Value > 0 && now.Value >= float64(lasts*then.Value) && now.JointActs > 0 && now.JointActs >= float64(lasts*then.JointActs) {
		return 1
	}
	return 0
}

// goalScore is how far the group has reached its own goals, by their weights.
func (g *Group) goalScore(v *[NOutcomes]float64) float64 {
	w := &g.p.Goals
	total := w.Sales + w.Cooperation + w.Learning
	if total == 0 {
		return math.NaN()
	}
	years := float64(g.end) / WeeksPerYear
	sales := min(1, v[ValueProject]/(targetSales*years*float64(g.n)))
	joint := min(1, v[Cooperation]/targetJoint)
	learning := min(1, max(0, v[ExperienceGained])/targetLearning)
	return (float64(w.Sales*sales) + float64(w.Cooperation*joint) + float64(w.Learning*learning)) / total
}

// inequality is the Gini coefficient of the members' sales.
func (g *Group) inequality() float64 {
	sum, differences := 0.0, 0.0
	for i := range g.n {
		x := g.members[i].ledger.Value()
		sum += x
		for j := range i {
			differences += math.Abs(x - g.members[j].ledger.Value())
		}
	}
	return over(differences, sum*float64(g.n))
}

// activityCorrelation is the correlation over members of their activity with the
// manager's hours they received; missing for two, whom a line always joins.
func (g *Group) activityCorrelation() float64 {
	if g.n < 3 {
		return math.NaN()
	}
	n := float64(g.n)
	var sx, sy float64
	for i := range g.n {
		sx += g.members[i].ledger.Activity
		sy += g.members[i].ledger.Received
	}
	var xx, yy, xy float64
	for i := range g.n {
		x, y := g.members[i].ledger.Activity-sx/n, g.members[i].ledger.Received-sy/n
		xx += float64(x * x)
		yy += float64(y * y)
		xy += float64(x * y)
	}
	return over(xy, math.Sqrt(xx)*math.Sqrt(yy))
}

// over divides, and is missing (NaN) where there is nothing to divide by.
func over(a, b float64) float64 {
	if b == 0 {
		return math.NaN()
	}
	return a / b
}

// share divides, and is 0 where there is nothing to divide by.
func share(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
