package main

import (
	"fmt"
	"slices"
	"strings"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// sensitivity prints what was found and writes figures, report and table.
func (out *output) sensitivity(seen *observed, data string, found []*finding) error {
	var figures []*plots.Figure
	var tables []table
	var verdict []string
	for _, f := range found {
		figures, tables, verdict = append(figures, f.figures...), append(tables, f.tables...), append(verdict, f.verdict...)
	}
	svgs, err := out.figures(figures)
	if err != nil {
		return err
	}
	d := seen.design
	factors := factorsTable(d)
	page := out.page("sensitivity", verdict, append(tables, factors), figures, svgs)
	page.Title, page.Description = d.Title, d.Description
	page.Subtitle = fmt.Sprintf("%s · sensitivity of %s, %s", d.Name, d.Scenario.Name, d.Method)
	page.Method = append(slices.Clone(commonMethod[:2]), sensitivityMethod(seen)...)
	page.Facts = append(page.Facts, [2]string{"Design hash", d.Hash()}, [2]string{"Data set", data})
	page.Data = append([][2]string{{"indices" + out.options.endings(), "every estimate with its interval"}, {sweepDesign, "the design as it was run"}}, page.Data[len(page.Data)-3:]...)
	if err := out.write(reportFile, page); err != nil {
		return err
	}
	if err := out.dir.WriteFile(sweepDesign, d.TOML()); err != nil {
		return err
	}
	if err := out.indices(found); err != nil {
		return err
	}
	// Before anything is printed: whoever reads it may stop reading.
	if err := out.finish(); err != nil {
		return err
	}
	fmt.Fprintf(out.app.out, "%s: %s\n%d rows (%s), %d replications of each on common luck, seed %d\n", d.Name, d.Title, seen.head.Rows, d.Method, seen.head.Replications, d.Seed)
	factors.firstColumns(5).print(out.app.out) // by the names of the tables that follow
	for _, t := range tables {
		t.print(out.app.out)
	}
	out.app.verdict(verdict)
	if seen.failed.n > 0 {
		fmt.Fprintln(out.app.out)
	}
	seen.failed.tell(out.app.out)
	out.app.done(out)
	return nil
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
		t.Rows = append(t.Rows, []string{f.Parameter.Label, f.Parameter.Name, text, sim.UnitText(f.Parameter.Unit), f.Group, f.Parameter.Doc, f.Parameter.Source})
	}
	return t
}

// indices writes the table of all results.
func (out *output) indices(found []*finding) error {
	text := func(name, doc string) store.Column { return store.Column{Name: name, Doc: doc, Type: store.Text} }
	number := func(name, doc string) store.Column {
		return store.Column{Name: name, Unit: "of the statistic", Doc: doc, Type: store.Float64}
	}
	w, err := out.table(store.Table{Name: "indices", Doc: "one row per outcome, statistic and factor",
		Columns: []store.Column{
			text("outcome", "what is explained"), text("statistic", "what is estimated, e.g. total, first, mu_star"),
			text("factor", "parameter or group of parameters; empty for all together"), text("with", "the other factor of a pair; else empty"),
			text("level", "the factor's value; else empty"),
			number("estimate", "the estimate"), number("low", "lower end of its 95 % interval"), number("high", "upper end of its 95 % interval"),
			{Name: "n", Unit: "1", Doc: "blocks, rows or replications that went in", Type: store.Int64},
		}})
	if err != nil {
		return err
	}
	for _, f := range found {
		for _, i := range f.indices {
			if err := w.Text(f.outcome.String()).Text(i.statistic).Text(i.factor).Text(i.with).Text(i.level).
				Float(i.value.Estimate).Float(i.value.Low).Float(i.value.High).Int(int64(i.value.N)).EndRow(); err != nil {
				return err
			}
		}
	}
	return w.Close()
}
