package plots

import (
	"cmp"
	"fmt"
	"math"
)

// Levels are a factor and the levels at which a factorial design has it.
type Levels struct {
	Factor Factor
	Texts  []string // e.g. "1 year", "3 years"; one for each level

	// At are the levels as numbers, ascending, where they are to stand to
	// scale; nil puts them at equal distances.
	At []float64

	// Forms are what the levels are where they are organisational forms, so
	// that these keep their looks; nil where they are none.
	Forms []Form
}

// check wants a text, a place and a form for each level, as far as places and
// forms are given.
func (l Levels) check(what string, most int) error {
	what = fmt.Sprintf("%s: levels of %s", what, cmp.Or(l.Factor.tidy().short(), "a factor without a name"))
	if err := checkFactors(what, []Factor{l.Factor}); err != nil {
		return err
	}
	if err := checkCount(what, len(l.Texts), most); err != nil {
		return err
	}
	if l.At != nil {
		if err := needLen(what+": their places", len(l.Texts), l.At); err != nil {
			return err
		}
		if err := ascending(what+": their places", l.At); err != nil {
			return err
		}
	}
	if l.Forms != nil && len(l.Forms) != len(l.Texts) {
		return bad("%s: %d forms for %d levels", what, len(l.Forms), len(l.Texts))
	}
	for _, f := range l.Forms {
		if err := f.check(what); err != nil {
			return err
		}
	}
	return nil
}

// places are where the levels stand along an axis.
func (l Levels) places() []float64 {
	if l.At != nil {
		return l.At
	}
	out := make([]float64, len(l.Texts))
	for i := range out {
		out[i] = float64(i)
	}
	return out
}

// axis has a tick at each level and a little distance from the frame.
func (l Levels) axis() axis {
	at := l.places()
	lo, hi := at[0], at[len(at)-1]
	pad := 0.07 * (hi - lo)
	if pad == 0 {
		pad = 0.5
	}
	return axis{lo: lo - pad, hi: hi + pad, ticks: at}
}

// tidy is a copy with texts and names that can be printed.
func (l Levels) tidy() Levels {
	l.Factor = l.Factor.tidy()
	texts := make([]string, len(l.Texts))
	for i, s := range l.Texts {
		texts[i] = cmp.Or(clean(s), enDash)
	}
	for i, f := range l.Forms {
		texts[i] = f.name()
	}
	l.Texts = texts
	return l
}

// levelTicks writes the levels below the ticks: the first and the last, and of
// those between them as many as do not touch.
func (g panel) levelTicks(l Levels) {
	n := len(l.Texts)
	most := 1.4 * g.r.w() / float64(min(n, 3))
	end := math.Inf(-1)
	write := func(i int, limit float64) {
		s := fit(l.Texts[i], most, sizeTick, false)
		w := textWidth(s, sizeTick, false)
		x := g.px(g.x.ticks[i])
		x0 := max(g.r.x0-4, min(x-w/2, g.r.x1+4-w))
		if x0 < end+4 || x0+w > limit {
			return
		}
		g.text(x0, g.r.y0-12, s, letters{size: sizeTick, col: ink})
		end = x0 + w
	}
	if n == 1 {
		write(0, math.Inf(1))
		return
	}
	write(0, math.Inf(1))
	last := fit(l.Texts[n-1], most, sizeTick, false)
	w := textWidth(last, sizeTick, false)
	limit := max(g.r.x0-4, min(g.px(g.x.ticks[n-1])-w/2, g.r.x1+4-w)) - 4
	for i := 1; i < n-1; i++ {
		write(i, limit)
	}
	write(n-1, math.Inf(1))
}

// looks are how the lines of the levels are drawn: forms as everywhere, levels
// of any other factor from pale to dark, for they have an order.
func (l Levels) looks() []look {
	out := make([]look, len(l.Texts))
	for i := range out {
		if l.Forms != nil {
			out[i] = l.Forms[i].look()
			continue
		}
		s := 1.0
		if len(out) > 1 {
			s = float64(i) / float64(len(out)-1)
		}
		c := levelColour(s)
		text := c
		for text.lightness() > 0.2 { // until it can be read on white
			text = text.mix(0x000000, 0.1)
		}
		out[i] = look{fill: c, ink: text, mark: [...]marker{markCircle, markSquare, markTriangle, markDiamond, markHollowCircle, markHollowSquare}[i%6]}
	}
	return out
}

// levelColour is the colour at share s of the way from the lowest level (pale)
// to the highest (dark): the middle of the scale "mako" (Waskom, seaborn),
// whose lightness falls evenly.
func levelColour(s float64) hex {
	stops := []hex{0x6CD3AD, 0x3497A9, 0x395D9C, 0x2E1E3B}
	k := min(int(s*float64(len(stops)-1)), len(stops)-2)
	return stops[k].mix(stops[k+1], s*float64(len(stops)-1)-float64(k))
}

// outcomeAxis begins at zero unless the differences would then be too small to
// see; zero says whether it does.
func outcomeAxis(seen span) (y axis, zero bool) {
	if !seen.any || seen.hi-seen.lo > 0.25*max(math.Abs(seen.hi), math.Abs(seen.lo)) || seen.hi == seen.lo {
		return fromZero(seen), true
	}
	pad := 0.06 * (seen.hi - seen.lo)
	return newAxis(seen.lo-pad, seen.hi+pad, maxTicks), false
}
