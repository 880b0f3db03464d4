package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Every difference is listed, in words, with that of the files that explains
// it, and nothing is touched.
func TestChanged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	mustSweep(t, path, 6, 2, Shard{})
	before := tree(t, path)
	for name, c := range map[string]struct {
		change func(*Head, []Source) []Source
		want   []string
	}{
		"fact":   {func(h *Head, s []Source) []Source { h.Facts[1].Value = "m2"; return s }, []string{"\n  model: was m1, is m2"}},
		"facts":  {func(h *Head, s []Source) []Source { h.Facts[2] = Fact{"luck", "x"}; return s }, []string{"seed: was 1, is not given", "luck: was not given, is x"}},
		"rows":   {func(h *Head, s []Source) []Source { h.Rows = 8; return s }, []string{"design rows: was 7, is 8"}},
		"column": {func(h *Head, s []Source) []Source { h.Tables[0].Columns[2].Unit = "€"; return s }, []string{"table parts: was 5 columns, SHA-256 "}},
		"table":  {func(h *Head, s []Source) []Source { h.Tables = h.Tables[:1]; return s }, []string{"table series: was 4 columns, SHA-256 ", "…, is not given"}},
		"text": {func(h *Head, s []Source) []Source {
			h.Facts[2].Value = "2"
			return append([]Source{{"design.toml", []byte("name = \"d\"\nseed = 2\n")}}, s[1:]...)
		}, []string{"seed: was 1, is 2", "design.toml: was 20 bytes", "\n-seed = 1\n+seed = 2"}},
		"files": {func(h *Head, s []Source) []Source {
			h.Facts[0].Value = "d2"
			return []Source{{"points.parquet", []byte{0xff}}, s[1], {"x", nil}}
		}, []string{"design: was d1, is d2", "points.parquet: was ", "is 1 bytes", "x: was not given, is 0 bytes", "design.toml: was 20 bytes, SHA-256"}},
	} {
		h := sweepHead(20)
		_, err := OpenDataset(context.Background(), path, h, c.change(&h, sweepFiles()), Shard{})
		var changed *ChangedError
		if !errors.As(err, &changed) {
			t.Fatalf("%s: %v", name, err)
		}
		for _, want := range append(c.want, path) {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %q does not say %q", name, err, want)
			}
		}
		same(t, name, tree(t, path), before)
	}
}

// Files in other words, of the same facts, are no change: the data set goes on
// and keeps its own.
func TestOtherWords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	mustSweep(t, path, 4, all, Shard{})
	reworded := append([]Source{{"design.toml", []byte("name = \"d\"\ntitle = \"D\"\nseed = 1\n")}, {"x", nil}}, sweepFiles()[1:]...)
	d, err := OpenDataset(context.Background(), path, sweepHead(6), reworded, Shard{})
	if err != nil {
		t.Fatal(err)
	}
	if missing, err := d.do(all); missing != 0 || err != nil || d.Extended() != 4 {
		t.Errorf("missing %d, extended from %d, %v", missing, d.Extended(), err)
	}
	mustClose(t, d)
	same(t, "after", tree(t, path), whole(t, 6))
}

// A given file that was edited since, or lost, is told, and nothing is touched
// until it is put back.
func TestGivenFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	mustSweep(t, path, 6, all, Shard{})
	want := tree(t, path)
	name := filepath.Join(path, "design.toml")
	refuses := func(problem string) {
		t.Helper()
		before := tree(t, path)
		_, err := sweep(path, 9, all, Shard{})
		_, _, errMerge := Merge(t.Context(), filepath.Join(t.TempDir(), "into"), path)
		for _, err := range []error{err, errMerge} {
			var changed *ChangedError
			if !errors.As(err, &changed) || !strings.Contains(err.Error(), "design.toml: was 20 bytes") || !strings.Contains(err.Error(), problem+"; put it back") {
				t.Errorf("%s: %v", problem, err)
			}
		}
		same(t, problem, tree(t, path), before)
	}
	write(t, name, "name = \"d\"\nseed = 9\n")
	refuses("has other content (same size, SHA-256 differs)")
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	refuses("is missing")
	write(t, name, want["design.toml"])
	mustSweep(t, path, 6, all, Shard{})
	same(t, "after", tree(t, path), want)
}

func TestDatasetRefuses(t *testing.T) {
	run := filepath.Join(t.TempDir(), "run")
	fill(t, mustCreate(t, run, false), "a run")
	stranger := t.TempDir()
	write(t, filepath.Join(stranger, "thesis.tex"), "mine")
	other := t.TempDir()
	write(t, filepath.Join(other, "design.toml"), "another design, whose creation was broken off")
	for _, path := range []string{run, stranger, other} {
		before := tree(t, path)
		if _, err := sweep(path, 6, all, Shard{}); !errors.Is(err, ErrNotEmpty) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", path, err)
		}
		same(t, path, tree(t, path), before)
	}
	set := filepath.Join(t.TempDir(), "set")
	mustSweep(t, set, 1, 1, Shard{})
	refused(t, set, false, ErrNotEmpty, "it holds a data set")
	refused(t, set, true, ErrNotEmpty, "it holds a data set", "--force does not")
}

// A head without facts, and one with texts that are not UTF-8, are gone on
// with as any other.
func TestAwkwardHeads(t *testing.T) {
	for name, facts := range map[string][]Fact{"none": nil, "not UTF-8": {{"design", "\xff<&>"}}} {
		path := filepath.Join(t.TempDir(), "out")
		for _, n := range []int{1, all} {
			h := sweepHead(6)
			h.Facts = facts
			d, err := OpenDataset(context.Background(), path, h, sweepFiles(), Shard{})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			missing, err := d.do(n)
			if err = errors.Join(err, d.Close()); err != nil || (missing == 0) != (n == all) || len(d.Warnings()) > 0 {
				t.Errorf("%s: %d missing, warnings %q, %v", name, missing, d.Warnings(), err)
			}
		}
	}
}

func TestBadDatasets(t *testing.T) {
	for name, spoil := range map[string]func(*Head, *[]Source, *Shard){
		"no rows":       func(h *Head, _ *[]Source, _ *Shard) { h.Rows = 0 },
		"no block":      func(h *Head, _ *[]Source, _ *Shard) { h.Block = 0 },
		"no tables":     func(h *Head, _ *[]Source, _ *Shard) { h.Tables = nil },
		"no key":        func(h *Head, _ *[]Source, _ *Shard) { h.Tables[0].Columns = h.Tables[0].Columns[1:] },
		"table name":    func(h *Head, _ *[]Source, _ *Shard) { h.Tables[0].Name = "../parts" },
		"two tables":    func(h *Head, _ *[]Source, _ *Shard) { h.Tables[1].Name = "parts" },
		"two facts":     func(h *Head, _ *[]Source, _ *Shard) { h.Facts[1] = h.Facts[0] },
		"share":         func(_ *Head, _ *[]Source, s *Shard) { *s = Shard{3, 2} },
		"share 0":       func(_ *Head, _ *[]Source, s *Shard) { *s = Shard{0, 2} },
		"file is head":  func(_ *Head, f *[]Source, _ *Shard) { *f = append(*f, Source{"Sweep.json", nil}) },
		"file in parts": func(_ *Head, f *[]Source, _ *Shard) { *f = append(*f, Source{"parts/x", nil}) },
		"file outside":  func(_ *Head, f *[]Source, _ *Shard) { *f = append(*f, Source{"../x", nil}) },
		"file twice":    func(_ *Head, f *[]Source, _ *Shard) { *f = append(*f, Source{"Design.toml", nil}) },
	} {
		path := filepath.Join(t.TempDir(), "out")
		h, files, s := sweepHead(2), sweepFiles(), Shard{}
		spoil(&h, &files, &s)
		if _, err := OpenDataset(context.Background(), path, h, files, s); err == nil {
			t.Errorf("%s: not refused", name)
		}
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s: leaves a directory", name)
		}
	}
}

func TestBadParts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	d := mustOpen(t, path, sweepHead(5), Shard{})
	defer func() { _ = d.Close() }()
	if _, err := d.Begin(Part{0, 2, 0, 4}); err == nil {
		t.Error("a part that is none is begun")
	}
	p := d.Missing()[0]
	for name, spoil := range map[string]func(w *PartWriter) error{
		"too few rows": func(w *PartWriter) error { return w.Close() },
		"wrong type":   func(w *PartWriter) error { return w.Table("series").Text("x").EndRow() },
		"half a row":   func(w *PartWriter) error { w.Table("series").Int(1); return simulate(w, p) },
	} {
		w, err := d.Begin(p)
		if err != nil {
			t.Fatal(err)
		}
		if err := spoil(w); err == nil {
			t.Errorf("%s: no error", name)
		}
		w.Abort()
	}
	if w, err := d.Begin(p); err != nil || w.Table("none") != nil {
		t.Errorf("a table that is none: %v", err)
	} else {
		w.Abort()
	}
	if missing, err := d.Finish(context.Background()); missing != 6 || err != nil {
		t.Errorf("missing %d, %v", missing, err)
	}
	got := slices.DeleteFunc(names(tree(t, path)), func(name string) bool { return isLock(name) })
	if want := []string{"design.toml", "points.csv", "points.parquet", "sweep.json"}; !slices.Equal(got, want) {
		t.Errorf("left %v, want %v", got, want)
	}
}

// A preview of what cannot become a data set says what opening would.
func TestPreviewRefuses(t *testing.T) {
	dir := t.TempDir()
	foreign, file, begun := t.TempDir(), filepath.Join(dir, "file"), t.TempDir() // begun and broken off
	write(t, filepath.Join(foreign, "letter"), "dear")
	write(t, file, "")
	for _, path := range []string{foreign, file, filepath.Join(file, "x")} {
		_, err := Preview(t.Context(), path, sweepHead(6), sweepFiles(), 1)
		_, want := OpenDataset(t.Context(), path, sweepHead(6), sweepFiles(), Shard{})
		if err == nil || want == nil || err.Error() != want.Error() || errors.Is(err, ErrNoDataset) {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
	}
	write(t, filepath.Join(begun, "design.toml"), string(sweepFiles()[0].Data))
	for _, path := range []string{t.TempDir(), begun, filepath.Join(dir, "none")} {
		if _, err := Preview(t.Context(), path, sweepHead(6), sweepFiles(), 1); !errors.Is(err, ErrNoDataset) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// A preview is what opening would begin with, and touches nothing.
func TestPreview(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	if _, err := Preview(t.Context(), path, sweepHead(6), sweepFiles(), 2); !errors.Is(err, ErrNoDataset) {
		t.Fatalf("of nothing: %v", err)
	}
	mustSweep(t, path, 6, all, Shard{})
	before := tree(t, path)
	for asked, want := range map[int]Status{
		4:  {Runs: 42, Done: 6, Missing: []int{0, 0}, Complete: true},
		6:  {Runs: 42, Done: 6, Missing: []int{0, 0}, Complete: true},
		10: {Runs: 28, Done: 3, Missing: []int{3, 3}, Extends: 6},
	} {
		s, err := Preview(t.Context(), path, sweepHead(asked), sweepFiles(), 2)
		if err != nil {
			t.Fatal(err)
		}
		if s.Runs != want.Runs || s.Done != want.Done || !slices.Equal(s.Missing, want.Missing) || s.Complete != want.Complete || s.Extends != want.Extends ||
			s.Head.Replications != max(6, asked) {
			t.Errorf("%d replications: %+v, want %+v", asked, s, want)
		}
	}
	other := sweepHead(10)
	other.Facts[2].Value = "2"
	var changed *ChangedError
	if _, err := Preview(t.Context(), path, other, sweepFiles(), 1); !errors.As(err, &changed) {
		t.Errorf("of another seed: %v", err)
	}
	same(t, "after previews", tree(t, path), before)
	d := mustOpen(t, path, sweepHead(10), Shard{})
	defer d.Close()
	if n := len(d.Missing()); n != 6 {
		t.Errorf("%d parts are missing, previewed were 6", n)
	}
}
