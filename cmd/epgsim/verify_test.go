package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"epgsim/cmd/internal/report"
	"epgsim/sim/claims"
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
horizon = 1
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
		"decide":      {"decide", "open-group", "--worlds", "20", "--replications", "1", "--data", dir + "-data"},
		"claims":      {"claims", "C114", "--quick"},
	}[command]
	done(t, append(args, "--quiet", "--out", dir)...)
	return dir
}

func write(t *testing.T, data []byte, parts ...string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(parts...), data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// reseal writes a manifest that was changed with the hash that it now has.
func reseal(t *testing.T, dir string, m []byte) {
	t.Helper()
	m = regexp.MustCompile(`"self_sha256": "[0-9a-f]*"`).ReplaceAll(m, []byte(`"self_sha256": ""`))
	write(t, bytes.Replace(m, []byte(`"self_sha256": ""`), []byte(`"self_sha256": "`+store.Hash(m)+`"`), 1), dir, store.ManifestName)
}

// verified verifies and demands an exit code and, on stdout, all of some texts.
func verified(t *testing.T, code int, args []string, want ...string) {
	t.Helper()
	got, stdout, stderr := call(append([]string{"verify", "--quiet"}, args...)...)
	text := strings.Join(strings.Fields(stdout), " ")
	if got != code || code == exitFailed && !strings.HasSuffix(stderr, "not as it was\n") || code == exitDone && stderr != "" {
		t.Errorf("%v: exit code %d, want %d, stderr %q\n%s", want, got, code, stderr, stdout)
	}
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not in:\n%s", w, stdout)
		}
	}
}

// changeDigit changes a digit of a file, from a place on.
func changeDigit(t *testing.T, dir, name string, from int) {
	t.Helper()
	data := read(t, dir, name)
	k := bytes.IndexAny(data[from:], "0123456789") + from
	data[k] = '0' + (data[k]-'0'+1)%10
	write(t, data, dir, name)
}

// Results of every command come out the same when they are made again, from
// wherever they are; a digit changed in one of their files does not. Of the larger
// ones that is seen in the long form only, and run by itself: a script verifies it.
func TestVerifyResultsOfEveryCommand(t *testing.T) {
	t.Parallel()
	for command, change := range map[string]struct {
		name, says string
		from       int // a place in the file
		large      bool
	}{
		"compare":     {"weekly.csv", "differs): row 1 (market, ", 100, true},
		"run":         {"figures/results-per-sme.svg", "differs): line ", 3000, true},
		"sweep":       {"design.toml", "Not compared: anything with what is computed: design.toml, which says how, is not as it was", 0, false},
		"explain":     {"explain.html", "differs): line ", 3000, false},
		"sensitivity": {"indices.csv", "differs): row ", 300, true},
		"decide":      {"options.csv", "differs): row ", 300, true},
		"claims":      {"claims.csv", "claims.csv row 1 (C114), ", 380, true},
	} {
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			long := os.Getenv("EPGSIM_LONG") != ""
			if command == "run" && !long {
				t.Skip("set EPGSIM_LONG to run it")
			}
			dir := results(t, command)
			if command != "sensitivity" && command != "decide" { // which know where their data is
				moved := filepath.Join(t.TempDir(), "moved")
				if err := os.Rename(dir, moved); err != nil {
					t.Fatal(err)
				}
				dir = moved
			}
			verified(t, exitDone, []string{dir}, "Nothing differs.", "files with what was made again.")
			if change.large && !long {
				return
			}
			changeDigit(t, dir, change.name, change.from)
			verified(t, exitFailed, []string{dir}, change.name+" ", change.says, "1 file is not as it was.")
		})
	}
}

// A data set that was extended is that of a sweep with so many replications; one
// of another seed is found, though all that it says of itself agrees.
func TestVerifySweep(t *testing.T) {
	t.Parallel()
	dir, other := results(t, "sweep"), filepath.Join(t.TempDir(), "other")
	done(t, "sweep", designFile(t, verifyDesign), "--seed", "2", "--quiet", "--out", other)
	for _, name := range []string{store.HeadName, report.DesignFile} {
		write(t, read(t, dir, name), other, name)
	}
	if err := os.Remove(filepath.Join(other, store.ManifestName)); err != nil {
		t.Fatal(err)
	}
	verified(t, exitFailed, []string{other}, "parts/part-0000000-0000005-r00000-00002.parquet is a part of another data set: row 1 (0, 0), ",
		"series/part-0000000-0000005-r00000-00002.parquet row 1 (0, 0), ")
	done(t, "sweep", filepath.Join(dir, report.DesignFile), "--replications", "7", "--quiet", "--out", dir)
	verified(t, exitDone, []string{dir}, "6 rows, 7 replications of each", "Nothing differs.")
	verified(t, exitDone, []string{dir, "--parts", "1"}, "2 of 3 parts with what is computed, which --parts leaves out")
}

// A model that has changed may rightly give other results, and a recipe may be
// one that this program does not know: both are said. What only says that it is
// of another model comes out the same.
func TestVerifyOther(t *testing.T) {
	t.Parallel()
	dir := results(t, "explain")
	m := read(t, dir, store.ManifestName)
	hash, err := report.ModelHash()
	if err != nil {
		t.Fatal(err)
	}
	words := func(verb string) []byte {
		return bytes.Replace(m, []byte("\"words\": [\n      \"explain\""), []byte("\"words\": [\n      \""+verb+"\""), 1)
	}
	reseal(t, dir, words("dream"))
	verified(t, exitDone, []string{dir}, "Not compared: anything with what is computed: this program does not know how to dream scenario.toml again.")
	reseal(t, dir, words("serve"))
	verified(t, exitDone, []string{dir}, "this program does not know how to serve scenario.toml again.")
	reseal(t, dir, bytes.Replace(m, []byte(`"seed": "1"`), []byte(`"seed": "2"`), 1))
	verified(t, exitFailed, []string{dir}, "manifest.json line ", `\"seed\": \"2\"`)
	reseal(t, dir, bytes.Replace(m, []byte(hash), bytes.Repeat([]byte("0"), 64), 1))
	verified(t, exitFailed, []string{dir}, "Another model made this (hash 000000000000, this program's is "+hash[:12]+")", "explain.html line ")
}

// Of a ledger that this program cannot make again it is said why.
func TestVerifyLedgerOfOtherClaims(t *testing.T) {
	t.Parallel()
	facts := `{"version": "0.0.1", "model_hash": "old", "seed": "3", "replications": 200, "parameter_sets": 12, "replications_per_set": 30, "claims": [%s], "experiments_hash": "%s"}`
	cs, _ := claims.Find([]string{"C114"})
	for why, text := range map[string]string{
		"this program makes other experiments of these claims": fmt.Sprintf(facts, `"C999"`, ""),
		"no --quick, --full or neither has its numbers":        fmt.Sprintf(strings.Replace(facts, "200", "201", 1), `"C114"`, report.ExperimentsHash(cs)),
	} {
		dir := t.TempDir()
		write(t, []byte(text), dir, report.LedgerFile)
		verified(t, exitDone, []string{dir}, "ledger of 1 claim, seed 3, made by epgsim 0.0.1 Another model", "Not compared: anything: "+why)
	}
}

// Where there is no room for temporary files, that is said, with what helps.
func TestVerifyWithoutATemporaryFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	done(t, "run", "base", "-n", "1", "-q", "--data-only", "--format", "csv", "--out", dir)
	none := filepath.Join(t.TempDir(), "none")
	for _, name := range []string{"TMPDIR", "TMP"} {
		t.Setenv(name, none)
	}
	if code, _, stderr := call("verify", "-q", dir); code != exitFailed || !strings.HasPrefix(stderr, "epgsim: no temporary folder can be made in "+none+" (") {
		t.Errorf("exit code %d, %s", code, stderr)
	}
	verified(t, exitDone, []string{dir, "--quick"}, "Nothing differs.")
}
