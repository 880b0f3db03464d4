package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"epgsim/cmd/internal/report"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// Files beside those of a run do no harm; among the parts of a sweep they do.
func TestVerifyOtherFiles(t *testing.T) {
	t.Parallel()
	run := results(t, "run")
	write(t, []byte("mine"), run, "notes.txt")
	nothingDiffers(t, "notes.txt, which is not of this run", run)
	sweep := results(t, "sweep")
	write(t, []byte("mine"), sweep, "notes.txt")
	nothingDiffers(t, "", sweep)
	write(t, []byte("mine"), sweep, "parts", "part-more.parquet")
	differs(t, []string{sweep}, "parts/part-more.parquet is none of the data set's files")
}

// A run that was interrupted verifies as far as it came.
func TestVerifyInterruptedRun(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "out")
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		written := func() bool { // some SMEs
			found, _ := filepath.Glob(filepath.Join(dir, ".smes.csv*"))
			return slices.ContainsFunc(found, func(path string) bool {
				info, err := os.Stat(path)
				return err == nil && info.Size() > 0
			})
		}
		for !written() && ctx.Err() == nil {
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	if code := run(ctx, []string{"run", "base", "-q", "-n", "400", "--series", "400", "--out", dir}, &bytes.Buffer{}, &bytes.Buffer{}); code != exitInterrupted {
		t.Skip("it was done before it could be interrupted")
	}
	nothingDiffers(t, "Not compared: what was to come when the run was interrupted", dir)
	nothingDiffers(t, "Not compared: what was to come when the run was interrupted", dir, "--all", "--quiet")
	is := read(t, dir, "smes.csv")
	write(t, otherDigit(is, len(is)/2), dir, "smes.csv")
	differs(t, []string{dir}, "smes.csv has other content (same size, SHA-256 differs): row ")
}

// So does a sweep that was killed, by what is finished.
func TestVerifyUnfinishedSweep(t *testing.T) {
	t.Parallel()
	dir := results(t, "sweep")
	parts, err := fs.Glob(os.DirFS(dir), "parts/*.parquet")
	if err != nil || len(parts) != 1 {
		t.Fatal(parts, err)
	}
	extended := clone(t, dir)
	done(t, "sweep", filepath.Join(dir, report.DesignFile), "--replications", "7", "--quiet", "--out", extended)
	nothingDiffers(t, "42 of 42 runs, computed again", extended)
	if err := os.Remove(filepath.Join(extended, store.ManifestName)); err != nil {
		t.Fatal(err)
	}
	parts, _ = fs.Glob(os.DirFS(extended), "parts/*.parquet")
	if err := os.Remove(filepath.Join(extended, parts[0])); err != nil {
		t.Fatal(err)
	}
	nothingDiffers(t, fmt.Sprintf("1 of %d parts, which are missing", len(parts)), extended)
	write(t, []byte("no part"), extended, parts[0])
	differs(t, []string{extended}, parts[0]+" ")
}

// A part whose hash is right and whose values are not is found.
func TestVerifyComputesSweepAgain(t *testing.T) {
	t.Parallel()
	dir, other := results(t, "sweep"), filepath.Join(t.TempDir(), "other")
	done(t, "sweep", designFile(t, verifyDesign), "--seed", "2", "--quiet", "--out", other)
	// The data set of seed 2 says that its seed is 1: the head, its hash and the
	// design agree with each other.
	for _, name := range []string{store.HeadName, report.DesignFile, store.ManifestName} {
		write(t, read(t, dir, name), other, name)
	}
	parts, _ := fs.Glob(os.DirFS(other), "*/*.parquet")
	for _, name := range parts {
		is := read(t, other, name)
		write(t, read(t, dir, name), other, name)
		forge(t, other, name, is)
	}
	differs(t, []string{other}, "parts/part-0000000-0000005-r00000-00002.parquet row 1 (0, 0), ", "series/part-0000000-0000005-r00000-00002.parquet row 1 (0, 0), building: is 1, was 0")
}

// A manifest of an earlier version says nothing of how rows were made; a model
// that has changed may rightly give others: both are said.
func TestVerifyOldAndOther(t *testing.T) {
	t.Parallel()
	dir := results(t, "run")
	m := read(t, dir, store.ManifestName)
	old := regexp.MustCompile(`(?s)  "recipe": \{.*?\n  \},\n|,\n  "self_sha256": "[0-9a-f]*"`).ReplaceAll(m, nil)
	write(t, old, dir, store.ManifestName)
	nothingDiffers(t, "Not compared: replications, smes, weekly, figures and report with what is computed: epgsim "+version+" did not note how it was made", dir)
	nothingDiffers(t, "did not note how it was made", dir, "--all")
	hash, err := report.ModelHash()
	if err != nil {
		t.Fatal(err)
	}
	reseal(t, dir, bytes.Replace(m, []byte(hash), bytes.Repeat([]byte("0"), 64), 1))
	nothingDiffers(t, "Another model made this (hash 000000000000, this program's is "+hash[:12]+")", dir)
	future := bytes.Replace(m, []byte(`"words": [
      "run",`), []byte(`"words": [
      "dream",`), 1)
	reseal(t, dir, future)
	nothingDiffers(t, "Not compared: replications, smes, weekly, figures and report", dir)
	nothingDiffers(t, "this program does not know how to dream scenario.toml again", dir, "--all")
}

// What is noted of a variant makes the parameters that it was run with.
func TestRecipeGivesTheVariants(t *testing.T) {
	t.Parallel()
	for _, info := range scenario.Shipped() {
		for _, set := range [][]string{nil, {"group.mix=0.2,0.3,0.5", "mechanisms_off=practice,rivalry"}} {
			s, err := load(info.Name, set)
			if err != nil {
				t.Fatal(err)
			}
			v, err := vary(s, []string{"group.focus=0,0.3", "mechanisms_off=coverage;workload"})
			if err != nil {
				t.Fatal(err)
			}
			for _, variant := range append(experiment.PureForms(s.Frozen()), v.variants...) {
				c, err := scenario.Parse(report.ScenarioFile, s.TOML())
				if err != nil {
					t.Fatal(err)
				}
				for _, setting := range variant.Settings {
					key, value, _ := strings.Cut(setting, "=")
					if err := c.Set(key, value); err != nil {
						t.Fatal(err)
					}
				}
				a, b := fmt.Sprintf("%+v", c.Frozen()), fmt.Sprintf("%+v", variant.Params) // NaN equals itself in print
				if a != b {
					t.Errorf("%s: %s: %v gives\n%s\nwas\n%s", info.Name, variant.Key, variant.Settings, a, b)
				}
			}
		}
	}
}
