package claims

import (
	"fmt"

	"epgsim/sim"
	"epgsim/sim/experiment"
)

// consortiumClaims are those about groups that are meant to last. ACD11 says them, or its
// parts do that are named; the sizes are ours, as everywhere.
func consortiumClaims() []Claim {
	return []Claim{
		manyOrFew(), facilitator(), twoPeaks(), brandOrPerson(), sharingRules(), fallingShare(), trustLasts(), alignment(),
	}
}

// The lasting groups of these claims: members are bound for three years, in which the
// public share falls to nothing in equal yearly steps; then they pay all themselves, for
// as long as it is worth it to enough of them.
var lasting = Settings{"project.years": 3, "project.full": 1, "project.fade": 2, "project.horizon": toHorizon}

// promotion and sales are the two types of consortium as points on the continuum: near
// market focus, and at joint customers.
const (
	promotion = 0.1
	sales     = customer
)

// alive is how long a group lives, as an outcome.
const alive = sim.WeeksAlive

// aliveAfter is the share of an arm's groups that are alive at the end of a year.
func (s *sample) aliveAfter(year int, arm string) float64 {
	return s.share(alive, float64(year*sim.WeeksPerYear), sim.MaxYears*sim.WeeksPerYear+1, arm)
}

func manyOrFew() Claim {
	many := lasting.with(Settings{"group.size": 10, "group.prior_ties": 0, "formation.screening": 0})
	few := lasting.with(goodGroup).with(Settings{"group.size": 5, "group.prior_ties": 0.4})
	var arms []Arm
	for _, focus := range []float64{promotion, sales} {
		at := Settings{"group.focus": focus}
		arms = append(arms, Arm{Name: fmt.Sprint("many ", focus), Set: many.with(at)}, Arm{Name: fmt.Sprint("few ", focus), Set: few.with(at)})
	}
	arms = append(arms, Arm{Name: "many staffed", Told: true, Set: arms[0].Set.with(Settings{"manager.hours": 64})})
	return Claim{
		ID: "K1", Source: "ACD11 3.2", Statement: "Promotion consortia last with many, loosely tied members, sales consortia with few, complementary ones",
		Contrast: "ten members taken as they come, without prior ties, against five that were chosen to complement each other: weeks alive by year 10, near market focus and at customer focus", Arms: arms,
		Parts: []Part{
			more("promotion: many over few", alive, "many 0.1", "few 0.1"),
			more("sales: few over many", alive, "few 0.5", "many 0.5"),
			info(more("promotion: many with two managers over few", alive, "many staffed", "few 0.1")),
			info(more("promotion: members lost, many over few", sim.MembersLost, "many 0.1", "few 0.1")),
			info(more("sales: members lost, many over few", sim.MembersLost, "many 0.5", "few 0.5")),
		},
		Ablation: []string{"agreement", "rivalry"},
		Note:     "one manager serves both; what two do for many is told apart. That members of a large consortium expect little of it is not assumed here (scenario mixed-consortium-italy assumes it)",
	}
}

func facilitator() Claim {
	var arms []Arm
	for _, ties := range []float64{0, 0.6} {
		for _, skill := range []float64{0, 1} {
			arms = append(arms, Arm{Name: fmt.Sprintf("ties %v promoter %v", ties, skill), Set: lasting.with(Settings{
				"group.prior_ties": ties, "formation.promoter": skill, "formation.screening": 0.2, "group.focus": customer})})
		}
	}
	gain := func(s *sample, ties float64) float64 {
		return s.mean(fmt.Sprintf("ties %v promoter 1", ties), alive) - s.mean(fmt.Sprintf("ties %v promoter 0", ties), alive)
	}
	return Claim{
		ID: "K2", Source: "ACD11 2", Statement: "A facilitator at the start raises survival, most among strangers",
		Contrast: "a promoter of full skill for the first half year against none, customer focus: weeks alive by year 10, among strangers and where three pairs in five have worked together", Arms: arms,
		Parts: []Part{
			more("among strangers", alive, "ties 0 promoter 1", "ties 0 promoter 0"),
			{Name: "among strangers over among acquaintances", Unit: "weeks", of: func(s *sample) float64 { return gain(s, 0) - gain(s, 0.6) }},
			info(more("trust at the end of year 3, among strangers", sim.TrustEnd, "ties 0 promoter 1", "ties 0 promoter 0")),
			info(more("sales, among strangers", value, "ties 0 promoter 1", "ties 0 promoter 0")),
		},
		Ablation: []string{"promoter"},
	}
}

// The years of tenure by which leaving is told: those in which disappointment is expected,
// those in between, and the last of ten.
const (
	earlyYears = 3
	lateYears  = 7
)

func twoPeaks() Claim {
	arms := []Arm{{Name: "consortium", Tenures: true, Set: lasting.with(Settings{"group.graduation": 0.5, "group.focus": customer})}}
	hazard := func(s *sample, from, to float64, of ...experiment.Leaving) float64 {
		return s.hazard("consortium", from, to, of...)
	}
	return Claim{
		ID: "K3", Source: "ACD11 3.3", Statement: "Leaving has two peaks: early disappointment, late graduation",
		Contrast: "members of groups that are alive, by years since they joined: yearly hazard of leaving, or turning passive, in disappointment, and of leaving because the group is not needed any more", Arms: arms,
		Parts: []Part{
			{Name: "disappointment: yearly hazard in the first three years over later", Unit: "1", of: func(s *sample) float64 {
				return hazard(s, 0, earlyYears, experiment.Disappointed) - hazard(s, earlyYears, toHorizon, experiment.Disappointed)
			}},
			{Name: "graduation: yearly hazard after three years over before", Unit: "1", of: func(s *sample) float64 {
				return hazard(s, earlyYears, toHorizon, experiment.Graduated) - hazard(s, 0, earlyYears, experiment.Graduated)
			}},
			{Name: "second peak: yearly hazard of both in years 8 to 10 over years 4 to 7", Unit: "1", of: func(s *sample) float64 {
				return hazard(s, lateYears, toHorizon, experiment.Disappointed, experiment.Graduated) - hazard(s, earlyYears, lateYears, experiment.Disappointed, experiment.Graduated)
			}},
			info(Part{Name: "disappointment: yearly hazard in the first three years", Unit: "1", of: func(s *sample) float64 { return hazard(s, 0, earlyYears, experiment.Disappointed) }}),
			info(Part{Name: "graduation: yearly hazard after three years", Unit: "1", of: func(s *sample) float64 { return hazard(s, earlyYears, toHorizon, experiment.Graduated) }}),
		},
		Ablation: []string{"graduation", "expectations"},
		Note:     "graduation has to be switched on, at a hazard of one half a year for those who have outgrown the group; when they have is the model's",
	}
}

func brandOrPerson() Claim {
	var arms []Arm
	for _, brand := range []float64{0, 1} {
		for _, turnover := range []float64{0, 0.5} {
			arms = append(arms, Arm{Name: fmt.Sprintf("brand %v turnover %v", brand, turnover), Set: lasting.with(Settings{
				"customer.brand": brand, "manager.turnover": turnover, "group.focus": customer})})
		}
	}
	kept := func(s *sample, brand int, o sim.Outcome) float64 {
		return s.mean(fmt.Sprintf("brand %d turnover 0.5", brand), o) / s.mean(fmt.Sprintf("brand %d turnover 0", brand), o)
	}
	saved := func(name string, o sim.Outcome) Part {
		return Part{Name: name, Unit: "1", of: func(s *sample) float64 { return kept(s, 1, o) - kept(s, 0, o) }}
	}
	return Claim{
		ID: "K4", Source: "ACD11 5.5", Statement: "Reputation of the consortium survives a change of manager, that of the person does not",
		Contrast: "managers who leave every other year against one who stays, customer focus: what share of sales and of customers is kept, with all personal trust in the name against all in the person", Arms: arms,
		Parts: []Part{
			saved("share of sales by year 10 that is kept: name over person", value),
			saved("share of customers at year 10 that is kept: name over person", sim.CustomersEnd),
			saved("share of weeks alive that is kept: name over person", alive),
			info(Part{Name: "share of sales kept, trust in the name", Unit: "1", of: func(s *sample) float64 { return kept(s, 1, value) }}),
			info(Part{Name: "share of sales kept, trust in the person", Unit: "1", of: func(s *sample) float64 { return kept(s, 0, value) }}),
		},
		Ablation: []string{"brand"},
		Note:     "the name does not survive the end of the group either; that the products are new to each manager costs the same with both",
	}
}

func sharingRules() Claim {
	arms := []Arm{
		{Name: "none", Set: lasting.with(Settings{"group.focus": customer})},
		{Name: "turns", Set: lasting.with(Settings{"group.focus": customer, "norms.turns": 1})},
		{Name: "merit", Set: lasting.with(Settings{"group.focus": customer, "norms.merit": 1})},
	}
	return Claim{
		ID: "K5", Source: "ACD11 5.6", Statement: "Agreed rules of sharing orders keep members; orders by merit help sales and hurt cohesion",
		Contrast: "opportunities by turns, by merit and to whom they promise most, customer focus", Arms: arms,
		Parts: []Part{
			more("turns: fewer members lost than without a rule", sim.MembersLost, "none", "turns"),
			more("merit: sales by year 10 over no rule", value, "merit", "none"),
			more("merit: more members lost than without a rule", sim.MembersLost, "merit", "none"),
			info(more("turns: inequality less than without a rule", sim.Inequality, "none", "turns")),
			info(more("turns: sales by year 10 over no rule", value, "turns", "none")),
			info(more("turns: weeks alive over no rule", alive, "turns", "none")),
			info(more("merit: trust at the end of year 3 less than without a rule", sim.TrustEnd, "none", "merit")),
		},
		Ablation: []string{"sharing-rules"},
	}
}

func fallingShare() Claim {
	schedules := func(kind string, focus float64) []Arm {
		return []Arm{
			{Name: "abrupt" + kind, Set: lasting.with(Settings{"group.focus": focus, "project.full": 3, "project.fade": 0})},
			{Name: "falling" + kind, Set: lasting.with(Settings{"group.focus": focus, "project.full": 1, "project.fade": 4})},
		}
	}
	year := func(name string, y int, kind string) Part {
		return Part{Name: name, Unit: "1", of: func(s *sample) float64 {
			return s.aliveAfter(y, "falling"+kind) - s.aliveAfter(y, "abrupt"+kind)
		}}
	}
	return Claim{
		ID: "K6", Source: "ACD11 3.6", Statement: "An abrupt end of public money kills more consortia than a falling schedule of the same sum",
		Contrast: "three years of the full share and then none, against one year and four of falling shares, which pay as much to a group that lives; members are bound for three years in both: groups alive when neither gets anything any more",
		Arms:     append(schedules("", customer), schedules(" promotion", promotion)...),
		Parts: []Part{
			year("customer focus: share alive after 6 years, falling over abrupt", 6, ""),
			year("promotion: share alive after 6 years, falling over abrupt", 6, " promotion"),
			info(year("customer focus: share alive after 4 years, falling over abrupt", 4, "")),
			info(year("customer focus: share alive after 9 years, falling over abrupt", 9, "")),
			info(more("customer focus: public cost, falling over abrupt", sim.PublicCost, "falling", "abrupt")),
			info(more("customer focus: sales by year 10, falling over abrupt", value, "falling", "abrupt")),
		},
		Ablation: []string{"public-schedule"},
		Note:     "groups that end get less than the sum, so that a falling schedule costs the public no more than an abrupt one",
	}
}

func trustLasts() Claim {
	usual := Arm{Name: "usual", Set: lasting.with(Settings{"group.focus": customer})}
	low := Arm{Name: "low", Set: usual.Set.with(Settings{"trust.start": 0.2, "group.prior_ties": 0})}
	fixed := told(off("fixed-", []Arm{usual}, "sme-trust")...)
	return Claim{
		ID: "K7", Source: "ACD11 2.6", Statement: "Trust is a requirement of a lasting group",
		Contrast: "trust that starts at one fifth, without prior ties, against the usual, customer focus: joint work, and weeks alive by year 10",
		Arms:     append([]Arm{usual, low}, fixed...),
		Parts: []Part{
			more("cooperation", sim.Cooperation, "usual", "low"),
			more("weeks alive", alive, "usual", "low"),
			info(more("sales by year 10", value, "usual", "low")),
			info(more("does not learn: weeks alive", alive, "usual", "fixed-usual")),
		},
		Ablation: []string{"joint-hours"},
		Note:     "the same as C191, for groups without an end",
	}
}

func alignment() Claim {
	arms := append(forms("one-", lasting), forms("many-", lasting.with(Settings{"goals.spread": 0.5}))...)
	lost := func(s *sample, form string) float64 {
		return 1 - s.mean("many-"+form, value)/s.mean("one-"+form, value)
	}
	return Claim{
		ID: "K8", Source: "ACD11 5.2", Statement: "Alignment of goals pays more, the more joint the offer",
		Contrast: "members of one goal against members who want all between sales and learning: share of the sales by year 10 that is lost, over the forms", Arms: arms,
		Parts: []Part{
			{Name: "customer over market focus", Unit: "1", of: func(s *sample) float64 { return lost(s, "customer") - lost(s, "market") }},
			{Name: "system over customer focus", Unit: "1", of: func(s *sample) float64 { return lost(s, "system") - lost(s, "customer") }},
			info(more("weeks alive, system focus", alive, "one-system", "many-system")),
		},
		Ablation: []string{"joint-hours"},
	}
}
