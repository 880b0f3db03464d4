package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
)

// Status says how far a data set is.
type Status struct {
	Head     Head
	Extends  int      // replications that there are, where Preview is of more; else 0
	Complete bool     // finished, manifest and all
	Done     int      // finished parts, of Head.Parts()
	Runs     int      // in them, of Head.Runs()
	Bytes    int64    // of them
	Missing  []int    // parts that are missing, by share of as many shares as were asked for
	Writers  []string // who is at work: "share 3/8: process 4711 on node5"
	Warnings []string // files that are there and not trusted; of more than mostTold the last says how many
}

// ReadStatus looks at a data set and changes nothing, whether or not others
// are writing it. Missing parts are counted by share of shards shares, at least
// one. Where the file system has no locks nobody is seen to be at work.
func ReadStatus(ctx context.Context, path string, shards int) (*Status, error) {
	return PreviewExtended(ctx, path, 0, shards)
}

// PreviewExtended is the Status that a data set would have if it were extended
// to so many replications; fewer than there are change nothing.
func PreviewExtended(ctx context.Context, path string, replications, shards int) (*Status, error) {
	in, head, raw, err := readFolder(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.close() }() // opened for reading
	return statusOf(ctx, in, head, raw, replications, shards)
}

// Preview is the Status that a data set would begin with if OpenDataset were
// called with the same: extended, where head asks for more replications. Like
// ReadStatus it changes nothing. What OpenDataset refuses it refuses too; where
// that would create a data set it is ErrNoDataset.
func Preview(ctx context.Context, path string, head Head, files []Source, shards int) (*Status, error) {
	if err := head.describeFiles(files); err != nil {
		return nil, err
	}
	asked, err := head.asRead()
	if err != nil {
		return nil, err
	}
	there, err := isDir(path)
	if err != nil {
		return nil, err
	}
	if !there {
		return nil, fmt.Errorf("%s: %w", path, ErrNoDataset)
	}
	in, err := openFolder(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.close() }() // opened for reading
	d := Dataset{path: path, holding: holding{folder: in}}
	if err := d.ours(asked); err != nil {
		return nil, err
	}
	was, raw, err := readHead(in)
	if err != nil {
		return nil, err
	}
	if changes := d.changes(was, asked, files); len(changes) > 0 {
		return nil, &ChangedError{path, changes}
	}
	return statusOf(ctx, in, was, raw, asked.Replications, shards)
}

// statusOf is the status of a data set, extended if that are more replications.
// The bytes are those of the head that it has.
func statusOf(ctx context.Context, in *folder, head *Head, raw []byte, replications, shards int) (s *Status, err error) {
	s = &Status{Missing: make([]int, max(shards, 1))}
	if replications > head.Replications {
		s.Extends, head.Replications = head.Replications, replications
	}
	if err := head.Layout.check(); err != nil {
		return nil, fmt.Errorf("%s: cannot be extended: %w", in.root.Name(), err)
	}
	s.Head = *head
	h := hold(in, head)
	problemOf, err := h.quick()
	if err != nil {
		return nil, err
	}
	var warnings told[string]
	for k := range head.Parts() {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		p := head.Part(k)
		switch problem := problemOf(p); problem {
		case "":
			s.Done++
			s.Runs += p.Runs()
			s.Bytes += h.bytes(p)
			continue
		case isMissing:
		default:
			warnings.add(in.name(h.rel(0, p)) + ": " + problem)
		}
		s.Missing[k%len(s.Missing)]++
	}
	s.Warnings = warnings.all(func(more int) string { return fmt.Sprintf("and %d more", more) })
	s.Complete = s.Done == head.Parts() && isCurrent(in, raw)
	s.Writers, err = writers(in)
	return s, err
}

// mostTold is how many files that are not right are told one by one.
const mostTold = 1000

// told keeps what is to be told and counts what is too much: there may be as
// much of it as there are parts.
type told[T any] struct {
	first []T
	more  int
}

func (t *told[T]) add(one T) {
	if len(t.first) < mostTold {
		t.first = append(t.first, one)
	} else {
		t.more++
	}
}

// all is what was kept, and how the number of the others is said.
func (t *told[T]) all(others func(more int) T) []T {
	if t.more == 0 {
		return t.first
	}
	return append(t.first, others(t.more))
}

// bytes is the size of a part's files.
func (h *holding) bytes(p Part) (n int64) {
	for i := range h.head.Tables {
		if info, err := h.folder.root.Stat(h.rel(i, p)); err == nil {
			n += info.Size()
		}
	}
	return n
}

// writers lists who holds a lock of a data set. It holds each for a moment,
// shared; runLock alone may be shared by others, who then have one of a share.
func writers(f *folder) ([]string, error) {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return nil, err
	}
	var found []string
	for _, e := range entries {
		if !isLock(e.Name()) {
			continue
		}
		file, err := f.root.Open(e.Name())
		if errors.Is(err, fs.ErrNotExist) {
			continue // it has just ended
		}
		if err != nil {
			return nil, explain("read", f.name(e.Name()), err)
		}
		if _, err := f.flock(file, true); errors.Is(err, ErrBusy) {
			found = append(found, lockWord(e.Name())+": "+lastOwner(file).String())
		}
		_ = file.Close()
	}
	return found, nil
}

// lockWord says what a lock is for.
func lockWord(name string) string {
	switch name {
	case runLock:
		return "all parts"
	case headLock:
		return "head or manifest"
	}
	var s Shard
	if _, err := fmt.Sscanf(path.Base(name), ".share-%d-of-%d", &s.Index, &s.Count); err != nil {
		return name
	}
	return s.String()
}
