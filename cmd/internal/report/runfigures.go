package report

import (
	"fmt"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
)

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
		panel.Count = panel.Unit == "deals" || panel.Unit == "SMEs"
		if panel.Unit == "1" {
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
		panel := plots.DistributionPanel{Title: o.Info().Label, Unit: o.Info().Unit, Count: o.Info().Unit == "deals", Values: values,
			P05: q[0], P25: q[1], P50: q[2], P75: q[3], P95: q[4]}
		if panel.Unit == "1" {
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
