package sim

// The sections of Params. Their fields are written from Table, unit and meaning
// included: after a change there run go generate ./sim.
//
//go:generate go run ./internal/fields/write.go
type (
	// ProjectParams: the publicly funded project and what comes after it.
	ProjectParams struct {
		Years        float64 // years: length of the publicly funded project period
		Horizon      float64 // years: years after the start up to which sales are counted, whenever the project ends; no shorter than the project
		Subsidy      float64 // 1: share of the project's cost that the public pays
		Full         float64 // years: years from the start after which the public share begins to fall; it does so at the end of the project at the latest
		Fade         float64 // years: years over which the public share falls in equal steps after those of the full share, as long as there is a manager
		Lasting      float64 // 1: public share of the cost that is left after the fall, as long as there is a manager
		Continuation float64 // switch: whether the SMEs may keep the manager at their own cost when enough of them would gain
	}
	// GroupParams: how the group is composed and what it goes after.
	GroupParams struct {
		Focus            float64 // 1: organisational form as a point on the continuum: 0 market focus, 0.5 customer focus, 1 system focus
		Size             float64 // SMEs: number of SMEs in the group
		Technology       float64 // 1: mean technology of the SMEs' products: 0 simple, 1 complex
		TechnologySpread float64 // 1: half-width of the uniform spread of technology among SMEs
		Similarity       float64 // 1: how alike the candidates' niches are: 1 the same products and customers, 0 nothing in common
		Experience       float64 // 1: mean export experience of the SMEs at the start
		ExperienceSpread float64 // 1: half-width of the uniform spread of experience among SMEs
		Hours            float64 // h/week: hours a week an SME has for the project when fully committed and not busy
		HoursSpread      float64 // 1: relative half-width of the uniform spread of hours among SMEs
		PriorTies        float64 // 1: share of pairs of SMEs that have worked together before
		Components       float64 // 1: share of SMEs that sell components, which need knowledge of the buyer's production
		RhythmSpread     float64 // 1: half-width of the uniform spread, about one half, of how soon SMEs want results
		Open             float64 // switch: whether members may leave and others take their place (a fixed group goes on with passive members)
		Turnover         float64 // 1/year: yearly hazard that a member goes for reasons of its own
		Graduation       float64 // 1/year: yearly hazard that a member leaves content that no longer needs the group for what its exports bring
		Committees       float64 // h/week: hours a week that each SME gives to committees, which spare the manager a part of administration and agreement
		Partners         float64 // SMEs: most partners beside the lead SME in an offer to a joint customer
		Suppliers        float64 // SMEs: suppliers beside the hub in a system offer (fewer only in a smaller group)
	}
	// FormationParams: how the members are found.
	FormationParams struct {
		Candidates      float64 // SMEs: SMEs from which the group is put together
		Screening       float64 // 1: how well complementarity is seen when members are chosen; the rest is luck
		Demand          float64 // 1: weight of the customers' detected needs, against the SMEs' products, in choosing members
		EntryExperience float64 // 1: export experience below which a candidate is not admitted
		Promoter        float64 // 1: skill of a promoter who brings the SMEs together at the start: he or she sees who suits whom, has roles agreed and lets them come to know each other
	}
	// NormParams: what members bring with them: how they see the group.
	NormParams struct {
		Ambition      float64 // deals/year: results, in deals a year, that an SME comes to expect of the group
		Realism       float64 // 1: how far SMEs reckon with the real time from first contact to deal; 0 naive
		RoleClarity   float64 // 1: how clearly tasks of manager and SMEs were agreed at the start; raises realism
		Sharing       float64 // 1: weight of shared interest against core interest that is to be safeguarded
		SharingSpread float64 // 1: half-width of the uniform spread, among SMEs, of the weight of shared interest
		Support       float64 // 1: how readily SMEs answer the manager's questions about their products
		Turns         float64 // 1: how far opportunities go to SMEs whose turn it is: who has fewest deals and open opportunities
		Merit         float64 // 1: how far opportunities go to SMEs by what they have sold lately
		Hub           float64 // 1: how far opportunities go to the hub rather than to others
	}
	// GoalParams: weights of the group's own goals.
	GoalParams struct {
		Sales       float64 // 1: weight of sales among the group's own goals
		Cooperation float64 // 1: weight of cooperation and net building among the group's own goals
		Learning    float64 // 1: weight of learning among the group's own goals
		Spread      float64 // 1: half-width of the uniform spread, about one half, of what SMEs want of the group; those who want other things share less interest in joint work
	}
	// ManagerParams: the export manager and the control group behind him or her.
	ManagerParams struct {
		Hours         float64 // h/week: hours a week that the jointly hired export manager works for the group
		Skill         float64 // 1: the manager's skill at building customers' trust
		Knowledge     float64 // 1: the manager's knowledge of an SME's products at the start
		Squeak        float64 // 1: how far an SME's own activity draws the manager's time towards it
		Expertise     float64 // 1: expertise of the control group, which lends the manager credibility
		Admin         float64 // 1: share of the manager's hours that goes into administration
		Agreement     float64 // h/week: manager hours a week that agreement takes between each two active SMEs
		FurtherMarket float64 // h/week: manager hours a further market without a local assistant costs, times 1 + its distance
		Guidance      float64 // h/week: guidance hours for an SME with no export experience at all
		Mediation     float64 // h/week: mediation hours for a wanted link between SMEs that do not trust each other at all
		Meeting       float64 // h: manager hours for a customer meeting on behalf of one SME
		Prospect      float64 // h: manager hours to find and approach one possible customer on behalf of one SME
		Activity      float64 // h: manager hours for the quarterly fair or fact-finding trip; SMEs give two thirds of it each
		Contacts      float64 // 1: possible customers whom each SME meets at a fair or trip
		PerMember     float64 // 1: extra manager time per further SME in a meeting or approach, as a share of the single time
		CarryOver     float64 // weeks: weeks of unused hours the manager can save up; what is beyond is idle
		Turnover      float64 // 1/year: yearly hazard that the manager leaves and a new one comes
	}
	// MarketParams: the target markets when they are not listed one by one.
	MarketParams struct {
		Count          float64 // markets: number of target markets
		Distance       float64 // 1: cultural distance of the markets
		Customers      float64 // customers: possible customers that one SME can find in one market
		Fit            float64 // 1: mean fit of the SMEs' offers with customers' needs: how carefully the markets were scanned beforehand
		FitSpread      float64 // 1: standard deviation, in logits, of how well an SME's offer fits a market; it leaves the mean as it is
		Assistant      float64 // h/week: hours a week of a local export assistant in each market
		LocalKnowledge float64 // 1: market knowledge that a local assistant brings
		AssistantSkill float64 // 1: quality of a local assistant's work against the manager's, and share of the manager's product knowledge that reaches him or her
	}
	// TrustParams: trust among SMEs.
	TrustParams struct {
		Start  float64 // 1: trust at the start between SMEs that have not worked together before
		Prior  float64 // experiences: weight of what SMEs believe of each other at the start: half of all experiences they start with
		Weight float64 // 1: weight of one week's joint experience
		Loss   float64 // 1: how much more a bad experience weighs than a good one
		Tie    float64 // experiences: good experiences, in weight, that a prior tie is worth
	}
	// JointParams: joint work towards joint offerings.
	JointParams struct {
		HoursCustomer   float64 // h/link: joint hours a link needs before a joint customer gets an offer
		HoursSystem     float64 // h/link: joint hours a link of hub and supplier needs before a system is offered
		Temptation      float64 // 1: what an SME saves by leaving joint work to the other
		Noise           float64 // 1: scale of the logistic choice to contribute: small is deliberate, large is haphazard
		MediationEffect float64 // 1: share of the temptation that the manager's mediation takes away
		Specific        float64 // 1: share of the joint hours in an offer that only this customer could use
		LinkHours       float64 // h/week: most hours a week an SME puts into one link
		Practice        float64 // 1: how much more a practised pair gets done in an hour, at the most
		Pace            float64 // 1: share of joint work lost between unpractised partners of opposite rhythm
		BestDistance    float64 // 1: distance of niches at which two SMEs complement each other best; nearer ones are rivals
		Rivalry         float64 // 1: rivalry of SMEs of the same niche: how far they guard themselves and meet the same customers
		Response        float64 // 1/week: rate at which others notice how far an SME comes when it is asked
		MinimumTie      float64 // 1: complementarity times trust times need times response below which an SME is not taken to a joint customer
	}
	// CustomerParams: from first contact to an offer that is ready.
	CustomerParams struct {
		TrustRate    float64 // 1/meeting: share of the missing customer trust that a perfect meeting builds
		TrustBase    float64 // 1: trust a customer needs before hearing an offer of no complexity
		TrustSlope   float64 // 1: further trust needed per unit of the offer's complexity
		MeetingEvery float64 // weeks: weeks between meetings while a customer's trust is being built
		AttendHours  float64 // h: hours an SME needs to take part in a customer meeting
		Patience     float64 // weeks: weeks a customer waits for an offer to be ready
		Cold         float64 // weeks: weeks without any contact after which an opportunity is lost
		Complexity   float64 // 1: complexity each further SME adds to an offer
		AloneHours   float64 // h: hours an SME needs for a visit of its own
		AloneQuality float64 // 1: quality of a fully experienced SME's own visit, against a perfect manager's 1
		SearchShare  float64 // 1: share of the hours an SME has left that it puts into seeking customers itself
		Vesting      float64 // 1: share of the trust built at a manager's meeting that is trust in the manager as a person
		Brand        float64 // 1: share of what would be trust in the manager as a person that is trust in the group's name instead, which outlasts a manager
	}
	// DealParams: negotiation, the chance of a deal, and what it is worth.
	DealParams struct {
		RoundsSlope     float64 // rounds: negotiation rounds per unit of complexity, beyond the one every deal needs
		RoundEvery      float64 // weeks: weeks between negotiation rounds
		RoundHours      float64 // h: hours of every SME in a negotiation round
		ExperienceFloor float64 // 1: chance to close, against the most experienced, of SMEs with no export experience
		ValueBase       float64 // k€: median first-order value per SME of the simplest product
		ValueTechnology float64 // 1: how much more valuable the most complex product is than the simplest, in multiples of it
		ValueSpread     float64 // 1: standard deviation of the logarithm of order values
		Bases           float64 // 1: technological bases beyond one's own that the most complex solution needs, times technology cubed
		Range           float64 // SMEs: partners with which half of the customers who want a whole system have enough of one
		Component       float64 // 1: share of customers who do not buy components by themselves; makers of components also lead less
		Grasp           float64 // 1: share of the chance to close that is lost when nothing of a most complex product was known at the meetings
	}
	// OrderParams: repeat orders.
	OrderParams struct {
		Every   float64 // weeks: mean weeks between a customer's repeat orders
		Share   float64 // 1: value of a repeat order against the first
		Churn   float64 // 1: chance, each time an order is due, that the customer has gone for good
		Cooling float64 // 1: customer satisfaction lost at a due date for which the SMEs have no hours at all
	}
	// LearningParams: knowledge and experience.
	LearningParams struct {
		Product       float64 // 1/h: share of what the manager does not know of a simple product that an hour of the SME's answers teaches
		Forget        float64 // 1/week: rate at which the manager's product knowledge is lost
		MarketMeeting float64 // 1/meeting: share of what is not known of a market that one meeting there teaches
		MarketTrip    float64 // 1/trip: share of what is not known of a market that a fair or fact-finding trip teaches
		EntryLevel    float64 // 1: export experience below which an SME needs guidance first
		OfferHelp     float64 // h: manager hours that an SME with no export experience at all needs before it can make an offer
		MeetingGain   float64 // 1/meeting: share of missing export experience that a customer meeting gives
	}
	// CommitmentParams: expectations, results, satisfaction, commitment, and the workload beside the project.
	CommitmentParams struct {
		Initial        float64 // 1: commitment of the SMEs at the start
		NaiveLag       float64 // weeks: weeks after which an SME of average rhythm, left to itself, expects first results
		Leak           float64 // weeks: time over which results and expectations fade from memory
		CreditCustomer float64 // deals: what a customer who trusts enough to hear an offer counts as a result, in deals
		CreditOrder    float64 // deals: what a repeat order counts as a result, in deals
		WeightFairness float64 // 1: weight of perceived fairness in satisfaction
		WeightTrust    float64 // 1: weight of trust in the other members in satisfaction
		HoursCost      float64 // 1: satisfaction lost by an SME all of whose hours go into exports
		Up             float64 // 1/week: rate at which commitment follows a higher satisfaction
		Down           float64 // 1/week: rate at which commitment follows a lower satisfaction
		Passive        float64 // 1: commitment below which a member turns passive, or leaves an open group
		WorkloadMean   float64 // 1: mean share of an SME's project hours that its other work takes
		WorkloadShock  float64 // 1: standard deviation of the weekly change of workload
	}
	// MoneyParams: what the project costs and who pays.
	MoneyParams struct {
		Manager   float64 // k€/year: cost of a manager of 32 hours a week; in proportion for others
		Shared    float64 // k€/year: travel, fairs, material and administration of the project, however many SMEs share them
		Running   float64 // k€/SME/year: travel, fairs, material and administration of the project for each SME
		Assistant float64 // k€/year: cost of a local assistant of 20 hours a week; in proportion for others
		Market    float64 // k€/year: running cost of each further market
		Margin    float64 // 1: margin on export sales, net of its own hours, that an SME reckons with when it decides about keeping the manager
		KeepShare float64 // 1: share of active members that must gain for the group to keep the manager at its own cost
		FeeSize   float64 // 1: how far the SMEs share their part of the cost by size, their hours; else equally
		FeeUse    float64 // 1: how far the SMEs share their part of the cost by the manager's hours that each got lately
		Reserve   float64 // 1: what the SMEs put by on top of their part of the cost, as a share of it; it pays a year in which too few would keep the manager
		Hour      float64 // k€/h: what an hour brings in an SME's other business, which claims hours back when no manager is there
	}
)
