//go:build unix

package main

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// serving starts the real program and returns the address of its page.
func serving(t *testing.T, args ...string) (end func(os.Signal) (code int, stderr string), url string) {
	t.Helper()
	cmd := built(t, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	url = regexp.MustCompile(`http://127\.0\.0\.1:[0-9]+/`).FindString(line)
	if err != nil || url == "" {
		t.Fatalf("serve says %q, %v: %s", line, err, &stderr)
	}
	return func(s os.Signal) (int, string) {
		t.Helper()
		if err := cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
		late := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait() // the exit code tells
		if !late.Stop() {
			t.Errorf("still there %v after %v", patience, s)
		}
		return cmd.ProcessState.ExitCode(), stderr.String()
	}, url
}

// Ctrl-C and SIGTERM end the page, also while an ensemble is being worked out
// and a wall is being watched, and what was asked for gets a proper end.
func TestServeEndsWhenTold(t *testing.T) {
	t.Parallel()
	for _, signal := range []os.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			end, url := serving(t, "paper-machinery")
			start, err := http.Get(url + "api/start")
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(start.Body)
			start.Body.Close()
			if err != nil || !strings.Contains(string(text), `"open":{"toml":`) || !strings.Contains(string(text), `"file":"paper-machinery.toml"`) {
				t.Errorf("the page does not open with the scenario asked for: %v %.300s", err, text)
			}
			answer, err := http.Post(url+"api/ensemble", "application/json", strings.NewReader(`{"what":{"scenario":"base"},"replications":1000,"years":[8]}`))
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			first, err := bufio.NewReader(answer.Body).ReadString('\n')
			if err != nil || !strings.Contains(first, `"replications":20,"done":false`) {
				t.Fatalf("%v: %.100s", err, first)
			}
			if code, stderr := end(signal); code != exitInterrupted || stderr != "epgsim: the page is closed\n" {
				t.Errorf("exit code %d, %q", code, stderr)
			}
			if rest, err := io.ReadAll(answer.Body); err != nil || !strings.HasSuffix(string(rest), `{"error":"the server is shutting down"}`+"\n") {
				t.Errorf("the ensemble ends with %v: %.200s", err, rest)
			}
		})
	}
}

// standInBrowser stands for xdg-open in a directory. What it returns says what was
// opened, once there is something.
func standInBrowser(t *testing.T, dir string) (opened func() string) {
	t.Helper()
	script := "#!/bin/sh\necho \"$*\" >'" + dir + "/words' && mv '" + dir + "/words' '" + dir + "/opened'\n"
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	return func() string {
		text, _ := os.ReadFile(filepath.Join(dir, "opened")) // not there yet
		return strings.TrimSpace(string(text))
	}
}

// The page is opened in a browser where somebody sits before a screen; else, and
// where there is none, that is said, and the page is there all the same.
func TestServeOpensTheBrowser(t *testing.T) {
	dir := t.TempDir()
	opened := standInBrowser(t, dir)
	t.Setenv("WAYLAND_DISPLAY", "")
	t.Setenv("DISPLAY", ":0")
	path := os.Getenv("PATH")
	t.Setenv("PATH", dir+string(os.PathListSeparator)+path)
	end, url := serving(t, "--open")
	waitFor(t, "the browser is opened", func() bool { return opened() != "" })
	if code, stderr := end(syscall.SIGTERM); opened() != url || code != exitInterrupted || stderr != "epgsim: the page is closed\n" {
		t.Errorf("opened %q of %q; exit code %d, %q", opened(), url, code, stderr)
	}
	for display, want := range map[string]string{"": "There is no screen to open the page on", ":0": "The browser could not be opened ("} {
		t.Setenv("DISPLAY", display)
		t.Setenv("PATH", t.TempDir())
		end, url := serving(t, "--open")
		if page, err := http.Get(url + "api/start"); err != nil || page.Body.Close() != nil {
			t.Errorf("no page without a browser: %v", err)
		}
		if code, stderr := end(syscall.SIGTERM); code != exitInterrupted || !strings.HasPrefix(stderr, want) {
			t.Errorf("DISPLAY=%s: exit code %d, %q, want %q", display, code, stderr, want)
		}
	}
}

// Each system is asked in its own words.
func TestOpener(t *testing.T) {
	t.Setenv("SystemRoot", "/Windows")
	const url = "http://127.0.0.1:8080/"
	for system, want := range map[string][]string{"windows": {"/Windows/System32/rundll32.exe", "url.dll,FileProtocolHandler", url}, "darwin": {"/usr/bin/open", url}} {
		if got := opener(system, url); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", system, got, want)
		}
	}
}
