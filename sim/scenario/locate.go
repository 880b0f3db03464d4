package scenario

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits on what is worth reading. A scenario's own keys are far below them.
// Without them a file of a few kilobytes could make the TOML library build
// gigabytes of nested names.
const (
	mostBytes    = 64 << 10
	mostDepth    = 8  // parts of a key, the tables around it included
	mostNesting  = 8  // lists and inline tables within each other
	mostKeyBytes = 64 // of one part of a key
)

// place is a key at a line, in the order of the file.
type place struct {
	path string
	line int
}

// places says in which line each key of a TOML document stands, which the
// TOML library does not tell. It is a scanner of its own, not a parser: of a
// document that the library accepts it finds every key, and of others it
// reads as far as it understands them. A path is the parts of a key joined by
// dots, elements of lists counted from 0: sme[1].technology.
type places struct {
	first map[string]int // path → line where it first stands
	all   []place        // keys and table headers as written, in order
}

// line returns the line of a path, or of what it is part of.
func (pl *places) line(path string) int {
	for path != "" {
		if n, ok := pl.first[path]; ok {
			return n
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return 1
}

// within are the places within a table, their paths as if it were the document.
func (pl *places) within(table string) *places {
	in := &places{first: map[string]int{}}
	for path, line := range pl.first { // the order does not matter: paths are distinct
		if rest, ok := strings.CutPrefix(path, table+"."); ok {
			in.first[rest] = line
		}
	}
	return in
}

// repeated returns the key of a line that was already given before it, and the
// line where.
func (pl *places) repeated(line int) (path string, before int) {
	for _, p := range pl.all {
		if p.line == line && pl.first[p.path] < line {
			return p.path, pl.first[p.path]
		}
	}
	return "", 0
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

func bare(s string) bool {
	for i := range len(s) {
		if !bareByte(s[i]) {
			return false
		}
	}
	return s != ""
}

func bareByte(c byte) bool {
	return c == '-' || c == '_' || '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}

// scanner reads a document once, from the start to its end or to the first
// thing it does not understand.
type scanner struct {
	src    []byte
	at     int
	line   int
	table  string         // path of the table that plain keys belong to
	parts  int            // parts of that path
	count  map[string]int // elements so far of each list of tables
	found  places
	beyond string // the limit that was hit, "" if none
}

// locate scans a document. beyond says which limit it breaks, in words, with
// the line; it is "" for documents that may be handed to the TOML library.
func locate(src []byte) (pl *places, beyond string, line int) {
	s := &scanner{src: src, line: 1, count: map[string]int{}, found: places{first: map[string]int{}}}
	_ = s.take("\xef\xbb\xbf") || s.take("\xfe\xff") || s.take("\xff\xfe") // a byte order mark, of which the library skips these
	for s.blank(true); s.at < len(s.src); s.blank(true) {
		ok := false
		if s.src[s.at] == '[' {
			ok = s.header()
		} else {
			ok = s.pair(s.table, s.parts, 0)
		}
		if !ok || !s.lineEnds() {
			break
		}
	}
	return &s.found, s.beyond, s.line
}

// limit notes that a limit is broken and stops the scan.
func (s *scanner) limit(words string) bool {
	if s.beyond == "" {
		s.beyond = words
	}
	return false
}

func (s *scanner) peek(word string) bool { return bytes.HasPrefix(s.src[s.at:], []byte(word)) }

// take steps over word if it comes next.
func (s *scanner) take(word string) bool {
	if !s.peek(word) {
		return false
	}
	s.at += len(word)
	return true
}

// blank steps over blanks, and with lines also over line ends and comments.
func (s *scanner) blank(lines bool) {
	for s.at < len(s.src) {
		switch c := s.src[s.at]; {
		case c == ' ' || c == '\t':
			s.at++
		case !lines:
			return
		case c == '\n':
			s.line++
			s.at++
		case c == '\r':
			s.at++
		case c == '#':
			s.comment()
		default:
			return
		}
	}
}

func (s *scanner) comment() {
	for s.at < len(s.src) && s.src[s.at] != '\n' {
		s.at++
	}
}

// lineEnds says whether nothing but a comment follows in the line.
func (s *scanner) lineEnds() bool {
	s.blank(false)
	if s.at < len(s.src) && s.src[s.at] == '#' {
		s.comment()
	}
	s.take("\r")
	return s.at == len(s.src) || s.src[s.at] == '\n'
}

func (s *scanner) note(path string, line int) {
	if _, ok := s.found.first[path]; !ok {
		s.found.first[path] = line
	}
}

// header reads [a.b] or [[a.b]].
func (s *scanner) header() bool {
	line := s.line
	list := s.take("[[")
	if !list {
		s.at++
	}
	parts, ok := s.key()
	if !ok || (list && !s.take("]]")) || (!list && !s.take("]")) {
		return false
	}
	if len(parts) > mostDepth {
		return s.limit("tables nested too deeply")
	}
	path := ""
	for i, part := range parts {
		path = join(path, part)
		switch {
		case i == len(parts)-1 && list:
			s.note(path, line)
			s.count[path]++
			path = element(path, s.count[path]-1)
		case s.count[path] > 0 && i < len(parts)-1:
			path = element(path, s.count[path]-1) // a table within the newest element
		}
		s.note(path, line)
	}
	s.found.all = append(s.found.all, place{path, line})
	s.table, s.parts = path, len(parts)
	return true
}

// pair reads key = value.
func (s *scanner) pair(table string, above, nesting int) bool {
	line := s.line
	parts, ok := s.key()
	if !ok {
		return false
	}
	if above+len(parts) > mostDepth {
		return s.limit("keys nested too deeply")
	}
	path := table
	for _, part := range parts {
		path = join(path, part)
		s.note(path, line)
	}
	s.found.all = append(s.found.all, place{path, line})
	s.blank(false)
	if !s.take("=") {
		return false
	}
	s.blank(false)
	return s.value(path, above+len(parts), nesting)
}

// key reads the parts of a key, with the blanks around it.
func (s *scanner) key() (parts []string, ok bool) {
	for {
		s.blank(false)
		part, ok := s.part()
		if !ok {
			return nil, false
		}
		if len(part) > mostKeyBytes {
			return nil, s.limit("a key of more than " + strconv.Itoa(mostKeyBytes) + " bytes")
		}
		if parts = append(parts, part); len(parts) > mostDepth {
			return nil, s.limit("keys nested too deeply")
		}
		s.blank(false)
		if !s.take(".") {
			return parts, true
		}
	}
}

func (s *scanner) part() (string, bool) {
	if s.at == len(s.src) {
		return "", false
	}
	start := s.at
	switch s.src[s.at] {
	case '"', '\'':
		if !s.text(s.src[s.at]) {
			return "", false
		}
		inner := string(s.src[start+1 : s.at-1])
		if s.src[start] == '\'' || !strings.Contains(inner, `\`) {
			return inner, true
		}
		return unescape(inner), true
	}
	for s.at < len(s.src) && bareByte(s.src[s.at]) {
		s.at++
	}
	return string(s.src[start:s.at]), s.at > start
}

// text steps over a string of one line.
func (s *scanner) text(quote byte) bool {
	for s.at++; s.at < len(s.src); s.at++ {
		switch c := s.src[s.at]; {
		case c == '\n':
			return false
		case c == '\\' && quote == '"':
			s.at++ // whatever is escaped does not end the string
			if s.at < len(s.src) && s.src[s.at] == '\n' {
				return false
			}
		case c == quote:
			s.at++
			return true
		}
	}
	return false
}

// unescape decodes a basic string's escapes. What is not valid is kept: the
// TOML library will refuse it.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		if at := strings.IndexByte(`btnfre"\`, s[i]); at >= 0 {
			b.WriteByte("\b\t\n\f\r\x1b\"\\"[at])
			continue
		}
		digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[s[i]]
		r, err := strconv.ParseUint(s[min(len(s), i+1):min(len(s), i+1+digits)], 16, 32)
		if err != nil || !utf8.ValidRune(rune(r)) {
			b.WriteString(s[i-1 : i+1])
			continue
		}
		b.WriteRune(rune(r))
		i += digits
	}
	return b.String()
}
