package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"slices"
)

// ModelHash is the SHA-256, hexadecimal, over the names and contents of all
// files in fsys, in the order of their names: two binaries with the same model
// sources have the same one. Every name and content is preceded by its length,
// so that no two sets of files are hashed as the same bytes.
func ModelHash(fsys fs.FS) (string, error) {
	var names []string
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return "", fmt.Errorf("store: model sources: %w", err)
	}
	slices.Sort(names) // WalkDir goes folder by folder: a/z comes before a.go
	sum := sha256.New()
	for _, name := range names {
		content, err := fs.ReadFile(fsys, name)
		if err != nil {
			return "", fmt.Errorf("store: model sources: %w", err)
		}
		for _, part := range [][]byte{[]byte(name), content} {
			sum.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(part))))
			sum.Write(part)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// Hash is the SHA-256 of some bytes, hexadecimal: of a resolved scenario file.
func Hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// File is a file of a run directory or a data set.
type File struct {
	Path   string `json:"path"` // below the directory, with slashes
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`          // hexadecimal
	Table  string `json:"table,omitempty"` // of a run that it holds, if any
}

// summer counts and hashes what is written to it.
type summer struct {
	sum   hash.Hash
	bytes int64
}

func newSummer() summer { return summer{sum: sha256.New()} }

func (s *summer) Write(b []byte) (int, error) {
	s.bytes += int64(len(b))
	return s.sum.Write(b)
}

// file is what a manifest says of the file that it was.
func (s *summer) file(rel string) File {
	return File{Path: rel, Bytes: s.bytes, SHA256: hex.EncodeToString(s.sum.Sum(nil))}
}

// Mismatch is a file that is not what a manifest says.
type Mismatch struct {
	Path    string // below the directory
	Problem string // a phrase: "is missing", "has 12 bytes instead of 30", …
}

func (m Mismatch) String() string { return m.Path + " " + m.Problem }

// Problems of files.
const (
	isMissing  = "is missing"
	hasChanged = "has been changed since it was written" // a manifest or a head
)

// mostTold is how many files that are not right are told one by one: there may
// be as many as parts.
const mostTold = 1000

// tell adds one to a list that is at most one longer than mostTold: then the last
// stands for all others.
func tell(list []Mismatch, one Mismatch) []Mismatch {
	switch {
	case len(list) < mostTold:
		return append(list, one)
	case len(list) == mostTold:
		return append(list, Mismatch{".", "has more files that are not what was written"})
	}
	return list
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
	in, err := root.Open(f.Path)
	if err != nil {
		return "cannot be read: " + reason(err)
	}
	defer func() { _ = in.Close() }() // opened for reading
	sum := newSummer()
	if _, err := io.Copy(&sum, in); err != nil {
		return "cannot be read: " + reason(err)
	}
	if sum.file(f.Path).SHA256 != f.SHA256 {
		return "has other content (same size, SHA-256 differs)"
	}
	return ""
}

// plainJSON is JSON for programs, of texts and numbers that have been checked.
func plainJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// encodeJSON is JSON for people: indented, and < and & of a command line as they are.
func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("store: manifest: %w", err)
	}
	return b.Bytes(), nil
}

// decode reads a JSON file that says of itself which program wrote it and in
// which format, up to the one given. what is the file, for messages.
func decode(name string, b []byte, what, program string, format int, v any) error {
	var is struct {
		Program string `json:"program"`
		Format  int    `json:"format"`
	}
	if err := json.Unmarshal(b, &is); err != nil || is.Program != program {
		return fmt.Errorf("%s: not %s of epgsim: %w", name, what, errors.Join(ErrForeign, err))
	}
	if is.Format > format {
		return fmt.Errorf("%s: written by a newer epgsim (format %d, this one reads up to %d)", name, is.Format, format)
	}
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("%s: damaged: %w", name, err)
	}
	return nil
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

// unsealed says whether bytes have been changed since they were sealed, or never
// were.
func unsealed(b []byte, self string) bool {
	return self != Hash(bytes.Replace(b, []byte(self), nil, 1))
}
