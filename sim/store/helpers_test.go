package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// long asks for the long forms of tests.
var long = os.Getenv("EPGSIM_LONG") != ""

// either is short, or when the long forms are asked for what they take.
func either[T any](short, much T) T {
	if long {
		return much
	}
	return short
}

// turned is a text with a bit of one byte turned.
func turned(text string, at int) string {
	b := []byte(text)
	b[at] ^= 1 << (at % 8)
	return string(b)
}

// sweepHead is a small data set of 7 rows in chunks of 3, with a series of two
// weeks a run.
func sweepHead(replications int) Head {
	return Head{
		Version: "1.0",
		Facts:   []Fact{{"design", "d1"}, {"model", "m1"}, {"seed", "1"}},
		Layout:  Layout{Rows: 7, Replications: replications, PartRows: 3, Block: 4},
		Tables: []PartTable{
			{"parts", "one run", append(KeyColumns(), Column{"value", "k€", "closed", Float64}, Column{"form", "", "", Text}, Column{"ended", "", "", Bool})},
			{"series", "one week of a run", append(KeyColumns(), Column{"week", "weeks", "", Int64}, Column{"trust", "1", "", Float64})},
		},
	}
}

// sweepFiles are a text and two files of a table, of which one is no text.
func sweepFiles() []Source {
	points := Table{Name: "points", Columns: []Column{{"row", "", "", Int64}, {"hours", "hours", "", Float64}}}
	files := []Source{{"design.toml", []byte("name = \"d\"\nseed = 1\n")}}
	for _, f := range []Format{CSV, Parquet} {
		var b bytes.Buffer
		err := WriteTable(&b, f, points, func(w *TableWriter) error {
			for row := range 7 {
				_ = w.Int(int64(row)).Float(float64(row) / 3).EndRow() // WriteTable says what goes wrong
			}
			return nil
		})
		if err != nil {
			panic(err)
		}
		files = append(files, Source{"points" + f.ending(), b.Bytes()})
	}
	return files
}

// outcome depends on the run alone. It goes through all that is awkward.
func outcome(row, replication int) float64 {
	awkward := []float64{math.NaN(), math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.MaxFloat64, 0.1}
	if k := row*31 + replication*7; k%3 == 0 {
		return awkward[k/3%len(awkward)]
	}
	return math.Sqrt(float64(row)) + float64(replication)
}

var forms = []string{"", "system", "a,\"b\"\n", "Größe"}

// simulate writes the runs of a part.
func simulate(w *PartWriter, p Part) error {
	for row := p.FirstRow; row < p.FirstRow+p.Rows; row++ {
		for r := p.FirstReplication; r < p.FirstReplication+p.Replications; r++ {
			y := outcome(row, r)
			if err := w.Table("parts").Int(int64(row)).Int(int64(r)).Float(y).Text(forms[(row+r)%4]).Bool(r%2 == 0).EndRow(); err != nil {
				return err
			}
			for week := range 2 {
				if err := w.Table("series").Int(int64(row)).Int(int64(r)).Int(int64(week)).Float(y / 2).EndRow(); err != nil {
					return err
				}
			}
		}
	}
	return w.Close()
}

// do computes parts that are missing, n at most, and finishes.
func (d *Dataset) do(n int) (missing int, err error) {
	for _, p := range d.Missing()[:min(n, len(d.Missing()))] {
		w, err := d.Begin(p)
		if err != nil {
			return 0, err
		}
		if err := simulate(w, p); err != nil {
			return 0, err
		}
	}
	return d.Finish(context.Background())
}

const all = math.MaxInt

// sweep opens the data set, computes n parts of the share and closes it.
func sweep(path string, replications, n int, s Shard) (missing int, err error) {
	d, err := OpenDataset(context.Background(), path, sweepHead(replications), sweepFiles(), s)
	if err != nil {
		return 0, err
	}
	missing, err = d.do(n)
	return missing, errors.Join(err, d.Close())
}

func mustSweep(t testing.TB, path string, replications, n int, s Shard) (missing int) {
	t.Helper()
	missing, err := sweep(path, replications, n, s)
	if err != nil {
		t.Fatal(err)
	}
	return missing
}

func mustOpen(t testing.TB, path string, h Head, s Shard) *Dataset {
	t.Helper()
	d, err := OpenDataset(context.Background(), path, h, sweepFiles(), s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func mustClose(t testing.TB, c io.Closer) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
}

// finish computes all that is missing and closes the data set.
func finish(t testing.TB, d *Dataset) (missing int) {
	t.Helper()
	missing, err := d.do(all)
	if err != nil {
		t.Fatal(err)
	}
	mustClose(t, d)
	return missing
}

func compute(t testing.TB, d *Dataset, p Part) {
	t.Helper()
	w, err := d.Begin(p)
	if err == nil {
		err = simulate(w, p)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// whole is the tree of a data set computed in one go.
func whole(t testing.TB, replications int) map[string]string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "whole")
	if missing := mustSweep(t, path, replications, all, Shard{}); missing != 0 {
		t.Fatalf("%d parts are missing", missing)
	}
	return tree(t, path)
}

// same fails when two trees differ in a name or a byte.
func same(t testing.TB, what string, got, want map[string]string) {
	t.Helper()
	if !slices.Equal(names(got), names(want)) {
		t.Fatalf("%s: files %v, want %v", what, names(got), names(want))
	}
	for name := range want {
		if got[name] != want[name] {
			t.Fatalf("%s: %s is other bytes", what, name)
		}
	}
}

// fill writes a small run: a table, a figure, a report, and finishes it.
func fill(t testing.TB, d *Dir, what string) {
	t.Helper()
	w, err := d.Table(Table{Name: "results", Doc: "one replication", Columns: demo})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range awkward {
		if err := r.write(w); err != nil {
			t.Fatal(err)
		}
	}
	mustClose(t, w)
	for _, rel := range []string{"figures/headline.svg", "report.html"} {
		if err := d.WriteFile(rel, []byte(what+rel)); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Finish(Manifest{Version: what}); err != nil {
		t.Fatal(err)
	}
}

func mustCreate(t testing.TB, path string, force bool) *Dir {
	t.Helper()
	d, err := Create(path, force)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// tree is the content of a directory by path.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func names(files map[string]string) []string {
	var all []string
	for name := range files {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

var runFiles = []string{"figures/headline.svg", "manifest.json", "report.html", "results.csv", "results.parquet"}

// refused checks that a directory is refused for the right reason, in words
// that say what to do, and is left as it was.
func refused(t *testing.T, path string, force bool, target error, words ...string) {
	t.Helper()
	before := tree(t, path)
	look := Look(path, force)
	d, err := Create(path, force)
	if !errors.Is(err, ErrBusy) && (look == nil || err == nil || look.Error() != err.Error()) {
		t.Errorf("a look says %v, Create %v", look, err)
	}
	if err == nil {
		_ = d.Close()
		t.Fatalf("%s was not refused", path)
	}
	if !errors.Is(err, target) {
		t.Errorf("error %v is not %v", err, target)
	}
	for _, w := range append(words, path) {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q does not say %q", err, w)
		}
	}
	if after := tree(t, path); !slices.Equal(names(before), names(after)) {
		t.Errorf("had %v, now has %v", names(before), names(after))
	}
}

func write(t testing.TB, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// faulty is a file that fails at the n-th call of a kind.
type faulty struct {
	handle
	writes           int // that succeed
	write, sync, end error
}

func (f *faulty) Write(b []byte) (int, error) {
	if f.writes--; f.write != nil && f.writes < 0 {
		return 0, f.write
	}
	return f.handle.Write(b)
}

func (f *faulty) Sync() error {
	if f.sync != nil {
		return f.sync
	}
	return f.handle.Sync()
}

func (f *faulty) Close() error { return errors.Join(f.handle.Close(), f.end) }

// lay writes the files of a tree into a directory.
func lay(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		write(t, path, content)
	}
}

func helper(t *testing.T, as, path string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], path)
	cmd.Env = append(os.Environ(), role+"="+as)
	return cmd
}

// Floats reads Float64 columns of the first table as a whole. The value of a
// row and replication is at row*Replications + replication of a column's
// slice; NaN is missing.
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
					return fmt.Errorf("%s: line %d is of row %d, replication %d", r.Path(r.rel(0, p)), j, row, replication)
				}
				all[i][int(row)*r.head.Replications+int(replication)] = v
			}
		}
		return nil
	})
	return all, err
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
