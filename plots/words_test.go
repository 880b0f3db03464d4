package plots

import (
	"fmt"
	"strings"
	"testing"

	"epgsim/sim/analysis"
)

// A label that is cut loses its name, never its value: two levels must not look
// the same.
func TestFitKeepsTheValue(t *testing.T) {
	for s, value := range map[string]string{
		"markets.assistant_hours=10":           "=10",
		"assistant's hours 10 h/week":          " 10 h/week",
		"assistant's hours 12" + nbsp + "500":  nbsp + "500",
		"hours of work a week" + nbsp + "−1.5": nbsp + "−1.5",
	} {
		got := fit(s, 60, sizeLabel, true)
		if !strings.Contains(got, "…") || !strings.HasSuffix(got, value) || textWidth(got, sizeLabel, true) > 60 {
			t.Errorf("%q becomes %q", s, got)
		}
	}
	for w := 1.0; w < 80; w++ { // however little room there is, no number is cut in two
		if got := fit("as many as 12345678 of all that there were", w, sizeTick, false); strings.HasSuffix(strings.TrimSuffix(got, "…"), "12") {
			t.Errorf("on %v points: %q", w, got)
		}
	}
}

// Broken into lines a text keeps every letter, and a value its unit.
func TestWrapLosesNothing(t *testing.T) {
	for _, s := range []string{"markets.assistant_hours=10", "assistant's hours 10 h/week", strings.Repeat("x", 90), "中文字中文字中文字", "a b", ""} {
		for w := 5.0; w < 200; w += 7 {
			lines := wrap(s, w, sizeLabel, true)
			flat := strings.NewReplacer(" ", "", nbsp, "")
			if got := strings.Join(lines, ""); flat.Replace(got) != flat.Replace(s) {
				t.Fatalf("%q on %v points: %q", s, w, lines)
			}
			for _, line := range lines {
				if textWidth(line, sizeLabel, true) > w && len([]rune(line)) > 1 && !strings.ContainsAny(line, "0123456789") {
					t.Errorf("%q is wider than %v points", line, w)
				}
			}
		}
	}
	if got := fmt.Sprint(wrap("assistant's hours 10 h/week", 100, sizeLabel, true)); got != "[assistant's hours 10"+nbsp+"h/week]" {
		t.Error(got)
	}
}

// Looks by order differ in sign or dash, fall in lightness, and can be read.
func TestVariantsByOrder(t *testing.T) {
	for n := 5; n <= MostVariants; n++ {
		seen := map[string]bool{}
		for i := range n {
			k := VariantOf(i, n)
			c := k.look()
			seen[fmt.Sprint(c.mark, c.dash)] = true
			if i > 0 && c.fill.lightness() >= VariantOf(i-1, n).look().fill.lightness() {
				t.Errorf("%d of %d is no darker than the one before", i, n)
			}
			if c.ink.lightness() > 0.2 || k.isForm() || k.String() != fmt.Sprintf("Variant %d", i+1) {
				t.Errorf("%d of %d: %v", i, n, c)
			}
		}
		if len(seen) != n {
			t.Errorf("%d variants have %d looks", n, len(seen))
		}
	}
	if VariantOf(2, 4) != Variant3 {
		t.Error("a few variants have no looks of their own")
	}
}

// A title names what matters most only where the intervals leave no doubt.
func TestFindings(t *testing.T) {
	noise := func(iv analysis.Interval) bool { return analysis.Noise(iv) }
	label := func(iv analysis.Interval) string { return fmt.Sprint(iv.Estimate) }
	for want, ivs := range map[string][]analysis.Interval{
		"V depends most on 10": {about(10, 1), about(5, 1), about(4, 1)},
		"V depends most on 10 and 9; which of them comes first is open": {about(10, 1), about(9, 1), about(4, 1)},
		"": {about(10, 9), about(9, 1), about(4, 1)},
	} {
		got := finding(Measure{Label: "V"}, ivs, magnitude, noise, label)
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, ivs := range [][]analysis.Interval{{about(1, 2), about(0.5, 0.1)}, {missing(), missing()}, {about(3, 1)}, {about(10, 1), about(9.5, 10), about(1, 0.1)}} {
		if got := finding(Measure{Label: "V"}, ivs, magnitude, noise, label); got != "" {
			t.Errorf("%v: %q", ivs, got)
		}
	}
	in := testWaterfall()
	if f := must(t, of(Waterfall, in)); !strings.HasPrefix(f.Title, "Joint hours: the largest part of the difference between market focus and system focus") {
		t.Error(f.Title)
	}
	in.Steps[1].Change.Low, in.Steps[1].Change.High = -40, -0.5 // it may be less than others
	if f := must(t, of(Waterfall, in)); f.Title != "What makes the difference between market focus and system focus" {
		t.Error(f.Title)
	}
}
