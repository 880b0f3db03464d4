package main

import (
	"os"
	"testing"
)

// asked says whether the long forms of the tests were asked for, with
// EPGSIM_LONG. The short forms look at fewer cases of the same.
var asked = os.Getenv("EPGSIM_LONG") != ""

// onlyLong leaves a test to the long forms.
func onlyLong(t *testing.T) {
	t.Helper()
	if !asked {
		t.Skip("takes long; EPGSIM_LONG=1 asks for it")
	}
}

// some are the first n of many cases, or all in the long form.
func some[T any](n int, all []T) []T {
	if asked {
		return all
	}
	return all[:min(n, len(all))]
}
