package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"epgsim/cmd/internal/report"
	"epgsim/sim/store"
)

// verifyDesign is a sweep with weekly series, in three parts.
const verifyDesign = `
name = "small"
scenario = "base"
method = "factorial"
replications = 3
series = true
outcomes = ["value_project"]
[set.project]
years = 1
followup = 0
[[factor]]
parameter = "group.size"
values = [4, 5, 6]
[[factor]]
parameter = "group.focus"
values = [0, 1]
`

// results leaves small results of a command and returns the directory.
func results(t *testing.T, command string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), command)
	args := map[string][]string{
		"compare":     {"compare", "open-group", "--replications", "4", "--no-map", "--vary", "project.years=1,2", "--series", "1"},
		"run":         {"run", "base", "--replications", "4", "--vary", "group.mix=0.2,0.3,0.5;1,0,0", "--set", "project.years=1"},
		"sweep":       {"sweep", designFile(t, verifyDesign)},
		"explain":     {"explain", "base", "--replications", "6", "--outcome", "value_project", "--mechanisms", "workload", "--set", "project.years=1"},
		"sensitivity": {"sensitivity", "system-levers", "--replications", "2", "--data", dir + "-data"},
		"claims":      {"claims", "C114", "--quick"},
	}[command]
	done(t, append(args, "--quiet", "--out", dir)...)
	return dir
}

// clone copies a directory.
func clone(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), filepath.Base(dir))
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

func write(t *testing.T, data []byte, parts ...string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(parts...), data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// differs verifies and demands exit code 1 and, on stdout, all of some texts.
func differs(t *testing.T, args []string, want ...string) (stdout string) {
	t.Helper()
	code, stdout, stderr := call(append([]string{"verify"}, args...)...)
	if code != exitFailed || !strings.HasSuffix(stderr, "not as it was\n") {
		t.Errorf("%v: exit code %d, stderr %q\n%s", want, code, stderr, stdout)
	}
	for _, w := range want {
		if !strings.Contains(stdout, w) {
			t.Errorf("%q is not in:\n%s", w, stdout)
		}
	}
	return stdout
}

// nothingDiffers verifies and demands that all is well.
func nothingDiffers(t *testing.T, want string, args ...string) {
	t.Helper()
	text := strings.Join(strings.Fields(done(t, append([]string{"verify"}, args...)...)), " ")
	if !strings.Contains(text, "Nothing differs.") || !strings.Contains(text, want) {
		t.Errorf("verify %v: %q is not in:\n%s", args, want, text)
	}
}

// otherDigit changes a digit of a text near a place.
func otherDigit(data []byte, near int) []byte {
	data = bytes.Clone(data)
	for k := range data {
		if c := &data[(near+k)%len(data)]; *c >= '0' && *c <= '9' {
			*c = '0' + (*c-'0'+1)%10
			return data
		}
	}
	panic("no digit")
}

// Results of every command verify, also made again as a whole, and say what
// was not compared.
func TestVerifyResultsOfEveryCommand(t *testing.T) {
	t.Parallel()
	for command, want := range map[string][2]string{
		"compare":     {"computed again", "all of them with what was made again"},
		"run":         {"replications and smes with 8 of 8 runs, computed again", "all of them with what was made again"},
		"sweep":       {"18 of 18 runs, computed again", "18 of 18 runs, computed again"},
		"explain":     {"Not compared: explanation, figures and report", "all of them with what was made again"},
		"sensitivity": {"Not compared: indices, figures and report", "all of them with what was made again"},
		"claims":      {"1 of 14 units, computed again", "14 of 14 units, computed again"},
	} {
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			dir := results(t, command)
			nothingDiffers(t, want[0], dir)
			nothingDiffers(t, want[1], dir, "--all", "--quiet")
		})
	}
}

// One digit, or one bit, changed in any file is found, and so is a file that
// was cut short or taken away.
func TestVerifyFindsEveryChangedFile(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"compare", "run", "sweep"} {
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			dir := results(t, command)
			for k, name := range tree(t, dir) {
				was := read(t, dir, name)
				changed := otherDigit(was, len(was)/2+k)
				if ext := filepath.Ext(name); ext == ".png" || ext == ".parquet" {
					changed = bytes.Clone(was)
					changed[len(was)/2] ^= 1
				}
				for what, is := range map[string][]byte{"changed": changed, "cut": was[:len(was)*2/3]} {
					write(t, is, dir, name)
					code, stdout, stderr := call("verify", dir, "--rows=0")
					if code != exitFailed || !regexp.MustCompile(`(?m)^`+regexp.QuoteMeta(name)+` (has|cannot|is) `).MatchString(stdout) && !strings.Contains(stderr, name+": ") {
						t.Errorf("%s %s: exit code %d\n%s%s", name, what, code, stdout, stderr)
					}
				}
				if name != store.ManifestName && name != store.HeadName {
					if err := os.Remove(filepath.Join(dir, name)); err != nil {
						t.Fatal(err)
					}
					differs(t, []string{dir, "--rows=0"}, name+" is missing")
				}
				write(t, was, dir, name)
			}
			nothingDiffers(t, "", dir)
		})
	}
}

// A digit changed in a table is named: row, column, what is there, what was;
// by the other format, or where there is none, by computing the rows again.
func TestVerifyNamesTheCell(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"both", "csv"} {
		whole := filepath.Join(t.TempDir(), format)
		done(t, "compare", "base", "--replications", "5", "--no-map", "--vary", "project.years=1,2", "--series", "2", "--format", format, "--quiet", "--out", whole)
		for name, row := range map[string]int{"replications": 23, "smes": 30, "series": 200, "weekly": 777} {
			dir := clone(t, whole)
			lines := strings.Split(string(read(t, dir, name+".csv")), "\n")
			header, fields := store.Fields(lines[0]), store.Fields(lines[row])
			column := slices.IndexFunc(header, func(h string) bool { return h == "value" || h == "value_total" || h == "mean" })
			was := fields[column]
			fields[column] = string(otherDigit([]byte(was), 0))
			lines[row] = strings.Join(fields, ",")
			write(t, []byte(strings.Join(lines, "\n")), dir, name+".csv")
			want := fmt.Sprintf("%s.csv has other content (same size, SHA-256 differs): row %d (%s", name, row, fields[0])
			end := fmt.Sprintf(", %s: is %s, was %s\n", header[column], fields[column], was)
			if name == "weekly" && format == "csv" { // no run alone says what a mean is
				differs(t, []string{dir}, "weekly.csv has other content", "Not compared: weekly, figures and report")
				differs(t, []string{dir, "--all", "--quiet"}, want, end)
				continue
			}
			differs(t, []string{dir, "--rows=0"}, want, end, "1 file is not as it was")
		}
	}
}

// forge makes a manifest agree with a file that was changed: with its size and
// hash, and with its own.
func forge(t *testing.T, dir, name string, is []byte) {
	t.Helper()
	was := read(t, dir, name)
	write(t, is, dir, name)
	m := read(t, dir, store.ManifestName)
	m = bytes.ReplaceAll(m, []byte(store.Hash(was)), []byte(store.Hash(is)))
	m = bytes.ReplaceAll(m, fmt.Appendf(nil, `"bytes": %d,`, len(was)), fmt.Appendf(nil, `"bytes": %d,`, len(is)))
	reseal(t, dir, m)
}

// reseal writes a manifest that was changed with the hash that it now has.
func reseal(t *testing.T, dir string, m []byte) {
	t.Helper()
	m = regexp.MustCompile(`"self_sha256": "[0-9a-f]*"`).ReplaceAll(m, []byte(`"self_sha256": ""`))
	write(t, bytes.Replace(m, []byte(`"self_sha256": ""`), []byte(`"self_sha256": "`+store.Hash(m)+`"`), 1), dir, store.ManifestName)
}

// Whoever changes the manifest too deceives hashes, but not who computes again.
func TestVerifyComputesAgain(t *testing.T) {
	t.Parallel()
	whole := results(t, "compare")
	csv := filepath.Join(t.TempDir(), "csv")
	done(t, "compare", filepath.Join(whole, report.ScenarioFile), "--replications", "4", "--no-map", "--format", "csv", "--quiet", "--out", csv)

	dir := clone(t, whole)
	forge(t, dir, "smes.csv", otherDigit(read(t, dir, "smes.csv"), 2000))
	differs(t, []string{dir, "--rows=0"}, "smes.csv row ")

	for name, at := range map[string]int{"replications.csv": -9, "smes.csv": -9, "weekly.csv": -30} {
		dir = clone(t, csv)
		is := read(t, dir, name)
		forge(t, dir, name, otherDigit(is, len(is)+at))
		nothingDiffers(t, "", dir, "--rows=0")
		if name == "weekly.csv" {
			nothingDiffers(t, "Not compared: weekly", dir)
			differs(t, []string{dir, "--all", "--quiet"}, name+" row ")
			continue
		}
		differs(t, []string{dir}, name+" row ")
	}
	dir = clone(t, csv)
	for _, name := range []string{"figures/headline.svg", "report.html"} {
		forge(t, dir, name, otherDigit(read(t, dir, name), 9000))
	}
	nothingDiffers(t, "", dir)
	differs(t, []string{dir, "--all", "--quiet"}, "figures/headline.svg is not what is made again", "report.html is not what is made again")

	// Another seed, another scenario, another setting of a variant.
	for _, c := range []struct{ is, was, want string }{
		{`"seed": "2"`, `"seed": "1"`, "replications.csv row 1 (market, 1, 0), "},
		{`"group.focus=1"`, `"group.focus=0.5"`, "replications.csv row 9 (customer, 1, 0), "},
		{`"replications": 5`, `"replications": 4`, "replications.csv row 5 (market, 1, 4), project_years: is 2, was 1"},
	} {
		dir = clone(t, whole)
		reseal(t, dir, bytes.Replace(read(t, dir, store.ManifestName), []byte(c.was), []byte(c.is), 1))
		differs(t, []string{dir}, c.want)
	}
	dir = clone(t, whole)
	forge(t, dir, report.ScenarioFile, bytes.Replace(read(t, dir, report.ScenarioFile), []byte("[project]\nyears = "), []byte("[project]\nyears = 1 #"), 1))
	differs(t, []string{dir}, "scenario.toml is not the scenario that manifest.json names")
}

// Rows that are missing, doubled or exchanged are found without their hashes.
func TestVerifyFindsRowsOutOfPlace(t *testing.T) {
	t.Parallel()
	whole := filepath.Join(t.TempDir(), "whole")
	done(t, "run", "base", "--replications", "6", "--format", "csv", "--set", "project.years=1", "--quiet", "--out", whole)
	for want, edit := range map[string]func(lines []string) []string{
		"row 3 (scenario, 1, 2), replication: is 3, was 2": func(l []string) []string { return slices.Delete(l, 3, 4) },
		"row 6 (scenario, 1, 5) is missing":                func(l []string) []string { return slices.Delete(l, 6, 7) },
		"row 4 (scenario, 1, 2) is one too many":           func(l []string) []string { return slices.Insert(l, 4, l[3]) },
		"row 7 (scenario, 1, 6) is one too many":           func(l []string) []string { return slices.Insert(l, 7, strings.Replace(l[6], ",5,", ",6,", 1)) },
		"row 2 (scenario, 1, 1) has 40 values instead of ": func(l []string) []string { l[2] = strings.Join(store.Fields(l[2])[:40], ","); return l },
		"has the columns other,":                           func(l []string) []string { l[0] = "other," + l[0]; return l },
	} {
		dir := clone(t, whole)
		lines := edit(strings.Split(string(read(t, dir, "replications.csv")), "\n"))
		forge(t, dir, "replications.csv", []byte(strings.Join(lines, "\n")))
		differs(t, []string{dir}, "replications.csv "+want)
	}
}
