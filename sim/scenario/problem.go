package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Problem is one thing that is wrong with a scenario, said so that whoever
// wrote it can put it right.
type Problem struct {
	File    string // as the user knows it; "--set" for the command line
	Line    int    // 0 when it has none
	Key     string // section.key, "" when the problem is not one key's
	Given   string // as TOML would write it, "" when the value does not matter
	Allowed string // what is wrong, or what is allowed
	Hint    string // a remedy or the nearest valid key, may be ""
}

// String is the message in one line:
//
//	food.toml:14: sme.experience = 1.4: must be within 0..1
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
	}
	if p.Key != "" {
		b.WriteString(": " + p.Key)
		if p.Given != "" {
			b.WriteString(" = " + p.Given)
		}
	}
	b.WriteString(": " + p.Allowed)
	if p.Hint != "" {
		b.WriteString("; " + p.Hint)
	}
	return b.String()
}

// Problems is all that is wrong with a scenario. It is the user's input that
// is wrong, never the program: an error of this type is not worth a retry.
type Problems []Problem

// Error returns one line per problem.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// mostProblems is how many problems are listed; a file with more of them is
// not a scenario with mistakes but something else.
const mostProblems = 50

// tidy sorts problems by line within each file, the files staying in the
// order in which they came up, and cuts what nobody would read.
func (ps Problems) tidy() Problems {
	rank := map[string]int{}
	for _, p := range ps {
		if _, ok := rank[p.File]; !ok {
			rank[p.File] = len(rank)
		}
	}
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(rank[a.File]-rank[b.File], a.Line-b.Line, strings.Compare(a.Key, b.Key), strings.Compare(a.Allowed, b.Allowed))
	})
	if more := len(ps) - mostProblems; more > 0 {
		last := ps[mostProblems-1]
		ps = append(ps[:mostProblems:mostProblems], Problem{File: last.File, Allowed: fmt.Sprintf("and %d more problems", more)})
	}
	return ps
}

// err returns ps as an error, nil if there is none.
func (ps Problems) err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps.tidy()
}

// mostRunes is how much of a value a message repeats.
const mostRunes = 40

// given writes a value as TOML would, cut to what a message can hold; "" if
// there is none.
func given(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return quoteClip(v)
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return number(v)
	case time.Time:
		return v.Format("2006-01-02")
	case map[string]any:
		return "a table"
	case []map[string]any:
		return "a list of tables"
	case [3]float64:
		return mixText(v)
	case []any:
		parts := texts(v[:min(len(v), 4)], func(e any) string {
			if _, ok := e.([]any); ok {
				return "[…]" // lists within lists are not opened
			}
			return given(e)
		})
		if len(v) > 4 {
			parts = append(parts, "…")
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return fmt.Sprintf("%T", v)
}

// clip cuts s to n runes.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

func quoteClip(s string) string { return quote(clip(s, mostRunes)) }

// plain makes foreign text safe to print in one line of a terminal.
func plain(s string) string {
	q := strconv.Quote(clip(s, 4*mostRunes))
	q = strings.ReplaceAll(q[1:len(q)-1], `\"`, `"`)
	return strings.ReplaceAll(q, `\\`, `\`)
}
