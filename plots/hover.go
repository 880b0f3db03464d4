package plots

import (
	"fmt"
	"html"
	"strings"
)

// hoverSpot is an area of the page and what is said when one points at it.
type hoverSpot struct {
	area rect
	text string
}

// hover says what a mark is and comes to: a browser shows it, without any
// script, when one points at the area. Of areas on each other the last wins.
func (p pen) hover(area rect, text string) {
	if text = p.local(clean(text)); p.spots != nil && text != "" && finite(area.w()) && finite(area.h()) {
		*p.spots = append(*p.spots, hoverSpot{area, text})
	}
}

// hoverAt is hover for a sign at q.
func (p pen) hoverAt(q point, text string) {
	const reach = 5 // easier to hit than the sign
	if q.ok() {
		p.hover(rect{q.x - reach, q.y - reach, q.x + reach, q.y + reach}, text)
	}
}

// writeSpots lays the areas, which cannot be seen, over a page of the given height.
func writeSpots(b *strings.Builder, height float64, spots []hoverSpot) {
	if len(spots) == 0 {
		return
	}
	b.WriteString(`<g fill="none" pointer-events="all">` + "\n")
	for _, s := range spots {
		fmt.Fprintf(b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f"><title>%s</title></rect>`+"\n",
			s.area.x0, height-s.area.y1, s.area.w(), s.area.h(), html.EscapeString(s.text))
	}
	b.WriteString("</g>\n")
}
