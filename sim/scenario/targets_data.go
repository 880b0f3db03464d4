package scenario

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"epgsim/scenarios"
)

// GroupData is a data file: one row a group, columns with names of their own.
type GroupData struct {
	File    string            // as messages call it
	Columns map[string]string // by name of TargetNames, the column that has it
	Header  []string
	Rows    [][]string
	index   map[string]int
}

// Value is what a row says of a name of TargetNames, NaN where the cell is empty or
// no column has it. Cells have been checked.
func (d *GroupData) Value(row int, name string) float64 {
	column, ok := d.Columns[name]
	if !ok {
		return math.NaN()
	}
	v, _ := cellNumber(d.Rows[row][d.index[column]])
	return v
}

// Meets says whether a row is among those that a target is about.
func (d *GroupData) Meets(row int, conditions []RowCondition) bool {
	for _, c := range conditions {
		if strings.TrimSpace(d.Rows[row][d.index[c.Column]]) != c.Is {
			return false
		}
	}
	return true
}

// notKnown is a cell of which nobody knows what it should say. An empty one says that
// something has not happened.
const notKnown = "?"

// FewestGroups is how few a statistic of data may be of: the spread of fewer says too
// little of their error.
const FewestGroups = 5

// Sample is what the groups say that a target is about: the numbers that its statistic is
// made of, b for ratios alone. Groups of which one of them is not known are left out,
// and those that a mean, a deviation or a ratio passes over.
func (d *GroupData) Sample(g *Target) (a, b []float64) {
	names, values := TargetNames(), []float64(nil)
	for row := range d.Rows {
		if !d.Meets(row, g.Rows) || slices.ContainsFunc(g.Statistic.names(), func(name string) bool { return d.isNotKnown(row, name) }) {
			continue
		}
		values = values[:0]
		for _, n := range names {
			values = append(values, d.Value(row, n.Name))
		}
		x, y := g.Statistic.Both(values)
		counts := g.Statistic.Kind == StatMedian || g.Statistic.Kind == StatShare
		if counts || x == x && y == y {
			a, b = append(a, x), append(b, y)
		}
	}
	return a, b
}

// Unlike says in which cases the groups that are simulated are of another size or length
// than those of the rows that targets compare them with.
func (t *Targets) Unlike() (remarks []string) {
	for j := range t.Targets {
		g := &t.Targets[j]
		if t.Data == nil || !g.FromData() {
			continue
		}
		for _, k := range g.Cases {
			c := &t.Cases[k]
			members := float64(c.Scenario.Params.Size())
			if c.Alone {
				members = 1
			}
			for _, like := range []struct {
				name string
				is   float64
			}{{"smes", members}, {"project_years", c.Scenario.Params.Project.Years}} {
				low, high := t.Data.span(like.name, g.Rows)
				if low == like.is && high == like.is || low > high {
					continue
				}
				text := fmt.Sprintf("case %q simulates groups with %s = %g, and its rows have %g to %g", c.Name, like.name, like.is, low, high)
				if !slices.Contains(remarks, text) {
					remarks = append(remarks, text)
				}
			}
		}
	}
	return remarks
}

// span is from where to where rows go; from above to below where none says anything.
func (d *GroupData) span(name string, conditions []RowCondition) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for row := range d.Rows {
		if v := d.Value(row, name); v == v && d.Meets(row, conditions) {
			low, high = min(low, v), max(high, v)
		}
	}
	return low, high
}

func (d *GroupData) isNotKnown(row int, name string) bool {
	column, ok := d.Columns[name]
	return ok && strings.TrimSpace(d.Rows[row][d.index[column]]) == notKnown
}

// cellNumber reads a cell: a number, yes or no, or nothing.
func cellNumber(text string) (v float64, ok bool) {
	switch text = strings.TrimSpace(text); strings.ToLower(text) {
	case "", "na", "nan", notKnown:
		return math.NaN(), true
	case "yes", "true":
		return 1, true
	case "no", "false":
		return 0, true
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil && v-v == 0
}

// dataOpener finds a data file that a targets file refers to.
type dataOpener func(from, ref string) (src []byte, name string, wrong *Problem)

// dataBeside finds shipped data by its name, and files by paths relative to the file
// that refers to them.
func dataBeside(from, ref string) ([]byte, string, *Problem) {
	if src, ok := scenarios.TargetsData(ref); ok && strings.HasSuffix(from, "(shipped)") {
		return src, ref + " (shipped)", nil
	}
	path := filepath.FromSlash(ref)
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(from), path)
	}
	src, wrong := shelf{kind: "data"}.readFile(path)
	return src, filepath.Clean(path), wrong
}

// data takes [data].
func (r *targetsReader) data(key string, v any, open dataOpener) {
	t := r.table(key, v, "its keys")
	if t == nil {
		return
	}
	d := &GroupData{Columns: map[string]string{}, index: map[string]int{}}
	r.keys(key, t, entry{"file", nil}, entry{"columns", nil})
	r.needs(key, t, "file", `a CSV file, one row a group: file = "groups.csv"`)
	r.needs(key, t, "columns", `which column has what: columns = { first_deal_week = "weeks to deal" }`)
	at := join(key, "file")
	ref := ""
	if v, ok := t["file"]; ok {
		ref = r.text(at, v, 500, false)
	}
	if ref != "" {
		src, name, wrong := open(r.file, ref)
		if wrong != nil {
			r.problem(at, ref, wrong.Allowed, wrong.Hint)
		} else if r.readCSV(name, src, d) {
			r.columns(join(key, "columns"), t["columns"], d)
		}
	}
	r.bad[key] = r.bad[key] || len(r.problems) > 0
	r.t.Data = d
}

// readCSV reads the rows of a data file.
func (r *targetsReader) readCSV(name string, src []byte, d *GroupData) bool {
	d.File = name
	c := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(src, []byte("\ufeff"))))
	head, _, _ := bytes.Cut(src, []byte("\n"))
	for _, other := range ";\t" { // as spreadsheets in Finland write it, and as text is copied from them
		if bytes.Count(head, []byte(string(other))) > bytes.Count(head, []byte(string(c.Comma))) {
			c.Comma = other
		}
	}
	all, err := c.ReadAll()
	var wrong *csv.ParseError
	refuse := func(line int, allowed, hint string) bool {
		r.problems = append(r.problems, Problem{File: name, Line: line, Allowed: allowed, Hint: hint})
		return false
	}
	switch {
	case bytes.HasPrefix(src, []byte("PAR1")):
		return refuse(0, "is Parquet, and must be CSV", "")
	case bytes.HasPrefix(src, []byte("PK\x03\x04")):
		return refuse(0, "is a workbook, and must be CSV", "save it from the spreadsheet as CSV (UTF-8)")
	case errors.As(err, &wrong):
		return refuse(wrong.Line, "not valid CSV: "+wrong.Err.Error(), "save it from a spreadsheet as CSV (UTF-8)")
	case err != nil:
		return refuse(0, "cannot be read as CSV", "")
	case len(all) < 1+FewestGroups:
		return refuse(0, fmt.Sprintf("needs a row of column names and %d groups at least", FewestGroups), "of fewer, give statistics with value, error and source")
	}
	d.Header, d.Rows = all[0], all[1:]
	for i, h := range d.Header {
		d.Header[i] = strings.TrimSpace(h)
		if _, twice := d.index[d.Header[i]]; twice {
			return refuse(1, fmt.Sprintf("two columns are called %s", quoteClip(d.Header[i])), "rename one")
		}
		d.index[d.Header[i]] = i
	}
	return true
}

// columns takes which column has what.
func (r *targetsReader) columns(path string, v any, d *GroupData) {
	if v == nil {
		return
	}
	t := r.table(path, v, "names")
	names := nameList(TargetNames())
	for _, name := range sorted(t) {
		at := join(path, name)
		if !slices.Contains(names, name) {
			r.problem(at, t[name], "is nothing that the model knows of a group", cmp.Or(r.near(name, names), "epgsim calibrate new lists some; all are in the model's description"))
			continue
		}
		column := strings.TrimSpace(r.text(at, t[name], 200, false))
		k, ok := d.index[column]
		if !ok {
			r.problem(at, t[name], "is no column of "+d.File, r.nearOrAll(column, d.Header))
			continue
		}
		d.Columns[name] = column
		for row := range d.Rows {
			if _, ok := cellNumber(d.Rows[row][k]); !ok {
				r.problems = append(r.problems, Problem{File: d.File, Line: row + 2, Key: column, Given: quoteClip(d.Rows[row][k]),
					Allowed: "must be a number with a decimal point, yes or no, empty or ?", Hint: "empty means that it has not happened; ? means that nobody knows"})
				break // one of a column is enough
			}
		}
	}
}

// rows takes which rows of the data a target is about.
func (r *targetsReader) rows(path string, v any) (all []RowCondition) {
	t := r.table(path, v, "texts of columns")
	for _, column := range sorted(t) {
		all = append(all, RowCondition{column, strings.TrimSpace(r.text(join(path, column), t[column], 200, false))})
	}
	return all
}

// fromData checks that the data can say a target.
func (r *targetsReader) fromData(path string, g *Target) {
	d := r.t.Data
	for _, c := range g.Rows {
		if _, ok := d.index[c.Column]; !ok {
			r.problem(join(join(path, keyRows), c.Column), c.Is, "is no column of "+d.File, r.nearOrAll(c.Column, d.Header))
			return
		}
	}
	for _, c := range g.Rows {
		if there := d.texts(c.Column); !slices.Contains(there, c.Is) {
			r.problem(join(join(path, keyRows), c.Column), c.Is, "no row of "+d.File+" has it", r.nearOrAll(c.Is, there))
			return
		}
	}
	if g.Statistic.Of == nil {
		return
	}
	for _, name := range g.Statistic.names() {
		if _, ok := d.Columns[name]; !ok {
			r.problem(join(path, keyStatistic), g.Statistic.text, fmt.Sprintf("no column of the data has %s", name), fmt.Sprintf(`write data.columns.%s = "its column", or give value, error and source`, name))
			return
		}
	}
	a, _ := d.Sample(g)
	if len(a) < FewestGroups {
		r.problem(join(path, keyStatistic), g.Statistic.text, fmt.Sprintf("%d groups of %s say it: an error needs %d at least", len(a), d.File, FewestGroups), "take more rows, or give value, error and source")
	}
	g.Source = fmt.Sprintf("%s, %d groups", filepath.Base(d.File), len(a))
}

// texts are those of a column, each once, in the order of the rows.
func (d *GroupData) texts(column string) (there []string) {
	for _, row := range d.Rows {
		if text := strings.TrimSpace(row[d.index[column]]); !slices.Contains(there, text) {
			there = append(there, text)
		}
	}
	return there
}
