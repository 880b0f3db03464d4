package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
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
	changed bool
}

// manifest reads the manifest; fs.ErrNotExist where there is none.
func (c *contents) manifest() (*datasetManifest, error) {
	b, err := c.folder.read(ManifestName)
	if err != nil {
		return nil, err
	}
	m := new(datasetManifest)
	if err := decode(c.folder.name(ManifestName), b, "the manifest of a data set", headProgram, headFormat, m); err != nil {
		return nil, err
	}
	m.changed = unsealed(b, m.Self)
	return m, nil
}

// signed is what the manifest says of the files, by path; nothing if there is
// none, or it is not as it was written. It is current if it is of the head that
// is there: one that is not was left by a process that did not see an extension.
func (c *contents) signed() (files map[string]File, current bool) {
	files = map[string]File{}
	m, err := c.manifest()
	if err != nil || m.changed {
		return files, false
	}
	for _, f := range m.Files {
		files[f.Path] = f
	}
	return files, files[HeadName].SHA256 == Hash(c.raw)
}

var errExtended = errors.New("the data set has been extended meanwhile")

// sign writes the manifest, unless the head has changed since it was read.
func (c *contents) sign(files []File) (err error) {
	m := &datasetManifest{Program: headProgram, Format: headFormat, Head: c.head, Files: files}
	b, err := seal(m, &m.Self)
	if err != nil {
		return err
	}
	lock, err := c.folder.lock(headLock, false, manyTries)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.release(false)) }()
	now, err := c.folder.read(HeadName)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, c.raw) {
		return errExtended
	}
	_, err = c.folder.write(ManifestName, b)
	return err
}

// Finish counts the parts that are missing, of all shares and after any
// extension. When none is, it makes sure that all parts are whole, removes
// those that an extension has superseded and writes the manifest. Every process
// calls it; the last makes it true. A part found damaged is removed, and is an
// error. When ctx ends before the manifest is written it can be called again.
func (d *Dataset) Finish(ctx context.Context) (missing int, err error) {
	for {
		missing, err = d.finish(ctx)
		if !errors.Is(err, errExtended) {
			return missing, err
		}
	}
}

func (d *Dataset) finish(ctx context.Context) (missing int, err error) {
	now, err := readContents(d.folder)
	if err != nil {
		return 0, err
	}
	if now.mark != d.mark {
		return 0, fmt.Errorf("%s: was replaced while the data set was being written: %w", d.Path(HeadName), ErrForeign)
	}
	missing, err = now.unfinished(ctx, Shard{})
	if err != nil || missing > 0 {
		return missing, err
	}
	if _, current := now.signed(); current && !d.wrote {
		return 0, nil
	}
	files, err := d.sound(ctx, now)
	if err != nil {
		return 0, err
	}
	_, superseded, err := now.others()
	for _, rel := range superseded {
		err = errors.Join(err, d.folder.remove(rel))
	}
	if err != nil {
		return 0, err
	}
	return 0, now.sign(files)
}

// sound hashes every file of the data set, by path. Parts must be what they
// were when this process wrote or read them; those of others are examined.
func (d *Dataset) sound(ctx context.Context, now *contents) (files []File, err error) {
	for k := range now.head.Parts() {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		part, bad := now.examine(now.head.Part(k), d.known)
		if bad != nil {
			return nil, errors.Join(d.discard(*bad),
				fmt.Errorf("%s: %s; it has been removed: run the same again, and it is computed again", d.Path(bad.Path), bad.Problem))
		}
		files = append(files, part...)
	}
	for _, f := range append([]File{{Path: HeadName}}, now.head.Files...) {
		is, err := fileOf(d.folder.root, f.Path)
		if err != nil {
			return nil, explain("read", d.Path(f.Path), err)
		}
		files = append(files, is)
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files, nil
}

// VerifyDataset recomputes the hashes of all files of a data set, the
// manifest's own first, and returns those that differ, are missing or cannot
// be read; and files among its parts that are none of them, because who reads
// parts/*.parquet takes them for data.
//
// A data set without a manifest is not complete. Then the hashes of the files
// given at creation are known, and of parts that they can be read and are of
// this data set. When ctx ends that is the error.
func VerifyDataset(ctx context.Context, path string) (found []Mismatch, complete bool, err error) {
	c, err := openContents(path)
	if err != nil {
		return nil, false, err
	}
	defer func() { _ = c.folder.close() }() // opened for reading
	m, err := c.manifest()
	complete = err == nil
	switch {
	case complete:
		found, err = c.unlike(ctx, m)
	case errors.Is(err, fs.ErrNotExist):
		m = &datasetManifest{Files: c.head.Files}
		found, err = c.damaged(ctx)
	}
	if err != nil {
		return nil, complete, err
	}
	differ, err := mismatches(ctx, c.folder.root, m.Files)
	if err != nil {
		return nil, complete, err
	}
	found = append(found, differ...)
	strangers, superseded, err := c.others()
	for _, rel := range append(strangers, superseded...) {
		found = append(found, Mismatch{rel, "is none of the data set's files, and would be read as one"})
	}
	return found, complete, err
}

// mostTold is how many files that are not right are told one by one: there may
// be as many as parts.
const mostTold = 1000

// tell adds one to a list that is at most one longer than mostTold: then more
// stands for all others.
func tell[T any](list []T, one, more T) []T {
	switch {
	case len(list) < mostTold:
		return append(list, one)
	case len(list) == mostTold:
		return append(list, more)
	}
	return list
}

// unlike says how the manifest is not what was written of the head. Of a head
// that has been changed the hash of its file says so.
func (c *contents) unlike(ctx context.Context, m *datasetManifest) (found []Mismatch, err error) {
	listed := map[string]File{}
	for _, f := range m.Files {
		listed[f.Path] = f
	}
	if m.changed || listed[HeadName].SHA256 == Hash(c.raw) && !reflect.DeepEqual(m.Head, c.head) {
		found = append(found, Mismatch{ManifestName, hasChanged})
	}
	more := Mismatch{HeadName, "asks for more files that are not listed in " + ManifestName}
	seek := func(rel string) {
		if _, ok := listed[rel]; !ok {
			found = tell(found, Mismatch{rel, "is not listed in " + ManifestName}, more)
		}
	}
	seek(HeadName)
	for _, f := range c.head.Files {
		seek(f.Path)
	}
	for k := range c.head.Parts() {
		for i := range c.head.Tables {
			seek(c.rel(i, c.head.Part(k)))
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return found, nil
}

// damaged lists parts that are there and are not what was written. Those that
// are missing are no damage.
func (c *contents) damaged(ctx context.Context) (found []Mismatch, err error) {
	err = c.survey(ctx, Shard{}, func(_ int, _ Part, bad *Mismatch) error {
		if bad != nil && bad.Problem != isMissing {
			found = tell(found, *bad, Mismatch{c.head.Tables[0].Name, "has more parts that are not what was written"})
		}
		return nil
	})
	return found, err
}
