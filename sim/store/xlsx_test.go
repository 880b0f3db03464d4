package store

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// workbook writes rows that Excel might misread, and returns the file.
func workbook(t *testing.T, path string) []byte {
	t.Helper()
	table := Table{Name: "demo", Doc: "a trial", Formats: XLSX, Meta: map[string]string{"seed": "7", "epgsim_version": "1"}, Columns: []Column{
		{"arm", "", "which", Text}, {"week", "weeks", "1 is the first", Int64}, {"share", "1", "of all", Float64}, {"kept", "", "or not", Bool}}}
	w, err := openTable(path, table)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range []float64{0, 0.1 + 0.2, math.NaN(), math.Inf(-1), -1e300} {
		if err := w.Text([]string{"=1+2", "NA", "", "a \"b\" <c> & ä", "007"}[i]).Int(int64(i)).Float(v).Bool(i%2 == 0).EndRow(); err != nil {
			t.Fatal(err)
		}
	}
	mustClose(t, w)
	b, err := os.ReadFile(path + ".xlsx")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A workbook has numbers as numbers, text as text and no formula; missing cells
// are empty. Numbers have the 15 digits that Excel shows. Its other sheets say what the columns are and where all comes from.
func TestWorkbook(t *testing.T) {
	book, err := excelize.OpenReader(bytes.NewReader(workbook(t, filepath.Join(t.TempDir(), "demo"))))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if got := strings.Join(book.GetSheetList(), " "); got != "demo columns about" {
		t.Fatalf("sheets: %s", got)
	}
	const number, text, truth = excelize.CellTypeUnset, excelize.CellTypeInlineString, excelize.CellTypeBool
	for _, c := range []struct {
		sheet, at, want string
		kind            excelize.CellType
	}{
		{"demo", "A1", "arm", text}, {"demo", "C1", "share", text},
		{"demo", "A2", "=1+2", text}, {"demo", "B2", "0", number}, {"demo", "C2", "0", number}, {"demo", "D2", "1", truth},
		{"demo", "A3", "NA", text}, {"demo", "C3", "0.3", number}, {"demo", "D3", "0", truth},
		{"demo", "C4", "", number}, {"demo", "A5", "a \"b\" <c> & ä", text}, {"demo", "C5", "-inf", text}, {"demo", "A6", "007", text},
		{"columns", "A4", "share", excelize.CellTypeSharedString}, {"columns", "B4", "1", excelize.CellTypeSharedString}, {"columns", "D4", "of all", excelize.CellTypeSharedString},
		{"about", "B1", "a trial", excelize.CellTypeSharedString}, {"about", "A3", "seed", excelize.CellTypeSharedString}, {"about", "B3", "7", excelize.CellTypeSharedString},
	} {
		got, err := book.GetCellValue(c.sheet, c.at, excelize.Options{RawCellValue: true})
		kind, errKind := book.GetCellType(c.sheet, c.at)
		formula, errFormula := book.GetCellFormula(c.sheet, c.at)
		if errors.Join(err, errKind, errFormula) != nil || got != c.want || kind != c.kind || formula != "" {
			t.Errorf("%s %s: %q of type %d, formula %q, want %q of type %d", c.sheet, c.at, got, kind, formula, c.want, c.kind)
		}
	}
	props, err := book.GetDocProps()
	if err != nil || props.Creator != program || props.Created != "" || props.Modified != "" {
		t.Errorf("properties: %+v, %v", props, err)
	}
}

func TestWorkbooksHaveTheSameBytes(t *testing.T) {
	first := workbook(t, filepath.Join(t.TempDir(), "demo"))
	for range 5 {
		if !bytes.Equal(first, workbook(t, filepath.Join(t.TempDir(), "demo"))) {
			t.Fatal("another workbook of the same rows has other bytes")
		}
	}
}

// More rows than a sheet holds are refused, and no file appears.
func TestTooManyRowsForExcel(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo")
	w, err := openTable(path, Table{Name: "demo", Columns: demo, Formats: XLSX | CSV})
	if err != nil {
		t.Fatal(err)
	}
	w.encoders[1].(*xlsxEncoder).rows = MostXLSXRows - 1
	if err := awkward[0].write(w); err != nil {
		t.Fatal(err)
	}
	if err := awkward[0].write(w); !errors.Is(err, ErrTooManyRows) {
		t.Errorf("of one row too many: %v", err)
	}
	if err := w.Close(); !errors.Is(err, ErrTooManyRows) || len(tree(t, filepath.Dir(path))) != 0 {
		t.Errorf("closed with %v, left %v", err, tree(t, filepath.Dir(path)))
	}
}
