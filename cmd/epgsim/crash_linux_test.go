package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"epgsim/cmd/internal/cluster"
)

// A crash is no wrong input. SIGQUIT makes the runtime of Go end a program as a
// crash of its own does, which is with 2 unless it is told otherwise.
func TestCrashEndsBySignal(t *testing.T) {
	t.Parallel()
	cmd := built(t, long...)
	begin(t, cmd, ".replications.csv*", 1)
	if err := cmd.Process.Signal(syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	err := cmd.Wait()
	if status := cmd.ProcessState.Sys().(syscall.WaitStatus); status.Signal() != syscall.SIGABRT {
		t.Errorf("a crash ends with %v, want SIGABRT", err)
	}
}

// Where there is not even the memory to start, no task of an array is cancelled;
// where the input is wrong, all are.
func TestTaskWithoutMemory(t *testing.T) {
	t.Parallel()
	program, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	for limit, wrong := range map[string]bool{"ulimit -v 300000": false, "true": true} {
		t.Run(limit, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			s := &cluster.Slurm{Name: "x", Program: program, Data: filepath.Join(dir, "missing"), Replications: 40, Tasks: 9, CPUs: 3}
			if err := s.Write([]int{1}); err != nil {
				t.Fatal(err)
			}
			cancel := filepath.Join(dir, "scancel")
			if err := os.WriteFile(cancel, []byte("#!/bin/sh\necho cancelled\n"), 0o777); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command("bash", "-c", limit+`; exec bash "$0"`, s.Array())
			cmd.Env = append(os.Environ(), "PATH="+dir+string(os.PathListSeparator)+os.Getenv("PATH"), "SLURM_ARRAY_JOB_ID=7", "SLURM_ARRAY_TASK_ID=0")
			cmd.WaitDelay = time.Minute
			out, err := cmd.CombinedOutput()
			code := cmd.ProcessState.ExitCode()
			if cancelled := strings.Contains(string(out), "\ncancelled"); cancelled != wrong || (code == exitUsage) != wrong || code == exitDone {
				t.Errorf("exit code %d, cancelled: %v (%v):\n%.2000s", code, cancelled, err, out)
			}
		})
	}
}
