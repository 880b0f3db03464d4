package sim

import (
	"math"
	"testing"
)

// What groups that are meant to last have: what is so with each mechanism, and without.

// The public pays its full share, then less by equal steps from year to year, then what
// lasts; a fall may begin within the project, and by default all ends with it.
func TestPublicShareByYear(t *testing.T) {
	for name, c := range map[string]struct {
		set  map[string]float64
		want []float64 // in the middle of each year
	}{
		"default":            {nil, []float64{0.5, 0.5, 0.5, 0, 0}},
		"falling afterwards": {map[string]float64{"project.fade": 4}, []float64{0.5, 0.5, 0.5, 0.4, 0.3, 0.2, 0.1, 0, 0}},
		"falling within":     {map[string]float64{"project.full": 1, "project.fade": 4}, []float64{0.5, 0.4, 0.3, 0.2, 0.1, 0}},
		"to a lasting share": {map[string]float64{"project.fade": 1, "project.lasting": 0.1}, []float64{0.5, 0.5, 0.5, 0.3, 0.1, 0.1}},
		"all at once":        {map[string]float64{"project.full": 2, "project.years": 1}, []float64{0.5, 0, 0}},
	} {
		g := started(c.set)
		for year, want := range c.want {
			g.week = year*WeeksPerYear + 26
			if got := g.publicShare(); math.Abs(got-want) > 1e-12 {
				t.Errorf("%s: %v in year %d, want %v", name, got, year+1, want)
			}
		}
	}
}

// lives are settings in which a group lives to the horizon whatever it sells.
func lives(more map[string]float64) Params {
	p := at(map[string]float64{"money.keep_share": 0, "commitment.passive": 0, "group.turnover": 0, "project.horizon": 8})
	for name, v := range more {
		Lookup(name).SetIn(&p, v)
	}
	return p
}

// Of groups that live on, a fall over four years costs the public what two further years
// at the full share do. What the SMEs pay, and all costs, are what the public leaves.
func TestFallingSharesOfTheSameSum(t *testing.T) {
	g := NewGroup()
	cost := func(more map[string]float64) (public, private float64) {
		p := lives(more)
		v := g.Run(&p, 1, 1).Values
		if v[WeeksAlive] != 8*WeeksPerYear {
			t.Fatalf("%v: the group lives %v weeks", more, v[WeeksAlive])
		}
		return v[PublicCost], v[PrivateCost]
	}
	abrupt, rest := cost(map[string]float64{"project.years": 3})
	for _, more := range []map[string]float64{{"project.years": 1, "project.fade": 4}, {"project.years": 3, "project.full": 1, "project.fade": 4}} {
		public, private := cost(more)
		if math.Abs(public-abrupt) > 1e-6*abrupt || math.Abs(public+private-abrupt-rest) > 1e-6*rest {
			t.Errorf("%v: the public pays %v, the SMEs %v; abruptly %v and %v", more, public, private, abrupt, rest)
		}
	}
}

// Fees add up to what the SMEs pay; they are equal, by size or by use, as the rule says.
func TestFeesFollowTheRule(t *testing.T) {
	for _, c := range []struct {
		size, use float64
		by        func(m *member) float64
	}{
		{0, 0, func(*member) float64 { return 1 }},
		{1, 0, func(m *member) float64 { return m.capacity }},
		{0, 1, func(m *member) float64 { return m.received }},
		{1, 1, func(m *member) float64 { return m.received }},
	} {
		g := started(map[string]float64{"money.fee_size": c.size, "money.fee_use": c.use})
		for range WeeksPerYear {
			g.Step()
		}
		f, sum := g.feesFor(100), 0.0
		for i := range g.n {
			m, first := &g.members[i], &g.members[0]
			sum += f.of(m)
			if got, want := f.of(m)/f.of(first), c.by(m)/c.by(first); math.Abs(got-want) > 1e-9 {
				t.Errorf("by size %v, by use %v: SME %d pays %v times what the first pays, want %v", c.size, c.use, i, got, want)
			}
		}
		if math.Abs(sum-100) > 1e-9 {
			t.Errorf("by size %v, by use %v: of 100 k€ the SMEs pay %v", c.size, c.use, sum)
		}
	}
}

// A reserve carries a group that is worth its cost to nobody as long as it lasts, and no
// longer; what is left is paid back, so that the SMEs have paid their part and no more.
func TestReservePaysLeanYears(t *testing.T) {
	g := NewGroup()
	for _, c := range []struct {
		reserve float64
		years   int
	}{{0, 3}, {0.5, 3}, {0.7, 4}, {1, 4}} { // three years of half of the cost, against years of all of it
		p := at(map[string]float64{"money.reserve": c.reserve, "money.margin": 0, "commitment.passive": 0, "group.turnover": 0})
		r := g.Run(&p, 1, 1)
		v := r.Values
		if want := float64(c.years * WeeksPerYear); v[WeeksAlive] != want {
			t.Errorf("with a reserve of %v the group lives %v weeks, want %v", c.reserve, v[WeeksAlive], want)
		}
		yearly := g.yearlyCost()
		if all := v[PublicCost] + v[PrivateCost]; math.Abs(all-yearly*float64(c.years)) > 1e-6 {
			t.Errorf("with a reserve of %v all cost %v, of %v a year", c.reserve, all, yearly)
		}
		fees := 0.0
		for k := range r.SMEs {
			fees += r.SMEs[k].Fees
		}
		if math.Abs(fees-v[PrivateCost]) > 1e-6 || g.reserve.saved != 0 {
			t.Errorf("with a reserve of %v the SMEs' fees are %v of %v k€, and %v are left", c.reserve, fees, v[PrivateCost], g.reserve.saved)
		}
	}
}

// A promoter brings strangers together. When he or she has left, what nothing renews
// fades; the public pays for the weeks, and for nothing without one.
func TestPromoterBringsStrangersTogether(t *testing.T) {
	g := NewGroup()
	trust := func(promoter float64, weeks int) (mean float64) {
		p := at(map[string]float64{"trust.start": 0.35, "group.prior_ties": 0, "group.focus": 0, "formation.screening": 1, "formation.promoter": promoter})
		MechanismNamed("activities").SwitchOff(&p)
		g.Reset(&p, 1, 1)
		for range weeks {
			g.Step()
		}
		for i := range g.n {
			mean += g.members[i].trusting / float64(g.n)
		}
		return mean
	}
	without, with, later := trust(0, promoterWeeks), trust(1, promoterWeeks), trust(1, promoterWeeks+2*WeeksPerYear)
	if !(with > without+0.05) || !(later < with-0.02) || !(later > without) {
		t.Errorf("strangers trust each other %.3f, with a promoter %.3f, two years later %.3f", without, with, later)
	}
	p := at(map[string]float64{"commitment.passive": 0, "group.turnover": 0, "money.margin": 0, "formation.promoter": 0.5})
	cost := g.Run(&p, 1, 1).Get(PublicCost) - 1.5*g.yearlyCost()
	if want := promoterCost / 4; math.Abs(cost-want) > 1e-6 {
		t.Errorf("half a year of half a promoter costs %v, want %v", cost, want)
	}
}

// A new manager loses what customers trusted in the old one as a person, and knows the
// products no better than a first one; trust in the group's name stays. When no manager
// follows the name goes too.
func TestNameOutlastsAManager(t *testing.T) {
	for _, brand := range []float64{0, 0.5, 1} {
		g := started(map[string]float64{"customer.brand": brand, "group.focus": 0})
		for range 30 {
			g.Step()
		}
		before := append([]opportunity(nil), g.open...)
		held := 0.0
		for _, o := range before {
			held += o.vested.person + o.vested.name
			if whole := o.vested.person + o.vested.name; math.Abs(o.vested.name-brand*whole) > 1e-12 {
				t.Fatalf("with a brand of %v the name has %v of %v", brand, o.vested.name, whole)
			}
		}
		if held == 0 {
			t.Fatal("no customer trusts the manager")
		}
		p := *g.p
		p.Manager.Turnover = 4 // surely
		g.p = &p
		g.week = 2*quarter + quarter - 1
		g.changeManager()
		for k, o := range g.open {
			if want := before[k].trust - before[k].vested.person; math.Abs(o.trust-want) > 1e-12 || o.vested.person != 0 || o.vested.name != before[k].vested.name {
				t.Errorf("with a brand of %v trust falls from %v to %v, want %v", brand, before[k].trust, o.trust, want)
			}
		}
		if g.books.managerChanges != 1 || g.members[0].known != p.Manager.Knowledge {
			t.Errorf("%d changes, and the new manager knows %v", g.books.managerChanges, g.members[0].known)
		}
		g.dismiss()
		for k, o := range g.open {
			if want := before[k].trust - before[k].vested.person - before[k].vested.name; math.Abs(o.trust-want) > 1e-12 {
				t.Errorf("with a brand of %v trust is %v in the end, want %v", brand, o.trust, want)
			}
		}
	}
}

// Only a member whose exports pay the fee, and that would keep them without the group, has
// outgrown it: not one that sells little, nor one that has no experience, nor one whose
// sales are to ever new customers, nor one that has nobody to leave.
func TestWhoHasOutgrownTheGroup(t *testing.T) {
	g := started(nil)
	fee := g.membersPart() / float64(g.n) / WeeksPerYear / g.p.Money.Margin // k€ a week of sales that pay it
	for _, c := range []struct {
		name                        string
		flow, relations, experience float64
		others, want                bool
	}{
		{"old customers, able", 1.5, 1.4, 0.9, true, true},
		{"sells little", 0.9, 0.9, 0.9, true, false},
		{"no experience", 1.5, 1.4, 0.1, true, false},
		{"new customers", 1.5, 0.3, 0.9, true, false},
		{"sells very much", 15, 12, 0.9, true, false},
		{"alone", 1.5, 1.4, 0.9, false, false},
	} {
		m := &g.members[0]
		m.flow, m.relations, m.experience = c.flow*fee, c.relations*fee, c.experience
		for i := 1; i < g.n; i++ {
			g.members[i].active = c.others
		}
		if !c.others { // whose fee is all of it
			m.flow, m.relations = m.flow*float64(g.n), m.relations*float64(g.n)
		}
		if got := g.outgrown(m); got != c.want {
			t.Errorf("%s: it has outgrown the group: %v", c.name, got)
		}
	}
}

// Members that leave a group because they outgrow it do so later than those that give it
// up; without graduation nobody does. What left while there was a manager, for any other
// reason, is what is counted as lost.
func TestLeavingHasTwoTimes(t *testing.T) {
	g := NewGroup()
	var tenure, n [nReasons]float64
	stopped, lost := false, 0.0
	g.Watch(func(e Event) {
		switch {
		case e.Kind == EventMusicStops:
			stopped = true
		case e.Kind == EventPassive && !stopped:
			tenure[e.Reason] += float64(e.Week)
			n[e.Reason]++
			if e.Reason != ReasonGraduated {
				lost++
			}
		}
	})
	lasting := map[string]float64{"group.focus": 0, "group.technology": 0.2, "project.fade": 4, "project.lasting": 0.3, "group.graduation": 1, "project.horizon": 15}
	for r := range uint64(40) {
		p := at(lasting)
		stopped, lost = false, 0
		if v := g.Run(&p, 1, r).Get(MembersLost); v != lost {
			t.Fatalf("replication %d: %v members lost, %v told", r, v, lost)
		}
	}
	gave, grew := tenure[ReasonResults]/n[ReasonResults], tenure[ReasonGraduated]/n[ReasonGraduated]
	if n[ReasonResults] < 20 || n[ReasonGraduated] < 20 || !(grew > gave+26) {
		t.Errorf("%v members give up after %.0f weeks on average, %v outgrow the group after %.0f", n[ReasonResults], gave, n[ReasonGraduated], grew)
	}
	p := at(lasting)
	MechanismNamed("graduation").SwitchOff(&p)
	for r := range uint64(5) {
		if v := g.Run(&p, 1, r).Get(Graduated); v != 0 {
			t.Errorf("replication %d: %v outgrow the group though nobody does", r, v)
		}
	}
}

// Goals that differ cost joint work, the more the more of it an offer needs; where nobody
// works jointly they cost nothing at all.
func TestGoalsThatDifferCostJointWork(t *testing.T) {
	g := NewGroup()
	for _, f := range forms {
		joint := [2]float64{}
		for k, width := range []float64{0, 0.5} {
			for r := range uint64(15) {
				p := at(map[string]float64{"group.focus": f.focus, "goals.spread": width, "project.horizon": 3})
				joint[k] += g.Run(&p, 1, r).Get(Cooperation)
			}
		}
		if f.focus == 0 && joint[0] != joint[1] || f.focus > 0 && !(joint[1] < 0.95*joint[0]) {
			t.Errorf("%s: joint work is %.3f of the hours, %.3f where goals differ", f.name, joint[0]/15, joint[1]/15)
		}
	}
}

// By turns members' deals are more equal, by merit less so; the hub leads more where it
// comes first. A rule says 1 of everybody where there is none.
func TestRulesShareOrders(t *testing.T) {
	g := NewGroup()
	shares := func(rule string) (gini, hub float64) {
		for r := range uint64(30) {
			p := at(map[string]float64{"group.focus": 0, "group.technology": 0.2, "project.horizon": 3, "manager.contacts": 0, "customer.search_share": 0})
			if rule != "" {
				Lookup(rule).SetIn(&p, 0.9)
			}
			g.Reset(&p, 1, r)
			first := g.hub
			for range p.TotalWeeks() {
				g.Step()
			}
			all := 0
			for i := range g.n {
				all += g.members[i].customers
			}
			hub += float64(g.members[first].customers) / float64(all) / 30
			for i := range g.n {
				for j := range i {
					gini += math.Abs(float64(g.members[i].customers-g.members[j].customers)) / float64(all*g.n) / 30
				}
			}
		}
		return gini, hub
	}
	plain, usual := shares("")
	turns, _ := shares("norms.turns")
	merit, _ := shares("norms.merit")
	_, first := shares("norms.hub")
	if !(turns < plain-0.02) || !(merit > plain+0.02) || !(first > usual+0.1) {
		t.Errorf("approaches are shared with a Gini of %.3f, by turns %.3f, by merit %.3f; the hub leads %.3f of them, %.3f where it comes first", plain, turns, merit, usual, first)
	}
	g = started(nil)
	for i, favour := range g.sharing() {
		if i < g.n && favour != 1 {
			t.Errorf("SME %d is favoured by %v without any rule", i, favour)
		}
	}
}

// Committees take members' hours and spare the manager half as many: of administration
// first, then of agreement, and never more than there is.
func TestCommitteesSpareTheManager(t *testing.T) {
	duties := func(hours float64) (given, admin, agreement float64) {
		g := started(map[string]float64{"group.committees": hours})
		g.drawWorkloads()
		g.findWantedLinks()
		g.holdCommittees()
		g.startManagerWeek()
		for i := range g.n {
			given += g.members[i].ledger.Hours[UseCoordination]
		}
		return given, g.books.tasks[TaskAdmin], g.books.tasks[TaskCoordination]
	}
	none, admin, agreement := duties(0)
	if none != 0 {
		t.Fatalf("without committees members give %v h", none)
	}
	for _, hours := range []float64{0.5, 2, 4, 8} {
		given, a, b := duties(hours)
		spared := committeeWorth * given
		wantA := max(0, admin-spared)
		wantB := max(0, agreement-max(0, spared-admin))
		if given <= 0 || math.Abs(a-wantA) > 1e-9 || math.Abs(b-wantB) > 1e-9 {
			t.Errorf("%v h each, %v in all: administration takes %v of %v h, agreement %v of %v", hours, given, a, admin, b, agreement)
		}
	}
}

// A group lives as long as it has a manager and somebody to be a group with.
func TestHowLongAGroupLives(t *testing.T) {
	g := NewGroup()
	for name, c := range map[string]struct {
		p    Params
		want float64
	}{
		"to the horizon":     {lives(nil), 8 * WeeksPerYear},
		"to the end of it":   {lives(map[string]float64{"project.continuation": 0}), 3 * WeeksPerYear},
		"as long as members": {lives(map[string]float64{"commitment.passive": 0.9, "commitment.initial": 0.1}), 0},
	} {
		if got := g.Run(&c.p, 1, 1).Get(WeeksAlive); got != c.want {
			t.Errorf("%s: it lives %v weeks, want %v", name, got, c.want)
		}
	}
}

// What members save is what they would have paid alone, less what they pay: nothing where
// one firm has the manager to itself and pays all.
func TestNobodySavesAlone(t *testing.T) {
	p := lives(map[string]float64{"project.subsidy": 0, "manager.admin": 0, "manager.agreement": 0, "group.focus": 0, "manager.carry_over": 0})
	p.Solo = 1
	g := NewGroup()
	v := g.Run(&p, 1, 1).Values
	idle := 0.0
	for _, l := range g.Result().SMEs {
		idle += float64(8*WeeksPerYear)*p.Manager.Hours - l.Received
	}
	if want := -idle * p.Money.Manager / (fullTimeManager * WeeksPerYear); math.Abs(v[CostSaved]-want) > 1e-6 {
		t.Errorf("an SME alone saves %v k€, want %v: the hours it pays for and does not get", v[CostSaved], want)
	}
	group := lives(map[string]float64{"project.subsidy": 0})
	if saved := g.Run(&group, 1, 1).Get(CostSaved); !(saved > 0) {
		t.Errorf("five SMEs that share a manager save %v k€", saved)
	}
}
