package sim

import (
	"math"
	"strings"
)

// Limits that the arrays of a Group are made for. A scenario beyond them is
// refused, not cut.
const (
	MaxSMEs       = 12 // members of a group
	MaxCandidates = 32 // SMEs the members are chosen from, listed ones included
	MaxMarkets    = 5
	MaxYears      = 20 // of the horizon
)

// WeeksPerYear is how many weeks the model counts as a year.
const WeeksPerYear = 52

// Numbers of the model's shape that nobody sets. All are assumptions, but for
// normalDistance. ODD.md names them where its rules use them.
const (
	quarter           = 13      // weeks between joint activities, looks at fairness, and for export regularity
	activityWeeks     = 13.0    // memory of how active an SME has been
	activitySMEShare  = 2.0 / 3 // hours a fair or trip costs an SME, of what it costs the manager
	farPriority       = 0.2     // place in the queue of a customer who does not trust yet, of one who does
	needInFit         = 0.5     // correlation of an SME's own fit with how well it fills the detected need
	fitCommon         = 0.3     // share of the variance of fit that is common to all who go to a market
	leastFit          = 0.001   // the mean fit of a market is that far from 0 and from 1
	normalLogit       = 0.3927  // by which a spread of fit pulls the mean of a logistic to one half: an eighth of pi, a definition
	fullSystem        = 200.0   // h/link of joint work at which a partner's technology is fully built into an offer
	mostTrust         = 0.95    // most customer trust that any offer needs
	usualMeeting      = 0.5     // quality of a customer meeting that a realistic SME reckons with
	usualJointHours   = 2.5     // joint hours a week per link that a realistic SME reckons with
	closenessValue    = 0.5     // customer satisfaction after the first order without any trust; trust adds the rest
	targetSales       = 100.0   // k€ per SME and project year at which a sales goal is met in full
	targetLearning    = 0.2     // gain of export experience at which a learning goal is met in full
	targetJoint       = 0.1     // share of the SMEs' hours that is joint work at which a cooperation goal is met in full
	fullTimeManager   = 32.0    // h/week that money.manager pays
	fullTimeAssistant = 20.0    // h/week that money.assistant pays
	normalDistance    = 1.77    // mean distance of two standard normal points in the plane, the root of pi; a definition
	hubExperience     = 0.1     // export experience that any SME has in the eyes of those who look for a hub, beside its own
	hubTies           = 0.05    // complementarity to the others that it has in their eyes, beside its own
	leastNeed         = 0.5     // least need a customer has of an SME; luck adds up to 1
	pullAlone         = 0.5     // pull of shared interest between SMEs that complement each other not at all
	pullShared        = 2.0     // what sharing times complementarity adds to it
	gainAlone         = 0.5     // what an hour of joint work of such SMEs brings, of that of the most complementary
	strangerMeeting   = 0.5     // quality of a meeting by a manager who knows nothing of the products, of one who knows all
	soonestOrder      = 0.5     // least time to a repeat order, of the mean time; luck adds up to 1
	askWhileUnknown   = 2.0     // questions take their full time until only one part in this many is unknown
	complexLearning   = 2.0     // how much longer the most complex product takes to learn than the simplest, in multiples of it
	aloneTrust        = 0.5     // mean trust in the others of an SME that has no others, or has just joined
	leastJointHours   = 1.0     // hours an SME must have left to be asked for joint work; to have fewer is no shirking
	dearestTeam       = 12      // SMEs of the largest team: what its search takes where nothing is strange an SME puts by before it knows what its own takes
	leastCredit       = 0.333   // how far, in opportunities, a kind must be behind its weight to be sought: the largest of three that add up to 1 always is
	silence           = 2       // pauses between meetings after which an SME goes alone
	bypassed          = 0.4     // response below which an SME is not taken into teams, and is taken out of them
	shirks            = 0.5     // share of what the other offers below which it is told that an SME shirked
	leastShare        = 0.01    // a smaller share of hours is none
	supervision       = 0.3     // manager hours that an hour of an assistant's work takes
	workloadMemory    = 0.9     // share of a week's deviation of workload that remains a week later
	distanceWidth     = 0.3     // distance of niches from the best one at which complementarity is gone
	tieHours          = 40.0    // joint hours that a prior tie is worth
	practiceActs      = 40.0    // weeks of joint work at which half of practice is reached
	lightExperience   = 1.0 / 3 // weight of the shared experience of a fair or trip, of that of a week's joint work
	waitingPauses     = 2       // pauses between meetings while a customer waits for the offer, of those while trust is built
	handedOver        = 0.06    // share of the trust in the manager as a person that passes to the SMEs at a meeting where one speaks for them
	roundTeaches      = 1.5     // export experience that a negotiation round gives, of what a meeting gives
	guidanceTeaches   = 0.75    // that an hour of guidance gives
	dealTeaches       = 7.5     // that a deal gives
	clarityEffect     = 0.5     // share of naivety that full role clarity at the start removes
	weightResults     = 0.6     // weight of results against expectations in satisfaction
	fairnessError     = 0.1     // standard deviation of the error with which SMEs see fairness
	trustDrift        = 0.01    // weekly rate at which trust drifts back to where the pair began
	questionHours     = 1.5     // hours of questions a week the manager has for an SME whose products are new to him or her
	lastsShare        = 0.5     // part of the last project year's flow that a self-sustaining group still has
	promoterCost      = 40.0    // k€/year that the public pays for a promoter of full skill; in proportion for others
	promoterWeeks     = 26      // from the start after which a promoter leaves
	committeeWorth    = 0.5     // manager hours that an hour of committee work spares
)

// Params is everything a person or the world decides before week 0. It begins as
// Defaults and is frozen when a Group is reset; the model never writes to it.
// Every number is a float64 so that sweeps, files and the command line treat all
// alike; Table says of each what it means, its unit and its range. The fields of
// a section, such as ManagerParams, are rows of Table: fields.go has them.
//
// Beside the numbers of Table, a scenario may list its SMEs and markets one by
// one, give the mix of opportunity kinds itself instead of a focus, and name
// the hub.
type Params struct {
	Project    ProjectParams
	Group      GroupParams
	Formation  FormationParams
	Norms      NormParams
	Goals      GoalParams
	Manager    ManagerParams
	Markets    MarketParams
	Trust      TrustParams
	Joint      JointParams
	Customer   CustomerParams
	Deal       DealParams
	Orders     OrderParams
	Learning   LearningParams
	Commitment CommitmentParams
	Money      MoneyParams

	Mix         [3]float64   // weights of market, customer and system opportunities, their sum 1; all zero: taken from Group.Focus
	ListedSMEs  []SMESpec    // when not empty these are the members, and Group.Size is their number
	MarketSpecs []MarketSpec // when not empty these are the markets
	Solo        int          // n > 0: the n-th SME to join, from 1, stays alone, without its group; 0: the whole group
	Hub         int          // index into ListedSMEs of a hub chosen by hand; -1: the group finds its own

	off absent
}

// absent is what is switched off by mechanisms that no number of Table expresses.
type absent struct {
	jointHours float64 // that every pair has from the start: 0, or more than it ever needs
	bundles    bool    // joint offers find as many customers as those of one SME
	size       bool    // a joint offer is worth no more than one SME's
}

// SMESpec describes a listed SME. What is NaN is drawn as for an SME that is not
// listed. What has no unit is within 0 and 1, but for Niche.
type SMESpec struct {
	Name       string
	Technology float64    // of its products: 0 simple … 1 complex
	Niche      [2]float64 // position in the plane of products and customers; only distances count, and those beyond 1 as 1
	Experience float64    // export experience
	Hours      float64    // h/week for the project when fully committed and not busy
	Rhythm     float64    // 0 patient … 1 wants results at once
	Component  float64    // 1 sells components, 0 finished goods
	Ties       []int      // listed SMEs (indices) it has worked with before
}

// MarketSpec describes a listed market. What is NaN is as for all markets: see the
// rows of Table that begin with markets, which have the units too.
type MarketSpec struct {
	Name                                string
	Distance, Customers, Fit, Assistant float64
}

// Role says who sets a parameter.
type Role uint8

// The three roles of parameters.
const (
	Lever       Role = iota // a person chooses it: the subject of policy
	Uncertainty             // the world has it and we do not know it well: the subject of sensitivity analysis
	Constant                // fixed for comparability; may be set, seldom needs to be
)

func (r Role) String() string { return [...]string{"lever", "uncertainty", "constant"}[r] }

// Type says which values of its range a parameter takes.
type Type uint8

// The three types of parameters.
const (
	Real   Type = iota
	Whole       // whole numbers only
	Switch      // 0 is false, 1 is true
)

// Grade says what backs a parameter beyond our own assumption.
type Grade uint8

// The four grades of evidence, the weakest first. Of the first three the size, and
// with it the plausible range, is assumed.
const (
	Guess      Grade = iota // nobody has said anything about it
	Interview               // managers or SMEs who were interviewed name it
	Literature              // a study names it in its theory, or a number found elsewhere is near it
	Data                    // a number found outside sets its size
	NGrades
)

func (g Grade) String() string { return [...]string{"guess", "interview", "literature", "data"}[g] }

// Parameter is one row of Table.
type Parameter struct {
	Name              string // as written in a scenario file: section.key
	Unit              string // "1" for a pure number
	Min, Max, Default float64
	Low, High         float64 // over which experiments vary it; both Default if they do not
	Role              Role
	Type              Type
	Grade             Grade
	Source            string // a study, or "assumption"
	Label             string // the quantity in a few words without its unit, for figures and sentences
	Doc               string // what it means, in one sentence without a full stop

	at func(*Params) *float64
}

// In returns the value the parameter has in p.
func (q *Parameter) In(p *Params) float64 { return *q.at(p) }

// SetIn writes the parameter's value into p. It does not check: Valid does.
func (q *Parameter) SetIn(p *Params, v float64) { *q.at(p) = v }

// Valid says whether v is a value this parameter may have.
func (q *Parameter) Valid(v float64) bool {
	if !(v >= q.Min && v <= q.Max) { // so written that NaN fails
		return false
	}
	return q.Type == Real || v == math.Trunc(v)
}

// Lookup finds a parameter by name; nil if there is none.
func Lookup(name string) *Parameter {
	for i := range Table {
		if Table[i].Name == name {
			return &Table[i]
		}
	}
	return nil
}

// Defaults returns the parameters of a scenario that says nothing.
func Defaults() Params {
	p := Params{Hub: -1}
	for i := range Table {
		Table[i].SetIn(&p, Table[i].Default)
	}
	return p
}

// Weights returns the mix of opportunity kinds that p describes: Mix itself
// if given, else the point Group.Focus on the continuum from market (0) over
// customer (0.5) to system focus (1), linear in between.
func (p *Params) Weights() [3]float64 {
	if p.Mix != [3]float64{} {
		return p.Mix
	}
	f := p.Group.Focus
	if f <= 0.5 {
		return [3]float64{1 - 2*f, 2 * f, 0}
	}
	return [3]float64{0, 2 - 2*f, 2*f - 1}
}

// ProjectWeeks is the number of weeks with public funding, at least one.
func (p *Params) ProjectWeeks() int { return max(1, int(math.Round(p.Project.Years*WeeksPerYear))) }

// TotalWeeks is the number of weeks simulated: up to the horizon, and no less than the project.
func (p *Params) TotalWeeks() int {
	return max(p.ProjectWeeks(), int(math.Round(p.Project.Horizon*WeeksPerYear)))
}

// DiffersInYears says whether p and q are the same but for the project period, which may
// be the same too. Lists of SMEs and markets count as the same when they are one list.
func (p *Params) DiffersInYears(q *Params) bool {
	if p.Group != q.Group || p.Mix != q.Mix || p.Solo != q.Solo || p.Hub != q.Hub || p.off != q.off { // most that differ do so here
		return false
	}
	for i := range Table {
		if n := &Table[i]; n.Name != "project.years" && n.In(p) != n.In(q) {
			return false
		}
	}
	return sameList(p.ListedSMEs, q.ListedSMEs) && sameList(p.MarketSpecs, q.MarketSpecs)
}

func sameList[T any](a, b []T) bool { return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0]) }

// Size is the number of SMEs in the group.
func (p *Params) Size() int {
	if len(p.ListedSMEs) > 0 {
		return len(p.ListedSMEs)
	}
	return int(p.Group.Size)
}

// MarketCount is the number of target markets.
func (p *Params) MarketCount() int {
	if len(p.MarketSpecs) > 0 {
		return len(p.MarketSpecs)
	}
	return int(p.Markets.Count)
}

// SMEName is the name of the n-th SME to join, from 0: as listed, else a letter.
func (p *Params) SMEName(n int) string {
	if n < len(p.ListedSMEs) && p.ListedSMEs[n].Name != "" {
		return p.ListedSMEs[n].Name
	}
	return "SME " + string(rune('A'+n%26)) + strings.Repeat("'", n/26)
}

// MarketName is the name of market j: as listed, else a number.
func (p *Params) MarketName(j int) string {
	if j < len(p.MarketSpecs) && p.MarketSpecs[j].Name != "" {
		return p.MarketSpecs[j].Name
	}
	return "market " + string(rune('1'+j))
}
