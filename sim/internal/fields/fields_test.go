package fields

import (
	"strings"
	"testing"
	"testing/fstest"
)

const table = `package sim

var Table = []Parameter{
	{"deal.value", "k€", 1, 9, 5, 5, 5, Constant, Real, "assumption",
		"value", "what a deal is worth",
		func(p *Params) *float64 { return &p.Deal.Value }},
}
`

func TestSource(t *testing.T) {
	for _, c := range []struct{ name, table, fields, want string }{
		{"fields are written anew, comments stay", table, "package sim\n\n// D is it.\ntype DealParams struct {\n\tOld float64 // {}\n\t}\n",
			"package sim\n\n// D is it.\ntype DealParams struct {\n\tValue float64 // k€: what a deal is worth\n}\n"},
		{"a section begins with an empty struct", table, "package sim\n\ntype DealParams struct {}\n",
			"package sim\n\ntype DealParams struct {\n\tValue float64 // k€: what a deal is worth\n}\n"},
		{"no struct", table, "package sim\n", "fields.go has no struct for the section Deal: add DealParams struct{}"},
		{"a row that is laid out in another way", strings.Replace(table, "\n\t\tfunc", " func", 1), "package sim\n", "table.go: 0 of its 1 rows are laid out as the others are"},
	} {
		file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
		got, err := Source(fstest.MapFS{"table.go": file(c.table), "params.go": file("package sim\n\ntype Params struct {\n\tDeal DealParams\n}\n"), File: file(c.fields)})
		if err != nil {
			got = []byte(err.Error())
		}
		if string(got) != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}
