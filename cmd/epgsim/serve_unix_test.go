//go:build unix

package main

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"os"
	"regexp"
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
