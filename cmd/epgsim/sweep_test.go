//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// smallDesign is a sweep of a few seconds, in a dozen parts.
const smallDesign = `
name = "small"
scenario = "base"
method = "morris"
points = 120
levels = 4
replications = 4
outcomes = ["value_project"]
[set.group]
focus = 1
[[factor]]
every = "uncertainty"
section = "joint"
[[factor]]
parameter = "group.size"
low = 4
high = 6
`

// identical compares two data sets byte by byte, every file of them.
func identical(t *testing.T, a, b string) {
	t.Helper()
	files := tree(t, a)
	if !slices.Equal(files, tree(t, b)) {
		t.Fatalf("%s has the files %q, %s has %q", a, files, b, tree(t, b))
	}
	if !slices.Contains(files, "manifest.json") {
		t.Fatalf("%s has no manifest", a)
	}
	for _, f := range files {
		if !bytes.Equal(read(t, a, f), read(t, b, f)) {
			t.Errorf("%s differs; %s", f, causes)
		}
	}
}

// However a sweep is run, the bytes are the same: workers, shares in any
// order, more replications later.
func TestSweepHasTheSameBytesHoweverItIsRun(t *testing.T) {
	t.Parallel()
	design, base := designFile(t, strings.Replace(smallDesign, "points = 120", "points = 40", 1)), t.TempDir()
	sweep := func(dir string, args ...string) {
		t.Helper()
		done(t, append([]string{"sweep", design, "--quiet", "--out", filepath.Join(base, dir)}, args...)...)
	}
	sweep("one", "--workers", "1", "--replications", "7")
	sweep("many", "--workers", "5", "--replications", "7")
	for _, share := range []string{"3/3", "1/3", "2/3"} {
		sweep("shares", "--shard", share, "--replications", "7")
	}
	for _, n := range []string{"1", "6", "7"} {
		sweep("extended", "--replications", n)
	}
	var says bytes.Buffer // fewer than there are take nothing away
	if code := run(t.Context(), []string{"sweep", design, "--quiet", "--out", filepath.Join(base, "extended"), "--replications", "2"}, &says, &says); code != 0 || !strings.Contains(says.String(), "keeps them all") {
		t.Errorf("of fewer replications: %d, %q", code, &says)
	}
	for _, dir := range []string{"many", "shares", "extended"} {
		identical(t, filepath.Join(base, "one"), filepath.Join(base, dir))
	}
	sweep("seed", "--replications", "7", "--seed", "2")
	if slices.Equal(read(t, base, "one", "manifest.json"), read(t, base, "seed", "manifest.json")) {
		t.Error("another seed gives the same data set: what was compared says nothing")
	}
}

// kills is how often the sweep of TestKilledSweepResumesToTheSameBytes is
// killed: once, or eight times in the long form. EPGSIM_KILLS asks for more.
func kills() int {
	if n, err := strconv.Atoi(os.Getenv("EPGSIM_KILLS")); err == nil {
		return n
	}
	return len(some(1, make([]int, 8)))
}

// Killed at random moments, a sweep goes on where it was, and comes to the
// bytes of one that was never disturbed. EPGSIM_SWEEP names another design.
func TestKilledSweepResumesToTheSameBytes(t *testing.T) {
	t.Parallel()
	design := designFile(t, smallDesign)
	if other := os.Getenv("EPGSIM_SWEEP"); other != "" {
		design = other
	}
	whole := built(t, "sweep", design, "--quiet", "--out", "out")
	began := time.Now()
	if out, err := whole.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	took := time.Since(began)
	dice := rand.New(rand.NewPCG(1, 2))
	broken := t.TempDir()
	killed := 0
	for n := range 100 * kills() {
		cmd := built(t, whole.Args[1:]...)
		cmd.Dir = broken
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if killed < kills() {
			// Starting takes a while, so that some are killed before they have
			// done anything.
			wait := time.Duration((0.2 + 1.6*dice.Float64()) * float64(took) / float64(max(3, kills())))
			timer := time.AfterFunc(wait+20*time.Millisecond, func() { _ = cmd.Process.Signal(syscall.SIGKILL) })
			defer timer.Stop()
		}
		err := cmd.Wait()
		if err == nil {
			t.Logf("undisturbed in %v; killed %d times, done at start %d", took, killed, n+1)
			break
		}
		if cmd.ProcessState.ExitCode() != -1 {
			t.Fatalf("ended by itself: %v", err)
		}
		killed++
	}
	if killed < max(1, kills()/2) {
		t.Errorf("was killed only %d times", killed)
	}
	identical(t, filepath.Join(whole.Dir, "out"), filepath.Join(broken, "out"))
}

// A scheduler's SIGTERM ends a sweep at once, with what is finished kept.
func TestTerminatedSweepGoesOn(t *testing.T) {
	t.Parallel()
	design := designFile(t, strings.Replace(smallDesign, "points = 120", "points = 600", 1))
	cmd := built(t, "sweep", design, "--quiet", "--out", "out")
	stderr := begin(t, cmd, "parts/*.parquet", 1)
	if code := stop(t, cmd, syscall.SIGTERM); code != exitInterrupted {
		t.Errorf("exit code %d, want %d", code, exitInterrupted)
	}
	if want := "epgsim: interrupted; what was finished is kept; to go on: epgsim sweep " + design + " --quiet --out out\n"; stderr.String() != want {
		t.Errorf("stderr is %q, want %q", stderr, want)
	}
	for _, f := range tree(t, filepath.Join(cmd.Dir, "out")) {
		if strings.HasPrefix(filepath.Base(f), ".") || f == "manifest.json" {
			t.Errorf("%s was left behind", f)
		}
	}
	status := done(t, "sweep", "status", filepath.Join(cmd.Dir, "out"))
	if !strings.Contains(status, " of 14400 runs") || strings.Contains(status, "complete") {
		t.Errorf("status says:\n%s", status)
	}
}

// A changed design is refused, with what has changed, and nothing is touched.
func TestChangedSweepIsRefused(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "out")
	done(t, "sweep", designFile(t, smallDesign), "--quiet", "--out", dir, "--replications", "1")
	before := tree(t, dir)
	head := read(t, dir, "sweep.json")
	for name, c := range map[string]struct {
		args []string
		want []string
	}{
		"a factor":    {[]string{designFile(t, strings.Replace(smallDesign, "high = 6", "high = 7", 1))}, []string{"-high = 6", "+high = 7"}},
		"a parameter": {[]string{designFile(t, smallDesign), "--set", "manager.hours=12"}, []string{"manager", "+hours = 12"}},
		"the seed":    {[]string{designFile(t, smallDesign), "--seed", "9"}, []string{"seed"}},
	} {
		code, stdout, stderr := call(append([]string{"sweep", "--quiet", "--out", dir}, c.args...)...)
		if code != exitUsage || stdout != "" {
			t.Errorf("%s has changed: exit code %d, stdout %q", name, code, stdout)
		}
		for _, w := range c.want {
			if !strings.Contains(stderr, w) {
				t.Errorf("%s has changed: %q is not in:\n%s", name, w, stderr)
			}
		}
	}
	if !slices.Equal(before, tree(t, dir)) || !bytes.Equal(head, read(t, dir, "sweep.json")) {
		t.Error("a sweep that is refused has changed the data set")
	}
}

// What export writes has every run once, in order, with the numbers that run
// gives for the same scenario and luck.
func TestSweepAgreesWithRun(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	dir := filepath.Join(base, "set")
	design := designFile(t, `
name = "years"
scenario = "food-products"
method = "factorial"
replications = 5
outcomes = ["value_project"]
[[factor]]
parameter = "project.years"
values = [1, 2]
`)
	done(t, "sweep", design, "--quiet", "--out", dir)
	done(t, "sweep", "export", dir)
	done(t, "run", "food-products", "--vary", "project.years=1,2", "--replications", "5", "--quiet", "--format", "csv", "--data-only", "--out", filepath.Join(base, "run"))
	// The sweep's columns before the outcomes are row, replication, block, role,
	// group, delta, project.years, reason; run has variant, years, replication.
	got := outcomesOf(string(read(t, base, "set.csv")), 8)
	want := outcomesOf(string(read(t, base, "run", "replications.csv")), 3)
	want = slices.DeleteFunc(want, func(row string) bool { return !slices.Contains(got, row) }) // without the project that goes on
	slices.Sort(got)                                                                            // run has the periods of a replication side by side
	slices.Sort(want)
	if len(got) != 11 || !slices.Equal(got, want) {
		t.Errorf("%d rows of the sweep are not the %d of run:\n%s\n%s", len(got), len(want), got[1], want)
	}
}

// outcomesOf drops the first columns of a CSV.
func outcomesOf(text string, drop int) (rows []string) {
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		rows = append(rows, strings.Join(strings.Split(line, ",")[drop:], ","))
	}
	return rows
}

// --dry-run runs nothing for good, and its sums are right.
func TestDryRunLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "out")
	text := done(t, "sweep", designFile(t, smallDesign), "--dry-run", "--out", dir, "--workers", "3")
	rows := 120 * (len(strings.Split(done(t, "sweep", "show", designFile(t, smallDesign)), "[[factor]]")))
	for _, want := range []string{fmt.Sprintf("%d rows", rows), fmt.Sprintf("%d runs", 4*rows), "with 3 workers"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in:\n%s", want, text)
		}
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("a dry run has left a directory")
	}
}

// --dry-run refuses the places that the sweep itself would, in the same words.
func TestDryRunRefusesAsTheSweep(t *testing.T) {
	t.Parallel()
	design, dir := designFile(t, smallDesign), t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, place := range []string{dir, filepath.Join(dir, "file"), filepath.Join(dir, "file", "x")} {
		dry, stdout, says := call("sweep", design, "--dry-run", "--out", place)
		real, _, want := call("sweep", design, "--out", place)
		if dry != exitUsage || stdout != "" || real != dry || says != want {
			t.Errorf("%s: exit code %d and %q, of the sweep %d and %q", place, dry, says, real, want)
		}
	}
}

// Words typed steer no terminal when they are said again.
func TestWordsSaidAgainAreHarmless(t *testing.T) {
	t.Parallel()
	design, out := designFile(t, smallDesign), filepath.Join(t.TempDir(), "r\x1b[31mx")
	for _, replications := range []string{"2", "1"} { // of fewer there is something to say
		code, stdout, stderr := call("sweep", design, "--quiet", "--replications", replications, "--out", out)
		if code != exitDone || strings.Contains(stdout+stderr, "\x1b") || !strings.Contains(stdout+stderr, "r\uFFFD[31mx") {
			t.Errorf("exit code %d, stdout %q, stderr %q", code, stdout, stderr)
		}
	}
	ended, end := context.WithCancel(t.Context())
	end()
	var stdout, stderr bytes.Buffer
	code := run(ended, []string{"sweep", design, "--quiet", "--replications", "3", "--out", out}, &stdout, &stderr)
	if code != exitInterrupted || strings.Contains(stderr.String(), "\x1b") || !strings.Contains(stderr.String(), "to go on: epgsim sweep") {
		t.Errorf("interrupted: exit code %d, stderr %q", code, &stderr)
	}
}

// What is typed again has its flags where flags are read.
func TestTyped(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"run base":          "epgsim run base --force",
		"run --quiet -- -x": "epgsim run --quiet --force -- -x",
	} {
		if got := (&app{args: strings.Fields(args)}).typed("--force"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
