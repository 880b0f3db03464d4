package claims

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"epgsim/sim"
	"epgsim/sim/experiment"
)

// study says whether studies of error rates, which take minutes, are made in full.
func study() bool { return os.Getenv("EPGSIM_STUDY") != "" }

// A set has luck of its own, which goes on where it stopped.
func TestSetsHaveLuckOfTheirOwn(t *testing.T) {
	arms := []Arm{{Name: "a", Set: untilEnd(1)}}
	of := func(plan experiment.Plan) []float64 {
		rs := newResults(false)
		if err := rs.run(t.Context(), sim.Defaults(), arms, plan, func(int) {}); err != nil {
			t.Fatal(err)
		}
		return rs.of[arms[0].key()].outcomes[sim.Complementarity]
	}
	p := Plan{Seed: 1}
	first, other, whole, rest := of(p.inSet(0, 0, 5)), of(p.inSet(1, 0, 5)), of(p.inSet(0, 0, 8)), of(p.inSet(0, 5, 8))
	for r := range first {
		if first[r] == other[r] {
			t.Errorf("replication %d of two sets has the same luck", r)
		}
	}
	if fmt.Sprint(append(first, rest...)) != fmt.Sprint(whole) {
		t.Error("a set that goes on has other luck than one that did not stop")
	}
	if setApart < Full.SetReplications {
		t.Error("the replications of two sets overlap")
	}
}

// effects are ways in which the true effects of a claim's parts may be spread
// over parameter sets, in standard deviations of a single replication.
var effects = map[string]struct {
	parts  int
	effect func(luck *rand.Rand) float64
	share  float64 // of sets in which all parts are truly above zero
}{
	"large, in four of five":  {1, func(l *rand.Rand) float64 { return []float64{-1, 1, 1, 1, 1}[l.IntN(5)] }, 0.8},
	"small, in all":           {1, func(*rand.Rand) float64 { return 0.1 }, 1},
	"small, in nine of ten":   {1, func(l *rand.Rand) float64 { return []float64{-0.1, 0.1}[min(1, l.IntN(10))] }, 0.9},
	"normal":                  {1, func(l *rand.Rand) float64 { return 0.25 + 0.3*l.NormFloat64() }, 0.5 * math.Erfc(-0.25/0.3/math.Sqrt2)},
	"three parts, all small":  {3, func(*rand.Rand) float64 { return 0.15 }, 1},
	"three parts, all normal": {3, func(l *rand.Rand) float64 { return 0.5 + 0.3*l.NormFloat64() }, math.Pow(0.5*math.Erfc(-0.5/0.3/math.Sqrt2), 3)},
}

// estimated is the claim's parts after each look at normal replications of one
// set, up to the look that settles it.
func estimated(c *Claim, effect []float64, luck *rand.Rand) (s inSet) {
	sums := make([][2]float64, len(effect))
	for n := 1; ; n++ {
		s = inSet{n: n}
		for k := range effect {
			x := effect[k] + luck.NormFloat64()
			sums[k][0] += x
			sums[k][1] += x * x
			m := sums[k][0] / float64(n)
			s.parts = append(s.parts, Estimate{m, math.Sqrt(max(0, sums[k][1]/float64(n)-m*m) / float64(n))})
		}
		if n == 80 || (n == 20 || n == 40) && settled(c, s.parts, n) != open {
			return s
		}
	}
}

// wrongSide is the share of sets that may end on the wrong side of zero, see
// setLevel.
const wrongSide = 0.01

// The interval of the share of sets covers the share in which all parts are
// truly above zero, however small the effects are, give or take the few sets
// that end on the wrong side.
func TestShareOfSetsCoversTheTruth(t *testing.T) {
	ledgers := 30
	if study() {
		ledgers = 400
	}
	const sets = 100
	for name, e := range effects {
		c := &Claim{Parts: make([]Part, e.parts)}
		luck := rand.New(rand.NewPCG(1, uint64(len(name))))
		covered, mean, width := 0, 0.0, 0.0
		for range ledgers {
			var all []inSet
			for range sets {
				effect := make([]float64, e.parts)
				for k := range effect {
					effect[k] = e.effect(luck)
				}
				all = append(all, estimated(c, effect, luck))
			}
			got := claimShare(c, all)
			if got.Low-wrongSide <= e.share && e.share <= got.High+wrongSide {
				covered++
			}
			mean += got.Estimate / float64(ledgers)
			width += (got.High - got.Low) / float64(ledgers)
		}
		rate := float64(covered) / float64(ledgers)
		t.Logf("%s: truly %.3f, estimated %.3f, interval %.2f wide, covers %.3f", name, e.share, mean, width, rate)
		if slack := 3 * math.Sqrt(0.95*0.05/float64(ledgers)); rate < 0.95-slack {
			t.Errorf("%s: the interval covers in %.3f of ledgers", name, rate)
		}
	}
}
