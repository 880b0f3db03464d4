package experiment

import (
	"runtime"
	"testing"
	"time"
)

// BenchmarkWorkers reports how much faster two workers are than one.
func BenchmarkWorkers(b *testing.B) {
	arms := twoForms()
	run := func(workers int) time.Duration {
		start := time.Now()
		if err := Run(b.Context(), arms, Plan{Seed: 1, Replications: 200, Workers: workers}, func(Row) error { return nil }); err != nil {
			b.Fatal(err)
		}
		return time.Since(start)
	}
	var one, two time.Duration
	for b.Loop() {
		one += run(1)
		two += run(2)
	}
	b.ReportMetric(float64(one)/float64(two), "speed-up")
	b.ReportMetric(float64(runtime.GOMAXPROCS(0)), "processors")
}
