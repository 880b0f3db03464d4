package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

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
	values, err := readColumns(in, names)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return values, nil
}

// What is read is what was written, over several pages and row groups, and the
// columns say what they are.
func TestReadFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo")
	var rows []demoRow
	for i := range rowGroupRows + 1000 {
		r := awkward[i%len(awkward)]
		if i%3 == 0 {
			r.alpha, r.week = float64(i), int64(i)
		}
		rows = append(rows, r)
	}
	writeDemo(t, path, rows)
	values, err := readFile(path + ".parquet")
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range values {
		if v.Column != demo[i] || v.Len() != len(rows) {
			t.Errorf("column %d is %+v with %d values", i, v.Column, v.Len())
		}
	}
	for i, r := range rows {
		if got, want := textsOf(values, i), r.texts(); !slices.Equal(got, want) {
			t.Fatalf("row %d: read %q, want %q", i, got, want)
		}
	}
	some, err := readFile(path+".parquet", "kept", "zeta")
	if err != nil || len(some) != 2 || !slices.Equal(some[0].Bools, values[4].Bools) || some[1].Name != "zeta" {
		t.Errorf("two columns: %v", err)
	}
}

func TestReadNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo")
	writeDemo(t, path, nil)
	values, err := readFile(path + ".parquet")
	if err != nil || len(values) != len(demo) || values[0].Len() != 0 {
		t.Errorf("%v, %v", values, err)
	}
}

// A page's header holds its least and its greatest value: long texts make it
// longer than what is read of it at first.
func TestReadLongTexts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo")
	for _, n := range []int{headerBytes/2 - 40, headerBytes/2 - 30, headerBytes/2 - 20, headerBytes / 2, headerBytes, 8 * headerBytes, longestLine / 3} {
		low, high := strings.Repeat("a", n), strings.Repeat("z", n+1)
		writeDemo(t, path, []demoRow{{arm: high}, {arm: low}})
		lines, err := linesOfFile(path + ".parquet")
		if err != nil || len(lines) != 3 || !strings.Contains(lines[1], high) || !strings.Contains(lines[2], low) {
			t.Errorf("texts of %d bytes: %d lines, %v", n, len(lines), err)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "demo")
	writeDemo(t, path, awkward)
	for name, want := range map[string]string{"demo.csv": "not a Parquet file", "nowhere": "does not exist", ".": "not a regular file"} {
		if _, err := readFile(filepath.Join(dir, name)); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), dir) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := readFile(path+".parquet", "zeta", "omega"); err == nil || !strings.Contains(err.Error(), `no column "omega"; there are: zeta, arm, week`) {
		t.Errorf("omega: %v", err)
	}
}

// Whatever bit is turned, there is an error or the values are right: pages have
// checksums, and what is around them is read to see what is where.
func TestReadTurnedBits(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo")
	writeDemo(t, path, awkward)
	good, err := os.ReadFile(path + ".parquet")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for i := 0; i < len(good); i += 3 {
		bad := bytes.Clone(good)
		bad[i] ^= 1 << (i % 8)
		write(t, path+".parquet", string(bad))
		values, err := readFile(path+".parquet", "zeta", "arm", "week", "kept")
		if err != nil {
			found++
			continue
		}
		for k, r := range awkward {
			all := r.texts()
			if got, want := textsOf(values, k), []string{all[0], all[1], all[2], all[4]}; !slices.Equal(got, want) {
				t.Errorf("byte %d of %d: row %d is %q without an error, want %q", i, len(good), k, got, want)
			}
		}
	}
	if found == 0 {
		t.Error("no turned bit makes an error: the test shows nothing")
	}
}

// FuzzReadFile: no bytes make it panic, and the columns it returns are of
// one length.
func FuzzReadFile(f *testing.F) {
	path := filepath.Join(f.TempDir(), "demo")
	for _, rows := range [][]demoRow{nil, awkward[:1], awkward} {
		writeDemo(f, path, rows)
		b, err := os.ReadFile(path + ".parquet")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		f.Add(b[:len(b)/2])
		f.Add(append(b[len(b)/2:], "PAR1"...))
	}
	f.Add([]byte("PAR1\x00\x00\x00\x00PAR1"))
	f.Add([]byte("PAR1\xff\xff\xff\xffPAR1"))
	f.Fuzz(func(t *testing.T, b []byte) {
		name := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(name, b, 0o666); err != nil {
			t.Fatal(err)
		}
		values, err := readFile(name)
		if err != nil {
			return
		}
		for _, v := range values {
			if v.Len() != values[0].Len() {
				t.Errorf("%s has %d values, %s %d", v.Name, v.Len(), values[0].Name, values[0].Len())
			}
		}
	})
}

func TestDatasetReader(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	mustSweep(t, path, 10, 4, Shard{})
	if _, err := OpenForReading(path, false); err == nil || !strings.Contains(err.Error(), "not complete") {
		t.Errorf("not complete: %v", err)
	}
	if _, err := OpenForReading(filepath.Join(path, "parts"), true); !errors.Is(err, ErrNoDataset) {
		t.Errorf("no data set: %v", err)
	}
	checkRead(t, path, true, 4)
	mustSweep(t, path, 10, all, Shard{})
	write(t, filepath.Join(path, "parts", "part-0000000-0000002-r00000-00001.parquet"), "superseded, and never read")
	checkRead(t, path, false, 9)
	checkRead(t, path, true, 9)
}

// Floats reads Float64 columns of the first table as a whole. The value of a
// row and replication is at row*Replications + replication of a column's
// slice; NaN is missing, and so are the runs of parts that are not there.
func (r *DatasetReader) Floats(columns ...string) ([][]float64, error) {
	all := make([][]float64, len(columns))
	for i := range all {
		all[i] = make([]float64, r.head.Runs())
		for j := range all[i] {
			all[i][j] = math.NaN()
		}
	}
	keys := KeyColumns()
	err := r.Each("", append([]string{keys[0].Name, keys[1].Name}, columns...), func(p Part, values []Values) error {
		for i, column := range values[2:] {
			if column.Type != Float64 {
				return fmt.Errorf("%s: column %s is %v, not %v", r.folder.root.Name(), column.Name, column.Type, Float64)
			}
			for j, v := range column.Floats {
				row, replication := values[0].Ints[j], values[1].Ints[j]
				if !p.contains(row, replication) {
					return fmt.Errorf("%s: line %d is of row %d, replication %d", r.folder.name(r.rel(0, p)), j, row, replication)
				}
				all[i][int(row)*r.head.Replications+int(replication)] = v
			}
		}
		return nil
	})
	return all, err
}

func checkRead(t *testing.T, path string, partial bool, parts int) {
	t.Helper()
	r, err := OpenForReading(path, partial)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	h := r.Head()
	visited := 0
	err = r.Each("series", []string{"trust", "replication"}, func(p Part, v []Values) error {
		if p != h.Part(visited) || v[0].Len() != 2*p.Runs() || v[1].Ints[0] != int64(p.FirstReplication) {
			t.Errorf("part %v: %v", p, v)
		}
		visited++
		return nil
	})
	if err != nil || visited != parts {
		t.Errorf("visited %d, %v", visited, err)
	}
	y, err := r.Floats("value")
	if err != nil {
		t.Fatal(err)
	}
	for k := range h.Parts() {
		p := h.Part(k)
		for row := p.FirstRow; row < p.FirstRow+p.Rows; row++ {
			for n := p.FirstReplication; n < p.FirstReplication+p.Replications; n++ {
				want := outcome(row, n)
				if k >= parts {
					want = math.NaN()
				}
				if got := y[0][row*10+n]; math.Float64bits(got) != math.Float64bits(want) && !(got != got && want != want) {
					t.Fatalf("row %d, replication %d: %v, want %v", row, n, got, want)
				}
			}
		}
	}
	for _, column := range []string{"form", "nothing"} {
		if _, err := r.Floats(column); err == nil || !strings.Contains(err.Error(), column) {
			t.Errorf("%s: %v", column, err)
		}
	}
	if err := r.Each("results", nil, nil); err == nil || !strings.Contains(err.Error(), "there are: parts, series") {
		t.Errorf("no such table: %v", err)
	}
}

// An export has all lines by row and replication, however the data set is cut.
func TestExport(t *testing.T) {
	dir := t.TempDir()
	var first string
	for _, cut := range []Layout{{7, 10, 3, 4}, {7, 10, 7, 10}, {7, 10, 1, 1}, {7, 10, 100, 3}} {
		path := filepath.Join(dir, fmt.Sprint(cut.PartRows, "-", cut.Block))
		h := sweepHead(0)
		h.Layout = cut
		d, err := OpenDataset(context.Background(), path, h, sweepFiles(), Shard{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.do(all); err != nil {
			t.Fatal(err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, "out.csv")
		if err := Export(t.Context(), path, "series", CSV, to); err != nil {
			t.Fatal(err)
		}
		got := tree(t, dir)["out.csv"]
		if first == "" {
			first = got
			checkExported(t, to)
		}
		if got != first {
			t.Errorf("%v: another export", cut)
		}
		if err := Export(t.Context(), path, "", Parquet, filepath.Join(dir, "out.parquet")); err != nil {
			t.Fatal(err)
		}
		values, err := readFile(filepath.Join(dir, "out.parquet"))
		if err != nil || values[0].Len() != 70 || values[0].Ints[69] != 6 || values[1].Ints[69] != 9 || values[3].Texts[1] != forms[1] {
			t.Errorf("%v: %v", cut, err)
		}
	}
}

// Many blocks of the same rows are more than can be open at a time.
func TestExportOfManyBlocks(t *testing.T) {
	dir := t.TempDir()
	var want string
	for _, cut := range []Layout{{3, 70, 2, 70}, {3, 70, 2, 1}} {
		h, path := sweepHead(0), filepath.Join(dir, fmt.Sprint(cut.Block))
		h.Layout = cut
		d, err := OpenDataset(context.Background(), path, h, sweepFiles(), Shard{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.do(all); err != nil {
			t.Fatal(err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, "to")
		if err := os.MkdirAll(to, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := Export(t.Context(), path, "series", CSV, filepath.Join(to, "out.csv")); err != nil {
			t.Fatal(err)
		}
		if left := list(t, to); len(left) != 1 {
			t.Errorf("left %v", left)
		}
		got := tree(t, to)["out.csv"]
		if want == "" {
			want = got
		}
		if got != want || strings.Count(got, "\n") != 1+3*70*2 {
			t.Errorf("blocks of %d: another export", cut.Block)
		}
	}
}

func checkExported(t *testing.T, name string) {
	t.Helper()
	rows := readCSV(t, name, sweepHead(1).Tables[1].Columns)
	if len(rows) != 7*10*2 {
		t.Fatalf("%d rows", len(rows))
	}
	for i, r := range rows {
		if want := []string{strconv.Itoa(i / 20), strconv.Itoa(i / 2 % 10), strconv.Itoa(i % 2)}; !slices.Equal(r[:3], want) {
			t.Fatalf("line %d is %v, want %v", i, r, want)
		}
	}
}

func TestExportRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	to := filepath.Join(t.TempDir(), "to.csv")
	mustSweep(t, path, 2, 1, Shard{})
	if err := Export(t.Context(), path, "", CSV, to); err == nil {
		t.Error("not complete, and exported")
	}
	mustSweep(t, path, 2, all, Shard{})
	for _, err := range []error{Export(t.Context(), path, "none", CSV, to), Export(t.Context(), path, "", CSV|Parquet, to)} {
		if err == nil {
			t.Error("no error")
		}
	}
	write(t, filepath.Join(path, "parts", "part-0000006-0000006-r00000-00001.parquet"), "gone bad")
	if err := Export(t.Context(), path, "", CSV, to); err == nil || !strings.Contains(err.Error(), "part-0000006") || !strings.Contains(err.Error(), "remove this file and run the sweep again") {
		t.Errorf("gone bad: %v", err)
	}
	if left := list(t, filepath.Dir(to)); len(left) != 0 {
		t.Errorf("left %v", left)
	}
}
