package report

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
)

// point is an interval without ends.
func point(x float64, n int) analysis.Interval {
	return analysis.Interval{Estimate: x, Low: math.NaN(), High: math.NaN(), N: n}
}

// tornado analyses a one-at-a-time design.
func (f *finding) tornado(seen *Observed, o *experiment.Observed) error {
	at, err := o.Base()
	if err != nil {
		return err
	}
	base := analysis.Mean(o.Runs[at])
	f.note("base", "", "", "", base)
	rows := make([][]int, len(o.Groups))
	levels := make([][][]float64, len(o.Groups))
	for g, name := range o.Groups {
		for _, row := range o.RowsOf(name) {
			rows[g], levels[g] = append(rows[g], row), append(levels[g], o.Runs[row])
		}
	}
	swings := analysis.OneAtATime(o.Runs[at], levels)
	info := f.outcome.Info()
	t := table{Title: fmt.Sprintf("%s, %s: change against the scenario as it is, %s (± half a 95 %% interval)", info.Label, cmpUnit(info.Unit), cell(base)),
		Header: []string{"", "first", "last", "change at the first  ", "change at the last  "}, Note: "~ not told apart from none"}
	in := plots.TornadoInput{Outcome: f.measure(seen, fmt.Sprintf("%s, one change at a time", seen.Design.Scenario.Title)), Base: base}
	names := seen.names(o.Groups)
	for _, s := range swings {
		name := o.Groups[s.Factor]
		var texts []string
		for l, effect := range s.Levels {
			texts = append(texts, seen.levelText(o, rows[s.Factor][l], name))
			f.note("change", name, "", texts[l], effect)
		}
		f.note("swing", name, "", "", s.Highest)
		last := len(texts) - 1
		t.Rows = append(t.Rows, []string{names[s.Factor], texts[0], texts[last], change(s.Levels[0]), change(s.Levels[last])})
		in.Rows = append(in.Rows, plots.TornadoRow{Factor: seen.factor(name), Swing: s, Texts: texts})
	}
	f.tables = append(f.tables, t)
	f.say("%s", tornadoVerdict(sim.UnitText(info.Unit), in.Rows))
	f.add(plots.Tornado(in))
	return nil
}

// tornadoVerdict says which changes do most, and which do nothing.
func tornadoVerdict(unit string, rows []plots.TornadoRow) string {
	var most, none, idle, bent []string
	for _, s := range rows {
		name := s.Factor.Label
		switch {
		case !slices.ContainsFunc(s.Levels, func(iv analysis.Interval) bool { return iv.Estimate != 0 }):
			idle = append(idle, name)
		case s.Noise:
			none = append(none, name)
		case len(most) < 3:
			most = append(most, fmt.Sprintf("%s (%s to %s: %s)", name, s.Texts[0], s.Texts[len(s.Texts)-1], strings.TrimSpace(signed(s.Highest)+" "+unit)))
		}
		if s.Bent && len(most) > 0 {
			bent = append(bent, name)
		}
	}
	return fmt.Sprintf("what moves it most by itself: %s.", list(most)) +
		told("Nothing can be told of %s.", none) +
		told("Nothing at all comes of %s.", idle) +
		told("Of %s a value between does better, or worse, than both ends.", bent)
}

// levelText says the values of a group's factors in a row.
func (seen *Observed) levelText(o *experiment.Observed, row int, group string) string {
	names, of := seen.Design.Groups()
	var parts []string
	for i := range seen.Design.Factors {
		if p := seen.Design.Factors[i].Parameter; names[of[i]] == group {
			text := tell.Value(p, o.Values[row][i])
			if p.Name == "group.focus" { // say which form it is
				text += map[float64]string{0: " market", 0.5: " customer", 1: " system"}[o.Values[row][i]]
			}
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, ", ")
}

// mainEffects analyses a full factorial design.
func (f *finding) mainEffects(seen *Observed, o *experiment.Observed) {
	groups := seen.levels(o)
	level := make([][]int, len(o.Runs))
	for row := range level {
		for _, g := range groups {
			level[row] = append(level[row], slices.Index(g.Texts, seen.levelText(o, row, g.Factor.Name)))
		}
	}
	e := analysis.MainEffects(level, o.Runs)
	label := f.outcome.Info().Label
	if f.leftOut(e.LeftOut, seen.Head.Replications, "replications") {
		return
	}
	f.note("mean", "", "", "", e.Mean)
	f.note("interactions", "", "", "", e.Interactions)
	in := plots.EffectsInput{Outcome: f.measure(seen, seen.rowsText()), Mean: e.Mean, Together: e.Interactions}
	t := table{Title: fmt.Sprintf("%s, %s: mean over the rows with a level, less the mean of all rows, %s (± half a 95 %% interval)", label, cmpUnit(f.outcome.Info().Unit), cell(e.Mean)),
		Header: []string{"", "level", "effect  "}, Note: "~ not told apart from none"}
	var shares []string
	for g := range groups {
		name := groups[g].Factor.Label
		for l, effect := range e.Factors[g].Levels {
			f.note("effect", o.Groups[g], "", groups[g].Texts[l], effect)
			t.Rows = append(t.Rows, []string{name, groups[g].Texts[l], change(effect)})
		}
		f.note("share", o.Groups[g], "", "", e.Factors[g].Share)
		if s := e.Factors[g].Share; s.Low == s.Low {
			shares = append(shares, fmt.Sprintf("%s %s", name, wholePercent(s)))
		}
		in.Factors = append(in.Factors, plots.EffectsFactor{Levels: groups[g], Effects: e.Factors[g].Levels, Share: e.Factors[g].Share})
	}
	f.tables = append(f.tables, t)
	if len(shares) > 0 {
		f.say("of the variance between the rows, %s, each by itself; %s is what they do together.", list(shares), wholePercent(e.Interactions))
	}
	if n := len(groups); n == 2 || n == 3 {
		f.interaction(seen, o, groups, level)
	}
	if len(groups) <= 12 { // more have no room in the figure; the table has them
		f.add(plots.MainEffects(in))
	}
}

// levels are the groups of a factorial with their levels, as the figures know
// them. A figure takes a level for a place on a scale when it is one number.
func (seen *Observed) levels(o *experiment.Observed) (levels []plots.Levels) {
	_, of := seen.Design.Groups()
	for g, name := range o.Groups {
		l := plots.Levels{Factor: seen.factor(name)}
		var factors []int
		for i := range of {
			if of[i] == g {
				factors = append(factors, i)
			}
		}
		one := &seen.Design.Factors[factors[0]]
		for row := range o.Runs {
			if text := seen.levelText(o, row, name); !slices.Contains(l.Texts, text) {
				l.Texts = append(l.Texts, text)
				l.At = append(l.At, o.Values[row][factors[0]])
			}
		}
		if len(factors) > 1 || !slices.IsSorted(l.At) || one.Parameter.Type == sim.Switch {
			l.At = nil
		}
		levels = append(levels, l)
	}
	return levels
}

// interaction draws a factorial of two or three groups: the outcome against
// the group with the most levels, which is what a line is for.
func (f *finding) interaction(seen *Observed, o *experiment.Observed, groups []plots.Levels, level [][]int) {
	order := make([]int, len(groups))
	for g := range order {
		order[g] = g
	}
	slices.SortStableFunc(order, func(a, b int) int { return len(groups[b].Texts) - len(groups[a].Texts) })
	if a, b := order[0], order[1]; len(groups[a].Texts) == len(groups[b].Texts) && o.Groups[a] == "group.focus" {
		order[0], order[1] = b, a // forms are lines
	}
	in := plots.InteractionInput{Outcome: f.measure(seen, seen.rowsText()), X: groups[order[0]], Lines: groups[order[1]]}
	panels := 1
	if len(groups) == 3 {
		in.Panels = groups[order[2]]
		panels = len(in.Panels.Texts)
	}
	const most = 6 // lines, and panels, that can be read
	if len(in.Lines.Texts) > most || panels > most {
		return
	}
	in.Means = make([][][]analysis.Interval, panels)
	for p := range in.Means {
		in.Means[p] = make([][]analysis.Interval, len(in.Lines.Texts))
		for l := range in.Means[p] {
			in.Means[p][l] = make([]analysis.Interval, len(in.X.Texts))
		}
	}
	for row, runs := range o.Runs {
		p := 0
		if len(groups) == 3 {
			p = level[row][order[2]]
		}
		in.Means[p][level[row][order[1]]][level[row][order[0]]] = analysis.Mean(runs)
	}
	f.add(plots.Interaction(in))
}

// rankCorrelations analyses a design of points that stand for themselves.
func (f *finding) rankCorrelations(ctx context.Context, seen *Observed, o *experiment.Observed) error {
	fit, err := analysis.RankRegression(ctx, o.Values, o.Runs, seen.Design.Seed)
	if err != nil {
		return err
	}
	info := f.outcome.Info()
	if f.leftOut(fit.LeftOut, seen.Head.Rows, "rows") {
		return nil
	}
	if fit.RSquared != fit.RSquared {
		f.say("too few rows for %d factors, or factors that cannot be told apart.", len(o.Groups))
		return nil
	}
	f.note("r_squared", "", "", "", point(fit.RSquared, seen.Head.Rows-fit.LeftOut))
	t := table{Title: fmt.Sprintf("%s: partial rank correlation with each factor (95 %% interval)", info.Label),
		Header: []string{"", "correlation  "}, Note: "~ not told apart from none"}
	in := plots.RankInput{Outcome: f.measure(seen, seen.rowsText()), R2: fit.RSquared, Poor: fit.Poor}
	order := make([]int, len(fit.Partial))
	for k, iv := range fit.Partial {
		order[k] = k
		name := seen.Design.Factors[k].Parameter.Name
		f.note("partial_rank_correlation", name, "", "", iv)
		in.Factors = append(in.Factors, plots.RankFactor{Factor: seen.factor(name), Partial: iv})
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(math.Abs(fit.Partial[b].Estimate), math.Abs(fit.Partial[a].Estimate))
	})
	var most []string
	for _, k := range order {
		iv, name := fit.Partial[k], seen.Design.Factors[k].Parameter.Label
		t.Rows = append(t.Rows, []string{name, mark(plus(iv, ranged(iv)), analysis.Noise(iv))})
		if len(most) < 3 && !analysis.Noise(iv) {
			most = append(most, fmt.Sprintf("%s at %s", name, plus(iv, ranged(iv))))
		}
	}
	f.tables = append(f.tables, t)
	text := fmt.Sprintf("it goes most steadily with %s. All factors together explain %.0f %% of the ranks of the rows' means.", list(most), 100*fit.RSquared)
	luck := analysis.LuckShare(o.Runs).Interval
	f.note("luck", "", "", "", luck)
	if luck.Low == luck.Low {
		text += fmt.Sprintf(" Of the variance of a single group's result %s is plain luck.", wholePercent(luck))
	}
	text += byChance(fit.ByChance, len(fit.Partial), "none")
	if fit.Poor {
		text += " That is little: the outcome does not rise and fall with the factors one by one, or is mostly luck. A saltelli design tells more."
	}
	f.say("%s", text)
	f.add(plots.RankCorrelations(in))
	return nil
}
