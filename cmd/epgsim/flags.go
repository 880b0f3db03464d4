package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
)

// options are the flags that the commands which simulate a scenario share.
type options struct {
	out          string
	replications int
	seed         uint64
	workers      int
	set, vary    []string
	quiet, force bool
	format       choice
	series       int
	dataOnly     bool
	discount     float64 // a year, in per cent
	matters      float64 // per cent of the best
	language     language
	figureWidth  choice
	doubt        int      // worlds; 0: none
	source                // of worlds
	again        []string // the words that make the same again: see wordsAgain
}

// mostReplications is more replications than anybody can want of one arm; beyond it a
// sweep is what is needed.
const mostReplications = 100_000

func (o *options) add(cmd *cobra.Command, replications int) {
	f := cmd.Flags()
	addOut(cmd, &o.out, "directory for report, figures and data (default out/SCENARIO-COMMAND, numbered when that is taken)")
	f.IntVarP(&o.replications, "replications", "n", replications, "replications of each variant")
	f.Uint64Var(&o.seed, "seed", 1, "seed of all luck; the same seed gives the same bytes")
	addWorkers(cmd, &o.workers)
	addSet(cmd, &o.set, "")
	addQuiet(cmd, &o.quiet)
	o.addTables(cmd)
}

// addVariants declares the flags of compare and run alone.
func (o *options) addVariants(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringArrayVar(&o.vary, "vary", nil, "compare values of a parameter: --vary group.focus=0,0.5,1 or, from low to high by steps, --vary manager.hours=8:40:8 (may be given again; values that are lists are separated by ;)")
	f.IntVar(&o.series, "series", 0, "write the weekly series of the first so many replications one by one")
	f.BoolVar(&o.dataOnly, "data-only", false, "write data files alone: no report, no figures, and no runs that only they need")
	addHorizon(cmd, &o.set)
	f.Float64Var(&o.discount, "discount", 0, "by how many per cent money is worth less each year, in further exports, public cost and net benefit")
	f.Float64Var(&o.matters, "matters", 100*analysis.DefaultMatters, "per cent of the best from which on a difference matters")
	o.addLooks(cmd)
	_ = cmd.RegisterFlagCompletionFunc("vary", completeKeys)
}

// addLooks declares how reports speak and how wide their figures are.
func (o *options) addLooks(cmd *cobra.Command) {
	o.language.add(cmd, "language of the report and of what is printed: en, fi or sv")
	o.figureWidth = oneOf("page", "column")
	o.figureWidth.add(cmd, "figure-width", "lay the figures' files out for the width of a page, or anew for one column of a journal")
}

// addTables declares how tables are written, and over what.
func (o *options) addTables(cmd *cobra.Command) {
	addForce(cmd, &o.force, "replace what an earlier run left in the directory")
	o.format = oneOf("both", "csv", "parquet", "xlsx")
	o.format.add(cmd, "format", "tables to write: both (csv and parquet), csv, parquet, or xlsx for Excel")
}

func addOut(cmd *cobra.Command, at *string, usage string) {
	cmd.Flags().VarP(location{at}, "out", "o", usage)
}

// location is a flag that names a place. A script whose variable is empty must not
// write to the default one.
type location struct{ at *string }

func (l location) String() string {
	if l.at == nil { // of pflag, to see what the zero value looks like
		return ""
	}
	return *l.at
}

func (location) Type() string { return "string" }

func (l location) Set(text string) error {
	if text == "" {
		return errors.New("must be a path; without the flag it is the default one")
	}
	*l.at = text
	return nil
}

func addWorkers(cmd *cobra.Command, at *int) {
	cmd.Flags().IntVar(at, "workers", 0, "simulations at a time; never changes a result (default one per processor)")
}

func addQuiet(cmd *cobra.Command, at *bool) {
	cmd.Flags().BoolVarP(at, "quiet", "q", false, "no progress, only results")
}

func addForce(cmd *cobra.Command, at *bool, usage string) {
	cmd.Flags().BoolVar(at, "force", false, usage)
}

// addSet declares --set; of says whose parameters it changes, where that is not plain.
func addSet(cmd *cobra.Command, at *[]string, of string) {
	cmd.Flags().StringArrayVar(at, "set", nil, "change a parameter"+of+": --set project.years=5 (may be given again)")
	_ = cmd.RegisterFlagCompletionFunc("set", completeKeys)
}

// addHorizon declares --horizon, which is short for a --set.
func addHorizon(cmd *cobra.Command, set *[]string) {
	cmd.Flags().Var(horizon{set}, "horizon", "years from the start up to which sales are counted; short for --set project.horizon=")
}

// horizon is a flag that becomes a setting.
type horizon struct{ set *[]string }

func (horizon) String() string { return "" }

func (horizon) Type() string { return "years" }

func (h horizon) Set(text string) error {
	p := sim.Lookup("project.horizon")
	if x, err := strconv.ParseFloat(text, 64); err != nil || !(x >= p.Min && x <= p.Max) {
		return fmt.Errorf("must be within %g..%g years", p.Min, p.Max)
	}
	*h.set = append(*h.set, p.Name+"="+text)
	return nil
}

var completeKeys = offer(cobra.ShellCompDirectiveNoSpace|cobra.ShellCompDirectiveNoFileComp, func() (keys []string) {
	for i := range sim.Table {
		keys = append(keys, sim.Table[i].Name+"=\t"+sim.Table[i].Doc)
	}
	return keys
})

// choice is a flag with a few allowed values.
type choice struct {
	value   string
	allowed []string
}

// oneOf is a choice whose default is the first of the values.
func oneOf(values ...string) choice { return choice{value: values[0], allowed: values} }

func (c *choice) add(cmd *cobra.Command, name, usage string) {
	cmd.Flags().Var(c, name, usage)
	_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(c.allowed, cobra.ShellCompDirectiveNoFileComp))
}

func (c *choice) String() string { return c.value }

func (c *choice) Type() string { return strings.Join(c.allowed, "|") }

func (c *choice) Set(s string) error {
	if !slices.Contains(c.allowed, s) {
		return fmt.Errorf("must be one of %s", strings.Join(c.allowed, ", "))
	}
	c.value = s
	return nil
}

type language struct {
	choice
	said tell.Language
}

func (l *language) add(cmd *cobra.Command, usage string) {
	l.choice = oneOf(tell.Languages...)
	cmd.Flags().Var(l, "lang", usage)
	_ = cmd.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(l.allowed, cobra.ShellCompDirectiveNoFileComp))
}

func (l *language) Set(code string) error {
	err := l.choice.Set(code)
	if err == nil {
		l.said, err = tell.LanguageOf(code)
	}
	return err
}

// looksAgain are the words that make tables and figures look the same again.
func (o *options) looksAgain() []string {
	return []string{"--format=" + o.format.value, "--lang=" + o.language.value, "--figure-width=" + o.figureWidth.value}
}

// wordsAgain is the command that, typed in the directory it leaves, makes the
// same again. It has all flags but those given, those that change no result,
// and --set and --horizon, which are in scenario.toml already.
func wordsAgain(cmd *cobra.Command, without ...string) []string {
	without = append(without, "out", "force", "quiet", "workers", "set", "horizon", "unknown", "worlds", "help")
	words := []string{cmd.Name(), report.ScenarioFile}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		values := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		for _, v := range values {
			if !slices.Contains(without, f.Name) {
				words = append(words, "--"+f.Name+"="+v)
			}
		}
	})
	return words
}

// check says what is wrong with the numbers given.
func (o *options) check() error {
	if err := checkReplications(o.replications); err != nil {
		return err
	}
	if o.series < 0 || o.series > o.replications {
		return usagef("--series = %d: must be within 0..%d, the number of replications", o.series, o.replications)
	}
	switch {
	case !(o.discount >= 0 && o.discount <= 100):
		return usagef("--discount = %g: must be within 0..100 per cent a year", o.discount)
	case !(o.matters >= 0 && o.matters <= 100):
		return usagef("--matters = %g: must be within 0..100 per cent", o.matters)
	}
	return checkWorkers(o.workers)
}

func checkReplications(n int) error {
	if n < 1 || n > mostReplications {
		return usagef("--replications = %d: must be within 1..%d", n, mostReplications)
	}
	return nil
}

func checkWorkers(n int) error {
	if n < 0 || n > 4096 {
		return usagef("--workers = %d: must be within 0..4096 (0: one per processor)", n)
	}
	return nil
}

// place is the directory a command writes to: the one asked for, else out/NAME.
// Where an earlier run is there that --force does not give up, it is out/NAME-2
// and so on.
func (o *options) place(name string) string {
	if o.out != "" {
		return o.out
	}
	return firstPlace(name, func(path string) bool { return o.force || vacant(path) })
}

// firstPlace is the first of out/NAME, out/NAME-2 … that may be used.
func firstPlace(name string, usable func(path string) bool) string {
	path := filepath.Join("out", name)
	for k := 2; !usable(path); k++ {
		path = filepath.Join("out", fmt.Sprintf("%s-%d", name, k))
	}
	return path
}

// vacant says whether no directory with content is at a path. What else may be
// wrong with it shows when it is created.
func vacant(path string) bool {
	entries, err := os.ReadDir(path)
	return err != nil || len(entries) == 0
}

func (o *options) plan() experiment.Plan {
	return experiment.Plan{Seed: o.seed, Replications: o.replications, Workers: o.workers}
}

// settings are those of the results of a name.
func (o *options) settings(name string) report.Settings {
	var next func() string
	if o.out == "" && !o.force {
		next = func() string { return o.place(name) }
	}
	return report.Settings{Path: o.place(name), Next: next, Force: o.force, Format: o.format.value, Seed: o.seed, Replications: o.replications, Series: o.series,
		Language: o.language.said, Matters: o.matters / 100, Column: o.figureWidth.value == "column", Again: o.again}
}
