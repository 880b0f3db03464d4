package main

import (
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/report"
	"epgsim/sim/decide"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

func (a *app) compare() *cobra.Command {
	o := &options{}
	noMap := false
	cmd := &cobra.Command{
		Use:   "compare SCENARIO...",
		Short: "Compare organisational forms over project periods (the main job)",
		Long: `compare runs a group under each organisational form (market, customer and system
focus, and the scenario's own mix) over project periods of 1, 2, 3 and 5 years and
one that goes on, all on the same luck and up to the same date, the horizon. It
writes tables, figures, a self-contained HTML report and data files.

--vary takes other variants than the forms, or other project periods. Several
scenarios are compared with each other as they are written.`,
		Example: `  epgsim compare food-products
  epgsim compare boat-building-market boat-building-system --vary project.years=1,2,3,4,6 --replications 200`,
		Args:              arguments(1, mostVariants, scenarios.arg, scenarios.which(scenarios.wanted)),
		ValidArgsFunction: scenarios.complete(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.checkDoubt(cmd, len(args)); err != nil {
				return err
			}
			return a.runComparison(cmd, args, o, compareUsually, func(ctx context.Context, w *comparing) error {
				return w.tellComparison(ctx, !noMap)
			})
		},
	}
	o.add(cmd, 500)
	o.addVariants(cmd)
	cmd.Flags().IntVar(&o.doubt, "doubt", 0, "repeat the comparison in so many plausible worlds, 20 at least, and say in how many the best stays the best: --doubt 100")
	o.source.add(cmd, "draw the worlds of --doubt from a file, such as calibrate leaves (default from the plausible ranges); all other tables keep the numbers of the scenario")
	cmd.Flags().BoolVar(&noMap, "no-map", false, "leave out the map of the best form over technology and compatibility")
	return cmd
}

// compareUsually is what compare runs when --vary does not say: the forms over
// the usual periods.
func compareUsually(s *scenario.Scenario) variation {
	p := s.Frozen()
	return variation{variants: experiment.PureForms(p), years: periodsFor(p)}
}

// tellComparison tells of the forms, and of the map of the best where it is
// asked for and makes sense.
func (w *comparing) tellComparison(ctx context.Context, withMap bool) error {
	doubt, err := w.repeated(ctx)
	if err != nil {
		return err
	}
	return w.results.TellComparison(w.app.out, w.c, doubt, func() (*experiment.BestMap, error) {
		if !withMap || !w.usual || len(w.c.Variants[0].Params.ListedSMEs) > 0 {
			return nil, nil
		}
		return w.bestMap(ctx)
	})
}

// doubtLuck is how often each variant runs in a world.
const doubtLuck = 16

// checkDoubt says what is wrong with --doubt.
func (o *options) checkDoubt(cmd *cobra.Command, scenarios int) error {
	switch {
	case o.doubt == 0 && firstChanged(cmd, "unknown", "worlds") != "":
		return usagef("--%s goes with --doubt", firstChanged(cmd, "unknown", "worlds"))
	case o.doubt != 0 && (o.doubt < fewestWorlds || o.doubt > mostWorlds):
		return usagef("--doubt = %d: must be within %d..%d worlds, or 0 for none", o.doubt, fewestWorlds, mostWorlds)
	case o.doubt > 0 && scenarios > 1:
		return usagef("--doubt goes with one scenario: each says other numbers, and what one says is unknown in another")
	}
	return nil
}

// doubted finds what differs between the worlds of --doubt, and has it said again.
func (w *comparing) doubted(s *scenario.Scenario) (err error) {
	if w.options.doubt == 0 {
		return nil
	}
	if w.worlds, err = w.options.source.of(s); err != nil {
		return err
	}
	if len(w.worlds.Unknowns) == 0 {
		return nothingUnknown(decide.ErrNothingUnknown)
	}
	for i := range w.worlds.Unknowns {
		w.options.again = append(w.options.again, "--unknown="+w.worlds.Unknowns[i].Parameter.Name)
	}
	if w.worlds.Worlds != nil {
		w.options.again = append(w.options.again, "--worlds="+report.WorldsFile)
		w.app.tellDrawing(w.worlds, w.options.doubt, w.options.seed)
	}
	w.off = s.Off
	return nil
}

// repeated repeats the comparison over the worlds of --doubt; nil without it.
func (w *comparing) repeated(ctx context.Context) (doubt *decide.Doubt, err error) {
	worlds := w.options.doubt
	if worlds == 0 {
		return nil, nil
	}
	err = w.work("worlds", worlds*doubtLuck*len(w.c.Variants), func(done func(int)) error {
		doubt, err = decide.NewDoubt(ctx, w.c.Variants, w.c.Own, w.worlds, w.off, w.c.Discount, worlds, doubtLuck, w.c.Plan, done)
		return err
	})
	if errors.Is(err, decide.ErrNothingUnknown) { // the variants differ in all that is
		err = nothingUnknown(err)
	}
	return doubt, err
}

// bestMap runs the map of the best form. 12 groups in a field are enough for the usual
// replications; eight are the fewest of which it says anything.
func (w *comparing) bestMap(ctx context.Context) (best *experiment.BestMap, err error) {
	plan := w.c.Plan
	plan.Replications = min(100, max(8, plan.Replications/40))
	pure := w.c.Variants[:3]
	err = w.work("mapping", plan.Replications*experiment.MapArms(len(pure)), func(done func(int)) error {
		best, err = experiment.NewBestMap(ctx, pure, slices.Compact([]float64{w.c.Own, w.c.Horizon}), plan, done)
		return err
	})
	return best, err
}
