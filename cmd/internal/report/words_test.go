package report

import (
	"math"
	"strings"
	"testing"

	"epgsim/plots"
	"epgsim/sim/analysis"
)

// cellOf is an interval of some replications.
func cellOf(estimate, low, high float64) analysis.Interval {
	return analysis.Interval{Estimate: estimate, Low: low, High: high, N: 9}
}

// What is smaller than the last digit of its interval is nothing, and has no
// sign; a lopsided interval is told by its ends.
func TestCellsOfNextToNothing(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{signed(cellOf(-4, -164, 156)), "0 ± 160"},
		{signed(cellOf(4, -156, 164)), "0 ± 160"},
		{signed(cellOf(-60, -460, 340)), "−100 ± 400"},
		{signed(cellOf(0.06, -0.34, 0.46)), "+0.1 ± 0.4"},
		{cell(cellOf(0.006, -0.994, 1.006)), "0.0 ± 1.0"},
		{cell(cellOf(-0.5, -70.5, 69.5)), "0 ± 70"},
		{cell(cellOf(0.5, 0.5-1.1e-8, 0.5+1.1e-8)), "0.5000 ± 1.1e-08"},
		{ranged(cellOf(1600, 0, 2480)), "1\u202f600 (0 to 2\u202f500)"},
		{ranged(cellOf(7, 7, 7)), "7"},
		{ranged(cellOf(math.NaN(), 0, 1)), "–"},
		{plus(cellOf(0.5, 0.4, 0.7), ranged(cellOf(0.5, 0.4, 0.7))), "+0.50 (0.40 to 0.70)"},
		{percentCell(cellOf(-3e-11, -1e-10, 8e-11)), "0"},
		{percentCell(cellOf(0.54, 0.23, 0.85)), "54 (23 to 85)"},
		{percentCell(cellOf(0.18, 0.07, 0.31)), "18 (7 to 31)"},
	} {
		if c.got != c.want {
			t.Errorf("written %q, want %q", c.got, c.want)
		}
	}
}

// A share below zero by more than chance is not excused by chance.
func TestShareNotesDoNotContradict(t *testing.T) {
	chance, sure, fine := cellOf(-0.01, -0.1, 0.1), cellOf(-0.2, -0.3, -0.1), cellOf(0.3, 0.2, 0.4)
	for _, c := range []struct {
		shares []analysis.Interval
		want   string // what the only note speaks of
	}{{[]analysis.Interval{fine, chance, chance}, "by chance"}, {[]analysis.Interval{chance, sure, fine}, "by more than chance"}} {
		if notes := shareNotes(c.shares); len(notes) != 1 || !strings.Contains(notes[0], c.want) {
			t.Errorf("%v: %q", c.shares, notes)
		}
	}
	if notes := shareNotes([]analysis.Interval{fine}); notes != nil {
		t.Errorf("of a share like any other: %q", notes)
	}
}

// The verdict of a tornado tells what does nothing from what cannot be told.
func TestTornadoVerdictTellsNothingFromUnknown(t *testing.T) {
	base := []float64{10, 12, 11, 13}
	levels := [][][]float64{{{10, 12, 11, 13}, {10, 12, 11, 13}}, {{9, 14, 10, 13}, {12, 10, 13, 12}}, {{5, 7, 6, 8}, {20, 22, 21, 23.5}}}
	swings := analysis.OneAtATime(base, levels)
	var rows []plots.TornadoRow
	for _, s := range swings {
		label := []string{"idle", "unsure", "strong"}[s.Factor]
		rows = append(rows, plots.TornadoRow{Factor: plots.Factor{Label: label}, Swing: s, Texts: []string{"1 h", "2 h"}})
	}
	got := tornadoVerdict("k€", rows)
	for _, want := range []string{"strong (1 h to 2 h: +15.1 ± 0.4 k€)", "Nothing can be told of unsure.", "Nothing at all comes of idle."} {
		if !strings.Contains(got, want) {
			t.Errorf("the verdict lacks %q: %s", want, got)
		}
	}
}
