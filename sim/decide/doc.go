// Package decide knows options, worlds and objectives, and what their numbers say
// about a choice; not files, flags or pages.
//
// A Case lays a decision out. Every option meets the same worlds. A world is a draw
// of all that is unknown, a row of a Latin hypercube over the plausible ranges, and
// some runs of luck, which belong to this world alone. What the scenario says of a
// parameter is known; what it leaves at its default, of those that nobody has
// measured, is unknown (scenario.Scenario.Unknowns). Sweeps and the tests of claims
// vary all of them: they ask what is so of any group, a decision is about one.
//
// Worlds come in batches. Every option meets the first batch; later ones are met
// only by those that may still be the best (Case.Progress), until the best is known,
// or nothing better by more than matters, or no further batch is allowed. A later
// batch has new worlds, and not more luck in the old ones, so that all worlds are
// independent of each other, which the rule that stops relies on.
//
// Case.Run simulates pieces of all that into sinks; a Sample holds what they came
// to, however it was kept meanwhile; Case.Answer says what it means.
//
// In an objective what is sold is counted by the chance of each order in place of
// whether it came, which has the same mean and less luck; a requirement counts what
// came. With a discount, value_total, value_total_expected, public_cost and
// private_cost are discounted in both, as further_exports and net_benefit are.
package decide
