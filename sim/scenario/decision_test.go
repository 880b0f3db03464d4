package scenario

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"epgsim/scenarios"
	"epgsim/sim"
	"epgsim/sim/expression"
)

const aDecision = "name = \"ok\"\nscenario = \"base\"\n"

// derived is what a decision knows of a run besides its outcomes.
func derived() []expression.Name {
	return []expression.Name{{Name: "further_exports", Unit: "k€"}, {Name: "net_benefit", Unit: "k€"}}
}

func decisionOf(t testing.TB, src string) *Decision {
	t.Helper()
	d, err := parseDecision("x.toml", []byte(src), shippedOnly, derived()...)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	return d
}

const someOptions = "[options]\nproject.years = [1, 3]\n"

// Each wrong decision with all its messages.
func TestEveryMistakeInADecisionHasItsMessage(t *testing.T) {
	for _, c := range []struct {
		what, src string
		want      []string
	}{
		{"empty", "", []string{
			`x.toml:1: name: missing; every decision has one, for example name = "our-decision"`,
			`x.toml:1: options: missing; a decision has options: write [options], and below it project.years = [1, 3, 5]`,
			`x.toml:1: scenario: missing; the name of a shipped one, or a file: scenario = "base"`,
		}},
		{"key", aDecision + "world = 3\n" + someOptions, []string{`x.toml:3: world: unknown key; did you mean worlds?`}},
		{"scenario's key", aDecision + "group.size = 3\n" + someOptions, []string{`x.toml:3: group: is the scenario's, not the decision's; write it under [set]: set.group`}},
		{"objective", aDecision + "objective = \"0.1 * further_exprts - public_cost\"\n" + someOptions, []string{
			`x.toml:3: objective = "0.1 * further_exprts - public_cost": in column 7, there is no further_exprts; did you mean further_exports?`,
		}},
		{"objective of two units", aDecision + "objective = \"net_benefit - first_deal_week\"\n" + someOptions, []string{
			`x.toml:3: objective = "net_benefit - first_deal_week": in column 13, - puts k€ and weeks together; divide, or let a number weigh one of them: 0.5 * …`,
		}},
		{"objective a condition", aDecision + "objective = \"net_benefit > 0\"\n" + someOptions, []string{
			`x.toml:3: objective = "net_benefit > 0": must be a number, and is a condition; leave the comparison out`,
		}},
		{"objective no text", aDecision + "objective = 3\n" + someOptions, []string{`x.toml:3: objective = 3: must be text in quotation marks`}},
		{"numbers", aDecision + "worlds = 0\ndiscount = 4\nseed = -1\n" + someOptions, []string{
			`x.toml:3: worlds = 0: must be a whole number within 1..100000`,
			`x.toml:4: discount = 4: must be within 0..0.5 1/year`,
			`x.toml:5: seed = -1: must be a whole number, at least 0`,
		}},
		{"no such scenario", with(aDecision, "\"base\"", "\"bsae\"") + someOptions, []string{`x.toml:2: scenario = "bsae": no shipped scenario of that name; did you mean base?`}},
		{"horizon", aDecision + "horizon = 2\n[options]\nproject.years = [1, 3]\n", []string{
			`x.toml:3: project.horizon = 2: must be at least the 3 years of the project, whose sales are counted up to it`,
			`x.toml:5: project.years = 3: ends after project.horizon = 2 (line 3); set project.horizon to at least 3 as well`,
		}},
		{"requirement", aDecision + someOptions + "[[require]]\nexpression = \"public_cost\"\n[[require]]\nexpresion = \"a\"\n", []string{
			`x.toml:6: require.expression = "public_cost": must be a condition, and is a number; compare it with one: a > 0`,
			`x.toml:7: require.expression: missing; for example expression = "public_cost <= 400"`,
			`x.toml:8: require.expresion: unknown key; did you mean expression?`,
		}},
		{"unit of a requirement", aDecision + someOptions + "[[require]]\nexpression = \"public_cost <= first_deal_week or never\"\n", []string{
			`x.toml:6: require.expression = "public_cost <= first_deal_week or never": in column 13, <= puts k€ and weeks together; divide, or let a number weigh one of them: 0.5 * …`,
		}},
		{"options", aDecision + "[options]\nproject.year = [1, 2]\ngroup.technology = [0, 1]\nproject.horizon = [5, 10]\nmanager.hours = 3\ngroup.focus = [0, 2]\ngroup.size = [4, 4.0]\n", []string{
			`x.toml:4: project.year: unknown key; did you mean project.years?`,
			`x.toml:5: group.technology: is no lever: nobody decides about it; what nobody knows differs between worlds by itself`,
			`x.toml:6: project.horizon: is the same for all options, which are compared at one date; write horizon = … above`,
			`x.toml:7: manager.hours = 3: must be a list of 1 to 500 values; for example [1, 3, 5]`,
			`x.toml:8: group.focus = 2: must be within 0..1; write 2 % as 0.02`,
			`x.toml:9: group.size = 4: is there twice`,
		}},
		{"no options", aDecision + "[options]\n", []string{`x.toml:3: options: is empty: write lists of values below it`}},
		{"one option", aDecision + "[options]\nproject.years = [3]\n", []string{`x.toml:3: options: is one alone, and nothing is to be decided; give two at least`}},
		{"many", aDecision + "[options]\nproject.years = [1, 2, 3, 4, 5, 6, 7, 8, 9]\ngroup.size = [4, 5, 6, 7, 8, 9, 10, 11, 12]\nmanager.hours = [10, 12, 14, 16, 18, 20, 22]\n", []string{
			`x.toml:3: options: makes more than 500 options, the most there may be`,
		}},
		{"both", aDecision + someOptions + "[[option]]\nname = \"a\"\n", []string{`x.toml:5: option: does not go with [options] (line 3); keep one`}},
		{"one by one", aDecision + "[[option]]\nproject.years = 3\n[[option]]\nname = \"a\"\nproject.years = 99\n[[option]]\nname = \"a\"\nxyzzy = 1\n", []string{
			`x.toml:3: option.name: missing; an option has a name, for example name = "three years"`,
			`x.toml:7: option.project.years = 99: must be within 0.25..10 years; 99 months are 8.25 years`,
			`x.toml:9: option.name = "a": is the name of another option; choose another`,
			`x.toml:10: option.xyzzy: unknown key; epgsim parameters lists them`,
		}},
		{"contradiction with what the scenario says", aDecision + "set.group.suppliers = 4\n[options]\ngroup.size = [4, 6]\n", []string{
			`x.toml:5: group.size = 4: too few for group.suppliers = 4 (line 3); set group.suppliers to at most 3 as well`,
		}},
		{"contradiction", aDecision + "[options]\ngroup.size = [3, 5]\ngroup.suppliers = [2, 3]\n", []string{
			`x.toml:5: group.suppliers = 3: more suppliers than there are SMEs beside the hub: at most 2 in a group of 3`,
		}},
		{"no effect", with(aDecision, "base", "environmental-technology") + "[options]\ngroup.size = [4, 5]\n", []string{
			`x.toml:4: group.size: has no effect: the scenario lists its SMEs, which decide it; leave it out, or write sme = [] in a scenario to have them generated`,
		}},
		{"syntax", aDecision + "horizon = 1,5\n", []string{
			`x.toml:3: not valid TOML: expected a top-level item to end with a newline, comment, or EOF, but got ',' instead; decimals are written with a point: 0.5`,
		}},
	} {
		t.Run(c.what, func(t *testing.T) {
			d, err := parseDecision("x.toml", []byte(c.src), shippedOnly, derived()...)
			want := strings.Join(c.want, "\n")
			switch {
			case err == nil:
				t.Errorf("accepted as %s, want\n%s", d.Name, want)
			case err.Error() != want:
				t.Errorf("got\n%s\nwant\n%s", err, want)
			}
		})
	}
}

func TestADecisionSaysWhatItsFileSays(t *testing.T) {
	d := decisionOf(t, `name = "a"
title = "A?"
scenario = "base"
objective = "0.1 * further_exports - public_cost"
horizon = 8
discount = 0.03
worlds = 64
seed = 7
[set]
group.technology = 0.8
[options]
project.years = [1, 5]
group.focus = [1, 0]
[[require]]
expression = "public_cost <= 400"
[[require]]
expression = "self_sustaining"
`)
	if d.Name != "a" || d.Title != "A?" || d.Horizon != 8 || d.Discount != 0.03 || d.Worlds != 64 || d.Seed != 7 || d.Objective.Unit() != "k€" ||
		len(d.Require) != 2 || d.Require[0].String() != "public_cost <= 400" || len(d.Options) != 4 || d.Levers[0].Name != "group.focus" {
		t.Errorf("%+v", d)
	}
	for i, want := range [][]float64{{1, 1}, {1, 5}, {0, 1}, {0, 5}} {
		o := d.Options[i]
		p := o.Scenario.Frozen()
		if !slices.Equal(o.Values, want) || p.Group.Focus != want[0] || p.Project.Years != want[1] || p.Project.Horizon != 8 || p.Group.Technology != 0.8 {
			t.Errorf("%s: %v, %+v", o.Name, o.Values, p.Project)
		}
	}
	if d.Options[1].Name != "group.focus = 1, project.years = 5" {
		t.Errorf("named %s", d.Options[1].Name)
	}
	if base := d.Scenario.Frozen(); base.Project.Years != 3 {
		t.Errorf("the options changed the scenario: %v", base.Project)
	}
}

func TestOptionsOneByOne(t *testing.T) {
	// A size below the default number of suppliers contradicts nothing, also when the default is written out.
	decisionSurvives(t, decisionOf(t, aDecision+"[[option]]\nname = \"as it is\"\n[[option]]\nname = \"small\"\ngroup.size = 3\n"))
	d := decisionOf(t, aDecision+"[[option]]\nname = \"as it is\"\n[[option]]\nname = \"long\"\nproject.years = 5\nmanager.hours = 20\n")
	a, b := d.Options[0], d.Options[1]
	if a.Name != "as it is" || !math.IsNaN(a.Values[0]) || !math.IsNaN(a.Values[1]) || a.Scenario.Hash() != d.Scenario.Hash() {
		t.Errorf("%+v", a)
	}
	if p := b.Scenario.Frozen(); b.Name != "long" || p.Project.Years != 5 || p.Manager.Hours != 20 || len(d.Levers) != 2 {
		t.Errorf("%+v %+v", b, p.Project)
	}
	if d.Objective.String() != "net_benefit" || d.Worlds != 1000 || d.Horizon != sim.Lookup("project.horizon").Default {
		t.Errorf("%+v", d)
	}
}

// Every scenario can be decided about without a file, and every shipped decision
// loads.
func TestShippedDecisions(t *testing.T) {
	for _, name := range scenarios.Names() {
		d, err := LoadDecision(name, derived()...)
		if err != nil || len(d.Options) != 12 || d.Objective.String() != "net_benefit" || d.Title == "" {
			t.Errorf("%s: %v, %+v", name, err, d)
			continue
		}
		decisionSurvives(t, d)
		if p := d.Options[11].Scenario.Frozen(); p.Group.Focus != 1 || p.Project.Years != 5 || p.Mix != [3]float64{} {
			t.Errorf("%s: the last option is %s", name, d.Options[11].Name)
		}
	}
	if len(scenarios.DecisionNames()) == 0 {
		t.Fatal("none is shipped")
	}
	for _, name := range scenarios.DecisionNames() {
		d, err := LoadDecision(name, derived()...)
		if err != nil {
			t.Fatal(err)
		}
		if d.Name != name || !strings.HasSuffix(d.Title, "?") || d.Description == "" || len(d.Options) < 3 {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

func TestDecisionFilesAreFound(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	mine := write("mine.toml", "name = \"mine\"\nextends = \"excavators\"\n")
	d, err := LoadDecision(write("d.toml", with(aDecision, "base", "mine.toml")+someOptions), derived()...)
	if err != nil || d.Scenario.Name != "mine" || d.Scenario.Params.Group.Size != 4 || len(d.Options) != 2 {
		t.Fatalf("%v %+v", err, d)
	}
	if d, err = LoadDecision(mine, derived()...); err != nil || len(d.Options) != 12 || d.Scenario.Name != "mine" {
		t.Fatalf("%v %+v", err, d)
	}
	short := write("short.toml", "name = \"short\"\nproject.horizon = 4\n")
	for _, c := range []struct{ name, want string }{
		{"paper-machinary", "paper-machinary: no shipped decision or scenario of that name; did you mean paper-machinery?"},
		{"which-form-how-lang", "which-form-how-lang: no shipped decision or scenario of that name; did you mean which-form-how-long?"},
		{"which-form-how-long.toml", "which-form-how-long.toml: no such file; did you mean which-form-how-long?"},
		{short, "short: project.years = 5: ends after project.horizon = 4 (" + short + ":2); set project.horizon to at least 5 as well"},
	} {
		if _, err := LoadDecision(c.name, derived()...); err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
	if _, err := LoadDecision("base"); err == nil || err.Error() != `base: objective = "net_benefit": in column 1, there is no net_benefit` {
		t.Errorf("a caller that knows of no net benefit gets %v", err)
	}
}

func TestSetLiesOverEveryOption(t *testing.T) {
	d := decisionOf(t, aDecision+someOptions)
	for _, c := range []struct{ key, value, want string }{
		{"project.years", "2", "--set: project.years: is what the options differ in; set what is none of them"},
		{"project.horizon", "2", "--set: project.horizon = 2: must be at least the 3 years of the project, whose sales are counted up to it"},
		{"xyzzy", "2", "--set: xyzzy: unknown key"},
	} {
		if err := d.Set(c.key, c.value); err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
	if err := d.Set("project.horizon", "6"); err != nil || d.Horizon != 6 || d.Options[1].Scenario.Params.Project.Horizon != 6 || d.Options[1].Scenario.Params.Project.Years != 3 {
		t.Errorf("%v: %+v", err, d)
	}
}

// decisionSurvives writes a decision and its scenario and reads them back.
func decisionSurvives(t testing.TB, d *Decision) {
	t.Helper()
	again, err := parseDecision("d.toml", d.TOML(), files(map[string]string{resolvedScenario: string(d.Scenario.TOML())}), derived()...)
	if err != nil {
		t.Fatalf("%v\n%s", err, d.TOML())
	}
	if string(again.TOML()) != string(d.TOML()) || again.Hash() != d.Hash() || len(again.Options) != len(d.Options) || again.Horizon != d.Horizon {
		t.Fatalf("once written, it differs:\n%s\n%s", d.TOML(), again.TOML())
	}
	for i := range d.Options {
		a, b := d.Options[i].Scenario.Frozen(), again.Options[i].Scenario.Frozen()
		if !same(&a, &b) {
			t.Fatalf("%s: %+v, once written %+v", d.Options[i].Name, a, b)
		}
	}
}

// The hash is of what decides the runs, and of nothing else.
func TestWhatTheHashOfADecisionIsOf(t *testing.T) {
	src := aDecision + "worlds = 9\nseed = 1\nobjective = \"net_benefit\"\n" + someOptions
	for _, c := range []struct {
		old, new string
		same     bool
	}{
		{"worlds = 9", "worlds = 10", true}, {"net_benefit", "further_exports", true}, {"\"ok\"", "\"other\"", true}, {someOptions, someOptions + "[[require]]\nexpression = \"public_cost < 9\"\n", true},
		{"seed = 1", "seed = 2", false}, {"[1, 3]", "[1, 2]", false}, {"\"base\"", "\"excavators\"", false}, {"seed = 1", "seed = 1\nhorizon = 9", false},
	} {
		if got := decisionOf(t, with(src, c.old, c.new)).Hash(); (got == decisionOf(t, src).Hash()) != c.same {
			t.Errorf("%s instead of %s: same hash %v", c.new, c.old, !c.same)
		}
	}
}

// Whatever the input, there is an error that says what is wrong or a decision all
// of whose options can be run.
func soundDecision(t testing.TB, src []byte) {
	d, err := parseDecision("d.toml", src, fuzzFiles(), derived()...)
	if err != nil {
		inWords(t, err, "d.toml", src)
		return
	}
	if len(d.Options) < 2 || len(d.Options) > mostOptions || d.Objective == nil || slices.Contains(d.Require, nil) {
		t.Fatalf("%+v", d)
	}
	decisionSurvives(t, d)
	for _, o := range d.Options {
		if err := o.Scenario.Check(); err != nil || len(o.Values) != len(d.Levers) {
			t.Fatalf("%s: %v", o.Name, err)
		}
	}
}

func hostileDecisions() []string {
	list := []string{aDecision + someOptions, aDecision + "objective = \"\"\n" + someOptions, aDecision + "[options]\nproject = 3\n", aDecision + "options = 3\n",
		aDecision + "option = [1, {name = \"a\"}]\n", aDecision + "require = {}\n" + someOptions, aDecision + "[[option]]\n[[option]]\nname = 3\n",
		aDecision + "[options.project]\nyears.x = [1, 2]\n", aDecision + "set = 3\nhorizon = nan\n" + someOptions, aDecision + "[options]\nproject.years = [1, nan]\n"}
	for _, src := range hostile() {
		list = append(list, src, aDecision+someOptions+strings.TrimPrefix(src, ok))
	}
	return list
}

func FuzzParseDecision(f *testing.F) {
	for _, src := range hostileDecisions() {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) { soundDecision(t, src) })
}
