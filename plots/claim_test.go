package plots

import (
	"epgsim/sim/analysis"
	"fmt"
	"math"
	"strings"
	"testing"
)

// testSets are n estimates around mid, evenly spread over ±width, the last two
// of them far out.
func testSets(n int, mid, width float64) (out []float64) {
	for k := range n {
		u := 2*(float64(k*37%n)+0.5)/float64(n) - 1
		out = append(out, mid+width*u*math.Abs(u))
	}
	if n > 9 {
		out[3], out[7] = mid+40*width, mid-25*width
	}
	return out
}

func testPart(name, unit string, v, half float64) ClaimPart {
	return ClaimPart{Name: name, Unit: unit, Interval: about(v, half), Left: about(math.NaN(), 0),
		PerSet: testSets(50, 0.9*v, 1.1*math.Abs(v))}
}

// without is the part with something left when its cause is switched off.
func (q ClaimPart) without(v, half float64) ClaimPart {
	q.Left = about(v, half)
	return q
}

func (q ClaimPart) told() ClaimPart {
	q.Info = true
	return q
}

const testLongName = "deadweight: share of the value that SMEs alone would sell too, market focus, 8 years"

// testClaims are claims like those of the ledger.
func testClaims() map[string]ClaimInput {
	one := testPart("value per public euro", "€/€", 1.27, 0.21)
	one.PerSet = nil
	twelve := ClaimInput{ID: "C199"}
	for k := range 12 {
		twelve.Parts = append(twelve.Parts, testPart(testLongName, "doors/h", -1000+170*float64(k), 90).without(-40*float64(k), 80))
	}
	return map[string]ClaimInput{
		"twelve": twelve,
		"one":    {"C101", []ClaimPart{one}},
		"four": {"C105", []ClaimPart{
			testPart("share gained: system over market focus", "", 0.342, 0.05),
			testPart("share gained: system over customer focus", "", 0.118, 0.06),
			testPart("k€ gained: system over market focus", "k€", 1234, 180),
			testPart("k€ gained: system over customer focus", "k€", 87.3, 95),
		}},
		"nine": {"C104", []ClaimPart{
			testPart("typical technology: gap to the nearer other form", "", 0.31, 0.02).without(0.12, 0.03),
			testPart("equal technology: the same", "", 0.142, 0.03).without(0.13, 0.03),
			testPart("equal technology, by year 2", "", 0.09, 0.02).without(0.02, 0.03),
			testPart("equal technology, by year 5", "", -0.011, 0.02).without(-0.03, 0.02),
			testPart("market focus, typical technology: share closed by year 3", "", 0.63, 0.01).told(),
			testPart("customer focus, typical technology: share closed by year 3", "", 0.51, 0.01).told(),
			testPart("system focus, typical technology: share closed by year 3", "", 0.2, 0.01).told(),
			testPart("of the gap left with equal cycle lengths (one round, equal customer trust)", "", 0.734, 0.2).told(),
			testPart(testLongName, "", -0.66, 0.21).told(),
		}},
		"contradicted": {"C117", []ClaimPart{
			testPart("an hour between 8 and 16 brings more than one below 4", "k€", -3.21, 0.9).without(-2.8, 0.9),
			testPart("an hour between 16 and 32 brings more than one above 32", "k€", 1.4, 0.3).without(1.2, 0.5),
		}},
		"vanishes": {"C122", []ClaimPart{
			testPart("commitment, system focus", "", 0.083, 0.012).without(0, 0),
			testPart("doors per hour", "doors/h", 0.0213, 0.003).without(0.0004, 0.003),
		}},
		"wide": {"C131", []ClaimPart{
			{Name: "public cost per extra euro of exports, market focus", Unit: "€/€", Interval: about(0.4, 0.1), Left: about(math.NaN(), 0), PerSet: testSets(50, 2, 9)},
			testPart("value in all", "k€", 4567, 2000),
		}},
		"zero": {"C140", []ClaimPart{
			{Name: "no difference at all", PerSet: make([]float64, 50)},
			{Name: "one for certain", Interval: about(1, 0), Left: analysis.Interval{Estimate: 1e-17, Low: -1e-16, High: 1e-16}, PerSet: []float64{1}},
		}},
	}
}

func claims() map[string]builder {
	out := map[string]builder{}
	for name, in := range testClaims() {
		out["claim, "+name] = of(Claim, in)
	}
	return out
}

func TestClaims(t *testing.T) {
	for name, in := range testClaims() {
		f := must(t, of(Claim, in))
		if most := 2200 + 1500*len(in.Parts); len(svgOf(t, f)) > most {
			t.Errorf("%s: %d bytes of SVG for %d parts, more than %d", name, len(svgOf(t, f)), len(in.Parts), most)
		}
		if f.Name != "claim-"+in.ID {
			t.Errorf("%s: its name is %q", name, f.Name)
		}
		for _, q := range in.Parts {
			if !strings.Contains(f.Alt, q.Name+": ") {
				t.Errorf("%s: the alternative text lacks %q", name, q.Name)
			}
		}
	}
}

// TestClaimInput keeps the figure from writing into what it was given.
func TestClaimInput(t *testing.T) {
	in := testClaims()["four"]
	first := fmt.Sprint(in)
	must(t, of(Claim, in))
	if fmt.Sprint(in) != first {
		t.Error("the input was changed")
	}
}

// TestClaimNames wants all of a name of 90 letters in the picture.
func TestClaimNames(t *testing.T) {
	in := testClaims()["nine"]
	s := svgOf(t, must(t, of(Claim, in)))
	if strings.Contains(s, "…") {
		t.Error("a name was cut")
	}
}

// TestBalanced wants no word alone on a last line, nor more lines for that.
func TestBalanced(t *testing.T) {
	for s, want := range map[string]string{
		"public cost per extra euro of exports, market focus": "public cost per extra euro|of exports, market focus",
		"value in all":          "value in all",
		"":                      "",
		strings.Repeat("x", 90): strings.Repeat("x", 42) + "|" + strings.Repeat("x", 42) + "|" + strings.Repeat("x", 6),
	} {
		if got := strings.Join(balanced(s, claimName, sizeTick), "|"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestClaimZero wants zero at the same place in every figure and row.
func TestClaimZero(t *testing.T) {
	places := map[string]bool{}
	for _, in := range testClaims() {
		f := must(t, of(Claim, in))
		boxes, _, _ := parseSVG(t, f, svgOf(t, f))
		for _, b := range boxes {
			if strings.HasPrefix(b.s, "supports") {
				places[fmt.Sprintf("%.2f", b.r.x0)] = true
			}
		}
	}
	if len(places) != 1 {
		t.Errorf("zero stands at %v", places)
	}
	for v, want := range map[float64]float64{-2: 10, 0: 60, 1: 85, 2: 110} {
		q := testPart("a", "", v, 0)
		q.PerSet, q.Left = nil, about(2, 0)
		s := q.scale()
		if got := (panel{x: axis{lo: -s, hi: s}, r: rect{10, 0, 110, 9}}).px(v); math.Abs(got-want) > 1e-9 {
			t.Errorf("%v stands at %v, want %v", v, got, want)
		}
	}
}

func TestClaimSides(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		v, low, high float64
		want         claimSide
	}{
		{1, 0.5, 1.5, sideAbove}, {-1, -1.5, -0.5, sideBelow}, {1, -0.5, 2.5, sideOpen}, {1, 1, 1, sideAbove}, {0, 0, 0, sideOpen},
		{1, 0, 2, sideOpen}, {1, nan, nan, sideOpen}, {nan, nan, nan, sideNone}, {nan, 1, 2, sideNone}, {1, 0.5, math.Inf(1), sideOpen},
		{math.Inf(1), 1, 2, sideNone},
	} {
		if got := sideOf(analysis.Interval{Estimate: c.v, Low: c.low, High: c.high}); got != c.want {
			t.Errorf("%v in %v to %v stands %s, want %s", c.v, c.low, c.high, got.words(), c.want.words())
		}
	}
}

// TestClaimReach keeps an estimate off the zero line whatever the parameter
// sets say, and single outliers from counting at all.
func TestClaimReach(t *testing.T) {
	q := testPart("a", "", 2, 1)
	q.PerSet = []float64{-1e9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1e9}
	if s := q.scale(); s != 3 {
		t.Errorf("two outliers stretch the scale to %v", s)
	}
	q.PerSet = []float64{1e6, 1e6, 1e6}
	if s := q.scale(); s != 3*claimReach {
		t.Errorf("the sets stretch the scale to %v", s)
	}
}

func TestClaimNum(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 0.342: "0.342", -0.0213: "−0.0213", 1.27: "1.27", 12.34: "12.3", 87.34: "87.3", 100: "100", 4567: "4\u00a0570",
		0.1: "0.1", 0.9999: "1", 99.99: "100", 999.9: "1\u00a0000", 0.00012: "0.00012", 0.0000345: "0.0000345", 2.5e-7: "2.5e−07", -3e10: "−3.0e+10",
	} {
		if got := threeFigures(v); got != want {
			t.Errorf("%v: %q, want %q", v, got, want)
		}
	}
}

// TestClaimTitles wants the finding in the title.
func TestClaimTitles(t *testing.T) {
	for name, want := range map[string]string{
		"one":          "C101: above zero",
		"four":         "C105: 3 of 4 above zero",
		"contradicted": "C117: 1 of 2 above zero, 1 below",
		"vanishes":     "C122: all 2 above zero",
	} {
		if got := must(t, of(Claim, testClaims()[name])).Title; got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestPoorClaims draws what is missing, endless, huge, tiny or hostile.
func TestPoorClaims(t *testing.T) {
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, 1, -1, 1e300, 9e14, -9e14, 1e-300, 5e-324} {
		for _, half := range []float64{0, math.Abs(v), math.NaN(), math.Inf(1)} {
			q := testPart("a <b>&\"\x00\xff]]> name "+strings.Repeat("without end ", 20)+strings.Repeat("x", 90), "<&unit"+strings.Repeat("s", 60), v, half)
			if !(q.Low <= q.High) { // Inf − Inf: no interval
				q.Low, q.High = math.NaN(), math.NaN()
			}
			q.PerSet = []float64{math.NaN(), v, math.Inf(1), -v, math.Inf(-1)}
			told := q.told()
			told.Left.Estimate = v
			f := must(t, of(Claim, ClaimInput{"<C&1>\x00" + strings.Repeat("z", 99), []ClaimPart{q, told}}))
			checkSVG(t, f, false)
			pngOf(t, f)
		}
	}
	told := testPart("a", "", 1, 1).told()
	checkSVG(t, must(t, of(Claim, ClaimInput{"C1", []ClaimPart{told}})), true)
}
