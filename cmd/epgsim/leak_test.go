package main

import (
	"context"
	"io"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// Nothing of a command goes on when it has ended: neither done, nor refused,
// nor interrupted before it began or while it ran, as serve is closed. This
// test comes before all that run in parallel, whose own would be seen.
func TestNothingGoesOn(t *testing.T) {
	data := filepath.Join(t.TempDir(), "sweep")
	if code, _, stderr := call("sweep", designFile(t, verifyDesign), "--quiet", "--out", data); code != exitDone {
		t.Fatal(stderr)
	}
	for name, c := range map[string]struct {
		words     []string
		done, cut int // exit codes
	}{
		"compare": {[]string{"compare", "base", "--replications", "40", "--no-map", "--set", "project.years=1", "--vary", "project.years=1,2", "--out"}, exitDone, exitInterrupted},
		"refused": {[]string{"run", "base", "--set", "group.size=99", "--out"}, exitUsage, exitUsage},
		"run":     {[]string{"run", "base", "--replications", "200", "--out"}, exitDone, exitInterrupted},
		"sweep":   {[]string{"sweep", designFile(t, verifyDesign), "--out"}, exitDone, exitInterrupted},
		"verify":  {[]string{"verify", data}, exitDone, exitInterrupted},
		"serve":   {[]string{"serve", "--listen", "127.0.0.1:0"}, exitInterrupted, exitInterrupted}, // never done by itself
	} {
		t.Run(name, func(t *testing.T) {
			before := goleak.IgnoreCurrent()
			for _, after := range []time.Duration{0, 50 * time.Millisecond, time.Minute} {
				if after == time.Minute && name == "serve" {
					continue
				}
				words := c.words
				if words[len(words)-1] == "--out" {
					words = append(words, filepath.Join(t.TempDir(), "out"), "--quiet")
				}
				ctx, end := context.WithTimeout(t.Context(), after)
				code := run(ctx, words, io.Discard, io.Discard)
				end()
				if after == 0 && code != c.cut || code != c.cut && code != c.done {
					t.Errorf("ended after %v: exit code %d", after, code)
				}
			}
			goleak.VerifyNone(t, before)
		})
	}
}
