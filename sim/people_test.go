package sim

import (
	"math"
	"testing"
)

// A member that never comes is not chosen, is taken out of open work at the quarter's
// end, and leads only what is under negotiation already.
func TestSilentMembersAreBypassed(t *testing.T) {
	g := started(map[string]float64{"group.focus": 1})
	for i := range g.n {
		for j := range i {
			g.bind(i, j, 0.8, 0.9, 0)
		}
	}
	silent := (g.hub + 1) % g.n
	g.teamOf(SystemSale, g.hub, silent, (g.hub+2)%g.n, (g.hub+3)%g.n)
	led := g.teamOf(MarketSale, silent)
	led.stage, led.roundsLeft = StageNegotiation, 1
	for range 52 {
		g.members[silent].answer(5)
		g.members[silent].left = 0
		g.drawWorkloads()
		g.members[silent].left = 0
	}
	if b := g.members[silent].response; b > 0.01 {
		t.Fatalf("after a year of silence the response is %v", b)
	}
	if team, _, _ := g.gather(&g.kinds[SystemSale], g.hub, 7); team.has(silent) {
		t.Error("a silent SME is chosen")
	}
	g.week = quarter - 1
	g.bypassSilent()
	if o := &g.open[0]; o.team.has(silent) || o.team.n != 4 || len(g.open) != 2 || !g.members[silent].active {
		t.Errorf("the system is offered by %v; %d are open, the silent SME is active: %v", o.team.Members(), len(g.open), g.members[silent].active)
	}
	g.week++
	g.members[g.hub].response = 0
	if hub := g.electHub(); hub == g.hub {
		t.Error("a silent hub is elected again")
	}
}

// A firm without people for exports is seen to be one before it has failed anybody: it is
// taken into no team and leads none, but may sell alone. Without hours at all it does no
// harm.
func TestFirmsWithoutPeopleAreSeenToBe(t *testing.T) {
	nan := math.NaN()
	p := at(map[string]float64{"group.focus": 0.5})
	for _, hours := range []float64{18, 18, 18, 18, 0} {
		p.ListedSMEs = append(p.ListedSMEs, SMESpec{Technology: nan, Niche: [2]float64{nan, nan}, Experience: nan, Hours: hours, Rhythm: nan, Component: nan})
	}
	g := NewGroup()
	for r := range uint64(20) {
		g.Reset(&p, 1, r)
		if _, _, ok := g.gather(&g.kinds[CustomerSale], 4, 0); ok || g.members[0].response != 1 || g.members[4].response != 0 {
			t.Fatalf("an SME without hours has a response of %v, may lead a team: %v", g.members[4].response, ok)
		}
		for range 156 {
			g.Step()
			if err := g.check(); err != nil {
				t.Fatal(err)
			}
		}
		if l := &g.members[4].ledger; l.Deals > 0 || g.members[4].openOffers > 0 {
			t.Errorf("an SME without hours has %d deals and %d open offers", l.Deals, g.members[4].openOffers)
		}
	}
}

// Among equals luck decides who leads, not the place in the list.
func TestEqualsTakeTurns(t *testing.T) {
	nan := math.NaN()
	p := at(map[string]float64{"group.focus": 0, "markets.fit_spread": 0})
	for range 5 {
		p.ListedSMEs = append(p.ListedSMEs, SMESpec{Technology: 0.5, Niche: [2]float64{0, 0}, Experience: 0.5, Hours: 18, Rhythm: 0.5, Component: nan})
	}
	p.Group.Components = 0
	g, led := NewGroup(), map[int]int{}
	for r := range uint64(300) {
		g.Reset(&p, 1, r)
		led[g.leadFor(MarketSale)]++
	}
	for i := range 5 {
		if led[i] < 30 || led[i] > 95 {
			t.Errorf("of 300 first customers SME %d leads %d", i, led[i])
		}
	}
}

// What the manager does not know hurts the more, the more complex the offer is; and
// skill and experience make up for each other.
func TestGraspAndSubstitution(t *testing.T) {
	if a, b, c := grasp(0, 0), grasp(0, 0.5), grasp(0, 1); a != 1 || c != 0 || !(b > c && b < a) || grasp(1, 1) != 1 {
		t.Errorf("grasp without knowledge is %v, %v, %v", a, b, c)
	}
	trust := func(skill, speaks float64) float64 {
		g := started(map[string]float64{"manager.skill": skill})
		o := g.teamOf(MarketSale, 0)
		o.visited, o.presence, o.speaks = true, 1, speaks
		g.buildTrust(o)
		return o.trust
	}
	if novice, veteran := trust(0.9, 0)-trust(0.4, 0), trust(0.9, 0.8)-trust(0.4, 0.8); !(novice > 2*veteran && veteran > 0) {
		t.Errorf("skill gains %v with a novice and %v with a veteran", novice, veteran)
	}
}

// An SME below the entry level makes no offer before it has got the manager's help.
func TestUnreadySMEsNeedHelpWithOffers(t *testing.T) {
	g := started(map[string]float64{"group.focus": 0})
	g.members[0].experience = 0.5 * g.p.Learning.EntryLevel
	o := g.teamOf(MarketSale, 0)
	o.trust, o.visited = 1, true
	g.wakeOpportunities()
	g.advanceOpportunities()
	if o.stage != StageOffer {
		t.Fatalf("the stage is %s", o.stage)
	}
	weeks := 0
	for ; o.stage == StageOffer && weeks < 60; weeks++ {
		g.manager.budget = 100
		g.helpWithOffers()
		g.wakeOpportunities()
		g.advanceOpportunities()
	}
	if want := int(math.Ceil(0.5 * g.p.Learning.OfferHelp / g.p.Manager.Guidance)); weeks != want || o.stage != StageNegotiation {
		t.Errorf("after %d weeks of help the stage is %s, want an offer after %d", weeks, o.stage, want)
	}
}

// The assistant works only when the manager has no hours, and must be supervised.
func TestAssistantsAreSupervised(t *testing.T) {
	g := started(map[string]float64{"markets.assistant": 20})
	team := Team{}
	team.add(0)
	g.markets[0].helpLeft = 20
	g.manager.budget = 10
	if g.spendIn(0, TaskMeetings, 6, &team) || g.markets[0].helpLeft != 20 {
		t.Error("the assistant works though the manager could")
	}
	if !g.affordable(0, 10) || !g.spendIn(0, TaskMeetings, 10, &team) || math.Abs(g.manager.budget-(4-10*supervision)) > 1e-12 || g.markets[0].helpLeft != 10 {
		t.Errorf("after 10 hours of the assistant the manager has %v hours, the assistant %v", g.manager.budget, g.markets[0].helpLeft)
	}
	if g.affordable(0, 10) {
		t.Error("an assistant works without supervision")
	}
}

// Results count once per customer, and hours cost: an SME may leave because of them.
func TestTokensAndTheCostOfHours(t *testing.T) {
	g := started(map[string]float64{"group.focus": 0})
	m := &g.members[0]
	o := g.teamOf(MarketSale, 0)
	for range 20 {
		o.trust, o.visited = 1, true
		g.prepareOffer(o)
	}
	if m.results != g.p.Commitment.CreditCustomer {
		t.Errorf("a customer's trust counts %v deals, want %v", m.results, g.p.Commitment.CreditCustomer)
	}
	m.results, m.expectations, m.fairness, m.trusting, m.busy = 1, 1, 1, 1, 0.9
	if r := g.disappointment(0); r != ReasonOwn {
		t.Errorf("an SME that lacks nothing but its hours leaves for %s", r)
	}
	m.results = 0
	if r := g.disappointment(0); r != ReasonResults {
		t.Errorf("an SME without results leaves for %s", r)
	}
}

// Both give what the more reserved gives; the other has wasted the rest and holds it
// against it in proportion.
func TestJointWorkIsAShare(t *testing.T) {
	g := started(nil)
	g.bind(0, 1, 0.6, 0.8, 0)
	q := &g.pairs
	g.members[0].sharing, g.members[1].sharing = 0.9, 0.1
	g.members[0].left, g.members[1].left = 4, 4
	g.workOn(0, 1, 4, 4, 1)
	wasted, joint := g.members[0].ledger.Hours[UseWasted], g.members[1].ledger.Hours[UseJoint]
	if !(wasted > 0 && joint > 0 && joint < 4) || g.members[0].ledger.Hours[UseJoint] != joint || g.members[1].ledger.Hours[UseWasted] != 0 {
		t.Errorf("the sharing SME wastes %v hours; both work %v and %v", wasted, g.members[0].ledger.Hours[UseJoint], joint)
	}
	if x := joint / 4; math.Abs(q.acts[0][1]-x) > 1e-12 || !(q.bad[0][1] > 4*0.4) || q.bad[1][0] != 4*(1-0.6) {
		t.Errorf("a share of %v counts as %v weeks; bad experiences are %v and %v", x, q.acts[0][1], q.bad[0][1], q.bad[1][0])
	}
}

// What stands at exactly half lasts, however the sums were rounded; and what is still
// undecided is valued at the end of the project, not later.
func TestOutcomesAtTheirEdges(t *testing.T) {
	g := started(map[string]float64{"project.years": 1})
	g.week = g.end + 2*WeeksPerYear
	for after, t := range []Tally{{}, {Value: 0.6, JointActs: 2}, {Value: 0.9, JointActs: 3}, {Value: 1.2, JointActs: 4}} { // 0.6 and 0.3 short of rounding
		g.history[g.end+(after-1)*WeeksPerYear] = t
	}
	if s := g.selfSustaining(); s != 1 {
		t.Errorf("half of sales and joint work: self-sustaining is %v", s)
	}
	g.history[g.week].Value = 1.19
	if s := g.selfSustaining(); s != 0 {
		t.Errorf("less than half of sales: self-sustaining is %v", s)
	}
	o := g.teamOf(MarketSale, 0)
	o.value = 100
	g.noteEnd(false)
	o.value, o.stage = 150, StageNegotiation
	g.books.rescued += o.valueAtEnd
	r := g.Result()
	if r.Get(OpenAtEnd) != 100 || r.Get(Rescued) != 100 || r.Get(Stranded) != 0 {
		t.Errorf("open %v, rescued %v, stranded %v", r.Get(OpenAtEnd), r.Get(Rescued), r.Get(Stranded))
	}
	for i := range g.n {
		g.members[i].active = false
	}
	s := new(Series)
	s.reset(g.p)
	g.series, g.week = s, 0
	if g.observe(); !math.IsNaN(s.Columns[ColTrust][0]) {
		t.Errorf("trust of nobody is %v", s.Columns[ColTrust][0])
	}
}
