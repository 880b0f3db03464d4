package report

import (
	"math"
	"strings"
	"testing"

	"epgsim/sim/analysis"
)

func TestAloneLeavesOutWhatNobodyKnows(t *testing.T) {
	none := analysis.Interval{Estimate: math.NaN(), Low: math.NaN(), High: math.NaN()}
	one := analysis.Interval{Estimate: 0.129, Low: math.NaN(), High: math.NaN(), N: 1}
	for want, a := range map[string][2]analysis.Interval{
		"fairs. ~ noise":              {none, none},
		"Deadweight: 12.9 % of the":   {one, none},
		"pays 0.129 € per further eu": {none, one},
	} {
		if note := (&words{}).aloneNote(a[0], a[1]); !strings.Contains(note, want) || strings.Contains(note, "n/a") {
			t.Errorf("the note lacks %q or holds n/a: %s", want, note)
		}
	}
}

// Estimate and interval have as many places behind the point.
func TestCellsHaveEqualPlaces(t *testing.T) {
	for _, c := range []struct {
		estimate, half float64
		want           string
	}{{231, 0.03, "231.00 ± 0.03"}, {231, 0.007, "231.000 ± 0.007"}, {-5.99, 0.009, "−5.990 ± 0.009"}, {1234.6, 87, "1\u202f230 ± 90"}, {6, 0, "6"}} {
		iv := analysis.Interval{Estimate: c.estimate, Low: c.estimate - c.half, High: c.estimate + c.half, N: 9}
		if got := cell(iv); got != c.want {
			t.Errorf("%v ± %v is written %q, want %q", c.estimate, c.half, got, c.want)
		}
	}
}
