package store

import (
	"errors"
	"io/fs"
	"reflect"
	"slices"
)

// VerifyDataset recomputes the hashes of all files of a data set, the
// manifest's own first, and returns those that differ, are missing or cannot
// be read; and files among its parts that are none of them, because who reads
// parts/*.parquet takes them for data.
//
// A data set without a manifest is not complete. Then the hashes of the files
// given at creation are known, and of parts that they can be read and are of
// this data set.
func VerifyDataset(path string) (found []Mismatch, complete bool, err error) {
	in, head, raw, err := readFolder(path)
	if err != nil {
		return nil, false, err
	}
	defer func() { _ = in.close() }() // opened for reading
	h := hold(in, head)
	m, err := readDatasetManifest(in)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		found = append(mismatches(in.root, head.Files), h.damaged()...)
	case err != nil:
		return nil, false, err
	default:
		complete = true
		found = append(h.unlike(m, raw), mismatches(in.root, m.Files)...)
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
	for _, rel := range h.paths() {
		if !slices.ContainsFunc(m.Files, func(f File) bool { return f.Path == rel }) {
			found = append(found, Mismatch{rel, "is not listed in " + ManifestName})
		}
	}
	return found
}

// damaged lists parts that are there and are not what was written. Those that
// are missing are no damage.
func (h *holding) damaged() (found []Mismatch) {
	for k := range h.head.Parts() {
		p := h.head.Part(k)
		if problem := h.problem(p); problem != "" && problem != isMissing {
			found = append(found, Mismatch{h.rel(0, p), problem})
		}
	}
	return found
}
