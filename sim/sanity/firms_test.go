package sanity

import (
	"fmt"
	"math"

	"epgsim/sim"
	"epgsim/sim/experiment"
)

// deals are the members' deals and their squares, means over the members.
var deals = &sight{name: "deals", of: func(r experiment.Row) []float64 {
	sum, squares, n := 0.0, 0.0, float64(r.Result.Members)
	for _, f := range r.Result.SMEs[:r.Result.Members] {
		d := float64(f.Deals)
		sum += d / n
		squares += d * d / n
	}
	return []float64{sum, squares}
}}

func dealsAreDispersed(l *lab) verdict {
	var cs []comparison
	for _, f := range forms {
		ratio := func(m [][]float64) float64 { return (m[0][1] - m[0][0]*m[0][0]) / m[0][0] }
		cs = append(cs, comparison{
			what: f.name, arms: []setting{f.base()}, see: deals,
			excess: func(m [][]float64) float64 { return ratio(m) - 2 }, shown: ratio, limit: "variance/mean of deals per firm ≥ 2",
		})
	}
	return l.judge(cs)
}

// success is whether there was a deal in the project.
var success = &sight{name: "success", of: func(r experiment.Row) []float64 {
	return []float64{math.Min(1, r.Result.Get(sim.DealsProject))}
}}

// technologies are from simple to complex.
var technologies = []float64{0.1, 0.3, 0.5, 0.7, 0.9}

// singles are the firms of the base's group at a technology, each alone with its
// part of the subsidy.
func singles(technology float64) []setting {
	s := setting{}.with("group.technology", technology).with("project.horizon", 0.25)
	var list []setting
	for k := range int(s.of("group.size")) {
		s.alone = k + 1
		list = append(list, s)
	}
	return list
}

// meanOver is that of what is seen first, over variants.
func meanOver(m [][]float64) float64 {
	sum := 0.0
	for _, x := range m {
		sum += x[0] / float64(len(m))
	}
	return sum
}

func singleFirmsSucceedSometimes(l *lab) verdict {
	var arms []setting
	for _, tau := range technologies {
		arms = append(arms, singles(tau)...)
	}
	return l.judge([]comparison{
		{what: "firms with a deal", arms: arms, see: success, excess: func(m [][]float64) float64 { return meanOver(m) - 0.4 }, shown: meanOver, limit: "40 to 60 %"},
		{what: "firms with a deal", arms: arms, see: success, excess: func(m [][]float64) float64 { return 0.6 - meanOver(m) }, shown: meanOver, limit: "40 to 60 %"},
	})
}

func failuresExist(l *lab) verdict {
	var cs []comparison
	for _, tau := range technologies {
		cs = append(cs, comparison{
			what: fmt.Sprintf("single firms without a deal at technology %v", tau), arms: singles(tau), see: success,
			excess: func(m [][]float64) float64 { return 0.95 - meanOver(m) },
			shown:  func(m [][]float64) float64 { return 1 - meanOver(m) }, limit: "≥ 5 %",
		})
	}
	return l.judge(cs)
}
