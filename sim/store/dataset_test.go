package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"testing"
)

// sweepHead is a small data set of 7 rows in chunks of 3, with a series of two
// weeks a run.
func sweepHead(replications int) Head {
	return Head{
		Version: "1.0",
		Facts:   []Fact{{"design", "d1"}, {"model", "m1"}, {"seed", "1"}},
		Layout:  Layout{Rows: 7, Replications: replications, PartRows: 3, Block: 4},
		Tables: []PartTable{
			{"parts", "one run", append(KeyColumns(), Column{"value", "k€", "closed", Float64}, Column{"form", "", "", Text}, Column{"ended", "", "", Bool})},
			{"series", "one week of a run", append(KeyColumns(), Column{"week", "weeks", "", Int64}, Column{"trust", "1", "", Float64})},
		},
	}
}

// sweepFiles are a text and two files of a table, of which one is no text.
func sweepFiles() []Source {
	points := Table{Name: "points", Columns: []Column{{"row", "", "", Int64}, {"hours", "hours", "", Float64}}}
	files := []Source{{"design.toml", []byte("name = \"d\"\nseed = 1\n")}}
	for _, f := range []Format{CSV, Parquet} {
		var b bytes.Buffer
		err := WriteTable(&b, f, points, func(w *TableWriter) error {
			for row := range 7 {
				_ = w.Int(int64(row)).Float(float64(row) / 3).EndRow() // WriteTable says what goes wrong
			}
			return nil
		})
		if err != nil {
			panic(err)
		}
		files = append(files, Source{"points" + f.ending(), b.Bytes()})
	}
	return files
}

// outcome depends on the run alone. It goes through all that is awkward.
func outcome(row, replication int) float64 {
	awkward := []float64{math.NaN(), math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.MaxFloat64, 0.1}
	if k := row*31 + replication*7; k%3 == 0 {
		return awkward[k/3%len(awkward)]
	}
	return math.Sqrt(float64(row)) + float64(replication)
}

var forms = []string{"", "system", "a,\"b\"\n", "Größe"}

// simulate writes the runs of a part.
func simulate(w *PartWriter, p Part) error {
	for row := p.FirstRow; row < p.FirstRow+p.Rows; row++ {
		for r := p.FirstReplication; r < p.FirstReplication+p.Replications; r++ {
			y := outcome(row, r)
			if err := w.Table("parts").Int(int64(row)).Int(int64(r)).Float(y).Text(forms[(row+r)%4]).Bool(r%2 == 0).EndRow(); err != nil {
				return err
			}
			for week := range 2 {
				if err := w.Table("series").Int(int64(row)).Int(int64(r)).Int(int64(week)).Float(y / 2).EndRow(); err != nil {
					return err
				}
			}
		}
	}
	return w.Close()
}

// do computes parts that are missing, n at most, and finishes.
func (d *Dataset) do(n int) (missing int, err error) {
	for _, p := range d.Missing()[:min(n, len(d.Missing()))] {
		w, err := d.Begin(p)
		if err != nil {
			return 0, err
		}
		if err := simulate(w, p); err != nil {
			return 0, err
		}
	}
	return d.Finish(context.Background())
}

const all = math.MaxInt

// sweep opens the data set, computes n parts of the share and closes it.
func sweep(path string, replications, n int, s Shard) (missing int, err error) {
	d, err := OpenDataset(context.Background(), path, sweepHead(replications), sweepFiles(), s)
	if err != nil {
		return 0, err
	}
	missing, err = d.do(n)
	return missing, errors.Join(err, d.Close())
}

func mustSweep(t testing.TB, path string, replications, n int, s Shard) (missing int) {
	t.Helper()
	missing, err := sweep(path, replications, n, s)
	if err != nil {
		t.Fatal(err)
	}
	return missing
}

// make1 makes a data set of a head, or a share of it, in one go.
func make1(t testing.TB, path string, h Head, s Shard) (missing int) {
	t.Helper()
	d, err := OpenDataset(context.Background(), path, h, sweepFiles(), s)
	if err != nil {
		t.Fatal(err)
	}
	missing, err = d.do(all)
	if err = errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
	return missing
}

// whole is the tree of a data set computed in one go.
func whole(t testing.TB, replications int) map[string]string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "whole")
	if missing := mustSweep(t, path, replications, all, Shard{}); missing != 0 {
		t.Fatalf("%d parts are missing", missing)
	}
	return tree(t, path)
}

// same fails when two trees differ in a name or a byte.
func same(t testing.TB, what string, got, want map[string]string) {
	t.Helper()
	if !slices.Equal(names(got), names(want)) {
		t.Fatalf("%s: files %v, want %v", what, names(got), names(want))
	}
	for name := range want {
		if got[name] != want[name] {
			t.Fatalf("%s: %s is other bytes", what, name)
		}
	}
}

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
	for _, steps := range [][]int{{1, 14}, {4, 14}, {5, 6, 14}, {3, 8, 9, 10, 14}, {13, 14}, {14, 5}} {
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
	d, err := OpenDataset(context.Background(), path, sweepHead(2), sweepFiles(), Shard{})
	if err != nil {
		t.Fatal(err)
	}
	if h := d.Head(); h.Replications != 6 || len(d.Missing()) != 0 {
		t.Errorf("%d replications, missing %v", h.Replications, d.Missing())
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	same(t, "after", tree(t, path), whole(t, 6))
}

// A part size asked for later does not count, and is no change.
func TestLayoutStays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	mustSweep(t, path, 6, 1, Shard{})
	h := sweepHead(6)
	h.PartRows, h.Block, h.Version = 100, 100, "2.0"
	d, err := OpenDataset(context.Background(), path, h, sweepFiles(), Shard{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.do(all); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	same(t, "after", tree(t, path), whole(t, 6))
}

// An extension while another process is at work: it does not take its own
// goal for complete.
func TestExtendedMeanwhile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	d, err := OpenDataset(context.Background(), path, sweepHead(5), sweepFiles(), Shard{1, 2})
	if err != nil {
		t.Fatal(err)
	}
	mustSweep(t, path, 9, 1, Shard{2, 2})
	if missing, err := d.do(all); err != nil || missing == 0 {
		t.Errorf("missing %d, %v", missing, err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
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
	d, err := OpenDataset(context.Background(), path, sweepHead(6), sweepFiles(), Shard{})
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := tree(t, path)[ManifestName]; ok {
		t.Error("extended, and the manifest is there")
	}
	if _, err := d.do(all); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(path, ManifestName), stale)
	if s, err := ReadStatus(t.Context(), path, 1); err != nil || s.Complete {
		t.Errorf("complete by a stale manifest: %v, %v", s, err)
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
	d, err := OpenDataset(context.Background(), path, sweepHead(10), sweepFiles(), Shard{})
	if err != nil {
		t.Fatal(err)
	}
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
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	same(t, "after", tree(t, path), whole(t, 10))
}
