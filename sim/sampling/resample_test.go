package sampling

import (
	"math"
	"slices"
	"testing"
)

// times counts how often each of so many rows was drawn.
func times(drawn []int, rows int) []int {
	n := make([]int, rows)
	for _, row := range drawn {
		n[row]++
	}
	return n
}

// Of equal weights none comes twice while there are enough, and none is left out
// where there are too few.
func TestResampleOfEqualWeights(t *testing.T) {
	for _, weight := range []float64{1, 1.0 / 300, 1e-9, 1e9} {
		weights := slices.Repeat([]float64{weight}, 300)
		for seed := range uint64(40) {
			for n, most := range map[int]int{1: 1, 7: 1, 299: 1, 300: 1, 600: 2, 1000: 4} {
				for row, k := range times(Resample(weights, n, seed), 300) {
					if k > most || n >= 300 && k < n/300 {
						t.Fatalf("weight %g, seed %d, %d drawn: row %d came %d times", weight, seed, n, row, k)
					}
				}
			}
		}
	}
}

// A row comes as often as its weight says, rounded up or down, and on average
// exactly so; what comes first is a sample too.
func TestResampleByWeight(t *testing.T) {
	weights := []float64{5, 1, 0.5, 0.25, 0.25, 3}
	const n, seeds = 20, 4000
	sum, first := make([]float64, len(weights)), make([]float64, len(weights))
	for seed := range uint64(seeds) {
		drawn := Resample(weights, n, seed)
		for row, k := range times(drawn, len(weights)) {
			if want := n * weights[row] / 10; math.Abs(float64(k)-want) >= 1 {
				t.Fatalf("seed %d: row %d came %d times, want about %g", seed, row, k, want)
			}
			sum[row] += float64(k)
		}
		first[drawn[0]]++
	}
	for row, w := range weights {
		share := w / 10
		if got := sum[row] / (n * seeds); math.Abs(got-share) > 0.001 {
			t.Errorf("row %d is %.4f of all, want %.4f", row, got, share)
		}
		if got := first[row] / seeds; math.Abs(got-share) > 4*math.Sqrt(share/seeds) {
			t.Errorf("row %d comes first in %.4f, want %.4f", row, got, share)
		}
	}
}

// The same seed draws the same, on every platform.
func TestResampleGolden(t *testing.T) {
	got := Resample([]float64{0.1, 0.2, 0.3, 0.4, 0.5}, 8, 7)
	if want := []int{4, 3, 3, 2, 4, 1, 1, 0}; !slices.Equal(got, want) {
		t.Errorf("drawn %v, want %v", got, want)
	}
	if slices.Equal(got, Resample([]float64{0.1, 0.2, 0.3, 0.4, 0.5}, 8, 8)) {
		t.Error("another seed draws the same")
	}
}
