//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// smallSets are data sets of one design by seed, in directories of their own.
func smallSets(t *testing.T, seeds ...string) (dirs []string) {
	t.Helper()
	design := designFile(t, strings.Replace(smallDesign, "points = 120", "points = 30", 1))
	for _, seed := range seeds {
		dir := filepath.Join(t.TempDir(), "set")
		done(t, "sweep", design, "--quiet", "--replications", "2", "--seed", seed, "--out", dir)
		dirs = append(dirs, dir)
	}
	return dirs
}

// Rows of another data set are never passed on, not even under a right name.
func TestExportRefusesRowsOfAnotherSweep(t *testing.T) {
	t.Parallel()
	sets := smallSets(t, "1", "2")
	parts, err := filepath.Glob(filepath.Join(sets[0], "parts", "*.parquet"))
	if err != nil || len(parts) < 2 {
		t.Fatalf("parts %q, %v", parts, err)
	}
	foreign := read(t, sets[1], "parts", filepath.Base(parts[1]))
	if err := os.WriteFile(parts[1], foreign, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"csv", "parquet"} {
		to := filepath.Join(t.TempDir(), "all."+format)
		code, stdout, stderr := call("sweep", "export", sets[0], "--format", format, "--to", to)
		if code != exitFailed || stdout != "" || !strings.HasPrefix(stderr, "epgsim: "+parts[1]+": ") {
			t.Errorf("%s: exit code %d, stdout %q, stderr %q", format, code, stdout, stderr)
		}
		if _, err := os.Stat(to); err == nil {
			t.Errorf("%s: a file was written", format)
		}
	}
	if text := done(t, "sweep", "status", sets[0]); !strings.Contains(text, parts[1]+": is a part of another data set") || strings.Contains(text, "complete") {
		t.Errorf("status says:\n%s", text)
	}
	// Both are left as they were by it: the other set is still exported.
	done(t, "sweep", "export", sets[1], "--to", filepath.Join(t.TempDir(), "other.csv"))
}

// A damaged middle is found by who reads, and status says that it has not.
func TestStatusSaysWhatItGoesBy(t *testing.T) {
	t.Parallel()
	set := smallSets(t, "1")[0]
	if text := done(t, "verify", set, "--quick"); !strings.Contains(text, "Nothing differs") {
		t.Fatalf("verify says:\n%s", text)
	}
	parts, err := filepath.Glob(filepath.Join(set, "parts", "*.parquet"))
	if err != nil || len(parts) == 0 {
		t.Fatalf("parts %q, %v", parts, err)
	}
	data := read(t, parts[0])
	data[len(data)/3] ^= 0x40
	if err := os.WriteFile(parts[0], data, 0o666); err != nil {
		t.Fatal(err)
	}
	if text := done(t, "sweep", "status", set); !strings.Contains(text, "complete, going by the sizes of its files; 'epgsim verify "+set+" --quick' reads them all\n") {
		t.Errorf("status says:\n%s", text)
	}
	if code, stdout, stderr := call("verify", set, "--quick"); code == exitDone || !strings.Contains(stdout+stderr, filepath.Base(parts[0])) {
		t.Errorf("verify: exit code %d\n%s%s", code, stdout, stderr)
	}
}
