package experiment

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"

	"epgsim/sim"
)

// Piece is a part of a sweep that is run as one: rows by replications.
type Piece struct {
	FirstRow, Rows                 int
	FirstReplication, Replications int
}

// SweepRun is one run of a sweep.
type SweepRun struct {
	Row, Replication int
	Place            Place
	Values           []float64 // of the factors
	World            []float64 // of Sweep.Worlds, in this replication
	// Reason says why there is no result: the values contradict each other, or
	// the model broke. Empty when all is well.
	Reason string
	Result *sim.Result // nil when there is a reason
	Series *sim.Series // nil unless the design asks for it
}

// SinkOf takes the runs of one piece, in the order of rows and, within a row, of
// replications. Each is valid only while it is being put: copy what you keep. After the
// last the sink is closed; when anything goes wrong before, it is aborted instead and
// must leave nothing.
type SinkOf[Run any] interface {
	Put(*Run) error
	Close() error
	Abort()
}

// Sink takes the runs of a sweep.
type Sink = SinkOf[SweepRun]

// Run runs pieces of the sweep on so many workers (0: one per processor), each
// from its first run to its last by one worker, in no order that matters.
// next gives the pieces; open the sink of one; done hears of each that is
// closed. The three are called by one goroutine at a time.
//
// A run that fails is put with its reason and the sweep goes on. An error of
// open or of a sink ends the sweep, and so does ctx; pieces that are not
// finished then are aborted.
func (s *Sweep) Run(ctx context.Context, workers int, next func() (Piece, bool), open func(Piece) (Sink, error), done func(Piece)) error {
	return Pieces(ctx, workers, next, open, func() func(context.Context, Piece, Sink) error { return newSweeper(s).piece }, done)
}

// Pieces is what Run is for pieces of any kind: work makes a worker's function, which
// runs a piece into its sink, closes the sink and aborts it where it cannot.
func Pieces[S any](ctx context.Context, workers int, next func() (Piece, bool), open func(Piece) (S, error),
	work func() func(context.Context, Piece, S) error, done func(Piece)) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var pool sync.WaitGroup
	var mu sync.Mutex
	take := func() (p Piece, sink S, ok bool, err error) {
		mu.Lock()
		defer mu.Unlock()
		if ctx.Err() != nil {
			return p, sink, false, nil
		}
		if p, ok = next(); ok {
			sink, err = open(p)
		}
		return p, sink, ok, err
	}
	for range workers {
		pool.Go(func() {
			run := work()
			for {
				p, sink, ok, err := take()
				if !ok {
					return
				}
				if err == nil {
					err = run(ctx, p, sink)
				}
				if err != nil {
					cancel(err)
					return
				}
				mu.Lock()
				done(p)
				mu.Unlock()
			}
		})
	}
	pool.Wait()
	return context.Cause(ctx) // nil as long as nobody cancelled
}

// sweeper is one worker's memory.
type sweeper struct {
	sweep  *Sweep
	worker *worker
	years  int // which factor is the project period; -1: none
	points []point
	run    SweepRun
	world  []float64 // of replication in
	in     int
}

// point is a row of a piece: what is run, or why nothing can be.
type point struct {
	values  []float64
	place   Place
	invalid string
	family  *kin
	member  int        // of the family
	params  sim.Params // as they are in no world, where there are worlds
}

// kin are rows of a piece that differ in the project period alone, run together. What
// came of them is kept until the last has been put; one that is alone is put at once.
type kin struct {
	rows   []int // of the piece, from 0
	slot   slot  // by replication and, within, by row
	broken []string
}

func newSweeper(s *Sweep) *sweeper {
	return &sweeper{sweep: s, worker: newWorker(nil, Plan{Seed: s.Design.Seed}), years: s.yearsFactor(), in: -1}
}

func (w *sweeper) piece(ctx context.Context, p Piece, sink Sink) error {
	defer sink.Abort() // after Close it does nothing
	w.lay(p)
	for k := range w.points {
		for r := range p.Replications {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err := sink.Put(w.at(k, r, p)); err != nil {
				return err
			}
		}
	}
	return sink.Close()
}

// at is a run of row k of the piece, simulated with its family if it has not been yet.
func (w *sweeper) at(k, r int, p Piece) *SweepRun {
	point := &w.points[k]
	w.run = SweepRun{Row: p.FirstRow + k, Replication: p.FirstReplication + r, Place: point.place, Values: point.values, Reason: point.invalid}
	if w.sweep.Worlds != nil {
		w.run.World = w.enter(w.run.Replication)
	}
	f := point.family
	if f == nil {
		return &w.run
	}
	if len(f.rows) == 1 {
		f.slot.n, f.broken, r = 0, f.broken[:0], 0
	}
	if point.member == 0 {
		w.lodge(f)
		w.simulate(f, w.run.Replication)
	}
	at := r*len(f.rows) + point.member
	if w.run.Reason = f.broken[at]; w.run.Reason == "" {
		w.run.Result, w.run.Series = f.slot.rows[at].Result, f.slot.rows[at].Series
	}
	return &w.run
}

// enter is the world of a replication.
func (w *sweeper) enter(replication int) []float64 {
	if from := w.sweep.Worlds; w.in != replication {
		w.world, w.in = make([]float64, len(from.Unknowns)), replication
		from.Endless(w.world, replication, w.sweep.Design.Seed)
	}
	return w.world
}

// lodge lays the world of the run over the parameters of a family, if there are worlds.
func (w *sweeper) lodge(f *kin) {
	if w.sweep.Worlds == nil {
		return
	}
	for _, row := range f.rows {
		p := &w.worker.arms[row].Params
		*p = w.points[row].params
		w.sweep.Worlds.Set(p, w.run.World)
		SwitchOff(p, w.sweep.Design.Scenario.Off...)
	}
}

// lay works out the rows of a piece and their families.
func (w *sweeper) lay(p Piece) {
	w.points, w.worker.arms = make([]point, p.Rows), make([]Arm, p.Rows)
	var families []*kin
	for k := range w.points {
		if w.point(k, p.FirstRow+k); w.points[k].invalid != "" {
			continue
		}
		f := slices.IndexFunc(families, func(f *kin) bool { return w.share(p, f.rows[0], k) })
		if f < 0 {
			f, families = len(families), append(families, &kin{})
		}
		w.points[k].family, w.points[k].member = families[f], len(families[f].rows)
		families[f].rows = append(families[f].rows, k)
	}
}

// point makes the parameters of row k of the piece, or says why it has none.
func (w *sweeper) point(k, row int) {
	d, values := w.sweep.Design, make([]float64, len(w.sweep.Design.Factors))
	w.points[k] = point{values: values, place: w.sweep.Point(row, values)}
	w.worker.arms[k] = Arm{Name: fmt.Sprintf("row %d", row), Record: d.Series}
	err := d.Params(&w.worker.arms[k].Params, values)
	for f := range values {
		if math.IsNaN(values[f]) {
			values[f] = d.Factors[f].Parameter.In(&d.Scenario.Params)
		}
	}
	if err != nil {
		w.points[k].invalid = err.Error()
	}
	if w.sweep.Worlds != nil {
		w.points[k].params = w.worker.arms[k].Params
	}
}

// mostSeries is the most runs with weekly series that are kept for their families:
// some 30 MB.
const mostSeries = 250

// share says whether two rows of a piece are to be run together.
func (w *sweeper) share(p Piece, a, b int) bool {
	if w.years < 0 || w.sweep.Design.Series && p.Rows*p.Replications > mostSeries {
		return false
	}
	for f, x := range w.points[a].values { // quicker to see than whether all parameters are the same
		if f != w.years && x != w.points[b].values[f] {
			return false
		}
	}
	return w.worker.arms[a].Params.DiffersInYears(&w.worker.arms[b].Params)
}

// simulate runs one replication of a family, and each row by itself when the model
// breaks, to tell which.
func (w *sweeper) simulate(f *kin, replication int) {
	first := f.slot.n
	if w.attempt(&f.slot, f.rows, replication) == "" {
		f.broken = append(f.broken, make([]string, len(f.rows))...)
		return
	}
	f.slot.n = first
	for _, row := range f.rows {
		at := f.slot.n
		f.broken = append(f.broken, w.attempt(&f.slot, []int{row}, replication))
		f.slot.row(at)
		f.slot.n = at + 1
	}
}

// attempt runs one replication of some rows, or says how the model broke.
func (w *sweeper) attempt(s *slot, rows []int, replication int) (broken string) {
	defer func() {
		if p := recover(); p != nil {
			broken = fmt.Sprintf("the model broke: %v", p)
			w.worker = newWorker(w.worker.arms, w.worker.plan) // nobody knows what state the other is in
		}
	}()
	w.worker.replicate(s, rows, replication)
	return ""
}
