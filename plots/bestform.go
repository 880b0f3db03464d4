package plots

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// BestFormInput is what the map of best forms shows.
type BestFormInput struct {
	Words

	// Tech and Compat are the centres of the cells on the two axes,
	// ascending, at most 40 each: the technology of the SMEs' products (0 low
	// to 1 high) and the compatibility of the group, which is the mean
	// complementarity of its pairs (0 to 1).
	Tech, Compat []float64

	Forms  []Form         // the forms that competed, at most 4
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
	N           int      // simulated groups per form; 0 means too few, or that none closes anything
}

// The colours of cells in which the forms come to the same, and how much of its
// colour a form keeps where its lead is not sure.
const (
	tieFill  hex     = 0xF4F4F4
	paleTint float64 = 0.3
)

// tie says that the best form has no lead at all: naming one would be naming
// the first of the list.
func (c BestFormCell) tie() bool { return c.N > 0 && !c.Sure && math.Abs(c.LeadPercent) < 0.5 }

// BestFormMap draws which form does best where: technology across,
// compatibility up, one panel per project length. Sure winners are solid,
// the others pale with "~".
func BestFormMap(in BestFormInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("best form map")
	}
	return &Figure{
		words: in.Words,
		Name:  "best-form",
		Title: in.say("Which organisational form closes most value, by technology and compatibility"),
		Alt:   in.alt(), Caption: in.caption(),
		sub: in.say("Value closed in the project; numbers: the best form’s lead over the second best, % of the second’s value"),
		key: in.key(),
		size: func(w float64) float64 {
			rows, cols := in.tiles(w)
			return float64(rows) * (min((w-34)/float64(cols)-18, 300, 480/float64(len(in.Panels))) + 34 + in.foot(w))
		},
		draw: in.drawPanels,
	}, nil
}

// key names the forms and the kinds of cells. Labels on the regions themselves
// would hide the cells they lie on, and there are only some fifty.
func (in BestFormInput) key() (key []keyItem) {
	for _, f := range in.Forms {
		c := f.look()
		key = append(key, keyItem{f.name(), func(p pen, r rect) {
			p.rect(c.fill, r)
			p.sign(point{r.mx(), r.my()}, c.mark, 2.5, signOn(c.fill))
		}})
	}
	// A swatch in the colours of all forms at the given tint.
	split := func(label string, tint float64, sign string) keyItem {
		return keyItem{label, func(p pen, r rect) {
			for i, part := range r.tiles(1, len(in.Forms), 0, 0) {
				p.rect(in.Forms[i].look().fill.tint(tint), part)
			}
			p.text(r.mx(), mid(r.my(), sizeTick), sign, letters{size: sizeTick, bold: true, col: ink, align: 0.5})
		}}
	}
	key = append(key, split(in.say("sure lead"), 1, ""), split(in.say("~ lead not sure: may be chance"), paleTint, "~"))
	if in.any(BestFormCell.tie) {
		key = append(key, keyItem{in.say("no difference"), func(p pen, r rect) {
			p.rect(tieFill, r)
			p.text(r.mx(), mid(r.my(), sizeTick), "=", letters{size: sizeTick, col: ink, align: 0.5})
		}})
	}
	if in.any(func(c BestFormCell) bool { return c.N <= 0 }) {
		key = append(key, keyArea(in.say("too few such groups, or nothing closed"), noData))
	}
	return key
}

// signOn is the colour of a form's sign on an area.
func signOn(fill hex) hex {
	if fill.on() != white {
		return ink
	}
	return white
}

func (in BestFormInput) any(is func(BestFormCell) bool) bool {
	for _, t := range in.Panels {
		for _, row := range t.Cells {
			if slices.ContainsFunc(row, is) {
				return true
			}
		}
	}
	return false
}

func (in BestFormInput) ok() bool {
	return some(in.Panels, 3) && some(in.Forms, 4) && some(in.Tech, 40) && some(in.Compat, 40) && ascending(in.Tech) && ascending(in.Compat) &&
		every(in.Panels, func(t BestFormTile) bool {
			return isTime(t.ProjectYears) && len(t.Cells) == len(in.Compat) &&
				every(t.Cells, func(row []BestFormCell) bool { return len(row) == len(in.Tech) })
		})
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
	const most = 9
	every := (len(centres) + most - 1) / most
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
	foot := in.foot(r.w() + gutter(y))
	rows, cols := in.tiles(r.w() + gutter(y))
	if len(in.Panels) == 1 {
		r.x1 = min(r.x1, r.x0+r.h()-foot-30+60) // cells stay nearly square
	}
	for i, tile := range r.tiles(rows, cols, 18, 4)[:len(in.Panels)] {
		g := panel{pen: p, x: x, y: y, r: tile.inset(0, foot, 0, 30)}
		p.text(g.r.x0, g.r.y1+18, p.say("Project of %s", p.inYears(in.Panels[i].ProjectYears)), letters{size: sizeLabel, bold: true, col: ink})
		g.frame(true, i%cols == 0)
		if i == 0 {
			g.unit(g.say("compatibility of the group (mean complementarity, 0–1)"), gutter(y))
		}
		g.xTitles(g.r, g.say(termTechnology))
		in.Panels[i].draw(g, ex, ey, in.Forms)
	}
}

// tiles is how the maps stand: side by side on a page, stacked in a column.
func (in BestFormInput) tiles(w float64) (rows, cols int) {
	if narrow(w) {
		return len(in.Panels), 1
	}
	return 1, len(in.Panels)
}

// foot is the room below a map.
func (in BestFormInput) foot(w float64) float64 {
	_, cols := in.tiles(w)
	return footAcross(in.say(termTechnology), (w-34)/float64(cols)-18)
}

// draw fills the map, then prints the leads.
func (t BestFormTile) draw(g panel, ex, ey []float64, forms []Form) {
	cell := func(i, k int) rect {
		return rect{g.px(ex[k]), g.py(ey[i]), g.px(ex[k+1]), g.py(ey[i+1])}
	}
	for i, row := range t.Cells {
		for k, c := range row {
			r := cell(i, k)
			fill := noData
			switch {
			case c.N > 0 && c.tie():
				fill = tieFill
			case c.N > 0:
				fill = c.Best.look().fill
				if !c.Sure {
					fill = fill.tint(paleTint)
				}
			}
			g.rect(fill, r)
			g.outline(stroke{col: white, width: 0.6}, r.corners()...)
		}
	}
	for i, row := range t.Cells {
		for k, c := range row {
			c.drawLead(g, cell(i, k))
			g.hover(cell(i, k), c.told(g.Words, forms))
		}
	}
}

// told is what a cell says.
func (c BestFormCell) told(w Words, forms []Form) string {
	switch {
	case c.N <= 0:
		return w.say("too few such groups, or nothing closed")
	case c.tie():
		return w.say("no difference")
	}
	s := c.Best.String()
	for _, f := range forms {
		if f.Kind == c.Best {
			s = f.name()
		}
	}
	if finite(c.LeadPercent) {
		s += w.say(", lead %s %%", num(c.LeadPercent, 0))
	}
	if !c.Sure {
		s += w.say(", may be chance")
	}
	return s
}

// drawLead prints a cell's lead and, where there is room, the sign of its
// form: on a grey printer the colours alone would not do.
func (c BestFormCell) drawLead(g panel, r rect) {
	if c.N <= 0 {
		return
	}
	look := c.Best.look()
	text, col, sign := num(c.LeadPercent, 0), look.fill.on(), signOn(look.fill)
	switch {
	case c.tie():
		g.text(r.mx(), mid(r.my(), sizeTick), "=", letters{size: sizeTick, col: ink, align: 0.5})
		return
	case !c.Sure:
		text, col, sign = "~"+text, ink, look.fill
	}
	if !finite(c.LeadPercent) {
		text = strings.TrimSuffix(text, enDash)
	}
	if textWidth(text, sizeTick, false)+3 > r.w() || sizeTick+2 > r.h() {
		text = ""
		if !c.Sure {
			text = "~"
		}
	}
	y := mid(r.my(), sizeTick)
	if r.h() >= 22 && r.w() >= 14 {
		g.sign(point{r.mx(), r.my() + 6.5}, look.mark, 2.7, sign)
		y -= 4.5
	}
	if textWidth(text, sizeTick, false) < r.w() && sizeTick-1 < r.h() {
		g.text(r.mx(), y, text, letters{size: sizeTick, col: col, align: 0.5})
	}
}

// number is how many cells with a value are so.
func (t BestFormTile) number(is func(BestFormCell) bool) (n int) {
	for _, row := range t.Cells {
		n += number(row, func(c BestFormCell) bool { return c.N > 0 && is(c) })
	}
	return n
}

func (t BestFormTile) all() int { return t.number(func(BestFormCell) bool { return true }) }

// sure is how often a form is surely best.
func (t BestFormTile) sure(k FormKind) int {
	return t.number(func(c BestFormCell) bool { return c.Sure && c.Best == k })
}

func (in BestFormInput) alt() string {
	return described(in.say("Maps of the form that closes most value, technology across and compatibility up. "), in.Panels, ". ", func(t BestFormTile) string {
		s, all := in.say("project of %s: ", in.inYears(t.ProjectYears)), t.all()
		if all == 0 {
			return s + in.say("nothing simulated")
		}
		var parts []string
		for _, f := range in.Forms {
			k := f.Kind
			if n := t.number(func(c BestFormCell) bool { return !c.tie() && c.Best == k }); n > 0 {
				parts = append(parts, in.say("%s best in %d of %d cells, surely in %d", f.name(), n, all, t.sure(k)))
			}
		}
		if n := t.number(BestFormCell.tie); n > 0 {
			parts = append(parts, in.say("no difference in %d", n))
		}
		var leads span
		for _, row := range t.Cells {
			for _, c := range row {
				if c.N > 0 && c.Sure {
					leads.add(c.LeadPercent)
				}
			}
		}
		s += strings.Join(parts, "; ")
		if leads.any {
			s += in.say("; the greatest sure lead is %s %%", whole(leads.hi))
		}
		return s
	})
}

// caption counts the sure fields only.
func (in BestFormInput) caption() string {
	return sentences(each(in.Panels, func(t BestFormTile) string {
		var parts []string
		open := t.all()
		for _, f := range in.Forms {
			if n := t.sure(f.Kind); n > 0 {
				parts = append(parts, in.say("%s in %d", f.inText(), n))
				open -= n
			}
		}
		if t.all() == 0 {
			return ""
		}
		return in.say("in projects of %s, of %d fields these are surely best: %s; the other %d are too close to call",
			in.inYears(t.ProjectYears), t.all(), cmp.Or(in.and(parts), in.say("none")), open)
	})...)
}
