// Package programme knows applicants, policies and budgets, and what their numbers
// say about rules of funding: an authority with one budget chooses among groups
// that apply, and gives to each a form, a length and a manager's hours. It knows
// no files, flags or pages.
//
// A [Study] is a programme that is drawn again and again. In every draw other
// groups apply; all policies meet the same ones, with the same luck, so that
// policies are compared in pairs. [Study.Run] simulates what the policies may give
// to whom, piece by piece: applicant by draw, as the rows and replications of a
// sweep. A [Book] takes in what these runs came to, [Study.Fund] hands the money
// out, and an [Answer] says what the policies are worth.
//
// # How the money is handed out
//
// A policy takes the applicants in its order. A group is promised what its project
// is planned to cost the public: its yearly cost with all members, times the share
// that the public pays, times the years. What it does not use, because members
// withdraw, is not given again. The first group whose plan is beyond what is left
// ends the funding.
//
// With a stage gate a group is promised both stages, so that money to go on is
// never lacking. At the gate its condition is looked at; where a group does not go
// on, the money of its second stage goes to the next in order, as in a programme
// that runs over many years.
//
// # What is simulated
//
// Projects that differ only in years are one run with forks: the run up to a gate
// is the beginning of both the project that ends there and the one that goes on,
// which are what separate simulations give, bit by bit. Only groups that a policy
// may come to are simulated under it: those before which the money may not be
// spent. Without a gate that is known beforehand; with one, as if all groups
// before ended there.
package programme
