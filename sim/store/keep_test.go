package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// One process at a time has the directory, after it has looked at what is
// there; what a killed one had not finished is gone, and nothing else.
func TestKeep(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "out")
	anything := func([]string) error { return nil }
	k, err := OpenKeep(path, anything)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenKeep(path, anything); !errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), "is writing there") {
		t.Errorf("a second: %v", err)
	}
	refused(t, path, true, ErrForeign)
	if err := errors.Join(k.Mkdir("log"), k.WriteFile("units/one.json", []byte("1")), k.WriteFile("units/one.json", []byte("2")),
		k.WriteFile("page.html", nil), k.Remove("page.html", "none"), k.Close()); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(path, "units", ".two.json.7-0"+tempSuffix), "half")
	asked := 0
	k, err = OpenKeep(path, func(names []string) error {
		if asked++; !slices.Equal(names, []string{"log", "units"}) {
			t.Errorf("there is %q", names)
		}
		return nil
	})
	if err != nil || asked != 2 {
		t.Fatalf("asked %d times: %v", asked, err)
	}
	mustClose(t, k)
	if got := tree(t, path); len(got) != 1 || got["units/one.json"] != "2" {
		t.Errorf("left %q", got)
	}
	never := errors.New("never")
	for _, path := range []string{path, filepath.Join(path, "new")} {
		if _, err := OpenKeep(path, func([]string) error { return never }); !errors.Is(err, never) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := os.Stat(filepath.Join(path, "new")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a directory that was refused is left: %v", err)
	}
}

// A file of the user's takes no other's place, but with force that of a regular
// file; what is none, and places in runs and data sets, are left alone always.
func TestNewFile(t *testing.T) {
	dir := t.TempDir()
	run, set := filepath.Join(dir, "run"), filepath.Join(dir, "set")
	fill(t, mustCreate(t, run, false), "a run")
	mustSweep(t, set, 1, all, Shard{})
	begun := mustCreate(t, filepath.Join(dir, "begun"), false)
	if err := errors.Join(begun.WriteFile("figures/a.svg", nil), os.Mkdir(filepath.Join(dir, "b"), 0o777), os.Symlink("a.toml", filepath.Join(dir, "c"))); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "a.toml"), "mine")
	write(t, filepath.Join(dir, "a.csv"), "replication,row\n1,2\n")
	before := tree(t, dir)
	for name, c := range map[string]struct {
		force bool
		want  error
	}{
		"a.toml": {false, fs.ErrExist}, "b": {true, fs.ErrExist}, "c": {true, fs.ErrExist}, "none/x": {true, fs.ErrNotExist},
		"run/new": {false, ErrNotEmpty}, "run/figures/new": {true, ErrNotEmpty}, "run/results.csv": {true, ErrNotEmpty},
		"set/new": {false, ErrNotEmpty}, "set/parts/new": {true, ErrNotEmpty}, "set/sweep.json": {true, ErrNotEmpty}, "begun/figures/new": {true, ErrNotEmpty},
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		for what, err := range map[string]error{"file": NewFile(name, []byte("yours"), "", c.force), "export": Export(t.Context(), set, "", CSV, name, c.force)} {
			if !errors.Is(err, c.want) || !strings.HasPrefix(err.Error(), filepath.Dir(name)) {
				t.Errorf("%s %s: %v", what, name, err)
			}
		}
	}
	same(t, "refused", tree(t, dir), before)
	for _, place := range []string{"run/new", "run/figures/new/deep", "set/new", "set/parts/new", "begun/new"} {
		place = filepath.Join(dir, filepath.FromSlash(place))
		_, errRun := Create(place, true)
		_, errKeep := OpenKeep(place, func([]string) error { return nil })
		_, errSet := OpenDataset(t.Context(), place, sweepHead(1), sweepFiles(), Shard{})
		_, errPreview := Preview(t.Context(), place, sweepHead(1), sweepFiles(), 1)
		for what, err := range map[string]error{"run": errRun, "keep": errKeep, "set": errSet, "preview": errPreview, "look": Look(place, true)} {
			if !errors.Is(err, ErrNotEmpty) || !strings.Contains(err.Error(), "to which nothing is added") {
				t.Errorf("a new directory, %s %s: %v", what, place, err)
			}
		}
	}
	same(t, "refused", tree(t, dir), before)
	for _, err := range []error{NewFile("/dev/null", nil, "", true), Export(t.Context(), set, "", CSV, "/dev/null", true)} {
		if !errors.Is(err, fs.ErrExist) || !strings.Contains(err.Error(), "no regular file") {
			t.Errorf("a device: %v", err)
		}
	}
	for _, err := range []error{NewFile(filepath.Join(dir, "a.toml"), []byte("# ours\n"), "# ours", true), Export(t.Context(), set, "", CSV, filepath.Join(dir, "a.csv"), true),
		Export(t.Context(), set, "", Parquet, filepath.Join(dir, "a.toml"), true)} {
		if !errors.Is(err, fs.ErrExist) || !strings.Contains(err.Error(), "not of the kind that epgsim writes there, which --force does not") {
			t.Errorf("somebody's file: %v", err)
		}
	}
	same(t, "foreign", tree(t, dir), before)
	write(t, filepath.Join(dir, "a.toml"), "# ours, filled in\n")
	if err := NewFile(filepath.Join(dir, "a.toml"), []byte("# ours\n"), "# ours", true); err != nil || tree(t, dir)["a.toml"] != "# ours\n" {
		t.Errorf("with force: %v", err)
	}
	for range 2 { // into nothing, then in place of its own, in either format
		for _, format := range []Format{CSV, Parquet} {
			if err := Export(t.Context(), set, "", format, filepath.Join(dir, "all"), true); err != nil {
				t.Errorf("an export over an export: %v", err)
			}
		}
	}
	if err := NewFile(filepath.Join(dir, "d.toml"), []byte("new"), "", false); err != nil || tree(t, dir)["d.toml"] != "new" || len(list(t, dir)) != 9 {
		t.Errorf("a new one: %v, left %v", err, list(t, dir))
	}
}

// A new directory's name is brought to the disk in each folder that is new too,
// up to the first that was there; and what was made for nothing is gone again.
func TestNewDirectories(t *testing.T) {
	dir := t.TempDir()
	deep := filepath.Join(dir, "a", "b", "c")
	if got, want := missing(deep), []string{filepath.Join(dir, "a"), filepath.Join(dir, "a", "b"), deep}; !slices.Equal(got, want) {
		t.Errorf("missing are %q, want %q", got, want)
	}
	if got := missing(dir); len(got) != 0 {
		t.Errorf("of a folder that is there, %q are missing", got)
	}
	refuse := errors.New("no")
	if _, err := OpenKeep(deep, func([]string) error { return refuse }); !errors.Is(err, refuse) || len(list(t, dir)) != 0 {
		t.Errorf("refused with %v, left %q", err, list(t, dir))
	}
	write(t, filepath.Join(dir, "mine"), "")
	if err := os.Mkdir(filepath.Join(dir, "a"), 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenKeep(deep, func([]string) error { return refuse }); !errors.Is(err, refuse) || !isThere(filepath.Join(dir, "a")) || isThere(filepath.Join(dir, "a", "b")) {
		t.Errorf("refused with %v, left %q", err, list(t, dir))
	}
}
