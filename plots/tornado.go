package plots

import (
	"math"
	"slices"

	"epgsim/sim/analysis"
)

// TornadoInput is what a tornado shows: how an outcome changes when one factor
// at a time goes to the ends of its range and all others stay at the base.
type TornadoInput struct {
	Outcome Measure
	Base    analysis.Interval // the outcome at the base
	Rows    []TornadoRow      // in any order
}

// TornadoRow is one factor.
type TornadoRow struct {
	Factor    Factor
	Low, High TornadoEnd // at its lowest and its highest level

	// Between are the effects of the levels between the two, as those of the
	// ends; it may be empty.
	Between []analysis.Interval

	// Swing is the outcome at the high level minus that at the low one, on
	// the same luck; a missing one is not printed.
	Swing analysis.Interval

	Noise bool // nothing the factor does can be told from luck
	Bent  bool // the outcome is surely higher, or lower, in between than at both ends
}

// TornadoEnd is what one level of a factor does.
type TornadoEnd struct {
	Level  string            // e.g. "10 h/week"
	Effect analysis.Interval // the outcome there minus that at the base; missing where the level is none
}

// Tornado draws the factors by how far they move the outcome from its base,
// the farthest first and those that are noise last. A bar is pale for the low
// level and dark for the high one; where the two would lie on each other, they
// stand one above the other.
func Tornado(in TornadoInput) (*Figure, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	in.Outcome = in.Outcome.tidy()
	rows := in.rows()
	show := shown(rows)
	c := in.chart(show)
	title := in.Outcome.Label + ": one factor at a time"
	key := []keyItem{
		keyOutlined("at its lowest level", barPale), keyArea("at its highest level", barDark),
		keyInterval("95" + nbsp + "% interval; ~ cannot be told from no effect"),
	}
	for _, row := range show {
		if len(row.Between) > 0 {
			key = slices.Insert(key, 2, keySign("at levels between", markHollowDiamond, ink))
			break
		}
	}
	sub := in.Outcome.under("Each bar is the change when this factor alone takes the level written at its end")
	f := c.figure(in.Outcome.name("tornado"), title, sub, key, func(g panel, i int) { show[i].draw(g) })
	f.Alt, f.Caption = in.alt(rows), in.caption(rows)
	return f, nil
}

// keyOutlined is a pale swatch with a line around it.
func keyOutlined(label string, c hex) keyItem {
	return keyItem{label, func(p pen, r rect) {
		p.rect(c, r)
		p.outline(stroke{col: barDark, width: 0.6}, r.corners()...)
	}}
}

func (in TornadoInput) check() error {
	const what = "tornado"
	if err := checkSubject(what, in.Outcome, in.Rows, func(row TornadoRow) Factor { return row.Factor }); err != nil {
		return err
	}
	if err := checkEstimate(what+": base", in.Base); err != nil {
		return err
	}
	for _, row := range in.Rows {
		w := what + ": " + row.Factor.tidy().short()
		if row.Low.none() && row.High.none() {
			return bad("%s: no effect is given, neither at a low level nor at a high one", w)
		}
		for k, e := range []TornadoEnd{row.Low, row.High} {
			if e.none() {
				continue
			}
			side := [...]string{"low", "high"}[k]
			if err := checkEstimate(w+": effect of the "+side+" level", e.Effect); err != nil {
				return err
			}
		}
		for _, iv := range row.Between {
			if err := checkEstimate(w+": effect of a level between", iv); err != nil {
				return err
			}
		}
	}
	return nil
}

// none says that the factor has no such level.
func (e TornadoEnd) none() bool { return math.IsNaN(e.Effect.Estimate) }

// effects are those of all levels that the row has.
func (row TornadoRow) effects() []analysis.Interval {
	out := slices.Clone(row.Between)
	for _, e := range []TornadoEnd{row.Low, row.High} {
		if !e.none() {
			out = append(out, e.Effect)
		}
	}
	return out
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
	a, b := row.Low.Effect, row.High.Effect
	return row.sameWay() || a.Low < b.High && b.Low < a.High
}

// sameWay says that both ends move the outcome to the same side.
func (row TornadoRow) sameWay() bool {
	return row.Low.Effect.Estimate*row.High.Effect.Estimate > 0
}

// rows are the factors in the order in which they are drawn.
func (in TornadoInput) rows() []TornadoRow {
	rows := ranked(in.Rows, TornadoRow.reach)
	slices.SortStableFunc(rows, func(a, b TornadoRow) int {
		switch {
		case a.Noise == b.Noise:
			return 0
		case a.Noise:
			return 1
		}
		return -1
	})
	for i := range rows {
		row := &rows[i]
		row.Factor = row.Factor.tidy()
		row.Low.Level, row.High.Level = clean(row.Low.Level), clean(row.High.Level)
	}
	return rows
}

func (in TornadoInput) chart(rows []TornadoRow) rowChart {
	c := rowChart{
		heads: [][2]string{{"high", "minus low"}},
		title: in.Outcome.in("Change from the base"),
		zero:  "base " + in.Outcome.value(in.Base.Estimate),
		rest:  unshown(len(in.Rows)),
	}
	var seen span
	var swings []float64
	for _, row := range in.Rows {
		swings = append(swings, row.Swing.Estimate)
	}
	u := roundingOf(swings)
	for _, row := range rows {
		cell := ""
		switch {
		case finite(row.Swing.Estimate):
			cell = u.change(row.Swing, row.Noise)
		case row.Noise:
			cell = "~"
		}
		c.add(row.Factor, row.Noise, cell)
		w := row.whole()
		seen.add(w.lo, w.hi)
	}
	c.x = levelRoom(rows, seen, c.width())
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
	ends := []TornadoEnd{row.Low, row.High}
	for k, e := range ends {
		if e.none() || e.Level == "" {
			continue
		}
		other := ends[1-k].Effect.Estimate
		l := levelText{text: fit(e.Level, most, sizeNote, false)}
		switch v := e.Effect.Estimate; {
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
	for k, e := range []TornadoEnd{row.Low, row.High} {
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
		a, b := g.px(0), g.px(e.Effect.Estimate)
		bar := rect{min(a, b), y0, max(a, b), y1}
		if bar.w() > 0.2 {
			g.rect(fill, bar)
			g.outline(stroke{col: edge, width: 0.6}, bar.corners()...)
		}
		if e.Effect.High > e.Effect.Low {
			g.interval((y0+y1)/2, e.Effect.Low, e.Effect.High, row.ink())
		}
	}
	g.line(stroke{col: ink, width: widthAxis}, point{g.px(0), g.r.y0}, point{g.px(0), g.r.y1})
	for _, iv := range row.Between {
		g.flatMarker(point{g.px(iv.Estimate), g.r.my()}, markHollowDiamond, row.ink())
	}
	for _, l := range row.levels(g.r.w()) {
		x, align := g.px(l.at)+4, 0.0
		if l.left {
			x, align = g.px(l.at)-4, 1
		}
		g.plated(x, mid(g.r.my()-l.lower, sizeNote), l.text, letters{size: sizeNote, col: row.ink(), align: align})
	}
}

func (row TornadoRow) ink() hex {
	if row.Noise {
		return muted
	}
	return ink
}
