package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Merge brings the parts of data sets of the same design, written where there
// was no common file system, into the one in dst, which is created if need be.
// A part that is there already must be the same bytes. Merging can be broken
// off, as it is when ctx ends, and done again. Without srcs it looks at the
// parts in dst alone. It says how many parts are missing still; at 0 the data
// set is complete. Damaged parts are as good as missing, and warnings name them.
// The files that a new data set begins with are those of the first of srcs.
func Merge(ctx context.Context, dst string, srcs ...string) (missing int, warnings []string, err error) {
	heads := srcs // of which the first says what the data set is of
	if len(srcs) == 0 {
		heads = []string{dst}
	}
	var from []*contents
	for _, path := range heads {
		c, err := openContents(path)
		if err != nil {
			return 0, nil, err
		}
		defer func() { _ = c.close() }() // opened for reading
		from = append(from, c)
		if err := c.refuseOtherCut(&from[0].head); err != nil {
			return 0, nil, err
		}
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
	if err := d.refuseOtherCut(&from[0].head); err != nil {
		return 0, nil, err
	}
	for i := range srcs {
		if err := d.take(ctx, from[i]); err != nil {
			return 0, d.Warnings(), err
		}
	}
	missing, err = d.Finish(ctx)
	return missing, d.Warnings(), err
}

// refuseOtherCut refuses a data set whose parts are not the same files.
func (c *contents) refuseOtherCut(h *Head) error {
	if found := changed(c.head.cut(), h.cut()); len(found) > 0 {
		return &ChangedError{Path: c.root.Name(), Changes: found}
	}
	return nil
}

// sources are the files that a data set was created with, unless one has changed.
func (c *contents) sources() (sources []Source, err error) {
	if err := c.refuseEdited(); err != nil {
		return nil, err
	}
	for _, f := range c.head.Files {
		data, err := c.read(f.Path)
		if err != nil {
			return nil, err
		}
		sources = append(sources, Source{f.Path, data})
	}
	return sources, nil
}

// take copies the parts that are missing and compares the others.
func (d *Dataset) take(ctx context.Context, src *contents) error {
	return src.survey(ctx, Shard{}, src.examine, func(_ int, _ Part, files []File, bad *Mismatch) error {
		if bad != nil && bad.Problem != isMissing {
			d.warnings = append(d.warnings, fmt.Sprintf("%s: %s; it is not taken", src.Path(bad.Path), bad.Problem))
		}
		for _, f := range slices.Backward(files) { // the mark last
			if err := d.takeFile(src, f); err != nil {
				return err
			}
		}
		return nil
	})
}

// takeFile copies a file of a part, or makes sure that it is the same in both.
func (d *Dataset) takeFile(src *contents, f File) error {
	if _, here := d.known[f.Path]; here {
		if problem := f.differs(d.root); problem != "" {
			return fmt.Errorf("%s: %s, compared to %s: the same part must be the same bytes; remove the wrong one", d.Path(f.Path), problem, src.Path(f.Path))
		}
		return nil
	}
	in, err := src.root.Open(f.Path)
	if err != nil {
		return explain("read", src.Path(f.Path), err)
	}
	defer func() { _ = in.Close() }() // opened for reading
	return d.writeFrom(f.Path, false, func(out io.Writer) error { _, err := io.Copy(out, in); return err })
}
