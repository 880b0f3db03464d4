package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

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
		Args:              someScenarios,
		ValidArgsFunction: completeScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runComparison(cmd, args, o, compareUsually, func(ctx context.Context, w *comparing) error {
				return w.tellComparison(ctx, !noMap)
			})
		},
	}
	o.add(cmd, 500)
	o.addVariants(cmd)
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
func (w *comparing) tellComparison(ctx context.Context, withMap bool) (err error) {
	var best *experiment.BestMap
	if withMap && w.usual && len(w.c.Variants[0].Params.ListedSMEs) == 0 {
		if best, err = w.bestMap(ctx); err != nil {
			return err
		}
	}
	return w.results.TellComparison(w.app.out, w.c, best)
}

// bestMap runs the map of the best form. 25 groups in a field for the usual replications
// make it about as sure as 44 did when sales were counted by luck; eight are the
// fewest of which it says anything.
func (w *comparing) bestMap(ctx context.Context) (best *experiment.BestMap, err error) {
	plan := w.c.Plan
	plan.Replications = min(200, max(8, plan.Replications/20))
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
