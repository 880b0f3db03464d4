package store

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mostFuzzed is how many parts or runs a data set may claim to have for all of
// it to be looked at while fuzzing.
const mostFuzzed = 10_000

// fuzzedPart is the part that FuzzDataset puts its bytes in place of.
const fuzzedPart = "parts/part-0000000-0000001-r00000-00001.parquet"

// smallDataset is the directory of a complete data set of four parts.
func smallDataset(t testing.TB) map[string]string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "small")
	h := sweepHead(3)
	h.Layout = Layout{Rows: 3, Replications: 3, PartRows: 2, Block: 2}
	d, err := OpenDataset(context.Background(), path, h, sweepFiles()[:1], Shard{})
	if err != nil {
		t.Fatal(err)
	}
	finish(t, d)
	return tree(t, path)
}

// FuzzDataset: whatever the files of a data set say, looking at it changes
// nothing, errors name the directory, an export is whole or not there, and what
// is complete exports as many runs as it claims to have.
func FuzzDataset(f *testing.F) {
	good := smallDataset(f)
	head, manifest, part := good[HeadName], good[ManifestName], good[fuzzedPart]
	f.Add([]byte(head), []byte(manifest), []byte(part))
	f.Add([]byte(head), []byte{}, []byte(part))
	f.Add([]byte(head), []byte(manifest), []byte(part[:len(part)/2]))
	for old, bad := range map[string]string{
		`"rows": 3`: `"rows": 9223372036854775807`, `"replications": 3`: `"replications": 9223372036854775807`, `"part_rows": 2`: `"part_rows": 9223372036854775807`,
		`"block": 2`: `"block": 9223372036854775807`, `"path": "design.toml"`: `"path": "../design.toml"`, `"name": "parts"`: `"name": "../parts"`,
		`"type": "float64"`: `"type": "int64"`, `"format": 1`: `"format": 2`, `"bytes": `: `"bytes": -`, "{": "[",
	} {
		f.Add([]byte(strings.Replace(head, old, bad, 1)), []byte(strings.Replace(manifest, old, bad, 1)), []byte(part))
	}
	f.Fuzz(func(t *testing.T, head, manifest, part []byte) {
		files := maps.Clone(good)
		for name, content := range map[string][]byte{HeadName: head, ManifestName: manifest, fuzzedPart: part} {
			if files[name] = string(content); len(content) == 0 {
				delete(files, name)
			}
		}
		path := filepath.Join(t.TempDir(), "data")
		lay(t, path, files)
		look(t, path)
		if now := tree(t, path); !maps.Equal(now, files) {
			t.Fatalf("looked at, and changed: %v, was %v", names(now), names(files))
		}
	})
}

// look does to a data set all that should not change it.
func look(t *testing.T, path string) {
	named := func(err error) {
		t.Helper()
		if err != nil && !strings.Contains(err.Error(), filepath.Dir(path)) {
			t.Fatalf("an error that names no place: %v", err)
		}
	}
	s, err := ReadStatus(t.Context(), path, 2)
	named(err)
	if err != nil || s.Head.Parts() > mostFuzzed || s.Head.Runs() > mostFuzzed {
		return
	}
	if s.Done+s.Missing[0]+s.Missing[1] != s.Head.Parts() || s.Runs > s.Head.Runs() || s.Complete && s.Done != s.Head.Parts() {
		t.Fatalf("%+v", s)
	}
	_, complete, err := VerifyDataset(context.Background(), path)
	named(err)
	if r, err := OpenForReading(path); err == nil {
		y, err := r.Floats("value")
		named(err)
		if err == nil && len(y[0]) != s.Head.Runs() {
			t.Fatalf("%d values of %d runs", len(y[0]), s.Head.Runs())
		}
		named(r.Close())
	} else {
		named(err)
	}
	named(exported(t, path, complete, s.Head.Runs()))
	named(merged(t, path))
}

// exported exports a data set: all of its runs or nothing.
func exported(t *testing.T, path string, complete bool, runs int) error {
	to := filepath.Join(filepath.Dir(path), "to")
	if err := os.Mkdir(to, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := Export(t.Context(), path, "", CSV, filepath.Join(to, "all.csv"), false); err != nil {
		if left := list(t, to); len(left) != 0 {
			t.Fatalf("%v, and left %v", err, left)
		}
		return err
	}
	lines, err := linesOfFile(filepath.Join(to, "all.csv"))
	if err != nil || !complete || len(lines) != 1+runs {
		t.Fatalf("%v; complete: %v; %d lines of %d runs", err, complete, len(lines), runs)
	}
	return nil
}

// merged copies a data set by merging it into nothing: what is then complete is
// as it should be.
func merged(t *testing.T, path string) error {
	into := filepath.Join(filepath.Dir(path), "into")
	missing, _, err := Merge(t.Context(), into, path)
	if err != nil || missing > 0 {
		return err
	}
	found, complete, err := VerifyDataset(context.Background(), into)
	if err != nil || !complete || len(found) > 0 {
		t.Fatalf("merged: %v; complete: %v; %v", err, complete, found)
	}
	return nil
}

// FuzzPart: the name of a part is read as the part that has that name.
func FuzzPart(f *testing.F) {
	for _, name := range []string{"part-0000100-0000199-r00000-00009", "part-0000000-0000000-r00000-00000", "part--000001-0000199-r00000-00009", "part-0000001-9223372036854775807-r00000-00009", ""} {
		f.Add(name, 1000, 30, 100, 10)
	}
	f.Fuzz(func(t *testing.T, name string, rows, replications, partRows, block int) {
		l := Layout{rows, replications, partRows, block}
		p, ok := parsePart(name)
		if ok && p.Name() != name {
			t.Fatalf("%q is read as %+v, which is %q", name, p, p.Name())
		}
		if l.check() != nil {
			return
		}
		if k, is := l.index(p); is && (k < 0 || k >= l.Parts() || l.Part(k) != p) || is && l.supersedes(p) {
			t.Fatalf("%q is part %d of %+v", name, k, l)
		}
		for _, k := range []int{0, l.Parts() / 2, l.Parts() - 1} {
			p := l.Part(k)
			again, ok := parsePart(p.Name())
			if i, is := l.index(p); !ok || again != p || !is || i != k || p.Rows < 1 || p.Replications < 1 {
				t.Fatalf("part %d of %+v is %+v, index %d", k, l, p, i)
			}
		}
		shares := []Shard{{1, 3}, {2, 3}, {3, 3}}
		for k := range min(l.Parts(), 10) {
			if n := len(slices.DeleteFunc(slices.Clone(shares), func(s Shard) bool { return !s.Owns(k) })); n != 1 {
				t.Fatalf("part %d belongs to %d shares", k, n)
			}
		}
	})
}
