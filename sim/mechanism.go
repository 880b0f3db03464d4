package sim

import "slices"

// Mechanism is a part of the model that can be switched off, so that one can
// see what it does. Switching off only changes parameters before week 0: the
// weekly loop knows nothing of it and pays nothing for it.
type Mechanism struct {
	Name string
	Doc  string // what is so when it is off
	off  func(*Params)
}

// SwitchOff changes p so that the mechanism has no effect.
func (m *Mechanism) SwitchOff(p *Params) { m.off(p) }

// MechanismNamed finds a mechanism by name; nil if there is none.
func MechanismNamed(name string) *Mechanism {
	for i := range Mechanisms {
		if Mechanisms[i].Name == name {
			return &Mechanisms[i]
		}
	}
	return nil
}

// Mechanisms are all that can be switched off.
var Mechanisms = []Mechanism{
	{"joint-hours", "offers do not wait for joint hours, so none are worked", func(p *Params) {
		p.Joint.HoursCustomer, p.Joint.HoursSystem = 0, 0
	}},
	{"joint-work", "nobody ever contributes to joint work", func(p *Params) { p.Joint.Temptation = 1e6; p.Joint.MediationEffect = 0 }},
	{"extra-complexity", "partners add no complexity to an offer", func(p *Params) {
		p.Customer.Complexity = 0
	}},
	{"negotiation-length", "one round closes every deal", func(p *Params) { p.Deal.RoundsSlope = 0 }},
	{"customer-trust", "complex offers need no more customer trust than simple ones", func(p *Params) { p.Customer.TrustSlope = 0 }},
	{"sme-trust", "SMEs' trust in each other does not learn", func(p *Params) { p.Trust.Weight = 0 }},
	{"self-interest", "leaving joint work to the other saves nothing", func(p *Params) { p.Joint.Temptation = 0 }},
	{"rivalry", "SMEs that are alike neither guard themselves nor meet the same customers", func(p *Params) { p.Joint.Rivalry = 0 }},
	{"mediation", "the manager does not mediate between SMEs", func(p *Params) { p.Manager.Mediation, p.Joint.MediationEffect = 0, 0 }},
	{"practice", "joint work is not made easier by practice, nor harder by different rhythms", func(p *Params) { p.Joint.Practice, p.Joint.Pace = 0, 0 }},
	{"prior-ties", "no SMEs have worked together before", func(p *Params) {
		p.Group.PriorTies = 0
		p.ListedSMEs = slices.Clone(p.ListedSMEs)
		for i := range p.ListedSMEs {
			p.ListedSMEs[i].Ties = nil
		}
	}},
	{"customer-specific", "no joint hours are used up by an offer", func(p *Params) { p.Joint.Specific = 0 }},
	{"coverage", "every SME masters all technologies it needs", func(p *Params) { p.Deal.Bases = 0 }},
	{"workload", "SMEs have no other work", func(p *Params) { p.Commitment.WorkloadMean, p.Commitment.WorkloadShock = 0, 0 }},
	{"commitment", "commitment stays as it was at the start", func(p *Params) { p.Commitment.Up, p.Commitment.Down = 0, 0 }},
	{"expectations", "SMEs expect no results", func(p *Params) { p.Norms.Ambition = 0 }},
	{"fairness", "SMEs do not mind how the manager's time is divided", func(p *Params) { p.Commitment.WeightFairness = 0 }},
	{"squeak", "an SME's activity does not draw the manager's time", func(p *Params) { p.Manager.Squeak = 0 }},
	{"product-knowledge", "the manager knows all products from the start", func(p *Params) { p.Manager.Knowledge, p.Learning.Forget = 1, 0 }},
	{"distance", "there is no cultural distance", func(p *Params) {
		p.Markets.Distance = 0
		p.MarketSpecs = slices.Clone(p.MarketSpecs)
		for i := range p.MarketSpecs {
			p.MarketSpecs[i].Distance = 0
		}
	}},
	{"experience", "SMEs gain no export experience", func(p *Params) { p.Learning.MeetingGain = 0 }},
	{"coordination", "a meeting for many SMEs takes the manager no longer than for one", func(p *Params) { p.Manager.PerMember = 0 }},
	{"activities", "there are no joint fairs and trips", func(p *Params) {
		p.Manager.Activity = 0
	}},
	{"offer-fit", "all SMEs' offers fit a market alike", func(p *Params) { p.Markets.FitSpread = 0 }},
	{"fair-contacts", "SMEs meet no customers at fairs", func(p *Params) { p.Manager.Contacts = 0 }},
	{"range", "two SMEs can offer as whole a system as five", func(p *Params) { p.Deal.Range = 0 }},
	{"components", "components sell, and their makers lead, like finished goods", func(p *Params) { p.Deal.Component = 0 }},
	{"agreement", "agreement among many SMEs takes the manager no hours", func(p *Params) { p.Manager.Agreement = 0 }},
	{"repeat-orders", "customers buy once", func(p *Params) { p.Orders.Churn = 1 }},
	{"vested-trust", "customers' trust is never in the manager as a person", func(p *Params) { p.Customer.Vesting = 0 }},
	{"continuation", "the manager is never kept after the project", func(p *Params) { p.Project.Continuation = 0 }},
	{"own-initiative", "SMEs neither visit nor seek customers without the manager", func(p *Params) {
		p.Customer.AloneHours, p.Customer.SearchShare = 1e6, 0
	}},
	{"withdrawal", "nobody turns passive or leaves", func(p *Params) {
		p.Commitment.Passive, p.Group.Open, p.Group.Turnover = 0, 0, 0
	}},
	{"turnover", "nobody leaves for reasons of its own", func(p *Params) { p.Group.Turnover = 0 }},
	{"hours-cost", "SMEs do not mind the hours that exports take", func(p *Params) { p.Commitment.HoursCost = 0 }},
	{"response", "nobody minds whether an SME comes when it is asked", func(p *Params) { p.Joint.Response = 0 }},
	{"sharing-spread", "all SMEs weigh shared interest alike", func(p *Params) { p.Norms.SharingSpread = 0 }},
	{"offer-grasp", "offers do not suffer from what the manager did not grasp", func(p *Params) { p.Deal.Grasp = 0 }},
	{"offer-help", "SMEs new to exports make offers without help", func(p *Params) { p.Learning.OfferHelp = 0 }},
	{"own-business", "SMEs' other business does not claim hours back when the manager is gone", func(p *Params) { p.Money.Hour = 0 }},
	{"tending", "customers whom nobody tends do not cool", func(p *Params) { p.Orders.Cooling = 0 }},
	{"satiation", "there are always customers left", func(p *Params) {
		p.Markets.Customers = 1e9
		p.MarketSpecs = slices.Clone(p.MarketSpecs)
		for i := range p.MarketSpecs {
			p.MarketSpecs[i].Customers = 1e9
		}
	}},
}
