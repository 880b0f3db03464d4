package sim

import (
	"math"
	"testing"
)

// without runs a replication with some mechanisms switched off.
func without(g *Group, p Params, replication uint64, mechanisms ...string) [NOutcomes]float64 {
	for _, m := range mechanisms {
		MechanismNamed(m).SwitchOff(&p)
	}
	return g.Run(&p, 5, replication).Values
}

// Forms differ by what it means to offer together and by nothing else: where every
// SME offers alone, all are the same in every outcome.
func TestFormsDifferByJointOffersAlone(t *testing.T) {
	g := NewGroup()
	for r := range uint64(3) {
		market := without(g, at(map[string]float64{"group.focus": 0}), r, "joint-offers")
		for _, focus := range []float64{0.25, 0.5, 0.7, 1} {
			form := without(g, at(map[string]float64{"group.focus": focus}), r, "joint-offers")
			for o := range form {
				if math.Float64bits(form[o]) != math.Float64bits(market[o]) {
					t.Errorf("replication %d: %s is %v in focus %v, %v in market focus", r, Outcome(o), form[o], focus, market[o])
				}
			}
		}
	}
}

// Joint hours that need not be waited for make nobody want wholes less, nor build
// partners' technology into offers less.
func TestJointHoursOffTakesOnlyTheWait(t *testing.T) {
	g := NewGroup()
	p := at(map[string]float64{"group.focus": 1})
	whole := p
	MechanismNamed("joint-hours").SwitchOff(&p)
	g.Reset(&p, 5, 0)
	if want := columnsFor(&whole)[SystemSale]; g.kinds[SystemSale] != want {
		t.Errorf("the columns of systems are %+v, not %+v", g.kinds[SystemSale], want)
	}
	var team Team
	for i := range 3 {
		team.add(i)
	}
	full := 1 + g.pairs.complementarity[0][1] + g.pairs.complementarity[0][2]
	tau := g.technology(&team)
	if got, want := g.coverage(&team, tau), power15(min(1, full/(1+float64(p.Deal.Bases*tau*tau*tau)))); got != want {
		t.Errorf("a team covers %v of the bases, not %v", got, want)
	}
	if v := g.Run(&p, 5, 0).Values; v[Cooperation] != 0 || !(v[DealsTotal] > 0) {
		t.Errorf("%v of the hours are joint work, with %v deals", v[Cooperation], v[DealsTotal])
	}
}

// What a joint offer is worth, and who wants it, are switches of their own.
func TestOffersOfSeveralCanBeLikeThoseOfOne(t *testing.T) {
	g := NewGroup()
	p := at(map[string]float64{"group.components": 0})
	var team Team
	for i := range 3 {
		team.add(i)
	}
	value := func(off ...string) (worth, demand float64) {
		q := p
		for _, m := range off {
			MechanismNamed(m).SwitchOff(&q)
		}
		g.Reset(&q, 5, 0)
		o := opportunity{kind: CustomerSale, team: team, luck: 1}
		g.assess(&o)
		return o.value, g.demand(&search{kind: CustomerSale, team: team, wanted: 2})
	}
	worth, demand := value()
	flat, _ := value("offer-size")
	simple, _ := value("offer-size", "technology-value")
	_, plain := value("bundle-demand")
	g.Reset(&p, 5, 0)
	alone := g.fit(&team, 0)
	if math.Abs(worth-3*flat) > 1e-9 || simple != p.Deal.ValueBase || !(flat > simple) {
		t.Errorf("an offer of three is worth %v, %v without its size, %v as a simple product", worth, flat, simple)
	}
	if plain != alone || !(demand < plain) {
		t.Errorf("the demand for it is %v, %v when it is wanted like that of one, not %v", demand, plain, alone)
	}
}

// Fairs that do not take place cost nobody hours and teach nothing.
func TestActivitiesOffTakesCostAndLearning(t *testing.T) {
	g := NewGroup()
	p := Defaults()
	p.Learning.MarketMeeting = 0
	MechanismNamed("activities").SwitchOff(&p)
	g.Reset(&p, 5, 0)
	before := g.markets[0].knowledge
	for range 3 * WeeksPerYear {
		g.Step()
	}
	if spent := g.books.tasks[TaskActivities]; spent != 0 || g.markets[0].knowledge != before {
		t.Errorf("the manager spent %v h on them, and knowledge of the market went from %v to %v", spent, before, g.markets[0].knowledge)
	}
}
