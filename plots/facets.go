package plots

// mostTogether is how many lines of variants share a panel. More get a panel each,
// in which the lines of the others are grey: twelve lines on each other tell nothing.
const mostTogether = 4

// tiling is how n panels of at least the given width stand in w: in rows that
// are as full as each other.
func tiling(n int, w, least float64) (rows, cols int) {
	most := max(1, min(4, int(w/least)))
	rows = (n + most - 1) / most
	return rows, (n + rows - 1) / rows
}

// tile is one of several small panels.
type tile struct {
	form  *Form         // heads it with its sign, or
	title string        // in bold
	notes []string      // below that
	signs []Form        // below that, one to a line: what lines are
	unit  string        // above the data: what the y axis measures
	along string        // below the data: what the x axis measures
	x, y  axis          //
	ticks func(g panel) // writes the labels of the x axis; nil: as of all axes
	data  func(g panel) // draws what the panel holds, on its frame
}

// multiples are small panels, row by row. Those with shared axes have the labels of
// the y axis, and what the axes measure, only once.
type multiples struct {
	tiles  []tile
	least  float64 // the least width of the data
	most   float64 // a single panel is no wider; 0: as wide as there is room
	body   float64 // the height of the data; higher in a single row of shared axes, lower in more than four
	right  float64 // room at the right of each panel's data
	above  float64 // room that a panel has for itself above its data
	below  float64 // the same between its data and the labels of its x axis
	left   float64 // room at the left, where it is more than the labels need
	shared bool

	unit, along string // of shared axes
}

const (
	tileGapX = 16.0
	tileGapY = 8.0
	tileUnit = 12.0 // above the first row: what shared axes measure
)

// tileLayout is how the panels stand in a width.
type tileLayout struct {
	rows, cols  int
	left, width float64   // room for labels of the y axis; of the data
	heads       []float64 // by row, above the data
	body, foot  float64   // of the data, and below it
}

func (m multiples) layout(w float64) (l tileLayout) {
	l.left = m.left
	for _, t := range m.tiles {
		l.left = max(l.left, gutter(t.y))
	}
	least := m.least + tileGapX
	w += tileGapX
	if m.shared {
		w -= l.left
	} else {
		least += l.left
	}
	l.rows, l.cols = tiling(len(m.tiles), w, least)
	l.width = w/float64(l.cols) - tileGapX
	if !m.shared {
		l.width -= l.left
	}
	if m.most > 0 && len(m.tiles) == 1 {
		l.width = min(l.width, m.most)
	}
	l.heads, l.body, l.foot = make([]float64, l.rows), m.body, m.below+footX(false)
	switch {
	case !m.shared:
	case l.rows == 1: // panels that share the page with few others are higher
		l.body *= 1.5
	case l.rows > 4: // in a journal's column
		l.body *= 0.5
	}
	for i, t := range m.tiles {
		row := i / l.cols
		l.heads[row] = max(l.heads[row], t.head(l.outer(m))+m.above)
		if lines := wrap(t.along, l.width, sizeTick, false); len(lines) > 0 {
			l.foot = max(l.foot, m.below+footX(true)+titleLead*float64(len(lines)-1))
		}
	}
	if m.unit != "" {
		l.heads[0] += tileUnit
	}
	return l
}

// outer is the width of a panel with what belongs to it alone.
func (l tileLayout) outer(m multiples) float64 {
	if m.shared {
		return l.width
	}
	return l.left + l.width
}

// sharedFoot is the room for what a shared x axis measures.
func (m multiples) sharedFoot(w float64) float64 {
	return titleLead * float64(len(wrap(m.along, w-20, sizeTick, false)))
}

// figure finishes the figure that the panels are of.
func (m multiples) figure(f Figure) *Figure {
	f.draw = m.draw
	return f.sized(m.height)
}

func (m multiples) height(w float64) float64 {
	l := m.layout(w)
	h := m.sharedFoot(w) + 2 - tileGapY
	for _, head := range l.heads {
		h += head + l.body + l.foot + tileGapY
	}
	return h
}

func (m multiples) draw(p pen, r rect) {
	l := m.layout(r.w())
	top, pitch, inner := r.y1, l.outer(m)+tileGapX, l.left
	begin := r.x0
	if m.shared {
		begin, inner = r.x0+l.left, 0
	}
	for i, t := range m.tiles {
		row, col := i/l.cols, i%l.cols
		x := begin + pitch*float64(col)
		data := top - l.heads[row]
		g := panel{pen: p, x: t.x, y: t.y, r: rect{x + inner, data - l.body, x + l.outer(m) - m.right, data}}
		t.write(p, rect{x, 0, x + l.outer(m), top})
		t.writeUnit(p, x, data, l.outer(m))
		if i == 0 {
			p.text(r.x0, data+5, fit(m.unit, r.w(), sizeTick, false), letters{size: sizeTick, col: muted})
		}
		g.frame(t.ticks == nil, !m.shared || col == 0)
		if t.ticks != nil {
			t.ticks(g)
		}
		p.xTitle(rect{g.r.x0, g.r.y0 - m.below, g.r.x1, g.r.y1}, t.along)
		t.data(g)
		if col == l.cols-1 {
			top -= l.heads[row] + l.body + l.foot + tileGapY
		}
	}
	wide := rect{begin, r.y0 + m.sharedFoot(r.w()) - 9 + 24, begin + pitch*float64(l.cols) - tileGapX, 0}
	p.xTitle(wide, m.along)
}

// head is the height of what stands above the data of a tile that is w wide.
func (t tile) head(w float64) float64 {
	h := heightOf(func(p pen) float64 { return -t.write(p, rect{x1: w}) }) - 2
	if t.unit != "" {
		h += 11 + titleLead*float64(len(wrap(t.unit, w, sizeTick, false))-1)
	}
	return h
}

// write writes what heads the tile, from the top of r, and returns the next line's y.
func (t tile) write(p pen, r rect) float64 {
	y, x := r.y1-9, r.x0
	if t.form != nil {
		x += nameIn
		y = p.nameTitle(r.x0, y, r.w(), *t.form)
	} else {
		y = p.textLines(x, y, labelLead, wrap(t.title, r.w(), sizeLabel, true), letters{size: sizeLabel, bold: true, col: ink})
	}
	for _, s := range t.notes {
		y = p.textLines(x, y, titleLead, wrap(s, r.x1-x, sizeTick, false), letters{size: sizeTick, col: ink})
	}
	for _, f := range t.signs {
		p.marker(point{x + lineMark + 1, y + 2.5}, f.look().mark, lineMark, f.look().fill)
		p.text(x+10, y, fit(f.name(), r.w()-10, sizeTick, false), letters{size: sizeTick, col: f.look().ink})
		y -= titleLead
	}
	return y
}

// writeUnit writes what the y axis measures, above data that begins at y.
func (t tile) writeUnit(p pen, x, y, w float64) {
	lines := wrap(t.unit, w, sizeTick, false)
	p.textLines(x, y+8+titleLead*float64(len(lines)-1), titleLead, lines, letters{size: sizeTick, col: muted})
}

// nameLines are a variant's name in lines of at most w points.
func nameLines(f Form, w float64) []string { return wrap(clean(f.name()), w, sizeLabel, true) }

// nameTitle heads a panel or a row with the variant's sign and its name, whose
// first line stands at y, and returns the next line's y.
func (p pen) nameTitle(x, y, w float64, f Form) float64 {
	c := f.look()
	p.marker(point{x + 4, mid(y, sizeLabel) + 0.72*sizeLabel}, c.mark, 3.2, c.fill)
	return p.textLines(x+nameIn, y, labelLead, nameLines(f, w-nameIn), letters{size: sizeLabel, bold: true, col: c.ink})
}

// nameIn is from a sign to the name.
const nameIn = 11.0
