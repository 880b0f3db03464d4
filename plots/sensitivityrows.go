package plots

import (
	"slices"
	"strings"
)

// rowChart is what ranked figures share: a row for each factor with its names
// at the left, one scale for all, and columns of numbers at the right.
type rowChart struct {
	factors []Factor
	pale    []bool      // rows that cannot be told from luck
	heads   [][2]string // above the columns of numbers, two lines each
	cells   [][]string  // numbers by row, one for each of heads
	words   bool        // the last column holds words, flush left

	rest string // below the rows: what is not shown; "" is nothing

	// apart is the first row of a second block, which measures something else
	// on the same scale; 0 is none.
	apart      int
	apartTitle string // of the second block's axis

	x      axis
	title  string // of the axis, with its unit
	cut    bool   // intervals reach beyond the axis
	zero   string // written above the line at zero; "" is nothing
	guides bool   // thin lines from the names to where dots stand
}

const (
	rowsName   = 176.0 // the greatest width of names
	rowsGap    = 10.0  // between names, data and columns
	rowsDense  = 15.0  // the height of a row with a single line
	rowsRoomy  = 16    // up to so many rows have label and name on lines of their own
	rowsHead   = 22.0  // above the rows, for the heads of the columns
	rowsBreak  = 14.0  // between the two blocks
	rowsRest   = 13.0  // the height of the line below the rows
	rowsData   = 200.0 // the least width of the data where names stand beside labels
	rowsColumn = 12.0  // between columns
	rowsLead   = 9.5   // from line to line of a name
)

// add adds a row: pale where it cannot be told from luck, with a cell for each
// of the heads.
func (c *rowChart) add(f Factor, pale bool, cells ...string) {
	c.factors, c.pale, c.cells = append(c.factors, f), append(c.pale, pale), append(c.cells, cells)
}

// figure is the finished figure of the chart; row draws the data of row i into
// a panel whose area is that row's.
func (c rowChart) figure(name, title, sub string, key []keyItem, row func(g panel, i int)) *Figure {
	height := headerHeight(title, sub, key) + rowsHead + c.bodyHeight()
	f := newFigure(name, title, 2*margin+height)
	f.draw = func(p pen, r rect) {
		r = p.header(r, title, sub, key)
		c.draw(p, r, row)
	}
	return f
}

// dense says that each row has a single line.
func (c rowChart) dense() bool { return len(c.factors) > rowsRoomy }

// names are the lines of row i's names: those in ink, and one that is muted.
// With many rows each has one line: the phrase, and beside it the name where
// that fits in every row.
func (c rowChart) names(i int) (lines []string, below string) {
	f := c.factors[i]
	if c.dense() {
		if c.namesFit() {
			return []string{f.Label}, f.below()
		}
		return []string{fit(f.Label, rowsName, sizeTick, false)}, ""
	}
	below = f.below()
	lines = balanced(f.Label, rowsName, sizeTick)
	if a, b, pair := strings.Cut(f.Label, times); pair && len(lines) > 1 {
		lines = []string{fit(a, rowsName, sizeTick, false), fit(strings.TrimSpace(times)+nbsp+b, rowsName, sizeTick, false)}
	}
	if len(lines) > 2 {
		lines = []string{lines[0], fit(lines[1]+"…", rowsName, sizeTick, false)}
	}
	return lines, fit(below, rowsName, sizeNote, false)
}

// times stands between the two factors of a pair.
const times = " × "

// nameWidth is that of the widest name.
func (c rowChart) nameWidth() (w float64) {
	for i := range c.factors {
		lines, below := c.names(i)
		if c.dense() && below != "" {
			w = max(w, c.factors[i].beside())
			continue
		}
		w = max(w, textWidth(below, sizeNote, false))
		for _, s := range lines {
			w = max(w, textWidth(s, sizeTick, false))
		}
	}
	return w
}

// beside is the width of label, name and unit on one line.
func (f Factor) beside() float64 {
	const gap = 8
	return textWidth(f.Label, sizeTick, false) + gap + textWidth(f.below(), sizeNote, false)
}

// namesFit says whether all labels have room for their names beside them, and
// the data still has enough.
func (c rowChart) namesFit() bool {
	_, left := c.columns(figWidth - margin)
	room := left - margin - 2*rowsGap - rowsData
	return !slices.ContainsFunc(c.factors, func(f Factor) bool { return f.beside() > room })
}

// rowHeight is that of row i.
func (c rowChart) rowHeight(i int) float64 {
	if c.dense() {
		return rowsDense
	}
	lines, below := c.names(i)
	n := len(lines)
	if below != "" {
		n++
	}
	return max(rowsDense, rowsLead*float64(n)+5)
}

// blocks are the first row of each block and the one after its last.
func (c rowChart) blocks() [][2]int {
	if c.apart == 0 {
		return [][2]int{{0, len(c.factors)}}
	}
	return [][2]int{{0, c.apart}, {c.apart, len(c.factors)}}
}

// blockHeight is that of the rows of block b, and of what is said below them.
func (c rowChart) blockHeight(b int) (h float64) {
	for i := c.blocks()[b][0]; i < c.blocks()[b][1]; i++ {
		h += c.rowHeight(i)
	}
	if b == 0 && c.rest != "" {
		h += rowsRest
	}
	return h
}

// bodyHeight is that of all blocks with their axes.
func (c rowChart) bodyHeight() (h float64) {
	for b := range c.blocks() {
		h += c.blockHeight(b) + footX(true) + rowsBreak*float64(min(b, 1))
	}
	return h
}

// columns are the right sides of the columns of numbers, each as wide as its
// widest content, and left where the first begins.
func (c rowChart) columns(right float64) (ends []float64, left float64) {
	ends = make([]float64, len(c.heads))
	for k := len(c.heads) - 1; k >= 0; k-- {
		ends[k] = right
		wide := max(textWidth(c.heads[k][0], sizeNote, false), textWidth(c.heads[k][1], sizeNote, false))
		for _, row := range c.cells {
			wide = max(wide, textWidth(row[k], sizeTick, false))
		}
		right -= wide + rowsColumn
	}
	return ends, right + rowsColumn
}

// area are the left and right sides of the data on a page as wide as r.
func (c rowChart) area(r rect) (x0, x1 float64) {
	_, left := c.columns(r.x1)
	if len(c.heads) == 0 {
		left = r.x1 + rowsGap - 6 // half a tick label
	}
	return r.x0 + c.nameWidth() + rowsGap, left - rowsGap
}

// width is the room for data on a page.
func (c rowChart) width() float64 {
	x0, x1 := c.area(rect{margin, 0, figWidth - margin, 0})
	return x1 - x0
}

func (c rowChart) draw(p pen, r rect, row func(g panel, i int)) {
	ends, _ := c.columns(r.x1)
	x0, x1 := c.area(r)
	top := r.y1 - rowsHead
	for j := range 2 {
		var head []string
		for _, h := range c.heads {
			head = append(head, h[j])
		}
		c.drawCells(p, ends, top+13-9*float64(j), head, letters{size: sizeNote, col: muted})
	}
	half := textWidth(c.zero, sizeNote, false) / 2
	zero := panel{x: c.x, r: rect{x0, 0, x1, 0}}.px(0)
	p.text(max(x0+half, min(x1-half, zero)), top+4, c.zero, letters{size: sizeNote, col: ink, align: 0.5})
	for b, title := range []string{c.title, c.apartTitle}[:len(c.blocks())] {
		if b > 0 {
			p.line(stroke{col: rule, width: widthAxis}, point{r.x0, top}, point{r.x1, top})
			top -= rowsBreak / 2
		}
		c.drawBlock(panel{pen: p, x: c.x, r: rect{x0, top - c.blockHeight(b), x1, top}}, r.x0, ends, b, title, row)
		top -= c.blockHeight(b) + footX(true) + rowsBreak/2
	}
}

// drawBlock draws block b into the area of g, its names from left on.
func (c rowChart) drawBlock(g panel, left float64, ends []float64, b int, title string, row func(g panel, i int)) {
	g.frameAcross(title)
	bottom, top := g.r.y0, g.r.y1
	for i := c.blocks()[b][0]; i < c.blocks()[b][1]; i++ {
		g.r.y0, g.r.y1 = top-c.rowHeight(i), top
		c.drawNames(g.pen, rect{left, g.r.y0, g.r.x0 - rowsGap, g.r.y1}, i)
		if c.guides {
			g.line(stroke{col: grid, width: widthGrid}, point{g.r.x0, g.r.my()}, point{g.r.x1, g.r.my()})
		}
		row(g, i)
		c.drawCells(g.pen, ends, mid(g.r.my(), sizeTick), c.cells[i], letters{size: sizeTick, col: c.ink(i)})
		top = g.r.y0
	}
	if b == 0 {
		g.text(left, bottom+3, c.rest, letters{size: sizeNote, col: muted})
	}
}

// drawCells writes one row of the columns: numbers flush right, words left.
func (c rowChart) drawCells(p pen, ends []float64, y float64, cells []string, t letters) {
	for k, s := range cells {
		x := ends[k]
		t.align = 1
		if c.words && k == len(cells)-1 {
			x, t.align = ends[k-1]+rowsColumn, 0
		}
		p.text(x, y, s, t)
	}
}

func (c rowChart) ink(i int) hex {
	if c.pale[i] {
		return muted
	}
	return ink
}

func (c rowChart) drawNames(p pen, r rect, i int) {
	lines, below := c.names(i)
	if c.dense() {
		p.text(r.x0, mid(r.my(), sizeTick), lines[0], letters{size: sizeTick, col: c.ink(i)})
		p.text(r.x1, mid(r.my(), sizeTick), below, letters{size: sizeNote, col: muted, align: 1})
		return
	}
	n := len(lines)
	if below != "" {
		n++
	}
	y := mid(r.my(), sizeTick) + rowsLead*float64(n-1)/2
	for _, s := range lines {
		p.text(r.x0, y, s, letters{size: sizeTick, col: c.ink(i)})
		y -= rowsLead
	}
	p.text(r.x0, y, below, letters{size: sizeNote, col: muted})
}
