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
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
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

// A new file takes no other's place, whatever has the name.
func TestNewFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.toml")
	if err := errors.Join(NewFile(name, []byte("mine")), os.Mkdir(filepath.Join(dir, "b"), 0o777), os.Symlink("nowhere", filepath.Join(dir, "c"))); err != nil {
		t.Fatal(err)
	}
	for _, taken := range []string{"a.toml", "b", "c"} {
		if err := NewFile(filepath.Join(dir, taken), []byte("yours")); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", taken, err)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 3 {
		t.Errorf("left %v, %v", entries, err)
	}
	if b, err := os.ReadFile(name); err != nil || string(b) != "mine" {
		t.Errorf("now it is %q, %v", b, err)
	}
}
