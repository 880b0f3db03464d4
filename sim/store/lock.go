package store

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"time"
)

// lockSuffix ends the name of a lock file. The last to close such a file removes
// it, so that a directory at rest has none.
const lockSuffix = ".epgsim-lock"

// The names of locks. A run directory has runName, whose file is the journal of
// the run too: it says which files are epgsim's, as the manifest will do, and
// stays when the run is killed. A process at work on a data set or a Keep holds
// runLock, shared with those that work on other shares of the same data set;
// headLock while it creates or extends the data set or writes its manifest; and
// the lock of its share.
const (
	runName  = ".epgsim-run"
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

// owner is a process. Process 0 is nobody.
type owner struct {
	PID  int    `json:"pid"`
	Host string `json:"host"`
}

func (o owner) String() string {
	if o.PID == 0 { // the process has the lock, but has not written its name yet
		return "another process"
	}
	return fmt.Sprintf("process %d on %s", o.PID, o.Host)
}

// alive says whether the process may still be running. A process on another
// machine is taken to be alive.
func (o owner) alive() bool {
	host, err := os.Hostname()
	return o.PID > 0 && (err != nil || o.Host != host || processAlive(o.PID))
}

// lockLine is a line of a lock file: one of its fields. The last owner counts.
type lockLine struct {
	Owner *owner `json:"owner,omitempty"`
	File  *File  `json:"file,omitempty"` // has its name, or is about to
}

// readLines reads a lock file: the last owner, and the files by path, several
// where a file was written again. A line cut short by a crash is skipped.
func readLines(file io.ReadSeeker) (last owner, files map[string][]File) {
	files = map[string][]File{}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return last, files
	}
	for in := bufio.NewScanner(file); in.Scan(); {
		var line lockLine
		if json.Unmarshal(in.Bytes(), &line) != nil {
			continue
		}
		if line.Owner != nil {
			last = *line.Owner
		}
		if f := line.File; f != nil {
			files[f.Path] = append(files[f.Path], *f)
		}
	}
	return last, files
}

// lock is a lock file that is held. The system drops the lock when the process
// ends, however it ends.
//
// On a file system without locks nothing is held. All processes then write the
// same bytes into a data set, and every file takes its name in one step. Of a run
// directory the journal's last owner decides, if that process may be alive; two
// that look at the same moment are not kept apart.
type lock struct {
	in    *folder
	file  *os.File // nil when nothing is held
	name  string
	held  bool // by the system
	alone bool // no other process can take the lock
	keep  bool // the file lists files, so it stays
}

// lock takes a lock, or says who has it.
func (f *folder) lock(name string, shared bool, tries int) (*lock, error) {
	for ; ; tries-- {
		l, err := f.tryLock(name, shared)
		going := runtime.GOOS == "windows" && errors.Is(err, fs.ErrPermission) // said of a file that is removed, but open still
		if tries <= 1 || !going && !errors.Is(err, ErrBusy) {
			return l, err
		}
		time.Sleep(lockPause)
	}
}

// tryLock tries once.
func (f *folder) tryLock(name string, shared bool) (l *lock, err error) {
	l = &lock{in: f, name: name, alone: !shared}
	if l.file, err = f.root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o666); err != nil {
		return nil, explain("write into", f.root.Name(), err)
	}
	last, files := readLines(l.file)
	l.keep = len(files) > 0
	l.held, err = f.flock(l.file, shared)
	switch {
	case errors.Is(err, ErrBusy), err == nil && !l.held && name == runName && last.alive():
		err = fmt.Errorf("%s: %w: %v is writing there; wait for it or choose another directory", f.root.Name(), ErrBusy, last)
	case err != nil:
		err = explain("lock", f.Path(name), err)
		if !l.keep {
			err = errors.Join(err, f.remove(name)) // as the directory was found
		}
	case !l.held && name != runName:
		return &lock{in: f}, errors.Join(l.file.Close(), f.remove(name)) // the file would mean nothing
	case l.held && !f.isAt(l.file, name):
		err = fmt.Errorf("%s: %w: others keep coming and going", f.root.Name(), ErrBusy)
	default:
		host, _ := os.Hostname() // unknown is as good as any
		if err = l.append(lockLine{Owner: &owner{os.Getpid(), host}}); err == nil || name != runName {
			return l, nil // a lock holds without a name
		}
		return nil, errors.Join(err, l.release())
	}
	return nil, errors.Join(err, l.file.Close())
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

// append adds a line. It begins a new one first, should the last have been
// cut short.
func (l *lock) append(line lockLine) error {
	b, err := json.Marshal(line)
	if err != nil {
		return fmt.Errorf("store: %s: %w", l.name, err)
	}
	_, err = l.file.Write(append(append([]byte{'\n'}, b...), '\n'))
	return explain("write", l.in.Path(l.name), err)
}

// last says whether no other process holds the lock. If so none can take it
// any more; if not, it may be lost: it is for the end.
func (l *lock) last() bool {
	if l.file != nil && !l.alone {
		held, err := l.in.flock(l.file, false)
		l.alone = held && err == nil
	}
	return l.alone
}

// release gives the lock back. It removes the file if nobody else has it, unless
// it is to be kept.
func (l *lock) release() (err error) {
	if l.file == nil {
		return nil
	}
	if l.keep {
		err = l.append(lockLine{Owner: &owner{}})
	} else if l.held && l.last() { // remove, then unlock: who waits sees that the file is gone
		err = l.in.remove(l.name)
	}
	err = errors.Join(err, l.file.Close())
	if l.file = nil; !l.keep && !l.held { // Windows removes no open file
		err = errors.Join(err, l.in.remove(l.name))
	}
	return err
}
