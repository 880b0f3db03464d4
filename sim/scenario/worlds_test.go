package scenario

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"epgsim/sim"
)

// worldsOf makes worlds of rows: weight, joint.hours_system, trust.start.
func worldsOf(t *testing.T, rows ...[3]float64) *Worlds {
	t.Helper()
	columns := make([][]float64, 3)
	for _, r := range rows {
		for i, v := range r {
			columns[i] = append(columns[i], v)
		}
	}
	w, err := NewWorlds("w.csv", []string{ColumnWeight, "joint.hours_system", "trust.start"}, columns, 2)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// What is wrong with a file of worlds is told with column, row and what is allowed.
func TestWorldsRefuse(t *testing.T) {
	none := math.NaN()
	many := slices.Repeat([]float64{9}, 9)
	for _, c := range []struct {
		columns []string
		values  [][]float64
		want    string
	}{
		{[]string{"trust.strat", "trust.start"}, [][]float64{{1}, {0.5}}, "w.csv: trust.strat: not a parameter; did you mean trust.start?"},
		{[]string{"acceptance", "trust.start"}, [][]float64{{1}, {0.5}}, "w.csv: acceptance: not a parameter; besides weight there may only be parameters; epgsim parameters lists them"},
		{[]string{"trust.start"}, [][]float64{{0.5, 2}}, "w.csv:3: trust.start = 2: must be a number within 0.05..0.95"},
		{[]string{"trust.start"}, [][]float64{{none}}, "w.csv:2: trust.start: is missing; must be a number within 0.05..0.95"},
		{[]string{"deal.bases"}, [][]float64{{2.5, -1}}, "w.csv:3: deal.bases = -1: must be a number within 0..20"},
		{[]string{"trust.start", "weight"}, [][]float64{{0.5, 0.5, 0.5, 0.5}, {1, 0, -1, none}}, "w.csv:3: weight = 0: must be a number above 0\nw.csv:4: weight = -1: must be a number above 0\nw.csv:5: weight: is missing; must be a number above 0"},
		{[]string{"trust.start", "weight"}, [][]float64{{0.5}, {math.Inf(1)}}, "w.csv:2: weight = inf: must be a number above 0"},
		{[]string{"trust.start", "trust.start"}, [][]float64{{0.5}, {0.5}}, "w.csv: trust.start: is there twice"},
		{[]string{"trust.start"}, [][]float64{many}, "w.csv: trust.start: so in 9 of 9 rows"},
		{[]string{"weight"}, [][]float64{{1}}, "w.csv: has no parameter; each column is one, named as epgsim parameters has it"},
		{[]string{"trust.start"}, [][]float64{{}}, "w.csv: has no worlds; each line below the names is one"},
		{nil, nil, "w.csv: has no worlds; each line below the names is one"},
	} {
		w, err := NewWorlds("w.csv", c.columns, c.values, 2)
		if w != nil || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v %v: %v, want %s", c.columns, c.values, err, c.want)
		}
	}
}

// Worlds survive being written and read, and only what they say decides their hash.
func TestWorldsAreWrittenAsTheyAre(t *testing.T) {
	w := worldsOf(t, [3]float64{0.25, 120.5, 1.0 / 3}, [3]float64{3, 0, 0.5})
	if want := "weight,joint.hours_system,trust.start\n0.25,120.5,0.3333333333333333\n3,0,0.5\n"; string(w.CSV()) != want {
		t.Errorf("written as %q", w.CSV())
	}
	again := worldsOf(t, [3]float64{0.25, 120.5, 1.0 / 3}, [3]float64{3, math.Copysign(0, -1), 0.5})
	other := worldsOf(t, [3]float64{0.25, 120.5, 1.0 / 3}, [3]float64{3, 1, 0.5})
	if again.Hash() != w.Hash() || other.Hash() == w.Hash() {
		t.Error("the hash does not go by what the worlds say")
	}
	equal, err := NewWorlds("w", []string{"trust.start"}, [][]float64{{0.4, 0.5}}, 1)
	if err != nil || !slices.Equal(equal.Weights, []float64{1, 1}) {
		t.Errorf("without weights: %v, %v", equal, err)
	}
	if got := w.Effective(); math.Abs(got-3.25*3.25/(9+0.0625)) > 1e-12 {
		t.Errorf("worth %v worlds of equal weight", got)
	}
}

// Rows of one origin count together, and go on doing so in what is written.
func TestRowsOfOneOriginCountTogether(t *testing.T) {
	columns := []string{ColumnWeight, ColumnOrigin, "trust.start"}
	w, err := NewWorlds("w.csv", columns, [][]float64{{1, 1, 1, 3}, {7, 9, 7, 8}, {0.4, 0.45, 0.41, 0.5}}, 2)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := w.Effective(), 36.0/(4+1+9); got != want || w.Simulated() != 3 || len(w.Factors) != 1 || !w.Few() {
		t.Errorf("worth %v of %d worlds, want %v of 3", got, w.Simulated(), want)
	}
	if different, effectively := w.Different(6, 1); different != 4 || effectively != 36.0/14 {
		t.Errorf("%d different ones that say as much as %v", different, effectively)
	}
	if repeats := w.Repeats(6, 6, 1); math.Abs(repeats-6*14/36.0) > 1e-12 || w.Repeats(3, 6, 1) != repeats {
		t.Errorf("%v of 6 draws say as much as one", repeats)
	}
	w.Origins = nil
	if repeats := w.Repeats(6, 6, 1); repeats != 1 {
		t.Errorf("worlds made by hand, which are no sample, repeat one another %v times", repeats)
	}
	w.Origins = []float64{7, 9, 7, 8}
	if want := "weight,origin,trust.start\n1,7,0.4\n1,9,0.45\n1,7,0.41\n3,8,0.5\n"; string(w.CSV()) != want {
		t.Errorf("written as %q", w.CSV())
	}
	if _, err := NewWorlds("w.csv", columns, [][]float64{{1}, {1.5}, {0.4}}, 2); err == nil || !strings.Contains(err.Error(), "w.csv:2: origin = 1.5: must be a whole number") {
		t.Errorf("half an origin: %v", err)
	}
}

// A drawing takes whole rows, so that what is tied together stays so, draws the rest as
// without worlds, and leaves what the scenario says.
func TestDrawing(t *testing.T) {
	s, err := Load("base")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Set("trust.start", "0.45"); err != nil {
		t.Fatal(err)
	}
	hours, loss, subsidy := sim.Lookup("joint.hours_system"), sim.Lookup("trust.loss"), sim.Lookup("project.subsidy")
	w, err := NewWorlds("w", []string{"project.subsidy", "trust.start", "joint.hours_system", "project.horizon"},
		[][]float64{{0.5, 0.25, 0.75}, {0.5, 0.5, 0.5}, {300, 150, 450}, {5, 5, 5}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := s.Drawing("", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.Drawing("", nil, w)
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(d.Fixed) != "[trust.start project.horizon]" {
		t.Errorf("fixed: %v", d.Fixed)
	}
	if len(d.Unknowns) != len(plain.Unknowns)+1 || len(d.Ranges) != len(plain.Unknowns)-1 || slices.Contains(d.Ranges, hours.Name) {
		t.Errorf("%d unknowns, %d from ranges; without worlds %d", len(d.Unknowns), len(d.Ranges), len(plain.Unknowns))
	}
	at := func(d *Drawing, q *sim.Parameter) int {
		return slices.IndexFunc(d.Unknowns, func(u Factor) bool { return u.Parameter == q })
	}
	const n = 30
	values, seen := make([]float64, len(d.Unknowns)), map[float64]int{}
	for number := range n {
		d.World(values, number, n, 4)
		if got, want := values[at(d, hours)], 600*values[at(d, subsidy)]; got != want {
			t.Fatalf("world %d: %v hours go with a subsidy of %v", number, got, values[at(d, subsidy)])
		}
		seen[values[at(d, hours)]]++
		if v := values[at(d, loss)]; v < loss.Low || v > loss.High {
			t.Fatalf("world %d: trust.loss = %v", number, v)
		}
	}
	if len(seen) != 3 || seen[300] != 10 {
		t.Errorf("worlds were drawn so often: %v", seen)
	}

	// With the same unknowns, what is not in the worlds is the same as without them.
	with, without := NewDrawing(plain.Unknowns, w), make([]float64, len(plain.Unknowns))
	values = values[:len(plain.Unknowns)]
	with.World(values, 7, n, 4)
	plain.World(without, 7, n, 4)
	for i, u := range plain.Unknowns {
		if same := values[i] == without[i]; same == (u.Parameter == hours) {
			t.Errorf("%s: %v with worlds, %v without", u.Parameter.Name, values[i], without[i])
		}
	}
	if d, err := s.Drawing("--unknown", []string{"trust.start", "trust.loss"}, w); err != nil || fmt.Sprint(d.Names()) != "[trust.start trust.loss]" || d.Unknowns[0].High != 0.5 {
		t.Errorf("named: %v, %v", d, err)
	}
	if _, err := s.Drawing("--unknown", []string{"project.horizon"}, w); err == nil || !strings.Contains(err.Error(), "no plausible range") {
		t.Errorf("the horizon: %v", err)
	}
}

// An endless row of worlds does not depend on how many are asked for, and covers the
// worlds in every block.
func TestEndlessWorlds(t *testing.T) {
	s, err := Load("base")
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.Drawing("", nil, worldsOf(t, [3]float64{1, 100, 0.4}, [3]float64{1, 200, 0.5}, [3]float64{2, 300, 0.6}))
	if err != nil {
		t.Fatal(err)
	}
	k := slices.Index(d.Names(), "joint.hours_system")
	seen, values := map[float64]int{}, make([]float64, len(d.Unknowns))
	for number := range 2 * EndlessBlock {
		d.Endless(values, number, 1)
		seen[values[k]]++
	}
	if seen[100] != 16 || seen[200] != 16 || seen[300] != 32 {
		t.Errorf("drawn so often: %v", seen)
	}
}
