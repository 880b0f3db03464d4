package plots

import (
	"slices"
	"strings"

	"epgsim/sim/analysis"
)

// ScorecardInput is what the scorecard of groups that are meant to last shows.
type ScorecardInput struct {
	Words

	Forms  []Form           // that have a line each in the panels that are not Own
	Panels []ScorecardPanel // at most 8, drawn row by row
}

// ScorecardPanel is one quantity, by year or by rank of the members in their group.
type ScorecardPanel struct {
	Title, Unit string
	Along       string // what the x axis measures
	Share       bool   // the axis is all of 0 to 1
	Whole       bool   // the x axis counts: 1, 2, 3 …
	Own         bool   // its lines are not the forms, and are named in it
	X           []float64
	Lines       []ScorecardLine // at most MostVariants
}

// ScorecardLine is the mean at each X with its 95 % interval; NaN is a missing value.
type ScorecardLine struct {
	Form   Form
	Values []analysis.Interval
}

func (in ScorecardInput) ok() bool {
	return some(in.Forms, MostVariants) && some(in.Panels, 8) && every(in.Panels, func(pn ScorecardPanel) bool {
		return some(pn.X, 40) && slices.IsSorted(pn.X) && some(pn.Lines, MostVariants) &&
			every(pn.Lines, func(l ScorecardLine) bool { return len(l.Values) == len(pn.X) && drawable(l.Values...) })
	})
}

// Scorecard draws how long groups live, who leaves them when, and what their members have
// of them.
func Scorecard(in ScorecardInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("scorecard")
	}
	return &Figure{
		words: in.Words,
		Name:  "scorecard",
		Title: in.say("Scorecard: how long the group lives, and what its members have of it"),
		Alt:   in.local(in.alt()), Caption: in.local(in.caption()),
		sub: in.say("Means with 95" + nbsp + "% intervals; members ranked within their group, each quantity for itself"),
		key: in.key(),
		size: func(w float64) (h float64) {
			for _, head := range in.layout(w).heads {
				h += head + scorecardData + footX(true) + scorecardBelow
			}
			return h
		},
		draw: in.draw,
	}, nil
}

const (
	scorecardData  = 78.0 // the height of a panel's data
	scorecardGap   = 16.0 // between panels
	scorecardBelow = 4.0  // below a row of them
	scorecardEdge  = 5.0  // between an end of the x axis and the nearest sign
)

// scorecardLayout is how the panels stand: by row, the height of titles and of all that is
// above the data.
type scorecardLayout struct {
	cols          int
	titles, heads []float64
}

func (in ScorecardInput) layout(w float64) (l scorecardLayout) {
	rows, cols := tiling(len(in.Panels), w, 130)
	l.cols = cols
	tile := w/float64(cols) - scorecardGap
	for row := range rows {
		titles, keys := 1, 0
		for _, pn := range in.Panels[row*cols : min(len(in.Panels), (row+1)*cols)] {
			titles = max(titles, len(wrap(pn.Title, tile, sizeLabel, true)))
			if pn.Own {
				keys = max(keys, len(pn.Lines))
			}
		}
		title := labelLead*float64(titles) + 2
		l.titles = append(l.titles, title)
		l.heads = append(l.heads, title+titleLead*float64(keys+1)+9)
	}
	return l
}

// key names the forms, where there are several.
func (in ScorecardInput) key() (items []keyItem) {
	if len(in.Forms) < 2 {
		return nil
	}
	return mapped(in.Forms, func(f Form) keyItem { return keySign(f.name(), f.look().mark, f.look().fill) })
}

func (pn ScorecardPanel) axis() axis {
	if pn.Share {
		y := newAxis(0, 1, 3)
		y.hi = 1.02 // a line at the top keeps its whole width
		return y
	}
	var seen span
	for _, l := range pn.Lines {
		for _, v := range l.Values {
			seen.interval(v)
		}
	}
	return fromZero(seen).thinned(4)
}

func (in ScorecardInput) draw(p pen, r rect) {
	left := 24.0
	for _, pn := range in.Panels {
		left = max(left, gutter(pn.axis()))
	}
	l := in.layout(r.w())
	top := r.y1
	for i, pn := range in.Panels {
		row, col := i/l.cols, i%l.cols
		height := l.heads[row] + scorecardData + footX(true)
		tile := rect{r.x0, top - height, r.x1, top}.tiles(1, l.cols, scorecardGap, 0)[col]
		if col == l.cols-1 {
			top -= height + scorecardBelow
		}
		p.textLines(tile.x0, tile.y1-9, labelLead, wrap(pn.Title, tile.w(), sizeLabel, true), letters{size: sizeLabel, bold: true, col: ink})
		if pn.Own {
			pn.key(p, tile.x0, tile.y1-9-l.titles[row], tile.w())
		}
		area := tile.inset(left, footX(true), 4, l.heads[row])
		first, lastX := pn.X[0], pn.X[len(pn.X)-1]
		edge := scorecardEdge / area.w() * max(1, lastX-first)
		x := axisOf(first, lastX, 6, pn.Whole)
		x.lo, x.hi = first-edge, lastX+edge
		x.ticks = slices.DeleteFunc(x.ticks, func(t float64) bool { return t < x.lo || t > x.hi })
		g := panel{pen: p, r: area, x: x, y: pn.axis()}
		p.text(tile.x0, g.r.y1+8, pn.Unit, letters{size: sizeTick, col: muted})
		g.frame(true, true)
		p.xTitle(g.r, pn.Along)
		g.lines(pn.X, mapped(pn.Lines, func(l ScorecardLine) []analysis.Interval { return l.Values }),
			mapped(pn.Lines, func(l ScorecardLine) endLabel { return formLabel(l.Form, "") }), 2)
	}
}

// key names the lines, one below the other, each behind its sign.
func (pn ScorecardPanel) key(p pen, x, y, w float64) {
	for k, l := range pn.Lines {
		c, at := l.Form.look(), y-titleLead*float64(k)
		p.marker(point{x + lineMark + 1, at + 2.5}, c.mark, lineMark, c.fill)
		p.text(x+10, at, fit(l.Form.name(), w-10, sizeTick, false), letters{size: sizeTick, col: c.ink})
	}
}

// caption says of each panel where its first line begins and ends.
func (in ScorecardInput) caption() string {
	return sentences(strings.Join(each(in.Panels[:min(2, len(in.Panels))], func(pn ScorecardPanel) string {
		return firstLower(pn.Title) + ": " + strings.Join(each(pn.Lines, pn.ends(in.Words)), "; ")
	}), ". "))
}

// ends says where a line begins and ends.
func (pn ScorecardPanel) ends(w Words) func(ScorecardLine) string {
	return func(l ScorecardLine) string {
		from, to := 0, len(pn.X)-1
		return w.say("%s %s at %s, %s at %s", l.Form.inText(), w.value(l.Values[from], threeFigures), sig(pn.X[from]), w.value(l.Values[to], threeFigures), sig(pn.X[to]))
	}
}

func (in ScorecardInput) alt() string {
	return described(in.say("Small line charts with 95 % intervals. "), in.Panels, ". ", func(pn ScorecardPanel) string {
		return pn.Title + " (" + pn.Unit + ", " + pn.Along + "): " + strings.Join(each(pn.Lines, pn.ends(in.Words)), "; ")
	})
}
