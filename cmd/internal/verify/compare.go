package verify

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"epgsim/sim/store"
)

// path is where a file of the directory is.
func (v *verification) path(rel string) string {
	return filepath.Join(v.Dir, filepath.FromSlash(rel))
}

// isFile says whether a file is there that can be read to its end: one below
// the directory, and neither a pipe nor a device, not by a link either.
func (v *verification) isFile(rel string) bool {
	root, err := os.OpenRoot(v.Dir)
	if err != nil {
		return false
	}
	defer root.Close()
	info, err := root.Stat(rel)
	return err == nil && info.Mode().IsRegular()
}

// compare compares a file with what was made again, and notes where it differs:
// a table by row and column, any other text by line.
func (v *verification) compare(ctx context.Context, rel string) error {
	was := filepath.Join(v.made, filepath.FromSlash(rel))
	switch _, err := os.Stat(was); {
	case err != nil:
		v.differs(rel, "is not made again")
		return nil
	case !v.isFile(rel):
		if !v.changed(rel) {
			v.differs(rel, "is missing, or no regular file")
		}
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if v.cut && filepath.Ext(rel) == ".xlsx" {
		v.leaves("the rows of %s, which an interrupted run has filled in part", rel)
		return nil
	}
	problem, err := firstLine(v.path(rel), was)
	if ext := filepath.Ext(rel); err == nil && problem != "" && (ext == ".csv" || ext == ".parquet") {
		row, errRow := v.firstRow(ctx, rel, was)
		if row != "" || v.cut {
			problem = row
		}
		err = errRow
	}
	if problem != "" {
		v.differs(rel, problem)
	}
	return err
}

// firstLine says in which line a file differs from what it was, and how; nothing
// if it does not.
func firstLine(is, was string) (problem string, err error) {
	a, err := os.Open(is)
	if err != nil {
		return "", err
	}
	defer a.Close()
	b, err := os.Open(was)
	if err != nil {
		return "", err
	}
	defer b.Close()
	info, err := b.Stat()
	if err != nil {
		return "", err
	}
	return lineDiffers(io.LimitReader(a, info.Size()+1), b) // however large somebody has made it
}

// lineDiffers is firstLine of what is read.
func lineDiffers(a, b io.Reader) (problem string, err error) {
	is, was := bufio.NewReader(a), bufio.NewReader(b)
	for n := 1; ; n++ {
		line, err := is.ReadBytes('\n')
		lineWas, errWas := was.ReadBytes('\n')
		at := 0
		for at < min(len(line), len(lineWas)) && line[at] == lineWas[at] {
			at++
		}
		switch {
		case err != nil && err != io.EOF:
			return "", err
		case errWas != nil && errWas != io.EOF:
			return "", errWas
		case bytes.Equal(line, lineWas) && err != nil:
			return "", nil
		case bytes.Equal(line, lineWas):
		case bytes.IndexByte(line, 0) >= 0 || bytes.IndexByte(lineWas, 0) >= 0:
			return "is not what is made again", nil // and no text
		default:
			return fmt.Sprintf("line %d is …%q, was …%q", n, piece(line, at), piece(lineWas, at)), nil
		}
	}
}

// piece is what stands about a place in a line.
func piece(line []byte, at int) string {
	const about = 24 // bytes: a number and the word before it
	return strings.ToValidUTF8(string(line[max(0, at-about):min(len(line), at+about)]), "")
}

// keys is how many columns of a table say what a row is.
func keys(rel string) int {
	name := strings.TrimSuffix(rel, filepath.Ext(rel))
	if strings.Contains(name, "/") {
		return len(store.KeyColumns()) // a part of a data set
	}
	if n, ok := map[string]int{"weekly": 4, "explanation": 2, "indices": 5, "claims": 1, "programmes": 2}[name]; ok {
		return n
	}
	return 3 // variant, project period and replication
}

// firstRow says in which row a table differs from what it was, both CSV or
// Parquet; nothing if it does not. An error is one of reading what it was.
func (v *verification) firstRow(ctx context.Context, rel, was string) (problem string, err error) {
	next, stop := iter.Pull2(store.Lines(v.path(rel)))
	defer stop()
	nextWas, stopWas := iter.Pull2(store.Lines(was))
	defer stopWas()
	var header []string
	for n := 0; ctx.Err() == nil; n++ {
		line, err, more := next()
		lineWas, errWas, moreWas := nextWas()
		switch {
		case errWas != nil:
			return "", errWas
		case err != nil:
			return "cannot be read: " + err.Error(), nil
		case n == 0 && !more:
			return "is empty", nil
		case n == 0 && line != lineWas:
			return fmt.Sprintf("has the columns %s instead of %s", line, lineWas), nil
		case n == 0:
			header = store.Fields(line)
		case !more && (v.cut || !moreWas):
			return "", nil
		case line != lineWas || more != moreWas:
			return rowDiffers(n, header, line, lineWas, keys(rel)), nil
		}
	}
	return "", ctx.Err()
}

// rowDiffers says how row n differs, counted from 1: in which column, what there
// is and what was. No line is a row that one of the files does not have.
func rowDiffers(n int, header []string, line, lineWas string, keys int) string {
	is, was := store.Fields(line), store.Fields(lineWas)
	where := func(fields []string) string {
		return fmt.Sprintf("row %d (%s)", n, strings.Join(fields[:min(keys, len(fields))], ", "))
	}
	switch {
	case line == "":
		return where(was) + " is missing"
	case lineWas == "":
		return where(is) + " is one too many"
	case len(is) != len(was) || len(is) != len(header):
		return fmt.Sprintf("%s has %d values instead of %d", where(is), len(is), len(header))
	}
	k := 0
	for is[k] == was[k] {
		k++
	}
	return fmt.Sprintf("%s, %s: is %s, was %s", where(was), header[k], cmp.Or(is[k], "missing"), cmp.Or(was[k], "missing"))
}
