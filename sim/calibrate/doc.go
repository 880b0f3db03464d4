// Package calibrate knows targets, worlds and their weights: it finds which worlds
// are like what is known from outside. It knows no files, flags or pages.
//
// A [Study] is a targets file laid out. A world is a draw of all that nobody knows;
// [Study.Run] simulates every case of the targets in a world and keeps, of each
// target, the statistic and how far it is off by luck. Worlds come in waves: the
// first is a Latin hypercube over the plausible ranges, and while few worlds are
// near, further ones are drawn around those that were. [Study.Plan] says which worlds
// the next wave has, from the [Sample] of those before, so that whoever goes on with
// a study goes on alike. The last wave simulates the worlds that were found, to
// check them. An [Answer] says what came of it.
//
// # The method
//
// Approximate Bayesian computation. What another study like the one from outside
// would have found in a world is its statistic with an error drawn from that of the
// target; the luck of the simulated statistic is a part of that error, or all of it.
// Worlds are weighted by how near that comes to what was found (Epanechnikov's
// kernel), and then moved by a local-linear regression to where it would have been
// found exactly (Beaumont, Zhang and Balding, Genetics 162 (2002)), on the scale of log odds, so
// that every parameter stays within its range.
//
// Waves after the first draw from a smoothed sample of the worlds that were near, as
// population Monte Carlo does (Toni et al., J. R. Soc. Interface 6 (2009); Beaumont
// et al., Biometrika 96 (2009)). Worlds of all waves are used, each with the
// plausible density over that of all waves together, which with the first wave
// among them bounds every weight.
package calibrate
