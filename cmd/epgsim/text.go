package main

import "strings"

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
