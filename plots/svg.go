package plots

import (
	"bytes"
	"fmt"
	"html"
	"strings"
	"unicode"
)

// fontFamily names metric-compatible substitutes, so that text keeps its
// place where Liberation Sans is not installed.
const fontFamily = `font-family:'Liberation Sans',Arial,Helvetica,sans-serif`

// dress replaces the head that vgsvg writes (fixed size, no description) by
// one fit for a web page, and gives the text its fallback fonts.
func (f *Figure) dress(svg []byte, page rect, spots []hoverSpot) ([]byte, error) {
	open := bytes.Index(svg, []byte("<svg"))
	if open < 0 {
		return nil, fmt.Errorf("plots: %s as SVG: no <svg> element", f.Name)
	}
	end := bytes.IndexByte(svg[open:], '>')
	if end < 0 {
		return nil, fmt.Errorf("plots: %s as SVG: <svg> element not closed", f.Name)
	}
	body := string(svg[open+end+1:])
	// Each text repeats its family and three properties at their defaults;
	// the family moves to the root, the defaults go.
	body = strings.ReplaceAll(body, "font-family:Liberation Sans;font-variant:normal;", "")
	body = strings.ReplaceAll(body, "font-weight:normal;font-style:normal;", "")
	body = strings.ReplaceAll(body, "font-style:normal;", "")

	id := slug(f.Name)
	var b strings.Builder
	mm := f.width.sheet().mm
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%gmm" height="%.2fmm" viewBox="0 0 %g %g" role="img" aria-labelledby="%s-title %s-desc"`,
		mm, mm*page.h()/page.w(), page.w(), page.h(), id, id)
	if f.words.Code != "" {
		fmt.Fprintf(&b, ` lang="%s"`, html.EscapeString(f.words.Code))
	}
	fmt.Fprintf(&b, ` style="%s" stroke-linejoin="round">`+"\n", fontFamily)
	fmt.Fprintf(&b, "<title id=\"%s-title\">%s</title>\n", id, html.EscapeString(f.words.local(clean(f.Title))))
	fmt.Fprintf(&b, "<desc id=\"%s-desc\">%s</desc>\n", id, html.EscapeString(clean(f.Alt)))
	if len(f.Meta) > 0 {
		b.WriteString("<metadata>" + html.EscapeString(metaText(f.Meta)) + "</metadata>\n")
	}
	fmt.Fprintf(&b, `<rect width="%g" height="%g" fill="#FFFFFF"/>`, page.w(), page.h())
	body, tail, _ := strings.Cut(body, "</svg>")
	b.WriteString(strings.TrimRight(body, "\n") + "\n")
	writeSpots(&b, page.h(), spots)
	b.WriteString("</svg>" + strings.TrimRight(tail, "\n") + "\n")
	return []byte(b.String()), nil
}

// slug keeps what is safe in an id and a file name.
func slug(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			return unicode.ToLower(r)
		default:
			return '-'
		}
	}, clean(s))
	if s = strings.Trim(s, "-"); s == "" {
		return "figure"
	}
	return s
}
