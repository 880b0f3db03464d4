package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/tell"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// sweepOptions are the flags of sweep, and of the commands that begin one.
type sweepOptions struct {
	out          string
	replications int
	asked        bool // for so many replications, and not by the design
	seed         uint64
	workers      int
	set          []string
	shard        share
	quiet        bool
	dry          bool
}

func (a *app) sweep() *cobra.Command {
	o := &sweepOptions{}
	cmd := &cobra.Command{
		Use:   "sweep DESIGN",
		Short: "Run a parameter sweep into a data set; resumes, splits over machines",
		Long: `sweep runs every row of a design so many times and keeps the results in a data
set: a directory of Parquet files, each whole or not there. Stopped or killed at
any moment, the same command goes on where it was; more --replications extend
what is there. The bytes are the same whatever the number of workers, shards,
machines and interruptions.

DESIGN is a file or the name of a shipped design (epgsim sweep list).`,
		Example: `  epgsim sweep focus-by-years --dry-run
  epgsim sweep focus-by-years --replications 20`,
		Args:              oneDesign,
		ValidArgsFunction: completeDesign,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := o.read(cmd, args[0])
			if err != nil {
				return err
			}
			if o.dry {
				return a.drySweep(cmd.Context(), s, o)
			}
			return a.runSweep(cmd.Context(), s, o)
		},
	}
	o.add(cmd)
	cmd.Flags().BoolVar(&o.dry, "dry-run", false, "say how many runs it is, how long it may take and how large it gets; run nothing for good")
	cmd.Flags().Var(&o.shard, "shard", "run only the i-th of n shares: --shard 1/8; each share may run on another machine")
	cmd.AddCommand(a.sweepList(), a.sweepShow(), a.sweepNew(), a.sweepStatus(), a.sweepExport(), a.sweepMerge(), a.sweepSlurm(), a.sweepK8s())
	return cmd
}

// add declares the flags that a sweep and a sensitivity analysis share.
func (o *sweepOptions) add(cmd *cobra.Command) {
	o.addDesign(cmd)
	f := cmd.Flags()
	f.IntVar(&o.workers, "workers", 0, "simulations at a time; never changes a result (default one per processor)")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "no progress, only results")
}

// addDesign declares the flags that say what is swept and where to.
func (o *sweepOptions) addDesign(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVarP(&o.out, "out", "o", "", "directory of the data set (default out/DESIGN-sweep)")
	f.IntVarP(&o.replications, "replications", "n", 0, "replications of each row; more than the data set has extend it (default as in the design)")
	f.Uint64Var(&o.seed, "seed", 0, "seed of points and luck (default as in the design)")
	f.StringArrayVar(&o.set, "set", nil, "change a parameter of the scenario: --set project.years=5 (may be given again)")
	_ = cmd.RegisterFlagCompletionFunc("set", completeKeys)
}

// share is one of several parts of a sweep, as a flag.
type share struct{ store.Shard }

func (s *share) String() string {
	if s.Count == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.Index, s.Count)
}

func (*share) Type() string { return "i/n" }

func (s *share) Set(text string) (err error) {
	s.Shard, err = store.ParseShard(text)
	return err
}

// read reads a design with the flags laid over it.
func (o *sweepOptions) read(cmd *cobra.Command, name string) (*experiment.Sweep, error) {
	d, err := loadDesign(name, o.set)
	if err != nil {
		return nil, err
	}
	if cmd.Flags().Changed("seed") {
		d.Seed = o.seed
	}
	o.asked = cmd.Flags().Changed("replications")
	switch {
	case o.asked && (o.replications < 1 || o.replications > mostReplications):
		return nil, usagef("--replications = %d: must be within 1..%d", o.replications, mostReplications)
	case !o.asked:
		o.replications = d.Replications
	}
	if err := checkWorkers(o.workers); err != nil {
		return nil, err
	}
	return experiment.NewSweep(d)
}

// loadDesign reads a design and applies --set, reporting all that is wrong at
// once.
func loadDesign(name string, set []string) (*scenario.Design, error) {
	d, err := scenario.LoadDesign(name)
	if err == nil {
		err = applySettings(d, set)
	}
	if err != nil {
		return nil, err
	}
	return d, d.Check()
}

// place is the directory of the data set. It has no number behind it: what is
// there is gone on with.
func (o *sweepOptions) place(d *scenario.Design) string {
	return cmp.Or(o.out, filepath.Join("out", d.Name+"-sweep"))
}

// runSweep runs what is missing of a data set.
func (a *app) runSweep(ctx context.Context, s *experiment.Sweep, o *sweepOptions) error {
	started := a.now()
	path := o.place(s.Design)
	set, err := a.openSweep(ctx, path, s, o)
	if err != nil {
		return err
	}
	defer set.Close()
	runs, failed, err := a.runParts(ctx, s, o, set)
	if err != nil {
		return err
	}
	missing, err := set.Finish(ctx)
	if err != nil {
		return a.kept(err)
	}
	head := set.Head()
	a.tellSweep(s, &head, set.Extended(), path, runs, a.now().Sub(started))
	a.advise(s)
	failed.tell(a.out)
	if missing > 0 {
		fmt.Fprintf(a.out, "This share is finished; %d parts of others are missing. See 'epgsim sweep status %s'.\n", missing, tell.Harmless(path))
	}
	return nil
}

// runParts runs the missing parts of the data set's share.
func (a *app) runParts(ctx context.Context, s *experiment.Sweep, o *sweepOptions, set *store.Dataset) (runs int, failed *failures, err error) {
	todo := a.wanted(set.Missing())
	for _, p := range todo {
		runs += p.Runs()
	}
	bar := a.progress("sweeping", runs, o.quiet)
	defer bar.finish()
	failed = &failures{}
	err = s.Run(ctx, o.workers, func() (p experiment.Piece, ok bool) {
		if ok = len(todo) > 0; ok {
			p, todo = experiment.Piece(todo[0]), todo[1:]
		}
		return p, ok
	}, func(p experiment.Piece) (experiment.Sink, error) {
		w, err := set.Begin(store.Part(p))
		if err != nil {
			return nil, err
		}
		return newSweepSink(w, s, failed), nil
	}, func(p experiment.Piece) {
		bar.add(p.Rows * p.Replications)
	})
	return runs, failed, a.kept(err)
}

// tellSweep says what was done; before is how many replications there were, if
// they have been extended.
func (a *app) tellSweep(s *experiment.Sweep, head *store.Head, before int, path string, runs int, took time.Duration) {
	d := s.Design
	fmt.Fprintf(a.out, "%s: %s\n%d rows (%s), %d replications of each on common luck, seed %d\n",
		d.Name, d.Title, s.Rows(), d.Method, head.Replications, d.Seed)
	if before > 0 {
		fmt.Fprintf(a.out, "Extended from %d replications to %d.\n", before, head.Replications)
	}
	if runs > 0 {
		fmt.Fprintf(a.out, "%d runs in %s, %.0f a second\n", runs, took.Round(10*time.Millisecond), float64(runs)/took.Seconds())
	} else {
		fmt.Fprintln(a.out, "Nothing was left to run.")
	}
	fmt.Fprintf(a.out, "Data set: %s\n", tell.Harmless(path))
}

// openSweep creates the data set of a sweep, or goes on with it.
func (a *app) openSweep(ctx context.Context, path string, s *experiment.Sweep, o *sweepOptions) (*store.Dataset, error) {
	head, files, err := a.sweepHead(s, o.replications)
	if err != nil {
		return nil, err
	}
	set, err := store.OpenDataset(ctx, path, head, files, o.shard.Shard)
	if err != nil {
		return nil, a.kept(placeError(path, err))
	}
	for _, w := range set.Warnings() {
		fmt.Fprintln(tell.HarmlessWriter(a.err), w)
	}
	a.tellMore(path, o, set.Head().Replications)
	return set, nil
}

// tellMore says that a data set has more replications than were asked for.
func (a *app) tellMore(path string, o *sweepOptions, there int) {
	if o.asked && o.replications < there {
		fmt.Fprintf(tell.HarmlessWriter(a.err), "%s has %d replications of each row already, and keeps them all: --replications %d is not used\n", path, there, o.replications)
	}
}

// completeDesign offers the shipped designs and lets the shell offer files.
func completeDesign(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	for _, d := range scenario.ShippedDesigns() {
		names = append(names, d.Name+"\t"+d.Title)
	}
	return names, cobra.ShellCompDirectiveDefault
}
