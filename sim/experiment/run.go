package experiment

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"epgsim/sim"
)

// Arm is one variant of a scenario.
type Arm struct {
	Name   string
	Params sim.Params
	Record bool // keep the weekly series
}

// Plan says how often to run and with how many workers.
type Plan struct {
	Seed         uint64
	First        int // first replication
	Replications int // of each arm
	Workers      int // 0: as many as there are processors
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
// arm by arm and in the order of replications, whatever the number of workers.
// It keeps a few chunks per worker in memory, however long the plan is. It
// returns ctx's error when that ends first, or the first error of deliver; rows
// delivered until then are a prefix of all.
func Run(ctx context.Context, arms []Arm, plan Plan, deliver func(Row) error) error {
	workers := plan.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	perArm := (plan.Replications + chunk - 1) / chunk
	total := perArm * len(arms)
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
	for range workers {
		pool.Go(func() {
			g := sim.NewGroup()
			for k := range next {
				s := &slots[k%len(slots)]
				s.fill(ctx, g, arms, plan, k/perArm, k%perArm*chunk)
				s.full <- struct{}{}
			}
		})
	}
	err := collect(ctx, slots, total, deliver)
	cancel()
	pool.Wait()
	return err
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
	n          int
	rows       [chunk]Row
	results    [chunk]sim.Result
	series     [chunk]sim.Series
	err        error
}

// fill runs the chunk of an arm that begins with replication first.
func (s *slot) fill(ctx context.Context, g *sim.Group, arms []Arm, plan Plan, arm, first int) {
	s.n, s.err = 0, nil
	current := first
	defer func() {
		if p := recover(); p != nil {
			s.err = &bug{Arm: arms[arm].Name, Seed: plan.Seed, Replication: plan.First + current, What: fmt.Sprint(p)}
		}
	}()
	for current = first; current < min(first+chunk, plan.Replications); current++ {
		if ctx.Err() != nil {
			s.err = ctx.Err()
			return
		}
		k := current - first
		row := Row{Arm: arm, Replication: plan.First + current, Result: &s.results[k]}
		if arms[arm].Record {
			row.Series = &s.series[k]
		}
		g.Record(row.Series)
		copyResult(row.Result, g.Run(&arms[arm].Params, plan.Seed, uint64(row.Replication)))
		s.rows[k] = row
		s.n++
	}
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
