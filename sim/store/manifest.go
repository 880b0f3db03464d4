package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// ManifestName is the name of the manifest in a run directory.
const ManifestName = "manifest.json"

const (
	program = "epgsim"
	// manifestFormat counts up when an older reader would misread the manifest.
	manifestFormat = 1
)

// The ways a run can have ended.
const (
	StatusComplete    = "complete"
	StatusInterrupted = "interrupted" // by the user; every file listed is whole
)

// Manifest says what was run and what it left. The caller of Finish gives the
// facts of the run; what concerns the files is filled in.
type Manifest struct {
	Program      string    `json:"program"` // always "epgsim"; filled in
	Format       int       `json:"format"`  // of the manifest; filled in
	Status       string    `json:"status"`  // filled in
	Version      string    `json:"version"` // of the program
	GoVersion    string    `json:"go_version"`
	Command      []string  `json:"command"`     // the command line, word by word
	Seed         uint64    `json:"seed,string"` // text in JSON: many readers round integers beyond 2^53
	Scenario     string    `json:"scenario"`    // its name
	ScenarioHash string    `json:"scenario_hash"`
	ModelHash    string    `json:"model_hash"` // of the sources, see ModelHash
	Started      time.Time `json:"started,omitzero"`
	Ended        time.Time `json:"ended,omitzero"`
	Wall         Seconds   `json:"wall_seconds"`
	Replications int       `json:"replications"` // of every arm
	Arms         []string  `json:"arms"`
	Warnings     []string  `json:"warnings"`

	// Recipe is what it takes to make the files again, beside scenario.toml.
	// Manifests of earlier versions have none.
	Recipe *Recipe `json:"recipe,omitempty"`

	Files  []File      `json:"files"`  // by path, without the manifest; filled in
	Tables []TableInfo `json:"tables"` // by name; filled in

	// Self is the SHA-256 of the manifest's own bytes with nothing in its
	// place; filled in. Manifests of earlier versions have none.
	Self    string `json:"self_sha256"`
	changed bool   // since it was written
}

// Recipe says how the files of a run came about, with all defaults spelled out.
type Recipe struct {
	// Words is the command that makes all of it again when typed in the
	// directory, without the program's name and a place to write to.
	Words []string `json:"words"`
}

// TableInfo is a table of the run directory.
type TableInfo struct {
	Name    string   `json:"name"`
	Doc     string   `json:"doc,omitempty"`
	Rows    int64    `json:"rows"`
	Files   []string `json:"files"`
	Columns []Column `json:"columns"`
}

// Seconds is a duration in seconds.
type Seconds float64

// encode makes the manifest's bytes.
func (m *Manifest) encode() ([]byte, error) {
	c := *m
	c.Program, c.Format = program, manifestFormat
	c.Started, c.Ended = c.Started.UTC(), c.Ended.UTC()
	// [] says that there are none; null would leave it open.
	c.Command, c.Arms, c.Warnings = some(c.Command), some(c.Arms), some(c.Warnings)
	c.Files, c.Tables = some(c.Files), some(c.Tables)
	return seal(&c, &c.Self)
}

func some[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// ReadManifest reads the manifest of a run directory. Where there is none, the
// error is fs.ErrNotExist: the run was killed or is still going on, or the
// directory is not one of epgsim.
func ReadManifest(dir string) (*Manifest, error) {
	name := filepath.Join(dir, ManifestName)
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: no %s: not a run directory, or its run has not ended: %w", dir, ManifestName, fs.ErrNotExist)
	}
	if err != nil {
		return nil, explain("read", name, err)
	}
	return decodeManifest(name, b)
}

// decodeManifest reads a manifest, or says why it is none of epgsim's.
func decodeManifest(name string, b []byte) (*Manifest, error) {
	m := new(Manifest)
	if err := decode(name, b, "a manifest", program, manifestFormat, m); err != nil {
		return nil, err
	}
	m.changed = unsealed(b, m.Self) && (m.Self != "" || m.Recipe != nil) // they came in together
	return m, nil
}

// Verify recomputes the hashes of all files, the manifest's own first, and
// returns those that differ, are missing or cannot be read. Files that the
// manifest does not list are none of its business: see Others. The only error is
// that ctx ended before all were read.
func (m *Manifest) Verify(ctx context.Context, dir string) (found []Mismatch, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return []Mismatch{{".", "cannot be opened: " + reason(err)}}, nil
	}
	defer func() { _ = root.Close() }() // opened for reading
	if m.changed {
		found = append(found, Mismatch{ManifestName, hasChanged})
	}
	for _, f := range m.Files {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if problem := f.differs(root); problem != "" {
			found = append(found, Mismatch{f.Path, problem})
		}
	}
	return found, nil
}

// Others lists the files in the directory that are not the run's, by path.
func (m *Manifest) Others(dir string) (others []string, err error) {
	err = fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		listed := func(f File) bool { return f.Path == name }
		if err == nil && !e.IsDir() && name != ManifestName && !slices.ContainsFunc(m.Files, listed) {
			others = append(others, name)
		}
		return err
	})
	return others, explain("read", dir, err)
}
