package plots

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"epgsim/sim/analysis"
)

// WaterfallInput is what a waterfall shows: how a quantity of one variant
// becomes that of another, step by step.
type WaterfallInput struct {
	Quantity string // what is measured, e.g. "Value closed in the project"
	Unit     string // of the values: "%", "k€" or "" for a pure number
	From, To WaterfallEnd
	Steps    []WaterfallStep // at most 13, in any order; they sum to To − From
}

// WaterfallEnd is one of the two variants.
type WaterfallEnd struct {
	Form  Form
	Value analysis.Interval
}

// WaterfallStep is the part of one cause.
type WaterfallStep struct {
	Label  string
	Change analysis.Interval // in the unit of the values
	Share  float64           // of the whole difference; NaN where that might be none
	Alone  analysis.Interval // how much less the difference is without this cause only; NaN leaves it out
	Rest   bool              // no cause, but the difference that is there without all of them; comes first
}

// Waterfall draws the two variants as bars from zero and between them the
// steps, the largest first, before them what none of the causes makes: it is
// where they begin. Whiskers are the intervals of the steps; what cannot be told
// apart from none is grey and marked "~".
func Waterfall(in WaterfallInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("waterfall")
	}
	rows := in.rows()
	x, zero := in.axis(rows)
	c := rowChart{
		heads: [][2]string{{"contribution", in.stepUnit()}, {"of the", "difference"}, {"switched", "off alone"}},
		title: joined(in.Quantity, ", ", in.Unit) + when(!zero, " (the axis does not begin at zero)"),
		x:     x,
	}
	end := func(e WaterfallEnd, first bool) {
		c.addForm(e.Form, in.value(e.Value), func(g panel) { e.draw(g, zero, first) }, in.value(e.Value), "", "")
	}
	end(in.From, true)
	for _, l := range rows {
		c.add(Factor{Label: l.Label}, analysis.Noise(l.Change), signed(l.Change)+when(finite(l.Share), " (%s of the difference)", pct(l.Share)), l.draw,
			signed(l.Change), when(finite(l.Share), "%s", pct(l.Share)), when(finite(l.Alone.Estimate), "%s%s", when(analysis.Noise(l.Alone), "~ "), signed(l.Alone)))
	}
	end(in.To, false)
	return c.figure(Figure{
		Name:    "waterfall",
		Title:   fmt.Sprintf("What makes the difference between %s and %s", in.From.Form.inText(), in.To.Form.inText()),
		Alt:     fmt.Sprintf("Waterfall from one variant to the other; half-widths of 95 %% intervals after ±, steps in %s. ", cmp.Or(in.stepUnit(), in.Quantity)),
		Caption: in.caption(),
		sub:     in.Quantity + ", " + in.value(in.From.Value) + " against " + in.value(in.To.Value),
		key: []keyItem{
			keyArea("makes the difference", barDark), keyArea("works against it", barPale),
			keyHatch("none of these", waterRest), keyInterval("95" + nbsp + "% interval; grey, ~: perhaps none"),
		},
	}).Headed(in.finding()), nil
}

// finding names the cause whose part is surely the largest, or the two that are
// surely larger than all others.
func (in WaterfallInput) finding() string {
	rows := ranked(in.rows(), func(l waterLine) float64 { return math.Abs(l.Change.Estimate) })
	first := slices.DeleteFunc(slices.Clone(rows), func(l waterLine) bool { return ahead(magnitude(rows[0].Change), magnitude(l.Change)) })
	if len(rows) < 3 || len(first) == 0 || len(first) > 2 || slices.ContainsFunc(first, func(l waterLine) bool { return l.Rest || !l.main || analysis.Noise(l.Change) }) {
		return ""
	}
	for _, l := range rows[len(first):] {
		if !ahead(magnitude(first[len(first)-1].Change), magnitude(l.Change)) {
			return ""
		}
	}
	causes := []string{first[0].Label}
	for _, l := range first[1:] {
		causes = append(causes, firstLower(l.Label))
	}
	return fmt.Sprintf("%s: the largest part%s of the difference between %s and %s", list(causes), map[bool]string{true: "s"}[len(causes) > 1],
		in.From.Form.inText(), in.To.Form.inText())
}

// waterRest is the colour of what is due to none of the causes.
const waterRest hex = 0x8A8A8A

// ok also wants the steps to make the difference: else the bars would lie.
func (in WaterfallInput) ok() bool {
	sum := 0.0
	for _, s := range in.Steps {
		sum += s.Change.Estimate
	}
	size := math.Abs(in.From.Value.Estimate) + math.Abs(in.To.Value.Estimate)
	return some(in.Steps, 13) && known(in.From.Value, in.To.Value) && math.Abs(sum-in.difference()) <= 1e-6*size
}

func (in WaterfallInput) difference() float64 {
	return in.To.Value.Estimate - in.From.Value.Estimate
}

// waterLine is a row of the figure.
type waterLine struct {
	WaterfallStep
	from, to float64
	main     bool // goes the way of the whole difference
}

// rows are the steps in the order in which they are drawn, the largest first.
func (in WaterfallInput) rows() (out []waterLine) {
	steps := ranked(in.Steps, func(s WaterfallStep) float64 {
		if s.Rest {
			return math.Inf(1)
		}
		return math.Abs(s.Change.Estimate)
	})
	at := in.From.Value.Estimate
	for _, s := range steps {
		out = append(out, waterLine{s, at, at + s.Change.Estimate, s.Change.Estimate*in.difference() >= 0})
		at += s.Change.Estimate
	}
	return out
}

// axis is that of the values; zero says whether it begins there.
func (in WaterfallInput) axis(rows []waterLine) (x axis, zero bool) {
	var seen span
	seen.interval(in.From.Value, in.To.Value)
	for _, l := range rows {
		low, high := l.ends()
		seen.add(l.from, l.to, low, high)
	}
	x, zero = outcomeAxis(seen)
	return x.thinned(5), zero
}

// ends are those of the step's interval, laid at where the step leads.
func (l waterLine) ends() (low, high float64) {
	return l.from + l.Change.Low, l.from + l.Change.High
}

// join draws the line at a value that joins a row to the one above or below it.
func (g panel) join(v, y float64) {
	g.line(stroke{col: ink, width: 0.5}, point{g.px(v), g.r.my()}, point{g.px(v), y})
}

// bar is the area from one value to another in a row.
func (g panel) bar(from, to float64) rect {
	a, b := g.px(from), g.px(to)
	return rect{min(a, b), g.r.my() - 5.5, max(a, b), g.r.my() + 5.5}
}

// draw draws a variant.
func (e WaterfallEnd) draw(g panel, zero, first bool) {
	c, v := e.Form.look(), e.Value
	if first {
		g.join(v.Estimate, g.r.y0)
	} else {
		g.join(v.Estimate, g.r.y1)
	}
	if zero {
		g.rect(c.fill, g.bar(0, v.Estimate))
	} else {
		g.marker(point{g.px(v.Estimate), g.r.my()}, c.mark, 4, c.fill)
	}
	g.interval(g.r.my(), v.Low, v.High, ink)
}

// draw draws what one cause adds or takes away.
func (l waterLine) draw(g panel) {
	g.join(l.from, g.r.y1)
	g.join(l.to, g.r.y0)
	b := g.bar(l.from, l.to)
	b.x1 = max(b.x1, b.x0+0.6) // a step of nothing is still a step
	switch {
	case l.Rest:
		g.hatched(waterRest, b.corners()...)
		g.outline(stroke{col: waterRest, width: 0.6}, b.corners()...)
	case l.main:
		g.rect(barDark, b)
	default:
		g.edged(barPale, barDark, b)
	}
	low, high := l.ends()
	g.interval(g.r.my(), low, high, ink)
}

// stepUnit is the unit of differences, which of per cent is another.
func (in WaterfallInput) stepUnit() string {
	if in.Unit == "%" {
		return "% points"
	}
	return in.Unit
}

// value prints a value with half the width of its interval and its unit.
func (in WaterfallInput) value(iv analysis.Interval) string {
	return joined(strings.TrimPrefix(signed(iv), "+"), nbsp, in.Unit)
}

// signed prints a change with its sign and half the width of its interval, as
// tables do.
func signed(iv analysis.Interval) string {
	half := (iv.High - iv.Low) / 2
	s := analysis.Round(iv.Estimate, half, nbsp)
	if iv.Estimate > 0 && s != "0" {
		s = "+" + s
	}
	if !finite(half) || half == 0 {
		return s
	}
	return s + nbsp + "±" + nbsp + analysis.Round(half, half, nbsp)
}

// caption says which causes surely make the difference, and which surely work
// against it.
func (in WaterfallInput) caption() string {
	rows := in.rows()
	surely := func(n int, main bool) []string {
		return firstFew(rows, n, func(l waterLine) bool { return !l.Rest && !analysis.Noise(l.Change) && l.main == main },
			func(l waterLine) string { return fmt.Sprintf("%s (%s)", firstLower(l.Label), signed(l.Change)) })
	}
	makes, against := surely(4, true), surely(3, false)
	return sentences(named(makes, "the largest parts of the difference, in "+cmp.Or(in.stepUnit(), in.Quantity)+": ", "no part of the difference can be told apart from none"),
		named(against, "working against it: ", ""), "bars add up from one variant to the other")
}
