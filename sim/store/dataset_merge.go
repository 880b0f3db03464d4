package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// Merge brings the parts of data sets of the same design, written where there
// was no common file system, into the one in dst, which is created if need be.
// A part that is there already must be the same bytes. Merging can be broken
// off, as it is when ctx ends, and done again. Without srcs it looks at the
// parts in dst alone. It says how many parts are missing still; at 0 the data
// set is complete. Damaged parts are as good as missing, and warnings name them.
// The files that a new data set begins with are those of the first of srcs.
func Merge(ctx context.Context, dst string, srcs ...string) (missing int, warnings []string, err error) {
	from := make([]holding, max(1, len(srcs)))
	defer func() {
		for _, h := range from {
			if h.folder != nil {
				_ = h.folder.close() // opened for reading
			}
		}
	}()
	for i := range from {
		src := dst
		if len(srcs) > 0 {
			src = srcs[i]
		}
		if from[i], err = holdAt(src); err != nil {
			return 0, nil, err
		}
	}
	if err := sameHeads(from); err != nil {
		return 0, nil, err
	}
	sources, err := from[0].sources()
	if err != nil {
		return 0, nil, err
	}
	d, err := OpenDataset(ctx, dst, from[0].head, sources, Shard{})
	if err != nil {
		return 0, nil, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if changes := d.head.changesLayout(&from[0].head); len(changes) > 0 {
		return 0, nil, &ChangedError{dst, changes}
	}
	for i := range srcs {
		if err := d.take(ctx, &from[i]); err != nil {
			return 0, d.Warnings(), err
		}
	}
	missing, err = d.Finish(ctx)
	return missing, d.Warnings(), err
}

// holdAt opens a data set for reading.
func holdAt(path string) (holding, error) {
	in, head, _, err := readFolder(path)
	if err != nil {
		return holding{}, err
	}
	return hold(in, head), nil
}

// sameHeads makes sure that all are of the same design, cut alike.
func sameHeads(all []holding) error {
	first := &all[0].head
	for _, h := range all[1:] {
		if changes := append(h.head.changes(first), h.head.changesLayout(first)...); len(changes) > 0 {
			return &ChangedError{h.folder.root.Name(), changes}
		}
	}
	return nil
}

// changesLayout lists differences that only matter when parts are copied.
func (was *Head) changesLayout(is *Head) (found []Change) {
	for _, n := range []struct {
		what    string
		was, is int
	}{
		{"replications", was.Replications, is.Replications},
		{"rows a part", was.PartRows, is.PartRows},
		{"replications a part", was.Block, is.Block},
	} {
		if n.was != n.is {
			found = append(found, Change{What: n.what, Was: strconv.Itoa(n.was), Is: strconv.Itoa(n.is)})
		}
	}
	return found
}

// sources are the files that a data set was created with, unless one has changed.
func (h *holding) sources() (sources []Source, err error) {
	for _, f := range h.head.Files {
		if problem := f.differs(h.folder.root); problem != "" {
			return nil, fmt.Errorf("%s: %s since the data set was created", h.folder.name(f.Path), problem)
		}
		data, err := h.folder.root.ReadFile(f.Path)
		if err != nil {
			return nil, explain("read", h.folder.name(f.Path), err)
		}
		sources = append(sources, Source{f.Path, data})
	}
	return sources, nil
}

func (h *holding) copyTo(out io.Writer, rel string) error {
	in, err := h.folder.root.Open(rel)
	if err != nil {
		return explain("read", h.folder.name(rel), err)
	}
	defer func() { _ = in.Close() }()
	_, err = io.Copy(out, in)
	return err
}

// take copies the parts that are missing and compares the others.
func (d *Dataset) take(ctx context.Context, src *holding) error {
	for k := range d.head.Parts() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		p := d.head.Part(k)
		files, bad := src.examine(p)
		if bad != nil {
			if bad.Problem != isMissing {
				d.warnings = append(d.warnings, fmt.Sprintf("%s: %s; it is not taken", src.folder.name(bad.Path), bad.Problem))
			}
			continue
		}
		if _, ok := d.done[p]; ok {
			if err := d.compare(src, files); err != nil {
				return err
			}
			continue
		}
		for i := len(d.head.Tables) - 1; i >= 0; i-- { // the mark last
			rel := d.rel(i, p)
			if _, err := d.folder.writeFrom(rel, func(out io.Writer) error { return src.copyTo(out, rel) }); err != nil {
				return err
			}
		}
		d.finished(p, files)
	}
	return nil
}

// compare makes sure that the files of a part are the same in both.
func (d *Dataset) compare(src *holding, theirs []File) error {
	for _, f := range theirs {
		if problem := f.differs(d.folder.root); problem != "" {
			return fmt.Errorf("%s: %s, compared to %s: the same part must be the same bytes; remove the wrong one", d.Path(f.Path), problem, src.folder.name(f.Path))
		}
	}
	return nil
}
