package plots

import (
	"bytes"
	"fmt"
	"image/png"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/recorder"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Figure is one finished picture. It holds its own drawing; rendering it
// again, in either format, gives the same picture.
type Figure struct {
	Name    string // short name for file names and ids, e.g. "headline"
	Title   string // what is shown, or found: see [Figure.Headed]; stands in the picture too
	Caption string // what is striking, in a few sentences, to stand below the picture
	Alt     string // what one sees, in words and all its numbers

	// Meta is what the files say of their origin, key and value: the metadata
	// of the SVG, text chunks of the PNG.
	Meta [][2]string

	words Words
	width Width
	sub   string    // explanation below the title
	key   []keyItem // of bands and signs, below that
	bare  bool      // none of the three is drawn

	// size is the height, in points, of what stands below the header where
	// that is w wide. A figure without it has one layout only, that of a page,
	// whose height is the whole page's.
	size   func(w float64) float64
	height float64

	draw func(pen, rect) // draws into what the header leaves of the page
}

// At is the figure laid out anew for a width; its words stay. A figure that
// has no layout for a column stays as wide as a page: it could not be read.
func (f *Figure) At(w Width) *Figure {
	g := *f
	if g.size != nil {
		g.width = w
	}
	return &g
}

// Headed is the figure under a title that says what was found, e.g. "System
// focus sells most, but late". What is shown, its title so far, moves below it.
// The caller answers for the finding; "" changes nothing.
func (f *Figure) Headed(finding string) *Figure {
	g := *f
	if finding != "" {
		g.Title, g.sub = finding, strings.TrimSpace(joined(f.Title, ". ", firstUpper(f.sub)))
	}
	return &g
}

// sized is the figure whose page is as high as its header and what stands
// below it. Its words have their numbers as the language writes them.
func (f Figure) sized(size func(w float64) float64) *Figure {
	f.Alt, f.Caption = f.words.local(f.Alt), f.words.local(f.Caption)
	f.size = size
	return &f
}

// page is the figure's page in points.
func (f *Figure) page() rect {
	s := f.width.sheet()
	if f.size == nil {
		return rect{0, 0, s.points, f.height}
	}
	inner := s.points - 2*margin
	h := 2*margin + f.size(inner)
	if !f.bare {
		h += heightOf(func(p pen) float64 { return -p.header(rect{x1: inner}, f.Title, f.sub, f.key).y1 })
	}
	return rect{0, 0, s.points, h}
}

// heightOf is a height that is found by drawing to nowhere.
func heightOf(draw func(pen) float64) float64 { return draw(pen{c: new(recorder.Canvas)}) }

// render draws the figure on a canvas of the page's size.
func (f *Figure) render(p pen, page rect) {
	r := page.inset(margin, margin, margin, margin)
	if !f.bare {
		r = p.header(r, f.Title, f.sub, f.key)
	}
	f.draw(p, r)
}

// PNG renders the figure on white, fine enough for print at its width, and
// says how many dots there are to the metre.
func (f *Figure) PNG() ([]byte, error) { return f.png(f.width.sheet().dpi) }

func (f *Figure) png(dpi int) ([]byte, error) {
	page := f.page()
	c := vgimg.NewWith(vgimg.UseWH(vg.Length(page.w()), vg.Length(page.h())), vgimg.UseDPI(dpi))
	f.render(pen{Words: f.words, c: c}, page)
	var b bytes.Buffer
	quick := png.Encoder{CompressionLevel: png.BestSpeed} // 4 % larger than usual, and quicker
	if err := quick.Encode(&b, c.Image()); err != nil {
		return nil, fmt.Errorf("plots: %s as PNG: %w", f.Name, err)
	}
	metres := f.width.sheet().mm / 1000
	return withChunks(b.Bytes(), float64(c.Image().Bounds().Dx())/metres, f.Meta), nil
}

// SVG renders the figure as a stand-alone SVG that can also be put into an
// HTML page as it is: it has its printed size, a title and a description for
// screen readers, and on its marks what a browser shows when one points at
// them; it falls back to the usual sans-serif fonts.
func (f *Figure) SVG() ([]byte, error) {
	page := f.page()
	c := vgsvg.New(vg.Length(page.w()), vg.Length(page.h()))
	var spots []hoverSpot
	f.render(pen{Words: f.words, c: c, spots: &spots}, page)
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("plots: %s as SVG: %w", f.Name, err)
	}
	return f.dress(b.Bytes(), page, spots)
}
