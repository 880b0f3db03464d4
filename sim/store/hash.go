package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
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

// fileOf reads a file and says what a manifest says of it.
func fileOf(root *os.Root, rel string) (File, error) {
	in, err := root.Open(rel)
	if err != nil {
		return File{}, err
	}
	defer func() { _ = in.Close() }()
	sum := newSummer()
	if _, err := io.Copy(&sum, in); err != nil {
		return File{}, err
	}
	return sum.file(rel), nil
}
