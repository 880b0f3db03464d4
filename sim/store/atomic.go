package store

import (
	"errors"
	"io"
	"io/fs"
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
	done bool // renamed or removed
}

// begin opens a temporary file beside rel. What a killed process left behind is
// stepped over, and other processes in the same folder are not disturbed.
func (f *folder) begin(rel string) (*pending, error) {
	if err := checkPath(rel); err != nil {
		return nil, err
	}
	dir, base := path.Split(rel)
	for i := 0; ; i++ {
		if dir != "" { // each time, for who gives up a file removes a folder that is empty
			if err := f.root.MkdirAll(path.Clean(dir), 0o777); err != nil {
				return nil, explain("create the folder of", f.name(rel), err)
			}
		}
		temp := dir + tempName(base, strconv.Itoa(i))
		out, err := f.create(f.root, temp)
		if (errors.Is(err, fs.ErrExist) || dir != "" && errors.Is(err, fs.ErrNotExist)) && i < 10000 {
			continue
		}
		if err != nil {
			f.prune(path.Dir(rel))
			return nil, explain("create", f.name(rel), err)
		}
		return &pending{in: f, rel: rel, temp: temp, out: out, summer: newSummer()}, nil
	}
}

// Write implements io.Writer.
func (p *pending) Write(b []byte) (int, error) {
	n, err := p.out.Write(b)
	_, _ = p.summer.Write(b[:n]) // a hash takes everything
	if err != nil {
		return n, explain("write", p.in.name(p.rel), err)
	}
	return n, nil
}

// sync brings the content to the disk and closes the file, so that a rename
// after a power cut cannot show an empty one.
func (p *pending) sync() error {
	err := p.out.Sync()
	if e := p.out.Close(); err == nil {
		err = e
	}
	p.out = nil
	if err != nil {
		return explain("write", p.in.name(p.rel), err)
	}
	return nil
}

// commit gives a synced file its name.
func (p *pending) commit() error {
	if claim := p.in.claim; claim != nil {
		if err := claim(p.file()); err != nil {
			return err
		}
	}
	if err := p.in.root.Rename(p.temp, p.rel); err != nil {
		return explain("write", p.in.name(p.rel), err)
	}
	p.done = true
	p.in.syncDir(path.Dir(p.rel))
	return nil
}

// abort removes the temporary file, if it still is one.
func (p *pending) abort() {
	if p.out != nil {
		_ = p.out.Close()
		p.out = nil
	}
	if !p.done {
		_ = p.in.root.Remove(p.temp) // if it stays, the next run clears it away
		p.done = true
		p.in.prune(path.Dir(p.rel))
	}
}

// file is what the manifest says of it.
func (p *pending) file() File { return p.summer.file(p.rel) }

// content writes data.
func content(data []byte) func(io.Writer) error {
	return func(out io.Writer) error {
		_, err := out.Write(data)
		return err
	}
}

// write makes a whole file of data.
func (f *folder) write(rel string, data []byte) (File, error) {
	return f.writeFrom(rel, content(data))
}

// writeFrom makes a whole file of what fill writes.
func (f *folder) writeFrom(rel string, fill func(io.Writer) error) (File, error) {
	return f.writeAs(rel, fill, (*pending).commit)
}

// writeAs is writeFrom where commit gives the file its name.
func (f *folder) writeAs(rel string, fill func(io.Writer) error, commit func(*pending) error) (File, error) {
	p, err := f.begin(rel)
	if err != nil {
		return File{}, err
	}
	defer p.abort()
	if err := fill(p); err != nil {
		return File{}, err
	}
	if err := p.sync(); err != nil {
		return File{}, err
	}
	return p.file(), commit(p)
}

// WriteFile writes a file outside of any run directory so that it is there
// whole or not at all, in place of any file of that name. The folder must exist.
func WriteFile(name string, data []byte) error {
	return writeAlone(name, content(data), (*pending).commit)
}

// NewFile is WriteFile where there must be no file of that name (fs.ErrExist),
// nor one that another process is about to write.
func NewFile(name string, data []byte) error {
	return writeAlone(name, content(data), (*pending).commitNew)
}

// writeAlone is writeAs in a folder of the user's.
func writeAlone(name string, fill func(io.Writer) error, commit func(*pending) error) error {
	f, err := openFolder(filepath.Dir(name))
	if err != nil {
		return err
	}
	f.clearDead()
	_, err = f.writeAs(filepath.Base(name), fill, commit)
	return errors.Join(err, f.close())
}

// commitNew gives a synced file its name if nothing has it. A link takes a name
// only then; where there are none, looking first must do.
func (p *pending) commitNew() error {
	err := p.in.root.Link(p.temp, p.rel)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return explain("write", p.in.name(p.rel), err)
	}
	if _, err := p.in.root.Lstat(p.rel); err == nil {
		return explain("write", p.in.name(p.rel), fs.ErrExist)
	}
	return p.commit()
}
