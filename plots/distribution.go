package plots

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"epgsim/sim/analysis"
)

// DistributionInput is what the figure of outcome distributions shows.
type DistributionInput struct {
	Words

	// Scenario is the scenario's name for the title; "" leaves it out.
	Scenario string

	Kind   FormKind            // decides the colour
	Panels []DistributionPanel // at most 9, drawn row by row
}

// DistributionPanel is one outcome over replications.
type DistributionPanel struct {
	Title string // e.g. "Value closed in the project"
	Unit  string // e.g. "k€ per group"
	Count bool   // whole things are counted: bars stand on whole numbers

	// Values has the outcome of each replication, in Unit. NaN is a
	// replication in which it did not happen; those are counted apart.
	Values []float64

	// Never names what NaN means, e.g. "no deal"; "" prints "no value".
	Never string
}

// Distribution draws how outcomes differ between replications of the same
// scenario: one histogram each, with the median, the middle half and 90 % of
// groups marked below it.
func Distribution(in DistributionInput) (*Figure, error) {
	if !some(in.Panels, 9) || !every(in.Panels, func(pn DistributionPanel) bool { return len(pn.Values) > 0 }) {
		return nil, unusable("distribution")
	}
	look := in.Kind.look()
	m := multiples{least: 77, body: 62, left: 28, right: 6, below: 14}
	for _, pn := range in.Panels {
		m.tiles = append(m.tiles, pn.tile(in.Words, look))
	}
	return m.figure(Figure{
		words: in.Words,
		Name:  "distribution",
		Title: joined(in.say("How differently the same scenario can end"), ": ", in.Scenario),
		Alt:   in.alt(), Caption: in.caption(),
		key: []keyItem{
			keyArea(in.say("groups with that outcome"), look.fill.tint(0.55)),
			{label: in.say("median, middle half and 90" + nbsp + "% of groups"), sign: func(p pen, r rect) {
				rangeBar(p, r.my(), [5]float64{r.x0, r.x0 + 4, r.mx(), r.x1 - 4, r.x1}, look)
			}},
		},
	}), nil
}

// rangeBar is a box-and-whisker without its clutter: thin line 90 %, thick
// line middle half, white dot median. x holds the five quantiles' places.
func rangeBar(p pen, y float64, x [5]float64, c look) {
	if finite(x[0]) && finite(x[4]) {
		p.line(stroke{col: c.ink, width: 1}, point{x[0], y}, point{x[4], y})
	}
	if finite(x[1]) && finite(x[3]) {
		p.line(stroke{col: c.ink, width: 4.5}, point{x[1], y}, point{x[3], y})
	}
	p.disc(point{x[2], y}, 2.8, white, c.ink, 1.2)
}

// histogram counts the finite values in bins whose borders are multiples of a
// round width, or, for counts, half a step below whole numbers; low is the
// first border.
func histogram(vs []float64, count bool) (low, width float64, counts []int) {
	vs = slices.DeleteFunc(slices.Clone(vs), func(v float64) bool { return !finite(v) })
	var seen span
	seen.add(vs...)
	if !seen.any {
		return 0, 1, nil
	}
	// About 2·∛n bins (Rice), between 5 and 24: enough to show a second peak.
	n := math.Max(5, math.Min(24, 2*math.Cbrt(float64(len(vs)))))
	spread := seen.hi - seen.lo
	if spread < 1e-9*math.Max(1, math.Abs(seen.hi)) { // all equal: one bin in the middle
		width = niceStep(math.Max(1, math.Abs(seen.hi))/5, func(float64) bool { return true })
		return seen.lo - 2.5*width, width, []int{0, 0, len(vs), 0, 0}
	}
	width = niceStep(spread/n, func(step float64) bool { return !count || isWhole(step) })
	low = math.Floor(seen.lo/width) * width
	if count {
		low -= 0.5
	}
	counts = make([]int, int(math.Floor((seen.hi-low)/width+1e-9))+1)
	for _, v := range vs {
		counts[min(len(counts)-1, max(0, int(math.Floor((v-low)/width+1e-9))))]++
	}
	return low, width, counts
}

// missing is how many groups have no value.
func (pn DistributionPanel) missing() int {
	return number(pn.Values, func(v float64) bool { return !finite(v) })
}

// quantiles are those that the figure marks, from 5 to 95 %; NaN where there
// are no values.
func (pn DistributionPanel) quantiles() []float64 {
	return analysis.Quantiles(pn.Values, 0.05, 0.25, 0.5, 0.75, 0.95)
}

// tile is the panel as one of several.
func (pn DistributionPanel) tile(words Words, c look) tile {
	low, width, counts := histogram(pn.Values, pn.Count)
	n := float64(len(pn.Values))
	var seen span
	seen.add(0)
	for _, k := range counts {
		seen.add(100 * float64(k) / n)
	}
	t := tile{title: pn.Title, notes: pn.notes(words), unit: words.say("share of groups"), along: pn.Unit, y: fromZero(seen).thinned(4)}
	t.y.percent = true
	t.x = axisOf(low, low+width*float64(max(1, len(counts))), 5, pn.Count)
	t.data = func(g panel) {
		for i, k := range counts {
			from, to := low+width*float64(i), low+width*float64(i+1)
			a, b := g.px(from), g.px(to)
			g.rect(c.fill.tint(0.55), rect{a + 0.3, g.r.y0, b - 0.3, g.py(100 * float64(k) / n)})
			g.hover(rect{a, g.r.y0, b, g.r.y1}, g.say("%s to %s %s: %s of groups", sig(from), sig(to), pn.Unit, pct(float64(k)/n)))
		}
		var at [5]float64
		for i, q := range pn.quantiles() {
			at[i] = math.NaN()
			if g.inX(q) {
				at[i] = g.px(q)
			}
		}
		rangeBar(g.pen, g.r.y0-8, at, c)
	}
	t.ticks = func(g panel) { // below the range
		for _, v := range t.x.ticks {
			g.text(g.px(v), g.r.y0-24, t.x.label(v), letters{size: sizeTick, col: ink, align: 0.5})
		}
	}
	return t
}

// notes are the two lines of numbers below a panel's title.
func (pn DistributionPanel) notes(w Words) []string {
	missing := pn.missing()
	if missing == len(pn.Values) {
		return []string{w.say("in no group"), ""}
	}
	q, d := pn.quantiles(), 2 // decimals: all five alike, and no more than one can use
	switch top := math.Max(math.Abs(q[0]), math.Abs(q[4])); {
	case !(top < 9.95) || top == 0: // NaN too
		d = 0
	case top >= 1:
		d = 1
	}
	text := func(v float64) string {
		if d == 0 {
			return whole(v)
		}
		return num(v, d)
	}
	first := w.say("median %s, middle half %s", text(q[2]), text(q[1])+enDash+text(q[3]))
	second := "90" + nbsp + "%: " + text(q[0]) + enDash + text(q[4])
	if missing > 0 {
		second += w.say("; %s in %s", cmp.Or(pn.Never, w.say("no value")), pct(float64(missing)/float64(len(pn.Values))))
	}
	return []string{first, second}
}

// caption says how far luck alone spreads the first outcome.
func (in DistributionInput) caption() string {
	pn, q := in.Panels[0], in.Panels[0].quantiles()
	if !finite(q[0]) || !finite(q[4]) {
		return ""
	}
	s := in.say("groups with the same scenario differ by luck alone: %s lies between %s and %s %s in nine of ten", firstLower(pn.Title), whole(q[0]), whole(q[4]), pn.Unit)
	for _, pn := range in.Panels {
		if missing := pn.missing(); missing > 0 && pn.Never != "" {
			return sentences(s, in.say("there is %s in %s of the groups", pn.Never, pct(float64(missing)/float64(len(pn.Values)))))
		}
	}
	return sentences(s)
}

func (in DistributionInput) alt() string {
	return described(in.say("Histograms of outcomes over replications of one scenario. "), in.Panels, ". ", func(pn DistributionPanel) string {
		return in.say("%s (%s) over %d groups: %s", pn.Title, pn.Unit, len(pn.Values), strings.Join(pn.notes(in.Words), "; "))
	})
}
