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
// quotation is open.
func csvLines(in *os.File, yield func(string) bool) error {
	r := bufio.NewReaderSize(in, csvBuffer)
	var line []byte
	quoted := false // a quotation is open at its end
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		quoted = quoted != (bytes.Count(part, []byte{'"'})%2 == 1)
		switch {
		case len(line) > longestLine:
			return fmt.Errorf("a line of more than %d bytes", longestLine)
		case err == bufio.ErrBufferFull, err == nil && quoted:
			continue
		case err != nil && err != io.EOF:
			return err
		case err == io.EOF && len(line) == 0:
			return nil
		}
		if !yield(strings.TrimSuffix(string(line), "\n")) {
			return errStopped
		}
		line, quoted = line[:0], false
	}
}

// parquetLines writes the rows of a Parquet file as lines of CSV.
func parquetLines(in *os.File, yield func(string) bool) error {
	f, err := openParquet(in)
	if err != nil {
		return err
	}
	c, err := f.cursor(nil)
	if err != nil {
		return err
	}
	defer c.close()
	w := newCSVEncoder(io.Discard, f.columns) // the header is in its buffer
	if !yield(strings.TrimSuffix(string(w.buf), "\n")) {
		return errStopped
	}
	for {
		err := c.next(batchRows)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		for row := range c.values[0].Len() {
			w.buf = w.buf[:0]
			for i := range c.values {
				w.next(i)
				w.value(&c.values[i], row)
			}
			if !yield(string(w.buf)) {
				return errStopped
			}
		}
	}
}

// value writes a value of a row that was read.
func (e *csvEncoder) value(v *Values, row int) {
	switch v.Type {
	case Int64:
		e.int(v.Ints[row])
	case Text:
		e.text(v.Texts[row])
	case Bool:
		e.bool(v.Bools[row])
	default:
		e.float(v.Floats[row])
	}
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
