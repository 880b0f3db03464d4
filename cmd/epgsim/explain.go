package main

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// explainOptions are the flags of explain.
type explainOptions struct {
	options
	outcome, contrast string
	horizon           int
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

--outcome closed_by_year_3 is the share of what a project as long as --horizon
closes that is closed by the end of year 3. Every outcome of a run can be
explained, too.`,
		Example: `  epgsim explain base --set group.technology=0.5
  epgsim explain food-products --outcome value_project --contrast manager.hours=16,32 --replications 100`,
		Args:              oneScenario,
		ValidArgsFunction: completeScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runExplain(cmd, args[0], o)
		},
	}
	// The flags that all commands share, but for those that make no sense here.
	common := &cobra.Command{}
	o.add(common, 200)
	common.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Name != "vary" && f.Name != "series" {
			cmd.Flags().AddFlag(f)
		}
	})
	f := cmd.Flags()
	f.StringVar(&o.outcome, "outcome", "closed_by_year_3", "what to explain: closed_by_year_N, or an outcome such as value_project")
	f.StringVar(&o.contrast, "contrast", "group.focus=0,1", "the two variants: a parameter and two of its values")
	f.IntVar(&o.horizon, "horizon", 8, "years of the project whose value closed_by_year_N is a share of")
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
	m, err := o.measure(cmd.Flags().Changed("horizon"))
	if err != nil {
		return err
	}
	vs, err := o.variants(s, m)
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
	o.again = wordsAgain(cmd, map[bool]string{true: "horizon"}[m.Years == 0]) // which goes with one outcome only
	path := o.place(s.Name + "-explain")
	dir, err := store.Create(path, o.force)
	if err != nil {
		return placeError(path, err)
	}
	defer dir.Close()
	out := a.output(dir, s, &o.options)
	out.arms = []string{vs[0].Name, vs[1].Name}
	bar := a.progress("explaining", len(e.Arms())*o.replications, o.quiet)
	err = e.Run(cmd.Context(), bar.add)
	bar.finish()
	switch {
	case errors.Is(err, experiment.ErrNoValue):
		return usagef("%w; take another outcome, other mechanisms or more replications", err)
	case err != nil:
		return err
	}
	return out.explain(e)
}

// measure reads --outcome.
func (o *explainOptions) measure(horizon bool) (m experiment.Measure, err error) {
	if year, ok := strings.CutPrefix(o.outcome, "closed_by_year_"); ok {
		if o.horizon < 2 || o.horizon > int(sim.Lookup("project.years").Max) {
			return m, usagef("--horizon = %d: must be within 2..%g years", o.horizon, sim.Lookup("project.years").Max)
		}
		n, err := strconv.Atoi(year)
		if err != nil || n < 1 || n >= o.horizon || year != strconv.Itoa(n) {
			return m, usagef("--outcome %s: must be closed_by_year_N with N within 1..%d, below --horizon", o.outcome, o.horizon-1)
		}
		return experiment.ClosedByYear(n, o.horizon), nil
	}
	names := []string{"closed_by_year_3"}
	for k := range sim.NOutcomes {
		names = append(names, k.String())
	}
	k, ok := sim.OutcomeNamed(o.outcome)
	switch {
	case !ok:
		return m, usagef("unknown outcome %q; %s", o.outcome, remedy(o.outcome, names))
	case horizon:
		return m, usagef("--horizon goes with --outcome closed_by_year_N; %s is that of the project as it is", o.outcome)
	}
	return experiment.MeasureOf(k), nil
}

// variants reads --contrast.
func (o *explainOptions) variants(s *scenario.Scenario, m experiment.Measure) (vs []experiment.Variant, err error) {
	key, list, _ := strings.Cut(o.contrast, "=")
	key = strings.TrimSpace(key)
	values := splitValues(key, list)
	switch {
	case key == "" || len(values) != 2:
		return nil, usagef("--contrast %s: must be KEY=A,B with two different values, such as group.focus=0,1", o.contrast)
	case key == "project.years" && m.Years > 0:
		return nil, usagef("--contrast %s: %s is of one project of %s; take another outcome, such as value_project", o.contrast, m.Name, experiment.YearsText(m.Years))
	}
	var problems scenario.Problems
	for _, value := range values {
		c := combination{scenario: s.Clone(), parts: []string{key + "=" + value}}
		ps, _ := asVary(cmp.Or(c.scenario.Set(key, value), c.scenario.Check())).(scenario.Problems)
		for k := range ps { // asVary has made a copy
			ps[k].File = strings.Replace(ps[k].File, "--vary", "--contrast", 1)
		}
		problems = append(problems, ps...)
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

// explain prints what makes the difference and writes figure, page and data.
func (out *output) explain(e *experiment.Explanation) error {
	d := &drawing{}
	d.waterfall(e)
	svgs, err := out.figures(d.figures)
	if err = cmp.Or(d.err, err); err != nil {
		return err
	}
	t, verdict := explanationText(e), explainVerdict(e)
	what := table{Title: "The mechanisms", Header: []string{"", "what it does", "switched off"}}
	for _, p := range e.Players {
		what.Rows = append(what.Rows, []string{p.Label, p.Doc, strings.Join(p.Off, ", ")})
	}
	page := out.page("explain", verdict, []table{t, what}, d.figures, svgs)
	page.Subtitle = fmt.Sprintf("%s · why %s and %s differ", out.scenario.Name, e.A.Name, e.B.Name)
	page.Method = append(slices.Clone(commonMethod), explainMethod(e)...)
	page.Data = append([][2]string{{"explanation" + out.options.endings(), "the parts of the mechanisms with their intervals"}}, page.Data[len(page.Data)-3:]...)
	if err := cmp.Or(out.write(explainFile, page), out.explanationTable(e)); err != nil {
		return err
	}
	// Before anything is printed: whoever reads it may stop reading.
	if err := out.finish(); err != nil {
		return err
	}
	out.app.title(out.scenario, e.Plan)
	t.print(out.app.out)
	out.app.verdict(verdict)
	fmt.Fprintf(out.app.out, "\nPage: %s\n", out.dir.Path(explainFile))
	return nil
}

func (d *drawing) waterfall(e *experiment.Explanation) {
	fs := forms([]experiment.Variant{e.A, e.B})
	in := plots.WaterfallInput{Quantity: e.Measure.Label, Unit: e.Measure.Unit,
		From: plots.WaterfallEnd{Form: fs[0], Value: e.From}, To: plots.WaterfallEnd{Form: fs[1], Value: e.To}}
	for i, p := range e.Parts {
		in.Steps = append(in.Steps, plots.WaterfallStep{Label: tell.Capital(partOf(e, i).Label), Change: p.Contribution,
			Share: p.Share.Estimate, Alone: p.Alone, Rest: i == len(e.Players)})
	}
	f, err := plots.Waterfall(in)
	d.add("waterfall", f, err)
}

// partOf is the player of a part; the last part is nobody's.
func partOf(e *experiment.Explanation, i int) experiment.Player {
	return append(slices.Clone(e.Players), experiment.Player{Name: "rest", Label: "everything else"})[i]
}

// bySize is the order of the first n parts by size; any others follow as they are.
func bySize(e *experiment.Explanation, n int) []int {
	order := make([]int, len(e.Parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order[:n], func(i, j int) int {
		return cmp.Compare(math.Abs(e.Parts[j].Contribution.Estimate), math.Abs(e.Parts[i].Contribution.Estimate))
	})
	return order
}

// signed is a cell for a change.
func signed(iv analysis.Interval) string { return plus(iv, cell(iv)) }

// shareCell is a cell for a share, whose interval is often lopsided.
func shareCell(iv analysis.Interval) string {
	e, low, high := analysis.FormatInterval(inPercent(iv), analysis.ThinSpace)
	return map[bool]string{true: "–", false: fmt.Sprintf("%s %% (%s to %s)", e, low, high)}[iv.Estimate != iv.Estimate]
}

// ofDifferences is the unit of differences of a measure.
func ofDifferences(m experiment.Measure) string {
	return strings.Replace(m.Unit, "%", "percentage points", 1)
}

// explanationText is the table for people.
func explanationText(e *experiment.Explanation) table {
	label := strings.TrimSuffix(e.Measure.Label+", "+e.Measure.Unit, ", ")
	t := table{Header: []string{"", "contribution  ", "share of the difference  ", "switched off alone  "},
		Title: fmt.Sprintf("%s: from %s with %s to %s with %s (± half a 95 %% interval)", label, cell(e.From), e.A.Name, cell(e.To), e.B.Name)}
	for _, i := range bySize(e, len(e.Players)) {
		p := e.Parts[i]
		t.Rows = append(t.Rows, []string{partOf(e, i).Label, mark(signed(p.Contribution), analysis.Noise(p.Contribution)), shareCell(p.Share) + "  ",
			mark(signed(p.Alone), !math.IsNaN(p.Alone.Estimate) && analysis.Noise(p.Alone))})
	}
	t.Rows = append(t.Rows, []string{strings.TrimSpace("difference, " + ofDifferences(e.Measure)), mark(signed(e.Total), analysis.Noise(e.Total)), "", ""})
	t.Note = tell.Wrap("Contributions add up to the difference: each is what switching the mechanism on adds, as a mean over all orders in which the mechanisms can be switched on. Alone: the part of the difference that goes when this one only is switched off. Where the two are not alike, mechanisms act on each other: one holds back what another would hold back anyway, or makes room for it. ~ not told apart from none", 100, "")
	return t
}

// explainVerdict says in words what makes the difference, never firmer than
// the intervals allow.
func explainVerdict(e *experiment.Explanation) []string {
	less, more, d := e.A, e.B, e.Total
	if analysis.Noise(d) {
		return []string{fmt.Sprintf("%s: %s and %s cannot be told apart (%s), so there is no difference to divide; contributions only say what pulls which way.", e.Measure.Label, less.Name, more.Name, signed(d))}
	}
	if d.Estimate < 0 {
		less, more, d = e.B, e.A, analysis.Interval{Estimate: -d.Estimate, Low: -d.High, High: -d.Low}
	}
	estimate, low, high := analysis.FormatInterval(d, analysis.ThinSpace)
	lines := []string{fmt.Sprintf("%s is %s %s (95 %% interval %s to %s) higher with %s than with %s. %s", e.Measure.Label, estimate, ofDifferences(e.Measure), low, high, more.Name, less.Name, mostText(e))}
	against := []string{}
	for _, i := range bySize(e, len(e.Players))[:len(e.Players)] {
		if p := e.Parts[i]; p.Share.High < 0 {
			against = append(against, fmt.Sprintf("%s (%s)", e.Players[i].Label, signed(p.Contribution)))
		}
	}
	lines = append(lines, "Clearly working the other way: "+cmp.Or(strings.Join(against, ", "), "none")+".")
	rest := e.Parts[len(e.Players)].Contribution
	text := "With all of these switched off the difference is %s."
	switch {
	case analysis.Noise(rest):
		text = "With all of these switched off no difference can be told any more (%s)."
	case rest.Estimate*e.Total.Estimate < 0:
		text = "With all of these switched off the difference is the other way round (%s)."
	}
	return append(lines, fmt.Sprintf(text, signed(rest)))
}

// mostText names the fewest parts, up to three, that surely make more than
// half of the difference.
func mostText(e *experiment.Explanation) string {
	var made []int
	var names []string
	for _, i := range bySize(e, len(e.Parts)) {
		p := e.Parts[i]
		if !(p.Share.Low > 0) || len(made) == 3 {
			continue
		}
		made, names = append(made, i), append(names, fmt.Sprintf("%s, %s or %s of it", partOf(e, i).Label, signed(p.Contribution), shareCell(p.Share)))
		switch share := e.ShareOf(made...); {
		case share.Low > 1:
			return fmt.Sprintf("%s: more than all of that, which others partly make up for.", tell.Capital(strings.Join(names, " and ")))
		case share.Low > 0.5:
			return fmt.Sprintf("Most of that is %s.", strings.Join(names, " and "))
		}
	}
	return "What makes most of that cannot be told; parts of it that can be told: " + cmp.Or(strings.Join(names, " and "), "none") + "."
}

// explainMethod says how the difference was divided.
func explainMethod(e *experiment.Explanation) []string {
	how := fmt.Sprintf("Both variants ran with each of the %d combinations of the %d mechanisms switched off, ", 1<<len(e.Players), len(e.Players))
	if e.Orders() > 0 {
		how = fmt.Sprintf("Both variants ran with the %d mechanisms switched on one by one in %d sampled orders, each second one the reverse of the one before, ", len(e.Players), e.Orders())
	}
	span := "the project and follow-up of the scenario"
	if e.Measure.Years > 0 {
		span = fmt.Sprintf("a project of %s; the share is that of sums over replications, not a mean of shares", experiment.YearsText(e.Measure.Years))
	}
	return []string{
		how + fmt.Sprintf("%d times each, on the same luck, over %s. A combination is worth the difference between the variants that is there with only these mechanisms on. The contribution of a mechanism is its Shapley value: what it adds when it is switched on, as a mean over all orders. Contributions and what remains with all switched off (“everything else”) add up to the difference.", e.Plan.Replications, span),
		"Intervals are 95 % intervals, each for itself, of a bootstrap: whole replications are drawn with replacement, the same for all combinations, and everything is worked out anew. They cover the luck of the draw and, where orders were sampled, that too; not the uncertainty of the assumptions.",
		"Switching off is a question to the model, not a policy: a group without joint hours does not exist. Which mechanisms are among those divided matters too; what is not stays on throughout.",
	}
}

// explanationTable writes the parts as data.
func (out *output) explanationTable(e *experiment.Explanation) error {
	table := store.Table{Name: "explanation",
		Doc: fmt.Sprintf("%s (%s): the parts of the difference between %s and %s", e.Measure.Name, e.Measure.Label, e.A.Name, e.B.Name),
		Columns: []store.Column{{Name: "part", Doc: "mechanism; rest: what remains with all switched off; difference: the whole", Type: store.Text},
			{Name: "quantity", Doc: "contribution: Shapley value; share: of the difference, missing when that might be none; alone: the part of the difference that goes with this one only switched off", Type: store.Text},
			{Name: "estimate", Unit: cmp.Or(ofDifferences(e.Measure), "1") + "; shares: 1", Type: store.Float64},
			{Name: "low", Unit: "of the estimate", Doc: "lower end of its 95 % interval", Type: store.Float64},
			{Name: "high", Unit: "of the estimate", Doc: "upper end of its 95 % interval", Type: store.Float64}}}
	w, err := out.table(table)
	if err != nil {
		return err
	}
	defer w.Abort()
	row := func(part, quantity string, iv analysis.Interval) { // what goes wrong is said by Close
		_ = w.Text(part).Text(quantity).Float(iv.Estimate).Float(iv.Low).Float(iv.High).EndRow()
	}
	for i, p := range e.Parts {
		row(partOf(e, i).Name, "contribution", p.Contribution)
		row(partOf(e, i).Name, "share", p.Share)
		row(partOf(e, i).Name, "alone", p.Alone)
	}
	row("difference", "contribution", e.Total)
	return w.Close()
}
