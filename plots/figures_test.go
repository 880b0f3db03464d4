package plots

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image/png"
	"maps"
	"math"
	"os"
	"strings"
	"sync"
	"testing"

	"epgsim/sim/analysis"
)

// builder makes a figure; the tests below run over all of them.
type builder func() (*Figure, error)

// of is the figure of an input.
func of[T any](figure func(T) (*Figure, error), in T) builder {
	return func() (*Figure, error) { return figure(in) }
}

// after is the figure of an input after a change to it.
func after[T any](figure func(T) (*Figure, error), in T, change func(*T)) builder {
	change(&in)
	return of(figure, in)
}

// good is every figure with input like the model's.
func good() map[string]builder {
	four := testForms4()
	out := map[string]builder{
		"headline, own":  of(Headline, testHeadline(four, 1)),
		"headline, none": of(Headline, testHeadline(four, 4)), // own period not simulated
		"sales, late":    of(SalesOverTime, testSales(testForms[2:], 8)),
		"variants":       of(DealsOverTime, testDeals(testVariants())),
		"hours, one":     of(ManagerHours, testHours(testVariants()[:1])),
		"results, one":   of(ResultsPerSME, testResults(four[:1])),
		"periods, var.":  of(PeriodsByForm, testPeriods(testVariants())),
		"trust":          of(Trust, testTrust(four)),
		"cooperation":    of(Cooperation, testTrust(four)),
		"hours":          of(ManagerHours, testHours(four)),
		"stranded":       of(Stranded, testStranded(four)),
		"results":        of(ResultsPerSME, testResults(four)),
		"best form":      of(BestFormMap, testBestForm()),
		"network 4":      of(GroupNetwork, testNetwork(4)),
		"network 5":      of(GroupNetwork, testNetwork(5)),
		"network 6":      of(GroupNetwork, testNetwork(6)),
		"overview":       of(RunOverview, testOverview()),
		"scorecard":      of(Scorecard, testScorecard(four)),
		"scorecard, one": of(Scorecard, testScorecard(four[:1])),
		"distribution":   of(Distribution, testDistribution()),
		"periods":        of(PeriodsByForm, testPeriods(four)),
	}
	for _, n := range []int{1, 3, 4, 8, MostVariants} {
		forms := testNamed(n)
		out[fmt.Sprintf("trust, %d named", n)] = of(Trust, testTrust(forms))
		out[fmt.Sprintf("cooperation, %d named", n)] = of(Cooperation, testTrust(forms))
		out[fmt.Sprintf("hours, %d named", n)] = of(ManagerHours, testHours(forms))
		out[fmt.Sprintf("stranded, %d named", n)] = of(Stranded, testStranded(forms))
		out[fmt.Sprintf("results, %d named", n)] = of(ResultsPerSME, testResults(forms))
	}
	return out
}

// all is every figure that shows what it should: the tests of good figures run
// over it.
func all() map[string]builder {
	out := good()
	for _, more := range []map[string]builder{sensible(), claims(), waterfalls(), compared(), decided(), programmes(), ledgers(), calibrationFigures()} {
		maps.Copy(out, more)
	}
	return out
}

// TestFigures wants of every figure that its texts stay apart and on the page,
// that it has words for those who do not see it, that nothing is cut at the
// edge, and that the same input gives the same bytes.
func TestFigures(t *testing.T) {
	for name, build := range all() {
		t.Run(name, func(t *testing.T) {
			for _, w := range []Width{Page, Column} {
				f := must(t, build).At(w)
				if checkSVG(t, f, true) != svgOf(t, must(t, build).At(w)) {
					t.Error("the same input gives different SVGs")
				}
				checkWords(t, f)
				if page, s := f.page(), f.width.sheet(); page.h()*s.mm/page.w() > 247 { // of A4, between margins of 25 mm
					t.Errorf("%.0f mm do not fit on a page", page.h()*s.mm/page.w())
				}
				if w == Page || os.Getenv("EPGSIM_LONG") != "" {
					checkPNG(t, f)
				}
			}
		})
	}
}

// checkWords wants a caption, and an alternative text with numbers.
func checkWords(t *testing.T, f *Figure) {
	t.Helper()
	if strings.Contains(f.Alt, "NaN") || len(f.Alt) < 60 || !strings.ContainsAny(f.Alt, "0123456789") {
		t.Errorf("the alternative text does not say in numbers what one sees: %q", f.Alt)
	}
	if f.bare { // the page of claims says it all beside the figure
		return
	}
	if c := f.Caption; len(c) < 40 || len(c) > 520 || !strings.HasSuffix(c, ".") || strings.Contains(c, "..") {
		t.Errorf("not a caption: %q", c)
	}
}

// testDPI renders few pixels, and more where the tests may take long. TestPNG
// renders as many as the program does.
func testDPI() int {
	if os.Getenv("EPGSIM_LONG") != "" {
		return 100
	}
	return 40
}

// checkPNG wants a picture of the figure's size with a white margin: nothing is
// cut at the edge. Drawn twice it is the same: shown of SVGs above, and of the
// program's PNGs where whole reports are compared.
func checkPNG(t *testing.T, f *Figure) {
	t.Helper()
	b := pngOf(t, f)
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	r, edge := img.Bounds(), max(1, 4*testDPI()/200)
	if want := int(math.Round(f.page().w() * float64(testDPI()) / 72)); r.Dx() != want {
		t.Errorf("width %d px, want %d", r.Dx(), want)
	}
	for x := r.Min.X; x < r.Max.X; x++ {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			if x >= edge && x < r.Max.X-edge && y >= edge && y < r.Max.Y-edge {
				continue
			}
			if c, _, _, _ := img.At(x, y).RGBA(); c != 0xFFFF {
				t.Fatalf("ink at the page's edge: %d, %d", x, y)
			}
		}
	}
}

// The program's own PNG is as fine as print needs.
func TestPNG(t *testing.T) {
	b, err := must(t, good()["hours, one"]).PNG()
	if err != nil {
		t.Fatal(err)
	}
	if img, err := png.DecodeConfig(bytes.NewReader(b)); err != nil || img.Width != 1389 { // 500 pt at 200 dpi
		t.Errorf("width %d px, %v", img.Width, err)
	}
}

// Both formats say how large they are: 170 mm for a page, 84 mm for a column.
func TestPrintedSize(t *testing.T) {
	for w, want := range map[Width]struct {
		svg    string
		px, mm float64
	}{Page: {`width="170mm" height="`, 1389, 170}, Column: {`width="84mm" height="`, 994, 84}} {
		f := must(t, good()["hours, one"]).At(w)
		page := f.page()
		if head, _, _ := strings.Cut(svgOf(t, f), ">"); !strings.Contains(head, want.svg+fmt.Sprintf("%.2fmm", want.mm*page.h()/page.w())) {
			t.Errorf("the SVG begins with %s", head)
		}
		b, err := f.PNG()
		if err != nil {
			t.Fatal(err)
		}
		at := bytes.Index(b, []byte("pHYs")) + 4
		dots := float64(binary.BigEndian.Uint32(b[at:]))
		img, err := png.DecodeConfig(bytes.NewReader(b)) // checks the chunks, too
		if err != nil || math.Abs(dots-1000*want.px/want.mm) > 1 || b[at+8] != 1 || float64(img.Width) != want.px {
			t.Errorf("%v dots to the metre on %d px: %v", dots, img.Width, err)
		}
	}
}

// What is found stands in the title, what is shown below it.
func TestHeaded(t *testing.T) {
	f := must(t, good()["hours"])
	g := f.Headed("Half of the hours go into meetings")
	if s := strings.Join(texts(t, g), " "); !strings.Contains(s, "Half of the hours go into meetings "+f.Title+". Share of all hours") {
		t.Errorf("%q", s)
	}
	if f.Headed("").Title != f.Title {
		t.Error("no finding takes the title away")
	}
}

// Every mark says on pointing at it what it is and comes to.
func TestHover(t *testing.T) {
	for build, want := range map[string]string{
		"hours": "Market focus, guidance: 21" + nbsp + "%", "stranded": "1" + nbsp + "year, Market focus ", "results": "Market focus, rank 1: ",
		"network 5": "SME B and SME A: trust ", "tornado 16": "manager&#39;s hours (manager.hours): ", "periods": "System focus, at 8: ",
	} {
		if s := svgOf(t, must(t, all()[build])); !strings.Contains(s, "<title>"+want) && !strings.Contains(s, want) {
			t.Errorf("%s has no title %q", build, want)
		}
	}
}

// TestConcurrent renders from many goroutines; it is for go test -race.
func TestConcurrent(t *testing.T) {
	f := must(t, good()["periods"])
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			svgOf(t, f)
			pngOf(t, f)
		})
	}
	wg.Wait()
}

func must(t *testing.T, build builder) *Figure {
	t.Helper()
	f, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func svgOf(t *testing.T, f *Figure) string {
	t.Helper()
	b, err := f.SVG()
	if err != nil {
		t.Error(err)
	}
	return string(b)
}

func pngOf(t *testing.T, f *Figure) []byte {
	t.Helper()
	b, err := f.png(testDPI())
	if err != nil {
		t.Error(err)
	}
	return b
}

// blank sets every number of the Band by the function.
func blank(b analysis.Band, v func(i int) float64) analysis.Band {
	n := len(b.Mean)
	s := make([]float64, n)
	for i := range s {
		s[i] = v(i)
	}
	return analysis.Band{N: b.N, Mean: s, Low: s, High: s, P05: s, P25: s, P50: s, P75: s, P95: s}
}

// TestPoorData draws every figure from data that is all zero, all missing,
// has gaps, is huge, or comes from one replication (no intervals).
func TestPoorData(t *testing.T) {
	nan := math.NaN()
	cases := map[string]func(i int) float64{
		"zero":     func(int) float64 { return 0 },
		"missing":  func(int) float64 { return nan },
		"gaps":     func(i int) float64 { return map[bool]float64{true: nan, false: float64(i)}[i%7 < 3] },
		"infinite": func(i int) float64 { return math.Inf(1 - 2*(i%2)) },
		"huge":     func(i int) float64 { return float64(i) * 1e305 },
		"large":    func(i int) float64 { return float64(i) * 12345 },
		"tiny":     func(i int) float64 { return float64(i) * 1e-300 },
		"negative": func(i int) float64 { return -float64(i) },
	}
	for name, v := range cases {
		for fig, build := range poor(v) {
			t.Run(fmt.Sprintf("%s/%s", fig, name), func(t *testing.T) {
				f, err := build()
				if err != nil { // refusing what cannot be true is fine; stacked bars with a gap would lie
					if name == "zero" || name == "missing" && fig != "stranded" || name == "gaps" && fig != "stranded" && fig != "trust" && fig != "cooperation" && fig != "headline" {
						t.Error(err)
					}
					return
				}
				checkSVG(t, f, false)
				if name == "missing" || name == "gaps" { // the rest draws alike
					pngOf(t, f)
				}
			})
		}
	}
}

// poor is every figure made from v.
func poor(v func(i int) float64) map[string]builder {
	one := analysis.Interval{Estimate: v(5), Low: math.NaN(), High: math.NaN(), N: 1}
	tr := testTrust(testForms)
	r, o, di, bf, nw := testResults(testForms), testOverview(), testDistribution(), testBestForm(), testNetwork(5)
	for i := range tr.Forms {
		tr.Forms[i].Trust, tr.Forms[i].Joint = blank(tr.Forms[i].Trust, v), blank(tr.Forms[i].Joint, v)
		for k := range r.Forms[i].Ranks {
			r.Forms[i].Ranks[k] = RankValue{one, v(1), v(9)}
		}
	}
	for i := range o.Panels {
		o.Panels[i].Band = blank(o.Panels[i].Band, v)
	}
	for i := range di.Panels {
		pn := &di.Panels[i]
		for k := range pn.Values {
			pn.Values[k] = v(k)
		}
	}
	for _, row := range bf.Panels[0].Cells {
		for k := range row {
			row[k].LeadPercent = v(k)
		}
	}
	for _, s := range nw.Snapshots {
		for k := range s.SMEs {
			s.SMEs[k].Commitment, s.SMEs[k].ManagerHours = v(k), v(k)
		}
		for k := range s.Pairs {
			s.Pairs[k].Trust, s.Pairs[k].JointHours = v(k), v(k)
		}
	}
	st := StrandedInput{Periods: []StrandedPeriod{{3, []StrandedBar{{testForms[0], math.Abs(v(1)), math.Abs(v(2)), math.Abs(v(3))}}}}}
	out := map[string]builder{
		"trust":        of(Trust, tr),
		"cooperation":  of(Cooperation, tr),
		"hours":        of(ManagerHours, HoursInput{Tasks: []string{"a", "b"}, Forms: []HoursForm{{testForms[0], []float64{0, 0}}}}),
		"stranded":     of(Stranded, st),
		"results":      of(ResultsPerSME, r),
		"best form":    of(BestFormMap, bf),
		"network":      of(GroupNetwork, nw),
		"overview":     of(RunOverview, o),
		"distribution": of(Distribution, di),
	}
	maps.Copy(out, poorComparison(v))
	return out
}
