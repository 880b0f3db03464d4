package store

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
)

// longestLine is more than a row has, in bytes. A quotation mark that somebody
// has put into a CSV file must not make one line of the rest.
const longestLine = 1 << 20

// Lines reads the file of a table, CSV or Parquet by its ending, as lines of
// CSV: the header, then row by row what the CSV file of the same table says.
// So files of either kind can be compared: equal lines are equal bits. After
// an error, which names the file, there are no more.
func Lines(path string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		in, err := os.Open(path)
		if err != nil {
			yield("", explain("read", path, err))
			return
		}
		defer func() { _ = in.Close() }() // opened for reading
		lines := csvLines
		if strings.HasSuffix(path, Parquet.ending()) {
			lines = parquetLines
		}
		if err := lines(in, func(line string) bool { return yield(line, nil) }); err != nil && !errors.Is(err, errStopped) {
			yield("", fmt.Errorf("%s: %w", path, err))
		}
	}
}

// errStopped ends reading when nobody wants any more.
var errStopped = errors.New("stopped")

// csvLines takes the lines of a CSV file as they stand. A line ends where no
// quotation is open; the last may be without its end.
func csvLines(in *os.File, yield func(string) bool) error {
	var line []byte
	quotes := 0
	for r := bufio.NewReader(in); ; {
		piece, err := r.ReadSlice('\n')
		line = append(line, piece...)
		quotes += bytes.Count(piece, []byte{'"'})
		switch {
		case len(line) > longestLine+1:
			return fmt.Errorf("a line of more than %d bytes", longestLine)
		case errors.Is(err, bufio.ErrBufferFull), err == nil && quotes%2 != 0:
			continue
		case err != nil && err != io.EOF:
			return err
		}
		if len(line) > 0 && !yield(strings.TrimSuffix(string(line), "\n")) {
			return errStopped
		}
		if err == io.EOF {
			return nil
		}
		line, quotes = line[:0], 0
	}
}

// eachLine takes every write for a line.
type eachLine func(string) bool

func (yield eachLine) Write(line []byte) (int, error) {
	if !yield(strings.TrimSuffix(string(line), "\n")) {
		return 0, errStopped
	}
	return len(line), nil
}

// parquetLines writes the rows of a Parquet file as lines of CSV.
func parquetLines(in *os.File, yield func(string) bool) error {
	f, err := openParquet(in)
	if err != nil {
		return err
	}
	e := newCSVEncoder(eachLine(yield), f.columns)
	if err := e.close(); err != nil { // the header
		return err
	}
	e.most = 0
	w := TableWriter{table: Table{Columns: f.columns}, encoders: []encoder{e}}
	return f.each(nil, func(columns []Values) error { return w.writeRows(columns) })
}

// Fields splits a line at its commas. Quotation marks stay: "" is empty text
// and nothing is a missing value.
func Fields(line string) (fields []string) {
	begin, quoted := 0, false
	for i := range len(line) {
		switch c := line[i]; {
		case c == '"':
			quoted = !quoted
		case c == ',' && !quoted:
			fields = append(fields, line[begin:i])
			begin = i + 1
		}
	}
	return append(fields, line[begin:])
}
