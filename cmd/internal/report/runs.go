package report

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"

	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
	"epgsim/sim/store"
)

// runTables are the tables that the runs of a comparison fill.
type runTables struct {
	c                                  *experiment.Comparison
	replications, smes, weekly, series *store.TableWriter // series may be nil
	years                              int                // columns of value by year
	kept                               int                // replications of which the weekly series are written
	rest                               func() error       // once all rows are there: puts the tables under their names, or says what came of that
}

// tablesOfRuns declare replications, smes and series, with so many columns of
// value by year, and with what the SMEs come to alone if that is known.
func tablesOfRuns(years int, alone bool) (replications, smes, series store.Table) {
	columns := append(keyColumns(replicationColumn), outcomeColumns()...)
	if alone {
		columns = append(columns, worthColumns...)
	}
	replications = store.Table{Name: "replications", Doc: "one row per variant, project period and replication",
		Columns: append(columns, yearColumns(years)...)}
	smes = store.Table{Name: "smes", Doc: "one row per variant, project period, replication and SME", Columns: append(keyColumns(replicationColumn),
		textColumn("sme", "name; letters name generated SMEs"),
		flagColumn("member", "still a member at the end; false: it left an open group"),
		numberColumn("value", "k€", "its share of all orders"),
		numberColumn("deals", "deals", "first orders it took part in"),
		numberColumn("orders", "orders", "repeat orders it took part in"),
		numberColumn("manager_hours", "h", "hours of the export manager it received"),
		numberColumn("hours_available", "h", "hours it had for the project"),
		numberColumn("hours_joint", "h", "hours of joint work"),
		numberColumn("hours_wasted", "h", "hours of joint work to which the other did not contribute"),
		numberColumn("fairness", "1", "perceived fairness, mean over quarters; missing when it never looked"),
		numberColumn("experience_gained", "1", "export experience gained in the group"),
		numberColumn("joined_week", "weeks", "week after which it joined; 0: at the start"),
		numberColumn("left_week", "weeks", "week in which it left or turned passive; missing when it did not"),
		textColumn("left_because", "why it did so: results, unfair, distrust, own, graduated; empty when it did not"),
		numberColumn("fees", "k€", "what it paid of the group's cost, and put by"),
		numberColumn("satisfaction", "1", "satisfaction, mean over its weeks as an active member; missing without any"),
		numberColumn("customers", "customers", "customers that it serves at the end; 0 for one that left an open group"),
	)}
	series = store.Table{Name: "series", Doc: "the weekly series of single replications",
		Columns: append(keyColumns(replicationColumn, weekColumn), seriesColumns()...)}
	return replications, smes, series
}

// weeklyTable declares the weekly series over replications.
func weeklyTable() store.Table {
	columns := keyColumns(
		weekColumn, textColumn("quantity", "what is measured: a column of the weekly series"),
		wholeColumn("n", "1", "replications that had a value that week, on which the others rest"))
	for _, c := range [][2]string{{"mean", "mean over replications"}, {"low", "lower end of the mean's 95 % interval"},
		{"high", "upper end of the mean's 95 % interval"}, {"p05", "5 % quantile"}, {"p25", "25 % quantile"},
		{"p50", "median"}, {"p75", "75 % quantile"}, {"p95", "95 % quantile"}} {
		columns = append(columns, numberColumn(c[0], "of the quantity", c[1]))
	}
	var quantities []string
	for c := range sim.NColumns {
		quantities = append(quantities, fmt.Sprintf("%s (%s): %s", c.Info().Name, c.Info().Unit, c.Info().Doc))
	}
	return store.Table{Name: "weekly", Doc: "the weekly series over replications: " + strings.Join(quantities, "; "), Columns: columns}
}

// openRuns begins the tables that Simulate fills.
func (r *Results) openRuns(c *experiment.Comparison) error {
	t := &runTables{c: c, years: int(c.Horizon), kept: r.settings.Series}
	replications, smes, series := tablesOfRuns(t.years, c.HasAlone())
	var problems []error
	open := func(at **store.TableWriter, table store.Table) {
		w, err := r.table(table)
		*at, problems = w, append(problems, err)
	}
	open(&t.replications, replications)
	open(&t.smes, smes)
	open(&t.weekly, weeklyTable())
	if t.kept > 0 {
		open(&t.series, series)
	}
	r.runs = t
	return errors.Join(problems...)
}

// Fits says, before anything is run, why Excel cannot hold the tables of a
// comparison, where they are to be for it.
func (s *Settings) Fits(c *experiment.Comparison) error {
	if formats[s.Format] != store.XLSX {
		return nil
	}
	replications, smes, weekly, series := 0, 0, 0, 0
	for v := range c.Variants {
		p := c.Variants[v].Params
		for _, p.Project.Years = range c.Years {
			replications += c.Plan.Replications
			smes += c.Plan.Replications * p.Size()
			series += s.Series * p.TotalWeeks()
			if p.Project.Years == c.Own || p.Project.Years == c.Years[len(c.Years)-1] {
				weekly += int(sim.NColumns) * p.TotalWeeks()
			}
		}
	}
	for _, t := range []struct {
		name string
		rows int
	}{{"replications", replications}, {"smes", smes}, {"weekly", weekly}, {"series", series}} {
		if t.rows > store.MostXLSXRows {
			return fmt.Errorf("table %s would have %d rows: %w", t.name, t.rows, store.ErrTooManyRows)
		}
	}
	return nil
}

// Simulate runs a comparison and writes its rows; done hears of every run. What can be
// told by then need not wait for the bands over weeks: they are written beside it, and
// Finish says what came of that. An error that experiment.Interrupted knows leaves the
// rows for Interrupted.
func (r *Results) Simulate(ctx context.Context, c *experiment.Comparison, done func(runs int)) error {
	if err := r.openRuns(c); err != nil {
		return err
	}
	err := c.Run(ctx, func(variant, years int, row experiment.Row) error {
		done(1)
		return r.runs.put(variant, years, row)
	})
	if err != nil {
		return err
	}
	r.runs.rest = sync.OnceValue(func() error {
		if err := r.runs.putBands(c); err != nil {
			return err
		}
		return r.runs.close()
	})
	go func() { _ = r.runs.rest() }() // whoever asks again hears of its error
	return nil
}

// settle waits until the tables of Simulate are written.
func (r *Results) settle() error {
	if r.runs == nil || r.runs.rest == nil {
		return nil
	}
	return r.runs.rest()
}

// put writes what one replication came to.
func (t *runTables) put(variant, years int, r experiment.Row) error {
	v := &t.c.Variants[variant]
	begin := func(w *store.TableWriter) *store.TableWriter {
		return w.Text(v.Key).Float(t.c.Years[years]).Int(int64(r.Replication))
	}
	row := begin(t.replications).Floats(r.Result.Values[:])
	if t.c.HasAlone() {
		w := t.c.WorthOf(variant, years, r.Replication-t.c.Plan.First)
		row.Float(w.Alone).Float(w.Further).Float(w.Benefit)
	}
	if err := valuesByYear(row, r.Result, t.years).EndRow(); err != nil {
		return err
	}
	for k := range r.Result.SMEs {
		l := &r.Result.SMEs[k]
		fairness := l.Fairness / float64(l.Looks) // NaN when it never looked
		left, why := math.NaN(), ""
		if l.Left > 0 {
			left, why = float64(l.Left), whys[l.Why]
		}
		err := begin(t.smes).Text(v.Params.SMEName(l.Order)).Bool(k < r.Result.Members).
			Float(l.Value()).Float(float64(l.Deals)).Float(float64(l.Orders)).Float(l.Received).
			Float(l.Hours[sim.UseAvailable]).Float(l.Hours[sim.UseJoint]).Float(l.Hours[sim.UseWasted]).
			Float(fairness).Float(l.Gained).
			Float(float64(l.Joined)).Float(left).Text(why).Float(l.Fees).Float(l.Satisfaction / float64(l.Weeks)).Float(float64(l.Customers)).EndRow()
		if err != nil {
			return err
		}
	}
	if r.Series == nil || r.Replication >= t.kept {
		return nil
	}
	for w := range r.Series.Weeks {
		if err := floatsOfWeek(begin(t.series).Int(int64(w+1)), r.Series, w).EndRow(); err != nil {
			return err
		}
	}
	return nil
}

// putBands writes the weekly series of the variants over replications.
func (t *runTables) putBands(c *experiment.Comparison) error {
	longest := c.Years[len(c.Years)-1]
	for v, variant := range c.Variants {
		if err := t.putBandsOf(variant.Key, c.Own, c.Weekly(v)); err != nil {
			return err
		}
		if longest == c.Own {
			continue
		}
		if err := t.putBandsOf(variant.Key, longest, c.WeeklyLong(v)); err != nil {
			return err
		}
	}
	return nil
}

func (t *runTables) putBandsOf(variant string, years float64, bands *[sim.NColumns]analysis.Band) error {
	for q := range bands {
		b, name := &bands[q], sim.Column(q).Info().Name
		for w := range b.Mean {
			err := t.weekly.Text(variant).Float(years).Int(int64(w + 1)).Text(name).Int(int64(b.Counts[w])).
				Float(b.Mean[w]).Float(b.Low[w]).Float(b.High[w]).
				Float(b.P05[w]).Float(b.P25[w]).Float(b.P50[w]).Float(b.P75[w]).Float(b.P95[w]).EndRow()
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// close puts the tables under their names.
func (t *runTables) close() error {
	for _, w := range []*store.TableWriter{t.replications, t.smes, t.weekly, t.series} {
		if w == nil {
			continue
		}
		if err := w.Close(); err != nil {
			return err
		}
	}
	return nil
}

// Columns that several tables have.
var (
	replicationColumn = wholeColumn("replication", "1", "the same number meets the same luck in every variant")
	weekColumn        = wholeColumn("week", "weeks", "1 is the first")
)

// keyColumns begin every table of a comparison: they say which arm a row is of.
func keyColumns(more ...store.Column) []store.Column {
	return append([]store.Column{
		textColumn("variant", "organisational form, or what else is varied"),
		numberColumn("project_years", "years", "length of the project period"),
	}, more...)
}

// worthColumns are what a group is worth beside its SMEs alone: see experiment.Worth.
var worthColumns = []store.Column{
	numberColumn("alone_value_expected", "k€", "value that the SMEs would close by the horizon without the group, with their own money, by chance; discounted with --discount"),
	numberColumn("further_exports", "k€", "value_total_expected, discounted, less alone_value_expected"),
	numberColumn("net_benefit", "k€", "margin on further_exports, less public_cost, less what the SMEs pay more than alone, discounted"),
}

// outcomeColumns are all outcomes of a run.
func outcomeColumns() (columns []store.Column) {
	for o := range sim.NOutcomes {
		columns = append(columns, numberColumn(o.Info().Name, o.Info().Unit, o.Info().Doc))
	}
	return columns
}

// yearColumns are the value closed by the end of each of so many years.
func yearColumns(years int) (columns []store.Column) {
	for y := range years {
		columns = append(columns, numberColumn(fmt.Sprintf("value_year_%02d", y+1), "k€",
			fmt.Sprintf("value of all orders closed by the end of year %d; missing when it was not simulated", y+1)))
	}
	return columns
}

// valuesByYear writes the value closed by the end of each year.
func valuesByYear(t *store.TableWriter, r *sim.Result, years int) *store.TableWriter {
	for _, y := range r.ByYear[:years] {
		t.Float(y.Value)
	}
	return t
}

// seriesColumns are all quantities of the weekly series.
func seriesColumns() (columns []store.Column) {
	for c := range sim.NColumns {
		columns = append(columns, numberColumn(c.Info().Name, c.Info().Unit, c.Info().Doc))
	}
	return columns
}

// floatsOfWeek writes the quantities of one week.
func floatsOfWeek(t *store.TableWriter, series *sim.Series, week int) *store.TableWriter {
	for c := range series.Columns {
		t.Float(series.Columns[c][week])
	}
	return t
}

// whys are the reasons to leave, as the outcomes that count them name them.
var whys = [...]string{sim.ReasonResults: "results", sim.ReasonUnfair: "unfair", sim.ReasonDistrust: "distrust", sim.ReasonOwn: "own", sim.ReasonGraduated: "graduated"}
