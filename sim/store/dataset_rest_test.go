//go:build linux

package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// asNobody calls f with the rights of nobody on files, if the test has those
// of root; they are this thread's alone.
func asNobody(t *testing.T, f func()) {
	t.Helper()
	if os.Getuid() != 0 {
		f()
		return
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	const nobody = 65534
	if _, _, e := syscall.RawSyscall(syscall.SYS_SETFSUID, nobody, 0, 0); e != 0 {
		t.Fatal(e)
	}
	defer syscall.RawSyscall(syscall.SYS_SETFSUID, 0, 0, 0)
	f()
}

// Where nothing can be written, a data set is read, and opening it for writing
// says in words what the file system said.
func TestReadOnly(t *testing.T) {
	dir, err := os.MkdirTemp("", "epgsim-store-") // t.TempDir is closed to nobody
	if err != nil {
		t.Fatal(err)
	}
	complete, half := filepath.Join(dir, "complete"), filepath.Join(dir, "half")
	mustSweep(t, complete, 6, all, Shard{})
	mustSweep(t, half, 6, 2, Shard{})
	for path, mode := range map[string]fs.FileMode{dir: 0o755, complete: 0o555, half: 0o555} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		_ = os.Chmod(complete, 0o755)
		_ = os.Chmod(half, 0o755)
		_ = os.RemoveAll(dir)
	})
	asNobody(t, func() {
		if f, err := os.Create(filepath.Join(complete, "x")); err == nil {
			_ = f.Close()
			t.Error("can write: the test shows nothing")
		}
		for path, replications := range map[string]int{complete: 6, half: 6} {
			if _, err := sweep(path, replications, all, Shard{}); !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), path+": cannot write into: no permission") {
				t.Errorf("%s, %d replications: %v", path, replications, err)
			}
		}
		if s, err := ReadStatus(context.Background(), complete, 1); err != nil || !s.Complete {
			t.Errorf("its status: %+v, %v", s, err)
		}
		if found, ok, err := VerifyDataset(context.Background(), complete); err != nil || !ok || len(found) > 0 {
			t.Errorf("verified: %v, %v", found, err)
		}
		h := sweepHead(6)
		h.Facts[0].Value = "another"
		var changed *ChangedError
		if _, err := OpenDataset(context.Background(), complete, h, sweepFiles(), Shard{}); !errors.As(err, &changed) {
			t.Errorf("another design: %v", err)
		}
	})
	same(t, "after", tree(t, complete), whole(t, 6))
}

// Who wants to end does not wait until all is read, and loses nothing.
func TestEndedWhileReading(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	mustSweep(t, path, 6, all, Shard{})
	before := tree(t, path)
	ended, end := context.WithCancel(t.Context())
	end()
	if _, _, err := VerifyDataset(ended, path); !errors.Is(err, context.Canceled) {
		t.Errorf("verifying: %v", err)
	}
	if _, err := ReadStatus(ended, path, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("its status: %v", err)
	}
	if _, err := OpenDataset(ended, path, sweepHead(10), sweepFiles(), Shard{}); !errors.Is(err, context.Canceled) {
		t.Errorf("extending: %v", err)
	}
	same(t, "ended", tree(t, path), before)
	d := mustOpen(t, path, sweepHead(10), Shard{})
	defer d.Close()
	for _, p := range d.Missing() {
		w, err := d.Begin(p)
		if err == nil {
			err = simulate(w, p)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Finish(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("finishing: %v", err)
	}
	if missing, err := d.Finish(t.Context()); missing != 0 || err != nil {
		t.Errorf("finishing after all: %d, %v", missing, err)
	}
	mustClose(t, d)
	same(t, "in the end", tree(t, path), whole(t, 10))
}
