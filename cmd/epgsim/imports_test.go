package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Imports run one way: cmd → plots → sim/analysis, and cmd → sim/{claims,
// scenario, experiment, store} → sim. Each package of the module with those of
// the module that it may import; one that is not listed here may import none.
var mayImport = map[string][]string{
	"epgsim/cmd/epgsim":     nil, // any
	"epgsim/plots":          {"epgsim/sim/analysis"},
	"epgsim/scenarios":      {},
	"epgsim/sim":            {},
	"epgsim/sim/analysis":   {},
	"epgsim/sim/store":      {},
	"epgsim/sim/scenario":   {"epgsim/sim", "epgsim/scenarios"},
	"epgsim/sim/sampling":   {},
	"epgsim/sim/experiment": {"epgsim/sim", "epgsim/sim/analysis", "epgsim/sim/sampling", "epgsim/sim/scenario"},
	"epgsim/sim/claims":     {"epgsim/sim", "epgsim/sim/analysis", "epgsim/sim/experiment", "epgsim/sim/scenario"},
}

// onlyCmd are packages that nothing below cmd may import.
var onlyCmd = []string{"net/http", "github.com/spf13/cobra", "github.com/spf13/pflag", "github.com/schollz/progressbar/v3", "golang.org/x/term", "flag", "os/signal"}

func TestImportsRunOneWay(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "epgsim/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		words := strings.Fields(line)
		path, imports := words[0], words[1:]
		allowed, known := mayImport[path]
		if known {
			seen++
		}
		cmd := strings.HasPrefix(path, "epgsim/cmd/")
		for _, i := range imports {
			if strings.HasPrefix(i, "epgsim/") && !cmd && !slices.Contains(allowed, i) {
				t.Errorf("%s imports %s; it may import %q", path, i, allowed)
			}
			if strings.HasPrefix(i, "epgsim/cmd/") && !(cmd && strings.HasPrefix(i, "epgsim/cmd/internal/")) {
				t.Errorf("%s imports a program, %s", path, i)
			}
			if !cmd && slices.Contains(onlyCmd, i) {
				t.Errorf("%s imports %s; only cmd may", path, i)
			}
			if path == "epgsim/sim" && (strings.Contains(i, ".") || slices.Contains([]string{"os", "time", "log", "log/slog", "net", "io/ioutil", "math/rand", "sync"}, i)) {
				t.Errorf("sim imports %s; it is standard library only, and knows no clock, file or network", i)
			}
		}
	}
	if seen < len(mayImport)-1 { // claims may not be there yet
		t.Errorf("found %d of the %d packages of the list; does it fit the module?", seen, len(mayImport))
	}
}
