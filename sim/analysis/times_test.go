package analysis

import (
	"math"
	"math/rand/v2"
	"testing"
)

// trials is the number of samples to draw: of the short form, or the long one.
func trials(short, longer int) int {
	if study {
		return longer
	}
	return short
}

// slack is how far a measured coverage may lie from 0.93..0.97 because so many
// samples show it no better: three standard errors.
func slack(trials int) float64 { return 3 * math.Sqrt(0.95*0.05/float64(trials)) }

func TestMedianTime(t *testing.T) {
	check(t, "all of them", MedianTime([]float64{8, 1, 7, 2, 6, 3, 5, 4}), Interval{4.5, 1, 8, 8})
	check(t, "missing is later than any", MedianTime([]float64{8, 1, 7, 2, nan, 3, nan, 4, nan}), Interval{7, 2, inf, 9})
	check(t, "not within the horizon", MedianTime([]float64{1, 2, nan, nan, nan, nan, nan, nan}), Interval{inf, 1, inf, 8})
	check(t, "surely not", MedianTime([]float64{nan, nan, nan, nan, nan, nan}), Interval{inf, inf, inf, 6})
	check(t, "too few", MedianTime([]float64{1, 2, 3, nan, 5}), Interval{3, nan, nan, 5})
	check(t, "none", MedianTime(nil), Interval{nan, nan, nan, 0})
	// R: qbinom and pbinom: of 100, ranks 16 and 35 hold the true quartile.
	hundred := make([]float64, 100)
	for i := range hundred {
		hundred[i] = float64(i + 1)
	}
	quartile := QuantileTime(hundred, 0.25)
	checkRanks(t, quartile, 100, 0.25)
	check(t, "ninth tenth of twenty", QuantileTime(hundred[:20], 0.9), Interval{18.1, nan, nan, 20})
}

// checkRanks checks an interval of ranks 1..n against the definition: what lies
// outside has at most 2.5 % each side, and a rank less would have more.
func checkRanks(t *testing.T, iv Interval, n int, p float64) {
	t.Helper()
	atMost := func(k int) (sum float64) { // by the definition of the binomial law
		for j := range k + 1 {
			a, _ := math.Lgamma(float64(n + 1))
			b, _ := math.Lgamma(float64(j + 1))
			c, _ := math.Lgamma(float64(n - j + 1))
			sum += math.Exp(a - b - c + float64(j)*math.Log(p) + float64(n-j)*math.Log(1-p))
		}
		return sum
	}
	low, high := int(iv.Low), int(iv.High)
	if !(atMost(low-1) <= 0.025 && atMost(low) > 0.025 && 1-atMost(high-1) <= 0.025 && 1-atMost(high-2) > 0.025) {
		t.Errorf("ranks %d and %d of %d: %v and %v outside, a rank less %v and %v", low, high, n, atMost(low-1), 1-atMost(high-1), atMost(low), 1-atMost(high-2))
	}
}

func TestEventCurve(t *testing.T) {
	got := EventCurve([]float64{10, nan, 20, 20, nan}, []float64{0, 10, 19, 20, 500})
	for i, yes := range []int{0, 1, 1, 3, 3} {
		check(t, "point of the curve", got[i], Share(yesNo(yes, 5)))
	}
}

// TestSurvivorsDoNotReverse: of a short working week a third of the groups sell
// at all, and those soon; of a long one nearly all do. The means of those who
// sold say that the short week is faster.
func TestSurvivorsDoNotReverse(t *testing.T) {
	luck := rand.New(rand.NewPCG(3, 1))
	const n, horizon = 500, 260
	short, full := make([]float64, n), make([]float64, n)
	for i := range n {
		shared := luck.NormFloat64()
		short[i] = censored(340*math.Exp(0.3*shared+0.9*luck.NormFloat64()), horizon)
		full[i] = censored(170*math.Exp(0.2*shared+0.2*luck.NormFloat64()), horizon)
	}
	if a, b := Mean(short), Mean(full); a.High > b.Low || a.N > n/2 || b.N < n*8/10 {
		t.Fatalf("means over survivors are %v and %v: no example of the trap", a, b)
	}
	a, b, d := MedianTime(short), MedianTime(full), MedianTimeDifference(short, full, horizon, 1)
	if !math.IsInf(a.Estimate, 1) || !(b.High < 180) || a.N != n || b.N != n {
		t.Errorf("medians %v and %v", a, b)
	}
	if !math.IsInf(d.Estimate, 1) || !(d.Low > 50) || !math.IsInf(d.High, 1) {
		t.Errorf("difference of the medians %v, want at least 50 weeks", d)
	}
}

// censored is a time, NaN where it is later than the horizon.
func censored(time, horizon float64) float64 {
	if time > horizon {
		return nan
	}
	return time
}

func TestMedianTimeDifference(t *testing.T) {
	a, b := []float64{1, 2, 3, 4, 5, 6}, []float64{nan, nan, nan, nan, nan, 1}
	// Of the median of six draws from 1..6 the 2.5 % and 97.5 % quantiles are 1.5
	// and 5.5; that of b lies within in less than 1 % of the resamples.
	check(t, "b not within", MedianTimeDifference(a, b, 10, 1), Interval{-inf, -inf, 5.5 - 10, 6})
	check(t, "a not within", MedianTimeDifference(b, a, 10, 1), Interval{inf, 10 - 5.5, inf, 6})
	check(t, "neither", MedianTimeDifference(b, b, 10, 1), Interval{nan, -inf, inf, 6})
	check(t, "the same", MedianTimeDifference(a, a, 10, 1), Interval{0, 0, 0, 6})
	check(t, "few", MedianTimeDifference(a[:2], a[1:3], 10, 1), Interval{-1, nan, nan, 2})
	check(t, "none", MedianTimeDifference(nil, nil, 10, 1), Interval{nan, nan, nan, 0})
	c, d := []float64{9, 2, nan, 4, 12, nan, 3, 8, 1, 30}, []float64{3, 3, 5, 1, nan, 9, nan, 2, 2, 7}
	first := MedianTimeDifference(c, d, 40, 5)
	if first.Estimate != MedianTime(c).Estimate-MedianTime(d).Estimate {
		t.Errorf("difference %v of %v and %v", first, MedianTime(c), MedianTime(d))
	}
	moved := func(v []float64) []float64 { return append(append([]float64{}, v[4:]...), v[:4]...) }
	check(t, "in another order", MedianTimeDifference(moved(c), moved(d), 40, 5), first)
}

// TestCoverageOfTimes has times with a frailty that both alternatives share,
// the truth being what an endless run would show.
func TestCoverageOfTimes(t *testing.T) {
	for i, c := range []struct {
		name             string
		n                int
		medianA, medianB float64
		horizon          float64
		oneSided         bool // the horizon hides an end, which then always covers
	}{
		{"both within", 30, 150, 100, 520, false},
		{"both within, n=100", 100, 266, 159, 520, false},
		{"half censored", 100, 250, 200, 260, true},
		{"one beyond", 100, 540, 300, 520, true},
		{"both within, n=500", 500, 266, 159, 520, false},
	} {
		if c.n > 100 && !study {
			continue
		}
		count := trials(80, 2000)
		draw := func(l *rand.Rand) (a, b []float64) {
			for range c.n {
				frail := math.Exp(0.4 * l.NormFloat64())
				a = append(a, censored(c.medianA*frail*math.Exp(0.6*l.NormFloat64()), c.horizon))
				b = append(b, censored(c.medianB*frail*math.Exp(0.4*l.NormFloat64()), c.horizon))
			}
			return a, b
		}
		median := covered(count, uint64(i), c.medianA, func(l *rand.Rand) Interval {
			a, _ := draw(l)
			return MedianTime(a)
		})
		difference := covered(count, uint64(i), c.medianA-c.medianB, func(l *rand.Rand) Interval {
			a, b := draw(l)
			return MedianTimeDifference(a, b, c.horizon, l.Uint64())
		})
		t.Logf("%-20s n=%d: median %.4f, difference %.4f", c.name, c.n, median, difference)
		for what, got := range map[string]float64{"median": median, "difference": difference} {
			if most := 0.97 + slack(count); got < 0.93-slack(count) || got > most && !c.oneSided {
				t.Errorf("%s: %s covers %.4f, want within 0.93..0.97", c.name, what, got)
			}
		}
	}
}
