package sim

import (
	"math"
	"testing"
)

// In the project the public pays its share of the cost and the SMEs the rest, also
// when it is no half; a manager who is kept is paid by the SMEs alone, one who has
// left by nobody.
func TestCostsArePaidByWhoShould(t *testing.T) {
	for _, kept := range []bool{false, true} {
		p := at(map[string]float64{"project.subsidy": 0.25, "project.years": 2, "project.horizon": 4, "manager.hours": 16, "markets.count": 3, "markets.assistant": 10,
			"money.keep_share": 0, "group.hours": 10, "norms.ambition": 3, "norms.realism": 0, "commitment.passive": 0.5})
		if !kept {
			p.Project.Continuation = 0
		}
		g := NewGroup()
		g.Reset(&p, 1, 0)
		public, private, passive := 0.0, 0.0, false
		for range p.TotalWeeks() {
			present, project := g.manager.present, g.week < 104
			g.Step()
			week := (78*16.0/32 + 35 + 7*float64(g.actives()) + 3*30*10.0/20 + 6*2) / 52
			switch {
			case project:
				public += week / 4
				private += week * 3 / 4
			case present:
				private += week
			}
			passive = passive || g.actives() < g.n
		}
		r := g.Result()
		if err := balance("public cost", r.Get(PublicCost), public); err != nil {
			t.Errorf("kept %v: %v", kept, err)
		}
		if err := balance("private cost", r.Get(PrivateCost), private); err != nil {
			t.Errorf("kept %v: %v", kept, err)
		}
		if (r.Get(KeptManager) == 1) != kept || !passive {
			t.Errorf("kept is %v, want %v; a member turned passive: %v", r.Get(KeptManager), kept, passive)
		}
	}
}

// Whether the manager is kept is asked of the active members only, who would share
// the cost among themselves.
func TestPassiveMembersDoNotKeepTheManager(t *testing.T) {
	rich := 1e6
	for _, c := range []struct {
		name   string
		active int
		flows  [5]float64 // k€ a week
		want   bool
	}{
		{"all gain", 5, [5]float64{rich, rich, rich, rich, rich}, true},
		{"half of the active gain", 4, [5]float64{rich, rich, 0, 0, 0}, true},
		{"fewer gain", 5, [5]float64{rich, rich, 0, 0, 0}, false},
		{"only passive ones gain", 2, [5]float64{0, 0, rich, rich, rich}, false},
		{"passive ones do not count against", 2, [5]float64{rich, 0, 0, 0, 0}, true},
		{"nobody is active", 0, [5]float64{rich, rich, rich, rich, rich}, false},
	} {
		g := started(nil)
		for i := range g.n {
			g.members[i].active, g.members[i].flow = i < c.active, c.flows[i]
		}
		if got := g.worthKeeping(); got != c.want {
			t.Errorf("%s: keeping is worth it: %v", c.name, got)
		}
	}
	g := started(nil)
	for i := range g.n {
		g.members[i].active = i < 2
	}
	g.week = g.end                                                        // from where the SMEs pay all
	for factor, want := range map[float64]bool{0.99: false, 1.01: true} { // a year's margin against half of the cost
		g.members[0].flow = factor * g.yearlyCost() / 2 / g.p.Money.Margin / WeeksPerYear
		if got := g.worthKeeping(); got != want {
			t.Errorf("with %v of its part of the cost as gain an SME would keep the manager: %v", factor, got)
		}
	}
}

// What the events tell of sales and joint work is what stands in the ledgers, each
// member's part is an equal one, and a repeat order is worth its share of the first.
func TestSalesAndJointWorkAreBooked(t *testing.T) {
	for _, f := range forms {
		p := at(map[string]float64{"group.focus": f.focus, "project.years": 6, "orders.share": 0.3})
		g := NewGroup()
		var value, orders float64
		var each [MaxSMEs]float64
		first := map[int]float64{}
		acts := 0
		g.Watch(func(e Event) {
			switch e.Kind {
			case EventDeal:
				value += e.Numbers[0]
				first[e.Opportunity] = e.Numbers[0]
			case EventOrder:
				orders += e.Numbers[0]
				if want := 0.3 * first[e.Opportunity]; math.Abs(e.Numbers[0]-want) > 1e-9*want {
					t.Fatalf("%s: an order of %v after a first one of %v", f.name, e.Numbers[0], first[e.Opportunity])
				}
			case EventJointWork:
				acts++
			}
			if e.Kind == EventDeal || e.Kind == EventOrder {
				for _, s := range e.Team.Members() {
					each[s] += e.Numbers[0] / float64(e.Team.n)
				}
			}
		})
		for r := range uint64(3) {
			g.Run(&p, 3, r)
		}
		value, orders, each, acts = 0, 0, [MaxSMEs]float64{}, 0
		clear(first)
		r := g.Run(&p, 3, 3)
		joint, received, shares := 0.0, 0.0, 0.0
		for i := range g.n {
			l := &r.SMEs[i]
			joint += l.Hours[UseJoint]
			received += l.Received
			for j := range i {
				shares += g.pairs.acts[i][j]
			}
			if err := balance("sales of an SME", each[i], l.Value()); err != nil {
				t.Errorf("%s: %v", f.name, err)
			}
		}
		for _, err := range []error{
			balance("deals", value, g.books.dealValue), balance("orders", orders, g.books.orderValue), balance("value", value+orders, r.Get(ValueTotal)),
			balance("joint hours", joint, g.books.jointHours), balance("joint acts", shares, g.books.jointActs),
			balance("manager's hours", 32*6*52, g.projectEnd.managerHours),
		} {
			if err != nil {
				t.Errorf("%s: %v", f.name, err)
			}
		}
		if value == 0 || orders == 0 || f.focus > 0 && acts == 0 || received <= 0 {
			t.Errorf("%s: deals of %v, orders of %v, %d acts of joint work, %v hours received: there is nothing to book", f.name, value, orders, acts, received)
		}
	}
}
