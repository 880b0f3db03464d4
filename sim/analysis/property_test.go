package analysis

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// number draws any number; rapid by itself never tries the awkward ones.
var number = rapid.OneOf(
	rapid.SampledFrom([]float64{
		nan, inf, -inf, 0, math.Copysign(0, -1), 1, -1, math.SmallestNonzeroFloat64, math.MaxFloat64, -math.MaxFloat64,
	}),
	rapid.Float64(),
	rapid.Float64Range(-100, 100),
)

// samples draws k samples of the same length, of any or of ordinary numbers.
func samples(t *rapid.T, k int, of *rapid.Generator[float64]) [][]float64 {
	n := rapid.IntRange(0, 12).Draw(t, "n")
	drawn := make([][]float64, k)
	for i := range drawn {
		drawn[i] = rapid.SliceOfN(of, n, n).Draw(t, "sample")
	}
	return drawn
}

// ordered reports whether the ends are both missing, or on either side of the
// estimate. Huge values may round the estimate past an end or overflow.
func ordered(iv Interval) bool {
	if math.IsNaN(iv.Low) || math.IsNaN(iv.High) {
		return math.IsNaN(iv.Low) == math.IsNaN(iv.High)
	}
	return iv.Low <= iv.Estimate && iv.Estimate <= iv.High
}

// TestAnything: whatever the numbers, nothing panics, no input is modified, N
// never exceeds the values present, and the ends are in order.
func TestAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := samples(t, 3, number)
		a, b := s[0], s[1]
		before := [][]float64{slices.Clone(a), slices.Clone(b), slices.Clone(s[2])}
		best := Best(s)
		for name, iv := range map[string]Interval{
			"mean": Mean(a), "median": Median(a), "difference": Difference(a, b), "ratio": RatioOfMeans(a, b),
			"share": Share(a), "present": MeanOfPresent(a).Interval, "ratios": ratiosApart(a, b, s[2], a),
			"lead": best.Lead,
		} {
			if iv.N < 0 || iv.N > len(present(a)) && name != "lead" {
				t.Fatalf("%s: %+v of %d values present", name, iv, len(present(a)))
			}
			if !ordered(iv) {
				t.Fatalf("%s: ends out of order: %+v", name, iv)
			}
			more, ok := MoreNeeded(iv, 1000)
			if more < 0 || more > 1000 || (ok && more == 0) == Noise(iv) {
				t.Fatalf("%s: %d more needed (%t) of %+v", name, more, ok, iv)
			}
			FormatInterval(iv, ThinSpace)
		}
		ps := []float64{0, 0.05, 0.25, 0.3, 0.5, 0.75, 0.95, 1}
		if q := present(Quantiles(a, ps...)); !slices.IsSorted(q) {
			t.Fatalf("quantiles fall: %v", q)
		}
		for kind := range Shares + 1 {
			Family{Sentences: 3, Matters: 0.1}.Rank(kind, []Alternative{{a, b}, {b, a}, {s[2], b}, {}})
		}
		EventCurve(a, b)
		QuantileTime(a, 0.3)
		Bands(s)
		for i := range s {
			if !slices.EqualFunc(s[i], before[i], func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }) {
				t.Fatalf("sample %d was modified", i)
			}
		}
	})
}

// TestShuffle: in whatever order the replications come, the results are the
// same but for rounding; those that sort, to the last bit.
func TestShuffle(t *testing.T) {
	// Eighths have exact sums, so that no cancellation magnifies the rounding.
	eighth := func(i int) float64 { return float64(i) / 8 }
	ordinary := rapid.OneOf(rapid.Just(nan), rapid.Map(rapid.IntRange(-800, 800), eighth), rapid.Map(rapid.IntRange(0, 24), eighth))
	rapid.Check(t, func(t *rapid.T) {
		s := samples(t, 3, ordinary)
		order := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 0)).Perm(len(s[0]))
		moved := make([][]float64, len(s))
		rows, movedRows := make([][]float64, len(order)), make([][]float64, len(order))
		for to, from := range order {
			for i := range s {
				moved[i] = append(moved[i], s[i][from])
				rows[from] = append(rows[from], s[i][from])
			}
			movedRows[to] = rows[from]
		}
		first, second := results(s), results(moved)
		for i := range first {
			sameButRounding(t, i, first[i], second[i])
		}
		one, two := Bands(rows), Bands(movedRows)
		for w := range one.Mean {
			sameButRounding(t, 100+w, Interval{one.Mean[w], one.Low[w], one.High[w], one.N}, Interval{two.Mean[w], two.Low[w], two.High[w], two.N})
		}
		// Exact ties of two means may break either way; the leads stay.
		lead, movedLead := Best(s).Lead, Best(moved).Lead
		if near(lead.Estimate, 0) != near(movedLead.Estimate, 0) {
			t.Fatalf("lead %v became %v", lead, movedLead)
		}
		if !near(lead.Estimate, 0) {
			sameButRounding(t, 200, lead, movedLead)
		}
	})
}

// sameButRounding compares result i of two orders, to rounding.
func sameButRounding(t *rapid.T, i int, a, b Interval) {
	if !near(a.Estimate, b.Estimate, 1e-6) || !near(a.Low, b.Low, 1e-6) || !near(a.High, b.High, 1e-6) || a.N != b.N {
		t.Fatalf("result %d: %+v became %+v", i, a, b)
	}
}

// results returns what may not depend on the order of the replications.
func results(s [][]float64) []Interval {
	return []Interval{Mean(s[0]), Median(s[0]), Difference(s[0], s[1]), RatioOfMeans(s[0], s[1])}
}
