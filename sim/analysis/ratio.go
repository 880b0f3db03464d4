package analysis

import (
	"cmp"
	"math"
	"slices"
)

// RatioOfMeans returns sum(a)/sum(b) of paired samples, such as the share of
// all hours that went into meetings, with its 95 % interval. Each replication
// counts by its size: this is not the mean of the ratios a[i]/b[i]. The
// estimate is NaN when sum(b) is zero; the ends are NaN when N < 2 and when
// the mean of b cannot itself be told from zero at 95 %, for then any ratio
// might be true. It panics when the lengths differ.
//
// The interval is Fieller's (Fieller, JRSS B 16 (1954)): the ratios r for which
// a t test does not tell the mean of a-r*b from zero. It was chosen over the
// delta method with t and over the bootstrap of pairs by measured coverage: for
// shares of a lognormal whole (sigma 0.8) Fieller covered 95.5, 95.4, 94.7 % at
// 20, 50, 200 pairs, delta 90.5, 93.2, 93.9 %, the percentile bootstrap 90.5,
// 93.2, 93.5 %; and it needs no seed. The price is a longer interval below some
// 15 pairs. Where the ratio itself depends strongly on the size of b, all
// three fall short below some 100 pairs (Fieller 84 % at 20 and 90 % at 50,
// delta 89 and 92 %). Measured on 3000 samples each. Of values that are none in
// 60 % of replications and lognormal (sigma 1) in the rest, a part of the whole
// is covered to 95.6, 95.7, 95.3 % at 100, 200, 500 pairs. The ratio of such
// values to a cost that hardly varies is skew itself, and Fieller's alone would
// cover it to 91.0, 92.5, 93.8 %: where the ten residuals a-ratio*b farthest
// off all lie on one side, t is stretched to that side as skewness asks (Hall,
// JRSS B 54 (1992)), and it covers 94.8, 95.3, 95.7 %, with sigma 1.3 94.1, 93.8,
// 95.5 %. 10 values that are not none are too few for that: 86 %.
func RatioOfMeans(a, b []float64) Interval {
	x, y := pairs(a, b)
	return ratioWithin(x, y, upper95)
}

// OneLess is the interval of 1-x: from the share kept to the share lost.
func OneLess(x Interval) Interval {
	return Interval{Estimate: 1 - x.Estimate, Low: 1 - x.High, High: 1 - x.Low, N: x.N}
}

// completeRows returns copies of the samples without the replications in which
// any of them is missing.
func completeRows(samples ...[]float64) [][]float64 {
	rows := make([][]float64, len(samples))
	for rep := range samples[0] {
		missing := false
		for _, s := range samples {
			mustPair(len(samples[0]), len(s))
			missing = missing || math.IsNaN(s[rep])
		}
		for i, s := range samples {
			if !missing {
				rows[i] = append(rows[i], s[rep])
			}
		}
	}
	return rows
}

// differenceOfRatios returns sum(a)/sum(overA) less sum(b)/sum(overB), all complete rows
// of the same replications, with the interval whose upper end has probability upper
// below it: whether one alternative
// brings more per public euro, or loses a larger share, than another. (Of
// shares lost, 1-a/overA, it is the difference of b and a.) The ends are NaN
// where one of the two ratios has none.
//
// The interval puts together those of the two ratios, Fieller's, by how they go
// together (the method of variance estimates recovery: Zou and Donner,
// Statistics in Medicine 27 (2008)), not stretched for skewness. It was chosen over the paired jackknife by
// measured coverage, 2000 samples each. Differences of shares of such values as
// RatioOfMeans describes: 97.0, 95.7, 95.3 % at 100, 200, 500 pairs (jackknife
// 93.6, 93.2, 94.3 %; with sigma 1.3 93.0, 96.1, 96.2 % against 91.8, 92.3, 93.4
// %). Differences of values per cost: 94.3, 95.0, 95.7 %, as the jackknife.
func differenceOfRatios(a, overA, b, overB []float64, upper float64) Interval {
	first, second := fieller(a, overA, upper, evenT), fieller(b, overB, upper, evenT) // skewness is mostly in common
	result := unknown(first.Estimate-second.Estimate, len(a))
	if math.IsNaN(first.High) || math.IsNaN(second.High) {
		return result
	}
	var squaresA, squaresB, products float64
	for i := range a {
		x, y := a[i]-float64(first.Estimate*overA[i]), b[i]-float64(second.Estimate*overB[i])
		squaresA += float64(x * x)
		squaresB += float64(y * y)
		products += float64(x * y)
	}
	together := 0.0 // correlation of the two estimates
	if both := math.Sqrt(squaresA) * math.Sqrt(squaresB); both > 0 {
		together = max(-1, min(1, products/both))
	}
	if slices.Equal(a, b) && slices.Equal(overA, overB) {
		result.Low, result.High = 0, 0 // exactly: each has ends, and both are one
		return result
	}
	reach := func(up, down float64) float64 {
		apart := up - down
		return math.Sqrt(float64(apart*apart) + float64(2*(1-together)*up)*down)
	}
	result.Low = result.Estimate - reach(first.Estimate-first.Low, second.High-second.Estimate)
	result.High = result.Estimate + reach(first.High-first.Estimate, second.Estimate-second.Low)
	if math.IsNaN(result.Low) || math.IsNaN(result.High) || math.IsInf(result.Low, 0) || math.IsInf(result.High, 0) {
		return unknown(result.Estimate, len(a))
	}
	return result
}

// ratioWithin is RatioOfMeans of complete pairs at any level.
func ratioWithin(x, y []float64, upper float64) Interval { return fieller(x, y, upper, skewedT) }

// evenT is t on both sides.
func evenT(_ []float64, t float64) (below, above float64) { return t, t }

// fieller returns the ratio of the means of complete pairs, with the interval
// whose upper end has probability upper below it; reach says by how many
// standard errors each end lies off.
func fieller(x, y []float64, upper float64, reach func(residuals []float64, t float64) (below, above float64)) Interval {
	n := len(x)
	meanA, _ := meanAndSD(x)
	meanB, sdB := meanAndSD(y)
	if meanB == 0 {
		return unknown(math.NaN(), n)
	}
	ratio := meanA / meanB
	if n < 2 {
		return unknown(ratio, n)
	}
	// Written in the residuals a-ratio*b, whose mean is zero, instead of the
	// usual moments of a and b: those lose half the digits when a and b are
	// nearly proportional.
	var variance, covariance float64
	residuals := make([]float64, n)
	for i := range x {
		residual := x[i] - ratio*y[i]
		residuals[i] = residual * math.Copysign(1, meanB) // as if the whole were positive
		variance += residual * residual / float64(n-1)
		covariance += residual * (y[i] - meanB) / float64(n-1)
	}
	end := func(t, side float64) float64 {
		g := t * t / float64(n)
		clear := meanB*meanB - g*sdB*sdB // positive when the mean of b is clear of zero
		if !(clear > 0) {
			return math.NaN()
		}
		half := math.Sqrt(g*variance*clear+g*g*covariance*covariance) / clear
		return ratio - g*covariance/clear + float64(side*half)
	}
	below, above := reach(residuals, studentT(upper, n-1))
	low, high := end(below, -1), end(above, 1)
	if width := high - low; math.IsNaN(width) || math.IsInf(width, 0) { // or squares of huge values overflowed
		return unknown(ratio, n)
	}
	return Interval{Estimate: ratio, Low: low, High: high, N: n}
}

// outermost is how many values have to lie on one side, farther from the mean
// than any on the other, before a sample counts as skew to that side. Of a
// sample that is not, so many do in one of five hundred; the third moment of
// heavy tails alone would call most samples skew.
const outermost = 10

// skewedT returns by how many standard errors the true mean may lie below and
// above that of a sample, for which t is right where it is not skew. Of a skew
// one the mean misses the rare large values more often than not, and with them
// the spread that they would show: t reaches too short to their side. There it
// is replaced by Hall's (JRSS B 54 (1992)), which undoes the skewness by a
// cubic; on the other side, by neither less than t.
func skewedT(residuals []float64, t float64) (below, above float64) {
	n := float64(len(residuals))
	if len(residuals) < 2*outermost || !oneSided(residuals) {
		return t, t
	}
	var squares, cubes float64
	for _, r := range residuals {
		squares += float64(r * r)
		cubes += float64(float64(r*r) * r)
	}
	skew := cubes / n / math.Pow(squares/n, 1.5) / math.Sqrt(n)
	if skew == 0 || math.IsNaN(skew) || math.IsInf(skew, 0) {
		return t, t
	}
	undone := func(t float64) float64 {
		t = 3 / skew * (math.Cbrt(1+float64(skew*(t-skew/6))) - 1)
		return math.Round(t*1e8) / 1e8
	}
	return max(t, undone(t)), max(t, -undone(-t))
}

// oneSided reports whether the outermost residuals are all of one sign.
func oneSided(residuals []float64) bool {
	byDistance := slices.Clone(residuals)
	slices.SortFunc(byDistance, func(a, b float64) int { return cmp.Compare(math.Abs(b), math.Abs(a)) })
	for _, r := range byDistance[:outermost] {
		if !(r*byDistance[0] > 0) {
			return false
		}
	}
	return true
}
