package store

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// writeMuch writes a table of more than one row group.
func writeMuch(d *Dir, formats Format) error {
	w, err := d.Table(Table{Name: "results", Columns: demo, Formats: formats})
	if err != nil {
		return err
	}
	defer w.Abort()
	for i := range rowGroupRows + 10 {
		r := awkward[i%len(awkward)]
		r.alpha = math.Sqrt(float64(i)) // hard to compress: more than one write
		if err := r.write(w); err != nil {
			return err
		}
	}
	return w.Close()
}

// linesOfFile are all lines of a table's file.
func linesOfFile(name string) (lines []string, err error) {
	for line, err := range Lines(name) {
		if err != nil {
			return lines, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// linesOf reads a whole file.
func linesOf(t *testing.T, path string) (lines []string) {
	t.Helper()
	for line, err := range Lines(path) {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	return lines
}

// textsOf gives the values of a row in the form of demoRow.texts.
func textsOf(values []Values, row int) (texts []string) {
	for _, v := range values {
		switch v.Type {
		case Int64:
			texts = append(texts, strconv.FormatInt(v.Ints[row], 10))
		case Text:
			texts = append(texts, v.Texts[row])
		case Bool:
			texts = append(texts, strconv.FormatBool(v.Bools[row]))
		case Float64:
			if math.IsNaN(v.Floats[row]) {
				texts = append(texts, "")
				continue
			}
			texts = append(texts, strconv.FormatUint(math.Float64bits(v.Floats[row]), 16))
		}
	}
	return texts
}

// readFile reads columns of a Parquet file.
func readFile(path string, names ...string) ([]Values, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, explain("read", path, err)
	}
	defer func() { _ = in.Close() }()
	f, err := openParquet(in)
	if err == nil {
		var values []Values
		if values, err = readAll(f, names); err == nil {
			return values, nil
		}
	}
	return nil, fmt.Errorf("%s: %w", path, err)
}

func readAll(f *parquetFile, names []string) (all []Values, err error) {
	err = f.each(names, func(values []Values) error {
		if all == nil {
			all = values
			return nil
		}
		for i, v := range values {
			w := &all[i]
			w.Ints, w.Floats, w.Texts, w.Bools = append(w.Ints, v.Ints...), append(w.Floats, v.Floats...), append(w.Texts, v.Texts...), append(w.Bools, v.Bools...)
		}
		return nil
	})
	return all, err
}

// readCSV reads a file back as texts comparable to demoRow.texts.
func readCSV(t testing.TB, name string, columns []Column) [][]string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, b)
	}
	for i, c := range columns {
		if rows[0][i] != c.Name {
			t.Fatalf("CSV column %d is %q, want %q", i, rows[0][i], c.Name)
		}
	}
	for _, row := range rows[1:] {
		for i, c := range columns {
			if c.Type == Float64 && row[i] != "" {
				v, err := strconv.ParseFloat(row[i], 64)
				if err != nil {
					t.Fatal(err)
				}
				row[i] = strconv.FormatUint(math.Float64bits(v), 16)
			}
		}
	}
	return rows[1:]
}

// readParquet reads a file back as the same texts.
func readParquet(t testing.TB, name string, columns []Column) (rows [][]string, file *parquet.File) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if file, err = parquet.OpenFile(bytes.NewReader(b), int64(len(b))); err != nil {
		t.Fatal(err)
	}
	for i, f := range file.Schema().Fields() {
		if f.Name() != columns[i].Name || f.Optional() != (columns[i].Type == Float64) {
			t.Fatalf("Parquet column %d is %v, want %v", i, f, columns[i])
		}
	}
	buf := make([]parquet.Row, 100)
	for _, group := range file.RowGroups() {
		for in := group.Rows(); ; {
			n, err := in.ReadRows(buf)
			for _, row := range buf[:n] {
				texts := make([]string, len(columns))
				for i, v := range row {
					if v.Column() != i {
						t.Fatalf("value %d is of column %d", i, v.Column())
					}
					texts[i] = textOf(v, columns[i].Type)
				}
				rows = append(rows, texts)
			}
			if err != nil {
				_ = in.Close()
				break
			}
		}
	}
	return rows, file
}

func textOf(v parquet.Value, t Type) string {
	switch {
	case v.IsNull():
		return ""
	case t == Int64:
		return strconv.FormatInt(v.Int64(), 10)
	case t == Float64:
		return strconv.FormatUint(math.Float64bits(v.Double()), 16)
	case t == Bool:
		return strconv.FormatBool(v.Boolean())
	}
	return string(v.ByteArray())
}

// The order is neither that of the names nor of the types.
var demo = []Column{
	{"zeta", "k€", "value", Float64},
	{"arm", "", "which arm", Text},
	{"week", "weeks", "time", Int64},
	{"alpha, \"quoted\"", "1", "a name that needs quotes", Float64},
	{"kept", "", "whether kept", Bool},
	{"never", "1", "always missing", Float64},
}

type demoRow struct {
	zeta  float64
	arm   string
	week  int64
	alpha float64
	kept  bool
}

func (r demoRow) write(w *TableWriter) error {
	return w.Float(r.zeta).Text(r.arm).Int(r.week).Float(r.alpha).Bool(r.kept).Float(math.NaN()).EndRow()
}

// texts is the row as its CSV fields, by the reader that shall be independent
// of the writer.
func (r demoRow) texts() []string {
	f := func(v float64) string {
		if math.IsNaN(v) {
			return ""
		}
		return strconv.FormatUint(math.Float64bits(v), 16)
	}
	return []string{f(r.zeta), r.arm, strconv.FormatInt(r.week, 10), f(r.alpha), strconv.FormatBool(r.kept), ""}
}

var awkward = []demoRow{
	{0, "", 0, math.Copysign(0, -1), false},
	{math.Inf(1), `say "hello"`, math.MaxInt64, math.Inf(-1), true},
	{math.NaN(), "a,b", math.MinInt64, math.NaN(), true},
	{math.MaxFloat64, "two\nlines", -1, math.SmallestNonzeroFloat64, false},
	{0.1 + 0.2, " spaces ", 42, -99999, true},
	{1e6, "Übergröße €", 7, 123456.789, false},
	{100000, "\ufffd", 8, -1e5, false},
}

// openTable begins a table outside of any run directory: its files are path with
// .csv and .parquet behind it.
func openTable(path string, t Table) (*TableWriter, error) {
	f, err := openFolder(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	w, err := newTableWriter(f, filepath.Base(path), t)
	if err != nil {
		return nil, errors.Join(err, f.close())
	}
	return w, nil // f stays open until the test ends
}

func writeDemo(t testing.TB, path string, rows []demoRow) {
	t.Helper()
	w, err := openTable(path, Table{Name: "demo", Columns: demo, Meta: map[string]string{"version": "1.2.3", "scenario_hash": "abc"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if err := r.write(w); err != nil {
			t.Fatal(err)
		}
	}
	mustClose(t, w)
}

// lastOf is the error of the last of calls that were made in order.
func lastOf(errs ...error) error { return errs[len(errs)-1] }
