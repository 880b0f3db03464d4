package main

import (
	"encoding/csv"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// factorsOf are three factors of the design that the tests below analyse, in a
// group that sells single products: how much its SMEs can do matters, how many
// hours whole systems take does not.
const factorsOf = `
[set.group]
focus = 0
[[factor]]
parameter = "group.hours"
low = 5
high = 30
%[1]s
[[factor]]
parameter = "manager.hours"
low = 5
high = 35
%[1]s
[[factor]]
parameter = "joint.hours_system"
%[1]s
`

func methodDesign(method, extra, steps string) string {
	return fmt.Sprintf("name = \"tiny\"\nscenario = \"base\"\nmethod = %q\nreplications = 6\noutcomes = [\"value_total\", \"trust_end\"]\n%s\n", method, extra) +
		fmt.Sprintf(factorsOf, steps)
}

// estimates reads the estimates of a statistic by factor (and level).
func estimates(t *testing.T, dir, outcome, statistic string) map[string]float64 {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(string(read(t, dir, "indices.csv")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]float64{}
	for _, r := range rows[1:] {
		if r[0] == outcome && r[1] == statistic {
			x, err := strconv.ParseFloat(r[5], 64)
			if err != nil {
				t.Fatalf("%v: %v", r, err)
			}
			found[strings.Trim(r[2]+" "+r[4], " ")] = x
		}
	}
	return found
}

// An outcome that is the same in all runs has nothing to explain: neither more
// replications nor more rows are asked for.
func TestConstantOutcomeIsSaid(t *testing.T) {
	t.Parallel()
	for method, points := range map[string]int{"saltelli": 8, "morris": 4, "latin-hypercube": 12} {
		base := t.TempDir()
		design := fmt.Sprintf(`name = "d"
scenario = "short-system-project"
replications = 3
outcomes = ["technology"]
method = %q
points = %d
[[factor]]
parameter = "group.turnover"
low = 0
high = 0.5
`, method, points)
		if method == "morris" {
			design = strings.Replace(design, "points", "levels = 4\npoints", 1)
		}
		path := filepath.Join(base, "d.toml")
		if err := os.WriteFile(path, []byte(design), 0o644); err != nil {
			t.Fatal(err)
		}
		text := done(t, "sensitivity", path, "--quiet", "--data", filepath.Join(base, "data"), "--out", filepath.Join(base, "out"))
		if !strings.Contains(text, "0.75 in all") || !strings.Contains(text, "nothing to explain") {
			t.Errorf("%s does not say that the outcome is constant:\n%s", method, text)
		}
		for _, wrong := range []string{"--replications", "too few rows", "surely"} {
			if strings.Contains(text, wrong) {
				t.Errorf("%s says %q of a constant outcome:\n%s", method, wrong, text)
			}
		}
	}
}

// Every kind of design sees that hours matter and that hours of joint work for
// systems do nothing where no system is sold.
func TestEveryMethodTellsWhatMatters(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		method, extra, steps, statistic string
		figures                         []string
	}{
		{"saltelli", "points = 32\nsecond_order = true", "", "total", []string{"sobol-value_total", "sobol-pairs-value_total"}},
		{"morris", "points = 12\nlevels = 4", "", "mu_star", []string{"morris-value_total"}},
		{"one-at-a-time", "", "steps = 3", "swing", []string{"tornado-value_total"}},
		{"factorial", "", "steps = 2", "share", []string{"main-effects-value_total", "interaction-value_total"}},
		{"latin-hypercube", "points = 60", "", "partial_rank_correlation", []string{"rank-correlations-value_total"}},
		{"sobol", "points = 64", "", "partial_rank_correlation", []string{"rank-correlations-value_total"}},
	} {
		t.Run(c.method, func(t *testing.T) {
			t.Parallel()
			base := t.TempDir()
			data, dir := filepath.Join(base, "data"), filepath.Join(base, "out")
			text := done(t, "sensitivity", designFile(t, methodDesign(c.method, c.extra, c.steps)), "--quiet", "--data", data, "--out", dir)
			got := estimates(t, dir, "value_total", c.statistic)
			hours, manager, joint := got["group.hours"], got["manager.hours"], got["joint.hours_system"]
			if len(got) != 3 || max(hours, manager) < 0.1 {
				t.Errorf("%s by factor: %v", c.statistic, got)
			}
			if limit := 0.5 * max(hours, manager); joint > limit || joint < -limit || c.method != "latin-hypercube" && c.method != "sobol" && math.Abs(joint) > 1e-12 {
				t.Errorf("hours of joint work for systems have the %s %v among %v", c.statistic, joint, got)
			}
			files := tree(t, dir)
			for _, f := range append(c.figures, strings.ReplaceAll(c.figures[0], "value_total", "trust_end")) {
				if !slices.Contains(files, "figures/"+f+".svg") {
					t.Errorf("no figure %s among %q", f, files)
				}
			}
			for _, want := range []string{"Value closed by the horizon", "group.hours", "Verdict"} {
				if !strings.Contains(text, want) {
					t.Errorf("%q is not in:\n%s", want, text)
				}
			}
			// The data set speaks for itself: analysed again, it says the same.
			again := filepath.Join(base, "again")
			done(t, "sensitivity", data, "--out", again)
			if string(read(t, dir, "indices.csv")) != string(read(t, again, "indices.csv")) {
				t.Error("the data set analysed by itself gives other estimates")
			}
		})
	}
}

// A design's own outcome is a column of its data set, and is analysed as any
// other: as the model's value_per_public_euro, which is the same quotient. So it
// is of a data set that began without it.
func TestOwnOutcomesAreColumnsAndAnalysed(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	const own = "value_total / public_cost as return"
	plain := methodDesign("factorial", "", "steps = 2")
	design := designFile(t, strings.Replace(plain, `"trust_end"`, `"`+own+`", "value_per_public_euro"`, 1))
	data, dir := filepath.Join(base, "data"), filepath.Join(base, "found")
	text := done(t, "sensitivity", design, "--quiet", "--data", data, "--out", dir)
	got, want := estimates(t, dir, "return", "effect"), estimates(t, dir, "value_per_public_euro", "effect")
	if len(got) < 6 || !maps.Equal(got, want) || !strings.Contains(text, "return") {
		t.Errorf("effects on it %v, on the model's %v\n%s", got, want, text)
	}
	table := filepath.Join(base, "runs.csv")
	done(t, "sweep", "export", data, "--to", table)
	rows, err := csv.NewReader(strings.NewReader(string(read(t, base, "runs.csv")))).ReadAll()
	if err != nil || len(rows) < 40 {
		t.Fatalf("%v, %d rows", err, len(rows))
	}
	a, b := slices.Index(rows[0], "return"), slices.Index(rows[0], "value_per_public_euro")
	for _, r := range rows[1:] {
		if r[a] != r[b] || r[a] == "" {
			t.Fatalf("return is %s, value per public euro %s", r[a], r[b])
		}
	}
	other, later := filepath.Join(base, "other"), filepath.Join(base, "later")
	done(t, "sweep", designFile(t, plain), "--quiet", "--out", other)
	done(t, "sensitivity", other, "--outcome", own, "--out", later)
	if late := estimates(t, later, "return", "effect"); !maps.Equal(late, want) {
		t.Errorf("of a data set that began without it: %v, want %v", late, want)
	}
	done(t, "verify", later) // made again by the words it keeps
}

// What is asked of a data set must fit it.
func TestSensitivityRefuses(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	data := filepath.Join(base, "data")
	design := designFile(t, methodDesign("factorial", "", "steps = 2"))
	done(t, "sweep", design, "--quiet", "--out", data)
	partial := filepath.Join(base, "partial")
	done(t, "sweep", design, "--quiet", "--out", partial, "--shard", "2/2") // there is one part, which is of the first share
	for name, spoil := range map[string]func(part string) error{
		"damaged": func(part string) error { return os.Truncate(part, 1000) },
		"lost":    os.Remove,
	} {
		place := filepath.Join(base, name)
		err := os.CopyFS(place, os.DirFS(data))
		parts, _ := filepath.Glob(filepath.Join(place, "parts", "*.parquet"))
		if err != nil || len(parts) != 1 || spoil(parts[0]) != nil {
			t.Fatalf("%s: %v, %q", name, err, parts)
		}
	}
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"a damaged part":       {[]string{filepath.Join(base, "damaged")}, exitFailed, "its end is missing; run the sweep again"},
		"a lost part":          {[]string{filepath.Join(base, "lost")}, exitFailed, "1 of 1 parts are missing; run the sweep again"},
		"an unknown outcome":   {[]string{data, "--outcome", "value_totl"}, exitUsage, `--outcome: "value_totl": not an outcome; did you mean value_total?`},
		"a wrong expression":   {[]string{design, "--outcome", "value_total / public_cots as return"}, exitUsage, "in column 15, there is no public_cots; did you mean public_cost?"},
		"an unnamed one":       {[]string{data, "--outcome", "value_total / public_cost"}, exitUsage, `an expression needs a name; write "value_total / public_cost as NAME"`},
		"another seed":         {[]string{data, "--seed", "2"}, exitUsage, "--seed goes with a design"},
		"half a data set":      {[]string{partial}, exitFailed, "not complete"},
		"no design":            {[]string{"nothing-there"}, exitUsage, "nothing-there"},
		"a scenario":           {[]string{"base"}, exitUsage, "base"},
		"a data set elsewhere": {[]string{design, "--data", data, "--set", "group.hours=3"}, exitUsage, "group.hours"},
	} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(base, "out")
			code, _, stderr := call(append([]string{"sensitivity", "--quiet", "--out", out}, c.args...)...)
			if code != c.code || !strings.Contains(stderr, c.want) {
				t.Errorf("exit code %d, want %d; %q is to be in:\n%s", code, c.code, c.want, stderr)
			}
		})
	}
}
