// Package fields writes the fields of the model's parameters by the table of its
// numbers: one a line, with unit and meaning, so that an editor shows them wherever
// a formula names the field. It reads the source of the model and does not import
// it, for without a new field the model does not compile.
package fields

import (
	"cmp"
	"fmt"
	"go/format"
	"io/fs"
	"regexp"
	"strings"
)

// File is the file, beside the table, that Source writes.
const File = "fields.go"

var (
	// section is a section of the parameters in params.go: its name, its type.
	section = regexp.MustCompile(`(?m)^\t(\w+) +(\w+Params)$`)
	// row is a row of Table in table.go: unit, meaning, section, field.
	row = regexp.MustCompile(`(?m)^\t\{"[\w.]+", "([^"]+)",.*\n\t\t"[^"]+", "([^"]+)",\n\t\tfunc\(p \*Params\) \*float64 \{ return &p\.(\w+)\.(\w+) \}\},$`)
	// group is the struct of a section in fields.go: its type.
	group = regexp.MustCompile(`(\w+Params) struct \{(?s:.*?\n\t)?\}`)
)

// Source returns what fields.go should say. The comments of the structs stay as they
// are; a new section begins with an empty struct there. The error says what cannot
// be found.
func Source(model fs.FS) ([]byte, error) {
	table, err1 := fs.ReadFile(model, "table.go")
	params, err2 := fs.ReadFile(model, "params.go")
	text, err3 := fs.ReadFile(model, File)
	if err := cmp.Or(err1, err2, err3); err != nil {
		return nil, err
	}
	fields := map[string]string{} // by section
	rows := row.FindAllSubmatch(table, -1)
	if n := strings.Count(string(table), "return &p."); len(rows) != n || n == 0 {
		return nil, fmt.Errorf("table.go: %d of its %d rows are laid out as the others are", len(rows), n)
	}
	for _, r := range rows {
		fields[string(r[3])] += fmt.Sprintf("\t\t%s float64 // %s: %s\n", r[4], r[1], r[2])
	}
	sections := map[string]string{} // by type
	for _, s := range section.FindAllSubmatch(params, -1) {
		sections[string(s[2])] = string(s[1])
	}
	text = group.ReplaceAllFunc(text, func(old []byte) []byte {
		name := string(group.FindSubmatch(old)[1])
		of := sections[name]
		delete(sections, name)
		return []byte(name + " struct {\n" + fields[of] + "\t}")
	})
	for name, of := range sections {
		return nil, fmt.Errorf("%s has no struct for the section %s: add %s struct{}", File, of, name)
	}
	return format.Source(text)
}
