package report

import (
	"context"
	"fmt"
	"time"

	"epgsim/sim/experiment"
	"epgsim/sim/store"
)

// A trial of a sweep is this long, and of no more runs than this.
const (
	trialTime = time.Second
	trialRuns = 2000
)

// Trial is what a few runs of a sweep, spread over its rows, took.
type Trial struct {
	Runs  int
	Took  time.Duration // of one worker
	Bytes Counted       // in a data set

	failures Failures
}

// PerRun is the mean time of one worker for one run.
func (t *Trial) PerRun() time.Duration { return t.Took / time.Duration(max(1, t.Runs)) }

// Failed is a line about the runs that failed, or nothing when none did.
func (t *Trial) Failed() string {
	if t.failures.n == 0 {
		return ""
	}
	return fmt.Sprintf("Of these, %d failed; the first, row %d: %s\n", t.failures.n, t.failures.first.row, t.failures.first.reason)
}

// Try runs rows spread over the design, one by one by one worker, into a table
// of which nothing is kept but its size. The clock is the caller's.
func Try(ctx context.Context, s *experiment.Sweep, now func() time.Time) (*Trial, error) {
	t := &Trial{}
	table := store.Table{Name: "trial", Columns: SweepTables(s)[0].Columns}
	err := store.WriteTable(&t.Bytes, store.Parquet, table, func(w *store.TableWriter) error {
		return t.run(ctx, s, SinkInto(w, nil, s, &t.failures), now)
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

func (t *Trial) run(ctx context.Context, s *experiment.Sweep, sink *SweepSink, now func() time.Time) error {
	short, cancel := context.WithTimeout(ctx, trialTime)
	defer cancel()
	started := now()
	tried := 0
	most := min(trialRuns, s.Rows()*s.Design.Replications)
	err := s.Run(short, 1, func() (experiment.Piece, bool) {
		// Multiples of the golden section reach all over the rows, however
		// early time is over.
		const golden = 0.6180339887498949
		at := golden * float64(tried)
		p := experiment.Piece{FirstRow: int((at - float64(int(at))) * float64(s.Rows())), Rows: 1, FirstReplication: tried / s.Rows(), Replications: 1}
		tried++
		return p, tried <= most
	}, func(experiment.Piece) (experiment.Sink, error) { return sink, nil }, func(experiment.Piece) { t.Runs++ })
	t.Took = now().Sub(started)
	if ctx.Err() != nil || short.Err() == nil {
		return err
	}
	return nil // time was over, as it should be
}

// Counted is how many bytes were written to it.
type Counted int64

func (n *Counted) Write(b []byte) (int, error) {
	*n += Counted(len(b))
	return len(b), nil
}
