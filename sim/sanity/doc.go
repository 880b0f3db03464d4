// Package sanity has no code but its tests: a battery of what must be so in any
// sensible model of export partner groups, whatever its rules are. More help
// does not lower sales, a form a hair's breadth from another does as well as that,
// equal firms fare equally, who does nothing adds nothing, ledgers balance.
//
// The battery knows the outcomes of the model, its events, the names of its
// parameters and the shipped scenarios; it knows no rule, no state and no formula.
// It says that something is wrong and under which setting, never why. Whether a
// statement of the literature holds is the business of package claims, whether
// numbers are of the size seen outside that of the tests of package sim.
//
// A check makes comparisons, each of a few variants on common luck. What looks
// wrong at first sight is looked at again on fresh luck, the worst six with six
// times as many replications and Bonferroni's correction, so that a check fails by
// luck at most once in a thousand times however many comparisons it makes, and
// all of them together at most once in forty. Most comparisons ask that nothing be
// wrong, and fail only on evidence. Those that say "shown" want the evidence the
// other way round: they fail when it is missing, by luck too where an effect is
// there and small. Ledgers balance to rounding or do not.
//
// The battery is tested itself: that it finds nothing where only luck differs, over
// many seeds, and finds what was put in.
//
// knownFaults lists the checks that the model fails as it stands. A check of the
// list that passes is an error, and so is one that fails and is not on it: who
// mends a fault takes its name off the list.
//
// By default a short form runs, of what is decisive with few replications. With
// EPGSIM_LONG set all of it does. -v prints a table, and every comparison that
// got a second look. What fails comes with the commands that run its first two
// variants again.
package sanity
