package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"epgsim/cmd/internal/report"
	"epgsim/sim/store"
)

// Commands that start at once all see the same default place free. Each comes to
// one of its own.
func TestDefaultPlacesDoNotRace(t *testing.T) {
	t.Chdir(t.TempDir())
	const commands = 6
	var wait sync.WaitGroup
	var says [commands]string
	for k := range commands {
		wait.Go(func() {
			code, _, stderr := call("run", "base", "-n", "1", "-q", "--workers", "1", "--format", "csv", "--set", "project.years=1")
			if code != exitDone {
				says[k] = stderr
			}
		})
	}
	wait.Wait()
	for _, s := range says {
		if s != "" {
			t.Errorf("one of %d commands said: %s", commands, s)
		}
	}
	made, err := os.ReadDir("out")
	if err != nil || len(made) != commands {
		t.Fatalf("%d places of %d commands: %v", len(made), commands, err)
	}
	for _, d := range made {
		checkManifest(t, filepath.Join("out", d.Name()), "complete")
	}
}

// Decisions of different questions that start at once each find a place for their
// worlds, and ledgers of different claims one for theirs.
func TestDefaultPlacesOfDataDoNotRace(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range some(1, []struct {
		words    string
		each     []string
		made     string
		complete func(dir string) bool
	}{
		{"decide base --worlds 20 --replications 1 --most 20 --data-only -q --set", []string{"group.size=4", "group.size=5"}, "out/base-worlds*", store.IsDataset},
		{"claims --quick -q", []string{"C107", "C106"}, "out/claims*", func(dir string) bool { return report.IsFile(filepath.Join(dir, report.LedgerPage)) }},
	}) {
		var wait sync.WaitGroup
		for _, word := range c.each {
			wait.Go(func() {
				if code, _, stderr := call(append(strings.Fields(c.words), word)...); code != exitDone {
					t.Errorf("%s %s: exit code %d: %s", c.words, word, code, stderr)
				}
			})
		}
		wait.Wait()
		made, err := filepath.Glob(c.made)
		if err != nil || len(made) != len(c.each) || slices.ContainsFunc(made, func(dir string) bool { return !c.complete(dir) }) {
			t.Errorf("%s: %q are made, %v; want %d that are complete", c.words, made, err, len(c.each))
		}
	}
}

// A place that the analysis could not write to is refused before the sweep.
func TestSensitivityLooksFirst(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	theirs, design := filepath.Join(dir, "theirs"), designFile(t, methodDesign("one-at-a-time", "", "steps = 2"))
	if err := os.MkdirAll(theirs, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(theirs, "thesis.txt"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, force := range [][]string{nil, {"--force"}} {
		data := filepath.Join(dir, "data")
		code, stdout, stderr := call(append([]string{"sensitivity", design, "-q", "--data", data, "--out", theirs}, force...)...)
		if code != exitUsage || stdout != "" || !strings.HasPrefix(stderr, "epgsim: "+theirs+": ") {
			t.Errorf("%q: exit code %d, %q, %q", force, code, stdout, stderr)
		}
		if got := tree(t, dir); !slices.Equal(got, []string{"theirs/thesis.txt"}) {
			t.Errorf("%q: swept before it refused: %q", force, got)
		}
	}
}
