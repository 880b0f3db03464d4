package store

import (
	"errors"
	"fmt"
	"io/fs"
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
	// ErrName: no file or directory can have the name on this system.
	ErrName = errors.New("no such name can be")
	// ErrNoDataset: the directory is not there, or is no data set.
	ErrNoDataset = errors.New("no data set is there")
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

// reasons are the words for what the system says in codes, most specific first.
var reasons = []struct {
	code  error
	words string
}{
	{syscall.ENOSPC, "the disk is full"},
	{syscall.EDQUOT, "your disk quota is used up"},
	{syscall.EFBIG, "the file would be larger than is allowed here (see ulimit -f)"},
	{syscall.EROFS, "the file system is read-only"},
	{syscall.ENOTDIR, "a part of the path is a file, not a directory"},
	{syscall.EISDIR, "it is a directory"},
	{syscall.ENAMETOOLONG, "the name is too long"},
	{syscall.EMFILE, "too many files are open"},
	{syscall.ENFILE, "too many files are open"},
	{syscall.EIO, "the disk reports a fault (input/output error)"},
	{syscall.ESTALE, "the network file system has lost it (stale handle)"},
	{fs.ErrPermission, "no permission"},
	{fs.ErrNotExist, "it does not exist"},
	{fs.ErrExist, "there is something else of that name"},
}

// reason is what an error of the file system says, in words.
func reason(err error) string {
	for _, r := range reasons {
		if errors.Is(err, r.code) {
			return r.words
		}
	}
	var code syscall.Errno
	if errors.As(err, &code) {
		return code.Error() // without the call and the path, which is named already
	}
	return err.Error()
}
