package sim

import (
	"fmt"
	"testing"
)

// BenchmarkReplication runs whole replications of the default group: three
// years of project, two of follow-up. It reports ns per SME and week, and a
// fixed reference loop beside it lets the ratio be compared between machines.
func BenchmarkReplication(b *testing.B) {
	for _, f := range forms {
		for _, recorded := range []bool{false, true} {
			name := f.name
			if recorded {
				name += "-recorded"
			}
			b.Run(name, func(b *testing.B) {
				p := at(map[string]float64{"group.focus": f.focus})
				g := NewGroup()
				if recorded {
					g.Record(new(Series))
				}
				for r := range uint64(50) {
					g.Run(&p, 1, r) // grows every slice as far as it will
				}
				b.ReportAllocs()
				b.ResetTimer()
				for r := range b.N {
					g.Run(&p, 1, uint64(r%50))
				}
				smeWeeks := float64(b.N) * float64(p.TotalWeeks()*p.Size())
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/smeWeeks, "ns/SME-week")
			})
		}
	}
}

// BenchmarkReference is a fixed amount of the arithmetic the model is made
// of: an addressed pair of draws, one of them made normal, and sixteen
// divisions.
func BenchmarkReference(b *testing.B) {
	l, s := NewLuck(1, 1), 0.0
	for k := range b.N {
		x, y := l.pair(drawWorkload, 1, k)
		z := normal(x)
		for d := range 16 {
			y = 1 / (1.5 + float64(0.25*y) + float64(0.001*float64(d)))
		}
		s += y + z
	}
	sink = s
}

// After warm-up a replication allocates nothing.
func TestReplicationsDoNotAllocate(t *testing.T) {
	for _, f := range forms {
		for _, open := range []float64{0, 1} {
			t.Run(fmt.Sprint(f.name, open), func(t *testing.T) {
				p := at(map[string]float64{"group.focus": f.focus, "group.open": open})
				g := NewGroup()
				g.Record(new(Series))
				for r := range uint64(100) {
					g.Run(&p, 1, r)
				}
				r := uint64(0)
				if n := testing.AllocsPerRun(100, func() { g.Run(&p, 1, r%100); r++ }); n != 0 {
					t.Errorf("%v allocations a replication", n)
				}
			})
		}
	}
}
