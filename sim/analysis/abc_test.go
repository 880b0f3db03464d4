package analysis

import (
	"encoding/csv"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// abcCase is a line of abc_moments.csv.
type abcCase struct {
	problem, how, parameter string
	eps, accept, mean, sd   float64
}

func abcTable(t *testing.T, name string) (rows [][]string) {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err = csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func abcNumber(text string) float64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

func abcCases(t *testing.T, problem string) (cases []abcCase) {
	t.Helper()
	for _, r := range abcTable(t, "abc_moments.csv") {
		if r[0] == problem {
			cases = append(cases, abcCase{r[0], r[1], r[4], abcNumber(r[2]), abcNumber(r[3]), abcNumber(r[5]), abcNumber(r[6])})
		}
	}
	return cases
}

// plainSD has the divisor n-1.
func plainSD(values []float64) float64 {
	_, sd := meanAndSD(values)
	return sd
}

// On a fixed sample rejection and regression come to what another program finds.
func TestABCOnAFixedSample(t *testing.T) {
	var draws, stats [][]float64
	for _, r := range abcTable(t, "abc_sample.csv") {
		draws = append(draws, []float64{abcNumber(r[0]), abcNumber(r[1])})
		stats = append(stats, []float64{abcNumber(r[2]), abcNumber(r[3])})
	}
	observed, scale := []float64{1.2, math.Log(1.5)}, []float64{0.27, 0.32}
	far := Distances(stats, observed, scale)
	checked := 0
	for _, c := range abcCases(t, "nig-sample") {
		near := Accept(far, c.eps, nil)
		if len(near.Rows) != int(c.accept) {
			t.Errorf("eps %g: %d accepted, want %g", c.eps, len(near.Rows), c.accept)
			continue
		}
		k := map[string]int{"mu": 0, "logs2": 1}[c.parameter]
		var values []float64
		for _, row := range near.Rows {
			values = append(values, draws[row][k])
		}
		mean, sd := Mean(values).Estimate, plainSD(values)
		if strings.HasPrefix(c.how, "local-linear") {
			adjusted, _ := NewLocalLinear(&near, stats, observed).Adjust(values)
			mean, sd = WeightedMean(adjusted, near.Weights)
		}
		if math.Abs(mean-c.mean) > 2e-6 || math.Abs(sd-c.sd) > 2e-6 {
			t.Errorf("eps %g, %s, %s: %.6f ± %.6f, want %.6f ± %.6f", c.eps, c.how, c.parameter, mean, sd, c.mean, c.sd)
		}
		checked++
	}
	if checked < 16 {
		t.Errorf("only %d lines were checked", checked)
	}
}

// With normal theta and normal statistics, rejection widens as the quadrature says,
// and regression gives the posterior at every eps.
func TestABCOnANormal(t *testing.T) {
	draws := 400_000
	if os.Getenv("EPGSIM_LONG") != "" {
		draws = 2_000_000
	}
	dice := rand.New(rand.NewPCG(5, 6))
	theta, stats := make([]float64, draws), make([][]float64, draws)
	for i := range theta {
		theta[i] = 2 * dice.NormFloat64()
		stats[i] = []float64{theta[i] + dice.NormFloat64()/math.Sqrt(20)}
	}
	observed := []float64{1.2}
	far := Distances(stats, observed, []float64{1})
	for _, c := range abcCases(t, "normal") {
		if math.IsNaN(c.eps) || c.eps < 0.1 {
			continue
		}
		near := Accept(far, c.eps, nil)
		var values []float64
		for _, row := range near.Rows {
			values = append(values, theta[row])
		}
		n := float64(len(values))
		if share := n / float64(draws); math.Abs(share-c.accept) > 4*math.Sqrt(c.accept/float64(draws)) {
			t.Errorf("eps %g: %.5f accepted, want %.5f", c.eps, share, c.accept)
		}
		mean, sd := Mean(values).Estimate, plainSD(values)
		if c.how == "linear adjustment" {
			adjusted, _ := NewLocalLinear(&near, stats, observed).Adjust(values)
			mean, sd = WeightedMean(adjusted, near.Weights)
			n = 1 / dot(near.Weights, near.Weights)
		}
		if math.Abs(mean-c.mean) > 4*c.sd/math.Sqrt(n) || math.Abs(sd/c.sd-1) > 4/math.Sqrt(2*n) {
			t.Errorf("eps %g, %s: %.4f ± %.4f of %.0f, want %.4f ± %.4f", c.eps, c.how, mean, sd, n, c.mean, c.sd)
		}
	}
}

func TestAcceptLeavesOutWhatIsMissing(t *testing.T) {
	far := Distances([][]float64{{1, 2}, {math.NaN(), 2}, {1, 3}}, []float64{1, 2}, []float64{1, 1})
	near := Accept(far, math.Inf(1), nil)
	if !slices.Equal(near.Rows, []int{0, 2}) || 1/dot(near.Weights, near.Weights) != 2 {
		t.Errorf("kept %v, weights %v", near.Rows, near.Weights)
	}
	if d := Nearest(far, 1); d != 1 {
		t.Errorf("the second nearest is at %g, want 1", d)
	}
}

func TestWeightedQuantile(t *testing.T) {
	values, weights := []float64{3, 1, 2}, []float64{0.25, 0.25, 0.5}
	for p, want := range map[float64]float64{0: 1, 0.125: 1, 0.5: 2, 0.875: 3, 1: 3, 0.3125: 1.5} {
		if got := WeightedQuantile(values, weights, p); math.Abs(got-want) > 1e-12 {
			t.Errorf("quantile %g is %g, want %g", p, got, want)
		}
	}
	if l := NewLocalLinear(&Near{Rows: []int{0, 1, 2}, Weights: weights}, [][]float64{{1, 1}, {2, 2}, {3, 3}}, []float64{2, 9}); l.Terms() != 1 || !slices.Equal(l.Outside, []int{1}) {
		t.Errorf("a statistic that the other determines: %d terms, outside %v", l.Terms(), l.Outside)
	}
}
