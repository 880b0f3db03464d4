package store

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/parquet-go/parquet-go"
)

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

// list returns the names in a directory, hidden ones too.
func list(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
