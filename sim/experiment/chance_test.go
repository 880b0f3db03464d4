package experiment

import (
	"math"
	"os"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/scenario"
)

// byChance are the outcomes of sales, and the same by chance.
var byChance = [][2]sim.Outcome{{sim.ValueProject, sim.ValueProjectExpected}, {sim.ValueTotal, sim.ValueTotalExpected}}

// chanceReplications are those of each arm in the short form, and in the long form.
func chanceReplications(short, long int) int {
	if os.Getenv("EPGSIM_STUDY") != "" {
		return long
	}
	return short
}

// formsOf are the pure forms of a shipped scenario, in projects of so many years, in its
// own period and in projects that go on.
func formsOf(t *testing.T, name string, years []float64, plan Plan) *Comparison {
	t.Helper()
	s, err := scenario.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	c := NewComparison(PureForms(s.Frozen())[:3], years, s.Params.Project.Years, plan)
	if err := c.Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return c
}

// Sales by chance have the mean of sales: over all shipped scenarios, forms and periods
// the means of the differences, in units of their standard errors, are those of luck. All
// of them together err in one of a thousand. The long form tells how much narrower the
// intervals of means become.
func TestSalesByChanceHaveTheMeanOfSales(t *testing.T) {
	t.Parallel()
	var worst, squares float64
	tests := 0
	shipped := scenario.Shipped()
	if os.Getenv("EPGSIM_STUDY") == "" {
		shipped = slices.DeleteFunc(shipped, func(s scenario.Info) bool { return s.Name != "base" && s.Name != "paper-machinery" })
	}
	for _, info := range shipped {
		c := formsOf(t, info.Name, []float64{1}, Plan{Seed: 41, Replications: chanceReplications(60, 1000)})
		for v := range c.Variants {
			for y := range c.Years {
				for _, o := range byChance {
					z, ratio := chanceAgainstSales(c.Of(v, y, o[0]), c.Of(v, y, o[1]))
					if math.IsNaN(z) { // nothing is sold, whatever the luck
						continue
					}
					tests++
					squares += float64(z * z)
					if worst = max(worst, math.Abs(z)); os.Getenv("EPGSIM_STUDY") != "" {
						t.Logf("%s, %s, %s, %s: z %.2f, variance %.2f times that by chance", info.Name, c.Variants[v].Name, YearsText(c.Years[y]), o[0], z, ratio)
					}
				}
			}
		}
	}
	if tests < 15*len(shipped) {
		t.Errorf("%d tests", tests)
	}
	if limit := distuv.UnitNormal.Quantile(1 - 0.001/2/float64(tests)); !(worst <= limit) {
		t.Errorf("of %d means one is %.2f standard errors away from that by chance; luck alone stays within %.2f", tests, worst, limit)
	}
	// A small bias everywhere shows in none of them alone.
	if mean := squares / float64(tests); mean > 2 {
		t.Errorf("mean square of %d differences is %.2f of what luck makes", tests, mean)
	}
}

// chanceAgainstSales is the mean of sales minus sales by chance in standard errors, and
// how many times the variance of the former is that of the latter.
func chanceAgainstSales(sales, chance []float64) (z, ratio float64) {
	n, of := float64(len(sales)), func(x []float64) (mean, variance float64) {
		for _, v := range x {
			mean += v / float64(len(x))
		}
		for _, v := range x {
			variance += float64((v-mean)*(v-mean)) / float64(len(x)-1)
		}
		return mean, variance
	}
	differences := make([]float64, len(sales))
	for r := range sales {
		differences[r] = sales[r] - chance[r]
	}
	mean, variance := of(differences)
	_, ofSales := of(sales)
	_, ofChance := of(chance)
	return mean / math.Sqrt(variance/n), ofSales / ofChance
}

// 95 % intervals of means of sales by chance, and of differences between forms on the same
// luck, hold the mean of sales that all studies together find in 93 to 97 % of them.
func TestIntervalsOfSalesByChanceCover(t *testing.T) {
	t.Parallel()
	studies, size := chanceReplications(20, 200), chanceReplications(20, 100)
	low, high := 0.80, 0.995 // of twenty studies
	if os.Getenv("EPGSIM_STUDY") != "" {
		low, high = 0.93, 0.97
	}
	inside, tries := 0, 0
	c := formsOf(t, "base", nil, Plan{Seed: 42, Replications: size * studies})
	for v := range c.Variants {
		for y := range c.Years {
			for _, o := range byChance {
				sales, chance, beside := c.Of(v, y, o[0]), c.Of(v, y, o[1]), c.Of(0, y, o[1])
				mean, difference := analysis.Mean(sales).Estimate, analysis.Difference(sales, c.Of(0, y, o[0])).Estimate
				held := 0
				for k := 0; k < len(chance); k += size {
					if iv := analysis.Mean(chance[k : k+size]); iv.Low <= mean && mean <= iv.High {
						held++
					}
					if iv := analysis.Difference(chance[k:k+size], beside[k:k+size]); v > 0 && iv.Low <= difference && difference <= iv.High {
						held++
					}
				}
				of := studies * (1 + min(v, 1))
				t.Logf("%s, %s, %s: %.1f %% of intervals hold the truth", c.Variants[v].Name, YearsText(c.Years[y]), o[0], 100*float64(held)/float64(of))
				inside, tries = inside+held, tries+of
			}
		}
	}
	if share := float64(inside) / float64(tries); share < low || share > high {
		t.Errorf("95 %% intervals hold %.1f %% of true values", 100*share)
	}
}
