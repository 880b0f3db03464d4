//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"epgsim/sim/store"
)

// smallDecision is quick, and has further batches that few options meet.
var smallDecision = []string{"decide", "environmental-technology", "--worlds", "50", "--most", "150", "--replications", "1", "--quiet", "--unknown", "deal.bases,joint.hours_system,trust.start", "--matters", "0.1", "--horizon", "5"}

// However a decision is run, the bytes are the same: workers, shares in any order, a
// larger budget later. The answer comes out of the data set alone, too.
func TestDecisionHasTheSameBytesHoweverItIsRun(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	decide := func(dir string, args ...string) string {
		t.Helper()
		return done(t, append(append([]string{}, smallDecision...), append([]string{"--data", filepath.Join(base, dir), "--out", filepath.Join(base, dir+"-answer")}, args...)...)...)
	}
	decide("one", "--workers", "1")
	whole, err := store.OpenForReading(filepath.Join(base, "one"))
	if err != nil {
		t.Fatal(err)
	}
	if n := whole.Head().Replications; n < 3 || whole.Close() != nil {
		t.Fatalf("%d batches: what is compared says little", n)
	}
	decide("extended", "--most", "50", "--data-only")
	decide("extended", "--workers", "5", "--data-only")
	for range 4 { // each batch wants all shares of the one before
		for _, share := range []string{"2/2", "1/2"} {
			decide("shares", "--shard", share)
		}
	}
	for _, dir := range []string{"extended", "shares"} {
		identical(t, filepath.Join(base, "one"), filepath.Join(base, dir))
	}
	done(t, "decide", filepath.Join(base, "one"), "--quiet", "--out", filepath.Join(base, "again"))
	if string(read(t, base, "one-answer", "unknowns.csv")) != string(read(t, base, "again", "unknowns.csv")) {
		t.Error("the data set gives another answer than the decision")
	}
}

// Shares that ran where there is no common file system are merged, batch by batch.
func TestSharesOfADecisionMerge(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	at := func(name string) string { return filepath.Join(base, name) }
	decide := func(data string, args ...string) {
		t.Helper()
		done(t, append(append([]string{}, smallDecision...), append([]string{"--most", "50", "--data-only", "--data", at(data)}, args...)...)...)
	}
	decide("whole")
	decide("a", "--shard", "1/2")
	decide("b", "--shard", "2/2")
	done(t, "sweep", "merge", at("merged"), at("a"), at("b"))
	identical(t, at("whole"), at("merged"))
}

// Killed at any moment, a decision goes on where it was, and comes to the same bytes.
func TestKilledDecisionResumesToTheSameBytes(t *testing.T) {
	t.Parallel()
	args := append(append([]string{}, smallDecision...), "--data", "data", "--data-only")
	whole := built(t, args...)
	began := time.Now()
	if out, err := whole.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	took := time.Since(began)
	broken, killed := t.TempDir(), 0
	for n := range kills() + 1 {
		cmd := built(t, args...)
		cmd.Dir = broken
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if n < kills() {
			defer time.AfterFunc(took*time.Duration(n+2)/time.Duration(kills()+4), func() { _ = cmd.Process.Signal(syscall.SIGKILL) }).Stop()
		}
		if err := cmd.Wait(); err != nil {
			killed++
		}
	}
	if killed == 0 {
		t.Error("was never killed")
	}
	identical(t, filepath.Join(whole.Dir, "data"), filepath.Join(broken, "data"))
}

// What is wrong is said, with what is allowed, before anything runs.
func TestDecideRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	wrong := filepath.Join(dir, "wrong.toml")
	if err := os.WriteFile(wrong, []byte("name = \"x\"\nscenario = \"base\"\nobjective = \"net_benefits\"\n[options]\nproject.years = [1, 3]\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	said := filepath.Join(dir, "said.toml")
	if err := os.WriteFile(said, []byte(done(t, "scenario", "show", "base")), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args string
		want string
	}{
		{wrong, `objective = "net_benefits": in column 1, there is no net_benefits; did you mean net_benefit?`},
		{"base --worlds 3", "3 worlds: must be within 20..100000"},
		{"base --worlds 50 --most 20", "--most = 20: must be within 50..50000, with 50 worlds that every option meets"},
		{"base --replications 1001", "--replications = 1001: must be within 1..1000"},
		{"base --unknown trust.strat", "did you mean trust.start?"},
		{"base --unknown project.years", "project.years is what the options differ in"},
		{"base --map trust.start", "a map is over two parameters"},
		{"base --map trust.start,money.manager", "money.manager is neither a lever of the options nor unknown"},
		{"base --set project.years=3", "is what the options differ in"},
		{"base --shard 3/2", `"3/2" is not a share`},
		{"base --matters -1", "--matters = -1: must be within 0..100"},
		{"nowhere", "no shipped decision or scenario of that name"},
		{said, "nothing is unknown"},
		{"", "decide wants a SCENARIO or a DECISION"},
	} {
		args := append([]string{"decide"}, strings.Fields(c.args)...)
		code, _, stderr := call(append(args, "--quiet", "--out", filepath.Join(dir, "out"), "--data", filepath.Join(dir, "data"))...)
		if code != exitUsage || !strings.Contains(stderr, c.want) {
			t.Errorf("%s: exit code %d, %q; want %q", c.args, code, stderr, c.want)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "data")); err == nil {
		t.Error("a data set was begun")
	}
}
