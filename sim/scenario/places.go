package scenario

import (
	"strconv"
	"strings"
)

// places says in which line each key of a TOML document stands, which the
// TOML library does not tell. A path is the parts of a key joined by dots,
// elements of lists counted from 0: sme[1].technology.
type places struct {
	first map[string]int // path → line where it first stands
	again map[int]string // line → path in it that stands in an earlier one too
}

// line returns the line of a path, or of what it is part of; 0 where there are
// no lines, as on the command line.
func (pl *places) line(path string) int {
	if pl == nil {
		return 0
	}
	for path != "" {
		if n, ok := pl.first[path]; ok {
			return n
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return 1
}

// join adds one part of a key to a path.
func join(path, part string) string {
	if !bare(part) {
		part = strconv.Quote(part)
	}
	if path == "" {
		return part
	}
	return path + "." + part
}

func element(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// bare says whether a part of a key may stand without quotation marks.
func bare(s string) bool {
	strange := func(r rune) bool {
		return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}
	return s != "" && !strings.ContainsFunc(s, strange)
}
