package main

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"epgsim/sim/store"
)

// truth is what the rows of a table should be.
type truth interface {
	// row is what the next row should be. Given is what a file has there, for
	// truths that find their place by it; insist asks for an answer even where
	// the truth would rather not compute one. Without answer known is false;
	// a row that should not be there is "".
	row(given string, insist bool) (want string, known bool, err error)
	// more says whether there should be another row.
	more() bool
}

// nothingKnown is the truth of which nobody knows.
type nothingKnown struct{}

func (nothingKnown) row(string, bool) (string, bool, error) { return "", false, nil }
func (nothingKnown) more() bool                             { return false }

// tableFile is a file of a table, read line by line.
type tableFile struct {
	path  string // below the directory
	sound bool   // has the hash that it was written with
	next  func() (string, error, bool)
	line  string
	ended bool
	err   error
}

func (f *tableFile) advance() {
	line, err, ok := f.next()
	f.line, f.err, f.ended = line, err, !ok || err != nil
}

// rows reads the files of a table side by side, row by row, and notes of each
// the first row that is not what it should be, or not what the others have.
// keys is how many columns say what a row is. It returns how many rows were
// alike.
func (v *verification) rows(ctx context.Context, paths []string, header string, keys int, t truth) (alike int, err error) {
	var files []*tableFile
	for _, path := range paths {
		next, stop := iter.Pull2(store.Lines(filepath.Join(v.dir, filepath.FromSlash(path))))
		defer stop()
		f := &tableFile{path: path, sound: !v.changed(path), next: next}
		f.advance()
		files = append(files, f)
	}
	c := &comparison{v: v, files: files, keys: keys, truth: t, header: header}
	whole := len(files) > 0
	for _, f := range files {
		switch {
		case f.ended:
			v.differs(f.path, unreadable(f.err))
		case f.line != header:
			v.differs(f.path, fmt.Sprintf("has the columns %s instead of %s", f.line, header))
		default:
			continue
		}
		whole = false
	}
	for whole {
		if ctx.Err() != nil {
			return alike, ctx.Err()
		}
		same, more, err := c.row(alike + 1)
		if err != nil || !same || !more {
			return alike, err
		}
		alike++
	}
	return 0, nil
}

func unreadable(err error) string {
	if err == nil {
		return "is empty"
	}
	return "cannot be read: " + err.Error()
}

// comparison is that of the files of a table.
type comparison struct {
	v      *verification
	files  []*tableFile
	keys   int
	truth  truth
	header string
}

// row compares row n, from 1, and says whether all was the same and whether
// there was one.
func (c *comparison) row(n int) (same, more bool, err error) {
	same = true
	var first *tableFile // that has the row
	for _, f := range c.files {
		if f.advance(); f.err != nil {
			c.v.differs(f.path, unreadable(f.err))
			return false, false, nil
		}
		if first == nil && !f.ended {
			first = f
		}
	}
	if first == nil && !c.truth.more() {
		return true, false, nil
	}
	given := ""
	if first != nil {
		given = first.line
	}
	for _, f := range c.files {
		same = same && f.line == given && f.ended == (first == nil)
	}
	want, known, err := c.truth.row(given, !same || first == nil)
	if err != nil || same && !known {
		return true, true, err
	}
	whose := ""
	if !known {
		want, whose = c.believe(first)
	}
	same = true
	for _, f := range c.files {
		if f.line != want {
			c.v.differs(f.path, c.place(n, f, want, whose))
			same = false
		}
	}
	return same, first != nil, nil
}

// believe is what to take for the row where nobody knows: what the files say
// that are as they were written; but where they contradict each other, what
// the first says, and then whose that is.
func (c *comparison) believe(first *tableFile) (want, whose string) {
	var sound []string
	for _, f := range c.files {
		if f.sound {
			sound = append(sound, f.line)
		}
	}
	if len(slices.Compact(sound)) == 1 {
		return sound[0], ""
	}
	return first.line, first.path
}

// place says how a row differs: in which column, what there is and what was.
// Whose is the file that has what was, where nobody knows which of them is right.
func (c *comparison) place(n int, f *tableFile, want, whose string) string {
	is, was, header := store.Fields(f.line), store.Fields(want), store.Fields(c.header)
	where := func(fields []string) string {
		return fmt.Sprintf("row %d (%s)", n, strings.Join(fields[:min(c.keys, len(fields))], ", "))
	}
	switch {
	case f.ended:
		return where(was) + " is missing"
	case want == "":
		return where(is) + " is one too many"
	case len(is) != len(was) || len(is) != len(header):
		return fmt.Sprintf("%s has %d values instead of %d", where(is), len(is), len(header))
	}
	k := 0
	for is[k] == was[k] {
		k++
	}
	text := fmt.Sprintf("%s, %s: is %s, was %s", where(was), header[k], fieldText(is[k]), fieldText(was[k]))
	if whose != "" {
		text = fmt.Sprintf("%s, %s: is %s, but %s in %s", where(was), header[k], fieldText(is[k]), fieldText(was[k]), whose)
	}
	return text
}

// fieldText is a field for people.
func fieldText(field string) string {
	if field == "" {
		return "missing"
	}
	return field
}

// key is the beginning of a line, so many columns of it.
func key(line string, columns int) string {
	quoted := false
	for i := range len(line) {
		switch c := line[i]; {
		case c == '"':
			quoted = !quoted
		case c == ',' && !quoted:
			if columns--; columns == 0 {
				return line[:i]
			}
		}
	}
	return line
}

// recomputed is the truth of a table whose rows come in blocks, one of each
// run, of which some are computed again.
type recomputed struct {
	keys    int                             // columns that say which run
	runs    int                             // that there should be
	again   func(run int) bool              // whether to compute it
	name    func(run int) string            // the key columns of its rows
	compute func(run int) ([]string, error) // its rows
	partial bool                            // the user stopped the run: there may be fewer

	run   int // under way, from 0; -1 before the first
	key   string
	rows  []string
	known bool
	at    int // in rows
	done  int // runs computed
}

func (t *recomputed) row(given string, insist bool) (want string, known bool, err error) {
	t.at++
	if k := key(given, t.keys); t.run < 0 || k != t.key && (!t.known || t.at >= len(t.rows)) {
		t.run, t.key, t.at, t.known, t.rows = t.run+1, k, 0, false, nil
	}
	for t.run < t.runs && !t.known && (insist || t.again(t.run) || t.at == 0 && t.name(t.run) != t.key) {
		if t.rows, err = t.compute(t.run); err != nil {
			return "", false, err
		}
		t.done++
		if t.known = len(t.rows) > 0; !t.known {
			t.run++ // one that has no rows, because it failed
		}
	}
	switch {
	case t.run >= t.runs:
		return "", true, nil
	case t.known && t.at < len(t.rows):
		want = t.rows[t.at]
	}
	return want, t.known, nil
}

func (t *recomputed) more() bool {
	return !t.partial && (t.run+1 < t.runs || t.known && t.at+1 < len(t.rows))
}

// spread says which of so many runs to compute so that n are, evenly spread.
func spread(n, runs int) func(run int) bool {
	n = min(n, runs)
	return func(run int) bool { return (run+1)*n/runs > run*n/runs }
}

// linesOf are the rows, as lines of CSV, that a function writes to some tables.
func linesOf(tables []store.Table, write func([]*store.TableWriter) error) ([][]string, error) {
	lines := make([][]string, len(tables))
	var nest func([]*store.TableWriter) error
	nest = func(writers []*store.TableWriter) error {
		k := len(writers)
		if k == len(tables) {
			return write(writers)
		}
		var b bytes.Buffer
		err := store.WriteTable(&b, store.CSV, tables[k], func(w *store.TableWriter) error { return nest(append(writers, w)) })
		lines[k] = strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")[1:] // without the header
		return err
	}
	return lines, nest(nil)
}
