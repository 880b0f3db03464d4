package scenario

import (
	"math"
	"slices"
	"strings"
	"testing"

	"epgsim/scenarios"
	"epgsim/sim"
)

const (
	somebody = "name = \"ok\"\nbudget = 1000\napplicants = 9\n"
	applies  = "[[pool]]\nscenario = \"base\"\n"
	chooses  = "[[policy]]\nname = \"a\"\nyears = 3\n" // begins at line 6
)

func programmeOf(t testing.TB, src string) *Programme {
	t.Helper()
	p, err := parseProgramme("x.toml", []byte(src), shippedOnly)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	return p
}

func TestAProgrammeSaysWhatItsFileSays(t *testing.T) {
	p := programmeOf(t, `name = "a"
title = "A?"
budget = 3000
horizon = 8
applicants = 40
times = 3
seed = 9
[set]
project.subsidy = 0.4
[spread]
group.technology = 0.2
group.size = 1
[[pool]]
scenario = "food-products"
weight = 3
[pool.vary]
group.hours = [10, 20]
group.technology = [0.1, 0.2]
[[pool]]
scenario = "paper-machinery"
[[policy]]
name = "first"
years = 3
[[policy]]
name = "second"
select = "score"
score = "technology / cost"
seen_error = 0.2
years = { market = 1, customer = 2, system = 5 }
form = "by technology and compatibility"
hours = 20
size = 4
extend = { years = 1.5, when = "deals_project >= 1 or years > 2" }
`)
	if p.Name != "a" || p.Title != "A?" || p.Budget != 3000 || p.Horizon != 8 || p.Applicants != 40 || p.Times != 3 || p.Seed != 9 || len(p.Pool) != 2 || len(p.Policy) != 2 {
		t.Fatalf("%+v", p)
	}
	food, paper := &p.Pool[0], &p.Pool[1]
	if food.Weight != 3 || paper.Weight != 1 || len(food.Vary) != 3 || len(paper.Vary) != 2 {
		t.Errorf("%+v\n%+v", food, paper)
	}
	ends := func(k *Pool) (text string) {
		for _, f := range k.Vary {
			text += f.Parameter.Name + " " + rounded(f.Low) + " " + rounded(f.High) + "; "
		}
		return text
	}
	if got := ends(food) + ends(paper); got != "group.hours 10 20; group.size 5 7; group.technology 0.1 0.2; group.size 4 6; group.technology 0.55 0.95; " {
		t.Errorf("applicants differ in %s", got)
	}
	programmeSurvives(t, p)
	var q sim.Params
	if err := food.Params(&q, []float64{15, 6, 0.1}); err != nil || q.Group.Hours != 15 || q.Group.Size != 6 || q.Project.Horizon != 8 || q.Project.Subsidy != 0.4 {
		t.Errorf("%v %+v", err, q)
	}
	first, second := &p.Policy[0], &p.Policy[1]
	if first.Select != FirstCome || first.Form != AsApplied || first.Years != [Forms]float64{3, 3, 3} || first.Extend != nil || !math.IsNaN(first.Hours) || first.Score != nil {
		t.Errorf("%+v", first)
	}
	if second.SeenError != 0.2 || second.Years != [Forms]float64{1, 2, 5} || second.Extend.Years != 1.5 || second.Score.Unit() != "1/k€" {
		t.Errorf("%+v", second)
	}
	// What each gives to the same group.
	if f := first.Lay(&q, 0.9, 0.9); f != Market || q.Project.Years != 3 || q.Group.Size != 6 || q.Group.Focus != 0 {
		t.Errorf("%v %+v %+v", f, q.Project, q.Group)
	}
	if f := second.Lay(&q, 0.9, 0.9); f != System || q.Project.Years != 5 || q.Group.Size != 4 || q.Manager.Hours != 20 || q.Group.Focus != 1 {
		t.Errorf("%v %+v %+v", f, q.Project, q.Group)
	}
}

func TestFormByFigure2(t *testing.T) {
	for _, c := range []struct {
		technology, complementarity float64
		want                        Form
	}{{0.1, 0.1, Market}, {0.9, 0.1, Customer}, {0.1, 0.9, Customer}, {0.9, 0.9, System}, {0.5, 0.65, System}, {0.499, 0.649, Market}} {
		if got := FormByFigure2(c.technology, c.complementarity); got != c.want {
			t.Errorf("technology %g, complementarity %g: %v, want %v", c.technology, c.complementarity, got, c.want)
		}
	}
	for f, want := range map[Form]float64{Market: 0, Customer: 0.5, System: 1} {
		if f.Focus() != want {
			t.Errorf("%v is a focus of %g", f, f.Focus())
		}
	}
	for w, want := range map[[3]float64]Form{{1, 0, 0}: Market, {0.4, 0.6, 0}: Customer, {0, 0.5, 0.5}: Customer, {0.2, 0.2, 0.6}: System} {
		if got := formOf(w); got != want {
			t.Errorf("%v is %v, want %v", w, got, want)
		}
	}
}

// A policy that fixes the form takes the place of a mix.
func TestAFixedFormTakesThePlaceOfAMix(t *testing.T) {
	p := programmeOf(t, somebody+applies+chooses+"form = \"customer\"\n")
	q := sim.Defaults()
	q.Mix = [3]float64{0, 0, 1}
	if f := p.Policy[0].Lay(&q, 0, 0); f != Customer || q.Mix != [3]float64{} || q.Group.Focus != 0.5 {
		t.Errorf("%v %v %g", f, q.Mix, q.Group.Focus)
	}
}

// An official sees nothing of the future: every outcome at the gate is one of the
// project, the same whatever comes after it, and none is guessed.
func TestNothingSeenAtTheGateIsOfTheFuture(t *testing.T) {
	p := sim.Defaults()
	p.Project.Years = 1.5
	var at [2]sim.Result
	for i, horizon := range []float64{1.5, 10} {
		p.Project.Horizon = horizon
		at[i] = *sim.NewGroup().Run(&p, 3, 1)
	}
	for _, o := range GateOutcomes() {
		if a, b := at[0].Get(o), at[1].Get(o); a != b && !(a != a && b != b) {
			t.Errorf("%s is %v when nothing comes after the gate, and %v when something does", o, a, b)
		}
	}
	names := nameList(GateNames())
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			t.Errorf("%s is two things", name)
		}
	}
	if len(names) != int(NSeen)+len(GateOutcomes()) || names[SeenCost] != "cost" {
		t.Errorf("%v", names)
	}
	for s := range NSeen {
		if names[s] == "" || s.Doc() == "" || strings.HasSuffix(s.Doc(), ".") || s.Judged() != (s <= SeenPriorTies) {
			t.Errorf("%d: %q %q", s, names[s], s.Doc())
		}
	}
}

// The shipped programmes load, and what they vary can be run at its ends, under
// every policy, up to the gate and beyond.
func TestShippedProgrammes(t *testing.T) {
	if len(scenarios.ProgrammeNames()) == 0 {
		t.Fatal("none is shipped")
	}
	g := sim.NewGroup()
	for _, name := range scenarios.ProgrammeNames() {
		p, err := LoadProgramme(name)
		if err != nil {
			t.Fatal(err)
		}
		if p.Name != name || !strings.HasSuffix(p.Title, "?") || p.Description == "" || len(p.Policy) < 5 || len(p.Pool) < 9 {
			t.Errorf("%s: %+v", name, p)
		}
		programmeSurvives(t, p)
		for i := range p.Pool {
			for k := range p.Policy {
				for _, u := range []float64{0, 1} {
					values := make([]float64, len(p.Pool[i].Vary))
					for j := range values {
						values[j] = p.Pool[i].Vary[j].At(u)
					}
					var q sim.Params
					if err := p.Pool[i].Params(&q, values); err != nil {
						t.Fatal(err)
					}
					p.Policy[k].Lay(&q, u, u)
					if q.Project.Horizon = 5; g.Run(&q, 1, 0).Get(sim.PublicCost) <= 0 {
						t.Errorf("%s, %s: costs nothing", p.Pool[i].Scenario.Name, p.Policy[k].Name)
					}
				}
			}
		}
	}
	if _, err := LoadProgramme("finish-programme"); err == nil || err.Error() != "finish-programme: no shipped programme of that name; did you mean finnish-programme?" {
		t.Errorf("%v", err)
	}
}

// programmeSurvives writes a programme and its scenarios and reads them back.
func programmeSurvives(t testing.TB, p *Programme) {
	t.Helper()
	beside := map[string]string{}
	for i := range p.Pool {
		beside[PoolFile(i)] = string(p.Pool[i].Scenario.TOML())
	}
	again, err := parseProgramme("p.toml", p.TOML(), files(beside))
	if err != nil {
		t.Fatalf("%v\n%s", err, p.TOML())
	}
	if string(again.TOML()) != string(p.TOML()) || again.Hash() != p.Hash() {
		t.Fatalf("once written, it differs:\n%s\n%s", p.TOML(), again.TOML())
	}
	for i := range p.Pool {
		if !same(&p.Pool[i].Scenario.Params, &again.Pool[i].Scenario.Params) || len(p.Pool[i].Vary) != len(again.Pool[i].Vary) {
			t.Fatalf("%s: once written, it differs", p.Pool[i].Scenario.Name)
		}
	}
}

// The file to begin with is a programme of another name.
func TestProgrammeTemplate(t *testing.T) {
	p, err := parseProgramme("new.toml", ProgrammeTemplate(), shippedOnly)
	if err != nil || p.Name != "our-programme" {
		t.Fatalf("%v %+v", err, p)
	}
	q, err := LoadProgramme("finnish-programme")
	if err != nil || p.Hash() != q.Hash() {
		t.Errorf("%v: not what is shipped", err)
	}
}

// The hash is of what decides the runs, and of nothing else.
func TestWhatTheHashOfAProgrammeIsOf(t *testing.T) {
	src := somebody + "times = 4\n" + applies + chooses
	for _, c := range []struct {
		old, new string
		same     bool
	}{
		{"times = 4", "times = 5", true}, {"\"ok\"", "\"other\"", true},
		{"times = 4", "seed = 2", false}, {"budget = 1000", "budget = 1001", false}, {"applicants = 9", "applicants = 8", false}, {"years = 3", "years = 2", false},
		{"\"base\"", "\"base\"\nweight = 2", false}, {"\"base\"", "\"excavators\"", false}, {"\"base\"", "\"base\"\nvary.group.hours = [9, 10]", false},
	} {
		if got := programmeOf(t, with(src, c.old, c.new)).Hash(); (got == programmeOf(t, src).Hash()) != c.same {
			t.Errorf("%s instead of %s: same hash %v", c.new, c.old, !c.same)
		}
	}
}

// Whatever the input, there is an error that says what is wrong or a programme
// whose applicants can be run.
func soundProgramme(t testing.TB, src []byte) {
	p, err := parseProgramme("d.toml", src, fuzzFiles())
	if err != nil {
		inWords(t, err, "d.toml", src)
		return
	}
	if len(p.Pool) == 0 || len(p.Policy) == 0 || !(p.Budget >= 1) || p.Applicants < 1 {
		t.Fatalf("%+v", p)
	}
	programmeSurvives(t, p)
	for i := range p.Policy {
		y := &p.Policy[i]
		if slices.Min(y.Years[:]) <= 0 || slices.Max(y.Years[:]) > p.Horizon || (y.Select == ByScore) != (y.Score != nil) || y.Extend != nil && (y.Extend.When == nil || y.Extend.Years <= 0) {
			t.Fatalf("%+v", y)
		}
	}
	for i := range p.Pool {
		for _, u := range []float64{0, 0.5, 1} {
			values := make([]float64, len(p.Pool[i].Vary))
			for j := range values {
				values[j] = p.Pool[i].Vary[j].At(u)
			}
			var q sim.Params
			if err := p.Pool[i].Params(&q, values); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func hostileProgrammes() []string {
	all := somebody + applies + chooses
	list := []string{all, with(all, "3", "[3]"), with(all, "years = 3", "years = {}"), with(all, "years", "extend"), somebody + "pool = 3\npolicy = [1]\n",
		somebody + "spread = 3\nset = []\n" + applies + chooses, somebody + "[spread]\ngroup = 3\ngroup_size = 1\nsme = []\n" + applies + chooses,
		somebody + applies + "vary = [1]\n" + chooses, somebody + applies + "vary.group = 1\n" + chooses, somebody + applies + "vary.group.size = [2, 2.5]\nvary.group.open = [false, true]\n" + chooses,
		somebody + applies + "vary.group.focus = [nan, inf]\n" + chooses, somebody + "spread.group.focus = 1\nset.group.mix = [1, 0, 0]\n" + applies + chooses,
		somebody + "spread.group.size = 9\n" + applies + chooses, somebody + "spread.goals.sales = 1\nspread.goals.cooperation = 1\nspread.goals.learning = 1\n" + applies + chooses}
	for _, src := range hostile() {
		list = append(list, src, all+strings.TrimPrefix(src, ok))
	}
	return list
}

func FuzzParseProgramme(f *testing.F) {
	for _, src := range hostileProgrammes() {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) { soundProgramme(t, src) })
}

// Vary puts copies behind a policy that differ in one number, and refuses what no
// file could say.
func TestVaryAPolicy(t *testing.T) {
	gate := somebody + applies + chooses + "extend = { years = 1.5, when = \"deals_project > 0\" }\n[[policy]]\nname = \"b. c\"\nyears = 2\n"
	p := programmeOf(t, gate)
	for _, text := range []string{"a.extend.years=2,4.5", "b. c.seen_error=0.2"} {
		if err := p.Vary("--vary", text); err != nil {
			t.Fatal(err)
		}
	}
	got := ""
	for _, y := range p.Policy {
		got += y.Name + "; "
	}
	if got != "a; a, extend years 2; a, extend years 4.5; b. c; b. c, seen error 0.2; " || p.Policy[0].Extend.Years != 1.5 || p.Policy[2].Extend.Years != 4.5 || p.Policy[4].SeenError != 0.2 {
		t.Errorf("%s %+v", got, p.Policy)
	}
	for text, want := range map[string]string{
		"a.years":             `--vary: "a.years": must be NAME.KEY=VALUE,VALUE; for example "three years for all.years=2,4"`,
		"elsewhere.years=2":   `--vary: "elsewhere.years": no policy of that name; there are a, b. c`,
		"a.hour=2":            `--vary: "a.hour=2": unknown key; did you mean hours?`,
		"b. c.years=2,99":     `--vary: "b. c.years=99": must be within 0.25..10 years; 99 months are 8.25 years`,
		"a.years=9":           `--vary: "a.years=9": makes projects of 10.5 years, and 10 are the most before the horizon; make it shorter, or the horizon longer`,
		"b. c.hours=x":        `--vary: "b. c.hours=x": must be a number within 0..80 h/week`,
		"b. c.years=3,3":      `--vary: "b. c.years=3": is given twice`,
		"b. c.extend.years=1": `--vary: "b. c.extend.years": the policy has no stage gate`,
	} {
		if err := programmeOf(t, gate).Vary("--vary", text); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}
