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
	Grants       []Returned `json:"grants"`  // each for one group
	Whole        Returned   `json:"whole"`   // for all that are funded
}

// Returned is what public money brings: expected, with 95 % intervals of luck. The first
// line leaves it out, and where no group is funded all do.
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

// ministryPeriods are those that can be funded.
var ministryPeriods = []float64{1, 2, 3, 5}

// kind is the groups of a scenario in a form and with a project period.
type kind struct {
	key     string
	variant experiment.Variant
}

// fared is what a kind came to: one value a replication.
type fared struct {
	further, public, sold, seen []float64 // k€
	not                         []float64 // 1 where nothing is sold by the horizon
	goesOn                      []float64 // sold by the horizon when the project goes on, k€
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
		v.Params.Project.Years = g.Years
		kinds[i] = kind{fmt.Sprintf("%s %g %d", keyOf(s, vs), g.Years, q.Seed), v}
	}
	return kinds, nil
}

// comparison is what a kind's runs are, from replication first on.
func (k *kind) comparison(seed uint64, first, replications int) *experiment.Comparison {
	years := k.variant.Params.Project.Years
	return experiment.NewComparison([]experiment.Variant{k.variant}, []float64{years}, years,
		experiment.Plan{Seed: seed, First: first, Replications: replications})
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
	key := fmt.Sprintf("ministry %d", q.Replications)
	for i, k := range kinds {
		key += fmt.Sprintf(" %s %d", k.key, q.Grants[i].Groups)
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
// Kinds of which no group is funded are not run.
func (l *Lesson) fund(ctx context.Context, who string, q *ministryRequest, kinds []kind, line func([]byte)) error {
	all := make([]*fared, len(kinds))
	line(encode(q.told(kinds, all, 0)))
	for _, n := range []int{firstStages[0], q.Replications} {
		if n < q.Replications && 2*n > q.Replications || n > q.Replications {
			continue
		}
		for i := range kinds {
			if q.Grants[i].Groups == 0 {
				continue
			}
			var err error
			if all[i], err = l.fare(ctx, who, q.Seed, &kinds[i], n); err != nil {
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

// fare is what a kind came to in so many replications. It is kept: whoever funds one
// group more waits for nothing, and more replications go on where fewer ended.
func (l *Lesson) fare(ctx context.Context, who string, seed uint64, k *kind, n int) (*fared, error) {
	f := l.funded.get(k.key)
	if f.replications() >= n {
		return f.first(n), nil
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
	c := k.comparison(seed, f.replications(), n-f.replications())
	l.share(c)
	if err := c.RunAlone(ctx, nil); err != nil {
		return nil, err
	}
	if err := c.GoOn(ctx, c.Plan.Replications, nil); err != nil { // no bands over weeks are asked for
		return nil, err
	}
	f = f.and(c)
	l.funded.put(k.key, f)
	return f, nil
}

// parts are the samples of what a kind came to.
func (f *fared) parts() [6]*[]float64 {
	return [6]*[]float64{&f.further, &f.public, &f.sold, &f.seen, &f.not, &f.goesOn}
}

func (f *fared) replications() int {
	if f == nil {
		return 0
	}
	return len(f.not)
}

// first is what it came to in the first n replications.
func (f *fared) first(n int) *fared {
	var out fared
	for k, to := range out.parts() {
		*to = (*f.parts()[k])[:n]
	}
	return &out
}

// and is f with the replications of a comparison of one variant, which come after its own.
func (f *fared) and(c *experiment.Comparison) *fared {
	if f == nil {
		f = &fared{}
	}
	own, w := c.OwnIndex(), c.Worth(0, c.OwnIndex())
	more := fared{w.Further, w.Public, c.Fair(0, own, sim.ValueTotal), c.Fair(0, own, sim.ValueProject), c.Of(0, own, sim.NeverSells), c.Fair(0, c.GoesOn(), sim.ValueTotal)}
	var out fared
	for k, to := range out.parts() {
		*to = slices.Concat(*f.parts()[k], *more.parts()[k])
	}
	return &out
}

// told is a line: of what is planned alone after no replications.
func (q *ministryRequest) told(kinds []kind, all []*fared, n int) Ministry {
	m := Ministry{Replications: n, Done: n == q.Replications, Horizon: kinds[0].variant.Params.Project.Horizon, Periods: ministryPeriods}
	var whole sample
	for i, k := range kinds {
		g := &q.Grants[i]
		r := Returned{Groups: g.Groups, Costs: costs(&k.variant.Params)}
		r.Planned = r.Costs[slices.Index(ministryPeriods, g.Years)]
		m.Whole.Groups += g.Groups
		m.Whole.Planned += number(g.Groups) * r.Planned
		if all[i] != nil {
			var one sample
			one.add(all[i], 1)
			one.tell(&r)
			whole.add(all[i], g.Groups)
		}
		m.Grants = append(m.Grants, r)
	}
	if whole.groups > 0 {
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

func (s *sample) add(f *fared, groups int) {
	for _, part := range []struct {
		to   *[]float64
		from []float64
	}{{&s.further, f.further}, {&s.public, f.public}, {&s.sold, f.sold}, {&s.seen, f.seen}, {&s.goesOn, f.goesOn}} {
		if *part.to == nil {
			*part.to = make([]float64, len(part.from))
		}
		for r, x := range part.from {
			(*part.to)[r] += float64(float64(groups) * x)
		}
	}
	// The ends of shares are averaged, as if the luck of all kinds went together: never too narrow.
	share, before, now := analysis.Share(f.not), float64(s.groups), float64(groups)
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
	} else if k.byKey[key].replications() > f.replications() {
		return // somebody else asked for more meanwhile
	}
	k.byKey[key] = f
	for len(k.old) > mostFunded {
		delete(k.byKey, k.old[0])
		k.old = k.old[1:]
	}
}
