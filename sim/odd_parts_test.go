package sim

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

type oddPart struct{ name, text string }

// oddParts are the generated tables of text. Of the schedule, what a step does is
// written by hand, and stays.
func oddParts(t *testing.T, text string) []oddPart {
	row := func(cells ...string) string { return "| " + strings.Join(cells, " | ") + " |\n" }
	head := func(cells ...string) string {
		return row(cells...) + "|" + strings.Repeat("---|", len(cells)) + "\n"
	}
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	kinds := [...]string{"", ", whole", ", switch"}

	params := head("parameter", "unit", "allowed", "default", "plausible", "role", "meaning", "evidence", "source")
	for i := range Table {
		q := &Table[i]
		plausible := "–"
		if q.Low != q.High {
			plausible = number(q.Low) + " … " + number(q.High)
		}
		params += row("`"+q.Name+"`", q.Unit, number(q.Min)+" … "+number(q.Max), number(q.Default), plausible, q.Role.String()+kinds[q.Type], q.Doc, q.Grade.String(), q.Source)
	}
	constants := head("constant", "value", "meaning")
	for _, c := range shapeConstants(t) {
		constants += row("`"+c.name+"`", c.value, c.doc)
	}
	out := head("outcome", "unit", "better", "meaning")
	for o := range NOutcomes {
		i := o.Info()
		out += row("`"+i.Name+"`", i.Unit, [...]string{"less", "–", "more"}[i.Better+1], i.Doc)
	}
	columns := head("weekly column", "unit", "meaning")
	for c := range NColumns {
		i := c.Info()
		columns += row("`"+i.Name+"`", i.Unit, i.Doc)
	}
	log := head("event", "meaning", "numbers")
	for k := range NEvents {
		i := k.Info()
		numbers := strings.TrimRight(strings.Join(i.Numbers[:], ", "), ", ")
		log += row("`"+i.Name+"`", i.Doc, numbers)
	}
	off := head("mechanism", "when it is off", "sets")
	for i := range Mechanisms {
		off += row("`"+Mechanisms[i].Name+"`", Mechanisms[i].Doc, whatIsSet(&Mechanisms[i]))
	}
	draws := head("decision", "constant", "agent", "serial", "U₁", "U₂")
	for _, d := range drawConstants(t) {
		draws += row(strconv.Itoa(d.number), "`"+d.name+"`", d.doc)
	}
	schedule := head("step", "what", "submodel")
	for _, s := range weeklySteps(t) {
		what := "?"
		if m := regexp.MustCompile("(?m)^\\| `" + s.name + "` \\| (.*) \\| [\\d.]+ \\|$").FindStringSubmatch(text); m != nil {
			what = m[1]
		}
		schedule += row("`"+s.name+"`", what, s.section)
		if s.name == "observe" {
			schedule += row("(w ← w + 1)", "", "")
		}
	}
	return []oddPart{{"draws", draws}, {"schedule", schedule}, {"parameters", params}, {"constants", constants}, {"outcomes", out}, {"columns", columns}, {"events", log}, {"mechanisms", off}}
}

// whatIsSet says which parameters a mechanism sets when it is switched off, and to what,
// whatever they were before; and what of listed SMEs and markets.
func whatIsSet(m *Mechanism) string {
	var p Params
	for i := range Table {
		Table[i].SetIn(&p, math.NaN())
	}
	p.ListedSMEs = []SMESpec{{Ties: []int{0}}}
	p.MarketSpecs = []MarketSpec{{Distance: math.NaN(), Customers: math.NaN()}}
	m.SwitchOff(&p)
	var set []string
	for i := range Table {
		if v := Table[i].In(&p); v == v { // it is a number
			set = append(set, "`"+Table[i].Name+"` = "+strconv.FormatFloat(v, 'g', -1, 64))
		}
	}
	if p.ListedSMEs[0].Ties == nil {
		set = append(set, "no ties of listed SMEs")
	}
	if listed := p.MarketSpecs[0]; listed.Distance == listed.Distance || listed.Customers == listed.Customers {
		set = append(set, "also of listed markets")
	}
	return strings.Join(set, ", ")
}

func parseSource(t *testing.T, name string) *ast.File {
	t.Helper()
	src, err := fs.ReadFile(Source, name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

type shapeConstant struct{ name, value, doc string }

// shapeConstants are the lower-case constants of params.go with a comment.
func shapeConstants(t *testing.T) (all []shapeConstant) {
	for _, d := range parseSource(t, "params.go").Decls {
		d, ok := d.(*ast.GenDecl)
		if !ok || d.Tok != token.CONST {
			continue
		}
		for _, s := range d.Specs {
			s := s.(*ast.ValueSpec)
			if len(s.Values) != 1 || ast.IsExported(s.Names[0].Name) {
				continue
			}
			value := ""
			switch v := s.Values[0].(type) {
			case *ast.BasicLit:
				value = v.Value
			case *ast.BinaryExpr:
				value = v.X.(*ast.BasicLit).Value + " " + v.Op.String() + " " + v.Y.(*ast.BasicLit).Value
			}
			all = append(all, shapeConstant{s.Names[0].Name, value, strings.TrimSpace(s.Comment.Text())})
		}
	}
	if len(all) == 0 {
		t.Fatal("no shape constants found in params.go")
	}
	return all
}

type weeklyStep struct{ name, file, section string }

// weeklySteps are the calls of Step in order, with what stands beside them.
func weeklySteps(t *testing.T) (all []weeklyStep) {
	src, err := fs.ReadFile(Source, "step.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^\tg\.(\w+)\(\)(?: +// (\w+\.go), (7\.\d+))?$`).FindAllStringSubmatch(string(src), -1) {
		all = append(all, weeklyStep{m[1], m[2], m[3]})
	}
	if len(all) < 20 {
		t.Fatalf("only %d weekly steps found in step.go", len(all))
	}
	return all
}

type drawConstant struct {
	number    int
	name, doc string
}

// drawConstants are the decisions of luck.go in order.
func drawConstants(t *testing.T) (all []drawConstant) {
	ast.Inspect(parseSource(t, "luck.go"), func(n ast.Node) bool {
		if s, ok := n.(*ast.ValueSpec); ok && strings.HasPrefix(s.Names[0].Name, "draw") {
			doc := strings.TrimSpace(s.Comment.Text())
			if strings.Count(doc, " | ") != 3 {
				t.Errorf("beside %s stands %q; want agent | serial number | first draw | second draw", s.Names[0].Name, doc)
			}
			all = append(all, drawConstant{len(all), s.Names[0].Name, doc})
		}
		return true
	})
	if len(all) != int(nDraws) {
		t.Fatalf("%d draws can be found in luck.go, want %d", len(all), nDraws)
	}
	return all
}

// literals are the numbers written in a file.
func literals(t *testing.T, name string) (all []string) {
	ast.Inspect(parseSource(t, name), func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && (l.Kind == token.FLOAT || l.Kind == token.INT) {
			all = append(all, l.Value)
		}
		return true
	})
	return all
}
