package claims

import (
	"slices"

	"epgsim/sim"
)

// cooperationClaims are those about cooperation, trust and what the group adds.
func cooperationClaims() []Claim {
	return []Claim{limping(), withoutCooperation(), together(), exports(), capability(), path(), naturally(), rhythm(), compatible(), trusting()}
}

// usualMix is the nine groups of the studies by their settings.
func usualMix() []Arm {
	group := func(name string, focus, size, tau, similarity, e, markets, distance, ties float64) Arm {
		return Arm{Name: name, Set: untilEnd(usualYears).with(Settings{"group.focus": focus, "group.size": size, "group.technology": tau, "group.similarity": similarity,
			"group.experience": e, "markets.count": markets, "markets.distance": distance, "group.prior_ties": ties})}
	}
	return []Arm{
		group("boats-market", 0.05, 5, 0.40, 0.80, 0.50, 2, 0.3, 0.4),
		group("boats-system", 0.9, 6, 0.55, 0.60, 0.40, 1, 0.3, 0.7),
		group("marine", 0.1, 5, 0.50, 0.45, 0.50, 3, 0.3, 0.3),
		group("excavators", 0.1, 4, 0.45, 0.60, 0.55, 2, 0.4, 0.3),
		group("fitness-1", 0.3, 5, 0.35, 0.65, 0.50, 2, 0.3, 0.3),
		group("fitness-2", 0.3, 5, 0.35, 0.70, 0.45, 3, 0.5, 0.4),
		group("food", 0, 6, 0.15, 0.40, 0.35, 1, 0.3, 0.2),
		group("paper", 0.4, 5, 0.75, 0.50, 0.60, 2, 0.5, 0.4),
		group("environment", 0.35, 6, 0.70, 0.40, 0.30, 3, 0.6, 0.2),
	}
}

func limping() Claim {
	arms := usualMix()
	var names []string
	for _, a := range arms {
		names = append(names, a.Name)
	}
	return Claim{
		ID: "C01", Source: "VH17 1", Statement: "Limping cooperation is common, yet some groups do cooperate",
		Contrast: "the nine groups of the study, each as often as the others", Arms: arms,
		Parts: []Part{
			{Name: "share of groups with less than 10 % joint hours, over one half", Unit: "1", of: func(s *sample) float64 { return s.share(sim.Cooperation, 0, 0.1, names...) - 0.5 }},
			{Name: "share with less than 2 %, over one in twenty", Unit: "1", of: func(s *sample) float64 { return s.share(sim.Cooperation, 0, 0.02, names...) - 0.05 }},
			{Name: "share with more than 20 %, over one in twenty", Unit: "1", of: func(s *sample) float64 { return s.share(sim.Cooperation, 0.2, 2, names...) - 0.05 }},
			info(Part{Name: "share with less than 10 % among the five groups that are not market-focused", Unit: "1", of: func(s *sample) float64 {
				return s.share(sim.Cooperation, 0, 0.1, "boats-system", "fitness-1", "fitness-2", "paper", "environment")
			}}),
		},
		Ablation: []string{"self-interest", "rivalry"},
		Note:     "the limits of 2, 10 and 20 % are ours; four of the nine groups are market-focused and have little to work on jointly, so about half of the low shares are implied",
	}
}

func withoutCooperation() Claim {
	on := forms("", Settings{"group.technology": 0.6})
	loss := func(s *sample, form string) float64 {
		return 1 - s.mean("off-"+form, value)/s.mean(form, value)
	}
	return Claim{
		ID: "C02", Source: "VH17 1", Statement: "Without cooperation the potential of a group is undermined, more so towards system focus",
		Contrast: "joint work switched off, at equal technology: share of the value lost", Arms: append(on, off("off-", on, "joint-work")...),
		Parts: []Part{
			{Name: "system focus loses", Unit: "1", of: func(s *sample) float64 { return loss(s, "system") }},
			{Name: "customer focus loses", Unit: "1", of: func(s *sample) float64 { return loss(s, "customer") }},
			{Name: "system loses more than customer focus", Unit: "1", of: func(s *sample) float64 { return loss(s, "system") - loss(s, "customer") }},
			{Name: "customer loses more than market focus", Unit: "1", of: func(s *sample) float64 { return loss(s, "customer") - loss(s, "market") }},
		},
		Ablation: []string{"joint-hours"},
		Note:     "nearly implied: without joint work no joint offer is ever ready, and market focus has none; system and customer focus lose nearly all, so the step between them is small",
	}
}

// groupAndTwins are the arms of a group and of its members alone.
func groupAndTwins(prefix string, s Settings) []Arm {
	arms := []Arm{{Name: prefix + "group", Set: s}}
	arms = append(arms, twins(prefix+"alone", s, false)...)
	return append(arms, told(twins(prefix+"aided", s, true)...)...)
}

// uplift is what the group sells more than its members alone, as a share of
// what these sell.
func uplift(s *sample, group, alone string) float64 {
	sum := s.sumTwins(alone, value)
	return s.mean(group, value)/sum - 1
}

func together() Claim {
	arms := groupAndTwins("m-", goodGroup.with(Settings{"group.focus": market, "group.technology": 0.4}))
	arms = append(arms, groupAndTwins("c-", goodGroup.with(Settings{"group.focus": customer, "group.technology": 0.4}))...)
	arms = append(arms, told(groupAndTwins("p-", poorGroup.with(Settings{"group.focus": customer, "group.technology": 0.4}))...)...)
	gain := func(name, prefix, alone string) Part {
		return Part{Name: name, Unit: "1", of: func(s *sample) float64 { return uplift(s, prefix+"group", prefix+alone) }}
	}
	return Claim{
		ID: "C05", Source: "VH17 1; VH09; V07", Statement: "As a group SMEs achieve more on foreign markets than alone",
		Contrast: "each SME with the same luck and the money it paid itself, alone; value gained as a share",
		Arms:     arms,
		Parts: []Part{
			gain("compatible group, market focus", "m-", "alone"),
			gain("compatible group, customer focus", "c-", "alone"),
			info(gain("incompatible group, customer focus", "p-", "alone")),
			info(gain("against SMEs alone that get the subsidy too: market focus", "m-", "aided")),
			info(gain("the same, customer focus", "c-", "aided")),
			info(gain("the same, incompatible group", "p-", "aided")),
			info(Part{Name: "public cost per extra euro of exports, market focus", Unit: "€/€", of: func(s *sample) float64 {
				return s.mean("m-group", sim.PublicCost) / (s.mean("m-group", value) - s.sumTwins("m-alone", value))
			}}),
			info(Part{Name: "the same, customer focus", Unit: "€/€", of: func(s *sample) float64 {
				return s.mean("c-group", sim.PublicCost) / (s.mean("c-group", value) - s.sumTwins("c-alone", value))
			}}),
			info(Part{Name: "deadweight: share of the value that SMEs alone would sell too, market focus", Unit: "1", of: func(s *sample) float64 {
				return s.sumTwins("m-alone", value) / s.mean("m-group", value)
			}}),
		},
		Ablation: []string{"activities", "coordination", "distance"},
		Note:     "much of this is the subsidy, which doubles the money: against SMEs that get it alone the gain is small in market focus and turns into a loss in an incompatible group",
	}
}

func exports() Claim {
	set := Settings{"group.focus": market, "group.technology": 0.3}
	return Claim{
		ID: "C30", Source: "VH17 2.2", Statement: "Participation raises export volume and regularity",
		Contrast: "a market-focused group against each SME alone with the money it paid itself",
		Arms:     groupAndTwins("", set),
		Parts: []Part{
			{Name: "volume, share gained", Unit: "1", of: func(s *sample) float64 { return uplift(s, "group", "alone") }},
			{Name: "share of quarters with an order", Unit: "1", of: func(s *sample) float64 {
				return s.mean("group", sim.Regularity) - s.sumTwins("alone", sim.Regularity)/members
			}},
			info(Part{Name: "volume, against SMEs alone that get the subsidy too", Unit: "1", of: func(s *sample) float64 { return uplift(s, "group", "aided") }}),
			info(Part{Name: "quarters, against the same", Unit: "1", of: func(s *sample) float64 {
				return s.mean("group", sim.Regularity) - s.sumTwins("aided", sim.Regularity)/members
			}}),
		},
		Ablation: []string{"activities", "coordination", "distance"},
	}
}

func capability() Claim {
	arms := func(prefix string, e float64) []Arm {
		set := untilEnd(usualYears).with(Settings{"group.focus": customer, "group.experience": e})
		return append([]Arm{{Name: prefix + "group", Set: set}}, twins(prefix+"alone", set, false)...)
	}
	gain := func(s *sample, prefix string) float64 {
		return s.mean(prefix+"group", sim.ExperienceGained) - s.sumTwins(prefix+"alone", sim.ExperienceGained)/members
	}
	return Claim{
		ID: "C31", Source: "VH17 2.2", Statement: "Participation raises export capability, more so for the inexperienced",
		Contrast: "export experience gained in the group less that of each SME alone with the money it paid itself, at experience 0.25 and 0.65",
		Arms:     append(arms("new-", 0.25), arms("old-", 0.65)...),
		Parts: []Part{
			{Name: "inexperienced SMEs gain", Unit: "1", of: func(s *sample) float64 { return gain(s, "new-") }},
			{Name: "experienced SMEs gain", Unit: "1", of: func(s *sample) float64 { return gain(s, "old-") }},
			{Name: "the inexperienced gain more", Unit: "1", of: func(s *sample) float64 { return gain(s, "new-") - gain(s, "old-") }},
		},
		Ablation: []string{"experience"},
		Note:     "what is switched off is all learning, so that nothing can be left",
	}
}

func path() Claim {
	mediated := func(name, form string) Part {
		return Part{Name: name, Unit: "1", of: func(s *sample) float64 {
			through, total := s.mediated(sim.Complementarity, sim.Cooperation, sim.ValueTotal, overCompatibility(form)...)
			return through - total/2
		}}
	}
	named := overCompatibility("system")
	var arms, free []Arm
	for _, a := range compatibilityArms() {
		switch {
		case slices.Contains(named, a.Name):
			arms = append(arms, a)
			free = append(free, off("free-", []Arm{a}, "joint-hours")...)
		case slices.Contains(overCompatibility("customer"), a.Name):
			arms = append(arms, told(a)...)
		}
	}
	arms = append(arms, free...)
	var freed []string
	for _, a := range free {
		freed = append(freed, a.Name)
	}
	return Claim{
		ID: "C44", Source: "VH17 2.3", Statement: "Compatibility leads to cooperation, and cooperation to better results",
		Contrast: "over groups: the effect of compatibility on value that goes through joint hours, over one half of all of it (multiples of the mean value)",
		Arms:     arms,
		Parts: []Part{
			mediated("system focus: effect through cooperation, over half of all", "system"),
			info(mediated("customer focus: the same", "customer")),
			{Name: "more compatible groups cooperate more, system focus", Unit: "1", of: func(s *sample) float64 {
				return s.slope(sim.Complementarity, sim.Cooperation, named...)
			}},
			info(Part{Name: "system focus: all of the effect", Unit: "1", of: func(s *sample) float64 {
				return s.slope(sim.Complementarity, value, named...)
			}}),
			{Name: "system focus: share of the effect that goes when offers need no joint hours, over one half", Unit: "1", of: func(s *sample) float64 {
				return 0.5 - s.slope(sim.Complementarity, value, freed...)/s.slope(sim.Complementarity, value, named...)
			}},
		},
		Ablation: []string{"coverage"},
		Note:     "a path found over groups as they come also carries what makes a group both cooperate and sell, such as the number of its opportunities, and may exceed the whole; so the last part switches cooperation off instead, and must agree",
	}
}

func naturally() Claim {
	arms := forms("", untilEnd(usualYears).with(Settings{"group.technology": 0.5}))
	return Claim{
		ID: "C53", Source: "VH17 2.3", Statement: "Cooperation arises more naturally in customer than in market focus, and most in system focus",
		Contrast: "cooperation intensity and trust among SMEs at the end of a three-year project, by form at equal technology", Arms: arms,
		Parts: []Part{
			more("cooperation: customer over market focus", sim.Cooperation, "customer", "market"),
			more("cooperation: system over customer focus", sim.Cooperation, "system", "customer"),
			more("trust: customer over market focus", sim.TrustEnd, "customer", "market"),
			more("trust: system over customer focus", sim.TrustEnd, "system", "customer"),
		},
		Ablation: []string{"joint-hours"},
		Note:     "in tension: VH17 reads customer focus as deepening cooperation, VH09 as not doing so by itself. Joint hours in customer but not in market focus are nearly implied, as only joint offers ask for them; trust, customer over market focus, tells the two readings apart: above zero VH17's, at or below zero VH09's",
	}
}

func rhythm() Claim {
	arm := func(name string, spread, years float64) Arm {
		return Arm{Name: name, Set: untilEnd(years).with(Settings{"group.focus": system, "group.rhythm_spread": spread})}
	}
	lost := func(s *sample, o sim.Outcome, year string) float64 {
		return 1 - s.mean("apart-"+year, o)/s.mean("alike-"+year, o)
	}
	return Claim{
		ID: "C164", Source: "VH09", Statement: "Partners need one rhythm: unequal pace disturbs, practice heals",
		Contrast: "SMEs of quite different against equal rhythm, system focus: cooperation intensity lost in projects of one and of three years",
		Arms: append(told(arm("alike-2", 0, 2), arm("apart-2", 0.5, 2), arm("alike-5", 0, 5), arm("apart-5", 0.5, 5)),
			arm("alike-1", 0, 1), arm("apart-1", 0.5, 1), arm("alike-3", 0, 3), arm("apart-3", 0.5, 3)),
		Parts: []Part{
			{Name: "share of joint hours lost in one year", Unit: "1", of: func(s *sample) float64 { return lost(s, sim.Cooperation, "1") }},
			{Name: "less of them in three years", Unit: "1", of: func(s *sample) float64 { return lost(s, sim.Cooperation, "1") - lost(s, sim.Cooperation, "3") }},
			info(Part{Name: "share of joint offers lost in two years", Unit: "1", of: func(s *sample) float64 { return lost(s, sim.OffersProject, "2") }}),
			info(Part{Name: "less of them in five years", Unit: "1", of: func(s *sample) float64 { return lost(s, sim.OffersProject, "2") - lost(s, sim.OffersProject, "5") }}),
			info(Part{Name: "trust lost in three years", Unit: "1", of: func(s *sample) float64 { return lost(s, sim.TrustEnd, "3") }}),
		},
		Ablation: []string{"practice"},
		Note:     "unequal pace makes an hour of joint work bring less, so that offers need more of them: what is disturbed, and healed by practice, is what comes of cooperation, the joint offers, not the hours put in. In one year hardly any joint offer is ready",
	}
}

func compatible() Claim {
	set := Settings{"group.focus": customer}
	return Claim{
		ID: "C183", Source: "V07 (5)", Statement: "Compatibility of the firms decides over results and commitment",
		Contrast: "compatible against incompatible groups, customer focus",
		Arms:     []Arm{{Name: "good", Set: goodGroup.with(set)}, {Name: "poor", Set: poorGroup.with(set)}},
		Parts: []Part{
			more("value", value, "good", "poor"),
			more("commitment at the end", sim.CommitmentEnd, "good", "poor"),
		},
		Ablation: []string{"joint-hours", "rivalry"},
		Note:     "the value is not theirs: customers want a joint offer the more often the better its firms fit, and firms that do not fit sell alone; that cannot be switched off",
	}
}

func trusting() Claim {
	set := Settings{"group.technology": 0.6}
	usual := forms("", set)[1:]
	low := forms("low-", set.with(Settings{"trust.start": 0.25}))[1:]
	arms := append(usual, low...)
	return Claim{
		ID: "C191", Source: "ACD11 2.6", Statement: "Trust among the firms is a requirement of cooperation",
		Contrast: "trust that starts at one half against trust that starts at one quarter; then trust that does not learn",
		Arms:     append(arms, told(off("fixed-", usual, "sme-trust")...)...),
		Parts: []Part{
			more("starts low: cooperation, customer focus", sim.Cooperation, "customer", "low-customer"),
			more("starts low: cooperation, system focus", sim.Cooperation, "system", "low-system"),
			more("starts low: self-sustaining groups, system focus", sim.SelfSustaining, "system", "low-system"),
			info(more("does not learn: cooperation, customer focus", sim.Cooperation, "customer", "fixed-customer")),
			info(more("does not learn: cooperation, system focus", sim.Cooperation, "system", "fixed-system")),
			info(more("does not learn: self-sustaining groups, system focus", sim.SelfSustaining, "system", "fixed-system")),
			info(more("does not learn: value, system focus", value, "system", "fixed-system")),
		},
		Ablation: []string{"self-interest"},
		Note:     "trust that does not learn changes cooperation little, and not always downwards: it makes joint work need fewer hours, but also lets pairs fall out",
	}
}
