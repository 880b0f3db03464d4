package store

import (
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
	defer func() { _ = c.folder.close() }() // opened for reading
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
		return nil, fmt.Errorf("%s: %w", path, ErrNoDataset)
	}
	in, err := openFolder(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.close() }() // opened for reading
	d := Dataset{path: path, contents: contents{folder: in}}
	if err := d.refuseOthers(asked); err != nil {
		return nil, err
	}
	was, err := readContents(in)
	if err != nil {
		return nil, err
	}
	d.contents = *was
	if err := d.refuseChanges(asked, files); err != nil {
		return nil, err
	}
	return d.status(ctx, asked.Replications, shards)
}

// status is the status of a data set, extended if that are more replications.
func (c *contents) status(ctx context.Context, replications, shards int) (*Status, error) {
	s := &Status{Missing: make([]int, max(shards, 1))}
	if replications > c.head.Replications {
		s.Extends, c.head.Replications = c.head.Replications, replications
	}
	if err := c.head.Layout.check(); err != nil {
		return nil, fmt.Errorf("%s: cannot be extended: %w", c.folder.root.Name(), err)
	}
	s.Head = c.head
	err := c.survey(ctx, Shard{}, func(k int, p Part, bad *Mismatch) error {
		if bad == nil {
			s.Done++
			s.Runs += p.Runs()
			s.Bytes += c.bytes(p)
			return nil
		}
		if bad.Problem != isMissing {
			s.Warnings = tell(s.Warnings, c.folder.name(bad.Path)+": "+bad.Problem, "and more")
		}
		s.Missing[k%len(s.Missing)]++
		return nil
	})
	if err != nil {
		return nil, err
	}
	_, current := c.signed()
	s.Complete = current && s.Extends == 0 && s.Done == c.head.Parts()
	s.Writers, err = writers(c.folder)
	return s, err
}

// bytes is the size of a part's files.
func (c *contents) bytes(p Part) (n int64) {
	for i := range c.head.Tables {
		if info, err := c.folder.root.Stat(c.rel(i, p)); err == nil {
			n += info.Size()
		}
	}
	return n
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
			return nil, explain("read", f.name(e.Name()), err)
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
