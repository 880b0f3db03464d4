package sim

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
)

// The worked example of ODD.md, section 8: which opportunity of which run it is.
const (
	exampleReplication = 14
	exampleSerial      = 1
)

func exampleParams() *Params {
	p := Defaults()
	p.Group.Size, p.Group.Partners, p.Group.Technology = 3, 1, 0.3
	return &p
}

// exampleParts are the blocks of numbers of the worked example. Each formula is
// evaluated as it is written; its value must be what the program has at that moment.
func exampleParts(t *testing.T) []oddPart {
	p := exampleParams()
	e := &example{sheet: sheet{t: t, v: map[string]float64{}}, g: NewGroup()}
	for i := range Table {
		e.v[Table[i].Name] = Table[i].In(p)
	}
	for _, c := range shapeConstants(t) {
		e.v[c.name] = e.evaluate(c.value)
	}
	e.g.Reset(p, 1, exampleReplication)
	e.begin()
	e.g.Watch(e.see)
	for w := 0; w < p.TotalWeeks() && !e.done; w++ {
		e.g.Step()
		e.endWeek()
	}
	if !e.done {
		t.Fatal("the example ends without a deal")
	}
	return e.parts
}

// example follows one opportunity.
type example struct {
	sheet
	g *Group

	lead, partner  int
	trust, vested  float64 // of the customer, before the next meeting
	jointLead      float64 // h the two have put into joint work before the next
	jointPartner   float64
	meetings       strings.Builder
	worked, rounds []string
	opened, done   bool
}

// begin shows the group at the start.
func (e *example) begin() {
	g := e.g
	head := "| slot | id | technology τ | components q | experience e | hours h | rhythm ρ | sharing σ | fit | response ψ |\n|---|---|---|---|---|---|---|---|---|---|\n"
	for i := range g.n {
		m := &g.members[i]
		head += fmt.Sprintf("| %d | %d | %s | %s | %s | %s | %s | %s | %s | %s |\n", i, m.id, digits(m.technology), digits(m.component),
			digits(m.experience), digits(m.capacity), digits(m.rhythm), digits(m.sharing), digits(m.fit[0]), digits(m.response))
	}
	head += "\n| pair | complementarity c | rivalry r | trust T | joint hours J |\n|---|---|---|---|---|\n"
	for i := range g.n {
		for j := range i {
			q := &g.pairs
			head += fmt.Sprintf("| %d, %d | %s | %s | %s | %s |\n", j, i, digits(q.complementarity[i][j]), digits(q.rivalry[i][j]), digits(q.trust[i][j]), digits(q.joint[i][j]))
		}
	}
	e.parts = append(e.parts, oddPart{"example group", head})
}

// ours is the opportunity.
func (e *example) ours() *opportunity {
	for k := range e.g.open {
		if e.g.open[k].serial == exampleSerial {
			return &e.g.open[k]
		}
	}
	e.t.Fatal("the opportunity of the example is not open")
	return nil
}

// see follows what happens.
func (e *example) see(ev Event) {
	if ev.Kind == EventJointWork && e.opened && min(ev.SME, ev.Other) == min(e.lead, e.partner) && max(ev.SME, ev.Other) == max(e.lead, e.partner) {
		e.joint(ev)
	}
	if ev.Kind == EventJointWork {
		e.noteJoint()
	}
	if ev.Opportunity != exampleSerial {
		return
	}
	switch ev.Kind {
	case EventDoorOpened:
		e.approach(e.ours())
		e.assessment(e.ours())
	case EventMeeting:
		e.meeting(e.ours(), ev)
	case EventTrusted:
		e.v["trusted"] = float64(e.g.week)
	case EventOffer:
		e.offer(e.ours())
	case EventRound:
		e.rounds = append(e.rounds, strconv.Itoa(e.g.week))
	case EventDecision:
		e.decision(e.ours(), ev)
	case EventDeal:
		e.deal(ev)
	case EventLost:
		e.t.Fatal("the opportunity of the example is lost")
	}
}

// approach shows the search: who leads, who joins, what it costs, whether it finds.
func (e *example) approach(o *opportunity) {
	g, v := e.g, e.v
	e.lead, e.partner, e.opened = o.team.lead(), int(o.team.slot[1]), true
	h := *g // as it was before the door opened
	for _, i := range o.team.Members() {
		h.members[i].openOffers--
	}
	m := &h.members[e.lead]
	m.approaches[0]--
	m.doors[0]--
	m.contacted[0]--
	e.say("week w = %d", g.week)
	best, at := 0.0, -1
	for i := range g.n {
		s := &h.members[i]
		id := strconv.Itoa(i)
		v["τ_"+id], v["a_"+id], v["ω_"+id], v["ψ_"+id], v["q_"+id] = s.technology, s.activity, float64(s.openOffers), s.response, s.component
		v["promise_"+id] = h.promiseOf(i, 0)
		worth := (1 + h.p.Deal.ValueTechnology*s.technology) * (1 + h.p.Manager.Squeak*s.activity) / (1 + float64(s.openOffers)) * s.response * h.finished(i) * h.promiseOf(i, 0)
		e.step("worth_"+id, strings.ReplaceAll("(1 + deal.value_technology·τ_i)·(1 + manager.squeak·a_i)/(1 + ω_i)·ψ_i·(1 − deal.component·q_i)·promise_i", "_i", "_"+id), worth)
		if worth > best {
			best, at = worth, i
		}
	}
	if at != e.lead {
		e.t.Errorf("SME %d leads, not that of the largest worth %d", e.lead, at)
	}
	e.say("slot %d has the largest worth, and leads; it is its customer ν = %d", e.lead, o.nth)
	strongest := -1.0
	for j := range g.n {
		if j != e.lead {
			v["c"], v["T"], v["U₁"], v["ψ"] = g.pairs.complementarity[e.lead][j], g.pairs.trust[e.lead][j], h.needFor(e.lead, j, o.nth)-leastNeed, g.members[j].response
			tie := e.step(fmt.Sprintf("t_%d", j), "((c·T)·(leastNeed + U₁))·ψ", h.tie(e.lead, j, h.needFor(e.lead, j, o.nth)))
			if strongest = max(strongest, tie); tie == strongest {
				at = j
			}
		}
	}
	if at != e.partner || strongest < g.p.Joint.MinimumTie {
		e.t.Errorf("SME %d is the partner, not that of the strongest tie %d (%v)", e.partner, at, strongest)
	}
	e.say("slot %d has the strongest tie, at least joint.minimum = %s, and is the partner", e.partner, digits(g.p.Joint.MinimumTie))
	s := search{kind: o.kind, team: o.team, wanted: 1, nth: o.nth, market: o.market}
	h.price(&s)
	v["n"], v["q"], v["K"], v["d"] = float64(o.team.n), m.component, h.knowledgeOf(0), h.markets[0].distance
	e.step("cost", "manager.prospect·(1 + manager.per_member·(n − 1))·(1 + q·(1 − K))", s.cost)
	v["fit_lead"], v["fit_partner"], v["τ_lead"], v["τ_partner"] = m.fit[0], h.members[e.partner].fit[0], m.technology, h.members[e.partner].technology
	v["k_lead"], v["k_partner"] = m.known, h.members[e.partner].known
	e.step("φ", "(fit_lead + fit_partner)/2", h.fit(&o.team, 0))
	e.step("τ̄", "(τ_lead + τ_partner)/2", h.technology(&o.team))
	v["c̄"], v["D"], v["k"] = h.pairs.complementarity[e.lead][e.partner], o.need, 1
	e.step("whole", "√(min(1, D/fullSystem))", h.kinds[o.kind].whole)
	e.step("broad", "k·k/(k·k + (deal.range·whole)·(deal.range·whole))", 1/(1+h.p.Deal.Range*h.p.Deal.Range*h.kinds[o.kind].whole*h.kinds[o.kind].whole))
	e.step("demand", "φ·c̄·(1 − whole·(1 − τ̄))·broad·(1 − (deal.component·q)·(1 − c̄))", h.demand(&s))
	exists, left := g.luck.pair(drawExistence, o.leadID, o.nth)
	e.say("such a customer exists: U₁(existence) = %s < demand", digits(exists))
	v["met"] = (1 - h.customersLeft(e.lead, 0)) * h.markets[0].customers
	v["N_m"] = h.markets[0].customers
	e.step("left", "max(0, 1 − met/N_m)", h.customersLeft(e.lead, 0))
	e.say("one is left: U₂(existence) = %s < left", digits(left))
	v["γ"] = h.kinds[o.kind].complexity
	e.step("χ", "τ̄ + γ·(n − 1)", h.complexity(&o.team, o.kind))
	e.step("known", "(k_lead + k_partner)/2", h.known(&o.team))
	e.step("Γ", "1 − 2·χ/(1 + χ)·(1 − known)", grasp(h.known(&o.team), o.complexity))
	e.step("gap", "d·(1 − K)", h.gap(0))
	chance := e.step("door", "(1 − gap)·(1 − (1 − Γ)·(1 − manager.expertise))", h.doorChance(0, v["Γ"]))
	knock := g.luck.one(drawDoor, o.leadID, o.nth)
	e.say("the door opens: U₁(door) = %s < door", digits(knock))
	if exists >= v["demand"] || left >= v["left"] || knock >= chance {
		e.t.Error("the door of the example should not have opened")
	}
	e.close("approach")
}

// assessment shows what the opportunity is, and what its lead comes to expect.
func (e *example) assessment(o *opportunity) {
	g, v := e.g, e.v
	e.step("u*", "min(mostTrust, customer.trust_base + customer.trust_slope·χ)", o.needed)
	v["U₁"] = g.luck.one(drawValue, o.leadID, o.nth)
	e.step("ℓ", "exp(deal.value_spread·N(U₁))", o.luck)
	e.step("v", "n·deal.value_base·(1 + deal.value_technology·τ̄)·ℓ", o.value)
	m := &g.members[e.lead]
	v["ρ"] = m.rhythm
	e.step("naive", "2·(1 − ρ)·commitment.naive_lag", naiveLag(m.rhythm, g.p))
	e.step("realism", "norms.realism + (1 − norms.realism)·norms.role_clarity·clarityEffect", v["norms.realism"]+(1-v["norms.realism"])*v["norms.role_clarity"]*clarityEffect)
	e.step("lead time", "max(−log(1 − u*)/(usualMeeting·customer.trust_rate)·customer.meeting_every, D/usualJointHours) + (1 + ⌈deal.rounds_slope·χ⌉)·deal.round_every", g.leadTime(o))
	v["lead_time"] = v["lead time"]
	e.step("L", "naive + realism·max(0, lead_time − naive)", m.lag)
	e.close("assessment")
}

// noteJoint remembers what the two have put into joint work so far.
func (e *example) noteJoint() {
	e.jointLead = e.g.members[e.lead].ledger.Hours[UseJoint]
	e.jointPartner = e.g.members[e.partner].ledger.Hours[UseJoint]
}

// joint shows the first week of joint work, and notes the others.
func (e *example) joint(ev Event) {
	g, v, q := e.g, e.v, &e.g.pairs
	if v["handed"] == 0 {
		e.worked = append(e.worked, digits(ev.Numbers[1]))
	}
	if len(e.worked) != 1 {
		return
	}
	i, j := e.lead, e.partner
	a, b := &g.members[i], &g.members[j]
	u, w := g.luck.pair(drawJointWork, pairOf(min(a.id, b.id), max(a.id, b.id)), g.week)
	if a.id > b.id {
		u, w = w, u
	}
	e.say("week w = %d; i is the lead, j the partner", g.week)
	v["κ_i"], v["κ_j"], v["T_ij"], v["T_ji"], v["σ_i"], v["σ_j"] = a.commitment, b.commitment, q.trust[i][j], q.trust[j][i], a.sharing, b.sharing
	v["r"], v["U_i"], v["U_j"], v["c"] = q.rivalry[i][j], u, w, q.complementarity[i][j]
	if !q.mediated[min(i, j)][max(i, j)] {
		e.t.Error("the joint work of the example is not mediated")
	}
	v["led"], v["y_i"], v["y_j"] = 1, 0, 0
	e.step("mediation", "manager.mediation·(1 − (T_ij + T_ji)/2)", g.mediation(uint8(i), uint8(j)))
	e.say("the manager has these hours and mediates: led = 1")
	e.step("tempt", "joint.temptation·(1 − joint.mediation_effect)", g.p.Joint.Temptation*(1-g.p.Joint.MediationEffect))
	for _, s := range []string{"i", "j"} {
		m, x, luck, t := a, i, u, q.trust[i][j]
		if s == "j" {
			m, x, luck, t = b, j, w, q.trust[j][i]
		}
		to := map[string]string{"i": "ij", "j": "ji"}[s]
		e.step("pull_"+s, strings.NewReplacer("T_s", "T_"+to, "_s", "_"+s).Replace("κ_s·T_s·(pullAlone + pullShared·σ_s·c)"),
			m.commitment*t*(pullAlone+pullShared*m.sharing*v["c"]))
		e.step("guard_"+s, "r·(1 − σ_"+s+")", v["r"]*(1-m.sharing))
		e.step("x_"+s, strings.ReplaceAll("1/(1 + exp((guard_s + tempt − pull_s)/joint.noise)·√((1 − U_s)/U_s))", "_s", "_"+s), g.contribution(x, i+j-x, luck))
	}
	e.step("x", "min(x_i, x_j)", min(v["x_i"], v["x_j"]))
	v["y_i"], v["y_j"] = (a.ledger.Hours[UseJoint]-e.jointLead)/v["x"], (b.ledger.Hours[UseJoint]-e.jointPartner)/v["x"]
	e.say("hours for the link: y_i = %s, y_j = %s", digits(v["y_i"]), digits(v["y_j"]))
	v["ρ_i"], v["ρ_j"], v["J"] = a.rhythm, b.rhythm, ev.Numbers[0]
	v["apart"] = math.Abs(a.rhythm - b.rhythm)
	v["p"] = (q.acts[i][j] - v["x"]) / (q.acts[i][j] - v["x"] + practiceActs)
	e.say("p = %s, no week of joint work so far; |ρ_i − ρ_j| = apart = %s", digits(v["p"]), digits(v["apart"]))
	e.step("pace", "1 − joint.pace·apart·(1 − p)", 1-g.p.Joint.Pace*v["apart"]*(1-v["p"]))
	e.step("J", "J + √((y_i·x)·(y_j·x))·(gainAlone + (1 − gainAlone)·c)·(1 + joint.practice·p)·pace·led", ev.Numbers[1])
	e.close("joint work")
}

// meeting shows the first meeting, and notes them all.
func (e *example) meeting(o *opportunity, ev Event) {
	g, v := e.g, e.v
	if !ev.ByManager || o.assisted {
		e.t.Error("a meeting of the example is not the manager's")
	}
	if e.meetings.Len() == 0 {
		e.say("week w = %d", g.week)
		v["k_lead"], v["k_partner"] = g.members[e.lead].known, g.members[e.partner].known
		e.step("k̄", "(k_lead + k_partner)/2", g.known(&o.team))
		e.step("Γ", "1 − 2·χ/(1 + χ)·(1 − k̄)", o.grasp)
		v["presence"] = o.presence
		v["e_s"] = o.speaks / o.presence
		e.step("quality", "(1 − (1 − manager.skill)·(1 − e_s·presence))·(strangerMeeting + (1 − strangerMeeting)·Γ)",
			(1-(1-g.p.Manager.Skill)*(1-o.speaks))*(strangerMeeting+(1-strangerMeeting)*v["Γ"]))
		k := g.markets[0].knowledge
		v["K"] = (k - g.p.Learning.MarketMeeting) / (1 - g.p.Learning.MarketMeeting)
		e.step("gap", "d·(1 − K)", v["d"]*(1-v["K"]))
		v["u"], v["V"] = e.trust, e.vested
		e.step("Δ", "customer.trust_rate·(1 − u)·quality·(1 − gap)", o.trust-e.trust)
		e.step("u", "u + Δ", o.trust)
		e.step("V", "(V + customer.vesting·Δ)·(1 − handedOver·presence)", o.vested.person)
		e.step("K", "K + learning.market_meeting·(1 − K)", k)
		e.close("meeting")
	}
	e.trust, e.vested = o.trust, o.vested.person
	fmt.Fprintf(&e.meetings, "| %d | %s | %s | %s |\n", g.week, digits(g.known(&o.team)), digits(o.trust), digits(o.vested.person))
}

// offer shows the offer as it is handed over: its joint hours have been used up.
func (e *example) offer(o *opportunity) {
	g, v := e.g, e.v
	e.parts = append(e.parts, oddPart{"example meetings", "| week | k̄ | u | V |\n|---|---|---|---|\n" + e.meetings.String()})
	spent := g.p.Joint.Specific * o.need
	v["J"], v["handed"] = g.pairs.joint[e.lead][e.partner]+spent, 1
	e.say("week w = %.0f: u ≥ u*; J after each week of joint work: %s", v["trusted"], strings.Join(e.worked, ", "))
	e.say("week w = %d: J ≥ D, no help is missing; the offer is handed over", g.week)
	v["c"] = g.pairs.complementarity[e.lead][e.partner]
	e.step("bases", "1 + deal.bases·τ̄·τ̄·τ̄", 1+g.p.Deal.Bases*math.Pow(g.technology(&o.team), 3))
	e.step("covered", "1 + c·min(1, J/fullSystem)", 1+v["c"]*min(1, v["J"]/fullSystem))
	e.step("share", "min(1, covered/bases)", min(1, v["covered"]/v["bases"]))
	e.step("g", "share·√(share)", o.coverage)
	e.step("J", "J − joint.specific·D", g.pairs.joint[e.lead][e.partner])
	e.step("rounds", "1 + ⌈deal.rounds_slope·χ⌉", float64(o.roundsLeft))
	e.close("offer")
}

// decision shows the customer's.
func (e *example) decision(o *opportunity, ev Event) {
	g, v := e.g, e.v
	e.say("rounds in weeks %s; week w = %d", strings.Join(e.rounds, ", "), g.week)
	v["e_lead"], v["e_partner"], v["Γ̄"], v["u"] = g.members[e.lead].experience, g.members[e.partner].experience, o.grasped(), o.trust
	e.step("ē", "(e_lead + e_partner)/2", g.mean(&o.team, func(m *member) float64 { return m.experience }))
	e.step("skill", "deal.experience_floor + (1 − deal.experience_floor)·ē", g.p.Deal.ExperienceFloor+(1-g.p.Deal.ExperienceFloor)*v["ē"])
	e.step("chance", "φ·g·skill·min(1, u/u*)·(1 − deal.grasp·(1 − Γ̄))", ev.Numbers[2])
	_, luck := g.luck.pair(drawValue, o.leadID, o.nth)
	e.say("the deal is closed: U₂(value) = %s < chance", digits(luck))
}

// deal shows what the deal brings.
func (e *example) deal(ev Event) {
	g, v := e.g, e.v
	r := &g.buyers[len(g.buyers)-1]
	e.step("each", "v/n", ev.Numbers[0]/2)
	e.step("s", "closenessValue + (1 − closenessValue)·u", r.satisfaction)
	v["U₁"] = g.luck.one(drawOrder, r.leadID, orderAddress(r.nth, 0))
	e.step("pause", "orders.every·(soonestOrder + U₁)", g.p.Orders.Every*(soonestOrder+v["U₁"]))
	e.say("the first repeat order is due in week w + max(1, ⌊pause⌋) = %d", r.due)
	e.close("deal")
	e.done = true
}

// endWeek shows how the contact was followed up.
func (e *example) endWeek() {
	if !e.opened || e.v["followed"] == 1 {
		return
	}
	o := e.ours()
	luck := e.g.luck.one(drawFollowUp, o.leadID, o.nth)
	e.v["followed"] = 1
	given := e.g.members[e.lead].ledger.Hours[UseMeetings]
	if luck >= given/e.g.p.Customer.AttendHours {
		e.t.Error("the contact of the example should have gone cold")
	}
	e.say("the lead gives %s of %s hours: share %s", digits(given), digits(e.g.p.Customer.AttendHours), digits(given/e.g.p.Customer.AttendHours))
	e.say("U₁(follow-up) = %s is less: the contact stays warm", digits(luck))
	e.close("follow-up")
}
