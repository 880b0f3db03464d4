package experiment

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"

	"epgsim/sim"
	"epgsim/sim/analysis"
)

// Measure is what an explanation is about: a mean over replications, or a
// ratio of two means, which is no mean of ratios.
type Measure struct {
	Name, Label, Unit string
	Method            string // over what it is taken, to follow a comma

	periods []period                                              // the project periods that each variant is run with
	of      func(period int, r *sim.Result) (part, whole float64) // the measure is the sum of parts over the sum of wholes
}

// period chooses a project period, in years, for a variant.
type period func(p *sim.Params) float64

func own(p *sim.Params) float64 { return p.Project.Years }

func goingOn(p *sim.Params) float64 { return max(p.Project.Years, p.Project.Horizon) }

// MeasureOf is the mean of an outcome over the replications that have it. Sales are
// taken by chance: see Comparison.Fair.
func MeasureOf(o sim.Outcome) Measure {
	info := o.Info()
	return Measure{info.Name, info.Label, sim.UnitText(info.Unit), "over the project of the scenario and the years after it up to the horizon", []period{own},
		func(_ int, r *sim.Result) (part, whole float64) {
			if x := fair(r.Get, o); !math.IsNaN(x) {
				return x, 1
			}
			return 0, 0
		}}
}

const ofSums = "the share is that of sums over replications, not a mean of shares"

// SeenByYear is what the funder has seen by the end of a year: the share, in per cent, of
// what a variant sells by the horizon, if the project goes on, that it has sold by then.
func SeenByYear(year int) Measure {
	return Measure{fmt.Sprintf("seen_by_year_%d", year), fmt.Sprintf("Seen by the funder by the end of year %d", year), "%",
		"over a project that goes on to the horizon; " + ofSums, []period{goingOn}, func(_ int, r *sim.Result) (part, whole float64) {
			return 100 * r.ByYear[year-1].Expected, r.Get(sim.ValueTotalExpected)
		}}
}

// LostByStopping is what is lost by stopping after the scenario's project period: the
// share, in per cent, of what a variant sells by the horizon, if the project goes on, that
// it does not sell when the project ends. It is below zero where stopping helps.
func LostByStopping() Measure {
	return Measure{"lost_by_stopping", "Lost by stopping", "%", "over the project of the scenario and over one that goes on, both up to the horizon; " + ofSums,
		[]period{own, goingOn}, func(period int, r *sim.Result) (part, whole float64) {
			sold := r.Get(sim.ValueTotalExpected)
			if period == 0 {
				return -100 * sold, 0
			}
			return 100 * sold, sold
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
	part, whole [][]float64 // coalition and variant, block of replications
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

// Arms lists the runs: for every coalition A and B, each with the measure's project periods.
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
			SwitchOff(&p, off...)
			for _, years := range e.Measure.periods {
				q := p
				q.Project.Years = years(&p)
				arms = append(arms, Arm{Name: v.Name + " without " + cmp.Or(strings.Join(names, ", "), "any change"), Params: q})
			}
		}
	}
	return arms
}

// Numbers of the resampling.
const (
	mostBlocks   = 1000 // into which replications are folded for resampling, for time and memory
	fewestBlocks = 6    // whose resampling says anything
	resamples    = 2000 // enough for the ends of an interval to stand still to about a twentieth of its width
)

// Run runs all arms and works out the parts. progress hears of every run. Errors
// are those of the function Run, and ErrNoValue.
func (e *Explanation) Run(ctx context.Context, progress func(int)) error {
	arms, periods := e.Arms(), len(e.Measure.periods)
	size := (e.Plan.Replications + mostBlocks - 1) / mostBlocks
	blocks := (e.Plan.Replications + size - 1) / size
	e.part, e.whole = make([][]float64, len(arms)/periods), make([][]float64, len(arms)/periods)
	for k := range e.part {
		e.part[k], e.whole[k] = make([]float64, blocks), make([]float64, blocks)
	}
	if err := Run(ctx, arms, e.Plan, func(r Row) error {
		part, whole := e.Measure.of(r.Arm%periods, r.Result)
		arm, k := r.Arm/periods, (r.Replication-e.Plan.First)/size
		e.part[arm][k] += part
		e.whole[arm][k] += whole
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
			return fmt.Errorf("%w: %s cannot be told for %s in any of %d replications", ErrNoValue, e.Measure.Name, arms[k*len(e.Measure.periods)].Name, e.Plan.Replications)
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

// Unexplained is how much of the difference, either way round, is there with all
// players off, as a share; 0 when there might be no difference.
func (e *Explanation) Unexplained() float64 {
	if share := e.Parts[len(e.Players)].Share.Estimate; !math.IsNaN(share) {
		return math.Abs(share)
	}
	return 0
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
