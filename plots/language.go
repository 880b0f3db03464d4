package plots

import (
	"fmt"
	"strings"

	"epgsim/sim/analysis"
)

// Words are how a figure writes words and numbers: each input has them. The zero value is
// English.
type Words struct {
	// Say puts arguments into a phrase as fmt.Sprintf does. The phrase stands in English;
	// where the language has it, it is said in the language. A phrase without arguments
	// has no verbs either.
	Say func(format string, args ...any) string

	// Number writes the decimal signs of all numbers in a text as the language does.
	Number func(text string) string

	// Code is that of the language, e.g. "fi", for who reads the figure aloud; "" is English.
	Code string
}

// say is Say, or English.
func (w Words) say(phrase string, args ...any) string {
	if w.Say == nil {
		w.Say = english
	}
	return w.Say(phrase, args...)
}

func english(phrase string, args ...any) string {
	if len(args) == 0 {
		return phrase
	}
	return fmt.Sprintf(phrase, args...)
}

// local is a text with its numbers as the language writes them. The pen uses it on all that
// is drawn; a comma is as wide as a point.
func (w Words) local(s string) string {
	if w.Number == nil {
		return s
	}
	return w.Number(s)
}

// inYears is a duration.
func (w Words) inYears(y float64) string {
	if y == 1 {
		return w.say("1" + nbsp + "year")
	}
	return w.say("%s"+nbsp+"years", sig(y))
}

// and joins names: "a, b and c".
func (w Words) and(parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return w.say("%s and %s", strings.Join(parts[:len(parts)-1], ", "), parts[len(parts)-1])
}

// deals is a number of deals.
func (w Words) deals(n int) string {
	if n == 1 {
		return w.say("1" + nbsp + "deal")
	}
	return w.say("%s"+nbsp+"deals", num(float64(n), 0))
}

// customers is a number of customers.
func (w Words) customers(n int) string {
	if n == 1 {
		return w.say("1" + nbsp + "customer")
	}
	return w.say("%s"+nbsp+"customers", num(float64(n), 0))
}

// byWhat ends a title with what varies between n forms; by is the caller's word for it, ""
// stands for the organisational form.
func (w Words) byWhat(by string, n int) string {
	switch {
	case n < 2:
		return ""
	case by == "":
		return w.say(", by organisational form")
	}
	return w.say(", by %s", fit(by, 150, sizeTitle, true))
}

// value is an estimate with its interval, where that is known.
func (w Words) value(iv analysis.Interval, text func(float64) string) string {
	if !finite(iv.Low) || !finite(iv.High) {
		return text(iv.Estimate)
	}
	if iv.Low < 0 { // a dash beside a minus could not be read
		return w.say("%[1]s (%[2]s to %[3]s)", text(iv.Estimate), text(iv.Low), text(iv.High))
	}
	return w.say("%s (%s to %s)", text(iv.Estimate), text(iv.Low), text(iv.High))
}
