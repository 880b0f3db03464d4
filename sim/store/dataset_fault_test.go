package store

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Whatever fails at any file: the error is in words, no part is there that is
// not whole, and when it is over the sweep goes on to the same bytes.
func TestSweepFaults(t *testing.T) {
	want := whole(t, 6)
	for name, c := range map[string]struct {
		file faulty
		want string
	}{
		"full":    {faulty{write: syscall.ENOSPC}, "the disk is full"},
		"at sync": {faulty{sync: syscall.EIO}, "reports a fault"},
		"closing": {faulty{end: syscall.EDQUOT}, "quota is used up"},
	} {
		for _, good := range either([]int{0, 3, 4, 5, 16, 17}, []int{0, 1, 2, 3, 4, 5, 6, 10, 15, 16, 17}) { // files written before: of 3 + head + 2 × 6 parts + manifest
			path := filepath.Join(t.TempDir(), "out")
			files := 0
			prepare := func(f *folder) {
				f.create = func(root *os.Root, name string) (handle, error) {
					h, err := createFile(root, name)
					if files++; files <= good || err != nil {
						return h, err
					}
					bad := c.file
					bad.handle = h
					return &bad, nil
				}
			}
			d, err := openDataset(context.Background(), path, sweepHead(6), sweepFiles(), Shard{}, prepare)
			if err == nil {
				_, err = d.do(all)
				if e := d.Close(); e != nil {
					t.Errorf("%s after %d: Close: %v", name, good, e)
				}
			}
			if complete := good == 17; (err == nil) != complete || !complete && !strings.Contains(err.Error(), c.want) {
				t.Fatalf("%s after %d files: %v", name, good, err)
			}
			if _, err := os.Stat(path); err == nil {
				for file, content := range tree(t, path) {
					if content != want[file] {
						t.Errorf("%s after %d files: %s is left", name, good, file)
					}
				}
			}
			mustSweep(t, path, 6, all, Shard{})
			same(t, name, tree(t, path), want)
		}
	}
}

// A part that is not what it should be is told and computed again.
func TestBrokenParts(t *testing.T) {
	want := whole(t, 6)
	others := sweepHead(6)
	others.Facts[0].Value = "another design"
	foreign := filepath.Join(t.TempDir(), "foreign")
	d := mustOpen(t, foreign, others, Shard{})
	finish(t, d)
	first, series := "parts/part-0000000-0000002-r00000-00003.parquet", "series/part-0000000-0000002-r00000-00003.parquet"
	for name, c := range map[string]struct{ file, content, says string }{
		"cut short":        {first, want[first][:len(want[first])/2], "its end is missing"},
		"empty":            {first, "", "it has 0 bytes"},
		"no end":           {first, want[first] + "\x00", "its end is missing"},
		"a text":           {first, strings.Repeat("hello ", 100), "not a Parquet file"},
		"of another":       {first, tree(t, foreign)[first], "of another data set"},
		"another part":     {first, want["parts/part-0000000-0000002-r00004-00005.parquet"], "is another part"},
		"series cut short": {series, want[series][:100], "its end is missing"},
	} {
		path := filepath.Join(t.TempDir(), "out")
		mustSweep(t, path, 6, all, Shard{})
		write(t, filepath.Join(path, c.file), c.content)
		if s, err := ReadStatus(t.Context(), path, 1); err != nil || s.Done != 5 || len(s.Warnings) != 1 || s.Complete {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
		d := mustOpen(t, path, sweepHead(6), Shard{})
		if w := d.Warnings(); len(d.Missing()) != 1 || len(w) != 1 || !strings.Contains(w[0], c.says) || !strings.Contains(w[0], "part-0000000-0000002-r00000-00003") {
			t.Errorf("%s: missing %v, warnings %q", name, d.Missing(), w)
		}
		if _, ok := tree(t, path)[ManifestName]; ok {
			t.Errorf("%s: the manifest is there still", name)
		}
		finish(t, d)
		same(t, name, tree(t, path), want)
	}
}

// What is no part is left alone.
func TestStrangersAmongParts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	mustSweep(t, path, 6, all, Shard{})
	stray := []string{"notes.txt", "part-0000000-0000002-r00000-00009.parquet", "part-0-2-r0-3.parquet", "part-0000000-0000002-r00000-00003.csv"}
	for _, name := range stray {
		write(t, filepath.Join(path, "parts", name), "x")
	}
	d := mustOpen(t, path, sweepHead(6), Shard{})
	if len(d.Missing()) != 0 {
		t.Errorf("missing %v", d.Missing())
	}
	finish(t, d)
	for _, name := range stray {
		if got := tree(t, path)["parts/"+name]; got != "x" {
			t.Errorf("%s is %q", name, got)
		}
	}
}
