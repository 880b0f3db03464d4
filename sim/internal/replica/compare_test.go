package replica

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"

	"epgsim/sim"
)

// The model and the one written from its description give the same numbers:
// every outcome of every run, and every weekly column in every week, bit by bit.
func TestDescriptionIsTheModel(t *testing.T) {
	onlyWithoutFusing(t)
	nan := math.NaN()
	listed := func(p *sim.Params) {
		p.ListedSMEs = []sim.SMESpec{
			{Technology: 0.6, Niche: [2]float64{0, 0}, Experience: 0.5, Hours: 20, Rhythm: 0.4, Component: 0, Ties: []int{1, 2}},
			{Technology: nan, Niche: [2]float64{0.4, 0}, Experience: nan, Hours: nan, Rhythm: nan, Component: 1},
			{Technology: 0.5, Niche: [2]float64{nan, nan}, Experience: 0.2, Hours: 12, Rhythm: 0.9, Component: nan},
			{Technology: nan, Niche: [2]float64{0, 0.4}, Experience: 0.7, Hours: nan, Rhythm: nan, Component: 0.5, Ties: []int{0}},
		}
		p.Hub = 1
		p.MarketSpecs = []sim.MarketSpec{{Distance: 0.2, Customers: 40, Fit: 0.6, Assistant: nan}, {Distance: 0.6, Customers: nan, Fit: nan, Assistant: 10}}
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
		{name: "disappointed", changes: numbers{"group.focus": 0.9, "norms.ambition": 3, "norms.realism": 0, "project.followup": 5, "group.size": 6}},
		{name: "disappointed and open", changes: numbers{"group.focus": 0.6, "norms.ambition": 3, "group.open": 1, "formation.candidates": 7}},
		{name: "rivals, few customers", changes: numbers{"group.focus": 0.2, "group.similarity": 0.85, "markets.customers": 20, "formation.entry_experience": 0.5}},
		{name: "unready, short of hours", changes: numbers{"group.focus": 0.6, "group.experience": 0.2, "group.hours": 6, "trust.start": 0.4}},
		{name: "long and kept", changes: numbers{"group.focus": 0.3, "project.years": 2, "project.followup": 8, "money.margin": 0.5}},
		{name: "no manager", changes: numbers{"manager.hours": 0, "group.focus": 0.4}},
		{name: "quarter", changes: numbers{"project.years": 0.25, "project.followup": 4, "group.size": 2}},
		{name: "strained", changes: numbers{"workload.mean": 0.6, "orders.strain": 1, "deal.experience_floor": 1, "markets.fit": 0.9, "deal.bases": 0, "project.years": 5}},
		{name: "impatient", changes: numbers{"customer.patience": 8.5, "customer.cold": 9.5, "group.focus": 0.8, "manager.hours": 16}},
		{name: "listed", changes: numbers{"group.focus": 0.75}, more: listed},
		{name: "listed and open", changes: numbers{"group.focus": 0.75, "group.open": 1, "group.turnover": 0.5}, more: listed},
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
			sc := scenarioOf(&p)
			g, weekly := sim.NewGroup(), new(sim.Series)
			g.Record(weekly)
			for r := range uint64(20) {
				if err := compare(g.Run(&p, 7, r), weekly, sc, 7, r); err != nil {
					t.Fatalf("replication %d: %v", r, err)
				}
			}
		})
	}
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

func compare(result *sim.Result, weekly *sim.Series, sc *scenario, seed, replication uint64) error {
	outcomes, columns := run(sc, seed, replication)
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

// The same whatever the parameters: each a quarter of the time anywhere in its
// allowed range, else within a half of its default; a mechanism is off now and then.
func TestDescriptionIsTheModelAnywhere(t *testing.T) {
	onlyWithoutFusing(t)
	g, weekly := sim.NewGroup(), new(sim.Series)
	g.Record(weekly)
	for seed := range uint64(400) {
		luck := rand.New(rand.NewPCG(seed, 1))
		p := sim.Defaults()
		for i := range sim.Table {
			q := &sim.Table[i]
			lo, hi := max(q.Min, q.Default/2), min(q.Max, q.Default*1.5)
			if luck.IntN(4) == 0 {
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
		p.Project.FollowUp = 4 * luck.Float64()
		p.Group.Focus = luck.Float64()
		p.Group.Open = float64(luck.IntN(2))
		off := ""
		if luck.IntN(3) == 0 {
			m := &sim.Mechanisms[luck.IntN(len(sim.Mechanisms))]
			off = m.Name
			m.SwitchOff(&p)
		}
		if err := compare(g.Run(&p, seed, 0), weekly, scenarioOf(&p), seed, 0); err != nil {
			t.Errorf("scenario %d (off: %q): %v", seed, off, err)
		}
	}
}

// scenarioOf hands the model's parameters over, by their names.
func scenarioOf(p *sim.Params) *scenario {
	sc := &scenario{p: numbers{}, hub: p.Hub, solo: p.Solo}
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
