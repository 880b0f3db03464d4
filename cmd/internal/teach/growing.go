package teach

import (
	"context"
	"slices"

	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
)

// weeklyColumns are the quantities whose bands an ensemble has.
var weeklyColumns = []sim.Column{sim.ColValue, sim.ColTrust, sim.ColCooperation}

// mostBandPoints is how many weeks of a band are told: more than a screen
// shows.
const mostBandPoints = 160

// growing is a comparison that grows from stage to stage, with what the page
// shows of its weeks. It notes these itself, thinned, because a comparison
// that goes on keeps no bands.
type growing struct {
	c      *experiment.Comparison
	weeks  []int           // in which bands are told
	weekly [][][][]float64 // form, weekly column, replication, week: of the own project
	curves [][][]float64   // form, replication, point of the comparison's grid: k€ sold by chance in the own project
}

func newGrowing(c *experiment.Comparison) *growing {
	e := &growing{c: c, weekly: make([][][][]float64, len(c.Variants)), curves: make([][][]float64, len(c.Variants))}
	for v := range e.weekly {
		e.weekly[v] = make([][][]float64, len(weeklyColumns))
	}
	n := c.Grid[len(c.Grid)-1]
	step := max(1, (n+mostBandPoints-1)/mostBandPoints)
	for k := (n - 1) % step; k < n; k += step { // evenly, the last week among them
		e.weeks = append(e.weeks, k+1)
	}
	return e
}

// goOn runs the comparison up to so many replications when it is the client's
// turn.
func (e *growing) goOn(ctx context.Context, l *lane, who string, replications int) error {
	leave, err := l.enter(ctx, who)
	if err != nil {
		return err
	}
	defer leave()
	return e.c.GoOn(ctx, replications, e.note)
}

// note keeps the weeks of a replication of the own project.
func (e *growing) note(v, years int, r experiment.Row) error {
	if years != e.c.OwnIndex() {
		return nil
	}
	for k, column := range weeklyColumns {
		e.weekly[v][k] = append(e.weekly[v][k], at(r.Series.Columns[column], e.weeks))
	}
	e.curves[v] = append(e.curves[v], at(r.Series.Columns[sim.ColValueExpected], e.c.Grid))
	return nil
}

// at picks the values of some weeks, of which the first is 1.
func at(series []float64, weeks []int) []float64 {
	picked := make([]float64, len(weeks))
	for k, w := range weeks {
		picked[k] = series[w-1]
	}
	return picked
}

// tell is the line for what has run so far.
func (e *growing) tell(done bool) Ensemble {
	c := e.c
	t := Ensemble{Replications: c.Plan.Replications, Done: done, Years: c.Years, Own: c.Own, Horizon: c.Horizon}
	for v := range c.Variants {
		t.Forms = append(t.Forms, e.form(v))
	}
	verdict := c.Verdict(analysis.DefaultMatters)
	if r := verdict.Sold; r.Best >= 0 && len(r.Close) == 0 && !r.Equal {
		t.SoldMost = c.Variants[r.Best].Key
	}
	if verdict.LostMost >= 0 {
		t.LostMost = c.Variants[verdict.LostMost].Key
	}
	return t
}

func (e *growing) form(v int) EnsembleForm {
	c, own, on := e.c, e.c.OwnIndex(), e.c.GoesOn()
	first := func(years int) []number { return numbers(c.Of(v, years, sim.FirstDealWeek)) }
	f := EnsembleForm{Key: c.Variants[v].Key, Lost: tellInterval(c.Lost(v, own)), Nothing: tellInterval(analysis.Share(isNought(c.Of(v, own, sim.DealsProject)))),
		Stopped:  branch{tellInterval(c.Mean(v, own, sim.ValueTotal)), tellCurve(c.Grid, analysis.Bands(e.curves[v])), first(own)},
		GoesOn:   branch{tellInterval(c.Mean(v, on, sim.ValueTotal)), tellCurve(c.Grid, c.CurveBand(v)), first(on)},
		Outcomes: map[string]interval{}, Weekly: map[string]band{}, Values: numbers(c.Of(v, own, sim.ValueProject))}
	for _, years := range allYears(c.Years) {
		f.Seen = append(f.Seen, yearly{years, tellInterval(c.Seen(v, years))})
	}
	for o := range sim.NOutcomes {
		f.Outcomes[o.String()] = tellInterval(tellOutcome(c, v, own, o))
	}
	for k, column := range weeklyColumns {
		f.Weekly[column.Info().Name] = tellBand(e.weeks, e.weekly[v][k])
	}
	return f
}

// isNought says of each value whether it is 0, as 1 or 0.
func isNought(values []float64) []float64 {
	out := make([]float64, len(values))
	for k, x := range values {
		if x == 0 {
			out[k] = 1
		}
	}
	return out
}

// tellOutcome is an outcome as the command line's tables tell it: a share of
// groups, a median of times that may be later than the horizon, else a mean.
func tellOutcome(c *experiment.Comparison, v, years int, o sim.Outcome) analysis.Interval {
	switch {
	case o == sim.FirstDealWeek || o == sim.FirstJointDealWeek:
		return analysis.MedianTime(c.Of(v, years, o))
	case o.Info().Kind == sim.YesNo:
		return analysis.Share(c.Of(v, years, o))
	}
	return c.Mean(v, years, o)
}

func tellCurve(weeks []int, b analysis.Band) curve {
	return curve{weeks, numbers(b.Mean), numbers(b.Low), numbers(b.High)}
}

// allYears are the periods and every whole year within the longest.
func allYears(periods []float64) []float64 {
	all := slices.Clone(periods)
	for y := 1.0; y < periods[len(periods)-1]; y++ {
		all = append(all, y)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func tellInterval(iv analysis.Interval) interval {
	return interval{number(iv.Estimate), number(iv.Low), number(iv.High)}
}

// tellBand is the band of a quantity that was noted in some weeks.
func tellBand(weeks []int, values [][]float64) band {
	b := analysis.Bands(values)
	out := band{Week: weeks}
	for k := range weeks {
		for _, c := range []struct {
			to   *[]number
			from []float64
		}{{&out.P05, b.P05}, {&out.P25, b.P25}, {&out.P75, b.P75}, {&out.P95, b.P95}, {&out.Mean, b.Mean}} {
			*c.to = append(*c.to, number(c.from[k]))
		}
	}
	return out
}

func numbers(xs []float64) []number {
	out := make([]number, len(xs))
	for k, x := range xs {
		out[k] = number(x)
	}
	return out
}
