package plots

import "math"

// Levels are a factor and the levels at which a factorial design has it.
type Levels struct {
	Factor
	Texts []string // e.g. "1 year", "3 years"; one for each level

	// At are the levels as numbers, ascending, where they are to stand to
	// scale; nil puts them at equal distances.
	At []float64
}

// ok says whether there are between 1 and most levels, each with its place.
func (l Levels) ok(most int) bool {
	return some(l.Texts, most) && (l.At == nil || long(len(l.Texts), l.At) && ascending(l.At))
}

// axis has a tick at each level and a little distance from the frame.
func (l Levels) axis() axis {
	at := l.At
	if at == nil {
		for i := range l.Texts {
			at = append(at, float64(i))
		}
	}
	lo, hi := at[0], at[len(at)-1]
	pad := 0.07 * (hi - lo)
	if pad == 0 {
		pad = 0.5
	}
	return axis{lo: lo - pad, hi: hi + pad, ticks: at}
}

// levelTicks writes the levels below the ticks: the first and the last, and of
// those between them as many as do not touch.
func (g panel) levelTicks(l Levels) {
	n := len(l.Texts)
	most := 1.4 * g.r.w() / float64(min(n, 3))
	text := func(i int) (s string, x0, x1 float64) {
		s = fit(l.Texts[i], most, sizeTick, false)
		w := textWidth(s, sizeTick, false)
		x0 = max(g.r.x0-4, min(g.px(g.x.ticks[i])-w/2, g.r.x1+4-w))
		return s, x0, x0 + w
	}
	_, last, _ := text(n - 1)
	end := math.Inf(-1)
	for i := range n {
		s, x0, x1 := text(i)
		if x0 < end+4 || i > 0 && i < n-1 && x1 > last-4 {
			continue
		}
		g.text(x0, g.r.y0-12, s, letters{size: sizeTick, col: ink})
		end = x1
	}
}

// looks are how the lines of the levels are drawn: from pale to dark, for they
// have an order.
func (l Levels) looks() []look {
	out := make([]look, len(l.Texts))
	for i := range out {
		out[i] = orderLook(i, len(out))
	}
	return out
}
