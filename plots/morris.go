package plots

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"epgsim/sim/analysis"
)

// MorrisInput is what a screening by the method of Morris comes to.
type MorrisInput struct {
	Outcome Measure
	Factors []MorrisFactor // in any order
}

// MorrisFactor is one factor. An elementary effect is the change of the
// outcome for a step of the factor, scaled to its whole range, at one of the
// points visited.
type MorrisFactor struct {
	Factor
	analysis.ElementaryEffects
}

func (f MorrisFactor) noise() bool { return f.OnlyLuck }

// morrisWedge is the area of uneven effects.
const morrisWedge hex = 0xEEF1F4

// morrisMost is how many labels there are at most, of what matters and of what
// may be luck: with more, none would be found.
const (
	morrisMost = 24
	morrisPale = 6
)

// MorrisPlot draws the mean size of the effects across and their spread up, both
// by the square root, for most factors matter little. Far right are the factors
// that matter; high up are those whose effect depends on where one stands; pale
// are those that luck alone may have put there, which MorrisBars shows factor by
// factor. What has no room for its name beside it is named below the plane.
func MorrisPlot(in MorrisInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("morris plot")
	}
	in = in.tidy()
	f := in.Outcome.figure("morris", ": which factors matter, and how evenly")
	f.key = []keyItem{{"estimate, 95" + nbsp + "% intervals", cross}, keyArea("spread above mean size: non-linear or interacting", morrisWedge)}
	if number(in.Factors, MorrisFactor.noise) > 0 {
		f.key = append(f.key, keySign("~ luck alone may do it", markCircle, sensePale))
	}
	f.Alt = fmt.Sprintf("Scatter of %s by mean size and spread of their effects on %s, with 95 %% intervals. %s.",
		count(len(in.Factors), "factor"), firstLower(in.Outcome.Label), in.tell())
	f.Caption = in.caption()
	f.draw = func(p pen, r rect) { in.layout(r.w()).draw(p, r) }
	return f.sized(func(w float64) float64 { return in.layout(w).height() }).Headed(in.finding()), nil
}

// finding is the title of both figures.
func (in MorrisInput) finding() string {
	mean := func(f MorrisFactor) analysis.Interval { return f.MuStar.Interval }
	return finding(in.Outcome, in.Factors, mean, MorrisFactor.noise, func(f MorrisFactor) string { return f.Factor.Label })
}

// cross is the sign of an estimate with intervals both ways.
func cross(p pen, r rect) {
	s := stroke{col: barDark, width: 0.9}
	p.line(s, point{r.x0 + 1, r.my()}, point{r.x1 - 1, r.my()})
	p.line(s, point{r.mx(), r.y0 - 1.5}, point{r.mx(), r.y1 + 1.5})
	p.disc(point{r.mx(), r.my()}, 2.6, barDark, nil, 0)
}

func (in MorrisInput) ok() bool {
	return len(in.Factors) > 0 && every(in.Factors, func(f MorrisFactor) bool {
		return known(f.MuStar.Interval, f.Sigma) && drawable(f.Mu.Interval) && !math.IsInf(f.Floor, 0)
	})
}

// tidy is a copy with clean names, sorted by mean size.
func (in MorrisInput) tidy() MorrisInput {
	in.Factors = ranked(in.Factors, func(f MorrisFactor) float64 { return f.MuStar.Estimate })
	return in
}

// rounding is that of all mean sizes.
func (in MorrisInput) rounding() rounding {
	return roundingOf(in.Factors, func(f MorrisFactor) float64 { return f.MuStar.Estimate })
}

// morrisPlane is the figure laid out for a width, from the origin.
type morrisPlane struct {
	MorrisInput
	g      panel
	labels []spotLabel // beside their points
	xTitle []string
	notes  []string // below the plane: the factors that have no label there
}

func (in MorrisInput) layout(w float64) morrisPlane {
	var xs, ys span
	for _, f := range in.Factors {
		xs.add(f.MuStar.Estimate)
		ys.add(f.Sigma.Estimate)
		if !f.OnlyLuck {
			xs.add(f.MuStar.High)
			ys.add(f.Sigma.High)
		}
	}
	m := morrisPlane{MorrisInput: in, g: panel{x: rootAxis(xs.hi), y: rootAxis(ys.hi)}}
	m.xTitle = wrap(in.Outcome.in("Mean size of the effect of a factor over its whole range (μ*)"), w, sizeTick, false)
	height := 262.0
	if narrow(w) {
		height = 220
	}
	m.g.r = rect{gutter(m.g.y), 0, w - 8, height}
	m.place(w)
	return m
}

// place labels the points, those that matter and are far from the crowd at the
// origin first. What matters and has no room for its name gets a number, by which it is named below.
func (m *morrisPlane) place(w float64) {
	g := m.g
	var dots, arms []rect
	for _, f := range m.Factors {
		c := g.place(f)
		dots = append(dots, rect{c.x - 4, c.y - 4, c.x + 4, c.y + 4})
		if !f.OnlyLuck {
			arms = append(arms, g.arms(f)...)
		}
	}
	end := min(g.x.hi, g.y.hi)
	for s := 0.0; s < 1; s += 0.01 { // the wedge's edge, too, is better not written on
		c := g.pt(s*end, s*end)
		arms = append(arms, rect{c.x, c.y, c.x + 0.1, c.y + 0.1})
	}
	origin := g.pt(0, 0)
	order := ranked(m.Factors, func(f MorrisFactor) float64 {
		c := g.place(f)
		return math.Hypot(c.x-origin.x, c.y-origin.y)
	})
	matter := slices.DeleteFunc(slices.Clone(order), MorrisFactor.noise)
	rest := slices.DeleteFunc(order, func(f MorrisFactor) bool { return !f.OnlyLuck })
	order = slices.Concat(matter[:min(len(matter), morrisMost)], rest[:min(len(rest), morrisPale)])
	var want []spotLabel
	for _, f := range order {
		if l := f.spot(g, f.Factor.Label); textWidth(l.text, sizeTick, false) < 0.55*w {
			want = append(want, l)
		}
	}
	m.labels = placeLabels(g.r, want, dots, arms)
	named := func(f MorrisFactor) bool {
		at := g.place(f)
		return slices.ContainsFunc(m.labels, func(l spotLabel) bool { return l.at == at && strings.HasSuffix(l.text, f.Factor.Label) })
	}
	var numbered, pale []string
	var spots []spotLabel
	for _, f := range m.Factors {
		switch {
		case named(f):
		case f.OnlyLuck:
			pale = append(pale, f.Factor.Label)
		default:
			n := fmt.Sprint(len(numbered) + 1)
			numbered = append(numbered, n+nbsp+f.Factor.Label)
			spots = append(spots, f.spot(g, n))
		}
	}
	taken := append(dots, mapped(m.labels, func(l spotLabel) rect { return l.box })...)
	m.labels = append(m.labels, placeLabels(g.r, spots, taken, arms)...)
	m.notes = wrap(someOf("Numbered: ", numbered, len(numbered)), w, sizeTick, false)
	m.notes = append(m.notes, wrap(someOf("~ ", pale, morrisNamed), w, sizeTick, false)...)
}

// morrisNamed is how many factors that may be luck are named below the plane:
// more are read better in MorrisBars.
const morrisNamed = 12

// someOf lists names after a word, the first few of many.
func someOf(word string, names []string, most int) string {
	if n := len(names) - most; n > 1 {
		names = append(names[:most:most], fmt.Sprintf("%d others", n))
	}
	return when(len(names) > 0, "%s%s", word, list(names))
}

// spot is a label for the factor's point.
func (f MorrisFactor) spot(g panel, text string) spotLabel {
	l := spotLabel{at: g.place(f), text: text, col: ink}
	if f.OnlyLuck {
		l.text, l.col = "~ "+text, muted
	}
	return l
}

func (m morrisPlane) foot() float64 { return footX(true) + 2 + titleLead*float64(len(m.xTitle)-1) }

// notesGap is above the names below the plane.
const notesGap = 4.0

func (m morrisPlane) height() float64 {
	h := m.g.r.h() + 16 + m.foot()
	if n := len(m.notes); n > 0 {
		h += notesGap + titleLead*float64(n)
	}
	return h
}

// place is that of a factor's estimates.
func (g panel) place(f MorrisFactor) point { return g.pt(f.MuStar.Estimate, f.Sigma.Estimate) }

// arms are the areas of a factor's intervals, as far as sizes and spreads
// reach, which is not below zero.
func (g panel) arms(f MorrisFactor) (out []rect) {
	a, b := g.pt(max(0, f.MuStar.Low), f.Sigma.Estimate), g.pt(f.MuStar.High, f.Sigma.Estimate)
	if a.ok() && b.ok() {
		out = append(out, rect{a.x, a.y - 0.5, b.x, b.y + 0.5})
	}
	a, b = g.pt(f.MuStar.Estimate, max(0, f.Sigma.Low)), g.pt(f.MuStar.Estimate, f.Sigma.High)
	if a.ok() && b.ok() {
		out = append(out, rect{a.x - 0.5, a.y, b.x + 0.5, b.y})
	}
	return out
}

func (m morrisPlane) draw(p pen, r rect) {
	// All was laid out from the origin.
	dx, dy := r.x0, r.y1-16-m.g.r.y1
	g := m.g
	g.pen, g.r = p, rect{g.r.x0 + dx, g.r.y0 + dy, g.r.x1 + dx, g.r.y1 + dy}
	labels := mapped(m.labels, func(l spotLabel) spotLabel {
		l.at, l.x, l.y = point{l.at.x + dx, l.at.y + dy}, l.x+dx, l.y+dy
		l.box = rect{l.box.x0 + dx, l.box.y0 + dy, l.box.x1 + dx, l.box.y1 + dy}
		return l
	})
	// The wedge in which the spread is above the mean size.
	end := min(g.x.hi, g.y.hi)
	corner := g.pt(end, end)
	g.fill(morrisWedge, g.pt(0, 0), corner, point{corner.x, g.r.y1}, point{g.r.x0, g.r.y1})
	g.frame(true, true)
	g.line(stroke{col: rule, width: widthMark}, g.pt(0, 0), corner)
	g.unit(m.Outcome.in("Spread of the effect (standard deviation, σ)"), gutter(g.y))
	for i, s := range m.xTitle {
		g.text((r.x0+r.x1)/2, g.r.y0-24-titleLead*float64(i), s, letters{size: sizeTick, col: ink, align: 0.5})
	}
	g.spotLeaders(labels)
	// What matters lies above what does not.
	for i := len(m.Factors) - 1; i >= 0; i-- {
		f := m.Factors[i]
		col, width, radius, arms := barDark, 0.9, 3.2, g.arms(f)
		if f.OnlyLuck { // how wide luck's intervals are tells nothing more
			col, radius, arms = sensePale, 2.2, nil
		}
		for _, arm := range arms {
			if arm.w() > arm.h() {
				g.line(stroke{col: col, width: width}, point{arm.x0, arm.my()}, point{arm.x1, arm.my()})
			} else {
				g.line(stroke{col: col, width: width}, point{arm.mx(), arm.y0}, point{arm.mx(), arm.y1})
			}
		}
		g.marker(g.place(f), markCircle, radius, col)
		g.hoverAt(g.place(f), f.told(m.Outcome))
	}
	g.spotLabels(labels)
	g.textLines(r.x0, g.r.y0-m.foot()-notesGap-titleLead+2, titleLead, m.notes, letters{size: sizeTick, col: muted})
}

// caption names the factors that matter, says whose effect depends on where
// one stands and which may be luck.
func (in MorrisInput) caption() string {
	all, u := len(in.Factors), in.rounding()
	label := func(f MorrisFactor) string { return f.Factor.Label }
	most := firstFew(in.Factors, 3, func(f MorrisFactor) bool { return !f.OnlyLuck }, func(f MorrisFactor) string {
		return fmt.Sprintf("%s (%s)", label(f), in.Outcome.amount(u.text(f.MuStar.Estimate)))
	})
	uneven := firstFew(in.Factors, all, func(f MorrisFactor) bool { return !f.OnlyLuck && f.Sigma.Low > f.MuStar.High }, label)
	pale := firstFew(in.Factors, all, MorrisFactor.noise, label)
	first := named(most, "the largest mean effects over a factor's whole range: ", "no factor moves the outcome by more than luck alone might")
	second := when(len(most) > 0, "no factor's effect surely differs more from point to point than it is large")
	if len(uneven) > 0 {
		second = "non-linear or interacting, their spread surely above their mean size: " + few(uneven)
	}
	return sentences(first, second,
		when(len(most) > 0 && len(pale) > 0, "%d of %s cannot be told from luck (pale, ~), first %s", len(pale), count(all, "factor"), strings.Join(pale[:min(1, len(pale))], "")),
		"both axes are by the square root")
}

// tell says every factor in numbers.
func (in MorrisInput) tell() string {
	return strings.Join(each(in.Factors, func(f MorrisFactor) string { return f.told(in.Outcome) }), "; ")
}

func (f MorrisFactor) told(m Measure) string {
	return f.Factor.inText() + ": " + told(f.MuStar.Interval, m.value) + ", spread " + told(f.Sigma, m.value) +
		when(f.direction() != "", ", %s", f.direction()) + when(f.OnlyLuck, ", not to be told from luck")
}
