//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package store

import "os"

// tryFlock: the standard library offers no file locks here.
func tryFlock(*os.File, bool) (bool, error) { return false, nil }

// processAlive asks the system for the process. Windows knows; elsewhere the
// answer is always yes, and a stale run file must be removed by hand.
func processAlive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	_ = p.Release()
	return true
}
