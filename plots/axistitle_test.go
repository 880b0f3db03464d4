package plots

import (
	"strconv"
	"strings"
	"testing"

	"epgsim/sim/analysis"
)

// asNumber reads the label of a tick.
func asNumber(s string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.NewReplacer(nbsp, "", "%", "", minus, "-").Replace(s), 64)
	return v, err == nil
}

// lastTick is the greatest label of the axis with the given title: the topmost
// below the title of a y axis, the rightmost just above that of an x axis.
func lastTick(boxes []textBox, title textBox, axis string) (most float64, found bool) {
	top := 1e9
	for _, b := range boxes {
		v, number := asNumber(b.s)
		switch below := b.r.y0 - title.r.y0; {
		case !number:
		case axis == "y" && below > 2 && below < 60 && b.r.x1 > title.r.x0 && b.r.x1 < title.r.x0+45 && b.r.y0 < top:
			most, top, found = v, b.r.y0, true
		case axis == "x" && below < -8 && below > -26 && (!found || v > most):
			most, found = v, true
		}
	}
	return most, found
}

// The title of an axis stands at that axis, and the axis reaches as far, in the
// unit that the title says, as what is drawn along it.
func TestAxisTitlesSayWhatIsDrawn(t *testing.T) {
	rich := testSales(testForms, 3)
	for i := range rich.Forms {
		v := &rich.Forms[i].Band
		*v = analysis.Band{Mean: scaled(v.Mean, 10), Low: scaled(v.Low, 10), High: scaled(v.High, 10)}
	}
	flat := testBestForm()
	flat.Compat = scaled(flat.Compat, 0.4)
	even := testMorris(8, 1)
	for i := range even.Factors {
		even.Factors[i].Sigma = about(even.Factors[i].MuStar.Estimate/6, 2)
	}
	type along struct {
		axis, title string
		most        float64 // the greatest value that is drawn
	}
	for _, c := range []struct {
		build builder
		want  []along
	}{
		{of(SalesOverTime, testSales(testForms, 3)), []along{{"y", "sales, k€ per group", 1780}, {"x", termYears, 10}}},
		{of(SalesOverTime, rich), []along{{"y", "sales, million" + nbsp + "€ per group", 17.8}}},
		{of(PerEuro, testPerEuro(testForms)), []along{{"y", termPerEuroUnit, 2.5}, {"x", termPeriodsAxis, 8}}},
		{of(Stages, testStages(testForms)), []along{{"x", termStagesAxis, 103}}},
		{of(DealsOverTime, testDeals(testForms)), []along{{"y", termDealsUnit, 100}, {"x", termYears, 8}}},
		{of(Trust, testTrust(testForms)), []along{{"y", "mean over all pairs of active SMEs, of 0 (none) to 1" + nbsp + "(full)", 0.7}, {"x", termYears, 8}}},
		{of(Cooperation, testTrust(testForms)), []along{{"y", "joint hours, % of the hours the SMEs had for the project", 38}}},
		{of(PeriodsByForm, testPeriods(testForms)), []along{{"y", termPeriodsUnit, 1850}, {"x", termPeriodsAxis, 8}}},
		{of(ManagerHours, testHours(testForms)), []along{{"x", "share of the manager’s hours, %", 100}}},
		{of(Stranded, testStranded(testForms)), []along{{"x", "value, k€ per group", 1670}}},
		{of(ResultsPerSME, testResults(testForms)), []along{{"y", "k€ per SME", 230}, {"x", "rank in the group", 5}}},
		{of(BestFormMap, flat), []along{{"y", "compatibility of the group (mean complementarity, 0–1)", 0.4}, {"x", "technology of the SMEs’ products (0–1)", 1}}},
		{of(RunOverview, testOverview()), []along{{"y", "deals per group", 41}, {"y", "mean over SMEs, 0–1", 1}, {"x", "years since start", 8}}},
		{of(Distribution, testDistribution()), []along{{"y", "share of groups", 25}, {"x", "k€ per group", 1000}}},
		{of(Morris, even), []along{{"x", "Effect over the factor's whole range: mean size (μ*) and spread (σ), k€", 340}}},
		{of(Tornado, testTornado(8, 1)), []along{{"x", "Change from the base, k€", 138}}},
		{of(SobolBars, testSobol(8, 0.03)), []along{{"x", "Share of the variance of the expected outcome", 36}, {"x", "Share of the variance of a single run, luck included", 36}}},
		{of(SobolPairs, testPairs(5, 0.02)), []along{{"x", "Share of the variance due to the pair, beyond each by itself (second order)", 4}}},
		{of(RankCorrelations, testRank(8, 0.1, 0.8)), []along{{"x", "Partial rank correlation: " + minus + "1 falls with the factor, +1 rises with it", 1}}},
		{of(MainEffects, testEffects(4)), []along{{"y", "Value closed in the project, k€", 560}}},
		{of(Interaction, testInteraction(3, 0)), []along{{"y", "Value closed in the project, k€", 1170}, {"x", "project period, years (project.years)", 8}}},
		{of(Waterfall, testWaterfall()), []along{{"x", "Share of the 8-year value closed by the end of year 3, %", 25}}},
	} {
		f := must(t, c.build)
		boxes, _, _ := parseSVG(t, f, svgOf(t, f))
		for _, a := range c.want {
			said := false
			for _, b := range boxes {
				if b.s != a.title || said {
					continue
				}
				said = true
				if most, found := lastTick(boxes, b, a.axis); !found || most < 0.5*a.most || most > 1.3*a.most {
					t.Errorf("%s: the %s axis %q ends at %v (labelled: %v), what is drawn at %v", f.Name, a.axis, a.title, most, found, a.most)
				}
			}
			if !said {
				t.Errorf("%s: no axis says %q", f.Name, a.title)
			}
		}
	}
}
