package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim/analysis"
	"epgsim/sim/programme"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

type programmeOptions struct {
	studying
	times    int
	policies []string
	groups   bool
}

func (a *app) programme() *cobra.Command {
	o := &programmeOptions{}
	cmd := &cobra.Command{
		Use:   "programme FILE",
		Short: "Compare rules of funding: many groups, one budget",
		Long: `programme lets many groups apply for the money of one budget and hands it out by
each policy of a file: who is funded, in which form, for how long, with stage
gates. All policies meet the same applicants with the same luck. It says what each
rule is worth, and writes tables, figures, a self-contained HTML report and data.

The groups are simulated into a data set, as a sweep's runs are: killed at any
moment, the same command goes on where it was; --shard splits the work over
machines; 'epgsim sweep status', 'merge' and 'export' know it. It is named by what
decides the runs, so that a changed programme begins one of its own.

--worlds draws each programme in a world of its own, a draw of all numbers that
nobody knows: then the intervals hold luck, applicants and worlds. Without it they
hold luck and applicants at the scenarios' numbers.

FILE is a programme file or the name of a shipped one (epgsim programme list).`,
		Example: `  epgsim programme finnish-programme --times 5
  epgsim programme finnish-programme --times 5 --seed 2 --groups`,
		Args:              programmes.demand(),
		ValidArgsFunction: programmes.complete(),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := o.read(cmd, args[0])
			if err != nil {
				return err
			}
			s, err := o.study(p)
			if err != nil {
				return err
			}
			a.tellDrawing(s.Worlds, scenario.EndlessBlock, p.Seed)
			return a.runProgramme(cmd.Context(), s, o)
		},
	}
	f := cmd.Flags()
	o.add(cmd, "programme", "groups")
	f.IntVar(&o.times, "times", 0, "programmes to draw; more than the data set has extend it (default as in the file)")
	f.Uint64Var(&o.seed, "seed", 0, "seed of applicants and luck (default as in the file)")
	f.StringArrayVar(&o.policies, "policy", nil, "compare these policies only: --policy NAME,NAME (may be given again)")
	f.StringArrayVar(&o.vary, "vary", nil, "compare values of a policy's years, hours, seen_error or extend.years: --vary NAME.years=1,2 (may be given again)")
	o.source.add(cmd, "draw each programme in a world of its own, so that intervals hold what nobody knows too: plausible, or a FILE, such as calibrate leaves (default all at the scenarios' numbers)")
	f.BoolVar(&o.groups, "groups", false, "write every funded group too")
	f.Float64Var(&o.matters, "matters", 100*analysis.DefaultMatters, "per cent of the best from which on a difference matters")
	cmd.AddCommand(a.list(&programmes), a.show(&programmes), a.begin(&programmes))
	return cmd
}

// read reads a programme with the flags laid over it.
func (o *programmeOptions) read(cmd *cobra.Command, name string) (*scenario.Programme, error) {
	p, err := scenario.LoadProgramme(name)
	if err != nil {
		return nil, err
	}
	if cmd.Flags().Changed("seed") {
		p.Seed = o.seed
	}
	if cmd.Flags().Changed("times") {
		if o.times < 1 || o.times > mostReplications {
			return nil, usagef("--times = %d: must be within 1..%d", o.times, mostReplications)
		}
		p.Times = o.times
	}
	o.replications = p.Times
	if err := o.choose(p); err != nil {
		return nil, err
	}
	for _, text := range o.vary {
		if err := p.Vary("--vary", text); err != nil {
			return nil, err
		}
	}
	return p, o.check()
}

// study lays a programme out, in worlds where they are asked for.
func (o *programmeOptions) study(p *scenario.Programme) (*programme.Study, error) {
	s := programme.New(p)
	var err error
	s.Worlds, err = o.source.drawing(p)
	return s, err
}

// choose leaves only the policies that were asked for.
func (o *programmeOptions) choose(p *scenario.Programme) error {
	if len(o.policies) == 0 {
		return nil
	}
	var names []string
	for i := range p.Policy {
		names = append(names, p.Policy[i].Name)
	}
	chosen := map[string]bool{}
	for _, text := range o.policies {
		asked := []string{text}
		if !slices.Contains(names, text) { // else a name with a comma in it
			asked = strings.Split(text, ",")
		}
		for _, name := range asked {
			if name = strings.TrimSpace(name); !slices.Contains(names, name) {
				return usagef("--policy = %s: no policy of that name; %s", name, remedy(name, names))
			}
			chosen[name] = true
		}
	}
	p.Policy = slices.DeleteFunc(p.Policy, func(y scenario.Policy) bool { return !chosen[y.Name] })
	return nil
}

// hashOf tells apart what programmes simulate.
func hashOf(s *programme.Study) string {
	if s.Worlds == nil {
		return s.Programme.Hash()
	}
	return store.Hash([]byte(s.Programme.Hash() + report.WorldsHash(s.Worlds) + strings.Join(s.Worlds.Names(), ",")))
}

// runProgramme simulates what is missing, hands the money out and tells what came
// of it.
func (a *app) runProgramme(ctx context.Context, s *programme.Study, o *programmeOptions) error {
	p := s.Programme
	name := p.Name + "-programme"
	only := o.only || o.shard.Count > 0
	if !only {
		if err := o.look(name); err != nil {
			return err
		}
	}
	data := o.dataAt(p.Name, "groups", hashOf(s), a.as != nil)
	done, err := a.simulateProgramme(ctx, data, s, o)
	if err != nil {
		return err
	}
	if only {
		fmt.Fprintf(a.out, "%s: %s\n%d applicants and draws simulated.\nData set: %s\n", p.Name, p.Title, done.runs, tell.Harmless(data))
		if done.missing > 0 {
			fmt.Fprintf(a.out, "Of other shares %s missing. See 'epgsim sweep status %s'.\n", tell.Plural(done.missing, "part is", "parts are"), tell.Harmless(data))
		}
		return nil
	}
	if done.missing > 0 {
		return fmt.Errorf("%s: %d parts are missing after all were run", data, done.missing)
	}
	book, err := report.ReadProgramme(ctx, data, s)
	if err != nil {
		return a.kept(err)
	}
	set := o.settings(name)
	set.Seed, set.Again, set.Worlds = p.Seed, o.wordsAgain(s), s.Worlds
	for i := range p.Policy {
		set.Arms = append(set.Arms, p.Policy[i].Name)
	}
	return a.tellProgramme(s, book, data, set, o.groups)
}

// tellProgramme hands the money out and writes and prints what came of it.
func (a *app) tellProgramme(s *programme.Study, book *programme.Book, data string, set report.Settings, withGroups bool) error {
	results, err := a.createAt(report.OfProgramme(s.Programme), set)
	if err != nil {
		return err
	}
	defer results.Close()
	var groups *report.ProgrammeGroups
	var visit func(programme.Funded) error
	if withGroups {
		if groups, err = results.OpenProgrammeGroups(s); err != nil {
			return err
		}
		visit = groups.Put
	}
	answer, err := s.Answer(book, visit)
	if err != nil {
		return err
	}
	if err := results.TellProgramme(a.out, answer, groups); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "Data set: %s\n", tell.Harmless(data))
	return nil
}

// wordsAgain is the command that, typed in the directory of the report, makes the
// same again. What was asked of seed, times and policies is in the file there.
func (o *programmeOptions) wordsAgain(s *programme.Study) []string {
	words := append([]string{"programme", report.ProgrammeFile, fmt.Sprintf("--matters=%g", o.matters), fmt.Sprintf("--groups=%v", o.groups)}, o.looksAgain()...)
	switch {
	case s.Worlds == nil:
		return words
	case s.Worlds.Worlds == nil:
		words = append(words, "--worlds="+report.Plausible)
	default:
		words = append(words, "--worlds="+report.WorldsFile)
	}
	return append(words, "--unknown="+strings.Join(s.Worlds.Names(), ","))
}

// simulateProgramme runs what is missing of the data set at a path.
func (a *app) simulateProgramme(ctx context.Context, path string, s *programme.Study, o *programmeOptions) (done *sweepDone, err error) {
	program, err := a.program()
	if err != nil {
		return nil, err
	}
	head, files := report.ProgrammeHead(program, s)
	set, err := a.openSet(ctx, path, head, files, o.shard)
	if err != nil {
		return nil, err
	}
	defer func() { err = cmp.Or(err, set.Close()) }()
	todo := a.wanted(set.Missing())
	done = &sweepDone{failed: &report.Failures{}, head: set.Head(), runs: runsOf(todo)}
	p := pieces{todo: todo, bar: a.progress("simulating applicants", done.runs, o.quiet)}
	err = s.Run(ctx, o.workers, p.next, into(set, func(w *store.PartWriter) programme.Sink { return report.NewProgrammeSink(w, s, done.failed) }), p.done)
	p.bar.finish()
	if err != nil {
		return nil, a.kept(err)
	}
	fmt.Fprint(tell.HarmlessWriter(a.err), done.failed)
	done.missing, err = set.Finish(ctx)
	return done, a.kept(err)
}

// programmes are the files that programme runs.
var programmes = shelf{
	verb: "programme", arg: "FILE", wanted: "a programme FILE", one: "a programme", many: "programmes",
	stock: stockOf(scenario.ShippedProgrammes, func(p *scenario.ProgrammeInfo) (string, string) { return p.Name, p.Title }, func(w io.Writer, all []scenario.ProgrammeInfo) {
		for _, p := range all {
			fmt.Fprintf(w, "%s\t%d applicants\t%d policies\t%s\n", p.Name, p.Applicants, len(p.Policies), p.Title)
		}
	}),
	shows:    "show prints a programme with every range and policy. It names the scenarios pool-1.toml …, which a report of it has beside it.",
	examples: [2]string{"finnish-programme", "finnish-programme | less"},
	resolved: func(name string) ([]byte, error) {
		p, err := scenario.LoadProgramme(name)
		if err != nil {
			return nil, err
		}
		return p.TOML(), nil
	},
	begins:     "Write a programme file to begin one's own with",
	beginsWith: "new writes a programme file with kinds of applicants and policies to change. Without FILE it prints it.",
	template:   scenario.ProgrammeTemplate, file: "my-programme.toml", then: "epgsim programme FILE",
}
