package sim

import "slices"

// Group is the state of one replication: the SMEs, the manager, the markets,
// the opportunities and customers, the ledgers. Reset makes it ready for another
// replication without allocating. A Group belongs to one goroutine.
type Group struct {
	p    *Params // frozen
	luck luck
	week int // weeks done; 0 before the first
	end  int // weeks with public funding

	forming bool // before the first week: the group is being put together

	// Members stand in slots 0..n-1. A slot keeps its number when an open
	// group fills it anew; the SME in it has an id of its own, which is the
	// agent in the addresses of luck.
	n       int
	members [MaxSMEs]member
	shocks  []float64 // to the members' workloads, by week and slot
	hub     int       // slot, -1: none left
	pairs   pairs

	manager manager
	markets [MaxMarkets]market
	nMarket int

	kinds   [nKinds]columns
	weights [nKinds]float64 // mix of opportunity kinds
	tried   [nKinds]float64 // approaches made for the group, by kind

	meetingsAWeek, roundsAWeek float64              // h/week that one customer takes, before and after the offer
	meetingsEach               [MaxSMEs + 1]float64 // the former of each of so many SMEs
	preparing                  bool                 // some opportunity prepares its offer
	ruled                      bool                 // orders are shared by a rule

	open   []opportunity
	awake  []int // indices of those to which something may happen this week
	buyers []relation
	serial int // opportunities opened so far

	pool   [MaxCandidates]candidate // who the members came from, and may come from
	nPool  int
	former []SMELedger // of members that left an open group
	joined int         // SMEs that have been members

	reserve    reserve
	books      books
	projectEnd books // as they stood when public funding ended

	endState    endState                         // of the members, when public funding ended
	composition [2]float64                       // mean complementarity and technology at the start
	history     [MaxYears*WeeksPerYear + 1]Tally // what the group had come to by the end of each week; [0] is before the first

	result Result
	series *Series     // nil: no weekly series is asked for
	log    func(Event) // nil: nobody listens
}

// pairs is what is known between two SMEs. Directed quantities are indexed
// [from][to]; the others are symmetrical and kept in both halves.
type pairs struct {
	good, bad       [MaxSMEs][MaxSMEs]float64 // experiences of from with to, in weight
	prior           [MaxSMEs][MaxSMEs]float64 // good ones it started with
	trust           [MaxSMEs][MaxSMEs]float64 // good/(good+bad), as driftTrust last found it
	complementarity [MaxSMEs][MaxSMEs]float64
	rivalry         [MaxSMEs][MaxSMEs]float64
	agreed          [MaxSMEs][MaxSMEs]float64 // how far their goals are the same
	joint           [MaxSMEs][MaxSMEs]float64 // joint hours worked towards joint offerings and not used up
	acts            [MaxSMEs][MaxSMEs]float64 // weeks of joint work so far
	worked          [MaxSMEs][MaxSMEs]float64 // hours both sides have put into it

	// Of these two only [lower slot][higher slot] is kept.
	wanted   [MaxSMEs][MaxSMEs]bool  // an offer waits for joint work of the two
	mediated [MaxSMEs][MaxSMEs]bool  // by the manager, this week
	owner    [MaxSMEs][MaxSMEs]uint8 // slot of the lead of the first opportunity that wants it

	links  [MaxSMEs * (MaxSMEs - 1) / 2][2]uint8 // the wanted ones, lower slot first
	nLinks int
}

// NewGroup returns a Group that Reset makes ready to run.
func NewGroup() *Group {
	return &Group{
		open:   make([]opportunity, 0, MaxSMEs*20),
		awake:  make([]int, 0, MaxSMEs*20),
		buyers: make([]relation, 0, 256),
		former: make([]SMELedger, 0, MaxCandidates),
	}
}

// Watch sets who is told of events, each as it happens; nil for nobody. It may be
// called before Reset or between weeks and never changes what happens.
func (g *Group) Watch(log func(Event)) { g.log = log }

// Record sets where the weekly series goes, from the next Reset on; nil for none.
func (g *Group) Record(s *Series) { g.series = s }

// Reset puts the group at the start of a replication: Step takes it on from there.
// It keeps p and never writes to it, nor may anybody else while the group runs.
// p must hold values that Table allows.
func (g *Group) Reset(p *Params, seed, replication uint64) {
	g.p, g.luck = p, newLuck(seed, replication)
	g.week, g.end, g.serial, g.joined = 0, p.ProjectWeeks(), 0, 0
	g.kinds = columnsFor(p)
	g.meetingsAWeek = p.Customer.AttendHours / p.Customer.MeetingEvery
	g.roundsAWeek = p.Deal.RoundHours / p.Deal.RoundEvery
	for n := range MaxSMEs {
		g.meetingsEach[n+1] = g.meetingsAWeek / float64(n+1)
	}
	g.weights, g.tried = p.Weights(), [nKinds]float64{}
	g.ruled = p.Norms.Turns > 0 || p.Norms.Merit > 0 || p.Norms.Hub > 0
	g.open, g.awake, g.buyers, g.former = g.open[:0], g.awake[:0], g.buyers[:0], g.former[:0]
	g.books, g.reserve = books{firstDeal: -1, firstJoint: -1}, reserve{}
	g.projectEnd, g.endState = books{}, endState{}
	g.resetMarkets() // before the SMEs: how their offers fit depends on the markets
	g.resetManager()
	g.forming = true
	g.form()
	g.hub = g.electHub()
	g.forming = false
	g.composition = g.compose()
	if p.Solo > 0 {
		g.isolate(p.Solo - 1)
	}
	shocks := min(p.TotalWeeks(), MaxYears*WeeksPerYear) * g.n
	g.shocks = slices.Grow(g.shocks[:0], shocks)[:shocks]
	for i := range g.n {
		g.drawShocks(i)
	}
	if g.series != nil {
		g.series.reset(p)
	}
}

// Run runs a replication from the first week to the last and returns its
// result, which stays valid until the group runs again.
func (g *Group) Run(p *Params, seed, replication uint64) *Result {
	g.Reset(p, seed, replication)
	for range p.TotalWeeks() {
		g.Step()
	}
	return g.Result()
}

// Fork puts the group where another stands between two weeks, as it would stand there
// had it run with p from the start: p must differ from the other's parameters in
// nothing but a project period that ends now. The other goes on undisturbed, so that
// runs which differ only in when the project ends need share their beginning only once.
// A weekly series that is asked for takes over that of the other, which must have one.
func (g *Group) Fork(from *Group, p *Params) {
	open, awake, buyers, former, queue, shocks := g.open[:0], g.awake[:0], g.buyers[:0], g.former[:0], g.manager.queue[:0], g.shocks[:0]
	result, series, log := g.result, g.series, g.log
	*g = *from
	g.open, g.awake = append(open, from.open...), append(awake, from.awake...)
	g.buyers, g.former = append(buyers, from.buyers...), append(former, from.former...)
	g.manager.queue, g.shocks = append(queue, from.manager.queue...), append(shocks, from.shocks[:p.TotalWeeks()*g.n]...)
	g.result, g.series, g.log = result, series, log
	g.p, g.end = p, p.ProjectWeeks()
	if g.series != nil {
		g.series.take(from.series, p, g.week)
	}
	g.endProject()
}

// inProject says whether this week is publicly funded.
func (g *Group) inProject() bool { return g.week < g.end }

// actives returns the number of active members.
func (g *Group) actives() int {
	n := 0
	for i := range g.n {
		if g.members[i].active {
			n++
		}
	}
	return n
}

// Name is the name of the SME that stands in a slot now, "" for -1.
func (g *Group) Name(slot int) string {
	if slot < 0 {
		return ""
	}
	return g.p.SMEName(g.members[slot].ledger.Order)
}
