package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim/analysis"
	"epgsim/sim/decide"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

type decideOptions struct {
	options
	data        string
	count, most int // of worlds
	over        []string
	shard       share
}

// defaultLuck is how many runs an option has in a world, and defaultBatches how many
// batches of worlds there are at most, unless the user says otherwise.
const defaultLuck, defaultBatches = 4, 4

func (a *app) decide() *cobra.Command {
	o := &decideOptions{}
	cmd := &cobra.Command{
		Use:   "decide SCENARIO|DECISION",
		Short: "Choose under doubt: which option, when another, and what to find out first",
		Long: `decide compares options over everything that nobody knows. It draws many worlds
from the plausible ranges of all numbers that the scenario does not say, runs every
option in each of them on the same luck, and says

  choose           the option that is best on average, with its risk and regret
  it depends on    the conditions under which another one is better
  find out first   what it would be worth to know, in the unit of the objective
  how sure         why it stopped: worlds are added, for options that may still be
                   the best, until the best is known or no difference that matters
                   can be left, or --most worlds are used

A scenario alone means: which of three organisational forms, for 1, 2, 3 or 5
years, by net benefit. A DECISION file names options, objective and requirements.
Stopped or killed, the same command goes on where it was; --shard shares it out.`,
		Example: `  epgsim decide food-products --worlds 100 --replications 2
  epgsim decide which-form-how-long --map deal.bases,joint.hours_system`,
		Args:              arguments(1, 1, "SCENARIO|DECISION", "a SCENARIO or a DECISION: a file or the name of a shipped one, or the data set that decide has left"),
		ValidArgsFunction: scenarios.complete(),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runDecide(cmd, args[0], o)
		},
	}
	o.add(cmd, defaultLuck)
	f := cmd.Flags()
	f.Lookup("out").Usage = "directory for report, figures and tables (default out/NAME-decide, numbered when that is taken)"
	f.Lookup("replications").Usage = "runs of each option in each world, each with luck of its own"
	f.Lookup("seed").Usage = "seed of worlds and luck (default as in the decision, 1)"
	f.Var(location{&o.data}, "data", "directory of the data set (default out/NAME-worlds, numbered when that has worlds of another question)")
	f.Var(countOrFile{&o.count, &o.worlds}, "worlds", "worlds that every option meets (default as in the decision, 1000), or a FILE to draw them from, such as calibrate leaves (may be given again for the other)")
	completeWorlds(cmd)
	f.IntVar(&o.most, "most", 0, "worlds at most for the options that may still be the best (default 4 times --worlds)")
	addUnknown(cmd, &o.unknown)
	f.StringSliceVar(&o.over, "map", nil, "draw which option wins where over two unknowns or levers: --map group.technology,project.years")
	addHorizon(cmd, &o.set)
	f.Float64Var(&o.discount, "discount", 0, "by how many per cent money is worth less each year (default as in the decision, 0)")
	f.Float64Var(&o.matters, "matters", 100*analysis.DefaultMatters, "per cent of the objective's usual size from which on a difference matters")
	f.Var(&o.shard, "shard", "run only the i-th of n shares, and write no report: --shard 1/8")
	f.BoolVar(&o.dataOnly, "data-only", false, "write the data set alone: no report")
	o.addLooks(cmd)
	_ = cmd.RegisterFlagCompletionFunc("map", completeKeys)
	return cmd
}

// runDecide runs what is missing of a decision, and answers it.
func (a *app) runDecide(cmd *cobra.Command, name string, o *decideOptions) error {
	swept := !report.IsDecision(name)
	if !swept {
		if flag := firstChanged(cmd, "replications", "seed", "set", "data", "worlds", "most", "unknown", "horizon", "discount", "matters", "shard", "data-only"); flag != "" {
			return usagef("--%s goes with a scenario or a decision; %s is a data set, and is answered as it is", flag, name)
		}
		return a.answer(cmd.Context(), name, o)
	}
	c, err := o.read(cmd, name)
	if err != nil {
		return err
	}
	if _, err := c.Axes(o.over); err != nil {
		return usagef("--map = %s: %v", strings.Join(o.over, ","), err)
	}
	a.tellDrawing(c.Drawing, c.Decision.Worlds, c.Decision.Seed)
	report := !o.dataOnly && o.shard.Count == 0
	if report {
		if err := o.look(c.Decision.Name + "-decide"); err != nil {
			return err
		}
	}
	data, missing, err := a.runWorldsSomewhere(cmd.Context(), c, o)
	switch {
	case err != nil:
		return a.kept(err)
	case missing > 0:
		a.tellUnfinished(data, "This share is finished")
		return nil
	case !report:
		fmt.Fprintf(a.out, "Data set: %s\nAll worlds are there. 'epgsim decide %s' answers.\n", tell.Harmless(data), tell.ShellWord(data))
		return nil
	}
	return a.kept(a.answer(cmd.Context(), data, o))
}

// runWorldsSomewhere runs what is missing, and says where it is. Where another that
// started at once has just taken the place for another question, it takes the next.
func (a *app) runWorldsSomewhere(ctx context.Context, c *decide.Case, o *decideOptions) (data string, missing int, err error) {
	for range mostPlaces {
		place, e := a.dataPlace(ctx, c, o)
		if e != nil {
			return "", 0, e
		}
		if place == data && store.IsDataset(place) { // the other is at work on this question
			break
		}
		data = place
		missing, err = a.runWorlds(ctx, data, c, o)
		var changed *store.ChangedError
		if o.data != "" || !errors.Is(err, store.ErrBusy) && !errors.As(err, &changed) {
			break
		}
	}
	return data, missing, err
}

// dataPlace is where the worlds are kept: where --data says, else the first of
// out/NAME-worlds, out/NAME-worlds-2 … that is free or has worlds of this very question.
func (a *app) dataPlace(ctx context.Context, c *decide.Case, o *decideOptions) (path string, err error) {
	if o.data != "" {
		return o.data, nil
	}
	p, err := a.program()
	if err != nil {
		return "", err
	}
	head, files := report.DecisionHead(p, c, 1)
	return firstPlace(c.Decision.Name+"-worlds", func(path string) bool {
		_, e := store.Preview(ctx, path, head, files, 1)
		var changed *store.ChangedError
		return !errors.As(e, &changed) && !errors.Is(e, store.ErrNotEmpty) // any other error is told when it is opened
	}), nil
}

// read reads a scenario or a decision with the flags laid over it.
func (o *decideOptions) read(cmd *cobra.Command, name string) (*decide.Case, error) {
	d, err := scenario.LoadDecision(name, decide.Derived()...)
	if err == nil {
		err = applySettings(d, o.set)
	}
	if err != nil {
		return nil, err
	}
	if cmd.Flags().Changed("seed") {
		d.Seed = o.seed
	}
	if cmd.Flags().Changed("discount") {
		d.Discount = o.discount / 100
	}
	if o.count != 0 {
		d.Worlds = o.count
	}
	if err := o.checkWorlds(cmd, d); err != nil {
		return nil, err
	}
	from, err := o.source.of(d.Scenario)
	if err != nil {
		return nil, err
	}
	c, err := decide.New(d, from, o.replications, o.matters)
	switch {
	case errors.Is(err, decide.ErrNothingUnknown):
		return nil, nothingUnknown(err)
	case err != nil:
		return nil, usageError{err}
	}
	return c, nil
}

// Worlds, at least so many, for shares and halves of them to say anything.
const fewestWorlds, mostWorlds = 20, 100_000

// checkWorlds says what is wrong with the numbers given.
func (o *decideOptions) checkWorlds(cmd *cobra.Command, d *scenario.Decision) error {
	if err := o.check(); err != nil {
		return err
	}
	if d.Worlds < fewestWorlds || d.Worlds > mostWorlds {
		return usagef("%d worlds: must be within %d..%d", d.Worlds, fewestWorlds, mostWorlds)
	}
	if o.replications > decide.MostLuck {
		return usagef("--replications = %d: must be within 1..%d; more --worlds say more", o.replications, decide.MostLuck)
	}
	if !cmd.Flags().Changed("most") {
		o.most = defaultBatches * d.Worlds
	}
	if o.most < d.Worlds || o.most > decide.MostBatches*d.Worlds {
		return usagef("--most = %d: must be within %d..%d, with %d worlds that every option meets", o.most, d.Worlds, decide.MostBatches*d.Worlds, d.Worlds)
	}
	return nil
}

// answer answers a decision whose worlds are there.
func (a *app) answer(ctx context.Context, data string, o *decideOptions) error {
	c, head, err := report.ReadCase(data)
	if err != nil {
		return noDataset(err)
	}
	axes, err := c.Axes(o.over)
	if err != nil {
		return usagef("--map = %s: %v", strings.Join(o.over, ","), err)
	}
	s, err := report.ReadSample(ctx, data, c, head.Replications/c.Luck)
	if err != nil {
		return err
	}
	found, err := c.Answer(ctx, s)
	if err != nil {
		return err
	}
	set := o.settings(c.Decision.Name + "-decide")
	set.Replications, set.Seed = head.Replications, c.Decision.Seed
	set.Again = o.wordsAgain(set.Path, data)
	data = a.calledThen(data)
	set.Arms = []string{data}
	results, err := a.create(c.Decision.Scenario, set)
	if err != nil {
		return err
	}
	defer results.Close()
	return results.TellDecision(a.out, c, s, found, axes, data)
}

// wordsAgain is the command that, typed in the directory of the answer, answers the
// same again.
func (o *decideOptions) wordsAgain(path, data string) []string {
	words := append([]string{"decide", relative(path, data)}, o.looksAgain()...)
	if len(o.over) > 0 {
		words = append(words, "--map="+strings.Join(o.over, ","))
	}
	return words
}
