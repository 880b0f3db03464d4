package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim/experiment"
	"epgsim/sim/store"
)

// drySweep says what a sweep would take, having tried a few of its runs.
func (a *app) drySweep(ctx context.Context, s *experiment.Sweep, o *sweepOptions) error {
	d, path := s.Design, o.dataAt(s.Design)
	status, err := a.previewSweep(ctx, path, s, o.replications, 1)
	if err != nil {
		return err
	}
	a.tellMore(path, o, status.Head.Replications)
	t, err := a.try(ctx, s)
	if err != nil {
		return err
	}
	head, todo := &status.Head, status.Head.Runs()-status.Runs
	if status.Runs > 0 {
		defer fmt.Fprintf(a.out, "%s has %d of the runs already.\n", tell.Harmless(path), status.Runs)
	}
	share := ""
	if o.shard.Count > 1 {
		todo = (todo + o.shard.Count - 1) / o.shard.Count
		share = fmt.Sprintf(" (share %v)", &o.shard)
	}
	workers := o.workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	fmt.Fprintf(a.out, "%s: %s\n", d.Name, d.Title)
	fmt.Fprintf(a.out, "%d rows (%s over %d factors), %d replications of each: %d runs in %d parts\n",
		s.Rows(), d.Method, len(d.Factors), head.Replications, head.Runs(), head.Parts())
	fmt.Fprintf(a.out, "About %s to run%s with %d workers, and about %s on disk, going by %d runs tried.\n",
		tell.Duration(t.perRun()*time.Duration(todo)/time.Duration(workers)), share, workers,
		tell.Size(int64(t.bytes)/int64(max(1, t.runs))*int64(head.Runs())), t.runs)
	a.advise(s)
	if t.failed.N > 0 {
		fmt.Fprintf(a.out, "Of these, %d failed; the first, row %d: %s\n", t.failed.N, t.failed.First.Row, t.failed.First.Reason)
	}
	return nil
}

// sweepHead says what this program's data set of a sweep is of, and the files
// that it begins with.
func (a *app) sweepHead(s *experiment.Sweep, replications int) (store.Head, []store.Source, error) {
	p, err := a.program()
	if err != nil {
		return store.Head{}, nil, err
	}
	head, files := report.SweepHead(p, s, replications)
	return head, files, nil
}

// previewSweep says how far a sweep would be, were it to go on: not at all
// where nothing is. It changes nothing.
func (a *app) previewSweep(ctx context.Context, path string, s *experiment.Sweep, replications, shards int) (*store.Status, error) {
	head, files, err := a.sweepHead(s, replications)
	if err != nil {
		return nil, err
	}
	status, err := store.Preview(ctx, path, head, files, shards)
	if errors.Is(err, store.ErrNoDataset) {
		return &store.Status{Head: head}, nil
	}
	return status, placeError(path, err)
}

// advise says what would make a design better.
func (a *app) advise(s *experiment.Sweep) {
	if advice := s.Advice(); advice != "" {
		fmt.Fprintf(a.out, "Advice: %s.\n", advice)
	}
}

// A trial of a sweep is this long, and of no more runs than this.
const (
	trialTime = time.Second
	trialRuns = 2000
)

// trial is what a few runs of a sweep, spread over its rows, took.
type trial struct {
	runs   int
	took   time.Duration // of one worker
	bytes  counted       // in a data set
	failed report.Failures
}

// perRun is the mean time of one worker for one run.
func (t *trial) perRun() time.Duration { return t.took / time.Duration(max(1, t.runs)) }

// try runs rows spread over the design, one by one by one worker, into a table
// of which nothing is kept but its size.
func (a *app) try(ctx context.Context, s *experiment.Sweep) (*trial, error) {
	t := &trial{}
	table := store.Table{Name: "trial", Columns: report.SweepTables(s)[0].Columns}
	err := store.WriteTable(&t.bytes, store.Parquet, table, func(w *store.TableWriter) error {
		return t.run(ctx, s, report.SinkInto(w, s, &t.failed), a.now)
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

func (t *trial) run(ctx context.Context, s *experiment.Sweep, sink *report.SweepSink, now func() time.Time) error {
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
	}, func(experiment.Piece) (experiment.Sink, error) { return sink, nil }, func(experiment.Piece) { t.runs++ })
	t.took = now().Sub(started)
	if ctx.Err() != nil || short.Err() == nil {
		return err
	}
	return nil // time was over, as it should be
}

// counted is how many bytes were written to it.
type counted int64

func (n *counted) Write(b []byte) (int, error) {
	*n += counted(len(b))
	return len(b), nil
}
