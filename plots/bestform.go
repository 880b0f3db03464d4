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
	var maps []cellMap
	for _, t := range in.Panels {
		m := cellMap{title: in.say("Project of %s", in.inYears(t.ProjectYears)), x: centres(in.Tech), y: centres(in.Compat)}
		for _, row := range t.Cells {
			m.cells = append(m.cells, mapped(row, in.cell))
		}
		maps = append(maps, m)
	}
	m := cellMaps(maps, 115, 300, min(36, 200/float64(len(in.Compat))))
	m.unit, m.along = in.say("compatibility of the group (mean complementarity, 0–1)"), in.say(termTechnology)
	return m.figure(Figure{
		words: in.Words,
		Name:  "best-form",
		Title: in.say("Which organisational form closes most value, by technology and compatibility"),
		Alt:   in.alt(), Caption: in.caption(),
		sub: in.say("Value closed by the horizon; numbers: the best form’s lead over the second best, % of the second’s value"),
		key: in.key(),
	}), nil
}

// key names the forms and the kinds of cells. Labels on the regions themselves
// would hide the cells they lie on, and there are only some fifty.
func (in BestFormInput) key() (key []keyItem) {
	for _, f := range in.Forms {
		c := f.look()
		key = append(key, keyItem{label: f.name(), sign: func(p pen, r rect) {
			p.rect(c.fill, r)
			p.sign(point{r.mx(), r.my()}, c.mark, 2.5, signOn(c.fill))
		}})
	}
	// A swatch in the colours of all forms at the given tint.
	split := func(label string, tint float64, sign string) keyItem {
		return keyItem{label: label, sign: func(p pen, r rect) {
			for i, part := range r.tiles(1, len(in.Forms), 0, 0) {
				p.rect(in.Forms[i].look().fill.tint(tint), part)
			}
			p.text(r.mx(), mid(r.my(), sizeTick), sign, letters{size: sizeTick, bold: true, col: ink, align: 0.5})
		}}
	}
	key = append(key, split(in.say("sure lead"), 1, ""), split(in.say("~ lead not sure: may be chance"), paleTint, "~"))
	if in.any(BestFormCell.tie) {
		key = append(key, keyItem{label: in.say("no difference"), sign: func(p pen, r rect) {
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

// centres are the texts of cells around numbers.
func centres(vs []float64) []string {
	decimals := 0
	for _, v := range vs {
		decimals = max(decimals, min(2, stepDecimals(math.Abs(v))))
	}
	return mapped(vs, func(v float64) string { return num(v, decimals) })
}

// cell is how a cell is drawn: with the lead and the sign of its form, for on a grey
// printer the colours alone would not do.
func (in BestFormInput) cell(c BestFormCell) mapCell {
	l := c.Best.look()
	out := mapCell{fill: l.fill, mark: &l.mark, ink: signOn(l.fill), text: strings.TrimSuffix(num(c.LeadPercent, 0), enDash)}
	switch {
	case c.N <= 0:
		return mapCell{fill: noData, told: in.say("too few such groups, or nothing closed")}
	case c.tie():
		return mapCell{fill: tieFill, ink: ink, text: "=", told: in.say("no difference")}
	case !c.Sure:
		out.fill, out.ink, out.text = l.fill.tint(paleTint), ink, "~"+out.text
	}
	out.told = l.name
	for _, f := range in.Forms {
		if f.Kind == c.Best {
			out.told = f.name()
		}
	}
	if finite(c.LeadPercent) {
		out.told += in.say(", lead %s %%", num(c.LeadPercent, 0))
	}
	if !c.Sure {
		out.told += in.say(", may be chance")
	}
	return out
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
