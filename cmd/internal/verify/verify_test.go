package verify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"epgsim/sim/store"
)

// fake is what stands in for a command: it leaves a directory, and again.
type fake struct {
	t       *testing.T
	formats store.Format
	rows    int    // of each table
	cut     int    // rows after which it was interrupted; 0: never
	fails   error  // to be made again
	during  func() // is called while it is made again
	called  int    // so often
	last    Recipe // by which
	values  func(int) float64
}

var columns = []store.Column{{Name: "variant", Type: store.Text}, {Name: "project_years", Type: store.Float64},
	{Name: "replication", Type: store.Int64}, {Name: "value", Unit: "k€", Type: store.Float64}}

func half(n int) float64 { return float64(n) + 0.5 }
func root(n int) float64 { return math.Sqrt(float64(n)) }

// run leaves a run: a table, a figure as text and as bytes, and the scenario.
func (f *fake) run(dir string, m store.Manifest) {
	f.t.Helper()
	d, err := store.Create(dir, false)
	f.check(err)
	defer d.Close()
	w, err := d.Table(store.Table{Name: "replications", Columns: columns, Formats: f.formats})
	f.check(err)
	for n := range f.rows {
		f.check(w.Text("market").Float(3).Int(int64(n)).Float(f.values(n)).EndRow())
		if n+1 == f.cut {
			d.Interrupted()
			break
		}
	}
	f.check(w.Close())
	f.check(d.WriteFile("scenario.toml", []byte("size = 5\n")))
	if f.cut == 0 {
		f.check(d.WriteFile("figures/headline.svg", []byte("<svg>\n<path d=\"M 10 20\"/>\n</svg>\n")))
		f.check(d.WriteFile("figures/headline.png", []byte("\x89PNG\x00\n12345\x00\n")))
	}
	m.Scenario, m.Recipe = "base", &store.Recipe{Words: []string{"run", "scenario.toml"}}
	f.check(d.Finish(m))
}

// parts leaves a data set of some rows, two a part, and three replications.
func (f *fake) parts(dir string, as *store.Manifest, only []store.Part) {
	f.t.Helper()
	values := append(store.KeyColumns(), store.Column{Name: "value", Type: store.Float64})
	head := store.Head{Version: as.Version, Facts: []store.Fact{{Name: "model_hash", Value: as.ModelHash}, {Name: "seed", Value: "1"}},
		Layout: store.Layout{Rows: f.rows, Replications: 3, PartRows: 2, Block: 3},
		Tables: []store.PartTable{{Name: "parts", Columns: values}, {Name: "series", Columns: values}}}
	d, err := store.OpenDataset(f.t.Context(), dir, head, []store.Source{{Path: "design.toml", Data: []byte("rows = 9\n")}, {Path: "scenario.toml", Data: []byte("size = 5\n")}}, store.Shard{})
	f.check(err)
	defer d.Close()
	for _, p := range d.Missing() {
		if only != nil && !slices.Contains(only, p) {
			continue
		}
		w, err := d.Begin(p)
		f.check(err)
		for n := range p.Runs() {
			row, replication := p.FirstRow+n/3, n%3
			for i, table := range []string{"parts", "series"} {
				f.check(w.Table(table).Int(int64(row)).Int(int64(replication)).Float(f.values(10*row + replication + 1000*i)).EndRow())
			}
		}
		f.check(w.Close())
	}
	_, err = d.Finish(f.t.Context())
	f.check(err)
}

// ledger leaves files without a manifest.
func (f *fake) ledger(dir string) {
	for name, text := range map[string]string{"claims.json": `{"seed": "1"}`, "claims.csv": "claim,estimate\nC1,5\n", "units/a/one.json": `{"mean": 12}`, "units/a/two.json": `{"mean": 13}`} {
		write(f.t, []byte(text), dir, name)
	}
}

func (f *fake) check(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// again makes what there is again, going by the words.
func (f *fake) again(ctx context.Context, r Recipe) error {
	f.called++
	f.last = r
	switch r.Words[0] {
	case "run":
		f.cut = 0
		f.run(r.Out, *r.As)
	case "sweep":
		f.parts(r.Out, r.As, r.Only)
	case "claims":
		f.ledger(r.Out)
	}
	if f.during != nil {
		f.during()
	}
	return errors.Join(f.fails, ctx.Err())
}

// newFake leaves a directory of a kind and returns it.
func newFake(t *testing.T, kind string) (*fake, string) {
	t.Helper()
	f, dir := &fake{t: t, formats: store.CSV | store.Parquet, rows: 9, values: half}, filepath.Join(t.TempDir(), kind)
	m := store.Manifest{Version: "1", ModelHash: "mine", Seed: 7, Replications: 9, Command: []string{"epgsim", "run", "base"}}
	switch kind {
	case "run":
		f.run(dir, m)
	case "csv":
		f.formats = store.CSV
		f.run(dir, m)
	case "interrupted":
		f.cut = 5
		f.run(dir, m)
	case "sweep":
		f.parts(dir, &m, nil)
	case "ledger":
		f.ledger(dir)
	}
	return f, dir
}

// verify verifies a directory and returns what is said of it, in one line.
func (f *fake) verify(dir string, more ...func(*Check)) (said string, err error) {
	var out bytes.Buffer
	c := Check{Dir: dir, Out: &out, Model: "mine", Again: f.again}
	if filepath.Base(dir) == "ledger" {
		c.Ledger = &Ledger{Title: "ledger", Recipe: Recipe{Words: []string{"claims", "C1"}, As: &store.Manifest{Version: "1", ModelHash: "mine"}}}
	}
	for _, change := range more {
		change(&c)
	}
	err = Run(f.t.Context(), c)
	return strings.Join(strings.Fields(out.String()), " "), err
}

func quick(c *Check) { c.Quick = true }

// differs demands that something differs, and all of some texts.
func (f *fake) differs(dir string, wants []string, more ...func(*Check)) (said string) {
	f.t.Helper()
	said, err := f.verify(dir, more...)
	if err == nil || !strings.HasSuffix(err.Error(), ": not as it was") {
		f.t.Errorf("the error is %v, want that something differs; says:\n%s", err, said)
	}
	for _, want := range wants {
		if !strings.Contains(said, want) {
			f.t.Errorf("%q is not in:\n%s", want, said)
		}
	}
	return said
}

// same demands that nothing differs, and all of some texts.
func (f *fake) same(dir string, wants []string, more ...func(*Check)) {
	f.t.Helper()
	said, err := f.verify(dir, more...)
	for _, want := range append(wants, "Nothing differs.") {
		if err != nil || !strings.Contains(said, want) {
			f.t.Errorf("%v; %q is not in:\n%s", err, want, said)
		}
	}
}

func write(t *testing.T, data []byte, parts ...string) {
	t.Helper()
	path := filepath.Join(parts...)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, data, 0o666)); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, parts ...string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func clone(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), filepath.Base(dir))
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

// edit replaces a text in a file, which must be there.
func edit(t *testing.T, dir, name, old, is string) {
	t.Helper()
	was := read(t, dir, name)
	if !bytes.Contains(was, []byte(old)) {
		t.Fatalf("%s: no %q in %q", name, old, was)
	}
	write(t, bytes.Replace(was, []byte(old), []byte(is), 1), dir, name)
}

// forge edits a file, and the manifest so that it agrees: with the size and hash
// of the file, and with its own.
func forge(t *testing.T, dir, name, old, new string) {
	t.Helper()
	was := read(t, dir, name)
	edit(t, dir, name, old, new)
	m := read(t, dir, store.ManifestName)
	if name != store.ManifestName {
		is := read(t, dir, name)
		size := regexp.MustCompile(fmt.Sprintf(`"bytes": %d,(\s*)"sha256": "%s"`, len(was), store.Hash(was)))
		m = size.ReplaceAll(m, fmt.Appendf(nil, `"bytes": %d,$1"sha256": "%s"`, len(is), store.Hash(is)))
	}
	m = regexp.MustCompile(`"self_sha256": "[0-9a-f]*"`).ReplaceAll(m, []byte(`"self_sha256": ""`))
	write(t, bytes.Replace(m, []byte(`"self_sha256": ""`), []byte(`"self_sha256": "`+store.Hash(m)+`"`), 1), dir, store.ManifestName)
}

// What is as it was is said to be, with what was compared and what was not.
func TestNothingDiffers(t *testing.T) {
	for kind, want := range map[string][]string{
		"run":         {"run: base, 9 replications, seed 7, made by epgsim 1", "Compared: 5 files with their hashes; 5 files with what was made again."},
		"csv":         {"Compared: 4 files with their hashes; 4 files with what was made again."},
		"interrupted": {"3 files with what was made again", "Not compared: what was to come when the run was interrupted."},
		"sweep":       {"13 files with their hashes; 14 files with what was made again."},
		"ledger":      {"ledger: ledger, made by epgsim 1", "Compared: 4 files with what was made again."},
	} {
		f, dir := newFake(t, kind)
		f.same(dir, want)
		if f.called != 1 {
			t.Errorf("%s was made again %d times", kind, f.called)
		}
	}
}

// One digit changed in a file of any kind is found, and named by row and column,
// by line, or at least by file; so is one that was cut short or taken away.
func TestEveryChangedFileIsFound(t *testing.T) {
	for kind, files := range map[string]map[string][3]string{ // what there was, is, and what is said
		"run": {
			"replications.csv":     {"6.5", "6.4", "replications.csv has other content (same size, SHA-256 differs): row 7 (market, 3.0, 6), value: is 6.4, was 6.5 "},
			"replications.parquet": {"market", "markup", "replications.parquet has other content (same size, SHA-256 differs): "},
			"figures/headline.svg": {"M 10", "M 11", `headline.svg has other content (same size, SHA-256 differs): line 2 is …"<path d=\"M 11 20\"/>\n", was …"<path d=\"M 10 20\"/>\n"`},
			"figures/headline.png": {"3", "4", "figures/headline.png has other content (same size, SHA-256 differs): is not what is made again"},
			"scenario.toml":        {"5", "6", "scenario.toml has other content (same size, SHA-256 differs) 1 file"},
			store.ManifestName:     {`"seed": "7"`, `"seed": "8"`, "manifest.json has been changed since it was written"},
		},
		"sweep": {
			"parts/part-0000002-0000003-r00000-00002.parquet":  {"PAR1", "PAR2", "parts/part-0000002-0000003-r00000-00002.parquet has other content"},
			"series/part-0000004-0000005-r00000-00002.parquet": {"PAR1", "PAR2", "series/part-0000004-0000005-r00000-00002.parquet has other content"},
			"design.toml":      {"9", "8", "design.toml has other content"},
			"scenario.toml":    {"5", "6", "scenario.toml has other content"},
			store.HeadName:     {`"1"`, `"2"`, "sweep.json has other content"},
			store.ManifestName: {`"1"`, `"2"`, "manifest.json has been changed since it was written"},
		},
		"ledger": {
			"units/a/one.json": {"12", "11", `units/a/one.json line 1 is …"{\"mean\": 11}", was …"{\"mean\": 12}"`},
			"claims.csv":       {"5", "6", "claims.csv row 1 (C1), estimate: is 6, was 5"},
			"claims.json":      {"1", "2", "claims.json line 1 is "},
		},
	} {
		f, whole := newFake(t, kind)
		for name, c := range files {
			dir := clone(t, whole)
			edit(t, dir, name, c[0], c[1])
			f.called = 0
			f.differs(dir, []string{c[2], "1 file is not as it was."})
			says := slices.Contains([]string{"scenario.toml", "design.toml", store.ManifestName, store.HeadName}, name)
			if says == (f.called > 0) {
				t.Errorf("%s of a %s was changed; it was made again %d times", name, kind, f.called)
			}
			was := read(t, whole, name)
			write(t, was[:len(was)*2/3], dir, name)
			said, err := f.verify(dir)
			if err == nil || !strings.Contains(said+err.Error(), name) {
				t.Errorf("%s of a %s cut short: %v\n%s", name, kind, err, said)
			}
			if name == store.ManifestName || name == store.HeadName {
				continue // without which it is another kind of directory
			}
			f.check(os.Remove(filepath.Join(dir, name)))
			f.differs(dir, []string{name + " is missing"})
		}
	}
}

// Whoever changes the manifest too deceives hashes, but not who makes it again.
func TestForgedManifest(t *testing.T) {
	f, whole := newFake(t, "csv")
	for _, c := range [][4]string{
		{"replications.csv", "8.5", "8.4", "replications.csv row 9 (market, 3.0, 8), value: is 8.4, was 8.5"},
		{"figures/headline.svg", "20", "21", "figures/headline.svg line 2 is …"},
		{"figures/headline.png", "1", "2", "figures/headline.png is not what is made again"},
		{"scenario.toml", "5", "6", `scenario.toml line 1 is …"size = 6\n", was …"size = 5\n"`},
		{store.ManifestName, `"scenario": "base"`, `"scenario": "bass"`, `manifest.json line 13 is …"`},
		{store.ManifestName, `"rows": 9`, `"rows": 8`, `\"rows\": 8,\n", was …"`},
		{store.ManifestName, "headline.svg", "headline.SVG", "figures/headline.SVG is missing: is not made again"},
	} {
		dir := clone(t, whole)
		forge(t, dir, c[0], c[1], c[2])
		f.differs(dir, []string{c[3]})
		if !strings.HasSuffix(c[0], ".SVG") && c[0] != store.ManifestName {
			f.same(dir, []string{"Not compared: anything with what is computed: --quick computes nothing"}, quick)
		}
	}
}

// Rows that are missing, doubled or exchanged are found without their hashes.
func TestRowsOutOfPlace(t *testing.T) {
	f, whole := newFake(t, "csv")
	for want, c := range map[string]func(lines []string) []string{
		"row 3 (market, 3.0, 2), replication: is 3, was 2":   func(l []string) []string { return slices.Delete(l, 3, 4) },
		"row 9 (market, 3.0, 8) is missing":                  func(l []string) []string { return slices.Delete(l, 9, 10) },
		"row 10 (market, 3.0, 8) is one too many":            func(l []string) []string { return slices.Insert(l, 10, l[9]) },
		"row 2 (market, 3.0, 1) has 3 values instead of 4":   func(l []string) []string { l[2] = "market,3.0,1"; return l },
		"row 4 (market, 3.0, 3), value: is missing, was 3.5": func(l []string) []string { l[4] = "market,3.0,3,"; return l },
		"has the columns other,":                             func(l []string) []string { l[0] = "other," + l[0]; return l },
		"is empty":                                           func(l []string) []string { return nil },
	} {
		dir := clone(t, whole)
		was := string(read(t, dir, "replications.csv"))
		forge(t, dir, "replications.csv", was, strings.Join(c(strings.Split(was, "\n")), "\n"))
		f.differs(dir, []string{"replications.csv " + want})
	}
}

// Without anything made again, CSV and Parquet are compared with each other, and
// a cell that was changed is still named.
func TestQuick(t *testing.T) {
	f, whole := newFake(t, "run")
	nothing := "Not compared: anything with what is computed: --quick computes nothing."
	f.same(whole, []string{"replications.csv with replications.parquet.", nothing}, quick)
	dir := clone(t, whole)
	edit(t, dir, "replications.csv", "6.5", "6.4")
	f.differs(dir, []string{"differs): row 7 (market, 3.0, 6), value: is 6.4, was 6.5 1 file", nothing}, quick)
	dir = clone(t, whole)
	forge(t, dir, "replications.csv", "6.5", "6.4")
	f.differs(dir, []string{"replications.csv row 7 (market, 3.0, 6), value: is 6.4, was 6.5 in replications.parquet"}, quick)
	dir = clone(t, whole)
	edit(t, dir, "replications.parquet", "PAR1", "PAR2")
	f.differs(dir, []string{"replications.parquet has other content", "cannot be read"}, quick)
	sweep, data := newFake(t, "sweep")
	sweep.same(data, []string{"13 files with their hashes", nothing}, quick)
	ledger, claims := newFake(t, "ledger")
	ledger.same(claims, []string{nothing}, quick)
	if f.called+sweep.called+ledger.called > 0 {
		t.Error("something was made again")
	}
}

// Files that are not of the run are named and do no harm; nothing is read that
// is not a file of the directory.
func TestOtherFilesAndLinks(t *testing.T) {
	for _, kind := range []string{"run", "ledger"} {
		f, dir := newFake(t, kind)
		write(t, []byte("mine"), dir, "notes.txt")
		f.same(dir, []string{"notes.txt, which is not of this " + kind})
	}
	f, sweep := newFake(t, "sweep")
	write(t, []byte("mine"), sweep, "parts", "part-more.parquet")
	f.differs(sweep, []string{"parts/part-more.parquet is none of the data set's files"})

	for _, kind := range []string{"run", "ledger"} {
		f, dir := newFake(t, kind)
		name := map[string]string{"run": "figures/headline.svg", "ledger": "units/a/one.json"}[kind]
		f.check(os.Remove(filepath.Join(dir, name)))
		if err := os.Symlink("/dev/zero", filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
		f.differs(dir, []string{name + " ", "1 file is not as it was."})
	}
}

// A run that was interrupted is compared as far as it goes.
func TestInterruptedRun(t *testing.T) {
	f, whole := newFake(t, "interrupted")
	dir := clone(t, whole)
	edit(t, dir, "replications.csv", "2.5", "2.4")
	f.differs(dir, []string{"replications.csv has other content (same size, SHA-256 differs): row 3 (market, 3.0, 2), value: is 2.4, was 2.5 1 file"})
	f.cut = 5
	f.values = root // the model computes something else
	f.differs(whole, []string{"replications.csv row 1 ", "replications.parquet row 1 "})
}

// Of a data set the parts that are asked for are made again, evenly spread, and
// always those that are damaged; of one that is not complete those that are there.
func TestParts(t *testing.T) {
	f, whole := newFake(t, "sweep")
	name := func(k int) string { return fmt.Sprintf("part-%07d-%07d-r00000-00002.parquet", 2*k, min(2*k+1, 8)) }
	made := func(want ...int) {
		t.Helper()
		var parts []int
		for _, p := range f.last.Only {
			parts = append(parts, p.FirstRow/2)
		}
		if !slices.Equal(parts, want) {
			t.Errorf("made parts %v again, want %v", parts, want)
		}
	}
	f.same(whole, nil)
	made(0, 1, 2, 3, 4)
	two := func(c *Check) { c.Parts = 2 }
	f.same(whole, []string{"3 of 5 parts with what is computed, which --parts leaves out"}, two)
	made(2, 4)
	f.same(whole, nil, func(c *Check) { c.Parts = 99 })
	made(0, 1, 2, 3, 4)

	// A part of other values than the model's: its hash is right, or unknown.
	forged := clone(t, whole)
	f.values = root // the model computes something else
	other := filepath.Join(t.TempDir(), "other")
	f.parts(other, &store.Manifest{Version: "1", ModelHash: "mine"}, nil)
	f.values = half
	was, is := string(read(t, forged, "parts", name(1))), string(read(t, other, "parts", name(1)))
	forge(t, forged, "parts/"+name(1), was, is)
	want := "parts/" + name(1) + " row 1 (2, 0), value: is 4.47213595499958, was 20.5"
	f.differs(forged, []string{want})
	f.same(forged, nil, two)
	f.check(os.Remove(filepath.Join(forged, store.ManifestName)))
	f.differs(forged, []string{want})
	write(t, []byte(is), whole, "parts", name(1))
	f.differs(whole, []string{"parts/" + name(1) + " has ", ": row 1 (2, 0), value: is 4.47213595499958, was 20.5"}, two)
	made(1, 2, 4)
	write(t, []byte(was), whole, "parts", name(1))

	f.check(errors.Join(os.Remove(filepath.Join(whole, store.ManifestName)), os.Remove(filepath.Join(whole, "parts", name(0))), os.Remove(filepath.Join(whole, "parts", name(3)))))
	f.same(whole, []string{"2 of 5 parts, which are missing"})
	made(1, 2, 4)
	write(t, []byte("no part"), whole, "parts", name(0))
	f.differs(whole, []string{"parts/" + name(0) + " "})
}

// A ledger that was interrupted is compared as far as it goes.
func TestInterruptedLedger(t *testing.T) {
	f, dir := newFake(t, "ledger")
	f.check(errors.Join(os.Remove(filepath.Join(dir, "claims.csv")), os.Remove(filepath.Join(dir, "units/a/two.json"))))
	f.differs(dir, []string{"claims.csv is missing", "units/a/two.json is missing"})
	interrupted := func(c *Check) { c.Ledger.Interrupted = true }
	f.same(dir, []string{"2 files with what was made again", "what was to come when the ledger was interrupted"}, interrupted)
	edit(t, dir, "units/a/one.json", "12", "13")
	f.differs(dir, []string{"units/a/one.json line 1 "}, interrupted)
	f.same(dir, []string{"Not compared: anything: it is unheard of"}, func(c *Check) { c.Ledger.Unknown = "it is unheard of" })
}

// What cannot be made again is compared with its hashes, and why is said; that it
// failed is an error.
func TestWhatCannotBeMadeAgain(t *testing.T) {
	f, whole := newFake(t, "run")
	f.fails = Unknown("nobody knows how")
	f.same(whole, []string{"replications.csv with replications.parquet", "Not compared: anything with what is computed: nobody knows how."})
	f.fails = errors.New("size:\nno such key")
	said, err := f.verify(whole)
	if err == nil || !strings.HasSuffix(err.Error(), "run: cannot be made again by this program: size:; no such key") || !strings.Contains(said, "Not compared: anything with what is computed: it cannot be made again") {
		t.Errorf("%v\n%s", err, said)
	}
	old := clone(t, whole)
	m := regexp.MustCompile(`(?s)  "recipe": \{.*?\n  \},\n|,\n  "self_sha256": "[0-9a-f]*"`).ReplaceAll(read(t, old, store.ManifestName), nil)
	write(t, m, old, store.ManifestName)
	f.same(old, []string{"epgsim 1 did not note how it was made"})
	f.fails = nil
	f.same(whole, []string{"Another model made this (hash mine, this program's is other): results may rightly differ."}, func(c *Check) { c.Model = "other" })
}

// What is none of epgsim's is no difference; what is and is damaged is one.
func TestNotOurs(t *testing.T) {
	f, whole := newFake(t, "run")
	for text, ours := range map[string]bool{"": false, `{"name": "a page"}`: false, string(read(t, whole, store.ManifestName)[:200]): true} {
		dir := t.TempDir()
		write(t, []byte(text), dir, store.ManifestName)
		if _, err := f.verify(dir); err == nil || errors.As(err, &NotOurs{}) == ours {
			t.Errorf("%.30q: %v", text, err)
		}
	}
	if _, err := f.verify(t.TempDir()); !errors.As(err, &NotOurs{}) {
		t.Errorf("an empty directory: %v", err)
	}
}

// However it ends, nothing stays in the temporary folder, and nothing of the
// directory is changed.
func TestNothingIsLeft(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	for _, kind := range []string{"run", "sweep", "ledger"} {
		f, dir := newFake(t, kind)
		before := fmt.Sprint(files(t, dir))
		for _, ends := range []string{"well", "failing", "interrupted"} {
			ctx, cancel := context.WithCancel(t.Context())
			f.fails = map[string]error{"failing": errors.New("no")}[ends]
			f.during = map[string]func(){"interrupted": cancel}[ends]
			c := Check{Dir: dir, Out: &bytes.Buffer{}, Model: "mine", Again: f.again}
			if kind == "ledger" {
				c.Ledger = &Ledger{Recipe: Recipe{Words: []string{"claims", "C1"}, As: &store.Manifest{}}}
			}
			err := Run(ctx, c)
			cancel()
			if (err == nil) != (ends == "well") || errors.Is(err, context.Canceled) != (ends == "interrupted") {
				t.Errorf("%s, %s: %v", kind, ends, err)
			}
			if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
				t.Errorf("%s, %s: %v is left, %v", kind, ends, left, err)
			}
		}
		if after := fmt.Sprint(files(t, dir)); after != before {
			t.Errorf("%s: the files are %s, were %s", kind, after, before)
		}
	}
}

// files are all files of a directory with their hashes.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			all[name] = store.Hash(read(t, dir, name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
