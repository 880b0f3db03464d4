package plots

import (
	"strings"

	"epgsim/sim/analysis"
)

// ResultsInput is what the figure of results per SME shows.
type ResultsInput struct {
	Words

	Forms []ResultsForm // one panel each, at most MostVariants
}

// ResultsForm is how the value is spread over the SMEs of one form's groups.
type ResultsForm struct {
	Form Form

	// Ranks has the best SME of each group first, the worst last; at most 12.
	Ranks []RankValue
}

// RankValue is the value closed per SME, in k€, of the SMEs at one rank within
// their group.
type RankValue struct {
	Mean     analysis.Interval // mean over groups with its 95 % interval
	P25, P75 float64           // the middle half of groups; NaN leaves it out
}

// ResultsPerSME draws what the best, second … worst SME of a group gets, one
// panel per form, against an equal split.
func ResultsPerSME(in ResultsInput) (*Figure, error) {
	if !some(in.Forms, MostVariants) || !every(in.Forms, func(f ResultsForm) bool { return some(f.Ranks, 12) }) {
		return nil, unusable("results per SME")
	}
	return &Figure{
		words: in.Words,
		Name:  "results-per-sme",
		Title: in.say("How evenly a group’s SMEs gain: value closed per SME, best to worst"),
		Alt:   in.local(in.alt()), Caption: in.local(in.caption()),
		sub: in.say("SMEs ranked within their group by the value they closed"),
		key: []keyItem{
			keyDot(in.say("mean, with its 95"+nbsp+"% interval"), ink),
			keyInner(in.say("middle half of groups"), ink),
			keyLine(in.say("equal split"), equalStroke()),
		},
		size: func(w float64) float64 {
			l := in.layout(w)
			return float64(l.rows)*(l.head+l.data+l.foot+6) + footX(true) - l.foot
		},
		draw: in.draw,
	}, nil
}

func equalStroke() stroke { return stroke{col: muted, width: 0.8, dash: []float64{1.5, 1.5}} }

// resultsLayout is how the panels stand on a page of a width.
type resultsLayout struct {
	rows, cols int
	names      int // lines of the names

	head, data, foot float64 // heights; only the lowest panels have a full foot
}

func (in ResultsInput) layout(w float64) (l resultsLayout) {
	n := len(in.Forms)
	l.cols, l.data = min(n, 4), 140
	if n > 4 {
		l.data = 92
	}
	if narrow(w) {
		l.cols = min(n, 2)
		if n > 4 {
			l.data = 46
		}
	}
	l.rows = (n + l.cols - 1) / l.cols
	tile := (w-30)/float64(l.cols) - 18
	l.names = nameHeight(mapped(in.Forms, func(f ResultsForm) Form { return f.Form }), tile)
	evenness := 0
	for _, f := range in.Forms {
		evenness = max(evenness, len(wrap(f.evenness(in.Words), tile, sizeTick, false)))
	}
	l.head = labelLead*float64(l.names) + titleLead*float64(evenness) + 20
	l.foot = 6
	return l
}

func (in ResultsInput) draw(p pen, r rect) {
	var seen span
	most := 1
	for _, f := range in.Forms {
		most = max(most, len(f.Ranks))
		for _, v := range f.Ranks {
			seen.interval(v.Mean)
			seen.add(v.P25, v.P75)
		}
	}
	y := fromZero(seen)
	r.x0 += gutter(y)
	x := axis{lo: 0.4, hi: float64(most) + 0.6}
	for k := range most {
		x.ticks = append(x.ticks, float64(k+1))
	}
	l := in.layout(r.w() + gutter(y))
	if len(in.Forms) == 1 && !narrow(r.w()) {
		r.x1 = r.x0 + r.w()*0.6 // a handful of dots needs no more
	}
	r.y0 += footX(true) - l.foot
	for i, tile := range r.tiles(l.rows, l.cols, 18, 6)[:len(in.Forms)] {
		f := in.Forms[i]
		g := panel{pen: p, x: x, y: y.thinned(4), r: tile.inset(0, l.foot, 0, l.head)}
		p.nameTitle(tile.x0, tile.y1-9, tile.w(), f.Form)
		p.textLines(tile.x0, tile.y1-10-labelLead*float64(l.names), titleLead, wrap(f.evenness(p.Words), tile.w(), sizeTick, false), letters{size: sizeTick, col: ink})
		g.frame(i+l.cols >= len(in.Forms), i%l.cols == 0)
		if i == 0 {
			g.unit(g.say("k€ per SME"), gutter(g.y))
		}
		if i+l.cols >= len(in.Forms) {
			g.xTitle(g.r, g.say("rank in the group"))
		}
		f.draw(g)
	}
}

func (f ResultsForm) draw(g panel) {
	c := f.Form.look()
	if m := f.all() / float64(len(f.Ranks)); finite(m) {
		g.line(equalStroke(), point{g.r.x0, g.py(m)}, point{g.r.x1, g.py(m)})
	}
	xs := g.x.ticks[:len(f.Ranks)]
	ys := mapped(f.Ranks, func(v RankValue) float64 { return v.Mean.Estimate })
	half := min(6, 0.3*g.r.w()/(g.x.hi-g.x.lo))
	for k, v := range f.Ranks {
		if finite(v.P25) && finite(v.P75) {
			x := g.px(xs[k])
			g.rect(c.fill.tint(0.42), rect{x - half, g.py(v.P25), x + half, g.py(v.P75)})
		}
	}
	g.curve(xs, ys, stroke{col: c.fill, width: 0.8})
	for k, v := range f.Ranks {
		g.whisker(xs[k], v.Mean.Low, v.Mean.High, stroke{col: c.ink, width: 1})
		g.marker(g.pt(xs[k], ys[k]), c.mark, 2, c.ink)
		g.hoverAt(g.pt(xs[k], ys[k]), g.say("%s, rank %d: %s k€", f.Form.name(), k+1, g.value(v.Mean, whole)))
	}
}

// all is what the SMEs of a group have together; NaN where one has no value.
func (f ResultsForm) all() float64 {
	return total(mapped(f.Ranks, func(v RankValue) float64 { return v.Mean.Estimate }))
}

// share is the part of the value that the SME at a rank has, in per cent.
func (f ResultsForm) share(rank int) string { return pct(f.Ranks[rank].Mean.Estimate / f.all()) }

// evenness says in a few words how uneven the gains are.
func (f ResultsForm) evenness(w Words) string {
	if !(f.all() > 0) {
		return w.say("no value closed")
	}
	return w.say("best SME: %s of value", f.share(0))
}

// caption compares how much of the value the best and the worst SME have.
func (in ResultsInput) caption() string {
	n, forms := 0, in.Forms
	if len(forms) > 4 { // the least even and the most even
		rank := ranked(forms, func(f ResultsForm) float64 { return f.Ranks[0].Mean.Estimate / f.all() })
		forms = []ResultsForm{rank[0], rank[len(rank)-1]}
	}
	parts := each(forms, func(f ResultsForm) string {
		if !(f.all() > 0) {
			return ""
		}
		n = max(n, len(f.Ranks))
		best, worst := f.share(0), f.share(len(f.Ranks)-1)
		if len(in.Forms) > 1 {
			return in.say("%s and %s with %s", best, worst, f.Form.inText())
		}
		return in.say("%s and %s", best, worst)
	})
	if n == 0 {
		return ""
	}
	return sentences(in.say("of the value their group has sold, the best SME and the worst have %s", strings.Join(parts, "; ")),
		in.say("an equal split among %d would be %s each", n, pct(1/float64(n))))
}

func (in ResultsInput) alt() string {
	return described(in.say("Dot charts, one per form on the same axis, of the value closed per SME by rank in the group, with 95 % intervals. "), in.Forms, ". ", func(f ResultsForm) string {
		n := len(f.Ranks)
		return in.say("%s: the best of %d SMEs closes %s on average, the worst %s; %s",
			f.Form.name(), n, keur(f.Ranks[0].Mean.Estimate), keur(f.Ranks[n-1].Mean.Estimate), f.evenness(in.Words))
	})
}
