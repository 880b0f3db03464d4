package tell

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"epgsim/sim"
)

// Harmless is a text without what would steer a terminal: names and texts may come
// from files that anybody has written.
func Harmless(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// HarmlessWriter makes what is written to w harmless.
func HarmlessWriter(w io.Writer) io.Writer { return harmlessWriter{w} }

type harmlessWriter struct{ io.Writer }

func (w harmlessWriter) Write(b []byte) (int, error) {
	if _, err := io.WriteString(w.Writer, Harmless(string(b))); err != nil {
		return 0, err
	}
	return len(b), nil
}

// Wrap breaks text at spaces so that no line is longer than width, and begins
// every further line with indent.
func Wrap(text string, width int, indent string) string {
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

// Capital is a text with a capital first letter.
func Capital(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}

// Plural says how many there are of something.
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// ShellWord is a text as one word of a shell.
func ShellWord(text string) string {
	if text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return !strings.ContainsRune("%+,-./:=@_", r) && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r))
	}) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// ShellWords are texts as words of a shell.
func ShellWords(texts []string) string {
	words := make([]string, len(texts))
	for i, text := range texts {
		words[i] = ShellWord(text)
	}
	return strings.Join(words, " ")
}

// Size is a number of bytes in the unit that suits it.
func Size(bytes int64) string {
	for _, u := range []struct {
		name string
		size float64
	}{{"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}} {
		if x := float64(bytes) / u.size; x >= 1 {
			return fmt.Sprintf("%.3g %s", x, u.name)
		}
	}
	return fmt.Sprintf("%d bytes", bytes)
}

// Duration is a time for people, no more exact than it is known.
func Duration(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return d.Round(100 * time.Millisecond).String()
	case d < 10*time.Minute:
		return d.Round(time.Second).String()
	}
	return d.Round(time.Minute).String()
}

// Value is a parameter's value as a scenario file has it.
func Value(q *sim.Parameter, v float64) string {
	if q.Type == sim.Switch {
		return fmt.Sprint(v != 0)
	}
	return fmt.Sprintf("%g", v)
}
