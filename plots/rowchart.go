package plots

import (
	"slices"
	"strings"
)

// rowChart is what ranked figures share: a row for each factor with its names
// at the left, one scale for all, and columns of numbers at the right.
type rowChart struct {
	rows  []chartRow
	heads [][2]string // above the columns of numbers, two lines each
	words bool        // the last column holds words, flush left

	rest string // below the rows: what is not shown; "" is nothing

	// apart is the first row of a second block, which measures something else
	// on the same scale; 0 is none.
	apart      int
	apartTitle string // of the second block's axis

	x      axis
	title  string // of the axis, with its unit
	zero   string // written above the line at zero; "" is nothing
	guides bool   // thin lines from the names to where dots stand
}

// chartRow is one row: pale where it cannot be told from luck.
type chartRow struct {
	factor Factor
	pale   bool
	draw   func(g panel) // draws the data into the row's area
	cells  []string      // numbers, one for each head of the chart

	// Set by layOut: the lines of the names, those in ink and one that is muted.
	lines  []string
	below  string
	height float64
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
	rowsBeside = 8.0   // between a label and the name beside it
)

// mostRows is how many factors a ranked figure shows.
const mostRows = 30

// shown are the first elements of a ranking, and what the figure and its
// caption say of the others.
func shown[T any](all []T, most int, of string) (show []T, rest string) {
	switch n := len(all) - most; {
	case n <= 0:
		return all, ""
	case n == 1:
		return all[:most], count(n, of) + " ranked lower is not shown"
	default:
		return all[:most], count(n, of) + " ranked lower are not shown"
	}
}

// times stands between the two factors of a pair.
const times = " × "

// add adds a row, with a cell for each of the heads.
func (c *rowChart) add(f Factor, pale bool, draw func(g panel), cells ...string) {
	c.rows = append(c.rows, chartRow{factor: f, pale: pale, draw: draw, cells: cells})
}

// figure finishes the figure that the chart is of.
func (c rowChart) figure(f Figure) *Figure {
	c.layOut()
	f.draw = c.draw
	height := rowsHead
	for b := range c.blocks() {
		height += c.blockHeight(b) + footX(true) + rowsBreak*float64(min(b, 1))
	}
	return f.below(height)
}

// dense says that each row has a single line.
func (c rowChart) dense() bool { return len(c.rows) > rowsRoomy }

// layOut breaks the names into lines. With many rows each has one: the phrase,
// and beside it the name where that fits in every row and leaves the data
// enough room.
func (c *rowChart) layOut() {
	_, left := c.columns(figWidth - margin)
	room := left - margin - 2*rowsGap - rowsData
	crowded := slices.ContainsFunc(c.rows, func(row chartRow) bool { return row.factor.beside() > room })
	for i := range c.rows {
		row := &c.rows[i]
		row.height = rowsDense
		switch f := row.factor; {
		case !c.dense():
			row.lines, row.below = f.lines(), fit(f.below(), rowsName, sizeNote, false)
			n := len(row.lines)
			if row.below != "" {
				n++
			}
			row.height = max(rowsDense, rowsLead*float64(n)+5)
		case crowded:
			row.lines = []string{fit(f.Label, rowsName, sizeTick, false)}
		default:
			row.lines, row.below = []string{f.Label}, f.below()
		}
	}
}

// lines are the label in one line or two; those of a pair have a factor each.
func (f Factor) lines() []string {
	lines := balanced(f.Label, rowsName, sizeTick)
	if a, b, pair := strings.Cut(f.Label, times); pair && len(lines) > 1 {
		return []string{fit(a, rowsName, sizeTick, false), fit(strings.TrimSpace(times)+nbsp+b, rowsName, sizeTick, false)}
	}
	if len(lines) > 2 {
		return []string{lines[0], fit(lines[1]+"…", rowsName, sizeTick, false)}
	}
	return lines
}

// beside is the width of label, name and unit on one line.
func (f Factor) beside() float64 {
	return textWidth(f.Label, sizeTick, false) + rowsBeside + textWidth(f.below(), sizeNote, false)
}

// nameWidth is that of the widest name.
func (c rowChart) nameWidth() (w float64) {
	for _, row := range c.rows {
		if c.dense() && row.below != "" {
			w = max(w, row.factor.beside())
			continue
		}
		w = max(w, textWidth(row.below, sizeNote, false))
		for _, s := range row.lines {
			w = max(w, textWidth(s, sizeTick, false))
		}
	}
	return w
}

// blocks are the rows of each block.
func (c rowChart) blocks() [][]chartRow {
	if c.apart == 0 {
		return [][]chartRow{c.rows}
	}
	return [][]chartRow{c.rows[:c.apart], c.rows[c.apart:]}
}

// blockHeight is that of the rows of block b, and of what is said below them.
func (c rowChart) blockHeight(b int) (h float64) {
	for _, row := range c.blocks()[b] {
		h += row.height
	}
	if b == 0 && c.rest != "" {
		h += rowsRest
	}
	return h
}

// columns are where the columns of numbers stand on a page that ends at right.
func (c rowChart) columns(right float64) (ends []float64, left float64) {
	return columns(right, c.heads, mapped(c.rows, func(row chartRow) []string { return row.cells }))
}

// columns are the right sides of columns of numbers with heads of two lines,
// each as wide as its widest content, and left where the first begins.
func columns(right float64, heads [][2]string, cells [][]string) (ends []float64, left float64) {
	ends = make([]float64, len(heads))
	for k := len(heads) - 1; k >= 0; k-- {
		ends[k] = right
		wide := max(textWidth(heads[k][0], sizeNote, false), textWidth(heads[k][1], sizeNote, false))
		for _, row := range cells {
			wide = max(wide, textWidth(row[k], sizeTick, false))
		}
		right -= wide + rowsColumn
	}
	return ends, right + rowsColumn
}

// area are the left and right sides of the data on a page as wide as r.
func (c rowChart) area(r rect) (x0, x1 float64) {
	_, left := c.columns(r.x1)
	return r.x0 + c.nameWidth() + rowsGap, left - rowsGap
}

// width is the room for data on a page.
func (c rowChart) width() float64 {
	c.layOut()
	x0, x1 := c.area(rect{margin, 0, figWidth - margin, 0})
	return x1 - x0
}

func (c rowChart) draw(p pen, r rect) {
	ends, _ := c.columns(r.x1)
	x0, x1 := c.area(r)
	top := r.y1 - rowsHead
	p.heads(c.heads, ends, top+13, c.words)
	half := textWidth(c.zero, sizeNote, false) / 2
	zero := panel{x: c.x, r: rect{x0, 0, x1, 0}}.px(0)
	p.text(max(x0+half, min(x1-half, zero)), top+4, c.zero, letters{size: sizeNote, col: ink, align: 0.5})
	for b, title := range []string{c.title, c.apartTitle}[:len(c.blocks())] {
		if b > 0 {
			p.line(stroke{col: rule, width: widthAxis}, point{r.x0, top}, point{r.x1, top})
			top -= rowsBreak / 2
		}
		bottom := top - c.blockHeight(b)
		g := panel{pen: p, x: c.x, r: rect{x0, bottom, x1, top}}
		g.frameAcross(title)
		for _, row := range c.blocks()[b] {
			g.r.y0 = g.r.y1 - row.height
			c.drawRow(g, row, r.x0, ends)
			g.r.y1 = g.r.y0
		}
		if b == 0 {
			g.text(r.x0, bottom+3, c.rest, letters{size: sizeNote, col: muted})
		}
		top = bottom - footX(true) - rowsBreak/2
	}
}

// drawRow draws a row whose data is in the area of g and whose names begin at
// left.
func (c rowChart) drawRow(g panel, row chartRow, left float64, ends []float64) {
	words := letters{size: sizeTick, col: ink}
	if row.pale {
		words.col = muted
	}
	note := letters{size: sizeNote, col: muted}
	base := mid(g.r.my(), sizeTick)
	if c.dense() {
		g.text(left, base, row.lines[0], words)
		note.align = 1
		g.text(g.r.x0-rowsGap, base, row.below, note)
	} else {
		n := len(row.lines)
		if row.below != "" {
			n++
		}
		y := base + rowsLead*float64(n-1)/2
		for _, s := range row.lines {
			g.text(left, y, s, words)
			y -= rowsLead
		}
		g.text(left, y, row.below, note)
	}
	if c.guides {
		g.line(stroke{col: grid, width: widthGrid}, point{g.r.x0, g.r.my()}, point{g.r.x1, g.r.my()})
	}
	row.draw(g)
	g.cells(row.cells, ends, base, c.words, words)
}

// heads writes what stands above columns of numbers, from y down.
func (p pen) heads(heads [][2]string, ends []float64, y float64, words bool) {
	for j := range 2 {
		line := mapped(heads, func(h [2]string) string { return h[j] })
		p.cells(line, ends, y-9*float64(j), words, letters{size: sizeNote, col: muted})
	}
}

// cells writes one row of the columns: numbers flush right, words, which only
// the last column can hold, left.
func (p pen) cells(cells []string, ends []float64, y float64, words bool, t letters) {
	for k, s := range cells {
		x := ends[k]
		t.align = 1
		if words && k == len(cells)-1 {
			x, t.align = ends[k-1]+rowsColumn, 0
		}
		p.text(x, y, s, t)
	}
}
