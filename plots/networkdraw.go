package plots

import (
	"fmt"
	"math"
	"strings"
)

// Signs of the network that belong to no form.
const (
	customerRadius = 2.0
	customerPitch  = 5.2 // from one customer's dot to the next
	customersShown = 12  // more are a number
	// customerFill and managerInk are greys, so that the form's colour means
	// the SMEs alone.
	customerFill hex = 0x222222
	managerInk   hex = 0x8A8A8A
)

func managerDash() []float64 { return []float64{2.5, 1.8} }

// edgeColour goes from pale (no joint hours) to dark (the most there are).
func edgeColour(share float64) hex {
	return hex(0xD3D7DE).mix(0x1B2A41, max(0, min(1, share)))
}

// net draws one snapshot.
type net struct {
	pen
	s     Snapshot
	look  look
	scale netScale
	fresh []bool // of each SME: new since the snapshot before
}

// share is v as a share of most; missing and negative values are nothing.
func share(v, most float64) float64 {
	if !finite(v) || v <= 0 || most <= 0 {
		return 0
	}
	return min(1, v/most)
}

func (n net) draw(tile rect) {
	s := n.s
	head := fmt.Sprintf("Week %d", s.Week)
	t := n.text(tile.x0, tile.y1-10, head, letters{size: sizeLabel, bold: true, col: ink})
	if c := s.Caption; c != "" {
		n.text(t.x1+5, tile.y1-10, fit(c, tile.x1-t.x1-6, sizeTick, false), letters{size: sizeTick, col: ink})
	}
	n.text(tile.x0, tile.y1-20, fit(s.facts(), tile.w(), sizeTick, false), letters{size: sizeTick, col: muted})

	area := tile.inset(0, 0, 0, 24)
	centre := point{area.mx(), area.my()}
	ring := min(area.w()/2-38, area.h()/2-25)
	spots := make([]spot, len(s.SMEs))
	for i := range s.SMEs {
		// From the top clockwise, as one reads a clock.
		a := math.Pi/2 - 2*math.Pi*float64(i)/float64(len(s.SMEs))
		sin, cos := math.Sincos(a)
		spots[i] = spot{point{centre.x + ring*cos, centre.y + ring*sin}, cos, sin,
			3 + 7*share(s.SMEs[i].Commitment, 1)}
	}
	for _, e := range s.Pairs {
		w := 0.3 + 5*share(e.Trust, 1)
		n.line(stroke{col: edgeColour(share(e.JointHours, n.scale.joint)), width: w},
			around(centre, spots[e.A].at, spots[e.B].at)...)
	}
	n.drawManager(centre, spots)
	for i, m := range s.SMEs {
		n.drawSME(m, spots[i])
	}
	for i, m := range s.SMEs {
		if n.fresh[i] {
			m.Name = m.Name + " (new)"
		}
		if len(s.SMEs) > crowd {
			n.drawNameOutside(tile, m, spots[i])
			continue
		}
		n.drawName(tile, m, spots[i])
	}
}

// crowd is how many SMEs a ring holds with room for a name beside each.
const crowd = 9

// drawNameOutside writes the name outwards of the node and its customers, for
// rings with no room beside a node.
func (n net) drawNameOutside(tile rect, m NetworkSME, s spot) {
	out := s.r + 5 + customerPitch*float64((min(m.Customers, customersShown)+2)/3)
	if m.Customers > customersShown {
		out += 6 // the number of the others
	}
	words := letters{size: sizeTick, col: ink, align: 0.5}
	x, y := s.at.x+out*s.cos, mid(s.at.y+(out+2)*s.sin, sizeTick)
	room := tile.w()
	switch {
	case s.cos > 0.1:
		words.align, room = 0, tile.x1-x
	case s.cos < -0.1:
		words.align, room = 1, x-tile.x0
	}
	n.plated(x, y, fit(m.Name, room, words.size, false), words)
}

// around joins two SMEs: straight, or in a bow where a straight edge would
// run through the manager and hide the manager's own edges.
func around(centre, a, b point) []point {
	dx, dy := b.x-a.x, b.y-a.y
	length := math.Hypot(dx, dy)
	if length < 1 {
		return []point{a, b}
	}
	nx, ny := -dy/length, dx/length
	if math.Abs((centre.x-a.x)*nx+(centre.y-a.y)*ny) > 8 {
		return []point{a, b}
	}
	bow := 0.26 * length
	ctl := point{(a.x+b.x)/2 + bow*nx, (a.y+b.y)/2 + bow*ny}
	const steps = 24
	pts := make([]point, 0, steps+1)
	for i := range steps + 1 {
		t := float64(i) / steps
		u := 1 - t
		pts = append(pts, point{u*u*a.x + 2*u*t*ctl.x + t*t*b.x, u*u*a.y + 2*u*t*ctl.y + t*t*b.y})
	}
	return pts
}

// spot is a node's place, the direction outwards and its radius.
type spot struct {
	at       point
	cos, sin float64
	r        float64
}

func (n net) drawManager(c point, spots []spot) {
	const r = 9.0
	words := letters{size: sizeNote, bold: true, col: white, align: 0.5}
	if !n.s.Manager {
		n.disc(c, r, white, managerInk, 1)
		words.col = managerInk
		n.text(c.x, mid(c.y, words.size), "EM", words)
		n.plated(c.x, c.y-r-8, "left", letters{size: sizeNote, col: muted, align: 0.5})
		return
	}
	for i, m := range n.s.SMEs {
		h := share(m.ManagerHours, n.scale.manager)
		if h > 0 {
			n.line(stroke{col: managerInk, width: 0.5 + 2.2*h, dash: managerDash()}, c, spots[i].at)
		}
	}
	n.disc(c, r+1, white, nil, 0)
	n.disc(c, r, ink, nil, 0)
	n.text(c.x, mid(c.y, words.size), "EM", words)
}

// passiveNode is an SME that no longer takes part.
func passiveNode(p pen, c point, r float64, look look) {
	p.disc(c, r, white, look.fill, 1.2)
	d := r * 0.62
	s := stroke{col: look.fill, width: 1.2}
	p.line(s, point{c.x - d, c.y - d}, point{c.x + d, c.y + d})
	p.line(s, point{c.x - d, c.y + d}, point{c.x + d, c.y - d})
}

func (n net) drawSME(m NetworkSME, s spot) {
	if m.Passive {
		passiveNode(n.pen, s.at, max(s.r, 4.5), n.look)
	} else {
		n.disc(s.at, s.r+1, white, nil, 0)
		n.disc(s.at, s.r, n.look.fill, nil, 0)
	}
	// Customers stand outside in rows of three, at most four rows.
	for k := range min(m.Customers, customersShown) {
		out := s.r + 6 + customerPitch*float64(k/3)
		side := customerPitch * float64([]int{0, 1, -1}[k%3])
		n.disc(point{s.at.x + out*s.cos - side*s.sin, s.at.y + out*s.sin + side*s.cos}, customerRadius, customerFill, nil, 0)
	}
	if more := m.Customers - customersShown; more > 0 {
		out := s.r + 9 + customerPitch*float64(customersShown/3)
		n.text(s.at.x+out*s.cos, mid(s.at.y+out*s.sin, sizeNote), fmt.Sprintf("+%d", more), letters{size: sizeNote, col: ink, align: 0.5})
	}
}

// drawName writes the name beside the node: out of the way of the customers,
// who stand straight outwards, and of the edges, which go inwards.
func (n net) drawName(tile rect, m NetworkSME, s spot) {
	const sideways = 0.55 // sine of about 33°
	words := letters{size: sizeTick, col: ink}
	x, y := s.at.x, mid(s.at.y, words.size)
	switch {
	case math.Abs(s.sin) > sideways: // top and bottom: beside the node
		words.align = 0
		if s.cos < -0.1 {
			words.align = 1
		}
		x += (s.r + 4) * (1 - 2*words.align)
	case s.sin >= 0: // the sides: below or above it, growing outwards
		y = s.at.y - s.r - 9
	default:
		y = s.at.y + s.r + 4
	}
	if math.Abs(s.sin) <= sideways {
		words.align = 0
		x += 3
		if s.cos < 0 {
			words.align, x = 1, x-6
		}
	}
	room := tile.x1 - x
	if words.align == 1 {
		room = x - tile.x0
	}
	// A name too long for one line gets two, away from the node.
	lines := wrap(m.Name, room, words.size, false)
	if len(lines) > 2 {
		lines = []string{lines[0], fit(strings.Join(lines[1:], " "), room, words.size, false)}
	}
	const lead = sizeTick + 1
	switch n := float64(len(lines) - 1); {
	case math.Abs(s.sin) > sideways:
		y += n * lead / 2
	case s.sin < 0: // it stands above the node
		y += n * lead
	}
	for i, line := range lines {
		n.plated(x, y-float64(i)*lead, line, words)
	}
}
