package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim/calibrate"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

type calibrateOptions struct {
	studying
	count int // worlds of a wave
}

func (a *app) calibrate() *cobra.Command {
	o := &calibrateOptions{}
	cmd := &cobra.Command{
		Use:   "calibrate TARGETS",
		Short: "Find the worlds that are like what is known from outside, or like own data",
		Long: `calibrate draws many worlds from the plausible ranges of all numbers that nobody
knows, simulates in each the groups that the targets are about, and weights the
worlds by how near they come to the targets. It says which targets are met, which
contradict the model or each other, what the targets say about which parameters and
about which nothing, and writes the weighted worlds (worlds.parquet, worlds.csv) for
decide, compare, claims, sweep and programme: --worlds FILE.

Worlds come in waves. Stopped or killed, the same command goes on where it was.
--shard splits a wave over machines that see the data set; when all shares of a wave are there, the
same commands go on with the next one.

TARGETS is a targets file or the name of a shipped one (epgsim calibrate list). Its
statistics have a value with an error each, or come from a data file of groups.`,
		Example: `  epgsim calibrate own-data --count 200
  epgsim calibrate own-data --count 200 --seed 2 --format csv`,
		Args:              targets.demand(),
		ValidArgsFunction: targets.complete(),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := o.read(cmd, args[0])
			if err != nil {
				return err
			}
			for _, remark := range s.Unlike {
				fmt.Fprintf(tell.HarmlessWriter(a.err), "Note: %s; set it in the case, or make a case for each with a weight.\n", remark)
			}
			return a.runCalibrate(cmd.Context(), s, o)
		},
	}
	f := cmd.Flags()
	o.add(cmd, "calibrate", "waves")
	f.IntVar(&o.count, "count", 0, "worlds of a wave, 200 to 100 000 (default as in the file)")
	f.Uint64Var(&o.seed, "seed", 0, "seed of worlds and luck (default as in the file)")
	cmd.AddCommand(a.list(&targets), a.show(&targets), a.calibrateNew())
	return cmd
}

// The fewest worlds of a wave that a regression can do with.
const fewestOfAWave = 200

// read reads targets with the flags laid over them.
func (o *calibrateOptions) read(cmd *cobra.Command, name string) (*calibrate.Study, error) {
	t, err := scenario.LoadTargets(name)
	if err != nil {
		return nil, err
	}
	if cmd.Flags().Changed("seed") {
		t.Seed = o.seed
	}
	if cmd.Flags().Changed("count") {
		if o.count < fewestOfAWave || o.count > mostWorlds {
			return nil, usagef("--count = %d: must be within %d..%d", o.count, fewestOfAWave, mostWorlds)
		}
		t.Worlds = o.count
	}
	o.replications = t.Replications
	if err := o.check(); err != nil {
		return nil, err
	}
	s, err := calibrate.New(t)
	if err != nil {
		return nil, usageError{err}
	}
	return s, nil
}

// runCalibrate simulates what is missing, weighs the worlds and tells what came of
// it.
func (a *app) runCalibrate(ctx context.Context, s *calibrate.Study, o *calibrateOptions) error {
	t := s.Targets
	name := t.Name + "-calibrate"
	only := o.only || o.shard.Count > 0
	if !only {
		if err := o.look(name); err != nil {
			return err
		}
	}
	data := o.dataAt(t.Name, "waves", t.Hash(), a.as != nil)
	sample, missing, err := a.simulateWaves(ctx, data, s, o)
	switch {
	case err != nil:
		return a.kept(err)
	case missing > 0:
		a.tellUnfinished(data, "This share of the wave is finished")
		return nil
	case only:
		fmt.Fprintf(a.out, "Data set: %s\nAll waves are there. Without --shard and --simulate-only the same command tells what they say.\n", tell.Harmless(data))
		return nil
	}
	set := o.settings(name)
	set.Seed, set.Replications = t.Seed, len(sample.Waves)*s.Rows()
	set.Again = append([]string{"calibrate", report.TargetsFile}, o.looksAgain()...)
	results, err := a.createAt(report.OfTargets(t), set)
	if err != nil {
		return err
	}
	defer results.Close()
	if err := results.TellCalibration(a.out, sample.Answer()); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "Data set: %s\n", tell.Harmless(data))
	return nil
}

// simulateWaves runs what is missing, wave by wave: which worlds a wave has is known
// when all before it are there. It says how many parts are missing in the end, those
// of other shares.
func (a *app) simulateWaves(ctx context.Context, path string, s *calibrate.Study, o *calibrateOptions) (sample *calibrate.Sample, missing int, err error) {
	sample = s.NewSample()
	set := growing{open: func(waves int) (*store.Dataset, error) {
		p, err := a.program()
		if err != nil {
			return nil, err
		}
		head, files := report.CalibrationHead(p, s, waves)
		return a.openSet(ctx, path, head, files, o.shard)
	}}
	if set.Dataset, err = set.open(1); err != nil {
		return nil, 0, err
	}
	defer func() { err = cmp.Or(err, set.Close()) }()
	for wave := sample.Plan(); wave != nil; wave = sample.Plan() {
		if ctx.Err() != nil {
			return nil, 0, ctx.Err()
		}
		if wave.Number >= set.Head().Replications {
			if err := set.grow(wave.Number + 1); err != nil {
				return nil, 0, err
			}
		}
		if err := a.runWave(ctx, set.Dataset, s, o, wave); err != nil {
			return nil, 0, err
		}
		err := report.ReadWave(ctx, path, s, wave)
		if errors.Is(err, fs.ErrNotExist) { // parts of other shares
			break
		}
		if err != nil {
			return nil, 0, err
		}
		sample.Take(wave)
	}
	missing, err = set.Finish(ctx)
	return sample, missing, err
}

// runWave runs the missing parts of a wave, of this share.
func (a *app) runWave(ctx context.Context, set *store.Dataset, s *calibrate.Study, o *calibrateOptions, wave *calibrate.Wave) error {
	todo := slices.DeleteFunc(set.Missing(), func(p store.Part) bool { return p.FirstReplication != wave.Number })
	what := fmt.Sprintf("wave %d", wave.Number+1)
	if wave.Checks {
		what = "checking what was found"
	}
	cost := func(worlds int) int { return worlds * s.PerWorld() }
	p := pieces{todo, a.progress(what, cost(runsOf(todo)), o.quiet), cost}
	defer p.bar.finish()
	return s.Run(ctx, o.workers, wave, p.next, into(set, func(w *store.PartWriter) calibrate.Sink { return report.NewCalibrationSink(w) }), p.done)
}

// targets are the files that calibrate goes by.
var targets = shelf{
	verb: "calibrate", arg: "TARGETS", wanted: "TARGETS", one: "targets", many: "targets",
	stock: stockOf(scenario.ShippedTargets, func(t *scenario.TargetsInfo) (string, string) { return t.Name, t.Title }, func(w io.Writer, all []scenario.TargetsInfo) {
		for _, t := range all {
			fmt.Fprintf(w, "%s\t%d targets\t%d cases\t%s\n", t.Name, len(t.Targets), len(t.Cases), t.Title)
		}
	}),
	shows:    "show prints targets with every value and error, those that data say worked out. It names the scenarios case-1.toml …, which a report has beside it.",
	examples: [2]string{"outside", "own-data | less"},
	resolved: func(name string) ([]byte, error) {
		t, err := scenario.LoadTargets(name)
		if err != nil {
			return nil, err
		}
		s, err := calibrate.New(t)
		if err != nil {
			return nil, usageError{err}
		}
		return s.Targets.TOML(), nil
	},
	begins:     "Write a targets file to begin one's own with",
	beginsWith: "new writes a targets file with statistics to change, and beside it the data file that it reads. Without FILE it prints the first.",
	template:   scenario.TargetsTemplate, file: "my-targets.toml", then: "epgsim calibrate FILE",
}

// calibrateNew writes targets and the groups that they read.
func (a *app) calibrateNew() *cobra.Command {
	cmd := a.begin(&targets)
	write := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := write(cmd, args); err != nil || len(args) == 0 || args[0] == "-" {
			return err
		}
		return a.writeGroups(filepath.Dir(args[0]))
	}
	return cmd
}

// writeGroups writes the data file of the template into its folder, and never over one
// that is there: it may hold somebody's groups.
func (a *app) writeGroups(folder string) error {
	data, name := scenario.TemplateData()
	path := filepath.Join(folder, name)
	if _, err := os.Lstat(path); err == nil {
		fmt.Fprintf(a.out, "%s is there already, and was left as it is.\n", path)
		return nil
	}
	if err := store.NewFile(path, data, "", false); err != nil {
		return fileError(path, err)
	}
	fmt.Fprintf(a.out, "Wrote %s, made-up groups that it reads. Put yours in their place.\n", path)
	return nil
}
