package plots

import (
	"math"
	"strings"
	"testing"

	"epgsim/sim/analysis"
)

// about is an estimate with the given half-width.
func about(x, half float64) analysis.Interval {
	return analysis.Interval{Estimate: x, Low: x - half, High: x + half, N: 200}
}

// testWaterfall is what the model says of the share closed by year 3.
func testWaterfall() WaterfallInput {
	nan := analysis.Interval{Estimate: math.NaN(), Low: math.NaN(), High: math.NaN()}
	return WaterfallInput{Quantity: "Share of the 8-year value closed by the end of year 3", Unit: "%",
		From: WaterfallEnd{Form{Kind: Market}, about(19.9, 1.3)}, To: WaterfallEnd{Form{Kind: System}, about(8, 1.7)},
		Steps: []WaterfallStep{
			{"Parties to align", about(-1.4, 0.2), 1.4 / 11.9, about(-0.7, 0.7), false},
			{"Joint hours", about(-15.3, 2), 15.3 / 11.9, about(-10, 2), false},
			{"Everything else", about(2.3, 3), -2.3 / 11.9, nan, true},
			{"The network built up", about(2.5, 0.8), -2.5 / 11.9, about(3, 2), false},
		}}
}

// changedWaterfall is testWaterfall after f.
func changedWaterfall(f func(*WaterfallInput)) WaterfallInput {
	in := testWaterfall()
	f(&in)
	return in
}

func removeScale(in *WaterfallInput, by, plus float64) {
	move := func(iv *analysis.Interval, plus float64) {
		iv.Estimate, iv.Low, iv.High = by*iv.Estimate+plus, by*iv.Low+plus, by*iv.High+plus
	}
	move(&in.From.Value, plus)
	move(&in.To.Value, plus)
	for k := range in.Steps {
		move(&in.Steps[k].Change, 0)
		move(&in.Steps[k].Alone, 0)
	}
}

func waterfalls() map[string]builder {
	nan, out := math.NaN(), map[string]builder{}
	for name, in := range map[string]WaterfallInput{
		"as it is":      testWaterfall(),
		"below zero":    changedWaterfall(func(in *WaterfallInput) { removeScale(in, -1, 0) }),
		"far from zero": changedWaterfall(func(in *WaterfallInput) { removeScale(in, 1, 4000); in.Unit = "k€" }),
		"tiny":          changedWaterfall(func(in *WaterfallInput) { removeScale(in, 1e-5, 0); in.Unit = "" }),
		"no intervals": changedWaterfall(func(in *WaterfallInput) {
			for k := range in.Steps {
				c := &in.Steps[k].Change
				c.Low, c.High, in.Steps[k].Share = nan, nan, nan
			}
		}),
		"nothing happens": changedWaterfall(func(in *WaterfallInput) { removeScale(in, 0, 0) }),
		"twelve, with long names": changedWaterfall(func(in *WaterfallInput) {
			in.From.Form = Form{Name: "manager.hours=16, group.open=false and more of the kind", Kind: Variant1}
			in.Quantity += " in groups of five in far markets with simple products and an idle manager, as it well may be"
			for range 9 {
				in.Steps = append(in.Steps, WaterfallStep{Label: "A mechanism with a name far too long for its column", Change: about(0, 0.001)})
			}
		}),
	} {
		out["waterfall, "+name] = of(Waterfall, in)
	}
	return out
}

// What none of the causes makes comes first, then the causes by size; each
// bar begins where the one before ended, and the last ends at the second variant.
func TestWaterfallAddsUp(t *testing.T) {
	in := testWaterfall()
	rows := in.rows()
	at := in.From.Value.Estimate
	for k, l := range rows {
		if l.Rest != (k == 0) || k > 1 && math.Abs(l.Change.Estimate) > math.Abs(rows[k-1].Change.Estimate) {
			t.Errorf("row %d is %s", k, l.Label)
		}
		if l.from != at || math.Abs(l.to-l.from-l.Change.Estimate) > 1e-9 {
			t.Errorf("%s goes from %v to %v", l.Label, l.from, l.to)
		}
		if l.main != (l.Change.Estimate < 0) {
			t.Errorf("%s: which way it works is wrong", l.Label)
		}
		at = l.to
	}
	if math.Abs(at-in.To.Value.Estimate) > 1e-9 {
		t.Errorf("the steps lead to %v", at)
	}
	for zero, in := range map[bool]WaterfallInput{true: in, false: changedWaterfall(func(in *WaterfallInput) { removeScale(in, 1, 4000) })} {
		if x, z := in.axis(in.rows()); z != zero || z && x.lo != 0 {
			t.Errorf("axis from %v, said to begin at zero: %v, want %v", x.lo, z, zero)
		}
	}
}

// A cause in the middle of a sentence keeps its abbreviations.
func TestWaterfallCaptionKeepsAbbreviations(t *testing.T) {
	in := testWaterfall()
	in.Steps[1].Label = "Several SMEs to an offer"
	if text := in.caption(); !strings.Contains(text, "several SMEs to an offer") {
		t.Errorf("the caption says: %s", text)
	}
}
