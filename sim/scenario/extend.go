package scenario

import (
	"fmt"
	"slices"
	"strings"
)

// mostLayers is how many files may extend one another.
const mostLayers = 8

// loader loads a file and all it extends.
type loader struct {
	resolve  resolver
	problems Problems
	bad      map[string]bool // keys with a problem in some file
}

// load reads one file over what it extends. above are the names of the files
// that extend it, outermost first. whole is false if some file could not be
// read, so that what is known is not all.
func (l *loader) load(name string, src []byte, above []string) (said settings, d document, whole bool) {
	raw, at, wrong := decode(name, src)
	l.problems = append(l.problems, wrong...)
	if raw == nil {
		return settings{}, d, false
	}
	d = read(name, mostLayers-len(above), raw, at, len(wrong) > 0)
	l.problems = append(l.problems, d.problems...)
	said, whole = settings{}, !d.bad[keyExtends]
	if d.extends != "" {
		said, whole = l.below(name, d.extends, at.line(keyExtends), above)
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
	src, parent, wrong := l.resolve(name, ref)
	switch {
	case wrong != nil:
		p.Allowed, p.Hint = wrong.Allowed, wrong.Hint
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
