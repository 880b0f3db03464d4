package sanity

import (
	"fmt"
	"math"

	"epgsim/sim"
)

// tolerance of sums, of the larger of them and 1.
const tolerance = 1e-9

// audit collects what does not balance.
type audit struct {
	made  int
	wrong []string
}

func (a *audit) equal(what string, x, y float64) {
	a.made++
	if !(math.Abs(x-y) <= tolerance*max(1, math.Abs(x), math.Abs(y))) {
		a.wrong = append(a.wrong, fmt.Sprintf("%s: %v and %v", what, x, y))
	}
}

// told are sums over events.
type told struct{ opened, deals, orders, lost, value float64 }

func (t *told) hear(e sim.Event) {
	switch e.Kind {
	case sim.EventDoorOpened:
		t.opened++
	case sim.EventDeal:
		t.deals++
		t.value += e.Numbers[0]
	case sim.EventOrder:
		t.orders++
		t.value += e.Numbers[0]
	case sim.EventLost:
		t.lost++
	}
}

// ledgersBalance holds what a replication came to against what was told while it
// ran, and its parts against its sums.
func ledgersBalance(l *lab) verdict { return l.audit(0) }

// leaversLedgersBalance is the same of open groups, whose members may leave.
func leaversLedgersBalance(l *lab) verdict { return l.audit(1) }

func (l *lab) audit(open float64) verdict {
	var a audit
	var at setting
	g, series := sim.NewGroup(), &sim.Series{}
	for _, s := range l.everywhere() {
		s = s.with("project.horizon", s.of("project.years")+2).with("project.continuation", 0).with("group.open", open)
		p := s.params()
		for r := range uint64(l.replications) {
			var t told
			g.Watch(t.hear)
			g.Record(series)
			res := g.Run(&p, l.seed, r)
			found := len(a.wrong)
			a.hours(res)
			a.orders(res, &t, series)
			a.money(res, &p, series)
			if found == 0 && len(a.wrong) > 0 {
				at = s
			}
		}
	}
	v := verdict{holds: len(a.wrong) == 0, asks: "equal to 1e-9", says: fmt.Sprintf("%d of %d sums differ", len(a.wrong), a.made), rerun: at.String()}
	if !v.holds {
		v.says += "; " + a.wrong[0]
	}
	return v
}

// hours: every hour that an SME had went somewhere.
func (a *audit) hours(r *sim.Result) {
	for i := range r.SMEs {
		sum := 0.0
		for u := sim.UseAvailable + 1; u < sim.NUses; u++ {
			sum += r.SMEs[i].Hours[u]
		}
		a.equal("hours of an SME", sum, r.SMEs[i].Hours[sim.UseAvailable])
	}
}

// orders: what was won, lost and is still open is what was opened, and what the
// SMEs sold is what customers bought.
func (a *audit) orders(r *sim.Result, t *told, s *sim.Series) {
	open, value := 0.0, 0.0
	for _, c := range [...]sim.Column{sim.ColBuilding, sim.ColOffers, sim.ColNegotiating} {
		open += s.Columns[c][s.Weeks-1]
	}
	for i := range r.SMEs {
		value += r.SMEs[i].Value()
	}
	a.equal("doors opened and what became of them", t.opened, t.deals+t.lost+open)
	a.equal("deals", t.deals, r.Get(sim.DealsTotal))
	a.equal("repeat orders", t.orders, r.Get(sim.OrdersTotal))
	a.equal("value told and sold", t.value, r.Get(sim.ValueTotal))
	a.equal("value of the SMEs and of the group", value, r.Get(sim.ValueTotal))
	a.equal("value in the project and after", r.Get(sim.ValueProject)+r.Get(sim.ValueAfter), r.Get(sim.ValueTotal))
	a.equal("value by year and in all", r.ByYear[s.Weeks/sim.WeeksPerYear-1].Value, r.Get(sim.ValueTotal))
}

// money: without a manager afterwards the public pays its share of all, and the
// manager's hours are those agreed.
func (a *audit) money(r *sim.Result, p *sim.Params, s *sim.Series) {
	public, private := r.Get(sim.PublicCost), r.Get(sim.PrivateCost)
	a.equal("public share of the cost", public, p.Project.Subsidy*(public+private))
	used := 0.0
	for t := range sim.NTasks {
		for _, h := range s.Columns[sim.ColTask(t)] {
			used += h
		}
	}
	a.equal("hours of the manager", used, p.Manager.Hours*float64(p.ProjectWeeks()))
	if public > 0 {
		a.equal("value per public euro", r.Get(sim.ValuePerPublic)*public, r.Get(sim.ValueTotal))
	}
}

// nothingStrandedBelowZero: what is undecided at the end of the project cannot be
// worth less than the part of it that is won later. It shows where few
// opportunities are open at the end and nearly all of them are won.
func nothingStrandedBelowZero(l *lab) verdict {
	s := forms[2].in(setting{}).with("project.years", 1.5).with("project.horizon", 6.5).with("markets.fit", 1).with("markets.customers", 5).
		with("group.technology_spread", 0.5).with("deal.value_technology", 12)
	p, below := s.params(), 0
	g := sim.NewGroup()
	for r := range uint64(l.replications) {
		if g.Run(&p, l.seed, r).Get(sim.Stranded) < -tolerance {
			below++
		}
	}
	return verdict{holds: below == 0, asks: "never below 0", says: fmt.Sprintf("in %d of %d replications", below, l.replications), rerun: s.String()}
}
