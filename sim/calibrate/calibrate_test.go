package calibrate

import (
	"os"
	"sync"
	"testing"

	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// study says whether studies of error rates, which take minutes, are made in full.
func study() bool { return os.Getenv("EPGSIM_STUDY") != "" }

// memory is a sink that adds runs to a wave.
type memory struct {
	mu *sync.Mutex
	w  *Wave
}

func (m memory) Put(r *Run) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.w.Add(r)
	return nil
}
func (memory) Close() error { return nil }
func (memory) Abort()       {}

// simulate runs a wave.
func simulate(t testing.TB, s *Study, w *Wave, workers int) {
	t.Helper()
	at := 0
	sink := memory{&sync.Mutex{}, w}
	err := s.Run(t.Context(), workers, w, func() (p experiment.Piece, ok bool) {
		p = experiment.Piece{FirstRow: at, Rows: min(s.Shape(), s.Rows()-at), FirstReplication: w.Number, Replications: 1}
		at += p.Rows
		return p, p.Rows > 0
	}, func(experiment.Piece) (Sink, error) { return sink, nil }, func(experiment.Piece) {})
	if err != nil {
		t.Fatal(err)
	}
}

func BenchmarkWorld(b *testing.B) {
	t, err := scenario.LoadTargets("outside")
	if err != nil {
		b.Fatal(err)
	}
	s, err := New(t)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d unknowns, %d runs a world", len(s.Targets.Unknowns), s.PerWorld())
	for i := range s.Targets.Unknowns {
		b.Log(s.Targets.Unknowns[i].Parameter.Name)
	}
	w := s.NewSample().Plan()
	sim := s.newSimulator(w)
	for b.Loop() {
		if err := sim.simulate(b.Context(), 3); err != nil {
			b.Fatal(err)
		}
	}
	b.Log(sim.run)
}
