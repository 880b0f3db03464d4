package main

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim/experiment"
	"epgsim/sim/store"
)

// sweepDone is what running the missing parts of a data set came to.
type sweepDone struct {
	head     store.Head
	extended int // from so many replications; else 0
	runs     int
	failed   *report.Failures
	missing  int // parts of other shares
}

// runSweep runs what is missing of a data set and says what was done.
func (a *app) runSweep(ctx context.Context, s *experiment.Sweep, o *sweepOptions) error {
	started := a.now()
	path, d := o.dataAt(s.Design), s.Design
	done, err := a.sweepInto(ctx, path, s, o)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%s: %s\n%d rows (%s), %d replications of each on common luck, seed %d\n",
		d.Name, d.Title, s.Rows(), d.Method, done.head.Replications, d.Seed)
	if done.extended > 0 {
		fmt.Fprintf(a.out, "Extended from %d replications to %d.\n", done.extended, done.head.Replications)
	}
	if took := a.now().Sub(started); done.runs > 0 {
		fmt.Fprintf(a.out, "%d runs in %s, %.0f a second\n", done.runs, took.Round(10*time.Millisecond), float64(done.runs)/took.Seconds())
	} else {
		fmt.Fprintln(a.out, "Nothing was left to run.")
	}
	fmt.Fprintf(a.out, "Data set: %s\n", tell.Harmless(path))
	a.advise(s)
	fmt.Fprint(a.out, done.failed)
	if done.missing > 0 {
		fmt.Fprintf(a.out, "This share is finished; %d parts of others are missing. See 'epgsim sweep status %s'.\n", done.missing, tell.Harmless(path))
	}
	return nil
}

// sweepInto runs what is missing of the data set at a path.
func (a *app) sweepInto(ctx context.Context, path string, s *experiment.Sweep, o *sweepOptions) (done *sweepDone, err error) {
	set, err := a.openSweep(ctx, path, s, o)
	if err != nil {
		return nil, err
	}
	defer func() { err = cmp.Or(err, set.Close()) }()
	done = &sweepDone{extended: set.Extended()}
	if done.runs, done.failed, err = a.runParts(ctx, s, o, set); err != nil {
		return nil, err
	}
	done.missing, err = set.Finish(ctx)
	done.head = set.Head()
	return done, a.kept(err)
}

// runParts runs the missing parts of the data set's share.
func (a *app) runParts(ctx context.Context, s *experiment.Sweep, o *sweepOptions, set *store.Dataset) (runs int, failed *report.Failures, err error) {
	todo := a.wanted(set.Missing())
	runs, failed = runsOf(todo), &report.Failures{}
	p := pieces{todo: todo, bar: a.progress("sweeping", runs, o.quiet)}
	defer p.bar.finish()
	err = s.Run(ctx, o.workers, p.next, into(set, func(w *store.PartWriter) experiment.Sink { return report.NewSweepSink(w, s, failed) }), p.done)
	return runs, failed, a.kept(err)
}

// openSweep creates the data set of a sweep, or goes on with it.
func (a *app) openSweep(ctx context.Context, path string, s *experiment.Sweep, o *sweepOptions) (*store.Dataset, error) {
	head, files, err := a.sweepHead(s, o.replications)
	if err != nil {
		return nil, err
	}
	set, err := a.openSet(ctx, path, head, files, o.shard)
	if err != nil {
		return nil, err
	}
	a.tellMore(path, o, set.Head().Replications)
	a.warn(s.Design.Scenario)
	return set, nil
}

// tellMore says that a data set has more replications than were asked for.
func (a *app) tellMore(path string, o *sweepOptions, there int) {
	if o.asked && o.replications < there {
		fmt.Fprintf(tell.HarmlessWriter(a.err), "%s has %d replications of each row already, and keeps them all: --replications %d is not used\n", path, there, o.replications)
	}
}
