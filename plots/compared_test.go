package plots

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/recorder"

	"epgsim/sim/analysis"
)

// textsOf are the pieces of text in a figure.
func textsOf(t *testing.T, f *Figure) []string {
	t.Helper()
	boxes, _, _ := parseSVG(t, f, svgOf(t, f))
	return mapped(boxes, func(b textBox) string { return b.s })
}

// Each share of the headline is printed, at its column.
func TestHeadlinePrintsEveryShare(t *testing.T) {
	in := testHeadline(testForms, 3)
	texts := textsOf(t, must(t, of(Headline, in)))
	count := func(s string) int { return number(texts, func(x string) bool { return x == s }) }
	want := map[string]int{}
	for _, f := range in.Forms {
		for k := range in.Years {
			want[pct(f.Lost[k].Estimate)]++
			want[pct(f.Seen[k].Estimate)]++
		}
		want[pct(f.Lost[2].Estimate)]++ // the large one
	}
	for s, n := range want {
		if s != pct(1) && s != pct(0) && count(s) != n { // an axis prints these too
			t.Errorf("%q is printed %d times, want %d", s, count(s), n)
		}
	}
}

// filled are the heights, from the floor of the panel, between which column k of
// the form is filled, in the order of drawing.
func filled(in HeadlineInput, f HeadlineForm, k int) (spans [][2]float64) {
	c := new(recorder.Canvas)
	g := panel{pen: pen{c: c}, r: rect{0, 0, 100, 200}, x: axis{lo: 0, hi: float64(len(in.Years))}, y: percentAxis(0, 100)}
	in.column(g, f, k, 100/float64(len(in.Years)))
	for _, a := range c.Actions {
		if fill, ok := a.(*recorder.Fill); ok {
			lo, hi := math.Inf(1), math.Inf(-1)
			for _, p := range fill.Path {
				if p.Type == vg.CloseComp {
					continue
				}
				lo, hi = math.Min(lo, float64(p.Pos.Y)), math.Max(hi, float64(p.Pos.Y))
			}
			spans = append(spans, [2]float64{lo / 200, hi / 200})
		}
	}
	return spans
}

// The parts of a column are as high as the shares they stand for.
func TestColumnsStandForTheirShares(t *testing.T) {
	in := testHeadline(testForms, 3)
	near := func(a, b [2]float64) bool { return math.Abs(a[0]-b[0]) < 1e-9 && math.Abs(a[1]-b[1]) < 1e-9 }
	for _, c := range []struct {
		lost, seen float64
		want       [][2]float64 // kept, seen, lost
	}{
		{0.5, 0.1, [][2]float64{{0, 0.5}, {0, 0.1}, {0.5, 1}}},
		{0, 1, [][2]float64{{0, 1}, {0, 1}}},
		{-0.2, 0.3, [][2]float64{{0, 1}, {0, 0.3}}}, // stopping brings more
		{1, 0, [][2]float64{{0, 1}}},
		{math.NaN(), math.NaN(), nil},
	} {
		f := in.Forms[0]
		f.Lost, f.Seen = slices.Clone(f.Lost), slices.Clone(f.Seen)
		f.Lost[1] = analysis.Interval{Estimate: c.lost, Low: math.NaN(), High: math.NaN()}
		f.Seen[1] = analysis.Interval{Estimate: c.seen, Low: math.NaN(), High: math.NaN()}
		if got := filled(in, f, 1); !slices.EqualFunc(got, c.want, near) {
			t.Errorf("lost %v, seen %v: filled %v, want %v", c.lost, c.seen, got, c.want)
		}
	}
}

// The caption calls no loss the greatest that the intervals do not tell apart.
func TestHeadlineCaption(t *testing.T) {
	in := testHeadline(testForms, 3)
	set := func(f int, v, half float64) {
		in.Forms[f].Lost[2] = analysis.Interval{Estimate: v, Low: v - half, High: v + half}
	}
	for _, c := range []struct {
		half float64
		want string
	}{
		{0.01, "System focus loses most."},
		{0.04, "Most is lost by system focus and customer focus, whose intervals overlap."},
		{0.4, "The intervals of all overlap that of the greatest loss."},
		{math.NaN(), "The intervals of all overlap that of the greatest loss."},
	} {
		set(0, 0.3, c.half)
		set(1, 0.45, c.half)
		set(2, 0.5, c.half)
		if got := in.caption(); !strings.Contains(got, c.want) {
			t.Errorf("half a width of %v: %q lacks %q", c.half, got, c.want)
		}
	}
	if in.Title = "Stopping loses half"; must(t, of(Headline, in)).Title != in.Title {
		t.Error("the finding is not the title")
	}
}

// The best periods are the one with the highest estimate and those that the
// intervals do not tell from it; these are told in words.
func TestBestPeriods(t *testing.T) {
	nan := math.NaN()
	about := func(v float64) analysis.Interval { return analysis.Interval{Estimate: v, Low: v - 0.1, High: v + 0.1} }
	for _, c := range []struct {
		values []float64
		want   []int
		words  string
	}{
		{[]float64{0.5, 0.9, 0.4, 0.1, 0}, []int{1}, "project of: 2\u00a0years (0.9\u00a0€)."},
		{[]float64{0.8, 0.9, 0.75, 0.1, 0}, []int{1, 0, 2}, "2\u00a0years (0.9\u00a0€), not told apart from 1 and 3\u00a0years."},
		{[]float64{-0.4, nan, -0.9, -2, -3}, nil, "further exports with a project of no length."},
		{[]float64{nan, nan, nan, nan, nan}, nil, "further exports with a project of no length."},
	} {
		in := testPerEuro(testForms[:1])
		in.Forms[0].Values = mapped(c.values, about)
		if got := in.Forms[0].best(); !slices.Equal(got, c.want) {
			t.Errorf("%v: best %v, want %v", c.values, got, c.want)
		}
		if got := in.perEuroCaption(); !strings.Contains(got, c.words) {
			t.Errorf("%v: %q lacks %q", c.values, got, c.words)
		}
	}
}

// The ranking of the tables goes before the intervals.
func TestBestPeriodsAreThoseOfTheTables(t *testing.T) {
	in := testPerEuro(testForms[:1])
	in.Forms[0].Best = analysis.Ranking{Best: 1, Close: []int{0, 3}, N: 100}
	if got := in.Forms[0].best(); !slices.Equal(got, []int{1, 0, 3}) {
		t.Errorf("best %v", got)
	}
	if want := "best: 2" + nbsp + "years (1.18" + nbsp + "€)"; !slices.Contains(textsOf(t, must(t, of(PerEuro, in))), want) {
		t.Errorf("%q is not printed", want)
	}
}

// What has no line is named.
func TestFormsWithoutValuesAreNamed(t *testing.T) {
	in := testPerEuro(testForms)
	for k := range in.Years {
		in.Forms[1].Values[k].Estimate = math.NaN()
	}
	if s := svgOf(t, must(t, of(PerEuro, in))); !strings.Contains(s, "without values: customer focus") {
		t.Error("a form without values is not named")
	}
}

// Every stage's weeks are printed, and the caption names the stage that makes the
// difference.
func TestStagesArePrinted(t *testing.T) {
	in := testStages(testForms4())
	in.Forms[1].Offer.Estimate = 1.19
	f := must(t, of(Stages, in))
	texts := textsOf(t, f)
	for _, want := range []string{"24", "22", "46", "33", "36", "34", "103", "24 + 0 + 22", "28 + 1.2 + 29", "30 + 3 + 26", "59"} {
		if !slices.Contains(texts, want) {
			t.Errorf("%q is not printed: %q", want, texts)
		}
	}
	if want := "System focus takes longer than market focus mostly for joint offer (36 weeks more)."; !strings.Contains(f.Caption, want) {
		t.Errorf("%q lacks %q", f.Caption, want)
	}
}

// The share of groups is printed for each number of deals, at the project's end.
func TestDealsAtTheProjectsEnd(t *testing.T) {
	in := testDeals(testForms)
	for k, v := range []float64{0.62, 0.31, 0.004} {
		in.Forms[2].AtLeast[k].Mean[155] = v // the last week of the third year
	}
	f := must(t, of(DealsOverTime, in))
	if want := "62, 31 and 0.4" + nbsp + "% by year 3"; !slices.Contains(textsOf(t, f), want) {
		t.Errorf("%q is not printed", want)
	}
	if f.Title != "Groups with at least 1, 2 and 3"+nbsp+"deals with new customers, by organisational form" {
		t.Errorf("%q", f.Title)
	}
}
