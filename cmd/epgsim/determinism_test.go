package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// causes is what a failure of these tests usually means.
const causes = "usual causes: a range over a map, results in order of arrival, state kept from the replication before, luck drawn by an observer, the clock"

// masks are the lines that may differ between two runs of the same thing: when
// it was made, with which words, and the hash of the report, which says both.
var masks = map[string]*regexp.Regexp{
	"manifest.json": regexp.MustCompile(`(?s)"command": \[.*?\]|"(started|ended)": "[^"]*"|"wall_seconds": [0-9.e-]+` +
		`|"self_sha256": "[0-9a-f]+"|"path": "(?:report|explain).html",\s*"bytes": \d+,\s*"sha256": "[0-9a-f]+"`),
	"report.html":  madeRows,
	"explain.html": madeRows,
}

var madeRows = regexp.MustCompile(`<tr><th scope="row">(Command|Made)</th><td>[^<]*</td></tr>`)

// sameBytes compares two run directories file by file.
func sameBytes(t *testing.T, a, b string) {
	t.Helper()
	files := tree(t, a)
	if !slices.Equal(files, tree(t, b)) {
		t.Fatalf("files are %q and %q", files, tree(t, b))
	}
	for _, f := range files {
		x, y := read(t, a, f), read(t, b, f)
		if mask := masks[f]; mask != nil {
			if n := len(mask.FindAll(x, -1)); n < 2 {
				t.Fatalf("%s: %d lines masked; the mask has grown old", f, n)
			}
			x, y = mask.ReplaceAll(x, nil), mask.ReplaceAll(y, nil)
		}
		if !bytes.Equal(x, y) {
			t.Errorf("%s differs; %s", f, causes)
		}
	}
}

// The number of workers changes no byte, nor does a fresh process.
func TestSameBytesWhateverTheWorkersAndTheProcess(t *testing.T) {
	t.Parallel()
	for _, command := range some(1, [][]string{
		{"run", "open-group", "--replications", "19", "--series", "19", "--vary", "project.years=1,3"},
		{"compare", "fitness-equipment-1", "--replications", "11", "--series", "2"},
	}) {
		t.Run(command[0], func(t *testing.T) {
			t.Parallel()
			base := t.TempDir()
			for k, workers := range some(2, []int{1, 7, 2}) {
				done(t, append(command, "--quiet", "--workers", fmt.Sprint(workers), "--out", filepath.Join(base, fmt.Sprint(k)))...)
				sameBytes(t, filepath.Join(base, "0"), filepath.Join(base, fmt.Sprint(k)))
			}

			fresh := built(t, append(command, "--quiet", "--out", "fresh")...)
			if out, err := fresh.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			sameBytes(t, filepath.Join(base, "0"), filepath.Join(fresh.Dir, "fresh"))

			// What was resolved runs again to the same rows, for the settings are in it.
			done(t, append([]string{command[0], filepath.Join(base, "0", "scenario.toml")}, append(command[2:], "--quiet", "--out", filepath.Join(base, "again"))...)...)
			sameBytes(t, filepath.Join(base, "0"), filepath.Join(base, "again"))
		})
	}
}

// Settings are in the resolved scenario; watching more or tracing before
// changes no result; another seed does.
func TestWatchingChangesNothing(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	rows := func(dir, name string, o options) string {
		dir = filepath.Join(base, dir)
		o.out, o.replications, o.format, o.vary = dir, 9, choice{value: "csv"}, []string{"project.years=1,2"}
		writeData(t, "compare", name, &o)
		return string(read(t, dir, "replications.csv")) + string(read(t, dir, "smes.csv")) + string(read(t, dir, "weekly.csv"))
	}
	set := []string{"group.size=4", "group.mix=0.2,0.3,0.5"}
	plain := rows("plain", "base", options{seed: 1, set: set})
	if got := rows("series", "base", options{seed: 1, set: set, series: 9}); got != plain {
		t.Error("--series changes results; " + causes)
	}
	done(t, "trace", "base", "--set", "group.size=4", "--all")
	if got := rows("resolved", filepath.Join(base, "plain", "scenario.toml"), options{seed: 1}); got != plain {
		t.Error("the resolved scenario, run again after a trace, gives other results; " + causes)
	}
	if got := rows("seed", filepath.Join(base, "plain", "scenario.toml"), options{seed: 2}); got == plain {
		t.Error("another seed gives the same results: the rows compared say nothing")
	}
}
