// Package verify says whether a directory of results is what was written, by
// the hashes in its manifest, and whether it comes out the same when it is made
// again, byte by byte. What differs it names: file, row, column, what is there
// and what was.
//
// It knows directories, manifests, bytes and lines. How a directory is made
// again it is told: see [Check].
package verify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"epgsim/cmd/internal/tell"
	"epgsim/sim/store"
)

// Check is what to verify, and how.
type Check struct {
	Dir    string
	Out    io.Writer // for what is found, in words
	Model  string    // hash of this program's model
	Quick  bool      // compare with hashes only
	Parts  int       // of a data set, so many to make again, evenly spread; 0: all
	Ledger *Ledger   // what a directory is that has no manifest; else nil

	// Again makes a directory again. An [Unknown] says why nobody can; any other
	// error is that it failed.
	Again func(context.Context, Recipe) error
}

// Recipe says how a directory is made again.
type Recipe struct {
	Words []string        // the command, typed in Check.Dir, without the program's name and --out
	As    *store.Manifest // the version, model, time and command that its files shall name
	Only  []store.Part    // of a data set, the others not; nil: all
	Out   string          // where to
}

// Ledger is a directory without a manifest, so that it can only be made again: a
// ledger of claims.
type Ledger struct {
	Recipe
	Title       string  // in words
	Unknown     Unknown // why there is no recipe, if there is none
	Interrupted bool    // not all need be there
}

// Unknown says why a directory cannot be made again, though nothing is wrong
// with it.
type Unknown string

func (u Unknown) Error() string { return string(u) }

// NotOurs is the error of a directory that is none of epgsim's results.
type NotOurs struct{ error }

// verification is what is found out about a directory.
type verification struct {
	Check
	made    string           // where it is made again
	partial bool             // it was interrupted: not all files need be there
	cut     bool             // nor all rows of a table
	found   []store.Mismatch // files that differ
	checked []string         // what was compared, for people
	left    []string         // what was not, and why
	failed  error            // why it could not be made again
}

// Run verifies a directory and writes what it found. The error is that something
// differs, a [NotOurs], or that ctx ended.
func Run(ctx context.Context, c Check) error {
	v := &verification{Check: c}
	if !c.Quick {
		scratch, err := os.MkdirTemp("", "epgsim-verify-")
		if err != nil {
			return fmt.Errorf("no temporary folder can be made in %s (%w), and there the results are made again; TMPDIR, on Windows TMP, names another place; --quick needs none", os.TempDir(), err)
		}
		defer os.RemoveAll(scratch)
		v.made = filepath.Join(scratch, "again")
	}
	look := v.run
	switch {
	case c.Ledger != nil:
		look = v.ledger
	case store.IsDataset(c.Dir):
		look = v.dataset
	}
	if err := look(ctx); err != nil {
		return err
	}
	return v.tell()
}

// differs notes a problem of a file: first what is wrong, then where.
func (v *verification) differs(path, problem string) {
	for i := range v.found {
		if m := &v.found[i]; m.Path == path {
			m.Problem += ": " + problem
			return
		}
	}
	v.found = append(v.found, store.Mismatch{Path: path, Problem: problem})
}

// changed says whether something was found about a file.
func (v *verification) changed(path string) bool {
	return slices.ContainsFunc(v.found, func(m store.Mismatch) bool { return m.Path == path })
}

// checks notes what has been compared, and leaves what has not.
func (v *verification) checks(format string, args ...any) {
	v.checked = append(v.checked, fmt.Sprintf(format, args...))
}

func (v *verification) leaves(format string, args ...any) {
	v.left = append(v.left, fmt.Sprintf(format, args...))
}

// title says what the directory holds, and whether another model made it.
func (v *verification) title(what, version, model string) {
	fmt.Fprintf(v.Out, "%s: %s, made by epgsim %s\n", v.Dir, what, version)
	if model != v.Model {
		fmt.Fprintf(v.Out, "Another model made this (hash %.12s, this program's is %.12s): results may rightly differ.\n", model, v.Model)
	}
}

// remake makes the directory again, and compares what comes of it and the files
// named. It says whether it could; not where an input, which says how, is not
// as it was.
func (v *verification) remake(ctx context.Context, r Recipe, inputs, names []string) (made bool, err error) {
	if why := v.unusable(&r, inputs); why != "" {
		v.leaves("anything with what is computed: %s", why)
		return false, nil
	}
	r.Out = v.made
	err = v.Again(ctx, r)
	var more []string
	if err == nil {
		more, err = filesIn(v.made)
	}
	var unknown Unknown
	switch {
	case ctx.Err() != nil:
		return false, ctx.Err() // whatever became of what was made again
	case errors.As(err, &unknown):
		v.leaves("anything with what is computed: %s", unknown)
		return false, nil
	case err != nil:
		v.failed = fmt.Errorf("cannot be made again by this program: %s", strings.ReplaceAll(err.Error(), "\n", "; "))
		v.leaves("anything with what is computed: it %v", v.failed)
		return false, nil
	}
	compared := 0
	for _, name := range slices.Compact(slices.Sorted(slices.Values(append(more, names...)))) {
		there := v.isFile(name)
		if there {
			compared++
		} else if v.partial {
			continue
		}
		if err := v.compare(ctx, name); err != nil {
			return true, err
		}
	}
	v.checks("%s with what was made again", tell.Plural(compared, "file", "files"))
	return true, nil
}

// unusable says why a recipe cannot be gone by; nothing when it can.
func (v *verification) unusable(r *Recipe, inputs []string) string {
	switch {
	case v.Quick:
		return "--quick computes nothing"
	case len(r.Words) < 2:
		return fmt.Sprintf("epgsim %s did not note how it was made", r.As.Version)
	}
	for _, name := range append(inputs, r.Words[1]) {
		if v.changed(name) {
			return name + ", which says how, is not as it was"
		}
	}
	return ""
}

// tell says what was found, and makes an error of it.
func (v *verification) tell() error {
	for _, m := range v.found {
		fmt.Fprintln(v.Out, m)
	}
	text := "Nothing differs."
	if n := len(v.found); n > 0 {
		text = tell.Plural(n, "file is not as it was.", "files are not as they were.")
	}
	if len(v.checked) > 0 {
		text += " Compared: " + strings.Join(v.checked, "; ") + "."
	}
	fmt.Fprintln(v.Out, tell.Wrap(text, 110, ""))
	if len(v.left) > 0 {
		fmt.Fprintln(v.Out, tell.Wrap("Not compared: "+strings.Join(v.left, "; ")+".", 110, ""))
	}
	switch {
	case len(v.found) > 0:
		return fmt.Errorf("%s: not as it was", v.Dir)
	case v.failed != nil:
		return fmt.Errorf("%s: %w", v.Dir, v.failed)
	}
	return nil
}
