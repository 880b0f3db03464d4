package plots

import (
	"cmp"
	"fmt"
	"math"

	"epgsim/sim/analysis"
)

// checker looks through the input of a figure and keeps the first fault that
// it meets. What is looked through after a fault may be of any length, so that
// a loop over it must not trust the lengths that were asked for.
type checker struct {
	place string // where in the input, e.g. "headline: form 1 (Own mix)"
	first *error
}

func checking(figure string) checker { return checker{figure, new(error)} }

// err is the first fault, nil where there is none.
func (c checker) err() error { return *c.first }

// at is the checker of a part of the input.
func (c checker) at(format string, args ...any) checker {
	return checker{c.place + ": " + fmt.Sprintf(format, args...), c.first}
}

// want keeps a fault unless ok; the message says what is wrong.
func (c checker) want(ok bool, format string, args ...any) {
	if !ok && *c.first == nil {
		*c.first = fmt.Errorf("plots: %s: %s", c.place, fmt.Sprintf(format, args...))
	}
}

// count wants between 1 and most panels, bars or lines: with more the figure
// could not be read.
func (c checker) count(n, most int) {
	c.want(n > 0, "none given")
	c.want(n <= most, "%d given, at most %d can be read in one figure", n, most)
}

// form wants a form that has a look and returns the checker of its data; i is
// its place among the forms.
func (c checker) form(i int, f Form) checker {
	c = c.at("form %d (%s)", i+1, f.name())
	c.kind(f.Kind)
	return c
}

func (c checker) kind(k FormKind) {
	c.want(k >= Market && k < nKinds, "unknown form kind %d", int(k))
}

// length wants series of n values.
func (c checker) length(n int, series ...[]float64) {
	for _, s := range series {
		c.want(len(s) == n, "%d values where %d are needed", len(s), n)
	}
}

// mean wants the mean and its interval for n weeks.
func (c checker) mean(b analysis.Band, n int) {
	c.want(n > 0, "empty")
	checker{c.place + " (mean, low, high)", c.first}.length(n, b.Mean, b.Low, b.High)
}

// quantiles wants the quantiles for n weeks.
func (c checker) quantiles(b analysis.Band, n int) {
	c.want(n > 0, "empty")
	checker{c.place + " (5, 25, 50, 75, 95 %)", c.first}.length(n, b.P05, b.P25, b.P50, b.P75, b.P95)
}

// shares wants every value that is there within 0..1, up to rounding.
func (c checker) shares(vs ...float64) {
	for t, v := range vs {
		c.want(!finite(v) || v >= -1e-9 && v <= 1+1e-9, "value %d, %v, is not within 0..1", t+1, v)
	}
}

// years wants a project length that an axis can show.
func (c checker) years(y float64) {
	c.want(finite(y) && y > 0 && y <= 1000, "%v years is not a length of time", y)
}

// projectEnd wants such a length, or 0 for none.
func (c checker) projectEnd(y float64) {
	if y != 0 {
		c.at("project").years(y)
	}
}

// ascending wants a grid that grows strictly.
func (c checker) ascending(xs []float64) {
	for i, x := range xs {
		c.want(finite(x) && (i == 0 || x > xs[i-1]), "value %d (%v) is not above the one before", i, x)
	}
}

// estimate wants an estimate. Its interval may be missing, and need not hold
// the estimate: bootstrap intervals of skewed statistics sometimes do not.
func (c checker) estimate(iv analysis.Interval) {
	c.want(finite(iv.Estimate), "%v cannot be drawn, a finite value is needed", iv.Estimate)
	c.want(!(iv.Low > iv.High), "the interval runs from %v down to %v", iv.Low, iv.High)
	for _, v := range []float64{iv.Low, iv.High} {
		c.want(math.IsNaN(v) || finite(v), "an interval that ends at %v cannot be drawn", v)
	}
}

// known is estimate for what may be missing.
func (c checker) known(iv analysis.Interval) {
	if !math.IsNaN(iv.Estimate) {
		c.estimate(iv)
	}
}

// checkingRows looks through the input of a figure about an outcome and rows
// of factors.
func checkingRows[T any, P factorRow[T]](figure string, m Measure, rows []T) checker {
	c := checking(figure)
	c.outcome(m)
	c.factors(mapped(rows, func(row T) Factor { return *P(&row).own() })...)
	return c
}

// outcome wants an outcome with a label.
func (c checker) outcome(m Measure) { c.want(clean(m.Label) != "", "the outcome has no label") }

// factors wants at least one factor, and each with a name or a label of its
// own: two rows of one name could not be told apart.
func (c checker) factors(fs ...Factor) {
	c.want(len(fs) > 0, "factors: none given")
	seen := map[Factor]int{}
	for i, f := range fs {
		f = f.tidy()
		c.want(f.Label != "", "factor %d has neither a label nor a name", i+1)
		k, twice := seen[f]
		c.want(!twice, "factors %d and %d are both %s", k+1, i+1, f.inText())
		seen[f] = i
	}
}

// factor is the checker of what is said of a factor. Its name is preferred to
// its label: what errors speak of is looked for in files.
func (c checker) factor(f Factor) checker { return c.at("%s", f.tidy().short()) }

// levels wants a text and, where places are given, a place for each level.
func (c checker) levels(l Levels, most int) {
	c = c.at("levels of %s", cmp.Or(l.Factor.tidy().short(), "a factor without a name"))
	c.factors(l.Factor)
	c.count(len(l.Texts), most)
	if l.At != nil {
		c = c.at("their places")
		c.length(len(l.Texts), l.At)
		c.ascending(l.At)
	}
}
