package store

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
)

// pending is a file on its way to its name: it counts and hashes what goes by.
type pending struct {
	in   *folder
	rel  string // where it shall be
	temp string // where it is
	out  handle // nil when closed
	summer
	fresh bool // takes no name that something has
	done  bool // renamed or removed
}

// begin opens a temporary file beside rel. What a killed process left behind is
// stepped over, and other processes in the same folder are not disturbed.
func (f *folder) begin(rel string) (*pending, error) {
	if err := checkPath(rel); err != nil {
		return nil, err
	}
	dir, base := path.Split(rel)
	for i := 0; ; i++ {
		if err := f.mkdir(path.Clean(dir)); err != nil { // each time: another process may remove it while it is empty
			return nil, err
		}
		temp := dir + tempName(base, strconv.Itoa(i))
		out, err := f.create(f.root, temp)
		if (errors.Is(err, fs.ErrExist) || dir != "" && errors.Is(err, fs.ErrNotExist)) && i < 10000 {
			continue
		}
		if err != nil {
			f.prune(path.Dir(rel))
			return nil, explain("create", f.Path(rel), err)
		}
		return &pending{in: f, rel: rel, temp: temp, out: out, summer: newSummer()}, nil
	}
}

// Write implements io.Writer.
func (p *pending) Write(b []byte) (int, error) {
	n, err := p.out.Write(b)
	_, _ = p.summer.Write(b[:n]) // a hash takes everything
	return n, explain("write", p.in.Path(p.rel), err)
}

// sync brings the content to the disk and closes the file, so that a rename
// after a power cut cannot show an empty one.
func (p *pending) sync() error {
	err := p.out.Sync()
	if e := p.out.Close(); err == nil {
		err = e
	}
	p.out = nil
	return explain("write", p.in.Path(p.rel), err)
}

// commit gives a synced file its name, in place of any file that has it unless it
// is fresh.
func (p *pending) commit() error {
	if claim := p.in.claim; claim != nil {
		if err := claim(p.file(p.rel)); err != nil {
			return err
		}
	}
	if p.fresh {
		// A link takes a name only if nothing has it. On a file system without
		// links, looking first must do.
		if p.in.root.Link(p.temp, p.rel) == nil {
			return p.in.syncDir(path.Dir(p.rel))
		}
		if err := p.in.refuseTaken(p.rel, false); err != nil {
			return err
		}
	}
	if err := p.in.root.Rename(p.temp, p.rel); err != nil {
		return explain("write", p.in.Path(p.rel), err)
	}
	p.done = true
	p.in.learn(p.file(p.rel))
	return p.in.syncDir(path.Dir(p.rel))
}

// abort removes the temporary file, if it still is one.
func (p *pending) abort() {
	if p.out != nil {
		_ = p.out.Close() // it is given up
		p.out = nil
	}
	if !p.done {
		_ = p.in.unlink(p.temp) // if it stays, the next run clears it away
		p.done = true
		p.in.prune(path.Dir(p.rel))
	}
}

// write makes a whole file of data.
func (f *folder) write(rel string, data []byte) error {
	return f.writeFrom(rel, false, content(data))
}

// content writes data.
func content(data []byte) func(io.Writer) error {
	return func(out io.Writer) error {
		_, err := out.Write(data)
		return err
	}
}

// writeFrom makes a whole file of what fill writes; a fresh one takes no name that
// something has.
func (f *folder) writeFrom(rel string, fresh bool, fill func(io.Writer) error) error {
	p, err := f.begin(rel)
	if err != nil {
		return err
	}
	defer p.abort()
	p.fresh = fresh
	if err := fill(p); err != nil {
		return err
	}
	if err := p.sync(); err != nil {
		return err
	}
	return p.commit()
}

// NewFile writes a file where a user asked for one, outside of run directories
// and data sets, so that it is there whole or not at all. The folder must exist.
//
// A file that is there already is refused (fs.ErrExist), unless force is given
// and it is a file of epgsim's, which mark in its first bytes shows. What is no
// regular file is refused always (fs.ErrExist), and so is a place within a run
// directory or a data set (ErrNotEmpty).
func NewFile(name string, data []byte, mark string, force bool) error {
	return writeTarget(name, force, func(in *os.File) bool { return bytes.Contains(firstBytes(in), []byte(mark)) }, content(data))
}

// firstBytes are enough of a file to know it again.
func firstBytes(in *os.File) []byte {
	b, _ := io.ReadAll(io.LimitReader(in, headerBytes)) // what cannot be read is not known
	return b
}

// writeTarget is NewFile of what fill writes, in place of files that are ours. It
// refuses before fill is called.
func writeTarget(name string, force bool, ours func(*os.File) bool, fill func(io.Writer) error) error {
	if err := cmp.Or(checkName(name), checkTarget(name)); err != nil {
		return err
	}
	f, err := openFolder(filepath.Dir(name))
	if err != nil {
		return err
	}
	defer func() { _ = f.close() }() // nothing is held
	base := filepath.Base(name)
	if err := f.refuseTaken(base, true); err != nil {
		return err
	}
	if err := f.refuseForeign(base, ours); err != nil {
		return err
	}
	if err := f.refuseTaken(base, force); err != nil {
		return err
	}
	f.clearDead()
	return f.writeFrom(base, !force, fill)
}

// refuseTaken refuses a name that something has, but with force a regular file.
func (f *folder) refuseTaken(rel string, force bool) error {
	info, err := f.root.Lstat(rel)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return explain("write", f.Path(rel), err)
	case !info.Mode().IsRegular():
		return takenError(f.Path(rel) + " exists already and is no regular file; choose another name")
	case !force:
		return takenError(f.Path(rel) + " exists already; choose another name, or --force to replace it")
	}
	return nil
}

// refuseForeign refuses a name that a file has which is none of ours.
func (f *folder) refuseForeign(rel string, ours func(*os.File) bool) error {
	in, err := f.root.Open(rel)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return explain("replace", f.Path(rel), err)
	}
	defer func() { _ = in.Close() }() // opened for reading
	if !ours(in) {
		return takenError(f.Path(rel) + " exists already and is not of the kind that epgsim writes there, which --force does not replace; choose another name")
	}
	return nil
}

// takenError is an fs.ErrExist in words that say what to do.
type takenError string

func (e takenError) Error() string { return string(e) }

func (e takenError) Is(target error) bool { return target == fs.ErrExist }

// checkTarget refuses a name, of a file or of a new directory, within a run
// directory or a data set: what is there and not listed would be taken for foreign,
// or for a part.
func checkTarget(name string) error {
	dir, err := filepath.Abs(filepath.Dir(name))
	if err != nil {
		return explain("write", name, err)
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	for {
		_, err := ReadManifest(dir)
		if err == nil || isThere(filepath.Join(dir, runName)) || IsDataset(dir) {
			return &pathError{"be written", name, "it would lie within " + dir + ", a run or a data set of epgsim, to which nothing is added; choose another place", ErrNotEmpty}
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
		dir = filepath.Dir(dir)
	}
}
