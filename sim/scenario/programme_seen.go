package scenario

import (
	"epgsim/sim"
	"epgsim/sim/expression"
)

// Seen is something that an official sees in an application. Whoever runs a
// programme gives the values in this order, then those of GateOutcomes at a gate.
type Seen uint8

// What is seen.
const (
	SeenTechnology Seen = iota
	SeenComplementarity
	SeenExperience
	SeenPriorTies
	SeenHours
	SeenSize
	SeenMarkets
	SeenDistance
	SeenManagerHours
	SeenYears
	SeenCost
	NSeen
)

var seen = [NSeen]struct {
	name, unit string
	judged     bool
	doc        string
}{
	SeenTechnology:      {"technology", "1", true, "mean technology of the SMEs' products"},
	SeenComplementarity: {"complementarity", "1", true, "compatibility of the group: mean complementarity of its pairs"},
	SeenExperience:      {"experience", "1", true, "mean export experience of the SMEs"},
	SeenPriorTies:       {"prior_ties", "1", true, "share of pairs of SMEs that have worked together before"},
	SeenHours:           {"hours", "h/week", false, "hours a week that an SME promises for the project, on average"},
	SeenSize:            {"size", "SMEs", false, "SMEs of the group"},
	SeenMarkets:         {"markets", "markets", false, "markets that the group goes to"},
	SeenDistance:        {"distance", "1", false, "mean distance of these markets"},
	SeenManagerHours:    {"manager_hours", "h/week", false, "hours a week of the export manager, as the policy has them"},
	SeenYears:           {"years", "years", false, "years of the project, as the policy has them; up to the gate where there is one"},
	SeenCost:            {"cost", "k€", false, "public money that the project is planned to cost for these years"},
}

// Judged says whether an official has to judge it, and may err. The rest is
// written in the application.
func (s Seen) Judged() bool { return seen[s].judged }

// Doc is what it means, in one sentence without a full stop.
func (s Seen) Doc() string { return seen[s].doc }

// ApplicationNames are what the score of a policy may use.
func ApplicationNames() (names []expression.Name) {
	for s := range NSeen {
		names = append(names, expression.Name{Name: seen[s].name, Unit: seen[s].unit})
	}
	return names
}

// GateOutcomes are the outcomes that a group reports at a stage gate, of the
// project up to there. They are what is counted, paid or written down: not what
// SMEs think of each other, not what may come of customers who have not decided,
// and nothing after the gate.
func GateOutcomes() []sim.Outcome {
	return []sim.Outcome{sim.OffersProject, sim.DealsProject, sim.ValueProject, sim.Cooperation, sim.Regularity, sim.ActiveEnd,
		sim.DoorsPerHour, sim.MeetingShare, sim.CoordinationShare, sim.ProspectingShare, sim.IdleShare, sim.PublicCost, sim.PrivateCost}
}

// GateNames are what the condition of a stage gate may use: the application, then
// GateOutcomes.
func GateNames() []expression.Name {
	names := ApplicationNames()
	for _, o := range GateOutcomes() {
		names = append(names, OutcomeNames()[o])
	}
	return names
}
