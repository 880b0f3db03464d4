package teach

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
	"epgsim/sim/programme"
)

// ministryRequest is the body of /api/ministry: groups that a budget is given to.
type ministryRequest struct {
	Grants       []grant `json:"grants"`
	Replications int     `json:"replications"`
	Seed         uint64  `json:"seed"`
}

// grant is what so many groups of a kind get.
type grant struct {
	What   what    `json:"what"`
	Form   string  `json:"form"`
	Years  float64 `json:"years"`
	Groups int     `json:"groups"`
}

// Ministry is a line of the answer to /api/ministry. The first, of no replications,
// says only what is planned to be spent.
type Ministry struct {
	Replications int        `json:"replications"`
	Done         bool       `json:"done"`
	Horizon      float64    `json:"horizon"` // years from the start by whose end all is counted
	Periods      []float64  `json:"periods"` // that can be asked for, years
	Grants       []Returned `json:"grants"`  // each for one group, also where none is funded
	Whole        Returned   `json:"whole"`   // for all that are funded
}

// Returned is what public money brings: expected, with 95 % intervals of luck, which the
// first line leaves out.
type Returned struct {
	Groups  int       `json:"groups"`
	Planned number    `json:"planned"`            // k€ of public money while nobody withdraws
	Costs   []number  `json:"costs,omitempty"`    // the same of one group by period, also those not asked for
	Further *interval `json:"further,omitempty"`  // exports by the horizon beyond those of the SMEs alone, k€
	PerEuro *interval `json:"per_euro,omitempty"` // of these, per euro that the public pays
	Never   *interval `json:"never,omitempty"`    // share of groups that sell nothing by the horizon
	Seen    *interval `json:"seen,omitempty"`     // by the funder, of what a project that goes on sells by the horizon
	Lost    *interval `json:"lost,omitempty"`     // of that, by stopping
}

// ministryPeriods are run for every kind and form, so that another period costs nothing.
var ministryPeriods = []float64{1, 2, 3, 5}

// kind is the groups of a scenario in a form.
type kind struct {
	key     string
	variant experiment.Variant
}

// fared is what a kind came to: by period, one value a replication.
type fared struct {
	years                            []float64
	further, public, sold, seen, not [][]float64 // k€; not is 1 where nothing is sold by the horizon
	goesOn                           []float64   // sold by the horizon when the project goes on, k€
}

// plan checks a request and resolves its kinds, one for each grant.
func (q *ministryRequest) plan() ([]kind, error) {
	if n := len(q.Grants); n < 1 || n > mostGrants {
		return nil, wrong("grants", strconv.Itoa(n), fmt.Sprintf("must be 1..%d", mostGrants), "")
	}
	if q.Replications < 2 || q.Replications > mostMinistryReplications {
		return nil, wrong("replications", strconv.Itoa(q.Replications), fmt.Sprintf("must be within 2..%d", mostMinistryReplications), "epgsim programme draws whole programmes")
	}
	kinds := make([]kind, len(q.Grants))
	for i := range q.Grants {
		g := &q.Grants[i]
		where := fmt.Sprintf("grants[%d].", i)
		s, err := g.What.read()
		if err != nil {
			return nil, err
		}
		vs, err := variants(s, []string{g.Form})
		if err != nil {
			return nil, err
		}
		if g.Groups < 0 || g.Groups > mostGroups {
			return nil, wrong(where+"groups", strconv.Itoa(g.Groups), fmt.Sprintf("must be within 0..%d", mostGroups), "")
		}
		if !slices.Contains(ministryPeriods, g.Years) {
			return nil, wrong(where+"years", fmt.Sprint(g.Years), fmt.Sprintf("must be among %v", ministryPeriods), "")
		}
		v := vs[0]
		if least := ministryPeriods[len(ministryPeriods)-1]; v.Params.Project.Horizon < least {
			return nil, wrong("project.horizon", fmt.Sprint(v.Params.Project.Horizon), fmt.Sprintf("must be at least %g years", least), "")
		}
		v.Params.Project.Years = ministryPeriods[0] // whatever the scenario's own is
		kinds[i] = kind{fmt.Sprintf("%s %d %d", keyOf(s, vs), q.Seed, q.Replications), v}
	}
	return kinds, nil
}

// comparison is what a kind's runs are.
func (q *ministryRequest) comparison(k *kind, replications int) *experiment.Comparison {
	return experiment.NewComparison([]experiment.Variant{k.variant}, ministryPeriods, ministryPeriods[0],
		experiment.Plan{Seed: q.Seed, Replications: replications})
}

func (l *Lesson) ministry(d door) error {
	var q ministryRequest
	if err := d.read(&q); err != nil {
		return err
	}
	kinds, err := q.plan()
	if err != nil {
		return err
	}
	key := "ministry"
	for i, k := range kinds {
		key += fmt.Sprintf(" %s %g %d", k.key, q.Grants[i].Years, q.Grants[i].Groups)
	}
	who := d.client()
	a := l.answers.join(l.ctx, key, func(ctx context.Context, line func([]byte)) error {
		ctx, cancel := context.WithTimeout(ctx, mostTime)
		defer cancel()
		return l.fund(ctx, who, &q, kinds, line)
	})
	defer l.answers.leave(a)
	return l.stream(d, a)
}

// fund works out what the grants bring: what is planned, then a first picture, then all.
func (l *Lesson) fund(ctx context.Context, who string, q *ministryRequest, kinds []kind, line func([]byte)) error {
	line(encode(q.told(kinds, nil, 0)))
	for _, n := range []int{firstStages[0], q.Replications} {
		if n > q.Replications || n < q.Replications && 2*n > q.Replications {
			continue
		}
		all := make([]*fared, len(kinds))
		for i := range kinds {
			var err error
			if all[i], err = l.fare(ctx, who, q, &kinds[i], n); err != nil {
				return err
			}
		}
		line(encode(q.told(kinds, all, n)))
		if n == q.Replications {
			break
		}
	}
	return nil
}

// fare is what a kind came to after so many replications. It is kept: whoever moves
// groups to another period, or funds one more, waits for nothing.
func (l *Lesson) fare(ctx context.Context, who string, q *ministryRequest, k *kind, n int) (*fared, error) {
	key := fmt.Sprintf("%s %d", k.key, n)
	if f := l.funded.get(key); f != nil {
		return f, nil
	}
	lane := l.rest
	if n <= firstStages[0] {
		lane = l.first
	}
	leave, err := lane.enter(ctx, who)
	if err != nil {
		return nil, err
	}
	defer leave()
	c := q.comparison(k, n)
	c.Plan.Helpers = l.helpers
	if err := c.RunAlone(ctx, nil); err != nil {
		return nil, err
	}
	if err := c.Run(ctx, nil); err != nil {
		return nil, err
	}
	f := faredOf(c)
	l.funded.put(key, f)
	return f, nil
}

// faredOf takes from a comparison of one variant what grants ask for.
func faredOf(c *experiment.Comparison) *fared {
	f := &fared{years: c.Years, goesOn: c.Fair(0, c.GoesOn(), sim.ValueTotal)}
	for y := range c.Years {
		w := c.Worth(0, y)
		f.further, f.public = append(f.further, w.Further), append(f.public, w.Public)
		f.sold, f.seen = append(f.sold, c.Fair(0, y, sim.ValueTotal)), append(f.seen, c.Fair(0, y, sim.ValueProject))
		f.not = append(f.not, c.Of(0, y, sim.NeverSells))
	}
	return f
}

// told is a line: of what is planned alone while all is nil.
func (q *ministryRequest) told(kinds []kind, all []*fared, n int) Ministry {
	m := Ministry{Replications: n, Done: n == q.Replications, Horizon: kinds[0].variant.Params.Project.Horizon, Periods: ministryPeriods}
	var whole sample
	for i, k := range kinds {
		g := &q.Grants[i]
		r := Returned{Groups: g.Groups, Costs: costs(&k.variant.Params)}
		r.Planned = r.Costs[slices.Index(ministryPeriods, g.Years)]
		m.Whole.Groups += g.Groups
		m.Whole.Planned += number(g.Groups) * r.Planned
		if all != nil {
			y := slices.Index(all[i].years, g.Years)
			var one sample
			one.add(all[i], y, 1)
			one.tell(&r)
			whole.add(all[i], y, g.Groups)
		}
		m.Grants = append(m.Grants, r)
	}
	if all != nil && m.Whole.Groups > 0 {
		whole.tell(&m.Whole)
	}
	return m
}

// costs are what a group's project is planned to cost the public, by period, k€.
func costs(p *sim.Params) (by []number) {
	g := sim.NewGroup()
	g.Reset(p, 1, 0)
	yearly := g.Application().YearlyCost
	for _, years := range ministryPeriods {
		by = append(by, number(programme.Planned(p, yearly, years)))
	}
	return by
}

// sample is what groups together come to, one value a replication: all of a
// replication meet the same luck, so that intervals hold however they go together.
type sample struct {
	groups                              int
	further, public, sold, seen, goesOn []float64
	not                                 analysis.Interval // of the groups so far
}

func (s *sample) add(f *fared, y, groups int) {
	if groups == 0 {
		return
	}
	for _, part := range []struct {
		to   *[]float64
		from []float64
	}{{&s.further, f.further[y]}, {&s.public, f.public[y]}, {&s.sold, f.sold[y]}, {&s.seen, f.seen[y]}, {&s.goesOn, f.goesOn}} {
		if *part.to == nil {
			*part.to = make([]float64, len(part.from))
		}
		for r, x := range part.from {
			(*part.to)[r] += float64(float64(groups) * x)
		}
	}
	// The ends of shares are averaged, as if the luck of all kinds went together: never too narrow.
	share, before, now := analysis.Share(f.not[y]), float64(s.groups), float64(groups)
	mean := func(a, b float64) float64 { return (float64(before*a) + float64(now*b)) / (before + now) }
	s.not = analysis.Interval{Estimate: mean(s.not.Estimate, share.Estimate), Low: mean(s.not.Low, share.Low), High: mean(s.not.High, share.High), N: share.N}
	s.groups += groups
}

// tell says what the groups come to, as a comparison would.
func (s *sample) tell(r *Returned) {
	say := func(iv analysis.Interval) *interval {
		told := tellInterval(iv)
		return &told
	}
	seen := analysis.RatioOfMeans(s.seen, s.goesOn)
	seen.Low, seen.High = max(0, seen.Low), min(1, seen.High)
	lost := analysis.OneLess(analysis.RatioOfMeans(s.sold, s.goesOn))
	lost.High = min(1, lost.High)
	r.Further, r.PerEuro = say(analysis.Mean(s.further)), say(analysis.RatioOfMeans(s.further, s.public))
	r.Never, r.Seen, r.Lost = say(s.not), say(seen), say(lost)
}

// funded keeps what the latest kinds came to.
type funded struct {
	mu    sync.Mutex
	byKey map[string]*fared
	old   []string // keys, the one longest unused first
}

func (k *funded) get(key string) *fared {
	k.mu.Lock()
	defer k.mu.Unlock()
	if i := slices.Index(k.old, key); i >= 0 {
		k.old = append(slices.Delete(k.old, i, i+1), key)
	}
	return k.byKey[key]
}

func (k *funded) put(key string, f *fared) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.byKey == nil {
		k.byKey = map[string]*fared{}
	}
	if k.byKey[key] == nil {
		k.old = append(k.old, key)
	}
	k.byKey[key] = f
	for len(k.old) > mostFunded {
		delete(k.byKey, k.old[0])
		k.old = k.old[1:]
	}
}
