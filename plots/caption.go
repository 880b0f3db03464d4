package plots

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"epgsim/sim/analysis"
)

// The captions below the figures say what is striking. They call one form
// ahead of another only where its 95 % interval lies wholly above the
// other's, which is stricter than the paired tests of the verdict, never laxer.

// stand is where a form stands by some measure.
type stand struct {
	form Form
	v    analysis.Interval
}

// ranking sorts by estimate, greatest first, and leaves missing values out.
func ranking(ss []stand) []stand {
	known := slices.DeleteFunc(slices.Clone(ss), func(s stand) bool { return !finite(s.v.Estimate) })
	return ranked(known, func(s stand) float64 { return s.v.Estimate })
}

// ahead says whether a lies wholly above b; without intervals nothing does.
func ahead(a, b analysis.Interval) bool { return a.Low > b.High }

// leaders are the first of a ranking and those it is not clearly ahead of.
func leaders(rank []stand) []stand {
	n := min(1, len(rank))
	for n < len(rank) && !ahead(rank[0].v, rank[n].v) {
		n++
	}
	return rank[:n]
}

// lead says who has sold most, e.g. "customer focus has sold most (970 k€), 20 % more
// than market focus"; "" where there is nothing to say.
func (w Words) lead(ss []stand, amount func(float64) string) string {
	rank := ranking(ss)
	if len(rank) == 0 || rank[0].v.Estimate <= 0 {
		return ""
	}
	first := leaders(rank)
	name, most := rank[0].form.inText(), amount(rank[0].v.Estimate)
	if len(rank) == 1 {
		return w.say("%s has sold %s", name, most)
	}
	if len(first) == 1 {
		if more := first[0].v.Estimate/rank[1].v.Estimate - 1; more < 3 { // false for NaN and infinity too
			return w.say("%s has sold most (%s), %s more than %s", name, most, pct(more), rank[1].form.inText())
		}
		return w.say("%s has sold most (%s)", name, most)
	}
	names, least := w.and(namesOf(first)), amount(first[len(first)-1].v.Estimate)
	switch {
	case most == least:
		return w.say("%s have sold alike (%s)", names, most)
	case len(first) == len(rank):
		return w.say("none is clearly ahead (%s to %s; the intervals overlap)", least, most)
	}
	return w.say("%s have sold most (%s to %s; their intervals overlap)", names, least, most)
}

func namesOf(ss []stand) []string {
	return each(ss, func(s stand) string { return s.form.inText() })
}

// valuesOf lists what each form has, e.g. "market focus 25 %, system focus 9 %";
// the only form's value needs no name.
// Of many forms the lowest and the highest are named.
func (w Words) valuesOf(ss []stand, text func(float64) string) string {
	if rank := ranking(ss); len(rank) > 4 {
		least, most := rank[len(rank)-1], rank[0]
		if a, b := text(least.v.Estimate), text(most.v.Estimate); a == b {
			return w.say("%s with all", a)
		}
		return w.say("from %s to %s", least.told(text), most.told(text))
	}
	return strings.Join(each(ss, func(s stand) string {
		switch {
		case !finite(s.v.Estimate):
			return ""
		case len(ss) == 1:
			return text(s.v.Estimate)
		}
		return s.told(text)
	}), w.say(", "))
}

// told is a value with the form's name; "group.size=4 18 %" could not be read.
func (s stand) told(text func(float64) string) string {
	if s.form.Kind.isForm() {
		return s.form.inText() + " " + text(s.v.Estimate)
	}
	return text(s.v.Estimate) + " (" + s.form.inText() + ")"
}

// mapped are what is made of each element.
func mapped[T, U any](all []T, make func(T) U) (out []U) {
	for _, v := range all {
		out = append(out, make(v))
	}
	return out
}

// described says something of each element, between an introduction and a full
// stop.
func described[T any](introduction string, all []T, sign string, say func(T) string) string {
	return introduction + strings.Join(each(all, say), sign) + "."
}

// each says something of each element; what it says nothing of is left out.
func each[T any](all []T, say func(T) string) (out []string) {
	for _, v := range all {
		if s := say(v); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// when is a phrase that is only said where something is the case.
func when(is bool, format string, args ...any) string {
	if !is {
		return ""
	}
	return fmt.Sprintf(format, args...)
}

// count writes "1 factor", "12 factors".
func count(n int, of string) string {
	if n != 1 {
		of += "s"
	}
	return num(float64(n), 0) + nbsp + of
}

// named is what is said of names, the first few of many, or what is said instead
// where there are none.
func named(names []string, words, instead string) string {
	if len(names) == 0 {
		return instead
	}
	return words + few(names)
}

// few names the first three and counts the others: captions stay short.
func (w Words) few(names []string) string {
	if len(names) > 4 {
		names = append(names[:3:3], w.say("%d others", len(names)-3))
	}
	return w.and(names)
}

func few(names []string) string { return Words{}.few(names) }

// firstLower begins a phrase in the middle of a sentence, unless it begins with
// an abbreviation ("SME pool").
func firstLower(s string) string {
	r := []rune(s)
	if len(r) > 1 && unicode.IsLower(r[1]) {
		r[0] = unicode.ToLower(r[0])
	}
	return string(r)
}

// firstUpper begins a sentence.
func firstUpper(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

// sentences joins what is not empty to sentences with capitals and full
// stops; a variant's name ("group.size=4") keeps its small letter.
func sentences(ss ...string) string {
	var out []string
	for _, s := range ss {
		if s = clean(s); s == "" {
			continue
		}
		if word, _, _ := strings.Cut(s, " "); !strings.ContainsAny(word, "=._") {
			s = firstUpper(s)
		}
		out = append(out, s+".")
	}
	return strings.Join(out, " ")
}

// at is a band's mean with its interval at element t.
func at(b analysis.Band, t int) analysis.Interval {
	if t < 0 || t >= len(b.Mean) || !finite(b.Mean[t]) {
		return analysis.Interval{Estimate: math.NaN(), Low: math.NaN(), High: math.NaN()}
	}
	return analysis.Interval{Estimate: b.Mean[t], Low: b.Low[t], High: b.High[t], N: b.N}
}
