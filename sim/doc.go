// Package sim is the model of epgsim: an agent-based simulation of export
// partner groups. Four to six small and medium-sized enterprises (SMEs) and a
// jointly hired export manager form a group for a publicly funded project
// period of one to three years, to win customers abroad. The model asks how
// the organisational form, the group's composition, the manager's work and the
// length of the project period shape interaction, trust and deal closure.
//
// # Entities
//
// SMEs, what is known between two of them, the export manager, target markets,
// opportunities from first contact to deal, customers after the first deal, and
// candidates for membership. A Group holds them all. Params, whose numbers Table
// explains, says what a group is like; Result, Series, Event and Snapshot are
// what can be seen of it.
//
// # Scales
//
// One step is a week; a year has 52. Groups of 2 to 12 SMEs, 1 to 5 markets,
// projects of a quarter of a year to ten years, followed until the horizon, at most
// 20 years from the start, without the manager unless the SMEs keep him or her. Money is in thousands of
// euros, work in hours; everything else is within 0 and 1 unless a unit is given.
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
// Step, in step.go, says what happens in a week, in which order, and in which
// file:
//
//  1. workloads and hours; a promoter, if there is one; links that offers wait for,
//     and promised hours; committees
//  2. the manager's duties, guidance, mediation, meetings, search for customers
//  3. the SMEs' negotiation rounds, meetings, answers to the manager's
//     questions, joint work, visits alone, own search
//  4. quarterly fairs and trips, and contacts there
//  5. trust among SMEs
//  6. opportunities: customer trust, offers, deals
//  7. tending of customers, repeat orders
//  8. forgetting, results, expectations, commitment
//  9. members that are bypassed, turn passive or leave; a new manager
//  10. costs, what is recorded
//  11. the end of the project
//
// formation.go puts the group together before the first week. ODD.md describes
// every rule, and why it is so; a number such as 7.6 in a comment is a section
// of it.
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
