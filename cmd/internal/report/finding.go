package report

import (
	"context"
	"fmt"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/scenario"
)

// finding is what the analysis of one outcome comes to.
type finding struct {
	outcome sim.Outcome
	verdict []string
	tables  []table
	figures []*plots.Figure
	indices []index
}

// index is a row of the table of all results.
type index struct {
	statistic, factor, with, level string
	value                          analysis.Interval
}

// find analyses the k-th outcome by the design's method.
func (seen *Observed) find(ctx context.Context, k int) (*finding, error) {
	f := &finding{outcome: seen.Outcomes[k]}
	o := seen.by[k]
	switch seen.Design.Method {
	case scenario.MethodSaltelli:
		return f, f.sobol(seen, o)
	case scenario.MethodMorris:
		return f, f.morris(seen, o)
	case scenario.MethodOneAtATime:
		return f, f.tornado(seen, o)
	case scenario.MethodFactorial:
		return f, f.mainEffects(seen, o)
	}
	return f, f.rankCorrelations(ctx, seen, o)
}

// measure is the outcome as the figures know it.
func (f *finding) measure(seen *Observed, rows string) plots.Measure {
	info := f.outcome.Info()
	return plots.Measure{Name: info.Name, Label: info.Label, Unit: info.Unit,
		Context: fmt.Sprintf("%s: %s, %d replications of each", seen.Design.Name, rows, seen.Head.Replications)}
}

// factor is a group of factors as the figures know it: a parameter with its
// label, or a group by its name.
func (seen *Observed) factor(group string) plots.Factor {
	p := sim.Lookup(group)
	if p == nil {
		return plots.Factor{Name: group, Label: group}
	}
	return plots.Factor{Name: group, Label: p.Label, Unit: tell.Unit(p.Unit)}
}

// names are groups of factors as people know them: in tables and verdict they
// have the names of the figures.
func (seen *Observed) names(groups []string) []string {
	names := make([]string, len(groups))
	for g, group := range groups {
		names[g] = seen.factor(group).Label
	}
	return names
}

// say adds a sentence about the outcome to the verdict.
func (f *finding) say(format string, args ...any) {
	f.verdict = append(f.verdict, f.outcome.Info().Label+": "+fmt.Sprintf(format, args...))
}

// leftOut tells of what had to be left out because some of its runs have no
// value, and says whether that is too much: what is left is then no sample of
// the design, but of where there is something to see.
func (f *finding) leftOut(n, of int, what string) (tooMuch bool) {
	const most = 0.2
	switch {
	case n == 0:
		return false
	case float64(n) > most*float64(of):
		f.say("%d of %d %s have runs without a value, so the rest is no fair sample; take an outcome that every run has, such as value_project or deals_project.", n, of, what)
		return true
	}
	f.say("%d of %d %s are left out, because some of their runs have no value; what follows holds where there is one.", n, of, what)
	return false
}

// draw adds a figure, if it could be made.
func (f *finding) draw(figure *plots.Figure, err error) error {
	if err == nil {
		f.figures = append(f.figures, figure)
	}
	return err
}

// note adds a row to the table of all results.
func (f *finding) note(statistic, factor, with, level string, value analysis.Interval) {
	f.indices = append(f.indices, index{statistic, factor, with, level, value})
}

// rowsText says how many rows of what kind were run.
func (seen *Observed) rowsText() string {
	d := seen.Design
	switch d.Method {
	case scenario.MethodSaltelli:
		return fmt.Sprintf("%d base samples", d.Points)
	case scenario.MethodMorris:
		return fmt.Sprintf("%d trajectories", d.Points)
	}
	return fmt.Sprintf("%d rows", seen.Head.Rows)
}
