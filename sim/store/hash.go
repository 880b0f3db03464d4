package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io/fs"
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
