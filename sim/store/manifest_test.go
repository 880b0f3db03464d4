package store

import (
	"encoding/json"
	"math"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestManifest(t *testing.T) {
	path := t.TempDir()
	d := mustCreate(t, path, false)
	w, err := d.Table(Table{Name: "results", Doc: "one replication", Columns: demo})
	if err != nil {
		t.Fatal(err)
	}
	if err := awkward[0].write(w); err != nil {
		t.Fatal(err)
	}
	mustClose(t, w)
	given := Manifest{
		Version: "1.2.3", GoVersion: "go1.26.8", Command: []string{"epgsim", "run", "<food> & drink"},
		Seed: math.MaxUint64, Scenario: "food", ScenarioHash: "ab", ModelHash: "cd",
		Started: time.Date(2026, 11, 21, 20, 0, 0, 0, time.FixedZone("", 3600)), Ended: time.Date(2026, 11, 21, 20, 1, 0, 0, time.UTC),
		Wall: 60.5, Replications: 500, Arms: []string{"weak", "band"}, Warnings: []string{"few runs"},
		Recipe: &Recipe{Words: []string{"run", "--seed=1"}},
	}
	if err := d.Finish(given); err != nil {
		t.Fatal(err)
	}
	got, err := ReadManifest(path)
	if err != nil {
		t.Fatal(err)
	}
	want := given
	want.Program, want.Format, want.Status, want.Started = "epgsim", 1, StatusComplete, given.Started.UTC()
	want.Files, want.Self = got.Files, got.Self
	want.Tables = []TableInfo{{"results", "one replication", 1, []string{"results.csv", "results.parquet"}, demo}}
	if !reflect.DeepEqual(*got, want) {
		t.Errorf("read\n%+v\nwant\n%+v", *got, want)
	}
	files := tree(t, path)
	for i, name := range []string{"results.csv", "results.parquet"} {
		if f := got.Files[i]; f.Path != name || f.Table != "results" || f.Bytes != int64(len(files[name])) || f.SHA256 != Hash([]byte(files[name])) {
			t.Errorf("file %d is %+v", i, f)
		}
	}
	for _, text := range []string{`"seed": "18446744073709551615"`, `"<food> & drink"`, `"unit": "k€"`, `"type": "text"`} {
		if !strings.Contains(files[ManifestName], text) {
			t.Errorf("no %s in %s", text, files[ManifestName])
		}
	}
}

// A manifest of nothing says so, and texts that are not UTF-8 do not break it.
func TestManifestOfNothing(t *testing.T) {
	b, err := (&Manifest{Scenario: "a\xffb"}).encode()
	if err != nil || !json.Valid(b) {
		t.Fatalf("%v\n%s", err, b)
	}
	if m, err := decodeManifest("m", b); err != nil || m.Scenario != "a\ufffdb" || m.changed {
		t.Errorf("%v, %+v", err, m)
	}
	for _, list := range []string{`"arms": []`, `"files": []`, `"warnings": []`} {
		if !strings.Contains(string(b), list) {
			t.Errorf("no %s in %s", list, b)
		}
	}
}

func TestVerify(t *testing.T) {
	path := t.TempDir()
	fill(t, mustCreate(t, path, false), "v")
	m, err := ReadManifest(path)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := m.Verify(t.Context(), path); err != nil || len(found) != 0 {
		t.Errorf("an untouched run: %v", found)
	}
	write(t, filepath.Join(path, "figures/headline.svg"), "Vfigures/headline.svg")
	write(t, filepath.Join(path, "report.html"), "short")
	m.Files = append(m.Files, File{Path: "gone"}, File{Path: "../m"}, File{Path: "figures"})
	var got []string
	found, err := m.Verify(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		got = append(got, f.String())
	}
	want := []string{
		"figures/headline.svg has other content (same size, SHA-256 differs)",
		"report.html has 5 bytes instead of 12",
		"gone is missing",
		"../m is not a path below the directory",
		"figures is not a regular file",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if found, err := m.Verify(t.Context(), filepath.Join(path, "nowhere")); err != nil || len(found) != 1 {
		t.Errorf("no directory at all: %v", found)
	}
}

func TestInterrupted(t *testing.T) {
	path := t.TempDir()
	d := mustCreate(t, path, false)
	for _, name := range []string{"kept", "lost"} {
		w, err := d.Table(Table{Name: name, Columns: demo})
		if err != nil {
			t.Fatal(err)
		}
		if err := awkward[0].write(w); err != nil {
			t.Fatal(err)
		}
		if name == "kept" {
			mustClose(t, w)
		}
	}
	d.Interrupted()
	if err := d.Finish(Manifest{}); err != nil {
		t.Fatal(err)
	}
	m, err := ReadManifest(path)
	if err != nil {
		t.Fatal(err)
	}
	if m.Status != StatusInterrupted || !slices.Equal(m.Warnings, []string{"table lost was not finished and is not kept"}) {
		t.Errorf("status %q, warnings %q", m.Status, m.Warnings)
	}
	if got, want := names(tree(t, path)), []string{"kept.csv", "kept.parquet", "manifest.json"}; !slices.Equal(got, want) {
		t.Errorf("left %v, want %v", got, want)
	}
	if found, err := m.Verify(t.Context(), path); err != nil || len(found) != 0 {
		t.Error(found)
	}
}

func TestModelHash(t *testing.T) {
	hash := func(files map[string]string) string {
		fsys := fstest.MapFS{}
		for name, content := range files {
			fsys[name] = &fstest.MapFile{Data: []byte(content)}
		}
		h, err := ModelHash(fsys)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	seen := map[string]int{}
	for i, files := range []map[string]string{
		{},
		{"a.go": "x", "b.go": "y"},
		{"a.go": "y", "b.go": "x"},
		{"a.go": "xb.goy"},
		{"a.go": "x", "b.go": "y", "c.go": ""},
		{"a/z.go": "1", "a.go": "2"},
	} {
		h := hash(files)
		if j, ok := seen[h]; ok || len(h) != 64 || hash(files) != h {
			t.Errorf("sets %d and %d: %s", i, j, h)
		}
		seen[h] = i
	}
}
