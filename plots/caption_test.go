package plots

import (
	"math"
	"strings"
	"testing"

	"epgsim/sim/analysis"
)

func standing(values ...float64) (out []stand) {
	for i, v := range values {
		out = append(out, stand{testForms4()[i], analysis.Interval{Estimate: v, Low: v - 5, High: v + 5, N: 100}})
	}
	return out
}

// TestLead keeps captions from being firmer than the intervals.
func TestLead(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		in   []stand
		want string
	}{
		{standing(100, 150, 30), "customer focus has sold most (150 k€), 50\u00a0% more than market focus"},
		{standing(100, 108, 30), "customer focus and market focus have sold most (100 k€ to 108 k€; their intervals overlap)"},
		{standing(100, 108), "none is clearly ahead (100 k€ to 108 k€; the intervals overlap)"},
		{standing(20, 20, 20), "market focus, customer focus and system focus have sold alike (20 k€)"},
		{standing(0, 0), ""},
		{standing(nan, 40), "customer focus has sold 40 k€"},
		{standing(1, 400), "customer focus has sold most (400 k€)"},
		{nil, ""},
	} {
		got := Words{}.lead(c.in, func(v float64) string { return num(v, 0) + " k€" })
		if got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	alone := []stand{{testForms[0], analysis.Interval{Estimate: 9, Low: nan, High: nan}}, {testForms[1], analysis.Interval{Estimate: 5, Low: nan, High: nan}}}
	if got := (Words{}).lead(alone, keur); !strings.Contains(got, "overlap") {
		t.Errorf("a lead without intervals: %q", got)
	}
}

func TestSentences(t *testing.T) {
	if got := sentences("", "market focus leads", "group.size=4 follows"); got != "Market focus leads. group.size=4 follows." {
		t.Errorf("%q", got)
	}
	if got := (Form{Name: "SME pool", Kind: Own}).inText(); got != "SME pool" {
		t.Errorf("%q", got)
	}
}

// TestWeeks keeps element t of a weekly series at the end of week t+1.
func TestWeeks(t *testing.T) {
	if xs := weeks(52); xs[0] != 1.0/52 || xs[51] != 1 || horizon(52) != 1 {
		t.Errorf("weeks begin at %v and end at %v", xs[0], xs[51])
	}
	for year, want := range map[float64]int{1: 51, 0: 0, 0.001: 0, 3: 155} {
		if got := weekAt(year); got != want {
			t.Errorf("year %v: %d, want %d", year, got, want)
		}
	}
}

func TestMovingMean(t *testing.T) {
	vs := make([]float64, 40)
	for i := range vs {
		if i >= 20 {
			vs[i] = 1
		}
	}
	vs[30] = math.NaN()
	for i, v := range movingMean(vs, 20) {
		if i == 30 {
			if !math.IsNaN(v) {
				t.Errorf("a gap was filled with %v", v)
			}
			continue
		}
		if want := vs[i]; v != want { // nothing leaks over the project's end
			t.Errorf("week %d: %v, want %v", i, v, want)
		}
	}
	if got := movingMean([]float64{0, 3, 6}, 0)[0]; got != 3 {
		t.Errorf("at the edge: %v", got)
	}
}

// TestCountAxis wants whole numbers only.
func TestCountAxis(t *testing.T) {
	for hi := 0.5; hi < 400; hi *= 1.3 {
		a := axisOf(0, hi, maxTicks, true)
		for _, v := range a.ticks {
			if v != math.Trunc(v) {
				t.Errorf("0..%v: tick %v", hi, v)
			}
		}
	}
	low, width, counts := histogram([]float64{0, 1, 1, 2, 5}, true)
	if low != -0.5 || width != 1 || counts[1] != 2 || counts[5] != 1 {
		t.Errorf("counts: from %v by %v: %v", low, width, counts)
	}
}
