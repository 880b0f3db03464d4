package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// sensitivityOptions are the flags of sensitivity.
type sensitivityOptions struct {
	sweepOptions
	data     string
	outcomes []string
	force    bool
	format   choice
}

func (a *app) sensitivity() *cobra.Command {
	o := &sensitivityOptions{format: choice{value: "both", allowed: []string{"both", "csv", "parquet"}}}
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
		Args:              oneDesign,
		ValidArgsFunction: completeDesign,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runSensitivity(cmd, args[0], o)
		},
	}
	o.add(cmd)
	f := cmd.Flags()
	f.Lookup("out").Usage = "directory for report, figures and tables (default out/DESIGN-sensitivity, numbered when that is taken)"
	f.StringVar(&o.data, "data", "", "directory of the data set (default out/DESIGN-sweep)")
	f.StringArrayVar(&o.outcomes, "outcome", nil, "analyse this outcome: --outcome value_project (may be given again; default those of the design)")
	f.BoolVar(&o.force, "force", false, "replace what an earlier analysis left in the directory")
	f.Var(&o.format, "format", "tables to write: both, csv or parquet")
	_ = cmd.RegisterFlagCompletionFunc("format", o.format.complete)
	_ = cmd.RegisterFlagCompletionFunc("outcome", completeOutcomes)
	return cmd
}

func completeOutcomes(*cobra.Command, []string, string) (names []string, _ cobra.ShellCompDirective) {
	for o := range sim.NOutcomes {
		names = append(names, o.String()+"\t"+o.Info().Doc)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// outcomesNamed reads --outcome.
func outcomesNamed(names []string) (outcomes []sim.Outcome, err error) {
	var known []string
	for o := range sim.NOutcomes {
		known = append(known, o.String())
	}
	for _, name := range names {
		o, ok := sim.OutcomeNamed(name)
		if !ok {
			return nil, usagef("--outcome: unknown outcome %q; %s", name, remedy(name, known))
		}
		outcomes = append(outcomes, o)
	}
	return outcomes, nil
}

func (a *app) runSensitivity(cmd *cobra.Command, name string, o *sensitivityOptions) error {
	outcomes, err := outcomesNamed(o.outcomes)
	if err != nil {
		return err
	}
	data, swept := name, !store.IsDataset(name)
	if swept {
		s, err := o.read(cmd, name)
		if err != nil {
			return err
		}
		if len(outcomes) == 0 {
			outcomes = s.Design.Outcomes // as they are now: the data set may have begun with others
		}
		if data, err = a.sweepFor(cmd.Context(), s, o); err != nil {
			return err
		}
	} else if flag := firstChanged(cmd, "replications", "seed", "set", "data"); flag != "" {
		return usagef("--%s goes with a design; %s is a data set, and is analysed as it is", flag, name)
	}
	seen, err := readSweep(cmd.Context(), data, outcomes)
	if err == nil {
		err = a.analyse(cmd.Context(), data, seen, o)
	}
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
	set, err := a.openSweep(ctx, path, s, &o.sweepOptions)
	if err != nil {
		return "", err
	}
	defer set.Close()
	if _, _, err := a.runParts(ctx, s, &o.sweepOptions, set); err != nil {
		return "", err
	}
	missing, err := set.Finish(ctx)
	if err == nil && missing > 0 {
		err = fmt.Errorf("%s: %d parts are missing after all were run", path, missing)
	}
	return path, a.kept(err)
}

// finding is what the analysis of one outcome comes to.
type finding struct {
	outcome sim.Outcome
	verdict []string
	tables  []table
	figures []*plots.Figure
	indices []index
}

// index is a row of the table of all results.
type index struct {
	statistic, factor, with, level string
	value                          analysis.Interval
}

// analyse analyses every outcome and writes what it found.
func (a *app) analyse(ctx context.Context, data string, seen *observed, o *sensitivityOptions) error {
	var found []*finding
	for k := range seen.outcomes {
		f, err := seen.find(ctx, k)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return fmt.Errorf("%s: %s: %w", data, seen.outcomes[k], err)
		}
		found = append(found, f)
	}
	d := seen.design
	common := &options{out: o.out, force: o.force, replications: seen.head.Replications, seed: d.Seed, format: o.format}
	path := common.place(d.Name + "-sensitivity")
	dir, err := store.Create(path, o.force)
	if err != nil {
		return placeError(path, err)
	}
	defer dir.Close()
	common.again = o.wordsAgain(path, data, seen.outcomes)
	if a.as != nil && len(a.as.Arms) > 0 {
		data = a.as.Arms[0] // as it was called then
	}
	out := a.output(dir, d.Scenario, common)
	out.arms = []string{data}
	return out.sensitivity(seen, data, found)
}

// wordsAgain is the command that, typed in the directory of the analysis, makes
// the same of the same data set.
func (o *sensitivityOptions) wordsAgain(path, data string, outcomes []sim.Outcome) []string {
	from, errFrom := filepath.Abs(path)
	to, errTo := filepath.Abs(data)
	if rel, err := filepath.Rel(from, to); cmp.Or(errFrom, errTo, err) == nil {
		data = filepath.ToSlash(rel)
	}
	words := []string{"sensitivity", data, "--format=" + o.format.value}
	for _, k := range outcomes {
		words = append(words, "--outcome="+k.String())
	}
	return words
}

// find analyses the k-th outcome by the design's method.
func (seen *observed) find(ctx context.Context, k int) (*finding, error) {
	f := &finding{outcome: seen.outcomes[k]}
	o := seen.by[k]
	switch seen.design.Method {
	case scenario.MethodSaltelli:
		return f, f.sobol(seen, o)
	case scenario.MethodMorris:
		return f, f.morris(seen, o)
	case scenario.MethodOneAtATime:
		return f, f.tornado(seen, o)
	case scenario.MethodFactorial:
		return f, f.mainEffects(seen, o)
	}
	return f, f.rankCorrelations(ctx, seen, o)
}

// measure is the outcome as the figures know it.
func (f *finding) measure(seen *observed, rows string) plots.Measure {
	info := f.outcome.Info()
	return plots.Measure{Name: info.Name, Label: info.Label, Unit: sim.UnitText(info.Unit),
		Context: fmt.Sprintf("%s: %s, %d replications of each", seen.design.Name, rows, seen.head.Replications)}
}

// factor is a group of factors as the figures know it: a parameter with its
// label, or a group by its name.
func (seen *observed) factor(group string) plots.Factor {
	p := sim.Lookup(group)
	if p == nil {
		return plots.Factor{Name: group, Label: group}
	}
	return plots.Factor{Name: group, Label: p.Label, Unit: sim.UnitText(p.Unit)}
}

// names are groups of factors as people know them: in tables and verdict they
// have the names of the figures.
func (seen *observed) names(groups []string) []string {
	names := make([]string, len(groups))
	for g, group := range groups {
		names[g] = seen.factor(group).Label
	}
	return names
}

// say adds a sentence about the outcome to the verdict.
func (f *finding) say(format string, args ...any) {
	f.verdict = append(f.verdict, f.outcome.Info().Label+": "+fmt.Sprintf(format, args...))
}

// leftOut tells of what had to be left out because some of its runs have no
// value, and says whether that is too much: what is left is then no sample of
// the design, but of where there is something to see.
func (f *finding) leftOut(n, of int, what string) (tooMuch bool) {
	const most = 0.2
	switch {
	case n == 0:
		return false
	case float64(n) > most*float64(of):
		f.say("%d of %d %s have runs without a value, so the rest is no fair sample; take an outcome that every run has, such as value_project or deals_project.", n, of, what)
		return true
	}
	f.say("%d of %d %s are left out, because some of their runs have no value; what follows holds where there is one.", n, of, what)
	return false
}

// draw adds a figure, if it could be made.
func (f *finding) draw(figure *plots.Figure, err error) error {
	if err == nil {
		f.figures = append(f.figures, figure)
	}
	return err
}

// note adds a row to the table of all results.
func (f *finding) note(statistic, factor, with, level string, value analysis.Interval) {
	f.indices = append(f.indices, index{statistic, factor, with, level, value})
}

// rowsText says how many rows of what kind were run.
func (seen *observed) rowsText() string {
	d := seen.design
	switch d.Method {
	case scenario.MethodSaltelli:
		return fmt.Sprintf("%d base samples", d.Points)
	case scenario.MethodMorris:
		return fmt.Sprintf("%d trajectories", d.Points)
	}
	return fmt.Sprintf("%d rows", seen.head.Rows)
}
