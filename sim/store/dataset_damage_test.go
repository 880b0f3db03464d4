package store

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Whatever bit of a finished part is turned before the sweep goes on, it ends
// in the bytes of one that had no such luck, with a manifest and without one.
func TestDamageIsNotSigned(t *testing.T) {
	want := whole(t, 6)
	const last = "parts/part-0000006-0000006-r00004-00005.parquet"
	gone := func(path, rel string) {
		mustSweep(t, path, 6, all, Shard{})
		if err := os.Remove(filepath.Join(path, rel)); err != nil {
			t.Fatal(err)
		}
	}
	for name, before := range map[string]func(path string){
		"extended":    func(path string) { mustSweep(t, path, 4, all, Shard{}) },
		"a part gone": func(path string) { gone(path, last) },
		"resumed":     func(path string) { mustSweep(t, path, 6, 4, Shard{}) },
		"no manifest": func(path string) { gone(path, ManifestName) },
	} {
		for _, file := range []string{"parts/part-0000003-0000005-r00000-00003.parquet", "series/part-0000003-0000005-r00000-00003.parquet"} {
			n := len(want[file])
			for _, at := range either([]int{n / 2}, []int{0, n / 3, n / 2, n - 20}) {
				path := filepath.Join(t.TempDir(), "out")
				before(path)
				write(t, filepath.Join(path, file), turned(want[file], at))
				d := mustOpen(t, path, sweepHead(6), Shard{})
				if w := strings.Join(d.Warnings(), "\n"); !strings.Contains(w, "part-0000003-0000005-r00000-00003") || !strings.Contains(w, "computed again") {
					t.Errorf("%s, byte %d of %s: warnings %q", name, at, file, w)
				}
				finish(t, d)
				same(t, name, tree(t, path), want)
			}
		}
	}
}

// Every byte of a part counts, here some of them: whichever is changed, who reads all sees it.
func TestExamine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	mustSweep(t, path, 6, 4, Shard{})
	h, err := openContents(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = h.folder.close() }()
	p := h.head.Part(2)
	for i := range h.head.Tables {
		rel := h.rel(i, p)
		good := tree(t, path)[rel]
		for at := i; at < len(good); at += either(17, 5) {
			write(t, filepath.Join(path, rel), turned(good, at))
			if _, err := h.examine(i, p); err == nil {
				t.Errorf("byte %d of %s is other, and it is sound", at, rel)
			}
		}
		write(t, filepath.Join(path, rel), good)
		if f, err := h.examine(i, p); err != nil || f.SHA256 != Hash([]byte(good)) {
			t.Errorf("%s: %v", rel, err)
		}
	}
}

// A part that goes bad while the sweep runs, its own or of another share, is
// seen before anything is signed, and computed again by the next.
func TestDamageMeanwhile(t *testing.T) {
	const mine, theirs = "parts/part-0000000-0000002-r00000-00003.parquet", "parts/part-0000000-0000002-r00004-00005.parquet"
	want := whole(t, 6)
	for _, file := range []string{mine, theirs} {
		path := filepath.Join(t.TempDir(), "out")
		mustSweep(t, path, 6, all, Shard{2, 2})
		d := mustOpen(t, path, sweepHead(6), Shard{1, 2})
		for _, p := range d.Missing() {
			compute(t, d, p)
		}
		write(t, filepath.Join(path, file), turned(want[file], 200))
		if _, err := d.Finish(context.Background()); err == nil || !strings.Contains(err.Error(), filepath.FromSlash(file)) || !strings.Contains(err.Error(), "run the same again") {
			t.Errorf("%s: %v", file, err)
		}
		mustClose(t, d)
		if s, err := ReadStatus(t.Context(), path, 1); err != nil || s.Complete || s.Missing[0] != 1 {
			t.Errorf("%s: %+v, %v", file, s, err)
		}
		mustSweep(t, path, 6, all, Shard{})
		same(t, file, tree(t, path), want)
	}
}

// A manifest that somebody has edited signs nothing.
func TestEditedManifest(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	mustSweep(t, path, 6, all, Shard{})
	want := tree(t, path)
	m := want[ManifestName]
	i := strings.Index(m, `"sha256": "`) + len(`"sha256": "`)
	write(t, filepath.Join(path, ManifestName), m[:i]+strings.Repeat("0", 64)+m[i+64:])
	mustSweep(t, path, 6, all, Shard{})
	same(t, "after", tree(t, path), want)
}

// Lines of another part, or in another order, are no part, whoever wrote them.
func TestLinesWhereTheyBelong(t *testing.T) {
	for name, rows := range map[string][][2]int64{"of another part": {{6, 0}, {6, 2}}, "of another row": {{5, 0}, {6, 1}}, "not sorted": {{6, 1}, {6, 0}}} {
		path := filepath.Join(t.TempDir(), "out")
		d := mustOpen(t, path, sweepHead(2), Shard{})
		w, err := d.Begin(d.Missing()[2])
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if err := w.Table("parts").Int(r[0]).Int(r[1]).Float(1).Text("").Bool(true).EndRow(); err != nil {
				t.Fatal(err)
			}
		}
		mustClose(t, w)
		mustClose(t, d)
		d = mustOpen(t, path, sweepHead(2), Shard{})
		if got := strings.Join(d.Warnings(), "\n"); !strings.Contains(got, "is not where it belongs") || len(d.Missing()) != 3 {
			t.Errorf("%s: warnings %q, missing %v", name, got, d.Missing())
		}
		finish(t, d)
		same(t, name, tree(t, path), whole(t, 2))
	}
}
