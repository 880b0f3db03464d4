package plots

import (
	"cmp"
	"fmt"
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
	Unit    string // e.g. "k€"; "" and "1" are a pure number
	Context string // what was run, printed below the title, e.g. "system focus, 3 years; 40 trajectories"; may be empty
}

// Factor is what a design varies.
type Factor struct {
	Label string // a few words for people, e.g. "manager's hours"; "" prints the name
	Name  string // the parameter, e.g. "manager.hours", or the group of parameters
	Unit  string // of its levels, e.g. "h/week"; "" and "1" are a pure number
}

// The colours of these figures; they are none of a form's.
const (
	senseDot  hex = 0x2F3A47 // estimates on thin lines
	senseSpan hex = 0xC9D1DA // bars between or behind estimates
	sensePale hex = 0xA9AFB6 // what may be luck
)

// mostRows is how many factors a ranked figure shows; the caption counts the
// others.
const mostRows = 30

// name is what a figure of the given kind is called.
func (m Measure) name(kind string) string {
	if m.Name == "" {
		return kind
	}
	return kind + "-" + m.Name
}

// tidy is a copy without what cannot be printed.
func (m Measure) tidy() Measure {
	m.Name, m.Label, m.Unit, m.Context = clean(m.Name), clean(m.Label), clean(m.Unit), clean(m.Context)
	if m.Unit == "1" {
		m.Unit = ""
	}
	m.Unit = fit(m.Unit, mostUnit, sizeTick, false)
	return m
}

// mostUnit is the width of a unit; any real one is shorter.
const mostUnit = 80.0

// in ends a phrase with the outcome's unit, if it has one.
func (m Measure) in(phrase string) string {
	if m.Unit == "" {
		return phrase
	}
	return phrase + ", " + m.Unit
}

// value prints an amount of the outcome.
func (m Measure) value(v float64) string {
	if !finite(v) {
		return threeFigures(v)
	}
	return m.amount(threeFigures(v))
}

// amount ends a number with the outcome's unit, if it has one.
func (m Measure) amount(s string) string {
	if m.Unit == "" {
		return s
	}
	return s + nbsp + m.Unit
}

// under is the line below a title, which the outcome's context ends.
func (m Measure) under(s string) string {
	if m.Context == "" {
		return s
	}
	return s + "; " + m.Context
}

// change prints a change of the outcome with its sign and unit.
func (m Measure) change(v float64) string {
	if v > 0 {
		return "+" + m.value(v)
	}
	return m.value(v)
}

// tidy is the factor with a label, whatever was given.
func (f Factor) tidy() Factor {
	f.Label, f.Name, f.Unit = clean(f.Label), clean(f.Name), clean(f.Unit)
	if f.Unit == "1" {
		f.Unit = ""
	}
	f.Label = cmp.Or(f.Label, f.Name)
	return f
}

// inText names the factor within a sentence.
func (f Factor) inText() string {
	if f.Name == "" || f.Name == f.Label {
		return f.Label
	}
	return f.Label + " (" + f.Name + ")"
}

// unit is the unit after a comma, if there is one.
func (f Factor) unit() string { return strings.TrimSuffix(", "+f.Unit, ", ") }

// below is what stands below the label: the name, where it is another, and the
// unit.
func (f Factor) below() string {
	name := f.Name
	if name == f.Label {
		name = ""
	}
	return strings.Trim(name+", "+f.Unit, ", ")
}

// short is the name where there is one: what errors speak of is looked for in
// files.
func (f Factor) short() string { return cmp.Or(f.Name, f.Label) }

// checkMeasure wants an outcome with a label.
func checkMeasure(what string, m Measure) error {
	if clean(m.Label) == "" {
		return bad("%s: the outcome has no label", what)
	}
	return nil
}

// checkSubject wants an outcome with a label, and what is ranked to be of
// factors that can be told apart.
func checkSubject[T any](what string, m Measure, all []T, factor func(T) Factor) error {
	if err := checkMeasure(what, m); err != nil {
		return err
	}
	fs := make([]Factor, len(all))
	for i, v := range all {
		fs[i] = factor(v)
	}
	return checkFactors(what, fs)
}

// checkFactors wants at least one factor, and each with a name or a label of
// its own: two rows of one name could not be told apart.
func checkFactors(what string, fs []Factor) error {
	if len(fs) == 0 {
		return bad("%s: factors: none given", what)
	}
	seen := map[Factor]int{}
	for i, f := range fs {
		f = f.tidy()
		if f.Label == "" {
			return bad("%s: factor %d has neither a label nor a name", what, i+1)
		}
		if k, twice := seen[f]; twice {
			return bad("%s: factors %d and %d are both %s", what, k+1, i+1, f.inText())
		}
		seen[f] = i
	}
	return nil
}

// checkEstimate wants an estimate. Its interval may be missing, and need not
// hold the estimate: bootstrap intervals of skewed statistics sometimes do not.
func checkEstimate(what string, iv analysis.Interval) error {
	if !finite(iv.Estimate) {
		return bad("%s: %v cannot be drawn, a finite value is needed", what, iv.Estimate)
	}
	if iv.Low > iv.High {
		return bad("%s: the interval runs from %v down to %v", what, iv.Low, iv.High)
	}
	for _, v := range []float64{iv.Low, iv.High} {
		if !math.IsNaN(v) && !finite(v) {
			return bad("%s: an interval that ends at %v cannot be drawn", what, v)
		}
	}
	return nil
}

// checkKnown is checkEstimate for what may be missing.
func checkKnown(what string, iv analysis.Interval) error {
	if math.IsNaN(iv.Estimate) {
		return nil
	}
	return checkEstimate(what, iv)
}

// ranked are the elements by falling size; of equals, the first comes first.
func ranked[T any](all []T, size func(T) float64) []T {
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(a, b T) int { return cmp.Compare(size(b), size(a)) })
	return out
}

// shown are the first elements of a ranking, as many as a figure has rows for.
func shown[T any](all []T) []T { return all[:min(len(all), mostRows)] }

// notShown counts what has no row in a ranking.
func notShown(n int, of string) string {
	if n == 1 {
		return count(n, of) + " ranked lower is not shown"
	}
	return count(n, of) + " ranked lower are not shown"
}

// unshown counts the factors that have no row, in the figure and its caption;
// it is "" where all have one.
func unshown(n int) string {
	if n <= mostRows {
		return ""
	}
	return notShown(n-mostRows, "factor")
}

// count writes "1 factor", "12 factors".
func count(n int, of string) string {
	if n != 1 {
		of += "s"
	}
	return num(float64(n), 0) + nbsp + of
}

// told is an estimate with its interval for the alternative text.
func told(iv analysis.Interval, text func(float64) string) string {
	if !finite(iv.Low) || !finite(iv.High) {
		return text(iv.Estimate)
	}
	return text(iv.Estimate) + " (" + text(iv.Low) + " to " + text(iv.High) + ")"
}

// few names the first three and counts the others: captions stay short.
func few(names []string) string {
	if len(names) > 4 {
		names = append(slices.Clone(names[:3]), fmt.Sprintf("%d others", len(names)-3))
	}
	return list(names)
}

// hundred is a share as per cent, for axes that say so.
func hundred(iv analysis.Interval) analysis.Interval {
	iv.Estimate, iv.Low, iv.High = 100*iv.Estimate, 100*iv.Low, 100*iv.High
	return iv
}
