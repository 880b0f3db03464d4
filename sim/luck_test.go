package sim

import (
	"math"
	"math/bits"
	"testing"
)

// The known answers are those of the generator's authors (Random123, kat_vectors).
func TestPhiloxKnownAnswers(t *testing.T) {
	const ones = math.MaxUint64
	for _, c := range []struct{ c0, c1, key, want0, want1 uint64 }{
		{0, 0, 0, 0xca00a0459843d731, 0x66c24222c9a845b5},
		{ones, ones, ones, 0x65b021d60cd8310f, 0x4d02f3222f86df20},
		{0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x0a5e742c2997341c, 0xb0f883d38000de5d},
	} {
		a, b := philox(c.c0, c.c1, c.key)
		if a != c.want0 || b != c.want1 {
			t.Errorf("philox(%x, %x, %x) = %x, %x; want %x, %x", c.c0, c.c1, c.key, a, b, c.want0, c.want1)
		}
	}
}

// Draws at neighbouring addresses, along each part of the address, must be
// uniform and must not be related.
func TestNeighbouringAddressesAreIndependent(t *testing.T) {
	const n = 40000
	walks := map[string]func(k int) (float64, float64){
		"weeks":  func(k int) (float64, float64) { return NewLuck(1, 1).pair(drawWorkload, 3, k) },
		"agents": func(k int) (float64, float64) { return NewLuck(1, 1).pair(drawWorkload, k, 3) },
		"pairs": func(k int) (float64, float64) {
			return NewLuck(1, 1).pair(drawJointWork, pairOf(k/32%32, k%32), k/1024)
		},
		"replications": func(k int) (float64, float64) { return NewLuck(1, uint64(k)).pair(drawWorkload, 3, 5) },
		"seeds":        func(k int) (float64, float64) { return NewLuck(uint64(k), 1).pair(drawWorkload, 3, 5) },
		"decisions":    func(k int) (float64, float64) { return NewLuck(1, uint64(k/16)).pair(Decision(k%16), 3, 5) },
		"orders":       func(k int) (float64, float64) { return NewLuck(1, 1).pair(drawOrder, 3, orderAddress(k/16, k%16)) },
	}
	for name, draw := range walks {
		var mean, serial, cross float64
		var cells [64]int
		last := 0.5
		for k := range n {
			a, b := draw(k)
			if a <= 0 || a >= 1 || b <= 0 || b >= 1 {
				t.Fatalf("%s: draw %v, %v outside (0,1)", name, a, b)
			}
			mean += (a - 0.5) / n
			serial += (a - 0.5) * (last - 0.5) * 12 / n
			cross += (a - 0.5) * (b - 0.5) * 12 / n
			cells[int(a*8)*8+int(b*8)]++
			last = a
		}
		chi2 := 0.0
		for _, c := range cells {
			d := float64(c) - n/64.0
			chi2 += d * d / (n / 64.0)
		}
		// Five standard errors; 63 degrees of freedom have a standard deviation of 11.2.
		limit := 5 / math.Sqrt(n)
		if math.Abs(mean) > limit*math.Sqrt(1.0/12) || math.Abs(serial) > limit || math.Abs(cross) > limit || chi2 > 63+5*11.2 {
			t.Errorf("%s: mean %+.4f, serial correlation %+.4f, cross correlation %+.4f, chi2(63) %.0f", name, mean, serial, cross, chi2)
		}
	}
}

// One changed bit of an address changes half of the bits of the draw.
func TestAddressesAvalanche(t *testing.T) {
	for bit := range 64 {
		flips, n := 0, 200
		for k := range uint64(n) {
			a, _ := philox(k, 7, 9)
			b, _ := philox(k^1<<bit, 7, 9)
			flips += bits.OnesCount64(a ^ b)
		}
		if mean := float64(flips) / float64(n); mean < 30 || mean > 34 {
			t.Errorf("bit %d flips %.1f bits of 64", bit, mean)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	l, s := NewLuck(1, 1), 0.0
	for k := range b.N {
		s += l.one(drawWorkload, 3, k)
	}
	sink = s
}

var sink float64
