package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// comparing is what compare and run have under way: a comparison, and where
// its results go.
type comparing struct {
	app     *app
	options *options
	usual   bool              // variants: no --vary names others
	worlds  *scenario.Drawing // of --doubt; else nil
	off     []string          // mechanisms switched off in them
	c       *experiment.Comparison
	results *report.Results
}

// runComparison compares what --vary names of scenarios, or what is usual
// where it names nothing, and has it told.
func (a *app) runComparison(cmd *cobra.Command, names []string, o *options, usual func(*scenario.Scenario) variation,
	tell func(context.Context, *comparing) error) error {
	if err := o.check(); err != nil {
		return err
	}
	o.again = wordsAgain(cmd)
	w, err := a.comparing(cmd.Name(), names, o, usual)
	if err != nil {
		return err
	}
	defer w.results.Close()
	if err := w.simulate(cmd.Context()); err != nil {
		return err
	}
	if o.dataOnly {
		return w.results.TellData(a.out, w.c)
	}
	return tell(cmd.Context(), w)
}

// comparing plans a comparison and makes its directory. Close the results when
// done.
func (a *app) comparing(command string, names []string, o *options, usual func(*scenario.Scenario) variation) (*comparing, error) {
	var scenarios []*scenario.Scenario
	for k, name := range names {
		s, err := load(name, o.set)
		if err != nil {
			return nil, err
		}
		scenarios = append(scenarios, s)
		if k > 0 {
			o.again = slices.Insert(o.again, k+1, report.ScenarioFileOf(k))
		}
	}
	s := scenarios[0]
	v, err := varyAll(scenarios, o.vary)
	if err != nil {
		return nil, err
	}
	w := &comparing{app: a, options: o, usual: len(v.variants) == 0}
	if err := w.doubted(s); err != nil {
		return nil, err
	}
	if w.usual {
		v.variants = usual(s).variants
	}
	if len(v.years) == 0 {
		v.years = usual(s).years
	}
	w.c = experiment.NewComparison(v.variants, v.years, ownYears(s.Frozen(), v.years), o.plan())
	w.c.Discount = o.discount / 100
	w.c.Aided = len(v.variants) == 1 // else no table tells of it
	set := o.settings(nameOf(scenarios) + "-" + command)
	set.Others, set.Worlds = scenarios[1:], w.worlds
	if set.Language, err = tell.LanguageOf(o.language.value); err != nil {
		return nil, err
	}
	for _, arm := range w.c.Arms() {
		set.Arms = append(set.Arms, arm.Name)
	}
	if err := set.Fits(w.c); err != nil {
		return nil, err
	}
	w.results, err = a.create(s, set)
	return w, err
}

// nameOf is what the results of scenarios are called.
func nameOf(scenarios []*scenario.Scenario) string {
	name := scenarios[0].Name
	if len(scenarios) > 1 {
		name += "-and-others"
	}
	return name
}

// simulate runs the comparison, first each SME alone, and writes its rows.
func (w *comparing) simulate(ctx context.Context) error {
	if w.options.dataOnly {
		return w.work("simulating", len(w.c.Arms())*w.c.Plan.Replications, func(done func(int)) error {
			return w.results.Simulate(ctx, w.c, done)
		})
	}
	if w.app.onTerminal() && !w.options.quiet && w.c.Plan.Replications > earlyReplications {
		if err := w.tellEarly(ctx); err != nil {
			return err
		}
	}
	err := w.work("each SME alone", w.c.AloneRuns(), func(done func(int)) error { return w.c.RunAlone(ctx, done) })
	if err != nil {
		return err
	}
	return w.work("simulating", len(w.c.Arms())*w.c.Plan.Replications, func(done func(int)) error {
		return w.results.Simulate(ctx, w.c, done)
	})
}

// earlyReplications are a tenth of the usual ones: a first word on what will come of all.
const earlyReplications = 50

// tellEarly runs the first replications by themselves, for who looks on and would wait: in a
// fraction of a second they say what the verdict will begin with, though not as surely.
func (w *comparing) tellEarly(ctx context.Context) error {
	plan := w.c.Plan
	plan.Replications = earlyReplications
	first := experiment.NewComparison(w.c.Variants, nil, w.c.Own, plan)
	err := w.work("first replications", len(first.Arms())*earlyReplications, func(done func(int)) error {
		return first.GoOn(ctx, earlyReplications, func(int, int, experiment.Row) error { done(1); return nil })
	})
	if err == nil {
		w.results.TellEarly(w.app.err, first, w.c.Plan.Replications)
	}
	return err
}

// mostPlaces is how many places a command tries to get before it gives up.
const mostPlaces = 100

// create makes the directory for the results of a scenario.
func (a *app) create(s *scenario.Scenario, set report.Settings) (*report.Results, error) {
	results, err := a.createAt(report.OfScenario(s), set)
	if err == nil {
		a.warn(s)
	}
	return results, err
}

// createAt makes the directory for results at the first place that nobody else takes.
func (a *app) createAt(of report.Subject, set report.Settings) (*report.Results, error) {
	p, err := a.program()
	if err != nil {
		return nil, err
	}
	results, err := report.Create(p, of, set)
	for tries := 1; set.Next != nil && tries < mostPlaces && (errors.Is(err, store.ErrBusy) || errors.Is(err, store.ErrNotEmpty)); tries++ {
		set.Path = set.Next() // several commands that start at once all see the same place free
		results, err = report.Create(p, of, set)
	}
	return results, placeError(set.Path, err)
}

// defaultPeriods are the project periods, in years, that compare looks at, beside the
// project that goes on to the horizon.
var defaultPeriods = []float64{1, 2, 3, 5}

// periodsFor are the default project periods within the scenario's horizon.
func periodsFor(p sim.Params) []float64 {
	return slices.DeleteFunc(slices.Clone(defaultPeriods), func(y float64) bool { return y > p.Project.Horizon })
}

// ownYears is the scenario's project period, or the nearest of those asked for
// when it is not among them.
func ownYears(p sim.Params, asked []float64) float64 {
	own := p.Project.Years
	if slices.Equal(asked, periodsFor(p)) {
		return own
	}
	return slices.MinFunc(asked, func(a, b float64) int { return cmp.Compare(max(a-own, own-a), max(b-own, own-b)) })
}

// work does so many runs below a bar. When the user ends it, what was written
// is kept.
func (w *comparing) work(what string, runs int, do func(done func(int)) error) error {
	bar := w.app.progress(what, runs, w.options.quiet)
	err := do(bar.add)
	bar.finish()
	if experiment.Interrupted(err) {
		return w.interrupted()
	}
	return err
}

// interrupted keeps the rows written so far when the user stops a run, and says
// so. No command goes on with them, so it says how to begin again in their place.
func (w *comparing) interrupted() error {
	if err := w.results.Interrupted(); err != nil {
		return err
	}
	var more []string
	path := w.results.Path()
	if w.options.out == "" {
		more = append(more, "--out", path) // without it --force would replace an earlier run
	}
	if !w.options.force {
		more = append(more, "--force")
	}
	return interrupted(fmt.Sprintf("%s in %s; to begin again: %s", errKept, path, w.app.typed(more...)))
}
