package calibrate

import (
	"math"

	"epgsim/sim/analysis"
	"epgsim/sim/scenario"
)

// sample is what one statistic is made of: two numbers of every group, the second
// for ratios alone.
type sample struct {
	a, b   []float64
	stage  []int     // which kind each group is of
	shares []float64 // of the kinds, summing to 1
	counts []int     // groups of each kind
}

func newSample(weights []float64) *sample {
	s := &sample{counts: make([]int, len(weights))}
	total := 0.0
	for _, w := range weights {
		total += w
	}
	for _, w := range weights {
		s.shares = append(s.shares, w/total)
	}
	return s
}

func (s *sample) reset() {
	s.a, s.b, s.stage = s.a[:0], s.b[:0], s.stage[:0]
	clear(s.counts)
}

func (s *sample) add(kind int, a, b float64) {
	s.a, s.b, s.stage = append(s.a, a), append(s.b, b), append(s.stage, kind)
	s.counts[kind]++
}

// weight is that of group i: those of all groups sum to 1.
func (s *sample) weight(i int) float64 { return s.shares[s.stage[i]] / float64(s.counts[s.stage[i]]) }

// of is a statistic of the sample, and the variance that luck gives it. Both are
// missing where the sample says nothing.
func (s *sample) of(kind scenario.StatisticKind) (value, variance float64) {
	switch kind {
	case scenario.StatShare:
		return s.share(func(v float64) bool { return v == 1 })
	case scenario.StatMedian:
		return s.median()
	case scenario.StatRatio:
		return s.ratio(s.b)
	}
	ones := make([]float64, len(s.a))
	for i := range ones {
		ones[i] = 1
	}
	mean, variance := s.ratio(ones)
	if kind == scenario.StatMean {
		return mean, variance
	}
	return s.deviation(mean)
}

// ratio is the sum of a over that of b, over groups that have both.
func (s *sample) ratio(b []float64) (value, variance float64) {
	over, under := 0.0, 0.0
	for i, v := range s.a {
		if !math.IsNaN(v) && !math.IsNaN(b[i]) {
			over, under = over+float64(s.weight(i)*v), under+float64(s.weight(i)*b[i])
		}
	}
	if under == 0 {
		return math.NaN(), math.NaN()
	}
	value = over / under
	return value, s.variance(func(i int) float64 {
		if math.IsNaN(s.a[i]) || math.IsNaN(b[i]) {
			return 0
		}
		return (s.a[i] - float64(value*b[i])) / under
	})
}

// deviation is the standard deviation about the mean.
func (s *sample) deviation(mean float64) (value, variance float64) {
	squares, there := 0.0, 0.0
	square := func(i int) float64 { return float64((s.a[i] - mean) * (s.a[i] - mean)) }
	for i, v := range s.a {
		if !math.IsNaN(v) {
			squares, there = squares+float64(s.weight(i)*square(i)), there+s.weight(i)
		}
	}
	value = math.Sqrt(squares / there)
	if !(value > 0) {
		return value, math.NaN()
	}
	return value, s.variance(func(i int) float64 {
		if math.IsNaN(s.a[i]) {
			return 0
		}
		return (square(i) - float64(value*value)) / (2 * value * there)
	})
}

// share is that of groups with a property. Its variance is never zero: that nobody
// has it in a small sample does not say that nobody ever has.
func (s *sample) share(has func(float64) bool) (value, variance float64) {
	counts := make([]float64, len(s.shares))
	for i, v := range s.a {
		if has(v) {
			counts[s.stage[i]]++
		}
	}
	for k, n := range s.counts {
		if n == 0 {
			continue
		}
		m := float64(n)
		near := (counts[k] + 1) / (m + 2)
		value += float64(s.shares[k] * (counts[k] / m))
		variance += float64(s.shares[k]*s.shares[k]) * (near * (1 - near) / m)
	}
	return value, variance
}

// median takes what is missing for larger than all else. Its variance is that of the
// share of groups below it, read off the sample (Woodruff, JASA 47 (1952)).
func (s *sample) median() (value, variance float64) {
	values, weights := make([]float64, len(s.a)), make([]float64, len(s.a))
	for i, v := range s.a {
		if values[i], weights[i] = v, s.weight(i); math.IsNaN(v) {
			values[i] = math.MaxFloat64
		}
	}
	at := func(p float64) float64 {
		v := analysis.WeightedQuantile(values, weights, p)
		if v > math.MaxFloat64/1e6 {
			return math.NaN()
		}
		return v
	}
	if value = at(0.5); math.IsNaN(value) {
		return value, value
	}
	_, v := s.share(func(x float64) bool { return x <= value })
	off := 2 * math.Sqrt(v) // of two errors, for one is read off too few groups
	low, high := at(max(0, 0.5-off)), at(min(1, 0.5+off))
	spread := (high - low) / 4
	if math.IsNaN(high) {
		spread = (value - low) / 2
	}
	return value, float64(spread * spread)
}

// variance is that of a mean of independent groups, by kind.
func (s *sample) variance(of func(i int) float64) (variance float64) {
	for k, n := range s.counts {
		if n < 2 {
			continue
		}
		var values []float64
		for i := range s.a {
			if s.stage[i] == k {
				values = append(values, of(i))
			}
		}
		even := make([]float64, n)
		for i := range even {
			even[i] = 1 / float64(n)
		}
		_, sd := analysis.WeightedMean(values, even)
		variance += float64(s.shares[k]*s.shares[k]) * (float64(sd*sd) / float64(n-1))
	}
	return variance
}
