package report

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"epgsim/cmd/internal/tell"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// WorldsFile are the worlds that something was drawn from, beside it, in whatever
// format they came.
const WorldsFile = "worlds.csv"

// Plausible stands in place of a file of worlds for the plausible ranges.
const Plausible = "plausible"

// factWorlds tells data sets of different worlds apart. Those without worlds of a
// file do not have it.
const factWorlds = "worlds_hash"

// ReadWorlds reads a file of worlds, CSV or Parquet, or the one in a directory that a
// calibration has left. What is wrong with it is of type scenario.Problems.
func ReadWorlds(path string) (*scenario.Worlds, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		for _, name := range []string{"worlds.parquet", WorldsFile} {
			if file := filepath.Join(path, name); IsFile(file) {
				path = file
				break
			}
		}
	}
	n, err := store.ReadNumbers(path)
	var wrong *store.NumbersError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, scenario.Problems{{File: path, Allowed: "there is no such file of worlds", Hint: "name a CSV or Parquet file with a column for each parameter, or write " + Plausible}}
	case errors.As(err, &wrong):
		return nil, scenario.Problems{{File: path, Allowed: wrong.Problem}}
	case err != nil:
		return nil, err
	}
	w, err := scenario.NewWorlds(path, n.Names, n.Values, n.Line)
	if err == nil {
		w.Model = n.Model
	}
	return w, err
}

// IsFile says whether a regular file is at a path.
func IsFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// withWorlds adds to the head of a data set what it is drawn from.
func withWorlds(head *store.Head, files []store.Source, from *scenario.Drawing) []store.Source {
	if from == nil {
		return files
	}
	head.Facts = append(head.Facts, store.Fact{Name: factWorlds, Value: WorldsHash(from)})
	if head.Fact(FactUnknowns) == "" {
		head.Facts = append(head.Facts, store.Fact{Name: FactUnknowns, Value: strings.Join(from.Names(), ",")})
	}
	if from.Worlds == nil {
		return files
	}
	return append(files, store.Source{Path: WorldsFile, Data: from.Worlds.CSV()})
}

// WorldsHash tells apart what worlds are drawn from.
func WorldsHash(from *scenario.Drawing) string {
	if from.Worlds == nil {
		return Plausible
	}
	return from.Worlds.Hash()
}

// worldsOf reads the worlds that a data set was drawn from; nil where it has none.
func worldsOf(path string, head *store.Head) (*scenario.Worlds, error) {
	if hash := head.Fact(factWorlds); hash == "" || hash == Plausible {
		return nil, nil
	}
	return ReadWorlds(filepath.Join(path, WorldsFile))
}

// worldsMethod says how worlds were drawn of a file; nothing where there is none.
func worldsMethod(l tell.Language, d *scenario.Drawing, worlds int, seed uint64) []string {
	if d == nil || d.Worlds == nil {
		return nil
	}
	different, _ := d.Worlds.Different(worlds, seed)
	text := []string{l.Say("Worlds were drawn from a sample of %d weighted worlds (worth %.0f of equal weight) by systematic resampling: %d different ones. What the sample ties together stays together; what it does not have, %d of %d unknowns, was drawn from the plausible ranges. A world that was drawn more than once has luck of its own each time, but is no further world: intervals are too narrow where many were.",
		len(d.Worlds.Rows), d.Worlds.Effective(), different, len(d.Ranges), len(d.Unknowns))}
	if d.Worlds.Few() {
		text = append(text, l.Say("The calibration that found them kept few: ranges and shares over them may be a third too narrow or too wide."))
	}
	return text
}
