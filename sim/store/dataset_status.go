package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
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
	Warnings []string // files that are there and not trusted; of very many the first ones
}

// ReadStatus looks at a data set and changes nothing, whether or not others
// are writing it. Missing parts are counted by share of shards shares, at least
// one. Where the file system has no locks nobody is seen to be at work.
func ReadStatus(ctx context.Context, path string, shards int) (*Status, error) {
	c, err := openContents(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = c.close() }() // opened for reading
	return c.status(ctx, 0, shards)
}

// Preview is the Status that a data set would begin with if OpenDataset were
// called with the same: extended, where head asks for more replications. Like
// ReadStatus it changes nothing. What OpenDataset refuses it refuses too; where
// that would create a data set it is ErrNoDataset.
func Preview(ctx context.Context, path string, head Head, files []Source, shards int) (*Status, error) {
	asked, err := head.asRead(files)
	if err != nil {
		return nil, err
	}
	there, err := isDir(path)
	if err != nil {
		return nil, err
	}
	if !there {
		return nil, cmp.Or(checkTarget(path), fmt.Errorf("%s: %w", path, ErrNoDataset))
	}
	f, err := openFolder(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.close() }() // opened for reading
	c, err := find(f, asked, files)
	if err != nil {
		return nil, err
	}
	return c.status(ctx, asked.Replications, shards)
}

// status is the status of a data set, extended if that are more replications.
func (c *contents) status(ctx context.Context, replications, shards int) (*Status, error) {
	was := c.head.Replications
	c.head.Replications = max(was, replications)
	if err := c.head.Layout.check(); err != nil {
		return nil, fmt.Errorf("%s: cannot be extended: %w", c.root.Name(), err)
	}
	s, bad, err := c.count(ctx, shards)
	if err != nil {
		return nil, err
	}
	if replications > was {
		s.Extends = was
	}
	for _, m := range bad {
		s.Warnings = append(s.Warnings, c.Path(m.Path)+": "+m.Problem)
	}
	s.Writers, err = writers(c.folder)
	return s, err
}

// count counts the parts that are there, by their ends, and lists those that are
// there and not what was written.
func (c *contents) count(ctx context.Context, shards int) (s *Status, bad []Mismatch, err error) {
	s = &Status{Head: c.head, Missing: make([]int, max(shards, 1))}
	err = c.survey(ctx, Shard{}, c.byEnd, func(k int, p Part, files []File, m *Mismatch) error {
		if m != nil {
			s.Missing[k%len(s.Missing)]++
			if m.Problem != isMissing {
				bad = tell(bad, *m)
			}
			return nil
		}
		s.Done++
		s.Runs += p.Runs()
		for _, f := range files {
			s.Bytes += f.Bytes
		}
		return nil
	})
	if err == nil && s.Done == c.head.Parts() {
		var listed map[string]File
		listed, err = c.complete(ctx)
		s.Complete = listed != nil
	}
	return s, bad, err
}

// writers lists who holds a lock of a data set. It holds each for a moment,
// shared; runLock alone may be shared by others, who then have one of a share.
func writers(f *folder) (found []string, err error) {
	entries, err := f.list(".")
	for _, e := range entries {
		if !isLock(e.Name()) {
			continue
		}
		file, err := f.root.Open(e.Name())
		if errors.Is(err, fs.ErrNotExist) {
			continue // it has just ended
		}
		if err != nil {
			return nil, explain("read", f.Path(e.Name()), err)
		}
		if _, err := f.flock(file, true); errors.Is(err, ErrBusy) {
			who, _ := readLines(file)
			found = append(found, lockWord(e.Name())+": "+who.String())
		}
		_ = file.Close() // opened for reading
	}
	return found, err
}

// lockWord says what a lock is for.
func lockWord(name string) string {
	words := strings.NewReplacer(runLock, "all parts", headLock, "head or manifest", ".share-", "share ", "-of-", "/", lockSuffix, "")
	return words.Replace(name)
}
