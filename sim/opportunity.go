package sim

// Opportunity is one customer's possible purchase, from the first contact to
// the deal.
type Opportunity struct {
	Serial int // in order of opening
	Kind   OpportunityKind
	Team   Team
	LeadID int // identity of the first lead, and
	Nth    int // its n-th customer: the address of this customer's luck
	Market int

	Stage      Stage
	Value      float64 // k€, of the first order
	luck       float64 // of the value
	Fit        float64 // how well the customer's need and the offer fit
	Complexity float64
	Need       float64 // joint hours per link before the offer
	lacking    bool    // some link may not have them yet

	Trust    float64 // of the customer, part of it
	Vested   float64 // in the manager as a person
	Needed   float64 // trust needed before an offer is heard
	Coverage float64 // of the technological bases, as offered

	Opened      int // week
	Since       int // week in which the stage began
	LastMeeting int // week; never from the offer on
	LastContact int // week of the last meeting or negotiation round
	RoundsLeft  int
	RoundsHeld  int
	NextRound   int // week; never before the offer
	wake        int // week before which nothing can happen to it

	openAtEnd bool // not decided when public funding ended

	visited bool // by the manager, this week
	present int  // SMEs at that meeting
	alone   bool // the most experienced SME went itself, this week
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

// centres is the number of team members, counted from the lead, that have
// links to all that stand behind them: the lead alone in a star, else all.
func (c *columns) centres(n int) int {
	if c.star {
		return min(1, n)
	}
	return n
}

func (g *Group) centres(o *Opportunity) int { return g.kinds[o.Kind].centres(o.Team.n) }

// openOpportunity adds an opportunity for the planned search; fit is its
// customer's luck.
func (g *Group) openOpportunity(s *search, fit float64) *Opportunity {
	p := g.p
	id := g.members[s.team.lead()].ID
	value, _ := g.luck.pair(drawValue, id, s.nth)
	need := 0.0
	for _, i := range s.team.slot[:s.team.n] {
		need += g.pool[g.members[i].ID].Need
		g.members[i].OpenOffers++
	}
	need /= float64(s.team.n)
	g.serial++
	g.open = append(g.open, Opportunity{
		Serial: g.serial, Kind: s.kind, Team: s.team, LeadID: id, Nth: s.nth, Market: s.market,
		luck: exp(p.Deal.ValueSpread * normal(value)),
		// Luck, and how well the SMEs fill the need detected at the customers.
		Fit:  clamp(g.markets[s.market].Fit+float64(p.Markets.FitSpread*(2*fit-1+float64(needInFit*(2*need-1)))), 0, 1),
		Need: s.columns.need, lacking: true,
		Opened: g.week, Since: g.week, LastMeeting: g.week, LastContact: g.week, NextRound: never,
	})
	g.awake = append(g.awake, len(g.open)-1)
	o := &g.open[len(g.open)-1]
	g.assess(o)
	for _, i := range o.Team.slot[:o.Team.n] {
		g.expect(int(i), o)
	}
	return o
}

// assess sets what follows from the opportunity's team.
func (g *Group) assess(o *Opportunity) {
	p := g.p
	tau := g.technologyOf(&o.Team)
	o.Complexity = tau + float64(g.kinds[o.Kind].complexity*float64(o.Team.n-1))
	o.Needed = min(mostTrust, p.Customer.TrustBase+float64(p.Customer.TrustSlope*o.Complexity))
	o.Value = float64(o.Team.n) * p.Deal.ValueBase * (1 + float64(p.Deal.ValueTechnology*tau)) * o.luck
	o.Coverage = g.coverage(o, tau)
}

// coverage is how far the team masters the technological bases of what the
// customer wants. No single firm masters all; a partner's technology counts
// in so far as it is complementary and joint work has built it in.
func (g *Group) coverage(o *Opportunity, tau float64) float64 {
	bases := 1 + float64(g.p.Deal.Bases*tau*tau*tau)
	covered := 1.0
	lead := o.Team.lead()
	for _, s := range o.Team.slot[1:o.Team.n] {
		built := min(1, g.pairs.Joint[lead][s]/g.p.Deal.FullSystem)
		covered += float64(g.pairs.Complementarity[lead][s] * built)
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
	cold, wait := int(p.Cold), int(p.AloneAfter)
	if g.manager.Present {
		wait = min(wait, int(p.MeetingEvery), int(p.WaitingEvery))
	}
	for _, k := range g.awake {
		o := &g.open[k]
		if o.Stage == StageNegotiation {
			if o.RoundsLeft == 0 {
				g.close(o)
			}
		} else {
			if o.visited || o.alone {
				g.buildTrust(o)
			}
			if o.Stage == StageOffer || o.Trust >= o.Needed {
				g.prepareOffer(o)
			}
		}
		if o.LastContact+cold <= g.week && o.Stage < StageWon {
			g.lose(o, LostCold)
		}
		ended = ended || o.Stage >= StageWon
		o.wake = min(o.LastMeeting+wait, o.NextRound, o.LastContact+cold)
		if o.Stage == StageOffer {
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
		if g.open[k].Stage < StageWon {
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
func (g *Group) buildTrust(o *Opportunity) {
	p, l := &g.p.Customer, &g.p.Learning
	quality, presence := 0.0, 1.0
	if o.visited {
		known := 0.0
		for _, s := range o.Team.slot[:o.Team.n] {
			known += g.members[s].Known
		}
		quality = g.p.Manager.Skill * (strangerMeeting + float64((1-strangerMeeting)*known/float64(o.Team.n)))
		presence = float64(o.present) / float64(o.Team.n)
	} else {
		quality = p.AloneQuality * g.members[g.mostExperienced(&o.Team)].Experience
	}
	built := p.TrustRate * (1 - o.Trust) * quality * (1 - float64(gapInMeeting*g.gap(o.Market))) * (1 - l.Share + float64(l.Share*presence))
	o.Trust += float64(built)
	if o.visited {
		o.Vested = (o.Vested + float64(p.Vesting*built)) * (1 - float64(p.Handover*presence))
	}
	o.LastMeeting, o.LastContact = g.week, g.week
	g.learnMarket(o.Market, l.MarketMeeting)
	if g.log != nil {
		g.tell(Event{Kind: EventMeeting, SME: o.Team.lead(), Other: -1, Market: o.Market, Opportunity: o.Serial, Team: o.Team,
			OpportunityKind: o.Kind, Numbers: [3]float64{o.Trust, o.Needed, float64(o.present)}, ByManager: o.visited})
	}
	o.visited, o.alone, o.present = false, false, 0
}

// prepareOffer moves a customer who trusts enough on to the offer, and hands
// the offer over when all links have the joint hours it needs.
func (g *Group) prepareOffer(o *Opportunity) {
	if o.Stage == StageTrust {
		o.Stage, o.Since = StageOffer, g.week
		if g.log != nil {
			g.tell(Event{Kind: EventTrusted, SME: o.Team.lead(), Other: -1, Opportunity: o.Serial, Team: o.Team,
				OpportunityKind: o.Kind, Numbers: [3]float64{o.Trust, o.Needed, float64(g.week - o.Opened)}})
		}
	}
	if !g.ready(o) {
		if g.week-o.Since >= int(g.p.Customer.Patience) {
			g.lose(o, LostPatience)
		}
		return
	}
	g.assess(o)
	g.useUp(o)
	p := g.p
	o.Stage, o.Since, o.LastContact = StageNegotiation, g.week, g.week
	o.RoundsLeft = 1 + ceil(p.Deal.RoundsSlope*o.Complexity)
	o.NextRound, o.LastMeeting, o.lacking = g.week+int(p.Deal.RoundEvery), never, false
	g.books.Offers++
	for _, s := range o.Team.slot[:o.Team.n] {
		g.members[s].Results += p.Commitment.CreditOffer
	}
	if g.log != nil {
		g.tell(Event{Kind: EventOffer, SME: o.Team.lead(), Other: -1, Opportunity: o.Serial, Team: o.Team,
			OpportunityKind: o.Kind, Numbers: [3]float64{o.Value, o.Coverage, float64(o.RoundsLeft)}})
	}
}

// ready says whether all links of the team have the joint hours they need.
func (g *Group) ready(o *Opportunity) bool {
	for a := range g.centres(o) {
		for b := a + 1; b < o.Team.n; b++ {
			if g.pairs.Joint[o.Team.slot[a]][o.Team.slot[b]] < o.Need {
				return false
			}
		}
	}
	return true
}

// useUp takes out of the joint hours of each link the part that only this
// customer could use.
func (g *Group) useUp(o *Opportunity) {
	if o.Team.n < 2 {
		return
	}
	spent := g.p.Joint.Specific * o.Need
	for a := range g.centres(o) {
		for b := a + 1; b < o.Team.n; b++ {
			i, j := o.Team.slot[a], o.Team.slot[b]
			g.pairs.Joint[i][j] -= float64(spent)
			g.pairs.Joint[j][i] = g.pairs.Joint[i][j]
		}
	}
	g.recount()
}

// recount lets every offer that is not out look at its links again: some may
// have got fewer joint hours, or its team other members.
func (g *Group) recount() {
	for k := range g.open {
		g.open[k].lacking = g.open[k].Stage <= StageOffer
	}
}

// lose ends an opportunity without a deal.
func (g *Group) lose(o *Opportunity, why Loss) {
	o.Stage = StageLost
	g.release(o)
	g.books.Lost[why]++
	if g.log != nil {
		g.tell(Event{Kind: EventLost, SME: o.Team.lead(), Other: -1, Opportunity: o.Serial, Team: o.Team,
			OpportunityKind: o.Kind, Why: why, Numbers: [3]float64{o.Value, o.Trust, o.Needed}})
	}
}

// release frees the team's members of an opportunity that has ended.
func (g *Group) release(o *Opportunity) {
	for _, s := range o.Team.slot[:o.Team.n] {
		g.members[s].OpenOffers--
	}
}
