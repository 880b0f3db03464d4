package decide

import (
	"context"
	"math"
	"slices"

	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// Doubt is a comparison, of its variants with the own project period, repeated over
// worlds: is what is best at the scenario's numbers still the best at others?
type Doubt struct {
	Worlds int
	Luck   int // runs of each variant in a world

	wider float64       // by how much intervals are, because worlds repeat one another
	means [][][]float64 // variant, measure, world
}

// Measure is what variants may be ranked by: an outcome of the model, sales by chance,
// or one of those below.
type Measure int

// What a group brings beyond its SMEs alone, as Measures behind the outcomes.
const (
	FurtherExports = Measure(sim.NOutcomes) + iota
	NetBenefit
	measures
)

// NewDoubt runs the variants with a project period in so many worlds, drawn together,
// with luck of its own in each. What the variants differ in is no unknown. off are the mechanisms that the variants have switched off. done hears of
// every run. The error is ctx's, or ErrNothingUnknown.
func NewDoubt(ctx context.Context, variants []experiment.Variant, years float64, from *scenario.Drawing, off []string,
	discount float64, worlds, luck int, plan experiment.Plan, done func(int)) (*Doubt, error) {
	from = from.Without(func(q *sim.Parameter) bool {
		return slices.ContainsFunc(variants, func(v experiment.Variant) bool { return q.In(&v.Params) != q.In(&variants[0].Params) })
	})
	if len(from.Unknowns) == 0 {
		return nil, ErrNothingUnknown
	}
	d := &Doubt{Worlds: worlds, Luck: luck, wider: math.Sqrt(from.Worlds.Repeats(worlds, worlds, plan.Seed))}
	var l lineup
	for _, v := range variants {
		v.Params.Project.Years = years
		l.add(v.Name, v.Params, off)
		of := make([][]float64, measures)
		for m := range of {
			of[m] = make([]float64, worlds)
		}
		d.means = append(d.means, of)
	}
	at := -1
	err := experiment.Pieces(ctx, plan.Workers, func() (experiment.Piece, bool) {
		at++
		return experiment.Piece{FirstRow: at, Rows: 1, Replications: luck * len(variants)}, at < worlds
	}, func(experiment.Piece) (struct{}, error) { return struct{}{}, nil }, func() func(context.Context, experiment.Piece, struct{}) error {
		in := make([]bool, len(variants))
		for v := range in {
			in[v] = true
		}
		a, values := l.newArms(in, plan.Seed), make([]float64, len(from.Unknowns))
		return func(ctx context.Context, p experiment.Piece, _ struct{}) error {
			from.World(values, p.FirstRow, worlds, plan.Seed)
			a.enter(from, values)
			d.world(a, p.FirstRow, discount)
			return ctx.Err()
		}
	}, func(p experiment.Piece) { done(p.Replications) })
	return d, err
}

// world runs a world into its place; nothing where the model broke.
func (d *Doubt) world(a *arms, world int, discount float64) {
	for luck := range d.Luck {
		results, alone, err := a.run(world*MostLuck+luck, discount)
		if err != nil {
			for v := range d.means {
				for m := range d.means[v] {
					d.means[v][m][world] = math.NaN()
				}
			}
			return
		}
		for v, r := range results {
			w := experiment.WorthOf(experiment.Present(r, discount), alone[v], a.margin(v))
			all := append(byChance(r.Values[:]), w.Further, w.Benefit)
			for m, x := range all {
				d.means[v][m][world] += x / float64(d.Luck)
			}
		}
	}
}

// StaysBest is the share of worlds in which a variant has the highest mean of a
// measure, or the lowest where less is better. Worlds in which the measure is missing
// for any variant are left out.
func (d *Doubt) StaysBest(variant int, m Measure, lessIsBetter bool) analysis.Interval {
	stays := make([]float64, d.Worlds)
	for w := range stays {
		stays[w] = 1
		for v := range d.means {
			x, mine := d.means[v][m][w], d.means[variant][m][w]
			if lessIsBetter {
				x, mine = -x, -mine
			}
			switch {
			case math.IsNaN(x) || math.IsNaN(mine):
				stays[w] = math.NaN()
			case x > mine:
				stays[w] *= 0
			}
		}
	}
	return analysis.Share(stays).Widened(d.wider).Within(0, 1)
}
