package report

import (
	"fmt"
	"io/fs"
	"strings"
	"time"

	"epgsim/sim"
	"epgsim/sim/store"
)

// Program is the program that makes results, as their files name it.
type Program struct {
	Version string
	Model   string   // hash of the model's source: ModelHash
	Args    []string // as typed, without the program's name
	Now     func() time.Time
}

// receipt is what every file that can carry it says of its origin.
func (p *Program) receipt(scenario, hash string, seed uint64) [][2]string {
	return [][2]string{{"epgsim_version", p.Version}, {"scenario", scenario}, {"scenario_hash", hash},
		{"model_hash", p.Model}, {"seed", fmt.Sprint(seed)}}
}

// ModelHash identifies the model's source, without its tests.
func ModelHash() (string, error) { return store.ModelHash(withoutTests{sim.Source}) }

// withoutTests hides the test files of a folder.
type withoutTests struct{ fs.ReadDirFS }

func (w withoutTests) ReadDir(name string) ([]fs.DirEntry, error) {
	all, err := w.ReadDirFS.ReadDir(name)
	var kept []fs.DirEntry
	for _, e := range all {
		if !strings.HasSuffix(e.Name(), "_test.go") {
			kept = append(kept, e)
		}
	}
	return kept, err
}
