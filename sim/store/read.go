package store

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
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

// readColumns reads columns of a Parquet file that this package wrote; without
// names all of them, in their order. A file that is damaged or none of Parquet's
// is an error, and so is a column that is not there.
func readColumns(in *os.File, names []string) (values []Values, err error) {
	f, err := openParquet(in)
	if err != nil {
		return nil, err
	}
	c, err := f.cursor(names)
	if err != nil {
		return nil, err
	}
	defer c.close()
	if err := c.next(int(f.file.NumRows())); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return c.values, nil
}

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

// describe takes the columns in: their types from the schema, their units and
// meaning from the metadata.
func (f *parquetFile) describe() error {
	var declared []Column
	if text, ok := f.file.Lookup(columnsKey); ok {
		if err := json.Unmarshal([]byte(text), &declared); err != nil {
			return fmt.Errorf("%w: columns: %w", errDamaged, err)
		}
	}
	for i, field := range f.file.Schema().Fields() {
		c := Column{Name: field.Name(), Type: nTypes}
		if field.Leaf() && !field.Repeated() {
			c.Type = typeOf(field)
		}
		if i < len(declared) && declared[i].Name == c.Name {
			c.Unit, c.Doc = declared[i].Unit, declared[i].Doc
		}
		f.columns = append(f.columns, c)
	}
	return nil
}

// typeOf is nodeOf backwards; nTypes for what nodeOf does not make.
func typeOf(field parquet.Node) Type {
	switch kind := field.Type().Kind(); {
	case kind == parquet.Double:
		return Float64
	case field.Optional():
		return nTypes
	case kind == parquet.Int64:
		return Int64
	case kind == parquet.ByteArray:
		return Text
	case kind == parquet.Boolean:
		return Bool
	}
	return nTypes
}

// find is the place of a column.
func (f *parquetFile) find(name string) (int, error) {
	var all []string
	for i, c := range f.columns {
		if c.Name == name {
			return i, nil
		}
		all = append(all, c.Name)
	}
	return 0, fmt.Errorf("no column %q; there are: %s", name, strings.Join(all, ", "))
}
