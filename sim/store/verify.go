package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
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
	var found []Mismatch
	for _, f := range m.Files {
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
		return "is missing"
	case err != nil:
		return "cannot be read: " + reason(err)
	case !info.Mode().IsRegular():
		return "is not a regular file"
	case info.Size() != f.Bytes:
		return fmt.Sprintf("has %d bytes instead of %d", info.Size(), f.Bytes)
	}
	in, err := root.Open(f.Path)
	if err != nil {
		return "cannot be opened: " + reason(err)
	}
	defer func() { _ = in.Close() }()
	sum := sha256.New()
	if _, err := io.Copy(sum, in); err != nil {
		return "cannot be read: " + reason(err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != f.SHA256 {
		return "has other content (same size, SHA-256 differs)"
	}
	return ""
}
