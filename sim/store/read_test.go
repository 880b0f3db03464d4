package store

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

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
	for i := 0; i < len(good); i += either(11, 3) {
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
	if _, err := OpenForReading(path); err == nil || !strings.Contains(err.Error(), "not complete") {
		t.Errorf("not complete: %v", err)
	}
	if _, err := OpenForReading(filepath.Join(path, "parts")); !errors.Is(err, ErrNoDataset) {
		t.Errorf("no data set: %v", err)
	}
	mustSweep(t, path, 10, all, Shard{})
	write(t, filepath.Join(path, "parts", "part-0000000-0000002-r00000-00001.parquet"), "superseded, and never read")
	checkRead(t, path)
}

func checkRead(t *testing.T, path string) {
	t.Helper()
	r, err := OpenForReading(path)
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
	if err != nil || visited != h.Parts() {
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

// An export has the lines of all parts, one part after the other, in both
// formats.
func TestExport(t *testing.T) {
	for _, cut := range []Layout{{7, 10, 3, 4}, {7, 10, 7, 10}, {3, 9, 2, 1}} {
		h, path := sweepHead(0), filepath.Join(t.TempDir(), "set")
		h.Layout = cut
		finish(t, mustOpen(t, path, h, Shard{}))
		var want, got []string
		for k := range cut.Parts() {
			lines := linesOf(t, filepath.Join(path, "series", cut.Part(k).Name()+".parquet"))
			if k > 0 {
				lines = lines[1:]
			}
			want = append(want, lines...)
		}
		for _, f := range []Format{CSV, Parquet} {
			to := filepath.Join(t.TempDir(), "all"+f.ending())
			if err := Export(t.Context(), path, "series", f, to, false); err != nil {
				t.Fatal(err)
			}
			if got = linesOf(t, to); !slices.Equal(got, want) || len(got) != 1+2*cut.Runs() {
				t.Errorf("%v: an export of %d lines, want %d", cut, len(got), len(want))
			}
		}
		var out bytes.Buffer
		if err := ExportTo(t.Context(), path, "series", CSV, &out); err != nil || out.String() != strings.Join(want, "\n")+"\n" {
			t.Errorf("%v: to a writer: %v", cut, err)
		}
	}
}

// What is not of the data set is not exported: rows of another, a part whose
// hash is not that of the manifest.
func TestExportRefuses(t *testing.T) {
	dir := t.TempDir()
	path, other, to := filepath.Join(dir, "out"), filepath.Join(dir, "other"), filepath.Join(t.TempDir(), "to.csv")
	mustSweep(t, path, 2, 1, Shard{})
	if err := Export(t.Context(), path, "", CSV, to, false); err == nil || !strings.Contains(err.Error(), "not complete") {
		t.Errorf("not complete: %v", err)
	}
	mustSweep(t, path, 2, all, Shard{})
	h := sweepHead(2)
	h.Facts[2].Value = "2"
	finish(t, mustOpen(t, other, h, Shard{}))
	for _, err := range []error{Export(t.Context(), path, "none", CSV, to, false), Export(t.Context(), path, "", CSV|Parquet, to, false)} {
		if err == nil {
			t.Error("no error")
		}
	}
	const part = "parts/part-0000006-0000006-r00000-00001.parquet"
	good, foreign := tree(t, path), tree(t, other)
	again := mustOpen(t, filepath.Join(dir, "again"), sweepHead(2), Shard{}) // the same, computed otherwise
	w, err := again.Begin(again.Missing()[2])
	if err != nil {
		t.Fatal(err)
	}
	for r := range 2 {
		if err := w.Table("parts").Int(6).Int(int64(r)).Float(-1).Text("").Bool(true).EndRow(); err != nil {
			t.Fatal(err)
		}
	}
	mustClose(t, w)
	mustClose(t, again)
	for name, content := range map[string]string{"gone bad": "gone bad", "other numbers": tree(t, filepath.Join(dir, "again"))[part], "of another seed": foreign[part], "turned": turned(good[part], 200)} {
		write(t, filepath.Join(path, part), content)
		if err := Export(t.Context(), path, "", CSV, to, false); err == nil || !strings.Contains(err.Error(), "part-0000006") || !strings.Contains(err.Error(), "remove this file and run the same again") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if left := list(t, filepath.Dir(to)); len(left) != 0 {
		t.Errorf("left %v", left)
	}
}
