//go:build ignore

// Write writes fields.go of the model anew: go generate ./sim.
package main

import (
	"fmt"
	"os"

	"epgsim/sim/internal/fields"
)

func main() {
	text, err := fields.Source(os.DirFS("."))
	if err == nil {
		err = os.WriteFile(fields.File, text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
