package plots

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

func testTargets(n int) (in TargetsInput) {
	for k := range n {
		at := float64(10 + 7*k)
		in.Rows = append(in.Rows, TargetRow{Name: []string{"first deal, simple products", "members lost", "a first deal within three years, systems", "x"}[k%4] + when(k >= 4, " %d", k),
			Value: at, Error: 2, Before: [3]float64{at - 20, at, at + 5}, After: [3]float64{at - 3, at - 1, at + 2}, Conflict: k == 1})
	}
	return in
}

func testMarginals(n int) (in MarginalsInput) {
	for k := range n {
		half := 0.1 + 0.35*float64(k)/float64(n)
		in.Rows = append(in.Rows, MarginalRow{Factor: Factor{Label: fmt.Sprintf("unknown number %d", k+1), Name: fmt.Sprintf("trust.number_%d", k+1), Unit: "h/week"},
			Shares: [5]float64{0.5 - half, 0.5 - half/2, 0.5, 0.5 + half/2, 0.5 + half}, Low: "0.103", High: "204", Touched: k < 3})
	}
	return in
}

func testTied(n int) (in TiedInput) {
	for k := range n {
		in.Rows = append(in.Rows, TiedRow{Factor{Label: "joint hours for a system offer", Name: "joint.hours_system"}, Factor{Label: fmt.Sprintf("unknown number %d", k), Name: "trust.start"}, 0.9 * math.Cos(float64(k))})
	}
	return in
}

// calibrationFigures are samples of what a calibration draws.
func calibrationFigures() map[string]builder {
	return map[string]builder{
		"targets":           of(TargetsMet, testTargets(9)),
		"targets, one":      of(TargetsMet, testTargets(1)),
		"targets, many":     of(TargetsMet, testTargets(24)),
		"marginals":         of(Marginals, testMarginals(12)),
		"marginals, one":    of(Marginals, testMarginals(1)),
		"marginals, many":   of(Marginals, testMarginals(40)),
		"tied":              of(Tied, testTied(4)),
		"tied, one":         of(Tied, testTied(1)),
		"targets, untested": after(TargetsMet, testTargets(3), func(in *TargetsInput) { in.Rows[0].Before = [3]float64{math.NaN(), math.NaN(), math.NaN()} }),
	}
}

// What cannot be drawn is refused.
func TestCalibrationsRefuse(t *testing.T) {
	for k, build := range []builder{
		of(TargetsMet, TargetsInput{}),
		of(TargetsMet, testTargets(25)),
		after(TargetsMet, testTargets(2), func(in *TargetsInput) { in.Rows[0].Error = 0 }),
		after(TargetsMet, testTargets(2), func(in *TargetsInput) { in.Rows[1].After[1] = math.NaN() }),
		of(Marginals, MarginalsInput{}),
		after(Marginals, testMarginals(3), func(in *MarginalsInput) { in.Rows[0].Shares[4] = 1.5 }),
		of(Tied, TiedInput{}),
		after(Tied, testTied(2), func(in *TiedInput) { in.Rows[0].Correlation = 2 }),
	} {
		if f, err := build(); err == nil || f != nil {
			t.Errorf("input %d was drawn", k)
		}
	}
}

// Captions name conflicts, and what the targets say nothing about.
func TestCalibrationsSayWhatIsSure(t *testing.T) {
	if f := must(t, of(TargetsMet, testTargets(3))); !strings.Contains(f.Caption, "“members lost”") {
		t.Error(f.Caption)
	}
	none := testMarginals(5)
	for k := range none.Rows {
		none.Rows[k].Touched = false
	}
	if f := must(t, of(Marginals, none)); strings.Contains(f.Caption, "other") || !strings.Contains(f.Caption, "nothing that is sure about any") {
		t.Error(f.Caption)
	}
	if f := must(t, of(Marginals, testMarginals(5))); !strings.Contains(f.Caption, "of the other 2 nothing that is sure") && !strings.Contains(f.Caption, "Of the other 2 nothing that is sure") {
		t.Error(f.Caption)
	}
}
