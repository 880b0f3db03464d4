package plots

import (
	"strings"
	"unicode"
)

// fit shortens s with an ellipsis until it is at most w points wide. A value at
// its end ("group.size=4", "assistant's hours 10 h/week") is kept whole: two
// labels must not become one.
func fit(s string, w, size float64, bold bool) string {
	if textWidth(s, size, bold) <= w {
		return s
	}
	name, value := splitValue(s)
	for _, tail := range []string{value, ""} {
		r := []rune(name)
		if tail == "" {
			r = []rune(s)
		}
		for len(r) > 0 {
			cut := r[len(r)-1]
			if r = r[:len(r)-1]; len(r) > 0 && unicode.IsDigit(cut) && inNumber(r[len(r)-1]) {
				continue // not within a number
			}
			t := strings.TrimRight(string(r), " ") + "…" + tail
			if textWidth(t, size, bold) <= w {
				return t
			}
		}
	}
	return ""
}

func inNumber(r rune) bool {
	return unicode.IsDigit(r) || r == '.' || r == ',' || r == '-' || r == '−'
}

// splitValue splits the value off the end of a label: what stands from its last
// "=" on, or else from the last word that begins with a number.
func splitValue(s string) (name, value string) {
	if i := strings.LastIndexByte(s, '='); i >= 0 {
		return s[:i], s[i:]
	}
	for i := len(s); ; {
		i = strings.LastIndexAny(s[:i], " "+nbsp)
		if i < 0 {
			return s, ""
		}
		if word := strings.TrimLeft(s[i:], " "+nbsp+"+-−~"); word != "" && word[0] >= '0' && word[0] <= '9' {
			return s[:i], s[i:]
		}
	}
}

// bound ties a number at the end of a label to the one word after it, its unit.
func bound(s string) string {
	name, value := splitValue(s)
	if words := strings.Split(value, " "); len(words) == 3 && words[0] == "" && words[1] != "" && unicode.IsDigit(rune(words[1][len(words[1])-1])) {
		return name + " " + words[1] + nbsp + words[2]
	}
	return s
}

// wrap breaks s into lines of at most w points: between words, and where one
// word is wider than that, within it. Nothing is lost.
func wrap(s string, w, size float64, bold bool) []string {
	var lines []string
	line := ""
	for _, word := range strings.FieldsFunc(bound(clean(s)), func(r rune) bool { return r == ' ' }) {
		next := word
		if line != "" {
			next = line + " " + word
		}
		if line != "" && textWidth(next, size, bold) > w {
			lines = append(lines, line)
			next = word
		}
		for textWidth(next, size, bold) > w {
			n := breakAt(next, w, size, bold)
			if n == len(next) {
				break
			}
			lines, next = append(lines, next[:n]), next[n:]
		}
		line = next
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// breakAt is where, in bytes, a word that is too wide is broken: after the last
// sign that fits ("group.", "group.size="), else anywhere but in a number. At
// least one letter goes before the break.
func breakAt(word string, w, size float64, bold bool) int {
	any, sign := 0, 0
	var before rune
	for i, r := range word {
		if i > 0 && textWidth(word[:i], size, bold) > w {
			break
		}
		switch {
		case i == 0:
		case strings.ContainsRune("._=-/:,;"+nbsp, before) && !unicode.IsDigit(r), before == '=':
			any, sign = i, i
		case !(inNumber(before) && inNumber(r)):
			any = i
		}
		before = r
	}
	switch {
	case sign > 0:
		return sign
	case any > 0:
		return any
	}
	for i := range word {
		if i > 0 {
			return i
		}
	}
	return len(word)
}

// balanced breaks s into as few lines as fit into w, of about equal length: a
// last word alone on a line looks like a row of its own.
func balanced(s string, w, size float64) []string { return evenly(s, w, size, false) }

// evenly is balanced for letters that may be bold.
func evenly(s string, w, size float64, bold bool) []string {
	lines := wrap(s, w, size, bold)
	if len(lines) < 2 {
		return lines
	}
	least := 40.0
	for _, word := range strings.Fields(s) { // none is broken for the looks of it
		least = max(least, min(w, textWidth(word, size, bold)))
	}
	for w -= 4; w > least; w -= 4 {
		next := wrap(s, w, size, bold)
		if len(next) > len(lines) {
			break
		}
		lines = next
	}
	return lines
}
