package scenario

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"epgsim/sim"
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
	v, wrong, hint := setValue(key, value)
	if wrong != "" {
		p := Problem{File: commandLine, Key: clip(plain(key), 2*mostRunes), Allowed: wrong, Hint: hint}
		if v != nil {
			p.Given = given(v)
		}
		return Problems{p}
	}
	said := maps.Clone(s.said)
	said.over(settings{key: {v, origin{file: commandLine, layer: commandLineLayer}}})
	s.said = said
	s.derive()
	return nil
}

// setValue turns the text of a value into the value of a key, or says what is
// wrong; v is then what was given.
func setValue(key, text string) (v any, wrong, hint string) {
	text = strings.TrimSpace(text)
	switch key {
	case keyMix:
		list := words(text)
		mix, wrong, hint := checkMix(list)
		if wrong != "" {
			return list, wrong, hint
		}
		return mix, "", ""
	case keyHub:
		return text, "", ""
	case keyOff:
		return setOff(text)
	}
	if onlyInFile(key) {
		return nil, "cannot be set here", "write it in a scenario file"
	}
	q := sim.Lookup(key)
	if q == nil {
		if onlyInFile(sectionOf(key)) {
			return nil, "cannot be set here", "write it in a scenario file"
		}
		return nil, "unknown key", didYouMean(key, settable())
	}
	v = word(text)
	f, wrong, hint := check(q, v)
	if wrong != "" {
		return v, wrong, hint
	}
	return f, "", ""
}

func setOff(text string) (v any, wrong, hint string) {
	off := []string{}
	for _, name := range words(text) {
		name, _ := name.(string)
		if wrong := checkMechanism(name, off); wrong != "" {
			return name, wrong, mechanismHint(name, didYouMean(name, mechanismNames()))
		}
		off = append(off, name)
	}
	return inTableOrder(off), "", ""
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

// words splits a value at its commas, brackets round it allowed.
func words(text string) []any {
	if strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") && len(text) > 1 {
		text = text[1 : len(text)-1]
	}
	list := []any{}
	if strings.TrimSpace(text) == "" {
		return list
	}
	for _, w := range strings.Split(text, ",") {
		list = append(list, word(strings.TrimSpace(w)))
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
