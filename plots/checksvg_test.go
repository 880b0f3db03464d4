package plots

import (
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// textBox is a piece of text and the area its letters fill, y downwards.
type textBox struct {
	s    string
	r    rect
	size float64
}

var fontSize = regexp.MustCompile(`font-size:([0-9.]+)px`)

// checkSVG wants well-formed XML with title and description, no NaN, all
// text inside the page, and, if apart, no text on other text; it returns the SVG.
func checkSVG(t *testing.T, f *Figure, apart bool) string {
	t.Helper()
	s := svgOf(t, f)
	for _, no := range []string{"NaN", "Inf", "–%", "()"} {
		if strings.Contains(f.Caption, no) {
			t.Errorf("the caption contains %q: %q", no, f.Caption)
		}
	}
	for _, no := range []string{"NaN", "Inf", "<?xml", "width=\"500pt", "\u00a0)"} {
		if strings.Contains(s, no) {
			t.Errorf("the SVG contains %q", no)
		}
	}
	for _, want := range []string{`role="img"`, `viewBox="0 0 ` + fmt.Sprint(f.page().w()), "Arial,Helvetica,sans-serif", `fill="#FFFFFF"/>`} {
		if !strings.Contains(s, want) {
			t.Errorf("the SVG lacks %q", want)
		}
	}
	boxes, title, desc := parseSVG(t, f, s)
	if title != clean(f.Title) || desc != clean(f.Alt) || title == "" || desc == "" {
		t.Errorf("title %q, description %q", title, desc)
	}
	page := f.page()
	printed := f.width.sheet().mm / 25.4 * 72 / page.w()
	for i, a := range boxes {
		if a.r.x0 < 2 || a.r.y0 < 0 || a.r.x1 > page.x1-2 || a.r.y1 > page.y1 {
			t.Errorf("%q lies outside the page: %.1f", a.s, a.r)
		}
		if a.size*printed < 6.5 {
			t.Errorf("%q is printed at %.1f pt", a.s, a.size*printed)
		}
		for _, b := range boxes[i+1:] {
			if apart && a.r.overlaps(b.r) {
				t.Errorf("%q at %.1f overlaps %q at %.1f", a.s, a.r, b.s, b.r)
			}
		}
	}
	if len(boxes) < 5 {
		t.Errorf("only %d pieces of text", len(boxes))
	}
	return s
}

func parseSVG(t *testing.T, f *Figure, s string) (boxes []textBox, title, desc string) {
	t.Helper()
	height := f.page().h()
	d := xml.NewDecoder(strings.NewReader(s))
	var cur *textBox
	var size float64
	var into *string
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return boxes, title, desc
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			at := map[string]string{}
			for _, a := range e.Attr {
				at[a.Name.Local] = a.Value
			}
			switch e.Name.Local {
			case "text":
				x, _ := strconv.ParseFloat(at["x"], 64)
				y, _ := strconv.ParseFloat(at["y"], 64)
				size, _ = strconv.ParseFloat(fontSize.FindStringSubmatch(at["style"])[1], 64)
				y += height
				cur = &textBox{r: rect{x, y - 0.7*size, x, y + 0.15*size}, size: size}
				if strings.Contains(at["style"], "bold") {
					cur.r.x1 = -1 // a sign for the width below
				}
			case "title": // those of marks have no id
				if at["id"] != "" {
					into = &title
				}
			case "desc":
				into = &desc
			}
		case xml.CharData:
			if cur != nil {
				cur.s = string(e)
				cur.r.x1 = cur.r.x0 + textWidth(cur.s, size, cur.r.x1 < 0)
			}
			if into != nil {
				*into += string(e)
			}
		case xml.EndElement:
			if cur != nil && e.Name.Local == "text" {
				boxes, cur = append(boxes, *cur), nil
			}
			into = nil
		}
	}
}
