package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"
)

// enter takes the locks, creates the data set or makes sure that it is the one
// asked for, and sees what is missing. When it refuses, nothing has been changed.
func (d *Dataset) enter(ctx context.Context, asked *Head, sources []Source) (err error) {
	if err := d.ours(asked); err != nil {
		return err // without a trace in what may be a stranger's directory
	}
	if d.run, err = d.folder.lock(runLock, !d.shard.whole(), fewTries); err != nil {
		if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
			return d.rest(ctx, asked, sources, err)
		}
		return err
	}
	if !d.shard.whole() {
		if d.share, err = d.folder.lock(shareLock(d.shard), false, fewTries); err != nil {
			return fmt.Errorf("%v: %w", d.shard, err)
		}
	}
	if err := d.agree(ctx, asked, sources); err != nil {
		return err
	}
	if err := d.folder.sweep(d.sweeps); err != nil {
		return err
	}
	return d.takeStock(ctx)
}

// rest enters a data set that is complete where nothing can be written, for the
// reason given. Nothing is left to do, so no lock is needed.
func (d *Dataset) rest(ctx context.Context, asked *Head, sources []Source, readOnly error) error {
	was, raw, err := readHead(d.folder)
	if err != nil {
		return readOnly
	}
	if changes := d.changes(was, asked, sources); len(changes) > 0 {
		return &ChangedError{d.path, changes}
	}
	d.holding = hold(d.folder, was)
	signed, err := d.vouched(ctx, raw)
	if err != nil {
		return err
	}
	if asked.Replications > was.Replications || signed == nil {
		return readOnly
	}
	d.trust(signed)
	return nil
}

// ours refuses a directory with content that is none of a data set, nor of one
// whose creation was broken off.
func (d *Dataset) ours(asked *Head) error {
	given := map[string]File{}
	for _, f := range asked.Files {
		given[f.Path] = f
	}
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
		f, ok := given[name]
		problem := "is of something else"
		if ok {
			problem = f.differs(d.folder.root)
		}
		if problem != "" {
			return fmt.Errorf("%s: %w and holds no data set of this design (%s %s); choose another directory", d.path, ErrNotEmpty, name, problem)
		}
		return nil
	})
}

// agree creates the data set, or makes sure that it is the one asked for and
// extends it.
func (d *Dataset) agree(ctx context.Context, asked *Head, sources []Source) (err error) {
	lock, err := d.folder.lock(headLock, false, manyTries)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.release()) }()
	was, _, err := readHead(d.folder)
	if errors.Is(err, ErrNoDataset) {
		if err := d.ours(asked); err != nil {
			return err
		}
		d.holding = hold(d.folder, asked)
		return d.create(sources)
	}
	if err != nil {
		return err
	}
	if changes := d.changes(was, asked, sources); len(changes) > 0 {
		return &ChangedError{d.path, changes}
	}
	for _, f := range was.Files {
		if f.differs(d.folder.root) == "" {
			continue
		}
		if _, err := d.folder.write(f.Path, given(&f, sources).Data); err != nil {
			return err
		}
	}
	if asked.Replications > was.Replications {
		d.before, was.Replications = was.Replications, asked.Replications
	}
	d.holding = hold(d.folder, was)
	if d.before == 0 {
		return nil
	}
	if err := d.dropManifest(ctx); err != nil {
		return err
	}
	return d.writeHead()
}

// readFolder opens a data set for reading and reads its head and the bytes of that.
func readFolder(path string) (*folder, *Head, []byte, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil, nil, nil, fmt.Errorf("%s: %w", path, ErrNoDataset)
	}
	in, err := openFolder(path)
	if err != nil {
		return nil, nil, nil, err
	}
	head, raw, err := readHead(in)
	if err != nil {
		_ = in.close() // opened for reading
		return nil, nil, nil, err
	}
	return in, head, raw, nil
}

// readHead reads the head and returns its bytes too.
func readHead(in *folder) (*Head, []byte, error) {
	b, err := in.root.ReadFile(HeadName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("%s: %w", in.root.Name(), ErrNoDataset)
	}
	if err != nil {
		return nil, nil, explain("read", in.name(HeadName), err)
	}
	h, err := decodeHead(in.name(HeadName), b)
	return h, b, err
}

// sweeps says whether a file that is being written would be this process's to
// write: if it is there already, who wrote it was killed.
func (d *Dataset) sweeps(rel string) bool {
	if d.shard.whole() {
		return true
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(path.Base(rel), "."), ".")
	p, ok := parsePart(name)
	if !ok {
		return false
	}
	k, ok := d.head.index(p)
	return ok && d.shard.Owns(k)
}
