package expression

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

type token struct {
	kind kind
	text string
	at   int
}

type kind uint8

const (
	end kind = iota
	number
	word
	sign
)

// next reads a token.
func (p *parser) next() {
	rest := strings.TrimLeft(p.source[p.at:], " \t\r\n")
	at := len(p.source) - len(rest)
	kind, size := end, 0
	switch r, width := utf8.DecodeRuneInString(rest); {
	case rest == "":
	case r >= '0' && r <= '9' || r == '.':
		kind, size = number, numberSize(rest)
	case letter(r):
		kind, size = word, span(rest, func(r rune) bool { return letter(r) || r >= '0' && r <= '9' || r == '.' })
	default:
		kind, size = sign, width
		if len(rest) > 1 && slices.Contains([]string{"<=", ">=", "==", "!=", "&&", "||", "**", "<>"}, rest[:2]) {
			size = 2
		}
	}
	p.token = token{kind, rest[:size], at}
	p.at = at + size
}

func letter(r rune) bool { return r == '_' || unicode.IsLetter(r) }

// span is how many bytes of s are of characters that fit.
func span(s string, fits func(rune) bool) int {
	if i := strings.IndexFunc(s, func(r rune) bool { return !fits(r) }); i >= 0 {
		return i
	}
	return len(s)
}

// numberSize is how many bytes a number takes: 12, 0.5 or 1e-3.
func numberSize(s string) int {
	digits := func(r rune) bool { return r >= '0' && r <= '9' || r == '.' }
	n := span(s, digits)
	if n < len(s) && (s[n] == 'e' || s[n] == 'E') {
		e := n + 1
		if e < len(s) && (s[e] == '+' || s[e] == '-') {
			e++
		}
		if more := span(s[e:], digits); more > 0 {
			n = e + more
		}
	}
	return n
}
