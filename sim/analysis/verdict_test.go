package analysis

import (
	"math"
	"math/rand/v2"
	"testing"
)

// world draws one replication of a variant: what it sells by two dates and what
// it costs, given the luck that all variants share.
type world func(l *rand.Rand, variant int, shared float64) (early, late, cost float64)

// skewedWorld sells nothing in a share none of replications, else lognormally,
// alike for every variant.
func skewedWorld(none, sigma float64) world {
	return func(l *rand.Rand, _ int, shared float64) (early, late, cost float64) {
		cost = 200 + 100*l.Float64()
		if l.Float64() < none {
			return 0, 0, cost
		}
		late = 300 * math.Exp(float64(sigma*(0.7*shared+0.7*l.NormFloat64())))
		return late * l.Float64(), late, cost
	}
}

// unlikeWorld has the same means for all variants, every other of which takes
// risks: it sells nothing in more replications, and more in the others.
func unlikeWorld(none, sigma float64) world {
	calm, risky := skewedWorld(none, sigma), skewedWorld(1-(1-none)/2, sigma)
	return func(l *rand.Rand, variant int, shared float64) (early, late, cost float64) {
		if variant%2 == 0 {
			return calm(l, variant, shared)
		}
		early, late, cost = risky(l, variant, shared)
		return 2 * early, 2 * late, cost
	}
}

// verdictOf ranks variants by means at two dates, per cost and by the share
// that sells (where that is alike), as one family, and reports whether any
// sentence calls a difference sure.
func verdictOf(l *rand.Rand, w world, variants, n int, shares bool) (wrong bool) {
	early, late, perCost := make([]Alternative, variants), make([]Alternative, variants), make([]Alternative, variants)
	for range n {
		shared := l.NormFloat64()
		for v := range variants {
			e, s, cost := w(l, v, shared)
			early[v].Values, late[v].Values = append(early[v].Values, e), append(late[v].Values, s)
			perCost[v].Over = append(perCost[v].Over, cost)
		}
	}
	rankings := 3
	if shares {
		rankings = 4
	}
	f := Family{Sentences: rankings * Pairs(variants), Matters: DefaultMatters}
	for v := range perCost {
		perCost[v].Values = late[v].Values
	}
	all := []Ranking{f.Rank(Means, early), f.Rank(Means, late), f.Rank(Ratios, perCost)}
	if shares {
		all = append(all, f.Rank(Shares, late))
	}
	for _, r := range all {
		for _, c := range r.Against {
			wrong = wrong || c.Finding == Ahead || c.Finding == Behind
		}
	}
	return wrong
}

// TestErrorOfVerdicts: of comparisons of alike, at most 5 % of whole verdicts
// call any difference sure.
func TestErrorOfVerdicts(t *testing.T) {
	worlds := []struct {
		name   string
		world  world
		shares bool
	}{
		{"alike, skewed", skewedWorld(0.6, 1), true},
		{"alike, heavy tails", skewedWorld(0.6, 1.6), true},
		{"alike, rare", skewedWorld(0.95, 1), true},
		{"equal means, other spread", unlikeWorld(0.2, 1), false},
	}
	for _, w := range worlds {
		t.Run(w.name, func(t *testing.T) {
			for _, variants := range []int{2, 3, 4, 12} {
				for _, n := range []int{50, 500} {
					if study || n == 50 && variants != 4 {
						errorOfVerdicts(t, w.world, variants, n, w.shares)
					}
				}
			}
		})
	}
}

// errorOfVerdicts counts the verdicts that err.
func errorOfVerdicts(t *testing.T, w world, variants, n int, shares bool) {
	count := trials(240/variants, 2000)
	luck := rand.New(rand.NewPCG(uint64(variants), uint64(n)))
	wrong := 0
	for range count {
		if verdictOf(luck, w, variants, n, shares) {
			wrong++
		}
	}
	share := float64(wrong) / float64(count)
	t.Logf("%d variants, n=%d: %.4f of verdicts err", variants, n, share)
	if share > 0.05+slack(count) {
		t.Errorf("%d variants, n=%d: %.4f of verdicts err, want at most 0.05", variants, n, share)
	}
}

func TestCompare(t *testing.T) {
	ten := func(of func(i int) float64) (values []float64) {
		for i := range 10 {
			values = append(values, of(i))
		}
		return values
	}
	base := ten(func(i int) float64 { return 100 + 10*float64(i%3) })
	shifted := func(by, erratic float64) []float64 {
		return ten(func(i int) float64 { return base[i] + by + erratic*float64(i%2*2-1) })
	}
	one := Family{Sentences: 1, Matters: 0.05} // of about 109: 5.5
	for _, c := range []struct {
		name    string
		a, b    []float64
		want    Finding
		settles bool
	}{
		{"ahead", shifted(20, 5), base, Ahead, false},
		{"behind", base, shifted(20, 5), Behind, false},
		{"the same", base, base, Same, false},
		{"the same but for rounding", ten(func(i int) float64 { return base[i] * (1 + 1e-15) }), base, Same, false},
		{"sure, but too little to matter", shifted(2, 1), base, Immaterial, false},
		{"not sure, but too little to matter", shifted(0.1, 2), base, Immaterial, false},
		{"open", shifted(8, 20), base, Open, true},
		{"open, one value", []float64{1}, []float64{2}, Open, false},
		{"other groups", append(shifted(20, 5)[:9:9], nan), base, Unlike, false},
		{"nothing", []float64{nan}, []float64{1}, Unlike, false},
	} {
		got := one.Compare(Means, Alternative{Values: c.a}, Alternative{Values: c.b})
		if got.Finding != c.want || got.Settles != c.settles || (got.More > 0) != c.settles && c.name != "open, one value" {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	got := one.Compare(Means, Alternative{Values: shifted(20, 5)}, Alternative{Values: base})
	check(t, "alone", got.Difference, Difference(shifted(20, 5), base))
	if !near(got.A, 129) || !near(got.B, 109) || !near(got.Threshold, 0.05*129) {
		t.Errorf("%+v", got)
	}
	five := Family{Sentences: 5}.Compare(Means, Alternative{Values: shifted(20, 5)}, Alternative{Values: base})
	half := studentT(1-0.005, 9) / studentT(upper95, 9) * (got.Difference.High - 20)
	check(t, "one of five", five.Difference, Interval{20, 20 - half, 20 + half, 10})
}

// TestNoAdviceForNothing: of a difference too small ever to be seen, what is
// asked for is what shows that it does not matter.
func TestNoAdviceForNothing(t *testing.T) {
	tiny := Interval{0.1, -7.9, 8.1, 100}
	sure, _ := MoreNeeded(tiny, math.MaxInt)
	// The half-width of 8 must shrink to 4.9: (8/4.9)^2*100 = 267 in all.
	if more, ok := settledBy(tiny, 5, MostAsked); more != 200 || !ok || sure < 100_000 {
		t.Errorf("%d more (%t) settle it, %d show its sign", more, ok, sure)
	}
	if more, ok := settledBy(tiny, 0.05, MostAsked); ok {
		t.Errorf("%d more settle what is larger than the threshold", more)
	}
	// (1.984+0.845)/1.984*8 = 11.4 must shrink to 6: 362 in all.
	large := Interval{6, -2, 14, 100}
	if more, ok := settledBy(large, 5, MostAsked); !ok || more != 300 {
		t.Errorf("%d more (%t), want what MoreNeeded says", more, ok)
	}
}

// TestFewThatDiffer: five coins that fall alike are not sure, whatever t says.
func TestFewThatDiffer(t *testing.T) {
	one := Family{Sentences: 1}
	for differ, want := range map[int]Finding{0: Same, 1: Open, 5: Open, 6: Ahead} {
		got := one.Compare(Means, Alternative{Values: yesNo(differ, 60)}, Alternative{Values: yesNo(0, 60)})
		if got.Finding != want {
			t.Errorf("%d of 60 pairs differ: %+v", differ, got)
		}
	}
}

// TestPairTold: the best is told against the one that it cannot be told from,
// not against one of a higher mean that it can.
func TestPairTold(t *testing.T) {
	var best, steady, erratic []float64
	for i := range 20 {
		v := float64(i%5) * 10
		best, steady = append(best, 110+v), append(steady, 100+v+float64(i%2))
		erratic = append(erratic, 98+v+60*float64(i%2*2-1))
	}
	r := Best([][]float64{steady, best, erratic})
	if r.Best != 1 || r.RunnerUp != 2 || len(r.Close) != 1 || r.Close[0] != 2 || r.Lead != r.Leads[2] || !near(r.Lead.Estimate, 12) {
		t.Errorf("%+v", r)
	}
	if r.Against[0].Finding != Ahead || r.Against[2].Finding != Open || r.Against[1].Finding != Unlike {
		t.Errorf("%+v", r.Against)
	}
	if r.Settling == 0 || r.Settling != r.Against[2].More {
		t.Errorf("%d more settle it, want those of %+v", r.Settling, r.Against[2])
	}
	if r = Best([][]float64{best, best, best}); !r.Equal || r.Settling != 0 {
		t.Errorf("all the same: %+v", r)
	}
	if r = Best([][]float64{best, best, steady}); r.Equal || r.Against[1].Finding != Same {
		t.Errorf("two the same: %+v", r)
	}
}

func TestRankOfRatiosAndShares(t *testing.T) {
	f := Family{Sentences: 3, Matters: 0.05}
	var a, b []Alternative
	for v, gain := range []float64{1, 3, 2} {
		values, over := make([]float64, 40), make([]float64, 40)
		for i := range values {
			over[i] = 10 + float64(i%4)
			values[i] = gain*over[i] + float64(i%3-1)
		}
		a = append(a, Alternative{values, over})
		b = append(b, Alternative{Values: yesNo(40-15*v, 40)})
	}
	r := f.Rank(Ratios, a)
	if r.Best != 1 || r.RunnerUp != 2 || len(r.Close) > 0 || !near(r.Lead.Estimate, 1) {
		t.Errorf("ratios: %+v", r)
	}
	check(t, "ratio", Interval{r.Means[1], 0, 0, r.N}, Interval{RatioOfMeans(a[1].Values, a[1].Over).Estimate, 0, 0, 40})
	r = f.Rank(Shares, b)
	if r.Best != 0 || r.Means[1] != 25.0/40 || r.RunnerUp != 1 || r.Against[2].Finding != Ahead {
		t.Errorf("shares: %+v", r)
	}
}

// TestCoverageOfDifferenceOfShares has a rare yes with luck in common.
func TestCoverageOfDifferenceOfShares(t *testing.T) {
	for i, c := range []struct {
		n    int
		a, b float64
	}{{50, 0.1, 0.3}, {200, 0.01, 0.03}, {200, 0.05, 0.05}, {500, 0.005, 0.02}, {500, 0.2, 0.25}} {
		count := trials(1000, 10_000)
		got := covered(count, uint64(i), c.a-c.b, func(l *rand.Rand) Interval {
			a, b := make([]float64, c.n), make([]float64, c.n)
			for rep := range a {
				u := l.Float64()
				v := u // half of the luck in common
				if l.Float64() < 0.5 {
					v = l.Float64()
				}
				if u < c.a {
					a[rep] = 1
				}
				if v < c.b {
					b[rep] = 1
				}
			}
			return differenceOfShares(a, b, upper95)
		})
		t.Logf("shares of %.3f and %.3f, n=%d: %.4f", c.a, c.b, c.n, got)
		if got < 0.93-slack(count) || got > 0.97+slack(count) {
			t.Errorf("shares of %.3f and %.3f, n=%d: covers %.4f, want within 0.93..0.97", c.a, c.b, c.n, got)
		}
	}
}
