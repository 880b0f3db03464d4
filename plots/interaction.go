package plots

import (
	"cmp"
	"fmt"
	"math"
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
	if err := in.check(); err != nil {
		return nil, err
	}
	in = in.tidy()
	y, zero := in.axis()
	title := fmt.Sprintf("%s by %s and %s", in.Outcome.Label, in.X.Factor.Label, in.Lines.Factor.Label)
	if in.hasPanels() {
		title = fmt.Sprintf("%s by %s, %s and %s", in.Outcome.Label, in.X.Factor.Label, in.Lines.Factor.Label, in.Panels.Factor.Label)
	}
	sub := in.sub(zero)
	rows, cols := layout(len(in.Means))
	tile := [...]float64{1: 250, 2: 200, 3: 178}[cols] // the height of a panel with what stands around it
	f := newFigure(in.Outcome.name("interaction"), title, 2*margin+headerHeight(title, sub, nil)+14+tile*float64(rows)+6)
	f.Alt, f.Caption = in.alt(), in.caption()
	f.draw = func(p pen, r rect) {
		in.draw(p, p.header(r, title, sub, nil), y, rows, cols)
	}
	return f, nil
}

func (in InteractionInput) check() error {
	const what = "interaction"
	if err := checkMeasure(what, in.Outcome); err != nil {
		return err
	}
	if err := in.X.check(what, mostLevels); err != nil {
		return err
	}
	if err := in.Lines.check(what, 6); err != nil {
		return err
	}
	panels := 1
	if in.hasPanels() {
		if err := in.Panels.check(what, 6); err != nil {
			return err
		}
		panels = len(in.Panels.Texts)
	}
	if len(in.Means) != panels {
		return bad("%s: means of %d panels where %d are needed", what, len(in.Means), panels)
	}
	for i, lines := range in.Means {
		if len(lines) != len(in.Lines.Texts) {
			return bad("%s: panel %d has %d lines where %d are needed", what, i+1, len(lines), len(in.Lines.Texts))
		}
		for k, line := range lines {
			if len(line) != len(in.X.Texts) {
				return bad("%s: panel %d, line %d: %d means for %d levels", what, i+1, k+1, len(line), len(in.X.Texts))
			}
			for j, m := range line {
				if math.IsNaN(m.Estimate) {
					continue
				}
				if err := checkEstimate(fmt.Sprintf("%s: panel %d, line %d, level %d", what, i+1, k+1, j+1), m); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// hasPanels says whether there is a third factor.
func (in InteractionInput) hasPanels() bool {
	return len(in.Panels.Texts) > 0 || in.Panels.Factor != Factor{}
}

func (in InteractionInput) tidy() InteractionInput {
	in.Outcome = in.Outcome.tidy()
	in.X, in.Lines, in.Panels = in.X.tidy(), in.Lines.tidy(), in.Panels.tidy()
	return in
}

// axis is shared by all panels; zero says whether it begins there.
func (in InteractionInput) axis() (y axis, zero bool) {
	var seen span
	for _, lines := range in.Means {
		for _, line := range lines {
			for _, m := range line {
				if finite(m.Estimate) {
					seen.add(m.Estimate, m.Low, m.High)
				}
			}
		}
	}
	return outcomeAxis(seen)
}

func (in InteractionInput) sub(zero bool) string {
	s := "Lines: " + in.Lines.Factor.inText() + in.Lines.Factor.unit()
	if in.hasPanels() {
		s += "; panels: " + in.Panels.Factor.inText() + in.Panels.Factor.unit()
	}
	s += "; whiskers: 95" + nbsp + "% interval of the mean, where larger than the sign"
	if !zero {
		s += "; the axis does not begin at zero"
	}
	return in.Outcome.under(s)
}

func (in InteractionInput) draw(p pen, r rect, y axis, rows, cols int) {
	right := labelRoom(in.labels(0))
	r.y1 -= 14
	p.text(r.x0, r.y1+4, in.Outcome.in(fit(in.Outcome.Label, 300, sizeTick, false)), letters{size: sizeTick, col: muted})
	area := r.inset(gutter(y), 6, right+6, 0)
	p.xTitle(rect{area.x0, area.y0 + 18, area.x1, area.y1}, in.xTitle(area.w()))
	for i, tile := range area.tiles(rows, cols, 14, 0) {
		if i >= len(in.Means) {
			break
		}
		g := panel{pen: p, x: in.X.axis(), y: y, r: tile.inset(0, footX(false)+6, 0, 6)}
		if in.hasPanels() {
			g.r.y1 -= 14
			g.text(g.r.x0, g.r.y1+8, in.panelTitle(i, g.r.w()), letters{size: sizeLabel, bold: true, col: ink})
		}
		g.frame(false, i%cols == 0)
		g.levelTicks(in.X)
		labels := in.drawLines(g, i)
		if i%cols == cols-1 || i == len(in.Means)-1 {
			g.endLabels(g.r.x1+6, g.r.y0, g.r.y1+4, labels)
		}
	}
}

func (in InteractionInput) xTitle(width float64) string {
	f := in.X.Factor
	s := Measure{Unit: f.Unit}.in(f.Label)
	if f.Name != "" && f.Name != f.Label {
		s += " (" + f.Name + ")"
	}
	return fit(s, width, sizeTick, false)
}

// panelTitle is a level of the third factor with the longest name of the
// factor for which all panels have room.
func (in InteractionInput) panelTitle(i int, width float64) string {
	for _, name := range []string{in.Panels.Factor.Label, in.Panels.Factor.short()} {
		room := width
		for _, s := range in.Panels.Texts {
			room = min(room, width-textWidth(name+" "+s, sizeLabel, true))
		}
		if room >= 0 {
			return name + " " + in.Panels.Texts[i]
		}
	}
	return fit(in.Panels.Texts[i], width, sizeLabel, true)
}

// labels are those of the lines of a panel; a single panel has room for what
// each comes to at its end.
func (in InteractionInput) labels(i int) []endLabel {
	out := make([]endLabel, len(in.Lines.Texts))
	for k, c := range in.Lines.looks() {
		out[k] = endLabel{at: nowhere(), look: c, lines: []string{fit(in.Lines.Texts[k], 90, sizeLabel, true)}}
		line := in.Means[i][k]
		if v := line[len(line)-1].Estimate; !in.hasPanels() && finite(v) {
			out[k].lines = append(out[k].lines, in.Outcome.value(v))
		}
	}
	return out
}

// drawLines draws the lines of panel i.
func (in InteractionInput) drawLines(g panel, i int) []endLabel {
	labels, looks := in.labels(i), in.Lines.looks()
	apart := min(4, 0.5*g.r.w()/float64(len(looks)*len(in.X.Texts)))
	for k, end := range g.lines(g.x.ticks, in.Means[i], looks, apart) {
		labels[k].at = end
	}
	return labels
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
	var parts []string
	turns := 0
	ends := [2]int{0, len(in.X.Texts) - 1}
	for i := range in.Means {
		a, b := in.most(i, ends[0]), in.most(i, ends[1])
		if a >= 0 && b >= 0 && a != b {
			turns++
		}
		s := fmt.Sprintf("%s at %s, %s at %s", in.highest(a), in.X.Texts[ends[0]], in.highest(b), in.X.Texts[ends[1]])
		if a == b {
			s = in.highest(a) + " at both ends"
		}
		if in.hasPanels() {
			s = in.Panels.Texts[i] + ": " + s
		}
		parts = append(parts, s)
	}
	x := in.X.Factor.Label
	first := fmt.Sprintf("highest along %s, by intervals that lie apart: %s", x, strings.Join(parts, "; "))
	if len(in.Means) > 3 {
		first = fmt.Sprintf("in %d of %d panels another line is highest at the last level of %s than at the first, by intervals that lie apart", turns, len(in.Means), x)
	}
	return sentences(first, "lines that are not parallel are factors that work together")
}

// highest names a line in the caption.
func (in InteractionInput) highest(k int) string {
	if k < 0 {
		return "none clearly"
	}
	return in.Lines.Texts[k]
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
			name := in.Lines.Texts[k]
			if in.hasPanels() {
				name = in.Panels.Texts[i] + ", " + name
			}
			parts = append(parts, name+": "+cmp.Or(strings.Join(at, ", "), "no value"))
		}
	}
	return fmt.Sprintf("Line chart of %s with 95 %% intervals against %s, a line per level of %s. %s.",
		firstLower(in.Outcome.Label), in.X.Factor.inText(), in.Lines.Factor.inText(), strings.Join(parts, ". "))
}
