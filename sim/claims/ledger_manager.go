package claims

import (
	"fmt"

	"epgsim/sim"
)

// managerClaims are those about the export manager's work.
func managerClaims() []Claim {
	return []Claim{presales(), unfair(), ownActivity(), trustWork(), coordinationWork(), productKnowledge(), experts(), payTheBand(), managerCounts()}
}

// overTechnology are two arms of a form, with simple and with complex products.
func overTechnology(focus float64, more Settings) []Arm {
	set := Settings{"group.focus": focus}.with(more)
	return []Arm{
		{Name: "simple", Set: set.with(Settings{"group.technology": 0.2})},
		{Name: "complex", Set: set.with(Settings{"group.technology": 0.8})},
	}
}

func presales() Claim {
	return Claim{
		ID: "C68", Source: "VH17 4.1", Statement: "Simple products ease the manager's presales", Weak: true,
		Contrast: "doors opened per manager hour, technology 0.2 against 0.8, market focus, customers enough that none run out",
		Arms:     overTechnology(market, untilEnd(usualYears).with(Settings{"markets.customers": 2000})),
		Parts: []Part{
			{Name: "doors per hour of the manager's work", Unit: "doors/h", of: func(s *sample) float64 {
				return s.meanProduct("simple", sim.DoorsPerHour, sim.ProspectingShare) - s.meanProduct("complex", sim.DoorsPerHour, sim.ProspectingShare)
			}},
			info(more("doors per hour of prospecting alone", sim.DoorsPerHour, "simple", "complex")),
		},
		Ablation: []string{"product-knowledge"},
		Note:     "simple products leave more of the manager's time for prospecting; an hour of prospecting alone opens fewer doors, because with complex products the manager knocks later and knows more by then",
	}
}

func unfair() Claim {
	arms := forms("", untilEnd(usualYears).with(Settings{"manager.hours": 20}))
	return Claim{
		ID: "C72", Source: "VH17 4.1", Statement: "Market focus breeds a feeling of unfairness; customer focus eases it",
		Contrast: "perceived fairness, customer less market focus, with a busy manager (20 hours a week)",
		Arms:     append(arms[:2], told(arms[2])...),
		Parts: []Part{
			more("fairness: customer over market focus", sim.Fairness, "customer", "market"),
			info(more("fairness: system over market focus", sim.Fairness, "system", "market")),
		},
		Ablation: []string{"squeak"},
		Note:     "members who fit no joint customer get the least of the manager's time here",
	}
}

func ownActivity() Claim {
	return Claim{
		ID: "C73", Source: "VH17 4.1", Statement: "An SME's own activity draws the manager's time",
		Contrast: "within market-focused groups: correlation over SMEs of activity with the manager's hours received",
		Arms:     []Arm{{Name: "market", Set: untilEnd(usualYears).with(Settings{"group.focus": market})}},
		Parts: []Part{{Name: "mean correlation", Unit: "1", of: func(s *sample) float64 {
			return s.mean("market", sim.ActivityCorrelation)
		}}},
		Ablation: []string{"squeak", "commitment"},
		Note:     "the manager turns to active SMEs by assumption; that it shows in the hours received is not implied. About half runs the other way: the manager's time brings results, and these commitment and activity",
	}
}

func trustWork() Claim {
	return Claim{
		ID: "C95", Source: "VH17 4.2", Statement: "With complexity the manager's work shifts to building customers' trust",
		Contrast: "share of the manager's hours in customer meetings, technology 0.8 against 0.2",
		Arms:     overTechnology(customer, untilEnd(usualYears)),
		Parts:    []Part{more("share in meetings", sim.MeetingShare, "complex", "simple")},
		Ablation: []string{"customer-trust"},
	}
}

func coordinationWork() Claim {
	return Claim{
		ID: "C96", Source: "VH17 4.2, Table 2", Statement: "Towards system focus the manager's work shifts to coordination", Weak: true,
		Contrast: "share of the manager's hours in coordination of SMEs, over the forms at equal technology",
		Arms:     forms("", untilEnd(usualYears)),
		Parts: []Part{
			more("customer over market focus", sim.CoordinationShare, "customer", "market"),
			more("system over customer focus", sim.CoordinationShare, "system", "customer"),
		},
		Ablation: []string{"coordination", "mediation"},
	}
}

func productKnowledge() Claim {
	return Claim{
		ID: "C107", Source: "VH17 4.2", Statement: "Without product knowledge from the SMEs few doors open", Weak: true,
		Contrast: "doors opened per hour of prospecting with full support of the SMEs against none",
		Arms:     []Arm{{Name: "support", Set: untilEnd(usualYears).with(Settings{"norms.support": 1})}, {Name: "none", Set: untilEnd(usualYears).with(Settings{"norms.support": 0})}},
		Parts:    []Part{more("doors per hour", sim.DoorsPerHour, "support", "none")},
		Ablation: []string{"product-knowledge"},
	}
}

func experts() Claim {
	return Claim{
		ID: "C114", Source: "VH17 4.2", Statement: "Control groups of experts open doors", Weak: true,
		Contrast: "doors opened per hour of prospecting, expertise 1 against 0",
		Arms:     []Arm{{Name: "experts", Set: untilEnd(usualYears).with(Settings{"manager.expertise": 1})}, {Name: "none", Set: untilEnd(usualYears).with(Settings{"manager.expertise": 0})}},
		Parts:    []Part{more("doors per hour", sim.DoorsPerHour, "experts", "none")},
		Ablation: []string{"product-knowledge"},
	}
}

func payTheBand() Claim {
	var arms []Arm
	for _, h := range []float64{4, 8, 16, 32, 64} {
		arms = append(arms, Arm{Name: fmt.Sprint(h), Set: Settings{"manager.hours": h, "group.focus": customer}})
	}
	gain := func(s *sample, from, to float64) float64 {
		return (s.mean(fmt.Sprint(to), value) - s.mean(fmt.Sprint(from), value)) / (to - from)
	}
	return Claim{
		ID: "C169", Source: "VH09", Statement: "Pay the band enough: little comes below a threshold, and less and less later",
		Contrast: "value over the manager's hours, customer focus: gain per weekly hour from 4 to 64 hours", Arms: arms,
		Parts: []Part{
			{Name: "an hour between 8 and 16 brings more than one below 4", Unit: "k€", of: func(s *sample) float64 { return gain(s, 8, 16) - s.mean("4", value)/4 }},
			{Name: "an hour between 16 and 32 brings more than one above 32", Unit: "k€", of: func(s *sample) float64 { return gain(s, 16, 32) - gain(s, 32, 64) }},
		},
		Ablation: []string{"own-initiative"},
		Note:     "the threshold is where the hours that can be saved suffice for one approach to a customer, which no mechanism can switch off",
	}
}

func managerCounts() Claim {
	return Claim{
		ID: "C181", Source: "V07 (3)", Statement: "The manager's skill and activity decide over results",
		Contrast: "skill 0.9 against 0.4, and 32 against 16 hours a week, customer focus",
		Arms: []Arm{
			{Name: "skilled", Set: Settings{"manager.skill": 0.9}}, {Name: "unskilled", Set: Settings{"manager.skill": 0.4}},
			{Name: "full", Set: Settings{"manager.hours": 32}}, {Name: "half", Set: Settings{"manager.hours": 16}}, {Name: "none", Set: Settings{"manager.hours": 0}, Told: true},
		},
		Parts: []Part{
			more("skill: value", value, "skilled", "unskilled"),
			more("hours: value", value, "full", "half"),
			info(more("value with half a manager over none at all", value, "half", "none")),
			info(Part{Name: "value without any manager, as a share of that with one", Unit: "1", of: func(s *sample) float64 {
				return s.mean("none", value) / s.mean("full", value)
			}}),
		},
		Ablation: []string{"customer-trust"},
		Note:     "the manager's hours and skill enter all that is done for customers, so the sign is nearly implied. In tension: the studies have the manager both as essential and as somebody from whom results do not come per se; the last part is near zero where essential, near one where not",
	}
}
