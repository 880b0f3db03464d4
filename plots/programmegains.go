package plots

import (
	"fmt"
	"slices"
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

// Gains draws the share of the applicants of every kind that is funded under each
// policy: the more, the darker; and below it what they export further.
func Gains(in GainsInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("gains")
	}
	c := cellMap{x: in.Policies}
	for _, row := range slices.Backward(in.Rows) { // the first at the top
		c.y = append(c.y, row.Kind)
		var cells []mapCell
		for k, share := range row.Funded {
			if !finite(share) {
				cells = append(cells, mapCell{fill: noData})
				continue
			}
			fill := gainsShade(share)
			cells = append(cells, mapCell{fill: fill, ink: fill.on(), head: pct(share), text: whole(row.Further[k]),
				told: fmt.Sprintf("%s, %s: %s of its applicants funded, further exports %s", row.Kind, in.Policies[k], pct(share), keur(row.Further[k]))})
		}
		c.cells = append(c.cells, cells)
	}
	n := float64(len(in.Policies))
	m := cellMaps([]cellMap{c}, 40, 90*n, 25)
	m.below = c.textHeight(min(90, 352/n))
	f := m.figure(Figure{
		words: in.Words,
		Name:  "gains", Title: in.say("Who gains, by policy"), Alt: in.alt(), Caption: in.caption(),
		sub: in.say("Share of the applicants of a kind that is funded; below it their further exports, k€ a programme"),
	})
	// A column is too narrow for twelve policies: the page's layout is the only one.
	f.height, f.size = f.page().h(), nil
	return f, nil
}

func (in GainsInput) ok() bool {
	n := len(in.Policies)
	return some(in.Policies, 12) && some(in.Rows, mostRows) &&
		every(in.Rows, func(row GainsRow) bool { return long(n, row.Funded, row.Further) && areShares(row.Funded...) })
}

// gainsShade is the colour of a share.
func gainsShade(share float64) hex { return gradient([]hex{0xF4F6F8, 0x9DB4CC, 0x2C5B8A}, share) }

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
