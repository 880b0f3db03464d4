package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

type explainOptions struct {
	options
	outcome, contrast string
	mechanisms        []string
}

func (a *app) explain() *cobra.Command {
	o := &explainOptions{}
	cmd := &cobra.Command{
		Use:   "explain SCENARIO",
		Short: "Say which mechanisms make two variants differ",
		Long: `explain runs two variants of a scenario with every combination of some mechanisms
switched off, on common luck, and divides the difference between the variants
among the mechanisms: as Shapley values, which add up to it. It writes a table,
a waterfall figure, a self-contained HTML page and data files.

--outcome lost_by_stopping is the share of what a group would sell by the horizon
if the project went on that it does not sell when the project ends after
project.years. seen_by_year_3 is the share of it that the funder has seen by the
end of year 3. Every outcome of a run can be explained, too.`,
		Example: `  epgsim explain base --set group.technology=0.5
  epgsim explain food-products --outcome value_project --contrast manager.hours=16,32 --replications 100`,
		Args:              scenarios.demand(),
		ValidArgsFunction: scenarios.complete(),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runExplain(cmd, args[0], o)
		},
	}
	o.add(cmd, 200)
	f := cmd.Flags()
	f.StringVar(&o.outcome, "outcome", usualMeasure, "what to explain: lost_by_stopping, seen_by_year_N, or an outcome such as value_project")
	f.StringVar(&o.contrast, "contrast", "group.focus=0,1", "the two variants: a parameter and two of its values")
	addHorizon(cmd, &o.set)
	f.StringSliceVar(&o.mechanisms, "mechanisms", nil, "among which to divide the difference (default "+strings.Join(playerNames(true), ",")+")")
	_ = cmd.RegisterFlagCompletionFunc("mechanisms", cobra.FixedCompletions(playerNames(false), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// playerNames are what --mechanisms takes, or takes if nothing is said.
func playerNames(usual bool) (names []string) {
	for _, p := range experiment.Players {
		if p.Usual || !usual {
			names = append(names, p.Name)
		}
	}
	for i := range sim.Mechanisms {
		if m := sim.Mechanisms[i].Name; !usual && !slices.Contains(names, m) {
			names = append(names, m)
		}
	}
	return names
}

func (a *app) runExplain(cmd *cobra.Command, name string, o *explainOptions) error {
	s, err := load(name, o.set)
	if err = cmp.Or(o.check(), err); err != nil {
		return err
	}
	vs, err := o.variants(s)
	if err != nil {
		return err
	}
	m, err := o.measure(vs)
	if err != nil {
		return err
	}
	players, err := o.players(s)
	if err != nil {
		return err
	}
	e := experiment.NewExplanation(vs[0], vs[1], m, players, o.plan())
	o.mechanisms = nil
	for _, p := range players {
		o.mechanisms = append(o.mechanisms, p.Name)
	}
	o.again = wordsAgain(cmd)
	set := o.settings(s.Name + "-explain")
	set.Arms = []string{vs[0].Name, vs[1].Name}
	results, err := a.create(s, set)
	if err != nil {
		return err
	}
	defer results.Close()
	bar := a.progress("explaining", len(e.Arms())*o.replications, o.quiet)
	err = e.Run(cmd.Context(), bar.add)
	bar.finish()
	switch {
	case errors.Is(err, experiment.ErrNoValue):
		return usagef("%w; take another outcome, other mechanisms or more replications", err)
	case err != nil:
		return err
	}
	return results.TellExplanation(a.out, e)
}

// usualMeasure is what is explained if nothing is said.
const usualMeasure = "lost_by_stopping"

// measure reads --outcome, for two variants.
func (o *explainOptions) measure(vs []experiment.Variant) (experiment.Measure, error) {
	if o.outcome == usualMeasure {
		if !stops(vs[0]) && !stops(vs[1]) {
			return experiment.Measure{}, usagef("--outcome %s: both projects go on to the horizon, and nothing is stopped; make project.years shorter than project.horizon", o.outcome)
		}
		return experiment.LostByStopping(), nil
	}
	if year, ok := strings.CutPrefix(o.outcome, "seen_by_year_"); ok {
		return o.seen(year, vs)
	}
	k, err := outcomeNamed(o.outcome, usualMeasure, "seen_by_year_3")
	return experiment.MeasureOf(k), err
}

// stops says whether the project of a variant ends before the horizon.
func stops(v experiment.Variant) bool { return v.Params.ProjectWeeks() < v.Params.TotalWeeks() }

// seen reads the year of seen_by_year_N.
func (o *explainOptions) seen(year string, vs []experiment.Variant) (m experiment.Measure, err error) {
	last := (min(vs[0].Params.TotalWeeks(), vs[1].Params.TotalWeeks()) - 1) / sim.WeeksPerYear
	n, err := strconv.Atoi(year)
	switch {
	case vs[0].Params.DiffersInYears(&vs[1].Params):
		return m, usagef("--contrast %s: %s is of a project that goes on, in which the two are the same; take another outcome, such as %s", o.contrast, o.outcome, usualMeasure)
	case last == 0:
		return m, usagef("--outcome %s: project.horizon must be more than a year", o.outcome)
	case err != nil || n < 1 || n > last || year != strconv.Itoa(n):
		return m, usagef("--outcome %s: must be seen_by_year_N with N within 1..%d, before project.horizon", o.outcome, last)
	}
	return experiment.SeenByYear(n), nil
}

// variants reads --contrast.
func (o *explainOptions) variants(s *scenario.Scenario) (vs []experiment.Variant, err error) {
	key, list, _ := strings.Cut(o.contrast, "=")
	key = strings.TrimSpace(key)
	values := splitValues(key, list)
	switch {
	case key == "" || len(values) != 2:
		return nil, usagef("--contrast %s: must be KEY=A,B with two different values, such as group.focus=0,1", o.contrast)
	}
	var problems scenario.Problems
	for _, value := range values {
		c := combination{scenario: s.Clone(), parts: []string{key + "=" + value}}
		if err := collect(&problems, asFlag("--contrast", c.set(key, value))); err != nil {
			return nil, err
		}
		v := c.variant()
		if key == "project.years" {
			v.Name = "a project of " + experiment.YearsText(v.Params.Project.Years)
		}
		vs = append(vs, v)
	}
	switch {
	case len(problems) > 0:
		return nil, unique(problems)
	case fmt.Sprint(vs[0].Params) == fmt.Sprint(vs[1].Params): // NaN is unlike itself, but not in print
		return nil, usagef("--contrast %s: the two are the same", o.contrast)
	}
	return vs, nil
}

// players reads --mechanisms.
func (o *explainOptions) players(s *scenario.Scenario) ([]experiment.Player, error) {
	const mostPlayers = 12 // that fit into one figure
	known := playerNames(false)
	for k, name := range o.mechanisms {
		if o.mechanisms[k] = strings.TrimSpace(name); !slices.Contains(known, o.mechanisms[k]) {
			return nil, usagef("--mechanisms: unknown mechanism %q; %s", name, remedy(name, known))
		}
	}
	if n := len(o.mechanisms); o.mechanisms != nil && (n == 0 || n > mostPlayers) {
		return nil, usagef("--mechanisms: %d given; must be 1 to %d of them", n, mostPlayers)
	}
	players, err := experiment.PlayersNamed(o.mechanisms, s.Off)
	if err != nil {
		err = usagef("--mechanisms: %w", err)
	}
	return players, err
}
