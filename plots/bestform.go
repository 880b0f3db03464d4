package plots

import (
	"fmt"
	"math"
	"strings"
)

// BestFormInput is what the map of best forms shows.
type BestFormInput struct {
	// Tech and Compat are the centres of the cells on the two axes,
	// ascending, at most 40 each: the technology of the market (0 low to 1
	// high) and the compatibility of the SMEs, which is the mean
	// complementarity of the group's pairs (0 to 1).
	Tech, Compat []float64

	Forms  []Form         // the forms that competed, for their names
	Panels []BestFormTile // one per project length, at most 3
}

// BestFormTile is the map for one project length.
type BestFormTile struct {
	ProjectYears float64          // length of the project in years
	Cells        [][]BestFormCell // Cells[i][k] is at Compat[i] and Tech[k]
}

// BestFormCell is the winner in one cell.
type BestFormCell struct {
	Best        FormKind // the form with the highest mean value
	Sure        bool     // the 95 % interval of its lead over the second excludes 0
	LeadPercent float64  // its lead over the second best, % of the second's value
	N           int      // simulated groups per form; 0 means no data
}

// BestFormMap draws which form does best where: technology across,
// compatibility up, one panel per project length. Sure winners are solid,
// the others pale with "~".
func BestFormMap(in BestFormInput) (*Figure, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	const title = "Which organisational form closes most value, by technology and compatibility"
	width := (figWidth - 2*margin - 34) / float64(len(in.Panels))
	f := newFigure("best-form", title, 126+min(width-18, 300), nil)
	f.Alt = in.alt()
	f.draw = func(p pen, r rect) {
		key := []keyItem{
			in.keySplit("lead is sure (95"+nbsp+"% interval above 0)", 1, ""),
			in.keySplit("too close to call", paleTint, "~"),
			keyArea("not simulated", noData),
		}
		r = p.header(r, title, "Numbers: lead of the best form over the second best, % of the second’s value", key)
		in.drawPanels(p, r)
	}
	return f, nil
}

// keySplit is a swatch in the colours of all forms at the given tint.
func (in BestFormInput) keySplit(label string, tint float64, sign string) keyItem {
	kinds := []FormKind{Market, Customer, System}
	if len(in.Forms) > 0 {
		kinds = kinds[:0]
		for _, f := range in.Forms {
			kinds = append(kinds, f.Kind)
		}
	}
	return keyItem{label, func(p pen, r rect) {
		for i, part := range r.tiles(1, len(kinds), 0, 0) {
			p.rect(kinds[i].look().fill.tint(tint), part)
		}
		p.text(r.mx(), mid(r.my(), sizeTick), sign, letters{size: sizeTick, bold: true, col: ink, align: 0.5})
	}}
}

// paleTint is how much of its colour a form keeps where its lead is not sure.
const paleTint = 0.3

func (in BestFormInput) check() error {
	const what = "best form map"
	if err := checkCount(what+": panels", len(in.Panels), 3); err != nil {
		return err
	}
	for _, ax := range []struct {
		name string
		v    []float64
	}{{": technology", in.Tech}, {": compatibility", in.Compat}} {
		if err := checkCount(what+ax.name, len(ax.v), 40); err != nil {
			return err
		}
		if err := ascending(what+ax.name, ax.v); err != nil {
			return err
		}
	}
	for _, f := range in.Forms {
		if err := f.check(what); err != nil {
			return err
		}
	}
	for _, t := range in.Panels {
		if err := checkYears(what+": project", t.ProjectYears); err != nil {
			return err
		}
		if len(t.Cells) != len(in.Compat) {
			return bad("%s, %s: %d rows of cells for %d values of compatibility", what, years(t.ProjectYears), len(t.Cells), len(in.Compat))
		}
		for i, row := range t.Cells {
			if len(row) != len(in.Tech) {
				return bad("%s, %s: row %d has %d cells for %d values of technology", what, years(t.ProjectYears), i, len(row), len(in.Tech))
			}
			for _, c := range row {
				if c.N > 0 && !c.Best.valid() {
					return bad("%s, %s: unknown form kind %d", what, years(t.ProjectYears), int(c.Best))
				}
			}
		}
	}
	return nil
}

// edges are the borders of cells with the given centres.
func edges(centres []float64) []float64 {
	n := len(centres)
	if n == 1 {
		return []float64{centres[0] - 0.5, centres[0] + 0.5}
	}
	out := []float64{centres[0] - (centres[1]-centres[0])/2}
	for i := 1; i < n; i++ {
		out = append(out, (centres[i-1]+centres[i])/2)
	}
	return append(out, centres[n-1]+(centres[n-1]-centres[n-2])/2)
}

// cellAxis labels the centres of cells, every second or third where there are
// many: a label between two cells would belong to none.
func cellAxis(centres, edges []float64) axis {
	a := axis{lo: edges[0], hi: edges[len(edges)-1]}
	every := (len(centres) + maxTicks - 1) / maxTicks
	for i := 0; i < len(centres); i += every {
		a.ticks = append(a.ticks, centres[i])
	}
	for _, t := range a.ticks {
		a.decimals = max(a.decimals, min(2, stepDecimals(math.Abs(t))))
	}
	return a
}

func (in BestFormInput) drawPanels(p pen, r rect) {
	ex, ey := edges(in.Tech), edges(in.Compat)
	x, y := cellAxis(in.Tech, ex), cellAxis(in.Compat, ey)
	r.x0 += gutter(y)
	if len(in.Panels) == 1 {
		r.x1 = min(r.x1, r.x0+r.h()-footX(true)-30+60) // cells stay nearly square
	}
	for i, tile := range r.tiles(1, len(in.Panels), 18, 0) {
		g := panel{pen: p, x: x, y: y, r: tile.inset(0, footX(true), 0, 30)}
		p.text(g.r.x0, g.r.y1+18, "Project of "+years(in.Panels[i].ProjectYears), letters{size: sizeLabel, bold: true, col: ink})
		g.frame(true, i == 0)
		if i == 0 {
			g.unit("compatibility of the SMEs (mean complementarity, 0–1)", gutter(y))
		}
		p.xTitle(g.r, "technology of the market (0–1)")
		in.drawCells(g, in.Panels[i], ex, ey)
	}
}

// drawCells fills the map, then labels its regions, then prints the leads
// wherever no label lies.
func (in BestFormInput) drawCells(g panel, t BestFormTile, ex, ey []float64) {
	cell := func(i, k int) rect {
		return rect{g.px(ex[k]), g.py(ey[i]), g.px(ex[k+1]), g.py(ey[i+1])}
	}
	for i, row := range t.Cells {
		for k, c := range row {
			r := cell(i, k)
			fill := noData
			if c.N > 0 {
				fill = c.Best.look().fill
				if !c.Sure {
					fill = fill.tint(paleTint)
				}
			}
			g.rect(fill, r)
			g.outline(stroke{col: white, width: 0.6}, r.corners()...)
		}
	}
	labels := in.regionLabels(g, t, cell)
	for i, row := range t.Cells {
		for k, c := range row {
			in.drawLead(g, cell(i, k), c, labels)
		}
	}
}

func (in BestFormInput) drawLead(g panel, r rect, c BestFormCell, labels []rect) {
	if c.N <= 0 {
		return
	}
	for _, l := range labels {
		if l.overlaps(r.inset(2, 2, 2, 2)) {
			return
		}
	}
	text, col := num(c.LeadPercent, 0), c.Best.look().fill.on()
	if !c.Sure {
		text, col = "~"+text, ink
	}
	if !finite(c.LeadPercent) {
		text = strings.TrimSuffix(text, enDash)
	}
	if textWidth(text, sizeNote, false)+3 > r.w() || sizeNote+2 > r.h() {
		text = ""
		if !c.Sure {
			text = "~"
		}
	}
	if textWidth(text, sizeNote, false) < r.w() && sizeNote-1 < r.h() {
		g.text(r.mx(), mid(r.my(), sizeNote), text, letters{size: sizeNote, col: col, align: 0.5})
	}
}

// name is the printed name of a kind.
func (in BestFormInput) name(k FormKind) string {
	for _, f := range in.Forms {
		if f.Kind == k {
			return f.name()
		}
	}
	return k.String()
}

func (in BestFormInput) alt() string {
	var out []string
	for _, t := range in.Panels {
		count := map[FormKind]int{}
		all, sure := 0, 0
		lead := math.Inf(-1)
		for _, row := range t.Cells {
			for _, c := range row {
				if c.N <= 0 {
					continue
				}
				all++
				count[c.Best]++
				if c.Sure {
					sure++
				}
				if finite(c.LeadPercent) {
					lead = max(lead, c.LeadPercent)
				}
			}
		}
		s := "project of " + years(t.ProjectYears) + ": nothing simulated"
		if all > 0 {
			var parts []string
			for k := Market; k <= Own; k++ { // fixed order: a map has none
				if count[k] > 0 {
					parts = append(parts, fmt.Sprintf("%s best in %d of %d cells", in.name(k), count[k], all))
				}
			}
			s = fmt.Sprintf("project of %s: %s; the lead is sure in %d cells, at most %s %%", years(t.ProjectYears), list(parts), sure, whole(lead))
		}
		out = append(out, s)
	}
	return "Maps of the form that closes most value, technology across and compatibility up. " + strings.Join(out, ". ") + "."
}
