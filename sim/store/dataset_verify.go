package store

import (
	"context"
	"errors"
	"io/fs"
	"reflect"
)

// VerifyDataset recomputes the hashes of all files of a data set, the
// manifest's own first, and returns those that differ, are missing or cannot
// be read; and files among its parts that are none of them, because who reads
// parts/*.parquet takes them for data.
//
// A data set without a manifest is not complete. Then the hashes of the files
// given at creation are known, and of parts that they can be read and are of
// this data set. When ctx ends that is the error.
func VerifyDataset(ctx context.Context, path string) (found []Mismatch, complete bool, err error) {
	in, head, raw, err := readFolder(path)
	if err != nil {
		return nil, false, err
	}
	defer func() { _ = in.close() }() // opened for reading
	h := hold(in, head)
	m, err := readDatasetManifest(in)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if found, err = mismatches(ctx, in.root, head.Files); err != nil {
			return nil, false, err
		}
		found = append(found, h.damaged()...)
	case err != nil:
		return nil, false, err
	default:
		complete = true
		if found, err = mismatches(ctx, in.root, m.Files); err != nil {
			return nil, true, err
		}
		found = append(h.unlike(m, raw), found...)
	}
	strangers, superseded, err := h.others()
	for _, rel := range append(strangers, superseded...) {
		found = append(found, Mismatch{rel, "is none of the data set's files, and would be read as one"})
	}
	return found, complete, err
}

// unlike says how the manifest is not what was written of the head. Of a head
// that has been changed the hash of its file says so.
func (h *holding) unlike(m *datasetManifest, raw []byte) (found []Mismatch) {
	if m.changed || isCurrent(h.folder, raw) && !reflect.DeepEqual(m.Head, h.head) {
		found = append(found, Mismatch{ManifestName, hasChanged})
	}
	listed := map[string]bool{}
	for _, f := range m.Files {
		listed[f.Path] = true
	}
	const most = 1000 // that are told
	for rel := range h.paths() {
		if listed[rel] {
			continue
		}
		if found = append(found, Mismatch{rel, "is not listed in " + ManifestName}); len(found) >= most {
			break
		}
	}
	return found
}

// damaged lists parts that are there and are not what was written. Those that
// are missing are no damage.
func (h *holding) damaged() (found []Mismatch) {
	quick := h.quick()
	for k := range h.head.Parts() {
		p := h.head.Part(k)
		if problem := quick(p); problem != "" && problem != isMissing {
			found = append(found, Mismatch{h.rel(0, p), problem})
		}
	}
	return found
}
