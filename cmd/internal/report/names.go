package report

import (
	"strings"

	"epgsim/cmd/internal/tell"
	"epgsim/sim"
	"epgsim/sim/experiment"
)

// variantName is a variant's name in a language. One without a phrase for it as a whole is
// put together from the settings that make the variant, which its key lists.
func variantName(l tell.Language, v experiment.Variant) string {
	if said := l.Say(v.Name); said != v.Name || !l.Foreign() || !strings.Contains(v.Key, "=") {
		return said
	}
	var settings []string
	for _, part := range strings.Split(v.Key, ",") {
		if n := len(settings); n > 0 && !strings.Contains(part, "=") { // a value with commas in it
			settings[n-1] += "," + part
			continue
		}
		settings = append(settings, part)
	}
	for k, s := range settings {
		settings[k] = SettingName(l, s)
	}
	return strings.Join(settings, ", ")
}

// SettingName is a setting, KEY=VALUE, with the parameter's label and unit in a language.
func SettingName(l tell.Language, setting string) string {
	key, value, _ := strings.Cut(setting, "=")
	q := sim.Lookup(key)
	if q == nil {
		return setting
	}
	label := l.Say(q.Label)
	switch {
	case q.Type == sim.Switch && value == "true":
		return l.Say("%s: yes", label)
	case q.Type == sim.Switch && value == "false":
		return l.Say("%s: no", label)
	}
	text := label + " " + l.Number(value)
	if u := sim.UnitText(q.Unit); u != "" {
		text += " " + l.Say(u)
	}
	return text
}
