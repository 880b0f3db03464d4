package claims

import (
	"fmt"

	"epgsim/sim"
)

// formClaims are those about which form suits which group.
func formClaims() []Claim {
	return []Claim{inBetween(), increasingly(), incompatibleSystem(), formFollows(), simpleProducts(), betterTime(), highTechnology(), existingNetworks(), noSingleBest(), continuum()}
}

func inBetween() Claim {
	left, right := []float64{0.15, 0.35, 0.55}, []float64{0.55, 0.75, 0.95}
	var arms []Arm
	for _, form := range []struct {
		name  string
		focus float64
	}{{"customer ", customer}, {"system ", system}} {
		for _, similarity := range []float64{0.15, 0.35, 0.55, 0.75, 0.95} {
			arms = append(arms, Arm{Name: fmt.Sprint(form.name, similarity), Set: Settings{"group.focus": form.focus, "group.technology": 0.7, "project.years": 5, "group.similarity": similarity, "formation.screening": 0.2}, Told: form.focus == customer})
		}
	}
	slope := func(name, form string, sign float64, axis []float64) Part {
		var names []string
		for _, similarity := range axis {
			names = append(names, fmt.Sprint(form, " ", similarity))
		}
		return Part{Name: name, Unit: "k€", of: func(s *sample) float64 { return sign * s.slopeOver(value, axis, names) }}
	}
	return Claim{
		ID: "C43", Source: "VH17 2.3", Statement: "Partners should be neither too alike nor too far apart",
		Contrast: "value over similarity, five years, two lines: its slope from 0.15 to 0.55 and, with the sign turned, from there to 0.95; system focus",
		Arms:     arms,
		Parts: []Part{
			slope("system focus: rises up to 0.55", "system", 1, left),
			slope("system focus: falls from 0.55", "system", -1, right),
			info(slope("customer focus: rises up to 0.55", "customer", 1, left)),
			info(slope("customer focus: falls from 0.55", "customer", -1, right)),
			info(more("system focus: 0.55 over 0.35", value, "system 0.55", "system 0.35")),
			info(more("system focus: 0.55 over 0.75", value, "system 0.55", "system 0.75")),
		},
		Ablation: []string{"joint-hours"},
		Note:     "that firms complement each other best at a middle distance is an assumption; that it shows in the value is not implied. The lines meet where that assumption puts the best distance",
	}
}

func increasingly() Claim {
	slope := func(s *sample, form string) float64 {
		return s.slope(sim.Complementarity, value, overCompatibility(form)...)
	}
	return Claim{
		ID: "C52", Source: "VH17 2.3", Statement: "The forms need compatibility increasingly: market, customer, system focus",
		Contrast: "slope of value on the group's complementarity, as a multiple of its mean, by form at equal technology",
		Arms:     compatibilityArms(),
		Parts: []Part{
			{Name: "customer over market focus", Unit: "1", of: func(s *sample) float64 { return slope(s, "customer") - slope(s, "market") }},
			{Name: "system over customer focus", Unit: "1", of: func(s *sample) float64 { return slope(s, "system") - slope(s, "customer") }},
		},
		Ablation: []string{"joint-hours"},
		Note:     "the step from market to customer focus is not that of joint hours: customers want a joint offer the more often the better its firms fit, which cannot be switched off",
	}
}

func incompatibleSystem() Claim {
	set := poorGroup.with(Settings{"group.technology": 0.6})
	return Claim{
		ID: "C54", Source: "VH17 2.3", Statement: "A system-focused group of low compatibility wins almost nothing",
		Contrast: "groups with complementarity below 0.25: system focus wins less than a quarter of what market focus wins",
		Arms:     forms("", set),
		Parts: []Part{
			{Name: "a quarter less system's share of market focus's value", Unit: "1", of: func(s *sample) float64 {
				return 0.25 - s.meanWhere("system", value, sim.Complementarity, 0.25, true)/s.meanWhere("market", value, sim.Complementarity, 0.25, true)
			}},
		},
		Ablation: []string{"joint-hours"},
		Note:     "the limit of a quarter is ours",
	}
}

// pool are groups of low and high technology, compatibility and net-related
// goals, each with a focus.
func pool(focus func(tau, c, net float64) (string, float64)) []Arm {
	var arms []Arm
	for _, tau := range []float64{0.2, 0.8} {
		for c, group := range []Settings{poorGroup, goodGroup} {
			for _, net := range []float64{0, 1} {
				name, f := focus(tau, float64(c), net)
				arms = append(arms, Arm{Name: fmt.Sprintf("%s %v %v %v", name, tau, c, net), Set: group.with(untilEnd(usualYears)).with(Settings{
					"group.technology": tau, "group.focus": f,
					"goals.sales": 1 - 0.7*net, "goals.cooperation": 0.5 * net, "goals.learning": 0.2 * net})})
			}
		}
	}
	return arms
}

func formFollows() Claim {
	var arms []Arm
	ruled := pool(func(tau, c, net float64) (string, float64) { return "rule", (tau + c + net) / 3 })
	arms = append(arms, ruled...)
	fixed := []float64{0, 0.25, 0.5, 0.75, 1}
	var others []string
	for _, f := range fixed {
		for _, a := range pool(func(float64, float64, float64) (string, float64) { return fmt.Sprint(f), f }) {
			arms = append(arms, a)
			others = append(others, a.Name)
		}
	}
	mean := func(s *sample, o sim.Outcome, names []string) float64 {
		sum := 0.0
		for _, n := range names {
			sum += s.mean(n, o) / float64(len(names))
		}
		return sum
	}
	var rule []string
	for _, a := range ruled {
		rule = append(rule, a.Name)
	}
	return Claim{
		ID: "C60", Source: "VH17 4.1", Statement: "The form should follow technology, compatibility and goals",
		Contrast: "focus at the mean of the three (the studies' Figure 2) against a random focus, over groups of low and high values of each",
		Arms:     arms,
		Parts: []Part{
			{Name: "attainment of the groups' own goals", Unit: "1", of: func(s *sample) float64 { return mean(s, sim.GoalScore, rule) - mean(s, sim.GoalScore, others) }},
			info(Part{Name: "value by the end of the project", Unit: "k€", of: func(s *sample) float64 { return mean(s, value, rule) - mean(s, value, others) }}),
		},
		Ablation: []string{"joint-hours"},
	}
}

func simpleProducts() Claim {
	return Claim{
		ID: "C65", Source: "VH17 4.1", Statement: "Simple products, sales goals and little compatibility call for market focus",
		Contrast: "technology 0.15, members too alike: value closed within three years per public euro, by form",
		Arms:     forms("", poorGroup.with(untilEnd(usualYears)).with(Settings{"group.technology": 0.15})),
		Parts: []Part{
			more("market over customer focus", sim.ValuePerPublic, "market", "customer"),
			more("market over system focus", sim.ValuePerPublic, "market", "system"),
		},
		Ablation: []string{"coordination", "joint-hours"},
		Note:     "without partners who fit, customer focus falls back on single sales, so the two can differ little",
	}
}

func betterTime() Claim {
	arms := append(forms("good-", goodGroup), forms("poor-", poorGroup)...)
	lead := func(s *sample, group string) float64 {
		return s.mean(group+"customer", sim.ValuePerHour) - s.mean(group+"market", sim.ValuePerHour)
	}
	return Claim{
		ID: "C70", Source: "VH17 4.1", Statement: "Customer focus uses the manager's time better, for complementary SMEs",
		Contrast: "value per manager hour, customer less market focus, in compatible and in incompatible groups", Arms: arms,
		Parts: []Part{
			{Name: "compatible groups", Unit: "k€/h", of: func(s *sample) float64 { return lead(s, "good-") }},
			{Name: "more than in incompatible ones", Unit: "k€/h", of: func(s *sample) float64 { return lead(s, "good-") - lead(s, "poor-") }},
			info(Part{Name: "incompatible groups", Unit: "k€/h", of: func(s *sample) float64 { return lead(s, "poor-") }}),
		},
		Ablation: []string{"coverage"},
	}
}

func highTechnology() Claim {
	high := goodGroup.with(untilEnd(8)).with(Settings{"group.technology": 0.85})
	arms := forms("high-", high)
	arms = append(arms, forms("low-", high.with(Settings{"group.technology": 0.15}))...)
	arms = append(arms, forms("poor-", high.with(poorGroup))...)
	lead := func(s *sample, p string) float64 {
		return s.mean(p+"system", value) - s.bestOf(value, p+"market", p+"customer")
	}
	return Claim{
		ID: "C78", Source: "VH17 4.1", Statement: "System focus suits high technology, in compatible groups, given time",
		Contrast: "system focus against the best other form: complex products, compatible group, eight years; then each changed in turn", Arms: arms,
		Parts: []Part{
			{Name: "leads at high technology, compatible, 8 years", Unit: "k€", of: func(s *sample) float64 { return lead(s, "high-") }},
			{Name: "trails at low technology", Unit: "k€", of: func(s *sample) float64 { return -lead(s, "low-") }},
			{Name: "trails in incompatible groups", Unit: "k€", of: func(s *sample) float64 { return -lead(s, "poor-") }},
			{Name: "trails after 2 years", Unit: "k€", of: func(s *sample) float64 {
				return max(s.soldBy("high-market", 2), s.soldBy("high-customer", 2)) - s.soldBy("high-system", 2)
			}},
		},
		Ablation: []string{"coverage"},
	}
}

func existingNetworks() Claim {
	arms := append(forms("none-", Settings{"group.prior_ties": 0}), forms("ties-", Settings{"group.prior_ties": 0.8})...)
	gain := func(s *sample, form string) float64 {
		return s.mean("ties-"+form, value)/s.mean("none-"+form, value) - 1
	}
	return Claim{
		ID: "C82", Source: "VH17 4.1", Statement: "System-focused groups should build on existing networks",
		Contrast: "share of value gained when 80 % of the pairs have worked together before, by form", Arms: arms,
		Parts: []Part{
			{Name: "system focus gains", Unit: "1", of: func(s *sample) float64 { return gain(s, "system") }},
			{Name: "more than market focus", Unit: "1", of: func(s *sample) float64 { return gain(s, "system") - gain(s, "market") }},
			info(Part{Name: "customer focus gains", Unit: "1", of: func(s *sample) float64 { return gain(s, "customer") }}),
		},
		Ablation: []string{"joint-hours", "coverage"},
	}
}

func noSingleBest() Claim {
	arms := told(forms("simple-", poorGroup.with(Settings{"group.technology": 0.15}))...)
	arms = append(arms, forms("complex-", goodGroup.with(Settings{"group.technology": 0.85, "project.years": 5}))...)
	arms = append(arms, forms("middle-", goodGroup.with(Settings{"group.technology": 0.3}))...)
	between := goodGroup.with(Settings{"group.technology": 0.5})
	arms = append(arms, told(forms("sales-", between.with(Settings{"goals.sales": 1, "goals.cooperation": 0, "goals.learning": 0}))...)...)
	arms = append(arms, told(forms("net-", between.with(Settings{"goals.sales": 0.3, "goals.cooperation": 0.5, "goals.learning": 0.2}))...)...)
	attains := func(s *sample, p string) float64 {
		return s.mean(p+"system", sim.GoalScore) - s.bestOf(sim.GoalScore, p+"market", p+"customer")
	}
	lead := func(s *sample, p, form string, others ...string) float64 {
		return s.mean(p+form, value) - s.bestOf(value, p+others[0], p+others[1])
	}
	return Claim{
		ID: "C118", Source: "VH17 5.1", Statement: "There is no single best organisational form",
		Contrast: "the winner among the three forms for different technology, compatibility and goals", Arms: arms,
		Parts: []Part{
			{Name: "system focus wins with complex products in a compatible group", Unit: "k€", of: func(s *sample) float64 { return lead(s, "complex-", "system", "market", "customer") }},
			{Name: "another form wins with simpler products", Unit: "k€", of: func(s *sample) float64 { return -lead(s, "middle-", "system", "market", "customer") }},
			info(Part{Name: "customer focus's lead with simpler products, compatible group", Unit: "k€", of: func(s *sample) float64 { return lead(s, "middle-", "customer", "market", "system") }}),
			info(Part{Name: "market focus's lead with the simplest products, incompatible group", Unit: "k€", of: func(s *sample) float64 { return lead(s, "simple-", "market", "customer", "system") }}),
			info(Part{Name: "system focus's lead in attaining net-related goals, technology 0.5", Unit: "1", of: func(s *sample) float64 { return attains(s, "net-") }}),
			info(Part{Name: "system focus's lead in attaining sales goals, technology 0.5", Unit: "1", of: func(s *sample) float64 { return attains(s, "sales-") }}),
		},
		Ablation: []string{"coverage"},
	}
}

func continuum() Claim {
	var arms []Arm
	var names []string
	for k := 0; k <= 8; k++ {
		name := fmt.Sprint(float64(k) / 8)
		names = append(names, name)
		arms = append(arms, Arm{Name: name, Set: Settings{"group.focus": float64(k) / 8, "group.technology": 0.6, "project.years": 5}})
	}
	return Claim{
		ID: "C119", Source: "VH17 5.1", Statement: "The forms are a continuum, not boxes",
		Contrast: "value over nine points from market to system focus: no jump, and somewhere a point inside is best", Arms: arms,
		Parts: []Part{
			{Name: "largest step between neighbours, under 60 % of the range", Unit: "1", of: func(s *sample) float64 {
				lo, hi, jump := s.mean(names[0], value), s.mean(names[0], value), 0.0
				for k := 1; k < len(names); k++ {
					a, b := s.mean(names[k-1], value), s.mean(names[k], value)
					lo, hi, jump = min(lo, b), max(hi, b), max(jump, a-b, b-a)
				}
				return 0.6 - jump/(hi-lo)
			}},
			{Name: "the best inside over the better end", Unit: "k€", of: func(s *sample) float64 {
				return s.meanOfBest(value, names[1:8]...) - s.bestOf(value, names[0], names[8])
			}},
			info(Part{Name: "the best real mixture over pure customer focus", Unit: "k€", of: func(s *sample) float64 {
				return s.meanOfBest(value, names[1], names[2], names[3], names[5], names[6], names[7]) - s.mean(names[4], value)
			}}),
		},
		Ablation: []string{"coverage"},
		Note:     "the limit of 60 % is ours",
	}
}
