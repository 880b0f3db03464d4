package claims

import (
	"fmt"

	"epgsim/sim"
)

// The forms as points on the continuum.
const (
	market   = 0.0
	customer = 0.5
	system   = 1.0
)

// good and poor groups: similarity at which members complement each other
// best, with careful selection, and members too alike, taken as they come.
var (
	goodGroup = Settings{"group.similarity": 0.55, "formation.screening": 1}
	poorGroup = Settings{"group.similarity": 0.92, "formation.screening": 0}
)

// forms are three arms, market, customer and system focus, of the same
// settings, named with a prefix.
func forms(prefix string, s Settings) []Arm {
	return []Arm{
		{Name: prefix + "market", Set: s.with(Settings{"group.focus": market})},
		{Name: prefix + "customer", Set: s.with(Settings{"group.focus": customer})},
		{Name: prefix + "system", Set: s.with(Settings{"group.focus": system})},
	}
}

// typical are the three forms with the technology each usually has: simple
// products in market focus, complex ones in system focus.
func typical(prefix string, s Settings) []Arm {
	arms := forms(prefix, s)
	for k, tau := range []float64{0.2, 0.5, 0.85} {
		arms[k].Set = arms[k].Set.with(Settings{"group.technology": tau})
	}
	return arms
}

// off returns the arms with mechanisms switched off, named with a prefix.
func off(prefix string, arms []Arm, names ...string) []Arm {
	var out []Arm
	for _, a := range arms {
		a.Name, a.Off = prefix+a.Name, append(append([]string(nil), a.Off...), names...)
		out = append(out, a)
	}
	return out
}

// members is how many SMEs a group has by default, and so how many twins.
const members = 5

// twins are the members of a group, each alone with its own money.
func twins(prefix string, s Settings, aid bool) []Arm {
	var out []Arm
	for k := 1; k <= members; k++ {
		out = append(out, Arm{Name: twinName(prefix, k), Set: s, Twin: k, Aid: aid})
	}
	return out
}

func twinName(prefix string, k int) string { return fmt.Sprintf("%s%d", prefix, k) }

// more is the part that arm a has more of an outcome than arm b.
func more(name string, o sim.Outcome, a, b string) Part {
	return Part{Name: name, Unit: o.Info().Unit, of: func(s *sample) float64 { return s.mean(a, o) - s.mean(b, o) }}
}

// value is what a group sells by its horizon, each order by its chance in place
// of whether it came: means are the same, with less luck in them.
const value = sim.ValueTotalExpected

// untilEnd are settings for claims that ask for nothing after the project.
func untilEnd(years float64) Settings {
	return Settings{"project.years": years, "project.horizon": years}
}

// usualYears is how long a project is by default.
const usualYears = 3

// told marks arms as those that only told parts need.
func told(arms ...Arm) []Arm {
	for k := range arms {
		arms[k].Told = true
	}
	return arms
}

// info marks a part as told, not judged.
func info(p Part) Part { p.Info = true; return p }

// similarities spread groups over all degrees of compatibility.
var similarities = []float64{0.55, 0.7, 0.8, 0.9}

// compatibilityArms are the three forms over groups of all degrees of
// compatibility, five years, at equal technology.
func compatibilityArms() []Arm {
	var arms []Arm
	for _, similarity := range similarities {
		arms = append(arms, forms(fmt.Sprint(similarity, " "), Settings{"group.similarity": similarity, "formation.screening": 0.2, "project.years": 5})...)
	}
	return arms
}

// overCompatibility names the arms of one form among compatibilityArms.
func overCompatibility(form string) []string {
	var names []string
	for _, similarity := range similarities {
		names = append(names, fmt.Sprint(similarity, " ")+form)
	}
	return names
}
