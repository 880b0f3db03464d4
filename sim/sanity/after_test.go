package sanity

import (
	"epgsim/sim"
	"epgsim/sim/experiment"
)

// newCustomers are those of groups that do not keep the manager, a year: in year
// 3, the last of the project, in years 4 and 5, and in years 6 to 10. The last is
// whether the group is one of them.
var newCustomers = &sight{name: "new customers", weeks: true, of: func(r experiment.Row) []float64 {
	by := func(year int) float64 { return r.Series.Columns[sim.ColDeals][year*sim.WeeksPerYear-1] }
	alone := 1 - r.Result.Get(sim.KeptManager)
	return []float64{alone * (by(3) - by(2)), alone * (by(5) - by(3)) / 2, alone * (by(10) - by(5)) / 5, alone}
}}

// sales are those after a project year, k€ a year: in years 3 to 5, and in years 8
// to 10, of groups that do not keep the manager.
var sales = &sight{name: "sales", of: func(r experiment.Row) []float64 {
	by := func(year int) float64 { return r.Result.ByYear[year-1].Value }
	alone := 1 - r.Result.Get(sim.KeptManager)
	return []float64{alone * (by(5) - by(2)) / 3, alone * (by(10) - by(7)) / 3}
}}

func salesDecay(l *lab) verdict {
	var cs []comparison
	ratio := func(of, over int) func(m [][]float64) float64 {
		return func(m [][]float64) float64 { return m[0][of] / m[0][over] }
	}
	for _, f := range forms {
		s := setting{}.with("group.focus", f.focus).with("project.years", 3).with("project.horizon", 10)
		for _, x := range [...]struct {
			what     string
			of, over int
		}{{"years 4–5 against year 3", 1, 0}, {"years 6–10 against year 3", 2, 0}, {"years 6–10 against 4–5", 2, 1}} {
			cs = append(cs, comparison{
				what: f.name + ", new customers, " + x.what, arms: []setting{s}, see: newCustomers,
				excess: func(m [][]float64) float64 { return m[0][x.over] - m[0][x.of] },
				shown:  ratio(x.of, x.over), limit: "× ≤ 1",
			})
		}
		s = s.with("project.years", 1).with("project.horizon", 10)
		cs = append(cs, comparison{
			what: f.name + ", one project year, sales of years 8–10 against 3–5", arms: []setting{s}, see: sales,
			excess: func(m [][]float64) float64 { return m[0][0] - m[0][1] },
			shown:  ratio(1, 0), limit: "× ≤ 1",
		})
	}
	return l.judge(cs)
}

// lasting is whether the group is self-sustaining.
var lasting = &sight{name: "lasting", of: func(r experiment.Row) []float64 { return []float64{r.Result.Get(sim.SelfSustaining)} }}

func someSustainThemselves(l *lab) verdict {
	var arms []setting
	for _, f := range forms {
		arms = append(arms, setting{}.with("group.focus", f.focus))
	}
	return l.judge([]comparison{{
		what: "self-sustaining groups, all forms", arms: arms, see: lasting,
		excess: func(m [][]float64) float64 { return meanOver(m) - 0.01 }, shown: meanOver, limit: "> 1 %, shown", must: true,
	}})
}
