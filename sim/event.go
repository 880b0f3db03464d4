package sim

// Event is something that happened, for whoever watches. Telling of it changes
// nothing and draws no luck. Slots are those of the moment: Group.Name says who
// stands in them.
type Event struct {
	Week            int // 1 is the first
	Kind            EventKind
	SME             int // slot of who it is about, the lead of a team; -1: the group
	Other           int // slot of the other SME; -1: none
	Team            Team
	Opportunity     int             // serial number, from 1; 0: none
	OpportunityKind OpportunityKind // of approaches, opportunities and orders
	Market          int             // of approaches, and of opportunities up to the deal; from 0, and 0 for others
	Why             Loss            // of EventLost
	Reason          Reason          // of EventPassive and EventLeft
	ByManager       bool            // of EventMeeting
	Numbers         [3]float64      // Kind.Info says what each means
}

// EventKind says what happened.
type EventKind uint8

// The kinds of events. Info says what their numbers mean.
const (
	EventNoSuchCustomer EventKind = iota
	EventNobodyLeft
	EventDoorClosed
	EventDoorOpened
	EventMeeting
	EventTrusted
	EventOffer
	EventRound
	EventRoundMissed
	EventDecision
	EventDeal
	EventLost
	EventOrder
	EventCustomerGone
	EventJointWork
	EventShirked
	EventPassive
	EventLeft
	EventJoined
	EventKept
	EventMusicStops
	EventBypassed
	EventManagerChanged
	NEvents
)

// EventFact is something that holds of all events of a kind.
type EventFact uint8

// What may hold of a kind of event.
const (
	OfApproach    EventFact = 1 << iota // tells of an approach: OpportunityKind and Team are its, and no opportunity came of it
	OfOpportunity                       // tells of an opportunity, or of the customer it became: Opportunity, OpportunityKind and Team are its
	AtMarket                            // Market is meant
	SaysWho                             // ByManager is meant
	SaysWhy                             // Why is meant
	SaysReason                          // Reason is meant
	SummedUp                            // happens week after week: stories count it instead of telling each one
)

// EventInfo says what a kind of event is. It is the one place that knows: who
// writes, tells or draws events asks it, and a kind that has no words of its own
// yet is told by its Doc.
type EventInfo struct {
	Name    string    // in files
	Doc     string    // what happened, in a few words
	Numbers [3]string // names of Event.Numbers with their units; "" where there are fewer
	Facts   EventFact
	Weight  int // in headlines, where the weightiest is told: 0 is never told there
}

// Has says whether a fact holds of events of this kind.
func (i EventInfo) Has(f EventFact) bool { return i.Facts&f != 0 }

var events = [NEvents]EventInfo{
	EventNoSuchCustomer: {"no-such-customer", "an approach found nobody who needs this joint offering", [3]string{}, OfApproach | AtMarket | SummedUp, 0},
	EventNobodyLeft:     {"nobody-left", "an approach found only customers already approached", [3]string{}, OfApproach | AtMarket | SummedUp, 0},
	EventDoorClosed:     {"door-closed", "a customer was approached and does not listen", [3]string{}, OfApproach | AtMarket | SummedUp, 0},
	EventDoorOpened:     {"door-opened", "a customer listens", [3]string{"value_keur", "complexity", "trust_needed"}, OfOpportunity | AtMarket, 1},
	EventMeeting:        {"meeting", "a customer meeting", [3]string{"customer_trust", "trust_needed", "presence"}, OfOpportunity | AtMarket | SaysWho | SummedUp, 0},
	EventTrusted:        {"trusted", "a customer trusts enough to hear an offer", [3]string{"customer_trust", "trust_needed", "weeks_since_door"}, OfOpportunity, 6},
	EventOffer:          {"offer", "an offer is handed over", [3]string{"value_keur", "coverage", "rounds_to_come"}, OfOpportunity, 7},
	EventRound:          {"round", "a negotiation round", [3]string{"rounds_held", "rounds_to_come", ""}, OfOpportunity | SummedUp, 0},
	EventRoundMissed:    {"round-missed", "a round is put off because an SME has no hours at all", [3]string{"hours_left", "hours_needed", "hours_this_week"}, OfOpportunity, 5},
	EventDecision:       {"decision", "the customer decides", [3]string{"fit", "coverage", "chance"}, OfOpportunity | SummedUp, 0},
	EventDeal:           {"deal", "the customer buys", [3]string{"value_keur", "chance", "weeks_since_door"}, OfOpportunity | AtMarket, 12},
	EventLost:           {"lost", "an opportunity is lost", [3]string{"value_keur", "customer_trust", "trust_needed"}, OfOpportunity | SaysWhy, 8},
	EventOrder:          {"order", "a repeat order", [3]string{"value_keur", "satisfaction", "due_date"}, OfOpportunity, 2},
	EventCustomerGone:   {"customer-gone", "a customer has gone for good", [3]string{}, OfOpportunity, 3},
	EventJointWork:      {"joint-work", "two SMEs worked jointly", [3]string{"joint_hours_before", "joint_hours", "trust"}, SummedUp, 0},
	EventShirked:        {"shirked", "an SME's joint work was wasted because the other gave less than half as much", [3]string{"hours_wasted", "trust", "rivalry"}, SummedUp, 0},
	EventPassive:        {"passive", "a member turns passive", [3]string{"results_deals", "expectations_deals", "fairness"}, SaysReason, 11},
	EventLeft:           {"left", "a member leaves", [3]string{"results_deals", "expectations_deals", "fairness"}, SaysReason, 10},
	EventJoined:         {"joined", "a candidate joins", [3]string{"experience", "technology", ""}, 0, 9},
	EventKept:           {"manager-kept", "the SMEs keep the manager at their own cost", [3]string{"yearly_cost_keur", "active_smes", ""}, 0, 13},
	EventMusicStops:     {"music-stops", "the manager leaves", [3]string{"open_offers", "open_value_keur", "customer_trust_lost"}, 0, 14},
	EventBypassed:       {"bypassed", "a member that hardly comes when it is asked is taken out of open work", [3]string{"response", "open_offers", "hours_capacity"}, 0, 4},
	EventManagerChanged: {"manager-changed", "the manager leaves and a new one comes", [3]string{"open_offers", "product_knowledge_lost", "customer_trust_lost"}, 0, 13},
}

// Info returns what a kind of event means.
func (k EventKind) Info() EventInfo { return events[k] }

func (k EventKind) String() string { return events[k].Name }

// Loss is why an opportunity was lost.
type Loss uint8

// The ways to lose an opportunity.
const (
	LostDecision Loss = iota // the customer decided against it
	LostCold                 // nobody was in contact for too long
	LostPatience             // the offer was never ready
	LostMember               // its lead turned passive or left
)

func (l Loss) String() string {
	return [...]string{"the customer decided against it", "it went cold", "the offer was never ready", "its lead dropped out"}[l]
}

// Reason is why a member turned passive or left.
type Reason uint8

// The reasons to withdraw.
const (
	ReasonResults Reason = iota
	ReasonUnfair
	ReasonDistrust
	ReasonOwn
	ReasonGraduated
	nReasons
)

func (r Reason) String() string {
	return [...]string{"too few results for what it expected", "too little of the manager's time", "too little trust in the others", "reasons of its own", "it no longer needs the group"}[r]
}

// event is an event of the opportunity, with its numbers.
func (o *opportunity) event(kind EventKind, a, b, c float64) Event {
	return Event{Kind: kind, SME: o.team.lead(), Other: -1, Team: o.team, Opportunity: o.serial, OpportunityKind: o.kind,
		Market: o.market, Numbers: [3]float64{a, b, c}}
}

// tell hands an event, of this week unless it says otherwise, to whoever watches.
// Callers ask whether anybody does before they put the event together: so it costs
// nothing when nobody does.
func (g *Group) tell(e Event) {
	if e.Week == 0 {
		e.Week = g.week + 1
	}
	g.log(e)
}
