package plots

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
)

// marker is a form's sign on points and line ends.
type marker int

const (
	markCircle marker = iota
	markSquare
	markTriangle
	markDiamond
	markHollowCircle
	markHollowSquare
	markHollowTriangle
	markHollowDiamond
)

// marker draws the sign with radius r in the given colour on a thin white
// edge, so that it stands clear of what lies below.
func (p pen) marker(c point, m marker, r float64, col color.Color) {
	if !c.ok() {
		return
	}
	p.sign(c, m, r+0.7, white)
	p.sign(c, m, r, col)
	if m >= markHollowCircle {
		p.sign(c, m, r*0.5, white)
	}
}

// flatRadius is the radius of flat markers.
const flatRadius = 2.7

// flatMarker draws solid signs without the white edge of marker, for signs on
// an interval of their own, and hollow ones as outlines that stay thin.
func (p pen) flatMarker(c point, m marker, col color.Color) {
	if !c.ok() {
		return
	}
	// Arcs, not the corners of disc, for the weight of the page.
	var sign vg.Path
	if m == markCircle || m == markHollowCircle {
		r := flatRadius
		if m == markHollowCircle {
			r -= 0.3
		}
		sign.Move(vg.Point{X: vg.Length(c.x + r), Y: vg.Length(c.y)})
		sign.Arc(vg.Point{X: vg.Length(c.x), Y: vg.Length(c.y)}, vg.Length(r), 0, 2*math.Pi)
		sign.Close()
	} else {
		sign = path(m.corners(c, flatRadius), true)
	}
	if m < markHollowCircle {
		p.c.SetColor(col)
		p.c.Fill(sign)
		return
	}
	p.c.SetColor(white)
	p.c.Fill(sign)
	p.set(stroke{col: col, width: 0.9})
	p.c.Stroke(sign)
}

// sign draws the marker's shape alone, without its white edge.
func (p pen) sign(c point, m marker, r float64, col color.Color) {
	if m == markCircle || m == markHollowCircle {
		p.disc(c, r, col, nil, 0)
		return
	}
	p.fill(col, m.corners(c, r)...)
}

// corners are those of the sign of radius r; the factors give the signs about
// equal areas.
func (m marker) corners(c point, r float64) []point {
	n, turn, f := 4, math.Pi/4, 1.2
	switch m {
	case markTriangle, markHollowTriangle:
		n, turn, f = 3, math.Pi/2, 1.35
	case markDiamond, markHollowDiamond:
		n, turn, f = 4, math.Pi/2, 1.3
	}
	pts := make([]point, n)
	for i := range pts {
		sin, cos := math.Sincos(turn + 2*math.Pi*float64(i)/float64(n))
		pts[i] = point{c.x + f*r*cos, c.y + f*r*sin}
	}
	return pts
}
