package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Imports run one way: cmd → plots → sim/analysis, and cmd → sim/{claims, decide,
// scenario, experiment, store} → sim. Each package of the module with those of
// the module that it may import; one that is not listed here may import none.
// Below cmd/internal all use tell and version, and nothing else of each other.
var mayImport = map[string][]string{
	"epgsim/cmd/epgsim": {"epgsim/cmd/internal/cluster", "epgsim/cmd/internal/report", "epgsim/cmd/internal/teach", "epgsim/cmd/internal/tell", "epgsim/cmd/internal/verify", "epgsim/cmd/internal/version",
		"epgsim/sim", "epgsim/sim/analysis", "epgsim/sim/calibrate", "epgsim/sim/claims", "epgsim/sim/decide", "epgsim/sim/experiment", "epgsim/sim/programme", "epgsim/sim/scenario", "epgsim/sim/store"},
	"epgsim/cmd/internal/cluster": {"epgsim/cmd/internal/tell", "epgsim/sim/store"},
	"epgsim/cmd/internal/version": {},
	"epgsim/cmd/lessonfile":       {"epgsim/sim/store"},
	"epgsim/cmd/internal/report": {"epgsim/cmd/internal/tell", "epgsim/plots",
		"epgsim/sim", "epgsim/sim/analysis", "epgsim/sim/calibrate", "epgsim/sim/claims", "epgsim/sim/decide", "epgsim/sim/experiment", "epgsim/sim/programme", "epgsim/sim/scenario", "epgsim/sim/store"},
	"epgsim/cmd/internal/teach": {"epgsim/cmd/internal/tell", "epgsim/cmd/internal/version", "epgsim/scenarios",
		"epgsim/sim", "epgsim/sim/analysis", "epgsim/sim/experiment", "epgsim/sim/programme", "epgsim/sim/scenario"},
	"epgsim/cmd/internal/tell":   {"epgsim/sim"},
	"epgsim/cmd/internal/verify": {"epgsim/cmd/internal/tell", "epgsim/sim/store"},
	"epgsim/plots":               {"epgsim/sim/analysis"},
	"epgsim/scenarios":           {},
	"epgsim/sim":                 {},
	"epgsim/sim/analysis":        {},
	"epgsim/sim/store":           {},
	"epgsim/sim/expression":      {},
	"epgsim/sim/scenario":        {"epgsim/sim", "epgsim/sim/expression", "epgsim/sim/sampling", "epgsim/scenarios"},
	"epgsim/sim/sampling":        {},
	"epgsim/sim/experiment":      {"epgsim/sim", "epgsim/sim/analysis", "epgsim/sim/sampling", "epgsim/sim/scenario"},
	"epgsim/sim/decide":          {"epgsim/sim", "epgsim/sim/analysis", "epgsim/sim/experiment", "epgsim/sim/expression", "epgsim/sim/sampling", "epgsim/sim/scenario"},
	"epgsim/sim/calibrate":       {"epgsim/sim", "epgsim/sim/analysis", "epgsim/sim/experiment", "epgsim/sim/sampling", "epgsim/sim/scenario"},
	"epgsim/sim/programme":       {"epgsim/sim", "epgsim/sim/analysis", "epgsim/sim/experiment", "epgsim/sim/sampling", "epgsim/sim/scenario"},
	"epgsim/sim/claims":          {"epgsim/sim", "epgsim/sim/analysis", "epgsim/sim/experiment", "epgsim/sim/scenario"},
}

// onlyCmd are packages that nothing below cmd may import, and onlyMain those
// that nothing but the program itself may: report and its like know no flags.
var onlyCmd = []string{"net/http", "github.com/spf13/cobra", "github.com/spf13/pflag", "github.com/schollz/progressbar/v3", "golang.org/x/term", "flag", "os/signal"}

var onlyMain = []string{"github.com/spf13/cobra", "github.com/spf13/pflag", "github.com/schollz/progressbar/v3", "golang.org/x/term", "flag", "os/signal"}

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
		for _, i := range imports {
			switch {
			case i == "epgsim/cmd/epgsim":
				t.Errorf("%s imports the program", path)
			case strings.HasPrefix(i, "epgsim/") && !slices.Contains(allowed, i):
				t.Errorf("%s imports %s; it may import %q", path, i, allowed)
			case !strings.HasPrefix(path, "epgsim/cmd/") && slices.Contains(onlyCmd, i):
				t.Errorf("%s imports %s; only cmd may", path, i)
			case path != "epgsim/cmd/epgsim" && slices.Contains(onlyMain, i):
				t.Errorf("%s imports %s; only the program itself may", path, i)
			case path == "epgsim/sim" && (strings.Contains(i, ".") || slices.Contains([]string{"os", "time", "log", "log/slog", "net", "io/ioutil", "math/rand", "sync"}, i)):
				t.Errorf("sim imports %s; it is standard library only, and knows no clock, file or network", i)
			}
		}
	}
	if seen < len(mayImport) {
		t.Errorf("found %d of the %d packages of the list; does it fit the module?", seen, len(mayImport))
	}
}
