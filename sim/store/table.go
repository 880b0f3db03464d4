package store

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
)

// encoder writes a table in one format. The bytes of a row's texts are its own
// until row returns.
type encoder interface {
	row(values []value) error
	close() error
}

// value is a value of a row; null is a missing number.
type value = parquet.Value

func newEncoder(out io.Writer, f Format, t *Table) encoder {
	switch f {
	case CSV:
		return newCSVEncoder(out, t.Columns)
	case XLSX:
		return newXLSXEncoder(out, t)
	}
	return newParquetEncoder(out, t)
}

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
	table    Table
	encoders []encoder
	files    []*pending // one for each encoder
	row      []value    // as far as it was given
	texts    []byte     // the bytes of its texts
	rows     int64
	err      error
	closed   bool
}

// WriteTable writes a table to out in one format, CSV or Parquet.
func WriteTable(out io.Writer, f Format, t Table, rows func(*TableWriter) error) error {
	if f != CSV && f != Parquet {
		return fmt.Errorf("store: table %s: one format is wanted, CSV or Parquet", t.Name)
	}
	if err := t.check(); err != nil {
		return err
	}
	w := &TableWriter{table: t, encoders: []encoder{newEncoder(out, f, &t)}}
	defer w.Abort()
	if err := rows(w); err != nil {
		return err
	}
	return w.Close()
}

// newTableWriter begins the files of a table in f, those of its formats: base.csv,
// base.parquet, base.xlsx.
func newTableWriter(f *folder, base string, t Table) (*TableWriter, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	w := &TableWriter{table: t}
	if t.Formats == 0 {
		t.Formats = CSV | Parquet
	}
	for _, format := range allFormats {
		if t.Formats&format == 0 {
			continue
		}
		p, err := f.begin(base + format.ending())
		if err != nil {
			w.Abort()
			return nil, err
		}
		w.files = append(w.files, p)
		w.encoders = append(w.encoders, newEncoder(p, format, &w.table))
	}
	return w, nil
}

// put gives the next value of the row.
func (w *TableWriter) put(t Type, v value) *TableWriter {
	i := len(w.row)
	switch {
	case w.err != nil:
	case w.closed:
		w.err = fmt.Errorf("store: table %s: a value after Close or Abort", w.table.Name)
	case i == len(w.table.Columns):
		w.err = fmt.Errorf("store: table %s, row %d: more values than its %d columns", w.table.Name, w.rows, i)
	case w.table.Columns[i].Type != t:
		w.err = fmt.Errorf("store: table %s, row %d: column %s is %v, but was given %v", w.table.Name, w.rows, w.table.Columns[i].Name, w.table.Columns[i].Type, t)
	default:
		w.row = append(w.row, v)
	}
	return w
}

// Int gives the next value of the row, for an Int64 column.
func (w *TableWriter) Int(v int64) *TableWriter { return w.put(Int64, parquet.Int64Value(v)) }

// Float gives the next value of the row, for a Float64 column. NaN is missing.
func (w *TableWriter) Float(v float64) *TableWriter {
	if math.IsNaN(v) {
		return w.put(Float64, parquet.NullValue())
	}
	return w.put(Float64, parquet.DoubleValue(v))
}

// Bool gives the next value of the row, for a Bool column.
func (w *TableWriter) Bool(v bool) *TableWriter { return w.put(Bool, parquet.BooleanValue(v)) }

// Text gives the next value of the row, for a Text column. Bytes that are not
// UTF-8, which Parquet does not allow, become U+FFFD in every file.
func (w *TableWriter) Text(v string) *TableWriter {
	if !utf8.ValidString(v) {
		v = strings.ToValidUTF8(v, "\ufffd")
	}
	n := len(w.texts) // when texts grows, earlier values go on pointing to the old array
	w.texts = append(w.texts, v...)
	return w.put(Text, parquet.ByteArrayValue(w.texts[n:len(w.texts):len(w.texts)]))
}

// Floats gives the next values of the row, for as many Float64 columns.
func (w *TableWriter) Floats(values []float64) *TableWriter {
	for _, v := range values {
		w.Float(v)
	}
	return w
}

// EndRow ends the row. It reports a row that is too short or too long, a value
// of the wrong type, and whatever the file system said.
func (w *TableWriter) EndRow() error {
	switch {
	case w.err != nil:
	case w.closed:
		w.err = fmt.Errorf("store: table %s: a row after Close or Abort", w.table.Name)
	case len(w.row) != len(w.table.Columns):
		w.err = fmt.Errorf("store: table %s, row %d: no value for column %s", w.table.Name, w.rows, w.table.Columns[len(w.row)].Name)
	default:
		w.rows++
		for _, e := range w.encoders {
			w.fail(e.row(w.row))
		}
		w.row, w.texts = w.row[:0], w.texts[:0]
	}
	return w.err
}

// fail keeps the first error of writing. What the file system said is not
// buried in what parquet-go was doing at the time.
func (w *TableWriter) fail(err error) {
	if err == nil || w.err != nil { // before said, which is on the heap
		return
	}
	var said *pathError
	if errors.As(err, &said) {
		w.err = said
		return
	}
	w.err = fmt.Errorf("store: table %s, row %d: %w", w.table.Name, w.rows, err)
}

// Close puts the files under their real names, or, when anything has gone
// wrong before or goes wrong now, none of them: all are flushed and synced
// before the first is renamed. A row that was begun must have been ended. A
// second Close or a Close after Abort does nothing.
func (w *TableWriter) Close() error {
	if w.closed {
		return nil
	}
	if w.err == nil && len(w.row) != 0 {
		w.err = fmt.Errorf("store: table %s: closed in the middle of row %d", w.table.Name, w.rows)
	}
	for _, e := range w.encoders {
		if w.err == nil {
			w.fail(e.close())
		}
	}
	for _, p := range w.files {
		if w.err == nil {
			w.fail(p.sync())
		}
	}
	for _, p := range w.files {
		if w.err == nil {
			w.err = p.commit()
		}
	}
	w.Abort() // what has no name
	return w.err
}

// Abort gives the table up: no file appears and the temporary ones are
// removed. After Close it does nothing, so it can be deferred.
func (w *TableWriter) Abort() {
	w.closed = true
	for _, p := range w.files {
		p.abort()
	}
	for _, e := range w.encoders {
		if e, ok := e.(*xlsxEncoder); ok {
			e.drop()
		}
	}
	w.encoders = nil // let go of their buffers
}
