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

func TestRun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b", "out")
	fill(t, mustCreate(t, path, false), "first")
	if got := names(tree(t, path)); !slices.Equal(got, runFiles) {
		t.Errorf("left %v, want %v", got, runFiles)
	}
	refused(t, path, false, ErrNotEmpty, "not empty", "--force")
	fill(t, mustCreate(t, path, true), "second")
	if got := tree(t, path); got["report.html"] != "secondreport.html" || !slices.Equal(names(got), runFiles) {
		t.Errorf("after --force: %v, report %q", names(got), got["report.html"])
	}
}

func TestForceRemovesOnlyItsOwn(t *testing.T) {
	path := t.TempDir()
	fill(t, mustCreate(t, path, false), "first")
	write(t, filepath.Join(path, "notes.txt"), "mine")
	write(t, filepath.Join(path, "figures", "sketch.png"), "mine too")
	d := mustCreate(t, path, true)
	if got, want := names(tree(t, path)), []string{runName, "figures/sketch.png", "notes.txt"}; !slices.Equal(got, want) {
		t.Errorf("left %v, want %v", got, want)
	}
	if err := d.WriteFile("notes.txt", nil); !errors.Is(err, ErrForeign) {
		t.Errorf("overwriting a stranger's file: %v", err)
	}
	mustClose(t, d)
	if got, want := names(tree(t, path)), []string{"figures/sketch.png", "notes.txt"}; !slices.Equal(got, want) {
		t.Errorf("after Close: %v, want %v", got, want)
	}
}

func TestForceRefusesChangedFiles(t *testing.T) {
	path := t.TempDir()
	fill(t, mustCreate(t, path, false), "first")
	write(t, filepath.Join(path, "report.html"), "Firstreport.html") // same size
	refused(t, path, true, ErrForeign, "report.html", "move it away")
}

func TestForceRefusesStrangers(t *testing.T) {
	for name, content := range map[string]string{
		"thesis.tex":    "years of work",
		"manifest.json": `{"name": "somebody's web page"}`,
		".gitkeep":      "",
	} {
		path := t.TempDir()
		write(t, filepath.Join(path, name), content)
		refused(t, path, false, ErrNotEmpty, "--force")
		refused(t, path, true, ErrForeign, name)
	}
	path := t.TempDir()
	write(t, filepath.Join(path, "manifest.json"), `{"program":"epgsim","format":99}`)
	if _, err := Create(path, true); err == nil || !strings.Contains(err.Error(), "newer epgsim") {
		t.Errorf("a manifest from the future: %v", err)
	}
}

// A manifest is read from disk: it must not name files outside.
func TestManifestCannotReachOutside(t *testing.T) {
	parent := t.TempDir()
	path := filepath.Join(parent, "out")
	victim := filepath.Join(parent, "victim")
	write(t, victim, "")
	for _, rel := range []string{"../victim", victim, "link/victim"} {
		if err := os.MkdirAll(path, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(parent, filepath.Join(path, "link")); err != nil && !errors.Is(err, fs.ErrExist) {
			t.Fatal(err)
		}
		write(t, filepath.Join(path, ManifestName), `{"program":"epgsim","format":1,"seed":"1","files":[{"path":"`+rel+`","bytes":0,"sha256":"`+Hash(nil)+`"}]}`)
		if d, err := Create(path, true); !errors.Is(err, ErrForeign) {
			_ = d.Close()
			t.Errorf("%s: %v", rel, err)
		}
		if _, err := os.Stat(victim); err != nil {
			t.Fatalf("%s: %v", rel, err)
		}
	}
}

func TestOneAtATime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	d := mustCreate(t, path, false)
	refused(t, path, false, ErrBusy, "process", "wait for it")
	refused(t, path, true, ErrBusy)
	mustClose(t, d)
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty directory was left behind: %v", err)
	}
	fill(t, mustCreate(t, path, false), "now")
}

// Where there is no flock, the process id decides.
func TestWithoutFlock(t *testing.T) {
	without := func(f *folder) { f.flock = func(*os.File, bool) (bool, error) { return false, nil } }
	path := t.TempDir()
	d, err := create(path, false, without)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := create(path, false, without); !errors.Is(err, ErrBusy) {
		t.Fatalf("the second got %v", err)
	}
	if err := d.WriteFile("report.html", nil); err != nil {
		t.Fatal(err)
	}
	mustClose(t, d)
	if _, err := create(path, false, without); !errors.Is(err, ErrNotEmpty) {
		t.Fatalf("after Close with a file: %v", err)
	}
	if d, err = create(path, true, without); err != nil {
		t.Fatal(err)
	}
	fill(t, d, "x")
	// A process that is gone: no pid is that large.
	stale := t.TempDir()
	host, _ := os.Hostname()
	write(t, filepath.Join(stale, runName), `{"owner":{"pid":2147483646,"host":"`+host+`"}}`)
	if d, err = create(stale, false, without); err != nil {
		t.Fatalf("a stale run file: %v", err)
	}
	fill(t, d, "x")
	write(t, filepath.Join(stale, runName), `{"owner":{"pid":2147483646,"host":"elsewhere.example"}}`)
	if _, err = create(stale, true, without); !errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), "elsewhere.example") {
		t.Errorf("a process on another computer: %v", err)
	}
}

// A run that failed leaves its finished files, and --force replaces them.
func TestCloseWithoutFinish(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	d := mustCreate(t, path, false)
	if err := d.WriteFile("scenario.toml", []byte("x = 1\n")); err != nil {
		t.Fatal(err)
	}
	w, err := d.Table(Table{Name: "results", Columns: demo})
	if err != nil {
		t.Fatal(err)
	}
	if err := awkward[0].write(w); err != nil {
		t.Fatal(err)
	}
	mustClose(t, d)
	if got, want := names(tree(t, path)), []string{runName, "scenario.toml"}; !slices.Equal(got, want) {
		t.Errorf("left %v, want %v", got, want)
	}
	if _, err := ReadManifest(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("ReadManifest: %v", err)
	}
	refused(t, path, false, ErrNotEmpty, "give --force to replace")
	fill(t, mustCreate(t, path, true), "again")
	if got := names(tree(t, path)); !slices.Equal(got, runFiles) {
		t.Errorf("after --force: %v, want %v", got, runFiles)
	}
}

func TestNames(t *testing.T) {
	d := mustCreate(t, t.TempDir(), false)
	for _, rel := range []string{"", ".", "..", "../x", "/x", "a//b", `a\b`, "a/../b", "manifest.json", "Manifest.JSON", runName} {
		if err := d.WriteFile(rel, nil); err == nil {
			t.Errorf("WriteFile accepts %q", rel)
		}
		if _, err := d.Table(Table{Name: rel, Columns: demo}); err == nil {
			t.Errorf("Table accepts %q", rel)
		}
	}
	if _, err := d.Table(Table{Name: "parts/a", Columns: demo}); err != nil {
		t.Errorf("Table refuses parts/a: %v", err)
	}
	if _, err := d.Table(Table{Name: "parts/a", Columns: demo}); err == nil {
		t.Error("Table accepts a name twice")
	}
	if err := d.Finish(Manifest{}); err == nil || !strings.Contains(err.Error(), "before table parts/a was closed") {
		t.Errorf("Finish with an open table: %v", err)
	}
	for range 2 { // replacing a file of this run is allowed
		if err := d.WriteFile("report.html", []byte("x")); err != nil {
			t.Error(err)
		}
	}
}
