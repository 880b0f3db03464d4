package store

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"path"
	"slices"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"
)

// What a sheet of Excel holds.
const (
	MostXLSXRows = 1<<20 - 1 // without the header
	mostCellText = 32767     // in bytes here, in characters there
)

// ErrTooManyRows: a table has more rows than a sheet of Excel.
var ErrTooManyRows = errors.New("a sheet of Excel holds no more than 1 048 575 rows; take another --format")

// xlsxEncoder writes a workbook: the rows below the names of the columns, a sheet
// of what the columns mean, and one of where all comes from. Numbers have the 15
// digits that Excel shows; CSV and Parquet have all. Nothing in it tells the time.
// Large sheets wait in a temporary file of the system until close.
type xlsxEncoder struct {
	out   io.Writer
	table *Table
	book  *excelize.File
	sheet *excelize.StreamWriter
	line  []any
	rows  int
	err   error // of beginning
}

func newXLSXEncoder(out io.Writer, t *Table) *xlsxEncoder {
	e := &xlsxEncoder{out: out, table: t, book: excelize.NewFile(), line: make([]any, len(t.Columns))}
	e.err = e.begin()
	return e
}

// dataSheet is the sheet of the rows.
func (e *xlsxEncoder) dataSheet() string {
	const most = 31 // characters of a sheet's name
	name := path.Base(e.table.Name)
	return name[:min(len(name), most)]
}

// begin makes the sheet and its header, which stays in sight.
func (e *xlsxEncoder) begin() (err error) {
	// The library's own properties name its author, and a day of 2006.
	e.book.Pkg.Delete("docProps/core.xml")
	if err := e.book.SetDocProps(&excelize.DocProperties{Creator: program, Title: e.table.Name}); err != nil {
		return err
	}
	if err := e.book.SetSheetName("Sheet1", e.dataSheet()); err != nil {
		return err
	}
	if e.sheet, err = e.book.NewStreamWriter(e.dataSheet()); err != nil {
		return err
	}
	if err := e.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, c := range e.table.Columns {
		e.line[i] = c.Name
	}
	return e.sheet.SetRow("A1", e.line)
}

func (e *xlsxEncoder) row(values []value) error {
	if e.err != nil {
		return e.err
	}
	if e.rows++; e.rows > MostXLSXRows {
		return ErrTooManyRows
	}
	for i, v := range values {
		cell, err := cellOf(v)
		if err != nil {
			return fmt.Errorf("column %s: %w", e.table.Columns[i].Name, err)
		}
		e.line[i] = cell
	}
	at, err := excelize.CoordinatesToCellName(1, e.rows+1)
	if err != nil {
		return err
	}
	return e.sheet.SetRow(at, e.line)
}

// cellOf is a value as Excel has it. Text is text, whatever it begins with; there
// are no infinite numbers.
func cellOf(v value) (any, error) {
	switch v.Kind() {
	case parquet.Int64:
		return v.Int64(), nil
	case parquet.Boolean:
		return v.Boolean(), nil
	case parquet.ByteArray:
		if len(v.ByteArray()) > mostCellText {
			return nil, fmt.Errorf("a cell of Excel holds no text of %d bytes", len(v.ByteArray()))
		}
		return string(v.ByteArray()), nil
	case parquet.Double:
		if f := v.Double(); !math.IsInf(f, 0) {
			return f, nil
		}
		return map[bool]string{true: "inf", false: "-inf"}[v.Double() > 0], nil
	}
	return nil, nil // missing
}

// close adds the other sheets and hands over the workbook.
func (e *xlsxEncoder) close() error {
	defer e.drop()
	if e.err != nil {
		return e.err
	}
	if err := e.sheet.Flush(); err != nil {
		return err
	}
	columns := [][]any{{"column", "unit", "type", "meaning"}}
	for _, c := range e.table.Columns {
		columns = append(columns, []any{c.Name, c.Unit, c.Type.String(), c.Doc})
	}
	about := [][]any{{"one row is", e.table.Doc}}
	for _, k := range slices.Sorted(maps.Keys(e.table.Meta)) {
		about = append(about, []any{k, e.table.Meta[k]})
	}
	if err := errors.Join(e.add("columns", columns), e.add("about", about)); err != nil {
		return err
	}
	return e.book.Write(e.out)
}

// add adds a sheet.
func (e *xlsxEncoder) add(name string, rows [][]any) error {
	if _, err := e.book.NewSheet(name); err != nil {
		return err
	}
	for i := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := e.book.SetSheetRow(name, at, &rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// drop lets go of the temporary file.
func (e *xlsxEncoder) drop() {
	if e.book != nil {
		_ = e.book.Close() // it is removed, or the system's to clear away
		e.book = nil
	}
}
