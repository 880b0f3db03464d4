package scenario

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Nearest returns the candidate that word was most likely meant to be, or ""
// if none is near. A key that is right but for its section counts as near:
// experience for group.experience.
func Nearest(word string, candidates []string) string {
	const longest = 64 // beyond this it is not a slip of the pen, and the work grows with the square
	if word == "" || len(word) > longest || slices.Contains(candidates, word) {
		return "" // what is right already is not a slip either
	}
	w := normal(word)
	best, at := 1+max(1, utf8.RuneCountInString(w)/3), ""
	for _, c := range candidates {
		n := normal(c)
		if n == "" {
			continue
		}
		d := edits(w, n)
		if _, key, ok := strings.Cut(n, "."); ok { // right but for the section?
			_, own, sectioned := strings.Cut(w, ".")
			if sectioned {
				d = min(d, 1+edits(own, key))
			} else {
				d = min(d, edits(w, key))
			}
		}
		if d < best {
			best, at = d, c
		}
	}
	return at
}

// didYouMean is the hint that names the nearest candidate, "" if none is near.
func didYouMean(word string, candidates []string) string {
	if n := Nearest(word, candidates); n != "" {
		return "did you mean " + n + "?"
	}
	return ""
}

// nearOrAll is didYouMean that names all candidates if none is near.
func nearOrAll(word string, candidates []string) string {
	return cmp.Or(didYouMean(word, candidates), "there are "+strings.Join(candidates, ", "))
}

// normal takes away what people mix up: case, and - or blank for _.
func normal(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '-', ' ':
			return '_'
		case '"':
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// edits is the number of letters to insert, delete, replace or swap with
// their neighbour to make a into b.
func edits(a, b string) int {
	s, t := []rune(a), []rune(b)
	before, last, row := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(s); i++ {
		row[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(t)]
}
