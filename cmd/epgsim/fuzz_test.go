package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"epgsim/cmd/internal/report"
	"epgsim/sim/store"
)

// sealOf is where a manifest has the hash of itself.
var sealOf = regexp.MustCompile(`("self_sha256": ")[0-9a-f]*`)

// sealed is a manifest that is as it was written, whoever has written it.
func sealed(manifest []byte) []byte {
	empty := sealOf.ReplaceAll(manifest, []byte("$1"))
	return sealOf.ReplaceAll(empty, []byte("${1}"+store.Hash(empty)))
}

// FuzzVerify: whatever a directory holds, and however its manifest was forged,
// verify says in words how it differs, or that nothing does, and changes nothing.
func FuzzVerify(f *testing.F) {
	dir := filepath.Join(f.TempDir(), "run")
	code, _, stderr := call("run", "base", "--replications", "2", "--set", "project.years=0.25", "--set", "project.horizon=0.25", "--set", "group.size=2", "--series", "1", "--quiet", "--out", dir)
	if code != exitDone {
		f.Fatal(stderr)
	}
	good := map[string]string{}
	for _, name := range []string{report.ScenarioFile, store.ManifestName, "replications.csv", "replications.parquet", "smes.csv", "series.csv"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			f.Fatal(err)
		}
		good[name] = string(b)
	}
	// The files that are left out here are missing: the less there is to read
	// the more can be tried.
	manifest := []byte(good[store.ManifestName])
	f.Add(manifest, []byte(good["replications.csv"]), []byte(good[report.ScenarioFile]))
	for old, bad := range map[string]string{
		`"replications": 2`: `"replications": -2`, `"compare"`: `"run"`, `"run",`: `"sensitivity",`, `"--series=1"`: `"--series=-1"`,
		`"status": "complete"`: `"status": "interrupted"`, `"rows": `: `"rows": -`, `.csv"`: `.parquet"`, `"path": "`: `"path": "../`, `"words": [`: `"words": ["claims", "=",`,
		`"scenario": "base"`: `"scenario": "\u001b[2Jbase"`, `"name": "replications"`: `"name": "series"`, `"columns": [`: `"columns": [{}, `, `"version": "`: `"version": "\n`,
	} {
		f.Add(bytes.Replace(manifest, []byte(old), []byte(bad), 1), []byte(good["replications.csv"]), []byte(good[report.ScenarioFile]))
	}
	f.Add(manifest, []byte("variant,project_years,replication\n\"\n"), []byte("name = \"x\"\n"))
	f.Fuzz(func(t *testing.T, manifest, table, scenario []byte) {
		files := maps.Clone(good)
		files[store.ManifestName], files["replications.csv"], files[report.ScenarioFile] = string(sealed(manifest)), string(table), string(scenario)
		dir := filepath.Join(t.TempDir(), "run")
		if err := os.Mkdir(dir, 0o777); err != nil {
			t.Fatal(err)
		}
		for name, content := range files {
			write(t, []byte(content), dir, name)
		}
		ctx, end := context.WithTimeout(t.Context(), 2*time.Second) // what is made again may take its time
		defer end()
		var stdout, errs bytes.Buffer
		code := run(ctx, []string{"verify", dir, "--quiet", fmt.Sprintf("--quick=%v", os.Getenv("EPGSIM_LONG") == "")}, &stdout, &errs)
		stderr := errs.String()
		said := stdout.String() + stderr
		switch {
		case code == exitInterrupted && ctx.Err() != nil:
		case code != exitFailed && code != exitUsage: // never done: files are missing
			t.Fatalf("exit code %d, says:\n%s", code, said)
		case !strings.Contains(stderr, dir) || strings.Contains(said, "defect") || strings.Contains(said, "runtime error"):
			t.Fatalf("not a message: %q", stderr)
		case strings.ContainsAny(said, "\x00\x1b\r"):
			t.Fatalf("it says what is in the files as it stands: %q", said)
		}
		for name, content := range files {
			if now := string(read(t, dir, name)); now != content {
				t.Fatalf("%s has been changed", name)
			}
		}
		if left := tree(t, dir); len(left) != len(files) {
			t.Fatalf("left %v", left)
		}
	})
}
