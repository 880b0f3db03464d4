package store

import (
	"cmp"
	"encoding/json"
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

// trait is what can be told of a data set and must not change: by a phrase and,
// where there is one, by a text of which differences can be shown.
type trait struct{ name, phrase, text string }

// changed lists how traits differ, those that were first.
func changed(was, is []trait) (found []Change) {
	find := func(list []trait, name string) *trait {
		if i := slices.IndexFunc(list, func(t trait) bool { return t.name == name }); i >= 0 {
			return &list[i]
		}
		return &trait{name, "not given", ""}
	}
	for _, old := range was {
		if now := find(is, old.name); *now != old {
			found = append(found, Change{old.name, old.phrase, now.phrase, diffOf(old.name, old.text, now.text)})
		}
	}
	for _, now := range is {
		if old := find(was, now.name); old.phrase == "not given" {
			found = append(found, Change{What: now.name, Was: old.phrase, Is: now.phrase})
		}
	}
	return found
}

// diffOf shows how a short text has changed.
func diffOf(name, was, is string) string {
	if was == "" || is == "" || max(len(was), len(is)) > maxDiff || !utf8.ValidString(was+is) {
		return ""
	}
	return string(diff.Diff(name+" as it was", []byte(was), name+" as it is", []byte(is)))
}

// traits are the traits of what two data sets must have in common.
func (h *Head) traits() (all []trait) {
	for _, f := range h.Facts {
		all = append(all, trait{f.Name, f.Value, ""})
	}
	var words []string
	for _, t := range h.Tables {
		words = append(words, fmt.Sprintf("%s of %d columns", t.Name, len(t.Columns)))
	}
	tables, err := json.MarshalIndent(h.Tables, "", "  ")
	if err != nil {
		panic(err) // texts only, and the types have been checked
	}
	return append(all, trait{"design rows", strconv.Itoa(h.Rows), ""}, trait{"tables", strings.Join(words, " and "), string(tables) + "\n"})
}

// cut are the traits that data sets must have in common for their parts to be
// the same files.
func (h *Head) cut() []trait {
	return append(h.traits(),
		trait{"replications", strconv.Itoa(h.Replications), ""},
		trait{"rows a part", strconv.Itoa(h.PartRows), ""},
		trait{"replications a part", strconv.Itoa(h.Block), ""})
}

// trait tells one content of a file from another; nil is not known.
func (f *File) trait(data []byte) trait {
	return trait{f.Path, fmt.Sprintf("%d bytes, SHA-256 %.12s…", f.Bytes, f.SHA256), string(data)}
}

// refuseChanges refuses what was asked for if the data set is of something else,
// and says in what way the files differ then. Equal facts in other words are no
// change.
func (d *Dataset) refuseChanges(asked *Head, sources []Source) error {
	found := changed(d.head.traits(), asked.traits())
	if len(found) > 0 {
		var was, is []trait
		for _, f := range d.head.Files {
			data, _ := d.folder.read(f.Path) // what cannot be read is not shown
			was = append(was, f.trait(data))
		}
		for _, s := range sources {
			f := s.file()
			is = append(is, f.trait(s.Data))
		}
		found = append(found, changed(was, is)...)
	} else {
		found = d.edited(sources)
	}
	if len(found) == 0 {
		return nil
	}
	return &ChangedError{d.path, found}
}

// edited lists files of the data set that are not what it was created with. One
// that was lost can be written again, if its source is still the same.
func (d *Dataset) edited(sources []Source) (found []Change) {
	for _, f := range d.head.Files {
		problem := f.differs(d.folder.root)
		given := slices.IndexFunc(sources, func(s Source) bool { return s.file() == f })
		if problem == "" || problem == isMissing && given >= 0 {
			continue
		}
		c := Change{What: f.Path, Was: f.trait(nil).phrase, Is: "no longer: it " + problem}
		if given >= 0 {
			data, _ := d.folder.read(f.Path)
			c.Is += "; remove it, and it is written again"
			c.Diff = diffOf(f.Path, cmp.Or(string(data), "\n"), string(sources[given].Data))
		}
		found = append(found, c)
	}
	return found
}
