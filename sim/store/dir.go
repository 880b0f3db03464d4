package store

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Dir is a run directory being written, from Create to Finish or Close. Its
// methods may be called from several goroutines.
type Dir struct {
	*folder
	run *lock // and journal

	// Under the folder's mutex:
	tables      map[string]*TableWriter // by name
	interrupted bool
	closed      bool
}

// Create makes a directory for one run, with its parents. Close it when done.
//
// A directory with content is refused (ErrNotEmpty) unless force is given. Then
// the files of the run in it are removed: those that its manifest lists, or
// its journal when it was killed, and that are still as they were written.
// Other files stay. When one of the run's files has been changed since, or
// there is no sign of epgsim in the directory, nothing is touched (ErrForeign).
// A directory into which another process is writing is refused (ErrBusy).
func Create(path string, force bool) (*Dir, error) {
	return create(path, force, func(*folder) {})
}

// create lets a test prepare the folder.
func create(path string, force bool, prepare func(*folder)) (*Dir, error) {
	f, err := makeFolder(path)
	if err != nil {
		return nil, err
	}
	prepare(f)
	d := &Dir{folder: f, tables: map[string]*TableWriter{}}
	if err := d.enter(force); err != nil {
		return nil, errors.Join(err, f.close())
	}
	f.claim = d.claim
	return d, nil
}

// WriteFile writes a whole file: rel is its path below the directory, with
// slashes; folders are made. Either all of data is there afterwards or an
// error says why not. A file of this run is replaced, any other is not
// (ErrForeign).
func (d *Dir) WriteFile(rel string, data []byte) error {
	if err := checkFree(rel); err != nil {
		return err
	}
	return d.write(rel, data)
}

// checkFree keeps callers off the names that the directory itself uses.
func checkFree(rel string) error {
	if strings.EqualFold(rel, ManifestName) || strings.EqualFold(rel, runName) {
		return fmt.Errorf("store: the name %s is taken by the run directory itself", rel)
	}
	return checkPath(rel)
}

// Table begins a table; its files appear when the writer is closed, and it
// must be closed before Finish. A name serves once.
func (d *Dir) Table(t Table) (*TableWriter, error) {
	if err := checkFree(t.Name); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.closed:
		return nil, fmt.Errorf("store: table %s: the run directory is closed", t.Name)
	case d.tables[t.Name] != nil:
		return nil, fmt.Errorf("store: table %s is there already", t.Name)
	}
	w, err := newTableWriter(d.folder, t.Name, t)
	if err == nil {
		d.tables[t.Name] = w
	}
	return w, err
}

// claim is asked before a file takes its name. The journal is told first: a
// name in it without a file does no harm, a file without a name would never
// be epgsim's again.
func (d *Dir) claim(f File) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return fmt.Errorf("store: %s: the run directory is closed", f.Path)
	}
	if _, mine := d.known[f.Path]; !mine {
		if _, err := d.root.Lstat(f.Path); err == nil {
			return fmt.Errorf("%s: exists and was %w; move it away or choose another directory", d.Path(f.Path), ErrForeign)
		}
	}
	if err := d.run.append(lockLine{File: &f}); err != nil {
		return err
	}
	d.run.keep = true
	return nil
}

// Interrupted notes that the user stopped the run: the manifest will say
// "interrupted". Files that are finished are kept whole. A table that holds
// all rows so far may be closed and is kept too; one still open at Finish is
// given up.
func (d *Dir) Interrupted() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.interrupted = true
}

// Finish writes the manifest, as the last file, and gives the directory back.
// The caller fills in what was run; Program, Format, Status, Files and Tables
// are filled in here. A table still open is a mistake, unless the run was
// interrupted; then it is given up and a warning says so. No method of d or of
// its tables may be running. After an error the directory is still to be
// closed.
func (d *Dir) Finish(m Manifest) error {
	m.Status, m.Warnings, m.Tables = StatusComplete, slices.Clone(m.Warnings), nil
	if d.interrupted {
		m.Status = StatusInterrupted
	}
	if d.closed {
		return fmt.Errorf("%s: finished twice, or after Close", d.root.Name())
	}
	for _, w := range sorted(d.tables) {
		t := TableInfo{Name: w.table.Name, Doc: w.table.Doc, Rows: w.rows, Columns: w.table.Columns}
		if !w.closed && !d.interrupted {
			return fmt.Errorf("store: finished before table %s was closed", t.Name)
		}
		if !w.closed {
			m.Warnings = append(m.Warnings, fmt.Sprintf("table %s was not finished and is not kept", t.Name))
			w.Abort()
		}
		for _, p := range w.files {
			if f, ok := d.known[p.rel]; ok {
				f.Table = t.Name
				d.known[p.rel] = f
				t.Files = append(t.Files, p.rel)
			}
		}
		if len(t.Files) == len(w.files) {
			m.Tables = append(m.Tables, t)
		}
	}
	m.Files = sorted(d.known)
	b, err := m.encode()
	if err != nil {
		return err
	}
	if err := d.write(ManifestName, b); err != nil {
		return err
	}
	d.run.keep = false
	return d.Close()
}

// Close gives the directory back, without a manifest if something went wrong:
// tables still open are given up, finished files stay, and what can be removed
// without a trace is. After Finish it does nothing, so it can be deferred.
func (d *Dir) Close() error {
	for _, w := range d.tables {
		w.Abort()
	}
	d.mu.Lock()
	d.closed = true
	d.mu.Unlock()
	return d.close()
}

// sorted is a map's values in the order of their keys.
func sorted[V any](m map[string]V) []V {
	values := make([]V, 0, len(m))
	for _, k := range slices.Sorted(maps.Keys(m)) {
		values = append(values, m[k])
	}
	return values
}
