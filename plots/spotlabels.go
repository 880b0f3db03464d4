package plots

import (
	"math"
	"slices"
)

// spotLabel is a label beside a point of a scatter.
type spotLabel struct {
	at   point // of the point
	text string
	col  hex
	over bool    // it lies on an arm
	x, y float64 // where the text begins and its baseline
	box  rect
}

// placeLabels finds places for labels within area, in the order given: near
// their points, apart from each other and from dots, off the arms of intervals
// where that is possible. A label without a place is left out.
func placeLabels(area rect, want []spotLabel, dots, arms []rect) (out []spotLabel) {
	taken := append([]rect(nil), dots...)
	for _, l := range want {
		if l, ok := l.place(area, taken, arms); ok {
			taken = append(taken, l.box)
			out = append(out, l)
		}
	}
	return out
}

// place tries places around the point, the nearest first, and takes the one
// that lies on the fewest arms.
func (l spotLabel) place(area rect, taken, arms []rect) (best spotLabel, ok bool) {
	const size = sizeTick
	w := textWidth(l.text, size, false)
	least := math.Inf(1)
	for ring, d := range []float64{5, 11, 18, 27, 38} {
		for k := range 16 {
			sin, cos := math.Sincos(math.Pi / 8 * float64(k))
			c := point{l.at.x + d*cos, l.at.y + d*sin}
			x := c.x - w/2 // above and below the text stands centred, else it begins or ends there
			if math.Abs(cos) > 0.3 {
				x = c.x - w*(1-math.Copysign(1, cos))/2
			}
			y := mid(c.y+3*sin, size)
			box := rect{x - 1, y - 0.25*size, x + w + 1, y + 0.8*size}
			if box.x0 < area.x0 || box.x1 > area.x1 || box.y0 < area.y0 || box.y1 > area.y1 {
				continue
			}
			over := number(arms, box.overlaps)
			cost := 3*float64(ring) + 0.1*float64(k%4) + 7*float64(over)
			if cost >= least || hits(box, taken) || crosses(l.at, box, taken) {
				continue
			}
			least, ok = cost, true
			best = spotLabel{l.at, l.text, l.col, over > 0, x, y, box}
		}
	}
	return best, ok
}

func hits(box rect, taken []rect) bool { return slices.ContainsFunc(taken, box.overlaps) }

// crosses says whether the way from a point to its label leads over another
// label or dot.
func crosses(from point, box rect, taken []rect) bool {
	to := box.nearest(from)
	for s := 1.0; s < 8; s++ {
		q := point{from.x + (to.x-from.x)*s/8, from.y + (to.y-from.y)*s/8}
		if math.Hypot(q.x-from.x, q.y-from.y) > 6 && hits(rect{q.x, q.y, q.x, q.y}, taken) {
			return true
		}
	}
	return false
}

// nearest is the place of r that is nearest to q.
func (r rect) nearest(q point) point {
	return point{max(r.x0, min(r.x1, q.x)), max(r.y0, min(r.y1, q.y))}
}

// spotLeaders joins the labels that stand off to their points, which are drawn
// over them.
func (p pen) spotLeaders(ls []spotLabel) {
	for _, l := range ls {
		if to := l.box.nearest(l.at); math.Hypot(to.x-l.at.x, to.y-l.at.y) > 7 {
			p.line(stroke{col: rule, width: 0.6}, l.at, to)
		}
	}
}

func (p pen) spotLabels(ls []spotLabel) {
	for _, l := range ls {
		t := letters{size: sizeTick, col: l.col}
		if l.over {
			p.plated(l.x, l.y, l.text, t)
		} else {
			p.text(l.x, l.y, l.text, t)
		}
	}
}
