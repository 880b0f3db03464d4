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
}

// check wants a text and, where places are given, a place for each level.
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
	l.Texts = texts
	return l
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
