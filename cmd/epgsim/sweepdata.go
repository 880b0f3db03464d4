package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"sync"

	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/store"
)

// sweepDesign is the name of the design in a data set.
const sweepDesign = "design.toml"

// sweepHead says what the data set of a sweep is of, and the files that it
// begins with.
func (a *app) sweepHead(s *experiment.Sweep, replications int) (store.Head, []store.Source, error) {
	d := s.Design
	if _, err := modelHash(); err != nil {
		return store.Head{}, nil, err
	}
	of := a.maker()
	rows, block := s.Shape()
	return store.Head{
			Version: of.version,
			Facts: []store.Fact{
				{Name: "design", Value: d.Name},
				{Name: "design_hash", Value: d.Hash()},
				{Name: "scenario", Value: d.Scenario.Name},
				{Name: "scenario_hash", Value: d.Scenario.Hash()},
				{Name: "model_hash", Value: of.model},
				{Name: "seed", Value: fmt.Sprint(d.Seed)},
				{Name: "series", Value: fmt.Sprint(d.Series)},
			},
			Layout: store.Layout{Rows: s.Rows(), Replications: replications, PartRows: rows, Block: block},
			Tables: sweepTables(s),
		}, []store.Source{
			{Path: sweepDesign, Data: d.TOML()},
			{Path: scenarioFile, Data: d.Scenario.TOML()},
		}, nil
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
	tableRuns   = "parts"
	tableSeries = "series"
)

// sweepTables declares what is kept of every run: what it is, the values of
// the factors and all outcomes; and its weekly series where the design asks
// for them.
func sweepTables(s *experiment.Sweep) []store.PartTable {
	columns := append(store.KeyColumns(),
		store.Column{Name: columnBlock, Doc: "trajectory (morris) or base sample (saltelli) that the row belongs to; else the row itself", Type: store.Int64},
		store.Column{Name: columnRole, Doc: "part that the row plays in the design: plain, base, level, start, step, A, B, AB or BA", Type: store.Text},
		store.Column{Name: columnGroup, Doc: "factor, or group of factors, that the row changes or exchanges; empty for none", Type: store.Text},
		store.Column{Name: columnDelta, Unit: "1", Doc: "signed step of that factor, as a share of its range; only of steps", Type: store.Float64})
	for i := range s.Design.Factors {
		p := s.Design.Factors[i].Parameter
		columns = append(columns, store.Column{Name: p.Name, Unit: p.Unit, Doc: "factor: " + p.Doc, Type: store.Float64})
	}
	columns = append(columns, store.Column{Name: columnReason, Doc: "why the run failed and has no outcomes; empty when it did not", Type: store.Text})
	columns = append(append(columns, outcomeColumns()...), yearColumns(s.LongestRun())...)
	tables := []store.PartTable{{Name: tableRuns, Doc: "one row per design row and replication", Columns: columns}}
	if s.Design.Series {
		columns := append(append(store.KeyColumns(), weekColumn), seriesColumns()...)
		tables = append(tables, store.PartTable{Name: tableSeries, Doc: "the weekly series of every run", Columns: columns})
	}
	return tables
}

// sweepSink writes the runs of a piece to its part of the data set.
type sweepSink struct {
	part         *store.PartWriter
	runs, series *store.TableWriter
	years        int // columns of value by year
	failed       []failure
	failures     *failures
}

func newSweepSink(w *store.PartWriter, s *experiment.Sweep, f *failures) *sweepSink {
	sink := &sweepSink{part: w, runs: w.Table(tableRuns), years: s.LongestRun(), failures: f}
	if s.Design.Series {
		sink.series = w.Table(tableSeries)
	}
	return sink
}

// nothing stands in for the outcomes of a run that failed.
var nothing = func() (none [int(sim.NOutcomes) + sim.MaxYears]float64) {
	for i := range none {
		none[i] = math.NaN()
	}
	return none
}()

func (w *sweepSink) Put(r *experiment.SweepRun) error {
	t := w.runs.Int(int64(r.Row)).Int(int64(r.Replication)).
		Int(int64(r.Place.Block)).Text(r.Place.Role).Text(r.Place.Group).Float(r.Place.Delta).
		Floats(r.Values).Text(r.Reason)
	if r.Reason != "" {
		w.failed = append(w.failed, failure{r.Row, r.Replication, r.Reason})
		return t.Floats(nothing[:int(sim.NOutcomes)+w.years]).EndRow()
	}
	if err := t.Floats(r.Result.Values[:]).Floats(r.Result.ValueByYear[:w.years]).EndRow(); err != nil {
		return err
	}
	if r.Series == nil {
		return nil
	}
	for week := range r.Series.Weeks {
		t := w.series.Int(int64(r.Row)).Int(int64(r.Replication)).Int(int64(week + 1))
		for c := range r.Series.Columns {
			t.Float(r.Series.Columns[c][week])
		}
		if err := t.EndRow(); err != nil {
			return err
		}
	}
	return nil
}

func (w *sweepSink) Close() error {
	err := w.part.Close()
	if err == nil {
		w.failures.add(w.failed)
	}
	return err
}

func (w *sweepSink) Abort() { w.part.Abort() }

// failure is a run without a result.
type failure struct {
	row, replication int
	reason           string
}

// failures counts those of finished parts, and keeps the first by row.
type failures struct {
	mu    sync.Mutex
	n     int
	first failure
}

func (f *failures) add(more []failure) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, one := range more {
		if f.n == 0 || cmp.Or(cmp.Compare(one.row, f.first.row), cmp.Compare(one.replication, f.first.replication)) < 0 {
			f.first = one
		}
		f.n++
	}
}

func (f *failures) tell(w io.Writer) {
	if f.n > 0 {
		fmt.Fprintf(w, "%d runs failed and have no outcomes (column reason says why); the first, row %d, replication %d: %s\n",
			f.n, f.first.row, f.first.replication, f.first.reason)
	}
}
