package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"epgsim/sim/store"
)

// wine is Windows on this machine, with the program for it.
type wine struct {
	env     []string
	program string
}

// newWine makes one. It skips where Wine is missing, but not on CI.
func newWine(t *testing.T) *wine {
	t.Helper()
	for _, name := range []string{"wine", "x86_64-w64-mingw32-gcc", "script"} {
		if _, err := exec.LookPath(name); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("%v, and CI=true: install wine, wine64, gcc-mingw-w64-x86-64-win32 and bsdutils", err)
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
	here(append(os.Environ(), "CGO_ENABLED=0", "GOOS=windows", "GOARCH=amd64"), "go", "build", "-trimpath", "-ldflags=-s -w", "-o", w.program, ".")
	here(w.env, "wineboot", "--init")
	t.Cleanup(func() { here(w.env, "wineserver", "-w") }) // or it holds the folder for a while
	library := filepath.Join(dir, "prefix", "drive_c", "windows", "system32", "bcryptprimitives.dll")
	here(w.env, "x86_64-w64-mingw32-gcc", "-shared", "-o", library, filepath.Join("testdata", "bcryptprimitives.c"), "-ladvapi32")
	return w
}

// command is a call of the program for Windows in a directory.
func (w *wine) command(dir string, args ...string) *exec.Cmd {
	cmd := exec.Command("wine", append([]string{w.program}, args...)...)
	cmd.Dir, cmd.Env = dir, w.env
	return cmd
}

// call calls the program for Windows, and waits for it.
func (w *wine) call(dir string, args ...string) (code int, said string) {
	cmd := w.command(dir, args...)
	out, _ := cmd.CombinedOutput() // the code is looked at
	return cmd.ProcessState.ExitCode(), string(out)
}

// do calls what must go well.
func (w *wine) do(t *testing.T, dir string, args ...string) {
	t.Helper()
	if code, said := w.call(dir, args...); code != exitDone || strings.Contains(said, "epgsim: ") {
		t.Fatalf("%q: exit code %d: %s", args, code, said)
	}
}

// The program for Windows does there what it does elsewhere.
func TestWindows(t *testing.T) {
	onlyLong(t)
	t.Parallel()
	w := newWine(t)
	for name, test := range map[string]func(*testing.T, *wine){
		"bytes": sameBytesOnWindows, "names": namesOnWindows, "kill": killedOnWindows, "control-C": interruptedOnWindows, "browser": browserOnWindows,
	} {
		t.Run(name, func(t *testing.T) { test(t, w) })
	}
}

// It writes the same bytes, whatever the names of folders are, leaves nothing else
// behind, replaces what is its own, and finds it sound.
func sameBytesOnWindows(t *testing.T, w *wine) {
	dir := t.TempDir()
	args := []string{"compare", "base", "-n", "20", "--vary", "project.years=1", "--no-map", "--series", "2", "--format", "both", "--quiet", "--out"}
	there, here := filepath.Join(dir, "für mich", "Äpfel & Öl"), filepath.Join(dir, "here")
	if err := os.Mkdir(filepath.Dir(there), 0o777); err != nil {
		t.Fatal(err)
	}
	w.do(t, filepath.Dir(there), append(args, filepath.Base(there))...)
	w.do(t, filepath.Dir(there), append(args, filepath.Base(there), "--force")...)
	done(t, append(args, here)...)
	sameBytes(t, there, here)
	w.do(t, filepath.Dir(there), "verify", filepath.Base(there), "--quick")
	for _, wrong := range [][]string{append(args, filepath.Base(there)), {"run", "bsae"}} {
		if code, said := w.call(filepath.Dir(there), wrong...); code != exitUsage || strings.Contains(said, "panic") {
			t.Errorf("%q: exit code %d, want %d: %s", wrong, code, exitUsage, said)
		}
	}
}

// Names that cannot be are refused with a word of why, and nothing is made; a path
// may be longer than the 260 letters of old.
func namesOnWindows(t *testing.T, w *wine) {
	dir, long := t.TempDir(), strings.Repeat("l", 150)
	for _, c := range []struct{ command, name, want string }{
		{"run", `a\b*c`, `must not have "*"`}, {"run", "CON", "a device"}, {"scenario", "nul.toml", "a device"}, {"run", "x.", "a dot or a blank"}, {"scenario", "x ", "a dot or a blank"},
		{"run", "a:b", "no drive or share a:"}, {"run", long + long, "longer than 255"},
	} {
		args := []string{"run", "base", "-n", "1", "--data-only", "--out", c.name}
		if c.command == "scenario" {
			args = []string{"scenario", "new", c.name}
		}
		if code, said := w.call(dir, args...); code != exitUsage || !strings.Contains(said, c.want) {
			t.Errorf("%.60q: exit code %d, want %d and %q: %s", args, code, exitUsage, c.want, said)
		}
	}
	if left := tree(t, dir); len(left) > 0 {
		t.Errorf("left %q", left)
	}
	w.do(t, dir, "run", "base", "-n", "1", "--data-only", "--quiet", "--out", long+`\`+long+`\`+long)
	checkTable(t, filepath.Join(dir, long, long, long), "replications")
}

// Who is at work keeps others out; when it is killed they get in, and what it had
// not finished is gone.
func killedOnWindows(t *testing.T, w *wine) {
	first := w.command(t.TempDir(), long...)
	begin(t, first, ".replications.csv*", 100_000)
	again := []string{"compare", "base", "-n", "2", "--no-map", "--data-only", "--quiet", "--format", "csv", "--out", "out"}
	for _, force := range []string{"--force", "--force=false"} {
		if code, said := w.call(first.Dir, append(again, force)...); code != exitFailed || !regexp.MustCompile("^epgsim: out: directory is in use: process [1-9]").MatchString(said) {
			t.Errorf("beside another: exit code %d: %s", code, said)
		}
	}
	stop(t, first, syscall.SIGKILL)
	waitFor(t, "the place of the killed one is free", func() bool {
		code, said := w.call(first.Dir, append(again, "--force")...)
		if code != exitDone && !strings.Contains(said, "is in use") {
			t.Fatalf("exit code %d: %s", code, said)
		}
		return code == exitDone
	})
	here := filepath.Join(t.TempDir(), "out")
	done(t, append(again[:len(again)-1], here)...)
	sameBytes(t, filepath.Join(first.Dir, "out"), here)
}

// Ctrl-C, typed at a console, keeps what was finished, in whole files; a sweep goes
// on from there, to the bytes of one that was left alone.
func interruptedOnWindows(t *testing.T, w *wine) {
	dir := t.TempDir()
	design := strings.Replace(smallDesign, "points = 120", "points = 240", 1)
	if err := os.WriteFile(filepath.Join(dir, "design.toml"), []byte(design), 0o666); err != nil {
		t.Fatal(err)
	}
	sweep := []string{"sweep", "design.toml", "--quiet", "--out", "out"}
	for pattern, args := range map[string][]string{"parts/*.parquet": sweep, ".replications.csv*": long} {
		place := filepath.Join(dir, args[0])
		if err := os.MkdirAll(place, 0o777); err != nil {
			t.Fatal(err)
		}
		if args[0] == "sweep" {
			place = dir
		}
		terminal := exec.Command("script", "-qec", "wine "+w.program+" "+strings.Join(args, " "), "/dev/null")
		terminal.Dir, terminal.Env = place, append(w.env, "TERM=xterm")
		keys, err := terminal.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		var screen bytes.Buffer
		terminal.Stdout = &screen
		begin(t, terminal, pattern, 1)
		if args[0] == "sweep" {
			if code, said := w.call(dir, sweep...); code != exitFailed || !strings.HasPrefix(said, "epgsim: out: directory is in use: process ") {
				t.Errorf("beside another: exit code %d: %s", code, said)
			}
			if code, said := w.call(dir, "sweep", "status", "out"); code != exitDone || !strings.Contains(said, "being written by all parts: process ") {
				t.Errorf("beside another: exit code %d: %s", code, said)
			}
		}
		if _, err := io.WriteString(keys, "\x03"); err != nil {
			t.Fatal(err)
		}
		_ = terminal.Wait() // the exit code tells
		if code := terminal.ProcessState.ExitCode(); code != exitInterrupted || !strings.Contains(screen.String(), "interrupted; what was finished is kept") {
			t.Errorf("%q: exit code %d, %q", args, code, &screen)
		}
		for _, f := range tree(t, filepath.Join(place, "out")) {
			if strings.HasPrefix(filepath.Base(f), ".") {
				t.Errorf("%q: %s is left", args, f)
			}
		}
	}
	checkManifest(t, filepath.Join(dir, long[0], "out"), store.StatusInterrupted)
	if code, said := w.call(dir, "sweep", "status", "out"); code != exitDone || !regexp.MustCompile("\n[1-9][0-9]* of [1-9]").MatchString(said) || strings.Contains(said, "complete") {
		t.Errorf("after Ctrl-C: exit code %d: %s", code, said)
	}
	w.do(t, dir, sweep...)
	here := filepath.Join(t.TempDir(), "out")
	done(t, "sweep", filepath.Join(dir, "design.toml"), "--quiet", "--out", here)
	files := tree(t, here)
	if got := tree(t, filepath.Join(dir, "out")); !slices.Equal(got, files) {
		t.Errorf("the files are %q, want %q", got, files)
	}
	for _, f := range files {
		if !bytes.Equal(read(t, dir, "out", f), read(t, here, f)) {
			t.Errorf("%s differs from what is written here", f)
		}
	}
}

// What Windows does with the page's address ends, here, with xdg-open: that it is
// told the address of the page.
func browserOnWindows(t *testing.T, w *wine) {
	dir := t.TempDir()
	opened := standInBrowser(t, dir)
	cmd := w.command(dir, "serve", "--open", "--listen", "127.0.0.1:0")
	cmd.Env = append(w.env, "PATH="+dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // killed
		if said := fmt.Sprintf("The lesson is at %s\n", opened()); !strings.HasPrefix(strings.ReplaceAll(out.String(), "\r", ""), said) {
			t.Errorf("the browser is to open %q, but it says %q", opened(), &out)
		}
	}()
	waitFor(t, "the browser is opened", func() bool { return opened() != "" })
	page, err := http.Get(opened())
	if err != nil {
		t.Fatal(err)
	}
	defer page.Body.Close()
	if text, err := io.ReadAll(page.Body); err != nil || !bytes.Contains(text, []byte("<!doctype html>")) {
		t.Errorf("what is opened is %.100q, %v", text, err)
	}
}
