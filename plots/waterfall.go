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
	return f.sized(in.height).Headed(in.finding()), nil
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

// waterLayout is where things stand on a page of a width: the columns of numbers, the
// data between x0 and x1, and the height of a row and of the names above its bar,
// which in a column stand there.
type waterLayout struct {
	cols   []float64
	x0, x1 float64
	name   float64 // the width of names
	column bool
	title  string // of the axis
}

func (in WaterfallInput) layout(r rect, rows []waterLine) waterLayout {
	heads := in.heads()
	cols, left := columns(r.x1, heads[:], mapped(rows, func(l waterLine) []string { return l.numbers() }))
	for _, e := range []WaterfallEnd{in.From, in.To} {
		left = min(left, cols[0]-textWidth(in.value(e.Value), sizeLabel, true))
	}
	_, zero := in.axis(rows)
	l := waterLayout{cols: cols, x0: r.x0 + waterName, x1: left - 10, name: waterName - 8,
		title: joined(in.Quantity, ", ", in.Unit) + when(!zero, " (the axis does not begin at zero)")}
	if narrow(r.w()) {
		l.x0, l.name, l.column = r.x0+10, r.w(), true
	}
	return l
}

// row is the height of a row with so many lines of name.
func (l waterLayout) row(lines int) float64 {
	if l.column {
		return labelLead*float64(lines) + waterRow - 2
	}
	return max(waterRow, labelLead*float64(lines)+6)
}

// lines are those of the names of all rows, from the first variant to the second.
func (l waterLayout) lines(in WaterfallInput, rows []waterLine) (out [][]string) {
	name := func(s string, indent float64, bold bool) { out = append(out, wrap(s, l.name-indent, sizeLabel, bold)) }
	name(in.From.Form.name(), 11, true)
	for _, row := range rows {
		name(row.Label, 0, false)
	}
	name(in.To.Form.name(), 11, true)
	return out
}

func (in WaterfallInput) height(w float64) float64 {
	r, rows := rect{x1: w}, in.rows()
	l := in.layout(r, rows)
	h := waterHead + footAcross(l.title, w-l.x0)
	for _, lines := range l.lines(in, rows) {
		h += l.row(len(lines))
	}
	return h
}

func (in WaterfallInput) heads() [3][2]string {
	return [3][2]string{{"contribution", in.stepUnit()}, {"of the", "difference"}, {"switched", "off alone"}}
}

func (in WaterfallInput) drawRows(p pen, r rect) {
	rows := in.rows()
	x, zero := in.axis(rows)
	l := in.layout(r, rows)
	top, heads := r.y1-waterHead, in.heads()
	p.heads(heads[:], l.cols, top+13, false)
	names := l.lines(in, rows)
	var at []rect // of the rows
	for y := top; len(at) < len(names); {
		h := l.row(len(names[len(at)]))
		at = append(at, rect{r.x0, y - h, r.x1, y})
		y -= h
	}
	g := panel{pen: p, x: x, r: rect{l.x0, at[len(at)-1].y0, l.x1, top}}
	g.frameAcross(l.title, l.x0, r.x1)
	if l.column { // the grid stays behind the names
		for k := range at {
			h := labelLead * float64(len(names[k]))
			g.rect(white, rect{r.x0, at[k].y1 - h, l.x1 + 2, at[k].y1})
		}
	}
	bands := mapped(at, func(row rect) rect { return row })
	if l.column {
		for k := range bands {
			bands[k].y1 -= labelLead * float64(len(names[k]))
		}
	}
	for k, v := range append(mapped(rows, func(row waterLine) float64 { return row.from }), in.To.Value.Estimate) {
		x := g.px(v) // joins the end of a row to the beginning of the next
		g.line(stroke{col: ink, width: 0.5}, point{x, bands[k].my()}, point{x, bands[k+1].my()})
	}
	for k, lines := range names {
		y := at[k].y1 - 9
		if !l.column {
			y = mid(at[k].my(), sizeLabel) + labelLead/2*float64(len(lines)-1)
		}
		switch k {
		case 0:
			g.nameTitle(r.x0, y, l.name, in.From.Form)
			in.drawEnd(g, bands[k], l.cols, in.From, zero)
		case len(names) - 1:
			g.nameTitle(r.x0, y, l.name, in.To.Form)
			in.drawEnd(g, bands[k], l.cols, in.To, zero)
		default:
			g.textLines(r.x0, y, labelLead, lines, letters{size: sizeLabel, col: ink})
			rows[k-1].draw(g, bands[k], l.cols)
			g.hover(at[k], rows[k-1].Label+": "+strings.Join(rows[k-1].numbers()[:1], ""))
		}
	}
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
	at := point{g.px(v.Estimate), row.my()}
	g.hover(row, e.Form.name()+": "+in.value(v))
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
