package analysis

import (
	"math"
	"sync"
)

// Mean returns the mean of values with its 95 % Student t interval. A single
// value gives NaN ends. The interval leans on the central limit theorem: with
// few replications of a very skewed outcome it covers less than 95 %, and
// Median is the safer summary: of values that are none in 60 % of replications
// and lognormal (sigma 1) in the rest 90.8, 92.5, 93.5 % at 100, 200, 500.
// Differences of pairs of them are covered to
// 95 to 96 %. For what is yes or no there is Share.
func Mean(values []float64) Interval {
	return meanWithin(present(values), upper95)
}

// Difference returns the mean of a[i]-b[i] with its 95 % Student t interval,
// in the unit of the samples; a and b hold the same replications under two
// alternatives, so the luck they share cancels out. It panics when the
// lengths differ.
func Difference(a, b []float64) Interval {
	x, y := pairs(a, b)
	return meanWithin(differences(x, y), upper95)
}

// meanWithin returns the mean of values, none missing, with the t interval
// whose upper end has probability upper below it.
func meanWithin(values []float64, upper float64) Interval {
	mean, sd := meanAndSD(values)
	n := len(values)
	if n < 2 || math.IsNaN(sd) || math.IsInf(sd, 0) {
		return unknown(mean, n)
	}
	half := studentT(upper, n-1) * sd / math.Sqrt(float64(n))
	return Interval{Estimate: mean, Low: mean - half, High: mean + half, N: n}
}

// meanAndSD returns the mean and the sample standard deviation (divisor n-1),
// NaN where undefined. The second pass removes the rounding of the first, so
// that equal values have that value as mean and exactly zero deviation.
func meanAndSD(values []float64) (mean, sd float64) {
	n := float64(len(values))
	if n == 0 {
		return math.NaN(), math.NaN()
	}
	for _, v := range values {
		mean += v
	}
	mean /= n
	if math.IsInf(mean, 0) || math.IsNaN(mean) {
		return mean, math.NaN()
	}
	var rest float64
	for _, v := range values {
		rest += v - mean
	}
	if !math.IsInf(rest, 0) && !math.IsNaN(rest) { // near the largest number it may overflow
		mean += rest / n
	}
	var squares float64
	for _, v := range values {
		squares += float64((v - mean) * (v - mean))
	}
	return mean, math.Sqrt(squares / (n - 1))
}

// differences returns a[i]-b[i] for samples of equal length. Equal infinities
// have no difference and are left out.
func differences(a, b []float64) []float64 {
	diff := make([]float64, 0, len(a))
	for i := range a {
		if d := a[i] - b[i]; !math.IsNaN(d) {
			diff = append(diff, d)
		}
	}
	return diff
}

// studentT returns the p-quantile of Student's t with df degrees of freedom, to
// eight decimals: platforms agree on no more than eleven, and the bands written
// to data files shall be the same bytes everywhere. Each is kept: finding one
// takes longer than all else that a band does with a week's values, and bands
// ask for the same ones again and again.
func studentT(p float64, df int) float64 {
	key := quantileOfT{p, df}
	if t, ok := quantilesOfT.Load(key); ok {
		return t.(float64)
	}
	t := math.Round(studentTOf(p, float64(df))*1e8) / 1e8
	quantilesOfT.Store(key, t)
	return t
}

type quantileOfT struct {
	p  float64
	df int
}

var quantilesOfT sync.Map // quantileOfT to float64
