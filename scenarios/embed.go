// Package scenarios holds the scenario, design, decision, programme and targets files
// that come with the program: a file in this folder, or in sweeps, decisions,
// programmes or targets, is shipped by being there.
// Package sim/scenario reads them; the tests there read them all.
package scenarios

import (
	"cmp"
	"embed"
	"slices"
	"strings"
)

//go:embed *.toml sweeps/*.toml decisions/*.toml programmes/*.toml targets
var files embed.FS

// Group is a part of the list of scenarios.
type Group struct {
	Title string
	Names []string
}

// Groups are the parts of the list: the partner groups, the base first and then those of
// the study by informant (A to E); the consortia, a usual one first, then those of the book
// by country, then a contrast; what was made for teaching, and all others.
func Groups() []Group {
	groups := []Group{
		{Title: "Export partner groups: a usual one, and the nine of the study", Names: []string{
			"base",
			"boat-building-market", "boat-building-system", "marine-equipment",
			"excavators",
			"fitness-equipment-1", "fitness-equipment-2", "food-products",
			"paper-machinery",
			"environmental-technology"}},
		{Title: "Export consortia, meant to last: a usual one, the nine of the book, and a large one", Names: []string{
			"consortium",
			"mosaic", "vitargan", "travel-partners",
			"get-it",
			"muyu", "peruvian-bio", "acmc", "ande-natura",
			"phyto-uruguay",
			"mixed-consortium-italy"}},
		{Title: "Made for teaching", Names: []string{
			"short-system-project", "open-group", "naive-expectations",
			"no-control-group-experts", "distant-markets-with-assistant"}},
	}
	listed := 0
	var order []string
	for _, g := range groups {
		listed += len(g.Names)
		order = append(order, g.Names...)
	}
	last := &groups[len(groups)-1]
	last.Names = append(last.Names, names(".", order...)[listed:]...)
	return groups
}

// Names are the shipped scenarios in the order in which a list shows them.
func Names() (all []string) {
	for _, g := range Groups() {
		all = append(all, g.Names...)
	}
	return all
}

// Source is the text of a shipped scenario.
func Source(name string) (src []byte, ok bool) { return read("", name, Names()) }

// SweepNames are the shipped designs in the order in which a list shows them:
// from what people decide to what nobody knows, then all others.
func SweepNames() []string {
	return names("sweeps",
		"focus-by-years", "system-levers", "levers-and-luck",
		"system-screening", "system-uncertainties", "trust-or-time", "hours-and-trust",
	)
}

// SweepSource is the text of a shipped design.
func SweepSource(name string) (src []byte, ok bool) { return read("sweeps/", name, SweepNames()) }

// DecisionNames are the shipped decisions.
func DecisionNames() []string { return names("decisions") }

// DecisionSource is the text of a shipped decision.
func DecisionSource(name string) (src []byte, ok bool) {
	return read("decisions/", name, DecisionNames())
}

// ProgrammeNames are the shipped programmes.
func ProgrammeNames() []string { return names("programmes") }

// ProgrammeSource is the text of a shipped programme.
func ProgrammeSource(name string) (src []byte, ok bool) {
	return read("programmes/", name, ProgrammeNames())
}

// TargetsNames are the shipped targets.
func TargetsNames() []string { return names("targets") }

// TargetsSource is the text of shipped targets.
func TargetsSource(name string) (src []byte, ok bool) { return read("targets/", name, TargetsNames()) }

// TargetsData is a data file that shipped targets refer to.
func TargetsData(file string) (src []byte, ok bool) {
	src, err := files.ReadFile("targets/" + file)
	return src, err == nil && !strings.HasSuffix(file, ".toml")
}

// names are the files of a folder without their ending: those of the order in
// it, then the others by name.
func names(dir string, order ...string) (all []string) {
	entries, _ := files.ReadDir(dir) // the folder is in the program
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), ".toml"); ok {
			all = append(all, name)
		}
	}
	place := func(name string) uint { return uint(slices.Index(order, name)) } // of what is not in it, after all others
	slices.SortStableFunc(all, func(a, b string) int { return cmp.Compare(place(a), place(b)) })
	return all
}

func read(dir, name string, names []string) (src []byte, ok bool) {
	if !slices.Contains(names, name) {
		return nil, false
	}
	src, err := files.ReadFile(dir + name + ".toml")
	return src, err == nil
}
