package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
)

func (a *app) run() *cobra.Command {
	o := &options{}
	cmd := &cobra.Command{
		Use:   "run SCENARIO",
		Short: "Run a scenario as it is written, many times",
		Long: `run simulates the scenario as it is written, many replications of it, and writes a
table, figures, a self-contained HTML report and data files.

--vary runs variants of it side by side.`,
		Example: `  epgsim run base
  epgsim run boat-building-system --set project.years=5 --replications 2000`,
		Args:              oneScenario,
		ValidArgsFunction: completeScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(); err != nil {
				return err
			}
			o.again = wordsAgain(cmd)
			return a.runRun(cmd.Context(), args[0], o)
		},
	}
	o.add(cmd, 500)
	return cmd
}

func (a *app) runRun(ctx context.Context, name string, o *options) error {
	s, v, err := o.read(name)
	if err != nil {
		return err
	}
	p := s.Frozen()
	if len(v.variants) == 0 {
		v.variants = []experiment.Variant{{Key: "scenario", Name: s.Name, Params: p}}
	}
	if len(v.years) == 0 {
		v.years = []float64{p.Project.Years}
	}
	c := experiment.NewComparison(v.variants, v.years, ownYears(p, v.years), o.plan())
	out, err := a.open(s, o, "run", c.Years[len(c.Years)-1]+p.Project.FollowUp)
	if err != nil {
		return err
	}
	defer out.dir.Close()
	if err := out.simulate(ctx, c); err != nil {
		return err
	}
	return out.reportRun(ctx, c)
}

// reportRun prints what the runs came to and writes figures and report.
func (out *output) reportRun(ctx context.Context, c *experiment.Comparison) error {
	a := out.app
	var tables []table
	if len(c.Years) > 1 {
		tables = append(tables, periodsTable(c, sim.ValueProject))
	}
	if len(c.Variants) == 1 {
		tables = append(tables, distributionTable(c, c.OwnIndex()))
		alone, err := out.alone(ctx, c)
		if err != nil {
			return err
		}
		tables = append(tables, alone)
	} else {
		tables = append(tables, outcomesTable(c, c.OwnIndex()))
	}
	figures, err := drawRun(c, out.scenario.Form(), out.typical(c, 0))
	if err != nil {
		return err
	}
	svgs, err := out.figures(figures)
	if err != nil {
		return err
	}
	var verdict []string
	if len(c.Variants) > 1 || len(c.Years) > 1 {
		verdict = c.Verdict()
	}
	page := out.page("run", verdict, tables, figures, svgs)
	page.Method = commonMethod
	if err := out.write(reportFile, page); err != nil {
		return err
	}
	// Before anything is printed: whoever reads it may stop reading.
	if err := out.finish(); err != nil {
		return err
	}
	a.title(out.scenario, c.Plan)
	for _, t := range tables {
		t.print(a.out)
	}
	if len(verdict) > 0 {
		a.verdict(verdict)
	}
	a.done(out)
	return nil
}

// distributionTable shows how all outcomes of one variant are distributed.
func distributionTable(c *experiment.Comparison, y int) table {
	t := table{Title: fmt.Sprintf("What a project of %s comes to, over %d replications", experiment.YearsText(c.Years[y]), c.Plan.Replications),
		Header: []string{"", "mean ± half its 95 % interval", "5 %", "median", "95 %", "n"}}
	for o := range sim.NOutcomes {
		values := c.Of(0, y, o)
		q := analysis.Quantiles(values, 0.05, 0.5, 0.95)
		mean := analysis.Mean(values)
		row := []string{tell.Label(o), cell(mean)}
		for _, x := range q {
			row = append(row, plain(x))
		}
		t.Rows = append(t.Rows, append(row, fmt.Sprint(mean.N)))
	}
	t.Note = "– no value; n counts the replications that have one"
	return t
}

// plain prints a quantile with about three digits.
func plain(x float64) string {
	if x != x {
		return "–"
	}
	if x >= 1000 || x <= -1000 {
		return analysis.Round(x, 1, analysis.ThinSpace)
	}
	return strconv.FormatFloat(x, 'g', 3, 64)
}

// drawRun draws the figures of runs of one scenario.
func drawRun(c *experiment.Comparison, form string, network *plots.NetworkInput) ([]*plots.Figure, error) {
	d := &drawing{by: variesBy(c.Variants)}
	fs := forms(c.Variants)
	if len(c.Variants) == 1 {
		kind, ok := formKinds[form]
		if !ok {
			kind = plots.Own
		}
		fs[0] = plots.Form{Name: tell.Capital(c.Variants[0].Name), Kind: kind}
		network.Form = fs[0]
	}
	for v := range c.Variants {
		d.overview(c, v, fs[v])
	}
	d.distributions(c, fs[0])
	d.overTime(c, fs)
	d.hours(c, fs)
	d.results(c, fs)
	if len(c.Years) > 1 {
		d.headline(c, fs)
		d.periods(c, fs)
		d.stranded(c, fs)
	}
	f, err := plots.GroupNetwork(*network)
	d.add("network", f, err)
	return d.figures, d.err
}

func (d *drawing) overview(c *experiment.Comparison, v int, form plots.Form) {
	in := plots.OverviewInput{Scenario: c.Variants[v].Name, Kind: form.Kind, ProjectYears: c.Own}
	// Not cooperation: half of the groups have none in any single week, and
	// the figure of trust and cooperation shows its mean.
	for _, col := range []sim.Column{sim.ColValue, sim.ColDeals, sim.ColOpenValue, sim.ColTrust, sim.ColCommitment, sim.ColActive} {
		panel := plots.OverviewPanel{Title: overviewTitles[col], Unit: col.Info().Unit, Band: c.Weekly[v][col]}
		panel.Count = col.Info().Kind == sim.Count
		if col.Info().Kind == sim.Share {
			panel.Unit, panel.Share = "0 none, 1 full", true
		}
		in.Panels = append(in.Panels, panel)
	}
	f, err := plots.RunOverview(in)
	if f != nil && v > 0 {
		f.Name = fmt.Sprintf("%s-%d", f.Name, v+1)
	}
	d.add("overview", f, err)
}

var overviewTitles = map[sim.Column]string{
	sim.ColValue: "Value closed so far", sim.ColDeals: "Deals with new customers so far", sim.ColOpenValue: "Value still undecided",
	sim.ColTrust: "Trust among the SMEs", sim.ColCommitment: "Commitment of the SMEs", sim.ColActive: "Active members",
}

func (d *drawing) distributions(c *experiment.Comparison, form plots.Form) {
	in := plots.DistributionInput{Scenario: c.Variants[0].Name, Kind: form.Kind}
	for _, o := range []sim.Outcome{sim.ValueProject, sim.DealsProject, sim.FirstDealWeek, sim.Cooperation, sim.ExperienceGained, sim.ValuePerPublic} {
		values := c.Of(0, c.OwnIndex(), o)
		q := analysis.Quantiles(values, 0.05, 0.25, 0.5, 0.75, 0.95)
		panel := plots.DistributionPanel{Title: o.Info().Label, Unit: o.Info().Unit, Count: o.Info().Kind == sim.Count, Values: values,
			P05: q[0], P25: q[1], P50: q[2], P75: q[3], P95: q[4]}
		if o.Info().Kind == sim.Share {
			panel.Unit = "on a scale of 0 to 1"
		}
		if o == sim.FirstDealWeek {
			panel.Never = "no deal"
		}
		in.Panels = append(in.Panels, panel)
	}
	f, err := plots.Distribution(in)
	d.add("distribution", f, err)
}
