package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// defaultPeriods are the project periods, in years, that compare looks at: the
// usual ones, and longer ones to see what was cut off.
var defaultPeriods = []float64{1, 2, 3, 5, 8}

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
	c := experiment.NewComparison(v.variants, v.years, ownYears(p, v.years), o.plan())
	out, err := a.open(s, o, "compare", c.Years[len(c.Years)-1]+p.Project.FollowUp)
	if err != nil {
		return err
	}
	defer out.dir.Close()
	if err := out.simulate(ctx, c); err != nil {
		return err
	}
	var best *experiment.BestMap
	if withMap && pure && len(p.ListedSMEs) == 0 {
		if best, err = out.bestMap(ctx, c); err != nil {
			return err
		}
	}
	return out.report(c, best)
}

// periodsFor are the default project periods that the scenario's follow-up
// leaves room for.
func periodsFor(p sim.Params) []float64 {
	return slices.DeleteFunc(slices.Clone(defaultPeriods), func(y float64) bool { return y+p.Project.FollowUp > sim.MaxYears })
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

// simulate runs the comparison and writes its rows. When the user stops it,
// what was written is kept.
func (out *output) simulate(ctx context.Context, c *experiment.Comparison) error {
	arms := c.Arms()
	for _, arm := range arms {
		out.arms = append(out.arms, arm.Name)
	}
	for _, v := range c.Variants {
		out.recipe.Variants = append(out.recipe.Variants, store.RecipeVariant{Key: v.Key, Settings: append([]string{}, v.Settings...)})
	}
	out.recipe.Periods, out.recipe.Series = c.Years, out.options.series
	bar := out.app.progress("simulating", len(arms)*c.Plan.Replications, out.options.quiet)
	defer bar.finish()
	err := c.Run(ctx, func(variant int, years float64, r experiment.Row) error {
		bar.add(1)
		return out.row(c.Variants[variant], years, r)
	})
	if experiment.Interrupted(err) {
		bar.finish()
		return out.interrupted()
	}
	if err != nil {
		return err
	}
	if err := out.bands(c); err != nil {
		return err
	}
	return out.closeTables()
}

// bestMap runs the map of the best form, with fewer replications: its groups
// differ anyway. Eight fill most of its fields, however few the replications.
func (out *output) bestMap(ctx context.Context, c *experiment.Comparison) (*experiment.BestMap, error) {
	plan := c.Plan
	plan.Replications = min(200, max(8, plan.Replications/16))
	pure := c.Variants[:3]
	bar := out.app.progress("mapping", plan.Replications*experiment.MapArms(len(pure)), out.options.quiet)
	defer bar.finish()
	years := wholeYears(c)
	m, err := experiment.NewBestMap(ctx, pure, years, plan, bar.add)
	if experiment.Interrupted(err) {
		bar.finish()
		return nil, out.interrupted()
	}
	return m, err
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

// report prints what the comparison found and writes figures and report.
func (out *output) report(c *experiment.Comparison, best *experiment.BestMap) error {
	a, s := out.app, out.scenario
	tables := []table{periodsTable(c, sim.ValueProject)}
	if s.Params.Project.FollowUp > 0 {
		tables = append(tables, periodsTable(c, sim.ValueTotal))
	}
	tables = append(tables, outcomesTable(c, c.OwnIndex()))

	figures, err := drawComparison(c, best, out.typical(c, ownVariant(c, &s.Params)))
	if err != nil {
		return err
	}
	svgs, err := out.figures(figures)
	if err != nil {
		return err
	}
	page := out.page("compare", c.Verdict(), tables, figures, svgs)
	page.explainComparison(c, best)
	if err := out.write(reportFile, page); err != nil {
		return err
	}
	// Before anything is printed: whoever reads it may stop reading.
	if err := out.finish(); err != nil {
		return err
	}
	a.title(s, c.Plan)
	for _, t := range tables[:min(2, len(tables))] {
		t.print(a.out)
	}
	tables[len(tables)-1].print(a.out)
	a.verdict(c.Verdict())
	a.done(out)
	return nil
}

// ownVariant is the variant that has the scenario's own form, where the three pure
// ones are compared; else the last, which is its own mix if it has one.
func ownVariant(c *experiment.Comparison, p *sim.Params) int {
	last := len(c.Variants) - 1
	if last != 2 || c.Variants[0].Key != sim.MarketSale.String() {
		return last
	}
	return max(0, slices.IndexFunc(c.Variants, func(v experiment.Variant) bool { return v.Params.Weights() == p.Weights() }))
}

// typical is the picture of the replication nearest to the median in value.
func (out *output) typical(c *experiment.Comparison, variant int) *plots.NetworkInput {
	values := c.Of(variant, c.OwnIndex(), sim.ValueTotal)
	median := analysis.Median(values).Estimate
	nearest := 0
	for r, x := range values {
		if max(x-median, median-x) < max(values[nearest]-median, median-values[nearest]) {
			nearest = r
		}
	}
	p := c.Variants[variant].Params
	p.Project.Years = c.Own
	return networkOf(&p, forms(c.Variants)[variant], c.Plan.Seed, uint64(c.Plan.First+nearest))
}

// title says what was run.
func (a *app) title(s *scenario.Scenario, plan experiment.Plan) {
	fmt.Fprintf(a.out, "%s: %s\n%d replications of each variant on common luck, seed %d\n", s.Name, s.Title, plan.Replications, plan.Seed)
}

func (a *app) verdict(lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintln(a.out, "\nVerdict")
	for _, l := range lines {
		fmt.Fprintln(a.out, tell.Wrap("  • "+l, 100, "    "))
	}
}

// done says where the report is.
func (a *app) done(out *output) {
	fmt.Fprintf(a.out, "\nReport: %s\n", out.dir.Path(reportFile))
}
