package expression

import (
	"fmt"
	"unicode/utf8"
)

// Error is what is wrong with an expression, and where.
type Error struct {
	Column int    // counted from 1, in characters
	Wrong  string // what is wrong
	Hint   string // a remedy, may be ""
	Word   string // the name that is not known, so that the caller may say which is near; else ""
}

// Error is the message in one line:
//
//	in column 5, there is no publi_cost; did you mean public_cost?
func (e *Error) Error() string {
	text := fmt.Sprintf("in column %d, %s", e.Column, e.Wrong)
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

// fail notes the first thing that is wrong, and ends the reading.
func (p *parser) fail(at int, hint, wrong string, args ...any) {
	if p.err == nil {
		p.err = &Error{Column: 1 + utf8.RuneCountInString(p.source[:at]), Wrong: fmt.Sprintf(wrong, args...), Hint: hint}
	}
	p.token, p.at = token{at: at}, len(p.source)
}

// meant is what to write instead of what people write elsewhere.
var meant = map[string]string{
	"=": "write ==", "<>": "write !=", "≤": "write <=", "≥": "write >=", "≠": "write !=",
	"&": "write and", "&&": "write and", "|": "write or", "||": "write or", "!": "write not",
	"×": "write *", "·": "write *", "÷": "write /", "−": "write -", "–": "write -",
	"^": "write a * a for the square", "**": "write a * a for the square",
	"%": "write 50 % as 0.5", ",": "decimals are written with a point: 0.5", ";": "one expression is enough",
	`"`: "there is no text here, names stand alone", "'": "there is no text here, names stand alone",
	"[": "there are no lists here", "{": "there are no lists here", "?": "there are conditions with and, or, not only",
}
