package scenario

import (
	"errors"
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"
)

// decode reads a TOML document into maps, with the line of every key. A
// document that is not TOML, or beyond the limits, gives one problem.
func decode(file string, src []byte) (doc map[string]any, pl *places, wrong *Problem) {
	if len(src) > mostBytes {
		return nil, nil, &Problem{File: file, Allowed: fmt.Sprintf("the file is larger than %d kB, the most that is read", mostBytes>>10)}
	}
	pl, safe, wrong := locate(src)
	if wrong != nil && safe == nil {
		wrong.File = file
		return nil, nil, wrong
	}
	doc, err := unmarshal(string(safe))
	var syntax toml.ParseError
	switch {
	case errors.As(err, &syntax):
		wrong = explain(syntax, pl)
	case err != nil:
		wrong = &Problem{Allowed: "not valid TOML: " + plain(err.Error())}
	}
	if wrong != nil {
		wrong.File = file
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
	p := &Problem{Line: line, Allowed: "not valid TOML: " + plain(e.Message)}
	for _, r := range remedies() {
		if strings.Contains(e.Message, r.message) {
			p.Hint = r.hint
			break
		}
	}
	return p
}

// remedies are what to do about the TOML library's messages; the first whose
// words are in the message counts.
func remedies() []struct{ message, hint string } {
	return []struct{ message, hint string }{
		{"but got ',' instead", "decimals are written with a point: 0.5"},
		{"but got '%' instead", "write 50 % as 0.5"},
		{"end with a newline", "a line holds one key = value, or one [table]"},
		{"expected '.' or '='", "a line reads key = value, or [table]"},
		{"expected '.' or ']'", "names of tables are letters, digits, - and _"},
		{"expected value but found", "text goes in double quotes"},
		{"strings cannot contain newlines", "the closing quotation mark is missing"},
		{`expected '"'`, "the closing quotation mark is missing"},
		{"floats must start with a digit", "write .5 as 0.5"},
		{"cannot have leading zeroes", "write 05 as 5"},
		{"array terminator", "a list reads [1, 2, 3]"},
		{"out of range", "no number of a scenario is that large"},
		{"UTF-8", "save the file as UTF-8 text"},
		{"NULL bytes", "save the file as UTF-8 text"},
		{"control characters", "the line holds a character that is no text"},
		{"unexpected EOF", "the file ends in the middle of a line"},
	}
}
