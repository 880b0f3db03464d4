package main

import (
	"path/filepath"
	"testing"
)

// BenchmarkCompare is compare with its defaults. hot.pgo, by which the compiler knows
// what is called often in the files of make dist, is the profile of it; make it anew when
// the model's week has changed much:
//
//	go test ./cmd/epgsim -run '^$' -bench Compare -benchtime 1x -cpuprofile cmd/epgsim/hot.pgo -o /dev/null
func BenchmarkCompare(b *testing.B) {
	for b.Loop() {
		root := anyApp().root()
		root.SetArgs([]string{"compare", "base", "--quiet", "--force", "--out", filepath.Join(b.TempDir(), "base")})
		if err := root.ExecuteContext(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
