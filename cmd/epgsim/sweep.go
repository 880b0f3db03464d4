package main

import (
	"cmp"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// sweepOptions are the flags of sweep, and of the commands that begin one.
type sweepOptions struct {
	options
	asked bool // for so many replications, and not by the design
	shard share
	dry   bool
}

func (a *app) sweep() *cobra.Command {
	o := &sweepOptions{}
	cmd := &cobra.Command{
		Use:   "sweep DESIGN",
		Short: "Run a parameter sweep into a data set; resumes, splits over machines",
		Long: `sweep runs every row of a design so many times and keeps the results in a data
set: a directory of Parquet files, each whole or not there. Stopped or killed at
any moment, the same command goes on where it was; more --replications extend
what is there. With --worlds each replication is in a world of its own, a draw of all
numbers that nobody knows and no factor varies. The bytes are the same whatever the number of workers, shards,
machines and interruptions.

DESIGN is a file or the name of a shipped design (epgsim sweep list).`,
		Example: `  epgsim sweep focus-by-years --dry-run
  epgsim sweep focus-by-years --replications 20`,
		Args:              designs.demand(),
		ValidArgsFunction: designs.complete(),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := o.read(cmd, args[0])
			if err != nil {
				return err
			}
			a.tellDrawing(s.Worlds, scenario.EndlessBlock, s.Design.Seed)
			if o.dry {
				return a.drySweep(cmd.Context(), s, o)
			}
			return a.runSweep(cmd.Context(), s, o)
		},
	}
	o.add(cmd)
	cmd.Flags().BoolVar(&o.dry, "dry-run", false, "say how many runs it is, how long it may take and how large it gets; run nothing for good")
	cmd.Flags().Var(&o.shard, "shard", "run only the i-th of n shares: --shard 1/8; each share may run on another machine")
	cmd.AddCommand(a.list(&designs), a.show(&designs), a.begin(&designs), a.sweepStatus(), a.sweepExport(), a.sweepMerge(), a.sweepSlurm(), a.sweepK8s())
	return cmd
}

// add declares the flags that a sweep and a sensitivity analysis share.
func (o *sweepOptions) add(cmd *cobra.Command) {
	o.addDesign(cmd)
	o.addSource(cmd)
	addWorkers(cmd, &o.workers)
	addQuiet(cmd, &o.quiet)
}

// addSource declares the flags that say in which worlds the sweep is.
func (o *sweepOptions) addSource(cmd *cobra.Command) {
	o.source.add(cmd, "put each replication in a world of its own, the same for all rows: plausible, or a FILE, such as calibrate leaves (default all at the scenario's numbers)")
}

// addDesign declares the flags that say what is swept and where to.
func (o *sweepOptions) addDesign(cmd *cobra.Command) {
	f := cmd.Flags()
	addOut(cmd, &o.out, "directory of the data set (default out/DESIGN-sweep)")
	f.IntVarP(&o.replications, "replications", "n", 0, "replications of each row; more than the data set has extend it (default as in the design)")
	f.Uint64Var(&o.seed, "seed", 0, "seed of points and luck (default as in the design)")
	addSet(cmd, &o.set, " of the scenario")
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
	if o.asked = cmd.Flags().Changed("replications"); o.asked {
		err = checkReplications(o.replications)
	} else {
		o.replications = d.Replications
	}
	if err = cmp.Or(err, checkWorkers(o.workers)); err != nil {
		return nil, err
	}
	s, err := experiment.NewSweep(d)
	if err != nil {
		return nil, err
	}
	s.Worlds, err = o.drawing(d)
	return s, err
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

// dataAt is the directory of the data set. It has no number behind it: what is
// there is gone on with.
func (o *sweepOptions) dataAt(d *scenario.Design) string {
	return cmp.Or(o.out, filepath.Join("out", d.Name+"-sweep"))
}
