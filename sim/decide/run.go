package decide

import (
	"context"
	"math"

	"epgsim/sim"
	"epgsim/sim/experiment"
)

// Run is one run of an option in a world.
type Run struct {
	Row, Replication int
	Option, World    int
	Unknowns         []float64

	// Reason says why there is no result: the option was out, or the model broke.
	// Empty when all is well; otherwise all below is NaN.
	Reason    string
	Outcomes  [sim.NOutcomes]float64
	Worth     experiment.Worth
	Objective float64
	Met       []float64 // of each requirement: 1, 0, or NaN where it is missing
}

// OptionOut is the reason of runs that are not made because the option cannot be
// the best any more.
const OptionOut = "not run: out of the choice"

// Sink takes the runs of one piece.
type Sink = experiment.SinkOf[Run]

// Run simulates pieces, as experiment.Pieces has them, each within one batch. in
// says of each option whether it is still in then. A run in which the model breaks
// is put with its reason, and so are all options of the same world and luck.
func (c *Case) Run(ctx context.Context, workers int, in []bool, next func() (experiment.Piece, bool),
	open func(experiment.Piece) (Sink, error), done func(experiment.Piece)) error {
	return experiment.Pieces(ctx, workers, next, open, func() func(context.Context, experiment.Piece, Sink) error {
		return c.newRunner(in).piece
	}, done)
}

// runner is one worker's memory.
type runner struct {
	*arms
	c     *Case
	in    []bool
	runs  [][]Run // option, luck
	world []float64
}

func (c *Case) newRunner(in []bool) *runner {
	r := &runner{arms: c.newArms(in, c.Decision.Seed), c: c, in: in, world: make([]float64, len(c.Unknowns)), runs: make([][]Run, len(c.options))}
	for o := range r.runs {
		r.runs[o] = make([]Run, c.Luck)
	}
	return r
}

func (r *runner) piece(ctx context.Context, p experiment.Piece, sink Sink) error {
	defer sink.Abort() // after Close it does nothing
	options := len(r.c.options)
	for row := p.FirstRow; row < p.FirstRow+p.Rows; row += options {
		_, world, _ := r.c.Place(row, p.FirstReplication)
		r.c.World(world, r.world)
		r.enter(r.c.Drawing, r.world)
		for luck := range r.c.Luck {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			r.replicate(row, p.FirstReplication+luck, world, luck)
		}
		for o := range r.runs {
			for luck := range r.runs[o] {
				if err := sink.Put(&r.runs[o][luck]); err != nil {
					return err
				}
			}
		}
	}
	return sink.Close()
}

// replicate runs all options in the world under one luck, which no other world has.
func (r *runner) replicate(row, replication, world, luck int) {
	results, alone, err := r.run(world*MostLuck+luck, r.c.Decision.Discount)
	for o := range r.runs {
		run := &r.runs[o][luck]
		run.Row, run.Replication, run.Option, run.World, run.Unknowns = row+o, replication, o, world, r.world
		run.Reason = ""
		switch {
		case !r.in[o]:
			run.Reason = OptionOut
		case err != nil:
			run.Reason = err.Error()
		}
		if run.Reason != "" {
			run.clear(len(r.c.Decision.Require))
		}
	}
	if err != nil {
		return
	}
	for o := range r.runs {
		if r.in[o] {
			r.runs[o][luck].tell(r.c, results[o], alone[o], r.margin(o))
		}
	}
}

// clear makes all that a run without a result does not have missing.
func (run *Run) clear(requirements int) {
	none := math.NaN()
	for i := range run.Outcomes {
		run.Outcomes[i] = none
	}
	run.Worth = experiment.Worth{Sales: none, Alone: none, Further: none, Public: none, Benefit: none}
	run.Objective, run.Met = none, run.Met[:0]
	for range requirements {
		run.Met = append(run.Met, none)
	}
}

// tell works out what a run came to.
func (run *Run) tell(c *Case, result *sim.Result, alone sim.Tally, margin float64) {
	t := experiment.Present(result, c.Decision.Discount)
	run.Outcomes = result.Values
	run.Worth = experiment.WorthOf(t, alone, margin)
	all := c.seen(&run.Outcomes, t, run.Worth)
	run.Objective, run.Met = c.Decision.Objective.Eval(byChance(all)), run.Met[:0]
	for _, e := range c.Decision.Require {
		run.Met = append(run.Met, holds(e, all))
	}
}
