package scenario

import (
	"strings"

	"epgsim/sim"
)

// Template is a scenario file for somebody to fill in. It is valid as it
// stands and says nothing but its name; every parameter is there with
// meaning, unit, range, default and source, as a line that counts once the #
// before it is taken away. Lines beginning with "# " are text.
func Template() []byte {
	var b strings.Builder
	b.WriteString(templateHead)
	for _, role := range []sim.Role{sim.Lever, sim.Uncertainty, sim.Constant} {
		b.WriteString("\n" + banner(roleBanner(role)))
		for _, section := range sections() {
			templateSection(&b, role, section)
		}
	}
	b.WriteString(templateOff())
	b.WriteString(templateLists)
	return []byte(b.String())
}

func banner(text string) string {
	rule := "# " + strings.Repeat("=", 76) + "\n"
	return rule + "# " + strings.ReplaceAll(text, "\n", "\n# ") + "\n" + rule
}

func roleBanner(r sim.Role) string {
	switch r {
	case sim.Lever:
		return "Levers: what people decide."
	case sim.Uncertainty:
		return "Uncertainties: what the world has, and we do not know well. The plausible\nrange is what sensitivity analysis varies it over."
	}
	return "Constants: fixed so that results compare; may be set, seldom need to be."
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

// templateOff lists the mechanisms that can be switched off.
func templateOff() string {
	var b strings.Builder
	b.WriteString("\n" + banner("Experiments on the model itself: switch parts of it off to see what they do."))
	b.WriteString("\n# One or more of:\n")
	for i := range sim.Mechanisms {
		b.WriteString("# - " + sim.Mechanisms[i].Name + ": " + sim.Mechanisms[i].Doc + "\n")
	}
	b.WriteString(`#mechanisms_off = ["` + sim.Mechanisms[0].Name + `"]` + "\n")
	return b.String()
}

const templateHead = `# A scenario of epgsim. Change the name, take the # away before the lines you
# want to change, and run:  epgsim compare THIS-FILE.toml
# Only the name is needed. Lines beginning with "# " are text, all others may be used.

# Letters a-z, digits and -.
name = "my-scenario"

#title = "One line for lists and figures"
#description = "One to three sentences: what the group is, and what to look for."

# Start from another scenario and say only what differs: the name of a shipped
# one (epgsim scenario list), or a path relative to this file.
#extends = "base"
`

const templateMix = `
# Instead of the focus: weights of market, customer and system opportunities,
# each at least 0, that sum to 1. Not together with group.focus.
#group.mix = [0.2, 0.3, 0.5]

# The SME that leads system offers: the name of a listed one (see the end), or
# "" if the group finds its own.
#group.hub = ""
`

const templateLists = `
# ============================================================================
# SMEs and markets one by one, instead of generated. This must be the end of
# the file. Everything but the name may be left out and is then drawn, or
# taken from the parameters above. A niche is a place in the plane of products
# and customers: SMEs about 0.45 apart complement each other best, nearer ones
# are rivals. To use the block, take away the "#   " before all its lines; a hub
# is named by group.hub above.
# ============================================================================

#   [[sme]]
#   name = "Yard"
#   technology = 0.6
#   niche = [0, 0]
#   experience = 0.5
#   hours = 20                # a week
#   rhythm = 0.5              # 0 patient, 1 wants results at once
#   component = false         # sells components rather than finished goods
#   ties = ["Hull maker"]     # has worked with before
#
#   [[sme]]
#   name = "Hull maker"
#   technology = 0.4
#   niche = [0.45, 0]
#
#   [[market]]
#   name = "Norway"
#   distance = 0.2            # cultural distance, 0 to 1
#   customers = 80            # that one SME can find there
#   fit = 0.5                 # how well their needs fit, 0 to 1
#   assistant = 0             # hours a week of a local assistant

# The same on one line each:
#sme = [{ name = "Yard", niche = [0, 0] }, { name = "Hull maker", niche = [0.45, 0], ties = ["Yard"] }]
#market = [{ name = "Norway", distance = 0.2, assistant = 10 }, { name = "Latvia", distance = 0.5 }]
`
