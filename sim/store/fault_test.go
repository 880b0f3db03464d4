package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Whatever fails: the error is in words, no table appears, nothing is left,
// and the directory can be given back.
func TestFaults(t *testing.T) {
	for name, c := range map[string]struct {
		file faulty
		want string
	}{
		"full at once":  {faulty{write: syscall.ENOSPC}, "the disk is full"},
		"full later":    {faulty{write: syscall.ENOSPC, writes: 1}, "the disk is full"},
		"quota":         {faulty{write: syscall.EDQUOT, writes: 1}, "quota is used up"},
		"full at sync":  {faulty{sync: syscall.ENOSPC}, "the disk is full"},
		"fault at sync": {faulty{sync: syscall.EIO}, "reports a fault"},
		"at close":      {faulty{end: syscall.EIO}, "reports a fault"},
	} {
		for _, formats := range []Format{CSV, Parquet, 0} {
			path := t.TempDir()
			d, err := create(path, false, func(f *folder) {
				f.create = func(root *os.Root, name string) (handle, error) {
					h, err := createFile(root, name)
					bad := c.file
					bad.handle = h
					return &bad, err
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			err = writeMuch(d, formats)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), filepath.Join(path, "results.")) {
				t.Errorf("%s, formats %d: %v", name, formats, err)
			}
			if err := d.WriteFile("report.html", []byte("x")); c.file.writes == 0 && err == nil {
				t.Errorf("%s: WriteFile succeeds", name)
			} else if err == nil {
				continue // its one write was still good
			}
			if err := d.Close(); err != nil {
				t.Errorf("%s: Close: %v", name, err)
			}
			if left := list(t, path); len(left) != 0 {
				t.Errorf("%s, formats %d: left behind: %v", name, formats, left)
			}
		}
	}
}

// A device that really is full.
func TestFullDevice(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no /dev/full here")
	}
	path := t.TempDir()
	d, err := create(path, false, func(f *folder) {
		f.create = func(*os.Root, string) (handle, error) { return os.OpenFile("/dev/full", os.O_WRONLY, 0) }
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	for name, err := range map[string]error{"table": writeMuch(d, 0), "file": d.WriteFile("report.html", []byte("x"))} {
		if !errors.Is(err, syscall.ENOSPC) || !strings.HasSuffix(err.Error(), "cannot write: the disk is full") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The second of two files of a table that cannot take its name.
func TestNameTaken(t *testing.T) {
	path := t.TempDir()
	d := mustCreate(t, path, false)
	w, err := d.Table(Table{Name: "results", Columns: demo})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(path, "results.parquet"), "a stranger's, since the run began")
	if err := w.Close(); !errors.Is(err, ErrForeign) {
		t.Errorf("Close: %v", err)
	}
	if got := tree(t, path)["results.parquet"]; got != "a stranger's, since the run began" {
		t.Errorf("now it is %q", got)
	}
	if err := d.Finish(Manifest{}); err != nil {
		t.Fatal(err)
	}
	m, err := ReadManifest(path)
	if err != nil || len(m.Files) != 1 || m.Files[0].Path != "results.csv" || len(m.Tables) != 0 {
		t.Errorf("manifest: %v, %+v", err, m)
	}
}

// A journal that cannot be begun, and a folder without files, are no traces of
// a run: the next one needs no force.
func TestNothingToReplace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	full := func(f *folder) { f.flock = func(*os.File, bool) (bool, error) { return false, syscall.ENOSPC } }
	if _, err := create(path, false, full); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("no lock: %v", err)
	}
	if err := os.MkdirAll(filepath.Join(path, "figures", "old"), 0o777); err != nil {
		t.Fatal(err)
	}
	d, err := create(path, false, func(f *folder) {
		f.create = func(*os.Root, string) (handle, error) { return nil, syscall.ENOSPC }
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.WriteFile("figures/new/a.svg", nil); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("a full disk: %v", err)
	}
	mustClose(t, d)
	if _, err := os.Stat(filepath.Join(path, "figures", "new")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder of a file that could not be is left: %v", err)
	}
	fill(t, mustCreate(t, path, false), "x")
}

func TestDirectoryIsAFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "out")
	write(t, name, "")
	for path, want := range map[string]string{name: "it is a file, not a directory", filepath.Join(name, "below"): "a part of the path is a file"} {
		for _, force := range []bool{false, true} {
			if _, err := Create(path, force); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
}

func TestReadOnlyDirectory(t *testing.T) {
	path := t.TempDir()
	if err := os.Chmod(path, 0o555); err != nil {
		t.Fatal(err)
	}
	if f, err := os.Create(filepath.Join(path, "probe")); err == nil {
		_, _ = f.Close(), os.Remove(f.Name())
		t.Skip("this user may write anywhere (root): not to be tried; TestReasons has the words")
	}
	for _, dir := range []string{path, filepath.Join(path, "new")} {
		if _, err := Create(dir, false); !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "no permission") {
			t.Errorf("%s: %v", dir, err)
		}
	}
}

func TestReasons(t *testing.T) {
	for code, want := range map[error]string{
		syscall.EFBIG:        "see ulimit -f",
		syscall.EEXIST:       "something else of that name",
		syscall.EROFS:        "the file system is read-only",
		syscall.EACCES:       "no permission",
		syscall.EPERM:        "no permission",
		syscall.EISDIR:       "it is a directory",
		syscall.ENAMETOOLONG: "the name is too long",
		syscall.EMFILE:       "too many files are open",
		syscall.ESTALE:       "stale handle",
		syscall.ELOOP:        syscall.ELOOP.Error(),
	} {
		for _, err := range []error{code, &fs.PathError{Op: "open", Path: "x", Err: code}, &os.LinkError{Op: "rename", Err: code}} {
			if got := explain("write", "out/x", err); !errors.Is(got, code) || !strings.HasPrefix(got.Error(), "out/x: cannot write: ") || !strings.Contains(got.Error(), want) {
				t.Errorf("%v: %v", err, got)
			}
		}
	}
	if explain("write", "x", nil) != nil {
		t.Error("no error is an error")
	}
}
