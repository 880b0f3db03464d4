package expression

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// measure is what is known of the value of a part of an expression before it is
// worked out.
type measure struct {
	over, under []string // units multiplied and divided by, sorted, each in the singular
	weight      weight
	number      bool // it may stand where a number is wanted
	condition   bool // it may stand where a condition is wanted
}

// weight says how far numbers written out decide about the unit.
type weight uint8

const (
	fixed    weight = iota // not at all
	weighted               // a number is a factor of it, and may have a unit
	constant               // it is made of numbers alone, and takes any unit
)

// measured is the measure of a name.
func measured(n Name) measure {
	over, under, _ := strings.Cut(n.Unit, "/")
	m := measure{number: true, condition: n.Yes}
	return m.times(units(over), units(under))
}

// units are the unit of one side of the stroke, none for a pure number.
func units(text string) []string {
	if text == "" || text == "1" || text == "switch" {
		return nil
	}
	if long(text) {
		text = strings.TrimSuffix(text, "s")
	}
	return []string{text}
}

// long says whether a unit is a word, which has a plural, and no sign like h.
func long(unit string) bool {
	return utf8.RuneCountInString(unit) > 2 && !strings.ContainsFunc(unit, func(r rune) bool { return !unicode.IsLetter(r) })
}

// times multiplies and divides by units; what stands on both sides goes out.
func (m measure) times(over, under []string) measure {
	m.over, m.under = slices.Concat(m.over, over), slices.Concat(m.under, under)
	for i := 0; i < len(m.over); i++ {
		if k := slices.Index(m.under, m.over[i]); k >= 0 {
			m.over, m.under = slices.Delete(m.over, i, i+1), slices.Delete(m.under, k, k+1)
			i--
		}
	}
	slices.Sort(m.over)
	slices.Sort(m.under)
	return m
}

// same says whether two values have one unit.
func (m measure) same(n measure) bool {
	return slices.Equal(m.over, n.over) && slices.Equal(m.under, n.under)
}

// product is the measure of a product, or of a quotient.
func product(m, n measure, quotient bool) measure {
	over, under := n.over, n.under
	if quotient {
		over, under = under, over
	}
	p := m.times(over, under)
	p.number, p.condition = true, false
	if m.weight != n.weight {
		p.weight = weighted
	}
	return p
}

// sum is the measure of two values put together; not fit if their units differ
// and no number can make one of the other.
func sum(m, n measure) (s measure, fit bool) {
	if m.weight < n.weight {
		m, n = n, m // n has the least say over its unit
	}
	s = measure{over: n.over, under: n.under, weight: n.weight, number: true}
	switch {
	case m.same(n) || m.weight == constant && n.weight != constant:
		return s, true
	case m.weight == fixed:
		return s, false
	case n.weight == weighted: // both are weighted to something that has no name
		s.over, s.under = nil, nil
	}
	return s, true
}

// text writes a unit as the outcomes have theirs: k€/deal, deals, 1/week.
func (m measure) text() string {
	if len(m.over)+len(m.under) == 0 {
		return "1"
	}
	over := "1"
	if len(m.over) > 0 {
		last := m.over[len(m.over)-1]
		if over = strings.Join(m.over, "·"); long(last) {
			over += "s"
		}
	}
	switch len(m.under) {
	case 0:
		return over
	case 1:
		return over + "/" + m.under[0]
	}
	return over + "/(" + strings.Join(m.under, "·") + ")"
}
