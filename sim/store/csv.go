package store

import (
	"bytes"
	"io"
	"math"
	"strconv"

	"github.com/parquet-go/parquet-go"
)

// csvBuffer is how much text is gathered before it goes to the file: enough
// that a write is cheap, little enough to stay in cache.
const csvBuffer = 64 << 10

// csvEncoder writes RFC 4180 with '\n' line ends: a header row, fields quoted
// where they must be. encoding/csv is not used because it wants a string for
// every field, which would allocate 45 times a row.
type csvEncoder struct {
	out   io.Writer
	buf   []byte
	most  int  // bytes that are gathered
	alone bool // one column only: an empty field would be an empty line
}

func newCSVEncoder(out io.Writer, columns []Column) *csvEncoder {
	e := &csvEncoder{out: out, most: csvBuffer, alone: len(columns) == 1}
	for i, c := range columns {
		e.comma(i)
		e.text([]byte(c.Name))
	}
	e.buf = append(e.buf, '\n')
	return e
}

func (e *csvEncoder) comma(i int) {
	if i > 0 {
		e.buf = append(e.buf, ',')
	}
}

func (e *csvEncoder) row(values []value) error {
	for i, v := range values {
		e.comma(i)
		switch v.Kind() {
		case parquet.Int64:
			e.buf = strconv.AppendInt(e.buf, v.Int64(), 10)
		case parquet.Double:
			e.float(v.Double())
		case parquet.ByteArray:
			e.text(v.ByteArray())
		case parquet.Boolean:
			e.buf = strconv.AppendBool(e.buf, v.Boolean())
		default: // missing
			if e.alone { // readers skip an empty line, and the row would be lost
				e.buf = append(e.buf, '"', '"')
			}
		}
	}
	e.buf = append(e.buf, '\n')
	if len(e.buf) < e.most {
		return nil
	}
	return e.close()
}

// float writes the shortest text that reads back to the same bits, and is seen to
// be no integer: readers guess the type of a column by its first rows, and DuckDB
// would then round all others. Infinities are inf and -inf, which Go, DuckDB,
// pandas and R all read.
func (e *csvEncoder) float(v float64) {
	switch {
	case math.IsInf(v, 1):
		e.buf = append(e.buf, "inf"...)
	case math.IsInf(v, -1):
		e.buf = append(e.buf, "-inf"...)
	default:
		begin := len(e.buf)
		e.buf = strconv.AppendFloat(e.buf, v, 'g', -1, 64)
		if !bytes.ContainsAny(e.buf[begin:], ".e") {
			e.buf = append(e.buf, ".0"...)
		}
	}
}

// text quotes where RFC 4180 asks for it. Empty text is quoted as well, because
// it is no missing value; DuckDB tells the two apart with allow_quoted_nulls =
// false.
func (e *csvEncoder) text(s []byte) {
	if len(s) > 0 && !bytes.ContainsAny(s, "\",\r\n") && s[0] != ' ' && s[len(s)-1] != ' ' {
		e.buf = append(e.buf, s...)
		return
	}
	e.buf = append(e.buf, '"')
	for _, b := range s {
		if b == '"' {
			e.buf = append(e.buf, '"')
		}
		e.buf = append(e.buf, b)
	}
	e.buf = append(e.buf, '"')
}

// close hands over what was gathered.
func (e *csvEncoder) close() error {
	_, err := e.out.Write(e.buf)
	e.buf = e.buf[:0]
	return err
}
