package experiment

import (
	"slices"

	"epgsim/sim"
	"epgsim/sim/analysis"
)

// Of returns an outcome's values, one per replication.
func (c *Comparison) Of(variant, years int, o sim.Outcome) []float64 {
	return c.outcomes[variant][years][o]
}

// Fair returns an outcome's values with luck taken out of them where that is known how:
// sales are counted by the chance of each order in place of whether it came. Means and
// differences of means may use them, distributions and shares of groups may not.
func (c *Comparison) Fair(variant, years int, o sim.Outcome) []float64 {
	of := &c.outcomes[variant][years]
	if o != sim.ValueProject && o != sim.ValueTotal && o != sim.ValueAfter {
		return of[o]
	}
	values := make([]float64, len(of[o]))
	for r := range values {
		values[r] = fair(func(o sim.Outcome) float64 { return of[o][r] }, o)
	}
	return values
}

// fair is an outcome of one replication as Comparison.Fair has it.
func fair(of func(sim.Outcome) float64, o sim.Outcome) float64 {
	switch o {
	case sim.ValueProject:
		return of(sim.ValueProjectExpected)
	case sim.ValueTotal:
		return of(sim.ValueTotalExpected)
	case sim.ValueAfter:
		return of(sim.ValueTotalExpected) - of(sim.ValueProjectExpected)
	}
	return of(o)
}

// Mean is the mean of an outcome with its 95 % interval.
func (c *Comparison) Mean(variant, years int, o sim.Outcome) analysis.Interval {
	return analysis.Mean(c.Fair(variant, years, o))
}

// at is the index into Grid of the end of a project of so many years, which
// must be one of Years.
func (c *Comparison) at(years float64) int {
	k, _ := slices.BinarySearch(c.Grid, c.weeks(years))
	return k
}

// Seen is what the funder has seen by the end of a project of so many years, one of
// Years or a multiple of four weeks: the share of what a variant sells by the horizon, if the
// project goes on, that is sold by then.
func (c *Comparison) Seen(variant int, years float64) analysis.Interval {
	k, last := c.at(years), len(c.Grid)-1
	var part, whole []float64
	for _, curve := range c.curves[variant] {
		part, whole = append(part, curve[k]), append(whole, curve[last])
	}
	return withinOne(analysis.RatioOfMeans(part, whole))
}

// Lost is what is lost by stopping after a period: the share of what a variant sells by
// the horizon, if the project goes on, that it does not sell when the project ends. It is
// below zero where stopping helps.
func (c *Comparison) Lost(variant, years int) analysis.Interval {
	lost := analysis.OneLess(analysis.RatioOfMeans(c.Fair(variant, years, sim.ValueTotal), c.Fair(variant, c.GoesOn(), sim.ValueTotal)))
	lost.High = min(1, lost.High) // nobody loses more than all
	return lost
}

// AtLeast is the share of groups of the own period that have so many deals, 1 to
// DealsCounted, by the end of each week, the first at 0, up to the horizon.
func (c *Comparison) AtLeast(variant, deals int) analysis.Band {
	grid := make([]float64, c.weeks(c.Horizon))
	for w := range grid {
		grid[w] = float64(w + 1)
	}
	times := c.weeksTo[variant][deals-1]
	b := analysis.Band{N: len(times)}
	for _, share := range analysis.EventCurve(times, grid) {
		b.Mean, b.Low, b.High = append(b.Mean, share.Estimate), append(b.Low, share.Low), append(b.High, share.High)
	}
	return b
}

// withinOne cuts an interval to that of a part of a whole.
func withinOne(iv analysis.Interval) analysis.Interval {
	iv.Low, iv.High = max(0, iv.Low), min(1, iv.High)
	return iv
}

// CurveBand is the mean value sold at each grid point when the project goes on, with its
// interval.
func (c *Comparison) CurveBand(variant int) analysis.Band { return analysis.Bands(c.curves[variant]) }
