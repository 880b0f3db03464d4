package store

import (
	"context"
	"errors"
	"fmt"
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
		damaged, err := h.damaged(ctx)
		if err != nil {
			return nil, false, err
		}
		found = append(found, damaged...)
	case err != nil:
		return nil, false, err
	default:
		complete = true
		if found, err = mismatches(ctx, in.root, m.Files); err != nil {
			return nil, true, err
		}
		unlike, err := h.unlike(ctx, m, raw)
		if err != nil {
			return nil, true, err
		}
		found = append(unlike, found...)
	}
	strangers, superseded, err := h.others()
	for _, rel := range append(strangers, superseded...) {
		found = append(found, Mismatch{rel, "is none of the data set's files, and would be read as one"})
	}
	return found, complete, err
}

// unlike says how the manifest is not what was written of the head. Of a head
// that has been changed the hash of its file says so.
func (h *holding) unlike(ctx context.Context, m *datasetManifest, raw []byte) ([]Mismatch, error) {
	var found told[Mismatch]
	if m.changed || isCurrent(h.folder, raw) && !reflect.DeepEqual(m.Head, h.head) {
		found.add(Mismatch{ManifestName, hasChanged})
	}
	listed := map[string]bool{}
	for _, f := range m.Files {
		listed[f.Path] = true
	}
	for rel := range h.paths() {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !listed[rel] {
			found.add(Mismatch{rel, "is not listed in " + ManifestName})
		}
	}
	return found.all(func(more int) Mismatch {
		return Mismatch{HeadName, fmt.Sprintf("asks for %d more files that are not listed in %s", more, ManifestName)}
	}), nil
}

// damaged lists parts that are there and are not what was written. Those that
// are missing are no damage.
func (h *holding) damaged(ctx context.Context) ([]Mismatch, error) {
	var found told[Mismatch]
	problemOf, err := h.quick()
	if err != nil {
		return nil, err
	}
	for k := range h.head.Parts() {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		p := h.head.Part(k)
		if problem := problemOf(p); problem != "" && problem != isMissing {
			found.add(Mismatch{h.rel(0, p), problem})
		}
	}
	return found.all(func(more int) Mismatch {
		return Mismatch{h.head.Tables[0].Name, fmt.Sprintf("has %d more parts that are not what was written", more)}
	}), nil
}
