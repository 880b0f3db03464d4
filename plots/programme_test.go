package plots

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"epgsim/sim/analysis"
)

// policyNames are of many lengths.
func policyNames(n int) (names []string) {
	for k := range n {
		names = append(names, []string{"three years for all", "form and length by Figure 2", "stage gate at 18 months, unless nobody has bought by then", "x", "best per euro as seen"}[k%5]+when(k >= 5, " %d", k))
	}
	return names
}

func testPolicies(n int) (in PoliciesInput) {
	in.HorizonYears, in.Programmes = 10, 20
	for k, name := range policyNames(n) {
		row := PolicyRow{Policy: name, PerEuro: within20(20-4*float64(k), 1.5), Close: k == 1}
		for d := range 20 {
			row.Values = append(row.Values, row.PerEuro.Estimate+3*math.Sin(float64(d)))
		}
		in.Rows = append(in.Rows, row)
	}
	return in
}

func within20(v, half float64) analysis.Interval {
	return analysis.Interval{Estimate: v, Low: v - half, High: v + half, N: 20}
}

func testRules(n int) (in RulesInput) {
	in.Against = "three years for all"
	for k, name := range policyNames(n) {
		in.Rows = append(in.Rows, RuleRow{Policy: name, Benefit: within20(30000-17000*float64(k), 9000), PerEuro: within20(4-2*float64(k), 1)})
	}
	return in
}

func testGains(policies, kinds int) (in GainsInput) {
	in.Policies = policyNames(policies)
	for i := range kinds {
		row := GainsRow{Kind: fmt.Sprintf("kind of group number %d", i+1)}
		for k := range policies {
			row.Funded, row.Further = append(row.Funded, math.Mod(0.17*float64(i*k), 1)), append(row.Further, 1000*float64(i-k))
		}
		in.Rows = append(in.Rows, row)
	}
	in.Rows[kinds-1].Funded[0] = math.NaN() // none applied
	return in
}

// programmes are the figures of a programme.
func programmes() map[string]builder {
	return map[string]builder{
		"policies":            of(Policies, testPolicies(6)),
		"policies, one":       of(Policies, testPolicies(1)),
		"policies, many":      of(Policies, testPolicies(12)),
		"policies, a finding": after(Policies, testPolicies(3), func(in *PoliciesInput) { in.Finding = "A public euro brings most under “x”" }),
		"rules":               of(Rules, testRules(5)),
		"rules, one":          of(Rules, testRules(1)),
		"rules, many":         of(Rules, testRules(11)),
		"gains":               of(Gains, testGains(6, 9)),
		"gains, one":          of(Gains, testGains(1, 2)),
		"gains, many":         of(Gains, testGains(12, 20)),
	}
}

// What cannot be drawn is refused.
func TestProgrammesRefuse(t *testing.T) {
	for k, build := range []builder{
		of(Policies, PoliciesInput{}),
		after(Policies, testPolicies(3), func(in *PoliciesInput) { in.Programmes = 19 }),
		after(Policies, testPolicies(3), func(in *PoliciesInput) { in.Rows[1].Values[3] = math.NaN() }),
		of(Rules, RulesInput{Against: "x"}),
		after(Rules, testRules(3), func(in *RulesInput) { in.Rows[0].Benefit.Estimate = math.NaN() }),
		of(Gains, GainsInput{}),
		of(Gains, testGains(13, 2)),
		after(Gains, testGains(3, 3), func(in *GainsInput) { in.Rows[0].Funded[1] = 1.2 }),
		after(Gains, testGains(3, 3), func(in *GainsInput) { in.Rows[0].Further = nil }),
	} {
		if f, err := build(); err == nil || f != nil {
			t.Errorf("input %d was drawn", k)
		}
	}
}

// The captions say what surely is, and of the rest that it is not sure.
func TestProgrammesSayWhatIsSure(t *testing.T) {
	f := must(t, of(Rules, testRules(3)))
	for _, want := range []string{"Surely worth more than “three years for all”: “three years for all” (+30", "“form and length by Figure 2” (+13", "1 of 3 cannot be told"} {
		if !strings.Contains(f.Caption, want) {
			t.Errorf("%q is not in: %s", want, f.Caption)
		}
	}
	if g := must(t, of(Policies, testPolicies(3))); !strings.Contains(g.Caption, "Not told from the best (~): “form and length by Figure 2”") {
		t.Error(g.Caption)
	}
}
