package store

import "fmt"

// PartWriter writes the tables of one part, all of them or none. It is for one
// goroutine at a time.
type PartWriter struct {
	set    *Dataset
	part   Part
	tables []*TableWriter // as declared
	files  []File         // what became of them
	closed bool
}

// Begin begins a part. Several may be written at a time.
func (d *Dataset) Begin(p Part) (*PartWriter, error) {
	if _, ok := d.head.index(p); !ok {
		return nil, fmt.Errorf("store: %v: no part of the data set", p)
	}
	w := &PartWriter{set: d, part: p, files: make([]File, len(d.head.Tables))}
	for i := range d.head.Tables {
		t, err := d.beginTable(i, p)
		if err != nil {
			w.Abort()
			return nil, err
		}
		t.onClose = func(_ *TableWriter, files []File) {
			for _, f := range files { // one, or none when it was aborted
				w.files[i] = File{Path: f.Path, Bytes: f.Bytes, SHA256: f.SHA256}
			}
		}
		w.tables = append(w.tables, t)
	}
	return w, nil
}

// beginTable begins the part's file of table i. Every file has an encoder of
// its own, which takes half a millisecond for 70 columns: the files of one that
// is used again (Reset of parquet-go v0.32) are without column names.
func (d *Dataset) beginTable(i int, p Part) (*TableWriter, error) {
	return newTableWriter(d.folder, d.head.Tables[i].Name+"/"+p.Name(), d.tableOf(i, p))
}

// tableOf is table i as the part's file of it is.
func (h *holding) tableOf(i int, p Part) Table {
	declared, meta := &h.head.Tables[i], h.meta()
	meta[partKey] = p.Name()
	return Table{
		Name: declared.Name, Doc: declared.Doc, Columns: declared.Columns, Formats: Parquet,
		Meta: meta,
	}
}

// Table is the writer of a table of the part, nil if there is none of that
// name. Closing it is left to PartWriter.Close.
func (w *PartWriter) Table(name string) *TableWriter {
	for i := range w.set.head.Tables {
		if w.set.head.Tables[i].Name == name {
			return w.tables[i]
		}
	}
	return nil
}

// Close puts the files of the part under their names, that of the first table
// last. It must have one row a run.
func (w *PartWriter) Close() error {
	if w.closed {
		return nil
	}
	defer w.Abort() // of what has not been closed
	if t := w.tables[0]; t.err == nil && t.rows != int64(w.part.Runs()) {
		return fmt.Errorf("store: %s: %v: %d rows for %d runs", t.table.Name, w.part, t.rows, w.part.Runs())
	}
	for i := len(w.tables) - 1; i >= 0; i-- {
		if err := w.tables[i].Close(); err != nil {
			return err
		}
	}
	w.set.finished(w.part, w.files)
	return nil
}

// Abort gives the part up. After Close it does nothing, so it can be deferred.
func (w *PartWriter) Abort() {
	w.closed = true
	for _, t := range w.tables {
		t.Abort()
	}
}

func (d *Dataset) finished(p Part, files []File) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.done[p], d.wrote = files, true
}
