package report

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"epgsim/cmd/internal/tell"
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
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", outcome, err)
		}
		found.all = append(found.all, f)
	}
	return found, nil
}

// TellSensitivity writes and prints what an analysis found. Data is what the
// page calls the data set.
func (r *Results) TellSensitivity(to io.Writer, found *Findings, data string) error {
	seen, d := found.seen, found.seen.Design
	doc := &document{page: PageFile, kind: "Report", title: d.Title, about: d.Description,
		heading:  fmt.Sprintf("%s: %s\n%d rows (%s), %d replications of each on common luck, seed %d", d.Name, d.Title, seen.Head.Rows, d.Method, seen.Head.Replications, d.Seed),
		subtitle: fmt.Sprintf("%s · sensitivity of %s, %s", d.Name, d.Scenario.Name, d.Method),
		method:   slices.Concat(commonMethod[:2], sensitivityMethod(seen)),
		facts:    [][2]string{{"Design hash", d.Hash()}, {"Data set", data}},
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
		doc.figures, doc.verdict = append(doc.figures, f.figures...), append(doc.verdict, f.verdict...)
		doc.tables, doc.printed = append(doc.tables, f.tables...), append(doc.printed, f.tables...)
	}
	doc.tables = append(doc.tables, factors)
	return r.publish(to, doc)
}

// factorsTable lists what was varied.
func factorsTable(d *scenario.Design) table {
	t := table{Title: "The factors", Header: []string{"", "key", "values", "unit", "group", "what it is", "source"}}
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
		t.Rows = append(t.Rows, []string{f.Parameter.Label, f.Parameter.Name, text, tell.Unit(f.Parameter.Unit), f.Group, f.Parameter.Doc, f.Parameter.Source})
	}
	return t
}

// writeIndices writes the table of all results.
func (r *Results) writeIndices(found []*finding) error {
	number := func(name, doc string) store.Column { return numberColumn(name, "of the statistic", doc) }
	t := store.Table{Name: "indices", Doc: "one row per outcome, statistic and factor",
		Columns: []store.Column{
			textColumn("outcome", "what is explained"), textColumn("statistic", "what is estimated, e.g. total, first, mu_star"),
			textColumn("factor", "parameter or group of parameters; empty for all together"), textColumn("with", "the other factor of a pair; else empty"),
			textColumn("level", "the factor's value; else empty"),
			number("estimate", "the estimate"), number("low", "lower end of its 95 % interval"), number("high", "upper end of its 95 % interval"),
			{Name: "n", Unit: "1", Doc: "blocks, rows or replications that went in", Type: store.Int64},
		}}
	return r.writeTable(t, func(w *store.TableWriter) error {
		for _, f := range found {
			for _, i := range f.indices {
				if err := w.Text(f.outcome.String()).Text(i.statistic).Text(i.factor).Text(i.with).Text(i.level).
					Float(i.value.Estimate).Float(i.value.Low).Float(i.value.High).Int(int64(i.value.N)).EndRow(); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// sensitivityMethod says how the analysis was made.
func sensitivityMethod(seen *Observed) []string {
	d := seen.Design
	luck := fmt.Sprintf("Each of the %d rows ran %d times; replication r met the same luck in every row, so rows are compared in pairs. ", seen.Head.Rows, seen.Head.Replications) +
		"Intervals are 95 % intervals over rows and replications, both taken as samples (two-way clustered standard errors, a jackknife over replications, Student's t; of rank correlations a bootstrap over rows)."
	switch d.Method {
	case scenario.MethodSaltelli:
		return []string{luck, "Sobol' indices share out the variance of the expected outcome (its mean over luck) when all factors are drawn evenly from their ranges: “by itself” is what is explained by a factor when it alone is known (the first-order index), “in all” adds everything it does together with others (the total index). Squares and products are of different replications only, so that luck counts nowhere as an effect; its own share is given apart. Estimators: Jansen (1999) and Janon et al. (2014) on a Saltelli design over " + sequenceText(d) + "."}
	case scenario.MethodMorris:
		return []string{luck, fmt.Sprintf("Morris screening follows %d trajectories on a grid of %d levels; each step changes one factor by %.3g of its range. μ* is the mean size of these elementary effects, scaled to the whole range; σ is how much they differ from place to place, with the part that is luck taken out; the floor is the μ* that luck alone would give.", d.Points, d.Levels, float64(d.Levels)/float64(2*(d.Levels-1)))}
	case scenario.MethodOneAtATime:
		return []string{luck, "Each bar is the outcome at one level of one factor, the others being as in the scenario, less the outcome of the scenario as it is, on the same luck. What factors do together does not show here."}
	case scenario.MethodFactorial:
		return []string{luck, "All combinations of levels were run. A main effect is the mean over all rows at a level; shares are of the variance between rows."}
	}
	return []string{luck, "Partial rank correlations say how far the outcome rises or falls with a factor when all others are held (−1 to 1), by ranks. They see what goes one way only."}
}

// sequenceText names the points of a Saltelli design.
func sequenceText(d *scenario.Design) string {
	if d.Scramble {
		return "a scrambled Sobol' sequence"
	}
	return "a Sobol' sequence"
}
