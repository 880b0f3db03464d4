package plots

import (
	"math"
	"strings"
	"testing"

	"epgsim/sim/analysis"
)

// unusables gives every constructor input that cannot be drawn.
func unusables() []builder {
	nan := math.NaN()
	best := func(f func(*BestFormInput)) builder { return after(BestFormMap, testBestForm(), f) }
	tornado := func(f func(*TornadoInput)) builder { return after(Tornado, testTornado(4, 1), f) }
	sobol := func(f func(*SobolInput)) builder { return after(SobolBars, testSobol(4, 0.1), f) }
	effects := func(f func(*EffectsInput)) builder { return after(MainEffects, testEffects(4), f) }
	interaction := func(f func(*InteractionInput)) builder { return after(Interaction, testInteraction(3, 2), f) }
	waterfall := func(f func(*WaterfallInput)) builder { return after(Waterfall, testWaterfall(), f) }
	return []builder{
		of(Trust, TrustInput{}),
		after(Trust, testTrust(testForms), func(in *TrustInput) { in.Forms[0].Joint.Low = nil }),
		after(Trust, testTrust(testForms), func(in *TrustInput) { in.ProjectYears = 9 }), // beyond the series
		after(Trust, testTrust(testForms), func(in *TrustInput) { in.Forms[0].Joint.Mean[9] = 12 }),
		of(ManagerHours, HoursInput{}),
		after(ManagerHours, testHours(testForms), func(in *HoursInput) { in.Tasks = in.Tasks[1:] }),
		after(ManagerHours, testHours(testForms), func(in *HoursInput) { in.Forms[0].Hours[2] = -1 }),
		of(Stranded, StrandedInput{}),
		after(Stranded, testStranded(testForms), func(in *StrandedInput) { in.Periods[1].Bars[0].After = -2 }),
		after(Stranded, testStranded(testForms), func(in *StrandedInput) { in.Periods[1].Bars[0].After = nan }),
		of(ResultsPerSME, ResultsInput{}),
		of(ResultsPerSME, ResultsInput{Forms: []ResultsForm{{}}}),
		of(BestFormMap, BestFormInput{}),
		best(func(in *BestFormInput) { in.Forms = nil }),
		best(func(in *BestFormInput) { in.Panels[0].Cells = nil }),
		best(func(in *BestFormInput) { in.Panels[0].Cells[2] = nil }),
		of(GroupNetwork, NetworkInput{}),
		after(GroupNetwork, testNetwork(4), func(in *NetworkInput) { in.Snapshots[0].Pairs[0].B = 4 }),
		of(Scorecard, ScorecardInput{}),
		after(Scorecard, testScorecard(testForms), func(in *ScorecardInput) { in.Panels[0].Lines[0].Values = nil }),
		of(RunOverview, OverviewInput{}),
		of(RunOverview, OverviewInput{Panels: []OverviewPanel{{}}}),
		of(Distribution, DistributionInput{}),
		of(Distribution, DistributionInput{Panels: []DistributionPanel{{}}}),
		tornado(func(in *TornadoInput) { in.Rows = nil }),
		tornado(func(in *TornadoInput) { in.Base.Estimate = nan }),
		tornado(func(in *TornadoInput) { in.Rows[0].Levels = []analysis.Interval{missing(), missing()} }),
		after(Morris, testMorris(4, 1), func(in *MorrisInput) { in.Factors[0].MuStar.Estimate = nan }),
		after(Morris, testMorris(4, 1), func(in *MorrisInput) { in.Factors = nil }),
		sobol(func(in *SobolInput) { in.Factors = nil }),
		sobol(func(in *SobolInput) { in.Factors[0].Total = missing() }),
		of(SobolPairs, SobolPairsInput{Outcome: testMeasure}),
		after(RankCorrelations, testRank(3, 0.1, 0.9), func(in *RankInput) { in.Factors[0].Partial = missing() }),
		effects(func(in *EffectsInput) { *in = testEffects(13) }),
		effects(func(in *EffectsInput) { in.Factors[0].Effects = in.Factors[0].Effects[:1] }),
		effects(func(in *EffectsInput) { in.Factors[0].Effects[0] = missing() }),
		effects(func(in *EffectsInput) { in.Factors[0].Levels.At = []float64{2, 2} }),
		effects(func(in *EffectsInput) { in.Factors[0].Levels.At = []float64{2} }),
		interaction(func(in *InteractionInput) { in.X.Texts = nil }),
		interaction(func(in *InteractionInput) { *in = testInteraction(7, 0) }),
		interaction(func(in *InteractionInput) { in.Means = in.Means[:1] }),
		interaction(func(in *InteractionInput) { in.Means[1] = in.Means[1][:1] }),
		interaction(func(in *InteractionInput) { in.Means[0][1] = in.Means[0][1][:3] }),
		waterfall(func(in *WaterfallInput) { in.Steps = nil }),
		waterfall(func(in *WaterfallInput) { in.Steps = make([]WaterfallStep, 14) }),
		waterfall(func(in *WaterfallInput) { in.To.Value.Estimate = nan }),
		waterfall(func(in *WaterfallInput) { in.Steps[0].Change.Estimate++ }),
		of(Claim, ClaimInput{"", []ClaimPart{testPart("a", "", 1, 1)}}),
		of(Claim, ClaimInput{"C1", nil}),
		of(Claim, ClaimInput{"C1", make([]ClaimPart, 13)}),
	}
}

// unusableComparisons gives the constructors of a comparison's figures input
// that cannot be drawn.
func unusableComparisons() []builder {
	nan := math.NaN()
	headline := func(f func(*HeadlineInput)) builder { return after(Headline, testHeadline(testForms, 3), f) }
	sales := func(f func(*SalesInput)) builder { return after(SalesOverTime, testSales(testForms, 3), f) }
	periods := func(f func(*ByPeriodInput)) builder { return after(PeriodsByForm, testPeriods(testForms), f) }
	euro := func(f func(*ByPeriodInput)) builder { return after(PerEuro, testPerEuro(testForms), f) }
	stages := func(f func(*StagesInput)) builder { return after(Stages, testStages(testForms), f) }
	deals := func(f func(*DealsInput)) builder { return after(DealsOverTime, testDeals(testForms), f) }
	return []builder{
		of(Headline, HeadlineInput{}),
		of(Headline, testHeadline(manyForms(13), 3)),
		headline(func(in *HeadlineInput) { in.HorizonYears = 7 }), // a period outlasts it
		headline(func(in *HeadlineInput) { in.HorizonYears = nan }),
		headline(func(in *HeadlineInput) { in.Years = []float64{1, 2, 2, 5, 8} }),
		headline(func(in *HeadlineInput) { in.Years = in.Years[:4] }),
		headline(func(in *HeadlineInput) { in.Forms[0].Seen[1].Estimate = 74 }),
		headline(func(in *HeadlineInput) { in.Forms[0].Lost[1].Estimate = 74 }),
		headline(func(in *HeadlineInput) { in.Forms[2].Lost[0].Low = math.Inf(-1) }),
		of(SalesOverTime, SalesInput{}),
		of(SalesOverTime, testSales(manyForms(13), 3)),
		sales(func(in *SalesInput) { in.Years = in.Years[:200] }),
		sales(func(in *SalesInput) { in.Ends = []float64{3, 11} }),
		sales(func(in *SalesInput) { in.Ends = []float64{3, 2} }),
		sales(func(in *SalesInput) { in.Forms[1].Band.Low = nil }),
		of(PeriodsByForm, ByPeriodInput{}),
		periods(func(in *ByPeriodInput) { in.Years = in.Years[:4] }),
		periods(func(in *ByPeriodInput) { in.HorizonYears = 5 }),
		periods(func(in *ByPeriodInput) { in.Forms[1].Values[2].Estimate = math.Inf(1) }),
		of(PerEuro, ByPeriodInput{}),
		euro(func(in *ByPeriodInput) { in.Years = in.Years[:4] }),
		euro(func(in *ByPeriodInput) { in.HorizonYears = 0 }),
		euro(func(in *ByPeriodInput) { in.Forms[1].Values[2].Estimate = math.Inf(1) }),
		euro(func(in *ByPeriodInput) { in.Forms[1].Best = analysis.Ranking{N: 9, Close: []int{5}} }),
		of(Stages, StagesInput{}),
		stages(func(in *StagesInput) { in.Forms[1].Offer.Estimate = -1 }),
		of(DealsOverTime, DealsInput{}),
		of(DealsOverTime, DealsInput{Forms: []DealsForm{{}}}),
		deals(func(in *DealsInput) { in.Forms[2].AtLeast = in.Forms[2].AtLeast[:2] }),
		deals(func(in *DealsInput) { in.Forms[2].AtLeast[1].High = nil }),
		deals(func(in *DealsInput) { in.Forms[2].AtLeast[1].Mean[5] = 1.2 }),
		deals(func(in *DealsInput) { in.ProjectYears = nan }),
	}
}

// TestRefuses wants an error of the package, and no figure, from input that
// cannot be drawn.
func TestRefuses(t *testing.T) {
	for k, build := range append(unusables(), unusableComparisons()...) {
		if f, err := build(); err == nil || f != nil || !strings.HasPrefix(err.Error(), "plots: ") {
			t.Errorf("input %d: %v", k, err)
		}
	}
}

// TestHostileNames puts markup, control characters and long names where
// scenario files put theirs.
func TestHostileNames(t *testing.T) {
	const nasty = "<b>\x00\x1b\"&'\xff]]> a name that is far too long to stand beside a line without being cut 中"
	for i := range testForms {
		h, d, n := testHeadline(testForms, 3), testDeals(testForms), testNetwork(5)
		h.Forms[i].Form.Name, d.Forms[i].Form.Name, h.Title = nasty, nasty, nasty
		e, sg := testPerEuro(testForms), testStages(manyForms(6))
		e.Forms[i].Form.Name, sg.Forms[i].Form.Name = nasty, nasty
		for k := range n.Snapshots {
			n.Snapshots[k].SMEs[i].Name, n.Snapshots[k].Caption = nasty, nasty
		}
		o, di := testOverview(), testDistribution()
		o.Scenario, o.Panels[i].Title, o.Panels[i].Unit = nasty, nasty, nasty
		di.Scenario, di.Panels[i].Never, di.Panels[i].Unit = nasty, nasty, nasty
		hr, st, bf := testHours(testForms), testStranded(testForms), testBestForm()
		hr.Tasks[i], hr.Forms[i].Form.Name, st.Periods[0].Bars[i].Form.Name = nasty, nasty, nasty
		bf.Forms = []Form{{nasty, Market}, {nasty, System}}
		for _, build := range []builder{
			of(Headline, h),
			of(DealsOverTime, d),
			of(PerEuro, e),
			of(Stages, sg),
			of(GroupNetwork, n),
			of(RunOverview, o),
			of(Distribution, di),
			of(ManagerHours, hr),
			of(Stranded, st),
			of(BestFormMap, bf),
		} {
			f := must(t, build)
			checkSVG(t, f, false)
			pngOf(t, f)
		}
	}
}
