package plots

import (
	"fmt"
	"strings"

	"epgsim/sim/analysis"
)

// DecideMapInput is which option wins where, over two unknowns or levers.
type DecideMapInput struct {
	Objective Measure
	X, Y      Levels         // the fields of either axis, with a text each; at most 12
	Options   []Form         // in the order of their letters
	Chosen    int            // the option that is best over all; -1: none
	Cells     [][]DecideCell // Cells[y][x]
}

// DecideCell is one field.
type DecideCell struct {
	Best  int               // option; -1: nothing is known there
	Sure  bool              // its lead over the second is told from none
	Ahead analysis.Interval // of the option that is best over all
}

// letter is how an option is called in the map: A is the first that has a field.
func (in DecideMapInput) letter(option int) string {
	n := 0
	for o := range option {
		if in.wins(o, false) > 0 {
			n++
		}
	}
	if n < 26 {
		return string(rune('A' + n))
	}
	return fmt.Sprint(n + 1)
}

// DecideMap draws which option wins where, with a letter and the look of its form,
// and by how much it is ahead of the option that is best over all.
func DecideMap(in DecideMapInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("map of a decision")
	}
	f := Figure{Name: "decide-map", Title: "Which option wins where: " + firstLower(in.X.Label) + " and " + firstLower(in.Y.Label),
		sub: in.Objective.under("Number: how far the field's best is ahead of " + in.chosen() + joined("", "", when(in.Objective.Unit != "", ", %s", in.Objective.Unit)) + "; pale and ~: its lead over the second may be chance"),
		key: in.key(), Alt: in.alt(), Caption: in.caption(), draw: in.draw}
	return f.sized(func(w float64) float64 { return in.height(w) }), nil
}

func (in DecideMapInput) ok() bool {
	return in.X.ok(12) && in.Y.ok(12) && some(in.Options, 500) && in.Chosen < len(in.Options) && len(in.Cells) == len(in.Y.Texts) &&
		every(in.Cells, func(row []DecideCell) bool {
			return len(row) == len(in.X.Texts) && every(row, func(c DecideCell) bool { return c.Best < len(in.Options) && drawable(c.Ahead) })
		})
}

func (in DecideMapInput) chosen() string {
	if in.Chosen < 0 {
		return "the best over all"
	}
	return in.Options[in.Chosen].inText()
}

// wins is how many fields an option has.
func (in DecideMapInput) wins(option int, sure bool) (n int) {
	for _, row := range in.Cells {
		n += number(row, func(c DecideCell) bool { return c.Best == option && (c.Sure || !sure) })
	}
	return n
}

func (in DecideMapInput) key() (key []keyItem) {
	for o, f := range in.Options {
		if in.wins(o, false) == 0 {
			continue
		}
		c := f.look().fill
		key = append(key, keyItem{f.name(), func(p pen, r rect) {
			p.rect(c, r)
			p.text(r.mx(), mid(r.my(), sizeTick), in.letter(o), letters{size: sizeTick, bold: true, col: c.on(), align: 0.5})
		}})
	}
	return key
}

// left is the room for the texts of the fields at the left.
func (in DecideMapInput) left() (w float64) {
	for _, s := range in.Y.Texts {
		w = max(w, textWidth(s, sizeTick, false))
	}
	return w + 8
}

const decideMapHead, decideMapFoot = 18.0, 34.0

func (in DecideMapInput) height(w float64) float64 {
	side := min((w-in.left())/float64(len(in.X.Texts)), 54)
	return float64(len(in.Y.Texts))*max(26, 0.62*side) + decideMapHead + decideMapFoot
}

func (in DecideMapInput) draw(p pen, r rect) {
	p.text(r.x0, r.y1-9, fit(firstUpper(in.Y.Label)+joined("", ", ", in.Y.Unit), r.w(), sizeLabel, true), letters{size: sizeLabel, bold: true, col: ink})
	body := r.inset(in.left(), decideMapFoot, 0, decideMapHead)
	body.x1 = min(body.x1, body.x0+90*float64(len(in.X.Texts)))
	w, h := body.w()/float64(len(in.X.Texts)), body.h()/float64(len(in.Y.Texts))
	note := letters{size: sizeTick, col: ink, align: 1}
	for j, text := range in.Y.Texts {
		p.text(body.x0-5, mid(body.y0+h*(float64(j)+0.5), sizeTick), text, note)
		for i := range in.X.Texts {
			in.cell(p, in.Cells[j][i], rect{body.x0 + w*float64(i), body.y0 + h*float64(j), body.x0 + w*float64(i+1), body.y0 + h*float64(j+1)})
		}
	}
	note.align = 0.5
	for i, text := range in.X.Texts {
		p.text(body.x0+w*(float64(i)+0.5), body.y0-11, fit(text, w-2, sizeTick, false), note)
	}
	p.text(body.x0, body.y0-26, fit(firstUpper(in.X.Label)+joined("", ", ", in.X.Unit), r.x1-body.x0, sizeLabel, true), letters{size: sizeLabel, bold: true, col: ink})
}

func (in DecideMapInput) cell(p pen, c DecideCell, r rect) {
	fill := noData
	if c.Best >= 0 {
		fill = in.Options[c.Best].look().fill
		if !c.Sure {
			fill = fill.tint(paleTint)
		}
	}
	p.rect(fill, r)
	p.outline(stroke{col: white, width: 0.8}, r.corners()...)
	if c.Best < 0 {
		return
	}
	text, up := letters{size: sizeTick, bold: true, col: fill.on(), align: 0.5}, 0.0
	if c.Best != in.Chosen {
		up = 5
	}
	p.text(r.mx(), mid(r.my(), sizeTick)+up, in.letter(c.Best)+when(!c.Sure, "~"), text)
	text.bold = false
	if c.Best != in.Chosen && finite(c.Ahead.Estimate) {
		if s := "+" + threeFigures(c.Ahead.Estimate); textWidth(s, sizeTick, false) < r.w() {
			p.text(r.mx(), mid(r.my(), sizeTick)-5.5, strings.Replace(s, "+"+minus, minus, 1), text)
		}
	}
	p.hover(r, in.told(c))
}

func (in DecideMapInput) told(c DecideCell) string {
	return in.Options[c.Best].name() + when(c.Best != in.Chosen, ", ahead of %s by %s", in.chosen(), told(c.Ahead, in.Objective.value)) + when(!c.Sure, "; its lead over the second may be chance")
}

func (in DecideMapInput) caption() string {
	var parts []string
	all, open := 0, 0
	for o, f := range in.Options {
		all, open = all+in.wins(o, false), open+in.wins(o, false)-in.wins(o, true)
		if n := in.wins(o, true); n > 0 {
			parts = append(parts, fmt.Sprintf("%s in %d", f.inText(), n))
		}
	}
	return sentences(fmt.Sprintf("of %s these are surely best: %s; %d are too close to call", count(all, "field"), named(parts, "", "none"), open))
}

func (in DecideMapInput) alt() string {
	var parts []string
	for j, row := range in.Cells {
		for i, c := range row {
			if c.Best >= 0 {
				parts = append(parts, fmt.Sprintf("%s × %s: %s", in.X.Texts[i], in.Y.Texts[j], in.told(c)))
			}
		}
	}
	return fmt.Sprintf("Map of the best option, %s across and %s up. %s.", firstLower(in.X.Label), firstLower(in.Y.Label), strings.Join(parts, "; "))
}
