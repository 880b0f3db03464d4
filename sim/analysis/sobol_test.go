package analysis

import (
	"math"
	"math/rand/v2"
	"testing"
)

// model is a test function on the unit cube with its closed form.
type model struct {
	name         string
	dims         int
	at           func(x []float64) float64
	mean         float64
	variance     float64
	first, total []float64
}

// ishigami has a=7, b=0.1 on (-pi, pi)^3 (Ishigami and Homma, 1990). Its only
// interaction is of the first and third factor.
var ishigami = func() model {
	const a, b = 7.0, 0.1
	pi4 := math.Pow(math.Pi, 4)
	v1, v2 := (1+b*pi4/5)*(1+b*pi4/5)/2, a*a/8
	v13 := b * b * pi4 * pi4 * (1./18 - 1./50)
	v := v1 + v2 + v13
	return model{
		name: "Ishigami", dims: 3, mean: a / 2, variance: v,
		first: []float64{v1 / v, v2 / v, 0}, total: []float64{(v1 + v13) / v, v2 / v, v13 / v},
		at: func(x []float64) float64 {
			angle := func(i int) float64 { return math.Pi * (2*x[i] - 1) }
			second := math.Sin(angle(1))
			return math.Sin(angle(0))*(1+b*math.Pow(angle(2), 4)) + a*second*second
		},
	}
}()

// gFunction is Sobol's G: a product, so all factors interact; the larger a, the
// less a factor matters.
var gFunction = func() model {
	a := []float64{0, 1, 4.5, 9, 99, 99, 99, 99}
	all := 1.0
	var parts []float64
	for _, ak := range a {
		parts = append(parts, 1/(3*(1+ak)*(1+ak)))
		all *= 1 + 1/(3*(1+ak)*(1+ak))
	}
	m := model{name: "G", dims: len(a), mean: 1, variance: all - 1, at: func(x []float64) float64 {
		product := 1.0
		for k, ak := range a {
			product *= (math.Abs(4*x[k]-2) + ak) / (1 + ak)
		}
		return product
	}}
	for _, v := range parts {
		m.first, m.total = append(m.first, v/m.variance), append(m.total, v*all/(1+v)/m.variance)
	}
	return m
}()

// fortune is how luck meets the outcome of a test function.
type fortune struct {
	each      float64 // standard deviation of luck of each run by itself
	shared    float64 // of luck that raises all rows of a replication alike
	amplitude float64 // of luck that stretches the outcome in a replication
}

// share returns the true share of luck in the variance of a run of m.
func (f fortune) share(m model) float64 {
	byLuck := f.each*f.each + f.shared*f.shared + f.amplitude*f.amplitude*(m.variance+m.mean*m.mean)
	return byLuck / (byLuck + m.variance)
}

// rows returns a simulator of rows of m: all calls have the same replications.
func (f fortune) rows(m model, reps int, luck *rand.Rand) func(x []float64) []float64 {
	shared, stretch := sample(reps, luck.NormFloat64), sample(reps, luck.NormFloat64)
	return func(x []float64) []float64 {
		y, g := make([]float64, reps), m.at(x)
		for r := range y {
			y[r] = g*(1+f.amplitude*stretch[r]) + f.shared*shared[r] + f.each*luck.NormFloat64()
		}
		return y
	}
}

// saltelliRuns simulates a Saltelli design of random points.
func saltelliRuns(m model, blocks, reps int, second bool, f fortune, luck *rand.Rand) SaltelliRuns {
	row := f.rows(m, reps, luck)
	runs := SaltelliRuns{AB: make([][][]float64, m.dims)}
	if second {
		runs.BA = make([][][]float64, m.dims)
	}
	for range blocks {
		a, b := sample(m.dims, luck.Float64), sample(m.dims, luck.Float64)
		runs.A, runs.B = append(runs.A, row(a)), append(runs.B, row(b))
		for k := range m.dims {
			a[k], b[k] = b[k], a[k]
			runs.AB[k] = append(runs.AB[k], row(a))
			if second {
				runs.BA[k] = append(runs.BA[k], row(b))
			}
			a[k], b[k] = b[k], a[k]
		}
	}
	return runs
}

// TestSobolClosedForms compares both functions with their closed forms; at
// 8192 random blocks the largest standard errors are about 0.015.
func TestSobolClosedForms(t *testing.T) {
	for _, m := range []model{ishigami, gFunction} {
		runs := saltelliRuns(m, 8192, 1, true, fortune{}, rand.New(rand.NewPCG(1, 2)))
		runs.Sums = [][]int{{0, 2}, {}, {1}}
		ix := Sobol(runs)
		closeTo(t, m.name+" two added up", 0, ix.Sums[0].Interval, m.first[0]+m.first[2], 0.04)
		closeTo(t, m.name+" one added up", 1, ix.Sums[2].Interval, m.first[1], 0.03)
		if none := ix.Sums[1].Estimate; none != 0 {
			t.Errorf("%s: added up over none %v", m.name, none)
		}
		sum := 0.0
		for k := range m.dims {
			closeTo(t, m.name+" first", k, ix.First[k].Interval, m.first[k], 0.03)
			closeTo(t, m.name+" total", k, ix.Total[k].Interval, m.total[k], 0.03)
			sum += m.first[k]
		}
		closeTo(t, m.name+" sum of first", 0, ix.FirstSum.Interval, sum, 0.05)
		closeTo(t, m.name+" mean", 0, ix.Mean.Interval, m.mean, 0.1)
		closeTo(t, m.name+" variance", 0, ix.Variance.Interval, m.variance, 0.05*m.variance)
		if !math.IsNaN(ix.Luck.Estimate) {
			t.Errorf("%s: luck %v of one replication", m.name, ix.Luck.Estimate)
		}
	}
	s := Sobol(saltelliRuns(ishigami, 8192, 1, true, fortune{}, rand.New(rand.NewPCG(3, 4)))).Second
	closeTo(t, "Ishigami pair 1 and 3", 0, s[0][2].Interval, ishigami.total[2], 0.03)
	closeTo(t, "Ishigami pair 1 and 2", 0, s[0][1].Interval, 0, 0.03)
	closeTo(t, "Ishigami pair 2 and 3", 0, s[2][1].Interval, 0, 0.03)
	g := Sobol(saltelliRuns(gFunction, 8192, 1, true, fortune{}, rand.New(rand.NewPCG(5, 6)))).Second
	v := gFunction.variance
	closeTo(t, "G pair 1 and 2", 0, g[0][1].Interval, gFunction.first[0]*gFunction.first[1]*v, 0.03)
	if s[2][0] != s[0][2] || !math.IsNaN(s[1][1].Estimate) {
		t.Errorf("pairs are not symmetric, or a diagonal is there: %v", s)
	}
}

// closeTo checks an estimate against the truth: within the error given, and
// within three half-widths of its interval.
func closeTo(t *testing.T, name string, k int, iv Interval, truth, within float64) {
	t.Helper()
	half := (iv.High - iv.Low) / 2
	if !(math.Abs(iv.Estimate-truth) <= within) || !(math.Abs(iv.Estimate-truth) <= 3*half+1e-12) {
		t.Errorf("%s, factor %d: %+v, want %.4f", name, k, iv, truth)
	}
}

// TestSobolUnbiased: luck as large as the outcome's own spread leaves the
// indices of the expected outcome unbiased, while one replication alone takes
// luck for parameters: for an interaction of all factors.
func TestSobolUnbiased(t *testing.T) {
	const times, blocks, reps = 60, 256, 5
	f := fortune{each: math.Sqrt(ishigami.variance)}
	luck := rand.New(rand.NewPCG(8, 9))
	var first, total, naiveFirst, naiveTotal [3]float64
	for range times {
		runs := saltelliRuns(ishigami, blocks, reps, false, f, luck)
		ix, naive := Sobol(runs), Sobol(onlyFirst(runs))
		for k := range 3 {
			first[k] += ix.First[k].Estimate / times
			total[k] += ix.Total[k].Estimate / times
			naiveFirst[k] += naive.First[k].Estimate / times
			naiveTotal[k] += naive.Total[k].Estimate / times
		}
	}
	t.Logf("first %.3f naive %.3f of %.3f; total %.3f naive %.3f of %.3f", first, naiveFirst, ishigami.first, total, naiveTotal, ishigami.total)
	for k := range 3 {
		// Standard errors of these means are below 0.012.
		if math.Abs(first[k]-ishigami.first[k]) > 0.04 || math.Abs(total[k]-ishigami.total[k]) > 0.04 {
			t.Errorf("factor %d: first %.3f, total %.3f; want %.3f, %.3f", k, first[k], total[k], ishigami.first[k], ishigami.total[k])
		}
		// Luck is half the variance of a run: naive firsts are halved, and
		// naive totals lie halfway to 1.
		if math.Abs(naiveFirst[k]-ishigami.first[k]/2) > 0.04 || math.Abs(naiveTotal[k]-(1+ishigami.total[k])/2) > 0.04 {
			t.Errorf("factor %d: naive first %.3f, total %.3f; want %.3f, %.3f", k, naiveFirst[k], naiveTotal[k], ishigami.first[k]/2, (1+ishigami.total[k])/2)
		}
	}
}

// onlyFirst keeps the first replication.
func onlyFirst(runs SaltelliRuns) SaltelliRuns {
	return eachRow(runs, func(y []float64) []float64 { return y[:1] })
}

// eachRow applies change to every row of a design.
func eachRow(runs SaltelliRuns, change func(y []float64) []float64) SaltelliRuns {
	rows := func(values [][]float64) (changed [][]float64) {
		for _, y := range values {
			changed = append(changed, change(y))
		}
		return changed
	}
	groups := func(values [][][]float64) (changed [][][]float64) {
		for _, g := range values {
			changed = append(changed, rows(g))
		}
		return changed
	}
	return SaltelliRuns{A: rows(runs.A), B: rows(runs.B), AB: groups(runs.AB), BA: groups(runs.BA)}
}

// smallDesign has every kind of luck.
func smallDesign() SaltelliRuns {
	return saltelliRuns(ishigami, 64, 4, true, fortune{each: 1, shared: 2, amplitude: 0.2}, rand.New(rand.NewPCG(10, 11)))
}

// TestSobolScale: another unit, another zero, and luck that raises all rows of
// a replication alike leave the indices as they are.
func TestSobolScale(t *testing.T) {
	runs := smallDesign()
	ix := Sobol(runs)
	scaled := Sobol(eachRow(runs, func(y []float64) []float64 {
		return []float64{1000 - 3*y[0], 1000 - 3*y[1], 1000 - 3*y[2], 1000 - 3*y[3]}
	}))
	raised := Sobol(eachRow(runs, func(y []float64) []float64 {
		return []float64{y[0] + 7, y[1], y[2] - 3, y[3]}
	}))
	for k := range 3 {
		for _, other := range []SobolIndices{scaled, raised} {
			check(t, "first", other.First[k].Interval, ix.First[k].Interval)
			check(t, "total", other.Total[k].Interval, ix.Total[k].Interval)
			check(t, "second", other.Second[k][(k+1)%3].Interval, ix.Second[k][(k+1)%3].Interval)
		}
	}
	check(t, "luck", scaled.Luck.Interval, ix.Luck.Interval)
	if !near(scaled.Mean.Estimate, 1000-3*ix.Mean.Estimate) || !near(scaled.Variance.Estimate, 9*ix.Variance.Estimate) {
		t.Errorf("mean %v, variance %v", scaled.Mean, scaled.Variance)
	}
	still := Sobol(eachRow(runs, func([]float64) []float64 { return []float64{4, 4} }))
	if !math.IsNaN(still.Total[0].Estimate) || still.Mean.Estimate != 4 || still.Variance.Estimate != 0 {
		t.Errorf("where nothing varies: %+v", still)
	}
}

func TestSobolOrder(t *testing.T) {
	runs := smallDesign()
	ix := Sobol(runs)
	moved := runs
	moved.AB = [][][]float64{runs.AB[2], runs.AB[0], runs.AB[1]}
	moved.BA = [][][]float64{runs.BA[2], runs.BA[0], runs.BA[1]}
	other := Sobol(moved)
	for to, from := range []int{2, 0, 1} {
		check(t, "first", other.First[to].Interval, ix.First[from].Interval)
		check(t, "total", other.Total[to].Interval, ix.Total[from].Interval)
		if other.Order[to] != (ix.Order[to]+1)%3 {
			t.Errorf("order %v became %v", ix.Order, other.Order)
		}
	}
	check(t, "second", other.Second[0][2].Interval, ix.Second[2][1].Interval)
	check(t, "gap", other.Gaps[1].Interval, ix.Gaps[1].Interval)
	if gap := ix.Total[ix.Order[0]].Estimate - ix.Total[ix.Order[1]].Estimate; !near(ix.Gaps[0].Estimate, gap) || gap < 0 {
		t.Errorf("gap %v of totals %v", ix.Gaps[0], gap)
	}
}

func TestSobolMissing(t *testing.T) {
	runs := smallDesign()
	runs.AB[1][5][2], runs.B[9][0], runs.BA[0][9][1] = nan, nan, nan
	got := Sobol(runs)
	if got.LeftOut != 2 || got.First[0].N != 62 || got.Luck.N != 62 || math.IsNaN(got.First[0].Low) {
		t.Errorf("left out %d: %+v", got.LeftOut, got.First[0])
	}
	for j := range runs.A {
		runs.A[j][0] = nan
	}
	if got := Sobol(runs); got.LeftOut != 64 || !math.IsNaN(got.First[0].Estimate) || got.First[0].N != 0 {
		t.Errorf("of nothing: %+v", got)
	}
}

// TestSobolCoverage: the intervals hold the truth about as often as they say.
// Of 300 designs at a true coverage of 95 %, fewer than 91 % or more than 98.7 %
// would hold it with a chance of about one in a thousand.
func TestSobolCoverage(t *testing.T) {
	for _, c := range []struct {
		name         string
		m            model
		blocks, reps int
		f            fortune
	}{
		{"one replication", gFunction, 256, 1, fortune{}},
		{"luck of each run", ishigami, 256, 4, fortune{each: 2}},
		{"luck of each run", gFunction, 128, 10, fortune{each: 0.5}},
		{"luck common to all rows", ishigami, 256, 10, fortune{each: 1, shared: 2, amplitude: 0.1}},
	} {
		const designs = 300
		luck := rand.New(rand.NewPCG(12, uint64(c.reps)))
		hits := map[string]int{}
		for range designs {
			ix := Sobol(saltelliRuns(c.m, c.blocks, c.reps, false, c.f, luck))
			count := func(name string, iv Interval, truth float64) {
				if iv.Low <= truth && truth <= iv.High {
					hits[name]++
				}
			}
			for k := range 2 {
				count("first "+string(rune('1'+k)), ix.First[k].Interval, c.m.first[k])
				count("total "+string(rune('1'+k)), ix.Total[k].Interval, c.m.total[k])
			}
			count("mean", ix.Mean.Interval, c.m.mean)
			if c.reps > 1 {
				count("luck", ix.Luck.Interval, c.f.share(c.m))
			}
		}
		for name, hit := range hits {
			share := float64(hit) / designs
			t.Logf("%s, %s, %d blocks of %d: %s %.3f", c.name, c.m.name, c.blocks, c.reps, name, share)
			if share < 0.91 || share > 0.987 {
				t.Errorf("%s, %s: %s is covered by %.3f of intervals", c.name, c.m.name, name, share)
			}
		}
	}
}

func TestShareNote(t *testing.T) {
	for _, c := range []struct {
		iv   Interval
		want string
	}{
		{Interval{0.2, 0.1, 0.3, 9}, ""},
		{Interval{-0.01, -0.03, 0.01, 9}, "below zero by chance: nothing to be seen"},
		{Interval{-0.01, nan, nan, 1}, "below zero by chance: nothing to be seen"},
		{Interval{-0.2, -0.3, -0.1, 9}, "below zero by more than chance: too few rows for this outcome"},
		{Interval{1.01, 0.9, 1.1, 9}, "above one by chance: all there is"},
		{Interval{1.3, 1.2, 1.4, 9}, "above one by more than chance: too few rows for this outcome"},
		{Interval{nan, nan, nan, 0}, ""},
	} {
		if got := ShareNote(c.iv); got != c.want {
			t.Errorf("ShareNote(%v) = %q, want %q", c.iv, got, c.want)
		}
	}
}

func BenchmarkSobol(b *testing.B) {
	m := model{dims: 32, at: func(x []float64) float64 { return x[0] + 2*x[1]*x[2] }}
	runs := saltelliRuns(m, 1024, 10, true, fortune{each: 1}, rand.New(rand.NewPCG(1, 1)))
	one := runs
	one.BA = nil
	b.Run("first and total", func(b *testing.B) {
		for b.Loop() {
			Sobol(one)
		}
	})
	b.Run("pairs too", func(b *testing.B) {
		for b.Loop() {
			Sobol(runs)
		}
	})
}

// TestLuckShare: of plain rows the share of luck is the one put in, and its
// interval holds it about as often as it says; without luck it is none. Luck
// that stretches all rows alike needs more replications: with ten, whose squares
// are skew, its interval holds it in 87 %.
func TestLuckShare(t *testing.T) {
	for _, c := range []struct {
		f    fortune
		reps int
	}{{fortune{each: 2}, 10}, {fortune{each: 4, shared: 2}, 10}, {fortune{each: 1, amplitude: 0.2}, 40}} {
		const designs = 300
		f := c.f
		luck := rand.New(rand.NewPCG(39, 40))
		truth, inside, sum := f.share(ishigami), 0, 0.0
		for range designs {
			row := f.rows(ishigami, c.reps, luck)
			var y [][]float64
			for range 200 {
				y = append(y, row(sample(ishigami.dims, luck.Float64)))
			}
			iv := LuckShare(y)
			sum += iv.Estimate / designs
			if iv.Low <= truth && truth <= iv.High {
				inside++
			}
		}
		t.Logf("%+v: mean %.3f of %.3f, covered %.3f", f, sum, truth, float64(inside)/designs)
		if math.Abs(sum-truth) > 0.01 || inside < designs*90/100 {
			t.Errorf("%+v: mean %.3f of %.3f, covered %.3f", f, sum, truth, float64(inside)/designs)
		}
	}
	if got := LuckShare([][]float64{{1, 1}, {2, 2}, {5, 5}}); got.Estimate != 0 {
		t.Errorf("without luck its share is %v", got)
	}
	if got := LuckShare([][]float64{{1}, {2}}); got.Estimate == got.Estimate {
		t.Errorf("one replication tells the share of luck: %v", got)
	}
}
