package store

import (
	"fmt"
	"slices"
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
	Diff    string // unified, of the short texts among the files given
}

// Change is one difference: a fact, a number of the layout, a table, a file.
type Change struct{ What, Was, Is string }

func (e *ChangedError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: holds a data set of something else, so it is left as it is; choose another directory", e.Path)
	for _, c := range e.Changes {
		fmt.Fprintf(&b, "\n  %s: was %s, is %s", c.What, c.Was, c.Is)
	}
	if e.Diff != "" {
		b.WriteString("\n" + strings.TrimSuffix(e.Diff, "\n"))
	}
	return b.String()
}

// traits are what two data sets of the same thing have in common.
func (h *Head) traits() []Fact {
	all := append(slices.Clone(h.Facts), Fact{"design rows", strconv.Itoa(h.Rows)})
	for _, t := range h.Tables {
		all = append(all, Fact{"table " + t.Name, fmt.Sprintf("%d columns, SHA-256 %.12s…", len(t.Columns), Hash(plainJSON(t)))})
	}
	return all
}

// cut is what data sets must have in common for their parts to be the same files.
func (h *Head) cut() []Fact {
	return append(h.traits(),
		Fact{"replications", strconv.Itoa(h.Replications)},
		Fact{"rows a part", strconv.Itoa(h.PartRows)},
		Fact{"replications a part", strconv.Itoa(h.Block)})
}

// given tells the files given from others.
func (h *Head) given() (all []Fact) {
	for _, f := range h.Files {
		all = append(all, Fact{f.Path, fmt.Sprintf("%d bytes, SHA-256 %.12s…", f.Bytes, f.SHA256)})
	}
	return all
}

// changed lists how facts differ, those that were first.
func changed(was, is []Fact) (found []Change) {
	const notGiven = "not given"
	value := func(list []Fact, name string) string {
		if i := slices.IndexFunc(list, func(f Fact) bool { return f.Name == name }); i >= 0 {
			return list[i].Value
		}
		return notGiven
	}
	for _, old := range was {
		if now := value(is, old.Name); now != old.Value {
			found = append(found, Change{old.Name, old.Value, now})
		}
	}
	for _, now := range is {
		if value(was, now.Name) == notGiven {
			found = append(found, Change{now.Name, notGiven, now.Value})
		}
	}
	return found
}

// refuseChanges refuses what was asked for if the data set is of something else,
// and says in what way the files differ then. Equal facts in other words are no
// change, but the data set's own files must be there as they were.
func (c *contents) refuseChanges(asked *Head, sources []Source) error {
	found := changed(c.head.traits(), asked.traits())
	if len(found) == 0 {
		return c.refuseEdited()
	}
	e := &ChangedError{Path: c.root.Name(), Changes: append(found, changed(c.head.given(), asked.given())...)}
	for i, s := range sources {
		if slices.Contains(c.head.Files, asked.Files[i]) {
			continue // the same
		}
		if strings.HasSuffix(s.Path, ".csv") {
			continue // a table: nobody wants to read that
		}
		was, err := c.read(s.Path)
		if err == nil && max(len(was), len(s.Data)) <= maxDiff && utf8.Valid(was) && utf8.Valid(s.Data) { // what cannot be read is not shown
			e.Diff += string(diff.Diff(s.Path+" as it was", was, s.Path+" as it is", s.Data))
		}
	}
	return e
}

// refuseEdited refuses to go on when a file given is not what the data set was
// created with.
func (c *contents) refuseEdited() error {
	var found []Change
	for i, f := range c.head.Files {
		if problem := f.differs(c.root); problem != "" {
			found = append(found, Change{f.Path, c.head.given()[i].Value, "no longer: it " + problem + "; put it back as it was"})
		}
	}
	if len(found) == 0 {
		return nil
	}
	return &ChangedError{Path: c.root.Name(), Changes: found}
}
