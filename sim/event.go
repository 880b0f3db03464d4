package sim

// Event is something that happened, for whoever watches. Writing it costs
// nothing when nobody does, and it never draws luck.
type Event struct {
	Week            int // 1 is the first
	Kind            EventKind
	SME             int // slot of who it is about; -1: the group
	Other           int // slot of the other SME; -1: none
	Team            Team
	Opportunity     int // serial number
	OpportunityKind OpportunityKind
	Market          int
	Why             Loss       // of EventLost
	Reason          Reason     // of EventPassive and EventLeft
	ByManager       bool       // of EventMeeting
	Numbers         [3]float64 // what each means is said at the kind
}

// Members returns the slots of the event's team, the lead first.
func (t *Team) Members() []uint8 { return t.slot[:t.n] }

// EventKind says what happened.
type EventKind uint8

// The kinds of events, and their three numbers.
const (
	EventNoSuchCustomer EventKind = iota // approach: nobody needs this joint offering
	EventNobodyLeft                      // approach: customer already approached
	EventDoorClosed                      // approach: the customer does not listen
	EventDoorOpened                      // value k€, complexity, trust needed
	EventMeeting                         // customer trust, trust needed, SMEs present
	EventTrusted                         // customer trust, trust needed, weeks since the door opened
	EventOffer                           // value k€, coverage, rounds to come
	EventRound                           // rounds held, rounds to come
	EventRoundMissed                     // hours SME had left, hours needed, hours it had this week
	EventDecision                        // fit, coverage, chance
	EventDeal                            // value k€, chance, weeks since the door opened
	EventLost                            // value k€, customer trust, trust needed
	EventOrder                           // value k€, satisfaction, how many-th due date
	EventFailure                         // chance of it, satisfaction after it
	EventCustomerGone
	EventJointWork  // joint hours before, after, trust of SME in Other
	EventShirked    // SME's hours wasted, its trust in Other, rivalry
	EventPassive    // results, expectations (deals), fairness
	EventLeft       // results, expectations (deals), fairness
	EventJoined     // export experience, technology
	EventKept       // yearly cost k€, active members
	EventMusicStops // open offers, their value k€, customer trust lost
)

func (k EventKind) String() string {
	return [...]string{"no-such-customer", "nobody-left", "door-closed", "door-opened", "meeting", "trusted", "offer", "round",
		"round-missed", "decision", "deal", "lost", "order", "failure", "customer-gone", "joint-work", "shirked", "passive",
		"left", "joined", "manager-kept", "music-stops"}[k]
}

// Loss is why an opportunity was lost.
type Loss uint8

// The ways to lose an opportunity.
const (
	LostDecision Loss = iota // the customer decided against it
	LostCold                 // nobody was in contact for too long
	LostPatience             // the offer was never ready
	LostMember               // its lead turned passive or left
	NLosses
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
	NReasons
)

func (r Reason) String() string {
	return [...]string{"too few results for what it expected", "too little of the manager's time", "too little trust in the others", "reasons of its own"}[r]
}

// tell hands an event to whoever watches. Callers ask whether anybody does
// before they put the event together.
func (g *Group) tell(e Event) {
	e.Week = g.week + 1
	g.log(e)
}
