package plots

import (
	"cmp"
	"fmt"
	"math"
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
// where they begin. Whiskers are the intervals of the steps; the numbers stand
// beside them, grey where a step cannot be told apart from none.
func Waterfall(in WaterfallInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("waterfall")
	}
	f := Figure{
		Name:  "waterfall",
		Title: fmt.Sprintf("What makes the difference between %s and %s", in.From.Form.inText(), in.To.Form.inText()),
		Alt:   in.alt(), Caption: in.caption(),
		sub: in.Quantity + ", " + in.value(in.From.Value) + " against " + in.value(in.To.Value),
		key: []keyItem{
			keyArea("makes the difference", barDark), keyArea("works against it", barPale),
			keyHatch("none of these", waterRest), keyInterval("95" + nbsp + "% interval; grey numbers: perhaps none"),
		},
		draw: in.drawRows,
	}
	return f.below(waterHead + waterRow*float64(len(in.Steps)+2) + footX(true)), nil
}

// waterRest is the colour of what is due to none of the causes.
const waterRest hex = 0x8A8A8A

const (
	waterRow  = 18.0
	waterHead = 26.0 // above the rows, for what the columns are
	waterName = 132.0
)

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

func (in WaterfallInput) drawRows(p pen, r rect) {
	rows := in.rows()
	x, zero := in.axis(rows)
	heads := [][2]string{{"contribution", in.stepUnit()}, {"of the", "difference"}, {"switched", "off alone"}}
	cols, left := columns(r.x1, heads, mapped(rows, func(l waterLine) []string { return l.numbers() }))
	for _, e := range []WaterfallEnd{in.From, in.To} {
		left = min(left, cols[0]-textWidth(in.value(e.Value), sizeLabel, true))
	}
	top := r.y1 - waterHead
	p.heads(heads, cols, top+13, false)
	g := panel{pen: p, x: x, r: rect{r.x0 + waterName, top - waterRow*float64(len(rows)+2), left - 10, top}}
	g.frameAcross(joined(in.Quantity, ", ", in.Unit) + when(!zero, " (the axis does not begin at zero)"))

	row := rect{r.x0, top - waterRow, r.x1, top}
	// next joins the end of a row to the beginning of the next.
	next := func(v float64) {
		x := g.px(v)
		g.line(stroke{col: ink, width: 0.5}, point{x, row.my()}, point{x, row.y0 - waterRow/2})
		row.y0, row.y1 = row.y0-waterRow, row.y1-waterRow
	}
	in.drawEnd(g, row, cols, in.From, zero)
	for _, l := range rows {
		next(l.from)
		l.draw(g, row, cols)
	}
	next(in.To.Value.Estimate)
	in.drawEnd(g, row, cols, in.To, zero)
}

// numbers are what stands beside a step, "" for what is missing.
func (s WaterfallStep) numbers() []string {
	return []string{signed(s.Change), when(finite(s.Share), "%s", pct(s.Share)), when(finite(s.Alone.Estimate), "%s", signed(s.Alone))}
}

// bar is the area from one value to another in a row.
func (g panel) bar(row rect, from, to float64) rect {
	a, b := g.px(from), g.px(to)
	return rect{min(a, b), row.y0 + 3.5, max(a, b), row.y1 - 3.5}
}

// drawEnd draws a variant.
func (in WaterfallInput) drawEnd(g panel, row rect, cols []float64, e WaterfallEnd, zero bool) {
	c, v := e.Form.look(), e.Value
	g.formTitle(row.x0, mid(row.my(), sizeLabel), waterName-8, e.Form)
	at := point{g.px(v.Estimate), row.my()}
	if zero {
		g.rect(c.fill, g.bar(row, 0, v.Estimate))
	} else {
		g.marker(at, c.mark, 4, c.fill)
	}
	g.interval(row.my(), v.Low, v.High, ink)
	g.text(cols[0], mid(row.my(), sizeLabel), in.value(v), letters{size: sizeLabel, bold: true, col: c.ink, align: 1})
}

// draw draws what one cause adds or takes away.
func (l waterLine) draw(g panel, row rect, cols []float64) {
	base := mid(row.my(), sizeLabel)
	g.text(row.x0, base, fit(l.Label, waterName-8, sizeLabel, false), letters{size: sizeLabel, col: ink})
	b := g.bar(row, l.from, l.to)
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
	g.interval(row.my(), low, high, ink)
	grey := [3]bool{analysis.Noise(l.Change), analysis.Noise(l.Change), analysis.Noise(l.Alone)}
	for k, s := range l.numbers() {
		t := letters{size: sizeTick, col: ink, align: 1}
		if grey[k] {
			t.col = muted
		}
		g.text(cols[k], base, s, t)
	}
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

func (in WaterfallInput) alt() string {
	parts := each(in.rows(), func(l waterLine) string {
		return l.Label + " " + signed(l.Change) + when(finite(l.Share), " (%s of the difference)", pct(l.Share))
	})
	return fmt.Sprintf("Waterfall from %s, %s, to %s, %s. %s. Half-widths of 95 %% intervals after ±, in %s.", in.From.Form.name(),
		in.value(in.From.Value), in.To.Form.name(), in.value(in.To.Value), list(parts), in.stepUnit())
}
