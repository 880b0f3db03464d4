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
	f.draw = func(p pen, r rect) { in.draw(p, r, y) }
	return f.sized(func(w float64) float64 {
		rows, cols := in.tiles(w)
		tile := [...]float64{1: 250, 2: 200, 3: 178}[cols] // the height of a panel with what stands around it
		if narrow(w) {
			tile = 150
		}
		return 14 + tile*float64(rows) + in.foot(w) + in.legend(w)
	}), nil
}

func (in InteractionInput) tiles(w float64) (rows, cols int) {
	if narrow(w) {
		return tiling(len(in.Means), w, 100)
	}
	return tiling(len(in.Means), w, 130) // at most three side by side
}

// xTitle is what the x axis measures.
func (in InteractionInput) xTitle() string {
	x := in.X.Factor
	return joined(x.Label, ", ", x.Unit) + when(x.Name != "" && x.Name != x.Label, " (%s)", x.Name)
}

// foot is the room for that below the panels.
func (in InteractionInput) foot(w float64) float64 {
	if w -= 44; !narrow(w) {
		w -= labelRoom(in.labels(0))
	}
	return 6 + titleLead*float64(len(wrap(in.xTitle(), w, sizeTick, false))-1) // one line has room in the panels' own foot
}

// legend is the height of the lines' names below the panels, where they do not
// stand beside the lines.
func (in InteractionInput) legend(w float64) float64 {
	if !narrow(w) {
		return 0
	}
	return heightOf(func(p pen) float64 { return -p.key(rect{x1: w}, 0, labelKey(in.labels(0))) }) + 10
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

func (in InteractionInput) draw(p pen, r rect, y axis) {
	rows, cols := in.tiles(r.w())
	right, beside := 6.0, !narrow(r.w())
	foot := in.foot(r.w())
	if beside {
		right += labelRoom(in.labels(0))
	} else {
		h := in.legend(r.w())
		p.key(r, r.y0+h-sizeTick-2, labelKey(in.labels(0)))
		r.y0 += h
	}
	area := in.Outcome.above(p, r, 14, -10).inset(gutter(y), foot, right, 0)
	p.xTitles(rect{area.x0, area.y0 + 18, area.x1, area.y1}, in.xTitle())
	for i, tile := range area.tiles(rows, cols, 14, 0)[:len(in.Means)] {
		g := panel{pen: p, x: in.X.axis(), y: y, r: tile.inset(0, footX(false)+6, 0, 6)}
		if in.hasPanels() {
			lines := in.panelTitle(i, g.r.w())
			g.r.y1 -= 4 + labelLead*float64(len(lines))
			g.textLines(g.r.x0, g.r.y1+8+labelLead*float64(len(lines)-1), labelLead, lines, letters{size: sizeLabel, bold: true, col: ink})
		}
		g.frame(false, i%cols == 0)
		g.levelTicks(in.X)
		labels := in.labels(i)
		g.lines(g.x.ticks, in.Means[i], labels, min(4, 0.5*g.r.w()/float64(len(labels)*len(in.X.Texts))))
		if beside && (i%cols == cols-1 || i == len(in.Means)-1) {
			g.endLabels(g.r.x1+6, g.r.y0, g.r.y1+4, labels)
		}
	}
}

// panelTitle is a level of the third factor with the longest name of the
// factor for which all panels have room.
func (in InteractionInput) panelTitle(i int, width float64) []string {
	for _, name := range []string{in.Panels.Factor.Label, in.Panels.Factor.short()} {
		room := width
		for _, s := range in.Panels.Texts {
			room = min(room, width-textWidth(name+" "+s, sizeLabel, true))
		}
		if room >= 0 {
			return []string{name + " " + in.Panels.Texts[i]}
		}
	}
	return wrap(in.Panels.Factor.short()+" "+in.Panels.Texts[i], width, sizeLabel, true)
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
