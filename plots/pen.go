package plots

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
)

// point is a place on the page in points, y upwards.
type point struct{ x, y float64 }

func (a point) ok() bool { return finite(a.x) && finite(a.y) }

// nowhere is the place of what is missing; in a line it is a gap.
func nowhere() point { return point{math.NaN(), math.NaN()} }

// rect is an area of the page.
type rect struct{ x0, y0, x1, y1 float64 }

func (r rect) w() float64  { return r.x1 - r.x0 }
func (r rect) h() float64  { return r.y1 - r.y0 }
func (r rect) mx() float64 { return (r.x0 + r.x1) / 2 }
func (r rect) my() float64 { return (r.y0 + r.y1) / 2 }

// inset moves the four sides inwards.
func (r rect) inset(left, bottom, right, top float64) rect {
	return rect{r.x0 + left, r.y0 + bottom, r.x1 - right, r.y1 - top}
}

// cutTop splits off a strip of height h at the top.
func (r rect) cutTop(h float64) (top, rest rect) {
	return rect{r.x0, r.y1 - h, r.x1, r.y1}, rect{r.x0, r.y0, r.x1, r.y1 - h}
}

// tiles splits r into rows × cols equal rectangles, row by row from the top.
func (r rect) tiles(rows, cols int, gapX, gapY float64) []rect {
	w := (r.w() - gapX*float64(cols-1)) / float64(cols)
	h := (r.h() - gapY*float64(rows-1)) / float64(rows)
	var out []rect
	for i := range rows {
		for j := range cols {
			x, y := r.x0+float64(j)*(w+gapX), r.y1-float64(i)*(h+gapY)
			out = append(out, rect{x, y - h, x + w, y})
		}
	}
	return out
}

func (r rect) corners() []point {
	return []point{{r.x0, r.y0}, {r.x1, r.y0}, {r.x1, r.y1}, {r.x0, r.y1}}
}

func (r rect) overlaps(s rect) bool {
	return r.x0 < s.x1 && s.x0 < r.x1 && r.y0 < s.y1 && s.y0 < r.y1
}

// pen draws on a canvas. Whatever is not finite is left out, so that no NaN
// ever reaches a path.
type pen struct {
	Words
	c     vg.Canvas
	spots *[]hoverSpot // nil where nobody can point at the picture
}

// stroke is how a line is drawn; the zero dash is solid.
type stroke struct {
	col   color.Color
	width float64
	dash  []float64
}

func (p pen) set(s stroke) {
	p.c.SetColor(s.col)
	p.c.SetLineWidth(vg.Length(s.width))
	d := make([]vg.Length, len(s.dash))
	for i, v := range s.dash {
		d[i] = vg.Length(v)
	}
	p.c.SetLineDash(d, 0)
}

// path joins the points; a missing one interrupts the line. closed closes
// each piece.
func path(pts []point, closed bool) vg.Path {
	var out vg.Path
	down := false
	for _, q := range pts {
		if !q.ok() {
			if down && closed {
				out.Close()
			}
			down = false
			continue
		}
		v := vg.Point{X: vg.Length(q.x), Y: vg.Length(q.y)}
		if down {
			out.Line(v)
		} else {
			out.Move(v)
		}
		down = true
	}
	if down && closed {
		out.Close()
	}
	return out
}

// line strokes the points, with a gap where one is missing.
func (p pen) line(s stroke, pts ...point) {
	if q := path(thin(pts), false); len(q) > 1 {
		p.set(s)
		p.c.Stroke(q)
	}
}

// outline strokes a closed polygon.
func (p pen) outline(s stroke, pts ...point) {
	if q := path(pts, true); len(q) > 1 {
		p.set(s)
		p.c.Stroke(q)
	}
}

// fill fills the polygon.
func (p pen) fill(col color.Color, pts ...point) {
	if q := path(pts, true); len(q) > 2 {
		p.c.SetColor(col)
		p.c.Fill(q)
	}
}

func (p pen) rect(col color.Color, r rect) {
	if r.w() > 0 && r.h() > 0 {
		p.fill(col, r.corners()...)
	}
}

// edged is a rectangle with a thin line around it.
func (p pen) edged(col, edge color.Color, r rect) {
	p.rect(col, r)
	p.outline(stroke{col: edge, width: 0.6}, r.corners()...)
}

// disc fills and outlines a circle; a nil colour leaves that part out.
func (p pen) disc(c point, radius float64, in color.Color, out color.Color, width float64) {
	if !c.ok() || !finite(radius) || radius <= 0 {
		return
	}
	// One polygon for both canvases, whose arcs differ in their joins; with as
	// many corners as the eye needs to see it round.
	n := min(40, 12+int(4*radius))
	pts := make([]point, n)
	for i := range pts {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		pts[i] = point{c.x + radius*cos, c.y + radius*sin}
	}
	if in != nil {
		p.fill(in, pts...)
	}
	if out != nil {
		p.outline(stroke{col: out, width: width}, pts...)
	}
}

// hatch draws diagonal lines, gap points apart, inside the polygon.
func (p pen) hatch(s stroke, gap float64, pts ...point) {
	var lo, hi = math.Inf(1), math.Inf(-1)
	for _, q := range pts {
		if !q.ok() {
			return
		}
		lo, hi = math.Min(lo, q.y-q.x), math.Max(hi, q.y-q.x)
	}
	// Lines y−x = c at whole multiples of the step, so that neighbouring
	// hatched areas join up.
	step := gap * math.Sqrt2
	var out vg.Path
	for c := math.Ceil(lo/step) * step; c <= hi && len(out) < 4000; c += step { // no page has so many
		xs := crossings(pts, c)
		for i := 0; i+1 < len(xs); i += 2 {
			out.Move(vg.Point{X: vg.Length(xs[i]), Y: vg.Length(xs[i] + c)})
			out.Line(vg.Point{X: vg.Length(xs[i+1]), Y: vg.Length(xs[i+1] + c)})
		}
	}
	if len(out) > 0 {
		p.set(s)
		p.c.Stroke(out)
	}
}

// crossings are the x, ascending, at which the line y−x = c enters and leaves
// the polygon.
func crossings(pts []point, c float64) []float64 {
	var xs []float64
	for i, a := range pts {
		b := pts[(i+1)%len(pts)]
		da, db := a.y-a.x-c, b.y-b.x-c
		if (da < 0) != (db < 0) { // half-open: a corner counts once
			xs = append(xs, a.x+(b.x-a.x)*da/(da-db))
		}
	}
	slices.Sort(xs)
	return xs
}

// thin drops points that lie, to a twentieth of a point, on the line between
// the last kept point and the next: weekly series over years would otherwise
// make heavy files.
func thin(pts []point) []point {
	if len(pts) < 3 {
		return pts
	}
	out := []point{pts[0]}
	for i := 1; i+1 < len(pts); i++ {
		a, b, c := out[len(out)-1], pts[i], pts[i+1]
		if a.ok() && b.ok() && c.ok() && c.x > b.x && b.x > a.x && b.x-a.x < 2 {
			y := a.y + (c.y-a.y)*(b.x-a.x)/(c.x-a.x)
			if math.Abs(y-b.y) < 0.05 {
				continue
			}
		}
		out = append(out, b)
	}
	return append(out, pts[len(pts)-1])
}

// letters is how text is drawn. align is 0 for left, 0.5 centre, 1 right.
type letters struct {
	size  float64
	bold  bool
	col   color.Color
	align float64
}

// text writes s with its baseline at y and returns the box it fills.
func (p pen) text(x, y float64, s string, t letters) rect {
	s = p.local(clean(s))
	w := textWidth(s, t.size, t.bold)
	x -= t.align * w
	box := rect{x, y - 0.22*t.size, x + w, y + 0.75*t.size}
	if s == "" || !finite(x) || !finite(y) {
		return box
	}
	p.c.SetColor(t.col)
	p.c.FillString(face(t.size, t.bold), vg.Point{X: vg.Length(x), Y: vg.Length(y)}, s)
	return box
}

// mid is the baseline for text whose capitals stand centred on y.
func mid(y, size float64) float64 { return y - 0.36*size }
