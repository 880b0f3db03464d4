package store

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// runName is the file that is there while a run writes into a directory. It is
// the lock, and the journal of the files that took their names so far: when a
// run is killed, it stays behind without a lock and says which of the files
// are epgsim's, as the manifest would have done.
const runName = ".epgsim-run"

// runFile is the run file, locked.
//
// The lock is flock where there is one: the kernel drops it when the process
// ends, however it ends, so it cannot go stale. Elsewhere (Windows, network
// file systems without locks) the file is created exclusively and names its
// process, and is taken over when that process is gone. Between looking and
// taking over another process may do the same: that gap is the price of going
// without flock. A process on another computer is taken to be alive.
type runFile struct {
	f       *os.File
	in      *folder
	flocked bool
	stale   bool              // it was there before: the run before this one was killed
	files   map[string][]File // its journal, by path; more than one when a file was written again
}

// runLine is a line of the run file: one of its fields.
type runLine struct {
	Owner *owner `json:"owner,omitempty"`
	File  *File  `json:"file,omitempty"`
}

// lockRun makes this process the one that writes into the folder.
func lockRun(in *folder) (*runFile, error) {
	// A run that ends removes the file. Who opened it before and locked it
	// after holds a file that nobody else can see, and must try again.
	for range 100 {
		r, err := openRun(in)
		if err != nil {
			return nil, err
		}
		if r != nil {
			return r, nil
		}
	}
	return nil, fmt.Errorf("%s: %w: other runs keep coming and going", in.root.Name(), ErrBusy)
}

// openRun tries once; nil without an error means to try again.
func openRun(in *folder) (*runFile, error) {
	const flags = os.O_RDWR | os.O_CREATE | os.O_APPEND
	r := &runFile{in: in, files: map[string][]File{}}
	var err error
	r.f, err = in.root.OpenFile(runName, flags|os.O_EXCL, 0o666)
	if r.stale = errors.Is(err, fs.ErrExist); r.stale {
		r.f, err = in.root.OpenFile(runName, flags, 0o666)
	}
	if err != nil {
		return nil, explain("write into", in.root.Name(), err)
	}
	last := r.read()
	r.flocked, err = in.flock(r.f, false)
	if busy := errors.Is(err, ErrBusy); busy || !r.flocked && r.stale && last.alive() {
		_ = r.f.Close()
		return nil, fmt.Errorf("%s: %w: %v is writing there; wait for it or choose another directory", in.root.Name(), ErrBusy, last)
	}
	if err != nil {
		return nil, r.giveUp(explain("lock", in.name(runName), err))
	}
	if !r.visible() {
		_ = r.f.Close()
		return nil, nil
	}
	r.files = map[string][]File{}
	r.read()                 // again: what was read before the lock may have been half a line
	host, _ := os.Hostname() // unknown is as good as any
	if err := r.append(runLine{Owner: &owner{os.Getpid(), host}}); err != nil {
		return nil, r.giveUp(err)
	}
	return r, nil
}

// giveUp leaves the directory as it was found, for the reason given.
func (r *runFile) giveUp(err error) error {
	if !r.stale {
		_ = r.remove() // before another process can lock it
	}
	_ = r.f.Close()
	return err
}

// visible says whether the locked file still is the one under its name.
func (r *runFile) visible() bool {
	return !r.flocked || r.in.isAt(r.f, runName)
}

// read takes the journal in and returns the last owner. A line cut short by a
// crash is skipped.
func (r *runFile) read() (last owner) {
	if _, err := r.f.Seek(0, 0); err != nil {
		return last
	}
	for in := bufio.NewScanner(r.f); in.Scan(); {
		var line runLine
		if json.Unmarshal(in.Bytes(), &line) != nil {
			continue
		}
		if line.Owner != nil {
			last = *line.Owner
		}
		if f := line.File; f != nil {
			r.files[f.Path] = append(r.files[f.Path], *f)
		}
	}
	return last
}

// append adds a line. It begins a new one first, should the last have been
// cut short.
func (r *runFile) append(line runLine) error {
	b, err := json.Marshal(line)
	if err != nil {
		return fmt.Errorf("store: run file: %w", err)
	}
	if _, err := r.f.Write(append(append([]byte{'\n'}, b...), '\n')); err != nil {
		return explain("write", r.in.name(runName), err)
	}
	return nil
}

// release gives the directory back. With keep the run file stays, because
// there is no manifest to say which files are epgsim's.
func (r *runFile) release(keep bool) error {
	if keep {
		return errors.Join(r.append(runLine{Owner: &owner{}}), r.f.Close())
	}
	if r.flocked { // remove, then unlock: who waits sees that the file is gone
		return errors.Join(r.remove(), r.f.Close())
	}
	return errors.Join(r.f.Close(), r.remove()) // Windows removes no open file
}

func (r *runFile) remove() error {
	return explain("remove", r.in.name(runName), r.in.root.Remove(runName))
}
