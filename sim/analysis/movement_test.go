package analysis

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestMovementOf(t *testing.T) {
	dust := 0.3 * (1 + 2e-16)
	for _, c := range []struct {
		name string
		y    [][]float64
		want Movement
	}{
		{"moves", [][]float64{{1, 2}, {1, 3}}, Moves},
		{"by luck alone", [][]float64{{1, 2}, {1, 2}, {1, 2}}, LuckAlone},
		{"constant", [][]float64{{0.3, 0.3}, {0.3, 0.3}}, Constant},
		{"constant but for rounding", [][]float64{{0.3, dust}, {0.1 + 0.2, 0.3}}, Constant},
		{"nothing at all", [][]float64{{0, 0}, {0, 0}}, Constant},
		{"missing where luck would have it", [][]float64{{nan, 2}, {nan, 2}}, LuckAlone},
		{"missing in one row", [][]float64{{1, 1}, {nan, 1}}, Moves},
		{"missing in the first row", [][]float64{{nan, 1}, {1, 1}}, Moves},
		{"no value", [][]float64{{nan}, {nan}}, Moves},
		{"no runs", nil, Moves},
		{"infinite", [][]float64{{inf, 1}, {inf, 1}}, LuckAlone},
	} {
		if got := MovementOf(c.y); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestDustIsNoVariance: rounding gives no indices, no ranks and no luck.
func TestDustIsNoVariance(t *testing.T) {
	luck := rand.New(rand.NewPCG(1, 1))
	dust := func(rows, reps int) [][]float64 {
		y := make([][]float64, rows)
		for row := range y {
			y[row] = sample(reps, func() float64 { return 0.1 * (1 + 4e-16*luck.NormFloat64()) })
		}
		return y
	}
	s := Sobol(SaltelliRuns{A: dust(32, 4), B: dust(32, 4), AB: [][][]float64{dust(32, 4), dust(32, 4)}})
	if s.Variance.Estimate != 0 || !math.IsNaN(s.Total[0].Estimate) || !math.IsNaN(s.First[1].Estimate) {
		t.Errorf("variance %v, indices %v %v", s.Variance, s.Total, s.First)
	}
	if l := LuckShare(dust(20, 3)); !math.IsNaN(l.Estimate) {
		t.Errorf("share of luck %v", l)
	}
	x := make([][]float64, 40)
	for row := range x {
		x[row] = sample(2, luck.Float64)
	}
	fit, err := RankRegression(t.Context(), x, dust(40, 3), 1)
	if err != nil || !math.IsNaN(fit.RSquared) || !math.IsNaN(fit.Partial[0].Estimate) {
		t.Errorf("%+v, %v", fit, err)
	}
	idle := [][]float64{{1e-17, 0}, {0, -1e-17}, {1e-17, 1e-17}}
	m := Morris(MorrisRuns{Effects: [][][]float64{{{2, 3}, {4, 2}, {3, 5}}, idle}})
	if m.Factors[1].MuStar.Estimate != 0 || m.Factors[0].MuStar.Estimate == 0 {
		t.Errorf("%+v", m.Factors)
	}
}

// TestByChance: as many factors that do nothing are told from none, or from
// luck, as is said.
func TestByChance(t *testing.T) {
	luck := rand.New(rand.NewPCG(8, 8))
	const factors, rows, reps = 32, 300, 4
	designs := trials(5, 60)
	ranks, effects, expected, screened := 0.0, 0.0, 0.0, 0.0
	for range designs {
		x, y := make([][]float64, rows), make([][]float64, rows)
		all := make([][][]float64, factors)
		for row := range x {
			x[row], y[row] = sample(factors, luck.Float64), sample(reps, luck.NormFloat64)
			for k := range all {
				all[k] = append(all[k], sample(reps, luck.NormFloat64))
			}
		}
		fit, _ := RankRegression(t.Context(), x, y, 1)
		m := Morris(MorrisRuns{Effects: all})
		for k := range factors {
			if !Noise(fit.Partial[k]) {
				ranks++
			}
			if !m.Factors[k].OnlyLuck {
				effects++
			}
		}
		expected, screened = fit.ByChance, m.ByChance
	}
	n := float64(designs)
	t.Logf("of %d factors: ranks %.2f, said %.2f; screening %.2f, said %.2f", factors, ranks/n, expected, effects/n, screened)
	within := func(got, said float64) bool { // more than said by three standard errors, or less than half of it
		return got <= said+3*math.Sqrt(said/n) && got >= said/2-3*math.Sqrt(said/n)
	}
	if !within(ranks/n, expected) || !within(effects/n, screened) {
		t.Errorf("of %d factors that do nothing, %.2f have a rank correlation, said are %.2f; %.2f an effect, said are %.2f", factors, ranks/n, expected, effects/n, screened)
	}
}
