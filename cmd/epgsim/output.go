package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"syscall"
	"time"

	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// output is the directory a command leaves behind.
type output struct {
	dir      *store.Dir
	app      *app
	scenario *scenario.Scenario
	options  *options
	started  time.Time
	arms     []string
	warnings []string
	recipe   store.Recipe

	runs, smes, weeks, series *store.TableWriter
	years                     int // columns of value by year
}

// open makes the output directory and its tables. years is the length of the
// longest run.
func (a *app) open(s *scenario.Scenario, o *options, command string, years float64) (*output, error) {
	path := o.place(s.Name + "-" + command)
	dir, err := store.Create(path, o.force)
	if err != nil {
		return nil, placeError(path, err)
	}
	out := a.output(dir, s, o)
	out.years = min(sim.MaxYears, int(years))
	for _, t := range []struct {
		at    **store.TableWriter
		table store.Table
		skip  bool
	}{
		{&out.runs, out.runsTable(), false},
		{&out.smes, out.smesTable(), false},
		{&out.weeks, out.weeksTable(), false},
		{&out.series, out.seriesTable(), o.series == 0},
	} {
		if t.skip {
			continue
		}
		if *t.at, err = out.table(t.table); err != nil {
			return nil, errors.Join(err, dir.Close())
		}
	}
	return out, nil
}

// output begins the output of a command.
func (a *app) output(dir *store.Dir, s *scenario.Scenario, o *options) *output {
	return &output{dir: dir, app: a, scenario: s, options: o, started: a.now().UTC().Round(time.Millisecond), recipe: store.Recipe{Words: o.again}}
}

// table begins a table in the formats asked for, which says where it comes from.
func (out *output) table(t store.Table) (*store.TableWriter, error) {
	t.Meta = map[string]string{}
	for _, m := range out.receipt() {
		t.Meta[m[0]] = m[1]
	}
	t.Formats = map[string]store.Format{"csv": store.CSV, "parquet": store.Parquet}[out.options.format.value]
	return out.dir.Table(t)
}

// receipt is what every file that can carry it says of its origin.
func (out *output) receipt() [][2]string {
	return out.app.maker().receipt(out.scenario.Name, out.scenario.Hash(), out.options.seed)
}

// maker is the program that made a file and the model in it.
type maker struct{ version, model string }

// maker is this program; but what is made again to be compared says that it
// is made by what made the other, so that only what is computed counts.
func (a *app) maker() maker {
	if a.as != nil {
		return maker{a.as.Version, a.as.ModelHash}
	}
	hash, _ := modelHash() // where it fails no manifest can be written, which says so
	return maker{version, hash}
}

func (m maker) receipt(scenario, hash string, seed uint64) [][2]string {
	return [][2]string{{"epgsim_version", m.version}, {"scenario", scenario}, {"scenario_hash", hash},
		{"model_hash", m.model}, {"seed", fmt.Sprint(seed)}}
}

// placeError makes an error of usage of what comes of naming as a directory
// what can never be one.
func placeError(path string, err error) error {
	if info, e := os.Stat(path); errors.Is(err, syscall.ENOTDIR) || e == nil && !info.IsDir() {
		return usageError{fmt.Errorf("--out %w", err)}
	}
	return err
}

// keyColumns begin every table: what one arm is.
func keyColumns(more ...store.Column) []store.Column {
	return append([]store.Column{
		{Name: "variant", Doc: "organisational form, or what else is varied", Type: store.Text},
		{Name: "project_years", Unit: "years", Doc: "length of the project period", Type: store.Float64},
	}, more...)
}

var replicationColumn = store.Column{Name: "replication", Unit: "1", Doc: "the same number meets the same luck in every variant", Type: store.Int64}

func (out *output) runsTable() store.Table {
	columns := append(append(keyColumns(replicationColumn), outcomeColumns()...), yearColumns(out.years)...)
	return store.Table{Name: "replications", Doc: "one row per variant, project period and replication", Columns: columns}
}

// outcomeColumns are all outcomes of a run.
func outcomeColumns() (columns []store.Column) {
	for o := range sim.NOutcomes {
		info := o.Info()
		columns = append(columns, store.Column{Name: info.Name, Unit: info.Unit, Doc: info.Doc, Type: store.Float64})
	}
	return columns
}

// yearColumns are the value closed by the end of each of so many years.
func yearColumns(years int) (columns []store.Column) {
	for y := range years {
		columns = append(columns, store.Column{Name: fmt.Sprintf("value_year_%02d", y+1), Unit: "k€", Type: store.Float64,
			Doc: fmt.Sprintf("value of all orders closed by the end of year %d; missing when it was not simulated", y+1)})
	}
	return columns
}

func (out *output) smesTable() store.Table {
	number := func(name, unit, doc string) store.Column {
		return store.Column{Name: name, Unit: unit, Doc: doc, Type: store.Float64}
	}
	return store.Table{Name: "smes", Doc: "one row per variant, project period, replication and SME", Columns: keyColumns(replicationColumn,
		store.Column{Name: "sme", Doc: "name; letters name generated SMEs", Type: store.Text},
		store.Column{Name: "member", Doc: "still a member at the end; false: it left an open group", Type: store.Bool},
		number("value", "k€", "its share of all orders"),
		number("deals", "deals", "first orders it took part in"),
		number("orders", "orders", "repeat orders it took part in"),
		number("manager_hours", "h", "hours of the export manager it received"),
		number("hours_available", "h", "hours it had for the project"),
		number("hours_joint", "h", "hours of joint work"),
		number("hours_wasted", "h", "hours of joint work to which the other did not contribute"),
		number("fairness", "1", "perceived fairness, mean over quarters; missing when it never looked"),
		number("experience_gained", "1", "export experience gained in the group"),
	)}
}

func (out *output) weeksTable() store.Table {
	columns := keyColumns(
		weekColumn, store.Column{Name: "quantity", Doc: "what is measured: a column of the weekly series", Type: store.Text},
		store.Column{Name: "n", Unit: "1", Doc: "replications", Type: store.Int64})
	for _, c := range [][2]string{{"mean", "mean over replications"}, {"low", "lower end of the mean's 95 % interval"},
		{"high", "upper end of the mean's 95 % interval"}, {"p05", "5 % quantile"}, {"p25", "25 % quantile"},
		{"p50", "median"}, {"p75", "75 % quantile"}, {"p95", "95 % quantile"}} {
		columns = append(columns, store.Column{Name: c[0], Unit: "of the quantity", Doc: c[1], Type: store.Float64})
	}
	return store.Table{Name: "weekly", Doc: "the weekly series over replications: " + columnDocs(), Columns: columns}
}

// columnDocs names the quantities of the weekly tables with their units.
func columnDocs() string {
	var parts []string
	for c := range sim.NColumns {
		parts = append(parts, fmt.Sprintf("%s (%s): %s", c.Info().Name, c.Info().Unit, c.Info().Doc))
	}
	return strings.Join(parts, "; ")
}

func (out *output) seriesTable() store.Table {
	return store.Table{Name: "series", Doc: "the weekly series of single replications",
		Columns: append(keyColumns(replicationColumn, weekColumn), seriesColumns()...)}
}

// weekColumn says the week of a row of a weekly table.
var weekColumn = store.Column{Name: "week", Unit: "weeks", Doc: "1 is the first", Type: store.Int64}

// seriesColumns are all quantities of the weekly series.
func seriesColumns() (columns []store.Column) {
	for c := range sim.NColumns {
		columns = append(columns, store.Column{Name: c.Info().Name, Unit: c.Info().Unit, Doc: c.Info().Doc, Type: store.Float64})
	}
	return columns
}

// row writes what one replication came to.
func (out *output) row(v experiment.Variant, years float64, r experiment.Row) error {
	t := out.runs.Text(v.Key).Float(years).Int(int64(r.Replication)).Floats(r.Result.Values[:]).Floats(r.Result.ValueByYear[:out.years])
	if err := t.EndRow(); err != nil {
		return err
	}
	for k := range r.Result.SMEs {
		l := &r.Result.SMEs[k]
		fairness := l.Fairness / float64(l.Looks) // NaN when it never looked
		t := out.smes.Text(v.Key).Float(years).Int(int64(r.Replication)).Text(v.Params.SMEName(l.Order)).Bool(k < r.Result.Members).
			Float(l.Value()).Float(float64(l.Deals)).Float(float64(l.Orders)).Float(l.Received).
			Float(l.Hours[sim.UseAvailable]).Float(l.Hours[sim.UseJoint]).Float(l.Hours[sim.UseWasted]).
			Float(fairness).Float(l.Gained)
		if err := t.EndRow(); err != nil {
			return err
		}
	}
	if r.Series == nil || r.Replication >= out.options.series {
		return nil
	}
	for w := range r.Series.Weeks {
		t := out.series.Text(v.Key).Float(years).Int(int64(r.Replication)).Int(int64(w + 1))
		for c := range r.Series.Columns {
			t.Float(r.Series.Columns[c][w])
		}
		if err := t.EndRow(); err != nil {
			return err
		}
	}
	return nil
}

// bands writes the weekly series of the variants over replications.
func (out *output) bands(c *experiment.Comparison) error {
	for v, variant := range c.Variants {
		for k, weeks := range [][][sim.NColumns]analysis.Band{c.Weekly, c.WeeklyLong} {
			years := c.Own
			if k == 1 {
				years = c.Years[len(c.Years)-1]
			}
			if k == 1 && years == c.Own {
				continue
			}
			if err := out.writeBands(variant.Key, years, &weeks[v]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (out *output) writeBands(variant string, years float64, bands *[sim.NColumns]analysis.Band) error {
	for q := range bands {
		b, name := &bands[q], sim.Column(q).Info().Name
		for w := range b.Mean {
			t := out.weeks.Text(variant).Float(years).Int(int64(w + 1)).Text(name).Int(int64(b.N)).
				Float(b.Mean[w]).Float(b.Low[w]).Float(b.High[w]).
				Float(b.P05[w]).Float(b.P25[w]).Float(b.P50[w]).Float(b.P75[w]).Float(b.P95[w])
			if err := t.EndRow(); err != nil {
				return err
			}
		}
	}
	return nil
}

// closeTables puts the tables under their names.
func (out *output) closeTables() error {
	for _, t := range []*store.TableWriter{out.runs, out.smes, out.weeks, out.series} {
		if t == nil {
			continue
		}
		if err := t.Close(); err != nil {
			return err
		}
	}
	return nil
}

// interrupted keeps the rows written so far when the user stops a run, and says
// so. None can go on with them, so it says how to begin again in their place.
func (out *output) interrupted() error {
	out.dir.Interrupted()
	if err := out.closeTables(); err != nil {
		return err
	}
	if err := out.finish(); err != nil {
		return err
	}
	var more []string
	path := out.dir.Path("")
	if out.options.out == "" {
		more = append(more, "--out", path) // lest --force replaces an earlier run
	}
	if !out.options.force {
		more = append(more, "--force")
	}
	return interrupted(fmt.Sprintf("%s in %s; to begin again: %s", errKept, path, out.app.typed(more...)))
}

// figures writes every figure as SVG and PNG and returns the SVGs by name.
func (out *output) figures(figures []*plots.Figure) (map[string][]byte, error) {
	svgs := map[string][]byte{}
	for _, f := range figures {
		f.Meta = out.receipt()
		svg, err := f.SVG()
		if err != nil {
			return nil, fmt.Errorf("figure %s: %w", f.Name, err)
		}
		png, err := f.PNG()
		if err != nil {
			return nil, fmt.Errorf("figure %s: %w", f.Name, err)
		}
		svgs[f.Name] = svg
		for ext, data := range map[string][]byte{".svg": svg, ".png": png} {
			if err := out.dir.WriteFile("figures/"+f.Name+ext, data); err != nil {
				return nil, err
			}
		}
	}
	return svgs, nil
}

// The files of a command, beside its tables and figures.
const (
	scenarioFile = "scenario.toml" // resolved
	reportFile   = "report.html"
	explainFile  = "explain.html" // the report of explain
)

// finish writes the resolved scenario and the manifest.
func (out *output) finish() error {
	if err := out.dir.WriteFile(scenarioFile, out.scenario.TOML()); err != nil {
		return err
	}
	m, err := out.manifest()
	if err != nil {
		return err
	}
	return out.dir.Finish(m)
}

func (out *output) manifest() (store.Manifest, error) {
	if _, err := modelHash(); err != nil {
		return store.Manifest{}, err
	}
	of, ended := out.app.maker(), out.app.now()
	return store.Manifest{
		Version: of.version, GoVersion: runtime.Version(), Command: append([]string{"epgsim"}, out.app.args...),
		Seed: out.options.seed, Scenario: out.scenario.Name, ScenarioHash: out.scenario.Hash(), ModelHash: of.model,
		Started: out.started, Ended: ended.UTC().Round(time.Millisecond),
		Wall:         store.Seconds(ended.Sub(out.started).Round(time.Millisecond).Seconds()),
		Replications: out.options.replications, Arms: out.arms, Warnings: out.warnings, Recipe: &out.recipe,
	}, nil
}

// modelHash identifies the model's source, without its tests.
func modelHash() (string, error) { return store.ModelHash(withoutTests{sim.Source}) }

// withoutTests hides the test files of a folder.
type withoutTests struct{ fs.ReadDirFS }

func (w withoutTests) ReadDir(name string) ([]fs.DirEntry, error) {
	all, err := w.ReadDirFS.ReadDir(name)
	var kept []fs.DirEntry
	for _, e := range all {
		if !strings.HasSuffix(e.Name(), "_test.go") {
			kept = append(kept, e)
		}
	}
	return kept, err
}
