package plots

// segment is one part of a stacked bar.
type segment struct {
	value float64
	fill  hex
	hatch bool   // not kept: pale, with lines in the colour
	name  string // written in it where there is room; "" is nothing
	text  string // below the name, or alone
	told  string // said on pointing at it; "" is nothing
}

// stack draws the segments of a bar one after the other from zero on, and returns
// where it ends.
func (g panel) stack(bar rect, parts []segment) (end float64) {
	sum := 0.0
	for _, s := range parts {
		r := rect{g.px(sum), bar.y0, g.px(sum + s.value), bar.y1}
		sum += s.value
		if r.w() <= 0.05 {
			continue
		}
		if s.hatch {
			g.hatched(s.fill, r.corners()...)
			g.outline(stroke{col: s.fill, width: 0.6}, r.corners()...)
			continue
		}
		g.rect(s.fill, r)
		if r.w() > 1 {
			g.line(stroke{col: white, width: 0.8}, point{r.x1, r.y0}, point{r.x1, r.y1})
		}
		if s.told != "" {
			g.hover(r, s.told)
		}
		words := letters{size: sizeNote, col: s.fill.on(), align: 0.5}
		fits := func(text string) bool { return text != "" && textWidth(text, sizeNote, false)+3 <= r.w() }
		switch both := fits(s.name) && r.h() >= 20; {
		case both:
			g.text(r.mx(), mid(r.my()+4.8, sizeNote), s.name, words)
			g.text(r.mx(), mid(r.my()-4.8, sizeNote), s.text, words)
		case fits(s.text):
			g.text(r.mx(), mid(r.my(), sizeNote), s.text, words)
		}
	}
	return g.px(sum)
}
