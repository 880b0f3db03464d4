package store

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// lockSuffix ends the name of a lock file. Who closes such a file last removes
// it, so that a data set at rest has none.
const lockSuffix = ".epgsim-lock"

// The locks of a data set. A process holds runLock while it works, alone or
// shared with those that work on other shares; headLock while it creates or
// extends the data set or writes its manifest; and that of its share. A Keep has
// the first, held alone.
const (
	runLock  = ".run" + lockSuffix
	headLock = ".head" + lockSuffix
)

func shareLock(s Shard) string { return fmt.Sprintf(".share-%d-of-%d%s", s.Index, s.Count, lockSuffix) }

func isLock(name string) bool {
	return strings.HasPrefix(name, ".") && strings.HasSuffix(name, lockSuffix)
}

// Locks are tried this often before they are given up. Even a lock that is
// free may be held for a moment by ReadStatus.
const (
	lockPause = 20 * time.Millisecond
	fewTries  = 10
	manyTries = 6000 // two minutes: another process may be writing the files given
)

// owner is a process. The last one in the run file counts; pid 0 is nobody.
type owner struct {
	PID  int    `json:"pid"`
	Host string `json:"host"`
}

func (o owner) String() string {
	if o.PID == 0 { // it has the lock, but has not introduced itself yet
		return "another process"
	}
	return fmt.Sprintf("process %d on %s", o.PID, o.Host)
}

// alive says whether the process may still be running.
func (o owner) alive() bool {
	if o.PID <= 0 {
		return false
	}
	host, err := os.Hostname()
	return err != nil || o.Host != host || processAlive(o.PID)
}

// fileLock is a lock that ends with the process. Where the file system has no
// locks nothing is held, and what is left is that all processes write the same
// bytes and every file takes its name in one step.
type fileLock struct {
	in    *folder
	f     *os.File // nil when nothing is held
	name  string
	alone bool
}

// lock takes a lock, or says who has it.
func (f *folder) lock(name string, shared bool, tries int) (*fileLock, error) {
	for ; ; tries-- {
		l, err := f.tryLock(name, shared)
		switch {
		case l != nil:
			return l, nil
		case tries <= 1 && err == nil:
			return nil, fmt.Errorf("%s: %w: others keep coming and going", f.root.Name(), ErrBusy)
		case tries <= 1 || err != nil && !errors.Is(err, ErrBusy):
			return nil, err
		}
		time.Sleep(lockPause)
	}
}

// tryLock tries once; nil without an error means to try again.
func (f *folder) tryLock(name string, shared bool) (*fileLock, error) {
	file, err := f.root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil {
		return nil, explain("write into", f.root.Name(), err)
	}
	held, err := f.flock(file, shared)
	switch {
	case errors.Is(err, ErrBusy):
		err = fmt.Errorf("%s: %w: %v is writing there; wait for it or choose another directory", f.root.Name(), ErrBusy, lastOwner(file))
	case err != nil:
		err = explain("lock", f.name(name), err)
	case !held:
		_, _ = file.Close(), f.root.Remove(name) // it would mean nothing
		return &fileLock{in: f}, nil
	case f.isAt(file, name):
		introduce(file)
		return &fileLock{f, file, name, !shared}, nil
	}
	return nil, errors.Join(err, file.Close())
}

// isAt says whether an open file still is the one under its name.
func (f *folder) isAt(open *os.File, rel string) bool {
	mine, err := open.Stat()
	if err != nil {
		return false
	}
	there, err := f.root.Stat(rel)
	return err == nil && os.SameFile(mine, there)
}

// introduce writes who has the lock, if it can: the lock holds without.
func introduce(file io.Writer) {
	host, _ := os.Hostname() // unknown is as good as any
	if b, err := json.Marshal(owner{os.Getpid(), host}); err == nil {
		_, _ = file.Write(append(b, '\n'))
	}
}

// lastOwner is who introduced itself last.
func lastOwner(file io.Reader) (last owner) {
	for in := bufio.NewScanner(file); in.Scan(); {
		var o owner
		if json.Unmarshal(in.Bytes(), &o) == nil {
			last = o
		}
	}
	return last
}

// last says whether no other process holds the lock. If so none can take it
// any more; if not, it may be lost: it is for the end.
func (l *fileLock) last() bool {
	if l.f != nil && !l.alone {
		held, err := l.in.flock(l.f, false)
		l.alone = held && err == nil
	}
	return l.alone
}

// release gives the lock back and removes its file, if nobody else has it.
func (l *fileLock) release() error {
	if l == nil || l.f == nil {
		return nil
	}
	var err error
	if l.last() { // remove, then unlock: who waits sees that the file is gone
		err = explain("remove", l.in.name(l.name), l.in.root.Remove(l.name))
	}
	err = errors.Join(err, l.f.Close())
	l.f = nil
	return err
}
