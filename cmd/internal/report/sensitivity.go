package report

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// Findings are what the analysis of a data set comes to, by outcome.
type Findings struct {
	seen *Observed
	all  []*finding
}

// Analyse analyses every outcome by the design's method.
func (seen *Observed) Analyse(ctx context.Context) (*Findings, error) {
	found := &Findings{seen: seen}
	for k, outcome := range seen.Outcomes {
		f, err := seen.find(ctx, k)
		if err = cmp.Or(err, f.err, ctx.Err()); err != nil {
			return nil, fmt.Errorf("%s: %w", outcome.Info().Name, err)
		}
		found.all = append(found.all, f)
	}
	return found, nil
}

// TellSensitivity writes and prints what an analysis found. Data is what the
// page calls the data set.
func (r *Results) TellSensitivity(to io.Writer, found *Findings, data string) error {
	seen, d := found.seen, found.seen.Design
	doc := &document{page: PageFile, Title: d.Title, Description: d.Description,
		heading:  fmt.Sprintf("%s: %s\n%d rows (%s), %d replications of each on common luck, seed %d", d.Name, d.Title, seen.Head.Rows, d.Method, seen.Head.Replications, d.Seed),
		Subtitle: fmt.Sprintf("%s · sensitivity of %s, %s", d.Name, d.Scenario.Name, d.Method),
		Caveat:   "The numbers say what follows from the assumptions, and the ranges of the factors are among them. Intervals cover luck, no more.",
		Method:   slices.Concat(commonMethod[:2], sensitivityMethod(seen)),
		Facts:    [][2]string{{"Design hash", d.Hash()}, {"Data set", data}},
		files:    []file{{"indices", "every estimate with its interval", true}, {DesignFile, "the design as it was run", false}},
		remark:   seen.failed.String(),
		write: func(r *Results) error {
			if err := r.dir.WriteFile(DesignFile, d.TOML()); err != nil {
				return err
			}
			return r.writeIndices(found.all)
		},
	}
	factors := factorsTable(d)
	doc.printed = append(doc.printed, factors.firstColumns(5)) // by the names of the tables that follow
	for _, f := range found.all {
		doc.figures, doc.Verdict = append(doc.figures, f.figures...), append(doc.Verdict, f.verdict...)
		doc.Tables, doc.printed = append(doc.Tables, f.tables...), append(doc.printed, f.tables...)
	}
	doc.Tables = append(doc.Tables, factors)
	return r.publish(to, doc)
}

// factorsTable lists what was varied.
func factorsTable(d *scenario.Design) table {
	t := table{Title: "The factors", Header: []string{"", "key", "values", "unit", "group", "what it is", "evidence", "source"}}
	for i := range d.Factors {
		f := &d.Factors[i]
		var values []string
		for _, v := range f.Values {
			values = append(values, tell.Value(f.Parameter, v))
		}
		text := strings.Join(values, ", ")
		if f.Values == nil {
			text = tell.Value(f.Parameter, f.Low) + " to " + tell.Value(f.Parameter, f.High)
			if f.Log {
				text += ", by factors"
			}
		}
		t.Rows = append(t.Rows, []string{f.Parameter.Label, f.Parameter.Name, text, sim.UnitText(f.Parameter.Unit), f.Group, f.Parameter.Doc, f.Parameter.Grade.String(), f.Parameter.Source})
	}
	return t
}

func (r *Results) writeIndices(found []*finding) error {
	columns := slices.Concat([]store.Column{
		textColumn("outcome", "what is explained"), textColumn("statistic", "what is estimated, e.g. total, first, mu_star"),
		textColumn("factor", "parameter or group of parameters; empty for all together"), textColumn("with", "the other factor of a pair; else empty"),
		textColumn("level", "the factor's value; else empty")},
		intervalColumns("estimate", "low", "high", "of the statistic", "the estimate"),
		[]store.Column{wholeColumn("n", "1", "blocks, rows or replications that went in")})
	return r.writeTable(store.Table{Name: "indices", Doc: "one row per outcome, statistic and factor", Columns: columns}, func(put func(...any)) {
		for _, f := range found {
			for _, i := range f.indices {
				put(f.outcome.Info().Name, i.statistic, i.factor, i.with, i.level, i.value, i.value.N)
			}
		}
	})
}

// sensitivityMethod says how the analysis was made.
func sensitivityMethod(seen *Observed) []string {
	d := seen.Design
	worlds := ""
	if of := seen.Head.Fact(factWorlds); of != "" {
		worlds = fmt.Sprintf("Each replication was in a world of its own, the same for all rows: what is said of luck is said of luck and of the %d numbers that nobody knows and no factor varies. ", 1+strings.Count(seen.Head.Fact(FactUnknowns), ","))
	}
	luck := worlds + fmt.Sprintf("Each of the %d rows ran %d times; replication r met the same luck in every row, so rows are compared in pairs. ", seen.Head.Rows, seen.Head.Replications) +
		"Intervals are 95 % intervals over rows and replications, both taken as samples (two-way clustered standard errors, a jackknife over replications, Student's t; of rank correlations a bootstrap over rows)."
	switch d.Method {
	case scenario.MethodSaltelli:
		sequence := "a Sobol' sequence"
		if d.Scramble {
			sequence = "a scrambled Sobol' sequence"
		}
		return []string{luck, "Sobol' indices share out the variance of the expected outcome (its mean over luck) when all factors are drawn evenly from their ranges: “by itself” is what is explained by a factor when it alone is known (the first-order index), “in all” adds everything it does together with others (the total index). Squares and products are of different replications only, so that luck counts nowhere as an effect; its own share is given apart. Estimators: Jansen (1999) and Janon et al. (2014) on a Saltelli design over " + sequence + "."}
	case scenario.MethodMorris:
		return []string{luck, fmt.Sprintf("Morris screening follows %d trajectories on a grid of %d levels; each step changes one factor by %.3g of its range. μ* is the mean size of these elementary effects, scaled to the whole range; σ is how much they differ from place to place, with the part that is luck taken out; the floor is the μ* that luck alone would give.", d.Points, d.Levels, float64(d.Levels)/float64(2*(d.Levels-1)))}
	case scenario.MethodOneAtATime:
		return []string{luck, "Each bar is the outcome at one level of one factor, the others being as in the scenario, less the outcome of the scenario as it is, on the same luck. What factors do together does not show here."}
	case scenario.MethodFactorial:
		return []string{luck, "All combinations of levels were run. A main effect is the mean over all rows at a level; shares are of the variance between rows."}
	}
	return []string{luck, "Partial rank correlations say how far the outcome rises or falls with a factor when all others are held (−1 to 1), by ranks. They see what goes one way only."}
}

// finding is what the analysis of one outcome comes to.
type finding struct {
	drawing
	outcome scenario.Outcome
	verdict []string
	tables  []table
	indices []index
}

// index is a row of the table of all results.
type index struct {
	statistic, factor, with, level string
	value                          analysis.Interval
}

// find analyses the k-th outcome by the design's method.
func (seen *Observed) find(ctx context.Context, k int) (*finding, error) {
	f := &finding{outcome: seen.Outcomes[k]}
	o := seen.by[k]
	if f.still(seen, o) {
		return f, nil
	}
	var err error
	switch seen.Design.Method {
	case scenario.MethodSaltelli:
		err = f.sobol(seen, o)
	case scenario.MethodMorris:
		err = f.morris(seen, o)
	case scenario.MethodOneAtATime:
		err = f.tornado(seen, o)
	case scenario.MethodFactorial:
		f.mainEffects(seen, o)
	default:
		err = f.rankCorrelations(ctx, seen, o)
	}
	return f, err
}

// still says of an outcome that nothing moves that there is nothing to explain.
func (f *finding) still(seen *Observed, o *experiment.Observed) bool {
	info, moves := f.outcome.Info(), analysis.MovementOf(o.Runs)
	if moves == analysis.Moves {
		return false
	}
	mean := analysis.Mean(o.Runs[0]) // that of every row
	f.note("mean", "", "", "", mean)
	if moves == analysis.Constant {
		f.say("%s in all %d runs. There is nothing to explain, and more runs would show no more.",
			strings.TrimSpace(plain(mean.Estimate)+" "+sim.UnitText(info.Unit)), seen.Head.Rows*seen.Head.Replications)
		return true
	}
	f.say("nothing that was varied changes it. In each replication it is the same in all %d rows; only luck moves it.", seen.Head.Rows)
	return true
}

// byChance says how many factors show by chance alone, where that is one at least.
func byChance(expected float64, factors int, what string) string {
	if expected < 1 {
		return ""
	}
	return fmt.Sprintf(" If none of the %d did anything, about %.0f would be told from %s by chance.", factors, expected, what)
}

// measure is the outcome as the figures know it.
func (f *finding) measure(seen *Observed, rows string) plots.Measure {
	info := f.outcome.Info()
	return plots.Measure{Name: info.Name, Label: info.Label, Unit: sim.UnitText(info.Unit),
		Context: fmt.Sprintf("%s: %s, %d replications of each", seen.Design.Name, rows, seen.Head.Replications)}
}

// factor is a group of factors as the figures know it: a parameter with its
// label, or a group by its name.
func (seen *Observed) factor(group string) plots.Factor {
	p := sim.Lookup(group)
	if p == nil {
		return plots.Factor{Name: group, Label: group}
	}
	return plots.Factor{Name: group, Label: p.Label, Unit: sim.UnitText(p.Unit)}
}

// names are groups of factors as people know them: in tables and verdict they
// have the names of the figures.
func (seen *Observed) names(groups []string) []string {
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

// note adds a row to the table of all results.
func (f *finding) note(statistic, factor, with, level string, value analysis.Interval) {
	f.indices = append(f.indices, index{statistic, factor, with, level, value})
}

// rowsText says how many rows of what kind were run.
func (seen *Observed) rowsText() string {
	d := seen.Design
	switch d.Method {
	case scenario.MethodSaltelli:
		return fmt.Sprintf("%d base samples", d.Points)
	case scenario.MethodMorris:
		return fmt.Sprintf("%d trajectories", d.Points)
	}
	return fmt.Sprintf("%d rows", seen.Head.Rows)
}
