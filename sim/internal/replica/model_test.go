package replica

import "math"

// numbers are parameters by their names.
type numbers map[string]float64

// scenario is what ODD.md lets a person set. NaN in a list: as generated.
type scenario struct {
	p       numbers
	mix     []float64
	smes    []listedSME
	markets [][4]float64 // distance, customers, fit, assistant
	hub     int          // -1: elected
	solo    int
}

type listedSME struct {
	x, y, tau, e, h, rho, q float64
	ties                    []int
}

type sme struct {
	id                                   int
	x, y, tau, q, h, rho, eta            float64
	e, e0, z, kappa, R, E, L, S, tbar, F float64
	a, G, k                              float64
	active                               bool
	joined, sought, omega, nu            int
	M                                    [5]float64
	B, goal, A, left, flow, got, sold    float64
	looks                                float64
	taken                                bool
	sumA, sumG, sumAvail, fair           float64
	fairLooks, quarters, lastQuarter     int
	value                                [2]float64
}

type link struct {
	alpha, beta, alpha0, T, c, r, J float64
	acts                            int
	wanted, mediated                bool
}

type market struct{ d, N, f, H, K, left float64 }

type kind struct {
	partners              int
	fixed, star, hubLeads bool
	D, gamma              float64
}

const (
	building = iota
	preparing
	negotiating
	won
	lost
)

type opportunity struct {
	kind                               kind
	team                               []int
	leadID, nu, m, stage               int
	v, luck, phi, chi, u, V, needed, g float64
	since, lastMeeting, lastContact    int
	next, rounds                       int
	openAtEnd, met, alone              bool
	present                            int
}

type customer struct {
	team       []int
	leadID, nu int
	v, s, V    float64
	due, n     int
}

const tasks = 8
const (
	administration = iota
	furtherMarkets
	guidance
	coordination
	activities
	meetings
	prospecting
	idle
)

type books struct {
	granted                       float64
	task                          [tasks]float64
	opened, offers, deals, orders int
	dealValue, orderValue         float64
	firstDeal                     int
	joint                         float64
	acts                          int
	hubLeft                       float64
	hubWeeks                      int
	withdrawn                     [4]int
	public, private               float64
	openAtEnd, rescued, trust     float64
	weeks                         int
}

type group struct {
	numbers
	sc       *scenario
	key      uint64
	w, P     int
	pool     []sme
	s        []sme
	l        [12][12]link
	hub      int
	markets  []market
	weights  [3]float64
	tried    [3]int
	opps     []*opportunity
	buyers   []*customer
	links    [][2]int
	former   []sme
	present  bool
	kept     bool
	b, bGoal float64
	fair     bool
	waiting  bool
	books
	end         books
	endAvail    float64
	endOutcomes map[string]float64
	keptAtEnd   bool
	forming     bool
	marks       map[int][2]float64
	mean        [2]float64
	weekly      map[string][]float64
	before      books
	availBefore float64
}

func newGroup(sc *scenario, seed, replication uint64) *group {
	g := &group{numbers: sc.p, sc: sc, present: true, forming: true, marks: map[int][2]float64{}, weekly: map[string][]float64{}}
	g.key, _ = philox(seed, replication, 0)
	g.firstDeal = -1
	g.P = int(math.Max(1, math.Round(52*g.numbers["project.years"])))
	f := g.numbers["group.focus"]
	switch {
	case sc.mix != nil:
		copy(g.weights[:], sc.mix)
	case f <= 0.5:
		g.weights = [3]float64{1 - 2*f, 2 * f, 0}
	default:
		g.weights = [3]float64{0, 2 - 2*f, 2*f - 1}
	}
	p := g.numbers
	n := int(p["markets.count"])
	if len(sc.markets) > 0 {
		n = len(sc.markets)
	}
	for m := 0; m < n; m++ {
		k := market{d: p["markets.distance"], N: p["markets.customers"], f: p["markets.fit"], H: p["markets.assistant"]}
		if len(sc.markets) > 0 {
			for i, to := range []*float64{&k.d, &k.N, &k.f, &k.H} {
				if v := sc.markets[m][i]; !math.IsNaN(v) {
					*to = v
				}
			}
		}
		g.markets = append(g.markets, k)
	}
	g.form()
	return g
}

func (g *group) form() {
	p := g.numbers
	listed := len(g.sc.smes)
	size, pool := int(p["group.size"]), int(p["formation.candidates"])
	if listed > 0 {
		size = listed
		if p["group.open"] == 1 {
			pool += listed
		} else {
			pool = listed
		}
	}
	for id := 0; id < max(pool, size); id++ {
		g.pool = append(g.pool, g.candidate(id))
	}
	g.s = make([]sme, size)
	for slot := range g.s {
		id := slot
		if listed == 0 {
			id = g.choose(slot == 0)
		}
		g.join(slot, id)
	}
	g.hub = g.elect()
	g.forming = false
	c, tau := 0.0, 0.0
	for i := range g.s {
		tau += g.s[i].tau
		for j := 0; j < i; j++ {
			c += g.l[i][j].c
		}
	}
	n := float64(len(g.s))
	g.mean = [2]float64{c / (n * (n - 1) / 2), tau / n}
	if g.sc.solo > 0 {
		g.s = []sme{g.s[g.sc.solo-1]}
		g.hub = 0
	}
}

func (g *group) candidate(id int) sme {
	p := g.numbers
	c := sme{id: id}
	sigma := (1 - p["group.similarity"]) / 1.77
	a, b := g.u(niche, id, 0)
	c.x, c.y = sigma*normal(a), sigma*normal(b)
	a, b = g.u(technology, id, 0)
	c.tau = clamp(spread(p["group.technology"], p["group.technology_spread"], a), 0, 1)
	c.e = clamp(spread(p["group.experience"], p["group.experience_spread"], b), 0, 1)
	a, b = g.u(hours, id, 0)
	c.h = p["group.hours"] * spread(1, p["group.hours_spread"], a)
	c.rho = clamp(spread(0.5, p["group.rhythm_spread"], b), 0, 1)
	a, b = g.u(component, id, 0)
	if a < p["group.components"] {
		c.q = 1
	}
	c.eta = b
	if id < len(g.sc.smes) {
		l := g.sc.smes[id]
		for _, o := range []struct {
			to *float64
			v  float64
		}{{&c.x, l.x}, {&c.y, l.y}, {&c.tau, l.tau}, {&c.e, l.e}, {&c.h, l.h}, {&c.rho, l.rho}, {&c.q, l.q}} {
			if !math.IsNaN(o.v) {
				*o.to = o.v
			}
		}
	}
	return c
}

func (g *group) choose(first bool) int {
	best, at := math.Inf(-1), -1
	for id, c := range g.pool {
		if c.taken {
			continue
		}
		score := c.looks
		if first {
			score = -float64(id)
		}
		if c.e < g.numbers["formation.entry_experience"] {
			score += c.e - 1000
		}
		if score > best {
			best, at = score, id
		}
	}
	return at
}

func distance(a, b sme) float64 {
	return math.Min(1, math.Sqrt((a.x-b.x)*(a.x-b.x)+(a.y-b.y)*(a.y-b.y)))
}

func (g *group) compl(d float64) float64 {
	t := (d - g.numbers["joint.best_distance"]) / g.numbers["joint.distance_width"]
	return math.Max(0, 1-t*t)
}

func (g *group) join(slot, id int) {
	p := g.numbers
	g.pool[id].taken = true
	s := g.pool[id]
	s.e0, s.z, s.kappa, s.S = s.e, p["workload.mean"], p["commitment.initial"], p["commitment.initial"]
	s.L = 2 * (1 - s.rho) * p["commitment.naive_lag"]
	s.active, s.joined, s.sought = true, g.w, g.w
	s.k, s.tbar, s.F, s.a = p["manager.knowledge"], 0.5, 1, p["commitment.initial"]*(1-p["workload.mean"])
	g.s[slot] = s
	for j := range g.s {
		if j == slot || g.forming && j > slot {
			continue
		}
		o := g.s[j]
		d := distance(g.pool[id], g.pool[o.id])
		tied := false
		if g.forming {
			if len(g.sc.smes) > id {
				for _, t := range g.sc.smes[id].ties {
					tied = tied || t == o.id
				}
				for _, t := range g.sc.smes[o.id].ties {
					tied = tied || t == id
				}
			} else {
				_, u := g.u(perceived, ordered(id, o.id), 0)
				tied = u < p["group.prior_ties"]
			}
		}
		k := link{c: g.compl(d), r: math.Max(0, 1-d/p["joint.best_distance"])}
		k.alpha0, k.beta = 2*p["trust.prior"]*p["trust.start"], 2*p["trust.prior"]*(1-p["trust.start"])
		if tied {
			k.alpha0 += p["trust.tie"]
			k.J = p["joint.tie_hours"]
		}
		k.alpha = k.alpha0
		k.T = k.alpha / (k.alpha + k.beta)
		g.l[slot][j], g.l[j][slot] = k, k
	}
	for k := range g.pool {
		c := &g.pool[k]
		if c.taken {
			continue
		}
		u := g.u1(perceived, ordered(id, k), 0)
		sc, de := p["formation.screening"], p["formation.demand"]
		seen := sc*g.compl(distance(*c, g.pool[id])) + (1-sc)*u
		c.looks += (1-de)*seen + de*c.eta
	}
}

func (g *group) elect() int {
	if g.forming && g.sc.hub >= 0 {
		return g.sc.hub
	}
	best, at := -1.0, -1
	for i := range g.s {
		if !g.s[i].active {
			continue
		}
		sum := 0.05
		for j := range g.s {
			if j != i && g.s[j].active {
				sum += g.l[i][j].c
			}
		}
		if v := (0.1 + g.s[i].e) * sum; v > best {
			best, at = v, i
		}
	}
	return at
}

func (g *group) actives() int {
	n := 0
	for i := range g.s {
		if g.s[i].active {
			n++
		}
	}
	return n
}
