package report

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// SweepHead says what the data set of a sweep is of, and the files that it
// begins with.
func SweepHead(p *Program, s *experiment.Sweep, replications int) (store.Head, []store.Source) {
	d := s.Design
	rows, block := s.Shape()
	head := store.Head{
		Version: p.Version,
		Facts: facts("design", d.Name, "design_hash", d.Hash(), "scenario", d.Scenario.Name, "scenario_hash", d.Scenario.Hash(),
			"model_hash", p.Model, "seed", d.Seed, "series", d.Series),
		Layout: store.Layout{Rows: s.Rows(), Replications: replications, PartRows: rows, Block: block},
		Tables: SweepTables(s),
	}
	files := withWorlds(&head, []store.Source{{Path: DesignFile, Data: d.TOML()}, {Path: ScenarioFile, Data: d.Scenario.TOML()}}, s.Worlds)
	return head, files
}

// facts are names with values, in turn.
func facts(of ...any) (list []store.Fact) {
	for i := 0; i < len(of); i += 2 {
		list = append(list, store.Fact{Name: of[i].(string), Value: fmt.Sprint(of[i+1])})
	}
	return list
}

// The columns of a data set that say what a run is, beside store.KeyColumns.
const (
	columnBlock  = "block"
	columnRole   = "role"
	columnGroup  = "group"
	columnDelta  = "delta"
	columnReason = "reason"
)

// The tables of a data set.
const (
	TableRuns   = "parts"
	TableSeries = "series"
)

// SweepTables declares what is kept of every run: what it is, the values of
// the factors, all outcomes and the design's own. A second table has the weekly series, where the
// design asks for them.
func SweepTables(s *experiment.Sweep) []store.PartTable {
	columns := append(store.KeyColumns(),
		wholeColumn(columnBlock, "", "trajectory (morris) or base sample (saltelli) that the row belongs to; else the row itself"),
		textColumn(columnRole, "part that the row plays in the design: plain, base, level, start, step, A, B, AB or BA"),
		textColumn(columnGroup, "factor, or group of factors, that the row changes or exchanges; empty for none"),
		numberColumn(columnDelta, "1", "signed step of that factor, as a share of its range; only of steps"))
	columns = append(columns, factorColumns("factor: ", s.Design.Factors)...)
	if s.Worlds != nil {
		columns = append(columns, factorColumns("unknown, as drawn for the world of the replication: ", s.Worlds.Unknowns)...)
	}
	columns = append(columns, textColumn(columnReason, "why the run failed and has no outcomes; empty when it did not"))
	columns = append(columns, outcomeColumns()...)
	for _, o := range s.Design.Own() {
		columns = append(columns, numberColumn(o.Info().Name, o.Info().Unit, o.Info().Doc))
	}
	columns = append(columns, yearColumns(s.LongestRun())...)
	tables := []store.PartTable{{Name: TableRuns, Doc: "one row per design row and replication", Columns: columns}}
	if s.Design.Series {
		columns := append(append(store.KeyColumns(), weekColumn), seriesColumns()...)
		tables = append(tables, store.PartTable{Name: TableSeries, Doc: "the weekly series of every run", Columns: columns})
	}
	return tables
}

// SweepSink writes the runs of a piece to its part of the data set.
type SweepSink struct {
	partSink
	runs, series *store.TableWriter
	own          []scenario.Outcome
	years        int // columns of value by year
}

// NewSweepSink writes to a part; failures hears of failed runs once it is whole.
func NewSweepSink(w *store.PartWriter, s *experiment.Sweep, failures *Failures) *SweepSink {
	sink := SinkInto(w.Table(TableRuns), s, failures)
	sink.part = w
	if s.Design.Series {
		sink.series = w.Table(TableSeries)
	}
	return sink
}

// SinkInto writes to a table that is of no data set.
func SinkInto(runs *store.TableWriter, s *experiment.Sweep, failures *Failures) *SweepSink {
	return &SweepSink{partSink: partSink{failures: failures}, runs: runs, own: s.Design.Own(), years: s.LongestRun()}
}

// Put writes one run.
func (w *SweepSink) Put(r *experiment.SweepRun) error {
	t := w.runs.Int(int64(r.Row)).Int(int64(r.Replication)).
		Int(int64(r.Place.Block)).Text(r.Place.Role).Text(r.Place.Group).Float(r.Place.Delta).
		Floats(r.Values).Floats(r.World).Text(r.Reason)
	if r.Reason != "" {
		w.fail(r.Row, r.Replication, r.Reason)
		for range int(sim.NOutcomes) + len(w.own) + w.years {
			t.Float(math.NaN())
		}
		return t.EndRow()
	}
	t.Floats(r.Result.Values[:])
	for _, o := range w.own {
		t.Float(o.Value(&r.Result.Values))
	}
	if err := valuesByYear(t, r.Result, w.years).EndRow(); err != nil {
		return err
	}
	if r.Series == nil || w.series == nil {
		return nil
	}
	for week := range r.Series.Weeks {
		t := w.series.Int(int64(r.Row)).Int(int64(r.Replication)).Int(int64(week + 1))
		if err := floatsOfWeek(t, r.Series, week).EndRow(); err != nil {
			return err
		}
	}
	return nil
}

// Observed is the data set of a sweep, read for some outcomes.
type Observed struct {
	Design   *scenario.Design
	Head     store.Head
	Outcomes []scenario.Outcome

	by     []*experiment.Observed // by outcome; all share the places and values of the first
	needs  []sim.Outcome          // what Outcomes are worked out from
	failed Failures
}

// ReadSweep reads the design and some outcomes of a complete data set, by
// what was written with each run. choose says which, given the design of the data
// set. Own outcomes are worked out from those of the model, so that they need not
// be columns of the data set. Where no data set is, the error is
// store.ErrNoDataset.
func ReadSweep(ctx context.Context, path string, choose func(*scenario.Design) ([]scenario.Outcome, error)) (*Observed, error) {
	r, err := store.OpenForReading(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	d, err := scenario.LoadDesign(filepath.Join(path, DesignFile))
	if err != nil {
		return nil, fmt.Errorf("%s: its design cannot be read back: %w", path, err)
	}
	outcomes, err := choose(d)
	if err != nil {
		return nil, err
	}
	o := &Observed{Design: d, Head: r.Head(), Outcomes: outcomes}
	// Completeness comes before room is made for all rows: a damaged head may claim any number.
	s, err := store.ReadStatus(ctx, path, 1)
	switch {
	case err != nil:
		return nil, err
	case len(s.Warnings) > 0:
		return nil, fmt.Errorf("%s; run the sweep again", s.Warnings[0])
	case s.Missing[0] > 0:
		return nil, fmt.Errorf("%s: %d of %d parts are missing; run the sweep again", path, s.Missing[0], s.Head.Parts())
	}
	groups, _ := d.Groups()
	for k := range outcomes {
		o.by = append(o.by, experiment.NewObserved(groups, o.Head.Rows, o.Head.Replications, len(d.Factors)))
		o.by[k].Places, o.by[k].Values = o.by[0].Places, o.by[0].Values
	}
	columns := []string{"row", "replication", columnBlock, columnRole, columnGroup, columnDelta, columnReason}
	for i := range d.Factors {
		columns = append(columns, d.Factors[i].Parameter.Name)
	}
	for _, outcome := range outcomes {
		for _, k := range outcome.Needs() {
			if !slices.Contains(o.needs, k) {
				o.needs, columns = append(o.needs, k), append(columns, k.String())
			}
		}
	}
	return o, r.Each(TableRuns, columns, func(_ store.Part, c []store.Values) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return o.take(c)
	})
}

// take takes in the columns of one part, in the order in which ReadSweep asks
// for them.
func (o *Observed) take(c []store.Values) error {
	first, factors := o.by[0], c[7:7+len(o.Design.Factors)]
	var values [sim.NOutcomes]float64 // of one run, those of needs
	for i := range c[0].Ints {
		row, replication := int(c[0].Ints[i]), int(c[1].Ints[i])
		if row < 0 || row >= o.Head.Rows || replication < 0 || replication >= o.Head.Replications {
			return fmt.Errorf("row %d, replication %d is none of the data set", row, replication)
		}
		first.Places[row] = experiment.Place{Block: int(c[2].Ints[i]), Role: c[3].Texts[i], Group: c[4].Texts[i], Delta: c[5].Floats[i]}
		for f := range factors {
			first.Values[row][f] = factors[f].Floats[i]
		}
		for n, k := range o.needs {
			values[k] = c[7+len(factors)+n].Floats[i]
		}
		for k, outcome := range o.Outcomes {
			o.by[k].Runs[row][replication] = outcome.Value(&values)
		}
		if reason := c[6].Texts[i]; reason != "" {
			o.failed.add(Failure{row, replication, reason})
		}
	}
	return nil
}
