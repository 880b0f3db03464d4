package replica

import "math"

// settings are what ODD.md lets a person set. NaN in a list: as generated.
type settings struct {
	p       numbers
	mix     []float64
	smes    []listedSME
	markets [][4]float64 // distance, customers, fit, assistant
	hub     int          // -1: elected
	solo    int
	off     string // a mechanism that is off and that no number says
}

type listedSME struct {
	x, y, tau, e, h, rho, q float64
	ties                    []int
}

type sme struct {
	id                                           int
	x, y, tau, q, h, rho, eta, sigma, zeta       float64
	fit                                          [5]float64
	e, e0, z, kappa, R, E, L, S, tbar, F         float64
	a, psi, asked, came, theta, busy, load, G, k float64
	active, taken, graduated                     bool
	joined, omega, nu                            int
	M, tried, doors                              [5]float64 // by market
	B, goal, A, left, flow, got, sold, looks     float64
	again, relations                             float64
	ledger
}

// uses of an SME's hours
const (
	available = iota
	inRounds
	inMeetings
	inQuestions
	inJoint
	inWaste
	inCoordination
	inSearch
	inFairs
	unused
	uses
)

type ledger struct {
	hours                       [uses]float64
	received, activity, fair    float64
	value                       [2]float64 // of deals, of orders
	sales                       [2]int
	fees, content               float64
	weeks, since, until, why    int
	serves                      int
	seen, quarters, lastQuarter int
}

// view is what one SME thinks of another; bond is what two have in common.
type view struct{ alpha, beta, alpha0, T float64 }

type bond struct {
	c, r, agree      float64
	J, acts          float64
	wanted, mediated bool
	owner            int
}

type market struct{ mu, d, N, f, H, K, left float64 }

type kind struct {
	number, partners      int
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

// who met a customer this week
const (
	nobody = iota
	theManager
	theAssistant
	oneAlone
)

type opportunity struct {
	kind                            kind
	team                            []int
	leadID, nu, m, stage            int
	v, luck, phi, chi, u, needed, g float64
	V, W                            float64
	help, grasped, met              float64
	opened, since, lastMeeting      int
	heard, offered                  int
	lastContact, next, rounds       int
	f, presence, spoke              float64
	by                              int
	neglected, dueIn                bool
	vAtEnd                          float64
}

type customer struct {
	team       []int
	leadID, nu int
	v, s, V, W float64
	due, n     int
}

const (
	administration = iota
	furtherMarkets
	guidance
	coordination
	activities
	meetings
	prospecting
	idle
	tasks
)

type books struct {
	granted                             float64
	task                                [tasks]float64
	opened, offers, deals, orders       int
	dealValue, orderValue, expected     float64
	stageWeeks                          [3]float64
	firstDeal, firstJoint               int
	joint, acts, hubLeft, hubWeeks      float64
	withdrawn                           [5]int
	alive, changes, left                int
	memberWeeks                         float64
	public, private, openValue, rescued float64
	trust, trustWeeks                   float64
}

type group struct {
	numbers
	sc       *settings
	key      uint64
	w, P     int
	pool, s  []sme
	views    [12][12]view
	bonds    [12][12]bond // lower slot first
	hub      int
	markets  []market
	weights  [3]float64
	tried    [3]int
	opps     []*opportunity
	buyers   []*customer
	links    [][2]int
	former   []ledger
	forming  bool
	present  bool
	kept     bool
	b, bGoal float64
	spared   float64
	reserve  float64
	reserved bool // the reserve pays this year
	fair     bool
	waiting  bool
	books
	end, before         books
	hadBefore, endHours float64
	atTheEnd            map[string]float64
	keptAtEnd           bool
	mean                [2]float64
	marks               [][5]float64 // by week: value, joint work, expected value, public and private cost
	weekly              map[string][]float64
}

func (g *group) bond(i, j int) *bond { return &g.bonds[min(i, j)][max(i, j)] }

func newGroup(sc *settings, seed, replication uint64) *group {
	g := &group{numbers: sc.p, sc: sc, present: true, forming: true, weekly: map[string][]float64{}, marks: make([][5]float64, 1)}
	p := g.of
	g.key, _ = philox(seed, replication, 0)
	g.firstDeal, g.firstJoint = -1, -1
	g.P = max(1, int(math.Round(52*p("project.years"))))
	f := p("group.focus")
	switch {
	case sc.mix != nil:
		copy(g.weights[:], sc.mix)
	case f <= 0.5:
		g.weights = [3]float64{1 - 2*f, 2 * f, 0}
	default:
		g.weights = [3]float64{0, 2 - 2*f, 2*f - 1}
	}
	n := int(p("markets.count"))
	if len(sc.markets) > 0 {
		n = len(sc.markets)
	}
	for m := range n {
		k := market{mu: normal(g.u1(drawMarket, m, 0)), d: p("markets.distance"), N: p("markets.customers"), f: p("markets.fit"), H: p("markets.assistant")}
		if len(sc.markets) > 0 {
			l := sc.markets[m]
			listed(&k.d, l[0], &k.N, l[1], &k.f, l[2], &k.H, l[3])
		}
		g.markets = append(g.markets, k)
	}
	g.form()
	return g
}

// listed takes pairs of what is to be set and what a list says of it.
func listed(pairs ...any) {
	for k := 0; k < len(pairs); k += 2 {
		if v := pairs[k+1].(float64); !math.IsNaN(v) {
			*pairs[k].(*float64) = v
		}
	}
}

func (g *group) form() {
	p := g.of
	lists := len(g.sc.smes)
	size, pool := int(p("group.size")), int(p("formation.candidates"))
	if lists > 0 {
		size = lists
		pool = lists + int(p("group.open"))*pool
	}
	for id := range max(pool, size) {
		g.pool = append(g.pool, g.candidate(id))
	}
	g.s = make([]sme, size)
	for slot := range g.s {
		id := slot
		if lists == 0 {
			id = g.choose(slot == 0)
		}
		g.join(slot, id)
	}
	for i := range g.s {
		g.impress(i)
	}
	g.hub = g.elect()
	g.forming = false
	c, tau, pairs := 0.0, 0.0, 0.0
	for i := range g.s {
		tau += g.s[i].tau
		for j := range i {
			c += g.bond(i, j).c
			pairs++
		}
	}
	g.mean = [2]float64{c / pairs, tau / float64(size)}
	if g.sc.solo > 0 {
		g.s = []sme{g.s[g.sc.solo-1]}
		g.hub = 0
	}
}

func (g *group) candidate(id int) sme {
	p := g.of
	c := sme{id: id}
	sigma := (1 - p("group.similarity")) / p("normalDistance")
	a, b := g.u(drawNiche, id, 0)
	c.x, c.y = sigma*normal(a), sigma*normal(b)
	a, b = g.u(drawTechnology, id, 0)
	c.tau = clamp(spread(p("group.technology"), p("group.technology_spread"), a), 0, 1)
	c.e = clamp(spread(p("group.experience"), p("group.experience_spread"), b), 0, 1)
	a, b = g.u(drawHours, id, 0)
	c.h = p("group.hours") * spread(1, p("group.hours_spread"), a)
	c.rho = clamp(spread(0.5, p("group.rhythm_spread"), b), 0, 1)
	a, c.eta = g.u(drawComponent, id, 0)
	if a < p("group.components") {
		c.q = 1
	}
	if id < len(g.sc.smes) {
		l := g.sc.smes[id]
		listed(&c.x, l.x, &c.y, l.y, &c.tau, l.tau, &c.e, l.e, &c.h, l.h, &c.rho, l.rho, &c.q, l.q)
	}
	return c
}

// choose is the free candidate of the highest score; -1: there is none.
func (g *group) choose(first bool) int {
	best, at := 0.0, -1
	for id, c := range g.pool {
		score := c.looks
		if first {
			score = -float64(id)
		}
		if c.e < g.of("formation.entry_experience") {
			score += c.e - 1000
		}
		if !c.taken && (at < 0 || score > best) {
			best, at = score, id
		}
	}
	return at
}

func distance(a, b *sme) float64 {
	dx, dy := a.x-b.x, a.y-b.y
	return math.Min(1, math.Sqrt(dx*dx+dy*dy))
}

func (g *group) complementarity(d float64) float64 {
	t := (d - g.of("joint.best_distance")) / g.of("distanceWidth")
	return math.Max(0, 1-t*t)
}

func (g *group) join(slot, id int) {
	p := g.of
	g.pool[id].taken = true
	s := g.pool[id]
	s.e0, s.z, s.kappa, s.S = s.e, p("workload.mean"), p("commitment.initial"), p("commitment.initial")
	s.L = 2 * (1 - s.rho) * p("commitment.naive_lag")
	s.active, s.joined, s.k, s.tbar, s.F, s.theta = true, g.w, p("manager.knowledge"), p("aloneTrust"), 1, 1
	s.a = p("commitment.initial") * (1 - p("workload.mean"))
	sharing, goal := g.u(drawSharing, id, 0)
	s.sigma = clamp(spread(p("norms.sharing"), p("norms.sharing_spread"), sharing), 0, 1)
	s.zeta = clamp(spread(0.5, p("goals.spread"), goal), 0, 1)
	s.since = g.w
	for m, k := range g.markets {
		need, common, width := p("needInFit"), p("fitCommon"), p("markets.fit_spread")
		own := need*normal(s.eta) + math.Sqrt(1-need*need)*normal(g.u1(drawOffer, id, m))
		z := math.Sqrt(common)*k.mu + math.Sqrt(1-common)*own
		f := clamp(k.f, p("leastFit"), 1-p("leastFit"))
		s.fit[m] = logistic(log(f/(1-f))*math.Sqrt(1+p("normalLogit")*width*width) + width*z)
	}
	g.s[slot] = s
	for j := range g.s {
		if j != slot && !(g.forming && j > slot) {
			g.pair(slot, j)
		}
	}
	for k := range g.pool {
		if c := &g.pool[k]; !c.taken {
			sc, de := p("formation.screening"), p("formation.demand")
			if float64(g.w) < p("promoterWeeks") {
				sc += (1 - p("formation.screening")) * p("formation.promoter")
			}
			u := g.u1(drawPerceived, ordered(id, k), 0)
			seen := sc*g.complementarity(distance(c, &g.pool[id])) + (1-sc)*u
			c.looks = c.looks + (1-de)*seen + de*c.eta
		}
	}
}

// pair makes the new member of a slot acquainted with another's.
func (g *group) pair(slot, j int) {
	p, a, b := g.of, &g.s[slot], &g.s[j]
	d := distance(a, b)
	*g.bond(slot, j) = bond{c: g.complementarity(d), r: math.Min(1, p("joint.rivalry")*math.Max(0, 1-d/p("joint.best_distance"))),
		agree: 1 - math.Abs(a.zeta-b.zeta)}
	if g.sc.off == "joint-hours" {
		g.bond(slot, j).J = 1e9
	}
	v := view{beta: 2 * p("trust.prior") * (1 - p("trust.start")), alpha0: 2 * p("trust.prior") * p("trust.start")}
	if g.forming && g.tied(a.id, b.id) {
		v.alpha0 += p("trust.tie")
		g.bond(slot, j).J += p("tieHours")
	}
	v.alpha = v.alpha0
	v.T = v.alpha0 / (v.alpha0 + v.beta)
	g.views[slot][j], g.views[j][slot] = v, v
}

func (g *group) tied(a, b int) bool {
	if len(g.sc.smes) == 0 {
		_, u := g.u(drawPerceived, ordered(a, b), 0)
		return u < g.of("group.prior_ties")
	}
	return contains(g.sc.smes[a].ties, b) || contains(g.sc.smes[b].ties, a)
}

func contains(team []int, i int) bool { return len(without(team, i)) < len(team) }

func without(team []int, i int) (rest []int) {
	for _, j := range team {
		if j != i {
			rest = append(rest, j)
		}
	}
	return rest
}

// impress is the first impression that an SME makes.
func (g *group) impress(i int) {
	g.s[i].psi = 1
	if mean := g.meanActive(func(s *sme) float64 { return s.h }); g.of("joint.response") > 0 && mean > 0 {
		g.s[i].psi = math.Min(1, g.s[i].h/mean)
	}
}

func (g *group) actives() (n int) {
	for i := range g.s {
		if g.s[i].active {
			n++
		}
	}
	return n
}

func (g *group) meanActive(f func(*sme) float64) float64 {
	sum := 0.0
	for i := range g.s {
		if g.s[i].active {
			sum += f(&g.s[i])
		}
	}
	return sum / float64(g.actives())
}

func (g *group) meanOf(team []int, f func(*sme) float64) float64 {
	sum := 0.0
	for _, i := range team {
		sum += f(&g.s[i])
	}
	return sum / float64(len(team))
}

func (g *group) finished(i int) float64 { return 1 - g.of("deal.component")*g.s[i].q }

func (g *group) elect() int {
	if g.forming && g.sc.hub >= 0 {
		return g.sc.hub
	}
	mean := g.meanActive(func(s *sme) float64 { return s.h })
	reach := func(i int) float64 {
		if s := &g.s[i]; s.active && mean > 0 {
			return s.psi * s.h / mean
		}
		return 0
	}
	return g.largest(func(i int) (float64, bool) {
		if !g.s[i].active {
			return 0, false
		}
		sum := g.of("hubTies")
		for j := range g.s {
			if j != i {
				sum += g.bond(i, j).c * reach(j)
			}
		}
		return (g.of("hubExperience") + g.s[i].e) * reach(i) * sum * g.finished(i), true
	})
}

// largest is the slot of the largest value, by turns among equals; -1: no slot
// has any.
func (g *group) largest(value func(i int) (float64, bool)) int {
	best, luck, at := 0.0, 0.0, -1
	for i := range g.s {
		if v, ok := value(i); ok {
			u := g.u1(drawTurn, g.s[i].id, g.s[i].nu)
			if at < 0 || v > best || v == best && u > luck {
				best, luck, at = v, u, i
			}
		}
	}
	return at
}
