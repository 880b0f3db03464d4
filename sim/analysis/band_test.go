package analysis

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestBands(t *testing.T) {
	got := Bands([][]float64{{3, 1, nan}, {1, nan}, {2, 5, nan}, {4, 3, nan, 8}, nil})
	if got.N != 4 || len(got.Mean) != 4 {
		t.Fatalf("N %d, %d weeks", got.N, len(got.Mean))
	}
	week := func(w int) []float64 {
		return []float64{got.Mean[w], got.Low[w], got.High[w], got.P05[w], got.P25[w], got.P50[w], got.P75[w], got.P95[w]}
	}
	mean := Mean([]float64{1, 2, 3, 4})
	second := Mean([]float64{1, 3, 5})
	for w, want := range [][]float64{
		{2.5, mean.Low, mean.High, 1.15, 1.75, 2.5, 3.25, 3.85},
		{3, second.Low, second.High, 1.2, 2, 3, 4, 4.8},
		{nan, nan, nan, nan, nan, nan, nan, nan},
		{8, nan, nan, 8, 8, 8, 8, 8},
	} {
		if !slices.EqualFunc(week(w), want, func(a, b float64) bool { return near(a, b) }) {
			t.Errorf("week %d: %v, want %v", w, week(w), want)
		}
	}
	if want := []int{4, 3, 0, 1}; !slices.Equal(got.Counts, want) {
		t.Errorf("values that went in: %v, want %v", got.Counts, want)
	}
	if empty := Bands(nil); empty.N != 0 || len(empty.P50) != 0 {
		t.Errorf("Bands(nil) = %v", empty)
	}
}

// Bands are those of every week sorted anew, whether the series keep their order or
// overtake each other all the time.
func TestBandsOfCalmAndWildSeries(t *testing.T) {
	luck := rand.New(rand.NewPCG(1, 1))
	for _, drift := range []float64{0, 1, 1000} {
		series := make([][]float64, 200)
		for k := range series {
			series[k] = make([]float64, 30-k%2)
			for w := range series[k] {
				series[k][w] = float64(10*k) + drift*luck.NormFloat64()
				if luck.IntN(20) == 0 {
					series[k][w] = nan
				}
			}
		}
		got := Bands(series)
		for w := range got.Mean {
			var values []float64
			for _, s := range series {
				if w < len(s) {
					values = append(values, s[w])
				}
			}
			slices.Sort(values)
			mean, q := Mean(values), Quantiles(values, 0.05, 0.25, 0.5, 0.75, 0.95)
			if got.Counts[w] != mean.N || got.Mean[w] != mean.Estimate || got.Low[w] != mean.Low || got.High[w] != mean.High ||
				!slices.Equal(q, []float64{got.P05[w], got.P25[w], got.P50[w], got.P75[w], got.P95[w]}) {
				t.Fatalf("drift %g, week %d: %v and %v are not those of the week alone, %v and %v", drift, w, got.Mean[w], got.P50[w], mean, q)
			}
		}
	}
}

func BenchmarkBands(b *testing.B) {
	series := make([][]float64, 500)
	for rep := range series {
		series[rep] = make([]float64, 520)
		for week := range series[rep] {
			series[rep][week] = float64((week + 1) * rep * 7919 % 1009)
		}
	}
	for b.Loop() {
		Bands(series)
	}
}
