package sanity

import (
	"math"
	"math/rand/v2"
	"testing"

	"epgsim/sim/analysis"
)

// pairwise are the checks that compare variants of which one ought to be no worse,
// or no other, than the other.
var pairwise = []check{
	{"more is not worse", moreIsNotWorse, 50, 100},
	{"continuous in focus", focusIsContinuous, 50, 100},
	{"places do not matter", placesDoNotMatter, 150, 500},
}

// Where there is nothing to find, nothing is found: a variant against itself with
// other luck, without any tolerance, and places exchanged by lot.
func TestNoFalseAlarms(t *testing.T) {
	for _, c := range pairwise {
		v := c.run(c.lab(null))
		t.Logf("%s: %s", c.name, v.says)
		// At first sight one in two hundred looks wrong; comparisons that share luck do
		// so together.
		if !v.holds || v.wrong > 3+v.made/50 {
			t.Errorf("%s: %s, where nothing differs but luck", c.name, v.says)
		}
	}
}

// Where there is something to find, it is found: help taken away, form a fifth of
// the continuum apart, one place with a fifth more hours than the others.
func TestFaultsAreFound(t *testing.T) {
	for _, c := range pairwise {
		if v := c.run(c.lab(reversed)); v.holds {
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
