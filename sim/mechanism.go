package sim

import "slices"

// Mechanism is a part of the model that can be switched off, so that one can
// see what it does. Switching off only changes parameters before week 0; where no
// number expresses it, a rule that is followed once an offer asks for it.
type Mechanism struct {
	Name  string
	Doc   string // what is so when it is off
	off   func(*Params)
	probe func(*Params) // sets parameters under which it shows, where it does not at the defaults of any form; nil where it does
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
	{Name: "joint-offers", Doc: "every SME offers alone, in every form", off: func(p *Params) { p.Group.Partners, p.Group.Suppliers = 0, 0 }},
	{Name: "joint-hours", Doc: "all joint hours that offers need are there from the start, so none are worked", off: func(p *Params) { p.off.jointHours = 1e9 }},
	{Name: "joint-work", Doc: "nobody ever contributes to joint work", off: func(p *Params) { p.Joint.Temptation = 1e6; p.Joint.MediationEffect = 0 }},
	{Name: "extra-complexity", Doc: "partners add no complexity to an offer", off: func(p *Params) {
		p.Customer.Complexity = 0
	}},
	{Name: "negotiation-length", Doc: "one round closes every deal", off: func(p *Params) { p.Deal.RoundsSlope = 0 }},
	{Name: "customer-trust", Doc: "complex offers need no more customer trust than simple ones", off: func(p *Params) { p.Customer.TrustSlope = 0 }},
	{Name: "sme-trust", Doc: "SMEs' trust in each other does not learn", off: func(p *Params) { p.Trust.Weight = 0 }},
	{Name: "self-interest", Doc: "leaving joint work to the other saves nothing", off: func(p *Params) { p.Joint.Temptation = 0 }},
	{Name: "rivalry", Doc: "SMEs that are alike neither guard themselves nor meet the same customers", off: func(p *Params) { p.Joint.Rivalry = 0 }},
	{Name: "mediation", Doc: "joint work needs no coordination, and the manager eases nothing", off: func(p *Params) { p.Manager.Mediation, p.Joint.MediationEffect = 0, 0 }},
	{Name: "practice", Doc: "joint work is not made easier by practice, nor harder by different rhythms", off: func(p *Params) { p.Joint.Practice, p.Joint.Pace = 0, 0 }},
	{Name: "prior-ties", Doc: "no SMEs have worked together before", off: func(p *Params) {
		p.Group.PriorTies = 0
		p.ListedSMEs = slices.Clone(p.ListedSMEs)
		for i := range p.ListedSMEs {
			p.ListedSMEs[i].Ties = nil
		}
	}},
	{Name: "customer-specific", Doc: "no joint hours are used up by an offer", off: func(p *Params) { p.Joint.Specific = 0 }},
	{Name: "coverage", Doc: "every SME masters all technologies it needs", off: func(p *Params) { p.Deal.Bases = 0 }},
	{Name: "workload", Doc: "SMEs have no other work", off: func(p *Params) { p.Commitment.WorkloadMean, p.Commitment.WorkloadShock = 0, 0 }},
	{Name: "commitment", Doc: "commitment stays as it was at the start", off: func(p *Params) { p.Commitment.Up, p.Commitment.Down = 0, 0 }},
	{Name: "expectations", Doc: "SMEs expect no results", off: func(p *Params) { p.Norms.Ambition = 0 }},
	{Name: "fairness", Doc: "SMEs do not mind how the manager's time is divided", off: func(p *Params) { p.Commitment.WeightFairness = 0 }},
	{Name: "squeak", Doc: "an SME's activity does not draw the manager's time", off: func(p *Params) { p.Manager.Squeak = 0 }},
	{Name: "product-knowledge", Doc: "the manager knows all products from the start", off: func(p *Params) { p.Manager.Knowledge, p.Learning.Forget = 1, 0 }},
	{Name: "distance", Doc: "there is no cultural distance", off: func(p *Params) {
		p.Markets.Distance = 0
		p.MarketSpecs = slices.Clone(p.MarketSpecs)
		for i := range p.MarketSpecs {
			p.MarketSpecs[i].Distance = 0
		}
	}},
	{Name: "experience", Doc: "SMEs gain no export experience", off: func(p *Params) { p.Learning.MeetingGain = 0 }},
	{Name: "coordination", Doc: "a meeting for many SMEs takes the manager no longer than for one", off: func(p *Params) { p.Manager.PerMember = 0 }},
	{Name: "activities", Doc: "there are no joint fairs and trips", off: func(p *Params) {
		p.Manager.Activity = 0
	}},
	{Name: "offer-fit", Doc: "all SMEs' offers fit a market alike", off: func(p *Params) { p.Markets.FitSpread = 0 }},
	{Name: "fair-contacts", Doc: "SMEs meet no customers at fairs", off: func(p *Params) { p.Manager.Contacts = 0 }},
	{Name: "bundle-demand", Doc: "joint offers find as many customers as those of one SME", off: func(p *Params) { p.off.bundles = true }},
	{Name: "range", Doc: "two SMEs can offer as whole a system as five", off: func(p *Params) { p.Deal.Range = 0 }},
	{Name: "components", Doc: "components sell, and their makers lead, like finished goods", off: func(p *Params) { p.Deal.Component = 0 }},
	{Name: "offer-size", Doc: "a joint offer is worth no more than one SME's", off: func(p *Params) { p.off.size = true }},
	{Name: "technology-value", Doc: "complex products are worth no more than simple ones", off: func(p *Params) { p.Deal.ValueTechnology = 0 }},
	{Name: "agreement", Doc: "agreement among many SMEs takes the manager no hours", off: func(p *Params) { p.Manager.Agreement = 0 }},
	{Name: "repeat-orders", Doc: "customers buy once", off: func(p *Params) { p.Orders.Churn = 1 }},
	{Name: "vested-trust", Doc: "customers' trust is never in the manager as a person", off: func(p *Params) { p.Customer.Vesting = 0 }},
	{Name: "continuation", Doc: "the manager is never kept after the project", off: func(p *Params) { p.Project.Continuation = 0 },
		probe: func(p *Params) { p.Money.Margin = 0.5 }},
	{Name: "public-schedule", Doc: "the public pays its full share to the end of the project, and nothing afterwards", off: func(p *Params) { p.Project.Full, p.Project.Fade, p.Project.Lasting = 10, 0, 0 }, probe: func(p *Params) { p.Project.Fade, p.Project.Lasting = 3, 0.1 }},
	{Name: "fee-rules", Doc: "the SMEs share their part of the cost equally", off: func(p *Params) { p.Money.FeeSize, p.Money.FeeUse = 0, 0 }, probe: func(p *Params) { p.Money.FeeSize, p.Money.FeeUse, p.Money.KeepShare, p.Money.Margin = 0, 1, 0.8, 0.3 }},
	{Name: "reserve", Doc: "the SMEs put nothing by", off: func(p *Params) { p.Money.Reserve = 0 }, probe: func(p *Params) { p.Money.Reserve = 0.3 }},
	{Name: "promoter", Doc: "nobody brings the SMEs together at the start", off: func(p *Params) { p.Formation.Promoter = 0 }, probe: func(p *Params) { p.Formation.Promoter = 0.8 }},
	{Name: "brand", Doc: "customers' trust is never in the group's name", off: func(p *Params) { p.Customer.Brand = 0 }, probe: func(p *Params) { p.Customer.Brand, p.Manager.Turnover = 0.8, 0.5 }},
	{Name: "manager-change", Doc: "the manager never leaves before the group lets him or her go", off: func(p *Params) { p.Manager.Turnover = 0 }, probe: func(p *Params) { p.Manager.Turnover = 0.5 }},
	{Name: "graduation", Doc: "nobody outgrows the group", off: func(p *Params) { p.Group.Graduation = 0 }, probe: func(p *Params) { p.Group.Graduation, p.Learning.MeetingGain, p.Money.Margin = 4, 0.05, 0.3 }},
	{Name: "goal-spread", Doc: "all SMEs want the same of the group", off: func(p *Params) { p.Goals.Spread = 0 }, probe: func(p *Params) { p.Goals.Spread = 0.4 }},
	{Name: "sharing-rules", Doc: "opportunities go to whom they promise most", off: func(p *Params) { p.Norms.Turns, p.Norms.Merit, p.Norms.Hub = 0, 0, 0 }, probe: func(p *Params) { p.Norms.Turns, p.Norms.Merit, p.Norms.Hub = 0.8, 0.3, 0.3 }},
	{Name: "committees", Doc: "the SMEs do nothing in the manager's place", off: func(p *Params) { p.Group.Committees = 0 }, probe: func(p *Params) { p.Group.Committees = 2 }},
	{Name: "own-initiative", Doc: "SMEs neither visit nor seek customers without the manager", off: func(p *Params) {
		p.Customer.AloneHours, p.Customer.SearchShare = 1e6, 0
	}},
	{Name: "withdrawal", Doc: "nobody turns passive or leaves", off: func(p *Params) {
		p.Commitment.Passive, p.Group.Open, p.Group.Turnover, p.Group.Graduation = 0, 0, 0, 0
	}},
	{Name: "turnover", Doc: "nobody leaves for reasons of its own", off: func(p *Params) { p.Group.Turnover = 0 }},
	{Name: "hours-cost", Doc: "SMEs do not mind the hours that exports take", off: func(p *Params) { p.Commitment.HoursCost = 0 }},
	{Name: "response", Doc: "nobody minds whether an SME comes when it is asked", off: func(p *Params) { p.Joint.Response = 0 }},
	{Name: "sharing-spread", Doc: "all SMEs weigh shared interest alike", off: func(p *Params) { p.Norms.SharingSpread = 0 }},
	{Name: "offer-grasp", Doc: "offers do not suffer from what the manager did not grasp", off: func(p *Params) { p.Deal.Grasp = 0 }},
	{Name: "offer-help", Doc: "SMEs new to exports make offers without help", off: func(p *Params) { p.Learning.OfferHelp = 0 },
		probe: func(p *Params) { p.Group.Experience = 0.3 }},
	{Name: "own-business", Doc: "SMEs' other business does not claim hours back when the manager is gone", off: func(p *Params) { p.Money.Hour = 0 }},
	{Name: "tending", Doc: "customers whom nobody tends do not cool", off: func(p *Params) { p.Orders.Cooling = 0 }},
	{Name: "satiation", Doc: "there are always customers left", off: func(p *Params) {
		p.Markets.Customers = 1e9
		p.MarketSpecs = slices.Clone(p.MarketSpecs)
		for i := range p.MarketSpecs {
			p.MarketSpecs[i].Customers = 1e9
		}
	}},
}
