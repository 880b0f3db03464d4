package store

import (
	"fmt"
	"io"
	"math"

	"github.com/parquet-go/parquet-go"
)

// cursor reads some columns of a file, a number of rows at a time.
type cursor struct {
	values  []Values // of the rows read last
	sources []columnSource
	left    int64 // rows
}

// columnSource gives the values of one column, row group by row group and in
// them page by page.
type columnSource struct {
	chunks []parquet.ColumnChunk
	pages  parquet.Pages       // of the chunk under way; nil before the first
	page   parquet.Page        // under way; nil before the first
	in     parquet.ValueReader // of the page
	buf    []parquet.Value
}

// readBatch is how many values are asked of parquet-go at a time.
const readBatch = 512

// cursor begins to read; no names are all columns.
func (f *parquetFile) cursor(names []string) (c *cursor, err error) {
	defer rescue(&err)
	if len(names) == 0 {
		for _, column := range f.columns {
			names = append(names, column.Name)
		}
	}
	c = &cursor{left: f.file.NumRows()}
	for _, name := range names {
		i, err := f.find(name)
		if err != nil {
			return nil, err
		}
		if f.columns[i].Type == nTypes {
			return nil, fmt.Errorf("column %q: not of a type that epgsim writes", name)
		}
		leaf, ok := f.file.Schema().Lookup(name)
		if !ok {
			return nil, fmt.Errorf("%w: column %q", errDamaged, name)
		}
		if err := checkColumn(f.in, f.file.Metadata(), leaf.ColumnIndex); err != nil {
			return nil, err
		}
		s := columnSource{buf: make([]parquet.Value, readBatch)}
		for _, group := range f.file.RowGroups() {
			s.chunks = append(s.chunks, group.ColumnChunks()[leaf.ColumnIndex])
		}
		c.values = append(c.values, Values{Column: f.columns[i]})
		c.sources = append(c.sources, s)
	}
	return c, nil
}

// next reads the next n rows, or what is left, into values, in place of those
// before. At the end of the file it is io.EOF.
func (c *cursor) next(n int) (err error) {
	defer rescue(&err)
	if c.left <= 0 {
		return io.EOF
	}
	n = int(min(int64(n), c.left))
	for i := range c.values {
		v := &c.values[i]
		v.Ints, v.Floats, v.Texts, v.Bools = v.Ints[:0], v.Floats[:0], v.Texts[:0], v.Bools[:0]
		if err := c.sources[i].read(v, n); err != nil {
			return fmt.Errorf("%w: column %q: %w", errDamaged, v.Name, err)
		}
	}
	c.left -= int64(n)
	return nil
}

func (c *cursor) close() {
	for i := range c.sources {
		c.sources[i].closePage()
		_ = c.sources[i].closeChunk() // read already
	}
}

// read appends n values to v.
func (s *columnSource) read(v *Values, n int) error {
	for n > 0 {
		if s.in == nil {
			if err := s.turn(); err != nil {
				return err
			}
			continue
		}
		got, err := s.in.ReadValues(s.buf[:min(n, len(s.buf))])
		for _, value := range s.buf[:got] {
			v.take(value)
		}
		n -= got
		switch {
		case err == io.EOF:
			s.closePage()
		case err != nil:
			return err
		case got == 0:
			return io.ErrNoProgress
		}
	}
	return nil
}

// turn goes to the next page, which may be in the next row group.
func (s *columnSource) turn() (err error) {
	if s.pages == nil {
		if len(s.chunks) == 0 {
			return io.ErrUnexpectedEOF
		}
		s.pages, s.chunks = s.chunks[0].Pages(), s.chunks[1:]
	}
	page, err := s.pages.ReadPage()
	if err == io.EOF {
		return s.closeChunk()
	}
	if err != nil {
		return err
	}
	s.page, s.in = page, page.Values()
	return nil
}

func (s *columnSource) closePage() {
	if s.page != nil {
		parquet.Release(s.page)
	}
	s.page, s.in = nil, nil
}

func (s *columnSource) closeChunk() (err error) {
	if s.pages != nil {
		err = s.pages.Close()
	}
	s.pages = nil
	return err
}

// take appends one value. Only floats can be missing.
func (v *Values) take(value parquet.Value) {
	switch v.Type {
	case Int64:
		v.Ints = append(v.Ints, value.Int64())
	case Text:
		v.Texts = append(v.Texts, string(value.ByteArray()))
	case Bool:
		v.Bools = append(v.Bools, value.Boolean())
	default:
		if value.IsNull() {
			v.Floats = append(v.Floats, math.NaN())
			return
		}
		v.Floats = append(v.Floats, value.Double())
	}
}
