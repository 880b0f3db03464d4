package scenario

import (
	_ "embed" // the texts of the templates
	"fmt"
	"strings"

	"epgsim/sim"
)

//go:embed template/scenario.toml
var templateText string

//go:embed template/design.toml
var designTemplateText string

// Template is a scenario file for somebody to fill in. It is valid as it
// stands and says nothing but its name; every parameter is there with
// meaning, unit, range, default and source, as a line that counts once the #
// before it is taken away. Lines beginning with "# " are text.
func Template() []byte {
	parts := []string{}
	for _, role := range []sim.Role{sim.Lever, sim.Uncertainty, sim.Constant} {
		var parameters strings.Builder
		for _, section := range sections() {
			templateSection(&parameters, role, section)
		}
		parts = append(parts, "{"+role.String()+"}\n", parameters.String())
	}
	var mechanisms strings.Builder
	for i := range sim.Mechanisms {
		mechanisms.WriteString("# - " + sim.Mechanisms[i].Name + ": " + sim.Mechanisms[i].Doc + "\n")
	}
	mechanisms.WriteString("#mechanisms_off = " + textList([]string{sim.Mechanisms[0].Name}) + "\n")
	parts = append(parts, "{mechanisms}\n", mechanisms.String())
	return []byte(strings.NewReplacer(parts...).Replace(templateText))
}

// DesignTemplate is a design file for somebody to fill in. It is valid as it
// stands; every key is there with its meaning, as a line that counts once the #
// before it is taken away, if the method takes it. Lines beginning with "# "
// are text.
func DesignTemplate() []byte {
	text := designTemplateText
	for _, key := range [...]string{keyPoints, keyLevels, keySecondOrder, keyScramble, keySteps, keyGroup} {
		text = strings.ReplaceAll(text, "{"+key+"}", strings.Join(methodNames(takers(key)), ", "))
	}
	return []byte(text)
}

// ownOf is a file to begin one's own with: a shipped one under another name. text says what
// it is.
func ownOf(s shelf, of, name, text string) []byte {
	src, _ := s.source(of)
	renamed := strings.Replace(string(src), fmt.Sprintf("name = %q", of), fmt.Sprintf("name = %q", name), 1)
	return []byte("# " + text + "\n" + renamed)
}

// templateSection writes a section's parameters of one role.
func templateSection(b *strings.Builder, role sim.Role, section string) {
	first := true
	for i := range sim.Table {
		q := &sim.Table[i]
		if q.Role != role || sectionOf(q.Name) != section {
			continue
		}
		if first {
			b.WriteString("\n# --- " + section + " ---\n")
			first = false
		}
		b.WriteString("\n# " + capital(q.Doc) + ".\n# " + facts(q) + "\n#" + q.Name + " = " + value(q, q.Default) + "\n")
		if q.Name == keyFocus {
			b.WriteString(templateMix)
		}
	}
}

// facts is unit, range and source of a parameter.
func facts(q *sim.Parameter) string {
	var parts []string
	switch q.Type {
	case sim.Switch:
		parts = append(parts, "true or false")
	case sim.Whole:
		parts = append(parts, "whole number "+between(q))
	default:
		parts = append(parts, between(q))
	}
	if q.Low != q.High {
		parts = append(parts, "plausible "+number(q.Low)+".."+number(q.High))
	}
	parts = append(parts, "default "+value(q, q.Default), "source: "+q.Source)
	return strings.Join(parts, "; ")
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

const templateMix = `
# Instead of the focus: weights of market, customer and system opportunities,
# each at least 0, that sum to 1. Not together with group.focus.
#group.mix = [0.2, 0.3, 0.5]

# The SME that leads system offers: the name of a listed one (see the end), or
# "" if the group finds its own.
#group.hub = ""
`
