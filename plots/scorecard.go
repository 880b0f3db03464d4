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
	m := multiples{least: 110, body: 78, left: 24, right: 4}
	for _, pn := range in.Panels {
		m.tiles = append(m.tiles, pn.tile())
	}
	return m.figure(Figure{
		words: in.Words,
		Name:  "scorecard",
		Title: in.say("Scorecard: how long the group lives, and what its members have of it"),
		Alt:   in.alt(), Caption: in.caption(),
		sub: in.say("Means with 95" + nbsp + "% intervals; members ranked within their group, each quantity for itself"),
		key: in.key(),
	}), nil
}

// key names the forms, where there are several.
func (in ScorecardInput) key() (items []keyItem) {
	if len(in.Forms) < 2 {
		return nil
	}
	return mapped(in.Forms, func(f Form) keyItem { return keySign(f.name(), f.look().mark, f.look().fill) })
}

// tile is the panel as one of several, with some room between the ends of the x axis and
// the nearest signs.
func (pn ScorecardPanel) tile() tile {
	rows := mapped(pn.Lines, func(l ScorecardLine) []analysis.Interval { return l.Values })
	names := mapped(pn.Lines, func(l ScorecardLine) endLabel { return formLabel(l.Form, "") })
	t := tile{title: pn.Title, unit: pn.Unit, along: pn.Along, y: wholeAxis(), data: func(g panel) { g.lines(pn.X, rows, names, 2) }}
	if !pn.Share {
		var seen span
		seen.interval(slices.Concat(rows...)...)
		t.y = fromZero(seen).thinned(4)
	}
	if pn.Own {
		t.signs = mapped(pn.Lines, func(l ScorecardLine) Form { return l.Form })
	}
	first, end := pn.X[0], pn.X[len(pn.X)-1]
	edge := 0.05 * max(1, end-first)
	t.x = axisOf(first, end, 6, pn.Whole)
	t.x.lo, t.x.hi = first-edge, end+edge
	t.x.ticks = slices.DeleteFunc(t.x.ticks, func(v float64) bool { return v < t.x.lo || v > t.x.hi })
	return t
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
