package store

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Seven rows by three, ten replications by four: nine parts, and what they are
// called.
func TestDataset(t *testing.T) {
	want := []string{"design.toml", "manifest.json", "points.csv", "points.parquet", "sweep.json"}
	for _, table := range []string{"parts", "series"} {
		for _, rows := range []string{"0000000-0000002", "0000003-0000005", "0000006-0000006"} {
			for _, replications := range []string{"r00000-00003", "r00004-00007", "r00008-00009"} {
				want = append(want, table+"/part-"+rows+"-"+replications+".parquet")
			}
		}
	}
	slices.Sort(want)
	one := whole(t, 10)
	if !slices.Equal(names(one), want) {
		t.Errorf("files %v, want %v", names(one), want)
	}
	same(t, "once more", whole(t, 10), one)
}

// Whatever the path to 14 replications, the directory is the same bytes.
func TestExtend(t *testing.T) {
	want := whole(t, 14)
	for _, steps := range either([][]int{{5, 6, 14}, {4, 14}, {14, 5}}, [][]int{{1, 14}, {4, 14}, {5, 6, 14}, {3, 8, 9, 10, 14}, {13, 14}, {14, 5}}) {
		for _, n := range []int{2, all} { // an extension of what is not complete, too
			path := filepath.Join(t.TempDir(), "out")
			for _, replications := range steps[:len(steps)-1] {
				mustSweep(t, path, replications, n, Shard{})
			}
			if missing := mustSweep(t, path, steps[len(steps)-1], all, Shard{}); missing != 0 {
				t.Errorf("%v: %d missing", steps, missing)
			}
			same(t, fmt.Sprint(steps, " by ", n), tree(t, path), want)
		}
	}
}

// Asked for fewer replications, a data set keeps what it has.
func TestFewerReplications(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	mustSweep(t, path, 6, all, Shard{})
	d := mustOpen(t, path, sweepHead(2), Shard{})
	if h := d.Head(); h.Replications != 6 || len(d.Missing()) != 0 {
		t.Errorf("%d replications, missing %v", h.Replications, d.Missing())
	}
	mustClose(t, d)
	same(t, "after", tree(t, path), whole(t, 6))
}

// A part size asked for later does not count, and is no change.
func TestLayoutStays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	mustSweep(t, path, 6, 1, Shard{})
	h := sweepHead(6)
	h.PartRows, h.Block, h.Version = 100, 100, "2.0"
	d := mustOpen(t, path, h, Shard{})
	finish(t, d)
	same(t, "after", tree(t, path), whole(t, 6))
}

// An extension while another process is at work: it does not take its own
// goal for complete.
func TestExtendedMeanwhile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	d := mustOpen(t, path, sweepHead(5), Shard{1, 2})
	mustSweep(t, path, 9, 1, Shard{2, 2})
	if missing, err := d.do(all); err != nil || missing == 0 {
		t.Errorf("missing %d, %v", missing, err)
	}
	mustClose(t, d)
	mustSweep(t, path, 5, all, Shard{2, 2})
	if missing := mustSweep(t, path, 5, all, Shard{1, 2}); missing != 0 {
		t.Errorf("missing %d", missing)
	}
	same(t, "after", tree(t, path), whole(t, 9))
}

// A manifest that was left by a process that did not see an extension says
// nothing.
func TestStaleManifest(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	mustSweep(t, path, 4, all, Shard{})
	stale := tree(t, path)[ManifestName]
	d := mustOpen(t, path, sweepHead(6), Shard{})
	if _, ok := tree(t, path)[ManifestName]; ok {
		t.Error("extended, and the manifest is there")
	}
	finish(t, d)
	write(t, filepath.Join(path, ManifestName), stale)
	if s, err := ReadStatus(t.Context(), path, 1); err != nil || s.Complete {
		t.Errorf("complete by a stale manifest: %v, %v", s, err)
	}
	if _, err := OpenForReading(path); err == nil || !strings.Contains(err.Error(), "not complete") {
		t.Errorf("read by a stale manifest: %v", err)
	}
	if missing := mustSweep(t, path, 6, all, Shard{}); missing != 0 {
		t.Errorf("missing %d", missing)
	}
	same(t, "after", tree(t, path), whole(t, 6))
}

// Creation broken off at any file is gone on with.
func TestCreationBrokenOff(t *testing.T) {
	want := whole(t, 3)
	for n := range 4 {
		path := t.TempDir()
		for _, s := range sweepFiles()[:n] {
			write(t, filepath.Join(path, s.Path), want[s.Path])
		}
		write(t, filepath.Join(path, ".sweep.json.77-0"+tempSuffix), "half")
		write(t, filepath.Join(path, headLock), "{\"pid\":77}\n")
		mustSweep(t, path, 3, all, Shard{})
		same(t, fmt.Sprint(n, " files"), tree(t, path), want)
	}
}

// In whatever order parts are written, and with some given up in between.
func TestAnyOrder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	d := mustOpen(t, path, sweepHead(10), Shard{})
	parts := d.Missing()
	slices.Reverse(parts)
	for _, p := range parts {
		given, err := d.Begin(p)
		if err != nil {
			t.Fatal(err)
		}
		if err := given.Table("series").Int(9).Int(9).Int(9).Float(9).EndRow(); err != nil {
			t.Fatal(err)
		}
		w, err := d.Begin(p) // the same part twice at a time
		if err != nil {
			t.Fatal(err)
		}
		if err := simulate(w, p); err != nil {
			t.Fatal(err)
		}
		given.Abort()
	}
	if missing, err := d.Finish(context.Background()); missing != 0 || err != nil {
		t.Fatalf("missing %d, %v", missing, err)
	}
	mustClose(t, d)
	same(t, "after", tree(t, path), whole(t, 10))
}
