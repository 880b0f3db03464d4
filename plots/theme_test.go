package plots

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{num(1234567, 0), "1\u00a0234\u00a0567"}, {num(-0.04, 1), "0.0"}, {num(-1234.5, 1), "−1\u00a0234.5"},
		{num(999, 0), "999"}, {num(math.NaN(), 2), "–"}, {sig(0.0341), "0.034"}, {sig(12.34), "12.3"},
		{sig(0), "0"}, {pct(0.074), "7\u00a0%"}, {pct(0.004), "0.4\u00a0%"}, {pct(0), "0\u00a0%"}, {pct(1e-5), "0\u00a0%"},
		{pctRange(0.05, 0.09), "5–9\u00a0%"}, {keur(1593.2), "1\u00a0590\u00a0k€"},
		{list([]string{"a", "b", "c"}), "a, b and c"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestAxisTicks(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		want   []float64
	}{
		{0, 1, []float64{0, 0.2, 0.4, 0.6, 0.8, 1}},
		{0, 1700, []float64{0, 500, 1000, 1500}},
		{0, 0, []float64{0, 0.2, 0.4, 0.6, 0.8, 1}},
		{math.NaN(), 3, []float64{0, 0.2, 0.4, 0.6, 0.8, 1}},
		{-3, 7, []float64{-2, 0, 2, 4, 6}},
	} {
		a := newAxis(c.lo, c.hi, maxTicks)
		if !slices.EqualFunc(a.ticks, c.want, func(x, y float64) bool { return math.Abs(x-y) < 1e-9 }) {
			t.Errorf("%v..%v: ticks %v, want %v", c.lo, c.hi, a.ticks, c.want)
		}
	}
	if a := newAxis(0, 1, maxTicks); a.label(0) != "0.0" || a.label(1) != "1.0" {
		t.Error("ticks of one axis differ in their decimals")
	}
}

// TestAxisProperties walks many ranges: few labels, inside, evenly spaced.
func TestAxisProperties(t *testing.T) {
	for e := -9; e <= 14; e++ {
		for m := 1.0; m < 10; m += 0.37 {
			hi := m * math.Pow(10, float64(e))
			for _, lo := range []float64{0, -hi / 3, hi / 2} {
				a := newAxis(lo, hi, maxTicks)
				if n := len(a.ticks); n < 2 || n > maxTicks {
					t.Fatalf("%g..%g: %d ticks", lo, hi, n)
				}
				for _, v := range a.ticks {
					if v < a.lo-1e-6*hi || v > a.hi+1e-6*hi {
						t.Fatalf("%g..%g: tick %g outside", lo, hi, v)
					}
				}
			}
		}
	}
}

func TestSpread(t *testing.T) {
	size := []float64{10, 10, 20, 10}
	want := []float64{50, 51, 52, 90}
	got := spread(want, size, 0, 100)
	for i := range got {
		if got[i]-size[i]/2 < -1e-9 || got[i]+size[i]/2 > 100+1e-9 {
			t.Errorf("box %d at %v leaves 0..100", i, got[i])
		}
		if i > 0 && got[i]-size[i]/2 < got[i-1]+size[i-1]/2-1e-9 {
			t.Errorf("boxes %d and %d touch: %v", i-1, i, got)
		}
	}
	if got[3] != 90 {
		t.Errorf("a box with room was moved to %v", got[3])
	}
	if got := spread([]float64{2, 3}, []float64{10, 10}, 0, 100); got[0] != 5 || got[1] != 15 {
		t.Errorf("boxes at the edge: %v", got)
	}
}

// TestFormsDiffer keeps the forms apart on a grey printer and their inks
// readable on white.
func TestFormsDiffer(t *testing.T) {
	contrast := func(h hex) float64 {
		lin := func(shift uint) float64 {
			v := float64(uint32(h)>>shift&255) / 255
			if v <= 0.04045 {
				return v / 12.92
			}
			return math.Pow((v+0.055)/1.055, 2.4)
		}
		return 0.2126*lin(16) + 0.7152*lin(8) + 0.0722*lin(0)
	}
	lstar := func(h hex) float64 { return 116*math.Cbrt(contrast(h)) - 16 }
	for a := range nKinds {
		if c := 1.05 / (contrast(a.look().ink) + 0.05); c < 4.5 {
			t.Errorf("%v: text has a contrast of %.1f on white", a, c)
		}
		for b := a + 1; b < nKinds; b++ {
			// Forms and variants are seldom in one figure; hollow signs tell them apart.
			if d := math.Abs(lstar(a.look().fill) - lstar(b.look().fill)); a.isForm() == b.isForm() && d < 14 {
				t.Errorf("%v and %v differ by %.1f in lightness", a, b, d)
			}
			if a.look().mark == b.look().mark || slices.Equal(a.look().dash, b.look().dash) {
				t.Errorf("%v and %v share a marker or a dash", a, b)
			}
		}
	}
	in := testHours(testForms)
	for i := 1; i < len(in.Tasks); i++ {
		if d := lstar(in.colour(i)) - lstar(in.colour(i-1)); math.Abs(d) < 5 {
			t.Errorf("tasks %q and %q differ by %.1f in lightness", in.Tasks[i-1], in.Tasks[i], d)
		}
	}
}

func TestHistogram(t *testing.T) {
	low, width, counts := histogram([]float64{1, 2, 2, 3, 9, math.NaN()}, false)
	sum := 0
	for _, c := range counts {
		sum += c
	}
	if sum != 5 || low > 1 || low+width*float64(len(counts)) < 9 {
		t.Errorf("low %v, width %v, counts %v", low, width, counts)
	}
	if _, _, counts := histogram([]float64{4, 4, 4}, false); total(toFloats(counts)) != 3 {
		t.Errorf("equal values: %v", counts)
	}
}

func toFloats(ns []int) []float64 {
	out := make([]float64, len(ns))
	for i, n := range ns {
		out[i] = float64(n)
	}
	return out
}

func TestCrossings(t *testing.T) {
	square := rect{0, 0, 10, 10}.corners()
	if xs := crossings(square, 2); len(xs) != 2 || xs[0] != 0 || xs[1] != 8 {
		t.Errorf("a diagonal crosses the square at %v", xs)
	}
	if xs := crossings(square, 20); len(xs) != 0 {
		t.Errorf("a line outside crosses at %v", xs)
	}
}

func TestAQuarterOfAYearIsLabelledAsSuch(t *testing.T) {
	if a := periodAxis([]float64{0.25, 1, 2})(200, 3); a.label(0.25) != "0.25" {
		t.Errorf("a project of 0.25 years is labelled %s", a.label(0.25))
	}
}

// The lines of four forms stand apart, and the signs of all lie on the axis; to
// labels that had to move leaders go from every line, the group's own mix too.
func TestPeriodsOfFourForms(t *testing.T) {
	in := testPeriods(testForms4())
	for _, w := range []float64{90, 230} {
		a := periodAxis(in.Years)(w, 4)
		apart := linesApart*1.5 + lineMark
		if from, to := a.at(1, 0, w)-apart, a.at(in.Years[len(in.Years)-1], 0, w)+apart; from < 0 || to > w {
			t.Errorf("periods on %v points: signs from %v to %v", w, from, to)
		}
	}
	for i := range in.Forms { // all end at nearly the same height
		in.Forms[i].Values[4].Estimate = 1000 + float64(i)
	}
	s := svgOf(t, must(t, of(PeriodsByForm, in)))
	for _, f := range in.Forms {
		leader := fmt.Sprintf("stroke:#%06X;stroke-width:0.6", int(f.Form.look().fill))
		if n := strings.Count(s, leader); n != 1 {
			t.Errorf("%s has %d leaders", f.Form.name(), n)
		}
	}
}

// Each label of an axis stands at its value.
func TestLabelsStandAtTheirValues(t *testing.T) {
	area := rect{50, 50, 450, 150}
	g := panel{x: newAxis(0, 10, 5), y: newAxis(0, 100, 5), r: area}
	for name, draw := range map[string]func(panel){
		"frame":       func(g panel) { g.frame(true, true) },
		"frameAcross": func(g panel) { g.frameAcross("", 0, 0) },
	} {
		f := (Figure{Name: "axes", Title: "Axes", Alt: "Axes.", bare: true}).sized(func(float64) float64 { return 180 })
		f.draw = func(p pen, _ rect) {
			g.pen = p
			draw(g)
		}
		boxes, _, _ := parseSVG(t, f, svgOf(t, f))
		for _, b := range boxes {
			got, err := strconv.ParseFloat(b.s, 64)
			want := (b.r.mx() - area.x0) / area.w() * 10
			if b.r.x1 < area.x0 { // beside the y axis
				baseline := f.page().y1 - (b.r.y1 - 0.15*sizeTick)
				want = (baseline + 0.36*sizeTick - area.y0) / area.h() * 100
			}
			if err != nil || math.Abs(got-want) > 0.2 {
				t.Errorf("%s: %q stands at %.2f (%v)", name, b.s, want, err)
			}
		}
		if len(boxes) < 5 {
			t.Errorf("%s: only %d labels", name, len(boxes))
		}
	}
}
