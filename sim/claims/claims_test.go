package claims

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"epgsim/sim"
)

// Every claim can be run: its arms are valid, its parts find them, its
// ablation names mechanisms, and it says what it says.
func TestLedgerIsWellFormed(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Ledger() {
		if seen[c.ID] || !regexp.MustCompile(`^(C\d{2,3}|K\d)$`).MatchString(c.ID) {
			t.Errorf("id %q", c.ID)
		}
		seen[c.ID] = true
		if c.Statement == "" || c.Source == "" || c.Contrast == "" || len(c.Arms) == 0 || len(c.Ablation) == 0 {
			t.Errorf("%s is incomplete", c.ID)
		}
		if !slices.ContainsFunc(c.Parts, func(p Part) bool { return !p.Info }) {
			t.Errorf("%s judges nothing", c.ID)
		}
		names := map[string]bool{}
		for _, a := range c.Arms {
			if names[a.Name] {
				t.Errorf("%s has two arms %q", c.ID, a.Name)
			}
			names[a.Name] = true
			a.params(sim.Defaults()) // panics when the arm is not valid
		}
	}
	if len(seen) != 48 {
		t.Errorf("%d claims, want 48", len(seen))
	}
	if found, unknown := Find([]string{"c104", "C999"}); unknown != "C999" || found != nil {
		t.Errorf("Find: %v, %q", found, unknown)
	}
}

// tiny is a plan that only shows that everything runs.
var tiny = Plan{Seed: 3, Replications: 12, Sets: 2, SetReplications: 6}

// A unit of work gives the same for any number of workers and whether other
// claims run with it or not, and survives being written and read.
func TestUnitsAreReproducible(t *testing.T) {
	some, _ := Find([]string{"C05", "C44", "C104"})
	one, _ := Find([]string{"C104"})
	for _, unit := range tiny.Units() {
		runs := 0
		a, err := tiny.RunUnit(context.Background(), unit, some, func(n int) { runs += n })
		if err != nil {
			t.Fatal(err)
		}
		if want := tiny.Runs(unit, some); runs != want {
			t.Errorf("%s: %d runs, want %d", unit, runs, want)
		}
		three := tiny
		three.Workers = 3
		b, err := three.RunUnit(context.Background(), unit, one, nil)
		if err != nil {
			t.Fatal(err)
		}
		if x, y := fmt.Sprint(a.Parts["C104"]), fmt.Sprint(b.Parts["C104"]); x != y {
			t.Errorf("%s: C104 with others %s, alone with three workers %s", unit, x, y)
		}
		data, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		var read Unit
		if err := json.Unmarshal(data, &read); err != nil || fmt.Sprint(read) != fmt.Sprint(a) {
			t.Errorf("%s is read as %v, %v", unit, read, err)
		}
	}
}

// Random sets differ from each other, stay in the plausible ranges, and leave
// levers and constants alone.
func TestRandomSetsCoverTheUncertainParameters(t *testing.T) {
	p := Plan{Seed: 1, Sets: 200}
	low, high := map[string]float64{}, map[string]float64{}
	for number := range p.Sets {
		set := p.randomSet(number)
		for i := range sim.Table {
			q := &sim.Table[i]
			v := q.In(&set)
			if q.Role != sim.Uncertainty {
				if v != q.Default {
					t.Fatalf("%s is varied", q.Name)
				}
				continue
			}
			if v < q.Low || v > q.High {
				t.Fatalf("%s = %v outside %v..%v", q.Name, v, q.Low, q.High)
			}
			f := (v - q.Low) / (q.High - q.Low)
			if _, ok := low[q.Name]; !ok {
				low[q.Name], high[q.Name] = f, f
			}
			low[q.Name], high[q.Name] = min(low[q.Name], f), max(high[q.Name], f)
		}
	}
	for name := range low {
		if low[name] > 0.05 || high[name] < 0.95 {
			t.Errorf("%s covers only %.2f to %.2f of its range", name, low[name], high[name])
		}
	}
}

// made is a claim with two judged parts and one told.
func made() []Claim {
	return []Claim{{ID: "C01", Parts: []Part{{Name: "a"}, {Name: "b"}, {Name: "told", Info: true}}, Ablation: []string{"x"}}}
}

// unitsOf makes units: the defaults, an ablation, and one per parameter set.
func unitsOf(here []Estimate, sets ...[]float64) map[string]Unit {
	units := map[string]Unit{"defaults": {Parts: map[string][]Estimate{"C01": here}},
		"ablations": {Parts: map[string][]Estimate{"C01": here}}}
	for k, s := range sets {
		var es []Estimate
		for _, v := range s {
			es = append(es, Estimate{v, 0.01})
		}
		units[unitOfSet(k)] = Unit{Parts: map[string][]Estimate{"C01": es}, Replications: map[string]int{"C01": 80}}
	}
	return units
}

// The verdicts follow the rules: each of them can be reached, and what is only
// told never decides.
func TestVerdicts(t *testing.T) {
	clear, unclear, wrong := Estimate{1, 0.1}, Estimate{0.2, 0.1}, Estimate{-1, 0.1}
	nearly, barely := Estimate{0.3, 0.1}, Estimate{0.4, 0.1}
	good, bad, still := []float64{1, 1, -1}, []float64{1, -1, 1}, []float64{1, 0.01, 1}
	times := func(n int, set []float64) [][]float64 { return slices.Repeat([][]float64{set}, n) }
	for name, c := range map[string]struct {
		parts []Estimate
		sets  [][]float64
		weak  bool
		want  Verdict
		or    string
	}{
		"holds":                        {[]Estimate{clear, clear, wrong}, times(20, good), false, Holds, ""},
		"without sets":                 {[]Estimate{clear, clear, wrong}, nil, false, Holds, ""},
		"weak":                         {[]Estimate{clear, clear, clear}, times(20, good), true, Weak, ""},
		"too few sets":                 {[]Estimate{clear, clear, clear}, times(5, good), false, Holds, "not robust"},
		"four of five":                 {[]Estimate{clear, clear, wrong}, append(times(16, good), times(4, bad)...), false, Holds, "not robust"},
		"half":                         {[]Estimate{clear, clear, clear}, append(times(10, good), times(10, bad)...), false, NotRobust, ""},
		"weak and half":                {[]Estimate{clear, clear, clear}, append(times(10, good), times(10, bad)...), true, NotRobust, ""},
		"half, and the others open":    {[]Estimate{clear, clear, clear}, append(times(10, good), times(10, still)...), false, Holds, "not robust"},
		"two errors are not enough":    {[]Estimate{clear, unclear, clear}, times(20, good), false, NotShown, "holds"},
		"one error is far from enough": {[]Estimate{clear, {0.1, 0.1}, clear}, times(20, good), false, NotShown, ""},
		"three errors, and half":       {[]Estimate{clear, nearly, clear}, append(times(10, good), times(10, bad)...), false, NotShown, "not robust"},
		"four errors":                  {[]Estimate{clear, barely, clear}, times(20, good), false, Holds, "not shown"},
		"contradicted":                 {[]Estimate{wrong, clear, clear}, times(20, good), false, Contradicted, ""},
		"nearly contradicted":          {[]Estimate{clear, {-0.3, 0.1}, clear}, times(20, bad), false, NotShown, "contradicted"},
		"contradicted and not shown":   {[]Estimate{wrong, unclear, clear}, times(20, good), false, Contradicted, ""},
		"not shown then wrong":         {[]Estimate{unclear, wrong, clear}, times(20, good), false, Contradicted, ""},
		"no value":                     {[]Estimate{{math.NaN(), math.NaN()}, clear, clear}, times(20, good), false, NotShown, ""},
		"the same everywhere":          {[]Estimate{{0, 0}, clear, clear}, times(20, good), false, NotShown, ""},
	} {
		cs := made()
		cs[0].Weak = c.weak
		got := Judge(cs, unitsOf(c.parts, c.sets...))[0]
		if or := strings.Trim(fmt.Sprint(got.Or), "[]"); got.Verdict != c.want || or != c.or {
			t.Errorf("%s: %s or %q, want %s or %q (share of sets %v)", name, got.Verdict, or, c.want, c.or, got.Sets)
		}
		if got.Borderline() != (c.or != "") {
			t.Errorf("%s: borderline is %v", name, got.Borderline())
		}
	}
}

// sampleOf makes a sample of one arm from columns of outcomes.
func sampleOf(values map[sim.Outcome][]float64) *sample {
	c := &columns{}
	n := 0
	for o, v := range values {
		c.outcomes[o] = v
		n = len(v)
	}
	s := &sample{arms: map[string]*columns{"a": c}}
	for r := range n {
		s.draws = append(s.draws, r)
	}
	return s
}

// The statistics give known answers.
func TestStatistics(t *testing.T) {
	nan := math.NaN()
	x := []float64{0, 1, 2, 3, 4}
	m := []float64{1, 3, 2, 5, 4}
	y := make([]float64, 5)
	for k := range y {
		y[k] = 10 + 2*m[k] // wholly through m
	}
	s := sampleOf(map[sim.Outcome][]float64{sim.Complementarity: x, sim.Cooperation: m, sim.ValueTotal: y, sim.FirstDealWeek: {10, nan, 30, 20, nan}})
	through, total := s.mediated(sim.Complementarity, sim.Cooperation, sim.ValueTotal, "a")
	if math.Abs(through-total) > 1e-12 || total <= 0 {
		t.Errorf("wholly mediated: %v of %v", through, total)
	}
	if got, want := s.slope(sim.Complementarity, sim.ValueTotal, "a"), 2*0.8/16; math.Abs(got-want) > 1e-12 {
		t.Errorf("slope %v, want %v", got, want)
	}
	if got := s.median("a", sim.FirstDealWeek); got != 30 {
		t.Errorf("median %v, want 30 with the missing ones last", got)
	}
	if got := s.mean("a", sim.FirstDealWeek); got != 20 {
		t.Errorf("mean %v, want 20 without the missing ones", got)
	}
	if got := s.share(sim.Complementarity, 1, 3, "a"); got != 0.4 {
		t.Errorf("share %v, want 0.4", got)
	}
	if got := s.meanWhere("a", sim.ValueTotal, sim.Complementarity, 2, true); got != 14 {
		t.Errorf("mean where %v, want 14", got)
	}
	if got := s.meanWhere("a", sim.ValueTotal, sim.FirstDealWeek, 25, false); got != 16 {
		t.Errorf("mean of the others %v, want 16 with the missing ones", got)
	}
	if got := s.meanProduct("a", sim.Complementarity, sim.FirstDealWeek); got != 40 {
		t.Errorf("mean product %v, want 40 of those that have both", got)
	}
	// In even replications b is best, in odd ones a: each is judged by the other half.
	two := &sample{arms: map[string]*columns{"a": {}, "b": {}}, draws: []int{0, 1, 2, 3}}
	two.arms["a"].outcomes[sim.ValueTotal] = []float64{0, 4, 0, 4}
	two.arms["b"].outcomes[sim.ValueTotal] = []float64{2, 1, 2, 1}
	if got := two.meanOfBest(sim.ValueTotal, "a", "b"); got != 0.5 {
		t.Errorf("mean of the best %v, want 0.5", got)
	}
	if got := two.slopeOver(sim.ValueTotal, []float64{1, 2}, []string{"a", "b"}); got != -0.5 {
		t.Errorf("slope over arms %v, want -0.5", got)
	}
	late := sampleOf(map[sim.Outcome][]float64{sim.FirstDealWeek: {nan, nan, 1}})
	if got := late.median("a", sim.FirstDealWeek); got == got {
		t.Errorf("median of mostly missing values is %v", got)
	}
}

// Equal arms have equal keys, whatever they are called, and different ones do
// not.
func TestKeysTellArmsApart(t *testing.T) {
	a := Arm{Name: "x", Set: Settings{"group.focus": 1, "group.size": 4}, Off: []string{"practice", "rivalry"}}
	b := Arm{Name: "y", Set: Settings{"group.size": 4, "group.focus": 1}, Off: []string{"rivalry", "practice"}}
	if a.key() != b.key() {
		t.Error("equal arms have different keys")
	}
	for _, c := range []Arm{{Set: a.Set}, {Set: a.Set, Off: a.Off, Twin: 1}, {Set: a.Set, Off: a.Off, Mix: [3]float64{1, 0, 0}}, {Set: Settings{"group.focus": 1}, Off: a.Off}} {
		if c.key() == a.key() {
			t.Errorf("%+v has the key of another arm", c)
		}
	}
	if !reflect.DeepEqual(a.Off, []string{"practice", "rivalry"}) {
		t.Error("asking for the key changed the arm")
	}
}
