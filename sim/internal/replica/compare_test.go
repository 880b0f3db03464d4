package replica

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"

	"epgsim/sim"
	"epgsim/sim/scenario"
)

// The model and the one written from its description give the same numbers:
// every outcome of every run, and every weekly column in every week, bit by bit.
func TestDescriptionIsTheModel(t *testing.T) {
	onlyWithoutFusing(t)
	for _, info := range scenario.Shipped() {
		t.Run(info.Name, func(t *testing.T) {
			sc, err := scenario.LoadShipped(info.Name)
			if err != nil {
				t.Fatal(err)
			}
			compareRuns(t, sc.Frozen())
		})
	}
	for _, c := range []struct {
		name    string
		changes numbers
		more    func(*sim.Params)
	}{
		{name: "defaults"},
		{name: "market", changes: numbers{"group.focus": 0, "group.technology": 0.2}},
		{name: "system", changes: numbers{"group.focus": 1, "group.technology": 0.85, "project.years": 6}},
		{name: "mixed, three markets", changes: numbers{"group.focus": 0.7, "markets.count": 3, "group.components": 0.6, "formation.demand": 0.7}},
		{name: "own mix, assistant", changes: numbers{"markets.assistant": 8, "markets.count": 2, "group.size": 7}, more: func(p *sim.Params) { p.Mix = [3]float64{0.5, 0.2, 0.3} }},
		{name: "open", changes: numbers{"group.focus": 0.8, "group.open": 1, "group.turnover": 0.3, "project.years": 5}},
		{name: "disappointed", changes: numbers{"group.focus": 0.9, "norms.ambition": 3, "norms.realism": 0, "project.horizon": 8, "group.size": 6}},
		{name: "disappointed and open", changes: numbers{"group.focus": 0.6, "norms.ambition": 3, "group.open": 1, "formation.candidates": 7}},
		{name: "rivals, few customers", changes: numbers{"group.focus": 0.2, "group.similarity": 0.85, "markets.customers": 20, "formation.entry_experience": 0.5}},
		{name: "unready, short of hours", changes: numbers{"group.focus": 0.6, "group.experience": 0.2, "group.hours": 6, "trust.start": 0.4}},
		{name: "long and kept", changes: numbers{"group.focus": 0.3, "project.years": 2, "project.horizon": 10, "money.margin": 0.5}},
		{name: "no manager", changes: numbers{"manager.hours": 0, "group.focus": 0.4}},
		{name: "quarter", changes: numbers{"project.years": 0.25, "project.horizon": 4.25, "group.size": 2}},
		{name: "strained", changes: numbers{"workload.mean": 0.6, "orders.cooling": 1, "deal.experience_floor": 1, "markets.fit": 0.9, "deal.bases": 0, "project.years": 5}},
		{name: "impatient", changes: numbers{"customer.patience": 8.5, "customer.cold": 9.5, "group.focus": 0.8, "manager.hours": 16}},
		{name: "listed", changes: numbers{"group.focus": 0.75}, more: listed4},
		{name: "listed and open", changes: numbers{"group.focus": 0.75, "group.open": 1, "group.turnover": 0.5}, more: listed4},
		{name: "empty slots", changes: numbers{"group.focus": 0.7, "group.open": 1, "group.turnover": 1, "formation.candidates": 5, "project.years": 4}},
		{name: "five markets, assistants", changes: numbers{"group.focus": 0.4, "markets.count": 5, "markets.assistant": 12, "manager.hours": 20, "money.margin": 0.9}},
		{name: "nothing asked", changes: numbers{"customer.trust_base": 0, "customer.trust_slope": 0, "customer.attend_hours": 0, "deal.rounds_slope": 0, "joint.hours_customer": 0, "joint.hours_system": 0, "deal.range": 0}},
		{name: "no hours", changes: numbers{"group.hours": 0, "group.focus": 0.8}},
		{name: "simple", changes: numbers{"customer.trust_base": 0, "group.technology": 0, "group.technology_spread": 0, "customer.complexity": 0, "manager.activity": 0, "learning.entry_level": 0}},
		{name: "pair of a system", changes: numbers{"group.size": 2, "group.focus": 1, "group.technology": 0.7, "group.components": 1}},
		{name: "all new", changes: numbers{"group.experience": 0.1, "group.focus": 0.2, "group.technology": 0.1, "learning.offer_help": 30}},
		{name: "one without people", changes: numbers{"group.focus": 0.6}, more: func(p *sim.Params) {
			listed4(p)
			p.ListedSMEs[1].Hours = 0
			p.ListedSMEs[3].Hours = 5
		}},
		{name: "lasting", changes: numbers{"group.focus": 0.3, "project.years": 1, "project.fade": 6, "project.lasting": 0.1, "project.horizon": 15, "money.reserve": 0.3, "money.fee_size": 0.3,
			"money.fee_use": 0.6, "money.margin": 0.25, "manager.turnover": 0.5, "customer.brand": 0.6, "group.graduation": 2, "learning.meeting_gain": 0.02}},
		{name: "lasting and open", changes: numbers{"group.focus": 0.6, "project.years": 0.5, "project.fade": 4, "project.horizon": 12, "money.reserve": 1, "money.margin": 0.4, "group.graduation": 4,
			"group.open": 1, "group.size": 8, "formation.promoter": 0.8, "project.full": 0.2, "norms.turns": 0.7, "norms.merit": 0.4, "group.committees": 1.5}},
		{name: "ruled", changes: numbers{"group.focus": 0.8, "goals.spread": 0.5, "norms.turns": 1, "norms.merit": 1, "norms.hub": 1, "group.committees": 3, "formation.promoter": 1}},
		{name: "alone", changes: numbers{"group.focus": 0.5}, more: func(p *sim.Params) { p.Solo = 3 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := sim.Defaults()
			for name, v := range c.changes {
				sim.Lookup(name).SetIn(&p, v)
			}
			if c.more != nil {
				c.more(&p)
			}
			compareRuns(t, p)
		})
	}
}

func compareRuns(t *testing.T, p sim.Params) {
	g, weekly := sim.NewGroup(), new(sim.Series)
	g.Record(weekly)
	for r := range uint64(replications(4, 40)) {
		if err := compare(g.Run(&p, 7, r), weekly, settingsOf(&p, ""), 7, r); err != nil {
			t.Fatalf("replication %d: %v", r, err)
		}
	}
}

// listed4 lists four SMEs and two markets, a part of each left to luck.
func listed4(p *sim.Params) {
	nan := math.NaN()
	p.ListedSMEs = []sim.SMESpec{
		{Technology: 0.6, Niche: [2]float64{0, 0}, Experience: 0.5, Hours: 20, Rhythm: 0.4, Component: 0, Ties: []int{1, 2}},
		{Technology: nan, Niche: [2]float64{0.4, 0}, Experience: nan, Hours: nan, Rhythm: nan, Component: 1},
		{Technology: 0.5, Niche: [2]float64{nan, nan}, Experience: 0.2, Hours: 12, Rhythm: 0.9, Component: nan},
		{Technology: nan, Niche: [2]float64{0, 0.4}, Experience: 0.7, Hours: nan, Rhythm: nan, Component: 0.5, Ties: []int{0}},
	}
	p.Hub = 1
	p.MarketSpecs = []sim.MarketSpec{{Distance: 0.2, Customers: 40, Fit: 0.6, Assistant: nan}, {Distance: 0.6, Customers: nan, Fit: nan, Assistant: 10}}
}

// The normals of the description, in all three of its regions.
func TestNormals(t *testing.T) {
	for _, p := range []float64{1e-300, 1e-20, 1.3e-11, 1e-5, 0.07, 0.0750001, 0.4, 0.5, 0.93, 0.999, 1 - 1e-10} {
		x := normal(p)
		if got := math.Erfc(-x/math.Sqrt2) / 2; math.Abs(got-p) > 1e-12*p {
			t.Errorf("normal(%v) is %v, below which lies %v", p, x, got)
		}
	}
}

func compare(result *sim.Result, weekly *sim.Series, sc *settings, seed, replication uint64) error {
	g := run(sc, seed, replication)
	outcomes, columns := g.outcomes(), g.weekly
	for week := range weekly.Weeks {
		for c := range sim.NColumns {
			name := c.Info().Name
			if a, b := weekly.Columns[c][week], columns[name][week]; !same(a, b) {
				return fmt.Errorf("week %d: %s is %v in the model, %v by its description", week, name, a, b)
			}
		}
	}
	for o := range sim.NOutcomes {
		b, ok := outcomes[o.String()]
		if a := result.Get(o); !ok || !same(a, b) {
			return fmt.Errorf("%s is %v in the model, %v by its description", o, a, b)
		}
	}
	for y, t := range result.ByYear {
		for k, a := range []float64{t.Value, t.JointActs, t.Expected, t.Public, t.Private} {
			b := math.NaN()
			if 52*(y+1) < len(g.marks) {
				b = g.marks[52*(y+1)][k]
			}
			if !same(a, b) {
				return fmt.Errorf("number %d by year %d is %v in the model, %v by its description", k, y+1, a, b)
			}
		}
	}
	for i := range g.s {
		a, b := &result.SMEs[i], &g.s[i].ledger
		given := append(a.Hours[:], a.Received, a.Activity, a.Fairness, a.DealValue, a.OrderValue, float64(a.Deals), float64(a.Orders), float64(a.Quarters),
			a.Fees, a.Satisfaction, float64(a.Weeks), float64(a.Joined), float64(a.Left), float64(a.Why), float64(a.Customers))
		told := append(b.hours[:], b.received, b.activity, b.fair, b.value[0], b.value[1], float64(b.sales[0]), float64(b.sales[1]), float64(b.quarters),
			b.fees, b.content, float64(b.weeks), float64(b.since), float64(b.until), float64(b.why), float64(b.serves))
		for k := range given {
			if !same(given[k], told[k]) {
				return fmt.Errorf("number %d of SME %d's ledger is %v in the model, %v by its description", k, i, given[k], told[k])
			}
		}
	}
	return nil
}

func same(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }

// onlyWithoutFusing skips a test where compilers fuse products with sums: the
// replica, unlike the model, does not keep them from it.
func onlyWithoutFusing(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skip("the last bits are those of the model on amd64 only")
	}
}

// The same whatever the parameters: each mostly within a half of its default,
// else anywhere in its allowed range, also at its ends; now and then a mechanism
// is off, SMEs are listed, or one is alone.
func TestDescriptionIsTheModelAnywhere(t *testing.T) {
	onlyWithoutFusing(t)
	g, weekly := sim.NewGroup(), new(sim.Series)
	g.Record(weekly)
	for seed := range uint64(replications(150, 3000)) {
		luck := rand.New(rand.NewPCG(seed, 1))
		p := sim.Defaults()
		for i := range sim.Table {
			q := &sim.Table[i]
			lo, hi := max(q.Min, q.Default/2), min(q.Max, q.Default*1.5)
			switch luck.IntN(32) {
			case 0:
				hi = lo
			case 1:
				lo, hi = q.Min, q.Min
			case 2:
				lo, hi = q.Max, q.Max
			case 3, 4, 5, 6, 7:
				lo, hi = q.Min, q.Max
			}
			v := lo + (hi-lo)*luck.Float64()
			if q.Type != sim.Real {
				v = math.Round(v)
			}
			q.SetIn(&p, v)
		}
		p.Group.Size = float64(2 + luck.IntN(sim.MaxSMEs-1))
		p.Formation.Candidates = max(p.Formation.Candidates, p.Group.Size)
		p.Project.Years = 0.25 + 7*luck.Float64()
		p.Project.Horizon = p.Project.Years + 4*luck.Float64()
		p.Group.Focus = luck.Float64()
		p.Group.Open = float64(luck.IntN(2))
		if luck.IntN(8) == 0 {
			listed4(&p)
		}
		if luck.IntN(8) == 0 {
			p.Solo = 1 + luck.IntN(2)
		}
		off := ""
		if luck.IntN(3) == 0 {
			m := &sim.Mechanisms[luck.IntN(len(sim.Mechanisms))]
			off = m.Name
			m.SwitchOff(&p)
		}
		if err := compare(g.Run(&p, seed, 0), weekly, settingsOf(&p, off), seed, 0); err != nil {
			t.Errorf("scenario %d (off: %q): %v", seed, off, err)
		}
	}
}

// replications is how many are run by default, and in the long form.
func replications(short, long int) int {
	if os.Getenv("EPGSIM_LONG") != "" {
		return long
	}
	return short
}

// settingsOf hands the model's parameters over, by their names, and the mechanism
// that is off.
func settingsOf(p *sim.Params, off string) *settings {
	sc := &settings{off: off, p: maps.Clone(constants()), hub: p.Hub, solo: p.Solo}
	for i := range sim.Table {
		sc.p[sim.Table[i].Name] = sim.Table[i].In(p)
	}
	if p.Mix != [3]float64{} {
		sc.mix = p.Mix[:]
	}
	for _, s := range p.ListedSMEs {
		sc.smes = append(sc.smes, listedSME{s.Niche[0], s.Niche[1], s.Technology, s.Experience, s.Hours, s.Rhythm, s.Component, s.Ties})
	}
	for _, m := range p.MarketSpecs {
		sc.markets = append(sc.markets, [4]float64{m.Distance, m.Customers, m.Fit, m.Assistant})
	}
	return sc
}
