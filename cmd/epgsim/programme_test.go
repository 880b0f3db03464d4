//go:build unix

package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// smallProgramme is a programme of a second or so, in eight parts.
const smallProgramme = `
name = "small"
budget = 18000
applicants = 300
times = 4
[spread]
group.technology = 0.2
[[pool]]
scenario = "food-products"
[[pool]]
scenario = "paper-machinery"
[[policy]]
name = "two years for all"
years = 2
[[policy]]
name = "a gate after one"
select = "lottery"
years = 1
extend = { years = 1, when = "deals_project >= 1" }
`

// However a programme is simulated, the bytes of data set and report are the same:
// workers, shares in any order, more draws later; and killed at random moments it
// goes on where it was.
func TestProgrammeHasTheSameBytesHoweverItIsRun(t *testing.T) {
	t.Parallel()
	file, base := filepath.Join(t.TempDir(), "p.toml"), t.TempDir()
	text := smallProgramme
	if !asked {
		text = strings.NewReplacer("budget = 18000", "budget = 4000", "times = 4", "times = 2").Replace(text)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	words := func(dir string, args ...string) []string {
		return append([]string{"programme", file, "--quiet", "--data", filepath.Join(base, dir)}, args...)
	}
	began := time.Now()
	done(t, words("one", "--workers", "1", "--out", filepath.Join(base, "r1"))...)
	took := time.Since(began)
	done(t, words("many", "--workers", "5", "--out", filepath.Join(base, "r2"))...)
	for _, share := range []string{"3/3", "1/3", "2/3"} {
		done(t, words("shares", "--shard", share)...)
	}
	done(t, words("extended", "--times", "1", "--out", filepath.Join(base, "r3"))...)
	done(t, words("extended", "--out", filepath.Join(base, "r4"))...)
	dice, killed := rand.New(rand.NewPCG(1, 2)), 0
	for range 100 * kills() {
		cmd := built(t, words("killed", "--simulate-only", "--workers", "1")...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if killed < kills() {
			wait := time.Duration((0.2 + 0.6*dice.Float64()) * float64(took))
			timer := time.AfterFunc(wait, func() { _ = cmd.Process.Signal(syscall.SIGKILL) })
			defer timer.Stop()
		}
		switch err := cmd.Wait(); {
		case err != nil:
			killed++
			continue
		case asked && killed == 0: // the first took longer, beside other tests: once more, and sooner
			took /= 2
			if err := os.RemoveAll(filepath.Join(base, "killed")); err != nil {
				t.Fatal(err)
			}
			continue
		}
		break
	}
	if asked && killed == 0 {
		t.Error("was never killed")
	}
	done(t, words("killed", "--out", filepath.Join(base, "r5"))...)
	for _, dir := range []string{"many", "shares", "killed"} {
		identical(t, filepath.Join(base, "one"), filepath.Join(base, dir))
	}
	for _, f := range []string{"programmes.csv", "programmes.parquet", "figures/policies.svg", "figures/gains.png"} {
		for _, dir := range []string{"r2", "r4", "r5"} {
			if string(read(t, base, "r1", f)) != string(read(t, base, dir, f)) {
				t.Errorf("%s of %s differs; %s", f, dir, causes)
			}
		}
	}
	if rest := tree(t, filepath.Join(base, "r3")); len(rest) == 0 || string(read(t, base, "r1", "programmes.csv")) == string(read(t, base, "r3", "programmes.csv")) {
		t.Error("fewer draws come to the same: what was compared says nothing")
	}
}
