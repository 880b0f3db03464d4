package store

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// TableWriter writes the rows of a table to all its files in one pass, in
// memory that does not depend on the number of rows. Values are given in the
// order of the columns and the row is ended with EndRow:
//
//	w.Text("weak").Int(17).Floats(result.Values[:])
//	err := w.EndRow()
//
// A row costs no allocation. The first mistake or failure sticks: later calls
// do nothing, EndRow and Close report it, and no file appears. A TableWriter
// is for one goroutine at a time.
type TableWriter struct {
	table   Table
	csv     *csvEncoder     // nil when not wanted
	parquet *parquetEncoder // nil when not wanted
	files   []*pending      // in the order of formats
	next    int             // the column of the next value
	rows    int64
	err     error
	closed  bool
	onClose func(w *TableWriter, files []File) // told what became of it; nil files when aborted
}

// WriteTable writes a table to out in one format, CSV or Parquet.
func WriteTable(out io.Writer, f Format, t Table, rows func(*TableWriter) error) error {
	if t.Formats = f; f != CSV && f != Parquet {
		return fmt.Errorf("store: table %s: one format is wanted, CSV or Parquet", t.Name)
	}
	if err := t.check(); err != nil {
		return err
	}
	w := &TableWriter{table: t}
	if f == CSV {
		w.csv = newCSVEncoder(out, t.Columns)
	} else {
		var err error
		if w.parquet, err = newParquetEncoder(out, &t); err != nil {
			return err
		}
	}
	defer w.Abort()
	if err := rows(w); err != nil {
		return err
	}
	return w.Close()
}

// newTableWriter begins the files base.csv and base.parquet in f.
func newTableWriter(f *folder, base string, t Table) (*TableWriter, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	w := &TableWriter{table: t}
	if err := w.open(f, base); err != nil {
		w.discard()
		return nil, err
	}
	return w, nil
}

func (w *TableWriter) open(f *folder, base string) error {
	if w.table.has(CSV) {
		p, err := f.begin(base + ".csv")
		if err != nil {
			return err
		}
		w.files = append(w.files, p)
		w.csv = newCSVEncoder(p, w.table.Columns)
	}
	if w.table.has(Parquet) {
		p, err := f.begin(base + ".parquet")
		if err != nil {
			return err
		}
		w.files = append(w.files, p)
		w.parquet, err = newParquetEncoder(p, &w.table)
		return err
	}
	return nil
}

// begin is called before a value: it says whether a value of the type belongs here.
func (w *TableWriter) begin(t Type) (column int, ok bool) {
	if w.err != nil {
		return 0, false
	}
	i := w.next
	switch {
	case w.closed:
		w.err = fmt.Errorf("store: table %s: a value after Close or Abort", w.table.Name)
	case i == len(w.table.Columns):
		w.err = fmt.Errorf("store: table %s, row %d: more values than its %d columns", w.table.Name, w.rows, i)
	case w.table.Columns[i].Type != t:
		w.err = fmt.Errorf("store: table %s, row %d: column %s is %v, but was given %v", w.table.Name, w.rows, w.table.Columns[i].Name, w.table.Columns[i].Type, t)
	default:
		w.next++
		if w.csv != nil {
			w.csv.next(i)
		}
		return i, true
	}
	return 0, false
}

// Int gives the next value of the row, for an Int64 column.
func (w *TableWriter) Int(v int64) *TableWriter {
	if i, ok := w.begin(Int64); ok {
		if w.csv != nil {
			w.csv.int(v)
		}
		if w.parquet != nil {
			w.parquet.int(i, v)
		}
	}
	return w
}

// Float gives the next value of the row, for a Float64 column. NaN is missing.
func (w *TableWriter) Float(v float64) *TableWriter {
	if i, ok := w.begin(Float64); ok {
		if w.csv != nil {
			w.csv.float(v)
		}
		if w.parquet != nil {
			w.parquet.float(i, v)
		}
	}
	return w
}

// Floats gives the next values of the row, for as many Float64 columns.
func (w *TableWriter) Floats(values []float64) *TableWriter {
	for _, v := range values {
		w.Float(v)
	}
	return w
}

// Text gives the next value of the row, for a Text column. Bytes that are not
// UTF-8, which Parquet does not allow, become U+FFFD in every file.
func (w *TableWriter) Text(v string) *TableWriter {
	if i, ok := w.begin(Text); ok {
		if !utf8.ValidString(v) {
			v = strings.ToValidUTF8(v, "\ufffd")
		}
		if w.csv != nil {
			w.csv.text(v)
		}
		if w.parquet != nil {
			w.parquet.string(i, v)
		}
	}
	return w
}

// Bool gives the next value of the row, for a Bool column.
func (w *TableWriter) Bool(v bool) *TableWriter {
	if i, ok := w.begin(Bool); ok {
		if w.csv != nil {
			w.csv.bool(v)
		}
		if w.parquet != nil {
			w.parquet.bool(i, v)
		}
	}
	return w
}

// EndRow ends the row. It reports a row that is too short or too long, a value
// of the wrong type, and whatever the file system said.
func (w *TableWriter) EndRow() error {
	if w.err != nil {
		return w.err
	}
	if w.closed {
		w.err = fmt.Errorf("store: table %s: a row after Close or Abort", w.table.Name)
		return w.err
	}
	if w.next != len(w.table.Columns) {
		w.err = fmt.Errorf("store: table %s, row %d: no value for column %s", w.table.Name, w.rows, w.table.Columns[w.next].Name)
		return w.err
	}
	w.next = 0
	w.rows++
	if w.csv != nil {
		w.fail(w.csv.endRow())
	}
	if w.parquet != nil && w.err == nil {
		w.fail(w.parquet.endRow())
	}
	return w.err
}

// fail keeps an error of writing. What the file system said is not buried in
// what parquet-go was doing at the time.
func (w *TableWriter) fail(err error) {
	if err == nil { // before said, which is on the heap
		return
	}
	var said *pathError
	if errors.As(err, &said) {
		w.err = said
		return
	}
	w.err = fmt.Errorf("store: table %s, row %d: %w", w.table.Name, w.rows, err)
}
