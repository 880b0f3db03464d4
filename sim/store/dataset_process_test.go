package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The share of a sweeper and how many replications it asks for, by environment.
const (
	shareOf        = "EPGSIM_STORE_TEST_SHARE"
	replicationsOf = "EPGSIM_STORE_TEST_REPLICATIONS"
)

// beSweeper computes all that is missing of its share and says what is left.
func beSweeper(path string) {
	s, err := ParseShard(os.Getenv(shareOf))
	if err != nil {
		s = Shard{}
	}
	var replications int
	if _, err := fmt.Sscan(os.Getenv(replicationsOf), &replications); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("begins")
	missing, err := sweep(path, replications, all, s)
	fmt.Println("missing", missing, err)
}

func sweeper(t *testing.T, path, share string, replications int) (cmd *exec.Cmd, said *strings.Builder) {
	t.Helper()
	cmd, said = helper(t, "sweeper", path), new(strings.Builder)
	cmd.Env = append(cmd.Env, shareOf+"="+share, fmt.Sprint(replicationsOf, "=", replications))
	cmd.Stdout = said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, said
}

// Killed at any moment, again and again, alone or as one of three, a sweep
// ends in the bytes of one that was not. In between nothing under a real name
// is half.
func TestSweepKilled(t *testing.T) {
	replications := either(40, 60)
	want := whole(t, replications)
	luck := rand.New(rand.NewPCG(1, 2))
	kills := 0
	for _, shares := range [][]string{{""}, {"1/3", "2/3", "3/3"}} {
		path := t.TempDir()
		for range either(4, 6) {
			var all []*exec.Cmd
			for _, share := range shares {
				cmd, _ := sweeper(t, path, share, replications)
				all = append(all, cmd)
			}
			time.Sleep(time.Duration(luck.IntN(120)) * time.Millisecond)
			for _, cmd := range all {
				_ = cmd.Process.Kill() // it may have ended
				if cmd.Wait() != nil { // says that it was killed
					kills++
				}
			}
			for name, content := range tree(t, path) {
				if now, ok := want[name]; ok && name != ManifestName && content != now {
					t.Fatalf("after a kill %s is there and other bytes", name)
				}
			}
		}
		for _, share := range shares {
			cmd, said := sweeper(t, path, share, replications)
			if err := cmd.Wait(); err != nil || !strings.Contains(said.String(), "<nil>") {
				t.Fatalf("share %q: %v, it said %q", share, err, said)
			}
		}
		same(t, fmt.Sprint(shares), tree(t, path), want)
	}
	t.Logf("%d kills", kills)
	if kills == 0 {
		t.Error("no process was killed: the test shows nothing")
	}
}

// Four processes make the same data set at the same moment.
func TestRacingCreation(t *testing.T) {
	want := whole(t, 9)
	for range either(1, 3) {
		path := filepath.Join(t.TempDir(), "a", "out")
		var cmds []*exec.Cmd
		var said []*strings.Builder
		for i := range 4 {
			cmd, words := sweeper(t, path, fmt.Sprint(i+1, "/4"), 9)
			cmds, said = append(cmds, cmd), append(said, words)
		}
		complete := 0
		for i, cmd := range cmds {
			if err := cmd.Wait(); err != nil || !strings.HasSuffix(said[i].String(), "<nil>\n") {
				t.Errorf("process %d: %v, it said %q", i, err, said[i])
			}
			complete += strings.Count(said[i].String(), "missing 0 ")
		}
		if complete == 0 {
			t.Error("nobody found the data set complete")
		}
		same(t, "after", tree(t, path), want)
	}
}

// Who is at work keeps others off the same share and off the whole, not off
// another share, and is named.
func TestSharesAreLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	open := func(s Shard) (*Dataset, error) {
		return OpenDataset(context.Background(), path, sweepHead(6), sweepFiles(), s)
	}
	first, err := open(Shard{1, 2})
	if err != nil {
		t.Fatal(err)
	}
	second, err := open(Shard{2, 2})
	if err != nil {
		t.Fatal(err)
	}
	me := fmt.Sprintf("process %d ", os.Getpid())
	for s, want := range map[Shard]string{{1, 2}: "share 1/2", {}: path} {
		if _, err := open(s); !errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), me) {
			t.Errorf("%v: %v", s, err)
		}
	}
	status, err := ReadStatus(t.Context(), path, 2)
	if got := strings.Join(status.Writers, "; "); err != nil || strings.Count(got, me) != 2 || !strings.Contains(got, "share 2/2: ") {
		t.Errorf("at work: %q, %v", got, err)
	}
	for _, d := range []*Dataset{first, second} {
		mustClose(t, d)
	}
	alone, err := open(Shard{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := open(Shard{1, 2}); !errors.Is(err, ErrBusy) {
		t.Errorf("a share beside the whole: %v", err)
	}
	if status, err := ReadStatus(t.Context(), path, 1); err != nil || len(status.Writers) != 1 {
		t.Errorf("at work: %v, %v", status, err)
	}
	mustClose(t, alone)
	for _, name := range list(t, path) {
		if isLock(name) {
			t.Errorf("at rest there is %s", name)
		}
	}
}

// Without locks all goes on, and two processes on the same share do no harm.
func TestWithoutLocks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	without := func(f *folder) { f.flock = func(*os.File, bool) (bool, error) { return false, nil } }
	open := func() *Dataset {
		d, err := openDataset(context.Background(), path, sweepHead(6), sweepFiles(), Shard{1, 1}, without)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	a, b := open(), open()
	for _, d := range []*Dataset{a, b} {
		if missing, err := d.do(all); missing != 0 || err != nil {
			t.Errorf("missing %d, %v", missing, err)
		}
	}
	if err := errors.Join(a.Close(), b.Close()); err != nil {
		t.Error(err)
	}
	same(t, "after", tree(t, path), whole(t, 6))
}
