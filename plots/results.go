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
	var seen span
	most := 1
	for _, f := range in.Forms {
		most = max(most, len(f.Ranks))
		for _, v := range f.Ranks {
			seen.interval(v.Mean)
			seen.add(v.P25, v.P75)
		}
	}
	x := axis{lo: 0.4, hi: float64(most) + 0.6}
	for k := range most {
		x.ticks = append(x.ticks, float64(k+1))
	}
	m := multiples{least: 90, most: 290, body: 80, shared: true, unit: in.say("k€ per SME"), along: in.say("rank in the group")}
	for _, f := range in.Forms {
		m.tiles = append(m.tiles, tile{form: &f.Form, notes: []string{f.evenness(in.Words)}, x: x, y: fromZero(seen).thinned(5), data: f.draw})
	}
	return m.figure(Figure{
		words: in.Words,
		Name:  "results-per-sme",
		Title: in.say("How evenly a group’s SMEs gain: value closed per SME, best to worst"),
		Alt:   in.alt(), Caption: in.caption(),
		sub: in.say("SMEs ranked within their group by the value they closed"),
		key: []keyItem{
			keyDot(in.say("mean, with its 95"+nbsp+"% interval"), ink),
			keyInner(in.say("middle half of groups"), ink),
			keyLine(in.say("equal split"), equalStroke()),
		},
	}), nil
}

func equalStroke() stroke { return stroke{col: muted, width: 0.8, dash: []float64{1.5, 1.5}} }

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
