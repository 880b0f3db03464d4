package scenario

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"epgsim/scenarios"
)

// Resolver finds what a scenario extends. From is the name of the file that
// says extends = ref. Name is what messages call the file found, and tells it
// from all others.
type Resolver func(from, ref string) (src []byte, name string, err error)

// mostLayers is how many files may extend one another.
const mostLayers = 8

// loader loads a file and all it extends.
type loader struct {
	resolve  Resolver
	problems Problems
	bad      map[string]bool // keys with a problem in some file
}

// load reads one file over what it extends. above are the names of the files
// that extend it, outermost first. whole is false if some file could not be
// read, so that what is known is not all.
func (l *loader) load(name string, src []byte, above []string) (said settings, d document, whole bool) {
	raw, at, wrong := decode(name, src)
	if wrong != nil {
		l.problems = append(l.problems, *wrong)
		return settings{}, d, false
	}
	d = read(name, mostLayers-len(above), raw, at)
	l.problems = append(l.problems, d.problems...)
	said, whole = settings{}, true
	if d.extends != "" {
		said, whole = l.below(name, d.extends, at.line(keyExtends), above)
	}
	if l.bad == nil {
		l.bad = map[string]bool{}
	}
	for k := range d.settings {
		delete(l.bad, k) // what is said well here does not need what was said badly below
	}
	for k := range d.bad {
		l.bad[k] = true
	}
	said.over(d.settings)
	return said, d, whole
}

// below loads what the file name extends by ref.
func (l *loader) below(name, ref string, line int, above []string) (settings, bool) {
	p := Problem{File: name, Line: line, Key: keyExtends, Given: given(ref)}
	chain := append(slices.Clone(above), name)
	src, parent, err := l.resolve(name, ref)
	switch {
	case err != nil:
		p.Allowed, p.Hint = reason(err)
	case slices.Contains(chain, parent):
		p.Allowed = "goes round in a circle: " + strings.Join(append(chain[slices.Index(chain, parent):], parent), " extends ")
	case len(chain) == mostLayers:
		p.Allowed = fmt.Sprintf("too deep: at most %d files may extend one another", mostLayers)
	default:
		said, _, whole := l.load(parent, src, chain)
		return said, whole
	}
	l.problems = append(l.problems, p)
	return settings{}, false
}

// reason is what a resolver's error says.
func reason(err error) (allowed, hint string) {
	var missing Problem
	if errors.As(err, &missing) {
		return missing.Allowed, missing.Hint
	}
	return plain(err.Error()), ""
}

// Error makes a single Problem an error, for resolvers.
func (p Problem) Error() string { return p.String() }

// ShippedOnly is the resolver that reads no files: for scenarios from people
// who have no business with this machine's files.
func ShippedOnly(_, ref string) ([]byte, string, error) {
	src, ok := scenarios.Source(ref)
	if !ok {
		return nil, "", Problem{File: ref, Allowed: "no shipped scenario of that name", Hint: shippedHint(ref, scenarios.Names())}
	}
	return src, shippedName(ref), nil
}

// Files is the resolver of the command line: shipped scenarios by name, and
// files by paths relative to the file that extends them.
func Files(from, ref string) ([]byte, string, error) {
	if !looksLikePath(ref) {
		return ShippedOnly(from, ref)
	}
	path := filepath.FromSlash(ref)
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(from), path)
	}
	src, err := readFile(path, scenarios.Names())
	return src, filepath.Clean(path), err
}

// shippedName is what messages call a shipped scenario. It cannot be the name
// of a file that somebody extends by its path.
func shippedName(name string) string { return name + " (shipped)" }

// shippedHint is the hint for a name that is not among those shipped.
func shippedHint(ref string, names []string) string {
	if hint := didYouMean(ref, names); hint != "" {
		return hint
	}
	return "there are " + strings.Join(names, ", ") + "; a file's name ends in .toml"
}

func looksLikePath(s string) bool {
	return strings.ContainsAny(s, `/\`) || strings.HasSuffix(s, ".toml")
}

// Load reads the scenario file of that name; if there is none and the name
// does not look like a path, the shipped scenario. Its errors are Problems.
func Load(nameOrPath string) (*Scenario, error) {
	if !isFile(nameOrPath) {
		return loadShipped(nameOrPath)
	}
	src, err := readFile(nameOrPath, scenarios.Names())
	if err != nil {
		return nil, asProblems(err)
	}
	return Parse(nameOrPath, src, Files)
}

// isFile says whether a name is that of a file rather than of what is shipped.
func isFile(nameOrPath string) bool {
	info, err := os.Stat(nameOrPath)
	return looksLikePath(nameOrPath) || err == nil && !info.IsDir()
}

// asProblems makes the one Problem that an error holds the Problems that
// callers expect.
func asProblems(err error) error {
	var p Problem
	errors.As(err, &p)
	return Problems{p}
}

func loadShipped(name string) (*Scenario, error) {
	src, file, err := ShippedOnly("", name)
	if err != nil {
		return nil, asProblems(err)
	}
	return Parse(file, src, ShippedOnly)
}

// shippedFor is the hint for a file that is not there but whose name is, or
// is nearly, among those shipped.
func shippedFor(path string, names []string) string {
	name := strings.TrimSuffix(filepath.Base(path), ".toml")
	if slices.Contains(names, name) {
		return "did you mean " + name + "?"
	}
	return didYouMean(name, names)
}

// readFile reads a file that may be anything, a device for example, no further
// than is needed to see that it is too large. Of the shipped names, one may
// have been meant. An error is always a Problem.
func readFile(path string, names []string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		p := Problem{File: path, Allowed: "cannot be read"}
		switch {
		case errors.Is(err, fs.ErrNotExist):
			p.Allowed = "no such file"
			p.Hint = shippedFor(path, names)
		case errors.Is(err, fs.ErrPermission):
			p.Allowed = "cannot be read: permission denied"
		}
		return nil, p
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, mostBytes+1))
	if err != nil {
		return nil, Problem{File: path, Allowed: "cannot be read", Hint: "is it a file?"}
	}
	return src, nil
}
