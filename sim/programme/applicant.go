package programme

import (
	"math"

	"epgsim/sim"
	"epgsim/sim/scenario"
)

// Applicant is a group that applies in one draw. It is valid only until the next
// one is drawn into its place.
type Applicant struct {
	Draw, Number int // both from 0
	Kind         int // index into Programme.Pool
	Params       sim.Params
	Applied      sim.Application // what it truly is
	Reason       string          // why it cannot be simulated; "" when all is well

	ticket float64                 // its place in a lottery
	errors [scenario.NSeen]float64 // standard normal ones, of what is judged
	values []float64
}

// drawer draws applicants. It belongs to one goroutine.
type drawer struct {
	of    *Study
	group *sim.Group
	a     Applicant

	world []float64 // that of draw in, of Study.Worlds
	in    int
}

func (s *Study) newDrawer() *drawer { return &drawer{of: s, group: sim.NewGroup(), in: -1} }

// draw draws an applicant.
func (w *drawer) draw(draw, number int) *Applicant {
	a, p := &w.a, w.of.Programme
	one := func(d decision, of uint64) float64 { return luck(p.Seed, d, draw, number, of) }
	*a = Applicant{Draw: draw, Number: number, Kind: w.of.kind(one(drawKind, 0)), ticket: one(drawTicket, 0), values: a.values[:0]}
	kind := &p.Pool[a.Kind]
	for i := range kind.Vary {
		a.values = append(a.values, kind.Vary[i].At(one(drawValue, w.of.named[a.Kind][i])))
	}
	for s := range scenario.NSeen {
		if s.Judged() {
			a.errors[s] = sim.Normal(one(drawSeen, uint64(s)))
		}
	}
	if err := kind.Params(&a.Params, a.values); err != nil {
		a.Reason = err.Error()
		return a
	}
	w.enter(a)
	w.group.Reset(&a.Params, p.Seed, replication(draw, number))
	a.Applied = w.group.Application()
	return a
}

// enter puts an applicant in the world of its draw, if there are worlds.
func (w *drawer) enter(a *Applicant) {
	from := w.of.Worlds
	if from == nil {
		return
	}
	if w.in != a.Draw {
		w.world, w.in = append(w.world[:0], make([]float64, len(from.Unknowns))...), a.Draw
		from.Endless(w.world, a.Draw, w.of.Programme.Seed)
	}
	w.of.Programme.Pool[a.Kind].Enter(&a.Params, from, w.world)
}

// kind is the kind of which an applicant is, by a number within (0,1).
func (s *Study) kind(u float64) int {
	for k, share := range s.shares {
		if u < share {
			return k
		}
	}
	return len(s.shares) - 1
}

// seen is what a policy sees of an applicant, by scenario.Seen.
type seen [scenario.NSeen]float64

// Offer is what a policy would give to an applicant.
type Offer struct {
	Treatment         // up to the gate where there is one
	GoesOn    float64 // years in all of a group that passes the gate; 0 without a gate
	First     float64 // k€ that Treatment is planned to cost the public
	Further   float64 // k€ of the years after the gate
	Score     float64 // NaN where it is missing, or not asked for
}

// Most is what the group is promised, k€.
func (o *Offer) Most() float64 { return o.First + o.Further }

// Treatment is what a group gets. Two groups that are the same and get the same
// fare the same, on the same luck.
type Treatment struct {
	Form  scenario.Form // Forms: its own mix
	Hours float64       // h/week of the manager
	SMEs  int
	Years float64 // of project
}

// offer is what a policy gives to an applicant, and what it sees of it; params are
// those of the treatment.
func (w *drawer) offer(policy int, a *Applicant, params *sim.Params) (o Offer, sees seen) {
	y := &w.of.Programme.Policy[policy]
	see := func(s scenario.Seen, truth float64) {
		sees[s] = truth
		if y.SeenError > 0 && s.Judged() {
			sees[s] = min(1, max(0, truth+float64(y.SeenError*a.errors[s])))
		}
	}
	t := &a.Applied
	see(scenario.SeenTechnology, t.Technology)
	see(scenario.SeenComplementarity, t.Complementarity)
	see(scenario.SeenExperience, t.Experience)
	see(scenario.SeenPriorTies, t.PriorTies)
	see(scenario.SeenHours, t.Hours)
	see(scenario.SeenMarkets, float64(t.Markets))
	see(scenario.SeenDistance, t.Distance)

	*params = a.Params
	f := y.Lay(params, sees[scenario.SeenTechnology], sees[scenario.SeenComplementarity])
	o.Treatment = Treatment{Form: f, Hours: params.Manager.Hours, SMEs: params.Size(), Years: params.Project.Years}
	if params.Mix != [3]float64{} || params.Group.Focus != f.Focus() {
		o.Form = scenario.Forms
	}
	yearly := t.YearlyCost
	if o.Hours != a.Params.Manager.Hours || o.SMEs != a.Params.Size() {
		w.group.Reset(params, w.of.Programme.Seed, replication(a.Draw, a.Number))
		yearly = w.group.Application().YearlyCost
	}
	o.First = Planned(params, yearly, o.Years)
	if y.Extend != nil {
		o.GoesOn = o.Years + y.Extend.Years
		o.Further = Planned(params, yearly, o.GoesOn) - o.First
	}
	see(scenario.SeenSize, float64(o.SMEs))
	see(scenario.SeenManagerHours, o.Hours)
	see(scenario.SeenYears, o.Years)
	see(scenario.SeenCost, o.First)
	o.Score = math.NaN()
	if y.Score != nil {
		o.Score = y.Score.Eval(sees[:])
	}
	return o, sees
}

// Planned is what so many years of project at a yearly cost are planned to cost the
// public: while all members are active and, where the public pays a part after the
// project too, as if the group lived to the horizon, k€.
func Planned(p *sim.Params, yearly, years float64) float64 {
	project, sum := weeks(years), 0.0
	total := max(project, p.TotalWeeks())
	for week := 0; week < total; {
		share, from := p.PublicShare(week, project), week
		for week++; week < total && p.PublicShare(week, project) == share; week++ {
		}
		sum += float64(yearly * share * float64(week-from) / sim.WeeksPerYear)
	}
	return sum
}

// weeks is the length of a project of so many years.
func weeks(years float64) int {
	p := sim.Params{}
	p.Project.Years = years
	return p.ProjectWeeks()
}
