package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"epgsim/sim/experiment"
)

func (a *app) compare() *cobra.Command {
	o := &options{}
	noMap := false
	cmd := &cobra.Command{
		Use:   "compare SCENARIO",
		Short: "Compare organisational forms over project periods (the main job)",
		Long: `compare runs a group under each organisational form (market, customer and system
focus, and the scenario's own mix) over project periods of 1, 2, 3, 5 and 8
years, all on the same luck, and writes a table, figures, a self-contained HTML
report and data files.

--vary takes other variants than the forms, or other project periods.`,
		Example: `  epgsim compare food-products
  epgsim compare boat-building-system --vary project.years=1,2,3,4,6,8 --replications 1000`,
		Args:              oneScenario,
		ValidArgsFunction: completeScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(); err != nil {
				return err
			}
			o.again = wordsAgain(cmd)
			return a.runCompare(cmd.Context(), args[0], o, !noMap)
		},
	}
	o.add(cmd, 500)
	o.addVariants(cmd)
	cmd.Flags().BoolVar(&noMap, "no-map", false, "leave out the map of the best form over technology and compatibility")
	return cmd
}

// runCompare does the main job.
func (a *app) runCompare(ctx context.Context, name string, o *options, withMap bool) error {
	s, v, err := o.read(name)
	if err != nil {
		return err
	}
	p := s.Frozen()
	pure := len(v.variants) == 0
	if pure {
		v.variants = experiment.PureForms(p)
	}
	if len(v.years) == 0 {
		v.years = periodsFor(p)
	}
	w, err := a.comparing("compare", s, o, v)
	if err != nil {
		return err
	}
	defer w.results.Close()
	if err := w.simulate(ctx); err != nil {
		return err
	}
	var best *experiment.BestMap
	if withMap && pure && len(p.ListedSMEs) == 0 {
		if best, err = w.bestMap(ctx); err != nil {
			return err
		}
	}
	return w.results.TellComparison(a.out, w.c, best)
}

// bestMap runs the map of the best form, with fewer replications: its groups
// differ anyway. Eight fill most of its fields, however few the replications.
func (w *comparing) bestMap(ctx context.Context) (best *experiment.BestMap, err error) {
	plan := w.c.Plan
	plan.Replications = min(200, max(8, plan.Replications/16))
	pure := w.c.Variants[:3]
	err = w.work("mapping", plan.Replications*experiment.MapArms(len(pure)), func(done func(int)) error {
		best, err = experiment.NewBestMap(ctx, pure, wholeYears(w.c), plan, done)
		return err
	})
	return best, err
}

// wholeYears are the project periods the map looks at: the own one and the
// longest, in whole years.
func wholeYears(c *experiment.Comparison) []float64 {
	var years []float64
	for _, y := range []float64{c.Own, c.Years[len(c.Years)-1]} {
		if y = max(1, float64(int(y+0.5))); !slices.Contains(years, y) {
			years = append(years, y)
		}
	}
	return years
}
