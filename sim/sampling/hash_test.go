package sampling

import (
	"math"
	"testing"
)

func TestShuffledIsAnOrder(t *testing.T) {
	for _, n := range []int{1, 2, 3, 4, 5, 64, 1000, 4097} {
		for key := range uint64(10) {
			seen := make([]bool, n)
			for x := range n {
				seen[shuffled(address(key, drawBin), n, x)] = true
			}
			for y, ok := range seen {
				if !ok {
					t.Fatalf("%d elements, key %d: none is at %d", n, key, y)
				}
			}
		}
	}
}

// Over seeds, and over the dimensions of one seed, every order is equally
// likely: the whole order of a few elements, and the places of two among more.
func TestShuffledIsUniform(t *testing.T) {
	keys := map[string]func(k int) uint64{
		"seeds":        func(k int) uint64 { return address(uint64(k), drawBin, 0) },
		"dimensions":   func(k int) uint64 { return address(1, drawBin, k) },
		"trajectories": func(k int) uint64 { return address(1, drawOrder, k) },
	}
	for name, key := range keys {
		for _, c := range []struct{ n, elements int }{{2, 1}, {3, 2}, {4, 3}, {5, 4}, {7, 2}, {11, 2}, {100, 1}} {
			const draws = 20000
			counts := map[int]int{}
			for k := range draws {
				cell := 0
				for x := range c.elements {
					cell = cell*c.n + shuffled(key(k), c.n, c.n-1-x)
				}
				counts[cell]++
			}
			cells := 1
			for x := range c.elements {
				cells *= c.n - x
			}
			expected := float64(draws) / float64(cells)
			chi2 := float64(cells-len(counts)) * expected // cells never met
			for _, count := range counts {
				d := float64(count) - expected
				chi2 += d * d / expected
			}
			if free := float64(cells - 1); chi2 > free+5*math.Sqrt(2*free)+5 {
				t.Errorf("%s: %d of %d elements: chi2(%g) = %.0f", name, c.elements, c.n, free, chi2)
			}
		}
	}
}

// The places of neighbours x and x+1, over all x, are uncorrelated.
func TestShuffledPartsNeighbours(t *testing.T) {
	const n = 10000
	for seed := range uint64(10) {
		key := address(seed, drawBin, 0)
		var x, y []float64
		for i := range n - 1 {
			x = append(x, float64(shuffled(key, n, i)))
			y = append(y, float64(shuffled(key, n, i+1)))
		}
		if r := correlation(x, y); math.Abs(r) > 4.5/math.Sqrt(n) {
			t.Errorf("seed %d: correlation of neighbours %.3f", seed, r)
		}
	}
}

// Addresses that differ in one part have unrelated keys.
func TestAddressesAreTold(t *testing.T) {
	seen := map[uint64]bool{}
	for seed := range uint64(10) {
		for d := range drawBatch + 1 {
			for a := range 20 {
				for b := range 20 {
					seen[address(seed, d, a, b)] = true
				}
				seen[address(seed, d, a)] = true
			}
		}
	}
	if want := 10 * 6 * (20*20 + 20); len(seen) != want {
		t.Errorf("%d keys for %d addresses", len(seen), want)
	}
}
