package store

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"syscall"
)

// Errors that a caller may want to tell apart with errors.Is. Each comes
// wrapped in a message that names the directory.
var (
	// ErrNotEmpty: the directory has content and force was not given.
	ErrNotEmpty = errors.New("directory is not empty")
	// ErrForeign: force was given, but the directory or a file in it is not
	// what epgsim wrote.
	ErrForeign = errors.New("not written by epgsim")
	// ErrBusy: another process is writing into the directory.
	ErrBusy = errors.New("directory is in use")
	// ErrNoDataset: the directory is none of a sweep, or is not there.
	ErrNoDataset = errors.New("no data set of a sweep is there")
)

// pathError says in words what the file system said in a code. The original
// error stays reachable by errors.Is and errors.As.
type pathError struct {
	verb, path, reason string
	err                error
}

func (e *pathError) Error() string {
	return fmt.Sprintf("%s: cannot %s: %s", e.path, e.verb, e.reason)
}

func (e *pathError) Unwrap() error { return e.err }

// explain wraps an error of the file system so that a person understands it.
func explain(verb, path string, err error) error {
	if err == nil {
		return nil
	}
	return &pathError{verb, path, reason(err), err}
}

// diskFull are Windows' own codes for a full disk, which its syscall package
// does not map to ENOSPC: ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL.
var diskFull = []syscall.Errno{39, 112}

func reason(err error) string {
	is := func(target error) bool { return errors.Is(err, target) }
	switch {
	case is(syscall.ENOSPC), runtime.GOOS == "windows" && (is(diskFull[0]) || is(diskFull[1])):
		return "the disk is full"
	case is(syscall.EDQUOT):
		return "your disk quota is used up"
	case is(syscall.EFBIG):
		return "the file would be larger than is allowed here (see ulimit -f)"
	case is(syscall.EROFS):
		return "the file system is read-only"
	case is(syscall.ENOTDIR):
		return "a part of the path is a file, not a directory"
	case is(syscall.EISDIR):
		return "it is a directory"
	case is(syscall.ENAMETOOLONG):
		return "the name is too long"
	case is(syscall.EMFILE), is(syscall.ENFILE):
		return "too many files are open"
	case is(syscall.EIO):
		return "the disk reports a fault (input/output error)"
	case is(syscall.ESTALE):
		return "the network file system has lost it (stale handle)"
	case is(fs.ErrPermission):
		return "no permission"
	case is(fs.ErrNotExist):
		return "it does not exist"
	case is(fs.ErrExist):
		return "there is something else of that name"
	}
	var code syscall.Errno
	if errors.As(err, &code) {
		return code.Error() // without the call and the path, which is named already
	}
	return err.Error()
}
