package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/tell"
	"epgsim/sim/experiment"
	"epgsim/sim/store"
)

// openSet creates a data set, or goes on with it, as the writer of a share.
func (a *app) openSet(ctx context.Context, path string, head store.Head, files []store.Source, of share) (*store.Dataset, error) {
	set, err := store.OpenDataset(ctx, path, head, files, of.Shard)
	if err != nil {
		return nil, a.kept(placeError(path, err))
	}
	for _, w := range set.Warnings() {
		fmt.Fprintln(tell.HarmlessWriter(a.err), w)
	}
	return set, nil
}

// growing is a data set to which waves or batches are added one after another.
type growing struct {
	*store.Dataset // nil where it could not be opened again
	open           func(replications int) (*store.Dataset, error)
}

// grow has room made for so many replications.
func (g *growing) grow(replications int) (err error) {
	if err = g.Dataset.Close(); err == nil {
		g.Dataset, err = g.open(replications)
	}
	return err
}

// Close gives the data set free, whatever became of it.
func (g *growing) Close() error {
	if g.Dataset == nil {
		return nil
	}
	return g.Dataset.Close()
}

// pieces are the missing parts of a data set that a command runs, below a bar.
type pieces struct {
	todo []store.Part
	bar  *progress
	cost func(runs int) int // what the bar counts of a piece; nil: its runs
}

// runsOf is how many runs parts have.
func runsOf(parts []store.Part) (runs int) {
	for _, p := range parts {
		runs += p.Runs()
	}
	return runs
}

// next gives the next piece.
func (p *pieces) next() (piece experiment.Piece, ok bool) {
	if ok = len(p.todo) > 0; ok {
		piece, p.todo = experiment.Piece(p.todo[0]), p.todo[1:]
	}
	return piece, ok
}

// done counts a piece that is finished.
func (p *pieces) done(piece experiment.Piece) {
	runs := piece.Rows * piece.Replications
	if p.cost != nil {
		runs = p.cost(runs)
	}
	p.bar.add(runs)
}

// into opens the sink of a piece.
func into[S any](set *store.Dataset, sink func(*store.PartWriter) S) func(experiment.Piece) (S, error) {
	return func(p experiment.Piece) (s S, err error) {
		w, err := set.Begin(store.Part(p))
		if err != nil {
			return s, err
		}
		return sink(w), nil
	}
}

// look says what is wrong with the place of results before hours are spent on them. Where
// none was asked for, a free one is found.
func (o *options) look(name string) error {
	if o.out == "" && !o.force {
		return nil
	}
	place := o.place(name)
	if err := store.Look(place, o.force); err != nil {
		return placeError(place, err)
	}
	return nil
}

// tellUnfinished says where a data set is of which other shares are missing.
func (a *app) tellUnfinished(data, what string) {
	data = tell.Harmless(data)
	fmt.Fprintf(a.out, "Data set: %s\n%s; parts of others are missing. See 'epgsim sweep status %s'; when they are there, type this again.\n", data, what, data)
}

// noDataset makes an error of usage of a directory that holds no data set.
func noDataset(err error) error {
	if errors.Is(err, store.ErrNoDataset) {
		return usageError{err}
	}
	return err
}

// studying are the flags of commands that simulate into a data set of their own, and tell
// what it says.
type studying struct {
	options
	data  string
	shard share
	only  bool // simulate, and tell nothing
}

// add declares them; the data set has a name of its own beside that of the command.
func (o *studying) add(cmd *cobra.Command, command, data string) {
	f := cmd.Flags()
	addOut(cmd, &o.out, "directory for report, figures and tables (default out/NAME-"+command+", numbered when that is taken)")
	f.Var(location{&o.data}, "data", "directory of the data set (default out/NAME-"+data+"-HASH)")
	f.Var(&o.shard, "shard", "simulate only the i-th of n shares: --shard 1/8; each share may run on another machine")
	f.BoolVar(&o.only, "simulate-only", false, "simulate what is missing of the data set, and tell nothing")
	addWorkers(cmd, &o.workers)
	addQuiet(cmd, &o.quiet)
	o.addTables(cmd)
	o.addLooks(cmd)
}

// dataAt is the directory of the data set of what has a name and a hash. One that is made
// again to be compared is beside the results, to be thrown away with them.
func (o *studying) dataAt(name, data, hash string, again bool) string {
	switch {
	case again && o.only:
		return o.out // it is the data set that is made again
	case again:
		return o.out + "-" + data
	}
	return cmp.Or(o.data, filepath.Join("out", fmt.Sprintf("%s-%s-%.8s", name, data, hash)))
}

// calledThen is what a data set was called in results that are made again.
func (a *app) calledThen(data string) string {
	if a.as != nil && len(a.as.Arms) > 0 {
		return a.as.Arms[0]
	}
	return data
}
