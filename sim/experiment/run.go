package experiment

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"epgsim/sim"
)

// Arm is one variant of a scenario.
type Arm struct {
	Name   string
	Params sim.Params
	Record bool   // keep the weekly series
	Only   []bool // which replications to run, by their number less Plan.First; nil: all. Those of a family must agree
}

// Plan says how often to run and with how many workers.
type Plan struct {
	Seed         uint64
	First        int          // first replication
	Replications int          // of each arm
	Workers      int          // 0: as many as there are processors
	Helpers      []Helper     // who run the replications in place of workers of this process; their number makes no difference
	Columns      []sim.Column // of a recorded series, those that helpers bring; none: all. The others are then empty
}

// Row is what one replication of one arm came to. It is valid only while it is
// being delivered: copy what you keep.
type Row struct {
	Arm, Replication int
	Result           *sim.Result
	Series           *sim.Series // nil unless the arm asks for it
}

// chunk is how many replications a worker takes at a time: enough to make the
// hand-over cheap, few enough to keep all workers busy and memory small.
const chunk = 8

// Run runs every replication of every arm and delivers the rows one by one,
// whatever the number of workers in the same order: family by family, in a
// family by replication, and of a replication by arm. Arms that differ in nothing but
// their project period are a family and share their weeks up to its end (see
// sim.Group.Fork); an arm like no other is a family of its own. Families come in the
// order of their first arms.
//
// Run keeps a few chunks per worker in memory, however long the plan is. It
// returns ctx's error when that ends first, or the first error of deliver; rows
// delivered until then are a prefix of all.
func Run(ctx context.Context, arms []Arm, plan Plan, deliver func(Row) error) error {
	workers := plan.Workers
	if len(plan.Helpers) > 0 {
		workers = len(plan.Helpers)
	}
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	families := familiesOf(arms)
	perFamily := (plan.Replications + chunk - 1) / chunk
	total := perFamily * len(families)
	workers = max(1, min(workers, total))
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	// Chunk k goes to slot k mod len(slots). A slot is filled only after its
	// former chunk was delivered, which bounds memory and keeps the order.
	slots := make([]slot, 4*workers)
	for k := range slots {
		slots[k].free, slots[k].full = make(chan struct{}, 1), make(chan struct{}, 1)
		slots[k].free <- struct{}{}
	}
	next := make(chan int)
	go func() {
		defer close(next)
		for k := range total {
			select {
			case <-slots[k%len(slots)].free:
			case <-ctx.Done():
				return
			}
			select {
			case next <- k:
			case <-ctx.Done():
				return
			}
		}
	}()
	var pool sync.WaitGroup
	for k := range workers {
		fill := newWorker(arms, plan).fill
		if len(plan.Helpers) > 0 {
			fill = func(ctx context.Context, s *slot, family []int, first int) {
				plan.Helpers[k].ask(ctx, s, jobOf(arms, &plan, family, first), family)
			}
		}
		pool.Go(func() {
			for k := range next {
				s := &slots[k%len(slots)]
				fill(ctx, s, families[k/perFamily], k%perFamily*chunk)
				s.full <- struct{}{}
			}
		})
	}
	err := collect(ctx, slots, total, deliver)
	cancel()
	pool.Wait()
	return err
}

// familiesOf sorts the arms into families, each a list of indices in rising order.
func familiesOf(arms []Arm) (families [][]int) {
	for k := range arms {
		f := slices.IndexFunc(families, func(f []int) bool { return arms[f[0]].Params.DiffersInYears(&arms[k].Params) })
		if f < 0 {
			f, families = len(families), append(families, nil)
		}
		families[f] = append(families[f], k)
	}
	return families
}

// collect delivers the chunks in order.
func collect(ctx context.Context, slots []slot, total int, deliver func(Row) error) error {
	for k := range total {
		s := &slots[k%len(slots)]
		select {
		case <-s.full:
		case <-ctx.Done():
			return ctx.Err()
		}
		if s.err != nil {
			return s.err
		}
		for r := range s.n {
			if err := deliver(s.rows[r]); err != nil {
				return err
			}
		}
		s.free <- struct{}{}
	}
	return nil
}

// slot holds the rows of one chunk. Its memory is used again and again.
type slot struct {
	free, full chan struct{}
	n          int // rows
	rows       []Row
	results    []sim.Result
	series     []sim.Series
	err        error
}

// row is the k-th row, with its memory.
func (s *slot) row(k int) *Row {
	if k == len(s.rows) {
		s.rows = append(s.rows, Row{})
		s.results = append(s.results, sim.Result{})
		s.series = append(s.series, sim.Series{})
	}
	return &s.rows[k]
}

// worker runs replications, one at a time.
type worker struct {
	arms        []Arm
	plan        Plan
	trunk, fork *sim.Group
	whole       sim.Series                   // of the trunk
	ended       func(arm int, r *sim.Result) // hears what an arm has come to when its project ends; nil: nobody does
}

func newWorker(arms []Arm, plan Plan) *worker {
	return &worker{arms: arms, plan: plan, trunk: sim.NewGroup(), fork: sim.NewGroup()}
}

// fill runs the chunk of a family that begins with replication first.
func (w *worker) fill(ctx context.Context, s *slot, family []int, first int) {
	s.n, s.err = 0, nil
	current := first
	defer func() {
		if p := recover(); p != nil {
			s.err = &bug{Arm: w.arms[family[0]].Name, Seed: w.plan.Seed, Replication: w.plan.First + current, What: fmt.Sprint(p)}
		}
	}()
	for current = first; current < min(first+chunk, w.plan.Replications); current++ {
		if ctx.Err() != nil {
			s.err = ctx.Err()
			return
		}
		if only := w.arms[family[0]].Only; only == nil || only[current] {
			w.replicate(s, family, w.plan.First+current)
		}
	}
}

// replicate runs one replication of a family: the arm with the longest project, and off
// it, when its project ends, each of the others.
func (w *worker) replicate(s *slot, family []int, replication int) {
	base, longest, record := s.n, family[0], false
	for k, arm := range family {
		row := s.row(base + k)
		*row = Row{Arm: arm, Replication: replication}
		record = record || w.arms[arm].Record
		if w.weeks(arm) > w.weeks(longest) {
			longest = arm
		}
	}
	w.trunk.Record(nil)
	if record {
		w.trunk.Record(&w.whole)
	}
	p := &w.arms[longest].Params
	w.trunk.Reset(p, w.plan.Seed, uint64(replication))
	for week := 1; week <= p.TotalWeeks(); week++ {
		w.trunk.Step()
		for k, arm := range family {
			switch end := w.weeks(arm); {
			case end == week && end < p.ProjectWeeks():
				w.finish(s, base+k, week)
			case end == week && w.ended != nil:
				w.ended(arm, w.trunk.Result())
			}
		}
	}
	for k, arm := range family {
		if w.weeks(arm) == p.ProjectWeeks() {
			s.keep(base+k, w.trunk.Result(), w.arms[arm].Record, &w.whole)
		}
	}
	s.n += len(family)
}

func (w *worker) weeks(arm int) int { return w.arms[arm].Params.ProjectWeeks() }

// finish forks row k off the trunk, whose week so many is done, and runs it to its end.
func (w *worker) finish(s *slot, k, week int) {
	arm := &w.arms[s.rows[k].Arm]
	w.fork.Record(nil)
	if arm.Record {
		w.fork.Record(&s.series[k])
	}
	w.fork.Fork(w.trunk, &arm.Params)
	if w.ended != nil {
		w.ended(s.rows[k].Arm, w.fork.Result())
	}
	for ; week < arm.Params.TotalWeeks(); week++ {
		w.fork.Step()
	}
	s.keep(k, w.fork.Result(), arm.Record, &s.series[k])
}

// keep keeps what row k came to.
func (s *slot) keep(k int, r *sim.Result, record bool, series *sim.Series) {
	copyResult(&s.results[k], r)
	s.rows[k].Result = &s.results[k]
	if !record {
		return
	}
	if series != &s.series[k] {
		s.series[k].Copy(series)
	}
	s.rows[k].Series = &s.series[k]
}

// copyResult copies src into dst, using dst's memory.
func copyResult(dst, src *sim.Result) {
	smes := append(dst.SMEs[:0], src.SMEs...)
	*dst = *src
	dst.SMEs = smes
}

// bug is a replication in which the model broke. It is never the user's fault.
type bug struct {
	Arm         string
	Seed        uint64
	Replication int
	What        string
}

func (b *bug) Error() string {
	return fmt.Sprintf("the model broke in arm %q, seed %d, replication %d: %s; this is a defect of epgsim, please report it with the scenario",
		b.Arm, b.Seed, b.Replication, b.What)
}

// Interrupted says whether an error of Run is that of a context that ended.
func Interrupted(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
