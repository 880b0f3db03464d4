package sim

// opportunity is one customer's possible purchase, from the first contact to
// the deal.
type opportunity struct {
	serial int // in order of opening
	kind   OpportunityKind
	team   Team
	leadID int // id of the first lead, and which of its customers this is, from 0:
	nth    int // the address of this customer's luck
	market int

	stage      Stage
	value      float64 // k€, of the first order
	luck       float64 // factor on the value that this customer brings
	fit        float64 // how well the team's offers fit the market
	complexity float64
	need       float64 // joint hours per link before the offer
	lacking    bool    // some link may not have them yet; if not, findWantedLinks passes it over

	trust    float64 // of the customer
	vested   float64 // the part of it that is trust in the manager as a person
	needed   float64 // trust needed before an offer is heard
	coverage float64 // of the technological bases, as offered

	opened      int // week
	since       int // week in which the stage began
	lastMeeting int // week; never from the offer on
	lastContact int // week of the last meeting or negotiation round
	roundsLeft  int
	roundsHeld  int
	roundDone   float64 // share of the round under way that has been held
	nextRound   int     // week; never before the offer
	wake        int     // week before which nothing can happen to it

	openAtEnd bool // not decided when public funding ended

	visited  bool    // by the manager, this week
	presence float64 // of the SME that speaks for the team at that meeting: share of the hours it takes
	alone    bool    // the most experienced SME went itself, this week
	dropped  bool    // nobody followed up the contact
}

// never is a week that never comes.
const never = 1<<31 - 1

// Stage is how far an opportunity has come.
type Stage uint8

// The stages of an opportunity.
const (
	StageTrust       Stage = iota // the customer's trust is being built
	StageOffer                    // trusted; the offer waits for joint work
	StageNegotiation              // the offer is out
	StageWon
	StageLost
)

func (s Stage) String() string {
	return [...]string{"building trust", "preparing the offer", "negotiating", "won", "lost"}[s]
}

// openOpportunity adds an opportunity for the planned search.
func (g *Group) openOpportunity(s *search) *opportunity {
	p := g.p
	id := g.members[s.team.lead()].id
	value := g.luck.one(drawValue, id, s.nth)
	g.serial++
	g.open = append(g.open, opportunity{
		serial: g.serial, kind: s.kind, team: s.team, leadID: id, nth: s.nth, market: s.market,
		luck: exp(p.Deal.ValueSpread * normal(value)),
		need: g.kinds[s.kind].need, lacking: true,
		opened: g.week, since: g.week, lastMeeting: g.week, lastContact: g.week, nextRound: never,
	})
	g.awake = append(g.awake, len(g.open)-1)
	o := &g.open[len(g.open)-1]
	g.assess(o)
	g.engage(o)
	g.promise(o)
	g.promiseLinks(o)
	for _, i := range o.team.Members() {
		g.expect(int(i), o)
	}
	return o
}

// promiseLinks adds to the team's load the joint hours that a new opportunity wants.
func (g *Group) promiseLinks(o *opportunity) {
	q, team := &g.pairs, o.team.Members()
	for a, i := range g.kinds[o.kind].centres(team) {
		for _, j := range team[a+1:] {
			if q.joint[i][j] < o.need {
				g.promiseJoint(int(i), int(j), o, !q.wanted[min(i, j)][max(i, j)])
			}
		}
	}
}

// assess sets what follows from the opportunity's team.
func (g *Group) assess(o *opportunity) {
	p := g.p
	tau := g.technology(&o.team)
	o.fit = g.fit(&o.team, o.market)
	o.complexity = tau + float64(g.kinds[o.kind].complexity*float64(o.team.n-1))
	o.needed = min(mostTrust, p.Customer.TrustBase+float64(p.Customer.TrustSlope*o.complexity))
	o.value = float64(o.team.n) * p.Deal.ValueBase * (1 + float64(p.Deal.ValueTechnology*tau)) * o.luck
	o.coverage = g.coverage(&o.team, tau)
}

// coverage is how far a team, of mean technology tau, masters the technological
// bases of what the customer wants. No single firm masters all; a partner's
// technology counts in so far as it is complementary to the lead's and joint work
// has built it in. By the power of 1.5 half of the bases covers far less than half
// of the want.
func (g *Group) coverage(t *Team, tau float64) float64 {
	bases := 1 + float64(g.p.Deal.Bases*tau*tau*tau)
	covered := 1.0
	lead := t.lead()
	for _, s := range t.Members()[1:] {
		built := min(1, g.pairs.joint[lead][s]/fullSystem)
		covered += float64(g.pairs.complementarity[lead][s] * built)
	}
	return power15(min(1, covered/bases))
}

// wakeOpportunities lists those to which something may happen this week; the
// others sleep on unseen. The list is so written that the processor need not
// guess which they are.
func (g *Group) wakeOpportunities() {
	open, awake, n := g.open, g.awake[:len(g.open)], 0
	for k := range open {
		awake[n] = k
		if open[k].wake <= g.week {
			n++
		}
	}
	g.awake = awake[:n]
}

// advanceOpportunities lets every opportunity take the step that this week's
// meetings, rounds and joint work allow, and clears those that have ended. The
// others may sleep until a meeting, with the manager or with an SME alone, or a
// round is due, or they are cold; but an offer may go out any week.
func (g *Group) advanceOpportunities() {
	p, ended := &g.p.Customer, false
	cold, wait := int(p.Cold), min(int(p.MeetingEvery), int(p.WaitingEvery))
	if !g.manager.present {
		wait *= silence
	}
	for _, k := range g.awake {
		o := &g.open[k]
		if o.stage == StageNegotiation {
			if o.roundsLeft == 0 {
				g.decide(o)
			}
		} else {
			if o.visited || o.alone {
				g.buildTrust(o)
			}
			if o.stage == StageOffer || o.trust >= o.needed {
				g.prepareOffer(o)
			}
		}
		if (o.lastContact+cold <= g.week || o.dropped) && o.stage < StageWon {
			g.lose(o, LostCold)
		}
		ended = ended || o.stage >= StageWon
		o.wake = min(o.lastMeeting+wait, o.nextRound, o.lastContact+cold)
		if o.stage == StageOffer {
			o.wake = 0
		}
	}
	if ended {
		g.clearOpportunities()
	}
}

// clearOpportunities takes out those that have ended; the others keep their order.
func (g *Group) clearOpportunities() {
	kept := 0
	for k := range g.open {
		if g.open[k].stage < StageWon {
			if kept != k {
				g.open[kept] = g.open[k]
			}
			kept++
		}
	}
	g.open = g.open[:kept]
}

// buildTrust adds what this week's meeting built of the customer's trust: by
// the manager with the SMEs who came, or by one who went alone.
func (g *Group) buildTrust(o *opportunity) {
	p, l := &g.p.Customer, &g.p.Learning
	quality, presence := 0.0, 1.0
	if o.visited {
		quality = g.p.Manager.Skill * (strangerMeeting + float64((1-strangerMeeting)*g.known(&o.team)))
		presence = o.presence
	} else {
		quality = p.AloneQuality * g.members[g.mostExperienced(&o.team)].experience
	}
	built := p.TrustRate * (1 - o.trust) * quality * (1 - float64(gapInMeeting*g.gap(o.market))) * (1 - l.Share + float64(l.Share*presence))
	o.trust += float64(built)
	if o.visited {
		o.vested = (o.vested + float64(p.Vesting*built)) * (1 - float64(p.Handover*presence))
	}
	o.lastMeeting, o.lastContact = g.week, g.week
	g.learnMarket(o.market, l.MarketMeeting)
	if g.log != nil {
		e := o.event(EventMeeting, o.trust, o.needed, o.presence)
		e.ByManager = o.visited
		g.tell(e)
	}
	o.visited, o.alone, o.presence = false, false, 0
}

// prepareOffer moves a customer who trusts enough on to the offer, and hands
// the offer over when all links have the joint hours it needs.
func (g *Group) prepareOffer(o *opportunity) {
	if o.stage == StageTrust {
		o.stage, o.since = StageOffer, g.week
		if g.log != nil {
			g.tell(o.event(EventTrusted, o.trust, o.needed, float64(g.week-o.opened)))
		}
	}
	if !g.ready(o) {
		if g.week-o.since >= int(g.p.Customer.Patience) {
			g.lose(o, LostPatience)
		}
		return
	}
	g.assess(o)
	g.useUp(o)
	p := g.p
	o.stage, o.since, o.lastContact = StageNegotiation, g.week, g.week
	o.roundsLeft = g.rounds(o)
	o.nextRound, o.lastMeeting, o.lacking = g.week+int(p.Deal.RoundEvery), never, false
	g.books.offers++
	for _, s := range o.team.Members() {
		g.members[s].results += p.Commitment.CreditOffer
	}
	if g.log != nil {
		g.tell(o.event(EventOffer, o.value, o.coverage, float64(o.roundsLeft)))
	}
}

// rounds is how many rounds of negotiation the opportunity takes.
func (g *Group) rounds(o *opportunity) int { return 1 + ceil(g.p.Deal.RoundsSlope*o.complexity) }

// ready says whether all links of the team have the joint hours they need.
func (g *Group) ready(o *opportunity) bool {
	team := o.team.Members()
	for a, i := range g.kinds[o.kind].centres(team) {
		for _, j := range team[a+1:] {
			if g.pairs.joint[i][j] < o.need {
				return false
			}
		}
	}
	return true
}

// useUp takes out of the joint hours of each link the part that only this
// customer could use.
func (g *Group) useUp(o *opportunity) {
	team := o.team.Members()
	if len(team) == 1 {
		return
	}
	spent := float64(g.p.Joint.Specific * o.need)
	for a, i := range g.kinds[o.kind].centres(team) {
		for _, j := range team[a+1:] {
			g.pairs.joint[i][j] -= spent
			g.pairs.joint[j][i] = g.pairs.joint[i][j]
		}
	}
	g.recount()
}

// recount lets every offer that is not out look at its links again: some may
// have got fewer joint hours, or its team other members.
func (g *Group) recount() {
	for k := range g.open {
		g.open[k].lacking = g.open[k].stage <= StageOffer
	}
}

// lose ends an opportunity without a deal.
func (g *Group) lose(o *opportunity, why Loss) {
	o.stage = StageLost
	g.release(o)
	if g.log != nil {
		e := o.event(EventLost, o.value, o.trust, o.needed)
		e.Why = why
		g.tell(e)
	}
}

// engage and release count the opportunity among those its team's members have
// open, and no longer.
func (g *Group) engage(o *opportunity) {
	for _, s := range o.team.Members() {
		g.members[s].openOffers++
	}
}

func (g *Group) release(o *opportunity) {
	for _, s := range o.team.Members() {
		g.members[s].openOffers--
	}
}
