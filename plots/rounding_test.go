package plots

import (
	"math"
	"strings"
	"testing"

	"epgsim/sim/analysis"
)

func itself(v float64) float64 { return v }

// TestOnePrecision prints a list so that rounding contradicts no ranking, loses
// nothing that is sure, and marks all that is not.
func TestOnePrecision(t *testing.T) {
	u := roundingOf([]float64{857, -170.4, 165, 3, 0, math.NaN()}, itself)
	for _, c := range []struct {
		v     float64
		noise bool
		want  string
	}{{857, false, "860"}, {-170.4, false, minus + "170"}, {165, true, "~ 170"}, {164, false, "160"}, {5, false, "10"}, {4.6, false, "5"}, {0.034, false, "0.03"},
		{4.6, true, "~ 0"}, {-4.6, true, "~ 0"}, {0, false, "0"}, {0, true, "~ 0"}, {math.NaN(), false, enDash}} {
		if got := u.cell(c.v, c.noise); got != c.want {
			t.Errorf("%v (noise: %v): %q, want %q", c.v, c.noise, got, c.want)
		}
	}
	if got, want := u.change(about(23, 41), true)+"|"+u.change(about(23, 4), false)+"|"+u.change(analysis.Interval{Estimate: -23, Low: math.NaN(), High: math.NaN()}, false), "~ 20 ± 40|+20 ± 4|"+minus+"20"; strings.ReplaceAll(got, nbsp, " ") != want {
		t.Errorf("%q, want %q", got, want)
	}
	for _, all := range [][]float64{nil, {0}, {math.Inf(1)}} {
		if got := roundingOf(all, itself).text(0.4); got != "0.4" {
			t.Errorf("%v: %q", all, got)
		}
	}
	// In a figure: a first-order share within its interval is marked as a total is.
	in := SobolInput{Outcome: testMeasure, Luck: missing(), Sum: missing(), Factors: []SobolFactor{
		{Factor{Label: "a"}, about(0.3, 0.1), about(0.42, 0.1)}, {Factor{Label: "b"}, about(0.02, 0.1), about(0.07, 0.01)}, {Factor{Label: "c"}, about(0.0001, 0.001), about(0.0002, 0.0001)},
	}}
	f := must(t, of(SobolBars, in))
	all := strings.ReplaceAll(strings.Join(texts(t, f), "|"), nbsp, " ")
	for _, want := range []string{"30 %", "42 %", "~ 2 %", "7 %", "~ 0 %", "0.02 %"} {
		if !strings.Contains(all, want) {
			t.Errorf("the figure lacks %q: %s", want, all)
		}
	}
}

// TestNamesStandWhereTheyFit keeps names beside labels out of the way of the
// data.
func TestNamesStandWhereTheyFit(t *testing.T) {
	for heads, want := range map[string]bool{"": true, "a column as wide as a third of the whole page": false} {
		c := rowChart{heads: [][2]string{{heads, ""}}}
		for _, f := range testFactors(20) {
			c.add(f, false, "", nil, "")
		}
		width := c.pageWidth()
		c = c.at(figWidth - 2*margin)
		if row := c.rows[1]; row.lines[0] != "customer trust won per meeting" || (row.below == "customer.trust_rate") != want {
			t.Errorf("heads %q: %q, %q", heads, row.lines, row.below)
		}
		if want && width < rowsData {
			t.Errorf("the data is only %v pt wide", width)
		}
	}
}

// An interval that ends in the little the axis has beyond its limit has no arrow,
// and the key promises none.
func TestWhatEndsWithinTheAxisIsNotCut(t *testing.T) {
	for _, c := range []struct {
		high float64 // of a share; the limit is 84 %, the axis ends at 87.4 %
		cut  bool
	}{{0.83, false}, {0.86, false}, {0.875, false}, {0.95, true}} {
		in := SobolInput{Outcome: testMeasure, Luck: missing(), Sum: missing(), Factors: []SobolFactor{
			{Factor{Label: "a"}, about(0.3, 0.1), about(0.42, 0.1)}, {Factor{Label: "b"}, about(0.1, 0.05), analysis.Interval{Estimate: 0.1, Low: 0.05, High: c.high, N: 9}},
		}}
		if chart, cut := in.tidy().chart(); cut != c.cut {
			t.Errorf("up to %v on an axis that ends at %v: cut %v", c.high, chart.x.hi, cut)
		}
	}
}

// Where no estimate differs from zero, intervals reach as far as they do.
func TestEqualEstimatesLimitNoInterval(t *testing.T) {
	var seen span
	seen.reach([]analysis.Interval{about(0, 3), about(0, 40), {Low: math.NaN(), High: math.NaN()}})
	if seen.lo != -40 || seen.hi != 40 {
		t.Errorf("intervals of ±3 and ±40 reach from %v to %v", seen.lo, seen.hi)
	}
}

// A factor whose share by itself is sure is no noise, be its share in all as
// unsure as it may.
func TestSureByItselfIsNoNoise(t *testing.T) {
	for _, c := range []struct {
		first, total float64 // half-widths
		noise        bool
	}{{0.05, 0.05, false}, {0.05, 0.3, false}, {0.3, 0.05, false}, {0.3, 0.3, true}} {
		if f := (SobolFactor{First: about(0.1, c.first), Total: about(0.12, c.total)}); f.noise() != c.noise {
			t.Errorf("0.1 ± %v by itself, 0.12 ± %v in all: noise %v", c.first, c.total, f.noise())
		}
	}
}

// A share that is hardly known does not press the others flat: its interval
// ends in arrows, and the key says so.
func TestOneUnsureShareIsCut(t *testing.T) {
	sure := []SobolFactor{{Factor{Label: "a"}, about(0.3, 0.1), about(0.42, 0.1)}, {Factor{Label: "b"}, about(0.2, 0.1), about(0.25, 0.1)}}
	for _, c := range []struct {
		half float64 // of the third share
		cut  bool
		most float64 // end of the axis, %
	}{{0.1, false, 60}, {9, true, 90}} {
		in := SobolInput{Outcome: testMeasure, Luck: missing(), Sum: missing(), Factors: append(sure[:2:2], SobolFactor{Factor{Label: "c"}, about(0.1, c.half), about(0.1, c.half)})}
		chart, cut := in.tidy().chart()
		if cut != c.cut || chart.x.hi > c.most {
			t.Errorf("half-width %v: cut %v, the axis ends at %v", c.half, cut, chart.x.hi)
		}
		if said := strings.Contains(svgOf(t, must(t, of(SobolBars, in))), "arrow: it goes on"); said != c.cut {
			t.Errorf("half-width %v: the key speaks of arrows: %v", c.half, said)
		}
	}
}
