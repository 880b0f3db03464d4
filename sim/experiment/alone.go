package experiment

import (
	"context"
	"math"
	"reflect"
	"slices"

	"epgsim/sim"
	"epgsim/sim/analysis"
)

// Twin returns the parameters of SME number k (from 0, in the order of
// joining) of p's group without the group: it meets the same luck, sells
// alone, and spends the same money in the same proportions on a manager's
// hours and on travel and fairs. With the subsidy that is its part of what the
// group costs; without, only what it paid of that part itself.
func Twin(p sim.Params, k int, subsidised bool) sim.Params {
	part := 1 / float64(p.Size())
	share := 1.0
	if !subsidised {
		share = 1 - p.Project.Subsidy
	}
	p.Solo = k + 1
	p.Mix, p.Group.Focus = [3]float64{}, 0 // alone there is nobody to sell with
	p.Manager.Hours *= part * share
	p.Manager.CarryOver /= part * share // as many hours can be saved: work that is not divisible must not decide
	p.Money.Running *= share
	p.Money.Shared *= part * share
	p.Money.Market *= part * share
	p.Group.Open = 0
	specs := slices.Clone(p.MarketSpecs)
	for j := range specs {
		specs[j].Assistant *= part * share
	}
	p.MarketSpecs, p.Markets.Assistant = specs, p.Markets.Assistant*part*share
	if !subsidised {
		p.Project.Subsidy, p.Project.Lasting = 0, 0
	}
	return p
}

// alone is what the SMEs of a variant come to without the group in one period, summed
// over them or, of comparedAlone that do not add up, averaged; by replication.
type alone [2]struct { // with their own money; with the subsidy too, nothing unless Comparison.Aided
	outcomes [][]float64 // by comparedAlone
	money    []sim.Tally // as Comparison.money
}

// comparedAlone are the outcomes compared, and whether those of the SMEs add
// up to that of a group; else their mean is compared.
var comparedAlone = []struct {
	outcome sim.Outcome
	adds    bool
}{{sim.ValueProjectExpected, true}, {sim.ValueTotalExpected, true}, {sim.DealsTotal, true}, {sim.Regularity, false}, {sim.ExperienceGained, false}}

// RunAlone runs each SME of every variant without the group, in every period. Variants
// that differ only in what their members do together share these runs. progress, if not
// nil, hears of every run. Errors are those of the function Run.
func (c *Comparison) RunAlone(ctx context.Context, progress func(done int)) error {
	shared, arms := c.aloneArms()
	found := make([][]alone, len(shared))
	for s := range found {
		found[s] = make([]alone, len(c.Years))
		for y := range found[s] {
			found[s][y] = newAlone(c.purses(), c.Plan.Replications)
		}
	}
	err := Run(ctx, plain(arms), c.Plan, func(r Row) error {
		a := &arms[r.Arm]
		found[a.shared][a.years].add(a, r, r.Replication-c.Plan.First, c.Discount)
		if progress != nil {
			progress(1)
		}
		return nil
	})
	if err != nil {
		return err
	}
	c.alone = make([][]alone, len(c.Variants))
	for s, variants := range shared {
		for _, v := range variants {
			c.alone[v] = found[s]
		}
	}
	return nil
}

// AloneRuns is how many runs RunAlone makes.
func (c *Comparison) AloneRuns() int {
	_, arms := c.aloneArms()
	return len(arms) * c.Plan.Replications
}

// aloneArm is an SME alone in one period.
type aloneArm struct {
	Arm
	shared, years, aided int
	members              int // of its group
}

// aloneArms are the SMEs alone, and which variants share them.
func (c *Comparison) aloneArms() (shared [][]int, arms []aloneArm) {
	var firsts []sim.Params // of the first SME of each lot
	for v := range c.Variants {
		p := c.Variants[v].Params
		first := Twin(p, 0, false)
		s := slices.IndexFunc(firsts, func(q sim.Params) bool { return reflect.DeepEqual(q, first) })
		if s >= 0 {
			shared[s] = append(shared[s], v)
			continue
		}
		firsts, shared = append(firsts, first), append(shared, []int{v})
		for k := range p.Size() {
			for aided := range c.purses() {
				q := Twin(p, k, aided == 1)
				for y, years := range c.Years {
					q.Project.Years = years
					arms = append(arms, aloneArm{Arm{Name: "alone", Params: q}, len(shared) - 1, y, aided, p.Size()})
				}
			}
		}
	}
	return shared, arms
}

func plain(arms []aloneArm) []Arm {
	out := make([]Arm, len(arms))
	for k := range arms {
		out[k] = arms[k].Arm
	}
	return out
}

// purses is with how many purses each SME is run: with its own, and with the subsidy too.
func (c *Comparison) purses() int {
	if c.Aided {
		return 2
	}
	return 1
}

func newAlone(purses, replications int) (a alone) {
	for k := range purses {
		a[k].outcomes, a[k].money = make([][]float64, len(comparedAlone)), make([]sim.Tally, replications)
		for o := range a[k].outcomes {
			a[k].outcomes[o] = make([]float64, replications)
		}
	}
	return a
}

// add adds what an SME came to.
func (a *alone) add(arm *aloneArm, r Row, at int, discount float64) {
	sums := &a[arm.aided]
	for k, c := range comparedAlone {
		v := r.Result.Get(c.outcome)
		if !c.adds {
			v /= float64(arm.members)
		}
		sums.outcomes[k][at] += v
	}
	sums.money[at] = Sum(sums.money[at], Present(r.Result, discount))
}

// Present is what a run came to by the horizon, money discounted to its start: that of
// a year as if it came in the year's middle.
func Present(r *sim.Result, discount float64) sim.Tally {
	total := sim.Tally{Value: r.Get(sim.ValueTotal), Expected: r.Get(sim.ValueTotalExpected), Public: r.Get(sim.PublicCost), Private: r.Get(sim.PrivateCost)}
	if discount == 0 {
		return total
	}
	var sum, before sim.Tally
	worth := 1 / math.Sqrt(1+discount)
	for _, t := range r.ByYear {
		if math.IsNaN(t.Value) {
			break
		}
		sum = plus(plus(sum, t, worth), before, -worth)
		before, worth = t, worth/(1+discount)
	}
	return plus(plus(sum, total, worth), before, -worth) // the rest of a year
}

// Sum adds two tallies.
func Sum(a, b sim.Tally) sim.Tally { return plus(a, b, 1) }

// plus is a + weight·b, without joint work.
func plus(a, b sim.Tally, weight float64) sim.Tally {
	return sim.Tally{
		Value: a.Value + float64(weight*b.Value), Expected: a.Expected + float64(weight*b.Expected),
		Public: a.Public + float64(weight*b.Public), Private: a.Private + float64(weight*b.Private),
	}
}

// Worth is what a group is worth by the horizon beside what its SMEs would have come to
// without it, with their own money alone; k€, discounted. Sales are counted by chance (see
// Comparison.Fair).
type Worth struct {
	Sales   float64 // of the group
	Alone   float64 // of its SMEs without it; the part of Sales that is deadweight
	Further float64 // Sales less Alone: further exports
	Public  float64 // what the public paid
	Benefit float64 // margin on further exports, less public cost, less what the SMEs paid more than alone
}

// WorthOf is that of a variant in a period in one replication, counted from 0, that Run
// has delivered. RunAlone must have been called before.
func (c *Comparison) WorthOf(variant, years, replication int) Worth {
	return WorthOf(c.money[variant][years][replication], c.alone[variant][years][0].money[replication], c.Variants[variant].Params.Money.Margin)
}

// WorthOf is what a group has come to beside its SMEs without it, by the margin on
// exports.
func WorthOf(group, alone sim.Tally, margin float64) Worth {
	w := Worth{Sales: group.Expected, Alone: alone.Expected, Further: group.Expected - alone.Expected, Public: group.Public}
	w.Benefit = float64(margin*w.Further) - group.Public - (group.Private - alone.Private)
	return w
}

// Worths are those of all replications, each quantity a sample.
type Worths struct{ Sales, Alone, Further, Public, Benefit []float64 }

// Worth is that of a variant in a period.
func (c *Comparison) Worth(variant, years int) (ws Worths) {
	for r := range c.money[variant][years] {
		w := c.WorthOf(variant, years, r)
		ws.Sales, ws.Alone, ws.Further = append(ws.Sales, w.Sales), append(ws.Alone, w.Alone), append(ws.Further, w.Further)
		ws.Public, ws.Benefit = append(ws.Public, w.Public), append(ws.Benefit, w.Benefit)
	}
	return ws
}

// HasAlone says whether it is known what the SMEs come to without the group.
func (c *Comparison) HasAlone() bool { return c.alone != nil }

// Added compares one outcome, in its own unit, of a group with that of its SMEs alone on the
// same luck: with the money they paid themselves, and with the subsidy too.
type Added struct {
	Outcome            sim.Outcome
	Group              analysis.Interval
	Own, Aided         analysis.Interval // of the SMEs alone
	OverOwn, OverAided analysis.Interval // the group less the SMEs alone, in pairs
}

// Added compares what is comparable of a variant in a period. Aided must have been set
// before RunAlone.
func (c *Comparison) Added(variant, years int) (rows []Added) {
	for k, o := range comparedAlone {
		group := c.Of(variant, years, o.outcome)
		own, aided := c.alone[variant][years][0].outcomes[k], c.alone[variant][years][1].outcomes[k]
		rows = append(rows, Added{o.outcome, analysis.Mean(group), analysis.Mean(own), analysis.Mean(aided),
			analysis.Difference(group, own), analysis.Difference(group, aided)})
	}
	return rows
}
