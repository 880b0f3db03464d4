package experiment

import (
	"slices"

	"epgsim/sim"
	"epgsim/sim/analysis"
)

// Verdict is what a comparison may say of its variants with the own project period. All its
// rankings are one family: together they err in at most 5 % of verdicts.
type Verdict struct {
	Sold    analysis.Ranking // by what is sold by the horizon, k€
	SoldEnd analysis.Ranking // by what is sold by the end of the project, k€
	Kept    analysis.Ranking // by the share of what would be sold by the horizon, if the project went on, that is; 1 less it is lost by stopping
	Selling analysis.Ranking // by the share of groups that sell anything by the horizon
	PerEuro analysis.Ranking // by further exports per public euro; only where it is known what the SMEs do alone
	Benefit analysis.Ranking // by net benefit, k€; only there too

	// Lost says of each variant whether what is lost by stopping is surely more than that of
	// all others.
	LostMost int // index of that variant; -1: none is sure
	Family   analysis.Family
}

// rankings is how many rankings a verdict has.
const rankings = 6

// Verdict judges the variants. A difference below the share matters of the best does not
// matter.
func (c *Comparison) Verdict(matters float64) Verdict {
	own, on := c.OwnIndex(), c.GoesOn()
	v := Verdict{LostMost: -1, Family: analysis.Family{Sentences: rankings * analysis.Pairs(len(c.Variants)), Matters: matters}}
	rank := func(kind analysis.Kind, of func(v int) analysis.Alternative) analysis.Ranking {
		alternatives := make([]analysis.Alternative, len(c.Variants))
		for k := range alternatives {
			alternatives[k] = of(k)
		}
		return v.Family.Rank(kind, alternatives)
	}
	v.Sold = rank(analysis.Means, func(v int) analysis.Alternative { return analysis.Alternative{Values: c.Fair(v, own, sim.ValueTotal)} })
	v.SoldEnd = rank(analysis.Means, func(v int) analysis.Alternative {
		return analysis.Alternative{Values: c.Fair(v, own, sim.ValueProject)}
	})
	kept := func(v int) analysis.Alternative {
		return analysis.Alternative{Values: c.Fair(v, own, sim.ValueTotal), Over: c.Fair(v, on, sim.ValueTotal)}
	}
	v.Kept = rank(analysis.Ratios, kept)
	v.Selling = rank(analysis.Shares, func(v int) analysis.Alternative { return analysis.Alternative{Values: c.sells(v, own)} })
	if c.HasAlone() {
		v.PerEuro = rank(analysis.Ratios, func(v int) analysis.Alternative {
			w := c.Worth(v, own)
			return analysis.Alternative{Values: w.Further, Over: w.Public}
		})
		v.Benefit = rank(analysis.Means, func(v int) analysis.Alternative { return analysis.Alternative{Values: c.Worth(v, own).Benefit} })
	}
	v.LostMost = c.lostMost(v.Family, kept)
	return v
}

// sells says of each replication whether the group sells anything by the horizon.
func (c *Comparison) sells(variant, years int) []float64 {
	values := slices.Clone(c.Of(variant, years, sim.NeverSells))
	for r := range values {
		values[r] = 1 - values[r]
	}
	return values
}

// lostMost is the variant that surely keeps less than every other, -1 for none.
func (c *Comparison) lostMost(f analysis.Family, kept func(v int) analysis.Alternative) int {
	for v := range c.Variants {
		least := len(c.Variants) > 1 && c.Own < c.Horizon
		for w := range c.Variants {
			least = least && (w == v || f.Compare(analysis.Ratios, kept(w), kept(v)).Finding == analysis.Ahead)
		}
		if least {
			return v
		}
	}
	return -1
}

// BestPeriods ranks, for every variant, the project periods by further exports per public
// euro. It is a family of its own, apart from the verdict's.
func (c *Comparison) BestPeriods(matters float64) (best []analysis.Ranking) {
	f := analysis.Family{Sentences: len(c.Variants) * analysis.Pairs(len(c.Years)), Matters: matters}
	for v := range c.Variants {
		var periods []analysis.Alternative
		for y := range c.Years {
			w := c.Worth(v, y)
			periods = append(periods, analysis.Alternative{Values: w.Further, Over: w.Public})
		}
		best = append(best, f.Rank(analysis.Ratios, periods))
	}
	return best
}
