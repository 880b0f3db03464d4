package plots

import (
	"image/color"
	"strings"
	"unicode"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
)

// Sizes in points. A page's figure is 500 pt wide: at 170 mm, a page's full text
// width, its ticks are printed at about 7.7 pt; at 830 px, a README's width,
// they are 13 px high. See Width for a column.
const (
	figWidth  = 500.0
	margin    = 10.0 // white all round
	sizeTitle = 10.0
	sizeLabel = 9.0
	sizeTick  = 8.0
	sizeNote  = 7.5 // notes and values inside bars; nothing is smaller
)

// Line widths in points.
const (
	widthData = 1.5
	widthAxis = 0.6
	widthGrid = 0.5
	widthMark = 0.8 // the project's end
)

// Colours that belong to no form.
const (
	ink    hex = 0x333333
	muted  hex = 0x6A6A6A // notes; 5:1 on white
	rule   hex = 0x9A9A9A // axes
	grid   hex = 0xE4E4E4
	noData hex = 0xD9D9D9
	white  hex = 0xFFFFFF

	barDark hex = 0x55606E // bars that stand for no form
	barPale hex = 0xB9C2CC
)

// hex is an opaque colour written 0xRRGGBB; a constant can be one, a
// color.NRGBA cannot.
type hex uint32

// RGBA implements color.Color.
func (h hex) RGBA() (r, g, b, a uint32) { return h.alpha(255).RGBA() }

// alpha is h at the given opacity (0..255), for what must let other things
// show through.
func (h hex) alpha(a uint8) color.NRGBA {
	return color.NRGBA{R: uint8(h >> 16), G: uint8(h >> 8), B: uint8(h), A: a}
}

// tint mixes share s (0..1) of h with white: an opaque pale tone.
func (h hex) tint(s float64) hex { return white.mix(h, s) }

// mix is the colour share s (0..1) of the way from h to o.
func (h hex) mix(o hex, s float64) hex {
	f := func(shift uint) hex {
		a, b := float64(uint32(h)>>shift&255), float64(uint32(o)>>shift&255)
		return hex(a+s*(b-a)+0.5) << shift
	}
	return f(16) | f(8) | f(0)
}

// gradient is the colour at share s (0..1) of the way through the stops.
func gradient(stops []hex, s float64) hex {
	at := s * float64(len(stops)-1)
	k := min(int(at), len(stops)-2)
	return stops[k].mix(stops[k+1], at-float64(k))
}

// lightness is the relative luminance of h (0 black .. 1 white), roughly: it
// decides whether text on h is dark or white.
func (h hex) lightness() float64 {
	c := func(shift uint) float64 {
		v := float64(uint32(h)>>shift&255) / 255
		return v * v // a gamma of 2 is near enough
	}
	return 0.2126*c(16) + 0.7152*c(8) + 0.0722*c(0)
}

// on is the text colour that reads best on h.
func (h hex) on() hex {
	if h.lightness() > 0.3 {
		return 0x222222
	}
	return white
}

// faces is the default font, the package's only variable. It is filled once,
// only read afterwards, and safe for use by many goroutines.
var faces = font.NewCache(liberation.Collection())

// weightBold is golang.org/x/image/font.WeightBold, without the import.
const weightBold = 3

func face(size float64, bold bool) font.Face {
	f := font.Font{Typeface: "Liberation", Variant: "Sans"}
	if bold {
		f.Weight = weightBold
	}
	return faces.Lookup(f, font.Length(size))
}

// textWidth is the width of s in points.
func textWidth(s string, size float64, bold bool) float64 {
	f := face(size, bold)
	return float64(f.Width(s))
}

// clean drops what XML cannot carry or a line cannot hold: control
// characters, broken UTF-8, line breaks.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r) || r == 0xFFFE || r == 0xFFFF:
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}
