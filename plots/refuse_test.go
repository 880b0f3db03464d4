package plots

import (
	"math"
	"strings"
	"testing"
)

// TestRefuses gives every constructor input that cannot be drawn and wants an
// error that names the trouble.
func TestRefuses(t *testing.T) {
	cases := []struct {
		want  string // part of the message
		build builder
	}{
		{"none given", of(Headline, HeadlineInput{})},
		{"two points", after(Headline, testHeadline(testForms, 3), func(in *HeadlineInput) { in.Years = in.Years[:1] })},
		{"values where", after(Headline, testHeadline(testForms, 0.1), func(in *HeadlineInput) { in.Years = in.Years[:9] })},
		{"not above", after(Headline, testHeadline(testForms, 3), func(in *HeadlineInput) { in.Years[4] = 0 })},
		{"not a length of time", of(Headline, testHeadline(testForms, math.NaN()))},
		{"outlasts", of(Headline, testHeadline(testForms, 9))},
		{"unknown form", after(Headline, testHeadline(testForms, 3), func(in *HeadlineInput) { in.Forms[1].Form.Kind = 77 })},
		{"not within 0..1", after(Headline, testHeadline(testForms, 3), func(in *HeadlineInput) { in.Forms[0].Closed.Estimate = 74 })},
		{"none given", of(DealsOverTime, DealsInput{})},
		{"empty", of(DealsOverTime, DealsInput{Forms: []FormBand{{}}})},
		{"values where", after(DealsOverTime, testDeals(testForms), func(in *DealsInput) { in.Forms[2].Band.P75 = nil })},
		{"not a length of time", after(DealsOverTime, testDeals(testForms), func(in *DealsInput) { in.ProjectYears = -1 })},
		{"none given", of(TrustAndCooperation, TrustInput{})},
		{"values where", after(TrustAndCooperation, testTrust(testForms), func(in *TrustInput) { in.Forms[0].Joint.Low = nil })},
		{"not within 0..1", after(TrustAndCooperation, testTrust(testForms), func(in *TrustInput) { in.Forms[0].Joint.Mean[9] = 12 })},
		{"tasks: none", of(ManagerHours, HoursInput{})},
		{"values where", after(ManagerHours, testHours(testForms), func(in *HoursInput) { in.Tasks = in.Tasks[1:] })},
		{"-1 hours of guidance", after(ManagerHours, testHours(testForms), func(in *HoursInput) { in.Forms[0].Hours[2] = -1 })},
		{"none given", of(Stranded, StrandedInput{})},
		{"negative part", after(Stranded, testStranded(testForms), func(in *StrandedInput) { in.Periods[1].Bars[0].After = -2 })},
		{"none given", of(ResultsPerSME, ResultsInput{})},
		{"ranks: none", of(ResultsPerSME, ResultsInput{Forms: []ResultsForm{{}}})},
		{"panels: none", of(BestFormMap, BestFormInput{})},
		{"forms: none", after(BestFormMap, testBestForm(), func(in *BestFormInput) { in.Forms = nil })},
		{"rows of cells", after(BestFormMap, testBestForm(), func(in *BestFormInput) { in.Panels[0].Cells = nil })},
		{"row 2 has", after(BestFormMap, testBestForm(), func(in *BestFormInput) { in.Panels[0].Cells[2] = nil })},
		{"unknown form kind 99", after(BestFormMap, testBestForm(), func(in *BestFormInput) { in.Panels[0].Cells[1][1].Best = 99 })},
		{"none given", of(GroupNetwork, NetworkInput{})},
		{"a pair joins", after(GroupNetwork, testNetwork(4), func(in *NetworkInput) { in.Snapshots[0].Pairs[0].B = 4 })},
		{"customers", after(GroupNetwork, testNetwork(4), func(in *NetworkInput) { in.Snapshots[0].SMEs[0].Customers = -1 })},
		{"none given", of(RunOverview, OverviewInput{})},
		{"empty", of(RunOverview, OverviewInput{Panels: []OverviewPanel{{}}})},
		{"none given", of(Distribution, DistributionInput{})},
		{"no values", of(Distribution, DistributionInput{Panels: []DistributionPanel{{}}})},
		{"none given", of(PeriodsByForm, PeriodsInput{})},
		{"for 4 periods", after(PeriodsByForm, testPeriods(testForms), func(in *PeriodsInput) { in.Years = in.Years[:4] })},
	}
	for _, c := range cases {
		checkRefusal(t, c.want, c.build)
	}
}

// checkRefusal wants an error of the package that says want, and no figure.
func checkRefusal(t *testing.T, want string, build builder) {
	t.Helper()
	f, err := build()
	if err == nil || f != nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "plots: ") {
		t.Errorf("%v, want %q", err, want)
	}
}

// TestHostileNames puts markup, control characters and long names where
// scenario files put theirs.
func TestHostileNames(t *testing.T) {
	const nasty = "<b>\x00\x1b\"&'\xff]]> a name that is far too long to stand beside a line without being cut 中"
	for i := range testForms {
		h, d, n := testHeadline(testForms, 3), testDeals(testForms), testNetwork(5)
		h.Forms[i].Form.Name, d.Forms[i].Form.Name = nasty, nasty
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
