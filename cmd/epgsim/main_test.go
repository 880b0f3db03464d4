package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes this test binary answer to the name epgsim, for scripts and
// for whatever wants a process of its own. Under wasm nothing can be started.
func TestMain(m *testing.M) {
	if runtime.GOOS == "js" {
		os.Exit(m.Run())
	}
	testscript.Main(withBinary{m}, map[string]func(){"epgsim": main})
}

// withBinary gives the tests a place for the real binary.
type withBinary struct{ *testing.M }

var binaryDir string

func (w withBinary) Run() int {
	var err error
	if binaryDir, err = os.MkdirTemp("", "epgsim-test-"); err != nil {
		panic(err)
	}
	defer os.RemoveAll(binaryDir)
	_ = os.Chmod(binaryDir, 0o755) // for calls as another user
	return w.M.Run()
}

// binary builds the real program once and returns its path.
var binary = sync.OnceValues(func() (string, error) {
	path := filepath.Join(binaryDir, "epgsim-built.exe")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", errors.New(string(out) + err.Error())
	}
	return path, nil
})

// built is a call of the real binary, in a directory of its own.
func built(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatalf("go build: %v", err)
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = t.TempDir()
	return cmd
}

// call runs the program in this process.
func call(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(context.Background(), args, &out, &errs)
	return code, out.String(), errs.String()
}

// done runs the program in this process and fails unless all went well and
// nothing was said on stderr.
func done(t *testing.T, args ...string) (stdout string) {
	t.Helper()
	code, stdout, stderr := call(args...)
	if code != exitDone || stderr != "" {
		t.Fatalf("epgsim %s: exit code %d, stderr:\n%s", strings.Join(args, " "), code, stderr)
	}
	return stdout
}

// tree lists all files below dir, with slashes, sorted.
func tree(t *testing.T, dir string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			files = append(files, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(files)
	return files
}

func read(t *testing.T, parts ...string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// waitFor polls until ok, and fails when that takes too long.
func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(60 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited a minute in vain until %s", what)
		}
	}
}

// designFile writes a design and returns its path.
func designFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "design.toml")
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}
