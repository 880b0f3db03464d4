package main

import (
	"io"
	"strings"
	"unicode"
)

// harmless is a text without what would steer a terminal: names and texts may come
// from files that anybody has written.
func harmless(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// harmlessly writes texts harmless.
type harmlessly struct{ io.Writer }

func (w harmlessly) Write(b []byte) (int, error) {
	if _, err := io.WriteString(w.Writer, harmless(string(b))); err != nil {
		return 0, err
	}
	return len(b), nil
}

// wrap breaks text at spaces so that no line is longer than width, and begins
// every further line with indent.
func wrap(text string, width int, indent string) string {
	var b strings.Builder
	line := 0
	for k, word := range strings.Split(text, " ") {
		n := len([]rune(word))
		switch {
		case k == 0:
		case line+1+n > width:
			b.WriteString("\n" + indent)
			line = len([]rune(indent))
		default:
			b.WriteByte(' ')
			line++
		}
		b.WriteString(word)
		line += n
	}
	return b.String()
}
