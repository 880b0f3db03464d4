package store

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// Values are the values of a column, in the slice of its type.
type Values struct {
	Column
	Ints   []int64
	Floats []float64 // NaN where missing
	Texts  []string
	Bools  []bool
}

// Len is the number of values.
func (v *Values) Len() int { return len(v.Ints) + len(v.Floats) + len(v.Texts) + len(v.Bools) }

// parquetFile is a file being read.
type parquetFile struct {
	in      *os.File
	file    *parquet.File
	columns []Column
}

var errDamaged = errors.New("damaged, or not a Parquet file")

// rescue makes an error of a panic of parquet-go, which trusts what it reads.
func rescue(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%w: %v", errDamaged, r)
	}
}

// openParquet reads the end of a file, which says what is in it.
func openParquet(in *os.File) (f *parquetFile, err error) {
	defer rescue(&err)
	info, err := in.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("is not a regular file")
	}
	if err := checkEnd(in, info.Size()); err != nil {
		return nil, err
	}
	file, err := parquet.OpenFile(in, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	f = &parquetFile{in: in, file: file}
	if err := checkRows(file.Metadata()); err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	return f, f.describe()
}

// checkEnd looks at the length of the footer, for which parquet-go would set
// aside up to 4 GB without a look at the size of the file.
func checkEnd(in io.ReaderAt, size int64) error {
	const magic = 4 // "PAR1" at both ends, and a length before the last
	var end [2 * magic]byte
	if size < magic+int64(len(end)) {
		return fmt.Errorf("%w: it has %d bytes", errDamaged, size)
	}
	if _, err := in.ReadAt(end[:], size-int64(len(end))); err != nil {
		return err
	}
	if footer := int64(binary.LittleEndian.Uint32(end[:])); string(end[magic:]) != "PAR1" || footer > size-magic-int64(len(end)) {
		return fmt.Errorf("%w: its end is missing", errDamaged)
	}
	return nil
}

// describe takes the columns in as the metadata declare them, which the file must
// have then.
func (f *parquetFile) describe() error {
	text, _ := f.file.Lookup(columnsKey)
	if err := json.Unmarshal([]byte(text), &f.columns); err != nil {
		return fmt.Errorf("%w: columns: %w", errDamaged, err)
	}
	declared := Table{Columns: f.columns}
	if err := declared.check(); err != nil {
		return fmt.Errorf("%w: %w", errDamaged, err)
	}
	if !parquet.EqualNodes(f.file.Schema(), schemaOf(f.columns)) {
		return fmt.Errorf("%w: its columns are not those that it declares", errDamaged)
	}
	return nil
}

// places finds columns by their names; no names are all columns.
func (f *parquetFile) places(names []string) (places []int, err error) {
	var all []string
	for _, c := range f.columns {
		all = append(all, c.Name)
	}
	if len(names) == 0 {
		names = all
	}
	for _, name := range names {
		i := slices.Index(all, name)
		if i < 0 {
			return nil, fmt.Errorf("no column %q; there are: %s", name, strings.Join(all, ", "))
		}
		places = append(places, i)
	}
	return places, nil
}

// each visits the row groups in order and gives the values of the named
// columns, without names those of all. A row group has rowGroupRows rows at most.
func (f *parquetFile) each(names []string, visit func([]Values) error) error {
	places, err := f.places(names)
	if err != nil {
		return err
	}
	for g := range f.file.RowGroups() {
		values := make([]Values, len(places))
		for k, i := range places {
			values[k].Column = f.columns[i]
			if err := f.readChunk(&values[k], g, i); err != nil {
				return fmt.Errorf("%w: column %q: %w", errDamaged, f.columns[i].Name, err)
			}
		}
		if err := visit(values); err != nil {
			return err
		}
	}
	return nil
}

// readChunk reads the values of column i in row group g.
func (f *parquetFile) readChunk(v *Values, g, i int) (err error) {
	defer rescue(&err)
	if err := checkChunk(f.in, &f.file.Metadata().RowGroups[g], i); err != nil {
		return err
	}
	in := parquet.NewColumnChunkValueReader(f.file.RowGroups()[g].ColumnChunks()[i])
	defer func() { err = errors.Join(err, in.Close()) }()
	text := 0
	for buf := make([]value, batchRows); ; {
		n, err := in.ReadValues(buf)
		for _, x := range buf[:n] {
			// A damaged dictionary may give the same long text many times.
			if text += v.add(x); text > longestPage {
				return fmt.Errorf("more than %d bytes of text", longestPage)
			}
		}
		if rows := f.file.RowGroups()[g].NumRows(); err == io.EOF && int64(v.Len()) != rows {
			return fmt.Errorf("%d values for %d rows", v.Len(), rows)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// add adds a value that was read. It returns how long its text is.
func (v *Values) add(x value) (text int) {
	switch v.Type {
	case Int64:
		v.Ints = append(v.Ints, x.Int64())
	case Bool:
		v.Bools = append(v.Bools, x.Boolean())
	case Text:
		v.Texts = append(v.Texts, string(x.ByteArray()))
		return len(x.ByteArray())
	case Float64:
		v.Floats = append(v.Floats, math.NaN())
		if !x.IsNull() {
			v.Floats[len(v.Floats)-1] = x.Double()
		}
	}
	return 0
}

// writeRows writes the rows of a table that were read.
func (w *TableWriter) writeRows(columns []Values) error {
	for row := range columns[0].Len() {
		for i := range columns {
			switch v := &columns[i]; v.Type {
			case Int64:
				w.Int(v.Ints[row])
			case Text:
				w.Text(v.Texts[row])
			case Bool:
				w.Bool(v.Bools[row])
			default:
				w.Float(v.Floats[row])
			}
		}
		if err := w.EndRow(); err != nil {
			return err
		}
	}
	return nil
}
