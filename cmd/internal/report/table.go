package report

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"

	"epgsim/sim/analysis"
)

// table is a table for people: on the terminal and in the report.
type table struct {
	Title  string
	Note   string
	Header []string // the first names the rows
	Rows   [][]string
	mixed  bool // rows are of different quantities and have no other order
}

// print writes the table with its columns aligned, the numbers to the right.
func (t *table) print(w io.Writer) {
	fmt.Fprintf(w, "\n%s\n", t.Title)
	width := 0
	for _, r := range t.Rows {
		width = max(width, len([]rune(r[0])))
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, r := range append([][]string{t.Header}, t.Rows...) {
		first := r[0] + strings.Repeat(" ", max(0, width-len([]rune(r[0]))))
		fmt.Fprintf(tw, "%s\t%s\t\n", first, strings.Join(r[1:], "\t"))
	}
	tw.Flush()
	if t.Note != "" {
		fmt.Fprintln(w, t.Note)
	}
}

// firstColumns is the table without those behind its first n.
func (t table) firstColumns(n int) table {
	rows := make([][]string, len(t.Rows))
	for i, r := range t.Rows {
		rows[i] = r[:n]
	}
	t.Header, t.Rows = t.Header[:n], rows
	return t
}

// cell is an estimate with half the width of its 95 % interval.
func cell(iv analysis.Interval) string {
	if iv.N == 0 || iv.Estimate != iv.Estimate {
		return "–"
	}
	half := (iv.High - iv.Low) / 2
	text := analysis.Round(iv.Estimate, half, analysis.ThinSpace)
	if half == half && half > 0 {
		width := analysis.Round(half, half, analysis.ThinSpace)
		if n := decimals(width); text == "0" { // as many places on both sides
			text = strconv.FormatFloat(0, 'f', n, 64)
		} else if n > decimals(text) {
			text = strings.Replace(strconv.FormatFloat(iv.Estimate, 'f', n, 64), "-", analysis.Minus, 1)
		}
		text += " ± " + width
	}
	return text
}

// decimals is the number of digits behind the point; those of 1.1e-08 do not count.
func decimals(number string) int {
	_, behind, _ := strings.Cut(number, ".")
	if strings.Contains(behind, "e") {
		return 0
	}
	return len(behind)
}

// ranged is a cell with both ends of the interval, for those that are lopsided.
func ranged(iv analysis.Interval) string {
	if iv.N == 0 || iv.Estimate != iv.Estimate {
		return "–"
	}
	estimate, low, high := analysis.FormatInterval(iv, analysis.ThinSpace)
	if !(iv.High > iv.Low) {
		return estimate
	}
	return fmt.Sprintf("%s (%s to %s)", estimate, low, high)
}

// plus puts a plus sign before a cell whose estimate is above nothing, as printed.
func plus(iv analysis.Interval, cell string) string {
	if number, _, _ := strings.Cut(cell, " "); iv.Estimate > 0 && strings.ContainsAny(number, "123456789") {
		return "+" + cell
	}
	return cell
}

// inPercent is a share in per cent, in which less than a hundredth is nothing.
func inPercent(iv analysis.Interval) analysis.Interval {
	for _, x := range []*float64{&iv.Estimate, &iv.Low, &iv.High} {
		if *x *= 100; math.Abs(*x) < 0.01 {
			*x = 0
		}
	}
	return iv
}

// mark puts a tilde behind what is not told apart, and room where there is none.
func mark(s string, noise bool) string {
	if noise {
		return s + " ~"
	}
	return s + "  "
}

// ranked marks the best of several cells with a star, and those not told apart from it as mark
// does.
func ranked(s string, best, close bool) string {
	if best {
		return s + " *"
	}
	return mark(s, close)
}

// plain prints a quantile with about three digits.
func plain(x float64) string {
	if x != x {
		return "–"
	}
	if x >= 1000 || x <= -1000 {
		return analysis.Round(x, 1, analysis.ThinSpace)
	}
	return strconv.FormatFloat(x, 'g', 3, 64)
}

// signed is a cell for a change.
func signed(iv analysis.Interval) string { return plus(iv, cell(iv)) }

// change is a cell for a change that may be noise.
func change(iv analysis.Interval) string { return mark(signed(iv), analysis.Noise(iv)) }

// shareCell is a cell for a share in English.
func shareCell(iv analysis.Interval) string { return speech{}.shareCell(iv) }
