// Package scenarios holds the scenario and design files that come with the
// program. Package sim/scenario reads them; the tests there read them all.
package scenarios

import (
	"embed"
	"slices"
)

//go:embed *.toml sweeps/*.toml
var files embed.FS

// Names are the shipped scenarios in the order in which a list shows them:
// the base, the nine groups of the study by informant (A to E), and those
// made for teaching.
func Names() []string {
	return []string{
		"base",
		"boat-building-market", "boat-building-system", "marine-equipment",
		"excavators",
		"fitness-equipment-1", "fitness-equipment-2", "food-products",
		"paper-machinery",
		"environmental-technology",
		"short-system-project", "open-group", "naive-expectations",
		"no-control-group-experts", "distant-markets-with-assistant",
	}
}

// Source is the text of a shipped scenario.
func Source(name string) (src []byte, ok bool) { return read("", name, Names()) }

// SweepNames are the shipped designs in the order in which a list shows them:
// from what people decide to what nobody knows.
func SweepNames() []string {
	return []string{
		"focus-by-years", "system-levers", "levers-and-luck",
		"system-screening", "system-uncertainties", "trust-or-time", "hours-and-trust",
	}
}

// SweepSource is the text of a shipped design.
func SweepSource(name string) (src []byte, ok bool) { return read("sweeps/", name, SweepNames()) }

func read(dir, name string, names []string) (src []byte, ok bool) {
	if !slices.Contains(names, name) {
		return nil, false
	}
	src, err := files.ReadFile(dir + name + ".toml")
	return src, err == nil
}
