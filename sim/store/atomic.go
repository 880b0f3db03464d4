package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
)

// tempSuffix ends the name of a file that is still being written. Such names
// begin with a dot, so that neither a shell's *.csv nor DuckDB's meets them.
const tempSuffix = ".epgsim-tmp"

// handle is what is needed of a file being written.
type handle interface {
	io.Writer
	Sync() error
	Close() error
}

// folder is a directory in which files appear whole or not at all. Paths are
// slash-separated and cannot leave it, not even over a symbolic link: os.Root
// sees to that, which matters because a manifest says what may be removed.
type folder struct {
	root   *os.Root
	create func(root *os.Root, name string) (handle, error) // tests put faults here,
	flock  func(f *os.File, shared bool) (bool, error)      // and here
	// claim, if set, is asked before a file takes its name.
	claim func(File) error
}

func openFolder(dir string) (*folder, error) {
	root, err := os.OpenRoot(dir)
	if info, e := os.Stat(dir); err != nil && e == nil && !info.IsDir() {
		err = syscall.ENOTDIR // which OpenRoot says in words of its own
	}
	if err != nil {
		return nil, explain("open", dir, err)
	}
	return &folder{root: root, create: createFile, flock: tryFlock}, nil
}

func createFile(root *os.Root, name string) (handle, error) {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err // not f: a nil *os.File in a handle is not a nil handle
	}
	return f, nil
}

func (f *folder) close() error { return f.root.Close() }

// name is the path to show to a person.
func (f *folder) name(rel string) string {
	return filepath.Join(f.root.Name(), filepath.FromSlash(rel))
}

// pending is a file on its way to its name: it counts and hashes what goes by.
type pending struct {
	in   *folder
	rel  string // where it shall be
	temp string // where it is
	out  handle // nil when closed
	summer
	done bool // renamed or removed
}

// begin opens a temporary file beside rel. The process id and a number make
// its name: what a killed process left behind is stepped over, and other
// processes in the same folder are not disturbed.
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
		temp := fmt.Sprintf("%s.%s.%d-%d%s", dir, base, os.Getpid(), i, tempSuffix)
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

// checkPath says why a path below a directory is none.
func checkPath(rel string) error {
	if !fs.ValidPath(rel) || rel == "." || strings.Contains(rel, `\`) || !filepath.IsLocal(filepath.FromSlash(rel)) {
		return fmt.Errorf("store: %q is not a path below the directory (slashes, no .., not absolute)", rel)
	}
	return nil
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

// syncDir makes a rename last over a power cut. Not every file system allows
// it and none needs it for the file to be whole, so failing is no failure.
func (f *folder) syncDir(rel string) {
	if d, err := f.root.Open(rel); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
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

// prune removes a folder and those above it as far as they are empty.
func (f *folder) prune(rel string) {
	for ; rel != "."; rel = path.Dir(rel) {
		if f.root.Remove(rel) != nil {
			return
		}
	}
}

// file is what the manifest says of it.
func (p *pending) file() File { return p.summer.file(p.rel) }

// write makes a whole file of data.
func (f *folder) write(rel string, data []byte) (File, error) {
	p, err := f.begin(rel)
	if err != nil {
		return File{}, err
	}
	defer p.abort()
	if _, err := p.Write(data); err != nil {
		return File{}, err
	}
	if err := p.sync(); err != nil {
		return File{}, err
	}
	return p.file(), p.commit()
}

// WriteFile writes a file outside of any run directory so that it is there
// whole or not at all, in place of any file of that name. The folder must exist.
func WriteFile(name string, data []byte) error {
	return writeAlone(name, data, (*pending).commit)
}

// NewFile is WriteFile where there must be no file of that name (fs.ErrExist),
// nor one that another process is about to write.
func NewFile(name string, data []byte) error {
	return writeAlone(name, data, (*pending).commitNew)
}

func writeAlone(name string, data []byte, commit func(*pending) error) error {
	f, err := openFolder(filepath.Dir(name))
	if err != nil {
		return err
	}
	p, err := f.begin(filepath.Base(name))
	if err == nil {
		if _, err = p.Write(data); err == nil {
			err = p.sync()
		}
		if err == nil {
			err = commit(p)
		}
		p.abort()
	}
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
