package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
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
	shard  Shard
	run    *lock // shared unless the shard is the whole
	todo   []Part
	before int // replications that this process has extended; 0 if it has not

	warnings []string // of opening, merging and finishing, which come one by one
}

// Source is a file that a data set is created with. Given again it shows what
// has changed when the data set is of something else.
type Source struct {
	Path string // below the directory, with slashes
	Data []byte
}

// OpenDataset creates a data set with the files given, or goes on with the one
// that is there: then all that Head says must be equal, or the error is a
// *ChangedError. If head asks for more replications than the data set has it is
// extended; if for fewer, it keeps what it has; how it is cut into parts stays
// as it was. Dataset.Head says what came of it. The files must be there as they
// were when it was created (else *ChangedError); what is said otherwise in those
// given now, and in no fact, is wording.
//
// A complete data set is trusted, if all its files have their sizes. The parts of
// any other are read to see that they are whole; what is damaged is computed
// again. When ctx ends while parts are read it is opened another time, with no
// harm done.
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
	d := &Dataset{contents: contents{folder: f}, shard: shard}
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

// Missing lists the parts of this process's share that were not there when the
// data set was opened, in order.
func (d *Dataset) Missing() []Part { return slices.Clone(d.todo) }

// Warnings say which files were there and not trusted.
func (d *Dataset) Warnings() []string {
	return slices.Clone(d.warnings)
}

// Close gives the directory back. Nothing that is whole is lost by it, so it
// can be deferred; after the first time it does nothing.
func (d *Dataset) Close() (err error) {
	if d.run != nil && d.run.last() { // what killed processes left can go
		err = d.sweep(true)
	}
	d.run = nil
	return errors.Join(err, d.close())
}

// enter takes the locks, creates the data set or makes sure that it is the one
// asked for, and sees what is missing. When it refuses, nothing has been changed.
func (d *Dataset) enter(ctx context.Context, asked *Head, sources []Source) (err error) {
	if _, err := find(d.folder, asked, sources); err != nil && !errors.Is(err, ErrNoDataset) {
		return err // without a trace in what may be a stranger's directory
	}
	whole := d.shard.whole()
	if d.run, err = d.hold(runLock, !whole); err != nil {
		return err
	}
	if !whole {
		if _, err = d.hold(shareLock(d.shard), false); err != nil {
			return fmt.Errorf("%v: %w", d.shard, err)
		}
	}
	if err := d.agree(ctx, asked, sources); err != nil {
		return err
	}
	if err := d.sweep(whole); err != nil {
		return err
	}
	return d.takeStock(ctx)
}

// find reads the data set in a folder, which must be the one asked for. It is
// ErrNoDataset where one can be created: there is no content, but for files of
// this data set whose creation was broken off.
func find(f *folder, asked *Head, sources []Source) (*contents, error) {
	c, err := readContents(f)
	if err == nil {
		return c, c.refuseChanges(asked, sources)
	}
	if !errors.Is(err, ErrNoDataset) {
		return nil, err
	}
	problem := "is of something else"
	rel, e := f.first(func(name string) bool {
		i := slices.IndexFunc(asked.Files, func(f File) bool { return f.Path == name })
		if i < 0 {
			return isLock(path.Base(name)) || name == HeadName
		}
		differs := asked.Files[i].differs(f.root)
		if differs != "" {
			problem = differs
		}
		return differs == ""
	})
	if e != nil {
		return nil, e
	}
	if rel != "" && !isThere(f.Path(HeadName)) { // else another process has just created it
		return nil, fmt.Errorf("%s: %w and holds no data set of this design (%s %s); choose another directory", f.root.Name(), ErrNotEmpty, rel, problem)
	}
	return nil, err
}

// agree creates the data set, or makes sure that it is the one asked for and
// extends it.
func (d *Dataset) agree(ctx context.Context, asked *Head, sources []Source) (err error) {
	lock, err := d.lock(headLock, false, manyTries)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.release()) }()
	was, err := find(d.folder, asked, sources)
	if errors.Is(err, ErrNoDataset) {
		for _, s := range sources {
			if err := d.write(s.Path, s.Data); err != nil {
				return err
			}
		}
		return d.writeHead(asked)
	}
	if err != nil {
		return err
	}
	d.contents = *was
	if asked.Replications <= d.head.Replications {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	head := d.head
	d.before, head.Replications = head.Replications, asked.Replications
	if err := d.remove(ManifestName); err != nil {
		return err
	}
	return d.writeHead(&head)
}

// writeHead writes the head, from which on the data set is of it.
func (d *Dataset) writeHead(head *Head) error {
	b, err := head.encode()
	if err != nil {
		return err
	}
	d.contents = contents{d.folder, *head, b, head.fingerprint()}
	return d.write(HeadName, b)
}

// takeStock sees which parts of the share are there. Those of a complete data
// set are trusted. If it is not, they are examined, and the manifest goes.
func (d *Dataset) takeStock(ctx context.Context) error {
	listed, err := d.complete(ctx)
	if err != nil {
		return err
	}
	if listed != nil {
		d.learn(slices.Collect(maps.Values(listed))...)
		return nil
	}
	err = d.survey(ctx, d.shard, d.examine, func(_ int, p Part, files []File, bad *Mismatch) error {
		if bad == nil {
			d.learn(files...)
			return nil
		}
		d.todo = append(d.todo, p)
		if bad.Problem == isMissing {
			return nil
		}
		return d.discard(*bad)
	})
	if err != nil {
		return err
	}
	return d.remove(ManifestName)
}

// discard removes a damaged file of a part. That makes the part missing for
// everybody, also for who reads only ends.
func (d *Dataset) discard(bad Mismatch) error {
	if err := d.remove(bad.Path); err != nil {
		return err
	}
	d.warnings = append(d.warnings, fmt.Sprintf("%s: %s; it is removed and computed again", d.Path(bad.Path), bad.Problem))
	return nil
}
