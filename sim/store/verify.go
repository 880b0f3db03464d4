package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Mismatch is a file that is not what the manifest says.
type Mismatch struct {
	Path    string // below the directory
	Problem string // a phrase: "is missing", "has 12 bytes instead of 30", …
}

func (m Mismatch) String() string { return m.Path + " " + m.Problem }

// Verify recomputes the hashes of all files in the manifest's order and
// returns those that differ, are missing or cannot be read. Files that the
// manifest does not list are none of its business.
func (m *Manifest) Verify(dir string) []Mismatch {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return []Mismatch{{".", "cannot be opened: " + reason(err)}}
	}
	defer func() { _ = root.Close() }() // opened for reading
	return mismatches(root, m.Files)
}

func mismatches(root *os.Root, files []File) (found []Mismatch) {
	for _, f := range files {
		if problem := f.differs(root); problem != "" {
			found = append(found, Mismatch{f.Path, problem})
		}
	}
	return found
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
