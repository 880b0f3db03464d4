package plots

import (
	"image/color"
	"math"
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
