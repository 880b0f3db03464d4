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
	"sync"
	"syscall"
)

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
	made  bool // by makeFolder, so it goes again if nothing came into it
}

// makeFolder is openFolder, but makes the directory, with its parents, where
// there is none.
func makeFolder(dir string) (f *folder, err error) {
	made, err := makeDir(dir)
	if err != nil {
		return nil, err
	}
	if f, err = openFolder(dir); err != nil {
		if made {
			_ = os.Remove(dir)
		}
		return nil, err
	}
	f.made = made
	return f, nil
}

// makeDir makes a directory where there is none.
func makeDir(path string) (made bool, err error) {
	there, err := isDir(path)
	if err != nil || there {
		return false, err
	}
	if err := os.MkdirAll(path, 0o777); err != nil {
		return false, explain("create", path, err)
	}
	return true, nil
}

// isDir says whether a directory is there; where none can be, why.
func isDir(path string) (bool, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, explain("create", path, err)
	case !info.IsDir():
		return false, fmt.Errorf("%s: cannot write a run there: it is a file, not a directory; choose another name", path)
	}
	return true, nil
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

func (f *folder) close() error {
	err := f.root.Close()
	if f.made {
		_ = os.Remove(f.root.Name()) // only goes when it is empty
	}
	return err
}

// name is the path to show to a person.
func (f *folder) name(rel string) string {
	return filepath.Join(f.root.Name(), filepath.FromSlash(rel))
}

// checkPath says why a path below a directory is none.
func checkPath(rel string) error {
	if !fs.ValidPath(rel) || rel == "." || strings.Contains(rel, `\`) || !filepath.IsLocal(filepath.FromSlash(rel)) {
		return fmt.Errorf("store: %q is not a path below the directory (slashes, no .., not absolute)", rel)
	}
	return nil
}

// remove removes a file, if it is there.
func (f *folder) remove(rel string) error {
	if err := f.root.Remove(rel); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return explain("remove", f.name(rel), err)
	}
	return nil
}

// prune removes a folder and those above it as far as they are empty.
func (f *folder) prune(rel string) {
	for ; rel != "."; rel = path.Dir(rel) {
		if f.root.Remove(rel) != nil {
			return
		}
	}
}

// syncDir makes a rename last over a power cut. Not every file system allows
// it and none needs it for the file to be whole, so failing is no failure.
func (f *folder) syncDir(rel string) {
	if d, err := f.root.Open(rel); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// tempSuffix ends the name of a file that is still being written. Such names
// begin with a dot, so that neither a shell's *.csv nor DuckDB's meets them.
const tempSuffix = ".epgsim-tmp"

func isTemp(name string) bool {
	return strings.HasPrefix(name, ".") && strings.HasSuffix(name, tempSuffix)
}

// thisHost tells machines apart in names.
var thisHost = sync.OnceValue(func() string {
	host, _ := os.Hostname() // unknown is as good as any
	return Hash([]byte(host))[:8]
})

// tempName names what will be base. Who writes it can be told from the name, and
// so whether that process lives.
func tempName(base, unique string) string {
	return fmt.Sprintf(".%s.%s-%d-%s%s", base, thisHost(), os.Getpid(), unique, tempSuffix)
}

// sweep removes what killed processes left: files that were being written, and
// locks but the one under which this is done. It asks which of them it may.
func (f *folder) sweep(which func(rel string) bool) error {
	return fs.WalkDir(f.root.FS(), ".", func(rel string, e fs.DirEntry, err error) error {
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return explain("read", f.name(rel), err)
		}
		left := isTemp(path.Base(rel)) || isLock(rel) && rel != runLock
		if err != nil || !e.Type().IsRegular() || !left || !which(rel) {
			return nil
		}
		if err := f.root.Remove(rel); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return explain("clear away", f.name(rel), err)
		}
		f.prune(path.Dir(rel))
		return nil
	})
}

// clearDead removes what killed processes of this machine left in a folder of
// the user's, where no lock says that nobody is writing any more.
func (f *folder) clearDead() {
	entries, _ := fs.ReadDir(f.root.FS(), ".") // where it cannot be read it stays
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), tempSuffix)
		pid := 0
		_, err := fmt.Sscanf(name[strings.LastIndexByte(name, '.')+1:], thisHost()+"-%d-", &pid)
		if isTemp(e.Name()) && err == nil && !processAlive(pid) {
			_ = f.root.RemoveAll(e.Name())
		}
	}
}
