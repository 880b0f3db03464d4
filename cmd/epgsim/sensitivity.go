package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/report"
	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

type sensitivityOptions struct {
	sweepOptions
	data     string
	outcomes []string
}

func (a *app) sensitivity() *cobra.Command {
	o := &sensitivityOptions{}
	cmd := &cobra.Command{
		Use:   "sensitivity DESIGN",
		Short: "Say which parameters matter, and how much is plain luck",
		Long: `sensitivity runs what is missing of a sweep and analyses it, by the method of its
design: Morris screening, Sobol' indices (first, total, second order), a tornado
of single changes, main effects of a factorial, or partial rank correlations;
all with 95 % intervals over design rows and replications, luck told apart from
parameters. It writes a table, figures, a self-contained HTML report and data.

DESIGN is a design file, the name of a shipped design (epgsim sweep list), or the
directory of a data set that a sweep has left.`,
		Example: `  epgsim sensitivity system-levers --replications 60
  epgsim sensitivity system-screening --outcome value_project --outcome trust_end`,
		Args:              designs.demand(),
		ValidArgsFunction: designs.complete(),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runSensitivity(cmd, args[0], o)
		},
	}
	o.add(cmd)
	f := cmd.Flags()
	f.Lookup("out").Usage = "directory for report, figures and tables (default out/DESIGN-sensitivity, numbered when that is taken)"
	f.Var(location{&o.data}, "data", "directory of the data set (default out/DESIGN-sweep)")
	f.StringArrayVar(&o.outcomes, "outcome", nil, "analyse this outcome: --outcome value_project, or --outcome 'value_total / public_cost as return' (may be given again; default those of the design)")
	o.addTables(cmd)
	_ = cmd.RegisterFlagCompletionFunc("outcome", completeOutcomes)
	return cmd
}

var completeOutcomes = offer(cobra.ShellCompDirectiveNoFileComp, func() (names []string) {
	for o := range sim.NOutcomes {
		names = append(names, o.String()+"\t"+o.Info().Doc)
	}
	return names
})

// chosen reads --outcome: what to analyse of a design. Without it, it is what the
// design says.
func (o *sensitivityOptions) chosen(d *scenario.Design) (outcomes []scenario.Outcome, err error) {
	for _, text := range o.outcomes {
		outcome, err := d.Outcome("--outcome", text)
		if err != nil {
			return nil, err
		}
		outcomes = append(outcomes, outcome)
	}
	if len(outcomes) == 0 {
		outcomes = d.Outcomes
	}
	return outcomes, nil
}

// outcomeNamed finds an outcome; also are other names that would have been known.
func outcomeNamed(name string, also ...string) (sim.Outcome, error) {
	o, ok := sim.OutcomeNamed(name)
	if ok {
		return o, nil
	}
	for k := range sim.NOutcomes {
		also = append(also, k.String())
	}
	return o, usagef("unknown outcome %q; %s", name, remedy(name, also))
}

func (a *app) runSensitivity(cmd *cobra.Command, name string, o *sensitivityOptions) error {
	choose := o.chosen
	data, swept := name, !store.IsDataset(name)
	if swept {
		s, err := o.read(cmd, name)
		if err != nil {
			return err
		}
		a.tellDrawing(s.Worlds, scenario.EndlessBlock, s.Design.Seed)
		outcomes, err := o.chosen(s.Design) // as it is now: the data set may have begun with others
		if err != nil {
			return err
		}
		choose = func(*scenario.Design) ([]scenario.Outcome, error) { return outcomes, nil }
		if err := o.look(s.Design.Name + "-sensitivity"); err != nil {
			return err
		}
		if data, err = a.sweepFor(cmd.Context(), s, o); err != nil {
			return err
		}
	} else if flag := firstChanged(cmd, "replications", "seed", "set", "data", "worlds", "unknown"); flag != "" {
		return usagef("--%s goes with a design; %s is a data set, and is analysed as it is", flag, name)
	}
	err := a.analyse(cmd.Context(), data, o, choose)
	if swept {
		err = a.kept(err)
	}
	return err
}

// firstChanged is the first of some flags that was given.
func firstChanged(cmd *cobra.Command, names ...string) string {
	for _, name := range names {
		if cmd.Flags().Changed(name) {
			return name
		}
	}
	return ""
}

// sweepFor runs what is missing of a sweep and returns where it is.
func (a *app) sweepFor(ctx context.Context, s *experiment.Sweep, o *sensitivityOptions) (string, error) {
	path := cmp.Or(o.data, filepath.Join("out", s.Design.Name+"-sweep"))
	done, err := a.sweepInto(ctx, path, s, &o.sweepOptions)
	if err == nil && done.missing > 0 {
		err = fmt.Errorf("%s: %d parts are missing after all were run", path, done.missing)
	}
	return path, err
}

// analyse analyses the outcomes chosen and writes what it found.
func (a *app) analyse(ctx context.Context, data string, o *sensitivityOptions, choose func(*scenario.Design) ([]scenario.Outcome, error)) error {
	seen, err := report.ReadSweep(ctx, data, choose)
	if err != nil {
		return noDataset(err)
	}
	found, err := seen.Analyse(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", data, err)
	}
	d := seen.Design
	set := o.settings(d.Name + "-sensitivity")
	set.Replications, set.Seed = seen.Head.Replications, d.Seed
	set.Again = o.wordsAgain(set.Path, data, seen.Outcomes)
	data = a.calledThen(data)
	set.Arms = []string{data}
	results, err := a.create(d.Scenario, set)
	if err != nil {
		return err
	}
	defer results.Close()
	return results.TellSensitivity(a.out, found, data)
}

// wordsAgain is the command that, typed in the directory of the analysis, makes
// the same of the same data set.
func (o *sensitivityOptions) wordsAgain(path, data string, outcomes []scenario.Outcome) []string {
	words := []string{"sensitivity", relative(path, data), "--format=" + o.format.value}
	for _, k := range outcomes {
		words = append(words, "--outcome="+k.String())
	}
	return words
}

// relative is the place of a data set as seen from that of its analysis.
func relative(path, data string) string {
	from, errFrom := filepath.Abs(path)
	to, errTo := filepath.Abs(data)
	if rel, err := filepath.Rel(from, to); cmp.Or(errFrom, errTo, err) == nil {
		return filepath.ToSlash(rel)
	}
	return data
}
