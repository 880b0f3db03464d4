package store

import (
	"errors"
	"fmt"
	"path"
	"strings"
)

// HeadName is the name of the file that makes a directory a data set.
const HeadName = "sweep.json"

const (
	headProgram = "epgsim sweep" // not epgsim's alone: a manifest with it is none of a run
	headFormat  = 1              // counts up when an older reader would misread the data set
)

// Head says what a data set is of. Two runs may work on the same data set when
// all is equal but Version, Replications, and how they would cut it into parts.
type Head struct {
	Program string `json:"program"` // filled in
	Format  int    `json:"format"`  // filled in
	Version string `json:"version"` // of the program that created it, for information
	Facts   []Fact `json:"facts"`
	Layout
	// Tables are the tables of each part. A part of the first is the mark that
	// the run of that part is finished; it has one line a run.
	Tables []PartTable `json:"tables"`
	Files  []File      `json:"files"` // given at creation; filled in
}

// Fact is something on which the content of a data set depends: the hash of
// the design, the hash of the model, the seed.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// PartTable declares a table that is kept in parts. Its first two columns are
// KeyColumns, by which its lines are sorted.
type PartTable struct {
	Name    string   `json:"name"` // the folder of its parts
	Doc     string   `json:"doc,omitempty"`
	Columns []Column `json:"columns"`
}

// KeyColumns begin every table of a data set.
func KeyColumns() []Column {
	return []Column{
		{Name: "row", Doc: "design row, from 0", Type: Int64},
		{Name: "replication", Doc: "replication of the row, from 0", Type: Int64},
	}
}

// Fact is the value of a fact, or nothing.
func (h *Head) Fact(name string) string {
	for _, f := range h.Facts {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// table is the place of a declared table; no name is the first.
func (h *Head) table(name string) (int, error) {
	var all []string
	for i, t := range h.Tables {
		if t.Name == name || name == "" {
			return i, nil
		}
		all = append(all, t.Name)
	}
	return 0, fmt.Errorf("no table %q; there are: %s", name, strings.Join(all, ", "))
}

// check says what is wrong with a head, which is a mistake of the caller or a
// damaged file.
func (h *Head) check() error {
	if err := h.Layout.check(); err != nil {
		return err
	}
	if len(h.Tables) == 0 {
		return errors.New("no table")
	}
	seen := map[string]bool{}
	once := func(what, name string) error {
		if name == "" || seen[what+name] {
			return fmt.Errorf("%s %q: no name, or given twice", what, name)
		}
		seen[what+name] = true
		return nil
	}
	for _, f := range h.Facts {
		if err := once("fact", f.Name); err != nil {
			return err
		}
	}
	for _, t := range h.Tables {
		if err := errors.Join(t.check(), once("table", t.Name)); err != nil {
			return err
		}
	}
	for _, f := range h.Files {
		if err := errors.Join(h.checkGiven(f.Path), once("file", strings.ToLower(f.Path))); err != nil {
			return err
		}
	}
	return nil
}

// checkGiven keeps the files given off the names that the data set itself uses.
func (h *Head) checkGiven(rel string) error {
	taken := strings.EqualFold(rel, HeadName) || strings.HasPrefix(path.Base(rel), ".")
	for _, t := range h.Tables {
		taken = taken || rel == t.Name || strings.HasPrefix(rel, t.Name+"/")
	}
	if taken {
		return fmt.Errorf("store: the name %s is taken by the data set itself", rel)
	}
	return checkFree(rel)
}

func (t *PartTable) check() error {
	if checkFree(t.Name) != nil || strings.Contains(t.Name, "/") || strings.HasPrefix(t.Name, ".") {
		return fmt.Errorf("table %q: not a name for a folder", t.Name)
	}
	whole := Table{Name: t.Name, Columns: t.Columns}
	if err := whole.check(); err != nil {
		return err
	}
	for i, key := range KeyColumns() {
		if len(t.Columns) <= i || t.Columns[i].Name != key.Name || t.Columns[i].Type != key.Type {
			return fmt.Errorf("table %s: column %d must be %s, %v", t.Name, i, key.Name, key.Type)
		}
	}
	return nil
}

// fingerprint is a hash of all on which the content and the shape of a part
// depend. Every part carries it.
func (h *Head) fingerprint() string {
	return Hash(plainJSON(struct {
		Format                int
		Facts                 []Fact
		Rows, PartRows, Block int
		Tables                []PartTable
	}{headFormat, h.Facts, h.Rows, h.PartRows, h.Block, h.Tables}))
}

func (h *Head) encode() ([]byte, error) {
	c := *h
	c.Program, c.Format = headProgram, headFormat
	c.Facts, c.Files = some(c.Facts), some(c.Files)
	return encodeJSON(&c)
}

// asRead is the head of a data set with these files as it will be read back: no
// facts are an empty list, and texts are UTF-8. Only so can it be compared and
// hashed.
func (h *Head) asRead(files []Source) (*Head, error) {
	c := *h
	c.Files = nil
	for _, f := range files {
		c.Files = append(c.Files, File{Path: f.Path, Bytes: int64(len(f.Data)), SHA256: Hash(f.Data)})
	}
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("store: data set: %w", err)
	}
	b, err := c.encode()
	if err != nil {
		return nil, err
	}
	return decodeHead("store: "+HeadName, b)
}

// decodeHead reads a head, or says why it is none.
func decodeHead(name string, b []byte) (*Head, error) {
	h := new(Head)
	if err := decode(name, b, "the head of a data set", headProgram, headFormat, h); err != nil {
		return nil, err
	}
	if err := h.check(); err != nil {
		return nil, fmt.Errorf("%s: damaged: %w", name, err)
	}
	return h, nil
}
