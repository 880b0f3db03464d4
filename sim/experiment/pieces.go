package experiment

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"sync"

	"epgsim/sim"
)

// Piece is a part of a sweep that is run as one: rows by replications.
type Piece struct {
	FirstRow, Rows                 int
	FirstReplication, Replications int
}

// SweepRun is one run of a sweep. It is valid only while it is being put:
// copy what you keep.
type SweepRun struct {
	Row, Replication int
	Place            Place
	Values           []float64 // of the factors
	// Reason says why there is no result: the values contradict each other, or
	// the model broke. Empty when all is well.
	Reason string
	Result *sim.Result // nil when there is a reason
	Series *sim.Series // nil unless the design asks for it
}

// Sink takes the runs of one piece, in the order of rows and, within a row, of
// replications. After the last it is closed; when anything goes wrong before,
// it is aborted instead and must leave nothing.
type Sink interface {
	Put(*SweepRun) error
	Close() error
	Abort()
}

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
	group  *sim.Group
	params sim.Params
	run    SweepRun
	series sim.Series
}

func newSweeper(s *Sweep) *sweeper {
	return &sweeper{sweep: s, group: sim.NewGroup(), run: SweepRun{Values: make([]float64, len(s.Design.Factors))}}
}

func (w *sweeper) piece(ctx context.Context, p Piece, sink Sink) error {
	defer sink.Abort() // after Close it does nothing
	for row := p.FirstRow; row < p.FirstRow+p.Rows; row++ {
		invalid := w.point(row)
		for r := p.FirstReplication; r < p.FirstReplication+p.Replications; r++ {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			w.run.Replication = r
			if w.run.Reason = invalid; invalid == "" {
				w.run.Reason = w.simulate()
			}
			if w.run.Reason != "" {
				w.run.Result, w.run.Series = nil, nil
			}
			if err := sink.Put(&w.run); err != nil {
				return err
			}
		}
	}
	return sink.Close()
}

// point makes the parameters of a row, or says why it has none.
func (w *sweeper) point(row int) (invalid string) {
	d := w.sweep.Design
	w.run.Row, w.run.Place = row, w.sweep.Point(row, w.run.Values)
	err := d.Params(&w.params, w.run.Values)
	for f := range w.run.Values {
		if math.IsNaN(w.run.Values[f]) {
			w.run.Values[f] = d.Factors[f].Parameter.In(&d.Scenario.Params)
		}
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// simulate runs one replication, or says how the model broke.
func (w *sweeper) simulate() (broken string) {
	defer func() {
		if p := recover(); p != nil {
			broken = fmt.Sprintf("the model broke: %v", p)
			w.group = sim.NewGroup() // nobody knows what state the other is in
		}
	}()
	w.run.Series = nil
	if w.sweep.Design.Series {
		w.run.Series = &w.series
	}
	w.group.Record(w.run.Series)
	w.run.Result = w.group.Run(&w.params, w.sweep.Design.Seed, uint64(w.run.Replication))
	return ""
}
