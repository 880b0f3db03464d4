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

// cellNumber reads a cell: a number, yes or no, or nothing.
func cellNumber(text string) (v float64, ok bool) {
	switch text = strings.TrimSpace(text); strings.ToLower(text) {
	case "", "na", "nan":
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
	for _, k := range sorted(t) {
		if k != "file" && k != "columns" {
			r.problem(join(key, k), nil, "unknown key", r.nearOrAll(k, []string{"file", "columns"}))
		}
	}
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
	if head, _, _ := bytes.Cut(src, []byte("\n")); bytes.Count(head, []byte(";")) > bytes.Count(head, []byte(",")) {
		c.Comma = ';' // as spreadsheets in Finland write it
	}
	all, err := c.ReadAll()
	var wrong *csv.ParseError
	refuse := func(line int, allowed, hint string) bool {
		r.problems = append(r.problems, Problem{File: name, Line: line, Allowed: allowed, Hint: hint})
		return false
	}
	switch {
	case errors.As(err, &wrong):
		return refuse(wrong.Line, "not valid CSV: "+wrong.Err.Error(), "save it from a spreadsheet as CSV (UTF-8)")
	case err != nil:
		return refuse(0, "cannot be read as CSV", "")
	case len(all) < 3:
		return refuse(0, "needs a row of column names and two groups at least", "")
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
					Allowed: "must be a number with a decimal point, yes or no, or empty", Hint: "empty means missing: no deal yet, or not known"})
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
	rows := 0
	for row := range d.Rows {
		if d.Meets(row, g.Rows) {
			rows++
		}
	}
	if rows < 2 {
		r.problem(join(path, keyRows), nil, fmt.Sprintf("%d rows of %s are so: an error needs two at least", rows, d.File), "")
	}
	g.Source = fmt.Sprintf("%s, %d groups", filepath.Base(d.File), rows)
	if g.Statistic.Of == nil {
		return
	}
	names := g.Statistic.Of.Names()
	if g.Statistic.Per != nil {
		names = append(slices.Clone(names), g.Statistic.Per.Names()...)
	}
	for _, name := range names {
		if _, ok := d.Columns[name]; !ok {
			r.problem(join(path, keyStatistic), g.Statistic.text, fmt.Sprintf("no column of the data has %s", name), fmt.Sprintf(`write data.columns.%s = "its column", or give value, error and source`, name))
			return
		}
	}
}
