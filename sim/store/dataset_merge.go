package store

import (
	"errors"
	"fmt"
	"io"
	"strconv"
)

// Merge brings the parts of data sets of the same design, written where there
// was no common file system, into the one in dst, which is created if need be.
// A part that is there already must be the same bytes. Merging can be broken
// off and done again. Without srcs it looks at the parts in dst alone. It says
// how many parts are missing still; at 0 the data set is complete.
func Merge(dst string, srcs ...string) (missing int, err error) {
	if len(srcs) == 0 {
		srcs = []string{dst}
	}
	var from []holding
	defer func() {
		for _, h := range from {
			_ = h.folder.close() // opened for reading
		}
	}()
	for _, src := range srcs {
		in, err := openFolder(src)
		if err != nil {
			return 0, err
		}
		from = append(from, holding{folder: in})
		head, _, err := readHead(in)
		if err != nil {
			return 0, err
		}
		from[len(from)-1] = hold(in, head)
	}
	if err := sameHeads(from); err != nil {
		return 0, err
	}
	d, err := OpenDataset(dst, from[0].head, from[0].sources(), Shard{})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if changes := d.head.changesLayout(&from[0].head); len(changes) > 0 {
		return 0, &ChangedError{dst, changes}
	}
	for _, h := range from {
		if err := d.take(&h); err != nil {
			return 0, err
		}
	}
	return d.Finish()
}

// sameHeads makes sure that all are of the same design, cut alike.
func sameHeads(all []holding) error {
	first := &all[0].head
	for _, h := range all[1:] {
		changes := append(h.head.changes(first), h.head.changesLayout(first)...)
		for i, f := range h.head.Files {
			if i >= len(first.Files) || f != first.Files[i] {
				changes = append(changes, Change{What: f.Path, Was: f.short(), Is: "other than in " + all[0].folder.root.Name()})
			}
		}
		if len(changes) > 0 {
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

// sources are the files that a data set was created with.
func (h *holding) sources() []Source {
	var sources []Source
	for _, f := range h.head.Files {
		sources = append(sources, Source{f.Path, func(out io.Writer) error { return h.copyTo(out, f.Path) }})
	}
	return sources
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
func (d *Dataset) take(src *holding) error {
	for k := range d.head.Parts() {
		p := d.head.Part(k)
		if src.problem(p) != "" {
			continue
		}
		if d.done[p] {
			if err := d.compare(src, p); err != nil {
				return err
			}
			continue
		}
		for i := len(d.head.Tables) - 1; i >= 0; i-- { // the mark last
			rel := d.rel(i, p)
			if err := d.folder.writeFrom(rel, func(out io.Writer) error { return src.copyTo(out, rel) }); err != nil {
				return err
			}
		}
		d.finished(p)
	}
	return nil
}

// compare makes sure that a part is the same in both.
func (d *Dataset) compare(src *holding, p Part) error {
	for i := range d.head.Tables {
		rel := d.rel(i, p)
		theirs, err := fileOf(src.folder.root, rel)
		if err != nil {
			return explain("read", src.folder.name(rel), err)
		}
		if problem := theirs.differs(d.folder.root); problem != "" {
			return fmt.Errorf("%s: %s, compared to %s: the same part must be the same bytes; remove the wrong one", d.Path(rel), problem, src.folder.name(rel))
		}
	}
	return nil
}
