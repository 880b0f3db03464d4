package store

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// lockedByte is what a lock holds of its file: a byte far behind its end, for
// Windows lets nobody read what is locked.
const lockedByte = 1 << 30 // the high half of the place

// tryFlock locks the file if it can, for this process alone or shared with
// others. Not locked and no error means that the file system has no locks;
// ErrBusy means that another process has it.
func tryFlock(f *os.File, shared bool) (bool, error) {
	at, how := &windows.Overlapped{OffsetHigh: lockedByte}, uint32(windows.LOCKFILE_FAIL_IMMEDIATELY)
	if !shared {
		how |= windows.LOCKFILE_EXCLUSIVE_LOCK
	}
	h := windows.Handle(f.Fd())
	_ = windows.UnlockFileEx(h, 0, 1, 0, at) // what this process shares is in its own way; if it has none, all is well
	err := windows.LockFileEx(h, how, 0, 1, 0, at)
	switch {
	case errors.Is(err, windows.ERROR_LOCK_VIOLATION), errors.Is(err, windows.ERROR_IO_PENDING):
		return false, ErrBusy
	case errors.Is(err, windows.ERROR_NOT_SUPPORTED), errors.Is(err, windows.ERROR_INVALID_FUNCTION), errors.Is(err, windows.ERROR_CALL_NOT_IMPLEMENTED):
		return false, nil
	}
	return err == nil, err
}

// processAlive asks the system for the process. No permission to ask means that
// there is somebody.
func processAlive(pid int) bool {
	h, err := windows.OpenProcess(windows.SYNCHRONIZE, false, uint32(pid))
	if err != nil {
		return errors.Is(err, windows.ERROR_ACCESS_DENIED)
	}
	defer func() { _ = windows.CloseHandle(h) }() // opened to ask
	event, err := windows.WaitForSingleObject(h, 0)
	return err == nil && event == uint32(windows.WAIT_TIMEOUT)
}
