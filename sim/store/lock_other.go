//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package store

import "os"

// tryFlock: the standard library offers no file locks here.
func tryFlock(*os.File, bool) (bool, error) { return false, nil }

// processAlive cannot be known here: a stale run file must be removed by hand.
func processAlive(int) bool { return true }
