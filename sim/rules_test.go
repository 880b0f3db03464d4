package sim

import (
	"math"
	"testing"
)

// teamOf puts a new opportunity of some SMEs, the lead first, into the group.
func (g *Group) teamOf(kind OpportunityKind, slots ...int) *opportunity {
	s := search{kind: kind, nth: g.members[slots[0]].customers}
	for _, i := range slots {
		s.team.add(i)
	}
	return g.openOpportunity(&s)
}

// One member, who has most hours, speaks for the team; nobody else gives any.
func TestOneSpeaksForTheTeam(t *testing.T) {
	g := started(nil)
	o := g.teamOf(CustomerSale, 0, 1, 2)
	g.week, o.visited = 3, true
	g.wakeOpportunities()
	hours := g.p.Customer.AttendHours
	for i, left := range []float64{1, 10, 8, 0, 0} {
		g.members[i].left = left
	}
	g.attendMeetings()
	if g.members[0].left != 1 || g.members[1].left != 10-hours || g.members[2].left != 8 || o.presence != 1 {
		t.Errorf("hours left are %v, %v, %v, presence %v", g.members[0].left, g.members[1].left, g.members[2].left, o.presence)
	}
	for i := range g.n {
		g.members[i].left = 0.25 * hours
	}
	if g.attendMeetings(); o.presence != 0.25 || g.members[0].left != 0 || g.members[1].left == 0 {
		t.Errorf("with a quarter of the hours presence is %v; of equals the lead should speak", o.presence)
	}
}

// A hub that has promised the work of a system has no room for another, until most of
// the work is done.
func TestRoomIsByPromisedHours(t *testing.T) {
	g := started(map[string]float64{"group.focus": 1})
	if !g.hasRoom(g.hub) {
		t.Fatal("the hub has no room though it has promised nothing")
	}
	s, _ := g.planSearch(g.leadFor)
	o := g.openOpportunity(&s)
	if g.hasRoom(g.hub) {
		t.Errorf("the hub has room for a further system though it has promised %.0f hours a week", g.members[g.hub].load)
	}
	before := g.members[g.hub].load
	g.findWantedLinks()
	if math.Abs(g.members[g.hub].load-before) > 1e-9 {
		t.Errorf("the load is %v when the opportunity opens and %v when it is counted anew", before, g.members[g.hub].load)
	}
	for _, j := range o.team.Members()[1:] {
		g.bind(g.hub, int(j), 0.5, 0.5, o.need)
	}
	if g.findWantedLinks(); !g.hasRoom(g.hub) {
		t.Errorf("the hub has no room though all joint work is done; its load is %v", g.members[g.hub].load)
	}
}

// A kind of little weight is not sought only because the others cannot be had.
func TestScarceHoursDoNotChangeTheMix(t *testing.T) {
	g := started(map[string]float64{"group.focus": 0.99})
	onlyJoint := func(k OpportunityKind) bool { return k == CustomerSale }
	if k, ok := g.nextKind(onlyJoint); ok {
		t.Errorf("with a weight of %v kind %s is sought first", g.weights[k], k)
	}
	g.tried[SystemSale] = 30
	if k, ok := g.nextKind(onlyJoint); !ok || k != CustomerSale {
		t.Errorf("when its turn has come kind %s is sought, %v", k, ok)
	}
}

// Who leaves the manager's contacts lying loses them.
func TestContactsAreFollowedUp(t *testing.T) {
	for _, left := range []float64{0, 10} {
		g := started(map[string]float64{"group.focus": 0})
		o := g.teamOf(MarketSale, 0)
		lost := 0
		g.Watch(func(e Event) {
			if e.Kind == EventLost && e.Why == LostCold {
				lost++
			}
		})
		g.members[0].left = left
		g.attendMeetings()
		dropped := o.dropped
		g.advanceOpportunities()
		if dropped != (left == 0) || len(g.open) != 1-lost || lost != map[bool]int{true: 1, false: 0}[dropped] {
			t.Errorf("with %v hours left the contact is dropped: %v; %d are lost, %d open", left, dropped, lost, len(g.open))
		}
	}
}

// When nobody pays a manager the firms' other business claims hours back, in so far as
// exports do not pay for them.
func TestHoursGoBack(t *testing.T) {
	for _, flow := range []float64{0, 1000} {
		g := started(map[string]float64{"project.continuation": 0})
		g.members[0].flow = flow
		if g.drawWorkloads(); g.members[0].stays != 1 {
			t.Errorf("with the manager there, %v of the hours stay", g.members[0].stays)
		}
		g.dismiss()
		for range 520 {
			g.drawWorkloads()
		}
		if want := map[bool]float64{true: 1, false: 0}[flow > 0]; math.Abs(g.members[0].stays-want) > 0.01 {
			t.Errorf("with sales of %v k€ a week %v of the hours stay, want %v", flow, g.members[0].stays, want)
		}
	}
}

// What the manager does not coordinate the lead does, with hours of its own; without
// them the work comes to nothing.
func TestSomebodyCoordinates(t *testing.T) {
	g := started(map[string]float64{"group.prior_ties": 0})
	g.teamOf(CustomerSale, 2, 0, 1)
	g.findWantedLinks()
	price := g.mediation(0, 1)
	g.members[2].left = 10
	if led := g.coordinate(0, 1); led != 1 || math.Abs(g.members[2].left-(10-price)) > 1e-12 {
		t.Errorf("the lead coordinates %v of the work and has %v hours left of 10, want all and %v less", led, g.members[2].left, price)
	}
	g.members[2].left = 0
	if led := g.coordinate(0, 1); led != 0 {
		t.Errorf("a lead without hours coordinates %v of the work", led)
	}
	g.pairs.mediated[0][1] = true
	if led := g.coordinate(0, 1); led != 1 {
		t.Errorf("of work that the manager mediates %v is coordinated", led)
	}
}

// In every form each SME sells alone what it makes when it cannot lead what is due, and
// that does not count for the mix.
func TestSMEsSellAloneInEveryForm(t *testing.T) {
	g := started(map[string]float64{"group.focus": 1})
	other := (g.hub + 1) % g.n
	for i := range g.n {
		g.members[i].left = 0
	}
	g.members[other].left, g.members[other].searchPot = 10, 1000
	g.seekAlone()
	if m := &g.members[other]; m.customers != 1 || m.searchPot == 1000 || g.tried != [nKinds]float64{} {
		t.Errorf("beside the hub an SME with hours makes %d approaches; the group's are %v", m.customers, g.tried)
	}
}

// However wide offers spread, their mean fit is that of the market; and those of one
// group hang together.
func TestFitKeepsItsMean(t *testing.T) {
	for _, spread := range []float64{0, 1.5, 3} {
		p, g := at(map[string]float64{"markets.fit_spread": spread, "markets.fit": 0.3}), NewGroup()
		mean, other, square, of, n := 0.0, 0.0, 0.0, 0.0, 3000
		for r := range uint64(n) {
			g.Reset(&p, 1, r)
			a, b := g.members[0].fit[0], g.members[1].fit[0]
			mean += a / float64(n)
			other += b / float64(n)
			square += a * a / float64(n)
			of += a * b / float64(n)
		}
		if math.Abs(mean-0.3) > 0.02 {
			t.Errorf("spread %v: mean fit %.3f", spread, mean)
		}
		if v, c := square-mean*mean, of-mean*other; spread == 0 && v > 1e-9 || spread > 0 && !(c > 0.15*v && c < 0.45*v) {
			t.Errorf("spread %v: variance %.4f, covariance within groups %.4f", spread, v, c)
		}
	}
}

// Who wants a bundle wants what belongs together; a whole the more so with complex
// technology and enough parts. A lead without partners has found nobody.
func TestDemand(t *testing.T) {
	g := started(map[string]float64{"group.focus": 1, "group.components": 0})
	demand := func(kind OpportunityKind, c, technology float64, slots ...int) float64 {
		s := search{kind: kind, wanted: g.kinds[kind].partners}
		for _, i := range slots {
			s.team.add(i)
			g.members[i].technology, g.members[i].fit[0] = technology, 0.5
			for j := range i {
				g.bind(i, j, 0.5, c, 0)
			}
		}
		return g.demand(&s)
	}
	for _, c := range []struct {
		what      string
		less, got float64
	}{
		{"complementarity", demand(CustomerSale, 0.4, 0.5, 0, 1, 2), demand(CustomerSale, 0.8, 0.5, 0, 1, 2)},
		{"technology, of a system", demand(SystemSale, 0.8, 0.2, 0, 1, 2, 3), demand(SystemSale, 0.8, 0.9, 0, 1, 2, 3)},
		{"parts, of a system", 2.5 * demand(SystemSale, 0.8, 0.9, 0, 1), demand(SystemSale, 0.8, 0.9, 0, 1, 2, 3)},
		{"partners at all", 0, demand(CustomerSale, 0.8, 0.5, 0, 1)},
	} {
		if !(c.got > c.less) {
			t.Errorf("%s: demand %.3f, want more than %.3f", c.what, c.got, c.less)
		}
	}
	if d := demand(CustomerSale, 0.8, 0.5, 0); d != 0 {
		t.Errorf("a lead that found no partner has a demand of %v", d)
	}
	whole := demand(MarketSale, 0, 0.5, 0)
	g.members[0].component = 1
	if part := demand(MarketSale, 0, 0.5, 0); whole != 0.5 || math.Abs(part-whole*(1-g.p.Deal.Component)) > 1e-12 {
		t.Errorf("alone finished goods have a demand of %v, components of %v", whole, part)
	}
}

// Fairs bring contacts of the kinds that the group goes after; agreement costs hours by
// pairs of SMEs.
func TestFairsAndAgreement(t *testing.T) {
	g := started(map[string]float64{"group.focus": 0})
	for i := range g.n {
		g.members[i].commitment = 1
	}
	g.manager.activity = true
	g.shareActivities()
	if want := g.p.Manager.Contacts * float64(g.n); g.tried[MarketSale] != want {
		t.Errorf("%v contacts at a fair of %d SMEs, want %v", g.tried[MarketSale], g.n, want)
	}
	used := func(size float64) float64 {
		g := started(map[string]float64{"group.size": size, "group.hours_spread": 0})
		g.startManagerWeek()
		return g.books.tasks[TaskCoordination]
	}
	if five, ten := used(5), used(10); math.Abs(ten/five-4.5) > 1e-9 {
		t.Errorf("agreement takes %v hours among five and %v among ten", five, ten)
	}
	g = started(map[string]float64{"manager.activity": 0})
	g.week = quarter - 1
	if g.startManagerWeek(); g.manager.activity {
		t.Error("a fair that costs nothing takes place")
	}
}
