package main

import (
	"bytes"
	"epgsim/cmd/internal/tell"
	"io"
	"strings"
	"testing"
	"time"
)

// A log that is no terminal gets a line every ten seconds, with rate and time
// left, and never a carriage return; quiet work says nothing.
func TestProgressInALog(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, quiet := range []bool{false, true} {
		var log bytes.Buffer
		a := &app{err: &log, now: func() time.Time { return now }}
		p := a.progress("simulating", 64_000, quiet)
		for range 64_000 { // a thousand a second, for 64 seconds
			now = now.Add(time.Millisecond)
			p.add(1)
		}
		p.finish()
		lines := strings.Split(strings.TrimSuffix(log.String(), "\n"), "\n")
		switch {
		case quiet && log.Len() > 0:
			t.Errorf("quiet work says %q", &log)
		case quiet:
		case len(lines) != 6 || strings.Contains(log.String(), "\r"):
			t.Errorf("%d lines in 64 seconds: %q", len(lines), lines)
		case lines[0] != "simulating: 10048 of 64000 runs, 1000 a second, 53s left":
			t.Errorf("the first line is %q", lines[0])
		}
	}
}

// Who looks on is soon told the first sentence of the verdict, as the first replications
// have it.
func TestFirstReplicationsAreTold(t *testing.T) {
	t.Parallel()
	var early, out bytes.Buffer
	a := anyApp()
	a.err = &early
	w, err := a.comparing("compare", []string{"base"}, &options{out: t.TempDir(), replications: 500, seed: 1, matters: 2}, compareUsually)
	if err != nil {
		t.Fatal(err)
	}
	defer w.results.Close()
	if err := w.tellEarly(t.Context()); err != nil {
		t.Fatal(err)
	}
	args := []string{"compare", "base", "--replications", "50", "--matters", "2", "--no-map", "--quiet", "--format", "csv", "--out", t.TempDir()}
	if code := run(t.Context(), args, &out, io.Discard); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	told, ok := strings.CutPrefix(strings.Join(strings.Fields(early.String()), " "), "After 50 of 500 replications: ")
	if !ok || !strings.Contains(told, "By year 10") {
		t.Errorf("the first word is %q", &early)
	}
	_, verdict, _ := strings.Cut(strings.Join(strings.Fields(out.String()), " "), "Verdict • ")
	if !strings.HasPrefix(verdict, told+" ") {
		t.Errorf("the first word is %q, the verdict of as many replications %q", told, verdict)
	}
}

// What cannot be printed is an error, not a success.
func TestLostOutputIsAnError(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"version"}, {"parameters"}, {"scenario", "list"}, {"scenario", "show", "base"}, {"trace", "base"}, {"help", "run"}, {"completion", "bash"}} {
		var stderr bytes.Buffer
		code := run(t.Context(), args, &narrow{left: 10}, &stderr)
		if code != exitFailed || !strings.HasSuffix(stderr.String(), "epgsim: cannot write to standard output: no room\n") && stderr.String() != "epgsim: no room\n" {
			t.Errorf("%v: exit code %d, stderr %q", args, code, &stderr)
		}
	}
}

// narrow takes a few bytes and then no more.
type narrow struct{ left int }

type noRoom struct{}

func (noRoom) Error() string { return "no room" }

func (n *narrow) Write(b []byte) (int, error) {
	if len(b) > n.left {
		return 0, noRoom{}
	}
	n.left -= len(b)
	return len(b), nil
}

func TestWrap(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"one two three", 100, "one two three"},
		{"one two three", 7, "one two\n  three"},
		{"größer € größer", 8, "größer €\n  größer"}, // runes, not bytes
		{"a-word-too-long b", 5, "a-word-too-long\n  b"},
		{"", 5, ""},
	} {
		if got := tell.Wrap(c.text, c.width, "  "); got != c.want {
			t.Errorf("wrap(%q, %d) = %q, want %q", c.text, c.width, got, c.want)
		}
	}
}
