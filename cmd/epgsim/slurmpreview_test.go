//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Without --submit a data set that is there stays as it is, though the scripts
// are for more of it; what the tasks then run extends it.
func TestSlurmPreviewChangesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	run := func(args ...string) string {
		t.Helper()
		out, err := inCluster(t, dir, nil, append([]string{"sweep"}, args...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
		return string(out)
	}
	run("focus-by-years", "--replications", "2", "--out", "d", "--quiet")
	if err := os.CopyFS(filepath.Join(dir, "before"), os.DirFS(filepath.Join(dir, "d"))); err != nil {
		t.Fatal(err)
	}
	out := run("slurm", "focus-by-years", "--replications", "3", "--out", "d")
	for _, want := range []string{"225 runs are missing", "has 2 replications of each row until the first task extends it to 3.", "array.sh"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in:\n%s", want, out)
		}
	}
	// What is prepared is known to who asks, and resumed as it was.
	out = run("slurm", "status", "d")
	for _, want := range []string{"0 of 225 runs", "has 2 replications of each row until the first task extends it to 3.", "0 of 1 tasks have nothing left to do"} {
		if !strings.Contains(out, want) {
			t.Errorf("status: %q is missing in:\n%s", want, out)
		}
	}
	script := read(t, dir, "d-slurm", "array.sh")
	if out := run("slurm", "resume", "d"); !strings.Contains(out, "To submit tasks 0,") || !bytes.Equal(script, read(t, dir, "d-slurm", "array.sh")) {
		t.Errorf("resume says:\n%s\nand its script is\n%s", out, read(t, dir, "d-slurm", "array.sh"))
	}
	identical(t, filepath.Join(dir, "before"), filepath.Join(dir, "d"))
	task := exec.Command("bash", filepath.Join(dir, "d-slurm", "array.sh"))
	task.Env = append(inCluster(t, dir, nil).Env, "SLURM_ARRAY_JOB_ID=1", "SLURM_ARRAY_TASK_ID=0")
	if out, err := task.CombinedOutput(); err != nil || !strings.Contains(string(out), "Extended from 2 replications to 3.") {
		t.Errorf("the task: %v\n%s", err, out)
	}
	if out := run("slurm", "resume", "d"); !strings.Contains(out, "Nothing is missing") {
		t.Errorf("resume when all is there:\n%s", out)
	}
}
