package scenario

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// mostSyntax is how many lines that are no TOML are told of at once.
const mostSyntax = 10

// decode reads a TOML document into maps, with the line of every key. Where lines
// are no TOML, and what is around them can be read without, there is a document in
// which unread stands for their values; else the document is nil.
func decode(file string, src []byte) (doc map[string]any, pl *places, wrong Problems) {
	for len(wrong) < mostSyntax {
		doc, pl, p := decodeOnce(src)
		if p == nil {
			return doc, pl, wrong
		}
		p.File = file
		wrong = append(wrong, *p)
		rest, ok := without(src, *p)
		if !ok { // what is wrong here may be no more than the other half of what was first
			return nil, nil, wrong[:1]
		}
		src = rest
	}
	return nil, nil, wrong
}

// unread is the value of a key whose true value is no TOML, in a document with
// problems: else it is what somebody wrote.
const unread = "\ano TOML"

// assignment is a line that gives a key a value, or seems to.
var assignment = regexp.MustCompile(`^(\s*(?:[\w-]+|"[^"]*")(?:\s*\.\s*(?:[\w-]+|"[^"]*"))*\s*=)([^\r]*)(\r?)$`)

// without is a document without the line of a problem, or with unread for a value
// that is no TOML. Other lines stay where they are.
func without(src []byte, p Problem) (rest []byte, ok bool) {
	lines := bytes.Split(src, []byte("\n"))
	if p.Line < 1 || p.Line > len(lines) {
		return nil, false
	}
	parts := assignment.FindSubmatch(lines[p.Line-1])
	switch {
	case parts == nil:
		return nil, false
	case p.Key != "": // said once more, which is left out
		lines[p.Line-1] = []byte("#")
	case !strings.HasPrefix(p.Allowed, notTOML) || bytes.Contains(parts[2], []byte(quote(unread))):
		return nil, false
	default:
		lines[p.Line-1] = slices.Concat(parts[1], []byte(quote(unread)), parts[3])
	}
	return bytes.Join(lines, []byte("\n")), true
}

// notTOML begins what is said of such a line.
const notTOML = "not valid TOML: "

// decodeOnce is decode up to the first problem.
func decodeOnce(src []byte) (doc map[string]any, pl *places, wrong *Problem) {
	if len(src) > mostBytes {
		return nil, nil, &Problem{Allowed: fmt.Sprintf("the file is larger than %d kB, the most that is read", mostBytes>>10)}
	}
	pl, safe, wrong := locate(src)
	if wrong != nil && safe == nil {
		return nil, nil, wrong
	}
	doc, err := unmarshal(string(safe))
	var syntax toml.ParseError
	switch {
	case errors.As(err, &syntax):
		wrong = explain(syntax, pl)
	case err != nil:
		wrong = &Problem{Allowed: notTOML + plain(err.Error())}
	}
	if wrong != nil {
		return nil, nil, wrong
	}
	return doc, pl, nil
}

// unmarshal is toml.Decode that gives an error where the library panics. We
// know of no input that makes it panic, but scenarios may come from anybody
// over the teaching page, and one of them must not stop the others.
func unmarshal(src string) (doc map[string]any, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, fmt.Errorf("the TOML library gave up: %v", r)
		}
	}()
	_, err = toml.Decode(src, &doc)
	if doc == nil {
		doc = map[string]any{}
	}
	return doc, err
}

// explain puts a syntax error in words for somebody who does not know TOML.
func explain(e toml.ParseError, pl *places) *Problem {
	line := max(1, e.Position.Line)
	if strings.Contains(e.Message, "already been defined") || strings.Contains(e.Message, "was already created") {
		if key, ok := pl.again[line]; ok {
			return &Problem{Line: line, Key: shown(key), Allowed: "given twice", Hint: fmt.Sprintf("it is in line %d already", pl.first[key])}
		}
	}
	p := &Problem{Line: line, Allowed: notTOML + plain(e.Message)}
	for _, r := range remedies() {
		if strings.Contains(strings.ToLower(e.Message), r.message) {
			p.Hint = r.hint
			break
		}
	}
	return p
}

// remedies are what to do about the TOML library's messages, in small letters; the first
// whose words are in the message counts.
func remedies() []struct{ message, hint string } {
	return []struct{ message, hint string }{
		{"but got ',' instead", "decimals are written with a point: 0.5"},
		{"but got '%' instead", "write 50 % as 0.5"},
		{"end with a newline", "a line holds one key = value, or one [table]"},
		{"expected '.' or '='", "a line reads key = value, or [table]"},
		{"expected '.' or ']'", "names of tables are letters, digits, - and _"},
		{`expected value but found "true"`, "write true; text goes in double quotes"},
		{`expected value but found "yes"`, "write true; text goes in double quotes"},
		{`expected value but found "false"`, "write false; text goes in double quotes"},
		{`expected value but found "no"`, "write false; text goes in double quotes"},
		{"expected value but found", "text goes in double quotes"},
		{"strings cannot contain newlines", "the closing quotation mark is missing"},
		{`expected '"'`, "the closing quotation mark is missing"},
		{"floats must start with a digit", "write .5 as 0.5"},
		{"cannot have leading zeroes", "write 05 as 5"},
		{"array terminator", "a list reads [1, 2, 3]"},
		{"out of range", "no number of a scenario is that large"},
		{"utf-8", "save the file as UTF-8 text"},
		{"null bytes", "save the file as UTF-8 text"},
		{"control characters", "the line holds a character that is no text"},
		{"unexpected eof", "the file ends in the middle of a line"},
	}
}
