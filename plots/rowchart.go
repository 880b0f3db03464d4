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

	column bool // set by at: as narrow as a journal's column
	x      axis
	// axis, where it is not nil, is x for data that wide, in points.
	axis   func(width float64) axis
	title  string // of the axis, with its unit
	zero   string // written above the line at zero; "" is nothing
	guides bool   // thin lines from the names to where dots stand
	tall   bool   // the rows hold bars with words in them
}

// chartRow is one row: pale where it cannot be told from luck.
type chartRow struct {
	factor Factor
	form   *Form // the row is a variant's, with its sign before its name
	pale   bool
	told   string        // what it comes to in full: said on pointing, and in the alternative text
	draw   func(g panel) // draws the data into the row's area
	cells  []string      // numbers, one for each head of the chart

	// Set by at: the lines of the names, those in ink and one that is muted; the
	// row's height, and that of the names above its data.
	lines  []string
	below  string
	height float64
	above  float64
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
	rowsTall   = 28.0  // the height of a row whose bar has words in it
	rowsBand   = 16.0  // the height of data below names, in a column
	rowsLow    = 13.5  // the same with many rows
)

// mostRows is how many factors a ranked figure shows.
const mostRows = 24

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

// pairOf is a pair of factors as one.
func pairOf(a, b Factor) Factor {
	return Factor{Label: a.Label + times + b.Label, Name: a.short() + times + b.short()}
}

// add adds a row that comes to what is told, with a cell for each of the heads.
func (c *rowChart) add(f Factor, pale bool, told string, draw func(g panel), cells ...string) {
	c.rows = append(c.rows, chartRow{factor: f, pale: pale, told: f.inText() + ": " + told, draw: draw, cells: cells})
}

// addForm adds the row of a variant.
func (c *rowChart) addForm(f Form, told string, draw func(g panel), cells ...string) {
	c.add(Factor{Label: f.name()}, false, told, draw, cells...)
	c.rows[len(c.rows)-1].form = &f
}

// figure finishes the figure that the chart is of: the rows end its alternative
// text, and what is not shown its caption.
func (c rowChart) figure(f Figure) *Figure {
	f.Alt = described(f.Alt, c.rows, "; ", func(row chartRow) string { return row.told })
	f.Caption = strings.TrimSpace(f.Caption + " " + sentences(c.rest))
	f.draw = func(p pen, r rect) { c.at(r.w()).draw(p, r) }
	return f.sized(func(w float64) float64 {
		c := c.at(w)
		height := rowsHead
		for b := range c.blocks() {
			height += c.blockHeight(b) + c.foot(b, w) + rowsBreak*float64(min(b, 1))
		}
		return height
	})
}

// titles are those of the blocks' axes.
func (c rowChart) titles() [2]string { return [2]string{c.title, c.apartTitle} }

// foot is the room below block b of a chart that is w wide.
func (c rowChart) foot(b int, w float64) float64 { return footAcross(c.titles()[b], c.titleRoom(w)) }

// titleRoom is the width for the titles of axes: on a page they begin with the
// data.
func (c rowChart) titleRoom(w float64) float64 {
	x0, _ := c.area(rect{x1: w})
	return w - x0
}

// dense says that each row has a single line.
func (c rowChart) dense() bool { return len(c.rows) > rowsRoomy }

// at is the chart laid out for a width: names are broken into lines. With many
// rows on a page each has one: the phrase, and beside it the name where that
// fits in every row and leaves the data enough room. In a column the names
// stand above the data.
func (c rowChart) at(w float64) rowChart {
	c.rows = slices.Clone(c.rows)
	c.column = narrow(w)
	_, left := c.columns(w)
	room := left - 2*rowsGap - rowsData
	crowded := slices.ContainsFunc(c.rows, func(row chartRow) bool { return row.factor.beside() > room })
	for i := range c.rows {
		row := &c.rows[i]
		f := row.factor
		switch {
		case c.column:
			row.lines = row.nameLines(w)
			row.above = rowsLead * float64(len(row.lines))
			row.height = row.above + rowsBand
			if c.dense() {
				row.height = row.above + rowsLow
			}
			if c.tall {
				row.height = row.above + rowsTall - 4
			}
			continue
		case !c.dense():
			row.lines, row.below = row.nameLines(rowsName), fit(f.below(), rowsName, sizeNote, false)
		case crowded:
			row.lines = f.lines(rowsName)
		default:
			row.lines, row.below = []string{f.Label}, f.below()
		}
		n := len(row.lines)
		if row.below != "" && !c.dense() {
			n++
		}
		row.height = max(rowsDense, rowsLead*float64(n)+5)
		if c.tall {
			row.height = max(row.height, rowsTall)
		}
	}
	if c.axis != nil {
		c.x = c.axis(c.width(w))
	}
	return c
}

// nameLines are the row's name in lines of at most w points.
func (row chartRow) nameLines(w float64) []string {
	if row.form != nil {
		return nameLines(*row.form, w-nameIn)
	}
	return row.factor.lines(w)
}

// lines are the label in as many lines as a width asks for; those of a pair have
// a factor each where it asks for several.
func (f Factor) lines(w float64) []string {
	lines := balanced(f.Label, w, sizeTick)
	if a, b, pair := strings.Cut(f.Label, times); pair && len(lines) > 1 {
		return append(balanced(a, w, sizeTick), balanced(strings.TrimSpace(times)+nbsp+b, w, sizeTick)...)
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
		w = max(w, row.nameWidth())
	}
	return w
}

func (row chartRow) nameWidth() float64 {
	w := textWidth(row.below, sizeNote, false)
	if row.form != nil {
		for _, s := range row.lines {
			w = max(w, textWidth(s, sizeLabel, true)+nameIn)
		}
		return w
	}
	for _, s := range row.lines {
		w = max(w, textWidth(s, sizeTick, false))
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

// columns are the right sides of the columns of numbers on a page that ends at right,
// each as wide as its widest content, and left where the first begins.
func (c rowChart) columns(right float64) (ends []float64, left float64) {
	ends = make([]float64, len(c.heads))
	for k := len(c.heads) - 1; k >= 0; k-- {
		ends[k] = right
		wide := max(textWidth(c.heads[k][0], sizeNote, false), textWidth(c.heads[k][1], sizeNote, false))
		for _, row := range c.rows {
			wide = max(wide, textWidth(row.cells[k], sizeTick, false))
		}
		right -= wide + rowsColumn
	}
	return ends, right + rowsColumn
}

// area are the left and right sides of the data on a page as wide as r.
func (c rowChart) area(r rect) (x0, x1 float64) {
	_, left := c.columns(r.x1)
	if c.column {
		return r.x0 + 6, left - rowsGap
	}
	return r.x0 + c.nameWidth() + rowsGap, left - rowsGap
}

// width is the room for data in a chart that is w wide.
func (c rowChart) width(w float64) float64 {
	x0, x1 := c.area(rect{x1: w})
	return x1 - x0
}

// pageWidth is the room for data on a page.
func (c rowChart) pageWidth() float64 {
	w := figWidth - 2*margin
	return c.at(w).width(w)
}

func (c rowChart) draw(p pen, r rect) {
	ends, _ := c.columns(r.x1)
	x0, x1 := c.area(r)
	top := r.y1 - rowsHead
	p.heads(c.heads, ends, top+13, c.words)
	half := textWidth(c.zero, sizeNote, false) / 2
	zero := panel{x: c.x, r: rect{x0, 0, x1, 0}}.px(0)
	p.text(max(x0+half, min(x1-half, zero)), top+4, c.zero, letters{size: sizeNote, col: ink, align: 0.5})
	for b, rows := range c.blocks() {
		if b > 0 {
			p.line(stroke{col: rule, width: widthAxis}, point{r.x0, top}, point{r.x1, top})
			top -= rowsBreak / 2
		}
		bottom := top - c.blockHeight(b)
		g := panel{pen: p, x: c.x, r: rect{x0, bottom, x1, top}}
		g.frameAcross(c.titles()[b], x0, r.x1)
		for _, row := range rows {
			g.r.y0 = g.r.y1 - row.height
			c.drawRow(g, row, r.x0, ends)
			g.r.y1 = g.r.y0
		}
		if b == 0 {
			g.text(r.x0, bottom+3, c.rest, letters{size: sizeNote, col: muted})
		}
		top = bottom - c.foot(b, r.w()) - rowsBreak/2
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
	if c.column {
		g.rect(white, rect{left, g.r.y1 - row.above - 1, left + row.nameWidth(), g.r.y1}) // the grid stays behind words
		row.write(g.pen, left, g.r.y1-8.5, words)
		g.r.y1 -= row.above
	}
	base := mid(g.r.my(), sizeTick)
	switch {
	case c.column:
	case c.dense():
		g.textLines(left, base+rowsLead*float64(len(row.lines)-1)/2, rowsLead, row.lines, words)
		note.align = 1
		g.text(g.r.x0-rowsGap, base, row.below, note)
	default:
		n := len(row.lines)
		if row.below != "" {
			n++
		}
		y := row.write(g.pen, left, base+rowsLead*float64(n-1)/2, words)
		g.text(left, y, row.below, note)
	}
	if c.guides {
		g.line(stroke{col: grid, width: widthGrid}, point{g.r.x0, g.r.my()}, point{g.r.x1, g.r.my()})
	}
	row.draw(g)
	g.cells(row.cells, ends, base, c.words, words)
	g.hover(rect{left, g.r.y0, ends[len(ends)-1], g.r.y1 + row.above}, row.told)
}

// write writes the row's name from y down and returns the y below it.
func (row chartRow) write(p pen, x, y float64, t letters) float64 {
	if row.form == nil {
		return p.textLines(x, y, rowsLead, row.lines, t)
	}
	w := nameIn
	for _, s := range row.lines {
		w = max(w, textWidth(s, sizeLabel, true)+nameIn)
	}
	return p.nameTitle(x, y, w+0.1, *row.form)
}
