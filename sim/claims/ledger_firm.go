package claims

import "epgsim/sim"

// firmClaims are those about what the SMEs and the markets bring with them.
func firmClaims() []Claim { return []Claim{unready(), timeAndPeople(), scanning()} }

func unready() Claim {
	set := Settings{"group.experience": 0.3, "group.experience_spread": 0.25, "group.focus": customer}
	return Claim{
		ID: "C100", Source: "VH17 4.2", Statement: "SMEs not ready to export belong in another programme first",
		Contrast: "entry screening on export experience (0.35) against none, from the same candidates: value per public euro",
		Arms:     []Arm{{Name: "screened", Set: set.with(Settings{"formation.entry_experience": 0.35})}, {Name: "open", Set: set}},
		Parts:    []Part{more("value per public euro", sim.ValuePerPublic, "screened", "open")},
		Ablation: []string{"experience"},
	}
}

func timeAndPeople() Claim {
	arms := append(forms("many-", Settings{"group.hours": 24}), forms("few-", Settings{"group.hours": 10})...)
	arms[0].Told, arms[3].Told = true, true // market focus
	return Claim{
		ID: "C179", Source: "V07 (1)", Statement: "The SMEs' time and people decide over results and commitment",
		Contrast: "24 against 10 hours a week of each SME, customer and system focus", Arms: arms,
		Parts: []Part{
			more("value, customer focus", value, "many-customer", "few-customer"),
			more("value, system focus", value, "many-system", "few-system"),
			more("commitment, customer focus", sim.CommitmentEnd, "many-customer", "few-customer"),
			more("commitment, system focus", sim.CommitmentEnd, "many-system", "few-system"),
			info(more("value, market focus", value, "many-market", "few-market")),
		},
		Ablation: []string{"joint-hours"},
	}
}

func scanning() Claim {
	return Claim{
		ID: "C182", Source: "V07 (4)", Statement: "Careful scanning of the markets pays",
		Contrast: "mean fit of customers' needs 0.6 against 0.3, customer focus",
		Arms:     []Arm{{Name: "scanned", Set: Settings{"markets.fit": 0.6}}, {Name: "unscanned", Set: Settings{"markets.fit": 0.3}}},
		Parts:    []Part{more("value", value, "scanned", "unscanned")},
		Ablation: []string{"repeat-orders", "experience"},
		Note:     "nearly implied: fit is a factor of the chance to close; what is switched off only multiplies it",
	}
}
