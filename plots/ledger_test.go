package plots

import (
	"math"
	"strings"
	"testing"

	"epgsim/sim/analysis"
)

// testLedger is a ledger of so many claims, with calibrated worlds or without.
func testLedger(n int, fitted bool) LedgerInput {
	in := LedgerInput{Limit: 0.8}
	verdicts := []string{"holds", "weak", "not robust", "not shown", "contradicted"}
	share := func(v float64) analysis.Interval {
		return analysis.Interval{Estimate: v, Low: max(0, v-0.08), High: min(1, v+0.06)}
	}
	for k := range n {
		v := math.Abs(math.Sin(float64(k)))
		c := LedgerClaim{ID: "C1" + strings.Repeat("0", k%2) + "7", Statement: "groups that meet more often trust each other more", Verdict: verdicts[k*len(verdicts)/n],
			Plausible: share(v), Fitted: analysis.Mean(nil)}
		if fitted {
			c.Fitted = share(math.Abs(math.Sin(float64(k) + 0.2)))
		}
		in.Claims = append(in.Claims, c)
	}
	return in
}

func ledgers() map[string]builder {
	none := testLedger(3, false)
	for k := range none.Claims {
		none.Claims[k].Plausible = analysis.Mean(nil)
	}
	return map[string]builder{
		"ledger":              of(Ledger, testLedger(40, true)),
		"ledger, not fitted":  of(Ledger, testLedger(40, false)),
		"ledger, one":         of(Ledger, testLedger(1, true)),
		"ledger, without any": of(Ledger, none),
	}
}

// The caption counts, and names what calibration clearly changes.
func TestLedgerCaption(t *testing.T) {
	in := testLedger(4, true)
	for k, v := range []float64{0.95, 0.9, 0.5, 0.2} {
		in.Claims[k].ID = []string{"C01", "C02", "C03", "C04"}[k]
		in.Claims[k].Plausible = analysis.Interval{Estimate: v, Low: v - 0.1, High: v + 0.05}
		in.Claims[k].Fitted = in.Claims[k].Plausible
	}
	in.Claims[1].Fitted = analysis.Interval{Estimate: 0.4, Low: 0.3, High: 0.5}
	in.Claims[3].Fitted = analysis.Interval{Estimate: 0.85, Low: 0.7, High: 0.9}
	f := must(t, of(Ledger, in))
	for _, want := range []string{"2 of 4\u00a0claims hold in at least 80", "In calibrated worlds it is 2.", "Clearly more often there: C04.", "Clearly less often there: C02."} {
		if !strings.Contains(f.Caption, want) {
			t.Errorf("%q is not in %q", want, f.Caption)
		}
	}
}
