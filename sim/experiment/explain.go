package experiment

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat/combin"
	"gonum.org/v1/gonum/stat/distuv"

	"epgsim/sim"
	"epgsim/sim/analysis"
)

// Player is a mechanism of the model, or a few that do one thing together,
// whose part in a difference is asked for.
type Player struct {
	Name  string   // as typed; a group of several is named as none of the mechanisms
	Label string   // for people, to be used within a sentence
	Doc   string   // what it does while it is on
	Off   []string // the mechanisms that are switched off together
	Usual bool     // taken unless others are asked for
}

// Players are the groups of mechanisms; every single mechanism is a player under
// its own name too. The usual ones are where the studies see time go, and that
// customers run out: groups that nothing slows down would soon have found all.
var Players = []Player{
	{"joint-hours", "joint hours", "offers of several SMEs wait until hours of joint work have prepared them", []string{"joint-hours"}, true},
	{"extra-complexity", "parties to align", "every partner makes an offer more complex", []string{"extra-complexity"}, true},
	{"negotiation-length", "negotiation length", "complex offers take more rounds of negotiation", []string{"negotiation-length"}, true},
	{"customer-trust", "customer trust", "complex offers need customers that trust more, and so more meetings", []string{"customer-trust"}, true},
	{"network", "the network built up", "prior ties, trust learnt and practice make joint work come about and go faster", []string{"sme-trust", "prior-ties", "practice"}, true},
	{"workload", "other work", "SMEs have other work, the hub too, that takes hours from the group", []string{"workload"}, true},
	{"coordination", "coordination", "a meeting or approach for many SMEs takes the manager longer", []string{"coordination"}, true},
	{"satiation", "customers running out", "the customers that an SME can still find become fewer", []string{"satiation"}, true},
	{"motivation", "commitment and expectations", "results set against expectations move commitment, and SMEs withdraw", []string{"commitment", "expectations", "fairness", "withdrawal"}, false},
	{"coverage", "coverage of technologies", "complex solutions need technologies that partners bring", []string{"coverage"}, false},
	{"repeat-orders", "repeat orders", "customers that are satisfied buy again, so early deals go on counting", []string{"repeat-orders"}, false},
	{"learning", "learning", "the manager gets to know the products, the SMEs gain export experience", []string{"product-knowledge", "experience"}, false},
	{"own-interests", "own interests", "SMEs spare themselves and guard against rivals, and the manager mediates", []string{"self-interest", "rivalry", "mediation"}, false},
}

// PlayersNamed finds players by name: the usual ones for no names. It refuses
// unknown names, players that share a mechanism, and mechanisms that undo each
// other; off are those that the scenario has switched off already.
func PlayersNamed(names, off []string) ([]Player, error) {
	var players []Player
	for _, p := range Players {
		if len(names) == 0 && p.Usual {
			players = append(players, p)
		}
	}
	for _, name := range names {
		if k := slices.IndexFunc(Players, func(p Player) bool { return p.Name == name }); k >= 0 {
			players = append(players, Players[k])
		} else if m := sim.MechanismNamed(name); m != nil {
			players = append(players, Player{Name: name, Label: strings.ReplaceAll(name, "-", " "), Doc: "while off, " + m.Doc, Off: []string{name}})
		} else {
			return nil, fmt.Errorf("unknown mechanism %q", name)
		}
	}
	all := slices.Clone(off)
	for _, p := range players {
		for _, m := range p.Off {
			if slices.Contains(all[len(off):], m) {
				return nil, fmt.Errorf("%s would be switched off twice; %s does it too", m, p.Name)
			}
			if o := slices.IndexFunc(all, func(o string) bool { return clash(o, m) }); o >= 0 {
				return nil, fmt.Errorf("%s and %s cannot both be switched off: each undoes the other", all[o], m)
			}
		}
		all = append(all, p.Off...)
	}
	return players, nil
}

// clash says whether it matters which one is switched off first.
func clash(a, b string) bool {
	ab, ba := sim.Defaults(), sim.Defaults()
	switchOff(&ab, a, b)
	switchOff(&ba, b, a)
	return !reflect.DeepEqual(ab, ba)
}

func switchOff(p *sim.Params, mechanisms ...string) {
	for _, m := range mechanisms {
		sim.MechanismNamed(m).SwitchOff(p)
	}
}

// Measure is what an explanation is about: a mean over replications, or a
// ratio of two means, which is no mean of ratios.
type Measure struct {
	Name, Label, Unit string
	Years             float64                                 // of the project to be simulated, without follow-up; 0: as the variants have it
	of                func(*sim.Result) (part, whole float64) // the measure is the sum of parts over the sum of wholes
}

// MeasureOf is the mean of an outcome over the replications that have it.
func MeasureOf(o sim.Outcome) Measure {
	info := o.Info()
	return Measure{info.Name, info.Label, strings.TrimPrefix(info.Unit, "1"), 0, func(r *sim.Result) (part, whole float64) {
		if x := r.Get(o); x == x {
			return x, 1
		}
		return 0, 0
	}}
}

// ClosedByYear is the share, in per cent, of the value a project of so many
// years closes that is closed by the end of an earlier year.
func ClosedByYear(year, horizon int) Measure {
	label := fmt.Sprintf("Share of the %d-year value closed by the end of year %d", horizon, year)
	return Measure{fmt.Sprintf("closed_by_year_%d", year), label, "%", float64(horizon), func(r *sim.Result) (part, whole float64) {
		return 100 * r.ValueByYear[year-1], r.ValueByYear[horizon-1]
	}}
}

// ErrNoValue is that of a measure that cannot be told for some of the runs.
var ErrNoValue = errors.New("no value")

// Explanation attributes the difference of a measure between two variants to
// players: both run on common luck with every coalition of players switched on
// (of many players, those along sampled orders). A coalition is worth the
// difference that is there with the other players off, and contributions are
// the Shapley values of that game.
type Explanation struct {
	A, B    Variant
	Measure Measure
	Players []Player
	Plan    Plan

	// After Run: the measure of the two, B minus A, the parts of the players
	// and, last, of everything else: what remains with all players off.
	From, To, Total analysis.Interval
	Parts           []Part

	design      design
	part, whole [][]float64 // arm, block of replications
	point       estimate
	draws       []estimate
}

// Part is what a player has to do with a difference.
type Part struct {
	Contribution analysis.Interval // Shapley value
	Share        analysis.Interval // of the difference; missing when that might be none
	Alone        analysis.Interval // how much less the difference is with this player only switched off
}

// NewExplanation plans an explanation.
func NewExplanation(a, b Variant, m Measure, players []Player, plan Plan) *Explanation {
	return &Explanation{A: a, B: b, Measure: m, Players: players, Plan: plan, design: newDesign(len(players), plan.Seed)}
}

// Orders is how many orders of the players were sampled; 0: all were gone through.
func (e *Explanation) Orders() int { return len(e.design.walks) }

// Arms lists the runs: for every coalition, A and B.
func (e *Explanation) Arms() []Arm {
	var arms []Arm
	for _, set := range e.design.sets {
		var names, off []string
		for i, p := range e.Players {
			if set>>i&1 == 0 {
				names, off = append(names, p.Name), append(off, p.Off...)
			}
		}
		for _, v := range []Variant{e.A, e.B} {
			p := v.Params
			if e.Measure.Years > 0 {
				p.Project.Years, p.Project.FollowUp = e.Measure.Years, 0
			}
			switchOff(&p, off...)
			arms = append(arms, Arm{Name: v.Name + " without " + cmp.Or(strings.Join(names, ", "), "any change"), Params: p})
		}
	}
	return arms
}

// Numbers of the method.
const (
	mostExact    = 8    // players of whom all coalitions are run: 256 of them
	orderPairs   = 20   // pairs of orders sampled of more players: about as many coalitions
	mostBlocks   = 1000 // into which replications are folded for resampling, for time and memory
	fewestBlocks = 6    // whose resampling says anything
	resamples    = 2000 // enough for the ends of an interval to stand still to about a twentieth of its width
)

// Run runs all arms and works out the parts. progress hears of every run.
func (e *Explanation) Run(ctx context.Context, progress func(int)) error {
	arms := e.Arms()
	size := (e.Plan.Replications + mostBlocks - 1) / mostBlocks
	blocks := (e.Plan.Replications + size - 1) / size
	e.part, e.whole = make([][]float64, len(arms)), make([][]float64, len(arms))
	for k := range arms {
		e.part[k], e.whole[k] = make([]float64, blocks), make([]float64, blocks)
	}
	if err := Run(ctx, arms, e.Plan, func(r Row) error {
		part, whole := e.Measure.of(r.Result)
		k := (r.Replication - e.Plan.First) / size
		e.part[r.Arm][k] += part
		e.whole[r.Arm][k] += whole
		progress(1)
		return nil
	}); err != nil {
		return err
	}
	return e.judge(arms)
}

// judge makes estimates and intervals of what the arms came to.
func (e *Explanation) judge(arms []Arm) error {
	ones := slices.Repeat([]float64{1}, len(e.part[0]))
	for k, x := range e.values(ones) {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return fmt.Errorf("%w: %s cannot be told for %s in any of %d replications", ErrNoValue, e.Measure.Name, arms[k].Name, e.Plan.Replications)
		}
	}
	e.point = e.estimate(ones, e.design.pairs)
	e.resample(len(ones), len(e.design.pairs))
	e.From = e.interval(func(s estimate) float64 { return s.a })
	e.To = e.interval(func(s estimate) float64 { return s.b })
	e.Total = e.interval(func(s estimate) float64 { return s.b - s.a })
	e.Parts = make([]Part, len(e.Players)+1)
	for i := range e.Parts {
		e.Parts[i].Contribution = e.interval(func(s estimate) float64 { return s.parts[i] })
		e.Parts[i].Alone = e.interval(func(s estimate) float64 { return s.alone[i] })
		e.Parts[i].Share = e.ShareOf(i)
	}
	return nil
}

// ShareOf is the share of the difference that some of Parts have together. It
// is missing when the difference might be none: nothing is a share of nothing.
func (e *Explanation) ShareOf(parts ...int) analysis.Interval {
	if analysis.Noise(e.Total) {
		return analysis.Interval{Estimate: math.NaN(), Low: math.NaN(), High: math.NaN()}
	}
	return e.interval(func(s estimate) (share float64) {
		for _, i := range parts {
			share += s.parts[i] / (s.b - s.a)
		}
		return share
	})
}

// estimate is what one sample of replications says.
type estimate struct {
	a, b         float64
	parts, alone []float64 // as Explanation.Parts
}

func (e *Explanation) estimate(weights []float64, pairs []int) estimate {
	arms, d := e.values(weights), &e.design
	worth := make([]float64, len(d.sets))
	for k := range worth {
		worth[k] = arms[2*k+1] - arms[2*k]
	}
	s := estimate{a: arms[2*d.all], b: arms[2*d.all+1], parts: append(d.shapley(worth, pairs), worth[0])}
	for _, k := range d.without {
		s.alone = append(s.alone, worth[d.all]-worth[k])
	}
	s.alone = append(s.alone, math.NaN()) // everything else cannot be switched off
	return s
}

// values is the measure of every arm, with blocks of replications weighted.
func (e *Explanation) values(weights []float64) []float64 {
	out := make([]float64, len(e.part))
	for k := range out {
		part, whole := 0.0, 0.0
		for r, w := range weights {
			part += float64(w * e.part[k][r])
			whole += float64(w * e.whole[k][r])
		}
		out[k] = part / whole
	}
	return out
}

// resample draws whole replications with replacement, the same for all arms,
// and, when orders were sampled, pairs of orders too, so that intervals cover both.
func (e *Explanation) resample(blocks, pairs int) {
	luck := rand.New(rand.NewPCG(e.Plan.Seed, 0x6578706c61696e)) // "explain": a stream of its own
	weights, drawn := make([]float64, blocks), make([]int, pairs)
	e.draws = make([]estimate, resamples)
	for k := range e.draws {
		clear(weights)
		for range blocks {
			weights[luck.IntN(blocks)]++
		}
		for p := range drawn {
			drawn[p] = luck.IntN(pairs)
		}
		e.draws[k] = e.estimate(weights, drawn)
	}
}

// interval is the expanded percentile interval (Hesterberg, The American
// Statistician 69 (2015)) of a quantity: percentiles further out the fewer the
// replications, or sampled pairs of orders, as Student's t has it.
func (e *Explanation) interval(of func(estimate) float64) analysis.Interval {
	iv, n := analysis.Interval{Estimate: of(e.point), Low: math.NaN(), High: math.NaN(), N: e.Plan.Replications}, len(e.part[0])
	if pairs := len(e.design.pairs); pairs > 0 {
		n = min(n, pairs)
	}
	values := make([]float64, len(e.draws))
	for k, s := range e.draws {
		values[k] = of(s)
	}
	slices.Sort(values)
	if n >= fewestBlocks && !math.IsNaN(values[0]) { // NaN sorts first
		t := distuv.StudentsT{Sigma: 1, Nu: float64(n - 1)}.Quantile(0.975)
		tail := distuv.UnitNormal.CDF(-t * math.Sqrt(float64(n)/float64(n-1)))
		iv.Low, iv.High = analysis.Quantile(values, tail), analysis.Quantile(values, 1-tail)
	}
	return iv
}

// design says which coalitions are run and how they make Shapley values.
type design struct {
	n       int
	sets    []uint64 // bit i: player i is on; the first is nobody
	all     int      // index into sets of everybody
	without []int    // of everybody but player i
	walks   []walk   // sampled orders, each second one the reverse of the one before; none: exact
	pairs   []int    // the pairs of them: 0, 1, 2 …
}

// walk is an order in which players join; at[k]: index of the coalition of the first k.
type walk struct{ order, at []int }

func newDesign(n int, seed uint64) design {
	d := design{n: n}
	known := map[uint64]int{}
	index := func(set uint64) int {
		if _, ok := known[set]; !ok {
			known[set], d.sets = len(d.sets), append(d.sets, set)
		}
		return known[set]
	}
	full := uint64(1)<<n - 1
	for set := uint64(0); n <= mostExact && set <= full; set++ {
		index(set)
	}
	luck := rand.New(rand.NewPCG(seed, 0x6f7264657273)) // "orders"
	for k := 0; n > mostExact && k < 2*orderPairs; k++ {
		w, set := walk{order: luck.Perm(n), at: []int{index(0)}}, uint64(0)
		if k%2 == 1 {
			w.order = slices.Clone(d.walks[k-1].order)
			slices.Reverse(w.order)
			d.pairs = append(d.pairs, k/2)
		}
		for _, i := range w.order {
			set |= 1 << i
			w.at = append(w.at, index(set))
		}
		d.walks = append(d.walks, w)
	}
	d.all = index(full)
	for i := range n {
		d.without = append(d.without, index(full&^(1<<i)))
	}
	return d
}

// shapley returns the Shapley values of the game that gives coalition sets[k]
// the worth worth[k]: exactly, or as the mean over pairs of sampled orders.
func (d *design) shapley(worth []float64, pairs []int) []float64 {
	phi := make([]float64, d.n)
	for j := range 2 * len(pairs) {
		w := d.walks[2*pairs[j/2]+j%2]
		for k, i := range w.order {
			phi[i] += (worth[w.at[k+1]] - worth[w.at[k]]) / float64(2*len(pairs))
		}
	}
	if len(d.walks) > 0 {
		return phi
	}
	// In an exact design coalition k is the one with the bits of k. Of all
	// orders, a share size!(n-size-1)!/n! has just these before i.
	for set, base := range worth {
		orders := float64(d.n * combin.Binomial(d.n-1, bits.OnesCount(uint(set))%d.n))
		for i := range d.n {
			if set>>i&1 == 0 {
				phi[i] += (worth[set|1<<i] - base) / orders
			}
		}
	}
	return phi
}
