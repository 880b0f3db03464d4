package experiment

import (
	"context"
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
	p.Mix = [3]float64{1, 0, 0} // alone there is nobody to sell with
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
		p.Project.Subsidy = 0
	}
	return p
}

// Additionality is what a group adds to what its SMEs would do alone on the
// same luck: with the money they paid themselves, and with the subsidy too.
type Additionality struct {
	Rows []AddedRow // one per outcome, sums or means over the SMEs of a group

	// Deadweight is the share of the value that the group sells that its SMEs
	// alone, with their own money, would have sold too; PublicPerExtra is what
	// the public paid per further euro of exports.
	Deadweight, PublicPerExtra analysis.Interval
}

// AddedRow compares one outcome, in its own unit.
type AddedRow struct {
	Outcome            sim.Outcome
	Group              analysis.Interval
	Own, Aided         analysis.Interval // of the SMEs alone: with their own money, and with the subsidy too
	OverOwn, OverAided analysis.Interval // the group less the SMEs alone, in pairs
}

// comparedAlone are the outcomes compared, and whether those of the SMEs add
// up to that of a group; else their mean is compared.
var comparedAlone = []struct {
	outcome sim.Outcome
	adds    bool
}{{sim.ValueProject, true}, {sim.ValueTotal, true}, {sim.DealsTotal, true}, {sim.Regularity, false}, {sim.ExperienceGained, false}}

// Alone runs a group, and each of its SMEs without it. progress, if not nil,
// hears of every run. Errors are those of Run.
func Alone(ctx context.Context, p sim.Params, plan Plan, progress func(int)) (*Additionality, error) {
	n := p.Size()
	arms := []Arm{{Name: "group", Params: p}}
	for _, aided := range []bool{false, true} {
		for k := range n {
			arms = append(arms, Arm{Name: "alone", Params: Twin(p, k, aided)})
		}
	}
	sums := make([][3][]float64, len(comparedAlone)) // group, own, aided; by replication
	for k := range sums {
		for w := range sums[k] {
			sums[k][w] = make([]float64, plan.Replications)
		}
	}
	public := make([]float64, plan.Replications)
	err := Run(ctx, arms, plan, func(r Row) error {
		which, row := (r.Arm+n-1)/n, r.Replication-plan.First
		for k, c := range comparedAlone {
			v := r.Result.Get(c.outcome)
			if which > 0 && !c.adds {
				v /= float64(n)
			}
			sums[k][which][row] += v
		}
		if which == 0 {
			public[row] = r.Result.Get(sim.PublicCost)
		}
		if progress != nil {
			progress(1)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	a := &Additionality{}
	for k, c := range comparedAlone {
		s := &sums[k]
		a.Rows = append(a.Rows, AddedRow{c.outcome, analysis.Mean(s[0]), analysis.Mean(s[1]), analysis.Mean(s[2]),
			analysis.Difference(s[0], s[1]), analysis.Difference(s[0], s[2])})
		if c.outcome == sim.ValueTotal {
			extra := make([]float64, len(s[0]))
			for r := range extra {
				extra[r] = s[0][r] - s[1][r]
			}
			a.Deadweight, a.PublicPerExtra = analysis.RatioOfMeans(s[1], s[0]), analysis.RatioOfMeans(public, extra)
		}
	}
	return a, nil
}

// AloneArms is how many arms Alone runs for a group of n.
func AloneArms(n int) int { return 1 + 2*n }
