package sim

import (
	"math"
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
		l := withKey(c.key)
		a, b := l.philox(c.c0, c.c1)
		if a != c.want0 || b != c.want1 {
			t.Errorf("philox(%x, %x, %x) = %x, %x; want %x, %x", c.c0, c.c1, c.key, a, b, c.want0, c.want1)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	l, s := newLuck(1, 1), 0.0
	for k := range b.N {
		s += l.one(drawWorkload, 3, k)
	}
	sink = s
}

var sink float64
