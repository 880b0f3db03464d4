package plots

import (
	"math"
)

// managerInk is a grey, so that the form's colour means the SMEs alone.
const managerInk hex = 0x8A8A8A

func managerDash() []float64 { return []float64{2.5, 1.8} }

// managerWidth is that of an edge for a share (0..1) of the most hours there are.
func managerWidth(share float64) float64 { return 0.5 + 2.2*share }

// edgeColour goes from pale (no joint hours) to dark (the most there are).
func edgeColour(share float64) hex {
	return hex(0xD3D7DE).mix(0x1B2A41, max(0, min(1, share)))
}

// edgeWidth is that of an edge of so much trust (0..1).
func edgeWidth(trust float64) float64 { return 0.3 + 5*share(trust, 1) }

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

// spot is a node's place and the direction outwards.
type spot struct {
	at       point
	cos, sin float64
}

func (n net) draw(tile rect) {
	s := n.s
	head := n.say("Week %d", s.Week)
	t := n.text(tile.x0, tile.y1-10, head, letters{size: sizeLabel, bold: true, col: ink})
	n.text(t.x1+5, tile.y1-10, fit(s.Caption, tile.x1-t.x1-6, sizeTick, false), letters{size: sizeTick, col: ink})
	n.text(tile.x0, tile.y1-20, s.facts(n.Words), letters{size: sizeTick, col: muted})

	area := tile.inset(0, 0, 0, 24)
	centre := point{area.mx(), area.my()}
	ring := min(area.w()/2-58, area.h()/2-21)
	spots := make([]spot, len(s.SMEs))
	for i := range s.SMEs {
		// From the top clockwise, as one reads a clock.
		sin, cos := math.Sincos(math.Pi/2 - 2*math.Pi*float64(i)/float64(len(s.SMEs)))
		spots[i] = spot{point{centre.x + ring*cos, centre.y + ring*sin}, cos, sin}
	}
	for _, e := range s.Pairs {
		way := around(centre, spots[e.A].at, spots[e.B].at)
		n.line(stroke{col: edgeColour(share(e.JointHours, n.scale.joint)), width: edgeWidth(e.Trust)}, way...)
		q := way[len(way)/2]
		if len(way) == 2 {
			q = point{(way[0].x + way[1].x) / 2, (way[0].y + way[1].y) / 2}
		}
		n.hoverAt(q, n.say("%s and %s: trust %s, joint hours %s a week", s.SMEs[e.A].Name, s.SMEs[e.B].Name, num(e.Trust, 2), sig(e.JointHours)))
	}
	n.drawManager(centre, spots)
	for i, m := range s.SMEs {
		if n.fresh[i] {
			m.Name += n.say(" (new)")
		}
		n.drawSME(m, spots[i])
		n.drawName(tile, m, spots[i])
	}
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

func (n net) drawManager(c point, spots []spot) {
	const r = 9.0
	words := letters{size: sizeNote, bold: true, col: white, align: 0.5}
	if !n.s.Manager {
		n.disc(c, r, white, managerInk, 1)
		words.col = managerInk
		n.text(c.x, mid(c.y, words.size), n.say("EM"), words)
		n.plated(c.x, c.y-r-8, n.say("left"), letters{size: sizeNote, col: muted, align: 0.5})
		return
	}
	for i, m := range n.s.SMEs {
		if h := share(m.ManagerHours, n.scale.manager); h > 0 {
			n.line(stroke{col: managerInk, width: managerWidth(h), dash: managerDash()}, c, spots[i].at)
		}
	}
	n.disc(c, r+1, white, nil, 0)
	n.disc(c, r, ink, nil, 0)
	n.text(c.x, mid(c.y, words.size), n.say("EM"), words)
	n.hoverAt(c, n.say("export manager"))
}

// nodeRadius is that of an SME's node: its commitment, and room for a number.
func nodeRadius(commitment float64) float64 { return 5 + 4*share(commitment, 1) }

// netNode is an SME with the number of customers it has won.
func netNode(p pen, c point, m NetworkSME, look look, text string) {
	r := nodeRadius(m.Commitment)
	p.disc(c, r+1, white, nil, 0)
	p.disc(c, r, look.fill, nil, 0)
	p.text(c.x, mid(c.y, sizeNote), text, letters{size: sizeNote, bold: true, col: look.fill.on(), align: 0.5})
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
		passiveNode(n.pen, s.at, nodeRadius(m.Commitment), n.look)
	} else {
		netNode(n.pen, s.at, m, n.look, when(m.Customers > 0, "%d", m.Customers))
	}
	about := n.say("%s: %s won, commitment %s, manager’s hours %s a week", m.Name, n.customers(m.Customers), num(m.Commitment, 2), sig(m.ManagerHours))
	if m.Passive {
		about += n.say(", takes no part any more")
	}
	n.hoverAt(s.at, about)
}

// crowd is how many SMEs a ring holds with room for names of several lines.
const crowd = 8

// drawName writes the name outwards of the node, out of the way of the edges,
// which go inwards.
func (n net) drawName(tile rect, m NetworkSME, s spot) {
	words := letters{size: sizeTick, col: ink}
	r := nodeRadius(m.Commitment) + 4
	x, room := s.at.x+math.Copysign(r, s.cos), 0.0
	switch {
	case s.cos > 0.2:
		room = tile.x1 - x
	case s.cos < -0.2:
		words.align, room = 1, x-tile.x0
	default:
		words.align, x, room = 0.5, s.at.x, tile.w()/2
	}
	lines := []string{fit(m.Name, room, words.size, false)}
	if len(n.s.SMEs) <= crowd {
		lines = wrap(m.Name, room, words.size, false)
	}
	// The middle of the words: outwards of the node at the top and the bottom.
	y := s.at.y + 0.35*r*s.sin
	if words.align == 0.5 {
		y = s.at.y + math.Copysign(r+titleLead*float64(len(lines))/2-1, s.sin)
	}
	y = mid(y, words.size) + titleLead/2*float64(len(lines)-1)
	for _, line := range lines {
		n.plated(x, y, line, words)
		y -= titleLead
	}
}
