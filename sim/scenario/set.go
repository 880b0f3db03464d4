package scenario

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// commandLine is what messages call the command line. Its layer lies over that
// of a design's [set], which lies over all files.
const (
	commandLine      = "--set"
	designLayer      = mostLayers + 1
	commandLineLayer = mostLayers + 2
)

// Set changes one setting, given as on the command line by key=value, with
// the checks and the words of a file. Keys are the parameters and:
//
//	group.mix=0.2,0.3,0.5
//	group.hub=Yard
//	mechanisms_off=practice,rivalry
//
// What is set last counts: a focus takes the place of a mix and the reverse.
// Contradictions are found by Check, once all is set. On an error, which is
// always of type Problems, the scenario is as before.
func (s *Scenario) Set(key, value string) error {
	r := newReader(commandLine, commandLineLayer, nil, nil)
	switch {
	case onlyInFile(sectionOf(key)):
		return refused(key, "cannot be set here", "write it in a scenario file")
	case !slices.Contains(settable(), key):
		return refused(key, "unknown key", didYouMean(key, settable()))
	case key == keyOff:
		r.readOff(typed(key, value))
	default:
		r.setting(key, typed(key, value))
	}
	if len(r.problems) > 0 {
		return r.problems[:1]
	}
	said := maps.Clone(s.said)
	said.over(r.settings)
	s.said = said
	s.derive()
	return nil
}

// refused is the error of a key that Set does not take.
func refused(key, wrong, hint string) error {
	return Problems{{File: commandLine, Key: clip(plain(key), 2*mostRunes), Allowed: wrong, Hint: hint}}
}

// typed reads the text of a value as a file would have its value: a list for
// the keys that take one, text for the hub.
func typed(key, text string) any {
	text = strings.TrimSpace(text)
	switch key {
	case keyHub:
		return text
	case keyMix:
		return words(text, word)
	case keyOff:
		return words(text, func(name string) any { return name })
	}
	return word(text)
}

// onlyInFile says whether a key belongs in a scenario file and nowhere else.
func onlyInFile(key string) bool {
	switch key {
	case keyName, keyTitle, keyDescription, keyExtends, keySME, keyMarket:
		return true
	}
	return false
}

// settable are the keys that Set takes.
func settable() []string { return slices.DeleteFunc(allKeys(), onlyInFile) }

// words splits a value at its commas, brackets round it allowed, and reads each
// part.
func words(text string, read func(string) any) []any {
	if strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") && len(text) > 1 {
		text = text[1 : len(text)-1]
	}
	list := []any{}
	if strings.TrimSpace(text) == "" {
		return list
	}
	for _, w := range strings.Split(text, ",") {
		list = append(list, read(strings.TrimSpace(w)))
	}
	return list
}

// word reads a value as a file would: a truth, a number, or else text.
func word(text string) any {
	switch text {
	case "true":
		return true
	case "false":
		return false
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil {
		return f
	}
	return text
}
