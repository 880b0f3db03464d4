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
	c := cellMap{x: in.X.Texts, y: in.Y.Texts}
	for _, row := range in.Cells {
		c.cells = append(c.cells, mapped(row, in.cell))
	}
	title := func(l Levels) string { return firstUpper(joined(l.Label, ", ", l.Unit)) }
	n := float64(len(in.X.Texts))
	m := cellMaps([]cellMap{c}, 40, 90*n, 30)
	m.unit, m.along, m.below = title(in.Y), title(in.X), c.textHeight(220/n)
	return m.figure(Figure{
		Name: "decide-map", Title: "Which option wins where: " + firstLower(in.X.Label) + " and " + firstLower(in.Y.Label),
		sub: in.Objective.under("Number: how far the field's best is ahead of " + in.chosen() + when(in.Objective.Unit != "", ", %s", in.Objective.Unit) + "; pale and ~: its lead over the second may be chance"),
		key: in.key(), Alt: in.alt(), Caption: in.caption(),
	}), nil
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
		key = append(key, keyItem{label: f.name(), sign: func(p pen, r rect) {
			p.rect(c, r)
			p.text(r.mx(), mid(r.my(), sizeTick), in.letter(o), letters{size: sizeTick, bold: true, col: c.on(), align: 0.5})
		}})
	}
	return key
}

// cell is how a field is drawn.
func (in DecideMapInput) cell(c DecideCell) mapCell {
	if c.Best < 0 {
		return mapCell{fill: noData}
	}
	out := mapCell{fill: in.Options[c.Best].look().fill, head: in.letter(c.Best) + when(!c.Sure, "~"), told: in.told(c)}
	if !c.Sure {
		out.fill = out.fill.tint(paleTint)
	}
	out.ink = out.fill.on()
	if c.Best != in.Chosen && finite(c.Ahead.Estimate) {
		out.text = strings.Replace("+"+threeFigures(c.Ahead.Estimate), "+"+minus, minus, 1)
	}
	return out
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
