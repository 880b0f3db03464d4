package experiment

import (
	"fmt"

	"epgsim/sim"
)

// Lot runs arms one replication at a time, for callers that have workers of their
// own: those that run pieces (see Pieces). Arms that differ in nothing but their
// project period share their weeks, as with Run. A Lot belongs to one goroutine.
type Lot struct {
	w        *worker
	s        slot
	families [][]int
	results  []*sim.Result
}

// NewLot is a Lot whose luck has a seed. ended, if not nil, hears what each arm has come to
// when its project ends; the result is valid until it returns.
func NewLot(seed uint64, ended func(arm int, r *sim.Result)) *Lot {
	l := &Lot{w: newWorker(nil, Plan{Seed: seed})}
	l.w.ended = ended
	return l
}

// Enter is given the arms that are run next. They must not change until it is given
// others.
func (l *Lot) Enter(arms []Arm) { l.w.arms, l.families = arms, familiesOf(arms) }

// Replicate runs one replication of every arm and returns what each came to, valid
// until it is called again. The error says how the model broke.
func (l *Lot) Replicate(replication int) (results []*sim.Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			results, err = nil, fmt.Errorf("the model broke: %v", p)
			l.w.trunk, l.w.fork = sim.NewGroup(), sim.NewGroup() // nobody knows what state the others are in
		}
	}()
	l.s.n = 0
	for _, family := range l.families {
		l.w.replicate(&l.s, family, replication)
	}
	l.results = l.results[:0]
	for range l.w.arms {
		l.results = append(l.results, nil)
	}
	for _, row := range l.s.rows[:l.s.n] {
		l.results[row.Arm] = row.Result
	}
	return l.results, nil
}
