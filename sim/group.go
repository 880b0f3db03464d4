package sim

// Group is the state of one replication: the SMEs, the manager, the markets,
// the opportunities and customers, the ledgers. It is reset and run again for
// the next replication without allocating, so a Group belongs to one
// goroutine.
type Group struct {
	p    *Params // frozen
	luck Luck
	week int // weeks done; 0 before the first
	end  int // weeks with public funding

	forming bool // before the first week: the group is being put together

	// Members stand in slots 0..n-1. A slot keeps its number when an open
	// group fills it anew; the SME in it has an identity of its own, which is
	// the agent in the addresses of luck.
	n       int
	members [MaxSMEs]Member
	hub     int // slot, -1: none left
	pairs   Pairs

	manager Manager
	markets [MaxMarkets]Market
	nMarket int

	kinds   [nKinds]columns
	weights [3]float64 // mix of opportunity kinds
	onlyHub bool       // may lead any of them
	tried   [3]float64 // approaches made, by kind
	open    []Opportunity
	awake   []int // indices of those to which something may happen this week
	buyers  []Relation
	serial  int // opportunities opened so far

	pool   [MaxCandidates]Candidate // who the members came from, and may come from
	nPool  int
	former []SMELedger // of members that left an open group
	joined int         // SMEs that have been members

	books      Books
	projectEnd Books // as they stood when public funding ended

	endState    endState          // of the members, when public funding ended
	hoursAtEnd  float64           // h the SMEs had had by then
	keptAtEnd   bool              // the SMEs kept the manager then
	composition [2]float64        // mean complementarity and technology at the start
	marks       [nMarks]mark      // for what lasts
	years       [MaxYears]float64 // k€ sold by the end of each year

	result Result
	series *Series     // nil: no weekly series is asked for
	log    func(Event) // nil: nobody listens
}

// Member is an SME in the group.
type Member struct {
	ID         int     // index of the SME among the candidates: its address for luck
	Technology float64 // 0 simple … 1 complex
	Component  float64 // 1 sells components, 0 finished goods
	Capacity   float64 // h/week it can give when fully committed and not busy
	Rhythm     float64 // 0 patient … 1 wants results at once

	Experience   float64 // export experience
	Workload     float64 // share of its hours that other work takes
	Commitment   float64
	Results      float64 // deals' worth of results it remembers
	Expectations float64 // deals' worth of results it had expected by now
	Lag          float64 // weeks until it expects first results
	Satisfaction float64
	Trusting     float64 // mean trust in the other active members
	Fairness     float64 // as it sees it
	Activity     float64 // moving average of the share of its hours it makes available
	Received     float64 // moving average of manager hours a week it got
	Known        float64 // the manager's knowledge of its products

	Active     bool // false: passive, or the slot is empty
	Joined     int  // week
	OpenOffers int  // open opportunities it takes part in
	Customers  int  // customers it has approached as lead, a serial number for luck
	Contacted  [MaxMarkets]float64
	LastSought int     // week in which a customer was last sought for it as lead
	SearchPot  float64 // hours of its own put by for seeking a customer
	SearchGoal float64 // hours that the search it has planned takes; 0 when none is planned

	Available float64 // h, this week
	Left      float64 // h of them not yet used
	Flow      float64 // moving average over a year of its sales, k€ a week

	entered float64 // export experience when it joined
	teaches float64 // share of what the manager does not know of its products that an hour of questions tells: less if they are complex, or components
	got     float64 // manager hours this week
	sold    float64 // k€ this week

	Ledger SMELedger
}

// Pairs is what is known between two SMEs. Directed quantities are indexed
// [from][to]; the others are symmetrical and kept in both halves.
type Pairs struct {
	Good, Bad       [MaxSMEs][MaxSMEs]float64 // experiences of from with to, in weight
	Prior           [MaxSMEs][MaxSMEs]float64 // good ones it started with
	Trust           [MaxSMEs][MaxSMEs]float64 // Good/(Good+Bad)
	Complementarity [MaxSMEs][MaxSMEs]float64
	Rivalry         [MaxSMEs][MaxSMEs]float64
	Joint           [MaxSMEs][MaxSMEs]float64 // joint hours worked towards joint offerings and not used up
	Acts            [MaxSMEs][MaxSMEs]float64 // weeks of joint work so far
	Worked          [MaxSMEs][MaxSMEs]float64 // hours both sides have put into it
	Wanted          [MaxSMEs][MaxSMEs]bool    // an offer waits for joint work of the two
	Mediated        [MaxSMEs][MaxSMEs]bool    // by the manager, this week

	Links  [MaxSMEs * (MaxSMEs - 1) / 2][2]uint8 // the wanted ones, lower slot first
	NLinks int
}

// NewGroup returns a Group that Reset makes ready to run.
func NewGroup() *Group {
	return &Group{
		open:   make([]Opportunity, 0, MaxSMEs*20),
		awake:  make([]int, 0, MaxSMEs*20),
		buyers: make([]Relation, 0, 256),
		former: make([]SMELedger, 0, MaxCandidates),
	}
}

// Watch sets where events go; nil switches the log off. It may be called
// before Reset or between weeks and never changes what happens.
func (g *Group) Watch(log func(Event)) { g.log = log }

// Record sets where the weekly series goes; nil for none.
func (g *Group) Record(s *Series) { g.series = s }

// Reset puts the group at the start of a replication. It keeps a pointer to p
// and never writes to it; p must hold values that Table allows.
func (g *Group) Reset(p *Params, seed, replication uint64) {
	g.p, g.luck = p, NewLuck(seed, replication)
	g.week, g.end, g.serial, g.joined = 0, p.ProjectWeeks(), 0, 0
	g.kinds = columnsFor(p)
	g.weights, g.tried, g.onlyHub = p.Weights(), [3]float64{}, true
	for k, c := range g.kinds {
		g.onlyHub = g.onlyHub && (c.hubLeads || g.weights[k] <= 0)
	}
	g.open, g.awake, g.buyers, g.former = g.open[:0], g.awake[:0], g.buyers[:0], g.former[:0]
	g.books = Books{FirstDeal: -1}
	g.projectEnd, g.marks, g.years = Books{}, [nMarks]mark{}, [MaxYears]float64{}
	g.endState, g.hoursAtEnd, g.keptAtEnd = endState{}, 0, false
	g.resetMarkets()
	g.resetManager()
	g.forming = true
	g.form()
	g.hub = g.electHub()
	g.forming = false
	g.composition = g.compose()
	if p.Solo > 0 {
		g.isolate(p.Solo - 1)
	}
	if g.series != nil {
		g.series.reset(p)
	}
}

// Run runs a replication from the first week to the last and returns its
// result, which stays valid until the next Reset.
func (g *Group) Run(p *Params, seed, replication uint64) *Result {
	g.Reset(p, seed, replication)
	for range p.TotalWeeks() {
		g.Step()
	}
	return g.Result()
}

// Week returns the number of weeks done.
func (g *Group) Week() int { return g.week }

// inProject says whether this week is publicly funded.
func (g *Group) inProject() bool { return g.week < g.end }

// actives returns the number of active members.
func (g *Group) actives() int {
	n := 0
	for i := range g.n {
		if g.members[i].Active {
			n++
		}
	}
	return n
}
