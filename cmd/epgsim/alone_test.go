package main

import (
	"math"
	"strings"
	"testing"

	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
)

func TestAloneLeavesOutWhatNobodyKnows(t *testing.T) {
	none := analysis.Interval{Estimate: math.NaN(), Low: math.NaN(), High: math.NaN()}
	one := analysis.Interval{Estimate: 0.129, Low: math.NaN(), High: math.NaN(), N: 1}
	for want, a := range map[string]experiment.Additionality{
		"fairs. ~ noise":              {Deadweight: none, PublicPerExtra: none},
		"Deadweight: 12.9 % of the":   {Deadweight: one, PublicPerExtra: none},
		"pays 0.129 € per further eu": {Deadweight: none, PublicPerExtra: one},
	} {
		if note := aloneTable(&a).Note; !strings.Contains(note, want) || strings.Contains(note, "n/a") {
			t.Errorf("the note lacks %q or holds n/a: %s", want, note)
		}
	}
}
