package plots

// Width is that of the printed figure. It decides how the figure is laid out:
// see [Figure.At].
type Width int

const (
	Page   Width = iota // the text of a page, 170 mm
	Column              // one column of a journal, 84 mm: panels stacked, legends below
)

// sheet is how figures of a width are drawn and printed. The smallest text,
// sizeNote, is printed at 7.2 pt on a page and at 6.6 pt in a column.
type sheet struct {
	points float64 // of the drawing, its margins included
	mm     float64 // of the print
	dpi    int     // of a PNG, to 72 points of the drawing: 208 and 301 to a printed inch
}

func (w Width) sheet() sheet {
	if w == Column {
		return sheet{270, 84, 265}
	}
	return sheet{figWidth, 170, 200}
}

// narrow says whether an area as wide as a figure's inside is that of a column.
func narrow(w float64) bool { return w < 400 }
