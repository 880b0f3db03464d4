package sanity

import (
	"fmt"

	"epgsim/sim"
	"epgsim/sim/experiment"
)

// sold is what is closed in the project, k€.
var sold = &sight{name: "sold", of: func(r experiment.Row) []float64 { return []float64{r.Result.Get(sim.ValueProject)} }}

// lever is something of which more is better, or less.
type lever struct {
	name   string
	better func(now float64) float64
}

func plus(x float64) func(float64) float64  { return func(v float64) float64 { return v + x } }
func times(x float64) func(float64) float64 { return func(v float64) float64 { return v * x } }
func to(x float64) func(float64) float64    { return func(float64) float64 { return x } }

// levers are what nobody sensible would refuse if it cost nothing. Those that are
// not in the table are left out.
var levers = []lever{
	{"manager.hours", plus(28)},
	{"markets.assistant", plus(15)},
	{"manager.meeting", times(0.5)},
	{"manager.prospect", times(0.5)},
	{"manager.skill", plus(0.3)},
	{"manager.knowledge", plus(0.4)},
	{"group.hours", times(1.5)},
	{"norms.support", to(1)},
	{"markets.fit", plus(0.2)},
	{"manager.per_member", times(0.3)},
	{"manager.agreement", times(0.3)},
}

// allowedFall is what more of something may cost, as a share of what is sold: less
// is nobody's business.
const allowedFall = 0.02

func moreIsNotWorse(l *lab) verdict {
	var cs []comparison
	for k, s := range l.everywhere() {
		for _, lever := range levers {
			q := sim.Lookup(lever.name)
			if q == nil {
				continue
			}
			now := s.of(lever.name)
			better := min(q.Max, lever.better(now))
			if better == now {
				continue
			}
			pair, allowed := l.pair(s, s.with(lever.name, better)), l.tolerance(allowedFall)
			cs = append(cs, comparison{
				what: fmt.Sprintf("%s, %s %.3g → %.3g", s.place(k), lever.name, now, better),
				arms: pair, see: sold,
				excess: func(m [][]float64) float64 { return m[1][0] - (1-allowed)*m[0][0] },
				shown:  func(m [][]float64) float64 { return m[1][0] / m[0][0] }, limit: "value × ≥ .98",
			})
		}
	}
	return l.judge(cs)
}

// jump is how much of the value a hundredth of focus may move.
const jump = 0.1

func focusIsContinuous(l *lab) verdict {
	var cs []comparison
	for k, s := range l.everywhere() {
		for _, step := range [...][2]float64{{0, 0.01}, {0.5, 0.49}, {0.5, 0.51}, {1, 0.99}} {
			if step[0] != forms[k%len(forms)].focus {
				continue
			}
			if l.trial == reversed {
				step[1] = step[0] + 20*(step[1]-step[0])
			}
			pair, allowed := l.pair(s, s.with("group.focus", step[1])), l.tolerance(jump)
			for side := range 2 { // neither may exceed the other
				cs = append(cs, comparison{
					what: fmt.Sprintf("%s, focus %v against %v", s.place(k), step[0], step[1]),
					arms: pair, see: sold,
					excess: func(m [][]float64) float64 { return m[side][0] - (1-allowed)*m[1-side][0] },
					shown:  func(m [][]float64) float64 { return m[1][0] / m[0][0] }, limit: "value × .9 to 1.11",
				})
			}
		}
	}
	return l.judge(cs)
}

// cliff is the most that the next level of hours may multiply the value by.
const cliff = 5

func hoursAreNoCliff(l *lab) verdict {
	var cs []comparison
	levels := []float64{6, 10, 14, 18, 26}
	for _, f := range forms {
		for k := range levels[1:] {
			a, b := f.base().with("group.hours", levels[k]), f.base().with("group.hours", levels[k+1])
			cs = append(cs, comparison{
				what: fmt.Sprintf("%s, %v → %v h", f.name, levels[k], levels[k+1]),
				arms: []setting{a, b}, see: sold,
				excess: func(m [][]float64) float64 { return cliff*m[0][0] - m[1][0] },
				shown:  func(m [][]float64) float64 { return m[1][0] / m[0][0] }, limit: "factor ≤ 5",
			})
		}
	}
	return l.judge(cs)
}

func hoursAndSupportMatter(l *lab) verdict {
	var cs []comparison
	for _, f := range forms {
		for _, x := range [...]struct {
			name    string
			low, up float64
		}{{"group.hours", 10, 26}, {"norms.support", 0, 1}} {
			cs = append(cs, comparison{
				what: fmt.Sprintf("%s, %s %v → %v", f.name, x.name, x.low, x.up),
				arms: []setting{f.base().with(x.name, x.low), f.base().with(x.name, x.up)}, see: sold,
				excess: func(m [][]float64) float64 { return m[1][0] - 1.05*m[0][0] },
				shown:  func(m [][]float64) float64 { return m[1][0] / m[0][0] }, limit: "value × > 1.05, shown", must: true,
			})
		}
	}
	return l.judge(cs)
}

// smoothLoss is the most that the next level of a norm may cost.
const smoothLoss = 0.6

func normsAreSmooth(l *lab) verdict {
	var cs []comparison
	for _, x := range [...]struct {
		name   string
		levels []float64
	}{{"norms.sharing", []float64{0.2, 0.5, 0.8}}, {"joint.noise", []float64{0.1, 0.3, 1}}} {
		if sim.Lookup(x.name) == nil {
			continue
		}
		for k := range x.levels[1:] {
			s := forms[1].base()
			for side := range 2 {
				cs = append(cs, comparison{
					what: fmt.Sprintf("customer, %s %v → %v", x.name, x.levels[k], x.levels[k+1]),
					arms: []setting{s.with(x.name, x.levels[k]), s.with(x.name, x.levels[k+1])}, see: sold,
					excess: func(m [][]float64) float64 { return m[side][0] - (1-smoothLoss)*m[1-side][0] },
					shown:  func(m [][]float64) float64 { return m[1][0] / m[0][0] }, limit: "value × .4 to 2.5",
				})
			}
		}
	}
	return l.judge(cs)
}
