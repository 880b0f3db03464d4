package experiment

import (
	"math"
	"slices"
	"testing"

	"epgsim/sim"
	"epgsim/sim/analysis"
)

// small is a comparison of the pure forms that takes a moment to run.
func small(t *testing.T) *Comparison {
	t.Helper()
	p := sim.Defaults()
	p.Project.Years = 3
	p.Project.Horizon = 8
	c := NewComparison(PureForms(p), []float64{1, 8, 3, 8}, 3, Plan{Seed: 5, First: 2, Replications: 40})
	c.Aided = true
	if err := c.RunAlone(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	rows, arms := 0, c.Arms()
	err := c.Run(t.Context(), func(variant, years int, r Row) error {
		if want := c.Variants[variant].Name + ", " + YearsText(c.Years[years]); arms[r.Arm].Name != want || r.Arm != variant*3+years {
			t.Fatalf("row %d of arm %q (%d) comes as %q", rows, arms[r.Arm].Name, r.Arm, want)
		}
		rows++
		return nil
	})
	if err != nil || rows != 3*3*40 || !slices.Equal(c.Years, []float64{1, 3, 8}) || c.OwnIndex() != 1 {
		t.Fatalf("%d rows, years %v, %v", rows, c.Years, err)
	}
	return c
}

func TestComparison(t *testing.T) {
	c := small(t)
	t.Run("a short project is the beginning of a long one", func(t *testing.T) {
		for v := range c.Variants {
			for y, years := range c.Years {
				at := c.at(years)
				if c.Grid[at] != int(years)*sim.WeeksPerYear {
					t.Fatalf("year %g is week %d", years, c.Grid[at])
				}
				for r, x := range c.Fair(v, y, sim.ValueProject) {
					if x != c.curves[v][r][at] {
						t.Errorf("%s, replication %d: %v k€ in a project of %g years, %v by then in one of 8", c.Variants[v].Name, r, x, years, c.curves[v][r][at])
					}
				}
			}
		}
	})
	t.Run("curves rise", func(t *testing.T) {
		if !slices.IsSorted(c.Grid) || c.Grid[len(c.Grid)-1] != 8*52 {
			t.Fatalf("grid is %v", c.Grid)
		}
		for v := range c.curves {
			if len(c.curves[v]) != 40 {
				t.Fatalf("%d curves", len(c.curves[v]))
			}
			for r, curve := range c.curves[v] {
				if !slices.IsSorted(curve) {
					t.Errorf("variant %d, replication %d: the value sold so far falls", v, r)
				}
			}
		}
	})
	t.Run("shares closed lie within 0 and 1 and rise", func(t *testing.T) {
		for v := range c.Variants {
			before := 0.0
			for _, years := range c.Years {
				s := c.Seen(v, years)
				if !(s.Low >= 0 && s.Low <= s.Estimate && s.Estimate <= s.High && s.High <= 1) || s.Estimate < before || s.N != 40 {
					t.Errorf("%s closes %+v by year %g, %v before", c.Variants[v].Name, s, years, before)
				}
				before = s.Estimate
			}
			if before != 1 {
				t.Errorf("%s closes %v by the end", c.Variants[v].Name, before)
			}
		}
	})
	t.Run("bands and ranks", func(t *testing.T) {
		for v := range c.Variants {
			if n, m := len(c.Weekly(v)[sim.ColValue].Mean), len(c.WeeklyLong(v)[sim.ColValue].Mean); n != 8*52 || m != 8*52 {
				t.Errorf("bands of %d and %d weeks, want those up to the horizon", n, m)
			}
			band := c.WeeklyLong(v)[sim.ColValueExpected].Mean
			if got, want := c.CurveBand(v).Mean[c.at(8)], band[8*52-1]; math.Abs(got-want) > 1e-9*want {
				t.Errorf("mean value after 8 years is %v in the curve and %v in the band", got, want)
			}
			for k, values := range c.ByRank[v] {
				for r, x := range values {
					if k > 0 && x > c.ByRank[v][k-1][r] {
						t.Errorf("variant %d, replication %d: rank %d has more than rank %d", v, r, k+1, k)
					}
				}
			}
		}
	})
}

// With an own period outside the list; the horizon is added.
func TestNewComparison(t *testing.T) {
	p := sim.Defaults()
	p.Group.Focus = 0.3
	c := NewComparison(PureForms(p), []float64{5, 1}, 2.5, Plan{Replications: 1})
	if !slices.Equal(c.Years, []float64{1, 2.5, 5, 10}) || c.OwnIndex() != 1 || c.GoesOn() != 3 || len(c.Arms()) != 4*4 {
		t.Errorf("years %v, %d arms", c.Years, len(c.Arms()))
	}
	for k, arm := range c.Arms() {
		if want := c.Years[k%4]; arm.Params.Project.Years != want || arm.Record != (want == 2.5 || want == 10) {
			t.Errorf("arm %d, %s: %g years, recorded: %v", k, arm.Name, arm.Params.Project.Years, arm.Record)
		}
	}
	if !slices.Contains(c.Grid, 130) || !slices.Contains(c.Grid, 52) || !slices.Contains(c.Grid, 260) {
		t.Errorf("the grid %v lacks the end of a period", c.Grid)
	}
	for _, f := range []struct {
		focus float64
		keys  []string
	}{
		{0, []string{"market", "customer", "system"}},
		{0.5, []string{"market", "customer", "system"}},
		{1, []string{"market", "customer", "system"}},
		{0.3, []string{"market", "customer", "system", "own"}},
	} {
		p.Group.Focus = f.focus
		var keys []string
		for k, v := range PureForms(p) {
			keys = append(keys, v.Key)
			if w := v.Params.Weights(); k < 3 && w[k] != 1 {
				t.Errorf("%s has weights %v", v.Key, w)
			}
		}
		if !slices.Equal(keys, f.keys) {
			t.Errorf("forms of focus %g are %v", f.focus, keys)
		}
	}
}

// constructed is a comparison whose curves are made up: value(variant,
// replication, years) is what has been sold by then. Nothing is sold once a project has
// ended.
func constructed(variants, replications int, value func(v, r int, years float64) float64) *Comparison {
	var vs []Variant
	p := sim.Defaults()
	p.Project.Horizon = 8
	for v := range variants {
		vs = append(vs, Variant{Key: string(rune('a' + v)), Name: "form " + string(rune('A'+v)), Params: p})
	}
	c := NewComparison(vs, []float64{1, 3, 8}, 3, Plan{Seed: 1, Replications: replications})
	c.outcomes = make([][][sim.NOutcomes][]float64, variants)
	c.curves = make([][][]float64, variants)
	for v := range vs {
		c.outcomes[v] = make([][sim.NOutcomes][]float64, len(c.Years))
		for r := range replications {
			var curve []float64
			for _, w := range c.Grid {
				curve = append(curve, value(v, r, float64(w)/sim.WeeksPerYear))
			}
			c.curves[v] = append(c.curves[v], curve)
			for y, years := range c.Years {
				at := &c.outcomes[v][y]
				for _, o := range []sim.Outcome{sim.ValueProject, sim.ValueProjectExpected, sim.ValueTotal, sim.ValueTotalExpected, sim.NeverSells} {
					at[o] = append(at[o], curve[c.at(years)])
				}
				if never := at[sim.NeverSells]; never[r] > 0 {
					never[r] = 0
				} else {
					never[r] = 1
				}
			}
		}
	}
	return c
}

// wave is a luck that differs by replication and has mean 0 over 4 of them.
func wave(r int) float64 { return []float64{-1, -0.5, 0.5, 1}[r%4] }

func TestVerdictAgreesWithWhatWasConstructed(t *testing.T) {
	// A sells 100 k€ a year from the first day. B sells nothing for two years
	// and then 200 k€ a year, and so has sold as much after four.
	late := func(v, r int, years float64) float64 {
		if v == 0 {
			return (100 + wave(r)) * years
		}
		return (200 + wave(r+1)) * max(0, years-2)
	}
	c := constructed(2, 40, late)
	v := c.Verdict(analysis.DefaultMatters)
	if r := v.SoldEnd; r.Best != 0 || r.RunnerUp != 1 || r.Against[1].Finding != analysis.Ahead || math.Abs(r.Lead.Estimate-100) > 1 {
		t.Errorf("sold by the end: %+v", r)
	}
	if r := v.Kept; r.Best != 0 || math.Abs(r.Means[0]-3./8) > 1e-3 || math.Abs(r.Means[1]-1./6) > 1e-3 || v.LostMost != 1 {
		t.Errorf("kept: %+v; most is lost by %d", r, v.LostMost)
	}
	if lost := c.Lost(1, 1); math.Abs(lost.Estimate-5./6) > 1e-3 || !(lost.Low <= lost.Estimate && lost.Estimate <= lost.High) {
		t.Errorf("B loses %+v by stopping", lost)
	}
	if v.PerEuro.Means != nil || v.Family.Sentences != 6 {
		t.Errorf("nobody ran alone, but %+v; %d sentences", v.PerEuro, v.Family.Sentences)
	}
	alike := constructed(3, 40, func(_, r int, years float64) float64 { return (100 + wave(r)) * years })
	if v := alike.Verdict(analysis.DefaultMatters); !v.Sold.Equal || !v.Kept.Equal || v.LostMost != -1 {
		t.Errorf("three that are the same: %+v", v)
	}
	c.Own = 8
	if v := c.Verdict(analysis.DefaultMatters); v.LostMost != -1 || v.Sold.Best != 1 {
		t.Errorf("a project that goes on loses nothing by stopping: %+v", v)
	}
	for _, s := range []struct {
		v     int
		years float64
		want  float64
	}{{0, 1, 1. / 8}, {0, 3, 3. / 8}, {1, 1, 0}, {1, 3, 1. / 6}, {1, 8, 1}} {
		if got := c.Seen(s.v, s.years); math.Abs(got.Estimate-s.want) > 1e-3 {
			t.Errorf("variant %d has closed %v by year %g, want %v", s.v, got, s.years, s.want)
		}
	}
}

// A comparison that goes on is the one that runs at once.
func TestComparisonGoesOn(t *testing.T) {
	p := sim.Defaults()
	p.Project.Years, p.Project.Horizon = 2, 4
	begin := func(n int) *Comparison {
		return NewComparison(PureForms(p)[1:], []float64{1}, 2, Plan{Seed: 5, First: 2, Replications: n})
	}
	once, grown := begin(30), begin(30)
	rows := 0
	count := func(int, int, Row) error { rows++; return nil }
	if err := once.Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{7, 20, 30} {
		if err := grown.GoOn(t.Context(), n, count); err != nil || grown.Plan.Replications != n || rows != n*2*3 {
			t.Fatalf("%d rows of %d replications, %v", rows, n, err)
		}
	}
	for v := range once.Variants {
		for y := range once.Years {
			for o := range sim.NOutcomes {
				if a, b := once.Of(v, y, o), grown.Of(v, y, o); !slices.EqualFunc(a, b, func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }) {
					t.Errorf("%v: %v at once, %v from stage to stage", o, a, b)
				}
			}
		}
		if a, b := once.CurveBand(v), grown.CurveBand(v); !slices.Equal(a.Mean, b.Mean) {
			t.Errorf("the curve of variant %d is %v at once, %v from stage to stage", v, a.Mean, b.Mean)
		}
	}
}
