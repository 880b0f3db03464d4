package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"epgsim/sim/store"
)

// explainCall runs epgsim explain in this process.
func explainCall(args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	code = run(context.Background(), append([]string{"explain"}, args...), &out, &err)
	return code, out.String(), err.String()
}

// The table, the words and the files of a small explanation; the number of
// workers and a second run change no byte of them.
func TestExplain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	small := func(out, workers string) string {
		code, stdout, stderr := explainCall("base", "--set", "group.technology=0.5", "--outcome", "seen_by_year_3", "--mechanisms", "joint-hours,network", "-n", "12",
			"-q", "--workers", workers, "--out", filepath.Join(dir, out))
		if code != exitDone || stderr != "" {
			t.Fatalf("exit code %d: %s", code, stderr)
		}
		return strings.ReplaceAll(stdout, out, "OUT")
	}
	one := small("dir-a", "1")
	if three := small("dir-b", "3"); one != three {
		t.Errorf("with one worker\n%s\nwith three\n%s", one, three)
	}
	for _, want := range []string{
		"12 replications of each variant on common luck, seed 1\n",
		"Seen by the funder by the end of year 3, %: from ", " with market focus to ", " with system focus",
		"\n  joint hours ", "\n  the network built up ", "\n  everything else ", "\n  difference, percentage points ",
		"switched off alone", "Contributions add up", "Verdict\n  • These mechanisms do not explain this outcome: ", "\n  • Seen by the funder by the end of year 3 is ", "percentage points (95 % interval",
		"explain.html\n",
	} {
		if !strings.Contains(one, want) {
			t.Errorf("stdout lacks %q:\n%s", want, one)
		}
	}
	if words := strings.Join(strings.Fields(one), " "); !strings.Contains(words, "higher with market focus than with system focus") {
		t.Errorf("stdout does not say which is higher:\n%s", one)
	}
	for _, name := range []string{"explanation.csv", "explanation.parquet", "figures/waterfall.svg", "figures/waterfall.png", "scenario.toml"} {
		a, err := os.ReadFile(filepath.Join(dir, "dir-a", name))
		b, _ := os.ReadFile(filepath.Join(dir, "dir-b", name))
		if err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s: %v, or it depends on the number of workers", name, err)
		}
	}
	m := checkManifest(t, filepath.Join(dir, "dir-a"), store.StatusComplete)
	if !slices.Equal(m.Arms, []string{"market focus", "system focus"}) {
		t.Errorf("manifest %+v", m)
	}
	page, err := os.ReadFile(filepath.Join(dir, "dir-a", "explain.html"))
	for _, want := range []string{"<svg", "Shapley", "joint hours", "why market focus and system focus differ", "explanation.csv", "Model hash"} {
		if err != nil || !bytes.Contains(page, []byte(want)) {
			t.Errorf("explain.html lacks %q; %v", want, err)
		}
	}
	addsUp(t, filepath.Join(dir, "dir-a", "explanation.csv"))
}

// addsUp demands that the contributions of a table make the difference.
func addsUp(t *testing.T, name string) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || !slices.Equal(rows[0], []string{"part", "quantity", "estimate", "low", "high"}) {
		t.Fatalf("%v, %v", rows, err)
	}
	sum, whole, parts := 0.0, 0.0, 0
	for _, r := range rows[1:] {
		x, err := strconv.ParseFloat(r[2], 64)
		switch {
		case r[1] != "contribution":
		case err != nil:
			t.Error(err)
		case r[0] == "difference":
			whole = x
		default:
			parts++
			sum += x
		}
	}
	if parts != 3 || whole == 0 || math.Abs(sum-whole) > 1e-9*math.Abs(whole) {
		t.Errorf("%d parts make %v of %v", parts, sum, whole)
	}
}

// Other outcomes, other contrasts, more players than can be run exactly.
func TestExplainKinds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ args, want string }{
		{"base --outcome value_project --contrast project.years=2,4 --mechanisms workload", "Value closed in the project, k€: from"},
		{"base --outcome cooperation --contrast group.size=4,6 --mechanisms workload --format csv", "difference  "},
		{"base --outcome value_project --contrast group.mix=1,0,0;0,1,0 --mechanisms joint-hours", "group.mix=1,0,0"},
		{"base --outcome seen_by_year_2 --horizon 4 --mechanisms workload --set mechanisms_off=workload", "Seen by the funder by the end of year 2, %: from"},
		{"base --mechanisms joint-hours", "Lost by stopping, %: from "},
		{"base --contrast project.years=2,10 --mechanisms workload", "Lost by stopping, %: from "},
		{"base --outcome trust_end --mechanisms joint-hours,workload,network,coverage,coordination,satiation,repeat-orders,learning,activities", "Trust among SMEs at the end"},
		{"base --outcome value_project --contrast manager.hours=32,32.0001 --mechanisms coverage -n 3", "be told apart (0), so there is no difference"},
	} {
		args := append([]string{"-q", "-n", "8", "--out", filepath.Join(t.TempDir(), "out")}, strings.Fields(c.args)...)
		if code, stdout, stderr := explainCall(args...); code != exitDone || stderr != "" || !strings.Contains(stdout, c.want) {
			t.Errorf("%s: exit code %d, %s\n%s", c.args, code, stderr, stdout)
		}
	}
}

// Every refusal has exit code 2, says what would be right, and leaves nothing.
func TestExplainRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, c := range []struct{ args, want string }{
		{"", "explain wants a SCENARIO"},
		{"nowhere", "nowhere"},
		{"base --outcome value_projekt", `unknown outcome "value_projekt"; did you mean value_project?`},
		{"base --outcome xyzzy", "known: lost_by_stopping, seen_by_year_3, value_project"},
		{"base --outcome seen_by_year_10", "must be seen_by_year_N with N within 1..9, before project.horizon"},
		{"base --outcome seen_by_year_4 --horizon 4", "N within 1..3"},
		{"base --outcome seen_by_year_0", "N within 1..9"},
		{"base --outcome seen_by_year_+3", "N within 1..9"},
		{"base --outcome seen_by_year_x", "N within 1..9"},
		{"base --outcome seen_by_year_1 --set project.years=1 --horizon 1", "project.horizon must be more than a year"},
		{"base --horizon 21", "must be within 0.25..20 years"},
		{"base --horizon soon", "must be within 0.25..20 years"},
		{"base --set project.years=10", "nothing is stopped; make project.years shorter than project.horizon"},
		{"base --contrast group.focus", "must be KEY=A,B with two different values"},
		{"base --contrast group.focus=0", "must be KEY=A,B"},
		{"base --contrast group.focus=0,0.5,1", "must be KEY=A,B"},
		{"base --contrast group.focus=1,1.0", "the two are the same"},
		{"base --contrast group.focus=0,7", "--contrast: group.focus = 7: must be within 0..1"},
		{"base --contrast group.fokus=0,1", "did you mean group.focus"},
		{"base --contrast project.years=2,3 --outcome seen_by_year_1", "the two are the same; take another outcome, such as lost_by_stopping"},
		{"base --mechanisms joint-hour", `unknown mechanism "joint-hour"; did you mean joint-hours?`},
		{"base --mechanisms workload,workload", "switched off twice"},
		{"base --mechanisms network,practice", "switched off twice"},
		{"base --mechanisms joint-work,self-interest", "each undoes the other"},
		{"base --mechanisms=", "0 given; must be 1 to 12"},
		{"base --outcome seen_by_year_1 --set project.years=1 --horizon 2 --mechanisms joint-work,own-initiative -n 6 -q", "seen_by_year_1 cannot be told for system focus without joint-work, own-initiative"},
		{"base --set group.size=99", "--set: group.size = 99"},
		{"base -n 0", "--replications = 0"},
		{"base --vary group.size=4", "unknown flag"},
	} {
		args := strings.Fields(c.args)
		if len(args) > 0 {
			args = append(args, "--out", filepath.Join(dir, "out"))
		}
		code, stdout, stderr := explainCall(args...)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, c.want) {
			t.Errorf("epgsim explain %s\nexit code %d, %q, stderr\n%swant %s", c.args, code, stdout, stderr, c.want)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestExplainInterrupted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, err bytes.Buffer
	if code := run(ctx, []string{"explain", "base", "-q", "--out", filepath.Join(dir, "out")}, &out, &err); code != exitInterrupted || out.Len() > 0 {
		t.Errorf("exit code %d, %s", code, &out)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
