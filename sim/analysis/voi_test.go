package analysis

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// splitMix is the generator of Steele, Lea and Flood (2014), by which the samples
// of testdata were drawn.
type splitMix uint64

func (s *splitMix) next() uint64 {
	*s += 0x9E3779B97F4A7C15
	z := uint64(*s)
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9
	z = (z ^ (z >> 27)) * 0x94D049BB133111EB
	return z ^ (z >> 31)
}

// normalCase is a choice under normal unknowns: four inputs of their own means
// and standard deviations, and the net benefit of each option.
type normalCase struct {
	mean, sd [4]float64
	nb       func(x []float64) []float64
	evpi     float64
}

var normalCases = map[string]normalCase{
	"a": {[4]float64{1, 0.6, 0, 0}, [4]float64{1, 0.8, 2, 1}, func(x []float64) []float64 {
		return []float64{0, -1 + 2*x[0] - 1.5*x[1] + 0.5*x[2]}
	}, 0.963188},
	"b": {[4]float64{0, 0, 0.5, 0}, [4]float64{1, 1, 1, 1}, func(x []float64) []float64 {
		return []float64{0, 0.3 + 1.2*x[0] - 0.8*x[1], 0.2 + x[0]*x[2] + 0.6*x[1]}
	}, 0.779604},
}

// draw returns so many worlds and their net benefits, from standard normals.
func (c normalCase) draw(n int, normal func() float64) (x, nb [][]float64) {
	for range n {
		row := make([]float64, 4)
		for i := range row {
			row[i] = c.mean[i] + c.sd[i]*normal()
		}
		x, nb = append(x, row), append(nb, c.nb(row))
	}
	return x, nb
}

// inputsOf reads "x1+x3" as inputs 0 and 2.
func inputsOf(text string) []int {
	var set []int
	for part := range strings.SplitSeq(text, "+") {
		set = append(set, int(part[1]-'1'))
	}
	return set
}

// TestInformationLikeLeastSquares compares the regression with another program's
// least squares on the very same worlds, and with the truth.
func TestInformationLikeLeastSquares(t *testing.T) {
	seeds := map[string]splitMix{"a": 11, "b": 22}
	checked := 0
	for _, row := range table(t, "information_estimates.csv") {
		state := seeds[row["case"]]
		x, nb := normalCases[row["case"]].draw(2000, func() float64 {
			return distuv.UnitNormal.Quantile((float64(state.next()>>11) + 0.5) / (1 << 53))
		})
		want, truth := cell(t, row["estimate_on_csv"]), cell(t, row["truth"])
		var got float64
		switch {
		case row["parameters"] == "evpi":
			worlds := make([][][]float64, len(nb))
			for w := range nb {
				for _, v := range nb[w] {
					worlds[w] = append(worlds[w], []float64{v})
				}
			}
			got = EVPI(worlds, 1).AtMost
		case row["estimator"] == "ols-cubic":
			s := surfaceOf(x, inputsOf(row["parameters"]))
			got = worth(s.directions(onceEach(len(x))), nb, onceEach(len(x)))
		default: // another estimator: only near
			continue
		}
		checked++
		if math.Abs(got-want) > 2e-6 {
			t.Errorf("%s %s: %.6f, want %.6f", row["case"], row["parameters"], got, want)
		}
		if spread := cell(t, row["sd_over_fresh_samples"]); math.Abs(got-truth) > 3*spread+0.006 || got < -1e-9 {
			t.Errorf("%s %s: %.6f, in truth %.6f", row["case"], row["parameters"], got, truth)
		}
	}
	if checked < 13 {
		t.Errorf("only %d checked", checked)
	}
}

// TestInformationOfTwoStates enumerates a choice of three options in which one
// unknown has three states and another two.
func TestInformationOfTwoStates(t *testing.T) {
	payoff := [3][3][2]float64{
		{{10, 10}, {10, 10}, {10, 10}},
		{{4, 8}, {12, 9}, {22, 15}},
		{{7, 13}, {9, 12}, {11, 14}},
	}
	var x, nb [][]float64
	var worlds [][][]float64
	for theta, times := range []int{5, 3, 2} {
		for phi, more := range []int{6, 4} {
			for range times * more {
				x = append(x, []float64{float64(theta), float64(phi)})
				row, world := []float64{}, [][]float64{}
				for option := range payoff {
					v := payoff[option][theta][phi]
					row, world = append(row, v), append(world, []float64{v, v})
				}
				nb, worlds = append(nb, row), append(worlds, world)
			}
		}
	}
	for input, want := range []float64{1.88, 0.96} {
		s := surfaceOf(x, []int{input})
		if got := worth(s.directions(onceEach(100)), nb, onceEach(100)); math.Abs(got-want) > 1e-9 {
			t.Errorf("input %d: %.9f, want %g", input, got, want)
		}
	}
	both := surfaceOf(x, []int{0, 1})
	if got := worth(both.directions(onceEach(100)), nb, onceEach(100)); math.Abs(got-2.84) > 1e-9 {
		t.Errorf("both: %.9f, want 2.84", got)
	}
	result := EVPI(worlds, 1)
	for _, got := range []float64{result.AtLeast, result.AtMost} {
		if math.Abs(got-2.84) > 1e-9 {
			t.Errorf("all: %.9f, want 2.84", got)
		}
	}
	if result.Best != 2 || !(result.Low < 2.84 && 2.84 < result.High) {
		t.Errorf("best %d, interval %v", result.Best, result.Interval)
	}
}

// TestEVPIWithLuck measures the bias that luck leaves in the value of perfect
// information: that of the plain estimate must be seen, and that of the
// corrected one must not.
func TestEVPIWithLuck(t *testing.T) {
	trials := 60
	if study {
		trials = 1000
	}
	for _, replications := range []int{2, 5} {
		luck := rand.New(rand.NewPCG(uint64(replications), 31))
		c := normalCases["a"]
		var low, mid, high, widths []float64
		covers := 0
		for range trials {
			_, nb := c.draw(300, luck.NormFloat64)
			worlds := make([][][]float64, len(nb))
			for w, row := range nb {
				worlds[w] = make([][]float64, len(row))
				for option, v := range row {
					worlds[w][option] = sample(replications, func() float64 { return v + 1.5*luck.NormFloat64() })
				}
			}
			got := EVPI(worlds, luck.Uint64())
			low, mid, high = append(low, got.AtLeast-c.evpi), append(mid, got.Estimate-c.evpi), append(high, got.AtMost-c.evpi)
			widths = append(widths, got.High-got.Low)
			if got.Low <= c.evpi && c.evpi <= got.High {
				covers++
			}
		}
		below, bias, above := Mean(low), Mean(mid), Mean(high)
		t.Logf("%d replications: at least %+.4f, estimate %+.4f ±%.4f, at most %+.4f; covers %.3f", replications,
			below.Estimate, bias.Estimate, bias.High-bias.Estimate, above.Estimate, float64(covers)/float64(trials))
		if !(below.High < 0 && above.Low > 0) {
			t.Errorf("%d replications: at least is off by %v, at most by %v", replications, below, above)
		}
		if math.Abs(bias.Estimate) > 0.025+1.5*(bias.High-bias.Estimate) {
			t.Errorf("%d replications: biased by %v", replications, bias)
		}
		if width := Mean(widths).Estimate; width > 0.6 {
			t.Errorf("%d replications: intervals of width %.3f", replications, width)
		}
		if share := float64(covers) / float64(trials); share < 0.94-3*math.Sqrt(0.05*0.95/float64(trials)) {
			t.Errorf("%d replications: covers %.3f", replications, share)
		}
	}
}

// families are the questions asked together, and what they are worth in truth.
var families = map[string][][]struct {
	inputs string
	truth  float64
}{
	"a": {{{"x1", 0.748882}, {"x2", 0.430392}, {"x3", 0.350935}, {"x4", 0}}, {{"x1+x2", 0.881340}}},
	"b": {{{"x1", 0.347324}, {"x2", 0.509943}, {"x3", 0}, {"x4", 0}}, {{"x1+x2", 0.655376}, {"x1+x3", 0.501201}}},
}

// TestCoverageOfInformation measures what intervals cover where values are known
// in closed form, how biased the estimates are, and how often an input is found
// worth asking: those that are of use nearly always, one of those that are not in
// at most 5 % of samples. Luck is left in the net benefits.
func TestCoverageOfInformation(t *testing.T) {
	trials := 10
	if study {
		trials = 300
		t.Run("a of 1000", func(t *testing.T) { coverageOfInformation(t, "a", 1000, 150) })
	}
	for _, name := range []string{"a", "b"} {
		t.Run(name+" of 256", func(t *testing.T) { coverageOfInformation(t, name, 256, trials) })
	}
}

func coverageOfInformation(t *testing.T, name string, n, trials int) {
	luck := rand.New(rand.NewPCG(uint64(n), uint64(name[0])))
	covered, found, off := map[string]float64{}, map[string]float64{}, map[string]float64{}
	falsely, each := 0.0, 1/float64(trials)
	for range trials {
		x, nb := normalCases[name].draw(n, luck.NormFloat64)
		for w := range nb {
			for option := range nb[w] {
				nb[w][option] += luck.NormFloat64()
			}
		}
		wrong := false
		for _, family := range families[name] {
			var sets [][]int
			for _, q := range family {
				sets = append(sets, inputsOf(q.inputs))
			}
			got, err := EVPPI(context.Background(), x, nb, sets, luck.Uint64())
			if err != nil {
				t.Fatal(err)
			}
			for i, q := range got.Asked {
				inputs, truth := family[i].inputs, family[i].truth
				off[inputs] += (q.Estimate - truth) * each
				covered[inputs] += asNumber(q.Low <= truth && truth <= q.High) * each
				found[inputs] += asNumber(q.WorthAsking) * each
				wrong = wrong || q.WorthAsking && truth == 0
			}
		}
		falsely += asNumber(wrong) * each
	}
	slack := 3 * math.Sqrt(0.05*0.95/float64(trials))
	for _, q := range slices.Concat(families[name]...) {
		t.Logf("%-5s truth %.3f: covers %.3f, bias %+.4f, worth asking %.3f", q.inputs, q.truth, covered[q.inputs], off[q.inputs], found[q.inputs])
		allowed := 0.02 + 0.3/math.Sqrt(float64(trials))
		if q.truth == 0 { // never below, so on average above
			allowed += 0.8/math.Sqrt(float64(n)) - 0.02
		}
		if math.Abs(off[q.inputs]) > allowed {
			t.Errorf("%s: bias %+.4f", q.inputs, off[q.inputs])
		}
		if covered[q.inputs] < 0.94-slack {
			t.Errorf("%s: covers %.3f", q.inputs, covered[q.inputs])
		}
		if q.truth > 0 && found[q.inputs] < 0.95-slack {
			t.Errorf("%s: found worth asking in %.3f only", q.inputs, found[q.inputs])
		}
	}
	t.Logf("a useless input is found worth asking in %.3f", falsely)
	if falsely > 0.05+slack {
		t.Errorf("a useless input is found worth asking in %.3f", falsely)
	}
}

// TestInformationNeedsInteractions: an additive fit of x1 and x3 in case b would
// say 0.347, as of x1 alone.
func TestInformationNeedsInteractions(t *testing.T) {
	luck := rand.New(rand.NewPCG(1, 2))
	x, nb := normalCases["b"].draw(2000, luck.NormFloat64)
	got, err := EVPPI(context.Background(), x, nb, [][]int{{0, 2}}, 1)
	if err != nil || got.Asked[0].Low < 0.42 || got.Asked[0].High > 0.6 {
		t.Errorf("%v %v", got.Asked[0], err)
	}
}

func TestInformationBounds(t *testing.T) {
	luck := rand.New(rand.NewPCG(7, 2))
	x, nb := normalCases["a"].draw(200, luck.NormFloat64)
	nb[3][1], x[5][0] = math.NaN(), math.Inf(1)
	for w := range x {
		x[w][3] = 7 // the same in every world
	}
	sets := [][]int{{3}, {1}, {0}}
	got, err := EVPPI(context.Background(), x, nb, sets, 4)
	if err != nil || got.LeftOut != 2 || got.Asked[0].N != 198 {
		t.Fatalf("%+v %v", got, err)
	}
	if same := got.Asked[0]; same.Estimate != 0 || same.High > 1e-12 || same.WorthAsking || same.P != 1 {
		t.Errorf("an input that never changes: %+v", same)
	}
	if !slices.Equal(got.Order, []int{2, 1}) {
		t.Errorf("order %v", got.Order)
	}
	again, _ := EVPPI(context.Background(), x, nb, sets, 4)
	if fmt.Sprint(again) != fmt.Sprint(got) {
		t.Error("the same seed gives another answer")
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := EVPPI(ended, x, nb, sets, 4); err == nil {
		t.Error("goes on after the end of its context")
	}
	if none := EVPI(nil, 1); none.Best != -1 || !math.IsNaN(none.Estimate) {
		t.Errorf("of nothing: %+v", none)
	}
	if one, err := EVPPI(context.Background(), x[:1], nb[:1], sets, 4); err != nil || len(one.Asked) != 3 || !math.IsNaN(one.Asked[0].P) {
		t.Errorf("of one world: %+v", one)
	}
}

// TestInformationOfOddData has options that are the same, a set of nothing and an
// input of a single value: no value, and no panic.
func TestInformationOfOddData(t *testing.T) {
	luck := rand.New(rand.NewPCG(7, 3))
	x, nb := normalCases["a"].draw(60, luck.NormFloat64)
	for w := range nb {
		nb[w][1], x[w][2] = nb[w][0], 3
	}
	got, err := EVPPI(context.Background(), x, nb, [][]int{{}, {0}, {2}, {0, 1, 2, 3}}, 1)
	if err != nil || len(got.Order) != 0 {
		t.Fatalf("%+v %v", got, err)
	}
	for _, q := range got.Asked {
		if q.Estimate != 0 || q.Low != 0 || q.High > 1e-12 || q.P != 1 {
			t.Errorf("%v: %+v", q.Inputs, q)
		}
	}
}
