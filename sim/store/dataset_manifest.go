package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// datasetManifest lists every file of a complete data set. It has nothing of
// how or when the data set came about.
type datasetManifest struct {
	Program string `json:"program"` // headProgram
	Format  int    `json:"format"`  // headFormat
	Head    Head   `json:"head"`
	Files   []File `json:"files"`       // by path, without the manifest
	Self    string `json:"self_sha256"` // as in Manifest
	listed  map[string]File
	changed bool
}

// manifest reads the manifest; fs.ErrNotExist where there is none.
func (c *contents) manifest() (*datasetManifest, error) {
	b, err := c.read(ManifestName)
	if err != nil {
		return nil, err
	}
	m := new(datasetManifest)
	if err := decode(c.Path(ManifestName), b, "the manifest of a data set", headProgram, headFormat, m); err != nil {
		return nil, err
	}
	m.changed, m.listed = unsealed(b, m.Self), filesByPath(m.Files)
	return m, nil
}

func filesByPath(files []File) map[string]File {
	byPath := map[string]File{}
	for _, f := range files {
		byPath[f.Path] = f
	}
	return byPath
}

// signed is what the manifest lists, by path; nil unless it is as it was written,
// and of the head that is there: one that is not was left by a process that did
// not see an extension.
func (c *contents) signed() map[string]File {
	m, err := c.manifest()
	if err != nil || m.changed || m.listed[HeadName].SHA256 != Hash(c.raw) {
		return nil
	}
	return m.listed
}

// complete is what the manifest lists, if it is signed and every file has the size
// that it lists; otherwise nil.
func (c *contents) complete(ctx context.Context) (map[string]File, error) {
	listed := c.signed()
	if listed == nil {
		return nil, nil
	}
	for rel := range c.files {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		f, ok := listed[rel]
		info, err := c.root.Stat(rel)
		if !ok || err != nil || info.Size() != f.Bytes {
			return nil, nil
		}
	}
	return listed, nil
}

var errExtended = errors.New("the data set has been extended meanwhile")

// sign writes the manifest, unless the head has changed since it was read.
func (c *contents) sign(files []File) (err error) {
	m := &datasetManifest{Program: headProgram, Format: headFormat, Head: c.head, Files: files}
	b, err := seal(m, &m.Self)
	if err != nil {
		return err
	}
	lock, err := c.lock(headLock, false, manyTries)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.release()) }()
	now, err := c.read(HeadName)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, c.raw) {
		return errExtended
	}
	return c.write(ManifestName, b)
}

// Finish counts the parts that are missing, of all shares and after any
// extension. When none is, it makes sure that all files are whole, removes the
// parts that an extension has superseded and writes the manifest. Every process
// calls it; the last makes it true. A part found damaged is removed, and is an
// error. When ctx ends before the manifest is written it can be called again.
func (d *Dataset) Finish(ctx context.Context) (missing int, err error) {
	now, err := readContents(d.folder)
	if err != nil {
		return 0, err
	}
	s, _, err := now.count(ctx, 1)
	if err != nil || s.Complete || s.Missing[0] > 0 {
		return s.Missing[0], err
	}
	files, err := d.sound(ctx, now)
	if err != nil {
		return 0, err
	}
	_, superseded, err := now.others()
	for _, rel := range superseded {
		err = errors.Join(err, d.remove(rel))
	}
	if err != nil {
		return 0, err
	}
	if err = now.sign(files); errors.Is(err, errExtended) {
		return d.Finish(ctx)
	}
	return 0, err
}

// sound lists every file of the data set, by path. Parts must be what they were
// when this process wrote or examined them; those of others are examined.
func (d *Dataset) sound(ctx context.Context, now *contents) (files []File, err error) {
	if err := now.refuseEdited(); err != nil {
		return nil, err
	}
	files = append(files, File{Path: HeadName, Bytes: int64(len(now.raw)), SHA256: Hash(now.raw)})
	files = append(files, now.head.Files...)
	look := func(i int, p Part) (File, error) {
		f, ok := d.known[now.rel(i, p)]
		if !ok {
			return now.examine(i, p)
		}
		if problem := f.differs(d.root); problem != "" {
			return f, errors.New(problem)
		}
		return f, nil
	}
	err = now.survey(ctx, Shard{}, look, func(_ int, _ Part, part []File, bad *Mismatch) error {
		if bad != nil {
			return errors.Join(d.discard(*bad),
				fmt.Errorf("%s: %s; it has been removed: run the same again, and it is computed again", d.Path(bad.Path), bad.Problem))
		}
		files = append(files, part...)
		return nil
	})
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files, err
}

// VerifyDataset recomputes the hashes of all files of a data set, the
// manifest's own first, and returns those that differ, are missing or cannot
// be read; and files among its parts that are none of them, because who reads
// parts/*.parquet takes them for data. Of very many it returns the first ones.
//
// A data set without a manifest is not complete. Then the hashes of the files
// given at creation are known, and of parts that they can be read and are of
// this data set. When ctx ends that is the error.
func VerifyDataset(ctx context.Context, path string) (found []Mismatch, complete bool, err error) {
	c, err := openContents(path)
	if err != nil {
		return nil, false, err
	}
	defer func() { _ = c.close() }() // opened for reading
	m, err := c.manifest()
	complete = err == nil
	switch {
	case complete && m.changed:
		found = append(found, Mismatch{ManifestName, hasChanged})
	case errors.Is(err, fs.ErrNotExist):
		m = &datasetManifest{listed: filesByPath(c.head.Files)}
		_, found, err = c.count(ctx, 1)
	}
	if err != nil {
		return nil, complete, err
	}
	for rel := range c.files {
		if ctx.Err() != nil {
			return nil, complete, ctx.Err()
		}
		problem := ""
		if f, ok := m.listed[rel]; ok {
			problem = f.differs(c.root)
		} else if complete {
			problem = "is not listed in " + ManifestName
		}
		if problem != "" {
			found = tell(found, Mismatch{rel, problem})
		}
	}
	strangers, superseded, err := c.others()
	for _, rel := range append(strangers, superseded...) {
		found = append(found, Mismatch{rel, "is none of the data set's files, and would be read as one"})
	}
	return found, complete, err
}
