package plots

// cellMap is a field of cells, row by row from the bottom, with a text for each row
// and column.
type cellMap struct {
	title string
	x, y  []string
	cells [][]mapCell
}

// mapCell is one of the cells: a colour and, where there is room, a sign and words.
type mapCell struct {
	fill hex
	mark *marker // above the words
	ink  hex     // of sign and words
	head string  // in bold
	text string  // below the head, or alone
	told string  // said on pointing at it
}

// cellLead is from line to line of the texts below the columns.
const cellLead = 9.0

// cellMaps are maps side by side; high is the height of a row of cells.
func cellMaps(maps []cellMap, least, most, high float64) multiples {
	m := multiples{least: least, most: most}
	for _, c := range maps {
		m.body = max(m.body, high*float64(len(c.y)))
		for _, s := range c.y {
			m.left = max(m.left, min(104, textWidth(s, sizeTick, false))+8)
		}
		m.tiles = append(m.tiles, tile{title: c.title, x: axis{hi: float64(len(c.x))}, y: axis{hi: float64(len(c.y))}, ticks: c.texts, data: c.draw})
	}
	return m
}

// texts writes the texts of the columns below them, each in the lines it takes but
// none that would touch the one before, and those of the rows at the left.
func (c cellMap) texts(g panel) {
	w, free := g.r.w()/float64(len(c.x)), g.r.x0-4
	for i, s := range c.x {
		lines := evenly(s, w-4, sizeTick, false)
		wide := 0.0
		for _, line := range lines {
			wide = max(wide, textWidth(line, sizeTick, false))
		}
		if x := g.px(float64(i) + 0.5); x-wide/2 >= free {
			g.textLines(x, g.r.y0-11, cellLead, lines, letters{size: sizeTick, col: ink, align: 0.5})
			free = x + wide/2 + 3
		}
	}
	for k, s := range c.y {
		lines := balanced(s, 104, sizeTick)
		y := mid(g.py(float64(k)+0.5), sizeTick) + cellLead/2*float64(len(lines)-1)
		if g.r.h()/float64(len(c.y)) >= sizeTick+1 || k%3 == 0 {
			g.textLines(g.r.x0-5, y, cellLead, lines, letters{size: sizeTick, col: ink, align: 1})
		}
	}
}

// textHeight is the room that the texts of columns w wide need below a first line.
func (c cellMap) textHeight(w float64) (h float64) {
	for _, s := range c.x {
		h = max(h, cellLead*float64(len(evenly(s, w-4, sizeTick, false))-1))
	}
	return h
}

func (c cellMap) draw(g panel) {
	for k, row := range c.cells {
		for i, cell := range row {
			cell.draw(g.pen, rect{g.px(float64(i)), g.py(float64(k)), g.px(float64(i + 1)), g.py(float64(k + 1))})
		}
	}
}

func (c mapCell) draw(p pen, r rect) {
	p.rect(c.fill, r)
	p.outline(stroke{col: white, width: 0.8}, r.corners()...)
	p.hover(r, c.told)
	y, fits := mid(r.my(), sizeTick), func(s string, bold bool) bool {
		return s != "" && textWidth(s, sizeTick, bold)+2 <= r.w() && r.h() >= sizeTick
	}
	head, text := fits(c.head, true), fits(c.text, false) && (c.head == "" || r.h() >= 2*sizeTick+2)
	switch above := c.mark != nil && r.h() >= 22 && r.w() >= 14; {
	case above:
		p.sign(point{r.mx(), r.my() + 6.5}, *c.mark, 2.7, c.ink)
		y -= 4.5
	case head && text:
		y += 5
	}
	if head {
		p.text(r.mx(), y, c.head, letters{size: sizeTick, bold: true, col: c.ink, align: 0.5})
		y -= 10
	}
	if text {
		p.text(r.mx(), y, c.text, letters{size: sizeTick, col: c.ink, align: 0.5})
	}
}
