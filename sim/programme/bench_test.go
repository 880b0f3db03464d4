package programme

import (
	"testing"

	"epgsim/sim/scenario"
)

// BenchmarkApplicant is an applicant of the shipped programme under all that may be
// given to it, its SMEs alone included. Group-years are those of the runs of groups.
func BenchmarkApplicant(b *testing.B) {
	p, err := scenario.LoadProgramme("finnish-programme")
	if err != nil {
		b.Fatal(err)
	}
	s := New(p)
	w, by := s.newSimulator(), s.whoMay(0)
	runs, n := 0, 0
	b.ReportAllocs()
	for b.Loop() {
		w.simulate(0, n%p.Applicants, by[n%p.Applicants])
		runs += len(w.run.Outcomes)
		n++
	}
	b.ReportMetric(float64(runs)*p.Horizon/b.Elapsed().Seconds(), "group-years/s")
}

// BenchmarkDraw lets everybody of a draw apply under all policies.
func BenchmarkDraw(b *testing.B) {
	p, err := scenario.LoadProgramme("finnish-programme")
	if err != nil {
		b.Fatal(err)
	}
	s := New(p)
	for b.Loop() {
		s.queues(0)
	}
}
