package plots

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"epgsim/sim/analysis"
)

// TornadoInput is what a tornado shows: how an outcome changes when one factor
// at a time goes to the ends of its range and all others stay at the base.
type TornadoInput struct {
	Outcome Measure
	Base    analysis.Interval // the outcome at the base
	Rows    []TornadoRow      // in any order
}

// TornadoRow is one factor. Its levels go from the lowest to the highest; an
// effect that is missing is not drawn.
type TornadoRow struct {
	Factor
	analysis.Swing
	Texts []string // of the levels, e.g. "10 h/week"
}

func (row TornadoRow) noise() bool { return row.Noise }

// tornadoEnd is what the lowest or the highest level of a factor does.
type tornadoEnd struct {
	level  string
	effect analysis.Interval // the outcome there minus that at the base
}

// none says that nothing is known of the level.
func (e tornadoEnd) none() bool { return math.IsNaN(e.effect.Estimate) }

func (row TornadoRow) ends() []tornadoEnd {
	last := len(row.Levels) - 1
	return []tornadoEnd{{row.Texts[0], row.Levels[0]}, {row.Texts[last], row.Levels[last]}}
}

// between are the effects of the levels between the two.
func (row TornadoRow) between() []analysis.Interval {
	last := len(row.Levels) - 1
	return row.Levels[min(1, last):last]
}

// Tornado draws the factors by how far they move the outcome from its base,
// the farthest first and those that are noise last. A bar is pale for the low
// level and dark for the high one; where the two would lie on each other, they
// stand one above the other.
func Tornado(in TornadoInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("tornado")
	}
	in.Rows = ranked(in.Rows, TornadoRow.reach)
	slices.SortStableFunc(in.Rows, func(a, b TornadoRow) int {
		switch {
		case a.Noise == b.Noise:
			return 0
		case a.Noise:
			return 1
		}
		return -1
	})
	c := in.chart()
	f := in.Outcome.figure("tornado", ": one factor at a time")
	f.sub = in.Outcome.under("Each bar is the change when this factor alone takes the level written at its end")
	f.key = []keyItem{
		{label: "at its lowest level", sign: func(p pen, r rect) { p.edged(barPale, barDark, r) }}, keyArea("at its highest level", barDark),
		keyInterval("95" + nbsp + "% interval; ~ cannot be told from no effect"),
	}
	if slices.ContainsFunc(in.Rows[:len(c.rows)], func(row TornadoRow) bool { return len(row.between()) > 0 }) {
		f.key = slices.Insert(f.key, 2, keySign("at levels between", markHollowDiamond, ink))
	}
	f.Alt = fmt.Sprintf("Tornado chart of %s from its base of %s, with 95 %% intervals, the largest first. ",
		firstLower(in.Outcome.Label), in.Outcome.value(in.Base.Estimate))
	f.Caption = in.caption()
	label := func(row TornadoRow) string { return row.Factor.Label }
	return c.figure(f).Headed(finding(in.Outcome, in.Rows, TornadoRow.size, TornadoRow.noise, label)), nil
}

func (in TornadoInput) ok() bool {
	return len(in.Rows) > 0 && known(in.Base) && every(in.Rows, func(row TornadoRow) bool {
		return len(row.Levels) == len(row.Texts) && len(row.effects()) > 0 && known(row.effects()...) && drawable(row.Highest)
	})
}

// effects are those of all levels of which something is known.
func (row TornadoRow) effects() []analysis.Interval {
	return slices.DeleteFunc(slices.Clone(row.Levels), func(iv analysis.Interval) bool { return math.IsNaN(iv.Estimate) })
}

// reach is how far the factor moves the outcome, from end to end, the base
// among them.
func (row TornadoRow) reach() float64 {
	seen := span{any: true}
	for _, iv := range row.effects() {
		seen.add(iv.Estimate)
	}
	return seen.hi - seen.lo
}

// size is within what the row's reach surely lies: at least as far as its surest
// effect, at most from end to end of its intervals.
func (row TornadoRow) size() analysis.Interval {
	w := row.whole()
	iv := analysis.Interval{Estimate: row.reach(), High: w.hi - w.lo}
	for _, e := range append(row.effects(), row.Highest) {
		if v := magnitude(e); v.Low > iv.Low {
			iv.Low = v.Low
		}
	}
	return iv
}

// whole is the range of the row with its intervals and the base.
func (row TornadoRow) whole() span {
	seen := span{any: true}
	for _, iv := range row.effects() {
		seen.add(iv.Estimate, iv.Low, iv.High)
	}
	return seen
}

// stacked says that the two bars need lines of their own: they or their
// intervals would lie on each other.
func (row TornadoRow) stacked() bool {
	a, b := row.ends()[0].effect, row.ends()[1].effect
	return row.sameWay() || a.Low < b.High && b.Low < a.High
}

// sameWay says that both ends move the outcome to the same side.
func (row TornadoRow) sameWay() bool {
	return row.ends()[0].effect.Estimate*row.ends()[1].effect.Estimate > 0
}

func (in TornadoInput) chart() rowChart {
	show, rest := shown(in.Rows, mostRows, "factor")
	c := rowChart{
		heads: [][2]string{{"high", "minus low"}},
		title: in.Outcome.in("Change from the base"),
		zero:  "base " + in.Outcome.value(in.Base.Estimate),
		rest:  rest,
	}
	u := roundingOf(in.Rows, func(row TornadoRow) float64 { return row.Highest.Estimate })
	var seen span
	for _, row := range show {
		cell := when(row.Noise, "~")
		if finite(row.Highest.Estimate) {
			cell = u.change(row.Highest, row.Noise)
		}
		c.add(row.Factor, row.Noise, row.told(in.Outcome), row.draw, cell)
		w := row.whole()
		seen.add(w.lo, w.hi)
	}
	c.axis = func(width float64) axis { return levelRoom(show, seen, width) }
	return c
}

// levelRoom is the axis of the effects, wide enough for the levels written at
// the ends of the bars. The wider the axis, the shorter the bars: a few rounds
// settle it.
func levelRoom(rows []TornadoRow, seen span, width float64) axis {
	if seen.lo == seen.hi {
		seen.lo, seen.hi = -1, 1
	}
	lo, hi := seen.lo, seen.hi
	for range 30 {
		perPoint := (hi - lo) / width
		for _, row := range rows {
			for _, l := range row.levels(width) {
				room := (textWidth(l.text, sizeNote, false) + 6) * perPoint
				if l.left {
					lo = min(lo, l.at-room)
				} else {
					hi = max(hi, l.at+room)
				}
			}
		}
	}
	return newAxis(lo, hi, 5)
}

// levelText is where a level is written: on its bar's side of the base, beyond
// all that the row has there.
type levelText struct {
	text  string
	at    float64
	left  bool
	lower float64 // by how much, in points, it stands below the middle of the row
}

// levels are the texts of the row on a figure with data that wide. They take
// up to about a third of it on either side.
func (row TornadoRow) levels(width float64) (out []levelText) {
	most := min(84, 0.35*width)
	ends := row.ends()
	for k, e := range ends {
		if e.none() {
			continue
		}
		other := ends[1-k].effect.Estimate
		l := levelText{text: fit(e.level, most, sizeNote, false)}
		switch v := e.effect.Estimate; {
		case v != 0:
			l.left = v < 0
		case other > 0 || other < 0:
			l.left = other > 0 // the base's own level, on the free side
		default:
			l.left = k == 0
		}
		if row.sameWay() {
			l.lower = 3.6 * float64(2*k-1)
		}
		l.at = row.whole().hi
		if l.left {
			l.at = row.whole().lo
		}
		out = append(out, l)
	}
	return out
}

// draw draws the bars of a row with their intervals and levels.
func (row TornadoRow) draw(g panel) {
	const half = 4.6 // the height of half a bar
	words := letters{size: sizeNote, col: ink}
	if row.Noise {
		words.col = muted
	}
	for k, e := range row.ends() {
		if e.none() {
			continue
		}
		y0, y1 := g.r.my()-half, g.r.my()+half
		if row.stacked() && k == 0 {
			y0 = g.r.my() + 0.4
		} else if row.stacked() {
			y1 = g.r.my() - 0.4
		}
		fill, edge := barPale, barDark
		if k == 1 {
			fill = barDark
		}
		if row.Noise {
			fill, edge = fill.tint(0.35), edge.tint(0.35)
		}
		a, b := g.px(0), g.px(e.effect.Estimate)
		bar := rect{min(a, b), y0, max(a, b), y1}
		if bar.w() > 0.2 {
			g.edged(fill, edge, bar)
		}
		if e.effect.High > e.effect.Low {
			g.interval((y0+y1)/2, e.effect.Low, e.effect.High, words.col)
		}
	}
	g.zero(ink)
	for _, iv := range row.between() {
		g.flatMarker(point{g.px(iv.Estimate), g.r.my()}, markHollowDiamond, words.col)
	}
	for _, l := range row.levels(g.r.w()) {
		x := g.px(l.at) + 4
		words.align = 0
		if l.left {
			x, words.align = g.px(l.at)-4, 1
		}
		g.plated(x, mid(g.r.my()-l.lower, sizeNote), l.text, words)
	}
}

// caption names what moves the outcome most, what moves it the same way at
// both ends, and counts what may as well do nothing.
func (in TornadoInput) caption() string {
	label := func(row TornadoRow) string { return row.Factor.Label }
	most := firstFew(in.Rows, 3, func(row TornadoRow) bool { return !row.Noise }, func(row TornadoRow) string {
		ends := each(row.ends(), func(e tornadoEnd) string { return when(!e.none(), "%s", in.Outcome.change(e.effect.Estimate)) })
		return fmt.Sprintf("%s (%s)", label(row), strings.Join(ends, " to "))
	})
	bent := firstFew(in.Rows, len(in.Rows), func(row TornadoRow) bool { return row.Bent }, label)
	noise := number(in.Rows, TornadoRow.noise)
	return sentences(named(most, "the outcome moves most with ", "no factor moves the outcome from its base by more than luck might"),
		named(bent, "highest or lowest between the ends of the range: ", ""),
		when(noise > 0 && len(most) > 0, "%d of %s cannot be told from having no effect (~)", noise, count(len(in.Rows), "factor")),
		"whiskers are 95"+nbsp+"% intervals on the same luck as the base")
}

func (row TornadoRow) told(m Measure) string {
	ends := each(row.ends(), func(e tornadoEnd) string { return when(!e.none(), "%s at %s", told(e.effect, m.change), e.level) })
	return strings.Join(ends, ", ") + when(row.Bent, ", beyond both in between") + when(row.Noise, ", not to be told from no effect")
}
