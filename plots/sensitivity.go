package plots

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"epgsim/sim/analysis"
)

// The figures of sensitivity analysis show how an outcome answers to the
// factors of a design: parameters, or groups of parameters that move together.
// The statistics come from analysis; here they are ranked, drawn and put into
// words. A factor whose interval does not clear what luck alone would give is
// drawn pale and marked "~".

// Measure is the outcome that a figure of sensitivity is about.
type Measure struct {
	Name    string // in files, e.g. "value_project"; ends the figure's own name
	Label   string // printed, e.g. "Value closed in the project"
	Unit    string // e.g. "k€"; "" is a pure number
	Context string // what was run, printed below the title, e.g. "system focus, 3 years; 40 trajectories"; may be empty
}

// Factor is what a design varies.
type Factor struct {
	Label string // a few words for people, e.g. "manager's hours"
	Name  string // the parameter, e.g. "manager.hours", or the group of parameters
	Unit  string // of its levels, e.g. "h/week"; "" is a pure number
}

// The colours of these figures; they are none of a form's.
const (
	senseDot  hex = 0x2F3A47 // estimates on thin lines
	senseSpan hex = 0xC9D1DA // bars between or behind estimates
	sensePale hex = 0xA9AFB6 // what may be luck
)

// figure is the beginning of a figure of the given kind: its name ends with
// the outcome's, its title says what of the outcome it shows.
func (m Measure) figure(kind, shows string) Figure {
	return Figure{Name: strings.TrimSuffix(kind+"-"+m.Name, "-"), Title: m.Label + shows, sub: m.Context}
}

// finding is a title that says on which factors the outcome depends most: the
// first of a ranking by size and those that it is not clearly ahead of. It is ""
// where these are more than three, or may be luck.
func finding[T any](m Measure, ranking []T, size func(T) analysis.Interval, noise func(T) bool, label func(T) string) string {
	if len(ranking) < 2 || noise(ranking[0]) {
		return ""
	}
	first := slices.DeleteFunc(slices.Clone(ranking), func(v T) bool { return ahead(size(ranking[0]), size(v)) })
	if len(first) == 0 || len(first) > 3 || len(first) == len(ranking) || slices.ContainsFunc(first, noise) {
		return ""
	}
	s := m.Label + " depends most on " + list(mapped(first, label))
	return s + when(len(first) > 1, "; which of them comes first is open")
}

// magnitude is how large an effect of either sign is.
func magnitude(iv analysis.Interval) analysis.Interval {
	switch {
	case iv.High < 0:
		iv.Estimate, iv.Low, iv.High = -iv.Estimate, -iv.High, -iv.Low
	case iv.Low <= 0:
		iv.Estimate, iv.Low, iv.High = math.Abs(iv.Estimate), 0, max(-iv.Low, iv.High)
	}
	return iv
}

// in ends a phrase with the outcome's unit, if it has one.
func (m Measure) in(phrase string) string { return joined(phrase, ", ", m.Unit) }

// value prints an amount of the outcome.
func (m Measure) value(v float64) string { return m.amount(threeFigures(v)) }

// amount ends a number with the outcome's unit, if it has one.
func (m Measure) amount(s string) string { return joined(s, nbsp, m.Unit) }

// under is the line below a title, which the outcome's context ends.
func (m Measure) under(s string) string { return joined(s, "; ", m.Context) }

// joined is a and b with a sign between them where there is a b.
func joined(a, sign, b string) string {
	if b == "" {
		return a
	}
	return a + sign + b
}

// change prints a change of the outcome with its sign and unit.
func (m Measure) change(v float64) string {
	if v > 0 {
		return "+" + m.value(v)
	}
	return m.value(v)
}

// inText names the factor within a sentence.
func (f Factor) inText() string {
	if f.Name == "" || f.Name == f.Label {
		return f.Label
	}
	return f.Label + " (" + f.Name + ")"
}

// below is what stands below the label: the name, where it is another, and the
// unit.
func (f Factor) below() string {
	name := f.Name
	if name == f.Label {
		name = ""
	}
	return strings.Trim(name+", "+f.Unit, ", ")
}

// short is the name where there is one.
func (f Factor) short() string { return cmp.Or(f.Name, f.Label) }

// ranked are the elements by falling size; of equals, the first comes first.
func ranked[T any](all []T, size func(T) float64) []T {
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(a, b T) int { return cmp.Compare(size(b), size(a)) })
	return out
}

// number is how many elements are so.
func number[T any](all []T, is func(T) bool) (n int) {
	for _, v := range all {
		if is(v) {
			n++
		}
	}
	return n
}

// firstFew says something of the first elements that are so, n at most.
func firstFew[T any](all []T, n int, is func(T) bool, say func(T) string) (out []string) {
	for _, v := range all {
		if len(out) < n && is(v) {
			out = append(out, say(v))
		}
	}
	return out
}

// told is an estimate with its interval for the alternative text.
func told(iv analysis.Interval, text func(float64) string) string { return Words{}.value(iv, text) }

// hundred is a share as per cent, for axes that say so.
func hundred(iv analysis.Interval) analysis.Interval {
	iv.Estimate, iv.Low, iv.High = 100*iv.Estimate, 100*iv.Low, 100*iv.High
	return iv
}

// percent prints a share in per cent, as pct does one in parts of one.
func percent(v float64) string { return pct(v / 100) }
