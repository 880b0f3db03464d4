package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"
	"syscall"
)

// Dataset is a data set being written by this process, from OpenDataset to
// Close. Its methods may be called from several goroutines, but for Finish and
// Close, which come when all parts are closed.
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
	contents
	path   string
	shard  Shard
	run    *lock // shared unless the shard is the whole
	share  *lock // nil if it is
	todo   []Part
	before int // replications that this process has extended; 0 if it has not
	closed bool

	mu       sync.Mutex
	known    map[string]File // by path: by the manifest, or since this process wrote or read them
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
	asked, err := head.asRead(sources)
	if err = errors.Join(err, shard.check()); err != nil {
		return nil, err
	}
	f, err := makeFolder(path)
	if err != nil {
		return nil, err
	}
	prepare(f)
	d := &Dataset{contents: contents{folder: f}, path: path, shard: shard}
	if err := d.enter(ctx, asked, sources); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// Head is what the data set is of, as it is now.
func (d *Dataset) Head() Head { return d.head }

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
	err := d.share.release(false)
	if d.run != nil && d.run.last() { // what killed processes left can go
		err = errors.Join(err, d.folder.sweep(true))
	}
	return errors.Join(err, d.run.release(false), d.folder.close())
}

// enter takes the locks, creates the data set or makes sure that it is the one
// asked for, and sees what is missing. When it refuses, nothing has been changed.
func (d *Dataset) enter(ctx context.Context, asked *Head, sources []Source) (err error) {
	if err := d.refuseOthers(asked); err != nil {
		return err // without a trace in what may be a stranger's directory
	}
	whole := d.shard.whole()
	if d.run, err = d.folder.lock(runLock, !whole, fewTries); err != nil {
		if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
			return d.enterReadOnly(ctx, asked, sources, err)
		}
		return err
	}
	if !whole {
		if d.share, err = d.folder.lock(shareLock(d.shard), false, fewTries); err != nil {
			return fmt.Errorf("%v: %w", d.shard, err)
		}
	}
	if err := d.agree(ctx, asked, sources); err != nil {
		return err
	}
	if err := d.folder.sweep(whole); err != nil {
		return err
	}
	return d.takeStock(ctx)
}

// enterReadOnly enters a data set where nothing can be written, for the reason
// given. It must be complete: then nothing is left to do, and no lock is needed.
func (d *Dataset) enterReadOnly(ctx context.Context, asked *Head, sources []Source, why error) error {
	was, err := readContents(d.folder)
	if err != nil {
		return why
	}
	d.contents = *was
	if err := d.refuseChanges(asked, sources); err != nil {
		return err
	}
	known, current := d.signed()
	missing, err := d.unfinished(ctx, d.shard)
	if err == nil && (missing > 0 || !current || asked.Replications > d.head.Replications) {
		err = why
	}
	d.known = known
	return err
}

// refuseOthers refuses a directory with content that is none of a data set, nor
// of one of these files whose creation was broken off.
func (d *Dataset) refuseOthers(asked *Head) error {
	_, err := d.folder.root.Stat(HeadName)
	if !errors.Is(err, fs.ErrNotExist) {
		return explain("read", d.Path(HeadName), err)
	}
	return fs.WalkDir(d.folder.root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // another process has just finished it
			return nil
		case err != nil:
			return explain("read", d.Path(name), err)
		case e.IsDir(), isTemp(e.Name()), isLock(e.Name()), name == HeadName:
			return nil
		}
		problem := "is of something else"
		if i := slices.IndexFunc(asked.Files, func(f File) bool { return f.Path == name }); i >= 0 {
			problem = asked.Files[i].differs(d.folder.root)
		}
		if problem != "" {
			return fmt.Errorf("%s: %w and holds no data set of this design (%s %s); choose another directory", d.path, ErrNotEmpty, name, problem)
		}
		return nil
	})
}

// agree creates the data set, or makes sure that it is the one asked for,
// writes the given files that were lost, and extends it.
func (d *Dataset) agree(ctx context.Context, asked *Head, sources []Source) (err error) {
	lock, err := d.folder.lock(headLock, false, manyTries)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.release(false)) }()
	was, err := readContents(d.folder)
	if errors.Is(err, ErrNoDataset) {
		if err := d.refuseOthers(asked); err != nil {
			return err
		}
		return d.write(asked, sources)
	}
	if err != nil {
		return err
	}
	d.contents = *was
	if err := d.refuseChanges(asked, sources); err != nil {
		return err
	}
	lost := slices.DeleteFunc(slices.Clone(sources), func(s Source) bool {
		return !slices.Contains(d.head.Files, s.file()) || isThere(d.Path(s.Path))
	})
	if asked.Replications <= d.head.Replications {
		return d.writeAll(lost)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	head := d.head
	d.before, head.Replications = head.Replications, asked.Replications
	d.known, _ = d.signed() // for takeStock: the manifest goes before its head does
	if err := d.folder.remove(ManifestName); err != nil {
		return err
	}
	return d.write(&head, lost)
}

// write writes files and then a head, and reads it as others will.
func (d *Dataset) write(head *Head, files []Source) error {
	b, err := head.encode()
	if err == nil {
		err = d.writeAll(append(slices.Clone(files), Source{HeadName, b}))
	}
	if err != nil {
		return err
	}
	now, err := readContents(d.folder)
	if err == nil {
		d.contents = *now
	}
	return err
}

func (d *Dataset) writeAll(files []Source) error {
	for _, f := range files {
		if _, err := d.folder.write(f.Path, f.Data); err != nil {
			return err
		}
	}
	return nil
}

// takeStock sees which parts of the share are there. Those of a complete data
// set are trusted. If any is missing or spoilt all are examined, and the manifest
// goes.
func (d *Dataset) takeStock(ctx context.Context) error {
	known, current := d.signed()
	if d.known == nil {
		d.known = known
	}
	strangers, _, err := d.others()
	if err != nil {
		return err
	}
	for _, rel := range strangers {
		d.warn(d.Path(rel) + ": not a part of this data set; it is left alone")
	}
	if current {
		if missing, err := d.unfinished(ctx, d.shard); missing == 0 || err != nil {
			return err
		}
	}
	err = d.survey(ctx, d.shard, func(_ int, p Part, bad *Mismatch) error {
		if bad == nil {
			var files []File
			if files, bad = d.examine(p, d.known); bad == nil {
				d.learn(files)
				return nil
			}
		}
		d.todo = append(d.todo, p)
		for i := range d.head.Tables {
			delete(d.known, d.rel(i, p))
		}
		if bad.Problem == isMissing {
			return nil
		}
		return d.discard(*bad)
	})
	if err != nil {
		return err
	}
	return d.folder.remove(ManifestName)
}

func (d *Dataset) learn(files []File) {
	for _, f := range files {
		d.known[f.Path] = f
	}
}

func (d *Dataset) warn(text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.warnings = append(d.warnings, text)
}

// discard removes a damaged file of a part. That makes the part missing for
// everybody, also for who reads only ends.
func (d *Dataset) discard(bad Mismatch) error {
	if err := d.folder.remove(bad.Path); err != nil {
		return err
	}
	d.warn(fmt.Sprintf("%s: %s; it is removed and computed again", d.Path(bad.Path), bad.Problem))
	return nil
}
