package programme

import (
	"context"
	"slices"

	"epgsim/sim"
	"epgsim/sim/experiment"
)

// Run is what an applicant came to in one draw under all that it may get.
type Run struct {
	*Applicant
	Kind     string    // name of its scenario
	Outcomes []Outcome // one for each treatment that a policy may give it
	Reason   string    // why there is none, if it may get any; "" when all is well
}

// Outcome is what an applicant came to with a treatment.
type Outcome struct {
	Treatment
	Values  [sim.NOutcomes]float64
	Private float64          // k€ that the SMEs had paid by the end of the project
	Worth   experiment.Worth // beside its SMEs alone, with their own money

}

// Sink takes the runs of one piece.
type Sink = experiment.SinkOf[Run]

// Run simulates pieces of the programme, applicants by draws: see experiment.Pieces.
// An applicant that cannot be simulated is put with its reason.
func (s *Study) Run(ctx context.Context, workers int, next func() (experiment.Piece, bool), open func(experiment.Piece) (Sink, error), done func(experiment.Piece)) error {
	return experiment.Pieces(ctx, workers, next, open, func() func(context.Context, experiment.Piece, Sink) error {
		return s.newSimulator().piece
	}, done)
}

// simulator is one worker's memory.
type simulator struct {
	*drawer
	lot     *experiment.Lot
	arms    []experiment.Arm // the groups of the outcomes, then their SMEs without a group
	alone   []int            // of each outcome, where its SMEs begin among arms
	private []float64        // k€ that the SMEs of each arm had paid by the end of the project
	run     Run
	params  [64]sim.Params // by policy
	offers  [64]Offer
}

func (s *Study) newSimulator() *simulator {
	w := &simulator{drawer: s.newDrawer()}
	w.lot = experiment.NewLot(s.Programme.Seed, func(arm int, r *sim.Result) { w.private[arm] = r.Get(sim.PrivateCost) })
	return w
}

func (w *simulator) piece(ctx context.Context, p experiment.Piece, sink Sink) error {
	defer sink.Abort() // after Close it does nothing
	for n := p.FirstRow; n < p.FirstRow+p.Rows; n++ {
		for draw := p.FirstReplication; draw < p.FirstReplication+p.Replications; draw++ {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			w.simulate(draw, n, w.of.whoMay(draw)[n])
			if err := sink.Put(&w.run); err != nil {
				return err
			}
		}
	}
	return sink.Close()
}

// simulate runs an applicant under all that the policies in a set of bits may give
// it.
func (w *simulator) simulate(draw, number int, by uint64) {
	a := w.draw(draw, number)
	w.run.Applicant, w.run.Kind = a, w.of.Programme.Pool[a.Kind].Scenario.Name
	w.run.Outcomes, w.run.Reason = w.run.Outcomes[:0], a.Reason
	if a.Reason != "" || by == 0 {
		return
	}
	all, first, _ := treatments(by, func(policy int) *Offer {
		w.offers[policy], _ = w.offer(policy, a, &w.params[policy])
		return &w.offers[policy]
	}, len(w.of.Programme.Policy))
	w.lay(all, first)
	w.lot.Enter(w.arms)
	results, err := w.lot.Replicate(int(replication(draw, number)))
	if err != nil {
		w.run.Reason = err.Error()
		return
	}
	for k, t := range all {
		o := Outcome{Treatment: t, Values: results[k].Values, Private: w.private[k]}
		var without sim.Tally
		for _, r := range results[w.alone[k]:][:t.SMEs] {
			without.Expected += r.Get(sim.ValueTotalExpected)
			without.Private += r.Get(sim.PrivateCost)
		}
		group := sim.Tally{Expected: o.Values[sim.ValueTotalExpected], Public: o.Values[sim.PublicCost], Private: o.Values[sim.PrivateCost]}
		o.Worth = experiment.WorthOf(group, without, w.arms[k].Params.Money.Margin)
		w.run.Outcomes = append(w.run.Outcomes, o)
	}
}

// sameGroup says whether two treatments differ in years only.
func sameGroup(a, b Treatment) bool { return a.Form == b.Form && sameFirms(a, b) }

// sameFirms says whether the SMEs of two treatments are the same without the group,
// but for years: alone the form does not matter.
func sameFirms(a, b Treatment) bool { return a.Hours == b.Hours && a.SMEs == b.SMEs }

// lay makes the arms of treatments, of which policies give some first: the groups, and each
// of their SMEs without the group, with its own money. Arms that differ in years share
// their lists of markets, and so their weeks.
func (w *simulator) lay(all []Treatment, first []int8) {
	w.arms, w.alone = w.arms[:0], w.alone[:0]
	for _, t := range all {
		policy := slices.IndexFunc(first, func(i int8) bool { return i >= 0 && sameGroup(all[i], t) })
		w.arms = append(w.arms, experiment.Arm{Name: w.run.Kind, Params: w.params[policy]})
		w.arms[len(w.arms)-1].Params.Project.Years = t.Years
	}
	for k, t := range all {
		firms := slices.IndexFunc(all[:k], func(b Treatment) bool { return sameFirms(t, b) })
		same := slices.IndexFunc(all[:k], func(b Treatment) bool { return sameFirms(t, b) && weeks(t.Years) == weeks(b.Years) })
		if same >= 0 {
			w.alone = append(w.alone, w.alone[same])
			continue
		}
		w.alone = append(w.alone, len(w.arms))
		for n := range t.SMEs {
			var twin sim.Params
			if firms >= 0 {
				twin = w.arms[w.alone[firms]+n].Params
			} else {
				twin = experiment.Twin(w.arms[k].Params, n, false)
			}
			twin.Project.Years = t.Years
			w.arms = append(w.arms, experiment.Arm{Name: "alone", Params: twin})
		}
	}
	w.private = slices.Grow(w.private[:0], len(w.arms))[:len(w.arms)]
}
