package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim/decide"
	"epgsim/sim/experiment"
	"epgsim/sim/store"
)

// runWorlds runs what is missing of a decision's data set, batch by batch: which
// options meet a batch is known when all batches before it are there. It says how
// many parts are missing in the end, those of other shares.
func (a *app) runWorlds(ctx context.Context, path string, c *decide.Case, o *decideOptions) (missing int, err error) {
	first := 1
	if a.only != nil { // made again to be compared: it comes to as many batches
		first = o.most / c.Decision.Worlds
	}
	set, err := a.openWorlds(ctx, path, c, o, first)
	if err != nil {
		return 0, err
	}
	defer func() {
		if set != nil {
			err = cmp.Or(err, set.Close())
		}
	}()
	for batch := 0; ; batch++ {
		begun := set.Head().Replications / c.Luck
		in, goOn, err := whoMeets(ctx, path, c, batch, max(begun, o.most/c.Decision.Worlds))
		if errors.Is(err, fs.ErrNotExist) || err == nil && !goOn { // the parts before are of another share; or that is enough
			break
		}
		if err == nil && batch == begun {
			if err = set.Close(); err == nil {
				set, err = a.openWorlds(ctx, path, c, o, batch+1)
			}
		}
		if err == nil {
			err = a.runBatch(ctx, c, o, set, batch, in)
		}
		if err != nil {
			return 0, err
		}
	}
	return set.Finish(ctx)
}

// whoMeets says which options meet a batch, and whether there is to be one, of so
// many at most.
func whoMeets(ctx context.Context, path string, c *decide.Case, batch, most int) (in []bool, goOn bool, err error) {
	if batch == 0 {
		for range c.Decision.Options {
			in = append(in, true)
		}
		return in, true, nil
	}
	s, err := report.ReadSample(ctx, path, c, batch)
	if err != nil {
		return nil, false, err
	}
	p := c.Progress(s)
	return p.In, !p.Ended() && batch < most && !c.Exhausted(batch), nil
}

// openWorlds creates the data set of a decision, or goes on with it.
func (a *app) openWorlds(ctx context.Context, path string, c *decide.Case, o *decideOptions, batches int) (*store.Dataset, error) {
	p, err := a.program()
	if err != nil {
		return nil, err
	}
	head, files := report.DecisionHead(p, c, batches)
	set, err := store.OpenDataset(ctx, path, head, files, o.shard.Shard)
	if err != nil {
		return nil, placeError(path, err)
	}
	for _, w := range set.Warnings() {
		fmt.Fprintln(tell.HarmlessWriter(a.err), w)
	}
	if batches == 1 {
		a.warn(c.Decision.Scenario)
	}
	return set, nil
}

// runBatch runs the missing parts of a batch, of this share.
func (a *app) runBatch(ctx context.Context, c *decide.Case, o *decideOptions, set *store.Dataset, batch int, in []bool) error {
	var todo []store.Part
	runs := 0
	for _, p := range a.wanted(set.Missing()) {
		if p.FirstReplication/c.Luck == batch {
			todo, runs = append(todo, p), runs+p.Runs()
		}
	}
	left, options := 0, len(in)
	for _, is := range in {
		if is {
			left++
		}
	}
	bar := a.progress(fmt.Sprintf("worlds %d to %d, %s", batch*c.Decision.Worlds+1, (batch+1)*c.Decision.Worlds, tell.Plural(left, "option", "options")), runs*left/options, o.quiet)
	defer bar.finish()
	return c.Run(ctx, o.workers, in, func() (p experiment.Piece, ok bool) {
		if ok = len(todo) > 0; ok {
			p, todo = experiment.Piece(todo[0]), todo[1:]
		}
		return p, ok
	}, func(p experiment.Piece) (decide.Sink, error) {
		w, err := set.Begin(store.Part(p))
		if err != nil {
			return nil, err
		}
		return report.NewDecisionSink(w, c), nil
	}, func(p experiment.Piece) {
		bar.add(p.Rows * p.Replications * left / options)
	})
}
