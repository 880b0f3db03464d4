package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
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
	claim  func(File) error                                 // if set, is asked before a file takes its name
	made   []string                                         // by makeFolder, from the top: removed by close if nothing came into them
	locks  []*lock                                          // held until it is closed

	mu    sync.Mutex
	known map[string]File // by path: what this process wrote, or knows to be whole
}

// makeFolder is openFolder, but makes the directory, with its parents, where
// there is none.
func makeFolder(dir string) (*folder, error) {
	if _, err := isDir(dir); err != nil {
		return nil, err
	}
	made := missing(dir)
	if len(made) > 0 {
		if err := checkTarget(dir); err != nil {
			return nil, err
		}
	}
	f, err := openMade(dir)
	for tries := 1; errors.Is(err, fs.ErrNotExist) && tries < fewTries; tries++ { // another process has removed it while it was empty
		f, err = openMade(dir)
	}
	if err != nil {
		return nil, err
	}
	f.made = made
	for _, d := range made {
		if err := explain("create", dir, syncNames(os.Open(filepath.Dir(d)))); err != nil {
			return nil, errors.Join(err, f.close())
		}
	}
	return f, nil
}

// openMade opens a directory, and makes it first.
func openMade(dir string) (*folder, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, explain("create", dir, err)
	}
	return openFolder(dir)
}

// missing lists the directories that are to be made for one, from the top: the
// name of each is new to the one above it.
func missing(dir string) (dirs []string) {
	for dir = filepath.Clean(dir); !isThere(dir) && filepath.Dir(dir) != dir; dir = filepath.Dir(dir) {
		dirs = append(dirs, dir)
	}
	slices.Reverse(dirs)
	return dirs
}

// isDir says whether a directory is there; where none can be, why.
func isDir(path string) (bool, error) {
	if err := checkName(path); err != nil {
		return false, err
	}
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

// isThere says whether anything has a name.
func isThere(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

func openFolder(dir string) (*folder, error) {
	root, err := os.OpenRoot(dir)
	if info, e := os.Stat(dir); err != nil && e == nil && !info.IsDir() {
		err = syscall.ENOTDIR // which OpenRoot says in words of its own
	}
	if err != nil {
		return nil, explain("open", dir, err)
	}
	return &folder{root: root, create: createFile, flock: tryFlock, known: map[string]File{}}, nil
}

func createFile(root *os.Root, name string) (handle, error) {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err // not f: a nil *os.File in a handle is not a nil handle
	}
	return f, nil
}

// hold takes a lock until the folder is closed.
func (f *folder) hold(name string, shared bool) (*lock, error) {
	l, err := f.lock(name, shared, fewTries)
	if err == nil {
		f.locks = append(f.locks, l)
	}
	return l, err
}

// close gives the locks back. After the first time it does nothing.
func (f *folder) close() (err error) {
	for _, l := range slices.Backward(f.locks) {
		err = errors.Join(err, l.release())
	}
	err = errors.Join(err, f.root.Close())
	for _, dir := range slices.Backward(f.made) {
		_ = os.Remove(dir) // only goes when it is empty
	}
	f.locks, f.made = nil, nil
	return err
}

// Path is the path of a file, for messages: rel with slashes below the directory,
// or nothing for the directory itself.
func (f *folder) Path(rel string) string {
	return filepath.Join(f.root.Name(), filepath.FromSlash(rel))
}

// checkPath says why a path below a directory is none.
func checkPath(rel string) error {
	if !fs.ValidPath(rel) || rel == "." || strings.Contains(rel, `\`) || !filepath.IsLocal(filepath.FromSlash(rel)) {
		return fmt.Errorf("store: %q is not a path below the directory (slashes, no .., not absolute)", rel)
	}
	return nil
}

// mkdir makes a folder and those above it.
func (f *folder) mkdir(rel string) error {
	if _, err := f.root.Stat(rel); err == nil {
		return nil
	}
	made := missing(f.Path(rel))
	if err := f.root.MkdirAll(rel, 0o777); err != nil {
		return explain("create", f.Path(rel), err)
	}
	for range made {
		rel = path.Dir(rel)
		if err := f.syncDir(rel); err != nil {
			return err
		}
	}
	return nil
}

// learn takes note of files that are whole.
func (f *folder) learn(files ...File) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, is := range files {
		f.known[is.Path] = is
	}
}

// read reads a file.
func (f *folder) read(rel string) ([]byte, error) {
	b, err := f.root.ReadFile(rel)
	return b, explain("read", f.Path(rel), err)
}

// list lists a folder; one that is not there is empty.
func (f *folder) list(rel string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(f.root.FS(), rel)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return entries, explain("read", f.Path(rel), err)
}

// first is a file in the folder, or below, that is not half written and none of
// those that ours knows; nothing if there is none.
func (f *folder) first(ours func(rel string) bool) (rel string, err error) {
	err = fs.WalkDir(f.root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // another process has just finished it
			return nil
		case err != nil:
			return explain("read", f.Path(name), err)
		case e.IsDir(), isTemp(e.Name()), ours(name):
			return nil
		}
		rel = name
		return fs.SkipAll
	})
	return rel, err
}

// remove removes a file, if it is there.
func (f *folder) remove(rel string) error {
	err := f.unlink(rel)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return explain("remove", f.Path(rel), err)
}

// unlink removes a file or an empty folder, which must be there.
func (f *folder) unlink(rel string) error {
	err := f.root.Remove(rel)
	if runtime.GOOS == "windows" && errors.Is(err, noSuchFunction) {
		err = os.Remove(f.Path(rel))
	}
	return err
}

// noSuchFunction is ERROR_INVALID_FUNCTION. Wine says it where Go asks for the
// removal of Windows 10, as a Root always does.
const noSuchFunction = syscall.Errno(1)

// prune removes a folder and those above it as far as they are empty.
func (f *folder) prune(rel string) {
	for ; rel != "."; rel = path.Dir(rel) {
		if f.unlink(rel) != nil {
			return
		}
	}
}

// syncDir makes the names in a folder last over a power cut.
func (f *folder) syncDir(rel string) error {
	return explain("write", f.Path(rel), syncNames(f.root.Open(rel)))
}

// syncNames syncs an open directory and closes it. Not every file system can, and
// then none is needed; that the disk has a fault or is full is an error.
func syncNames(dir *os.File, err error) error {
	if err != nil {
		return nil // it may be written into and not be read, or be gone again
	}
	err = dir.Sync()
	if !errors.Is(err, syscall.EIO) && !errors.Is(err, syscall.ENOSPC) && !errors.Is(err, syscall.EDQUOT) {
		err = nil
	}
	return errors.Join(err, dir.Close())
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

// tempName names what will be base. The name says which process writes it, and
// so whether the writer lives.
func tempName(base, unique string) string {
	return fmt.Sprintf(".%s.%s-%d-%s%s", base, thisHost(), os.Getpid(), unique, tempSuffix)
}

// isDead says whether a name is that of a temporary file whose writer ran on
// this machine and is gone.
func isDead(name string) bool {
	whole, pid := strings.TrimSuffix(name, tempSuffix), 0
	_, err := fmt.Sscanf(whole[strings.LastIndexByte(whole, '.')+1:], thisHost()+"-%d-", &pid)
	return isTemp(name) && err == nil && !processAlive(pid)
}

// sweep removes what killed processes left: files that were being written and
// the locks of shares. Who is not alone may only remove files whose writer is
// known to be gone.
func (f *folder) sweep(alone bool) error {
	return fs.WalkDir(f.root.FS(), ".", func(rel string, e fs.DirEntry, err error) error {
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return explain("read", f.Path(rel), err)
		}
		name := path.Base(rel)
		left := isDead(name) || alone && (isTemp(name) || isLock(rel) && rel != runLock)
		if err != nil || !e.Type().IsRegular() || !left {
			return nil
		}
		if err := f.remove(rel); err != nil {
			return err
		}
		f.prune(path.Dir(rel))
		return nil
	})
}

// clearDead is sweep in a folder of the user's, where nobody is alone and the
// folders below are none of epgsim's. What cannot be removed stays.
func (f *folder) clearDead() {
	entries, _ := f.list(".")
	for _, e := range entries {
		if isDead(e.Name()) && e.Type().IsRegular() {
			_ = f.unlink(e.Name())
		}
	}
}
