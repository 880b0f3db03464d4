package report

import (
	"cmp"
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
func forms(l tell.Language, vs []experiment.Variant) []plots.Form {
	var fs []plots.Form
	for k, v := range vs {
		kind, ok := formKinds[v.Key]
		if !ok {
			kind = plots.VariantOf(k, len(vs))
		}
		fs = append(fs, plots.Form{Name: tell.Capital(variantName(l, v)), Kind: kind})
	}
	return fs
}

// variesBy says what the variants differ in, for titles: "" for organisational
// forms, the parameter where it is only one, and "variant" otherwise.
func variesBy(vs []experiment.Variant) (by string) {
	for k, v := range vs {
		key, _, varied := strings.Cut(v.Key, "=")
		if !varied {
			key = tell.Phrase("scenario")
		}
		if _, ok := formKinds[v.Key]; ok {
			key = ""
		}
		if strings.Contains(v.Key, ",") || k > 0 && key != by {
			return tell.Phrase("variant")
		}
		by = key
	}
	if q := sim.Lookup(by); q != nil {
		return q.Label
	}
	return by
}

// drawing collects figures and the first error.
type drawing struct {
	figures []*plots.Figure
	err     error
}

func (d *drawing) add(f *plots.Figure, err error) {
	if d.err = cmp.Or(d.err, err); d.err == nil {
		d.figures = append(d.figures, f)
	}
}

// comparisonDrawing draws a comparison.
type comparisonDrawing struct {
	drawing
	*experiment.Comparison
	w  *words
	fs []plots.Form // of the variants
	by string       // what the variants differ in

	language plots.Words
}

func newDrawing(w *words) *comparisonDrawing {
	d := &comparisonDrawing{Comparison: w.c, w: w, fs: forms(w.Language, w.c.Variants), language: wordsOfFigures(w.Language)}
	if by := variesBy(w.c.Variants); by != "" {
		d.by = w.Say(by)
	}
	return d
}

// wordsOfFigures are a language for figures.
func wordsOfFigures(l tell.Language) plots.Words {
	if !l.Foreign() {
		return plots.Words{}
	}
	return plots.Words{Say: l.Say, Number: l.Number, Code: l.Code()}
}

// drawComparison draws all figures of a comparison. best may be nil.
func drawComparison(w *words, best *experiment.BestMap, network *plots.NetworkInput) drawing {
	d := newDrawing(w)
	d.headline()
	d.perEuro()
	d.stages()
	d.periods()
	d.sales()
	d.deals()
	d.trust()
	d.hours()
	d.stranded()
	d.results()
	d.scorecard()
	if best != nil {
		d.bestMap(best)
	}
	d.add(plots.GroupNetwork(*network))
	return d.drawing
}

// headline is left out where no project ends before the horizon.
func (d *comparisonDrawing) headline() {
	in := plots.HeadlineInput{Words: d.language, Years: d.Years[:d.GoesOn()], HorizonYears: d.Horizon, OwnYears: d.Own, By: d.by, Title: d.w.lostTitle()}
	if len(in.Years) == 0 {
		return
	}
	for v := range d.Variants {
		f := plots.HeadlineForm{Form: d.fs[v]}
		for y, years := range d.Years[:d.GoesOn()] {
			f.Lost, f.Seen = append(f.Lost, d.Lost(v, y)), append(f.Seen, d.Seen(v, years))
		}
		in.Forms = append(in.Forms, f)
	}
	d.add(plots.Headline(in))
}

func (d *comparisonDrawing) perEuro() {
	in := plots.ByPeriodInput{Words: d.language, Years: d.Years, HorizonYears: d.Horizon, By: d.by}
	for v := range d.Variants {
		f := plots.ByPeriodForm{Form: d.fs[v], Best: d.w.best[v]}
		for y := range d.Years {
			w := d.Worth(v, y)
			f.Values = append(f.Values, analysis.RatioOfMeans(w.Further, w.Public))
		}
		in.Forms = append(in.Forms, f)
	}
	d.add(plots.PerEuro(in))
}

// stages draws where the time goes.
func (d *comparisonDrawing) stages() {
	in := plots.StagesInput{Words: d.language, By: d.by}
	own := d.OwnIndex()
	for v := range d.Variants {
		mean := func(o sim.Outcome) analysis.Interval { return analysis.Mean(d.Of(v, own, o)) }
		in.Forms = append(in.Forms, plots.StagesForm{Form: d.fs[v], Trust: mean(sim.WeeksTrust), Offer: mean(sim.WeeksOffer), Negotiation: mean(sim.WeeksNegotiation)})
	}
	d.add(plots.Stages(in))
}

// deals draws when groups have had their first, second and third deal.
func (d *comparisonDrawing) deals() {
	in := plots.DealsInput{Words: d.language, ProjectYears: d.Own, By: d.by}
	for v := range d.Variants {
		f := plots.DealsForm{Form: d.fs[v]}
		for k := range experiment.DealsCounted {
			f.AtLeast = append(f.AtLeast, d.AtLeast(v, k+1))
		}
		in.Forms = append(in.Forms, f)
	}
	d.add(plots.DealsOverTime(in))
}

func (d *comparisonDrawing) sales() {
	in := plots.SalesInput{Words: d.language, Ends: d.Years, Own: d.Own, By: d.by}
	for _, w := range d.Grid {
		in.Years = append(in.Years, float64(w)/sim.WeeksPerYear)
	}
	for v := range d.Variants {
		in.Forms = append(in.Forms, plots.FormBand{Form: d.fs[v], Band: d.CurveBand(v)})
	}
	d.add(plots.SalesOverTime(in))
}

func (d *comparisonDrawing) periods() {
	in := plots.ByPeriodInput{Words: d.language, Years: d.Years, HorizonYears: d.Horizon, By: d.by}
	for v := range d.Variants {
		p := plots.ByPeriodForm{Form: d.fs[v]}
		for y := range d.Years {
			p.Values = append(p.Values, d.Mean(v, y, sim.ValueTotal))
		}
		in.Forms = append(in.Forms, p)
	}
	d.add(plots.PeriodsByForm(in))
}

func (d *comparisonDrawing) trust() {
	in := plots.TrustInput{Words: d.language, ProjectYears: d.Own, By: d.by}
	for v := range d.Variants {
		w := d.Weekly(v)
		in.Forms = append(in.Forms, plots.TrustForm{Form: d.fs[v], Trust: w[sim.ColTrust], Joint: w[sim.ColCooperation]})
	}
	d.add(plots.Trust(in))
	d.add(plots.Cooperation(in))
}

// hours draws the manager's mean week in the project.
func (d *comparisonDrawing) hours() {
	in := plots.HoursInput{Words: d.language, By: d.by}
	for t := range sim.NTasks {
		in.Tasks = append(in.Tasks, d.w.Say(t.String()))
	}
	for v, variant := range d.Variants {
		p := variant.Params
		p.Project.Years = d.Own
		h := plots.HoursForm{Form: d.fs[v]}
		for t := range sim.NTasks {
			weeks := d.Weekly(v)[sim.ColTask(t)].Mean[:p.ProjectWeeks()]
			h.Hours = append(h.Hours, analysis.Mean(weeks).Estimate)
		}
		in.Forms = append(in.Forms, h)
	}
	d.add(plots.ManagerHours(in))
}

func (d *comparisonDrawing) stranded() {
	in := plots.StrandedInput{Words: d.language}
	for y, years := range d.Years {
		p := plots.StrandedPeriod{Years: years}
		for v := range d.Variants {
			p.Bars = append(p.Bars, plots.StrandedBar{Form: d.fs[v], Inside: d.Mean(v, y, sim.ValueProject).Estimate,
				After: d.Mean(v, y, sim.ValueAfter).Estimate, Stranded: d.Mean(v, y, sim.Stranded).Estimate})
		}
		in.Periods = append(in.Periods, p)
	}
	in.Periods = in.Periods[:min(6, len(in.Periods))]
	d.add(plots.Stranded(in))
}

func (d *comparisonDrawing) results() {
	in := plots.ResultsInput{Words: d.language}
	for v := range d.Variants {
		r := plots.ResultsForm{Form: d.fs[v]}
		for _, values := range d.ByRank[v] {
			q := analysis.Quantiles(values, 0.25, 0.75)
			r.Ranks = append(r.Ranks, plots.RankValue{Mean: analysis.Mean(values), P25: q[0], P75: q[1]})
		}
		in.Forms = append(in.Forms, r)
	}
	d.add(plots.ResultsPerSME(in))
}

func (d *comparisonDrawing) bestMap(m *experiment.BestMap) {
	in := plots.BestFormInput{Words: d.language, Tech: m.Technology, Compat: m.Complementarity, Forms: d.fs[:min(3, len(d.fs))]} // the pure ones
	for y, years := range m.Years {
		t := plots.BestFormTile{ProjectYears: years}
		for _, row := range m.Cells[y] {
			var cells []plots.BestFormCell
			for _, c := range row {
				cell := plots.BestFormCell{N: c.N, Sure: c.Sure, LeadPercent: 100 * c.Lead}
				if c.Best < 0 {
					cell.N = 0
				} else {
					cell.Best = d.fs[c.Best].Kind
				}
				cells = append(cells, cell)
			}
			t.Cells = append(t.Cells, cells)
		}
		in.Panels = append(in.Panels, t)
	}
	d.add(plots.BestFormMap(in))
}

// drawRun draws the figures of runs of one scenario.
func drawRun(w *words, form string, network *plots.NetworkInput) drawing {
	d, c := newDrawing(w), w.c
	if len(c.Variants) == 1 {
		kind, ok := formKinds[form]
		if !ok {
			kind = plots.Own
		}
		d.fs[0].Kind = kind
		network.Form = d.fs[0]
	}
	for v := range c.Variants {
		d.overview(v)
	}
	d.headline()
	d.perEuro()
	d.stages()
	d.distributions()
	d.deals()
	d.trust()
	d.hours()
	d.results()
	d.scorecard()
	if len(c.Years) > 2 {
		d.periods()
		d.sales()
		d.stranded()
	}
	d.add(plots.GroupNetwork(*network))
	return d.drawing
}

func (d *comparisonDrawing) overview(v int) {
	in := plots.OverviewInput{Words: d.language, Scenario: d.w.name(v), Kind: d.fs[v].Kind, ProjectYears: d.Own}
	// Not cooperation: half of the groups have none in any single week, and
	// the figure of trust and cooperation shows its mean.
	for _, col := range []sim.Column{sim.ColValue, sim.ColDeals, sim.ColOpenValue, sim.ColTrust, sim.ColCommitment, sim.ColActive} {
		panel := plots.OverviewPanel{Title: d.w.Say(overviewTitles[col]), Unit: d.w.Say(col.Info().Unit), Band: d.Weekly(v)[col]}
		panel.Count = col.Info().Kind == sim.Count
		if col.Info().Kind == sim.Share {
			panel.Unit, panel.Share = d.w.Say("0 none, 1 full"), true
		}
		in.Panels = append(in.Panels, panel)
	}
	f, err := plots.RunOverview(in)
	if f != nil && v > 0 {
		f.Name = fmt.Sprintf("%s-%d", f.Name, v+1)
	}
	d.add(f, err)
}

var overviewTitles = map[sim.Column]string{
	sim.ColValue: tell.Phrase("Value closed so far"), sim.ColDeals: tell.Phrase("Deals with new customers so far"), sim.ColOpenValue: tell.Phrase("Value still undecided"),
	sim.ColTrust: tell.Phrase("Trust among the SMEs"), sim.ColCommitment: tell.Phrase("Commitment of the SMEs"), sim.ColActive: tell.Phrase("Active members"),
}

// distributions are those of the first variant.
func (d *comparisonDrawing) distributions() {
	in := plots.DistributionInput{Words: d.language, Scenario: d.w.name(0), Kind: d.fs[0].Kind}
	for _, o := range []sim.Outcome{sim.ValueProject, sim.DealsProject, sim.FirstDealWeek, sim.Cooperation, sim.ExperienceGained, sim.ValuePerPublic} {
		values := d.Of(0, d.OwnIndex(), o)
		panel := plots.DistributionPanel{Title: d.w.Say(o.Info().Label), Unit: d.w.Say(o.Info().Unit), Count: o.Info().Kind == sim.Count, Values: values}
		if o.Info().Kind == sim.Share {
			panel.Unit = d.w.Say("on a scale of 0 to 1")
		}
		if o == sim.FirstDealWeek {
			panel.Never = d.w.Say("no deal")
		}
		in.Panels = append(in.Panels, panel)
	}
	d.add(plots.Distribution(in))
}
