package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Type is what the values of a column are.
type Type uint8

// The types of columns. A Float64 that is NaN is missing: null in Parquet, an
// empty field in CSV. The other types have no missing values.
const (
	Int64 Type = iota
	Float64
	Text
	Bool
	nTypes
)

var typeNames = [nTypes]string{"int64", "float64", "text", "bool"}

func (t Type) String() string {
	if t < nTypes {
		return typeNames[t]
	}
	return fmt.Sprintf("store.Type(%d)", uint8(t))
}

// MarshalText makes the type a word in the manifest.
func (t Type) MarshalText() ([]byte, error) {
	if t >= nTypes {
		return nil, fmt.Errorf("store: no such column type: %d", uint8(t))
	}
	return []byte(typeNames[t]), nil
}

// UnmarshalText reads what MarshalText wrote.
func (t *Type) UnmarshalText(b []byte) error {
	i := slices.Index(typeNames[:], string(b))
	if i < 0 {
		return fmt.Errorf("%q is not a column type; allowed: %s", b, strings.Join(typeNames[:], ", "))
	}
	*t = Type(i)
	return nil
}

// Column is what a table says of one of its columns. Name is what readers of
// the file see; Unit is "1" for shares and scores and empty where a unit makes
// no sense; Doc is one phrase.
type Column struct {
	Name string `json:"name"`
	Unit string `json:"unit,omitempty"`
	Doc  string `json:"doc,omitempty"`
	Type Type   `json:"type"`
}

// Format is a set of file formats.
type Format uint8

// The formats. The zero Format of a Table means CSV and Parquet.
const (
	CSV Format = 1 << iota
	Parquet
	XLSX // for Excel, as far as it holds so many rows
)

// allFormats are the formats one by one, in the order in which files are written.
var allFormats = [...]Format{CSV, Parquet, XLSX}

func (f Format) ending() string {
	switch f {
	case Parquet:
		return ".parquet"
	case XLSX:
		return ".xlsx"
	}
	return ".csv"
}

// Table declares a table: its files are Name.csv, Name.parquet and Name.xlsx, its
// columns come in the declared order in all.
type Table struct {
	Name    string            // path below the directory, with slashes, without ending
	Doc     string            // what one row is
	Columns []Column          // at least one; names are unique
	Formats Format            // which files to write; zero means CSV and Parquet
	Meta    map[string]string // key-value metadata of the Parquet file: version, scenario hash, …
}

// check says what is wrong with a declaration, which is a mistake of the caller.
func (t *Table) check() error {
	if t.Formats&^(CSV|Parquet|XLSX) != 0 {
		return fmt.Errorf("store: table %s: no such format: %d", t.Name, t.Formats)
	}
	if len(t.Columns) == 0 {
		return fmt.Errorf("store: table %s has no columns", t.Name)
	}
	seen := make(map[string]bool, len(t.Columns))
	for i, c := range t.Columns {
		if err := c.check(); err != nil {
			return fmt.Errorf("store: table %s, column %d %q: %w", t.Name, i, c.Name, err)
		}
		// Readers such as DuckDB and spreadsheets do not tell Trust from trust.
		key := strings.ToLower(c.Name)
		if seen[key] {
			return fmt.Errorf("store: table %s has two columns %q", t.Name, c.Name)
		}
		seen[key] = true
	}
	return nil
}

func (c *Column) check() error {
	switch {
	case c.Type >= nTypes:
		return fmt.Errorf("no such type: %d", uint8(c.Type))
	case c.Name == "":
		return errors.New("no name")
	case !utf8.ValidString(c.Name):
		return errors.New("name is not UTF-8")
	case strings.ContainsFunc(c.Name, unicode.IsControl):
		return errors.New("control character in the name")
	}
	return nil
}

// columnsKey is where the Parquet file carries its columns' units and meaning,
// as JSON, so that the file explains itself when it has left its directory.
const columnsKey = "epgsim.columns"

// meta is the metadata that goes into the Parquet file.
func (t *Table) meta() map[string]string {
	m := map[string]string{columnsKey: string(plainJSON(t.Columns))}
	for k, v := range t.Meta {
		m[k] = strings.ToValidUTF8(v, "\ufffd")
	}
	return m
}
