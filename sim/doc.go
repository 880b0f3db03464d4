// Package sim is the model of epgsim: an agent-based simulation of export
// partner groups. Four to six small and medium-sized enterprises (SMEs) and a
// jointly hired export manager form a group for a publicly funded project
// period of one to three years, to win customers abroad. The model asks how
// the organisational form, the group's composition, the manager's work and the
// length of the project period shape interaction, trust and deal closure.
//
// # Entities
//
// SMEs (Member), what is known between two of them (Pairs), the export manager
// (Manager), target markets (Market), opportunities from first contact to deal
// (Opportunity), customers after the first deal (Relation), and candidates for
// membership (Candidate). A Group holds them all.
//
// # Scales
//
// One step is a week; a year has 52. Groups of 2 to 12 SMEs, 1 to 5 markets,
// projects of a quarter of a year to ten years, then a follow-up without the
// manager. Money is in thousands of euros, work in hours; everything else is
// within 0 and 1 unless a unit is given.
//
// # Organisational form
//
// A form is a mix of three kinds of opportunities the group goes after: of
// SMEs selling alone (market focus), of some selling to a joint customer
// (customer focus), of a hub and its suppliers selling whole systems (system
// focus). No rule asks which form a group has; an opportunity's kind is asked
// for the columns in kind.go and nothing else.
//
// # The week
//
// Step, in step.go, says what happens in a week and in which order:
//
//  1. workloads, hours (sme.go); links that offers wait for (joint.go)
//  2. the manager's duties, guidance, mediation, meetings (manager.go)
//     and search for customers (search.go)
//  3. the SMEs' negotiation rounds (negotiation.go), meetings (sme.go),
//     answers to the manager's questions (learning.go), joint work (joint.go),
//     own search (sme.go)
//  4. quarterly fairs and trips (activity.go)
//  5. trust among SMEs (trust.go)
//  6. opportunities: customer trust, offers, deals (opportunity.go, negotiation.go)
//  7. repeat orders (order.go)
//  8. forgetting (learning.go), results, expectations, commitment (commitment.go)
//  9. members that turn passive or leave (membership.go)
//  10. costs (books.go), what is recorded (observe.go)
//  11. the end of the project (project.go)
//
// formation.go puts the group together before the first week.
//
// # Determinism
//
// Every draw of luck has an address (luck.go); the same seed gives the same
// bytes on every platform. To that end the package uses no function of package
// math but Sqrt, Ceil, Floor, Abs and the bit conversions (numeric.go has the
// others), rounds products explicitly before adding to them, and iterates over
// no map.
//
// A run goes like this:
//
//	p := sim.Defaults()
//	p.Group.Focus = 1 // system focus
//	g := sim.NewGroup()
//	r := g.Run(&p, seed, replication)
//	fmt.Println(r.Get(sim.DealsTotal))
package sim
