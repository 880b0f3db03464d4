package sanity

import (
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"epgsim/sim/analysis"
)

// pairwise are the checks that compare variants of which one ought to be no worse,
// or no other, than the other.
var pairwise = []check{
	{"more is not worse", moreIsNotWorse, 50, 50},
	{"continuous in focus", focusIsContinuous, 50, 50},
	{"places do not matter", placesDoNotMatter, 500, 500},
}

// Where there is nothing to find, nothing is found: a variant against itself with
// other luck, without any tolerance, and places exchanged by lot, over and over.
func TestNoFalseAlarms(t *testing.T) {
	rounds := 3
	if os.Getenv("EPGSIM_STUDY") != "" {
		rounds = 10
	}
	for _, c := range pairwise {
		made, wrong := 0, 0
		for k := range rounds {
			l := c.lab(null)
			l.long = l.long && k == 0 // all settings once
			l.seed += 1e6 * uint64(k+1)
			v := c.run(l)
			made, wrong = made+v.made, wrong+v.wrong
			if !v.holds {
				t.Errorf("%s, seed %d: %s, where nothing differs but luck", c.name, l.seed, v.says)
			}
		}
		// So many look wrong at first sight as its level says, within four standard
		// errors.
		if n := float64(made); float64(wrong) > firstSight*n+4*math.Sqrt(firstSight*(1-firstSight)*n) {
			t.Errorf("%s: %d of %d comparisons look wrong where nothing differs but luck", c.name, wrong, made)
		}
		t.Logf("%s: %d of %d looked wrong", c.name, wrong, made)
	}
}

// Where there is something to find, it is found: help taken away, form a fifth of
// the continuum apart, one place with a fifth more hours than the others.
func TestFaultsAreFound(t *testing.T) {
	for _, c := range pairwise {
		l := c.lab(reversed)
		l.long = false
		if v := c.run(l); v.holds {
			t.Errorf("%s does not find the fault that was put in: %s", c.name, v.says)
		}
	}
}

// The jackknife's intervals are those of package analysis where that has them.
func TestJackknife(t *testing.T) {
	luck := rand.New(rand.NewPCG(seed, 0))
	a, b := make([]float64, 200), make([]float64, 200)
	for r := range a {
		shared := luck.ExpFloat64()
		a[r], b[r] = 2*shared+luck.Float64(), shared+luck.Float64()
	}
	columns := [][][]float64{{a}, {b}}
	for _, c := range []struct {
		name string
		of   func(m [][]float64) float64
		want analysis.Interval
		near float64
	}{
		{"difference", func(m [][]float64) float64 { return m[0][0] - m[1][0] }, analysis.Difference(a, b), 1e-9},
		{"ratio", func(m [][]float64) float64 { return m[0][0] / m[1][0] }, analysis.RatioOfMeans(a, b), 0.005},
	} {
		got := jackknife(columns, c.of)
		if math.Abs(got.Estimate-c.want.Estimate) > 1e-9 || math.Abs(got.Low-c.want.Low) > c.near || math.Abs(got.High-c.want.High) > c.near || got.N != c.want.N {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	half := 1.9719565 // of 95 % with 199 degrees of freedom, in standard errors
	if z, below := standing(analysis.Interval{Estimate: 2, Low: 2 - half, High: 2 + half, N: 200}); math.Abs(z-2) > 1e-6 || math.Abs(below-0.97656) > 1e-4 {
		t.Errorf("two standard errors above 0 are %v, with probability %v below", z, below)
	}
}
