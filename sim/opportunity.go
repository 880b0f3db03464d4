package sim

import "slices"

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
	vested   vested  // the parts of it that are not in the SMEs
	needed   float64 // trust needed before an offer is heard
	coverage float64 // of the technological bases, as offered

	grasp    float64 // sum over meetings of how far the customer's wants were grasped
	meetings int     // so far
	helped   float64 // manager hours that SMEs new to exports have got for the offer

	opened      int // week
	trusted     int // week in which the customer trusted enough to hear an offer
	since       int // week in which the stage began
	lastMeeting int // week; never from the offer on
	lastContact int // week of the last meeting or negotiation round
	roundsLeft  int
	roundsHeld  int
	roundDone   float64 // share of the round under way that has been held
	nextRound   int     // week; never before the offer
	wake        int     // week before which nothing can happen to it

	openAtEnd  bool    // not decided when public funding ended
	valueAtEnd float64 // k€ it was worth then

	visited  bool    // by the manager, this week
	assisted bool    // by the local assistant in the manager's place
	presence float64 // of the SME that speaks for the team at that meeting: share of the hours it takes
	speaks   float64 // its export experience, times presence
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
	o.complexity = g.complexity(&o.team, o.kind)
	o.needed = min(mostTrust, p.Customer.TrustBase+float64(p.Customer.TrustSlope*o.complexity))
	parties := o.team.n
	if p.off.size {
		parties = 1
	}
	o.value = float64(parties) * p.Deal.ValueBase * (1 + float64(p.Deal.ValueTechnology*tau)) * o.luck
	o.coverage = g.coverage(&o.team, tau)
}

// complexity is how complex what a team offers is: its products, and the parties that
// must be aligned.
func (g *Group) complexity(t *Team, k OpportunityKind) float64 {
	return g.technology(t) + float64(g.kinds[k].complexity*float64(t.n-1))
}

// grasp is how far a customer's wants are grasped by somebody who knows a share of the
// products of an offer: what is not known hurts the more, the more complex it is.
func grasp(known, complexity float64) float64 {
	x := min(1, complexity)
	return 1 - float64(2*x/(1+x)*(1-known))
}

// grasped is the mean over the meetings so far; whole without any.
func (o *opportunity) grasped() float64 {
	if o.meetings == 0 {
		return 1
	}
	return o.grasp / float64(o.meetings)
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
	open, n := g.open, 0
	awake := slices.Grow(g.awake[:0], len(open))[:len(open)]
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
	cold, wait := int(p.Cold), int(p.MeetingEvery)
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
// the manager, or the assistant, with the SME that spoke for the team, or by one who
// went alone. The manager's skill and the experience of who speaks make up for each
// other; what is not grasped of the products costs the more, the more complex they are.
func (g *Group) buildTrust(o *opportunity) {
	p, grasped, quality := &g.p.Customer, 1.0, 0.0
	if o.visited {
		able := 1.0
		if o.assisted {
			able = g.p.Markets.AssistantSkill
		}
		grasped = grasp(float64(g.known(&o.team)*able), o.complexity)
		quality = (1 - float64((1-g.p.Manager.Skill)*(1-o.speaks))) * (strangerMeeting + float64((1-strangerMeeting)*grasped)) * able
	} else {
		quality = p.AloneQuality * g.members[g.mostExperienced(&o.team)].experience
	}
	o.grasp += grasped
	o.meetings++
	built := float64(p.TrustRate * (1 - o.trust) * quality * (1 - g.gap(o.market)))
	o.trust += built
	if o.visited {
		keep := 1 - float64(handedOver*o.presence)
		o.vested.person = (o.vested.person + float64(p.Vesting*(1-p.Brand)*built)) * keep
		o.vested.name = (o.vested.name + float64(p.Vesting*p.Brand*built)) * keep
	}
	o.lastMeeting, o.lastContact = g.week, g.week
	g.learnMarket(o.market, g.p.Learning.MarketMeeting)
	if g.log != nil {
		e := o.event(EventMeeting, o.trust, o.needed, o.presence)
		e.ByManager = o.visited
		g.tell(e)
	}
	o.visited, o.alone, o.assisted, o.presence, o.speaks = false, false, false, 0, 0
}

// prepareOffer moves a customer who trusts enough on to the offer, which is a first
// result for the team, and hands the offer over when all links have the joint hours it
// needs, and members new to exports the help.
func (g *Group) prepareOffer(o *opportunity) {
	if o.stage == StageTrust {
		o.stage, o.since, o.trusted = StageOffer, g.week, g.week
		for _, s := range o.team.Members() {
			g.members[s].results += g.p.Commitment.CreditCustomer
		}
		if g.log != nil {
			g.tell(o.event(EventTrusted, o.trust, o.needed, float64(g.week-o.opened)))
		}
	}
	if !g.ready(o) || g.helpMissing(o) > 0 {
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

// helpMissing is the manager hours that members of the team who are new to exports
// still need before there can be an offer: none from the entry level on.
func (g *Group) helpMissing(o *opportunity) float64 {
	l, hours := &g.p.Learning, 0.0
	for _, s := range o.team.Members() {
		if e := g.members[s].experience; e < l.EntryLevel {
			hours += float64(l.OfferHelp * (1 - e/l.EntryLevel))
		}
	}
	return hours - o.helped
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
