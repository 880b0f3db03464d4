package store

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRoundTrip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo")
	writeDemo(t, path, awkward)
	fromCSV := readCSV(t, path+".csv", demo)
	fromParquet, file := readParquet(t, path+".parquet", demo)
	for i, r := range awkward {
		if want := r.texts(); !slices.Equal(fromCSV[i], want) || !slices.Equal(fromParquet[i], want) {
			t.Errorf("row %d: wrote %q, CSV says %q, Parquet says %q", i, want, fromCSV[i], fromParquet[i])
		}
	}
	if len(fromCSV) != len(awkward) || len(fromParquet) != len(awkward) {
		t.Errorf("%d rows in CSV, %d in Parquet, want %d", len(fromCSV), len(fromParquet), len(awkward))
	}
	for key, want := range map[string]string{"version": "1.2.3", "scenario_hash": "abc"} {
		if got, _ := file.Lookup(key); got != want {
			t.Errorf("metadata %s = %q, want %q", key, got, want)
		}
	}
	if got, _ := file.Lookup(columnsKey); !strings.Contains(got, `"unit":"k€","doc":"value","type":"float64"`) {
		t.Errorf("metadata %s = %s", columnsKey, got)
	}
	if got := file.Metadata().CreatedBy; got != "epgsim version 1(build )" {
		t.Errorf("created by %q: depends on the build?", got)
	}
}

func TestCSVBytes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo")
	writeDemo(t, path, awkward[:3])
	got, err := os.ReadFile(path + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	want := `zeta,arm,week,"alpha, ""quoted""",kept,never
0.0,"",0,-0.0,false,
inf,"say ""hello""",9223372036854775807,-inf,true,
,"a,b",-9223372036854775808,,true,
`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// One column of missing values: an empty line would be skipped by readers.
func TestOneColumn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "one")
	columns := []Column{{"x", "", "", Float64}}
	w, err := openTable(path, Table{Name: "one", Columns: columns})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := w.Float(math.NaN()).EndRow(); err != nil {
			t.Fatal(err)
		}
	}
	mustClose(t, w)
	rows, _ := readParquet(t, path+".parquet", columns)
	if n := len(readCSV(t, path+".csv", columns)); n != 3 || len(rows) != 3 {
		t.Errorf("%d rows in CSV, %d in Parquet, want 3", n, len(rows))
	}
}

func TestNoRows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none")
	writeDemo(t, path, nil)
	rows, _ := readParquet(t, path+".parquet", demo)
	if n := len(readCSV(t, path+".csv", demo)); n != 0 || len(rows) != 0 {
		t.Errorf("%d rows in CSV, %d in Parquet, want none", n, len(rows))
	}
}

// Row groups end where they should, and nothing is lost between them.
func TestRowGroups(t *testing.T) {
	path := filepath.Join(t.TempDir(), "long")
	w, err := openTable(path, Table{Name: "long", Columns: demo, Formats: Parquet})
	if err != nil {
		t.Fatal(err)
	}
	const n = 2*rowGroupRows + 1000
	for i := range n {
		v := math.NaN()
		if i/rowGroupRows != 1 { // the second row group knows only missing values
			v = float64(i) / 7
		}
		if err := (demoRow{v, strconv.Itoa(i % 5000), int64(i), float64(-i), i%3 == 0}).write(w); err != nil {
			t.Fatal(err)
		}
	}
	mustClose(t, w)
	if _, err := os.Stat(path + ".csv"); err == nil {
		t.Error("a CSV file that was not asked for")
	}
	rows, file := readParquet(t, path+".parquet", demo)
	if got := len(file.RowGroups()); got != 3 {
		t.Errorf("%d row groups, want 3", got)
	}
	if len(rows) != n {
		t.Fatalf("%d rows, want %d", len(rows), n)
	}
	for _, i := range []int{0, rowGroupRows - 1, rowGroupRows, 2*rowGroupRows - 1, 2 * rowGroupRows, n - 1} {
		if rows[i][1] != strconv.Itoa(i%5000) || rows[i][2] != strconv.Itoa(i) || (rows[i][0] == "") != (i/rowGroupRows == 1) {
			t.Errorf("row %d is %q", i, rows[i])
		}
	}
}

// Long texts end a row group early: memory is bounded in bytes, not in rows.
func TestLongTexts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "texts")
	columns := []Column{{"note", "", "", Text}}
	w, err := openTable(path, Table{Name: "texts", Columns: columns, Formats: Parquet})
	if err != nil {
		t.Fatal(err)
	}
	const n = 70
	for i := range n {
		if err := w.Text(strings.Repeat(string(rune('a'+i%26)), 1<<20) + strconv.Itoa(i)).EndRow(); err != nil {
			t.Fatal(err)
		}
	}
	mustClose(t, w)
	rows, file := readParquet(t, path+".parquet", columns)
	if got := len(file.RowGroups()); got != 3 || len(rows) != n {
		t.Errorf("%d row groups with %d rows, want 3 with %d", got, len(rows), n)
	}
	for i, row := range rows {
		if !strings.HasSuffix(row[0], string(rune('a'+i%26))+strconv.Itoa(i)) {
			t.Errorf("row %d is …%s", i, row[0][len(row[0])-8:])
		}
	}
}

func TestSameBytes(t *testing.T) {
	var first [2][]byte
	rows := slices.Repeat(awkward, 20000)
	for k := range 2 {
		path := filepath.Join(t.TempDir(), "demo")
		writeDemo(t, path, rows)
		for i, ending := range []string{".csv", ".parquet"} {
			b, err := os.ReadFile(path + ending)
			if err != nil {
				t.Fatal(err)
			}
			if k == 0 {
				first[i] = b
			} else if !bytes.Equal(first[i], b) {
				t.Errorf("the second %s differs from the first", ending)
			}
		}
	}
}

// Tables have these bytes on every processor: the tests of the program run this one on
// others, too. Texts that come in runs and mixed once had others.
func TestGoldenTable(t *testing.T) {
	rows := slices.Repeat(awkward, 200)
	for i := range 20000 {
		arm := []string{"market", "customer", "system"}[min(i/6000, i*i%3)]
		rows = append(rows, demoRow{float64(i) / 7, arm, int64(i * i), 1 / float64(i%100), i%5 > 1})
	}
	path := filepath.Join(t.TempDir(), "demo")
	writeDemo(t, path, rows)
	for ending, want := range map[string]string{".csv": "a2d4587d74a8e600", ".parquet": "94b66f750f5e4ee1"} {
		b, err := os.ReadFile(path + ending)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%x", sha256.Sum256(b)); got[:16] != want {
			t.Errorf("the bytes of the %s have the hash %s, want %s", ending, got[:16], want)
		}
	}
}

// CSV and Parquet hold equal values, whatever they are.
func TestEqualValues(t *testing.T) {
	dir := t.TempDir()
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[ ",\n;'x]*`), rapid.SampledFrom([]string{"weak", "band"}))
	float := rapid.OneOf(rapid.Float64(), rapid.Custom(func(t *rapid.T) float64 {
		return math.Float64frombits(rapid.Uint64().Draw(t, "bits"))
	}), rapid.Map(rapid.IntRange(-200000, 200000), func(i int) float64 { return float64(i) }))
	rapid.Check(t, func(rt *rapid.T) {
		path := filepath.Join(dir, "demo")
		rows := make([]demoRow, rapid.IntRange(0, 300).Draw(rt, "rows"))
		for i := range rows {
			// encoding/csv reads \r\n within quotes as \n; RFC 4180 does not ask for that.
			arm := strings.ReplaceAll(text.Draw(rt, "arm"), "\r", "")
			rows[i] = demoRow{float.Draw(rt, "zeta"), arm, rapid.Int64().Draw(rt, "week"), float.Draw(rt, "alpha"), rapid.Bool().Draw(rt, "kept")}
			if i == 20 { // enough of drawing: the rest repeats
				for j := i + 1; j < len(rows); j++ {
					rows[j] = rows[j%20]
				}
				break
			}
		}
		writeDemo(t, path, rows)
		fromCSV := readCSV(t, path+".csv", demo)
		fromParquet, _ := readParquet(t, path+".parquet", demo)
		if len(fromCSV) != len(rows) || len(fromParquet) != len(rows) {
			rt.Fatalf("%d rows in CSV, %d in Parquet, want %d", len(fromCSV), len(fromParquet), len(rows))
		}
		for i, r := range rows {
			if want := r.texts(); !slices.Equal(fromCSV[i], want) || !slices.Equal(fromParquet[i], want) {
				rt.Fatalf("row %d: wrote %q, CSV says %q, Parquet says %q", i, want, fromCSV[i], fromParquet[i])
			}
		}
	})
}

func TestNotUTF8(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo")
	writeDemo(t, path, []demoRow{{arm: "a\xffb"}})
	rows, _ := readParquet(t, path+".parquet", demo)
	if got := readCSV(t, path+".csv", demo)[0][1]; got != "a\ufffdb" || rows[0][1] != got {
		t.Errorf("CSV says %q, Parquet says %q", got, rows[0][1])
	}
}

func TestMistakes(t *testing.T) {
	two := []Column{{"n", "", "", Int64}, {"x", "", "", Float64}}
	for want, write := range map[string]func(w *TableWriter) error{
		"row 0: no value for column x":                    func(w *TableWriter) error { return w.Int(1).EndRow() },
		"row 0: more values than its 2 columns":           func(w *TableWriter) error { return w.Int(1).Float(2).Float(3).EndRow() },
		"row 0: column n is int64, but was given float64": func(w *TableWriter) error { return w.Float(1).Float(2).EndRow() },
		"row 0: column x is float64, but was given text":  func(w *TableWriter) error { return w.Int(1).Text("2").EndRow() },
		"row 0: column x is float64, but was given bool":  func(w *TableWriter) error { return w.Int(1).Bool(true).Float(2).EndRow() },
		"closed in the middle of row 1":                   func(w *TableWriter) error { return lastOf(w.Int(1).Float(2).EndRow(), w.Int(1).Close()) },
		"a value after Close or Abort":                    func(w *TableWriter) error { w.Abort(); return w.Int(1).EndRow() },
		"a row after Close or Abort":                      func(w *TableWriter) error { return lastOf(w.Close(), w.EndRow()) },
		"row 1: no value for column n":                    func(w *TableWriter) error { return lastOf(w.Int(1).Float(2).EndRow(), w.EndRow()) },
		"row 1: column n is int64, but was given float64": func(w *TableWriter) error {
			return lastOf(w.Int(1).Float(2).EndRow(), w.Floats([]float64{1, 2}).EndRow())
		},
	} {
		dir := t.TempDir()
		w, err := openTable(filepath.Join(dir, "t"), Table{Name: "t", Columns: two})
		if err != nil {
			t.Fatal(err)
		}
		if err := write(w); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
		if strings.HasPrefix(want, "row") {
			if err := w.Close(); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("Close after it: %v", err)
			}
			if left := list(t, dir); len(left) != 0 {
				t.Errorf("%s: left behind: %v", want, left)
			}
		}
	}
}

func TestDeclarations(t *testing.T) {
	for want, columns := range map[string][]Column{
		"has no columns":                nil,
		"no name":                       {{Type: Int64}},
		"two columns":                   {{Name: "trust"}, {Name: "Trust"}},
		"no such type: 9":               {{Name: "x", Type: 9}},
		"control character in the name": {{Name: "x\n"}},
		"name is not UTF-8":             {{Name: "x\xff"}},
	} {
		dir := t.TempDir()
		_, err := openTable(filepath.Join(dir, "t"), Table{Name: "t", Columns: columns})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
		if left := list(t, dir); len(left) != 0 {
			t.Errorf("%s: left behind: %v", want, left)
		}
	}
}

// A reader that guesses types by the first rows must see that a column is none of
// whole numbers, however whole its first values are. Missing values stay empty.
func TestNumbersInCSVHaveAPoint(t *testing.T) {
	path := filepath.Join(t.TempDir(), "numbers")
	w, err := openTable(path, Table{Name: "numbers", Columns: []Column{{"count", "", "", Int64}, {"share", "", "", Float64}}, Formats: CSV})
	if err != nil {
		t.Fatal(err)
	}
	values := []float64{0, -0.5, 3, math.Copysign(0, -1), -12, 1e6, 123456789, 1e21, 1e-7, math.NaN(), math.Inf(1), math.Inf(-1)}
	for i, v := range values {
		if err := w.Int(int64(i)).Float(v).EndRow(); err != nil {
			t.Fatal(err)
		}
	}
	mustClose(t, w)
	b, err := os.ReadFile(path + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	want := "count,share\n0,0.0\n1,-0.5\n2,3.0\n3,-0.0\n4,-12.0\n5,1e+06\n6,1.23456789e+08\n7,1e+21\n8,1e-07\n9,\n10,inf\n11,-inf\n"
	if string(b) != want {
		t.Errorf("got\n%swant\n%s", b, want)
	}
}
