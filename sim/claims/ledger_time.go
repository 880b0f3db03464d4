package claims

import (
	"fmt"
	"slices"

	"epgsim/sim"
)

// timeClaims are those about the length of the project and about expectations.
func timeClaims() []Claim {
	return []Claim{shortObstacle(), longCycles(), threeYears(), moreYears(), runsOut(), naive(), clearRoles(), earlySuccess()}
}

// toHorizon is the year up to which sales are counted where projects of different
// length are compared, and soon an earlier one, two years after a project of
// three: what stopping costs depends on when it is asked.
const (
	toHorizon = 10
	soon      = 5
)

// endings are the arms with a project of so many years, and again, with " on"
// added to their names, with one that goes on until the horizon.
func endings(arms []Arm, years float64) []Arm {
	var out []Arm
	for _, a := range arms {
		on := a
		a.Set = a.Set.with(Settings{"project.years": years, "project.horizon": toHorizon})
		on.Name, on.Set = a.Name+" on", a.Set.with(Settings{"project.years": toHorizon})
		out = append(out, a, on)
	}
	return out
}

// lost is what is lost by stopping: the share that is missing of what the arm
// would have sold by the end of a year had its project gone on.
func (s *sample) lost(arm string, by int) float64 {
	return 1 - s.soldBy(arm, by)/s.soldBy(arm+" on", by)
}

// seen is what the funder sees: what is sold by the end of a project of so many
// years, as a share of what is sold by the horizon when it goes on.
func (s *sample) seen(arm string, years int) float64 {
	return s.soldBy(arm+" on", years) / s.soldBy(arm+" on", toHorizon)
}

func shortObstacle() Claim {
	var arms []Arm
	for _, years := range []float64{1, 3, 5} {
		arms = append(arms, Arm{Name: fmt.Sprint(years), Later: true,
			Set: Settings{"group.focus": system, "group.technology": 0.6, "project.years": years, "project.horizon": toHorizon}})
	}
	goesOn := Arm{Name: "1 on", Told: true, Set: arms[0].Set.with(Settings{"project.years": toHorizon})}
	later := func(name string, of func(*columns) []float64, a, b string) Part {
		return Part{Name: name, Unit: "1", of: func(s *sample) float64 { return s.meanIn(of(s.arm(a))) - s.meanIn(of(s.arm(b))) }}
	}
	trust := func(c *columns) []float64 { return c.laterTrust }
	work := func(c *columns) []float64 { return c.laterWork }
	return Claim{
		ID: "C88", Source: "VH17 4.1", Statement: "If cooperation is the aim, a short project is an obstacle",
		Contrast: "system focus: what is left of cooperation two years after the end of projects of 1, 3 and 5 years", Arms: append(arms, goesOn),
		Parts: []Part{
			later("trust two years after the end: 3 years over 1", trust, "3", "1"),
			later("trust two years after the end: 5 years over 1", trust, "5", "1"),
			later("joint work two years after the end: 3 years over 1", work, "3", "1"),
			later("joint work two years after the end: 5 years over 1", work, "5", "1"),
			more("self-sustaining groups: 3 years over 1", sim.SelfSustaining, "3", "1"),
			more("self-sustaining groups: 5 years over 1", sim.SelfSustaining, "5", "1"),
			info(more("trust at the end: 3 years over 1", sim.TrustEnd, "3", "1")),
			info(more("cooperation intensity in the project: 3 years over 1", sim.Cooperation, "3", "1")),
			info(more("cooperation intensity in the project: 5 years over 1", sim.Cooperation, "5", "1")),
			info(Part{Name: "sales lost by stopping after 1 year, by year 5", Unit: "1", of: func(s *sample) float64 { return s.lost("1", soon) }}),
			info(Part{Name: "sales lost by stopping after 1 year, by year 10", Unit: "1", of: func(s *sample) float64 { return s.lost("1", toHorizon) }}),
			info(Part{Name: "seen by the funder after 1 year, of the sales by year 10", Unit: "1", of: func(s *sample) float64 { return s.seen("1", 1) }}),
		},
		Ablation: []string{"vested-trust", "sme-trust"},
		Note:     "joint work is the share of the SMEs' hours for the project in the second year after its end. How intense it is week by week inside the project is another question, and told apart, and so is what the short project costs in sales",
	}
}

func longCycles() Claim {
	var arms []Arm
	for _, tau := range []float64{0.2, 0.8} {
		arms = append(arms, forms(fmt.Sprint(tau, " "), untilEnd(8).with(Settings{"group.technology": tau}))...)
	}
	later := func(form string) Part {
		return Part{Name: form + " focus", Unit: "weeks", of: func(s *sample) float64 {
			return s.median("0.8 "+form, sim.FirstDealWeek) - s.median("0.2 "+form, sim.FirstDealWeek)
		}}
	}
	return Claim{
		ID: "C94", Source: "VH17 4.2", Statement: "Complex products take much longer from first contact to deal", Weak: true,
		Contrast: "median weeks from the start, when the first customers are sought, to the first deal, technology 0.8 less 0.2, within each form; a group without a deal counts as later than all", Arms: arms,
		Parts:    []Part{later("market"), later("customer"), later("system")},
		Ablation: []string{"negotiation-length", "customer-trust", "coverage"},
	}
}

func threeYears() Claim {
	equal := forms("equal-", Settings{"group.technology": 0.5})
	fast := told(off("fast-", equal, "negotiation-length", "customer-trust")...)
	arms := endings(slices.Concat(typical("typical-", nil), equal, fast), usualYears)
	lostGap := func(s *sample, prefix string, by int) float64 {
		return s.lost(prefix+"system", by) - max(s.lost(prefix+"market", by), s.lost(prefix+"customer", by))
	}
	lost := func(name, prefix string, by int) Part {
		return Part{Name: name, Unit: "1", of: func(s *sample) float64 { return lostGap(s, prefix, by) }}
	}
	seen := func(name, prefix string) Part {
		return Part{Name: name, Unit: "1", of: func(s *sample) float64 {
			return min(s.seen(prefix+"market", usualYears), s.seen(prefix+"customer", usualYears)) - s.seen(prefix+"system", usualYears)
		}}
	}
	ofForm := func(form string) []Part {
		arm := "typical-" + form
		return []Part{
			info(Part{Name: form + " focus, typical technology: lost by stopping, by year 10", Unit: "1", of: func(s *sample) float64 { return s.lost(arm, toHorizon) }}),
			info(Part{Name: form + " focus, typical technology: no deal by the end of year 3", Unit: "1", of: func(s *sample) float64 {
				return 1 - s.share(sim.FirstDealWeek, 0, usualYears*sim.WeeksPerYear+1, arm)
			}}),
		}
	}
	return Claim{
		ID: "C104", Source: "VH17 4.2", Statement: "Three years is often too short, above all for high-technology system groups",
		Contrast: "a project of three years against one that goes on: what is lost by stopping, as a share of the sales by years 5 and 10, is more in system focus than in both other forms, and what the funder sees after three years is less",
		Arms:     arms,
		Parts: slices.Concat([]Part{
			lost("lost by stopping, by year 10, typical technology: system over the nearer other form", "typical-", toHorizon),
			lost("lost by stopping, by year 10, equal technology", "equal-", toHorizon),
			lost("lost by stopping, by year 5, typical technology", "typical-", soon),
			lost("lost by stopping, by year 5, equal technology", "equal-", soon),
			seen("seen by the funder, typical technology: the nearer other form over system", "typical-"),
			seen("seen by the funder, equal technology", "equal-"),
		}, ofForm("market"), ofForm("customer"), ofForm("system")[:1], []Part{
			info(Part{Name: "lost by stopping, by year 10, equal technology, equal cycle lengths", Unit: "1", of: func(s *sample) float64 { return lostGap(s, "fast-equal-", toHorizon) }}),
		}),
		Ablation: []string{"joint-hours", "extra-complexity"},
		Note:     "equal cycle lengths are one round of negotiation and customers who trust alike",
	}
}

func moreYears() Claim {
	var arms []Arm
	for _, years := range []float64{3, 5} {
		set := Settings{"project.years": years, "project.horizon": toHorizon}
		arms = append(arms, told(typical(fmt.Sprintf("typical-%v-", years), set)...)...)
		arms = append(arms, forms(fmt.Sprintf("equal-%v-", years), goodGroup.with(set).with(Settings{"group.technology": 0.75}))...)
	}
	perGroup := func(s *sample, tech, form string, by int) float64 {
		return s.soldBy(tech+"-5-"+form, by) - s.soldBy(tech+"-3-"+form, by)
	}
	perEuro := func(s *sample, tech, form string, by int) float64 {
		return perGroup(s, tech, form, by) / (s.paidBy(tech+"-5-"+form, by) - s.paidBy(tech+"-3-"+form, by))
	}
	relative := func(s *sample, tech, form string, by int) float64 {
		return perGroup(s, tech, form, by) / s.soldBy(tech+"-3-"+form, by)
	}
	lead := func(name, unit string, gain func(*sample, string, string, int) float64, tech string, by int) Part {
		return Part{Name: name, Unit: unit, of: func(s *sample) float64 {
			return gain(s, tech, "system", by) - max(gain(s, tech, "market", by), gain(s, tech, "customer", by))
		}}
	}
	return Claim{
		ID: "C105", Source: "VH17 4.2", Statement: "Additional years pay most for high-technology system groups",
		Contrast: "further sales, by years 5 and 10, from two more years of project after three: system focus over the better of the other forms, at equal, high technology in compatible groups",
		Arms:     arms,
		Parts: []Part{
			lead("per group, by year 10", "k€", perGroup, "equal", toHorizon),
			lead("per public euro of the two years, by year 10", "€/€", perEuro, "equal", toHorizon),
			lead("as a share of the sales with three years, by year 10", "1", relative, "equal", toHorizon),
			lead("per group, by year 5", "k€", perGroup, "equal", soon),
			lead("per public euro of the two years, by year 5", "€/€", perEuro, "equal", soon),
			lead("as a share of the sales with three years, by year 5", "1", relative, "equal", soon),
			info(lead("typical technology: per group, by year 10", "k€", perGroup, "typical", toHorizon)),
			info(lead("typical technology: per public euro, by year 10", "€/€", perEuro, "typical", toHorizon)),
			info(lead("typical technology: as a share, by year 10", "1", relative, "typical", toHorizon)),
			info(lead("typical technology: as a share, by year 5", "1", relative, "typical", soon)),
		},
		Ablation: []string{"joint-hours", "extra-complexity"},
	}
}

func runsOut() Claim {
	arms := endings(overTechnology(customer, nil), usualYears)
	arms = append(arms,
		Arm{Name: "simple soon", Set: arms[0].Set.with(Settings{"project.horizon": soon})},
		Arm{Name: "complex soon", Set: arms[2].Set.with(Settings{"project.horizon": soon})})
	neverWon := func(s *sample, arm string) float64 { return s.mean(arm, sim.Stranded) / s.mean(arm, value) }
	part := func(name string, of func(s *sample, arm string) float64, simple, complex string) Part {
		return Part{Name: name, Unit: "1", of: func(s *sample) float64 { return of(s, complex) - of(s, simple) }}
	}
	return Claim{
		ID: "C106", Source: "VH17 4.2", Statement: "Time runs out on open deals", Weak: true,
		Contrast: "what is left on the table at the end of a project of three years and never won, by years 5 and 10, for what is sold by then; what is lost by stopping; what the funder sees; technology 0.8 less 0.2, customer focus",
		Arms:     arms,
		Parts: []Part{
			part("left on the table and never won, by year 10: complex over simple products", neverWon, "simple", "complex"),
			part("left on the table and never won, by year 5", neverWon, "simple soon", "complex soon"),
			part("lost by stopping, by year 10", func(s *sample, arm string) float64 { return s.lost(arm, toHorizon) }, "simple", "complex"),
			part("lost by stopping, by year 5", func(s *sample, arm string) float64 { return s.lost(arm, soon) }, "simple", "complex"),
			part("seen by the funder: less of complex products", func(s *sample, arm string) float64 { return -s.seen(arm, usualYears) }, "simple", "complex"),
		},
		Ablation: []string{"negotiation-length", "customer-trust", "coverage"},
		Note:     "what is undecided at the end would not all have been won with more time: complex ones often lack a technology, and without that the stranded share differs much less",
	}
}

func naive() Claim {
	set := untilEnd(usualYears)
	arms := append(typical("naive-", set.with(Settings{"norms.realism": 0, "norms.role_clarity": 0})), typical("real-", set.with(Settings{"norms.realism": 1}))...)
	fall := func(s *sample, form string) float64 {
		return s.mean("real-"+form, sim.CommitmentEnd) - s.mean("naive-"+form, sim.CommitmentEnd)
	}
	return Claim{
		ID: "C110", Source: "VH17 4.2, V07", Statement: "Naive expectations turn into disappointment, deepest where cycles are long",
		Contrast: "commitment at the end with realistic less with naive expectations, by form at typical technology", Arms: arms,
		Parts: []Part{
			{Name: "customer focus", Unit: "1", of: func(s *sample) float64 { return fall(s, "customer") }},
			{Name: "system focus", Unit: "1", of: func(s *sample) float64 { return fall(s, "system") }},
			{Name: "deeper in system than in market focus", Unit: "1", of: func(s *sample) float64 { return fall(s, "system") - fall(s, "market") }},
			info(Part{Name: "deeper in system than in customer focus", Unit: "1", of: func(s *sample) float64 { return fall(s, "system") - fall(s, "customer") }}),
			info(Part{Name: "market focus", Unit: "1", of: func(s *sample) float64 { return fall(s, "market") }}),
		},
		Ablation: []string{"expectations"},
	}
}

func clearRoles() Claim {
	set := untilEnd(1.5).with(Settings{"group.focus": system, "group.technology": 0.85, "norms.realism": 0.2})
	return Claim{
		ID: "C141", Source: "VH17 5.3", Statement: "Clarifying roles at the start prevents later disappointment",
		Contrast: "full role clarity against none: commitment after 18 months, system focus, little realism otherwise",
		Arms:     []Arm{{Name: "clear", Set: set.with(Settings{"norms.role_clarity": 1})}, {Name: "unclear", Set: set.with(Settings{"norms.role_clarity": 0})}},
		Parts:    []Part{more("commitment", sim.CommitmentEnd, "clear", "unclear")},
		Ablation: []string{"expectations"},
	}
}

func earlySuccess() Claim {
	set := Settings{"group.technology": 0.7, "norms.realism": 0.2}
	early := func(name string, o sim.Outcome) Part {
		return Part{Name: name, Unit: o.Info().Unit, of: func(s *sample) float64 {
			return s.meanWhere("plain", o, sim.FirstDealWeek, 131, true) - s.meanWhere("plain", o, sim.FirstDealWeek, 131, false)
		}}
	}
	return Claim{
		ID: "C180", Source: "V07 (2)", Statement: "Realistic expectations and fast tangible results keep a group going",
		Contrast: "a system group that spends a fifth of its approaches on quick single sales, and one with realistic expectations, against one with neither",
		Arms: []Arm{
			{Name: "plain", Set: set, Mix: [3]float64{0, 0, 1}},
			{Name: "quick", Set: set, Mix: [3]float64{0.2, 0, 0.8}},
			{Name: "realistic", Set: set.with(Settings{"norms.realism": 1}), Mix: [3]float64{0, 0, 1}},
		},
		Parts: []Part{
			more("quick sales: commitment", sim.CommitmentEnd, "quick", "plain"),
			more("quick sales: value", value, "quick", "plain"),
			more("realism: commitment", sim.CommitmentEnd, "realistic", "plain"),
			more("realism: value", value, "realistic", "plain"),
			info(early("groups with a deal in the first 30 months over others: commitment", sim.CommitmentEnd)),
			info(early("the same: value after the project", sim.ValueAfter)),
		},
		Ablation: []string{"expectations"},
		Note:     "quick sales take approaches away from system offers; the last parts compare groups of the same plan by when luck gave them their first deal, and so also what else makes a group quick",
	}
}
