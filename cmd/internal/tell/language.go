package tell

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Language is one that reports are written in. The zero value is English.
type Language struct {
	code    string
	phrases map[string]string // from English, format verbs included
}

// Languages are the codes of the languages there are, English first.
var Languages = []string{"en", "fi", "sv"}

//go:embed languages/*.json
var languages embed.FS

// LanguageOf is the language of a code, one of Languages.
func LanguageOf(code string) (Language, error) {
	l := Language{code: code}
	switch {
	case code == "" || code == Languages[0]:
		return Language{}, nil
	case !slices.Contains(Languages, code):
		return l, fmt.Errorf("no language %q; there are %s", code, strings.Join(Languages, ", "))
	}
	text, err := languages.ReadFile("languages/" + code + ".json")
	if err == nil {
		err = json.Unmarshal(text, &l.phrases)
	}
	return l, err
}

// Code is that of the language, for the lang attribute of a page.
func (l Language) Code() string {
	if l.code == "" {
		return "en-GB"
	}
	return l.code
}

// Foreign says whether the language is another than English.
func (l Language) Foreign() bool { return l.code != "" }

// Phrases are the phrases of the language, by what they are in English.
func (l Language) Phrases() map[string]string { return maps.Clone(l.phrases) }

// Say is fmt.Sprintf in the language: the format is looked up as it stands in English.
// Where a phrase is not known it stays English.
func (l Language) Say(format string, args ...any) string {
	if phrase, ok := l.phrases[format]; ok {
		format = phrase
	}
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// List joins names as people do: "a, b and c".
func (l Language) List(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return l.Say("%s and %s", strings.Join(names[:len(names)-1], ", "), names[len(names)-1])
}

// Number writes the decimal point of numbers in a text as the language has it.
func (l Language) Number(text string) string {
	if l.code == "" {
		return text
	}
	b := []byte(text)
	for k := 1; k+1 < len(b); k++ {
		if b[k] == '.' && isDigit(b[k-1]) && isDigit(b[k+1]) {
			b[k] = ','
		}
	}
	return string(b)
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// Phrase marks a phrase that is said elsewhere than where it is written, for the test that
// looks whether every phrase has its translations.
func Phrase(format string) string { return format }
