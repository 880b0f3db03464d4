package decide

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// worldsFile are worlds in which hours of joint work and trust go together.
func worldsFile(t *testing.T) *scenario.Worlds {
	t.Helper()
	w, err := scenario.NewWorlds("w", []string{"joint.hours_system", "trust.start", "project.years", "project.subsidy"},
		[][]float64{{100, 200, 300}, {0.3, 0.4, 0.5}, {2, 2, 2}, {0.5, 0.5, 0.5}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// A decision meets the worlds of a file in all its batches, each as a whole, and what
// the options differ in stays with them. What is the same in every world is known, and
// not worth asking.
func TestDecisionInWorldsOfAFile(t *testing.T) {
	d := decisionOf(t, "food-products", 40)
	from, err := d.Scenario.Drawing("", nil, worldsFile(t))
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(d, from, 1, 5)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(c.Fixed, "project.years") || slices.Contains(c.Names(), "project.years") {
		t.Errorf("the options do not fix their years: %v", c.Names())
	}
	s := c.NewSample(2)
	simulate(t, c, s, 0, nil, 2, nil)
	simulate(t, c, s, 1, nil, 2, nil)
	hours, trust, subsidy := slices.Index(c.Names(), "joint.hours_system"), slices.Index(c.Names(), "trust.start"), slices.Index(c.Names(), "project.subsidy")
	times := map[float64]int{}
	for w, values := range s.Worlds {
		if values[hours] != 1000*values[trust]-200 {
			t.Fatalf("world %d: %v hours with trust %v", w, values[hours], values[trust])
		}
		times[values[hours]]++
	}
	if len(times) != 3 || times[100] < 26 || times[100] > 28 {
		t.Errorf("worlds came so often: %v", times)
	}
	a, err := c.Answer(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if q := a.Questions.Asked[subsidy]; q.Low > 0 || q.Estimate != q.Estimate || slices.Contains(a.Asking, subsidy) {
		t.Errorf("what is known is worth asking: %+v", q)
	}
	axes, err := c.Axes([]string{"joint.hours_system", "project.subsidy"})
	if err != nil {
		t.Fatal(err)
	}
	if m := c.Map(s, a, axes[0], axes[1]); len(m.Cells) == 0 || axes[0].Edges[0] != 100 {
		t.Errorf("the map over them: %v", axes)
	}
}

// A comparison repeated over the worlds of a file is another than over the ranges, and
// the same for any number of workers.
func TestDoubtInWorldsOfAFile(t *testing.T) {
	s, err := scenario.Load("food-products")
	if err != nil {
		t.Fatal(err)
	}
	variants := experiment.PureForms(s.Frozen())
	doubt := func(w *scenario.Worlds, workers int) string {
		from, err := s.Drawing("", nil, w)
		if err != nil {
			t.Fatal(err)
		}
		d, err := NewDoubt(t.Context(), variants, 2, from, s.Off, 0, 20, 1, experiment.Plan{Seed: 3, Workers: workers}, func(int) {})
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(d.means)
	}
	if one := doubt(worldsFile(t), 1); one != doubt(worldsFile(t), 3) || one == doubt(nil, 1) {
		t.Error("the worlds of a file do not decide what comes of them")
	}
}

// Four rows of each simulated world are taken for one world, and not for four.
func TestRowsOfOneOriginSayNoMore(t *testing.T) {
	const simulated, rows = 15, 4
	columns := []string{scenario.ColumnOrigin, "trust.start"}
	values := make([][]float64, 2)
	for k := range simulated * rows {
		values[0] = append(values[0], float64(k/rows))
		values[1] = append(values[1], 0.2+0.5*float64(k/rows)/simulated)
	}
	w, err := scenario.NewWorlds("w", columns, values, 1)
	if err != nil {
		t.Fatal(err)
	}
	exhausted := false
	width := func() float64 {
		d := decisionOf(t, "food-products", simulated*rows)
		from, err := d.Scenario.Drawing("", []string{"trust.start"}, w)
		if err != nil {
			t.Fatal(err)
		}
		c, err := New(d, from, 1, 5)
		if err != nil {
			t.Fatal(err)
		}
		exhausted = c.Exhausted(1)
		s := c.NewSample(1)
		simulate(t, c, s, 0, nil, 2, nil)
		a, err := c.Answer(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		return a.Standings[0].Mean.High - a.Standings[0].Mean.Low
	}
	together := width()
	if !exhausted {
		t.Error("another batch of the same worlds is wanted")
	}
	w.Origins = nil
	if apart := width(); exhausted || math.Abs(together/apart-2) > 1e-9 {
		t.Errorf("rows of one world make the interval %v times as wide, not twice", together/apart)
	}
}
