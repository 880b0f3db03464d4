package sim

import (
	"fmt"
	"testing"
)

// BenchmarkReplication runs whole replications of the default group: three
// years of project, two after it. It reports ns per SME and week, and a
// fixed reference loop beside it lets the ratio be compared between machines.
func BenchmarkReplication(b *testing.B) {
	for _, f := range forms {
		for _, recorded := range []bool{false, true} {
			name := f.name
			if recorded {
				name += "-recorded"
			}
			b.Run(name, func(b *testing.B) {
				p := at(map[string]float64{"group.focus": f.focus, "project.horizon": 5})
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

// BenchmarkReference is the unit in which speed is told.
func BenchmarkReference(b *testing.B) {
	referenceLoops(b.N)
}

// referenceLoops are a fixed amount of the arithmetic the model is made of: an addressed
// pair of draws, one of them made normal, and sixteen divisions.
func referenceLoops(n int) {
	l, s := newLuck(1, 1), 0.0
	for k := range n {
		x, y := l.pair(drawWorkload, 1, k)
		z := normal(x)
		for d := range 16 {
			y = 1 / (1.5 + float64(0.25*y) + float64(0.001*float64(d)))
		}
		s += y + z
	}
	sink = s
}

const (
	kernelWeeks    = 260
	kernelChecksum = 4676.4356530696678 // as kernel.c prints it
)

// BenchmarkKernel runs the inner part of a week alone, workloads, joint work of
// every pair and drift of trust, which testdata/kernel.c does too: the same
// draws, the same bits.
func BenchmarkKernel(b *testing.B) {
	kernel, sum := newKernel(), 0.0
	for range b.N {
		sum = kernel()
	}
	if sum != kernelChecksum {
		b.Errorf("the checksum is %.17g, that of kernel.c %.17g", sum, kernelChecksum)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*kernelWeeks*5), "ns/SME-week")
}

// newKernel returns what runs the kernel, five SMEs, and returns its checksum.
func newKernel() func() float64 {
	p := at(map[string]float64{"workload.mean": 0.4, "workload.shock": 0.1, "trust.weight": 0.3, "trust.loss": 2,
		"trust.prior": 2, "trust.start": 0.5, "group.prior_ties": 0, "norms.sharing": 0.5, "norms.sharing_spread": 0, "joint.temptation": 0.4, "joint.noise": 0.1})
	p.ListedSMEs = make([]SMESpec, 5)
	g := NewGroup()
	return func() float64 {
		g.Reset(&p, 1, 1)
		for i := range g.n {
			m := &g.members[i]
			m.commitment, m.capacity, m.workload, m.activity = 0.8, 8, 0.4, 0.8*(1-0.4)
			for j := range g.n {
				g.pairs.complementarity[i][j], g.pairs.rivalry[i][j] = 0.5, 0.1
			}
		}
		for g.week = range kernelWeeks {
			g.drawWorkloads()
			for i := range g.n {
				for j := i + 1; j < g.n; j++ {
					u, v := g.luck.pair(drawJointWork, pairOf(i, j), g.week)
					a, b := g.contribution(i, j, u), g.contribution(j, i, v)
					both := least(a, b)
					g.experience(i, j, true, float64(p.Trust.Weight*both))
					g.experience(j, i, true, float64(p.Trust.Weight*both))
					g.experience(i, j, false, float64(p.Trust.Weight*(a-both)))
					g.experience(j, i, false, float64(p.Trust.Weight*(b-both)))
				}
			}
			g.driftTrust()
		}
		sum := 0.0
		for i := range g.n {
			m := &g.members[i]
			sum += m.ledger.Hours[UseAvailable] + m.trusting + m.activity
		}
		return sum
	}
}

// After warm-up a replication allocates nothing.
func TestReplicationsDoNotAllocate(t *testing.T) {
	for _, f := range forms {
		for _, open := range []float64{0, 1} {
			t.Run(fmt.Sprint(f.name, open), func(t *testing.T) {
				p := at(map[string]float64{"group.focus": f.focus, "group.open": open})
				if open != 0 { // and all that lasting groups have
					for i := range Mechanisms {
						if m := &Mechanisms[i]; m.probe != nil {
							m.probe(&p)
						}
					}
				}
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
