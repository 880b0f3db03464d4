//go:build unix

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"epgsim/cmd/internal/report"
)

// handMade are worlds as somebody writes them.
const handMade = "weight,joint.hours_system,trust.start\n1,120,0.4\n2,220,0.5\n1,300,0.55\n"

// worldsIn writes worlds into a folder of its own, where the working directory is then.
func worldsIn(t *testing.T, content string) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.WriteFile("w.csv", []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// What goes wrong with a file of worlds is told alike by all commands that take one,
// before anything is written.
func TestWorldsAreRefused(t *testing.T) {
	worldsIn(t, "weight,trust.start\n1,1.5\n")
	design, programme := designFile(t, smallDesign), "programme.toml"
	if err := os.WriteFile(programme, []byte(tinyProgramme), 0o666); err != nil {
		t.Fatal(err)
	}
	for args, want := range map[string]string{
		"decide base --worlds w.csv":                                    "w.csv:2: trust.start = 1.5: must be a number within 0.05..0.95\n",
		"compare base --doubt 20 --worlds w.csv":                        "w.csv:2: trust.start = 1.5: must be a number within 0.05..0.95\n",
		"claims C107 --worlds w.csv":                                    "w.csv:2: trust.start = 1.5: must be a number within 0.05..0.95\n",
		"sweep " + design + " --worlds w.csv":                           "w.csv:2: trust.start = 1.5: must be a number within 0.05..0.95\n",
		"sensitivity " + design + " --worlds w.csv":                     "w.csv:2: trust.start = 1.5: must be a number within 0.05..0.95\n",
		"sweep slurm " + design + " --worlds w.csv":                     "w.csv:2: trust.start = 1.5: must be a number within 0.05..0.95\n",
		"programme " + programme + " --worlds w.csv":                    "w.csv:2: trust.start = 1.5: must be a number within 0.05..0.95\n",
		"decide base --worlds nowhere":                                  "nowhere: there is no such file of worlds; ",
		"decide base --worlds -3":                                       "-3 worlds: must be within 20..100000",
		"compare base --worlds w.csv":                                   "--worlds goes with --doubt",
		"sweep " + design + " --unknown trust.start":                    "--unknown goes with --worlds",
		"sweep " + design + " --worlds plausible --unknown trust.strat": "did you mean trust.start?",
	} {
		code, stdout, stderr := call(strings.Fields(args)...)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, want) {
			t.Errorf("%s: exit code %d, %s%s", args, code, stdout, stderr)
		}
	}
	if _, err := os.Stat("out"); err == nil {
		t.Error("something was written")
	}
}

// What is drawn from worlds says so, goes on with the same worlds alone, and is made
// again from what lies beside it.
func TestWorldsOfAFile(t *testing.T) {
	for _, c := range []struct{ name, args, data string }{
		{"decide", "decide base --worlds w.csv --worlds 20 --most 20 --replications 1 --quiet --data data --out out", "data"},
		{"sweep", "sweep design.toml --worlds w.csv --quiet --out data", "data"},
		{"programme", "programme programme.toml --worlds w.csv --quiet --data data --out out", "data"},
		{"compare", "compare base --doubt 20 --worlds w.csv --no-map --vary project.years=1" + quick, "out"},
	} {
		t.Run(c.name, func(t *testing.T) {
			worldsIn(t, handMade)
			write := func(name, text string) {
				if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			write("design.toml", strings.Replace(smallDesign, "points = 120", "points = 4", 1))
			write("programme.toml", tinyProgramme)
			code, _, stderr := call(strings.Fields(c.args)...)
			if code != exitDone || !strings.Contains(stderr, "w.csv: 3 worlds of 2 parameters, worth 3 of equal weight") || !strings.Contains(stderr, "drawn from the plausible ranges: ") {
				t.Fatalf("exit code %d: %s", code, stderr)
			}
			if got := fileText(t, c.data, "worlds.csv"); got != handMade {
				t.Errorf("beside it are other worlds: %s", got)
			}
			if text := done(t, "verify", c.data, "--quiet"); !strings.Contains(text, "Nothing differs") || !strings.Contains(text, "made again") {
				t.Errorf("made again: %s", text)
			}
			if c.data == "out" {
				return
			}
			code, _, stderr = call(strings.Fields(c.args + map[bool]string{true: "", false: " --force"}[c.name == "sweep"])...)
			if code != exitDone {
				t.Errorf("once more: exit code %d: %s", code, stderr)
			}
			write("w.csv", strings.Replace(handMade, "220", "230", 1))
			code, _, stderr = call(strings.Fields(c.args + map[bool]string{true: "", false: " --force"}[c.name == "sweep"])...)
			if code != exitUsage || !strings.Contains(stderr, "worlds_hash: was ") || strings.Contains(stderr, "+2,230") {
				t.Errorf("with other worlds: exit code %d: %s", code, stderr)
			}
		})
	}
}

// Calibrated worlds extend a ledger, in the same directory, and are told beside the
// random sets; other worlds are another ledger.
func TestClaimsInCalibratedWorlds(t *testing.T) {
	worldsIn(t, handMade)
	out := filepath.Join("out", "ledger")
	code, plain, errs := claimsRun(t.Context(), "C107", "--quick", "-q", "--out", out)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	verdict := func(text string) string {
		for line := range strings.Lines(text) {
			if id, rest, ok := strings.Cut(line, "  "); ok && id == "C107" {
				return strings.Join(strings.Fields(rest)[:2], " ")
			}
		}
		return ""
	}
	code, text, errs := claimsRun(t.Context(), "C107", "--quick", "-q", "--worlds", "w.csv", "--out", out)
	if code != 0 || !strings.Contains(errs, "w.csv: 3 worlds") || verdict(text) != verdict(plain) || verdict(text) == "" {
		t.Fatalf("exit %d: %s%s, before:\n%s", code, errs, text, plain)
	}
	for _, want := range []string{"Over calibrated worlds: 1 ", "holds in ", "Calibrated worlds: 16 drawn by their weights from 3 worlds, 3 different ones (they say as much as 3 drawn once); 2 parameters come from there"} {
		if !strings.Contains(strings.Join(strings.Fields(text), " "), strings.TrimSpace(want)) {
			t.Errorf("%q is not in:\n%s", want, text)
		}
	}
	if page := fileText(t, out, "claims.html"); strings.Count(page, "Calibrated worlds: 16 drawn") != 1 || !strings.Contains(page, ` of calibrated ones</title>`) {
		t.Error("the page does not tell of calibrated worlds")
	}
	if !strings.Contains(strings.SplitN(fileText(t, out, "claims.csv"), "\n", 2)[0], "claim_world_share,claim_world_share_low,claim_world_share_high,claim_worlds_open,calibrated_verdict") {
		t.Error("the table has no columns of them")
	}
	if text := done(t, "verify", out, "--quiet"); !strings.Contains(text, "Nothing differs") {
		t.Errorf("made again: %s", text)
	}
	if err := os.WriteFile("w.csv", []byte(strings.Replace(handMade, "220", "230", 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := claimsRun(t.Context(), "C107", "--quick", "-q", "--worlds", "w.csv", "--out", out); code != exitUsage || !strings.Contains(errs, "or of other worlds") {
		t.Errorf("other worlds: exit %d: %s", code, errs)
	}
}

// What a calibration leaves tells whoever uses it what it is worth, and with which model it
// was found.
func TestWorldsOfACalibration(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("targets.toml", []byte(tinyTargets), 0o666); err != nil {
		t.Fatal(err)
	}
	done(t, strings.Fields("calibrate targets.toml --quiet --data waves --out found")...)
	use := func() string {
		t.Helper()
		code, _, stderr := call(strings.Fields("compare base --doubt 20 --worlds found --no-map --vary project.years=1 --force --out out" + strings.ReplaceAll(quick, "--out out", ""))...)
		if code != exitDone || !strings.Contains(stderr, "of equal weight (they come from ") {
			t.Fatalf("exit code %d: %s", code, stderr)
		}
		return stderr
	}
	const another = "found with another version of the model"
	if text := use(); strings.Contains(text, another) {
		t.Errorf("of this version: %s", text)
	}
	path := filepath.Join("found", "worlds.parquet")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	hash, err := report.ModelHash()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.ReplaceAll(data, []byte(hash), []byte(strings.Repeat("0", len(hash)))), 0o666); err != nil {
		t.Fatal(err)
	}
	if text := use(); !strings.Contains(text, another) {
		t.Errorf("of another version: %s", text)
	}
}

// A targets file to begin with works as it stands, and nobody's groups are written over.
func TestCalibrateNewWorksAsItStands(t *testing.T) {
	t.Chdir(t.TempDir())
	done(t, "calibrate", "new", "mine.toml")
	done(t, "calibrate", "show", "mine.toml")
	if err := os.WriteFile("own-groups.csv", []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	if text := done(t, "calibrate", "new", "more.toml"); !strings.Contains(text, "own-groups.csv is there already") || fileText(t, ".", "own-groups.csv") != "mine" {
		t.Error(text)
	}
}
