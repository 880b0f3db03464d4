package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Dataset is the directory of a sweep, being written by this process, from
// OpenDataset to Close. Its methods may be called from several goroutines, but
// for Finish and Close, which come when all parts are closed.
//
//	OUT/design.toml, points.csv …  the files given at creation
//	OUT/sweep.json                 the Head
//	OUT/parts/part-….parquet       the tables, part by part: see Layout
//	OUT/manifest.json              the head and the hash of every file, when all is there
//
// Every file is whole or not there, and the whole directory is the same bytes
// however it came about: in one go, killed and resumed, extended, by several
// processes or on several machines.
//
// Two processes on the same share are kept apart by a lock. On a file system
// without locks they are not, and do no harm but to do the work twice: both
// write the same bytes, and a file takes its name in one step.
type Dataset struct {
	holding
	path   string
	shard  Shard
	run    *fileLock // shared unless the shard is the whole
	share  *fileLock // nil if it is
	todo   []Part
	before int             // replications that this process has extended; 0 if it has not
	hashed map[string]File // files of parts that a manifest vouched for before it went
	closed bool

	mu       sync.Mutex
	done     map[Part][]File // found sound or written by this process, as they are then
	wrote    bool            // anything
	warnings []string
}

// Source is a file that a data set is created with. Given again it serves to
// write one that was lost, and to show what has changed when the data set is of
// something else.
type Source struct {
	Path string // below the directory, with slashes
	Data []byte
}

// file is what a manifest says of the file.
func (s *Source) file() File {
	return File{Path: s.Path, Bytes: int64(len(s.Data)), SHA256: Hash(s.Data)}
}

// OpenDataset creates a data set with the files given, or goes on with the one
// that is there: then all that Head says must be equal, or the error is a
// *ChangedError. If head asks for more replications than the data set has it is
// extended; if for fewer, it keeps what it has; how it is cut into parts stays
// as it was. Dataset.Head says what came of it. The files stay as they were when
// it was created: what is said otherwise in them, and in no fact, is wording.
//
// Parts of a complete data set are trusted but for their ends. Those of any
// other are read to see that they are whole; what is damaged is computed again.
// Where nothing can be written a complete data set is opened all the same. When
// ctx ends while parts are read it is opened another time, with no harm done.
//
// A directory with other content is refused (ErrNotEmpty), and one in which
// another process works on the same share, or on the whole (ErrBusy).
func OpenDataset(ctx context.Context, path string, head Head, files []Source, shard Shard) (*Dataset, error) {
	return openDataset(ctx, path, head, files, shard, func(*folder) {})
}

// openDataset lets a test prepare the folder.
func openDataset(ctx context.Context, path string, head Head, sources []Source, shard Shard, prepare func(*folder)) (*Dataset, error) {
	if err := head.describeFiles(sources); err != nil {
		return nil, err
	}
	asked, err := head.asRead()
	if err = errors.Join(err, shard.check()); err != nil {
		return nil, err
	}
	d := &Dataset{path: path, shard: shard, hashed: map[string]File{}, done: map[Part][]File{}}
	if d.folder, err = makeFolder(path); err != nil {
		return nil, err
	}
	prepare(d.folder)
	if err := d.enter(ctx, asked, sources); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// describeFiles fills in what the sources would write.
func (h *Head) describeFiles(sources []Source) error {
	h.Files = make([]File, len(sources))
	for i := range sources {
		if slices.ContainsFunc(h.Files[:i], func(f File) bool { return strings.EqualFold(f.Path, sources[i].Path) }) {
			return fmt.Errorf("store: data set: two files %s", sources[i].Path)
		}
		h.Files[i] = sources[i].file()
	}
	return nil
}

// Head is what the data set is of, as it is now.
func (d *Dataset) Head() Head { return d.head.clone() }

// Extended is how many replications there were before this process extended
// the data set; 0 if it has not.
func (d *Dataset) Extended() int { return d.before }

// Path is the path of a file of the data set, for messages: rel with slashes
// below the directory, or nothing for the directory itself.
func (d *Dataset) Path(rel string) string { return d.folder.name(rel) }

// Missing lists the parts of this process's share that were not there when the
// data set was opened, in order.
func (d *Dataset) Missing() []Part { return slices.Clone(d.todo) }

// Warnings say which files were there and not trusted, or do not belong there.
func (d *Dataset) Warnings() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.warnings)
}

// Close gives the directory back. Nothing that is whole is lost by it, so it
// can be deferred; after the first time it does nothing.
func (d *Dataset) Close() error {
	if d.closed {
		return nil
	}
	d.closed = true
	err := d.share.release()
	if d.run != nil && d.run.last() { // what killed processes left can go
		err = errors.Join(err, d.folder.sweep(func(string) bool { return true }))
	}
	return errors.Join(err, d.run.release(), d.folder.close())
}

// create writes the files given and then the head.
func (d *Dataset) create(sources []Source) error {
	for i := range sources {
		if _, err := d.folder.write(sources[i].Path, sources[i].Data); err != nil {
			return err
		}
	}
	return d.writeHead()
}

func (d *Dataset) writeHead() error {
	b, err := d.head.encode()
	if err == nil {
		_, err = d.folder.write(HeadName, b)
	}
	return err
}
