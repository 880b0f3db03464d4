package sim

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// forms are the pure forms and a mixture, for tests that go through them.
var forms = []struct {
	name  string
	focus float64
}{{"market", 0}, {"customer", 0.5}, {"system", 1}, {"mixed", 0.7}}

// at returns the defaults with some parameters changed.
func at(changes map[string]float64) Params {
	p := Defaults()
	for name, v := range changes {
		q := Lookup(name)
		if q == nil || !q.Valid(v) {
			panic(fmt.Sprintf("%s = %v is not valid", name, v))
		}
		q.SetIn(&p, v)
	}
	return p
}

// randomParams draws a valid scenario: every parameter now and then anywhere in
// its allowed range, else within a half of its default.
func randomParams(t *rapid.T) Params {
	p := Defaults()
	for i := range Table {
		q := &Table[i]
		lo, hi := q.Min, q.Max
		if rapid.IntRange(0, 3).Draw(t, "extreme "+q.Name) > 0 {
			lo, hi = max(lo, q.Default-math.Abs(q.Default)/2), min(hi, q.Default+math.Abs(q.Default)/2)
		}
		v := rapid.Float64Range(lo, hi).Draw(t, q.Name)
		if q.Type != Real || v < 1e-9 { // nobody sets such small ones, and what is divided by them has no limit
			v = math.Round(v)
		}
		q.SetIn(&p, clamp(v, q.Min, q.Max))
	}
	p.Group.Size = float64(rapid.IntRange(2, MaxSMEs).Draw(t, "size"))
	p.Formation.Candidates = max(p.Formation.Candidates, p.Group.Size)
	p.Project.Years = rapid.Float64Range(0.25, 10).Draw(t, "years")
	p.Project.Horizon = p.Project.Years + rapid.Float64Range(0, 4).Draw(t, "years after it")
	p.Group.Focus = rapid.Float64Range(0, 1).Draw(t, "focus")
	if rapid.Bool().Draw(t, "mix") {
		a, b := rapid.Float64Range(0, 1).Draw(t, "a"), rapid.Float64Range(0, 1).Draw(t, "b")
		p.Mix = [3]float64{min(a, b), math.Abs(a - b), 1 - max(a, b)}
	}
	return p
}

// Whatever the scenario, everything balances after every week, no result is
// infinite, the manager works after the project only if kept, and nobody wins a
// deal without all its negotiation rounds.
func TestRandomScenariosBalance(t *testing.T) {
	g := NewGroup()
	rapid.Check(t, func(t *rapid.T) {
		p := randomParams(t)
		seed := rapid.Uint64().Draw(t, "seed")
		toCome := map[int]int{} // negotiation rounds, by opportunity
		g.Watch(func(e Event) {
			switch e.Kind {
			case EventOffer:
				toCome[e.Opportunity] = int(e.Numbers[2])
			case EventRound:
				toCome[e.Opportunity]--
			case EventDeal:
				if n := toCome[e.Opportunity]; n != 0 {
					t.Fatalf("week %d: deal %d with %d rounds to come", e.Week, e.Opportunity, n)
				}
			case EventMusicStops:
				if g.manager.present {
					t.Fatalf("week %d: the event says that the manager leaves, the group that he or she is there", e.Week)
				}
			}
		})
		defer g.Watch(nil)
		g.Reset(&p, seed, 0)
		for range p.TotalWeeks() {
			before := g.books.managerHours
			g.Step()
			if err := g.check(); err != nil {
				t.Fatal(err)
			}
			if g.week > p.ProjectWeeks() && !g.endState.kept && g.books.managerHours != before {
				t.Fatalf("week %d: the manager works after the end", g.week)
			}
		}
		r := g.Result()
		for o := range NOutcomes {
			if math.IsInf(r.Values[o], 0) || !o.Info().Kind.Valid(r.Values[o]) {
				t.Fatalf("%s is %v", o, r.Values[o])
			}
		}
		if v := r.Get(ValueProject) + r.Get(ValueAfter); math.Abs(v-r.Get(ValueTotal)) > 1e-6*max(1, v) {
			t.Fatalf("value before and after the end do not add up: %v, %v", v, r.Get(ValueTotal))
		}
	})
}

// stateOf copies all that a group is, but for what depends on when its project
// ends by definition.
func stateOf(g *Group) Group {
	s := *g
	s.p, s.series, s.log, s.result = nil, nil, nil, Result{}
	s.open = append([]opportunity(nil), g.open...)
	s.buyers = append([]relation(nil), g.buyers...)
	s.former = append([]SMELedger(nil), g.former...)
	s.manager.queue = nil
	s.end = 0
	return s
}

// differing names the first field in which two groups differ, but for the history, whose
// rest is of earlier runs: results tell of it.
func differing(a, b Group) string {
	x, y := reflect.ValueOf(a), reflect.ValueOf(b)
	for i := range x.NumField() {
		if f := x.Type().Field(i).Name; f != "history" && !reflect.DeepEqual(fmt.Sprintf("%#v", x.Field(i)), fmt.Sprintf("%#v", y.Field(i))) {
			return f
		}
	}
	return ""
}

// A longer project is the shorter one up to the week in which they part.
func TestLongerProjectRepeatsTheShorterOne(t *testing.T) {
	for k, f := range forms {
		for rep := range ifLong(5, 1) {
			rep := uint64(rep + k)
			three, five := NewGroup(), NewGroup()
			var ss, sl Series
			three.Record(&ss)
			five.Record(&sl)
			p3 := at(map[string]float64{"group.focus": f.focus, "project.years": 3, "group.open": float64(rep % 2)})
			p5 := p3
			p5.Project.Years = 5
			three.Reset(&p3, 7, rep)
			five.Reset(&p5, 7, rep)
			for range 155 {
				three.Step()
				five.Step()
				if d := differing(stateOf(three), stateOf(five)); d != "" {
					t.Fatalf("%s, replication %d: %s differs after week %d", f.name, rep, d, three.week)
				}
			}
			three.Step()
			five.Step()
			for c := range NColumns {
				for w := range 156 {
					if a, b := ss.Columns[c][w], sl.Columns[c][w]; a != b && !(math.IsNaN(a) && math.IsNaN(b)) {
						t.Fatalf("%s: %s differs in week %d: %v, %v", f.name, c.Info().Name, w+1, a, b)
					}
				}
			}
		}
	}
}

// A group that has run other scenarios before gives the same as a new one,
// and watching or recording changes nothing.
func TestRunsDependOnNothingButTheirAddress(t *testing.T) {
	used := NewGroup()
	for i, f := range forms {
		p := at(map[string]float64{"group.focus": f.focus, "group.open": float64(i % 2), "group.size": float64(3 + i)})
		used.Run(&p, 99, uint64(i))
		want := *NewGroup().Run(&p, 1, 17)
		want.SMEs = append([]SMELedger(nil), want.SMEs...)
		got := used.Run(&p, 1, 17)
		if a, b := fmt.Sprintf("%#v", want), fmt.Sprintf("%#v", *got); a != b {
			t.Errorf("%s: a group used before gives another result", f.name)
		}
		watched := NewGroup()
		events := 0
		watched.Watch(func(Event) { events++ })
		watched.Record(new(Series))
		if a, b := fmt.Sprintf("%#v", want), fmt.Sprintf("%#v", *watched.Run(&p, 1, 17)); a != b || events == 0 {
			t.Errorf("%s: watching changes the result, or %d events", f.name, events)
		}
	}
}

// An SME's workload is the same whatever else differs: here with one more SME
// listed, under another form.
func TestUnrelatedDrawsStay(t *testing.T) {
	workloads := func(p *Params) (w [50]float64) {
		g := NewGroup()
		g.Reset(p, 3, 4)
		for k := range w {
			g.Step()
			w[k] = g.members[0].workload
		}
		return w
	}
	nan := math.NaN()
	sme := SMESpec{Technology: nan, Niche: [2]float64{nan, nan}, Experience: nan, Hours: nan, Rhythm: nan, Component: nan}
	p := Defaults()
	p.ListedSMEs = []SMESpec{sme, sme, sme}
	q := p
	q.ListedSMEs = []SMESpec{sme, sme, sme, sme}
	q.Group.Focus = 1
	if a, b := workloads(&p), workloads(&q); a != b {
		t.Errorf("the first SME's workload depends on the others or on the form: it is\n%v\nor\n%v", a, b)
	}
}

// Without shocks, expectations and shared experience, and with all alike, a market
// group stays where it is: trust and workload do not move, nobody turns passive.
func TestQuietGroupStaysFlat(t *testing.T) {
	p := at(map[string]float64{"group.focus": 0, "workload.shock": 0, "norms.ambition": 0, "commitment.weight_fairness": 0,
		"project.years": 10, "group.hours_spread": 0, "group.technology_spread": 0, "group.experience_spread": 0, "manager.activity": 0, "group.prior_ties": 0, "group.turnover": 0, "commitment.hours_cost": 0, "markets.fit_spread": 0})
	g := NewGroup()
	g.Reset(&p, 1, 1)
	for range 520 {
		g.Step()
		for i := range g.n {
			for j := range g.n {
				if i != j && g.pairs.trust[i][j] != 0.5 {
					t.Fatalf("week %d: trust drifts to %v though nothing is experienced", g.week, g.pairs.trust[i][j])
				}
			}
			if w := g.members[i].workload; w != p.Commitment.WorkloadMean {
				t.Fatalf("week %d: workload moves to %v without shocks", g.week, w)
			}
		}
	}
	if g.actives() != g.n {
		t.Errorf("%d of %d members are left though nobody expects anything", g.actives(), g.n)
	}
}

// Events are what their kind says, and every event of an opportunity, and of the
// customer it became, names the kind with which it was opened.
func TestEventsAreWhatTheirKindSays(t *testing.T) {
	g := NewGroup()
	opened, met := map[int]OpportunityKind{}, map[EventKind]bool{}
	g.Watch(func(e Event) {
		i := e.Kind.Info()
		met[e.Kind] = true
		if e.Kind == EventDoorOpened {
			opened[e.Opportunity] = e.OpportunityKind
		}
		kind, ok := opened[e.Opportunity]
		for what, is := range map[string]bool{
			"an opportunity it should not have, or none": (e.Opportunity > 0) == i.Has(OfOpportunity),
			"another kind than its opportunity":          e.Opportunity == 0 || ok && kind == e.OpportunityKind,
			"a team it should not have, or none":         (e.Team.n > 0) == i.Has(OfApproach|OfOpportunity),
			"a market":                                   e.Market == 0 || i.Has(AtMarket) || i.Has(OfOpportunity),
			"the manager":                                !e.ByManager || i.Has(SaysWho),
			"a loss":                                     e.Why == 0 || i.Has(SaysWhy),
			"a reason":                                   e.Reason == 0 || i.Has(SaysReason),
		} {
			if !is {
				t.Fatalf("week %d: %s has %s: %+v", e.Week, e.Kind, what, e)
			}
		}
		for k, name := range i.Numbers {
			if name == "" && e.Numbers[k] != 0 {
				t.Fatalf("week %d: number %d of %s is %v and has no name", e.Week, k, e.Kind, e.Numbers[k])
			}
		}
	})
	for r := range uint64(20) {
		p := at(map[string]float64{"group.focus": 0.5, "project.years": 8, "group.open": float64(r % 2), "group.similarity": 0.7, "markets.count": 2, "markets.customers": 40,
			"norms.ambition": 0.8 + float64(r)/10, "project.continuation": float64(r / 2 % 2), "manager.turnover": 0.2})
		clear(opened)
		g.Run(&p, 1, r)
	}
	for k := range NEvents {
		if !met[k] {
			t.Errorf("no %v in 20 replications", k)
		}
	}
}

// A group may have more opportunities under way than it began with room for, and
// most of them asleep.
func TestManyOpportunitiesAtOnce(t *testing.T) {
	g, p := NewGroup(), Defaults()
	g.Reset(&p, 1, 0)
	g.open = make([]opportunity, 3*cap(g.awake))
	for k := range g.open {
		g.open[k].wake = p.TotalWeeks() + 1
	}
	g.open[len(g.open)-1].wake = 0
	g.wakeOpportunities()
	if len(g.awake) != 1 || g.awake[0] != len(g.open)-1 {
		t.Errorf("awake are %v, of %d opportunities only the last should be", g.awake, len(g.open))
	}
}
