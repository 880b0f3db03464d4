// Package scenarios holds the scenario files that come with the program.
// Package sim/scenario reads them; the tests there read them all.
package scenarios

import "embed"

//go:embed *.toml
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
func Source(name string) (src []byte, ok bool) {
	src, err := files.ReadFile(name + ".toml")
	return src, err == nil
}
