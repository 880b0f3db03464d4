package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/diff"
)

// maxDiff is the size of the longest text of which differences are shown. In bytes.
const maxDiff = 64 << 10

// ChangedError says that a directory holds the data set of something else than
// what was asked for. Nothing has been touched.
type ChangedError struct {
	Path    string // of the data set
	Changes []Change
}

// Change is one difference: a fact, a number of the layout, the text of a file.
type Change struct {
	What, Was, Is string
	Diff          string // unified, for short texts; Was and Is are phrases then
}

func (e *ChangedError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: holds a data set of something else, so it is left as it is; choose another directory", e.Path)
	for _, c := range e.Changes {
		fmt.Fprintf(&b, "\n  %s: was %s, is %s", c.What, c.Was, c.Is)
	}
	for _, c := range e.Changes {
		if c.Diff != "" {
			fmt.Fprintf(&b, "\n%s", strings.TrimSuffix(c.Diff, "\n"))
		}
	}
	return b.String()
}

// changes lists how two heads differ in what must be equal. Their files need
// not be; changedFiles explains by them what differs.
func (was *Head) changes(is *Head) []Change {
	found := changedFacts(was, is)
	if was.Rows != is.Rows {
		found = append(found, Change{What: "design rows", Was: strconv.Itoa(was.Rows), Is: strconv.Itoa(is.Rows)})
	}
	old, errOld := json.MarshalIndent(was.Tables, "", "  ")
	now, errNow := json.MarshalIndent(is.Tables, "", "  ")
	if errOld != nil || errNow != nil || !bytes.Equal(old, now) {
		found = append(found, Change{
			What: "tables", Was: describe(was.Tables), Is: describe(is.Tables),
			Diff: string(diff.Diff("tables as they were", append(old, '\n'), "tables as they are", append(now, '\n'))),
		})
	}
	return found
}

func changedFacts(was, is *Head) (found []Change) {
	for _, f := range was.Facts {
		if now, ok := is.fact(f.Name); !ok || now != f.Value {
			found = append(found, Change{What: f.Name, Was: f.Value, Is: orNone(now, ok)})
		}
	}
	for _, f := range is.Facts {
		if _, ok := was.fact(f.Name); !ok {
			found = append(found, Change{What: f.Name, Was: orNone("", false), Is: f.Value})
		}
	}
	return found
}

func orNone(value string, ok bool) string {
	if !ok {
		return "not given"
	}
	return value
}

func describe(tables []PartTable) string {
	var words []string
	for _, t := range tables {
		words = append(words, fmt.Sprintf("%s of %d columns", t.Name, len(t.Columns)))
	}
	return strings.Join(words, " and ")
}

// changes lists what keeps the data set from being what was asked for, and in
// what way its files differ then. Equal facts in other words are no change.
func (d *Dataset) changes(was, asked *Head, sources []Source) []Change {
	if found := was.changes(asked); len(found) > 0 {
		return append(found, d.changedFiles(was, sources, asked.Files)...)
	}
	return d.editedFiles(was, sources)
}

// editedFiles lists files of the data set that are not what it was created
// with. One that was lost can be written again, if its source is still the same.
func (d *Dataset) editedFiles(was *Head, sources []Source) (found []Change) {
	for _, f := range was.Files {
		problem := f.differs(d.folder.root)
		if problem == "" || problem == isMissing && given(&f, sources) != nil {
			continue
		}
		c := Change{What: f.Path, Was: f.short(), Is: "no longer: it " + problem}
		if s := given(&f, sources); s != nil {
			c.Is += "; remove it, and it is written again"
			c.Diff = d.diff(s)
		}
		found = append(found, c)
	}
	return found
}

// given is the source that would write a file of the data set, nil if none would.
func given(f *File, sources []Source) *Source {
	for i := range sources {
		if sources[i].Path != f.Path {
			continue
		}
		if sources[i].file() == *f {
			return &sources[i]
		}
	}
	return nil
}

// changedFiles lists the given files that are not what the data set was created with.
func (d *Dataset) changedFiles(was *Head, sources []Source, is []File) (found []Change) {
	old := map[string]File{}
	for _, f := range was.Files {
		old[f.Path] = f
	}
	for i, f := range is {
		before, ok := old[f.Path]
		delete(old, f.Path)
		switch {
		case !ok:
			found = append(found, Change{What: f.Path, Was: orNone("", false), Is: "given"})
		case before != f:
			found = append(found, Change{What: f.Path, Was: before.short(), Is: f.short(), Diff: d.diff(&sources[i])})
		}
	}
	for _, f := range sorted(old) {
		found = append(found, Change{What: f.Path, Was: "given", Is: orNone("", false)})
	}
	return found
}

// short tells one content of a file from another.
func (f *File) short() string { return fmt.Sprintf("%d bytes, SHA-256 %.12s…", f.Bytes, f.SHA256) }

// diff shows how a source differs from the file in the directory, if both are
// short texts.
func (d *Dataset) diff(s *Source) string {
	old, err := d.folder.root.ReadFile(s.Path)
	if err != nil || max(len(old), len(s.Data)) > maxDiff || !utf8.Valid(old) || !utf8.Valid(s.Data) {
		return ""
	}
	return string(diff.Diff(d.Path(s.Path), old, s.Path+" as given", s.Data))
}
