package analysis

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestSkewedT: t is stretched where the sample is skew, and there only.
func TestSkewedT(t *testing.T) {
	one := func(skewTo float64, n int) []float64 { // a few far values on one side, mean 0
		values := sample(n, func() float64 { return -skewTo })
		for i := range n / 5 {
			values[i] = 4 * skewTo
		}
		return values
	}
	// Four in five at -1, one at 4: skewness 1.5. Hall's cubic at -2, of 100:
	// 20*(cbrt(1+0.15*(-2-0.25/10))-1) = -2.2737.
	below, above := skewedT(one(1, 100), 2)
	if below != 2 || !near(above, 2.2737, 1e-4) {
		t.Errorf("skew upwards: %v below, %v above", below, above)
	}
	below, above = skewedT(one(-1, 100), 2)
	if above != 2 || !near(below, 2.2737, 1e-4) {
		t.Errorf("skew downwards: %v below, %v above", below, above)
	}
	even := append(one(1, 100), one(-1, 100)...)
	for name, values := range map[string][]float64{"even": even, "few": one(1, 15), "none": make([]float64, 40)} {
		if below, above := skewedT(values, 2); below != 2 || above != 2 {
			t.Errorf("%s: %v below, %v above", name, below, above)
		}
	}
	// A negative whole turns the sides round.
	ones, a := yesNo(50, 50), one(1, 50)
	minus, b := make([]float64, 50), make([]float64, 50)
	for i := range a {
		a[i] += 10
		minus[i], b[i] = -1, -a[i]
	}
	check(t, "over minus one", RatioOfMeans(b, minus), RatioOfMeans(a, ones))
}

// ratiosApart is the difference of two ratios of samples in which some may be missing.
func ratiosApart(a, overA, b, overB []float64) Interval {
	rows := completeRows(a, overA, b, overB)
	return differenceOfRatios(rows[0], rows[1], rows[2], rows[3], upper95)
}

func TestDifferenceOfRatios(t *testing.T) {
	a, b := []float64{2, 4, 9, 5, 6, 3}, []float64{1, 2, 3, 2, 2, 1}
	ones, twos := yesNo(6, 6), []float64{2, 2, 2, 2, 2, 2}
	// Over what never varies, a ratio is a mean, and their difference nearly the
	// t interval of pairs: exactly where both ends reach equally far.
	got, want := ratiosApart(a, ones, b, ones), Difference(a, b)
	check(t, "of means", got, want, 1e-9)
	check(t, "over twice as much", ratiosApart(a, twos, b, ones), Difference([]float64{1, 2, 4.5, 2.5, 3, 1.5}, b))
	check(t, "the same", ratiosApart(a, b, a, b), Interval{0, 0, 0, 6})
	check(t, "no whole", ratiosApart(a, ones, b, []float64{1, -1, 1, -1, 1, -0.9}), Interval{29.0/6 - 11/0.1, nan, nan, 6})
	check(t, "missing", ratiosApart([]float64{1, nan}, yesNo(2, 2), []float64{0, 0}, yesNo(2, 2)), Interval{1, nan, nan, 1})
	check(t, "less from one", OneLess(Interval{0.3, 0.2, 0.5, 7}), Interval{0.7, 0.5, 0.8, 7})
}

// sold draws the values of n groups under two alternatives with common luck:
// none in a share of them, lognormal in the rest, as deals are.
func sold(l *rand.Rand, n int, noneA, noneB, sigma float64) (a, b []float64) {
	one := func(shared, none float64) float64 {
		if l.Float64() < none {
			return 0
		}
		return 300 * math.Exp(float64(sigma*(0.6*shared+0.8*l.NormFloat64())))
	}
	for range n {
		shared := l.NormFloat64()
		a, b = append(a, one(shared, noneA)), append(b, one(shared, noneB))
	}
	return a, b
}

// TestCoverageOfSkewedPairs: differences, ratios of differences and differences
// of ratios of values as skewed, and as often none, as those of deals.
func TestCoverageOfSkewedPairs(t *testing.T) {
	for i, c := range []struct{ noneA, noneB, sigma float64 }{{0.6, 0.6, 1}, {0.6, 0.3, 1}, {0.6, 0.6, 1.3}, {0.8, 0.6, 1}} {
		mean := 300 * math.Exp(c.sigma*c.sigma/2)
		meanA, meanB := mean*(1-c.noneA), mean*(1-c.noneB)
		for _, n := range []int{100, 200, 500} {
			if n > 100 && !study {
				continue
			}
			draw := func(l *rand.Rand) skewed {
				a, b := sold(l, n, c.noneA, c.noneB, c.sigma)
				return newSkewed(l, a, b)
			}
			for name, of := range map[string]struct {
				truth float64
				once  func(s skewed) Interval
			}{
				"difference":                 {meanB - meanA, func(s skewed) Interval { return Difference(s.b, s.a) }},
				"difference per cost":        {meanB/375 - meanA/250, func(s skewed) Interval { return ratiosApart(s.b, s.costB, s.a, s.costA) }},
				"value per cost":             {meanB / 375, func(s skewed) Interval { return RatioOfMeans(s.b, s.costB) }},
				"share lost":                 {0.5, func(s skewed) Interval { return OneLess(RatioOfMeans(s.partB, s.b)) }},
				"difference of shares (b-a)": {0.5 - 1.0/3, func(s skewed) Interval { return ratiosApart(s.partB, s.b, s.partA, s.a) }},
			} {
				count := trials(1000, 4000)
				got := covered(count, uint64(i), of.truth, func(l *rand.Rand) Interval { return of.once(draw(l)) })
				t.Logf("none %.1f and %.1f, sigma %.1f, n=%d: %s covers %.4f", c.noneA, c.noneB, c.sigma, n, name, got)
				if got < 0.93-slack(count) || got > 0.97+slack(count) {
					t.Errorf("none %.1f and %.1f, sigma %.1f, n=%d: %s covers %.4f, want within 0.93..0.97", c.noneA, c.noneB, c.sigma, n, name, got)
				}
			}
		}
	}
}

// skewed is a sample of pairs: values, costs, and the part of the value that is
// sold by an earlier date, a third and a half of it on average.
type skewed struct{ a, b, costA, costB, partA, partB []float64 }

func newSkewed(l *rand.Rand, a, b []float64) skewed {
	s := skewed{a: a, b: b}
	for i := range a {
		cost, u := l.Float64(), l.Float64()
		s.costA, s.costB = append(s.costA, 200+100*cost), append(s.costB, 300+150*cost)
		s.partA, s.partB = append(s.partA, a[i]*u*u), append(s.partB, b[i]*u)
	}
	return s
}
