package plots

import (
	"math"
	"slices"

	"epgsim/sim/analysis"
)

// trustFacets is how the panels of many forms stand. On a page there is a block
// for trust and below it one for cooperation, in each a panel for each form; in
// a column each form has a row with a panel for either.
type trustFacets struct {
	rows, cols  int
	names, data float64 // heights
	right       float64 // room for what a line comes to
	titles      []float64
}

func (in TrustInput) facets(w float64) (l trustFacets) {
	forms := mapped(in.Forms, func(f TrustForm) Form { return f.Form })
	l.rows, l.cols = tiling(len(in.Forms), w, 100)
	l.data, l.right = 58, 26
	tile, title := (w-24)/float64(l.cols)-8, w
	if narrow(w) {
		l.rows, l.cols, l.data, l.right = len(in.Forms), 2, 31, 32
		tile, title = w, w/2-8
	}
	l.names = labelLead*float64(nameHeight(forms, tile)) + 4
	for _, row := range in.rows() {
		l.titles = append(l.titles, 14+titleLead*float64(len(wrap(row.unit, title, sizeTick, false))))
	}
	return l
}

func (l trustFacets) blockHeight() float64 {
	return float64(l.rows)*(l.names+l.data+6) + footX(false)
}

func (in TrustInput) facetsHeight(w float64) float64 {
	l := in.facets(w)
	if narrow(w) {
		return max(l.titles[0], l.titles[1]) + l.blockHeight() + 22
	}
	return l.titles[0] + l.titles[1] + 2*l.blockHeight() + 32
}

// drawFacets draws, for each form, its line over those of all others in grey.
func (in TrustInput) drawFacets(p pen, r rect) {
	l, column := in.facets(r.w()), narrow(r.w())
	titles, top := max(l.titles[0], l.titles[1]), r.y1
	for i, row := range in.rows() {
		left, width := r.x0, r.w()
		if column {
			left, width, top = r.x0+float64(i)*(r.w()/2+4), r.w()/2-8, r.y1
		} else {
			titles = l.titles[i]
		}
		p.text(left, top-11, row.title, letters{size: sizeLabel, bold: true, col: ink})
		p.textLines(left, top-21, titleLead, wrap(row.unit, width, sizeTick, false), letters{size: sizeTick, col: muted})
		top -= titles
		area := rect{left + gutter(row.axis), top - l.blockHeight() + footX(false), left + width, top}
		rows, cols := l.rows, l.cols
		if column {
			cols = 1
		}
		for k, tile := range area.tiles(rows, cols, 8, 0)[:len(in.Forms)] {
			g := panel{pen: p, x: axisOf(0, horizon(in.weeks()), 5, true), y: row.axis.thinned(3), r: tile.inset(0, 6, l.right, l.names)}
			switch {
			case !column:
				p.nameTitle(tile.x0, tile.y1-9, tile.w(), in.Forms[k].Form)
			case i == 0: // one name for both panels
				p.nameTitle(r.x0, tile.y1-9, r.w(), in.Forms[k].Form)
			}
			g.frame(k+cols >= len(in.Forms), k%cols == 0)
			in.drawFacet(g, row, k)
		}
		top -= l.blockHeight() + 10
	}
	words := p.say("years since the project’s start; dashed: the project ends after %s", p.inYears(in.ProjectYears))
	for i, s := range wrap(words, r.w(), sizeTick, false) {
		p.text(r.mx(), top-titleLead*float64(i), s, letters{size: sizeTick, col: ink, align: 0.5})
	}
}

// drawFacet draws the lines of a panel, that of form k on the others, and what
// it comes to.
func (in TrustInput) drawFacet(g panel, row trustRow, k int) {
	xs, own := weeks(in.weeks()), row.lines[k:k+1]
	for _, other := range row.lines {
		g.curve(coarse(xs), coarse(other.Band.Mean), stroke{col: noData, width: 0.6})
	}
	labels := meanLabels(own, row.text)
	g.meanLines(xs, own, widthData, labels)
	g.projectEnd(in.ProjectYears)
	g.ends(labels)
	if q := labels[0].at; q.ok() {
		g.text(q.x+6, mid(q.y, sizeTick), labels[0].value, letters{size: sizeTick, bold: true, col: own[0].Form.look().ink})
	}
}

// coarse is every eighth value: lines in the background need no more, and a
// dozen of them in a dozen panels are heavy.
func coarse(vs []float64) (out []float64) {
	for t := 0; t < len(vs); t += 8 {
		out = append(out, vs[t])
	}
	return out
}

// trustAxis begins at the last tenth below all values, or at 0 where that is
// near: a line of 0.6 to 0.7 on an axis from 0 shows no differences. It spans
// at least 0.3, lest it make much of next to nothing.
func (in TrustInput) trustAxis() axis {
	var seen span
	for _, f := range in.Forms {
		seen.add(f.Trust.Mean...)
		seen.add(f.Trust.Low...)
		seen.add(f.Trust.High...)
	}
	if !seen.any {
		seen.hi = 1
	}
	lo := math.Floor(10*(seen.lo-0.02)) / 10
	hi := math.Ceil(10*(seen.hi+0.02)) / 10
	for hi-lo < 0.3 && hi < 1 {
		hi += 0.1
	}
	lo, hi = math.Max(0, math.Min(lo, hi-0.3)), math.Min(1, hi)
	if lo < 0.25 {
		lo = 0
	}
	a := newAxis(math.Round(10*lo)/10, math.Round(10*hi)/10, maxTicks)
	a.hi += 0.02 * (a.hi - a.lo) // a line at the top keeps its whole width
	return a
}

// smoothWeeks is how many weeks the moving average of cooperation covers.
const smoothWeeks = 13

// smoothed averages cooperation over a quarter. The ends of the intervals are
// averaged alike: weeks of one group resemble each other, so that the interval
// of the average is hardly narrower, and never wider.
func (in TrustInput) smoothed() TrustInput {
	in.Forms = slices.Clone(in.Forms)
	cut := weekAt(in.ProjectYears) + 1
	for i := range in.Forms {
		j := &in.Forms[i].Joint
		*j = analysis.Band{N: j.N, Mean: movingMean(j.Mean, cut), Low: movingMean(j.Low, cut), High: movingMean(j.High, cut)}
	}
	return in
}

// movingMean is the centred moving average of vs. It does not reach across
// cut, the first week after the project, which would blur what its end does,
// and it leaves gaps where they are.
func movingMean(vs []float64, cut int) []float64 {
	out := make([]float64, len(vs))
	for t, v := range vs {
		from, to := 0, len(vs)
		if t < cut {
			to = cut
		} else {
			from = cut
		}
		sum, n := 0.0, 0
		for k := max(from, t-smoothWeeks/2); k <= min(to-1, t+smoothWeeks/2); k++ {
			if finite(vs[k]) {
				sum += vs[k]
				n++
			}
		}
		out[t] = sum / float64(n)
		if !finite(v) {
			out[t] = math.NaN()
		}
	}
	return out
}
