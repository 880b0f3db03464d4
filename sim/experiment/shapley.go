package experiment

import (
	"math/bits"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/combin"
)

// Numbers of the method.
const (
	mostExact  = 8  // players of whom all coalitions are run: 256 of them
	orderPairs = 20 // pairs of orders sampled of more players: about as many coalitions
)

// design says which coalitions are run and how they make Shapley values.
type design struct {
	n       int
	sets    []uint64 // bit i: player i is on; the first is nobody
	all     int      // index into sets of everybody
	without []int    // of everybody but player i
	walks   []walk   // sampled orders, each second one the reverse of the one before; none: exact
	pairs   []int    // the pairs of them: 0, 1, 2 …
}

// walk is an order in which players join; at[k]: index of the coalition of the first k.
type walk struct{ order, at []int }

func newDesign(n int, seed uint64) design {
	d := design{n: n}
	known := map[uint64]int{}
	index := func(set uint64) int {
		if _, ok := known[set]; !ok {
			known[set], d.sets = len(d.sets), append(d.sets, set)
		}
		return known[set]
	}
	full := uint64(1)<<n - 1
	for set := uint64(0); n <= mostExact && set <= full; set++ {
		index(set)
	}
	luck := rand.New(rand.NewPCG(seed, 0x6f7264657273)) // "orders"
	for k := 0; n > mostExact && k < 2*orderPairs; k++ {
		w, set := walk{order: luck.Perm(n), at: []int{index(0)}}, uint64(0)
		if k%2 == 1 {
			w.order = slices.Clone(d.walks[k-1].order)
			slices.Reverse(w.order)
			d.pairs = append(d.pairs, k/2)
		}
		for _, i := range w.order {
			set |= 1 << i
			w.at = append(w.at, index(set))
		}
		d.walks = append(d.walks, w)
	}
	d.all = index(full)
	for i := range n {
		d.without = append(d.without, index(full&^(1<<i)))
	}
	return d
}

// shapley returns the Shapley values of the game that gives coalition sets[k]
// the worth worth[k]: exactly, or as the mean over pairs of sampled orders.
func (d *design) shapley(worth []float64, pairs []int) []float64 {
	phi := make([]float64, d.n)
	for j := range 2 * len(pairs) {
		w := d.walks[2*pairs[j/2]+j%2]
		for k, i := range w.order {
			phi[i] += (worth[w.at[k+1]] - worth[w.at[k]]) / float64(2*len(pairs))
		}
	}
	if len(d.walks) > 0 {
		return phi
	}
	// In an exact design coalition k is the one with the bits of k. Of all
	// orders, a share size!(n-size-1)!/n! has just these before i.
	for set, base := range worth {
		orders := float64(d.n * combin.Binomial(d.n-1, bits.OnesCount(uint(set))%d.n))
		for i := range d.n {
			if set>>i&1 == 0 {
				phi[i] += (worth[set|1<<i] - base) / orders
			}
		}
	}
	return phi
}
