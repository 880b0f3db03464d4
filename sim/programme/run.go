package programme

import (
	"context"
	"fmt"
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
	trunk, fork *sim.Group
	run         Run
	params      [64]sim.Params // by policy
	offers      [64]Offer
}

func (s *Study) newSimulator() *simulator {
	return &simulator{drawer: s.newDrawer(), trunk: sim.NewGroup(), fork: sim.NewGroup()}
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
	defer func() {
		if p := recover(); p != nil {
			w.run.Outcomes, w.run.Reason = w.run.Outcomes[:0], fmt.Sprintf("the model broke: %v", p)
			w.group, w.trunk, w.fork = sim.NewGroup(), sim.NewGroup(), sim.NewGroup() // nobody knows what state they are in
		}
	}()
	all, first, _ := treatments(by, func(policy int) *Offer {
		w.offers[policy], _ = w.offer(policy, a, &w.params[policy])
		return &w.offers[policy]
	}, len(w.of.Programme.Policy))
	for _, t := range all {
		w.run.Outcomes = append(w.run.Outcomes, Outcome{Treatment: t})
	}
	for k := range all {
		if w.isFirst(k, sameGroup) {
			policy := slices.IndexFunc(first, func(i int8) bool { return i >= 0 && sameGroup(all[i], all[k]) })
			w.together(&w.params[policy], k)
		}
	}
	for k := range all {
		if w.isFirst(k, sameFirms) {
			policy := slices.IndexFunc(first, func(i int8) bool { return i >= 0 && sameFirms(all[i], all[k]) })
			w.alone(&w.params[policy], k)
		}
	}
}

// sameGroup says whether two treatments differ in years only.
func sameGroup(a, b Treatment) bool { return a.Form == b.Form && sameFirms(a, b) }

// sameFirms says whether the SMEs of two treatments are the same without the group,
// but for years: alone the form does not matter.
func sameFirms(a, b Treatment) bool { return a.Hours == b.Hours && a.SMEs == b.SMEs }

// isFirst says whether outcome k is the first of those that are the same.
func (w *simulator) isFirst(k int, same func(a, b Treatment) bool) bool {
	return !slices.ContainsFunc(w.run.Outcomes[:k], func(o Outcome) bool { return same(o.Treatment, w.run.Outcomes[k].Treatment) })
}

// together runs the group of outcome k, and of those that differ from it in years.
func (w *simulator) together(p *sim.Params, k int) {
	years := w.yearsOf(k, sameGroup)
	w.family(p, years, func(end int, atEnd bool, r *sim.Result) {
		for i := range w.run.Outcomes {
			o := &w.run.Outcomes[i]
			switch {
			case !sameGroup(o.Treatment, w.run.Outcomes[k].Treatment) || weeks(o.Years) != end:
			case atEnd:
				o.Private = r.Get(sim.PrivateCost)
			default:
				o.Values = r.Values
			}
		}
	})
}

// alone runs each SME of outcome k without the group, with its own money, and says
// what the groups are worth beside that.
func (w *simulator) alone(p *sim.Params, k int) {
	years := w.yearsOf(k, sameFirms)
	without := make([]sim.Tally, len(years))
	for n := range p.Size() {
		twin := experiment.Twin(*p, n, false)
		w.family(&twin, years, func(end int, atEnd bool, r *sim.Result) {
			if atEnd {
				return
			}
			t := &without[slices.IndexFunc(years, func(y float64) bool { return weeks(y) == end })]
			t.Expected += r.Get(sim.ValueTotalExpected)
			t.Private += r.Get(sim.PrivateCost)
		})
	}
	for i := range w.run.Outcomes {
		o := &w.run.Outcomes[i]
		if !sameFirms(o.Treatment, w.run.Outcomes[k].Treatment) {
			continue
		}
		t := sim.Tally{Expected: o.Values[sim.ValueTotalExpected], Public: o.Values[sim.PublicCost], Private: o.Values[sim.PrivateCost]}
		alone := without[slices.IndexFunc(years, func(y float64) bool { return weeks(y) == weeks(o.Years) })]
		o.Worth = experiment.WorthOf(t, alone, p.Money.Margin)
	}
}

// yearsOf are the years of all outcomes that are the same as outcome k, ascending,
// each once.
func (w *simulator) yearsOf(k int, same func(a, b Treatment) bool) (years []float64) {
	for _, o := range w.run.Outcomes {
		if same(o.Treatment, w.run.Outcomes[k].Treatment) {
			years = append(years, o.Years)
		}
	}
	slices.Sort(years)
	return slices.CompactFunc(years, func(a, b float64) bool { return weeks(a) == weeks(b) })
}

// family runs a group, or an SME alone, with projects of so many years, ascending:
// the longest whole, and the others from their end on as forks of it. found hears of
// each twice, by the week of its end: there, and at the horizon.
func (w *simulator) family(p *sim.Params, years []float64, found func(end int, atEnd bool, r *sim.Result)) {
	longest := *p
	longest.Project.Years = years[len(years)-1]
	w.trunk.Reset(&longest, w.of.Programme.Seed, replication(w.run.Draw, w.run.Number))
	shorter := longest
	for week, next := 1, 0; week <= longest.TotalWeeks(); week++ {
		w.trunk.Step()
		if next == len(years) || weeks(years[next]) != week {
			continue
		}
		end := week
		if next++; next == len(years) {
			found(end, true, w.trunk.Result())
			continue
		}
		shorter.Project.Years = years[next-1]
		w.fork.Fork(w.trunk, &shorter)
		found(end, true, w.fork.Result())
		for range shorter.TotalWeeks() - week {
			w.fork.Step()
		}
		found(end, false, w.fork.Result())
	}
	found(longest.ProjectWeeks(), false, w.trunk.Result())
}
