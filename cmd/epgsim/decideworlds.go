package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim/decide"
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
	set := growing{open: func(batches int) (*store.Dataset, error) {
		p, err := a.program()
		if err != nil {
			return nil, err
		}
		head, files := report.DecisionHead(p, c, batches)
		return a.openSet(ctx, path, head, files, o.shard)
	}}
	if set.Dataset, err = set.open(first); err != nil {
		return 0, err
	}
	if a.only == nil {
		a.warn(c.Decision.Scenario)
	}
	defer func() { err = cmp.Or(err, set.Close()) }()
	for batch := 0; ; batch++ {
		begun := set.Head().Replications / c.Luck
		in, goOn, err := whoMeets(ctx, path, c, batch, max(begun, o.most/c.Decision.Worlds))
		if errors.Is(err, fs.ErrNotExist) || err == nil && !goOn { // the parts before are of another share; or that is enough
			break
		}
		if err == nil && batch == begun {
			err = set.grow(batch + 1)
		}
		if err == nil {
			err = a.runBatch(ctx, c, o, set.Dataset, batch, in)
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

// runBatch runs the missing parts of a batch, of this share.
func (a *app) runBatch(ctx context.Context, c *decide.Case, o *decideOptions, set *store.Dataset, batch int, in []bool) error {
	todo := slices.DeleteFunc(a.wanted(set.Missing()), func(p store.Part) bool { return p.FirstReplication/c.Luck != batch })
	left := 0
	for _, is := range in {
		if is {
			left++
		}
	}
	what := fmt.Sprintf("worlds %d to %d, %s", batch*c.Decision.Worlds+1, (batch+1)*c.Decision.Worlds, tell.Plural(left, "option", "options"))
	cost := func(runs int) int { return runs * left / len(in) }
	p := pieces{todo, a.progress(what, cost(runsOf(todo)), o.quiet), cost}
	defer p.bar.finish()
	return c.Run(ctx, o.workers, in, p.next, into(set, func(w *store.PartWriter) decide.Sink { return report.NewDecisionSink(w, c) }), p.done)
}
