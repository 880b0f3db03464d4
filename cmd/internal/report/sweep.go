package report

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"sync"
	"time"

	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/store"
)

// SweepHead says what the data set of a sweep is of, and the files that it
// begins with.
func SweepHead(p *Program, s *experiment.Sweep, replications int) (store.Head, []store.Source) {
	d := s.Design
	rows, block := s.Shape()
	head := store.Head{
		Version: p.Version,
		Facts: []store.Fact{
			{Name: "design", Value: d.Name},
			{Name: "design_hash", Value: d.Hash()},
			{Name: "scenario", Value: d.Scenario.Name},
			{Name: "scenario_hash", Value: d.Scenario.Hash()},
			{Name: "model_hash", Value: p.Model},
			{Name: "seed", Value: fmt.Sprint(d.Seed)},
			{Name: "series", Value: fmt.Sprint(d.Series)},
		},
		Layout: store.Layout{Rows: s.Rows(), Replications: replications, PartRows: rows, Block: block},
		Tables: SweepTables(s),
	}
	return head, []store.Source{{Path: DesignFile, Data: d.TOML()}, {Path: ScenarioFile, Data: d.Scenario.TOML()}}
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
// the factors and all outcomes. A second table has the weekly series, where the
// design asks for them.
func SweepTables(s *experiment.Sweep) []store.PartTable {
	columns := append(store.KeyColumns(),
		store.Column{Name: columnBlock, Doc: "trajectory (morris) or base sample (saltelli) that the row belongs to; else the row itself", Type: store.Int64},
		textColumn(columnRole, "part that the row plays in the design: plain, base, level, start, step, A, B, AB or BA"),
		textColumn(columnGroup, "factor, or group of factors, that the row changes or exchanges; empty for none"),
		numberColumn(columnDelta, "1", "signed step of that factor, as a share of its range; only of steps"))
	for i := range s.Design.Factors {
		p := s.Design.Factors[i].Parameter
		columns = append(columns, numberColumn(p.Name, p.Unit, "factor: "+p.Doc))
	}
	columns = append(columns, textColumn(columnReason, "why the run failed and has no outcomes; empty when it did not"))
	columns = append(append(columns, outcomeColumns()...), yearColumns(s.LongestRun())...)
	tables := []store.PartTable{{Name: TableRuns, Doc: "one row per design row and replication", Columns: columns}}
	if s.Design.Series {
		columns := append(append(store.KeyColumns(), weekColumn), seriesColumns()...)
		tables = append(tables, store.PartTable{Name: TableSeries, Doc: "the weekly series of every run", Columns: columns})
	}
	return tables
}

// SweepSink writes the runs of a piece to its part of the data set.
type SweepSink struct {
	part         *store.PartWriter // nil where the tables are of no data set
	runs, series *store.TableWriter
	years        int // columns of value by year
	failed       []failure
	failures     *Failures
}

// NewSweepSink writes to a part; failures hears of failed runs once it is whole.
func NewSweepSink(w *store.PartWriter, s *experiment.Sweep, failures *Failures) *SweepSink {
	sink := &SweepSink{part: w, runs: w.Table(TableRuns), years: s.LongestRun(), failures: failures}
	if s.Design.Series {
		sink.series = w.Table(TableSeries)
	}
	return sink
}

// SinkInto writes to tables that are of no data set. Series may be nil.
func SinkInto(runs, series *store.TableWriter, s *experiment.Sweep, failures *Failures) *SweepSink {
	return &SweepSink{runs: runs, series: series, years: s.LongestRun(), failures: failures}
}

// nothing stands in for the outcomes of a run that failed.
var nothing = func() (none [int(sim.NOutcomes) + sim.MaxYears]float64) {
	for i := range none {
		none[i] = math.NaN()
	}
	return none
}()

// Put writes one run.
func (w *SweepSink) Put(r *experiment.SweepRun) error {
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

// Close ends the piece. Its part is whole then.
func (w *SweepSink) Close() error {
	if w.part != nil {
		if err := w.part.Close(); err != nil {
			return err
		}
	}
	w.failures.add(w.failed...)
	w.failed = w.failed[:0]
	return nil
}

// Abort gives the part up.
func (w *SweepSink) Abort() {
	if w.part != nil {
		w.part.Abort()
	}
}

// failure is a run without a result.
type failure struct {
	row, replication int
	reason           string
}

// Failures counts the failed runs of finished parts, and keeps the first by
// row. Its methods may be called from several goroutines.
type Failures struct {
	mu    sync.Mutex
	n     int
	first failure
}

func (f *Failures) add(more ...failure) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, one := range more {
		if f.n == 0 || cmp.Or(cmp.Compare(one.row, f.first.row), cmp.Compare(one.replication, f.first.replication)) < 0 {
			f.first = one
		}
		f.n++
	}
}

// String is a line that says how many failed and why, or nothing when none did.
func (f *Failures) String() string {
	if f.n == 0 {
		return ""
	}
	return fmt.Sprintf("%d runs failed and have no outcomes (column reason says why); the first, row %d, replication %d: %s\n",
		f.n, f.first.row, f.first.replication, f.first.reason)
}

// A trial of a sweep is this long, and of no more runs than this.
const (
	trialTime = time.Second
	trialRuns = 2000
)

// Trial is what a few runs of a sweep, spread over its rows, took.
type Trial struct {
	Runs  int
	Took  time.Duration // of one worker
	Bytes Counted       // in a data set

	failures Failures
}

// PerRun is the mean time of one worker for one run.
func (t *Trial) PerRun() time.Duration { return t.Took / time.Duration(max(1, t.Runs)) }

// Failed is a line about the runs that failed, or nothing when none did.
func (t *Trial) Failed() string {
	if t.failures.n == 0 {
		return ""
	}
	return fmt.Sprintf("Of these, %d failed; the first, row %d: %s\n", t.failures.n, t.failures.first.row, t.failures.first.reason)
}

// Try runs rows spread over the design, one by one by one worker, into a table
// of which nothing is kept but its size. The clock is the caller's.
func Try(ctx context.Context, s *experiment.Sweep, now func() time.Time) (*Trial, error) {
	t := &Trial{}
	table := store.Table{Name: "trial", Columns: SweepTables(s)[0].Columns}
	err := store.WriteTable(&t.Bytes, store.Parquet, table, func(w *store.TableWriter) error {
		return t.run(ctx, s, SinkInto(w, nil, s, &t.failures), now)
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

func (t *Trial) run(ctx context.Context, s *experiment.Sweep, sink *SweepSink, now func() time.Time) error {
	short, cancel := context.WithTimeout(ctx, trialTime)
	defer cancel()
	started := now()
	tried := 0
	most := min(trialRuns, s.Rows()*s.Design.Replications)
	err := s.Run(short, 1, func() (experiment.Piece, bool) {
		// Multiples of the golden section reach all over the rows, however
		// early time is over.
		const golden = 0.6180339887498949
		at := golden * float64(tried)
		p := experiment.Piece{FirstRow: int((at - float64(int(at))) * float64(s.Rows())), Rows: 1, FirstReplication: tried / s.Rows(), Replications: 1}
		tried++
		return p, tried <= most
	}, func(experiment.Piece) (experiment.Sink, error) { return sink, nil }, func(experiment.Piece) { t.Runs++ })
	t.Took = now().Sub(started)
	if ctx.Err() != nil || short.Err() == nil {
		return err
	}
	return nil // time was over, as it should be
}

// Counted is how many bytes were written to it.
type Counted int64

func (n *Counted) Write(b []byte) (int, error) {
	*n += Counted(len(b))
	return len(b), nil
}
