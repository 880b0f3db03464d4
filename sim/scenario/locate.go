package scenario

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// Limits on what is worth reading. A scenario's own keys are far below them.
// Without them a file of a few kilobytes could make the TOML library build
// gigabytes of nested names.
const (
	mostBytes    = 64 << 10
	mostDepth    = 8  // parts of a key, the tables around it included
	mostNesting  = 8  // lists and inline tables within each other
	mostKeyBytes = 64 // of one part of a key

	// An expression that is no TOML has a depth that is not known. mostWork bounds
	// what the TOML library is asked to say about it: the number of its dots and
	// braces by that of its bytes, of which moreBytes are beyond the mistake.
	mostWork  = 10_000_000
	moreBytes = 4 << 10
)

// locator finds the line of every key. It walks over the expressions that a
// parser finds in a document, from the start to the end or to the first thing
// that the parser does not understand.
type locator struct {
	parser unstable.Parser
	src    []byte
	at     int // up to where src has been walked over
	lines  int // line ends before at
	found  *places

	table  string         // path of the table that plain keys belong to
	depth  int            // parts of that path
	count  map[string]int // elements so far of each list of tables
	values map[string]int // path → line of what was given a value
	wrong  *Problem       // the first limit that was hit, or value that is a table too
}

// locate finds the lines of a document's keys. Where something is wrong, it
// gives the part of the document whose mistake the TOML library may be asked to
// name instead; nil if nobody may.
func locate(src []byte) (pl *places, safe []byte, wrong *Problem) {
	text := src
	for _, mark := range [...]string{"\xef\xbb\xbf", "\xfe\xff", "\xff\xfe"} { // byte order marks that the TOML library skips
		if rest, ok := bytes.CutPrefix(src, []byte(mark)); ok {
			text = rest
			break
		}
	}
	l := &locator{src: text, found: &places{first: map[string]int{}, again: map[int]string{}}, count: map[string]int{}, values: map[string]int{}}
	l.parser.Reset(text)
	for l.wrong == nil && l.parser.NextExpression() {
		if e := l.parser.Expression(); e.Kind == unstable.KeyValue {
			l.pair(e, l.table, l.depth, 0)
		} else {
			l.header(e)
		}
	}
	var refused *unstable.ParserError
	switch {
	case l.wrong != nil:
		return l.found, nil, l.wrong
	case !errors.As(l.parser.Error(), &refused):
		return l.found, src, nil
	}
	begin, end := l.at, int(l.parser.Range(refused.Highlight).Offset)
	l.walk(end)
	if strings.Contains(refused.Message, "nested more than") { // the parser has a limit of its own
		l.limit("lists nested too deeply")
		return l.found, nil, l.wrong
	}
	wrong = &Problem{Line: l.line(), Allowed: notTOML + plain(refused.Message)}
	end = min(end+moreBytes, len(text))
	if e := text[begin:end]; (bytes.Count(e, []byte("."))+bytes.Count(e, []byte("{")))*len(e) > mostWork {
		return l.found, nil, wrong
	}
	return l.found, src[:len(src)-len(text)+end], wrong
}

// line is the line that has been walked to.
func (l *locator) line() int { return l.lines + 1 }

func (l *locator) walk(to int) {
	l.lines += bytes.Count(l.src[l.at:max(l.at, to)], []byte("\n"))
	l.at = max(l.at, to)
}

// filling is what may stand between a key and its value, and between the
// elements of a list.
var filling = regexp.MustCompile(`^(?:[\s=,]|#.*)*`)

func (l *locator) skip() { l.walk(l.at + len(filling.Find(l.src[l.at:]))) }

// limit notes that a limit is broken where the walk is.
func (l *locator) limit(words string) {
	if l.wrong == nil {
		l.wrong = &Problem{Line: l.line(), Allowed: "cannot be read: " + words}
	}
}

func (l *locator) note(path string) {
	if _, ok := l.found.first[path]; !ok {
		l.found.first[path] = l.line()
	}
}

// whole notes a key or header that is complete, in case it stood before.
func (l *locator) whole(path string) {
	if _, more := l.found.again[l.line()]; !more && l.found.first[path] < l.line() {
		l.found.again[l.line()] = path
	}
}

// plainTable refuses to go on in what was given a value before: the TOML library
// would let a table take the place of an empty list.
func (l *locator) plainTable(path string) {
	if line, ok := l.values[path]; ok && l.wrong == nil {
		l.wrong = &Problem{Line: l.line(), Key: shown(path), Allowed: fmt.Sprintf("cannot be a table: line %d gives it a value", line), Hint: "keep one of the two"}
	}
}

// key walks over the key of an expression within a table so deep.
func (l *locator) key(e *unstable.Node, depth int) (parts []string) {
	for it := e.Key(); it.Next(); {
		k := it.Node()
		l.walk(int(k.Raw.Offset + k.Raw.Length)) // keys have no line ends
		parts = append(parts, string(k.Data))
		if len(k.Data) > mostKeyBytes {
			l.limit(fmt.Sprintf("a key of more than %d bytes", mostKeyBytes))
		}
	}
	if depth+len(parts) > mostDepth {
		l.limit("keys nested too deeply")
	}
	return parts
}

// header takes [a.b] or [[a.b]].
func (l *locator) header(e *unstable.Node) {
	parts, path := l.key(e, 0), ""
	if l.wrong != nil {
		return
	}
	for i, part := range parts {
		path = join(path, part)
		l.plainTable(path)
		switch last := i == len(parts)-1; {
		case last && e.Kind == unstable.ArrayTable:
			l.note(path)
			l.count[path]++
			path = element(path, l.count[path]-1)
		case !last && l.count[path] > 0:
			path = element(path, l.count[path]-1) // a table within the newest element
		}
		l.note(path)
	}
	l.whole(path)
	l.table, l.depth = path, len(parts)
}

// pair takes key = value within a table so deep.
func (l *locator) pair(e *unstable.Node, path string, depth, nesting int) {
	parts := l.key(e, depth)
	if l.wrong != nil {
		return
	}
	for i, part := range parts {
		path = join(path, part)
		l.note(path)
		if i < len(parts)-1 {
			l.plainTable(path)
		}
	}
	l.whole(path)
	if _, twice := l.values[path]; !twice {
		l.values[path] = l.line()
	}
	l.skip()
	l.value(e.Value(), path, depth+len(parts), nesting)
}

// value walks over a value, noting the keys and elements within it. The parser
// does not say where a list begins, so the walk has to be there already.
func (l *locator) value(v *unstable.Node, path string, depth, nesting int) {
	if nesting > mostNesting {
		l.limit("lists nested too deeply")
	}
	if l.wrong != nil {
		return
	}
	if v.Kind != unstable.Array && v.Kind != unstable.InlineTable {
		l.walk(int(v.Raw.Offset + v.Raw.Length))
		return
	}
	l.at++ // the bracket
	for i, it := 0, v.Children(); it.Next(); i++ {
		l.skip()
		if v.Kind == unstable.InlineTable {
			l.pair(it.Node(), path, depth, nesting+1)
			continue
		}
		p := element(path, i)
		l.note(p)
		l.value(it.Node(), p, depth, nesting+1)
	}
	l.skip()
	l.at++
}
