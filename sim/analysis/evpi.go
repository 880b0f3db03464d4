package analysis

import (
	"math"
	"math/rand/v2"
	"slices"
)

// PerfectInformation is what it would be worth to know everything before
// choosing: the expected value of perfect information, in the unit of the net
// benefit. Its N counts the worlds used.
type PerfectInformation struct {
	Interval
	AtLeast, AtMost float64 // between these the bias due to luck keeps the value
	Best            int     // the option with the highest mean, chosen when nothing more is known; -1 without a world
	LeftOut         int     // worlds with a missing value, which nothing uses
}

// EVPI is the mean over worlds of the best option there, less the mean of the
// option that is best on average. nb[world][option][replication] is net benefit,
// more being better; replications of a world differ by luck alone, which nobody
// can know beforehand, and replication r has the same luck under every option.
//
// The best of several means is the luckiest too, so the plain estimate AtMost
// is too high. AtLeast chooses by all replications but one and judges by that
// one, for each in turn; it is too low, because such a choice is sometimes wrong.
// Where luck is small beside the differences between worlds, both are off by
// the same amount, up to the factor R-1 to R for R replications: the bias is half
// the density of worlds at a tie times the variance of the mean difference. The
// estimate weighs them so that it drops out. With a single replication nothing can
// be corrected: the estimate is AtMost, and AtLeast is missing.
//
// The interval is of 95 %, by drawing worlds with replacement. It holds the luck
// of each world where that is its own; where all worlds share it, it does not.
// Measured (TestEVPIWithLuck, long form, luck as large as 0.6 of the differences):
// with 2 replications the plain estimate is 0.13 too high, of 0.96, and the
// corrected one 0.02; with 5, 0.04 and nothing.
//
// It panics when worlds differ in options or replications.
func EVPI(nb [][][]float64, seed uint64) PerfectInformation {
	result := PerfectInformation{Interval: unknown(math.NaN(), 0), AtLeast: math.NaN(), AtMost: math.NaN(), Best: -1}
	var plain, judged []float64 // of each world: the best by its means, and as judged by the rest
	var means [][]float64
	for _, world := range nb {
		mustBlock(len(world), len(nb[0]), "options")
		for _, replications := range world {
			mustBlock(len(replications), len(nb[0][0]), "replications")
		}
		if slices.ContainsFunc(world, func(v []float64) bool { return len(v) == 0 || slices.ContainsFunc(v, notFinite) }) {
			result.LeftOut++
			continue
		}
		m := meansOf(world)
		means = append(means, m)
		plain = append(plain, m[indexOfHighest(m)])
		judged = append(judged, judgedByRest(world))
	}
	if len(means) == 0 || len(means[0]) == 0 {
		return result
	}
	r := float64(len(nb[0][0]))
	best := plain
	if r > 1 {
		best = make([]float64, len(plain))
		for w := range best {
			best[w] = (float64(r*plain[w]) + float64((r-1)*judged[w])) / (2*r - 1)
		}
	}
	chosen := columnMeans(means, onceEach(len(means)))
	result.Best = indexOfHighest(chosen)
	over := func(values []float64, times []float64) float64 {
		m := columnMeans(means, times)
		return weightedMean(values, times) - m[indexOfHighest(m)]
	}
	result.AtMost = over(plain, onceEach(len(means)))
	if r > 1 {
		result.AtLeast = over(judged, onceEach(len(means)))
	}
	result.Interval = bootstrapped(len(means), seed, func(times []float64) float64 { return over(best, times) })
	return result
}

// judgedByRest chooses by all replications of a world but one and returns the
// mean of what the one says of the choice.
func judgedByRest(world [][]float64) float64 {
	sums := make([]float64, len(world))
	for option, values := range world {
		for _, v := range values {
			sums[option] += v
		}
	}
	mean, rest := 0.0, make([]float64, len(world))
	for r := range world[0] {
		for option := range rest {
			rest[option] = sums[option] - world[option][r]
		}
		mean += world[indexOfHighest(rest)][r] / float64(len(world[0]))
	}
	return mean
}

// redrawings is the number of bootstrap samples behind an interval.
const redrawings = 200

// bootstrapped returns what of gives for n rows counted once each, less its bias,
// with its 95 % interval, both found by drawing rows with replacement. times says
// how often each row counts. Values of information are never negative, so neither
// are estimate and ends.
//
// The ends are the outer ones of two intervals, that of the normal law around the
// estimate and the quantiles of the draws. Where two options are about equally
// good on average, the mean of the best has a kink, and in the closed-form cases
// of the tests the first alone covered 88 to 93 % of useful unknowns, the second
// 47 % of a useless one.
func bootstrapped(n int, seed uint64, of func(times []float64) float64) Interval {
	plain := of(onceEach(n))
	if n < 2 {
		return unknown(plain, n)
	}
	luck := resampler(seed)
	drawn := make([]float64, redrawings)
	times := make([]float64, n)
	for i := range drawn {
		redraw(times, luck)
		drawn[i] = of(times)
	}
	mean, sd := meanAndSD(drawn)
	estimate, half := plain-(mean-plain), float64(studentT(upper95, n-1)*sd)
	ends := Quantiles(drawn, 1-upper95, upper95)
	low, high := min(estimate-half, ends[0]), max(estimate+half, ends[1])
	return Interval{Estimate: max(estimate, 0), Low: max(low, 0), High: max(high, 0), N: n}
}

// redraw fills times with how often each row is drawn, with replacement.
func redraw(times []float64, luck *rand.Rand) {
	clear(times)
	for range times {
		times[luck.IntN(len(times))]++
	}
}

// onceEach counts each of n rows once.
func onceEach(n int) []float64 {
	times := make([]float64, n)
	for i := range times {
		times[i] = 1
	}
	return times
}

// indexOfHighest returns the index of the highest value, the first of equals.
func indexOfHighest(values []float64) int {
	best := 0
	for i, v := range values {
		if v > values[best] {
			best = i
		}
	}
	return best
}

// columnMeans returns the mean of each column of rows that count times[row].
func columnMeans(rows [][]float64, times []float64) []float64 {
	means := make([]float64, len(rows[0]))
	n := 0.0
	for _, t := range times {
		n += t
	}
	for r, row := range rows {
		for c, v := range row {
			means[c] += float64(v * (times[r] / n))
		}
	}
	return means
}

func weightedMean(values, times []float64) float64 {
	sum, n := 0.0, 0.0
	for i, v := range values {
		sum += float64(v * times[i])
		n += times[i]
	}
	return sum / n
}

// meansOf returns the mean of each row.
func meansOf(rows [][]float64) []float64 {
	means := make([]float64, len(rows))
	for i, row := range rows {
		means[i], _ = meanAndSD(row)
	}
	return means
}

func notFinite(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }
