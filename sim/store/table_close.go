package store

import "fmt"

// Close puts the files under their real names, or, when anything has gone
// wrong before or goes wrong now, none of them: all are flushed and synced
// before the first is renamed. A row that was begun must have been ended. A
// second Close or a Close after Abort does nothing.
func (w *TableWriter) Close() error {
	if w.closed {
		return nil
	}
	if w.err == nil && w.next != 0 {
		w.err = fmt.Errorf("store: table %s: closed in the middle of row %d", w.table.Name, w.rows)
	}
	if w.err == nil {
		w.fail(w.flush())
	}
	if w.err != nil {
		w.discard()
		w.tell(nil)
		return w.err
	}
	w.closed = true
	files := make([]File, len(w.files))
	for i, p := range w.files {
		if w.err = p.commit(); w.err != nil {
			w.discard() // what has its name already is whole, and stays
			w.tell(files[:i])
			return w.err
		}
		files[i] = p.file()
		files[i].Table = w.table.Name
	}
	w.tell(files)
	return nil
}

// flush brings every byte to the disk, still under the temporary names.
func (w *TableWriter) flush() error {
	if w.csv != nil {
		if err := w.csv.flush(); err != nil {
			return err
		}
	}
	if w.parquet != nil {
		if err := w.parquet.close(); err != nil {
			return err
		}
	}
	for _, p := range w.files {
		if err := p.sync(); err != nil {
			return err
		}
	}
	return nil
}

// Abort gives the table up: no file appears and the temporary ones are
// removed. After Close it does nothing, so it can be deferred.
func (w *TableWriter) Abort() {
	if w.closed {
		return
	}
	w.discard()
	w.tell(nil)
}

func (w *TableWriter) discard() {
	w.closed = true
	for _, p := range w.files {
		p.abort()
	}
	w.csv, w.parquet = nil, nil // let go of their buffers
}

func (w *TableWriter) tell(files []File) {
	if w.onClose != nil {
		w.onClose(w, files)
	}
}

// info is what the manifest says of the table.
func (w *TableWriter) info(files []File) TableInfo {
	t := TableInfo{Name: w.table.Name, Doc: w.table.Doc, Rows: w.rows, Columns: w.table.Columns}
	for _, f := range files {
		t.Files = append(t.Files, f.Path)
	}
	return t
}
