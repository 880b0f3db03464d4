package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"epgsim/cmd/internal/tell"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
)

// table is a table for people: on the terminal and in the report.
type table struct {
	Title  string
	Note   string
	Header []string // the first names the rows
	Rows   [][]string
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
func (t table) firstColumns(n int) *table {
	rows := make([][]string, len(t.Rows))
	for i, r := range t.Rows {
		rows[i] = r[:n]
	}
	t.Header, t.Rows = t.Header[:n], rows
	return &t
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

// periodsTable shows an outcome for every variant and project period.
func periodsTable(c *experiment.Comparison, o sim.Outcome) table {
	t := table{Title: fmt.Sprintf("%s, %s per group, by project period: mean ± half its 95 %% interval", o.Info().Label, o.Info().Unit),
		Header: []string{""}, Note: "~ not told apart from the best of its column"}
	marked := false
	for _, y := range c.Years {
		t.Header = append(t.Header, experiment.YearsText(y)+"  ")
	}
	close := make([][]int, len(c.Years))
	for y := range c.Years {
		if r := c.Best(y, o); r.Best >= 0 && r.Means[r.Best] != 0 { // where there is nothing, nobody is best
			close[y] = r.Close
		}
		marked = marked || len(close[y]) > 0
	}
	for v, variant := range c.Variants {
		row := []string{variant.Name}
		for y := range c.Years {
			row = append(row, mark(cell(c.Mean(v, y, o)), slices.Contains(close[y], v)))
		}
		t.Rows = append(t.Rows, row)
	}
	if !marked {
		t.Note = ""
	}
	return t
}

// mark puts a tilde behind what is not told apart, and room where there is none.
func mark(s string, noise bool) string {
	if noise {
		return s + " ~"
	}
	return s + "  "
}

// shown are the outcomes of the table for one project period, in order.
var shown = []sim.Outcome{
	sim.ValueProject, sim.ValueAfter, sim.DealsProject, sim.FirstDealWeek, sim.OpenAtEnd, sim.Stranded,
	sim.Cooperation, sim.TrustEnd, sim.CommitmentEnd, sim.ActiveEnd, sim.Fairness, sim.Regularity, sim.ExperienceGained,
	sim.Inequality, sim.HubSpare, sim.SelfSustaining, sim.KeptManager, sim.GoalScore, sim.PublicCost, sim.ValuePerPublic,
}

// outcomesTable shows many outcomes of every variant for one project period.
func outcomesTable(c *experiment.Comparison, y int) table {
	t := table{Title: fmt.Sprintf("What a project of %s comes to: mean ± half its 95 %% interval over %d replications",
		experiment.YearsText(c.Years[y]), c.Plan.Replications), Header: []string{""}}
	for _, v := range c.Variants {
		t.Header = append(t.Header, v.Name+"  ")
	}
	for _, o := range shown {
		row := []string{tell.Label(o)}
		for v := range c.Variants {
			row = append(row, cell(c.Mean(v, y, o))+"  ")
		}
		t.Rows = append(t.Rows, row)
	}
	t.Note = "– no value; weeks to the first deal are the mean over the groups that had one; near 0 or 1, ± of a share may reach beyond"
	return t
}
