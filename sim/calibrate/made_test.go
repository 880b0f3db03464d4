package calibrate

import (
	"math"
	"math/rand/v2"
	"testing"

	"epgsim/sim/scenario"
)

// gauss is a study of a made-up model: the statistics are sums of the shares of the first
// unknowns, and the rest of the unknowns decide nothing.
func gauss(t testing.TB, worlds int) *Study {
	t.Helper()
	ts, err := scenario.LoadTargets("own-data")
	if err != nil {
		t.Fatal(err)
	}
	ts.Worlds, ts.Unknowns, ts.Targets = worlds, ts.Unknowns[:6], ts.Targets[:3]
	for j := range ts.Targets {
		ts.Targets[j].Value, ts.Targets[j].Error = []float64{0.3, 0.7, 1.1}[j], 0.1
	}
	s, err := New(ts)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// gaussOf are its statistics: of the first unknown, of the second, and of both.
func gaussOf(u []float64) []float64 { return []float64{u[0], u[1], u[0] + u[1]} }

// fill works out what the worlds of a wave come to, with some luck.
func fill(w *Wave, dice *rand.Rand) {
	const luck = 0.03
	for row, u := range w.shares {
		if w.shares == nil {
			continue
		}
		made := gaussOf(u)
		for j := range made {
			w.stats[row][j], w.noise[row][j] = made[j]+luck*dice.NormFloat64(), luck*luck
		}
		w.simulated[row] = true
	}
}

// gaussSample draws waves of the made-up model to the end.
func gaussSample(s *Study) *Sample {
	dice := rand.New(rand.NewPCG(1, 2))
	m := s.NewSample()
	for w := m.Plan(); w != nil; w = m.Plan() {
		if w.Checks { // the values come back as shares
			for row := range w.Values {
				var u []float64
				for k, v := range w.Values[row] {
					f := &s.Targets.Unknowns[k]
					u = append(u, (v-f.Low)/(f.High-f.Low))
				}
				w.stats[row] = gaussOf(u)
			}
		}
		fill(w, dice)
		m.Take(w)
	}
	return m
}

// gaussVerdicts are those of the made-up model.
func gaussVerdicts(s *Study) []Verdict {
	m, a := gaussSample(s), &Answer{}
	a.verdicts(m, m.pooled())
	return a.Targets
}

// On a made-up model with a normal error the mean and the spread of what is found are
// those of the posterior, worked out on a grid.
func TestMadeUpModelIsFoundAgain(t *testing.T) {
	s := gauss(t, 1000)
	a := gaussSample(s).Answer()
	var mean, square, total [2]float64
	for i := range 400 {
		for j := range 400 {
			u := []float64{(float64(i) + 0.5) / 400, (float64(j) + 0.5) / 400}
			far := 0.0
			for k, v := range gaussOf(u) {
				z := (v - s.observed[k]) / s.errors[k]
				far += z * z
			}
			w := math.Exp(-far / 2)
			for k := range u {
				mean[k], square[k], total[k] = mean[k]+w*u[k], square[k]+w*u[k]*u[k], total[k]+w
			}
		}
	}
	for k := range mean {
		want := mean[k] / total[k]
		sd := math.Sqrt(square[k]/total[k] - want*want)
		got, spread := 0.0, 0.0
		for i, u := range a.Parameters[k].Shares {
			got += a.Weights[i] * u
		}
		for i, u := range a.Parameters[k].Shares {
			spread += a.Weights[i] * (u - got) * (u - got)
		}
		if spread = math.Sqrt(spread); math.Abs(got-want) > 0.25*sd || spread < 0.8*sd || spread > 1.25*sd {
			t.Errorf("unknown %d: %.3f ± %.3f, want %.3f ± %.3f", k, got, spread, want, sd)
		}
	}
	for k, m := range a.Parameters {
		if m.Touched != (k < 2) {
			t.Errorf("unknown %d: touched %v, distance %.3f", k, m.Touched, m.Distance)
		}
	}
	if sum := weights(a); math.Abs(sum-1) > 1e-9 || a.Effective < 100 {
		t.Errorf("weights sum to %g, %g effective", sum, a.Effective)
	}
	for j, v := range a.Targets {
		if v.Conflict != Met || math.Abs(v.After.Median-s.observed[j]) > 0.1 {
			t.Errorf("target %d: %+v", j, v)
		}
	}
}

func weights(a *Answer) (sum float64) {
	for _, w := range a.Weights {
		sum += w
	}
	return sum
}

// Where worlds are far, further ones are drawn nearer, and what is found stays the same.
func TestWavesComeNearer(t *testing.T) {
	s := gauss(t, 400)
	for j := range s.errors {
		s.errors[j] = 0.02
	}
	m := s.NewSample()
	dice := rand.New(rand.NewPCG(3, 4))
	var within []float64
	for w := m.Plan(); w != nil && !w.Checks; w = m.Plan() {
		fill(w, dice)
		m.Take(w)
		within = append(within, m.fit().near.Within)
	}
	if len(within) < 2 || within[len(within)-1] > 0.7*within[0] {
		t.Errorf("the farthest kept world is at %.3g", within)
	}
	f := m.fit()
	for k, want := range []float64{1.0 / 3, 2.2/3 - 1.0/30} { // of three equations with two unknowns, by least squares
		got := 0.0
		for i, u := range f.shares[k] {
			got += f.near.Weights[i] * u
		}
		if math.Abs(got-want) > 0.05 {
			t.Errorf("unknown %d: %.3f, want %.3f", k, got, want)
		}
	}
	for _, d := range m.pooled().density {
		if d < 1/float64(len(within))-1e-9 {
			t.Fatalf("a world weighs %g: more than as many as there are waves", 1/d)
		}
	}
}

// A target that no world meets is named as out of reach, one that the others exclude as contradicted,
// and by which.
func TestWrongTargetsAreNamed(t *testing.T) {
	s := gauss(t, 500)
	s.observed = []float64{0.3, 0.7, 2.6}
	if v := gaussVerdicts(s)[2]; v.Conflict != OutOfReach {
		t.Errorf("out of reach: %+v", v)
	}
	s = gauss(t, 500)
	s.observed = []float64{0.3, 0.3, 1.6}
	if v := gaussVerdicts(s)[2]; v.Conflict != Contradicted || v.With < 0 || v.With == 2 || v.Predicted.High > 1.2 {
		t.Errorf("contradicted: %+v", v)
	}
}

// Ranks of true values are even, and nine of ten truths lie within the regions of 90 %,
// on the made-up model. A posterior that is too narrow is found.
func TestRanksOnAMadeUpModel(t *testing.T) {
	truths, worlds := 60, 600
	if study() {
		truths, worlds = 1000, 2000
	}
	s := gauss(t, worlds)
	w := s.NewSample().Plan()
	fill(w, rand.New(rand.NewPCG(5, 6)))
	var which []int
	for i := range truths {
		which = append(which, i)
	}
	r := calibrated(s, w, which, study())
	checkRanks(t, s, r)
	if r.named > truths/14 { // one of twenty, and what luck adds
		t.Errorf("of %d truths %d have a target in conflict", r.truths, r.named)
	}
	// The same with errors that are taken for half of what they are.
	for j := range s.errors {
		s.errors[j] *= 2
	}
	var wide [][]float64
	for _, i := range which {
		wide = append(wide, s.seen(w, i, draws))
	}
	for j := range s.errors {
		s.errors[j] /= 2
	}
	if within := narrow(s, w, which, wide); within > 0.85 {
		t.Errorf("errors are twice as large as said, and still %.2f lie within 90 %%", within)
	}
}

// narrow is the share of truths within the region of 90 %, of the first two unknowns.
func narrow(s *Study, w *Wave, which []int, seen [][]float64) float64 {
	m := s.NewSample()
	m.Take(w)
	p := m.pooled()
	in := 0
	for n, world := range which {
		f := s.fit(p.less(world), seen[n])
		for k := range 2 {
			below := 0.0
			for i, u := range f.shares[k] {
				if u < w.shares[world][k] {
					below += f.near.Weights[i]
				}
			}
			if below > 0.05 && below < 0.95 {
				in++
			}
		}
	}
	return float64(in) / float64(2*len(which))
}

// checkRanks wants even ranks for every unknown, and regions that hold what they
// say.
func checkRanks(t *testing.T, s *Study, r *ranks) {
	t.Helper()
	in, worst := 0, 0.0
	for k := range r.bins {
		in += r.within[k]
		c := chiSquare(r.bins[k])
		if worst = max(worst, c); c > 52 { // of 19 degrees of freedom: one of ten thousand
			t.Errorf("%s: ranks %v, chi-square %.1f", s.Targets.Unknowns[k].Parameter.Name, r.bins[k], c)
		}
		if share := float64(r.within[k]) / float64(r.truths); math.Abs(share-0.9) > 3.5*math.Sqrt(0.09/float64(r.truths)) {
			t.Errorf("%s: %.3f of %d truths lie within the region of 90 %%", s.Targets.Unknowns[k].Parameter.Name, share, r.truths)
		}
	}
	share := float64(in) / float64(r.truths*len(r.bins))
	t.Logf("%d truths, %d unknowns: %.3f within the regions of 90 %%, largest chi-square %.1f of 19 degrees; conflicts in %d, of which %d out of reach", r.truths, len(r.bins), share, worst, r.named, r.reaches)
	if math.Abs(share-0.9) > 0.02+1.5*math.Sqrt(0.09/float64(r.truths)) {
		t.Errorf("%.3f of all truths lie within the regions of 90 %%", share)
	}
}

// Of unknowns that decide nothing hardly any is said to be touched: with six of them
// any in one of twenty studies.
func TestUntouchedIsSaidToBeSo(t *testing.T) {
	columns := 300
	if study() {
		columns = 20000
	}
	s := gauss(t, 600)
	m := s.NewSample()
	w := m.Plan()
	fill(w, rand.New(rand.NewPCG(9, 10)))
	m.Take(w)
	f := m.fit()
	mark, over := f.luckyDistance(s), 0
	for c := range columns {
		if f.madeUp(s, nullColumns+c) > mark {
			over++
		}
	}
	rate := float64(len(f.shares)) * float64(over) / float64(columns)
	t.Logf("%d of %d made-up unknowns are over the mark: in %.3f of studies of %d any is", over, columns, rate, len(f.shares))
	if want := errorRate / float64(len(f.shares)) * float64(columns); float64(over) > want+4*math.Sqrt(want) {
		t.Errorf("%d of %d made-up unknowns are over the mark, want %.1f", over, columns, want)
	}
}

// Statistics are what they say, and their variance is that over many samples.
func TestStatisticsAndTheirLuck(t *testing.T) {
	dice := rand.New(rand.NewPCG(7, 8))
	const samples, groups = 1500, 40
	for _, kind := range []scenario.StatisticKind{scenario.StatMean, scenario.StatMedian, scenario.StatShare, scenario.StatDeviation, scenario.StatRatio} {
		var values, variances []float64
		for range samples {
			s := newSample([]float64{1, 3})
			for i := range groups {
				v := 10 + 2*dice.NormFloat64() + 3*float64(i%2)
				b := 5 + dice.NormFloat64()
				if kind == scenario.StatShare {
					v = float64(int(v) % 2)
				}
				if dice.Float64() < 0.1 {
					v = math.NaN()
				}
				s.add(i%2, v, b)
			}
			v, luck := s.of(kind)
			values, variances = append(values, v), append(variances, luck)
		}
		mean, told := meanOf(values), meanOf(variances)
		truth := 0.0
		for _, v := range values {
			truth += (v - mean) * (v - mean) / samples
		}
		if told < 0.8*truth || told > 1.4*truth {
			t.Errorf("%s: %.3f, variance %.4g, told %.4g", kind, mean, truth, told)
		}
	}
	none := newSample([]float64{1})
	none.add(0, math.NaN(), 1)
	none.add(0, math.NaN(), 1)
	if v, _ := none.of(scenario.StatMedian); !math.IsNaN(v) {
		t.Errorf("the median of nothing is %g", v)
	}
	if v, luck := none.of(scenario.StatShare); v != 0 || !(luck > 0) {
		t.Errorf("nobody of two: %g, variance %g", v, luck)
	}
}

func meanOf(values []float64) (mean float64) {
	for _, v := range values {
		mean += v / float64(len(values))
	}
	return mean
}
