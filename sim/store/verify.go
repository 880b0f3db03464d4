package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
)

// Mismatch is a file that is not what the manifest says.
type Mismatch struct {
	Path    string // below the directory
	Problem string // a phrase: "is missing", "has 12 bytes instead of 30", …
}

func (m Mismatch) String() string { return m.Path + " " + m.Problem }

// isMissing is the problem of a file that is not there.
const isMissing = "is missing"

// hasChanged is the problem of a manifest or head that is not as it was written.
const hasChanged = "has been changed since it was written"

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
	more, err := mismatches(ctx, root, m.Files)
	return append(found, more...), err
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

func mismatches(ctx context.Context, root *os.Root, files []File) (found []Mismatch, err error) {
	for _, f := range files {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if problem := f.differs(root); problem != "" {
			found = append(found, Mismatch{f.Path, problem})
		}
	}
	return found, nil
}

// differs says how a file is not what it was, or nothing.
func (f *File) differs(root *os.Root) string {
	if err := checkPath(f.Path); err != nil {
		return "is not a path below the directory"
	}
	info, err := root.Stat(f.Path) // before it is opened: a named pipe would never open
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return isMissing
	case err != nil:
		return "cannot be read: " + reason(err)
	case !info.Mode().IsRegular():
		return "is not a regular file"
	case info.Size() != f.Bytes:
		return fmt.Sprintf("has %d bytes instead of %d", info.Size(), f.Bytes)
	}
	now, err := fileOf(root, f.Path)
	if err != nil {
		return "cannot be read: " + reason(err)
	}
	if now.SHA256 != f.SHA256 {
		return "has other content (same size, SHA-256 differs)"
	}
	return ""
}

// seal encodes a manifest: once to hash it, and again with the hash at self.
func seal(manifest any, self *string) ([]byte, error) {
	*self = ""
	b, err := encodeJSON(manifest)
	if err != nil {
		return nil, err
	}
	*self = Hash(b)
	return encodeJSON(manifest)
}

// unsealed says whether bytes have been changed since they were sealed. Those
// that never were bear no hash.
func unsealed(b []byte, self string) bool {
	return self != "" && self != Hash(bytes.Replace(b, []byte(self), nil, 1))
}
