package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// options are the flags that the commands which simulate share.
type options struct {
	out          string
	replications int
	seed         uint64
	workers      int
	set, vary    []string
	quiet, force bool
	format       choice
	series       int
	again        []string // the words that make the same again: see wordsAgain
}

// mostReplications is more replications than anybody can want of one arm; beyond it a
// sweep is what is needed.
const mostReplications = 100_000

func (o *options) add(cmd *cobra.Command, replications int) {
	f := cmd.Flags()
	f.StringVarP(&o.out, "out", "o", "", "directory for report, figures and data (default out/SCENARIO-COMMAND, numbered when that is taken)")
	f.IntVarP(&o.replications, "replications", "n", replications, "replications of each variant")
	f.Uint64Var(&o.seed, "seed", 1, "seed of all luck; the same seed gives the same bytes")
	f.IntVar(&o.workers, "workers", 0, "simulations at a time; never changes a result (default one per processor)")
	f.StringArrayVar(&o.set, "set", nil, "change a parameter: --set project.years=5 (may be given again)")
	f.StringArrayVar(&o.vary, "vary", nil, "compare values of a parameter: --vary group.focus=0,0.5,1 (may be given again; values that are lists are separated by ;)")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "no progress, only results")
	f.BoolVar(&o.force, "force", false, "replace what an earlier run left in the directory")
	o.format = choice{value: "both", allowed: []string{"both", "csv", "parquet"}}
	f.Var(&o.format, "format", "data files to write: both, csv or parquet")
	f.IntVar(&o.series, "series", 0, "write the weekly series of the first so many replications one by one")
	_ = cmd.RegisterFlagCompletionFunc("set", completeKeys)
	_ = cmd.RegisterFlagCompletionFunc("vary", completeKeys)
	_ = cmd.RegisterFlagCompletionFunc("format", o.format.complete)
}

// completeKeys offers the parameters.
func completeKeys(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var keys []string
	for i := range sim.Table {
		keys = append(keys, sim.Table[i].Name+"=\t"+sim.Table[i].Doc)
	}
	return keys, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}

// wordsAgain is the command that, typed in the directory it leaves, makes the
// same again: with all its flags, but for those given, those that change no
// result, and --set, which is in scenario.toml already.
func wordsAgain(cmd *cobra.Command, without ...string) []string {
	without = append(without, "out", "force", "quiet", "workers", "set", "help")
	words := []string{cmd.Name(), scenarioFile}
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
	switch {
	case o.replications < 1 || o.replications > mostReplications:
		return usagef("--replications = %d: must be within 1..%d", o.replications, mostReplications)
	case o.series < 0 || o.series > o.replications:
		return usagef("--series = %d: must be within 0..%d, the number of replications", o.series, o.replications)
	}
	return checkWorkers(o.workers)
}

// checkWorkers says what is wrong with --workers.
func checkWorkers(n int) error {
	if n < 0 || n > 4096 {
		return usagef("--workers = %d: must be within 0..4096 (0: one per processor)", n)
	}
	return nil
}

// place is the directory a command writes to: the one asked for, else
// out/NAME, or out/NAME-2 and so on when an earlier run is there that --force
// does not give up.
func (o *options) place(name string) string {
	if o.out != "" {
		return o.out
	}
	path := filepath.Join("out", name)
	for k := 2; !o.force && !vacant(path); k++ {
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

// choice is a flag with a few allowed values.
type choice struct {
	value   string
	allowed []string
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

func (c *choice) complete(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return c.allowed, cobra.ShellCompDirectiveNoFileComp
}

// load reads a scenario and applies --set, reporting all that is wrong at once.
func load(name string, set []string) (*scenario.Scenario, error) {
	s, err := readScenario(name)
	if err == nil {
		err = applySettings(s, set)
	}
	if err != nil {
		return nil, err
	}
	return s, s.Check()
}

// applySettings applies --set to a scenario or a design.
func applySettings(to interface{ Set(key, value string) error }, set []string) error {
	var problems scenario.Problems
	for _, one := range set {
		key, value, err := splitSetting("--set", one)
		if err == nil {
			err = to.Set(key, value)
		}
		if err = collect(&problems, err); err != nil {
			return err
		}
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}

// readScenario reads a scenario, and says so when its name is a directory's.
func readScenario(name string) (*scenario.Scenario, error) {
	s, err := scenario.Load(name)
	if info, e := os.Stat(name); err == nil || e != nil || !info.IsDir() {
		return s, err
	}
	p := scenario.Problem{File: name, Allowed: "is a directory; name the scenario file in it"}
	if file := filepath.Join(name, scenarioFile); isFile(file) {
		p.Hint = "did you mean " + file + "?"
	}
	return nil, scenario.Problems{p}
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// collect adds err to problems if it is of their kind, else returns it.
func collect(problems *scenario.Problems, err error) error {
	if ps, ok := err.(scenario.Problems); ok {
		*problems = append(*problems, ps...)
		return nil
	}
	return err
}

func splitSetting(flag, s string) (key, value string, err error) {
	key, value, ok := strings.Cut(s, "=")
	if !ok || key == "" || value == "" {
		return "", "", usagef("%s %s: must be KEY=VALUE, for example %s %s", flag, s, flag,
			map[string]string{"--set": "project.years=5", "--vary": "group.focus=0,0.5,1"}[flag])
	}
	return strings.TrimSpace(key), strings.TrimSpace(value), nil
}

// variation is what --vary asks for.
type variation struct {
	years    []float64 // project periods, if they are varied
	variants []experiment.Variant
}

// mostVariants is how many fit into one figure.
const mostVariants = 4

// mostPeriods is how many project periods fit into one figure.
const mostPeriods = 12

// vary makes the variants of a scenario: every combination of the values
// given. None when nothing but the project period is varied.
func vary(s *scenario.Scenario, settings []string) (variation, error) {
	var v variation
	combos := []combination{{scenario: s}}
	var problems scenario.Problems
	var twice error // told when nothing else is wrong
	var varied []string
	for _, one := range settings {
		key, list, err := splitSetting("--vary", one)
		if err != nil {
			return v, err
		}
		values := splitValues(key, list)
		switch {
		case len(values) == 0:
			return v, usagef("--vary %s: names no value; for example --vary project.years=1,2,5", one)
		case slices.Contains(varied, key):
			return v, usagef("--vary %s is given twice; give all its values at once, with commas", key)
		}
		varied = append(varied, key)
		next, again, err := combine(combos, key, values, &problems)
		if err != nil {
			return v, err
		}
		twice = cmp.Or(twice, again)
		if key == "project.years" {
			for _, d := range next {
				if y := d.scenario.Params.Project.Years; !slices.Contains(v.years, y) { // for every combination
					v.years = append(v.years, y)
				}
			}
			continue
		}
		combos = next
		if len(combos) > mostVariants && len(problems) == 0 && twice == nil {
			return v, usagef("--vary %s: makes %d variants; at most %d can be compared side by side, so give fewer values", one, len(combos), mostVariants)
		}
	}
	if len(problems) > 0 {
		return v, unique(problems)
	}
	if twice != nil {
		return v, twice
	}
	if len(v.years) > mostPeriods {
		return v, usagef("--vary project.years: %d periods; at most %d can be read in one figure, so give fewer", len(v.years), mostPeriods)
	}
	for _, c := range combos {
		if len(c.parts) > 0 {
			v.variants = append(v.variants, c.variant())
		}
	}
	return v, nil
}

// combine makes of every combination one with each of the values. Twice says
// which of them are one.
func combine(combos []combination, key string, values []string, problems *scenario.Problems) (next []combination, twice, err error) {
	type outcome struct {
		combo int
		hash  string // of the scenario
	}
	by := map[outcome]string{} // the value that made it
	for _, value := range values {
		for i, c := range combos {
			d := combination{scenario: c.scenario.Clone(), parts: append(slices.Clone(c.parts), key+"="+value)}
			err := d.scenario.Set(key, value)
			if err == nil {
				err = d.scenario.Check()
			}
			if err := collect(problems, asVary(err)); err != nil {
				return nil, nil, err
			}
			next = append(next, d)
			if err != nil {
				continue
			}
			made := outcome{i, d.scenario.Hash()}
			if first, ok := by[made]; ok && twice == nil {
				twice = usagef("--vary %s: %s and %s are one value; give each once", key, first, value)
			}
			by[made] = value
		}
	}
	return next, twice, nil
}

// asVary names the flag that the user typed: a scenario knows only Set.
func asVary(err error) error {
	ps, ok := err.(scenario.Problems)
	if !ok {
		return err
	}
	ps = slices.Clone(ps)
	for k := range ps {
		if ps[k].File == "--set" {
			ps[k].File = "--vary"
		}
	}
	return ps
}

// read reads a scenario with --set applied, and what --vary makes of it.
func (o *options) read(name string) (*scenario.Scenario, variation, error) {
	s, err := load(name, o.set)
	if err != nil {
		return nil, variation{}, err
	}
	v, err := vary(s, o.vary)
	return s, v, err
}

// combination is a scenario with some settings varied.
type combination struct {
	scenario *scenario.Scenario
	parts    []string
}

// variant names the combination: by its form when that is what is varied.
func (c combination) variant() experiment.Variant {
	v := experiment.Variant{Key: strings.Join(c.parts, ","), Name: strings.Join(c.parts, ", "), Params: c.scenario.Frozen(), Settings: c.parts}
	if len(c.parts) == 1 && strings.HasPrefix(c.parts[0], "group.focus=") {
		for k, f := range experiment.PureForms(v.Params) {
			if f.Params.Weights() == v.Params.Weights() && k < 3 {
				return f
			}
		}
	}
	return v
}

// splitValues splits at commas, but for a key whose value has commas itself.
func splitValues(key, values string) []string {
	sep := ","
	if key == "group.mix" || key == "mechanisms_off" {
		sep = ";"
	}
	var out []string
	for _, v := range strings.Split(values, sep) {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}

// unique drops repetitions, which combinations of values bring.
func unique(ps scenario.Problems) scenario.Problems {
	var out scenario.Problems
	for _, p := range ps {
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}
