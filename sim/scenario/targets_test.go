package scenario

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"epgsim/scenarios"
)

var updateTargets = flag.Bool("update-targets", false, "write the messages about wrong targets files anew")

const (
	simulated = "name = \"ok\"\n[[case]]\nname = \"a\"\nscenario = \"base\"\n"
	wanted    = "[[target]]\nname = \"x\"\nstatistic = \"mean(deals_total)\"\n" // begins at line 5
	known     = "value = 1\nerror = 1\nsource = \"us\"\n"
	withData  = "[data]\nfile = \"g.csv\"\n[data.columns]\ndeals_total = \"deals\"\n"
)

// ownData is the data file of the tests.
func ownData(text string) dataOpener {
	return func(_, ref string) ([]byte, string, *Problem) {
		if ref != "g.csv" {
			return nil, "", &Problem{File: ref, Allowed: "no such file"}
		}
		return []byte(text), ref, nil
	}
}

func targetsOf(t testing.TB, src, data string) *Targets {
	t.Helper()
	ts, err := parseTargets("x.toml", []byte(src), shippedOnly, ownData(data))
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	return ts
}

// wrongTargets are files with something wrong in them, and data beside them.
var wrongTargets = []struct{ what, src, data string }{
	{"no TOML", "name = \n", ""},
	{"nothing in it", "", ""},
	{"unknown key", simulated + wanted + known + "\n[targets]\n", ""},
	{"nothing simulated", "name = \"ok\"\n" + wanted + known, ""},
	{"nothing known", simulated, ""},
	{"two cases of a name", simulated + "[[case]]\nname = \"a\"\nscenario = \"base\"\n" + wanted + known, ""},
	{"no such scenario", "name = \"ok\"\n[[case]]\nname = \"a\"\nscenario = \"bass\"\n" + wanted + known, ""},
	{"a wrong setting", simulated + "set.group.fokus = 1\n" + wanted + known, ""},
	{"a setting out of range", simulated + "set.group.focus = 3\n" + wanted + known, ""},
	{"no value", simulated + wanted, ""},
	{"no error", simulated + wanted + "value = 1\nsource = \"us\"\n", ""},
	{"no source", simulated + wanted + "value = 1\nerror = 1\n", ""},
	{"measured exactly", simulated + wanted + "value = 1\nerror = 0\nsource = \"us\"\n", ""},
	{"error is text", simulated + wanted + "value = 1\nerror = \"much\"\nsource = \"us\"\n", ""},
	{"no such statistic", simulated + strings.Replace(wanted, "mean", "maen", 1) + known, ""},
	{"no statistic", simulated + strings.Replace(wanted, "mean(deals_total)", "deals_total", 1) + known, ""},
	{"two statistics", simulated + strings.Replace(wanted, "mean(deals_total)", "mean(deals_total) / mean(smes)", 1) + known, ""},
	{"ratio of one", simulated + strings.Replace(wanted, "mean", "ratio", 1) + known, ""},
	{"no such outcome", simulated + strings.Replace(wanted, "deals_total", "deals_all", 1) + known, ""},
	{"share of a number", simulated + strings.Replace(wanted, "mean", "share", 1) + known, ""},
	{"mean of a condition", simulated + strings.Replace(wanted, "deals_total", "deals_total > 1", 1) + known, ""},
	{"units that differ", simulated + strings.Replace(wanted, "deals_total", "deals_total + smes", 1) + known, ""},
	{"no such case", simulated + wanted + "case = \"b\"\n" + known, ""},
	{"unknown that is none", "unknown = [\"trust.strat\"]\n" + simulated + wanted + known, ""},
	{"unknown that is said", "unknown = [\"trust.start\"]\n" + simulated + "set.trust.start = 0.5\n" + wanted + known, ""},
	{"too few worlds", "worlds = 10\n" + simulated + wanted + known, ""},
	{"no data file", simulated + wanted + strings.Replace(withData, "g.csv", "h.csv", 1), ""},
	{"data without rows", simulated + wanted + withData, "deals\n1\n"},
	{"data without the column", simulated + wanted + withData, "deal,form\n1,a\n2,b\n3,a\n4,b\n5,a\n"},
	{"data with words", simulated + wanted + withData, "deals,form\n1,a\nmany,b\n3,a\n4,b\n5,a\n"},
	{"data that are no CSV", simulated + wanted + withData, "deals,form\n1\n2,b\n"},
	{"column of nothing", simulated + wanted + strings.Replace(withData, "deals_total =", "deal_total =", 1), "deals,form\n1,a\n2,b\n3,a\n4,b\n5,a\n"},
	{"statistic that data lack", simulated + strings.Replace(wanted, "deals_total", "offers_project", 1) + withData, "deals,form\n1,a\n2,b\n3,a\n4,b\n5,a\n"},
	{"rows that are not there", simulated + wanted + "rows = { form = \"c\" }\n" + withData, "deals,form\n1,a\n2,b\n3,a\n4,b\n5,a\n"},
	{"groups too few", simulated + wanted + "rows = { form = \"a\" }\n" + withData, "deals,form\n1,a\n2,b\n3,a\n?,a\n5,a\n,a\n7,a\n"},
	{"data in another format", simulated + wanted + withData, "PAR1\x15\x04"},
	{"rows of no column", simulated + wanted + "rows = { from = \"a\" }\n" + withData, "deals,form\n1,a\n2,b\n3,a\n4,b\n5,a\n"},
}

// Whatever is wrong with a targets file is told with its place and what is allowed.
func TestWrongTargetsAreTold(t *testing.T) {
	const golden = "testdata/wrong-targets.txt"
	var b strings.Builder
	for _, w := range wrongTargets {
		_, err := parseTargets("x.toml", []byte(w.src), shippedOnly, ownData(w.data))
		if err == nil {
			t.Errorf("%s: accepted", w.what)
			continue
		}
		b.WriteString("# " + w.what + "\n" + err.Error() + "\n")
	}
	if *updateTargets {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	is, was := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for k := range max(len(is), len(was)) {
		if k >= len(is) || k >= len(was) || is[k] != was[k] {
			t.Fatalf("line %d of the messages differs; with -update-targets they are written anew", k+1)
		}
	}
}

// Targets that were written out give equal ones, and the same text again.
func TestTargetsSurviveBeingWritten(t *testing.T) {
	ts := targetsOf(t, simulated+"weight = 2\nset.group.focus = 1\n[[case]]\nname = \"b\"\nscenario = \"food-products\"\nalone = true\nreplications = 7\n"+
		wanted+"case = [\"b\", \"a\"]\n"+known, "")
	text := string(ts.TOML())
	again, err := parseTargets("y.toml", []byte(text), func(_, ref string) ([]byte, string, *Problem) {
		for i := range ts.Cases {
			if ref == CaseFile(i) {
				return ts.Cases[i].Scenario.TOML(), ref, nil
			}
		}
		return shippedOnly("", ref)
	}, dataBeside)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if got := string(again.TOML()); got != text {
		t.Errorf("written again it differs:\n%s\n%s", text, got)
	}
	if again.Hash() != ts.Hash() || len(again.Unknowns) != len(ts.Unknowns) || !slices.Equal(again.Cases[1].Known, ts.Cases[1].Known) {
		t.Errorf("%d unknowns, known %q; want %d and %q", len(again.Unknowns), again.Cases[1].Known, len(ts.Unknowns), ts.Cases[1].Known)
	}
	// A world changes what a case leaves open, and nothing else.
	worlds := make([]float64, len(ts.Unknowns))
	for k := range worlds {
		worlds[k] = ts.Unknowns[k].High
	}
	food := &ts.Cases[1]
	p := ts.World(food, worlds)
	if len(food.Known) == 0 {
		t.Error("food-products says nothing")
	}
	for k := range ts.Unknowns {
		q := ts.Unknowns[k].Parameter
		want := worlds[k]
		if food.knows(q.Name) {
			want = q.In(&food.Scenario.Params)
		}
		if got := q.In(&p); got != want {
			t.Errorf("%s is %g in the world, want %g", q.Name, got, want)
		}
	}
}

// Data say what their cells say.
func TestGroupDataAreRead(t *testing.T) {
	ts := targetsOf(t, simulated+wanted+"rows = { form = \"a\" }\n"+withData, "\ufeffdeals;form\n1;a\n;a\n3;b\n4;a\n5;a\n6;a\n7;a\n?;a\n")
	d := ts.Data
	if len(d.Rows) != 8 || d.Value(0, "deals_total") != 1 || d.Value(1, "deals_total") == d.Value(1, "deals_total") || d.Value(0, "smes") == d.Value(0, "smes") {
		t.Errorf("%+v", d)
	}
	if a, _ := d.Sample(&ts.Targets[0]); !slices.Equal(a, []float64{1, 4, 5, 6, 7}) || ts.Targets[0].Source != "g.csv, 5 groups" {
		t.Errorf("a mean is of %v, by %s", a, ts.Targets[0].Source)
	}
	share := targetsOf(t, simulated+strings.Replace(wanted, "mean(deals_total)", "share(deals_total > 4)", 1)+withData, "deals\tform\n1\ta\n\ta\n?\tb\n4\ta\n5\ta\n6\ta\n")
	if a, _ := share.Data.Sample(&share.Targets[0]); len(a) != 5 {
		t.Errorf("a share is of %v: what has not happened counts, and what is not known does not", a)
	}
	if g := &ts.Targets[0]; !g.FromData() || !d.Meets(0, g.Rows) || d.Meets(2, g.Rows) {
		t.Errorf("%+v", g)
	}
}

// Rows of other sizes than the simulated groups are remarked on, once a case.
func TestRowsUnlikeTheCase(t *testing.T) {
	columns := withData + "smes = \"members\"\nproject_years = \"years\"\n"
	two := wanted + strings.Replace(wanted, "\"x\"", "\"y\"", 1)
	ts := targetsOf(t, simulated+two+columns, "deals,members,years\n1,5,3\n2,6,3\n3,4,3\n4,5,3\n5,5,3\n")
	if got := ts.Unlike(); len(got) != 1 || got[0] != `case "a" simulates groups with smes = 5, and its rows have 4 to 6` {
		t.Errorf("%q", got)
	}
	if own, err := LoadTargets("own-data"); err != nil || len(own.Unlike()) > 0 {
		t.Errorf("the shipped groups: %v, %v", own, err)
	}
}

// What is shipped is fit to be shipped.
func TestShippedTargets(t *testing.T) {
	if n := len(ShippedTargets()); n != len(scenarios.TargetsNames()) || n < 2 {
		t.Errorf("%d of %d targets can be loaded", n, len(scenarios.TargetsNames()))
	}
	for _, name := range scenarios.TargetsNames() {
		ts, err := LoadTargets(name)
		if err != nil || ts.Name != name || ts.Description == "" || ts.Title == ts.Name {
			t.Errorf("%s: %v", name, err)
		}
	}
	if ts, err := LoadTargets("outsid"); err == nil || !strings.Contains(err.Error(), "outside") || ts != nil {
		t.Errorf("%v", err)
	}
}
