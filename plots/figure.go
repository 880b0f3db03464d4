package plots

import (
	"bytes"
	"fmt"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Figure is one finished picture. It holds its own drawing; rendering it
// again, in either format, gives the same picture.
type Figure struct {
	Name    string // short name for file names and ids, e.g. "headline"
	Title   string // what is shown; stands in the picture too
	Caption string // what is striking, in a few sentences, to stand below the picture
	Alt     string // what one sees, in words and all its numbers

	// Meta is what the files say of their origin, key and value: the metadata
	// of the SVG, text chunks of the PNG.
	Meta [][2]string

	height float64         // of the page, in points
	draw   func(pen, rect) // draws into the page without its margin
}

// pngDPI is fine enough for print at a page's width.
const pngDPI = 200

// newFigure is a figure that lacks its drawing and its texts.
func newFigure(name, title string, height float64) *Figure {
	return &Figure{Name: name, Title: title, height: height}
}

// render draws the figure on a canvas of its size.
func (f *Figure) render(c vg.Canvas) {
	page := rect{0, 0, figWidth, f.height}
	f.draw(pen{c}, page.inset(margin, margin, margin, margin))
}

// PNG renders the figure at 200 dpi on white.
func (f *Figure) PNG() ([]byte, error) {
	c := vgimg.NewWith(vgimg.UseWH(figWidth, vg.Length(f.height)), vgimg.UseDPI(pngDPI))
	f.render(c)
	var b bytes.Buffer
	if _, err := (vgimg.PngCanvas{Canvas: c}).WriteTo(&b); err != nil {
		return nil, fmt.Errorf("plots: %s as PNG: %w", f.Name, err)
	}
	return withText(b.Bytes(), f.Meta), nil
}

// SVG renders the figure as a stand-alone SVG that can also be put into an
// HTML page as it is: it has a title and a description for screen readers,
// scales with its container, and falls back to the usual sans-serif fonts.
func (f *Figure) SVG() ([]byte, error) {
	c := vgsvg.New(figWidth, vg.Length(f.height))
	f.render(c)
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("plots: %s as SVG: %w", f.Name, err)
	}
	return f.dress(b.Bytes())
}
