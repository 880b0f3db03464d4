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
	a, b := MedianTime(short), MedianTime(full)
	if !math.IsInf(a.Estimate, 1) || !(b.High < 180) || a.N != n || b.N != n {
		t.Errorf("medians %v and %v", a, b)
	}
}

// censored is a time, NaN where it is later than the horizon.
func censored(time, horizon float64) float64 {
	if time > horizon {
		return nan
	}
	return time
}

// TestCoverageOfTimes has lognormal times, the truth being what an endless run would show.
func TestCoverageOfTimes(t *testing.T) {
	for i, c := range []struct {
		name            string
		n               int
		median, horizon float64
	}{
		{"within", 30, 150, 520},
		{"within, n=100", 100, 266, 520},
		{"half censored", 100, 250, 260},
		{"within, n=500", 500, 159, 520},
	} {
		if c.n > 100 && !study {
			continue
		}
		count := trials(80, 2000)
		got := covered(count, uint64(i), c.median, func(l *rand.Rand) Interval {
			var times []float64
			for range c.n {
				times = append(times, censored(c.median*math.Exp(0.7*l.NormFloat64()), c.horizon))
			}
			return MedianTime(times)
		})
		t.Logf("%-20s n=%d: median %.4f", c.name, c.n, got)
		if got < 0.93-slack(count) || got > 0.97+slack(count) {
			t.Errorf("%s: the median covers %.4f, want within 0.93..0.97", c.name, got)
		}
	}
}
