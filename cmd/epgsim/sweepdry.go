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
	d, path := s.Design, o.place(s.Design)
	status, err := a.previewSweep(ctx, path, s, o.replications, 1)
	if err != nil {
		return err
	}
	a.tellMore(path, o, status.Head.Replications)
	t, err := report.Try(ctx, s, a.now)
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
		tell.Duration(t.PerRun()*time.Duration(todo)/time.Duration(workers)), share, workers,
		tell.Size(int64(t.Bytes)/int64(max(1, t.Runs))*int64(head.Runs())), t.Runs)
	a.advise(s)
	fmt.Fprint(a.out, t.Failed())
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
