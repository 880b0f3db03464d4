//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"epgsim/sim/store"
)

// long is a compare that takes minutes.
var long = []string{"compare", "base", "--replications", "100000", "--data-only", "--quiet", "--out", "out"}

// begin starts the real program and waits until a file whose name has the
// pattern has at least so many bytes.
func begin(t *testing.T, cmd *exec.Cmd, pattern string, bytesThere int64) (stderr *bytes.Buffer) {
	t.Helper()
	stderr = &bytes.Buffer{}
	cmd.Stderr = stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	waitFor(t, pattern+" has grown", func() bool {
		found, _ := filepath.Glob(filepath.Join(cmd.Dir, "out", pattern))
		for _, f := range found {
			if info, err := os.Stat(f); err == nil && info.Size() >= bytesThere {
				return true
			}
		}
		return false
	})
	return stderr
}

// stop sends a signal and returns the exit code, -1 when the signal itself
// ended the process.
func stop(t *testing.T, cmd *exec.Cmd, signal os.Signal) int {
	t.Helper()
	sent := time.Now()
	if err := cmd.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	err := cmd.Wait()
	if took := time.Since(sent); took > 2*time.Second {
		t.Errorf("ended %v after %v, want within 2 s", took, signal)
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode()
}

// Ctrl-C and a scheduler's SIGTERM keep what was finished, in whole files.
func TestInterruptedKeepsWhatWasFinished(t *testing.T) {
	t.Parallel()
	for _, signal := range some(1, []os.Signal{syscall.SIGTERM, syscall.SIGINT}) {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			cmd := built(t, long...)
			stderr := begin(t, cmd, ".replications.csv*", 100_000)
			for end := time.Now().Add(100 * time.Millisecond); signal == syscall.SIGTERM && time.Now().Before(end); time.Sleep(time.Millisecond) {
				_ = cmd.Process.Signal(signal) // as a scheduler does, to a shell that passes it on
			}
			if code := stop(t, cmd, signal); code != exitInterrupted {
				t.Errorf("exit code %d, want %d", code, exitInterrupted)
			}
			if want := "epgsim: interrupted; what was finished is kept in out; to begin again: epgsim " + strings.Join(long, " ") + " --force\n"; stderr.String() != want {
				t.Errorf("stderr is %q, want %q", stderr, want)
			}
			dir := filepath.Join(cmd.Dir, "out")
			m := checkManifest(t, dir, store.StatusInterrupted)
			if m.Replications != 100000 || m.Command[2] != "base" {
				t.Errorf("the manifest does not say what was run: %+v", m)
			}
			rows, smes := checkTable(t, dir, "replications"), checkTable(t, dir, "smes")
			if rows < 100 || smes != 5*rows {
				t.Errorf("%d replications and %d SMEs, want some hundred and five times as many", rows, smes)
			}
			checkTable(t, dir, "weekly")
			text := string(read(t, dir, "replications.csv"))
			if !strings.HasSuffix(text, "\n") {
				t.Error("the last line of replications.csv is not whole")
			}
			if _, err := os.Stat(filepath.Join(dir, "report.html")); err == nil {
				t.Error("there is a report about an interrupted run")
			}
			// What is there is the beginning of the whole.
			done(t, "compare", "base", "--replications", "40", "--data-only", "--quiet", "--format", "csv", "--out", filepath.Join(cmd.Dir, "few"))
			few := read(t, cmd.Dir, "few", "replications.csv")
			if head := bytes.SplitAfterN(few, []byte("\n"), 41); !strings.HasPrefix(text, string(bytes.Join(head[:40], nil))) {
				t.Error("the rows kept are not those of an uninterrupted run")
			}
		})
	}
}

// An interrupt while the map is drawn keeps the tables, which are finished.
func TestInterruptedInTheMap(t *testing.T) {
	t.Parallel()
	onlyLong(t) // what is interrupted goes through one function, whatever it does
	cmd := built(t, "compare", "base", "--replications", "800", "--vary", "project.years=3", "--set", "project.horizon=3", "--quiet", "--out", "out")
	begin(t, cmd, "weekly.csv", 1)
	if code := stop(t, cmd, syscall.SIGINT); code != exitInterrupted {
		t.Fatalf("exit code %d, want %d; had the map been finished?", code, exitInterrupted)
	}
	dir := filepath.Join(cmd.Dir, "out")
	checkManifest(t, dir, store.StatusInterrupted)
	if rows := checkTable(t, dir, "replications"); rows != 3*800 {
		t.Errorf("%d rows of replications, want all %d", rows, 3*800)
	}
}

// killing is a command that is killed once a file has so many bytes.
type killing struct {
	when, pattern string
	bytes         int64
	args          []string
}

// A run killed at any moment leaves nothing under a final name that is not
// whole, and --force clears it away.
func TestKilledLeavesNothingHalfDone(t *testing.T) {
	t.Parallel()
	for _, c := range some(1, []killing{
		{"among the rows", ".replications.csv*", 100_000, long},
		{"among the figures", filepath.Join("figures", "*.png"), 1, []string{"compare", "base", "--replications", "20", "--no-map", "--quiet", "--out", "out"}},
	}) {
		t.Run(c.when, func(t *testing.T) {
			t.Parallel()
			cmd := built(t, c.args...)
			begin(t, cmd, c.pattern, c.bytes)
			if code := stop(t, cmd, syscall.SIGKILL); code != -1 {
				t.Fatalf("exit code %d before it could be killed", code)
			}
			dir := filepath.Join(cmd.Dir, "out")
			for _, f := range tree(t, dir) {
				data := read(t, dir, f)
				switch {
				case strings.HasPrefix(filepath.Base(f), "."): // not a final name
				case f == "replications.csv", f == "smes.csv", f == "weekly.csv":
					checkTable(t, dir, strings.TrimSuffix(f, ".csv"))
				case strings.HasSuffix(f, ".svg"):
					if !bytes.HasSuffix(bytes.TrimSpace(data), []byte("</svg>")) {
						t.Errorf("%s is not whole", f)
					}
				case strings.HasSuffix(f, ".png"):
					if !bytes.HasSuffix(data, []byte("IEND\xaeB`\x82")) {
						t.Errorf("%s is not whole", f)
					}
				case strings.HasSuffix(f, ".parquet"): // read with its CSV
				default:
					t.Errorf("%s should not be there yet", f)
				}
			}
			if _, err := store.ReadManifest(dir); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("a killed run has a manifest: %v", err)
			}
			args := []string{"compare", "base", "--replications", "6", "--no-map", "--quiet", "--out"}
			done(t, append(args, dir, "--force")...)
			checkManifest(t, dir, store.StatusComplete)
			fresh := filepath.Join(cmd.Dir, "fresh")
			done(t, append(args, fresh)...)
			sameBytes(t, dir, fresh)
		})
	}
}

// What was begun with nohup does not hear that its terminal is closed; and who
// asks twice to end does not wait, whatever holds it up: here nobody reads.
func TestAskedTwice(t *testing.T) {
	t.Parallel()
	stuck := built(t, "trace", "base", "--all")
	cmd := exec.Command("sh", append([]string{"-c", `trap "" HUP; exec "$@"`, "sh"}, stuck.Args...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // by a signal
		close(ended)
	}()
	ask := func(signal os.Signal) bool {
		_ = cmd.Process.Signal(signal) // it may have ended
		select {
		case <-ended:
			return true
		case <-time.After(100 * time.Millisecond):
			return false
		}
	}
	for range 3 {
		if ask(syscall.SIGHUP) {
			t.Fatal("ended by a hangup that it should not hear")
		}
	}
	waitFor(t, "it has ended", func() bool { return ask(syscall.SIGTERM) })
}
