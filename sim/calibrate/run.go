package calibrate

import (
	"context"
	"fmt"
	"math"

	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// Run is what one world came to.
type Run struct {
	Row, Wave  int
	Values     []float64 // of the unknowns
	Reason     string    // why there are no statistics; "" when all is well
	Statistics []float64 // of each target; NaN where missing
	Noise      []float64 // variance that luck gives each
}

// Sink takes the runs of one piece.
type Sink = experiment.SinkOf[Run]

// Run simulates pieces of a wave, worlds by one: see experiment.Pieces. A world that
// cannot be simulated is put with its reason.
func (s *Study) Run(ctx context.Context, workers int, wave *Wave, next func() (experiment.Piece, bool), open func(experiment.Piece) (Sink, error), done func(experiment.Piece)) error {
	return experiment.Pieces(ctx, workers, next, open, func() func(context.Context, experiment.Piece, Sink) error {
		w := s.newSimulator(wave)
		return w.piece
	}, done)
}

// simulator is one worker's memory.
type simulator struct {
	of      *Study
	wave    *Wave
	group   *sim.Group
	calls   float64 // approaches of the run that is on
	seen    []float64
	samples []*sample // by target
	kinds   [][]int   // target, case: the kind in its sample, -1 for none
	run     Run
}

func (s *Study) newSimulator(wave *Wave) *simulator {
	w := &simulator{of: s, wave: wave, seen: make([]float64, len(scenario.TargetNames()))}
	for i := range s.Targets.Targets {
		g := &s.Targets.Targets[i]
		kinds, weights := make([]int, len(s.Targets.Cases)), []float64(nil)
		for c := range kinds {
			kinds[c] = -1
		}
		for k, c := range g.Cases {
			kinds[c], weights = k, append(weights, s.Targets.Cases[c].Weight)
		}
		w.kinds, w.samples = append(w.kinds, kinds), append(w.samples, newSample(weights))
	}
	w.run.Statistics, w.run.Noise = make([]float64, len(w.samples)), make([]float64, len(w.samples))
	w.renew()
	return w
}

// renew makes a group whose state is known.
func (w *simulator) renew() {
	w.group = sim.NewGroup()
	w.group.Watch(func(e sim.Event) {
		if e.Kind <= sim.EventDoorOpened {
			w.calls++
		}
	})
}

func (w *simulator) piece(ctx context.Context, p experiment.Piece, sink Sink) error {
	defer sink.Abort() // after Close it does nothing
	for row := p.FirstRow; row < p.FirstRow+p.Rows; row++ {
		if err := w.simulate(ctx, row); err != nil {
			return err
		}
		if err := sink.Put(&w.run); err != nil {
			return err
		}
	}
	return sink.Close()
}

// simulate runs all cases in a world. The only error is that ctx ended.
func (w *simulator) simulate(ctx context.Context, row int) error {
	r := &w.run
	r.Row, r.Wave, r.Values, r.Reason = row, w.wave.Number, w.wave.Values[row], ""
	for _, s := range w.samples {
		s.reset()
	}
	replication := uint64(w.wave.Number*w.of.Rows()+row) * uint64(w.of.perWorld)
	for c := range w.of.Targets.Cases {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		w.attempt(c, replication)
		replication += uint64(w.of.Targets.Cases[c].Replications)
	}
	for i, s := range w.samples {
		r.Statistics[i], r.Noise[i] = math.NaN(), math.NaN()
		if r.Reason == "" {
			r.Statistics[i], r.Noise[i] = s.of(w.of.Targets.Targets[i].Statistic.Kind)
		}
	}
	return nil
}

// attempt runs a case in the world, or says how the model broke.
func (w *simulator) attempt(c int, first uint64) {
	defer func() {
		if p := recover(); p != nil {
			w.run.Reason = fmt.Sprintf("the model broke: %v", p)
			w.renew() // nobody knows what state the other is in
		}
	}()
	t := w.of.Targets
	k := &t.Cases[c]
	params := t.World(k, w.run.Values)
	single := make([]sim.Params, 0, sim.MaxSMEs)
	for n := range params.Size() {
		if k.Alone {
			single = append(single, experiment.Twin(params, n, true))
		}
	}
	for r := range k.Replications {
		p := &params
		if k.Alone {
			p = &single[r%len(single)]
		}
		w.calls = 0
		result := w.group.Run(p, t.Seed, first+uint64(r))
		copy(w.seen, result.Values[:])
		w.seen[int(sim.NOutcomes)+scenario.TargetSMEs] = float64(p.Size())
		if k.Alone {
			w.seen[int(sim.NOutcomes)+scenario.TargetSMEs] = 1
		}
		w.seen[int(sim.NOutcomes)+scenario.TargetYears] = p.Project.Years
		w.seen[int(sim.NOutcomes)+scenario.TargetApproaches] = w.calls
		for i := range w.samples {
			if kind := w.kinds[i][c]; kind >= 0 {
				a, b := t.Targets[i].Statistic.Both(w.seen)
				w.samples[i].add(kind, a, b)
			}
		}
	}
}
