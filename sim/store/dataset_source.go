package store

import (
	"bytes"
	"fmt"
	"io"
)

// Source is a file that a data set is created with. Write must write the same
// bytes whenever it is called: it is called again to write a file that was lost,
// and to show what has changed when a data set is of something else.
type Source struct {
	Path  string // below the directory, with slashes
	Write func(io.Writer) error
}

// FileSource is a file with the content given.
func FileSource(path string, data []byte) Source {
	return Source{path, func(out io.Writer) error {
		_, err := out.Write(data)
		return err
	}}
}

// TableSources are the files of a table, whose rows are written by the
// function as often as it is called.
func TableSources(t Table, rows func(*TableWriter) error) []Source {
	var sources []Source
	for _, f := range []Format{CSV, Parquet} {
		if t.has(f) {
			sources = append(sources, Source{t.Name + f.ending(), func(out io.Writer) error {
				return WriteTable(out, f, t, rows)
			}})
		}
	}
	return sources
}

func (f Format) ending() string {
	if f == Parquet {
		return ".parquet"
	}
	return ".csv"
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

// file is what a source would write.
func (s *Source) file() (File, error) {
	sum := newSummer()
	if err := s.Write(&sum); err != nil {
		return File{}, fmt.Errorf("%s: %w", s.Path, err)
	}
	return sum.file(s.Path), nil
}

// text is what a source would write, if that is short; nil if it is not.
func (s *Source) text() []byte {
	var b bytes.Buffer
	if err := s.Write(&b); err != nil || b.Len() > maxDiff {
		return nil
	}
	return b.Bytes()
}
