package store

import (
	"io"
	"math"
	"strconv"
	"strings"
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
		e.put(i, value{Type: Text, text: c.Name})
	}
	e.buf = append(e.buf, '\n')
	return e
}

func (e *csvEncoder) put(i int, v value) {
	if i > 0 {
		e.buf = append(e.buf, ',')
	}
	switch v.Type {
	case Int64:
		e.buf = strconv.AppendInt(e.buf, v.int, 10)
	case Float64:
		e.float(v.float)
	case Text:
		e.text(v.text)
	default:
		e.buf = strconv.AppendBool(e.buf, v.bool)
	}
}

// float writes the shortest text that reads back to the same bits. Infinities
// are inf and -inf, which Go, DuckDB, pandas and R all read.
func (e *csvEncoder) float(v float64) {
	switch {
	case math.IsNaN(v):
		if e.alone { // readers skip an empty line, and the row would be lost
			e.buf = append(e.buf, '"', '"')
		}
	case math.IsInf(v, 1):
		e.buf = append(e.buf, "inf"...)
	case math.IsInf(v, -1):
		e.buf = append(e.buf, "-inf"...)
	default:
		e.buf = appendFloat(e.buf, v)
	}
}

// appendFloat is strconv's 'g' -1. Most values are small counts, for which the
// integer gives the same text in a fifth of the time; minus zero is not one.
func appendFloat(b []byte, v float64) []byte {
	if v > -1e5 && v < 1e5 {
		if i := int64(v); float64(i) == v && (i != 0 || !math.Signbit(v)) {
			return strconv.AppendInt(b, i, 10)
		}
	}
	return strconv.AppendFloat(b, v, 'g', -1, 64)
}

// text quotes where RFC 4180 asks for it. Empty text is quoted as well, because
// it is no missing value; DuckDB tells the two apart with allow_quoted_nulls =
// false.
func (e *csvEncoder) text(s string) {
	if s != "" && !strings.ContainsAny(s, "\",\r\n") && s[0] != ' ' && s[len(s)-1] != ' ' {
		e.buf = append(e.buf, s...)
		return
	}
	e.buf = append(e.buf, '"')
	for i := range len(s) {
		if s[i] == '"' {
			e.buf = append(e.buf, '"')
		}
		e.buf = append(e.buf, s[i])
	}
	e.buf = append(e.buf, '"')
}

func (e *csvEncoder) endRow() error {
	e.buf = append(e.buf, '\n')
	if len(e.buf) < e.most {
		return nil
	}
	return e.close()
}

// close hands over what was gathered.
func (e *csvEncoder) close() error {
	_, err := e.out.Write(e.buf)
	e.buf = e.buf[:0]
	return err
}
