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
		{"none given", func() (*Figure, error) { return Headline(HeadlineInput{}) }},
		{"two points", func() (*Figure, error) {
			in := testHeadline(testForms, 3)
			in.Years = in.Years[:1]
			return Headline(in)
		}},
		{"values where", func() (*Figure, error) {
			in := testHeadline(testForms, 3)
			in.Years = in.Years[:9]
			in.ProjectYears = 0.1
			return Headline(in)
		}},
		{"not above", func() (*Figure, error) { in := testHeadline(testForms, 3); in.Years[4] = 0; return Headline(in) }},
		{"not a length of time", func() (*Figure, error) { return Headline(testHeadline(testForms, math.NaN())) }},
		{"outlasts", func() (*Figure, error) { return Headline(testHeadline(testForms, 9)) }},
		{"unknown form", func() (*Figure, error) {
			in := testHeadline(testForms, 3)
			in.Forms[1].Form.Kind = 77
			return Headline(in)
		}},
		{"not within 0..1", func() (*Figure, error) {
			in := testHeadline(testForms, 3)
			in.Forms[0].Closed.Estimate = 74
			return Headline(in)
		}},
		{"none given", func() (*Figure, error) { return DealsOverTime(DealsInput{}) }},
		{"empty", func() (*Figure, error) { return DealsOverTime(DealsInput{Forms: []FormBand{{}}}) }},
		{"values where", func() (*Figure, error) {
			in := testDeals(testForms)
			in.Forms[2].Band.P75 = nil
			return DealsOverTime(in)
		}},
		{"not a length of time", func() (*Figure, error) { in := testDeals(testForms); in.ProjectYears = -1; return DealsOverTime(in) }},
		{"none given", func() (*Figure, error) { return TrustAndCooperation(TrustInput{}) }},
		{"values where", func() (*Figure, error) {
			in := testTrust(testForms)
			in.Forms[0].Joint.Low = nil
			return TrustAndCooperation(in)
		}},
		{"not within 0..1", func() (*Figure, error) {
			in := testTrust(testForms)
			in.Forms[0].Joint.Mean[9] = 12
			return TrustAndCooperation(in)
		}},
		{"tasks: none", func() (*Figure, error) { return ManagerHours(HoursInput{}) }},
		{"values where", func() (*Figure, error) { in := testHours(testForms); in.Tasks = in.Tasks[1:]; return ManagerHours(in) }},
		{"-1 hours of guidance", func() (*Figure, error) {
			in := testHours(testForms)
			in.Forms[0].Hours[2] = -1
			return ManagerHours(in)
		}},
		{"none given", func() (*Figure, error) { return Stranded(StrandedInput{}) }},
		{"negative part", func() (*Figure, error) {
			in := testStranded(testForms)
			in.Periods[1].Bars[0].After = -2
			return Stranded(in)
		}},
		{"none given", func() (*Figure, error) { return ResultsPerSME(ResultsInput{}) }},
		{"ranks: none", func() (*Figure, error) { return ResultsPerSME(ResultsInput{Forms: []ResultsForm{{}}}) }},
		{"none given", func() (*Figure, error) { return BestFormMap(BestFormInput{}) }},
		{"rows of cells", func() (*Figure, error) { in := testBestForm(); in.Panels[0].Cells = nil; return BestFormMap(in) }},
		{"row 2 has", func() (*Figure, error) { in := testBestForm(); in.Panels[0].Cells[2] = nil; return BestFormMap(in) }},
		{"unknown form kind 99", func() (*Figure, error) {
			in := testBestForm()
			in.Panels[0].Cells[1][1].Best = 99
			return BestFormMap(in)
		}},
		{"none given", func() (*Figure, error) { return GroupNetwork(NetworkInput{}) }},
		{"a pair joins", func() (*Figure, error) { in := testNetwork(4); in.Snapshots[0].Pairs[0].B = 4; return GroupNetwork(in) }},
		{"customers", func() (*Figure, error) {
			in := testNetwork(4)
			in.Snapshots[0].SMEs[0].Customers = -1
			return GroupNetwork(in)
		}},
		{"none given", func() (*Figure, error) { return RunOverview(OverviewInput{}) }},
		{"empty", func() (*Figure, error) { return RunOverview(OverviewInput{Panels: []OverviewPanel{{}}}) }},
		{"none given", func() (*Figure, error) { return Distribution(DistributionInput{}) }},
		{"no values", func() (*Figure, error) { return Distribution(DistributionInput{Panels: []DistributionPanel{{}}}) }},
		{"none given", func() (*Figure, error) { return PeriodsByForm(PeriodsInput{}) }},
		{"for 4 periods", func() (*Figure, error) {
			in := testPeriods(testForms)
			in.Years = in.Years[:4]
			return PeriodsByForm(in)
		}},
	}
	for _, c := range cases {
		f, err := c.build()
		if err == nil || f != nil {
			t.Errorf("no error where one says %q", c.want)
			continue
		}
		if s := err.Error(); !strings.Contains(s, c.want) || !strings.HasPrefix(s, "plots: ") {
			t.Errorf("%q does not say %q", s, c.want)
		}
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
			func() (*Figure, error) { return Headline(h) },
			func() (*Figure, error) { return DealsOverTime(d) },
			func() (*Figure, error) { return GroupNetwork(n) },
			func() (*Figure, error) { return RunOverview(o) },
			func() (*Figure, error) { return Distribution(di) },
			func() (*Figure, error) { return ManagerHours(hr) },
			func() (*Figure, error) { return Stranded(st) },
			func() (*Figure, error) { return BestFormMap(bf) },
		} {
			f := must(t, build)
			checkSVG(t, f, false)
			pngOf(t, f)
		}
	}
}
