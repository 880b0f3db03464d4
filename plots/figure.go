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

	sub    string    // explanation below the title
	key    []keyItem // of bands and signs, below that
	bare   bool      // none of the three is drawn
	height float64   // of the page, in points

	draw func(pen, rect) // draws into what the header leaves of the page
}

// below is the figure whose page is as high as its header and what stands
// below it.
func (f Figure) below(height float64) *Figure {
	f.height = 2*margin + headerHeight(f.Title, f.sub, f.key) + height
	return &f
}

// pngDPI is fine enough for print at a page's width.
const pngDPI = 200

// render draws the figure on a canvas of its size.
func (f *Figure) render(c vg.Canvas) {
	p, r := pen{c}, rect{0, 0, figWidth, f.height}.inset(margin, margin, margin, margin)
	if !f.bare {
		r = p.header(r, f.Title, f.sub, f.key)
	}
	f.draw(p, r)
}

// PNG renders the figure at 200 dpi on white.
func (f *Figure) PNG() ([]byte, error) { return f.png(pngDPI) }

func (f *Figure) png(dpi int) ([]byte, error) {
	c := vgimg.NewWith(vgimg.UseWH(figWidth, vg.Length(f.height)), vgimg.UseDPI(dpi))
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
