package report

import (
	"fmt"
	"strings"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
)

// formKinds are the looks of the variants that are organisational forms.
var formKinds = map[string]plots.FormKind{"market": plots.Market, "customer": plots.Customer, "system": plots.System, "own": plots.Own}

// forms gives every variant its look: an organisational form its own, other
// variants one of those made for variants.
func forms(vs []experiment.Variant) []plots.Form {
	var fs []plots.Form
	next := plots.Variant1
	for _, v := range vs {
		kind, ok := formKinds[v.Key]
		name := tell.Capital(v.Name)
		if !ok {
			kind, name = next, v.Name // "group.size=4" is no word
			next = min(next+1, plots.Variant4)
		}
		fs = append(fs, plots.Form{Name: name, Kind: kind})
	}
	return fs
}

// variesBy says what the variants differ in, for titles: "" for organisational
// forms, the parameter where it is only one, and "variant" otherwise.
func variesBy(vs []experiment.Variant) string {
	by := map[string]bool{}
	for _, v := range vs {
		key, _, _ := strings.Cut(v.Key, "=")
		switch _, ok := formKinds[v.Key]; {
		case ok:
			key = ""
		case strings.Contains(v.Key, ","):
			key = "variant"
		}
		by[key] = true
	}
	if len(by) != 1 {
		return "variant"
	}
	for key := range by {
		return key
	}
	return ""
}

// drawing collects figures and the first error.
type drawing struct {
	by      string // what the variants differ in
	figures []*plots.Figure
	err     error
}

func (d *drawing) add(name string, f *plots.Figure, err error) {
	switch {
	case d.err != nil:
	case err != nil:
		d.err = fmt.Errorf("figure %s: %w", name, err)
	default:
		d.figures = append(d.figures, f)
	}
}

// drawComparison draws all figures of a comparison. best may be nil.
func drawComparison(c *experiment.Comparison, best *experiment.BestMap, network *plots.NetworkInput) ([]*plots.Figure, error) {
	d := &drawing{by: variesBy(c.Variants)}
	fs := forms(c.Variants)
	d.headline(c, fs)
	d.periods(c, fs)
	d.overTime(c, fs)
	d.hours(c, fs)
	d.stranded(c, fs)
	d.results(c, fs)
	if best != nil {
		d.bestMap(best, fs)
	}
	if network != nil {
		f, err := plots.GroupNetwork(*network)
		d.add("network", f, err)
	}
	return d.figures, d.err
}

func (d *drawing) headline(c *experiment.Comparison, fs []plots.Form) {
	in := plots.HeadlineInput{ProjectYears: c.Own, By: d.by}
	for _, w := range c.Grid {
		in.Years = append(in.Years, float64(w)/sim.WeeksPerYear)
	}
	for v := range c.Variants {
		in.Forms = append(in.Forms, plots.HeadlineForm{Form: fs[v], Value: c.CurveBand(v), Closed: c.ClosedBy(v, c.Own)})
	}
	f, err := plots.Headline(in)
	d.add("headline", f, err)
}

func (d *drawing) periods(c *experiment.Comparison, fs []plots.Form) {
	in := plots.PeriodsInput{Years: c.Years, FollowUpYears: c.Variants[0].Params.Project.FollowUp, By: d.by}
	for v := range c.Variants {
		p := plots.PeriodsForm{Form: fs[v]}
		for y := range c.Years {
			p.Inside = append(p.Inside, c.Mean(v, y, sim.ValueProject))
			p.Total = append(p.Total, c.Mean(v, y, sim.ValueTotal))
		}
		in.Forms = append(in.Forms, p)
	}
	f, err := plots.PeriodsByForm(in)
	d.add("periods", f, err)
}

func (d *drawing) overTime(c *experiment.Comparison, fs []plots.Form) {
	deals, trust := plots.DealsInput{ProjectYears: c.Own, By: d.by}, plots.TrustInput{ProjectYears: c.Own, By: d.by}
	for v := range c.Variants {
		w := &c.Weekly[v]
		deals.Forms = append(deals.Forms, plots.FormBand{Form: fs[v], Band: w[sim.ColDeals]})
		trust.Forms = append(trust.Forms, plots.TrustForm{Form: fs[v], Trust: w[sim.ColTrust], Joint: w[sim.ColCooperation]})
	}
	f, err := plots.DealsOverTime(deals)
	d.add("deals", f, err)
	f, err = plots.TrustAndCooperation(trust)
	d.add("trust", f, err)
}

// hours draws the manager's mean week in the project.
func (d *drawing) hours(c *experiment.Comparison, fs []plots.Form) {
	in := plots.HoursInput{By: d.by}
	for t := range sim.NTasks {
		in.Tasks = append(in.Tasks, t.String())
	}
	for v, variant := range c.Variants {
		p := variant.Params
		p.Project.Years = c.Own
		h := plots.HoursForm{Form: fs[v]}
		for t := range sim.NTasks {
			weeks := c.Weekly[v][sim.ColTask(t)].Mean[:p.ProjectWeeks()]
			h.Hours = append(h.Hours, analysis.Mean(weeks).Estimate)
		}
		in.Forms = append(in.Forms, h)
	}
	f, err := plots.ManagerHours(in)
	d.add("hours", f, err)
}

func (d *drawing) stranded(c *experiment.Comparison, fs []plots.Form) {
	in := plots.StrandedInput{}
	for y, years := range c.Years {
		p := plots.StrandedPeriod{Years: years}
		for v := range c.Variants {
			p.Bars = append(p.Bars, plots.StrandedBar{Form: fs[v], Inside: c.Mean(v, y, sim.ValueProject).Estimate,
				After: c.Mean(v, y, sim.ValueAfter).Estimate, Stranded: c.Mean(v, y, sim.Stranded).Estimate})
		}
		in.Periods = append(in.Periods, p)
	}
	if len(in.Periods) > 6 {
		in.Periods = in.Periods[:6]
	}
	f, err := plots.Stranded(in)
	d.add("stranded", f, err)
}

func (d *drawing) results(c *experiment.Comparison, fs []plots.Form) {
	in := plots.ResultsInput{}
	for v := range c.Variants {
		r := plots.ResultsForm{Form: fs[v]}
		for _, values := range c.ByRank[v] {
			q := analysis.Quantiles(values, 0.25, 0.75)
			r.Ranks = append(r.Ranks, plots.RankValue{Mean: analysis.Mean(values), P25: q[0], P75: q[1]})
		}
		in.Forms = append(in.Forms, r)
	}
	f, err := plots.ResultsPerSME(in)
	d.add("results", f, err)
}

func (d *drawing) bestMap(m *experiment.BestMap, fs []plots.Form) {
	in := plots.BestFormInput{Tech: m.Technology, Compat: m.Complementarity, Forms: fs}
	if len(in.Forms) > 3 {
		in.Forms = in.Forms[:3] // the pure ones
	}
	for y, years := range m.Years {
		t := plots.BestFormTile{ProjectYears: years}
		for _, row := range m.Cells[y] {
			var cells []plots.BestFormCell
			for _, c := range row {
				cell := plots.BestFormCell{N: c.N, Sure: c.Sure, LeadPercent: 100 * c.Lead}
				if c.Best < 0 {
					cell.N = 0
				} else {
					cell.Best = fs[c.Best].Kind
				}
				cells = append(cells, cell)
			}
			t.Cells = append(t.Cells, cells)
		}
		in.Panels = append(in.Panels, t)
	}
	f, err := plots.BestFormMap(in)
	d.add("best-form", f, err)
}
