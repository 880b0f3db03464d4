package claims

import (
	"fmt"

	"epgsim/sim"
)

// timeClaims are those about the length of the project and about expectations.
func timeClaims() []Claim {
	return []Claim{shortObstacle(), longCycles(), threeYears(), moreYears(), runsOut(), naive(), clearRoles(), earlySuccess()}
}

func shortObstacle() Claim {
	arm := func(years float64) Arm {
		return Arm{Name: fmt.Sprint(years), Set: Settings{"group.focus": system, "group.technology": 0.6, "project.years": years}}
	}
	return Claim{
		ID: "C88", Source: "VH17 4.1", Statement: "If cooperation is the aim, a short project is an obstacle",
		Contrast: "system focus: project periods of 1, 3 and 5 years", Arms: []Arm{arm(1), arm(3), arm(5)},
		Parts: []Part{
			more("trust at the end: 3 years over 1", sim.TrustEnd, "3", "1"),
			more("self-sustaining groups: 3 years over 1", sim.SelfSustaining, "3", "1"),
			more("self-sustaining groups: 5 years over 1", sim.SelfSustaining, "5", "1"),
			more("cooperation intensity: 3 years over 1", sim.Cooperation, "3", "1"),
			info(more("trust at the end: 5 years over 3", sim.TrustEnd, "5", "3")),
			info(more("cooperation intensity: 5 years over 1", sim.Cooperation, "5", "1")),
		},
		Ablation: []string{"vested-trust", "sme-trust"},
		Note:     "a longer project is not more intense in joint work, week by week, which alone contradicts the claim; trust is built in the first three years",
	}
}

func longCycles() Claim {
	var arms []Arm
	for _, tau := range []float64{0.2, 0.8} {
		arms = append(arms, forms(fmt.Sprint(tau, " "), Settings{"group.technology": tau, "project.years": 8, "project.horizon": 8})...)
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
	long := Settings{"project.years": 8, "project.horizon": 8}
	arms := typical("typical-", long)
	equal := forms("equal-", long.with(Settings{"group.technology": 0.5}))
	arms = append(arms, equal...)
	arms = append(arms, off("fast-", equal, "negotiation-length", "customer-trust")...)
	arms = append(arms, off("ready-", equal, "joint-hours", "extra-complexity")...)
	gap := func(s *sample, prefix string, year int) float64 {
		return min(s.closed(prefix+"market", year, 8), s.closed(prefix+"customer", year, 8)) - s.closed(prefix+"system", year, 8)
	}
	part := func(name, prefix string, year int) Part {
		return Part{Name: name, Unit: "1", of: func(s *sample) float64 { return gap(s, prefix, year) }}
	}
	closed := func(form string) Part {
		return info(Part{Name: form + " focus, typical technology: share closed by year 3", Unit: "1", of: func(s *sample) float64 { return s.closed("typical-"+form, 3, 8) }})
	}
	left := func(name, prefix string) Part {
		return info(Part{Name: name, Unit: "1", of: func(s *sample) float64 { return gap(s, prefix, 3) / gap(s, "equal-", 3) }})
	}
	return Claim{
		ID: "C104", Source: "VH17 4.2", Statement: "Three years is often too short, above all for high-technology system groups",
		Contrast: "share of the value of eight years closed by the end of year 3: smaller in system focus than in both others",
		Arms:     arms,
		Parts: []Part{
			part("typical technology: gap to the nearer other form", "typical-", 3),
			part("equal technology: the same", "equal-", 3),
			part("equal technology, by year 2", "equal-", 2),
			part("equal technology, by year 5", "equal-", 5),
			info(part("equal technology, by year 1", "equal-", 1)),
			info(part("equal technology, by year 4", "equal-", 4)),
			info(part("equal technology, by year 6", "equal-", 6)),
			closed("market"), closed("customer"), closed("system"),
			left("of the gap left with equal cycle lengths (one round, equal customer trust)", "fast-equal-"),
			left("of the gap left without joint hours and extra complexity", "ready-equal-"),
		},
		Ablation: []string{"joint-hours", "extra-complexity"},
	}
}

func moreYears() Claim {
	var arms []Arm
	for _, years := range []float64{3, 5} {
		arms = append(arms, typical(fmt.Sprintf("typical-%v-", years), Settings{"project.years": years})...)
		arms = append(arms, forms(fmt.Sprintf("equal-%v-", years), goodGroup.with(Settings{"project.years": years, "group.technology": 0.75}))...)
	}
	growth := func(s *sample, form string) float64 {
		return s.mean("typical-5-"+form, sim.ValueTotal)/s.mean("typical-3-"+form, sim.ValueTotal) - 1
	}
	added := func(s *sample, form string) float64 {
		return s.mean("equal-5-"+form, sim.ValueTotal) - s.mean("equal-3-"+form, sim.ValueTotal)
	}
	return Claim{
		ID: "C105", Source: "VH17 4.2", Statement: "Additional years pay most for high-technology system groups",
		Contrast: "value (with follow-up) of five years against three: share gained at typical technology, k€ gained at equal, high technology in compatible groups", Arms: arms,
		Parts: []Part{
			{Name: "share gained: system over market focus", Unit: "1", of: func(s *sample) float64 { return growth(s, "system") - growth(s, "market") }},
			{Name: "share gained: system over customer focus", Unit: "1", of: func(s *sample) float64 { return growth(s, "system") - growth(s, "customer") }},
			{Name: "k€ gained: system over market focus", Unit: "k€", of: func(s *sample) float64 { return added(s, "system") - added(s, "market") }},
			{Name: "k€ gained: system over customer focus", Unit: "k€", of: func(s *sample) float64 { return added(s, "system") - added(s, "customer") }},
		},
		Ablation: []string{"joint-hours", "extra-complexity"},
	}
}

func runsOut() Claim {
	stranded := func(s *sample, arm string) float64 {
		return s.mean(arm, sim.Stranded) / (s.mean(arm, sim.Stranded) + s.mean(arm, sim.ValueTotal))
	}
	return Claim{
		ID: "C106", Source: "VH17 4.2", Statement: "Time runs out on open deals", Weak: true,
		Contrast: "value of opportunities undecided at the end that are never won, as a share of all that was worth anything, technology 0.8 less 0.2",
		Arms:     overTechnology(customer, nil),
		Parts: []Part{{Name: "stranded share", Unit: "1", of: func(s *sample) float64 {
			return stranded(s, "complex") - stranded(s, "simple")
		}}},
		Ablation: []string{"negotiation-length", "customer-trust", "coverage"},
		Note:     "what is undecided at the end would not all have been won with more time: complex ones often lack a technology, and without that the stranded share differs much less",
	}
}

func naive() Claim {
	arms := append(typical("naive-", Settings{"norms.realism": 0, "norms.role_clarity": 0}), typical("real-", Settings{"norms.realism": 1})...)
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
	set := Settings{"group.focus": system, "group.technology": 0.85, "norms.realism": 0.2, "project.years": 1.5}
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
			return s.meanWhere("plain", o, sim.FirstDealWeek, 131) - s.meanUnless("plain", o, sim.FirstDealWeek, 131)
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
			more("quick sales: value", sim.ValueTotal, "quick", "plain"),
			more("realism: commitment", sim.CommitmentEnd, "realistic", "plain"),
			more("realism: value", sim.ValueTotal, "realistic", "plain"),
			info(early("groups with a deal in the first 30 months over others: commitment", sim.CommitmentEnd)),
			info(early("the same: value after the project", sim.ValueAfter)),
		},
		Ablation: []string{"expectations"},
		Note:     "quick sales take approaches away from system offers; the last parts compare groups of the same plan by when luck gave them their first deal, and so also what else makes a group quick",
	}
}
