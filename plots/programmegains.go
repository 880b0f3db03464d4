package plots

import (
	"fmt"
	"strings"
)

// GainsInput is who gets money under the policies of a programme.
type GainsInput struct {
	Words

	Policies []string // at most 12
	Rows     []GainsRow
}

// GainsRow is one kind of applicants; at most 24.
type GainsRow struct {
	Kind    string
	Funded  []float64 // share of its applicants that is funded, 0..1, by policy; NaN where none applied
	Further []float64 // k€ of their further exports a programme, by policy
}

const (
	gainsRow  = 25.0
	gainsName = 104.0
	gainsLead = 8.5
)

// Gains draws the share of the applicants of every kind that is funded under each
// policy: the more, the darker; and below it what they export further.
func Gains(in GainsInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("gains")
	}
	f := &Figure{
		words: in.Words,
		Name:  "gains", Title: in.say("Who gains, by policy"), Alt: in.alt(), Caption: in.caption(),
		sub:  in.say("Share of the applicants of a kind that is funded; below it their further exports, k€ a programme"),
		draw: in.draw,
	}
	// A column is too narrow for twelve policies: the page's layout is the only one.
	w := figWidth - 2*margin
	head := heightOf(func(p pen) float64 { return -p.header(rect{x1: w}, f.Title, f.sub, f.key).y1 })
	f.height = 2*margin + head + in.headHeight(w) + gainsRow*float64(len(in.Rows))
	return f, nil
}

func (in GainsInput) ok() bool {
	n := len(in.Policies)
	return some(in.Policies, 12) && some(in.Rows, mostRows) &&
		every(in.Rows, func(row GainsRow) bool { return long(n, row.Funded, row.Further) && areShares(row.Funded...) })
}

// cell is the width of a policy's column.
func (in GainsInput) cell(w float64) float64 { return min(90, (w-gainsName)/float64(len(in.Policies))) }

// heads are the names of the policies, broken to their columns.
func (in GainsInput) heads(w float64) [][]string {
	return mapped(in.Policies, func(s string) []string { return evenly(s, in.cell(w)-5, sizeNote, false) })
}

func (in GainsInput) headHeight(w float64) (h float64) {
	for _, lines := range in.heads(w) {
		h = max(h, gainsLead*float64(len(lines))+6)
	}
	return h
}

// gainsShade is the colour of a share.
func gainsShade(share float64) hex { return gradient([]hex{0xF4F6F8, 0x9DB4CC, 0x2C5B8A}, share) }

func (in GainsInput) draw(p pen, r rect) {
	cell, head := in.cell(r.w()), in.headHeight(r.w())
	left, top := r.x0+gainsName, r.y1-head
	for k, lines := range in.heads(r.w()) {
		y := top + 4 + gainsLead*float64(len(lines)-1)
		p.textLines(left+cell*float64(k)+2, y, gainsLead, lines, letters{size: sizeNote, col: ink})
	}
	for _, row := range in.Rows {
		lines := balanced(row.Kind, gainsName-8, sizeTick)
		p.textLines(r.x0, mid(top-gainsRow/2, sizeTick)+rowsLead*float64(len(lines)-1)/2, rowsLead, lines, letters{size: sizeTick, col: ink})
		for k, share := range row.Funded {
			x := left + cell*float64(k)
			area := rect{x, top - gainsRow, x + cell, top}
			fill := noData
			if finite(share) {
				fill = gainsShade(share)
			}
			p.rect(fill, area)
			p.outline(stroke{col: white, width: 0.8}, area.corners()...)
			if !finite(share) {
				continue
			}
			p.text(area.mx(), area.my()+1.5, pct(share), letters{size: sizeTick, bold: true, col: fill.on(), align: 0.5})
			p.text(area.mx(), area.my()-8.5, fit(whole(row.Further[k]), cell-2, sizeNote, false), letters{size: sizeNote, col: fill.on(), align: 0.5})
			p.hover(area, fmt.Sprintf("%s, %s: %s of its applicants funded, further exports %s", row.Kind, in.Policies[k], pct(share), keur(row.Further[k])))
		}
		top -= gainsRow
	}
}

// uneven is how far apart a policy's shares of the kinds lie, and which are the ends.
func (in GainsInput) uneven(k int) (apart float64, most, least GainsRow) {
	for i, row := range in.Rows {
		if share := row.Funded[k]; finite(share) {
			if i == 0 || share > most.Funded[k] {
				most = row
			}
			if i == 0 || share < least.Funded[k] {
				least = row
			}
		}
	}
	if most.Funded == nil || least.Funded == nil {
		return 0, most, least
	}
	return most.Funded[k] - least.Funded[k], most, least
}

func (in GainsInput) caption() string {
	at := 0
	for k := range in.Policies {
		if a, _, _ := in.uneven(k); k > 0 {
			if b, _, _ := in.uneven(at); a > b {
				at = k
			}
		}
	}
	apart, most, least := in.uneven(at)
	return sentences("the darker, the more of a kind’s applicants get money",
		when(apart > 0, "“%s” treats kinds most differently: it funds %s of %s and %s of %s", in.Policies[at], pct(mostOf(most, at)), most.Kind, pct(mostOf(least, at)), least.Kind))
}

// mostOf is the share of a row, 0 where there is none.
func mostOf(row GainsRow, k int) float64 {
	if row.Funded == nil {
		return 0
	}
	return row.Funded[k]
}

func (in GainsInput) alt() string {
	parts := each(in.Rows, func(row GainsRow) string {
		var cells []string
		for k, share := range row.Funded {
			if finite(share) {
				cells = append(cells, fmt.Sprintf("%s %s, %s", in.Policies[k], pct(share), keur(row.Further[k])))
			}
		}
		return row.Kind + ": " + strings.Join(cells, "; ")
	})
	return "Table in shades of the share of applicants of each kind that is funded, and of their further exports a programme. " + strings.Join(parts, ". ") + "."
}
