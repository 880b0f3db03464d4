package sanity

import (
	"context"
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"

	"epgsim/sim"
	"epgsim/sim/experiment"
)

// silentHours are what the SME that does nothing has a week.
var silentHours = []float64{2, 0}

// withSilent is five SMEs of which the last has next to no hours, and the four
// without it, in all settings.
func (l *lab) withSilent(make func(what string, five, four setting) comparison) []comparison {
	var cs []comparison
	for k, s := range l.everywhere() {
		for _, h := range silentHours {
			if h == 0 && k >= len(forms) {
				continue // none at all: at the base only
			}
			five, four := drawn(5), drawn(4)
			five[4].Hours = h
			s := s.with("group.open", 0)
			cs = append(cs, make(fmt.Sprintf("%s, %v h", s.place(k), h), s.listing(five, 0), s.listing(four, 0)))
		}
	}
	return cs
}

func silentMemberIsNoLoss(l *lab) verdict {
	return l.judge(l.withSilent(func(what string, five, four setting) comparison {
		return comparison{
			what: what, arms: []setting{five, four}, see: sold,
			excess: func(m [][]float64) float64 { return m[0][0] - 0.95*m[1][0] },
			shown:  func(m [][]float64) float64 { return m[0][0] / m[1][0] }, limit: "five over four ≥ .95",
		}
	}))
}

// attention is the manager's hours that the last SME got, and all got on average.
var attention = &sight{name: "attention", of: func(r experiment.Row) []float64 {
	sum, n := 0.0, r.Result.Members
	for _, f := range r.Result.SMEs[:n] {
		sum += f.Received
	}
	return []float64{r.Result.SMEs[n-1].Received, sum / float64(n)}
}}

func silentMemberGetsLess(l *lab) verdict {
	return l.judge(l.withSilent(func(what string, five, _ setting) comparison {
		return comparison{
			what: what, arms: []setting{five}, see: attention,
			excess: func(m [][]float64) float64 { return m[0][1] - m[0][0] },
			shown:  func(m [][]float64) float64 { return m[0][0] / m[0][1] }, limit: "its hours over the mean ≤ 1",
		}
	}))
}

// Two lists of five SMEs that differ in nothing but the place, and who of them is
// like whom: all at one point; or four at the corners of a square whose sides are
// exactly equal and one, the hub of systems, in the middle.
var alikes = [...]struct {
	name   string
	niches [5][2]float64
	same   []int
}{
	{"one point", [5][2]float64{}, []int{0, 1, 3, 4}},
	{"square", [5][2]float64{{0.3125, 0.3125}, {-0.3125, 0.3125}, {}, {-0.3125, -0.3125}, {0.3125, -0.3125}}, []int{0, 1, 3, 4}},
}

// alike lists them.
func alike(niches [5][2]float64) []sim.SMESpec {
	smes := make([]sim.SMESpec, len(niches))
	for i, at := range niches {
		smes[i] = sim.SMESpec{Technology: 0.5, Niche: at, Experience: 0.45, Hours: 18, Rhythm: 0.5}
	}
	return smes
}

// placesDoNotMatter compares, between places in the list whose SMEs are alike, the
// manager's hours they got and what they sold. If places do not matter, the places
// of each replication may be exchanged, and the ratio of the variance between places
// to that within replications follows an F distribution.
func placesDoNotMatter(l *lab) verdict {
	const tests = len(alikes) * len(forms) * 2 // of hours and value
	v, worst, differ := verdict{holds: true, asks: "places do not differ", made: tests}, chance{p: 2}, 0
	for _, a := range alikes {
		for _, f := range forms {
			smes := alike(a.niches)
			if l.trial == reversed {
				smes[1].Hours *= 1.2
			}
			s := f.base().with("group.open", 0).listing(smes, 3)
			rows := l.places(s, a.same)
			for w, what := range [...]string{"manager's hours", "value"} {
				c := betweenPlaces(rows[w])
				if c.p < firstSight {
					v.wrong++
				}
				if c.p < alpha/float64(tests) {
					v.holds = false
					differ++
				}
				if c.p < worst.p || c.p == worst.p && c.chi > worst.chi {
					worst, v.rerun = c, s.String()
					v.says = fmt.Sprintf("%s, %s, %s by place %.3g: χ² %.1f, p %.2g", a.name, f.name, what, c.means, c.chi, c.p)
				}
			}
		}
	}
	v.says += fmt.Sprintf("; %d of %d differ", differ, tests)
	return v
}

// places are, by replication and place, hours and value of the SMEs that are
// alike. Under the null the places are exchanged by lot.
func (l *lab) places(s setting, same []int) (rows [2][][]float64) {
	lot := rand.New(rand.NewPCG(l.seed, 0))
	arms := []experiment.Arm{{Params: s.params()}}
	if err := experiment.Run(context.Background(), arms, experiment.Plan{Seed: l.seed, Replications: l.replications}, func(r experiment.Row) error {
		order := lot.Perm(len(same))
		var hours, value []float64
		for k := range same {
			at := same[k]
			if l.trial == null {
				at = same[order[k]]
			}
			hours = append(hours, r.Result.SMEs[at].Received)
			value = append(value, r.Result.SMEs[at].Value())
		}
		rows[0], rows[1] = append(rows[0], hours), append(rows[1], value)
		return nil
	}); err != nil {
		panic(err)
	}
	return rows
}

// chance is a test statistic, about χ² with one degree less than there are places,
// and how probable so large a one is when places do not matter.
type chance struct {
	chi, p float64
	means  []float64 // by place
}

// betweenPlaces is an analysis of variance of rows, replications by places.
func betweenPlaces(rows [][]float64) chance {
	n, k := float64(len(rows)), len(rows[0])
	means, within, between, all := make([]float64, k), 0.0, 0.0, 0.0
	for _, row := range rows {
		for p, x := range row {
			means[p] += x / n
		}
	}
	for _, m := range means {
		all += m / float64(k)
	}
	for _, m := range means {
		between += n * (m - all) * (m - all)
	}
	for _, row := range rows {
		mean := 0.0
		for _, x := range row {
			mean += x / float64(k)
		}
		for p, x := range row {
			d := x - mean - means[p] + all
			within += d * d
		}
	}
	if between == 0 {
		return chance{0, 1, means}
	}
	df := float64(k - 1)
	ratio := between / df / (within / (df * (n - 1)))
	return chance{df * ratio, distuv.F{D1: df, D2: df * (n - 1)}.Survival(ratio), means}
}

// studied are the nine groups of the study.
var studied = []string{
	"boat-building-market", "boat-building-system", "marine-equipment", "excavators", "fitness-equipment-1",
	"fitness-equipment-2", "food-products", "paper-machinery", "environmental-technology",
}

// losses are members lost in the project, by reason, as shares of all members.
var losses = &sight{name: "losses", of: func(r experiment.Row) []float64 {
	n := float64(len(r.Result.SMEs))
	var by []float64
	for _, o := range [...]sim.Outcome{sim.WithdrawnResults, sim.WithdrawnUnfair, sim.WithdrawnDistrust, sim.WithdrawnOwn} {
		by = append(by, r.Result.Get(o)/n)
	}
	return by
}}

// lost is the mean over groups of the members lost for each reason.
func lost(m [][]float64) (by []float64, all float64) {
	by = make([]float64, len(m[0]))
	for _, group := range m {
		for k, x := range group {
			by[k] += x / float64(len(m))
			all += x / float64(len(m))
		}
	}
	return by, all
}

func membersLeave(l *lab) verdict {
	var arms []setting
	for _, name := range studied {
		arms = append(arms, setting{shipped: name})
	}
	all := func(m [][]float64) float64 { _, all := lost(m); return all }
	second := func(m [][]float64) float64 { // the share of the reason after the most frequent
		by, _ := lost(m)
		first, second := 0.0, 0.0
		for _, x := range by {
			first, second = max(first, x), max(second, min(first, x))
		}
		return second
	}
	return l.judge([]comparison{
		{what: "members lost", arms: arms, see: losses, excess: func(m [][]float64) float64 { return all(m) - 0.08 }, shown: all, limit: "8 to 25 %"},
		{what: "members lost", arms: arms, see: losses, excess: func(m [][]float64) float64 { return 0.25 - all(m) }, shown: all, limit: "8 to 25 %"},
		{what: "lost for the second reason", arms: arms, see: losses, excess: func(m [][]float64) float64 { return second(m) - 0.01 }, shown: second, limit: "a second reason ≥ 1 %"},
	})
}
