package plots

import (
	"cmp"
	"fmt"
	"strings"

	"epgsim/sim/analysis"
)

// InteractionInput is an outcome over two or three factors of a factorial
// design.
type InteractionInput struct {
	Outcome Measure
	X       Levels // along the axis
	Lines   Levels // a line for each of at most 6 levels
	Panels  Levels // a panel for each of at most 6 levels; the zero value is none

	// Means are the outcome's means with their 95 % intervals, by panel (one
	// without Panels), line and level of X; a missing one leaves a gap.
	Means [][][]analysis.Interval
}

// Interaction draws the outcome against the first factor, a line for each
// level of the second and a panel for each of the third. Lines that are not
// parallel are factors that work together.
func Interaction(in InteractionInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("interaction")
	}
	var seen span
	for _, lines := range in.Means {
		for _, line := range lines {
			for _, m := range line {
				if finite(m.Estimate) {
					seen.interval(m)
				}
			}
		}
	}
	y, zero := outcomeAxis(seen)
	by, panels := []string{in.X.Factor.Label, in.Lines.Factor.Label}, ""
	named := func(f Factor) string { return joined(f.inText(), ", ", f.Unit) }
	if in.hasPanels() {
		by, panels = append(by, in.Panels.Factor.Label), "; panels: "+named(in.Panels.Factor)
	}
	f := in.Outcome.figure("interaction", " by "+list(by))
	f.sub = in.Outcome.under("Lines: " + named(in.Lines.Factor) + panels + "; whiskers: 95" + nbsp +
		"% interval of the mean, where larger than the sign" + notFromZero(zero))
	f.Alt, f.Caption = in.alt(), in.caption()
	m := multiples{least: 100, body: 130, below: 6, shared: true, unit: in.Outcome.in(in.Outcome.Label), along: in.xTitle()}
	if !in.hasPanels() {
		m.right = labelRoom(in.labels(0)) + 6
	} else {
		f.key = labelKey(in.labels(0))
	}
	for i, lines := range in.Means {
		m.tiles = append(m.tiles, tile{title: in.panelTitle(i), x: in.X.axis(), y: y, ticks: func(g panel) { g.levelTicks(in.X) }, data: func(g panel) {
			labels := in.labels(i)
			g.lines(g.x.ticks, lines, labels, min(4, 0.5*g.r.w()/float64(len(labels)*len(in.X.Texts))))
			if !in.hasPanels() {
				g.endLabels(g.r.x1+6, g.r.y0, g.r.y1+4, labels)
			}
		}})
	}
	return m.figure(f), nil
}

// panelTitle is the level of the third factor that panel i is for.
func (in InteractionInput) panelTitle(i int) string {
	if !in.hasPanels() {
		return ""
	}
	return in.Panels.Factor.Label + " " + in.Panels.Texts[i]
}

// xTitle is what the x axis measures.
func (in InteractionInput) xTitle() string {
	x := in.X.Factor
	return joined(x.Label, ", ", x.Unit) + when(x.Name != "" && x.Name != x.Label, " (%s)", x.Name)
}

func (in InteractionInput) ok() bool {
	panels := 1
	if in.hasPanels() {
		panels = len(in.Panels.Texts)
	}
	return in.X.ok(mostLevels) && in.Lines.ok(6) && some(in.Means, 6) && len(in.Means) == panels &&
		every(in.Means, func(lines [][]analysis.Interval) bool {
			return len(lines) == len(in.Lines.Texts) && every(lines, func(line []analysis.Interval) bool {
				return len(line) == len(in.X.Texts) && drawable(line...)
			})
		})
}

// hasPanels says whether there is a third factor.
func (in InteractionInput) hasPanels() bool {
	return len(in.Panels.Texts) > 0 || in.Panels.Factor != Factor{}
}

// labels are those of the lines of a panel; a single panel has room for what
// each comes to at its end.
func (in InteractionInput) labels(i int) []endLabel {
	out := make([]endLabel, len(in.Lines.Texts))
	for k, c := range in.Lines.looks() {
		out[k] = endLabel{at: nowhere(), look: c, name: evenly(in.Lines.Texts[k], labelWide, sizeLabel, true)}
		line := in.Means[i][k]
		if v := line[len(line)-1].Estimate; !in.hasPanels() && finite(v) {
			out[k].value = in.Outcome.value(v)
		}
	}
	return out
}

// most says which line is clearly highest at level j of X in panel i; -1 is
// none.
func (in InteractionInput) most(i, j int) int {
	best := -1
	for k := range in.Lines.Texts {
		if v := in.Means[i][k][j].Estimate; finite(v) && (best < 0 || v > in.Means[i][best][j].Estimate) {
			best = k
		}
	}
	for k := range in.Lines.Texts {
		if m := in.Means[i][k][j]; best >= 0 && k != best && finite(m.Estimate) && !ahead(in.Means[i][best][j], m) {
			return -1
		}
	}
	return best
}

// caption says, panel by panel, which line is highest at either end of the
// axis, as far as the intervals tell.
func (in InteractionInput) caption() string {
	highest := func(k int) string {
		if k < 0 {
			return "none clearly"
		}
		return in.Lines.Texts[k]
	}
	var parts []string
	turns, x, last := 0, in.X, len(in.X.Texts)-1
	for i := range in.Means {
		a, b := in.most(i, 0), in.most(i, last)
		if a >= 0 && b >= 0 && a != b {
			turns++
		}
		s := fmt.Sprintf("%s at %s, %s at %s", highest(a), x.Texts[0], highest(b), x.Texts[last])
		if a == b {
			s = highest(a) + " at both ends"
		}
		parts = append(parts, in.inPanel(i, ": ")+s)
	}
	first := fmt.Sprintf("highest along %s, by intervals that lie apart: %s", x.Factor.Label, strings.Join(parts, "; "))
	if len(in.Means) > 3 {
		first = fmt.Sprintf("in %d of %d panels another line is highest at the last level of %s than at the first, by intervals that lie apart",
			turns, len(in.Means), x.Factor.Label)
	}
	return sentences(first, "lines that are not parallel are factors that work together")
}

// inPanel begins what is said of panel i, where there are panels.
func (in InteractionInput) inPanel(i int, sign string) string {
	if !in.hasPanels() {
		return ""
	}
	return in.Panels.Texts[i] + sign
}

func (in InteractionInput) alt() string {
	var parts []string
	for i, lines := range in.Means {
		for k, line := range lines {
			var at []string
			for j, m := range line {
				if finite(m.Estimate) {
					at = append(at, told(m, in.Outcome.value)+" at "+in.X.Texts[j])
				}
			}
			parts = append(parts, in.inPanel(i, ", ")+in.Lines.Texts[k]+": "+cmp.Or(strings.Join(at, ", "), "no value"))
		}
	}
	return fmt.Sprintf("Line chart of %s with 95 %% intervals against %s, a line per level of %s. %s.",
		firstLower(in.Outcome.Label), in.X.Factor.inText(), in.Lines.Factor.inText(), strings.Join(parts, ". "))
}
