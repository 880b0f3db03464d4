package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"slices"
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

var errExtended = errors.New("the data set has been extended meanwhile")

// Finish sees how many parts are missing, of all shares and after any
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
	head, raw, err := readHead(d.folder)
	if err != nil {
		return 0, err
	}
	now := hold(d.folder, head)
	if now.mark != d.mark {
		return 0, fmt.Errorf("%s: was replaced while the data set was being written: %w", d.Path(HeadName), ErrForeign)
	}
	problem, err := now.quick()
	if err != nil {
		return 0, err
	}
	for k := range head.Parts() {
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		p := head.Part(k)
		if _, ok := d.done[p]; !ok && problem(p) != "" {
			missing++
		}
	}
	if missing > 0 || !d.wrote && isCurrent(d.folder, raw) {
		return missing, nil
	}
	files, err := d.sound(ctx, &now)
	if err != nil {
		return 0, err
	}
	if err := now.dropSuperseded(); err != nil {
		return 0, err
	}
	return 0, now.writeManifest(files, raw)
}

// sound hashes every file of the data set, by path. Parts must be what they
// were when this process wrote or read them; those of others it reads now.
func (d *Dataset) sound(ctx context.Context, now *holding) ([]File, error) {
	known := map[string]File{}
	for k := range now.head.Parts() {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		p := now.head.Part(k)
		files := d.done[p]
		if files == nil {
			var bad *Mismatch
			if files, bad = now.examine(p); bad != nil {
				return nil, d.spoilt(*bad)
			}
		}
		for _, f := range files {
			known[f.Path] = f
		}
	}
	files, err := now.files(ctx)
	for _, f := range files {
		if was, ok := known[f.Path]; ok && was != f {
			return nil, d.spoilt(Mismatch{f.Path, hasChanged})
		}
	}
	return files, err
}

// spoilt is the error of a part that went bad after this process had taken
// stock, or belongs to another.
func (d *Dataset) spoilt(bad Mismatch) error {
	if err := d.discard(bad); err != nil {
		return err
	}
	return fmt.Errorf("%s: %s; it has been removed: run the sweep again, and it is computed again", d.Path(bad.Path), bad.Problem)
}

// dropSuperseded removes parts in whose place a longer one has come.
func (h *holding) dropSuperseded() error {
	_, superseded, err := h.others()
	if err != nil {
		return err
	}
	for _, rel := range superseded {
		if err := h.folder.remove(rel); err != nil {
			return err
		}
	}
	return nil
}

// writeManifest writes the manifest of a head and the files given, unless that
// is no longer the head.
func (h *holding) writeManifest(files []File, raw []byte) (err error) {
	m := &datasetManifest{Program: headProgram, Format: headFormat, Head: h.head, Files: files}
	b, err := seal(m, &m.Self)
	if err != nil {
		return err
	}
	lock, err := h.folder.lock(headLock, false, manyTries)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.release()) }()
	if _, now, err := readHead(h.folder); err != nil {
		return err
	} else if !bytes.Equal(now, raw) {
		return errExtended
	}
	_, err = h.folder.write(ManifestName, b)
	return err
}

// paths are all files of the data set but the manifest, one by one: a head that
// is damaged may ask for more than there is memory for.
func (h *holding) paths() iter.Seq[string] {
	return func(yield func(string) bool) {
		more := yield(HeadName)
		for i := 0; more && i < len(h.head.Files); i++ {
			more = yield(h.head.Files[i].Path)
		}
		for i := range h.head.Tables {
			for k := 0; more && k < h.head.Parts(); k++ {
				more = yield(h.rel(i, h.head.Part(k)))
			}
		}
	}
}

// files hashes every file of the data set, by path.
func (h *holding) files(ctx context.Context) ([]File, error) {
	paths := slices.Sorted(h.paths())
	files := make([]File, len(paths))
	for i, rel := range paths {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		var err error
		if files[i], err = fileOf(h.folder.root, rel); err != nil {
			return nil, explain("read", h.folder.name(rel), err)
		}
	}
	return files, nil
}

// isCurrent says whether there is a manifest and it is of the head with these
// bytes. One that is not was left by a process that did not see an extension.
func isCurrent(in *folder, head []byte) bool {
	m, err := readDatasetManifest(in)
	if err != nil {
		return false
	}
	i := slices.IndexFunc(m.Files, func(f File) bool { return f.Path == HeadName })
	return i >= 0 && m.Files[i].SHA256 == Hash(head)
}

func readDatasetManifest(in *folder) (*datasetManifest, error) {
	name := in.name(ManifestName)
	b, err := in.root.ReadFile(ManifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: no %s: the data set is not complete: %w", in.root.Name(), ManifestName, fs.ErrNotExist)
	}
	if err != nil {
		return nil, explain("read", name, err)
	}
	m := new(datasetManifest)
	if err := json.Unmarshal(b, m); err != nil || m.Program != headProgram {
		return nil, fmt.Errorf("%s: not the manifest of a sweep of epgsim: %w", name, errors.Join(err, ErrForeign))
	}
	m.changed = unsealed(b, m.Self)
	return m, nil
}

// IsDataset says whether a directory is the data set of a sweep.
func IsDataset(path string) bool {
	root, err := os.OpenRoot(path)
	if err != nil {
		return false
	}
	defer func() { _ = root.Close() }() // opened for reading
	_, err = root.Stat(HeadName)
	return err == nil
}
