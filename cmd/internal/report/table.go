package report

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
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
func (t table) firstColumns(n int) table {
	rows := make([][]string, len(t.Rows))
	for i, r := range t.Rows {
		rows[i] = r[:n]
	}
	t.Header, t.Rows = t.Header[:n], rows
	return t
}
