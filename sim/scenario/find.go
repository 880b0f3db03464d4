package scenario

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"epgsim/scenarios"
)

// resolver finds what a file refers to: what a scenario extends, or a design
// varies. From is the name of the file that refers to ref. Name is what
// messages call the file found, and tells it from all others.
type resolver func(from, ref string) (src []byte, name string, wrong *Problem)

// shippedOnly is the resolver that reads no files.
func shippedOnly(_, ref string) ([]byte, string, *Problem) { return shippedScenarios().take(ref) }

// fromFiles is the resolver of the command line: shipped scenarios by name, and
// files by paths relative to the file that refers to them.
func fromFiles(from, ref string) ([]byte, string, *Problem) {
	if !looksLikePath(ref) {
		return shippedOnly(from, ref)
	}
	path := filepath.FromSlash(ref)
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(from), path)
	}
	src, wrong := shippedScenarios().readFile(path)
	return src, filepath.Clean(path), wrong
}

// shelf is what is shipped of one kind.
type shelf struct {
	kind   string // for messages
	names  []string
	source func(name string) (src []byte, ok bool)
}

func shippedScenarios() shelf { return shelf{"scenario", scenarios.Names(), scenarios.Source} }

func shippedDesigns() shelf { return shelf{"design", scenarios.SweepNames(), scenarios.SweepSource} }

func shippedDecisions() shelf {
	return shelf{"decision", scenarios.DecisionNames(), scenarios.DecisionSource}
}

func shippedTargets() shelf {
	return shelf{"targets", scenarios.TargetsNames(), scenarios.TargetsSource}
}

func shippedProgrammes() shelf {
	return shelf{"programme", scenarios.ProgrammeNames(), scenarios.ProgrammeSource}
}

// take returns what is shipped under a name. What messages call it cannot be
// the name of a file that somebody refers to by its path.
func (s shelf) take(name string) (src []byte, file string, wrong *Problem) {
	src, ok := s.source(name)
	if ok {
		return src, name + " (shipped)", nil
	}
	hint := cmp.Or(didYouMean(name, s.names), "there are "+strings.Join(s.names, ", ")+"; a file's name ends in .toml")
	return nil, "", &Problem{File: name, Allowed: "no shipped " + s.kind + " of that name", Hint: hint}
}

// find reads the file of that name; if there is none and the name does not look
// like a path, what is shipped under it. resolve finds what the file refers to.
func (s shelf) find(nameOrPath string) (src []byte, file string, resolve resolver, wrong *Problem) {
	info, err := os.Stat(nameOrPath)
	if looksLikePath(nameOrPath) || err == nil && !info.IsDir() {
		src, wrong = s.readFile(nameOrPath)
		return src, nameOrPath, fromFiles, wrong
	}
	src, file, wrong = s.take(nameOrPath)
	return src, file, shippedOnly, wrong
}

// load reads the file of that name, or what is shipped under it.
func load[T any](s shelf, nameOrPath string, parse func(file string, src []byte, resolve resolver) (*T, error)) (*T, error) {
	src, file, resolve, wrong := s.find(nameOrPath)
	if wrong != nil {
		return nil, Problems{*wrong}
	}
	return parse(file, src, resolve)
}

// all reads everything that is shipped of a kind.
func all[T any](s shelf, parse func(file string, src []byte, resolve resolver) (*T, error)) (list []*T) {
	for _, name := range s.names {
		src, file, _ := s.take(name)
		if one, err := parse(file, src, shippedOnly); err == nil { // always: a test loads them all
			list = append(list, one)
		}
	}
	return list
}

// readFile reads a file that may be anything, a device for example, no further
// than is needed to see that it is too large.
func (s shelf) readFile(path string) ([]byte, *Problem) {
	f, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &Problem{File: path, Allowed: "no such file", Hint: s.meant(path)}
	case errors.Is(err, fs.ErrPermission):
		return nil, &Problem{File: path, Allowed: "cannot be read: permission denied"}
	case err != nil:
		return nil, &Problem{File: path, Allowed: "cannot be read"}
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, mostBytes+1))
	if err != nil {
		return nil, &Problem{File: path, Allowed: "cannot be read", Hint: "is it a file?"}
	}
	return src, nil
}

// meant is the hint for a file that is not there but whose name is, or is
// nearly, among those shipped.
func (s shelf) meant(path string) string {
	name := strings.TrimSuffix(filepath.Base(path), ".toml")
	if slices.Contains(s.names, name) {
		return "did you mean " + name + "?"
	}
	return didYouMean(name, s.names)
}

func looksLikePath(s string) bool {
	return strings.ContainsAny(s, `/\`) || strings.HasSuffix(s, ".toml")
}
