//go:build !worker

package teach

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"rsc.io/qr"
)

// quiet is the white margin that a QR code needs on each side, in modules.
const quiet = 4

// classQR draws the address of a class as a QR code, which a student scans
// rather than types. At says which of the server's addresses it leads to; none
// is the one by which this request came, or the first of the server's if that
// is local.
func (s *Server) classQR(w http.ResponseWriter, r *http.Request) error {
	s.classes.mu.Lock()
	c, err := s.classes.enter(r.PathValue("code"), client(r), "")
	s.classes.mu.Unlock()
	if err != nil {
		return err
	}
	known := append([]string{s.address(r)}, s.config.URLs...)
	at := known[0]
	if q := r.URL.Query(); q.Has("at") {
		at = q.Get("at")
	}
	if !slices.Contains(known, at) {
		return wrong("at", strconv.Quote(clip(at)), "must be among "+strings.Join(known, ", "), "")
	}
	code, err := qr.Encode(at+"c/"+c.code, qr.M)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", types[".svg"])
	w.Header().Set("Cache-Control", "no-store")
	hurry(w)
	_, _ = w.Write(drawQR(code)) // the client may have gone
	return nil
}

// drawQR is a QR code in SVG, dark on light, one unit a module. Each run of
// dark modules of a row is one rectangle, so that none are parted by a hair.
func drawQR(c *qr.Code) []byte {
	n := c.Size + 2*quiet
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%dv%dH0z"/><path d="`, n, n, n, n)
	for y := range c.Size {
		for x := 0; x < c.Size; x++ {
			from := x
			for c.Black(x, y) { // nothing is beyond the edge
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1H%dz", from+quiet, y+quiet, x-from, from+quiet)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return []byte(b.String())
}
