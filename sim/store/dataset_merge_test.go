package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Three shares from three directories, one of them twice and one late.
func TestMerge(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for i, name := range []string{"a", "b", "c"} {
		if missing := mustSweep(t, at(name), 10, all, Shard{i + 1, 3}); missing != 6 {
			t.Fatalf("%s: %d missing", name, missing)
		}
	}
	if missing, _, err := Merge(t.Context(), at("out"), at("a"), at("c")); missing != 3 || err != nil {
		t.Errorf("missing %d, %v", missing, err)
	}
	if missing, _, err := Merge(t.Context(), at("out"), at("a"), at("b"), at("c")); missing != 0 || err != nil {
		t.Errorf("missing %d, %v", missing, err)
	}
	same(t, "merged", tree(t, at("out")), whole(t, 10))
	if bad, complete, err := VerifyDataset(context.Background(), at("out")); err != nil || !complete || len(bad) != 0 {
		t.Errorf("verify: %v, %v", bad, err)
	}
}

// A share of the same design in other words fits; a damaged part is not taken.
func TestMergeTakesWhatIsSound(t *testing.T) {
	dir := t.TempDir()
	a, b, out := filepath.Join(dir, "a"), filepath.Join(dir, "b"), filepath.Join(dir, "out")
	mustSweep(t, a, 10, all, Shard{1, 2})
	d, err := OpenDataset(context.Background(), b, sweepHead(10), []Source{{"design.toml", []byte("in other words")}}, Shard{2, 2})
	if err != nil {
		t.Fatal(err)
	}
	finish(t, d)
	part := filepath.Join(b, "series", "part-0000000-0000002-r00004-00007.parquet")
	good := tree(t, filepath.Dir(part))[filepath.Base(part)]
	write(t, part, turned(good, 200))
	if missing, warnings, err := Merge(t.Context(), out, a, b); missing != 1 || err != nil || len(warnings) != 1 || !strings.Contains(warnings[0], part) {
		t.Errorf("missing %d, warnings %q, %v", missing, warnings, err)
	}
	write(t, part, good)
	if missing, warnings, err := Merge(t.Context(), out, a, b); missing != 0 || err != nil || len(warnings) != 0 {
		t.Errorf("missing %d, warnings %q, %v", missing, warnings, err)
	}
	same(t, "merged", tree(t, out), whole(t, 10))
}

func TestMergeRefuses(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	mustSweep(t, at("a"), 6, all, Shard{})
	mustSweep(t, at("more"), 8, 1, Shard{})
	h := sweepHead(6)
	h.Facts[2].Value = "2"
	d := mustOpen(t, at("seed"), h, Shard{})
	mustClose(t, d)
	for src, want := range map[string]string{"more": "replications: was 8, is 6", "seed": "seed: was 2, is 1"} {
		var changed *ChangedError
		if _, _, err := Merge(t.Context(), at("out"), at("a"), at(src)); !errors.As(err, &changed) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", src, err)
		}
	}
	if _, err := os.Stat(at("out")); err == nil {
		t.Error("refused, and the directory is made")
	}
	if _, _, err := Merge(t.Context(), at("out"), at("nowhere")); !errors.Is(err, ErrNoDataset) {
		t.Errorf("nowhere: %v", err)
	}
	if _, _, err := Merge(t.Context(), at("out")); err == nil {
		t.Error("nothing is merged")
	}
}

// The same part with other bytes: somewhere the runs were not computed alike.
func TestMergeFindsDifference(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	mustSweep(t, a, 1, all, Shard{})
	d := mustOpen(t, b, sweepHead(1), Shard{})
	p := d.Missing()[2]
	w, err := d.Begin(p)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Table("parts").Int(6).Int(0).Float(-1).Text("").Bool(true).EndRow(); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Close(), d.Close()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Merge(t.Context(), a, b); err == nil || !strings.Contains(err.Error(), p.Name()) || !strings.Contains(err.Error(), "must be the same bytes") {
		t.Errorf("merge: %v", err)
	}
}

func TestStatus(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	if _, err := ReadStatus(t.Context(), path, 1); !errors.Is(err, ErrNoDataset) {
		t.Errorf("nowhere: %v", err)
	}
	mustSweep(t, path, 10, 4, Shard{}) // 12 runs each but the third, which has 6
	before := tree(t, path)
	s, err := ReadStatus(t.Context(), path, 2)
	if err != nil {
		t.Fatal(err)
	}
	if s.Done != 4 || s.Runs != 12+12+6+12 || s.Missing[0] != 3 || s.Missing[1] != 2 || s.Complete || s.Head.Runs() != 70 || len(s.Writers) != 0 {
		t.Errorf("%+v", s)
	}
	var bytes int64
	for name, content := range before {
		if strings.HasPrefix(name, "parts/") || strings.HasPrefix(name, "series/") {
			bytes += int64(len(content))
		}
	}
	if s.Bytes != bytes {
		t.Errorf("%d bytes, want %d", s.Bytes, bytes)
	}
	same(t, "looked at", tree(t, path), before)
	if bad, complete, err := VerifyDataset(context.Background(), path); err != nil || complete || len(bad) != 0 {
		t.Errorf("verified while it is not complete: %v, %v, %v", bad, complete, err)
	}
	mustSweep(t, path, 10, all, Shard{})
	if s, err := ReadStatus(t.Context(), path, 1); err != nil || !s.Complete || s.Runs != 70 {
		t.Errorf("%+v, %v", s, err)
	}
	write(t, filepath.Join(path, "points.csv"), "row,hours\n")
	if bad, _, err := VerifyDataset(context.Background(), path); err != nil || len(bad) != 1 || bad[0].Path != "points.csv" {
		t.Errorf("verify: %v, %v", bad, err)
	}
}
