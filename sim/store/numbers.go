package store

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// Numbers is a table of numbers that somebody else may have written.
type Numbers struct {
	Names  []string
	Values [][]float64 // by column; NaN where missing
	Line   int         // of the first row, to name it by: 2 of CSV, 1 of Parquet
	Model  string      // hash of the model that made it, where Parquet says it
}

// MostNumbers is how many a file may hold: 80 MB of them.
const MostNumbers = 10_000_000

// NumbersError says what is wrong with a file that was to be a table of numbers.
type NumbersError struct{ Path, Problem string }

func (e *NumbersError) Error() string { return e.Path + ": " + e.Problem }

// ReadNumbers reads a table of numbers: CSV with a row of names, or Parquet,
// whoever wrote it. The file's content says which it is. The error is a
// *NumbersError where the content is not that, else one of reading.
func ReadNumbers(path string) (*Numbers, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, &NumbersError{path, "is not a regular file"}
	}
	in, err := os.Open(filepath.Clean(path))
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }() // opened for reading
	var magic [4]byte
	var n *Numbers
	if _, err := io.ReadFull(in, magic[:]); err == nil && string(magic[:]) == "PAR1" {
		n, err = parquetNumbers(in, info.Size())
		return n, numbersError(path, err)
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	n, err = csvNumbers(in)
	return n, numbersError(path, err)
}

func numbersError(path string, err error) error {
	var read *os.PathError
	if err == nil || errors.As(err, &read) {
		return err
	}
	return &NumbersError{path, err.Error()}
}

// csvNumbers reads CSV. Empty fields, NA and NaN are missing.
func csvNumbers(in io.Reader) (*Numbers, error) {
	r := csv.NewReader(in)
	r.ReuseRecord, r.TrimLeadingSpace = true, true
	head, err := r.Read()
	if err == io.EOF {
		return nil, errors.New("is empty; it must begin with a line of names")
	}
	if err != nil {
		return nil, err
	}
	n := &Numbers{Line: 2}
	for i, name := range head {
		if i == 0 {
			name = string(bytes.TrimPrefix([]byte(name), []byte("\xef\xbb\xbf"))) // Excel marks its UTF-8 so
		}
		n.Names, n.Values = append(n.Names, strings.TrimSpace(name)), append(n.Values, nil)
	}
	for count := 0; ; count += len(head) {
		row, err := r.Read()
		switch {
		case err == io.EOF:
			return n, nil
		case errors.Is(err, csv.ErrFieldCount):
			line, _ := r.FieldPos(0)
			return nil, fmt.Errorf("line %d: has %d fields under %d names; fields are parted by commas, and numbers have points", line, len(row), len(head))
		case err != nil:
			return nil, err
		case count > MostNumbers:
			return nil, fmt.Errorf("has more than %d numbers", MostNumbers)
		}
		for i, text := range row {
			x, err := numberOf(text)
			if err != nil {
				line, _ := r.FieldPos(i)
				return nil, fmt.Errorf("line %d, column %s = %q: must be a number%s", line, n.Names[i], text, commaHint(text))
			}
			n.Values[i] = append(n.Values[i], x)
		}
	}
}

func numberOf(text string) (float64, error) {
	switch text = strings.TrimSpace(text); text {
	case "", "NA", "NaN", "nan":
		return math.NaN(), nil
	}
	return strconv.ParseFloat(text, 64)
}

// commaHint says what a number written as in Finnish must look like.
func commaHint(text string) string {
	if _, err := numberOf(strings.Replace(text, ",", ".", 1)); err == nil {
		return ", with a point in place of the comma"
	}
	return ""
}

// codecs are those that are read. Others would set aside whatever memory a damaged
// file asks for.
var codecs = []format.CompressionCodec{format.Uncompressed, format.Snappy, format.Gzip, format.Zstd}

// parquetNumbers reads Parquet with columns of numbers.
func parquetNumbers(in *os.File, size int64) (n *Numbers, err error) {
	defer rescue(&err)
	if err := checkEnd(in, size); err != nil {
		return nil, err
	}
	file, err := parquet.OpenFile(in, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	n = &Numbers{Line: 1}
	n.Model, _ = file.Lookup("model_hash")
	for _, f := range file.Schema().Fields() {
		if !f.Leaf() || f.Repeated() {
			return nil, fmt.Errorf("column %s: must be plain numbers", f.Name())
		}
		n.Names = append(n.Names, f.Name())
	}
	if rows := file.NumRows(); rows < 0 || rows > MostNumbers/int64(max(1, len(n.Names))) {
		return nil, fmt.Errorf("has %d rows; at most %d numbers in all are read", rows, MostNumbers)
	}
	n.Values = make([][]float64, len(n.Names))
	for g, group := range file.RowGroups() {
		said := &file.Metadata().RowGroups[g]
		if len(said.Columns) != len(n.Names) || said.NumRows < 0 || said.NumRows > file.NumRows() {
			return nil, fmt.Errorf("%w: %d columns and %d rows in a row group", errDamaged, len(said.Columns), said.NumRows)
		}
		for i, chunk := range group.ColumnChunks() {
			err := checkPages(in, said, i)
			if codec := said.Columns[i].MetaData.Codec; !slices.Contains(codecs, codec) {
				err = fmt.Errorf("compressed by %v; write it with zstd, snappy or gzip", codec)
			}
			if err == nil {
				err = n.addChunk(i, chunk)
			}
			if err != nil {
				return nil, fmt.Errorf("column %s: %w", n.Names[i], err)
			}
		}
	}
	for i, v := range n.Values {
		if int64(len(v)) != file.NumRows() {
			return nil, fmt.Errorf("%w: column %s has %d values for %d rows", errDamaged, n.Names[i], len(v), file.NumRows())
		}
	}
	return n, nil
}

// addChunk adds the values of a column in one row group.
func (n *Numbers) addChunk(i int, chunk parquet.ColumnChunk) (err error) {
	in := parquet.NewColumnChunkValueReader(chunk)
	defer func() { err = errors.Join(err, in.Close()) }()
	for buf := make([]value, batchRows); ; {
		k, err := in.ReadValues(buf)
		if len(n.Values[i]) > MostNumbers {
			return errDamaged
		}
		for _, x := range buf[:k] {
			v := math.NaN()
			switch {
			case x.IsNull():
			case x.Kind() == parquet.Double:
				v = x.Double()
			case x.Kind() == parquet.Float:
				v = float64(x.Float())
			case x.Kind() == parquet.Int32:
				v = float64(x.Int32())
			case x.Kind() == parquet.Int64:
				v = float64(x.Int64())
			default:
				return fmt.Errorf("must be numbers, and is %v", x.Kind())
			}
			n.Values[i] = append(n.Values[i], v)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
