package scenario

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"epgsim/scenarios"
	"epgsim/sim"
)

func design(t testing.TB, src string) *Design {
	t.Helper()
	d, err := parseDesign("x.toml", []byte(src), shippedOnly)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	return d
}

func factorNames(d *Design) (names []string) {
	for i := range d.Factors {
		names = append(names, d.Factors[i].Parameter.Name)
	}
	return names
}

func TestADesignSaysWhatItsFileSays(t *testing.T) {
	d := design(t, `name = "a"
title = "A?"
description = "B"
scenario = "base"
method = "saltelli"
points = 64.0
second_order = true
scramble = false
replications = 7
seed = "18446744073709551615"
outcomes = ["stranded", "value_total"]
series = true
[set]
group.focus = 1
mechanisms_off = ["practice"]
[set.project]
years = 5
[[factor]]
parameter = "customer.trust_rate"
low = 0.05
scale = "log"
group = "customers"
[[factor]]
parameter = "group.open"
values = [true, false]
`)
	rate, open := d.Factors[0], d.Factors[1]
	if d.Name != "a" || d.Title != "A?" || d.Description != "B" || d.Method != MethodSaltelli || d.Points != 64 || d.Levels != 0 ||
		!d.SecondOrder || d.Scramble || d.Replications != 7 || d.Seed != math.MaxUint64 || !d.Series ||
		!slices.Equal(d.Outcomes, []Outcome{OutcomeOf(sim.Stranded), OutcomeOf(sim.ValueTotal)}) {
		t.Errorf("%+v", d)
	}
	if p := &d.Scenario.Params; p.Group.Focus != 1 || p.Project.Years != 5 || d.Scenario.Name != "base" || d.Scenario.Off[0] != "practice" {
		t.Errorf("%s %+v %+v", d.Scenario.Name, p.Group, p.Project)
	}
	if rate.Low != 0.05 || rate.High != rate.Parameter.High || !rate.Log || rate.Group != "customers" || rate.Values != nil {
		t.Errorf("%+v", rate)
	}
	if !slices.Equal(open.Values, []float64{1, 0}) || open.Low != 0 || open.High != 1 || open.Log {
		t.Errorf("%+v", open)
	}
}

func TestWhatADesignLeavesOut(t *testing.T) {
	for _, c := range []struct {
		method           Method
		levels, of       int
		scramble, second bool
	}{
		{MethodSobol, 0, 9, true, false},
		{MethodLatinHypercube, 0, 9, false, false},
		{MethodMorris, 4, 18, false, false},
		{MethodSaltelli, 0, 27, true, false},
	} {
		d := design(t, "name = \"a\"\nscenario = \"base\"\npoints = 9\nmethod = \""+string(c.method)+"\"\n"+hours)
		if d.Levels != c.levels || d.Scramble != c.scramble || d.SecondOrder || d.Replications != 10 || d.Seed != 1 || d.Series ||
			!slices.Equal(d.Outcomes, []Outcome{OutcomeOf(sim.ValueProject)}) || d.Title != "a" || d.Rows() != c.of {
			t.Errorf("%s: %+v, %d rows", c.method, d, d.Rows())
		}
	}
}

func TestFactorsTakeTheirValues(t *testing.T) {
	real, whole, open := sim.Lookup("customer.trust_rate"), sim.Lookup("group.size"), sim.Lookup("group.open")
	for _, c := range []struct {
		f    Factor
		u    []float64
		want []float64
	}{
		{Factor{Parameter: real, Low: 0.1, High: 0.3}, []float64{0, 0.5, 1, -1, 2, math.NaN()}, []float64{0.1, 0.2, 0.3, 0.1, 0.3, math.NaN()}},
		{Factor{Parameter: real, Low: 0.01, High: 1, Log: true}, []float64{0, 0.5, 1}, []float64{0.01, 0.1, 1}},
		{Factor{Parameter: whole, Low: 4, High: 6}, []float64{0, 0.333, 0.334, 0.666, 0.667, 1, math.NaN()}, []float64{4, 4, 5, 5, 6, 6, 4}},
		{Factor{Parameter: open, Low: 0, High: 1}, []float64{0, 0.49, 0.5, 1}, []float64{0, 0, 1, 1}},
		{Factor{Parameter: real, Values: []float64{0.3, 0.1, 0.2}, Low: 0.1, High: 0.3}, []float64{0, 0.34, 0.67, 1}, []float64{0.3, 0.1, 0.2, 0.2}},
	} {
		for i, u := range c.u {
			if got := c.f.At(u); !(math.Abs(got-c.want[i]) <= 1e-15) && !(math.IsNaN(got) && math.IsNaN(c.want[i])) {
				t.Errorf("%s from %g at %g: %g, want %g", c.f.Parameter.Name, c.f.Low, u, got, c.want[i])
			}
		}
	}
}

// Whole numbers and listed values come up equally often.
func TestWholeNumbersAreEquallyLikely(t *testing.T) {
	f := Factor{Parameter: sim.Lookup("group.size"), Low: 2, High: 12}
	var count [13]int
	for i := range 11 * 1000 {
		count[int(f.At((float64(i)+0.5)/11000))]++
	}
	for v := 2; v <= 12; v++ {
		if count[v] != 1000 {
			t.Errorf("%d came up %d times of 11000", v, count[v])
		}
	}
}

func TestStepsBecomeValues(t *testing.T) {
	for _, c := range []struct{ factor, want string }{
		{"parameter = \"group.technology\"\nsteps = 9\n", "[0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9]"},
		{"parameter = \"group.size\"\nlow = 2\nsteps = 3\n", "[2 4 6]"},
		{"parameter = \"group.size\"\nlow = 3\nsteps = 3\n", "[3 5 6]"},
		{"parameter = \"group.size\"\nlow = 4\nsteps = 50\n", "[4 5 6]"},
		{"parameter = \"manager.hours\"\nlow = 10\nhigh = 40\nscale = \"log\"\nsteps = 3\n", "[10 20 40]"},
		{"parameter = \"group.open\"\nlow = false\nhigh = true\nsteps = 2\n", "[0 1]"},
	} {
		d := design(t, full+"[[factor]]\n"+c.factor)
		if got := fmt.Sprint(d.Factors[0].Values); got != c.want {
			t.Errorf("%s: %s, want %s", c.factor, got, c.want)
		}
	}
}

func TestEveryTakesWhatNoOtherFactorHas(t *testing.T) {
	d := design(t, sweep+`[[factor]]
every = "uncertainty"
section = "joint"
except = ["joint.hours_customer"]
[[factor]]
every = "uncertainty"
[[factor]]
parameter = "trust.start"
low = 0.1
`)
	var want []string
	for i := range sim.Table {
		q := &sim.Table[i]
		if q.Role == sim.Uncertainty && q.Low < q.High && sectionOf(q.Name) == "joint" && q.Name != "joint.hours_customer" {
			want = append(want, q.Name)
		}
	}
	for i := range sim.Table {
		q := &sim.Table[i]
		if q.Role == sim.Uncertainty && q.Low < q.High && !slices.Contains(want, q.Name) && q.Name != "trust.start" {
			want = append(want, q.Name)
		}
	}
	if got := factorNames(d); !slices.Equal(got, append(want, "trust.start")) {
		t.Errorf("factors %v, want %v", got, want)
	}
	if last := d.Factors[len(want)]; last.Low != 0.1 {
		t.Errorf("the factor of its own has low %g", last.Low)
	}
}

// In a scenario that lists its SMEs, every leaves out what they decide.
func TestEveryLeavesOutWhatHasNoEffect(t *testing.T) {
	const every = "[[factor]]\nevery = \"uncertainty\"\nsection = \"group\"\n"
	listed := with(sweep, "base", "environmental-technology")
	for _, c := range []struct{ src, want string }{
		{sweep + every, "[group.technology group.similarity group.experience group.prior_ties group.components group.rhythm_spread]"},
		{listed + every, "[group.components group.rhythm_spread]"},
		{listed + "set.group.open = true\n" + every, "[group.technology group.similarity group.experience group.components group.rhythm_spread]"},
		{sweep + "set.mechanisms_off = [\"prior-ties\"]\n" + every, "[group.technology group.similarity group.experience group.components group.rhythm_spread]"},
	} {
		if got := fmt.Sprint(factorNames(design(t, c.src))); got != c.want {
			t.Errorf("%s\ntakes %s, want %s", c.src, got, c.want)
		}
	}
}

// What the design says has no effect has none: no run differs by a bit.
func TestWhatIsRefusedAsWithoutEffectHasNone(t *testing.T) {
	d := design(t, with(sweep, "base", "environmental-technology")+hours)
	g, checked := sim.NewGroup(), 0
	for i := range sim.Table {
		q := &sim.Table[i]
		if wrong, _ := d.without(q); wrong == "" {
			continue
		}
		checked++
		p := d.Scenario.Frozen()
		q.SetIn(&p, q.Min)
		low := fmt.Sprint(*g.Run(&p, 1, 0))
		q.SetIn(&p, q.Max)
		if high := fmt.Sprint(*g.Run(&p, 1, 0)); low != high {
			t.Errorf("%s has an effect", q.Name)
		}
	}
	if checked < 10 {
		t.Errorf("only %d parameters were checked", checked)
	}
}

func TestGroupsAndRows(t *testing.T) {
	factors := hours + "steps = 3\ngroup = \"b\"\n[[factor]]\nparameter = \"trust.start\"\nsteps = 2\n" +
		"[[factor]]\nparameter = \"trust.loss\"\nsteps = 3\ngroup = \"b\"\n"
	without := strings.NewReplacer("steps = 3\n", "", "steps = 2\n", "").Replace(factors)
	for _, c := range []struct {
		src  string
		rows int
	}{
		{full + factors, 3 * 2},
		{with(full, "factorial", "one-at-a-time") + factors, 1 + 3 + 2},
		{with(sweep, "sobol", "morris") + without, 8 * 3},
		{with(sweep, "sobol", "saltelli") + without, 8 * 4},
		{with(sweep, "sobol", "saltelli") + "second_order = true\n" + without, 8 * 6},
	} {
		d := design(t, c.src)
		names, of := d.Groups()
		if d.Rows() != c.rows || fmt.Sprint(names, of) != "[b trust.start] [0 1 0]" {
			t.Errorf("%s: %d rows, want %d; groups %v %v", d.Method, d.Rows(), c.rows, names, of)
		}
	}
}

func TestSetLiesOverTheDesign(t *testing.T) {
	d := design(t, sweep+"[set]\nproject.years = 5\n[[factor]]\nparameter = \"group.focus\"\n")
	before := d.Hash()
	for _, c := range []struct{ key, value, want string }{
		{"group.focus", "1", "--set: group.focus: is varied by the design (x.toml:7); set what is no factor, or take the factor out"},
		{"group.mix", "1,0,0", "--set: group.mix: is varied by the design (x.toml:7); set what is no factor, or take the factor out"},
		{"project.years", "99", "--set: project.years = 99: must be within 0.25..10 years; 99 months are 8.25 years"},
		{"points", "9", "--set: points: unknown key"},
	} {
		if err := d.Set(c.key, c.value); err == nil || err.Error() != c.want || d.Hash() != before {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
	if err := d.Set("project.years", "2"); err != nil || d.Hash() == before {
		t.Errorf("%v", err)
	}
	var p sim.Params
	if err := d.Params(&p, []float64{0.25}); err != nil || p.Project.Years != 2 || p.Group.Focus != 0.25 {
		t.Errorf("%v: %g years, focus %g", err, p.Project.Years, p.Group.Focus)
	}
	if err := d.Check(); err != nil {
		t.Error(err)
	}
}

func TestCheckFindsWhatSetContradicts(t *testing.T) {
	d := design(t, sweep+"[[factor]]\nparameter = \"group.suppliers\"\n[[factor]]\nparameter = \"trust.weight\"\n")
	for _, c := range []struct{ key, value, want string }{
		{"group.size", "4", "--set: group.size = 4: too few for group.suppliers = 4 (x.toml:5); set group.suppliers to at most 3 as well"},
		{"mechanisms_off", "sme-trust", "x.toml:7: trust.weight: has no effect: sme-trust is switched off; leave it out, or leave mechanisms_off out"},
	} {
		if err := d.Set(c.key, c.value); err != nil {
			t.Fatal(err)
		}
		if err := d.Check(); err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}

// The hash is of what decides the rows and their results, and of nothing else.
func TestWhatTheHashIsOf(t *testing.T) {
	src := with(sweep, "sobol", "saltelli") + "replications = 3\nseed = 4\noutcomes = [\"stranded\"]\ntitle = \"A\"\n" + hours + "low = 10\n[[factor]]\nparameter = \"trust.start\"\n"
	hash := design(t, src).Hash()
	for _, c := range []struct {
		old, new string
		same     bool
	}{
		{"replications = 3", "replications = 4", true},
		{"title = \"A\"", "title = \"B\"", true},
		{"name = \"ok\"", "name = \"other\"", true},
		{"stranded", "value_total", true},
		{"stranded", "value_total / public_cost as return", false}, // a column more
		{"seed = 4", "seed = 5", false},
		{"points = 8", "points = 9", false},
		{"low = 10", "low = 11", false},
		{"low = 10", "low = 10\ngroup = \"a\"", false},
		{"seed = 4", "seed = 4\nscramble = false", false},
		{"seed = 4", "seed = 4\nsecond_order = true", false},
		{"seed = 4", "seed = 4\nset.project.years = 2", false},
		{"\"base\"", "\"excavators\"", false},
	} {
		if got := design(t, with(src, c.old, c.new)).Hash(); (got == hash) != c.same {
			t.Errorf("%s instead of %s: same hash %v", c.new, c.old, got == hash)
		}
	}
}

// A design's own outcome has the value, the unit and the words of its expression,
// and is there again when the design is written and read.
func TestADesignHasOutcomesOfItsOwn(t *testing.T) {
	d := design(t, sweep+"outcomes = [\"value_total\", \" value_total /public_cost as return\", \"value_total > 2 * public_cost as worth_it\"]\n"+hours)
	survives(t, d)
	p := d.Scenario.Frozen()
	v := &sim.NewGroup().Run(&p, 1, 0).Values
	own := d.Own()
	if len(own) != 2 || len(d.Outcomes) != 3 || own[0].String() != "value_total /public_cost as return" {
		t.Fatalf("%v", d.Outcomes)
	}
	if got, want := own[0].Value(v), v[sim.ValueTotal]/v[sim.PublicCost]; got != want || d.Outcomes[0].Value(v) != v[sim.ValueTotal] {
		t.Errorf("%v, want %v", got, want)
	}
	if i, j := own[0].Info(), own[1].Info(); i.Name != "return" || i.Unit != "1" || i.Doc != "own outcome: value_total /public_cost" || i.Kind != sim.Ratio || j.Kind != sim.YesNo {
		t.Errorf("%+v %+v", i, j)
	}
	if got := own[1].Needs(); !slices.Equal(got, []sim.Outcome{sim.ValueTotal, sim.PublicCost}) || !slices.Equal(d.Outcomes[0].Needs(), []sim.Outcome{sim.ValueTotal}) {
		t.Errorf("needs %v", got)
	}
	for _, c := range []struct{ text, want string }{
		{"return", ""}, {"stranded", ""}, {"rescued - stranded as net", ""},
		{"retrn", `--outcome: "retrn": not an outcome; did you mean return?`},
	} {
		if o, err := d.Outcome("--outcome", c.text); (err == nil) != (c.want == "") || err != nil && err.Error() != c.want {
			t.Errorf("%s: %v %v", c.text, o, err)
		}
	}
}

func TestDesignFilesAreFound(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("mine.toml", "name = \"mine\"\nextends = \"excavators\"\n")
	d, err := LoadDesign(write("d.toml", with(sweep, "base", "mine.toml")+hours))
	if err != nil || d.Scenario.Name != "mine" || d.Scenario.Params.Group.Size != 4 {
		t.Fatalf("%v %+v", err, d)
	}
	for _, c := range []struct{ name, want string }{
		{"focus-by-year", "focus-by-year: no shipped design of that name; did you mean focus-by-years?"},
		{"focus-by-years.toml", "focus-by-years.toml: no such file; did you mean focus-by-years?"},
		{"base", "base: no shipped design of that name; there are " + strings.Join(scenarios.SweepNames(), ", ") + "; a file's name ends in .toml"},
	} {
		if _, err := LoadDesign(c.name); err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}
