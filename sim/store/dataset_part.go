package store

import (
	"fmt"
	"slices"
	"strings"
)

// PartWriter writes the tables of one part, all of them or none. It is for one
// goroutine at a time.
type PartWriter struct {
	part   Part
	tables []*TableWriter // as declared
	closed bool
}

// Begin begins a part, whether it is missing or not. Several may be written at a
// time.
func (d *Dataset) Begin(p Part) (*PartWriter, error) {
	if _, ok := d.head.index(p); !ok {
		return nil, fmt.Errorf("store: %v: no part of the data set", p)
	}
	w := &PartWriter{part: p}
	for i := range d.head.Tables {
		// Every file has an encoder of its own, which takes half a millisecond for
		// 70 columns: the files of one that is used again (Reset of parquet-go
		// v0.32) are without column names.
		t, err := newTableWriter(d.folder, strings.TrimSuffix(d.rel(i, p), Parquet.ending()), d.table(i, &p))
		if err != nil {
			w.Abort()
			return nil, err
		}
		w.tables = append(w.tables, t)
	}
	return w, nil
}

// Table is the writer of a table of the part, nil if there is none of that
// name. Closing it is left to PartWriter.Close.
func (w *PartWriter) Table(name string) *TableWriter {
	for _, t := range w.tables {
		if t.table.Name == name {
			return t
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
	for _, t := range slices.Backward(w.tables) {
		if err := t.Close(); err != nil {
			return err
		}
	}
	return nil
}

// Abort gives the part up. After Close it does nothing, so it can be deferred.
func (w *PartWriter) Abort() {
	w.closed = true
	for _, t := range w.tables {
		t.Abort()
	}
}
