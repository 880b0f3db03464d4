package sampling

import (
	"slices"
	"testing"
)

// The rows are those one writes down from the definition: matrices A and B, and
// copies of them with the columns of a group exchanged.
func TestSaltelliIsItsDefinition(t *testing.T) {
	const base, seed = 32, 11
	for _, groups := range [][]int{{0}, {0, 1, 2, 3}, {1, 0, 2, 1, 0}} {
		for _, second := range []bool{false, true} {
			for _, scramble := range []bool{false, true} {
				made, err := Sobol(base, 2*len(groups), scramble, seed)
				halves, _ := table(must(t, made, err))
				made, err = Saltelli(base, groups, second, scramble, seed)
				points, places := table(must(t, made, err))
				wantPoints, wantPlaces := saltelliByHand(halves, groups, second)
				if !same(points, wantPoints) || !slices.Equal(places, wantPlaces) {
					t.Errorf("groups %v, second %t, scramble %t: not the rows of the definition", groups, second, scramble)
				}
			}
		}
	}
}

// A scrambled design of many base samples is made of batches: each is a design
// of its own, like no other, and every dimension of it is evenly spread.
func TestSaltelliComesInBatches(t *testing.T) {
	const base, seed = 128, 3
	groups := []int{0, 1}
	made, err := Saltelli(base, groups, false, true, seed)
	points, places := table(must(t, made, err))
	n := SaltelliBatches(base, true)
	if n != 16 || SaltelliBatches(base, false) != 1 || SaltelliBatches(48, true) != 1 || SaltelliBatches(100, true) != 1 {
		t.Fatalf("%d batches", n)
	}
	const size = base / 16
	seen := map[float64]bool{}
	for batch := range n {
		for d := range groups {
			for _, role := range []Role{A, B} {
				bins := 0
				for row, p := range places {
					if p.Role == role && p.Block/size == batch {
						bins |= 1 << int(points[row][d]*size)
						seen[points[row][d]] = true
					}
				}
				if bins != 1<<size-1 {
					t.Errorf("batch %d, dimension %d of %v: bins %b", batch, d, role, bins)
				}
			}
		}
	}
	if len(seen) != 4*base {
		t.Errorf("%d different numbers of %d: batches are alike", len(seen), 4*base)
	}
}

func saltelliByHand(halves [][]float64, groups []int, second bool) (points [][]float64, places []Place) {
	add := func(x []float64, p Place) { points, places = append(points, x), append(places, p) }
	exchanged := func(into, from []float64, group int) []float64 {
		x := slices.Clone(into)
		for d := range x {
			if groups[d] == group {
				x[d] = from[d]
			}
		}
		return x
	}
	count := slices.Max(groups) + 1
	for j, row := range halves {
		a, b := row[:len(groups)], row[len(groups):]
		add(a, Place{j, A, -1, 0})
		for g := range count {
			add(exchanged(a, b, g), Place{j, AB, g, 0})
		}
		if second {
			for g := range count {
				add(exchanged(b, a, g), Place{j, BA, g, 0})
			}
		}
		add(b, Place{j, B, -1, 0})
	}
	return points, places
}
