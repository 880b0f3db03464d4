package store

import (
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
	Warnings []string // files that are there and not trusted
}

// ReadStatus looks at a data set and changes nothing, whether or not others
// are writing it. Missing parts are counted by share of shards shares, at least
// one. Where the file system has no locks nobody is seen to be at work.
func ReadStatus(path string, shards int) (*Status, error) {
	in, head, raw, err := readFolder(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.close() }() // opened for reading
	return statusOf(in, head, raw, shards)
}

// Preview is the Status that a data set would begin with if OpenDataset were
// called with the same: extended, where head asks for more replications. Like
// ReadStatus it changes nothing; of something else it is a *ChangedError, of
// nothing ErrNoDataset.
func Preview(path string, head Head, files []Source, shards int) (*Status, error) {
	if err := head.describeFiles(files); err != nil {
		return nil, err
	}
	asked, err := head.asRead()
	if err != nil {
		return nil, err
	}
	in, was, raw, err := readFolder(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.close() }() // opened for reading
	d := Dataset{path: path, holding: hold(in, was)}
	if changes := d.changes(was, asked, files); len(changes) > 0 {
		return nil, &ChangedError{path, changes}
	}
	before := was.Replications
	if asked.Replications <= before {
		return statusOf(in, was, raw, shards)
	}
	was.Replications = asked.Replications
	s, err := statusOf(in, was, raw, shards)
	if err == nil {
		s.Extends = before
	}
	return s, err
}

// statusOf is the status of a data set with the head given. What is there are
// the bytes of the head that it has.
func statusOf(in *folder, head *Head, raw []byte, shards int) (s *Status, err error) {
	h := hold(in, head)
	s = &Status{Head: *head, Missing: make([]int, max(shards, 1))}
	quick := h.quick()
	for k := range head.Parts() {
		p := head.Part(k)
		switch problem := quick(p); problem {
		case "":
			s.Done++
			s.Runs += p.Runs()
			s.Bytes += h.bytes(p)
			continue
		case isMissing:
		default:
			s.Warnings = append(s.Warnings, in.name(h.rel(0, p))+": "+problem)
		}
		s.Missing[k%len(s.Missing)]++
	}
	s.Complete = s.Done == head.Parts() && isCurrent(in, raw)
	s.Writers, err = writers(in)
	return s, err
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
