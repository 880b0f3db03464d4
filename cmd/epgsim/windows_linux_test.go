package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// wine is Windows on this machine, with the program for it.
type wine struct {
	env     []string
	program string
}

// newWine makes one. It skips where Wine is missing, but not on CI.
func newWine(t *testing.T) *wine {
	t.Helper()
	for _, name := range []string{"wine", "x86_64-w64-mingw32-gcc"} {
		if _, err := exec.LookPath(name); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("%v, and CI=true: install wine, wine64 and gcc-mingw-w64-x86-64-win32", err)
			}
			t.Skip(err)
		}
	}
	dir := t.TempDir()
	w := &wine{program: filepath.Join(dir, "epgsim.exe"), env: append(os.Environ(), "WINEDEBUG=-all", "WINEPREFIX="+filepath.Join(dir, "prefix"), "DISPLAY=")}
	here := func(env []string, words ...string) {
		t.Helper()
		cmd := exec.Command(words[0], words[1:]...)
		cmd.Env = env
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%q: %v\n%s", words, err, out)
		}
	}
	here(append(os.Environ(), "CGO_ENABLED=0", "GOOS=windows", "GOARCH=amd64"), "go", "build", "-ldflags=-s -w", "-o", w.program, ".")
	here(w.env, "wineboot", "--init")
	t.Cleanup(func() { here(w.env, "wineserver", "-w") }) // or it holds the folder for a while
	library := filepath.Join(dir, "prefix", "drive_c", "windows", "system32", "bcryptprimitives.dll")
	here(w.env, "x86_64-w64-mingw32-gcc", "-shared", "-o", library, filepath.Join("testdata", "bcryptprimitives.c"), "-ladvapi32")
	return w
}

// call calls the program for Windows in a directory.
func (w *wine) call(dir string, args ...string) (code int, said string) {
	cmd := exec.Command("wine", append([]string{w.program}, args...)...)
	cmd.Dir, cmd.Env = dir, w.env
	out, _ := cmd.CombinedOutput() // the code is looked at
	return cmd.ProcessState.ExitCode(), string(out)
}

// The program for Windows writes the same bytes, whatever the names of folders
// are, leaves nothing else behind, and never writes over what is there.
func TestWindows(t *testing.T) {
	onlyLong(t)
	t.Parallel()
	w := newWine(t)
	dir := t.TempDir()
	args := []string{"run", "base", "-n", "20", "--series", "2", "--format", "both", "--data-only", "--quiet", "--out"}
	there, here := filepath.Join(dir, "für mich", "Äpfel & Öl"), filepath.Join(dir, "here")
	if err := os.Mkdir(filepath.Dir(there), 0o777); err != nil {
		t.Fatal(err)
	}
	if code, said := w.call(filepath.Dir(there), append(args, filepath.Base(there))...); code != exitDone || strings.Contains(said, "epgsim: ") {
		t.Fatalf("exit code %d: %s", code, said)
	}
	done(t, append(args, here)...)
	files := tree(t, there)
	if want := tree(t, here); strings.Join(files, "\n") != strings.Join(want, "\n") {
		t.Errorf("the files are %q, want %q", files, want)
	}
	for _, f := range files {
		if f != "manifest.json" && string(read(t, there, f)) != string(read(t, here, f)) {
			t.Errorf("%s differs from what is written here", f)
		}
	}
	for _, wrong := range [][]string{append(args, filepath.Base(there)), {"run", "bsae"}} {
		if code, said := w.call(filepath.Dir(there), wrong...); code != exitUsage || strings.Contains(said, "panic") {
			t.Errorf("%q: exit code %d, want %d: %s", wrong, code, exitUsage, said)
		}
	}
}
