package sanity

import (
	"fmt"
	"math"

	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
)

// soldInAll is what is closed in project and follow-up, k€, what the public pays
// for it, and the SMEs.
var soldInAll = &sight{name: "sold in all", of: func(r experiment.Row) []float64 {
	return []float64{r.Result.Get(sim.ValueTotal), r.Result.Get(sim.PublicCost), r.Result.Get(sim.PrivateCost)}
}}

// knowledgeMatters looks at the share of the value that is owed to the SMEs'
// support of the manager, for simple and for complex products.
func knowledgeMatters(l *lab) verdict {
	owed := func(with, without []float64) float64 { return 1 - without[0]/with[0] }
	var cs []comparison
	for k, f := range forms {
		var arms []setting
		for _, tau := range [...]float64{0.15, 0.8} {
			s := setting{}.with("group.focus", f.focus).with("group.technology", tau)
			arms = append(arms, s, s.with("norms.support", 0))
		}
		rise := [...]float64{0.05, 0.05, -0.05}[k]
		change := func(m [][]float64) float64 { return owed(m[2], m[3]) - owed(m[0], m[1]) }
		cs = append(cs, comparison{
			what: f.name + ", rise of the share owed to support from technology .15 to .8", arms: arms, see: soldInAll,
			excess: func(m [][]float64) float64 { return change(m) - rise }, shown: change, limit: fmt.Sprintf("≥ %v", rise),
		})
	}
	return l.judge(cs)
}

// assistantPaysFarAway looks at the value per euro of all cost with a local
// assistant in each market, of that without.
func assistantPaysFarAway(l *lab) verdict {
	perEuro := func(m []float64) float64 { return m[0] / (m[1] + m[2]) }
	gain := func(m [][]float64) float64 { return perEuro(m[1])/perEuro(m[0]) - 1 }
	var cs []comparison
	for _, f := range forms {
		near := f.base().with("markets.distance", 0.1).with("markets.count", 1).with("markets.assistant", 0)
		far := f.base().with("markets.distance", 0.6).with("markets.count", 3).with("markets.customers", 33).with("markets.assistant", 0)
		cs = append(cs, comparison{
			what: f.name + ", one near market", arms: []setting{near, near.with("markets.assistant", 20)}, see: soldInAll,
			excess: func(m [][]float64) float64 { return -gain(m) }, shown: gain, limit: "gain per euro ≤ 0",
		}, comparison{
			what: f.name + ", three far markets", arms: []setting{far, far.with("markets.assistant", 20)}, see: soldInAll,
			excess: gain, shown: gain, limit: "gain per euro > 0, shown", must: true,
		})
	}
	return l.judge(cs)
}

// makersOfWholesLead compares, in system focus with suppliers of components, a
// hub that makes finished goods with one that makes components too.
func makersOfWholesLead(l *lab) verdict {
	finished, component := drawn(5), drawn(5)
	for i := range finished {
		finished[i].Component, component[i].Component = 1, 1
	}
	finished[0].Component = 0
	s := forms[2].base()
	return l.judge([]comparison{{
		what: "system, hub of finished goods over hub of components", arms: []setting{s.listing(finished, 1), s.listing(component, 1)}, see: sold,
		excess: func(m [][]float64) float64 { return m[0][0] - m[1][0] },
		shown:  func(m [][]float64) float64 { return m[0][0] / m[1][0] }, limit: "value × > 1, shown", must: true,
	}})
}

// componentsSeldomLead looks at who becomes the hub of five SMEs of which the first
// two make components, before the first week. One of them leads at most half as
// often as a maker of finished goods: together they do at most one time in four.
func componentsSeldomLead(l *lab) verdict {
	smes := drawn(5)
	for i := range smes {
		smes[i].Component = 0
		if i < 2 {
			smes[i].Component = 1
		}
	}
	s := forms[2].base().listing(smes, 0)
	p, g := s.params(), sim.NewGroup()
	leads := make([]float64, l.replications)
	for r := range leads {
		g.Reset(&p, l.seed, uint64(r))
		if g.Snapshot().Hub < 2 {
			leads[r] = 1
		}
	}
	iv := analysis.Mean(leads)
	z, below := standing(analysis.Interval{Estimate: 0.25 - iv.Estimate, Low: 0.25 - iv.High, High: 0.25 - iv.Low, N: iv.N})
	return verdict{
		holds: below >= alpha, asks: "a hub of components ≤ .25",
		says: fmt.Sprintf("%.3g [%.3g, %.3g], z %.1f", iv.Estimate, iv.Low, iv.High, z), rerun: s.String(),
	}
}

// compatibilityMatters compares joint forms among SMEs of niches neither too alike
// nor too far apart with those among SMEs that have little in common. Customers of
// a few partners must see the difference; a system has its suppliers whatever else
// they sell, and must only not be the better for it.
func compatibilityMatters(l *lab) verdict {
	var cs []comparison
	for k, f := range forms[1:] {
		s, customer := f.base(), k == 0
		factor, limit := 1.0, "value × ≥ 1"
		if customer {
			factor, limit = 1.05, "value × > 1.05, shown"
		}
		cs = append(cs, comparison{
			what: f.name + ", similarity .5 over .1", arms: []setting{s.with("group.similarity", 0.5), s.with("group.similarity", 0.1)}, see: sold,
			excess: func(m [][]float64) float64 { return m[0][0] - factor*m[1][0] },
			shown:  func(m [][]float64) float64 { return m[0][0] / m[1][0] }, limit: limit, must: customer,
		})
	}
	return l.judge(cs)
}

// middleSizesAreBest compares groups of four to six, the middle of what is
// advised, three to seven, with the smallest and with large ones.
func middleSizesAreBest(l *lab) verdict {
	perEuro := func(m ...[]float64) float64 {
		value, public := 0.0, 0.0
		for _, x := range m {
			value, public = value+x[0], public+x[1]
		}
		return value / public
	}
	var cs []comparison
	for _, f := range forms {
		of := func(n float64) setting {
			s := setting{}.with("group.focus", f.focus).with("group.size", n)
			for _, name := range [...]string{"group.partners", "group.suppliers"} {
				if sim.Lookup(name) != nil {
					s = s.with(name, min(s.of(name), n-1))
				}
			}
			return s
		}
		for _, other := range [...]float64{2, 10} {
			better := func(m [][]float64) float64 { return perEuro(m[0], m[1], m[2]) - perEuro(m[3]) }
			cs = append(cs, comparison{
				what: fmt.Sprintf("%s, sizes 4 to 6 less %v, value per public euro", f.name, other),
				arms: []setting{of(4), of(5), of(6), of(other)}, see: soldInAll,
				excess: better, shown: better, limit: "> 0, shown", must: true,
			})
		}
	}
	return l.judge(cs)
}

// experienceReplacesSkill looks at what more skill adds, in logarithms, where
// the SMEs have little experience less where they have much.
func experienceReplacesSkill(l *lab) verdict {
	var cs []comparison
	for _, f := range forms {
		var arms []setting
		for _, e := range [...]float64{0.2, 0.7} {
			for _, skill := range [...]float64{0.4, 0.9} {
				arms = append(arms, f.base().with("group.experience", e).with("manager.skill", skill))
			}
		}
		less := func(m [][]float64) float64 {
			return math.Log(m[1][0]/m[0][0]) - math.Log(m[3][0]/m[2][0])
		}
		cs = append(cs, comparison{
			what: f.name + ", log gain of skill at experience .2 less at .7", arms: arms, see: sold,
			excess: less, shown: less, limit: "> 0, shown", must: true,
		})
	}
	return l.judge(cs)
}
